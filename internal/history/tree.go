package history

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

// The modes of entries that git writes.
const (
	modeTree = 0o040000
	modeFile = 0o100644
	modeExec = 0o100755
	modeLink = 0o120000
	modeSub  = 0o160000 // a submodule: another repository's commit
)

// entry is one line of a tree.
type entry struct {
	name string
	mode uint32
	hash plumbing.Hash
}

func (e entry) isTree() bool { return e.mode == modeTree }

// key is what git sorts by: folders as if their names ended in a slash.
func compareEntries(a, b entry) int {
	n := min(len(a.name), len(b.name))
	if c := strings.Compare(a.name[:n], b.name[:n]); c != 0 {
		return c
	}
	after := func(e entry) byte {
		switch {
		case len(e.name) > n:
			return e.name[n]
		case e.isTree():
			return '/'
		}
		return 0
	}
	return cmp.Or(cmp.Compare(after(a), after(b)), cmp.Compare(len(a.name), len(b.name)))
}

func parseTree(b []byte) ([]entry, error) {
	s := string(b) // names are parts of it
	out := make([]entry, 0, len(s)/40)
	for i := 0; i < len(s); {
		var e entry
		start := i
		for ; i < len(s) && s[i] >= '0' && s[i] <= '7' && i-start < 7; i++ {
			e.mode = e.mode<<3 | uint32(s[i]-'0')
		}
		end := strings.IndexByte(s[i:], 0)
		if i == start || i >= len(s) || s[i] != ' ' || end < 2 || i+end+21 > len(s) {
			return nil, errors.New("not a tree")
		}
		e.name = s[i+1 : i+end]
		if strings.Contains(e.name, "/") || e.name == "." || e.name == ".." {
			return nil, fmt.Errorf("a tree with the name %q", e.name)
		}
		copy(e.hash[:], s[i+end+1:])
		i += end + 21
		out = append(out, e)
	}
	return out, nil
}

func formatTree(list []entry) []byte {
	b := make([]byte, 0, len(list)*56)
	for _, e := range list {
		b = strconv.AppendUint(b, uint64(e.mode), 8)
		b = append(append(append(b, ' '), e.name...), 0)
		b = append(b, e.hash[:]...)
	}
	return b
}

// maxHeld bounds the parsed trees in memory: some 20 MB.
const maxHeld = 200_000

// tree returns the entries of a tree, not to be changed. The zero hash is the empty tree.
func (o *objects) tree(git *os.Root, h plumbing.Hash) ([]entry, error) {
	if h.IsZero() {
		return nil, nil
	}
	o.mu.Lock()
	list, ok := o.trees[h]
	o.mu.Unlock()
	if ok {
		return list, nil
	}
	b, err := o.read(git, plumbing.TreeObject, h)
	if err != nil {
		return nil, err
	}
	if list, err = parseTree(b); err != nil {
		return nil, damaged(fmt.Errorf("%s: %w", h, err))
	}
	o.hold(h, list)
	return list, nil
}

// hold keeps a parsed tree in memory.
func (o *objects) hold(h plumbing.Hash, list []entry) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.held += len(list) + 1; o.held > maxHeld {
		clear(o.trees)
		o.held = len(list) + 1
	}
	o.trees[h] = list
}

// find looks a name up in a tree. Trees of strangers may be in any order.
func find(list []entry, name string) (entry, bool) {
	i := slices.IndexFunc(list, func(e entry) bool { return e.name == name })
	if i < 0 {
		return entry{}, false
	}
	return list[i], true
}

// lookup finds what stands at a path below a tree; the empty path is the tree itself.
func (o *objects) lookup(git *os.Root, tree plumbing.Hash, p string) (entry, bool, error) {
	at := entry{mode: modeTree, hash: tree}
	for name := range strings.SplitSeq(p, "/") {
		if p == "" {
			break
		}
		if !at.isTree() {
			return entry{}, false, nil
		}
		list, err := o.tree(git, at.hash)
		if err != nil {
			return entry{}, false, err
		}
		var ok bool
		if at, ok = find(list, name); !ok {
			return entry{}, false, nil
		}
	}
	return at, !at.hash.IsZero(), nil
}

// maxDepth of folders, against a repository made to exhaust the stack.
const maxDepth = 128

// files calls do with every file below a tree.
func (o *objects) files(git *os.Root, tree plumbing.Hash, prefix string, do func(p string, e entry) error) error {
	return o.walk(git, tree, prefix, 0, do)
}

func (o *objects) walk(git *os.Root, tree plumbing.Hash, prefix string, depth int, do func(p string, e entry) error) error {
	if depth > maxDepth {
		return damaged(errors.New("folders too deep"))
	}
	list, err := o.tree(git, tree)
	if err != nil {
		return err
	}
	for _, e := range list {
		if e.isTree() {
			err = o.walk(git, e.hash, prefix+e.name+"/", depth+1, do)
		} else {
			err = do(prefix+e.name, e)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// change is what a version did to one file; a zero hash is no file.
type change struct {
	path     string
	old, new plumbing.Hash
}

// diff calls do with what differs between two trees. Equal subtrees are not read.
func (o *objects) diff(git *os.Root, a, b plumbing.Hash, prefix string, depth int, do func(change)) error {
	if a == b {
		return nil
	}
	if depth > maxDepth {
		return damaged(errors.New("folders too deep"))
	}
	before, err := o.tree(git, a)
	if err != nil {
		return err
	}
	after, err := o.tree(git, b)
	if err != nil {
		return err
	}
	// What both have in the same words at both ends is most of a large folder.
	for len(before) > 0 && len(after) > 0 && before[0] == after[0] {
		before, after = before[1:], after[1:]
	}
	for len(before) > 0 && len(after) > 0 && before[len(before)-1] == after[len(after)-1] {
		before, after = before[:len(before)-1], after[:len(after)-1]
	}
	type pair struct{ a, b entry }
	names := map[string]pair{}
	for _, e := range before {
		names[e.name] = pair{a: e}
	}
	for _, e := range after {
		p := names[e.name]
		p.b = e
		names[e.name] = p
	}
	// Entries alike in both go at once; the rest in order of name.
	differ := make([]string, 0, len(names))
	for name, p := range names {
		if p.a != p.b {
			differ = append(differ, name)
		}
	}
	slices.Sort(differ)
	for _, name := range differ {
		p := names[name]
		var subs [2]plumbing.Hash
		var blobs [2]plumbing.Hash
		for i, e := range []entry{p.a, p.b} {
			if e.isTree() {
				subs[i] = e.hash
			} else {
				blobs[i] = e.hash
			}
		}
		if blobs[0] != blobs[1] || p.a.mode != p.b.mode && !blobs[0].IsZero() && !blobs[1].IsZero() {
			do(change{prefix + name, blobs[0], blobs[1]})
		}
		if err := o.diff(git, subs[0], subs[1], prefix+name+"/", depth+1, do); err != nil {
			return err
		}
	}
	return nil
}

// edit is a change to a tree: at its leaves an entry to be put, or nothing where one is
// to be taken away.
type edit struct {
	below map[string]*edit
	leaf  bool
	put   entry // mode 0: take away
}

func (e *edit) at(p string) *edit {
	for name := range strings.SplitSeq(p, "/") {
		if e.below == nil {
			e.below = map[string]*edit{}
		}
		next := e.below[name]
		if next == nil {
			next = &edit{}
			e.below[name] = next
		}
		e = next
	}
	return e
}

func (e *edit) set(p string, mode uint32, h plumbing.Hash) {
	at := e.at(p)
	at.leaf, at.put = true, entry{mode: mode, hash: h}
}

// apply gives the tree with the edits made, written to w; zero where nothing is left.
func (o *objects) apply(w *batch, tree plumbing.Hash, e *edit) (plumbing.Hash, error) {
	was, err := o.tree(w.git, tree)
	if err != nil {
		return plumbing.ZeroHash, err
	}
	list := slices.Clone(was)
	for name, sub := range e.below {
		i := slices.IndexFunc(list, func(x entry) bool { return x.name == name })
		var now entry
		if i >= 0 {
			now = list[i]
		}
		if sub.leaf {
			now = sub.put
		}
		if len(sub.below) > 0 {
			var inner plumbing.Hash
			if now.isTree() {
				inner = now.hash
			}
			if inner, err = o.apply(w, inner, sub); err != nil {
				return plumbing.ZeroHash, err
			}
			switch {
			case !inner.IsZero():
				now = entry{mode: modeTree, hash: inner}
			case now.isTree():
				now = entry{}
			} // else: nothing was put below a file, which stays
		}
		now.name = name
		switch {
		case now.mode == 0 && i >= 0:
			list = slices.Delete(list, i, i+1)
		case now.mode != 0 && i >= 0:
			list[i] = now
		case now.mode != 0:
			list = append(list, now)
		}
	}
	if len(list) == 0 {
		return plumbing.ZeroHash, nil
	}
	slices.SortFunc(list, compareEntries)
	if slices.Equal(list, was) {
		return tree, nil
	}
	h := w.add(plumbing.TreeObject, formatTree(list))
	if w.err == nil {
		o.hold(h, list)
	}
	return h, w.err
}
