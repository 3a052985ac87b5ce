package content

import (
	"bytes"
	"os"
	"reflect"
	"testing"
)

// demo loads the demo's records.
func demo(t testing.TB) []Record {
	t.Helper()
	fsys := os.DirFS("../..")
	tree, _ := Scan(fsys)
	c, _ := Load(fsys, tree)
	var out []Record
	c.All(func(r Record) { out = append(out, r) })
	if len(out) < 100 {
		t.Fatalf("the demo has %d records", len(out))
	}
	return out
}

func TestPack(t *testing.T) {
	packed := 0
	for _, r := range demo(t) {
		b := pack(r)
		if b == nil {
			if len(r.Base().Params) == 0 {
				t.Errorf("%s cannot be packed", r.Base().Path)
			}
			continue
		}
		packed++
		got, err := unpack(b)
		if err != nil || !reflect.DeepEqual(got, r) {
			t.Fatalf("%s comes back otherwise (%v):\n%+v\n%+v", r.Base().Path, err, got, r)
		}
		for _, n := range []int{0, 1, len(b) / 2, len(b) - 1} {
			if _, err := unpack(b[:n]); err == nil {
				t.Errorf("%s: %d of %d bytes are taken for a record", r.Base().Path, n, len(b))
			}
		}
	}
	if packed < 100 {
		t.Errorf("%d records were packed", packed)
	}
}

// What comes from a damaged state is refused or is some record, which is packed and
// unpacked like any other; nothing panics and no count makes it take memory the bytes do
// not warrant.
func FuzzUnpack(f *testing.F) {
	for i, r := range demo(f) {
		if i%9 == 0 {
			f.Add(pack(r))
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := unpack(b)
		if err != nil {
			return
		}
		once := pack(r)
		if once == nil {
			t.Fatalf("%+v cannot be packed", r)
		}
		again, err := unpack(once)
		if err != nil || !bytes.Equal(pack(again), once) {
			t.Errorf("it comes back otherwise (%v):\n%+v\n%+v", err, again, r)
		}
	})
}

func BenchmarkUnpack(b *testing.B) {
	var all [][]byte
	for _, r := range demo(b) {
		if p := pack(r); p != nil {
			all = append(all, p)
		}
	}
	b.ReportAllocs()
	for i := range b.N {
		if _, err := unpack(all[i%len(all)]); err != nil {
			b.Fatal(err)
		}
	}
}
