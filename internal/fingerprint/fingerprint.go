// Package fingerprint turns plain values into a hash of all they hold, and into bytes from
// which they come again.
//
// It is how the program knows what it need not make anew: an output whose [Of] view is as
// it was is as it was, and a record that was read comes back by [Unpack] in a hundredth of
// the time its file takes to be parsed.
package fingerprint

import (
	"encoding/binary"
	"encoding/hex"
	"math"
	"sync"

	"github.com/zeebo/xxh3"
)

// Fingerprint is a 128-bit XXH3 hash: of the bytes of a file, or of all that a
// file is made from. It guards against accidents, not against an adversary:
// whoever can choose an editor's content need not forge a hash to change the site.
//
// The zero Fingerprint means "unknown" and never counts as equal to anything.
type Fingerprint [16]byte

// IsZero reports whether f is unknown.
func (f Fingerprint) IsZero() bool { return f == Fingerprint{} }

// String is the fingerprint in 32 lower-case hexadecimal digits.
func (f Fingerprint) String() string { return hex.EncodeToString(f[:]) }

// Sum is the fingerprint of parts, each framed by its length: Sum("ab", "c")
// and Sum("a", "bc") differ.
func Sum(parts ...[]byte) Fingerprint {
	h := takeHasher()
	defer h.release()
	for _, p := range parts {
		h.Bytes(p)
	}
	return h.Sum()
}

// Of is the fingerprint of any plain value: of its type's shape (names of types
// and fields, in order) and of everything it holds. Strings, numbers, booleans,
// structs (unexported fields too), arrays, slices, maps, pointers, interfaces
// and time.Time are plain. Nil and empty differ, for slices as for maps.
//
// A type with a method Fingerprint() Fingerprint on its value receiver, or held
// by pointer, is asked instead of being read: give one to what many views share
// (a menu, the site's words), and let it remember its answer. A struct may not
// embed such a type, because the promoted method would hide the other fields.
//
// Of panics where a value cannot be hashed faithfully: a function, a channel, an
// unsafe pointer, a time or a fingerprinted type inside an unexported field, a
// chain of pointers over 256 deep (a cycle). What can be known from the type
// alone is found at the first use of the type.
//
// Hand in a pointer to spare an allocation.
func Of(v any) Fingerprint {
	h := takeHasher()
	defer h.release()
	h.Value(v)
	return h.Sum()
}

// Hasher builds a [Fingerprint] from parts. Every part is framed, so that two
// different sequences of calls have different results. The zero Hasher is ready.
type Hasher struct {
	buf  []byte       // what is not yet in long
	long *xxh3.Hasher // nil until buf has overflowed
	used bool         // long holds something

	packing bool // buf is kept, whatever its size
	oneWay  bool // something was written that cannot be read back
}

// spill is the size at which a Hasher's buffer moves on to the streaming hash.
// Nearly all views of a page fit, and the one-shot hash is faster.
const spill = 16 << 10

var hashers = sync.Pool{New: func() any { return new(Hasher) }}

func takeHasher() *Hasher { return hashers.Get().(*Hasher) }

func (h *Hasher) release() {
	h.Reset()
	hashers.Put(h)
}

// Reset makes h as good as new.
func (h *Hasher) Reset() {
	h.buf = h.buf[:0]
	h.packing, h.oneWay = false, false
	if h.used {
		h.long.Reset()
		h.used = false
	}
}

// Bytes adds b with its length.
func (h *Hasher) Bytes(b []byte) {
	h.buf = binary.AppendUvarint(h.buf, uint64(len(b)))
	if len(b) >= spill && !h.packing {
		h.flush()
		h.long.Write(b)
		return
	}
	h.buf = append(h.buf, b...)
	h.spill()
}

// String adds s with its length; it counts the same as its bytes.
func (h *Hasher) String(s string) {
	h.buf = binary.AppendUvarint(h.buf, uint64(len(s)))
	if len(s) >= spill && !h.packing {
		h.flush()
		h.long.WriteString(s)
		return
	}
	h.buf = append(h.buf, s...)
	h.spill()
}

// Uint64 adds n.
func (h *Hasher) Uint64(n uint64) {
	h.buf = binary.LittleEndian.AppendUint64(h.buf, n)
	h.spill()
}

// Fingerprint adds f.
func (h *Hasher) Fingerprint(f Fingerprint) {
	h.buf = append(h.buf, f[:]...)
	h.spill()
}

// Value adds v as [Of] reads it.
func (h *Hasher) Value(v any) { h.value(v) }

// Sum is the fingerprint of all that was added. More may be added afterwards.
func (h *Hasher) Sum() Fingerprint {
	if !h.used {
		return Fingerprint(xxh3.Hash128(h.buf).Bytes())
	}
	h.flush()
	return Fingerprint(h.long.Sum128().Bytes())
}

func (h *Hasher) float(f float64) { h.Uint64(math.Float64bits(f)) }

func (h *Hasher) byte(b byte) {
	h.buf = append(h.buf, b)
	h.spill()
}

func (h *Hasher) uvarint(n uint64) {
	h.buf = binary.AppendUvarint(h.buf, n)
	h.spill()
}

func (h *Hasher) spill() {
	if len(h.buf) >= spill && !h.packing {
		h.flush()
	}
}

func (h *Hasher) flush() {
	if h.long == nil {
		h.long = xxh3.New()
	}
	h.used = true
	h.long.Write(h.buf)
	h.buf = h.buf[:0]
}

// Bytes is the fingerprint of a file's bytes, unframed.
func Bytes(b []byte) Fingerprint { return Fingerprint(xxh3.Hash128(b).Bytes()) }
