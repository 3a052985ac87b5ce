package fingerprint

import (
	"encoding/binary"
	"errors"
	"reflect"
	"slices"
	"unsafe"
)

// Pack returns what pointer points to, as [Of] reads it, as bytes from which [Unpack] makes
// it again. It returns nil where something in it cannot be read back: a value in an
// interface, a time, an unexported field, a type that answers for its own fingerprint, a
// map whose keys are not text. Panics are those of Of.
func Pack(pointer any) []byte {
	v := reflect.ValueOf(pointer).Elem()
	r := rootOf(codecKey{v.Type(), false})
	if r.oneWay != "" {
		return nil
	}
	h := takeHasher()
	defer h.release()
	h.packing = true
	r.codec.put(h, v, 0)
	if h.oneWay {
		return nil
	}
	return slices.Clone(h.buf)
}

var errPacked = errors.New("fingerprint: not a packed value of this type")

// Unpack reads what [Pack] made into the zero value that pointer points to. Its strings are
// parts of b, which must not change any more. What is not a packed value is an error, or
// some value of the type: no count in b makes it take more memory than b's length warrants,
// and nothing makes it panic.
func Unpack(b []byte, pointer any) error {
	v := reflect.ValueOf(pointer).Elem()
	root := rootOf(codecKey{v.Type(), false})
	if root.oneWay != "" {
		return errors.New("fingerprint: " + root.oneWay)
	}
	r := reader{s: unsafe.String(unsafe.SliceData(b), len(b))}
	root.codec.get(&r, v, 0)
	if r.bad || r.s != "" {
		return errPacked
	}
	return nil
}

// reader takes values off the front of s; once something is amiss it is bad and gives
// zeros.
type reader struct {
	s   string
	bad bool
}

func (r *reader) uvarint() uint64 {
	var n uint64
	for shift := 0; shift < 64; shift += 7 {
		if r.s == "" {
			break
		}
		c := r.s[0]
		r.s = r.s[1:]
		n |= uint64(c&0x7f) << shift
		if c < 0x80 {
			return n
		}
	}
	r.bad = true
	return 0
}

func (r *reader) varint() int64 {
	n := r.uvarint()
	return int64(n>>1) ^ -int64(n&1)
}

// count reads a length; every item takes at least a byte.
func (r *reader) count() int {
	n := r.uvarint()
	if n > uint64(len(r.s)) {
		r.bad = true
		return 0
	}
	return int(n)
}

func (r *reader) take(n int) string {
	if n > len(r.s) {
		r.bad = true
		return ""
	}
	s := r.s[:n]
	r.s = r.s[n:]
	return s
}

func (r *reader) byte() byte {
	if r.s == "" {
		r.bad = true
		return 0
	}
	c := r.s[0]
	r.s = r.s[1:]
	return c
}

func (r *reader) uint64() uint64 {
	if s := r.take(8); s != "" {
		return binary.LittleEndian.Uint64([]byte(s))
	}
	return 0
}

// deeper is depth and one, unless the bytes lead deeper than any value that was written.
func (r *reader) deeper(depth int) int {
	r.bad = r.bad || depth >= deepest
	return depth + 1
}
