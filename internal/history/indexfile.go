package history

import (
	"bytes"
	"crypto/sha1"
	"encoding/binary"
	"errors"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/format/index"

	"mingdeng/internal/rescue"
)

// indexFile is .git/index, entries kept as the bytes they are: a save changes a few of
// 14,000, and decoding and encoding all of them by go-git took half of it. So flags that
// others set stay as well. Extensions are dropped; those that may not be are refused.
type indexFile struct {
	version uint32 // 2 or 3
	entries []staged
}

// staged is an entry: its name, and its bytes with padding (gitformat-index).
type staged struct {
	name string
	raw  []byte
}

const fixedPart = 62 // of an entry, before extended flags and the name

func (e staged) word(i int) uint32   { return binary.BigEndian.Uint32(e.raw[4*i:]) }
func (e staged) modified() time.Time { return time.Unix(int64(e.word(2)), int64(e.word(3))) }
func (e staged) mode() uint32        { return e.word(6) }
func (e staged) size() uint32        { return e.word(9) }
func (e staged) hash() plumbing.Hash { return plumbing.Hash(e.raw[40:60]) }
func (e staged) flags() uint16       { return binary.BigEndian.Uint16(e.raw[60:]) }
func (e staged) stage() int          { return int(e.flags()>>12) & 3 }

func newStaged(name string, mode uint32, h plumbing.Hash, info fs.FileInfo) staged {
	raw := make([]byte, fixedPart, (fixedPart+len(name)+8)&^7)
	put := func(i int, v uint32) { binary.BigEndian.PutUint32(raw[4*i:], v) }
	var st stat
	fillStat(&st, info)
	put(0, uint32(st.changed.Unix()))
	put(1, uint32(st.changed.Nanosecond()))
	put(2, uint32(info.ModTime().Unix()))
	put(3, uint32(info.ModTime().Nanosecond()))
	put(4, st.dev)
	put(5, st.inode)
	put(6, mode)
	put(7, st.uid)
	put(8, st.gid)
	put(9, uint32(info.Size()))
	copy(raw[40:], h[:])
	binary.BigEndian.PutUint16(raw[60:], uint16(min(len(name), 0xfff)))
	raw = append(raw, name...)
	return staged{name, raw[:cap(raw)]}
}

// stat is what git keeps of a file besides size and time, where the system tells.
type stat struct {
	changed              time.Time
	dev, inode, uid, gid uint32
}

var errIndex = errors.New("not an index")

func decodeIndex(b []byte) (*indexFile, error) {
	if len(b) < 12+20 || string(b[:4]) != "DIRC" {
		return nil, errIndex
	}
	idx := &indexFile{version: binary.BigEndian.Uint32(b[4:])}
	if idx.version == 4 {
		return decodeOther(b)
	}
	end := len(b) - 20
	sum := sha1.Sum(b[:end])
	if stored := b[end:]; !bytes.Equal(sum[:], stored) && !bytes.Equal(stored, make([]byte, 20)) { // index.skipHash
		return nil, errors.New("the index has another checksum")
	}
	n := binary.BigEndian.Uint32(b[8:])
	if idx.version < 2 || idx.version > 3 || uint64(n) > uint64(len(b)/fixedPart) {
		return nil, errIndex
	}
	idx.entries = make([]staged, 0, n+16)
	rest := b[12:end]
	for range n {
		if len(rest) < fixedPart+2 {
			return nil, errIndex
		}
		from := fixedPart
		if binary.BigEndian.Uint16(rest[60:])&0x4000 != 0 {
			from += 2
		}
		nul := bytes.IndexByte(rest[from:], 0)
		size := (from + nul + 8) &^ 7
		if nul < 1 || size > len(rest) {
			return nil, errIndex
		}
		idx.entries = append(idx.entries, staged{string(rest[from : from+nul]), rest[:size:size]})
		rest = rest[size:]
	}
	for len(rest) >= 8 {
		size := binary.BigEndian.Uint32(rest[4:])
		if rest[0] < 'A' || rest[0] > 'Z' || uint64(size) > uint64(len(rest)-8) {
			return nil, errors.New("an index with " + string(rest[:4]))
		}
		rest = rest[8+size:]
	}
	return idx, nil
}

// decodeOther has go-git read version 4, whose names are packed.
func decodeOther(b []byte) (*indexFile, error) {
	idx := &index.Index{}
	err := rescue.Do(func() error { return index.NewDecoder(bytes.NewReader(b)).Decode(idx) })
	if err != nil {
		return nil, err
	}
	idx.Version = 2
	for _, e := range idx.Entries {
		if e.IntentToAdd || e.SkipWorktree {
			idx.Version = 3
		}
	}
	var again bytes.Buffer
	if err := index.NewEncoder(&again).Encode(idx); err != nil {
		return nil, err
	}
	return decodeIndex(again.Bytes())
}

func (idx *indexFile) bytes() []byte {
	size := 12 + 20
	for _, e := range idx.entries {
		size += len(e.raw)
	}
	b := append(make([]byte, 0, size), "DIRC"...)
	b = binary.BigEndian.AppendUint32(b, max(idx.version, 2))
	b = binary.BigEndian.AppendUint32(b, uint32(len(idx.entries)))
	for _, e := range idx.entries {
		b = append(b, e.raw...)
	}
	sum := sha1.Sum(b)
	return append(b, sum[:]...)
}

// mend brings the index to what was saved. Entries of other files, and what is staged of
// them, stay.
func (idx *indexFile) mend(put map[string]staged, gone map[string]bool) {
	folders := map[string]bool{} // above what is put: no files
	for p := range put {
		for i := range len(p) {
			if p[i] == '/' {
				folders[p[:i]] = true
			}
		}
	}
	for p := range put { // a file is no folder: what lay below it goes
		from, _ := slices.BinarySearchFunc(idx.entries, p+"/", func(e staged, p string) int { return strings.Compare(e.name, p) })
		for _, e := range idx.entries[from:] {
			if !strings.HasPrefix(e.name, p+"/") {
				break
			}
			gone[e.name] = true
		}
	}
	idx.entries = slices.DeleteFunc(idx.entries, func(e staged) bool {
		_, new := put[e.name]
		return new || gone[e.name] || folders[e.name]
	})
	more := slices.SortedFunc(maps.Values(put), compareStaged)
	all := make([]staged, 0, len(idx.entries)+len(more))
	for _, e := range idx.entries {
		for len(more) > 0 && compareStaged(more[0], e) < 0 {
			all, more = append(all, more[0]), more[1:]
		}
		all = append(all, e)
	}
	idx.entries = append(all, more...)
}

func compareStaged(a, b staged) int { return strings.Compare(a.name, b.name) }
