package history

import (
	"bytes"
	"errors"
	"io/fs"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/format/idxfile"

	"mingdeng/internal/rescue"
)

// reachable are all objects that references and the index name.
func (p *purging) reachable(refs map[string]plumbing.Hash, idx *indexFile) (map[plumbing.Hash]bool, error) {
	keep := map[plumbing.Hash]bool{}
	var stack []plumbing.Hash
	for _, h := range refs {
		stack = append(stack, h)
	}
	var walk func(h plumbing.Hash, depth int) error
	walk = func(h plumbing.Hash, depth int) error {
		if keep[h] {
			return nil
		}
		keep[h] = true
		if depth > maxDepth {
			return damaged(errors.New("folders too deep"))
		}
		list, err := p.objects.tree(p.git, h)
		if err != nil {
			return err
		}
		for _, e := range list {
			if e.isTree() {
				if err := walk(e.hash, depth+1); err != nil {
					return err
				}
			} else {
				keep[e.hash] = true
			}
		}
		return nil
	}
	for len(stack) > 0 {
		h := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if h.IsZero() || keep[h] {
			continue
		}
		t, b, err := p.readAny(p.git, plumbing.AnyObject, h)
		if err != nil {
			return nil, err
		}
		switch t {
		case plumbing.CommitObject:
			keep[h] = true
			c, err := parseCommit(b)
			if err != nil {
				return nil, damaged(err)
			}
			stack = append(stack, c.parents...)
			if c.tree == emptyTree {
				keep[c.tree] = true
			} else if err := walk(c.tree, 0); err != nil {
				return nil, err
			}
		case plumbing.TreeObject:
			if err := walk(h, 0); err != nil {
				return nil, err
			}
		case plumbing.TagObject:
			keep[h] = true
			to, _ := tagged(b)
			stack = append(stack, to)
		default:
			keep[h] = true
		}
	}
	for _, e := range idx.entries {
		keep[e.hash()] = true
	}
	return keep, nil
}

// clearStore removes every object but those to keep. A pack with one that goes is taken
// apart: what stays of it is written loose first.
func (h *History) clearStore(s *session, w *batch, keep map[plumbing.Hash]bool) error {
	list, err := fs.ReadDir(s.git.FS(), "objects/pack")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	there := map[string]bool{}
	for _, e := range list {
		there[e.Name()] = true
	}
	var drop []string
	for _, e := range list {
		base, ok := strings.CutSuffix(e.Name(), ".idx")
		if !ok { // half a pack that some program left, or a part of one that is seen to below
			whole, _, _ := strings.Cut(e.Name(), ".")
			if !there[whole+".idx"] {
				drop = append(drop, e.Name())
			}
			continue
		}
		hashes, err := s.packed(e.Name())
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(hashes, func(h plumbing.Hash) bool { return !keep[h] }) {
			continue
		}
		for _, id := range hashes {
			if !keep[id] {
				continue
			}
			t, b, err := s.readAny(s.git, plumbing.AnyObject, id)
			if err != nil {
				return err
			}
			w.add(t, b)
		}
		for _, f := range list {
			if strings.HasPrefix(f.Name(), base+".") {
				drop = append(drop, f.Name())
			}
		}
	}
	if err := errors.Join(w.err, w.sync()); err != nil {
		return err
	}
	h.step("unpacked")
	slices.Sort(drop) // .idx before .pack: what has no index is no pack
	for _, name := range drop {
		if err := s.git.Remove("objects/pack/" + name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	s.forget()
	return s.loose(func(name string, id plumbing.Hash) error {
		if keep[id] {
			return nil
		}
		h.step("loose")
		return s.git.Remove(name)
	})
}

// loose calls do with every loose object, and with other files that lie among them (whose
// hash is zero).
func (s *session) loose(do func(name string, id plumbing.Hash) error) error {
	dirs, err := fs.ReadDir(s.git.FS(), "objects")
	if err != nil {
		return err
	}
	for _, d := range dirs {
		if len(d.Name()) != 2 || !d.IsDir() {
			continue
		}
		files, err := fs.ReadDir(s.git.FS(), "objects/"+d.Name())
		if err != nil {
			return err
		}
		for _, f := range files {
			id, _ := parseHash(d.Name() + f.Name())
			if err := do("objects/"+d.Name()+"/"+f.Name(), id); err != nil {
				return err
			}
		}
	}
	return nil
}

// packed lists the objects of a pack by its index.
func (s *session) packed(idxName string) ([]plumbing.Hash, error) {
	b, err := readFile(s.git, "objects/pack/"+idxName, 1<<30)
	if err != nil {
		return nil, err
	}
	var out []plumbing.Hash
	err = rescue.Do(func() error {
		idx := idxfile.NewMemoryIndex()
		if err := idxfile.NewDecoder(bytes.NewReader(b)).Decode(idx); err != nil {
			return err
		}
		it, err := idx.Entries()
		if err != nil {
			return err
		}
		defer it.Close()
		for {
			e, err := it.Next()
			if err != nil {
				break // io.EOF
			}
			out = append(out, e.Hash)
		}
		return nil
	})
	if err != nil {
		return nil, damaged(err)
	}
	return out, nil
}
