package history

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"

	"mingdeng/internal/diag"
)

// Order says what is to go from every version.
type Order struct {
	Paths []string // files and folders, under these names and earlier ones
	Names []string // put out as 〔已删去〕 in texts, sentences and authors; other files that hold one go whole
	Force bool     // although the repository knows a remote, where others have copies
}

// Purged says what a purge did.
type Purged struct {
	Versions int      // how many versions were made anew; all IDs from the first of these on are others
	Files    []string // files that are gone from one version or more, in order
	Texts    []string // files in which a name was put out, in order
	Left     []string // files of .git, from there, that still hold a name: nothing this program knows
}

// Elsewhere is to be told with every purge.
var Elsewhere = diag.Text{
	Zh: "这台电脑上这个文件夹里的旧版本已经清除。别处的拷贝（备份、U 盘、网盘的历史、别人的电脑、推送过的服务器）里还有，要到那里另外删除。",
	En: "The old versions in this folder are purged. Copies elsewhere (backups, sticks, the history of a net disk, other computers, a server that was pushed to) still hold it and must be dealt with there.",
}

const blank = "〔已删去〕"

// Purge takes files and names out of every version, branch and tag, and out of the store: what
// no version names any more is removed at once, also what a git program would have kept for a
// while, and all reference logs. All else stays: files, sentences, people, dates. Signatures of
// what is changed are lost.
//
// What still stands in the current version is refused ([InUse]): it is removed or changed, and
// saved, first. A purge that is killed leaves a sound repository, in which the rest is done by
// asking again. Names are looked for as in [History.Mentions].
func (h *History) Purge(ctx context.Context, o Order) (Purged, error) {
	for _, p := range o.Paths {
		if !goodPath(p) {
			return Purged{}, badPath(p)
		}
	}
	if mode, err := h.Mode(); err != nil || mode == None {
		return Purged{}, err
	}
	h.saving.Lock()
	defer h.saving.Unlock()
	var out Purged
	err := h.change(ctx, func(s *session) (err error) {
		release, err := h.packing(ctx, s)
		if err != nil {
			return err
		}
		defer release()
		for _, left := range []string{"new-", "pack-"} { // both locks are held: they are nobody's
			s.sweep(left, 0)
		}
		out, err = h.purge(ctx, s, o)
		h.mu.Lock()
		h.known = nil
		h.mu.Unlock()
		s.forget()
		return err
	})
	return out, err
}

// purging is the state of a purge.
type purging struct {
	*session
	ctx     context.Context
	w       *batch
	look    needles
	paths   map[string]bool // that go
	blobs   map[plumbing.Hash]plumbing.Hash
	trees   map[string]plumbing.Hash // by hash and path
	commits map[plumbing.Hash]plumbing.Hash
	gone    map[string]bool
	texts   map[string]bool
}

// plainEnough refuses what would keep old versions in ways that a purge does not know.
func (s *session) plainEnough(refs map[string]plumbing.Hash, force bool) error {
	for _, name := range []string{"worktrees", "modules", "shallow", "info/grafts", "refs/stash", "refs/notes", "refs/replace"} {
		_, err := s.git.Lstat(name)
		for ref := range refs {
			if ref == name || strings.HasPrefix(ref, name+"/") {
				err = nil
			}
		}
		if err == nil {
			r := unfit("版本库里有这里清除不了的东西："+name, "the repository holds what cannot be purged here: "+name, nil)
			r.Mend = diag.Text{
				Zh: "请找懂 git 的人先把它处理掉（git stash drop、git worktree remove 之类），再来清除。",
				En: "Have somebody who knows git see to it (git stash drop, git worktree remove or the like), then purge.",
			}
			return r
		}
	}
	remotes := s.remotes()
	for ref := range refs {
		if strings.HasPrefix(ref, "refs/remotes/") {
			remotes = append(remotes, ref)
		}
	}
	if len(remotes) > 0 && !force {
		return &Refusal{
			Reason: Shared,
			What:   diag.Text{Zh: "版本推送到过别处（" + remotes[0] + "），那里的拷贝清除不了", En: "versions were pushed elsewhere (" + remotes[0] + "), where copies stay"},
			Mend:   diag.Text{Zh: "先在那里删除；仍要清除这里的，请确认再做一次。以后拉取会把旧版本带回来。", En: "Have it removed there; confirm to purge here all the same. To pull would bring the old versions back."},
		}
	}
	return nil
}

func (h *History) purge(ctx context.Context, s *session, o Order) (Purged, error) {
	refs, err := s.refs()
	if err != nil {
		return Purged{}, err
	}
	if err := s.plainEnough(refs, o.Force); err != nil {
		return Purged{}, err
	}
	branch, head, err := s.head()
	if err != nil {
		return Purged{}, err
	}
	if branch == "" {
		return Purged{}, &Refusal{Reason: Midway,
			What: diag.Text{Zh: "别的 git 程序打开了一个旧版本", En: "an old version was checked out in another git program"},
			Mend: diag.Text{Zh: "请在那个程序里回到分支上（git switch main），再来清除。", En: "Return to a branch there (git switch main), then purge."}}
	}
	p := &purging{
		session: s, ctx: ctx, w: &batch{git: s.git}, look: newNeedles(o.Names), paths: map[string]bool{},
		blobs: map[plumbing.Hash]plumbing.Hash{}, trees: map[string]plumbing.Hash{}, commits: map[plumbing.Hash]plumbing.Hash{},
		gone: map[string]bool{}, texts: map[string]bool{},
	}
	defer p.w.close()
	order, err := p.allCommits(refs, head)
	if err != nil {
		return Purged{}, err
	}
	if err := p.earlier(h, o.Paths, order); err != nil {
		return Purged{}, err
	}
	idx, err := s.readIndex()
	if err != nil {
		return Purged{}, err
	}
	if err := p.inUse(head, idx); err != nil {
		return Purged{}, err
	}

	// Everything new first.
	for _, id := range order {
		if err := ctx.Err(); err != nil {
			return Purged{}, err
		}
		if err := p.rewrite(id); err != nil {
			return Purged{}, err
		}
	}
	now := map[string]plumbing.Hash{}
	for name, id := range refs {
		if strings.HasPrefix(name, "refs/remotes/") {
			continue
		}
		if now[name], err = p.object(id, 0); err != nil {
			return Purged{}, err
		}
	}
	if err := errors.Join(p.w.err, p.w.sync()); err != nil {
		return Purged{}, err
	}
	h.step("objects")
	// Then what names it. From here on there is no way back, but on.
	for _, name := range slices.Sorted(maps.Keys(refs)) {
		if now[name] == refs[name] {
			continue
		}
		if err := h.move(ctx, s, name, refs[name], now[name]); err != nil {
			return Purged{}, err
		}
		h.step("branch")
	}
	if err := h.packRefs(ctx, s, now); err != nil {
		return Purged{}, err
	}
	if err := s.place("index", idx.bytes()); err != nil { // anew, without what it remembers of conflicts
		return Purged{}, err
	}
	h.step("index")
	// Then all that remembers.
	for _, name := range []string{
		"logs", "ORIG_HEAD", "FETCH_HEAD", "COMMIT_EDITMSG", "MERGE_MSG", "MERGE_MODE", "SQUASH_MSG", "TAG_EDITMSG", "AUTO_MERGE", "gitk.cache", "rr-cache",
		"objects/info/commit-graph", "objects/info/commit-graphs", "objects/info/packs", "info/refs", "objects/pack/multi-pack-index", changesFile,
	} {
		if err := s.git.RemoveAll(name); err != nil {
			return Purged{}, err
		}
	}
	h.step("logs")
	keep, err := p.reachable(now, idx)
	if err != nil {
		return Purged{}, err
	}
	if err := h.clearStore(s, p.w, keep); err != nil {
		return Purged{}, err
	}
	out := Purged{Files: slices.Sorted(maps.Keys(p.gone)), Texts: slices.Sorted(maps.Keys(p.texts))}
	for from, to := range p.commits {
		if from != to {
			out.Versions++
		}
	}
	out.Left, err = p.left()
	return out, err
}

// allCommits lists every commit, none before its parents.
func (p *purging) allCommits(refs map[string]plumbing.Hash, head plumbing.Hash) ([]plumbing.Hash, error) {
	tips, err := p.tips()
	if err != nil {
		return nil, err
	}
	var order []plumbing.Hash
	type step struct {
		id   plumbing.Hash
		done bool
	}
	seen := map[plumbing.Hash]bool{}
	var stack []step
	for _, id := range tips {
		stack = append(stack, step{id, false})
	}
	for len(stack) > 0 {
		at := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if at.done {
			order = append(order, at.id)
			continue
		}
		if seen[at.id] {
			continue
		}
		seen[at.id] = true
		c, err := p.commit(p.git, at.id)
		if err != nil {
			return nil, err
		}
		stack = append(stack, step{at.id, true})
		for _, parent := range c.parents {
			if !seen[parent] {
				stack = append(stack, step{parent, false})
			}
		}
	}
	return order, nil
}

// earlier finds the paths that go: those given, what lies below, and what they were called
// before.
func (p *purging) earlier(h *History, paths []string, order []plumbing.Hash) error {
	if len(paths) == 0 {
		return nil
	}
	k, err := h.changes(p.session)
	if err != nil {
		return err
	}
	set := &following{files: map[string]bool{}}
	for _, f := range paths {
		set.files[f] = true
		set.folders = append(set.folders, f+"/")
	}
	for _, id := range slices.Backward(order) {
		n, err := k.node(p.session, id)
		if err != nil {
			return err
		}
		set.back(n.changes)
		for _, c := range n.changes {
			if set.has(c.path) {
				p.paths[c.path] = true
			}
		}
	}
	return nil
}

// inUse refuses to purge what the current version, or the index, still holds.
func (p *purging) inUse(head plumbing.Hash, idx *indexFile) error {
	var still []string
	look := func(f string, h plumbing.Hash) error {
		now, err := p.blob(h, f)
		if now != h || p.paths[f] || p.look.in([]byte(f)) {
			still = append(still, f)
		}
		return err
	}
	if !head.IsZero() {
		c, err := p.commit(p.git, head)
		if err != nil {
			return err
		}
		err = p.files(p.git, c.root(), "", func(f string, e entry) error {
			if e.mode == modeSub {
				return nil
			}
			return look(f, e.hash)
		})
		if err != nil {
			return err
		}
	}
	for _, e := range idx.entries {
		if e.mode() == modeSub {
			continue
		}
		if err := look(e.name, e.hash()); err != nil {
			return err
		}
	}
	clear(p.gone)
	clear(p.texts)
	if len(still) == 0 {
		return nil
	}
	slices.Sort(still)
	still = slices.Compact(still)
	return &Refusal{
		Reason: InUse, Paths: still,
		What: diag.Text{
			Zh: fmt.Sprintf("要清除的还在现在的网站里：%s（共 %d 个文件）", still[0], len(still)),
			En: fmt.Sprintf("what is to be purged still stands in the site: %s (%d files)", still[0], len(still)),
		},
		Mend: diag.Text{Zh: "先把它移到回收站，或从文字里删去名字，保存，再来清除。", En: "Move it to the bin, or take the name out of the text, save, then purge."},
	}
}

// move changes a reference, or removes it (zero).
func (h *History) move(ctx context.Context, s *session, name string, from, to plumbing.Hash) error {
	if !goodRef(name) {
		return damaged(fmt.Errorf("a reference called %q", name))
	}
	if !to.IsZero() {
		return h.advance(ctx, s, name, from, to, func() error { return nil })
	}
	err := s.git.Remove(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// packRefs leaves in packed-refs what is as it was.
func (h *History) packRefs(ctx context.Context, s *session, now map[string]plumbing.Hash) error {
	packed, err := s.packedRefs()
	if err != nil || packed == nil {
		return err
	}
	if err := h.hold(ctx, s, "packed-refs"); err != nil {
		return err
	}
	defer s.git.Remove("packed-refs.lock")
	text := "# pack-refs with: sorted \n"
	for _, name := range slices.Sorted(maps.Keys(packed)) {
		if to := now[name]; !to.IsZero() {
			text += to.String() + " " + name + "\n"
		}
	}
	return s.place("packed-refs", []byte(text))
}

// left looks through what no program told us of.
func (p *purging) left() ([]string, error) {
	var out []string
	err := fs.WalkDir(p.git.FS(), ".", func(f string, e fs.DirEntry, err error) error {
		if err != nil || f == "objects" {
			if f == "objects" {
				return fs.SkipDir
			}
			return err
		}
		has := p.look.in([]byte(path.Base(f)))
		if e.Type().IsRegular() && !has {
			b, err := readFile(p.git, f, MaxFile)
			has = err != nil || p.look.in(b)
		}
		if has && f != own+"/lock" && f != own+"/packing" {
			out = append(out, f)
		}
		return nil
	})
	return out, err
}
