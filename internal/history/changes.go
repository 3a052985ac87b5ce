package history

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io/fs"
	"os"
	"sync"

	"github.com/go-git/go-git/v5/plumbing"
)

// changes knows what each version did to each file, so that the versions of one file are
// found without reading the trees of all: in a folder of 10,000 records a tree is 400 KB.
// The file .git/mingdeng/changes keeps it between runs; it can be made anew at any time.
// Save adds to it, and a version made by another git program is added when it is met.
//
// The file is a line that names its format and its generation (drawn at random when the file
// is made: after a purge it is another, and nobody may add what he knows of the one before)
// and then records: length and checksum (4 bytes
// each, little-endian), the commit, its parents and its changes. A record that is cut off
// or damaged ends the reading; what stood behind is made anew.
type changes struct {
	mu    sync.Mutex // not held while trees are read
	nodes map[plumbing.Hash]*node
	fresh []plumbing.Hash // not yet in the file
	head  string          // the first line of the file; "" before it was read or written
	size  int64           // of the file as read or written last
}

type node struct {
	parents []plumbing.Hash
	changes []change // of a merge: what differs from all its parents
}

const (
	changesFile  = own + "/changes"
	changesMagic = "mingdeng changes 1 "
	changesHead  = len(changesMagic) + 26 + len("\n")
)

// changes returns what is known, read from the file the first time.
func (h *History) changes(s *session) (*changes, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.known != nil {
		return h.known, nil
	}
	k := &changes{nodes: map[plumbing.Hash]*node{}}
	if s.mode == Own {
		b, err := readFile(s.git, changesFile, 1<<30)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		k.read(b)
	}
	h.known = k
	return k, nil
}

func (k *changes) read(b []byte) {
	if !isChanges(b) {
		return
	}
	k.head = string(b[:changesHead])
	rest := b[changesHead:]
	for len(rest) >= 8 {
		n := binary.LittleEndian.Uint32(rest)
		sum := binary.LittleEndian.Uint32(rest[4:])
		if uint64(n) > uint64(len(rest)-8) || crc32.ChecksumIEEE(rest[8:8+n]) != sum {
			break
		}
		id, nd, ok := unpackNode(rest[8 : 8+n])
		if !ok {
			break
		}
		k.nodes[id] = nd
		rest = rest[8+n:]
	}
	k.size = int64(len(b) - len(rest))
}

func isChanges(b []byte) bool {
	return len(b) >= changesHead && bytes.HasPrefix(b, []byte(changesMagic)) && b[changesHead-1] == '\n'
}

func packNode(id plumbing.Hash, n *node) []byte {
	b := append(make([]byte, 8, 256), id[:]...)
	b = append(b, byte(len(n.parents)))
	for _, p := range n.parents {
		b = append(b, p[:]...)
	}
	for _, c := range n.changes {
		b = append(append(b, c.old[:]...), c.new[:]...)
		b = binary.AppendUvarint(b, uint64(len(c.path)))
		b = append(b, c.path...)
	}
	binary.LittleEndian.PutUint32(b, uint32(len(b)-8))
	binary.LittleEndian.PutUint32(b[4:], crc32.ChecksumIEEE(b[8:]))
	return b
}

func unpackNode(b []byte) (id plumbing.Hash, n *node, ok bool) {
	hash := func() (h plumbing.Hash) {
		if len(b) >= len(h) {
			b = b[copy(h[:], b):]
		} else {
			ok = false
		}
		return h
	}
	ok = true
	id = hash()
	if len(b) == 0 {
		return id, nil, false
	}
	n = &node{parents: make([]plumbing.Hash, b[0])}
	b = b[1:]
	for i := range n.parents {
		n.parents[i] = hash()
	}
	for ok && len(b) > 0 {
		c := change{old: hash(), new: hash()}
		size, w := binary.Uvarint(b)
		if w <= 0 || size > uint64(len(b)-w) {
			return id, nil, false
		}
		c.path = string(b[w : w+int(size)])
		b = b[w+int(size):]
		n.changes = append(n.changes, c)
	}
	return id, n, ok
}

// node returns what a commit did, worked out where it is not known.
func (k *changes) node(s *session, id plumbing.Hash) (*node, error) {
	k.mu.Lock()
	n := k.nodes[id]
	k.mu.Unlock()
	if n != nil {
		return n, nil
	}
	c, err := s.commit(s.git, id)
	if err != nil {
		return nil, err
	}
	n = &node{parents: c.parents}
	if len(n.parents) > 255 {
		n.parents = n.parents[:255]
	}
	shallow := map[plumbing.Hash]bool{}
	if b, err := readFile(s.git, "shallow", 16<<20); err == nil {
		for line := range bytes.Lines(b) {
			if h, ok := parseHash(string(bytes.TrimSpace(line))); ok {
				shallow[h] = true
			}
		}
	}
	if shallow[id] {
		n.parents = nil // the copy ends here
	}
	tree, err := s.below(c.root())
	if err != nil {
		return nil, err
	}
	var before []plumbing.Hash
	for _, p := range n.parents {
		pc, err := s.commit(s.git, p)
		if err != nil {
			return nil, err
		}
		t, err := s.below(pc.root())
		if err != nil {
			return nil, err
		}
		before = append(before, t)
	}
	if len(before) == 0 {
		before = []plumbing.Hash{{}}
	}
	err = s.diff(s.git, before[0], tree, "", 0, func(c change) { n.changes = append(n.changes, c) })
	for _, other := range before[1:] {
		differs := map[string]bool{}
		if err == nil {
			err = s.diff(s.git, other, tree, "", 0, func(c change) { differs[c.path] = true })
		}
		kept := n.changes[:0]
		for _, c := range n.changes {
			if differs[c.path] {
				kept = append(kept, c)
			}
		}
		n.changes = kept
	}
	if err != nil {
		return nil, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.nodes[id] == nil {
		k.nodes[id] = n
		k.fresh = append(k.fresh, id)
	}
	return n, nil
}

// below is the site's part of a tree; zero if there is none.
func (s *session) below(tree plumbing.Hash) (plumbing.Hash, error) {
	if s.prefix == "" {
		return tree, nil
	}
	e, there, err := s.lookup(s.git, tree, s.prefix[:len(s.prefix)-1])
	if err != nil || !there || !e.isTree() {
		return plumbing.ZeroHash, err
	}
	return e.hash, nil
}

// write adds what is new to the file. The repository must be locked. Where it fails the
// file is as good as before, and what is missing is worked out again.
func (k *changes) write(s *session) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if s.mode != Own || len(k.fresh) == 0 {
		return
	}
	f, err := s.git.OpenFile(changesFile, os.O_CREATE|os.O_RDWR, 0o666)
	if err != nil {
		return
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return
	}
	var b []byte
	at := info.Size()
	head := make([]byte, changesHead)
	n, _ := f.ReadAt(head, 0)
	there := isChanges(head[:n])
	switch {
	case k.head != "" && (!there || k.head != string(head)):
		// Another generation: what is known here may be what was purged.
		clear(k.nodes)
		k.fresh, k.head, k.size = nil, "", 0
		return
	case !there:
		if f.Truncate(0) != nil {
			return
		}
		k.head = changesMagic + rand.Text() + "\n"
		b, at = append(b, k.head...), 0
	case k.head != "" && k.size < at && k.torn(f, at):
		at = k.size
		if f.Truncate(at) != nil {
			return
		}
	}
	k.head = cmp.Or(k.head, string(head))
	for _, id := range k.fresh {
		b = append(b, packNode(id, k.nodes[id])...)
	}
	if _, err := f.WriteAt(b, at); err != nil {
		return
	}
	k.size, k.fresh = at+int64(len(b)), nil
}

// torn tells whether what stands behind the part that was read is no whole record: a
// process was killed while it wrote. Another process may also have added records.
func (k *changes) torn(f *os.File, size int64) bool {
	b := make([]byte, size-k.size)
	if _, err := f.ReadAt(b, k.size); err != nil {
		return true
	}
	more := &changes{nodes: map[plumbing.Hash]*node{}}
	more.read(append([]byte(k.head), b...))
	return more.size != int64(changesHead+len(b))
}
