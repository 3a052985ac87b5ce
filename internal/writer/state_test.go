package writer

import (
	"cmp"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/zeebo/xxh3"
	"pgregory.net/rapid"

	"mingdeng/internal/fingerprint"
)

func drawState(t *rapid.T) *state {
	print := rapid.Custom(func(t *rapid.T) fingerprint.Fingerprint {
		return fingerprint.Sum([]byte{rapid.Byte().Draw(t, "print")})
	})
	s := &state{inputs: print.Draw(t, "inputs"), rules: print.Draw(t, "rules"), entries: []entry{}, memo: []memory{}, units: []unit{}}
	paths := rapid.SliceOfDistinct(rapid.StringMatching(`[a-c]{1,3}(/[a-c张]{1,4}){0,3}`), rapid.ID[string]).Draw(t, "paths")
	slices.Sort(paths)
	for _, p := range paths {
		s.entries = append(s.entries, entry{p, print.Draw(t, "print"), print.Draw(t, "hash"), rapid.Int64Min(0).Draw(t, "size"), rapid.Int64().Draw(t, "mtime")})
		if rapid.Bool().Draw(t, "unit") {
			s.units = append(s.units, unit{p, "0/1"})
		}
	}
	for _, k := range rapid.SliceOfDistinct(print, rapid.ID[fingerprint.Fingerprint]).Draw(t, "keys") {
		s.memo = append(s.memo, memory{k, rapid.SliceOfN(rapid.Byte(), 0, 40).Draw(t, "value")})
	}
	slices.SortFunc(s.memo, compareKeys)
	return s
}

func TestStateRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawState(t)
		got, err := decode(s.encode())
		if err != nil {
			t.Fatal(err)
		}
		for i := range got.memo {
			got.memo[i].value = append([]byte{}, got.memo[i].value...)
		}
		if !reflect.DeepEqual(got, s) {
			t.Fatalf("got %+v\nwant %+v", got, s)
		}
	})
}

func TestStateNotices(t *testing.T) {
	s := sampleStates()[1]
	b := s.encode()
	for i := range b {
		bad := slices.Clone(b)
		bad[i] ^= 0x10
		if _, err := decode(bad); err == nil {
			t.Fatalf("a flipped bit in byte %d is not noticed", i)
		}
		if _, err := decode(b[:i]); err == nil {
			t.Fatalf("%d of %d bytes are taken for the whole", i, len(b))
		}
	}
	for name, s := range map[string]*state{
		"out of the folder": {entries: []entry{{path: "../x"}}},
		"absolute":          {entries: []entry{{path: "/x"}}},
		"into .mingdeng":    {entries: []entry{{path: ".mingdeng/lock"}}},
		"twice":             {entries: []entry{{path: "a"}, {path: "a"}}},
		"out of order":      {entries: []entry{{path: "b"}, {path: "a"}}},
		"unit outside":      {units: []unit{{"../a", "t/0"}}},
		"unit from outside": {units: []unit{{"a", "../../etc"}}},
		"huge memory":       {memo: []memory{{value: make([]byte, largestMemo+1)}}},
	} {
		if _, err := decode(s.encode()); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestStateFindsAndSubtracts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old, next := drawState(t), drawState(t)
		var want []entry
		for _, e := range old.entries {
			if !slices.ContainsFunc(next.entries, func(n entry) bool { return n.path == e.path }) {
				want = append(want, e)
			}
			if got := old.find(e.path); got == nil || got.path != e.path {
				t.Fatalf("find(%q) = %v", e.path, got)
			}
			for _, b := range old.below(e.path) {
				if !strings.HasPrefix(b.path, e.path+"/") {
					t.Fatalf("%q is not below %q", b.path, e.path)
				}
			}
		}
		if got := old.without(next); !slices.Equal(got, want) {
			t.Fatalf("without = %v, want %v", got, want)
		}
		if old.find("zz") != nil {
			t.Fatal("found what is not there")
		}
	})
}

func sampleStates() []*state {
	return []*state{
		{},
		{
			inputs: fingerprint.Sum(nil), rules: fingerprint.Sum(nil, nil),
			entries: []entry{{"a/index.html", fingerprint.Sum(), fingerprint.Sum(nil), 5, 1 << 60}, {"a/x", fingerprint.Sum(), fingerprint.Sum(nil), 0, -1}, {"b", fingerprint.Fingerprint{}, fingerprint.Sum(nil), 1 << 40, 0}},
			memo:    []memory{{fingerprint.Fingerprint{1}, []byte("one")}, {fingerprint.Fingerprint{2}, nil}},
			units:   []unit{{"a", "t/0"}, {"b", "1/17"}},
		},
		{entries: []entry{{path: "章/节.html"}}},
	}
}

// FuzzState reads what a stranger may have left in state or commit: no panic, no
// memory out of proportion, no path out of the folder; and what is read is
// written the same.
func FuzzState(f *testing.F) {
	for _, s := range sampleStates() {
		b := s.encode()
		f.Add(b[len(magic) : len(b)-sumSize])
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		b := append([]byte(magic), body...)
		sum := xxh3.Hash128(b).Bytes()
		s, err := decode(append(b, sum[:]...))
		if err != nil {
			return
		}
		for _, e := range s.entries {
			if !inside(e.path) {
				t.Fatalf("path %q", e.path)
			}
		}
		if !slices.IsSortedFunc(s.entries, func(a, b entry) int { return cmp.Compare(a.path, b.path) }) {
			t.Fatal("not in order")
		}
		again, err := decode(s.encode())
		if err != nil || !reflect.DeepEqual(s, again) {
			t.Fatalf("written and read again: %v\n%+v\n%+v", err, s, again)
		}
	})
}

func TestFuzzSeedsAreRead(t *testing.T) {
	seeds := sampleStates()
	if len(seeds) < 3 {
		t.Fatal("too few seeds")
	}
	for i, s := range seeds {
		if _, err := decode(s.encode()); err != nil {
			t.Errorf("seed %d: %v", i, err)
		}
	}
}
