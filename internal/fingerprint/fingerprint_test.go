package fingerprint

import (
	"bytes"
	"maps"
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestSumFramesItsParts(t *testing.T) {
	all := map[Fingerprint]string{}
	for _, parts := range [][]string{{}, {""}, {"", ""}, {"ab", "c"}, {"a", "bc"}, {"abc"}, {"abc", ""}, {strings.Repeat("x", 3*spill)}, {strings.Repeat("x", spill), strings.Repeat("x", 2*spill)}} {
		var b [][]byte
		for _, p := range parts {
			b = append(b, []byte(p))
		}
		f := Sum(b...)
		if other, ok := all[f]; ok || f.IsZero() {
			t.Errorf("%.20q has the fingerprint of %.20q", parts, other)
		}
		all[f] = strings.Join(parts, "|")
	}
}

// A hasher that overflowed its buffer must agree with one that did not, or the
// constant spill could never be changed.
func TestHasherStreamsAsAtOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sizes := rapid.SliceOfN(rapid.IntRange(0, 2*spill), 0, 6).Draw(t, "sizes")
		var h Hasher
		whole := []byte{}
		for i, n := range sizes {
			part := bytes.Repeat([]byte{byte(i)}, n)
			one := Hasher{}
			one.uvarint(uint64(n))
			whole = append(append(whole, one.buf...), part...)
			if i%2 == 0 {
				h.Bytes(part)
			} else {
				h.String(string(part))
			}
		}
		if h.Sum() != Bytes(whole) {
			t.Fatal("streamed and one-shot sums differ")
		}
	})
}

type named struct{ print Fingerprint }

func (n named) Fingerprint() Fingerprint { return n.print }

type shared struct {
	words []string
	asked int
}

func (s *shared) Fingerprint() Fingerprint { s.asked++; return Of(s.words) }

type inner struct {
	A, b int
}

type view struct {
	Title  string
	Tags   []string
	Params map[string]any
	When   time.Time
	Next   *view
	inner
	Shared *shared
	ok     bool
	Ratio  float64
	Sum    [2]int8
	Raw    []byte
	Any    any
}

func TestOfTellsApart(t *testing.T) {
	type a struct{ X, Y string }
	type b struct{ Y, X string }
	at := time.Date(2023, 4, 4, 8, 0, 0, 0, time.UTC)
	values := map[string]any{
		"nil": nil, "nil pointer": (*view)(nil), "zero": view{}, "pointer": &view{},
		"int": 1, "int64": int64(1), "uint": uint(1), "true": true, "string": "1", "bytes": []byte("1"),
		"float": 1.0, "-0": math.Copysign(0, -1), "0": 0.0, "complex": 1i,
		"a": a{"x", "y"}, "b": b{"x", "y"}, "a swapped": a{"y", "x"},
		"anonymous": struct{ X, Y string }{"x", "y"}, "retyped": struct {
			X string
			Y any
		}{"x", "y"},
		"shapes 1": struct {
			A []int
			B []string
			C []int
		}{}, "shapes 2": struct {
			A []int
			B []string
			C []string
		}{},
		"nil slice": []string(nil), "empty slice": []string{}, "slice of empty": []string{""},
		"split": []string{"ab", "c"}, "split elsewhere": []string{"a", "bc"},
		"nil map": map[string]int(nil), "empty map": map[string]int{},
		"map": map[string]int{"a": 1, "b": 2}, "map swapped": map[string]int{"a": 2, "b": 1},
		"title": view{Title: "t"}, "tags": view{Tags: []string{}}, "param": view{Params: map[string]any{"a": 1}},
		"param of another type": view{Params: map[string]any{"a": "1"}},
		"time":                  view{When: at}, "time elsewhere": view{When: at.In(time.FixedZone("CST", 8*3600))},
		"unexported": view{ok: true}, "embedded": view{inner: inner{A: 1}}, "embedded unexported": view{inner: inner{b: 1}},
		"next": view{Next: &view{}}, "next next": view{Next: &view{Next: &view{}}},
		"shared": view{Shared: &shared{}}, "shared words": view{Shared: &shared{words: []string{"w"}}},
		"array": view{Sum: [2]int8{0, 1}}, "any": view{Any: 1}, "any nil pointer": view{Any: (*int)(nil)},
		"answer": named{Sum()}, "other answer": named{Sum(nil)},
	}
	seen := map[Fingerprint]string{}
	for name, v := range values {
		f := Of(v)
		if other, ok := seen[f]; ok {
			t.Errorf("%s and %s have one fingerprint", name, other)
		}
		seen[f] = name
		if f != Of(v) {
			t.Errorf("%s has two fingerprints", name)
		}
	}
}

// Equal values have equal fingerprints, however they came to be.
func TestOfDependsOnTheValueAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.MapOf(rapid.String(), rapid.SliceOf(rapid.Int())).Draw(t, "m")
		again := map[string][]int{"gone": nil}
		for k, v := range maps.All(m) {
			again[k] = append(make([]int, 0, 9), v...)
			if v == nil {
				again[k] = nil
			}
		}
		if _, ok := m["gone"]; !ok {
			delete(again, "gone")
		}
		if Of(m) != Of(again) {
			t.Fatal("the same map has two fingerprints")
		}
		again["one more"] = nil
		if _, ok := m["one more"]; !ok && Of(m) == Of(again) {
			t.Fatal("another map has the same fingerprint")
		}
	})
}

func TestOfAsksOnceAndByPointer(t *testing.T) {
	s := &shared{words: []string{"a"}}
	Of(&view{Shared: s})
	if s.asked != 1 {
		t.Errorf("asked %d times, want once", s.asked)
	}
}

func TestOfRefuses(t *testing.T) {
	type embeds struct {
		named
		Title string
	}
	type sealedTime struct{ at struct{ At time.Time } }
	type sealedAnswer struct{ n struct{ N named } }
	cycle := &view{}
	cycle.Next = cycle
	for name, test := range map[string]struct {
		value any
		want  string
	}{
		"func": {struct{ F func() }{}, ".F: func()"},
		"chan": {[]chan int{}, "chan int cannot be hashed"},
		"deep func": {struct {
			A []map[string]*struct{ F func() }
		}{}, ".A[][].F"},
		"embedded answer":  {embeds{}, "give the field a name"},
		"sealed time":      {sealedTime{at: struct{ At time.Time }{}}, ".at.At: time.Time"},
		"sealed answer":    {sealedAnswer{n: struct{ N named }{}}, ".n.N: fingerprint.named"},
		"answer of a copy": {struct{ S shared }{}, "hold it by pointer"},
		"cycle":            {cycle, "is it a cycle?"},
		"func in any":      {[]any{func() {}}, "func()"},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if got, _ := recover().(string); !strings.Contains(got, test.want) {
					t.Errorf("panic %q, want one that holds %q", got, test.want)
				}
			}()
			Of(test.value)
		})
	}
}

func benchView() *view {
	v := &view{Title: "烈火中的背影", When: time.Date(2023, 4, 4, 0, 0, 0, 0, time.UTC), Raw: bytes.Repeat([]byte("字"), 1000)}
	for range 20 {
		v.Tags = append(v.Tags, "见义勇为")
	}
	v.Next = &view{Title: "下一位"}
	return v
}

func BenchmarkOf(b *testing.B) {
	v := benchView()
	b.ReportAllocs()
	for b.Loop() {
		Of(v)
	}
}

func BenchmarkOfMap(b *testing.B) {
	m := map[string]any{"a": 1, "b": "two", "c": []string{"x"}}
	b.ReportAllocs()
	for b.Loop() {
		Of(m)
	}
}
