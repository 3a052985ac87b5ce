package history

import (
	"container/heap"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/go-git/go-git/v5/plumbing"
)

// walkBack calls do with every version from HEAD on, newest first, none before one that
// follows it. Reading commits for their time is left to where lines meet: along a line the
// order is that of the line.
func (h *History) walkBack(ctx context.Context, s *session, do func(id plumbing.Hash, n *node) (more bool, err error)) error {
	_, at, err := s.head()
	if err != nil || at.IsZero() {
		return err
	}
	k, err := h.changes(s)
	if err != nil {
		return err
	}
	defer h.remember(ctx, s, k)
	return walkFrom(ctx, s, k, []plumbing.Hash{at}, do)
}

func walkFrom(ctx context.Context, s *session, k *changes, from []plumbing.Hash, do func(id plumbing.Hash, n *node) (bool, error)) error {
	seen := map[plumbing.Hash]bool{}
	var line queue
	push := func(id plumbing.Hash) {
		if !seen[id] {
			seen[id] = true
			line = append(line, queued{id: id}) // heap.Init comes before the next is taken
		}
	}
	for _, id := range from {
		push(id)
	}
	when := func(q *queued) error {
		if q.dated {
			return nil
		}
		c, err := s.commit(s.git, q.id)
		if err != nil {
			return err
		}
		_, t := parseSignature(c.committer)
		q.when, q.dated = t, true
		return nil
	}
	for len(line) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		if len(line) > 1 {
			for i := range line {
				if err := when(&line[i]); err != nil {
					return err
				}
			}
			heap.Init(&line)
		}
		q := heap.Pop(&line).(queued)
		n, err := k.node(s, q.id)
		if err != nil {
			return err
		}
		if more, err := do(q.id, n); err != nil || !more {
			return err
		}
		for _, p := range n.parents {
			push(p)
		}
	}
	return nil
}

type queued struct {
	id    plumbing.Hash
	when  time.Time
	dated bool
}

type queue []queued

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return q[i].when.After(q[j].when) }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)        { *q = append(*q, x.(queued)) }
func (q *queue) Pop() any {
	last := len(*q) - 1
	x := (*q)[last]
	*q = (*q)[:last]
	return x
}

// remember writes what a walk has learnt, if it is worth it and nobody is at work.
func (h *History) remember(ctx context.Context, s *session, k *changes) {
	k.mu.Lock()
	fresh := len(k.fresh)
	k.mu.Unlock()
	if s.mode != Own || fresh == 0 || s.writable() != nil || !h.saving.TryLock() {
		return
	}
	defer h.saving.Unlock()
	short := &History{dir: h.dir, step: h.step} // waits for nobody
	release, err := short.lock(context.WithoutCancel(ctx), s)
	if err != nil {
		return
	}
	k.write(s)
	release()
}

// following is a set of files of which the earlier names are found out on the way back.
type following struct {
	files   map[string]bool
	folders []string // with a slash behind
	all     bool
}

func follow(p string) *following {
	f := &following{files: map[string]bool{p: true}, folders: []string{p + "/"}, all: p == ""}
	return f
}

func (f *following) has(p string) bool {
	if f.all || f.files[p] {
		return true
	}
	return slices.ContainsFunc(f.folders, func(d string) bool { return strings.HasPrefix(p, d) })
}

// back takes in the names that files had before a version: NAME.md for NAME/index.md, or
// whatever went with the very bytes that came.
func (f *following) back(list []change) {
	if f.all {
		return
	}
	gone := removed(list)
	for _, c := range list {
		if len(gone) == 0 || !c.old.IsZero() || !f.has(c.path) {
			continue
		}
		if p := source(c, gone); p != "" {
			f.files[p] = true
		}
	}
}

// removed are the changes that took a file away.
func removed(list []change) (out []change) {
	for _, c := range list {
		if c.new.IsZero() {
			out = append(out, c)
		}
	}
	return out
}

// source is which of the files that a version took away became one that it added; "" if
// none did.
func source(added change, gone []change) string {
	other, same := sibling(added.path), ""
	for _, c := range gone {
		switch {
		case c.path == other:
			return c.path
		case c.old == added.new:
			same = c.path
		}
	}
	return same
}

// Versions lists what changed a file or folder (p; "" is the whole site), newest first, under
// its earlier names too. Of a folder also what changed below it. At most limit are given
// (0: all), those older than the version after ("" from the newest on). Paths are those of
// p that the version changed.
func (h *History) Versions(ctx context.Context, p string, limit int, after string) ([]Version, error) {
	if p != "" && !goodPath(p) {
		return nil, badPath(p)
	}
	s, err := h.begin()
	if err != nil {
		return nil, err
	}
	defer s.close()
	if s.mode == None {
		return nil, nil
	}
	var out []Version
	set, begun := follow(p), after == ""
	err = h.walkBack(ctx, s, func(id plumbing.Hash, n *node) (bool, error) {
		var paths []string
		for _, c := range n.changes {
			if set.has(c.path) {
				paths = append(paths, c.path)
			}
		}
		if len(paths) > 0 {
			set.back(n.changes)
		}
		switch {
		case !begun:
			begun = id.String() == after
		case len(paths) > 0:
			c, err := s.commit(s.git, id)
			if err != nil {
				return false, err
			}
			v := c.version(id)
			v.Paths = paths
			out = append(out, v)
		}
		return limit == 0 || len(out) < limit, nil
	})
	if err == nil && !begun {
		err = missing(after)
	}
	return out, err
}

// at is the site's tree in a version, of which HEAD's line or another branch may be made.
func (s *session) at(version string) (plumbing.Hash, error) {
	id, ok := parseHash(version)
	if !ok || s.mode == None {
		return id, missing(version)
	}
	c, err := s.commit(s.git, id)
	if err != nil {
		var r *Refusal
		if errors.As(err, &r) && errors.Is(r.Err, plumbing.ErrObjectNotFound) {
			return id, missing(version)
		}
		return id, err
	}
	return s.below(c.root())
}

// within looks a path up in a version.
func (s *session) within(version, p string) (e entry, there bool, err error) {
	tree, err := s.at(version)
	if err != nil {
		return entry{}, false, err
	}
	return s.lookup(s.git, tree, p)
}

// File gives the bytes of a file as a version has it, to be looked at, compared or
// restored: whoever restores writes them as any other change, and saves.
func (h *History) File(version, p string) ([]byte, error) {
	s, err := h.begin()
	if err != nil {
		return nil, err
	}
	defer s.close()
	e, there, err := s.within(version, p)
	if err != nil {
		return nil, err
	}
	if !there || e.mode&0o170000 != 0o100000 || !goodPath(p) {
		return nil, missing(p)
	}
	return s.read(s.git, plumbing.BlobObject, e.hash)
}

// Files lists the files at or below a path as a version has them, in order: what belongs to
// a record with pictures. Links and names that no version may hold are left out.
func (h *History) Files(version, p string) ([]string, error) {
	s, err := h.begin()
	if err != nil {
		return nil, err
	}
	defer s.close()
	e, there, err := s.within(version, p)
	if err != nil || !there {
		return nil, err
	}
	var out []string
	take := func(f string, e entry) error {
		if e.mode&0o170000 == 0o100000 && goodPath(f) {
			out = append(out, f)
		}
		return nil
	}
	if !e.isTree() {
		return out, errors.Join(take(p, e))
	}
	prefix := p + "/"
	if p == "" {
		prefix = ""
	}
	err = s.files(s.git, e.hash, prefix, take)
	slices.Sort(out)
	return out, err
}

// Gone is a file that was removed and can be brought back.
type Gone struct {
	Path    string
	Removed Version // the version that removed it
	Last    string  // the version that had it last, for File
}

// Deleted lists the files that are gone from the site, newest first, at most limit (0: all):
// the bin. A file that was only moved, or is there again, is not among them.
func (h *History) Deleted(ctx context.Context, limit int) ([]Gone, error) {
	s, err := h.begin()
	if err != nil {
		return nil, err
	}
	defer s.close()
	if s.mode == None {
		return nil, nil
	}
	_, at, err := s.head()
	if err != nil || at.IsZero() {
		return nil, err
	}
	now, err := s.at(at.String())
	if err != nil {
		return nil, err
	}
	var out []Gone
	told := map[string]bool{}
	err = h.walkBack(ctx, s, func(id plumbing.Hash, n *node) (bool, error) {
		var v *Version
		moved := map[string]bool{}
		if gone := removed(n.changes); len(gone) > 0 {
			for _, c := range n.changes {
				if c.old.IsZero() {
					moved[source(c, gone)] = true
				}
			}
		}
		for _, c := range n.changes {
			if told[c.path] {
				continue
			}
			told[c.path] = true
			if !c.new.IsZero() || moved[c.path] || !belongs(c.path) || !goodPath(c.path) || len(n.parents) == 0 {
				continue
			}
			if _, there, err := s.lookup(s.git, now, c.path); err != nil || there {
				if err != nil {
					return false, err
				}
				continue
			}
			if _, err := s.site.Lstat(c.path); err == nil {
				continue
			}
			if v == nil {
				cm, err := s.commit(s.git, id)
				if err != nil {
					return false, err
				}
				vv := cm.version(id)
				v = &vv
			}
			last := n.parents[0]
			if len(n.parents) > 1 { // of a merge: the side that had it
				for _, p := range n.parents {
					if t, err := s.at(p.String()); err == nil {
						if e, there, _ := s.lookup(s.git, t, c.path); there && e.hash == c.old {
							last = p
							break
						}
					}
				}
			}
			out = append(out, Gone{c.path, *v, last.String()})
			if limit > 0 && len(out) == limit {
				return false, nil
			}
		}
		return true, nil
	})
	return out, err
}
