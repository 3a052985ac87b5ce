package history

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"mingdeng/internal/testrun"
)

var noon = time.Date(2026, 11, 30, 12, 0, 0, 0, time.FixedZone("", 8*3600))

// place is a site of a test, with the git program beside it.
type place struct {
	testing.TB
	dir string
	*History
	now time.Time
}

func newPlace(t testing.TB) *place {
	t.Helper()
	p := &place{TB: t, dir: t.TempDir(), now: noon}
	p.put("content/site.yaml", "name: 测试\n")
	p.put("content/heroes/张三.md", "---\nname: 张三\n---\n他跳进河里。\n")
	p.put("content/heroes/li-si.md", "---\nname: 李四\n---\n他冲进火场。\n")
	p.put("themes/lamplight/theme.yaml", "name: x\n")
	p.put("public/index.html", "made")
	p.put("notes.txt", "mine")
	p.reopen()
	return p
}

func (p *place) reopen() {
	p.Helper()
	h, err := Open(p.dir)
	if err != nil {
		p.Fatal(err)
	}
	h.busy = 200 * time.Millisecond
	p.History = h
}

func (p *place) put(name, text string) {
	p.Helper()
	full := filepath.Join(p.dir, filepath.FromSlash(name))
	if err := errors.Join(os.MkdirAll(filepath.Dir(full), 0o755), os.WriteFile(full, []byte(text), 0o644)); err != nil {
		p.Fatal(err)
	}
}

func (p *place) remove(name string) {
	p.Helper()
	if err := os.RemoveAll(filepath.Join(p.dir, filepath.FromSlash(name))); err != nil {
		p.Fatal(err)
	}
}

func (p *place) save(sentence string, paths ...string) Version {
	p.Helper()
	p.now = p.now.Add(time.Minute)
	v, err := p.Save(p.Context(), Change{Sentence: sentence, Author: Person{"王编辑", "wang@example.cn"}, Paths: paths, When: p.now})
	if err != nil {
		p.Fatalf("%s: %v", sentence, err)
	}
	return v
}

// git runs the git program in the site, without any settings of this computer.
func (p *place) git(args ...string) string {
	p.Helper()
	out, err := p.tryGit(args...)
	if err != nil {
		p.Fatalf("git %s: %v\n%s", args, err, out)
	}
	return out
}

// gitFrom is git with a file as its input.
func (p *place) gitFrom(input string, args ...string) {
	p.Helper()
	f, err := os.Open(input)
	if err != nil {
		p.Fatal(err)
	}
	defer f.Close()
	if out, err := p.runGit(f, args...); err != nil {
		p.Fatalf("git %s: %v\n%s", args, err, out)
	}
}

func (p *place) tryGit(args ...string) (string, error) {
	p.Helper()
	return p.runGit(nil, args...)
}

func (p *place) runGit(input io.Reader, args ...string) (string, error) {
	p.Helper()
	cmd := exec.Command(testrun.Tool(p, "git", "git"), append([]string{"-c", "core.quotepath=false", "-c", "user.name=另一人", "-c", "user.email=a@example.cn"}, args...)...)
	cmd.Dir, cmd.Stdin = p.dir, input
	cmd.Env = append(slices.DeleteFunc(os.Environ(), func(s string) bool { return strings.HasPrefix(s, "GIT_") }),
		"GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "GIT_TERMINAL_PROMPT=0", "GIT_CEILING_DIRECTORIES="+filepath.Dir(p.dir))
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// sound has the git program look the repository over.
func (p *place) sound() {
	p.Helper()
	if out, err := p.tryGit("fsck", "--full", "--strict", "--no-dangling"); err != nil || strings.Contains(out, "error") {
		p.Fatalf("git fsck: %v\n%s", err, out)
	}
}

func (p *place) expect(what, got, want string) {
	p.Helper()
	if got != want {
		p.Errorf("%s:\n got %q\nwant %q", what, got, want)
	}
}

func sentences(list []Version) string {
	var out []string
	for _, v := range list {
		out = append(out, v.Sentence)
	}
	return strings.Join(out, "|")
}

func (p *place) versions(path string) string {
	p.Helper()
	list, err := p.Versions(context.Background(), path, 0, "")
	if err != nil {
		p.Fatal(err)
	}
	return sentences(list)
}

func TestFirstVersion(t *testing.T) {
	p := newPlace(t)
	if mode, err := p.Mode(); mode != None || err != nil {
		t.Fatal(mode, err)
	}
	v := p.save("改了 张三", "content/heroes/张三.md")
	if mode, err := p.Mode(); mode != Own || err != nil {
		t.Fatal(mode, err)
	}
	p.expect("paths", strings.Join(v.Paths, " "), ".gitignore content/heroes/li-si.md content/heroes/张三.md content/site.yaml themes/lamplight/theme.yaml")
	if v.Who.Name != "王编辑" || !v.When.Equal(p.now) || v.Sentence != "改了 张三" {
		t.Errorf("%+v", v)
	}
	p.sound()
	p.expect("status", p.git("status", "--porcelain"), "?? notes.txt\n")
	p.expect("log", p.git("log", "--format=%H %an %ae %aI %s"), v.ID+" 王编辑 wang@example.cn 2026-11-30T12:01:00+08:00 改了 张三\n")
}

func TestSaveTakesWhatIsGiven(t *testing.T) {
	p := newPlace(t)
	p.save("第一版")
	p.put("content/heroes/li-si.md", "changed")
	p.put("content/heroes/张三.md", "changed too")
	p.put("content/heroes/new/index.md", "new")
	p.put("content/heroes/new/a.jpg", "picture")
	if v := p.save("无", "content/site.yaml"); v.ID != "" {
		t.Error("a version of nothing")
	}
	p.git("add", "content/heroes/张三.md") // staged by hand
	v := p.save("加了新人", "content/heroes/new", "content/heroes/li-si.md")
	p.expect("paths", strings.Join(v.Paths, " "), "content/heroes/li-si.md content/heroes/new/a.jpg content/heroes/new/index.md")
	p.expect("status", p.git("status", "--porcelain"), "M  content/heroes/张三.md\n?? notes.txt\n")
	p.remove("content/heroes/new/a.jpg")
	p.remove("content/heroes/li-si.md")
	p.save("删", "content/heroes/new", "content/heroes/li-si.md")
	p.expect("tree", p.git("ls-tree", "-r", "--name-only", "HEAD", "content"), "content/heroes/new/index.md\ncontent/heroes/张三.md\ncontent/site.yaml\n")
	p.remove("content/heroes/new")
	p.put("content/heroes/new", "a file where a folder was")
	p.save("换", "content/heroes/new")
	p.remove("content/heroes/new")
	p.put("content/heroes/new/x.md", "and back")
	p.save("换回", "content/heroes/new")
	p.expect("status", p.git("status", "--porcelain"), "M  content/heroes/张三.md\n?? notes.txt\n")
	p.sound()
	for _, bad := range []string{"", ".", "..", "../x", "/etc/passwd", ".git/config", "content/.GIT/x", "content/git~1/x", "content/.g\u200cit/x", "content/.git ./x", "content/.git::$INDEX_ALLOCATION/x", "public/index.html", "Public/x", ".mingdeng/x", "a\\b", "a\x00b"} {
		if _, err := p.Save(t.Context(), Change{Paths: []string{bad}}); !errors.Is(err, &Refusal{Reason: BadPath}) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestVersionsFollowRecords(t *testing.T) {
	p := newPlace(t)
	p.save("第一版")
	p.put("content/heroes/li-si.md", "two")
	second := p.save("改二", "content/heroes/li-si.md")
	p.put("content/site.yaml", "name: 别的\n")
	p.save("设置", "content/site.yaml")
	p.remove("content/heroes/li-si.md")
	p.put("content/heroes/li-si/index.md", "two, with a picture")
	p.put("content/heroes/li-si/a.jpg", "picture")
	p.save("加照片", "content/heroes/li-si", "content/heroes/li-si.md")
	p.git("mv", "content/heroes/li-si", "content/heroes/lisi")
	p.git("commit", "-q", "-m", "改网址名")
	for path, want := range map[string]string{
		"content/heroes/lisi/index.md": "改网址名|加照片|改二|第一版",
		"content/heroes/lisi":          "改网址名|加照片|改二|第一版",
		"content/heroes/lisi/a.jpg":    "改网址名|加照片",
		"content/heroes/li-si.md":      "加照片|改二|第一版",
		"content/heroes":               "改网址名|加照片|改二|第一版",
		"":                             "改网址名|加照片|设置|改二|第一版",
		"content/none.md":              "",
	} {
		p.expect(path, p.versions(path), want)
		p.reopen() // and from the file of changes
		p.expect(path, p.versions(path), want)
	}
	b, err := p.File(second.ID, "content/heroes/li-si.md")
	if string(b) != "two" || err != nil {
		t.Errorf("%q %v", b, err)
	}
	list, err := p.Files(second.ID, "content/heroes")
	p.expect("files", fmt.Sprint(list, err), "[content/heroes/li-si.md content/heroes/张三.md] <nil>")
	page, err := p.Versions(t.Context(), "", 2, second.ID)
	p.expect("page", fmt.Sprint(sentences(page), err), "第一版<nil>")
	if _, err := p.Versions(t.Context(), "", 2, strings.Repeat("0", 40)); !errors.Is(err, &Refusal{Reason: Missing}) {
		t.Error(err)
	}
	if _, err := p.File(strings.Repeat("1", 40), "content/site.yaml"); !errors.Is(err, &Refusal{Reason: Missing}) {
		t.Error(err)
	}
	if gone, err := p.Deleted(t.Context(), 0); len(gone) != 0 || err != nil {
		t.Errorf("moved files are in the bin: %+v %v", gone, err)
	}
}

func TestMergesAndPacks(t *testing.T) {
	p := newPlace(t)
	p.save("第一版")
	p.git("switch", "-q", "-c", "other")
	p.put("content/heroes/li-si.md", "other")
	p.now = p.now.Add(time.Second)
	p.git("commit", "-q", "-am", "另支", "--date=2026-11-30T12:05:00+0800")
	p.git("switch", "-q", "main")
	p.put("content/site.yaml", "name: 主\n")
	p.save("主支", "content/site.yaml")
	p.git("merge", "-q", "-m", "合", "other")
	p.git("gc", "-q")
	p.reopen()
	p.expect("one", p.versions("content/heroes/li-si.md"), "另支|第一版")
	p.expect("two", p.versions("content/site.yaml"), "主支|第一版")
	p.put("content/site.yaml", "name: 后\n")
	p.save("后", "content/site.yaml")
	p.expect("three", p.versions("content/site.yaml"), "后|主支|第一版")
	p.expect("status", p.git("status", "--porcelain"), "?? notes.txt\n")
	p.sound()
	// A pack made while the repository is known.
	p.git("gc", "-q")
	if _, err := p.Files(p.git("rev-parse", "HEAD")[:40], ""); err != nil {
		t.Error(err)
	}
}

// What was worked out of versions made by another program is kept for the next time.
func TestChangesAreKept(t *testing.T) {
	p := newPlace(t)
	p.save("第一版")
	p.put("content/site.yaml", "name: 别人\n")
	p.git("commit", "-q", "-am", "别人")
	p.versions("")
	p.reopen()
	s, err := p.begin()
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	k, err := p.changes(s)
	if err != nil || len(k.nodes) != 2 {
		t.Errorf("%d versions are known, %v", len(k.nodes), err)
	}
	// A record cut off is made anew, and what is added later is read.
	file := filepath.Join(p.dir, ".git", changesFile)
	b, err := os.ReadFile(file)
	if err == nil {
		err = os.WriteFile(file, b[:len(b)-3], 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		p.reopen()
		p.expect("versions", p.versions(""), "别人|第一版")
	}
	if again, err := os.ReadFile(file); err != nil || !bytes.Equal(again, b) {
		t.Errorf("the file is not as it was: %d bytes of %d, %v", len(again), len(b), err)
	}
}

func TestDeleted(t *testing.T) {
	p := newPlace(t)
	first := p.save("第一版")
	p.remove("content/heroes/li-si.md")
	p.save("移到回收站", "content/heroes/li-si.md")
	p.remove("content/heroes/张三.md")
	p.save("移到回收站2", "content/heroes/张三.md")
	gone, err := p.Deleted(t.Context(), 0)
	if err != nil || len(gone) != 2 || gone[0].Path != "content/heroes/张三.md" || gone[1].Last != first.ID || gone[1].Removed.Sentence != "移到回收站" {
		t.Fatalf("%+v %v", gone, err)
	}
	b, err := p.File(gone[1].Last, gone[1].Path)
	if err != nil {
		t.Fatal(err)
	}
	p.put(gone[1].Path, string(b))
	p.save("恢复", gone[1].Path)
	if gone, err = p.Deleted(t.Context(), 1); err != nil || len(gone) != 1 || gone[0].Path != "content/heroes/张三.md" {
		t.Fatalf("%+v %v", gone, err)
	}
}

func TestOutside(t *testing.T) {
	p := newPlace(t)
	list := func() string {
		t.Helper()
		out, err := p.Outside(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(out, " ")
	}
	p.expect("none", list(), "")
	p.save("第一版")
	p.expect("clean", list(), "")
	p.put("content/site.yaml", "name: 别人\n")
	p.put("content/heroes/~$x.md", "a lock")
	p.put("content/heroes/x.md", "new")
	p.put("public/y", "made")
	p.remove("content/heroes/li-si.md")
	p.expect("changed", list(), "content/heroes/li-si.md content/heroes/x.md content/site.yaml")
	p.git("add", "content/site.yaml")
	p.expect("staged", list(), "content/heroes/li-si.md content/heroes/x.md content/site.yaml")
	out, _ := p.Outside(t.Context())
	p.save("在别的程序里改的", out...)
	p.expect("clean", list(), "")
	p.expect("status", p.git("status", "--porcelain", "content"), "")
	p.put("content/site.yaml", "name: 别某\n") // as long, within the same tick perhaps
	p.expect("same size", list(), "content/site.yaml")
}

func TestLarger(t *testing.T) {
	p := newPlace(t)
	top := p.dir
	p.git("init", "-q")
	p.git("add", ".")
	p.git("commit", "-q", "-m", "大仓库")
	p.put("sub/site/content/site.yaml", "name: 里面\n")
	p.git("add", ".")
	p.git("commit", "-q", "-m", "站")
	before := p.git("for-each-ref") + listing(t, filepath.Join(top, ".git"))
	p.dir = filepath.Join(top, "sub", "site")
	p.reopen()
	if mode, err := p.Mode(); mode != Larger || err != nil {
		t.Fatal(mode, err)
	}
	p.expect("versions", p.versions("content/site.yaml"), "站")
	p.expect("all", p.versions(""), "站")
	list, _ := p.Versions(t.Context(), "", 1, "")
	b, err := p.File(list[0].ID, "content/site.yaml")
	p.expect("file", fmt.Sprint(string(b), err), "name: 里面\n<nil>")
	if _, err := p.Save(t.Context(), Change{Paths: []string{"content/site.yaml"}}); !errors.Is(err, &Refusal{Reason: NotOurs}) {
		t.Error(err)
	}
	if out, err := p.Outside(t.Context()); len(out) != 0 || err != nil {
		t.Error(out, err)
	}
	if _, err := os.Lstat(filepath.Join(p.dir, ".git")); err == nil {
		t.Error("a repository was made within")
	}
	p.dir = top
	p.expect("untouched", p.git("for-each-ref")+listing(t, filepath.Join(top, ".git")), before)
}

// listing is every file below dir with its bytes.
func listing(t testing.TB, dir string) string {
	t.Helper()
	var out strings.Builder
	err := filepath.WalkDir(dir, func(p string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(p)
		fmt.Fprintf(&out, "%s %x\n", p, b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// Repositories that ask for more than to be read are refused, and nothing they name is run.
func TestHostile(t *testing.T) {
	ran := "" // what a hook or filter would make
	for name, spoil := range map[string]func(p *place){
		"worktree": func(p *place) { p.git("config", "core.worktree", "/tmp") },
		"bare":     func(p *place) { p.git("config", "core.bare", "true") },
		"format":   func(p *place) { p.git("config", "core.repositoryformatversion", "7") },
		"extension": func(p *place) {
			p.git("config", "core.repositoryformatversion", "1")
			p.git("config", "extensions.partialClone", "x")
		},
		"no config":  func(p *place) { p.put(".git/config", "[core\n\"") },
		"alternates": func(p *place) { p.put(".git/objects/info/alternates", "/elsewhere\n") },
		"commondir":  func(p *place) { p.put(".git/commondir", "/elsewhere\n") },
		"no HEAD":    func(p *place) { p.remove(".git/HEAD") },
		"HEAD leads out": func(p *place) {
			p.put(".git/HEAD", "ref: refs/heads/../../../content/site.yaml\n")
		},
		"HEAD is noise": func(p *place) { p.put(".git/HEAD", "\x00\xff\n") },
		"index":         func(p *place) { p.put(".git/index", "DIRC noise") },
		"a file":        func(p *place) { p.remove(".git"); p.put(".git", "gitdir: /elsewhere\n") },
		"no objects":    func(p *place) { p.remove(".git/objects") },
		"object noise": func(p *place) {
			id := strings.TrimSpace(p.git("rev-parse", "HEAD^{tree}"))
			name := ".git/objects/" + id[:2] + "/" + id[2:]
			p.remove(name)
			p.put(name, "noise")
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPlace(t)
			p.save("第一版")
			spoil(p)
			p.reopen()
			p.put("content/site.yaml", "name: 改\n")
			_, err := p.Save(t.Context(), Change{Paths: []string{"content/site.yaml"}})
			var r *Refusal
			if !errors.As(err, &r) || r.What.Zh == "" || r.What.En == "" || r.Mend.Zh == "" {
				t.Errorf("%v", err)
			}
		})
	}
	t.Run("nothing runs", func(t *testing.T) {
		p := newPlace(t)
		p.save("第一版")
		ran = filepath.Join(t.TempDir(), "ran")
		script := "#!/bin/sh\necho > '" + ran + "'\n"
		for _, hook := range []string{"pre-commit", "post-commit", "commit-msg", "reference-transaction", "post-index-change", "filter"} {
			p.put(".git/hooks/"+hook, script)
			os.Chmod(filepath.Join(p.dir, ".git/hooks", hook), 0o755)
		}
		p.put(".git/config", "[core]\n\trepositoryformatversion = 0\n\tfsmonitor = .git/hooks/filter\n\tpager = .git/hooks/filter\n[filter \"x\"]\n\tclean = .git/hooks/filter\n[include]\n\tpath = ../evil\n[gpg]\n\tprogram = .git/hooks/filter\n[commit]\n\tgpgsign = true\n")
		p.put(".gitattributes", "* filter=x\n")
		p.put("content/site.yaml", "name: 改\n")
		p.reopen()
		p.save("改", "content/site.yaml", ".gitattributes")
		if _, err := p.Outside(t.Context()); err != nil {
			t.Error(err)
		}
		p.versions("")
		if _, err := os.Stat(ran); err == nil {
			t.Error("something was run")
		}
	})
}

func TestLinks(t *testing.T) {
	p := newPlace(t)
	if err := os.Symlink("site.yaml", filepath.Join(p.dir, "content/link.yaml")); err != nil {
		t.Skip("no symbolic links here: ", err)
	}
	secret := t.TempDir()
	if err := os.WriteFile(filepath.Join(secret, "secret"), []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, to := range map[string]string{"content/out": secret, "content/file": filepath.Join(secret, "secret")} {
		if err := os.Symlink(to, filepath.Join(p.dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	p.put("content/other/.git/HEAD", "ref: refs/heads/main\n")
	p.put("content/other/x.md", "another repository's")
	v := p.save("第一版")
	list, err := p.Files(v.ID, "content")
	p.expect("files", fmt.Sprint(list, err), "[content/heroes/li-si.md content/heroes/张三.md content/site.yaml] <nil>")
	p.expect("links", p.git("ls-tree", "HEAD", "content/link.yaml")[:6], "120000")
	if _, err := p.Save(t.Context(), Change{Paths: []string{"content/out/secret"}}); err == nil {
		t.Error("a file behind a link was kept")
	}
	if _, err := p.File(v.ID, "content/file"); err == nil {
		t.Error("a link was given as a file")
	}
	if out, err := p.Outside(t.Context()); len(out) != 0 || err != nil {
		t.Error(out, err)
	}
}

func TestLeftLocks(t *testing.T) {
	p := newPlace(t)
	p.save("第一版")
	p.put("content/site.yaml", "name: 改\n")
	p.put(".git/index.lock", "") // another program's
	_, err := p.Save(t.Context(), Change{Paths: []string{"content/site.yaml"}})
	var r *Refusal
	if !errors.As(err, &r) || r.Reason != Busy || !strings.Contains(r.Mend.Zh, ".git/index.lock") {
		t.Fatal(err)
	}
	p.put(".git/index.lock", marker) // of a process of ours that was killed
	p.put(".git/refs/heads/main.lock", marker)
	p.put(".git/mingdeng/new-XXXX", "left")
	old := time.Now().Add(-2 * time.Hour)
	if err := os.Chtimes(filepath.Join(p.dir, ".git/mingdeng/new-XXXX"), old, old); err != nil {
		t.Fatal(err)
	}
	p.save("改", "content/site.yaml")
	for _, left := range []string{"index.lock", "refs/heads/main.lock", "mingdeng/new-XXXX"} {
		if _, err := os.Lstat(filepath.Join(p.dir, ".git", left)); err == nil {
			t.Error(left, "is left")
		}
	}
	p.put(".git/MERGE_HEAD", "x")
	if _, err := p.Save(t.Context(), Change{Paths: []string{"content/site.yaml"}}); !errors.Is(err, &Refusal{Reason: Midway}) {
		t.Error(err)
	}
}

// Odd names, sentences and people come through to the git program as they are.
func TestOddText(t *testing.T) {
	p := newPlace(t)
	p.put("content/a b;'$(x).md", "odd")
	v, err := p.Save(t.Context(), Change{Sentence: "一\r\n二\x1b[31m\u202e", Author: Person{"<坏>\n人", "a b>@x"}, Paths: []string{"content/a b;'$(x).md"}})
	if err != nil {
		t.Fatal(err)
	}
	if v.Sentence != "一" || v.Said != "一\n二[31m" || v.Who != (Person{"坏人", "ab@x"}) {
		t.Errorf("%+v", v)
	}
	if v := p.save("", "content/a b;'$(x).md"); v.ID != "" {
		t.Error("nothing changed")
	}
	p.sound()
}

func TestCompare(t *testing.T) {
	show := func(list []Line) string {
		var b bytes.Buffer
		for _, l := range list {
			b.WriteByte(" -+"[l.Kind])
			if l.Parts == nil {
				b.WriteString(l.Text)
			}
			for _, part := range l.Parts {
				if part.Kind == Same {
					b.WriteString(part.Text)
				} else {
					b.WriteString("[" + part.Text + "]")
				}
			}
			b.WriteByte('\n')
		}
		return b.String()
	}
	for _, c := range [][3]string{
		{"", "", ""},
		{"", "一\n", "+一\n"},
		{"一\r\n二\n", "一\n二", " 一\n 二\n"},
		{"他跳进河里，救起一人。\n后来\n", "他跳进河里，救起两人。\n后来\n", "-他跳进河里，救起[一]人。\n+他跳进河里，救起[两]人。\n 后来\n"},
		{"甲\n乙\n丙\n", "甲\n丙\n", " 甲\n-乙\n 丙\n"},
		{"完全不同\n", "abcdef\n", "-完全不同\n+abcdef\n"},
		{"a\xffb", "a\xffb", " a\uFFFDb\n"},
	} {
		if got := show(Compare([]byte(c[0]), []byte(c[1]))); got != c[2] {
			t.Errorf("%q → %q:\n got %q\nwant %q", c[0], c[1], got, c[2])
		}
	}
}
