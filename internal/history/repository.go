package history

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/format/config"
	"github.com/gofrs/flock"

	"mingdeng/internal/diag"
	"mingdeng/internal/rescue"
)

// Mode is what stands at the site's folder.
type Mode uint8

// The four states.
const (
	None   Mode = iota // no repository: the first Save makes one
	Own                // a repository at the site's root, ours to commit to
	Larger             // the site lies within somebody's larger repository: only shown
	Broken             // there is something that cannot or must not be used: see Mode's error
)

// own is the folder of this package inside .git: lock, changes, files not yet in place.
const own = "mingdeng"

// History is the history of one site. Its methods may be called from any goroutine. No
// file stays open between calls, so the folder can be moved.
type History struct {
	dir string // of the site, absolute

	saving sync.Mutex // one change at a time in this process; between processes, the lock
	mu     sync.Mutex // over what follows
	store  *objects   // of the repository read last
	known  *changes
	busy   time.Duration // how long others are waited for

	exactNames bool            // the file system takes names that differ by case for one
	step       func(at string) // tests stop the program at each
}

// Open looks at the site in dir, which must exist. It changes nothing.
func Open(dir string) (*History, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(dir)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, &fs.PathError{Op: "open", Path: dir, Err: errors.New("is no folder")}
	}
	return &History{
		dir: dir, busy: 10 * time.Second,
		exactNames: runtime.GOOS == "windows" || runtime.GOOS == "darwin",
		step:       func(string) {},
	}, nil
}

// Mode tells what is there now. The error is a [Refusal] where the mode is Broken.
func (h *History) Mode() (Mode, error) {
	s, err := h.begin()
	if err != nil {
		return Broken, err
	}
	defer s.close()
	return s.mode, nil
}

// session is one look at the repository: its folders are open while it lasts.
type session struct {
	*objects
	mode    Mode
	site    *os.Root
	git     *os.Root // nil in mode None
	gitPath string
	prefix  string // where the site lies in a larger repository: "a/b/", or ""
	config  *config.Config
}

func (s *session) close() {
	s.site.Close()
	if s.git != nil {
		s.git.Close()
	}
}

// begin opens the repository and refuses what must not be used.
func (h *History) begin() (_ *session, err error) {
	s := &session{}
	if s.site, err = os.OpenRoot(h.dir); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			s.close()
		}
	}()
	at := h.dir
	for {
		info, err := os.Lstat(filepath.Join(at, ".git"))
		if err == nil {
			if !info.IsDir() {
				return nil, unfit("这里的 .git 不是文件夹，版本库在别处（子模块、工作树或链接）", ".git is no folder here: the repository is elsewhere (a submodule, a worktree or a link)", nil)
			}
			break
		}
		if !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrPermission) || at == h.dir && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		up := filepath.Dir(at)
		if up == at {
			return s, nil // None
		}
		at = up
	}
	s.mode = Own
	if at != h.dir {
		s.mode = Larger
		rel, err := filepath.Rel(at, h.dir)
		if err != nil {
			return nil, err
		}
		s.prefix = filepath.ToSlash(rel) + "/"
	}
	s.gitPath = filepath.Join(at, ".git")
	if s.git, err = os.OpenRoot(s.gitPath); err != nil {
		return nil, err
	}
	if err := s.check(); err != nil {
		return nil, err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.store == nil || h.store.path != s.gitPath {
		h.store, h.known = newObjects(s.gitPath), nil
	}
	s.objects = h.store
	return s, nil
}

// check refuses repositories that are not plain: what they ask for is either not followed
// by this program, so that it would see another state than git does, or leads elsewhere.
func (s *session) check() error {
	for _, name := range []string{"HEAD", "objects", "refs", "config", own} {
		info, err := s.git.Lstat(name)
		switch {
		case errors.Is(err, fs.ErrNotExist) && (name == own || name == "config"):
			continue
		case err != nil:
			return unfit("这里的 .git 不完整："+name, ".git is incomplete here: "+name, err)
		}
		if dir := name != "HEAD" && name != "config"; dir != info.IsDir() || !dir && !info.Mode().IsRegular() {
			return unfit("这里的 .git 不像版本库："+name, ".git does not look like a repository here: "+name, nil)
		}
	}
	for _, name := range []string{"commondir", "objects/info/alternates"} {
		if _, err := s.git.Lstat(name); err == nil {
			return unfit("版本库的一部分在别处（"+name+"）", "a part of the repository is elsewhere ("+name+")", nil)
		}
	}
	b, err := readFile(s.git, "config", 1<<20)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return unfit("读不了 .git/config", ".git/config cannot be read", err)
	}
	s.config = config.New()
	if err := rescue.Do(func() error { return config.NewDecoder(bytes.NewReader(b)).Decode(s.config) }); err != nil {
		return unfit("读不懂 .git/config", ".git/config makes no sense", err)
	}
	core, ext := s.config.Section("core"), s.config.Section("extensions")
	no := func(what string) error {
		return unfit("版本库的设置这里不支持："+what, "the repository has a setting that is not supported here: "+what, nil)
	}
	switch v := core.Option("repositoryformatversion"); {
	case core.HasOption("worktree"):
		return no("core.worktree")
	case strings.EqualFold(core.Option("bare"), "true"):
		return no("core.bare")
	case v != "" && v != "0" && v != "1":
		return no("core.repositoryformatversion " + v)
	case v != "1":
		return nil
	}
	for _, o := range ext.Options {
		switch strings.ToLower(o.Key) {
		case "noop", "preciousobjects":
		case "objectformat":
			if !strings.EqualFold(o.Value, "sha1") {
				return no("extensions.objectFormat")
			}
		default:
			return no("extensions." + o.Key)
		}
	}
	return nil
}

// writable refuses what Save and the like may not change.
func (s *session) writable() error {
	if s.mode == Larger {
		return &Refusal{
			Reason: NotOurs,
			What:   diag.Text{Zh: "网站在一个更大的版本库里面，这里只看不写", En: "the site lies within a larger repository, which is only shown"},
			Mend:   diag.Text{Zh: "文件照样可以保存；版本请用管理那个版本库的程序来记。", En: "Files can be saved all the same; keep versions with the program that looks after that repository."},
		}
	}
	for _, name := range []string{"MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply", "BISECT_LOG"} {
		if _, err := s.git.Lstat(name); err == nil {
			return &Refusal{
				Reason: Midway,
				What:   diag.Text{Zh: "别的 git 程序开始了合并一类的操作，还没有做完（" + name + "）", En: "a merge or the like was begun in another git program and is not finished (" + name + ")"},
				Mend:   diag.Text{Zh: "文件照样可以保存。请在那个程序里做完或取消，版本再从那时记起。", En: "Files can be saved all the same. Finish or abort it there; versions go on from then."},
			}
		}
	}
	return nil
}

func readFile(root *os.Root, name string, limit int64) ([]byte, error) {
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, errors.Join(err, fmt.Errorf("%s is no file", name))
	}
	b, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(b)) > limit {
		err = fmt.Errorf("%s is too large", name)
	}
	return b, err
}

// head is the branch HEAD stands on ("" if on none) and its commit (zero if there is none yet).
func (s *session) head() (ref string, at plumbing.Hash, err error) {
	b, err := readFile(s.git, "HEAD", 4096)
	if err != nil {
		return "", at, damaged(err)
	}
	line := strings.TrimSpace(string(b))
	if at, ok := parseHash(line); ok {
		return "", at, nil
	}
	ref, ok := strings.CutPrefix(line, "ref:")
	if ref = strings.TrimSpace(ref); !ok || !strings.HasPrefix(ref, "refs/heads/") || !goodRef(ref) {
		return "", at, damaged(fmt.Errorf("HEAD is %q", line))
	}
	at, err = s.ref(ref)
	return ref, at, err
}

// goodRef: a name that leads to a file below refs.
func goodRef(name string) bool {
	return fs.ValidPath(name) && strings.HasPrefix(name, "refs/") && !strings.HasSuffix(name, ".lock") &&
		!strings.ContainsAny(name, "\\:*?[^~ \x7f") && !strings.Contains(name, "..") &&
		strings.IndexFunc(name, func(r rune) bool { return r < ' ' }) < 0
}

// ref is what a reference names, zero if it is not there.
func (s *session) ref(name string) (plumbing.Hash, error) {
	b, err := readFile(s.git, name, 4096)
	if err == nil {
		h, ok := parseHash(strings.TrimSpace(string(b)))
		if !ok {
			return h, damaged(fmt.Errorf("%s is %q", name, b))
		}
		return h, nil
	}
	if info, statErr := s.git.Lstat(name); statErr == nil && !info.IsDir() {
		return plumbing.ZeroHash, damaged(err)
	}
	packed, err := s.packedRefs()
	return packed[name], err
}

// packedRefs are the references in the one file, by name.
func (s *session) packedRefs() (map[string]plumbing.Hash, error) {
	b, err := readFile(s.git, "packed-refs", 64<<20)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, damaged(err)
	}
	out := map[string]plumbing.Hash{}
	for line := range strings.Lines(string(b)) {
		sum, name, _ := strings.Cut(strings.TrimRight(line, "\r\n"), " ")
		if h, ok := parseHash(sum); ok {
			out[name] = h
		}
	}
	return out, nil
}

// refs are all references, by name; HEAD is not among them.
func (s *session) refs() (map[string]plumbing.Hash, error) {
	out, err := s.packedRefs()
	if err != nil {
		return nil, err
	}
	if out == nil {
		out = map[string]plumbing.Hash{}
	}
	err = fs.WalkDir(s.git.FS(), "refs", func(p string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() || strings.HasSuffix(p, ".lock") {
			return err
		}
		b, err := readFile(s.git, p, 4096)
		if err != nil {
			return err
		}
		if h, ok := parseHash(strings.TrimSpace(string(b))); ok {
			out[p] = h
		} else if !strings.HasPrefix(string(b), "ref:") { // refs/remotes/origin/HEAD
			return damaged(fmt.Errorf("%s is %q", p, b))
		}
		return nil
	})
	return out, err
}

// create makes .git whole beside its place and moves it in, so that no half repository is
// ever there. That another process was faster is no error.
func (h *History) create(site *os.Root) error {
	tmp := ".mingdeng-git-" + rand.Text()
	if err := site.Mkdir(tmp, 0o777); err != nil {
		return err
	}
	defer site.RemoveAll(tmp)
	for _, d := range []string{"objects/info", "objects/pack", "refs/heads", "refs/tags", "info", own} {
		if err := site.MkdirAll(tmp+"/"+d, 0o777); err != nil {
			return err
		}
	}
	fileMode := "true"
	if runtime.GOOS == "windows" {
		fileMode = "false"
	}
	for name, text := range map[string]string{
		"HEAD":   "ref: refs/heads/main\n",
		"config": "[core]\n\trepositoryformatversion = 0\n\tfilemode = " + fileMode + "\n\tbare = false\n\tlogallrefupdates = true\n",
		// Versions hold the bytes as they lie; no setting of this computer is to change them.
		"info/attributes": "* -text -filter -ident -working-tree-encoding\n",
		"description":     "明灯\n",
	} {
		if err := site.WriteFile(tmp+"/"+name, []byte(text), 0o666); err != nil {
			return err
		}
	}
	h.step("made")
	err := site.Rename(tmp, ".git")
	if info, statErr := site.Lstat(".git"); statErr == nil && info.IsDir() {
		return nil
	}
	return err
}

// marker stands in the lock files of this package, so that one left by a killed process
// is told from one of another program.
const marker = "mingdeng\n"

// lock takes the repository for a change: against processes of this program by a lock that
// ends with its process, against git programs by the lock files that they respect.
func (h *History) lock(ctx context.Context, s *session) (release func(), err error) {
	if err := s.git.Mkdir(own, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	// flock opens by name, outside os.Root: let no link lead it astray.
	for name, dir := range map[string]bool{own: true, own + "/lock": false} {
		info, err := s.git.Lstat(name)
		if err == nil && (info.IsDir() != dir || !dir && !info.Mode().IsRegular()) {
			return nil, unfit("这里的 .git 不像版本库："+name, ".git does not look like a repository here: "+name, nil)
		}
	}
	held := flock.New(filepath.Join(s.gitPath, own, "lock"), flock.SetPermissions(0o666))
	ok, err := held.TryLock() // at least once, also where nobody is to be waited for
	if !ok && err == nil && h.busy > 0 {
		wait, cancel := context.WithTimeout(ctx, h.busy)
		defer cancel()
		ok, err = held.TryLockContext(wait, 20*time.Millisecond)
	}
	if !ok {
		held.Close()
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if errors.Is(err, context.DeadlineExceeded) {
			err = nil
		}
		return nil, &Refusal{
			Reason: Busy, Err: err,
			What: diag.Text{Zh: "另一台电脑或另一个窗口正在记版本", En: "another computer or window is keeping a version just now"},
			Mend: diag.Text{Zh: "稍等一会儿，再保存一次。", En: "Wait a little and save again."},
		}
	}
	s.sweep("new-", time.Hour) // younger ones may be of a process that packs, which has another lock
	s.sweepSite()
	if err := h.hold(ctx, s, "index"); err != nil {
		held.Close()
		return nil, err
	}
	return func() {
		s.git.Remove("index.lock")
		held.Close() // it frees the lock; the file stays for the next
	}, nil
}

// sweep clears away what a killed process of this program left in its folder.
func (s *session) sweep(prefix string, age time.Duration) {
	list, _ := fs.ReadDir(s.git.FS(), own)
	for _, e := range list {
		if info, err := e.Info(); err == nil && strings.HasPrefix(e.Name(), prefix) && time.Since(info.ModTime()) >= age {
			s.git.Remove(own + "/" + e.Name())
		}
	}
}

// sweepSite clears away repositories that were never moved into place.
func (s *session) sweepSite() {
	left, _ := fs.ReadDir(s.site.FS(), ".")
	for _, e := range left {
		if info, err := e.Info(); err == nil && strings.HasPrefix(e.Name(), ".mingdeng-git-") && time.Since(info.ModTime()) > time.Hour {
			s.site.RemoveAll(e.Name())
		}
	}
}

// hold makes NAME.lock as git does, waiting a little for a program that has it.
func (h *History) hold(ctx context.Context, s *session, name string) error {
	name += ".lock"
	deadline := time.Now().Add(min(h.busy, 2*time.Second))
	for {
		f, err := s.git.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666)
		if err == nil {
			_, err = f.WriteString(marker)
			if err = errors.Join(err, f.Close()); err != nil {
				s.git.Remove(name)
			}
			return err
		}
		if !errors.Is(err, fs.ErrExist) {
			return err
		}
		if b, err := readFile(s.git, name, 64); err == nil && string(b) == marker {
			// Ours, and the lock of our processes is held here: its process is dead.
			if err := s.git.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			continue
		}
		if time.Now().After(deadline) {
			since := ""
			if info, err := s.git.Lstat(name); err == nil {
				since = info.ModTime().Format("2006-01-02 15:04")
			}
			file := ".git/" + name
			return &Refusal{
				Reason: Busy, Paths: []string{file},
				What: diag.Text{
					Zh: fmt.Sprintf("别的 git 程序正用着版本库，或上次没有正常结束（%s，%s 起）", file, since),
					En: fmt.Sprintf("another git program is using the repository, or ended badly (%s, since %s)", file, since),
				},
				Mend: diag.Text{
					Zh: fmt.Sprintf("关掉别的 git 程序；如果确实没有别的程序在用，删去 %s。", file),
					En: fmt.Sprintf("Close other git programs; if there are none, delete %s.", file),
				},
			}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// place writes a file of .git whole: aside, synced, then renamed.
func (s *session) place(name string, b []byte) error {
	tmp := own + "/new-" + rand.Text()
	f, err := s.git.OpenFile(tmp, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		if dir := path.Dir(name); dir != "." {
			err = s.git.MkdirAll(dir, 0o777)
		}
	}
	if err == nil {
		err = s.git.Rename(tmp, name)
	}
	if err != nil {
		s.git.Remove(tmp)
	}
	return err
}

// advance moves a reference from one commit to the next, if it still stands there. before
// runs when nothing can come between any more.
func (h *History) advance(ctx context.Context, s *session, ref string, from, to plumbing.Hash, before func() error) error {
	if err := s.git.MkdirAll(path.Dir(ref), 0o777); err != nil {
		return err
	}
	if err := h.hold(ctx, s, ref); err != nil {
		return err
	}
	defer s.git.Remove(ref + ".lock")
	now, err := s.ref(ref)
	if err != nil {
		return err
	}
	if now != from {
		return &Refusal{
			Reason: Busy,
			What:   diag.Text{Zh: "别的 git 程序刚刚也记了一个版本", En: "another git program has just made a version too"},
			Mend:   diag.Text{Zh: "再保存一次。", En: "Save again."},
		}
	}
	if err := before(); err != nil {
		return err
	}
	h.step("index")
	return s.place(ref, []byte(to.String()+"\n"))
}

// log adds a line to the logs of a branch and of HEAD, as git does. A log that cannot be
// written is no reason to fail: the version is kept.
func (s *session) log(ref string, from, to plumbing.Hash, who, what string) {
	if strings.EqualFold(s.config.Section("core").Option("logallrefupdates"), "false") {
		return
	}
	what, _, _ = strings.Cut(what, "\n")
	line := fmt.Sprintf("%s %s %s\tcommit: %s\n", from, to, who, what)
	for _, name := range []string{"HEAD", ref} {
		name = "logs/" + name
		if s.git.MkdirAll(path.Dir(name), 0o777) != nil {
			continue
		}
		if f, err := s.git.OpenFile(name, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o666); err == nil {
			_, _ = f.WriteString(line)
			f.Close()
		}
	}
}

// remotes are the names of other copies that the repository knows.
func (s *session) remotes() []string {
	var out []string
	for _, sub := range s.config.Section("remote").Subsections {
		out = append(out, sub.Name)
	}
	slices.Sort(out)
	return out
}
