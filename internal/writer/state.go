package writer

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"io/fs"
	"math"
	"slices"
	"strings"

	"github.com/zeebo/xxh3"

	"mingdeng/internal/fingerprint"
)

// The file state, and the file commit, which becomes it:
//
//	magic (8 bytes)  inputs (16)  rules (16)
//	entries: count, then each: bytes shared with the last path, rest of the path,
//	         print (16), hash (16), size, mtime (8)
//	memo:    count, then each: key (16), value
//	units:   count, then each: destination, name in stage/
//	XXH3-128 of all before (16)
//
// Counts, sizes and lengths are uvarints; strings carry their length; order is by
// path and by key. A program must go on reading what any earlier one wrote: a
// state that cannot be read turns the whole folder into foreign files. So the
// format grows by new magics, and what files are made from changes by their
// fingerprints, never by a new format.

const magic = "lamp\x00\x00\x00\x01"

// largestMemo is the most bytes one remembered value may have.
const largestMemo = 4 << 10

// state is what a build leaves to the next one.
type state struct {
	inputs, rules fingerprint.Fingerprint
	entries       []entry // by path
	memo          []memory
	units         []unit // in the file commit alone
}

// entry is a file that was written.
type entry struct {
	path  string
	print fingerprint.Fingerprint // of what it was made from; zero: make it anew
	hash  fingerprint.Fingerprint // of its bytes; zero: see lost
	size  int64
	mtime int64 // Unix time in ns, as the file system gave it back
}

type memory struct {
	key   fingerprint.Fingerprint
	value []byte
}

// unit is what one rename puts in place: a file, or a tree of folders.
type unit struct {
	dest  string // in the output folder
	stage string // in stage/
}

// lost reports whether e stands for no file: a name that could not be put in place or
// whose folder could not be removed. It is kept so that the folders made for it go once
// no Output needs them. A file at that name is somebody else's.
func (e *entry) lost() bool { return e.hash.IsZero() }

// lose makes a lost entry.
func lose(path string) entry { return entry{path: path, mtime: math.MinInt64} }

// find returns the entry of the file at path, or nil.
func (s *state) find(path string) *entry {
	i, ok := slices.BinarySearchFunc(s.entries, path, func(e entry, p string) int { return cmp.Compare(e.path, p) })
	if !ok || s.entries[i].lost() {
		return nil
	}
	return &s.entries[i]
}

// below returns the entries inside the folder dir.
func (s *state) below(dir string) []entry {
	dir += "/"
	from, _ := slices.BinarySearchFunc(s.entries, dir, func(e entry, p string) int { return cmp.Compare(e.path, p) })
	to := from
	for to < len(s.entries) && strings.HasPrefix(s.entries[to].path, dir) {
		to++
	}
	return s.entries[from:to]
}

// without returns the entries of s whose paths are not in next: what must go.
func (s *state) without(next *state) []entry {
	var gone []entry
	j := 0
	for _, e := range s.entries {
		for j < len(next.entries) && next.entries[j].path < e.path {
			j++
		}
		if j == len(next.entries) || next.entries[j].path != e.path {
			gone = append(gone, e)
		}
	}
	return gone
}

func (s *state) encode() []byte {
	size := 128 + len(s.entries)*72 + len(s.units)*32
	for _, m := range s.memo {
		size += len(m.key) + 2 + len(m.value)
	}
	b := make([]byte, 0, size)
	b = append(b, magic...)
	b = append(b, s.inputs[:]...)
	b = append(b, s.rules[:]...)
	b = binary.AppendUvarint(b, uint64(len(s.entries)))
	last := ""
	for i := range s.entries {
		e := &s.entries[i]
		shared := 0
		for shared < min(len(last), len(e.path)) && last[shared] == e.path[shared] {
			shared++
		}
		b = binary.AppendUvarint(b, uint64(shared))
		b = appendString(b, e.path[shared:])
		b = append(b, e.print[:]...)
		b = append(b, e.hash[:]...)
		b = binary.AppendUvarint(b, uint64(e.size))
		b = binary.LittleEndian.AppendUint64(b, uint64(e.mtime))
		last = e.path
	}
	b = binary.AppendUvarint(b, uint64(len(s.memo)))
	for _, m := range s.memo {
		b = append(b, m.key[:]...)
		b = append(binary.AppendUvarint(b, uint64(len(m.value))), m.value...)
	}
	b = binary.AppendUvarint(b, uint64(len(s.units)))
	for _, u := range s.units {
		b = appendString(b, u.dest)
		b = appendString(b, u.stage)
	}
	sum := xxh3.Hash128(b).Bytes()
	return append(b, sum[:]...)
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// errState is what decode says of anything it did not write.
var errState = errors.New("output: unreadable state")

// decode reads what encode wrote. It trusts nothing: every path lies inside and in
// order, and no count makes it take more memory than b's length warrants.
func decode(b []byte) (*state, error) {
	if len(b) < len(magic)+sumSize || string(b[:len(magic)]) != magic {
		return nil, errState
	}
	body, sum := b[:len(b)-sumSize], b[len(b)-sumSize:]
	if want := xxh3.Hash128(body).Bytes(); string(sum) != string(want[:]) {
		return nil, errState
	}
	r := reader{b: body[len(magic):]}
	s := &state{inputs: r.print(), rules: r.print()}
	s.entries = r.entries()
	s.memo = r.memo()
	s.units = r.units()
	if r.bad || len(r.b) > 0 {
		return nil, errState
	}
	return s, nil
}

const sumSize = 16

// reader takes values off the front of b; once something is amiss it is bad and
// gives zeros.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) take(n uint64) []byte {
	if r.bad || n > uint64(len(r.b)) {
		r.bad = true
		return nil
	}
	p := r.b[:n]
	r.b = r.b[n:]
	return p
}

func (r *reader) uvarint() uint64 {
	n, size := binary.Uvarint(r.b)
	if r.bad || size <= 0 {
		r.bad = true
		return 0
	}
	r.b = r.b[size:]
	return n
}

// count reads the number of things that take at least size bytes each.
func (r *reader) count(size int) int {
	n := r.uvarint()
	if n > uint64(len(r.b)/size) {
		r.bad = true
		return 0
	}
	return int(n)
}

func (r *reader) print() (f fingerprint.Fingerprint) {
	copy(f[:], r.take(16))
	return f
}

func (r *reader) bytes() []byte { return r.take(r.uvarint()) }

func (r *reader) entries() []entry {
	es := make([]entry, r.count(1+1+16+16+1+8))
	var path []byte
	last := ""
	for i := range es {
		e := &es[i]
		shared := r.uvarint()
		rest := r.bytes()
		if r.bad || shared > uint64(len(path)) || shared+uint64(len(rest)) > longestPath {
			r.bad = true
			return nil
		}
		path = append(path[:shared], rest...)
		e.path = string(path)
		if e.path <= last || !inside(e.path) {
			r.bad = true
			return nil
		}
		last = e.path
		e.print, e.hash = r.print(), r.print()
		size := r.uvarint()
		if size > math.MaxInt64 {
			r.bad = true
		}
		e.size = int64(size)
		if m := r.take(8); m != nil {
			e.mtime = int64(binary.LittleEndian.Uint64(m))
		}
	}
	return es
}

func (r *reader) memo() []memory {
	ms := make([]memory, r.count(16+1))
	for i := range ms {
		ms[i] = memory{r.print(), slices.Clone(r.bytes())}
		if len(ms[i].value) > largestMemo || i > 0 && compareKeys(ms[i-1], ms[i]) >= 0 {
			r.bad = true
			return nil
		}
	}
	return ms
}

func (r *reader) units() []unit {
	us := make([]unit, r.count(2))
	for i := range us {
		u := unit{string(r.bytes()), string(r.bytes())}
		if r.bad || !inside(u.dest) || !inside(u.stage) {
			r.bad = true
			return nil
		}
		us[i] = u
	}
	return us
}

// inside is the least that a path from a state must hold to: [ValidPath] may grow
// stricter than the program that wrote it.
func inside(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return path != "." && fs.ValidPath(path) && !strings.EqualFold(first, home)
}

func compareKeys(a, b memory) int {
	// Keys are hashes: their first half nearly always tells, and costs a fifth.
	if x, y := binary.BigEndian.Uint64(a.key[:]), binary.BigEndian.Uint64(b.key[:]); x != y {
		return cmp.Compare(x, y)
	}
	return bytes.Compare(a.key[:], b.key[:])
}
