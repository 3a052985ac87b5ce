package fingerprint

import (
	"bytes"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// record has every kind of field that can be kept.
type record struct {
	Name   string
	Alive  bool
	Born   int16
	Votes  uint32
	Share  float64
	Turn   complex64
	Sum    [3]byte
	Raw    []byte
	Also   []string
	Next   *record
	Places map[string]struct{ Line, Col int }
	Free   map[string]any
	Any    any
}

func drawRecord(t *rapid.T, depth int) *record {
	r := &record{
		Name:  rapid.String().Draw(t, "name"),
		Alive: rapid.Bool().Draw(t, "alive"),
		Born:  rapid.Int16().Draw(t, "born"),
		Votes: rapid.Uint32().Draw(t, "votes"),
		Share: rapid.Float64().Draw(t, "share"),
		Turn:  complex(rapid.Float32().Draw(t, "re"), 2),
		Sum:   [3]byte(rapid.SliceOfN(rapid.Byte(), 3, 3).Draw(t, "sum")),
	}
	if rapid.Bool().Draw(t, "lists") {
		r.Raw = rapid.SliceOf(rapid.Byte()).Draw(t, "raw")
		r.Also = rapid.SliceOf(rapid.String()).Draw(t, "also")
		r.Places = rapid.MapOf(rapid.String(), rapid.Custom(func(t *rapid.T) struct{ Line, Col int } {
			return struct{ Line, Col int }{rapid.Int().Draw(t, "line"), rapid.Int().Draw(t, "col")}
		})).Draw(t, "places")
		r.Free = map[string]any{}
	}
	if depth < 3 && rapid.Bool().Draw(t, "next") {
		r.Next = drawRecord(t, depth+1)
	}
	return r
}

// What is packed comes back the same, equal values are equal bytes, and no shorter piece of
// them is taken for a value.
func TestPackIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawRecord(t, 0)
		b := Pack(r)
		var back record
		if err := Unpack(bytes.Clone(b), &back); err != nil || !reflect.DeepEqual(&back, r) {
			t.Fatalf("comes back otherwise (%v):\n%+v\n%+v", err, back, r)
		}
		if again := Pack(&back); !bytes.Equal(again, b) {
			t.Fatal("the same value is packed in two ways")
		}
		if Of(&back) != Of(r) {
			t.Fatal("the same value has two fingerprints")
		}
		cut := rapid.IntRange(0, len(b)-1).Draw(t, "cut")
		if Unpack(b[:cut], new(record)) == nil {
			t.Fatalf("%d of %d bytes are taken for a value", cut, len(b))
		}
		if Unpack(append(b, 0), new(record)) == nil {
			t.Fatal("one byte more is taken for a value")
		}
	})
}

func TestPackLeavesWhatIsNotReadBack(t *testing.T) {
	type keeps struct{ name string }
	type when struct{ At time.Time }
	type answers struct{ N named }
	type byNumber struct{ M map[int]string }
	for name, v := range map[string]any{
		"unexported": &keeps{name: "a"}, "time": &when{}, "answer": &answers{}, "keys": &byNumber{},
		"free data": &record{Free: map[string]any{"a": 1}}, "interface": &record{Any: 1},
	} {
		if b := Pack(v); b != nil {
			t.Errorf("%s is packed: %q", name, b)
		}
	}
	if err := Unpack([]byte{0}, &keeps{}); err == nil {
		t.Error("a field that is not exported is read")
	}
}

// What is damaged is refused or is some value, which is packed and unpacked like any other;
// nothing panics.
func FuzzUnpack(f *testing.F) {
	f.Add(Pack(&record{Name: "见义勇为", Also: []string{"a", ""}, Next: &record{Raw: []byte{1}}}))
	f.Fuzz(func(t *testing.T, b []byte) {
		var r, again record
		if Unpack(b, &r) != nil {
			return
		}
		once := Pack(&r)
		if err := Unpack(once, &again); err != nil || !bytes.Equal(Pack(&again), once) {
			t.Errorf("%+v comes back as %+v, %v", r, again, err)
		}
	})
}
