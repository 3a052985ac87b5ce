package history

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-git/go-git/v5/plumbing"

	"mingdeng/internal/testrun"
)

// bytesOf gives every file below .git as it lies, and every object, loose or packed,
// decompressed by the git program.
func (p *place) bytesOf() map[string][]byte {
	p.Helper()
	out := map[string][]byte{}
	err := filepath.WalkDir(filepath.Join(p.dir, ".git"), func(f string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(f)
		out[f] = append([]byte(f+"\n"), b...)
		return err
	})
	if err != nil {
		p.Fatal(err)
	}
	ids := p.git("cat-file", "--batch-all-objects", "--unordered", "--batch")
	out["objects"] = []byte(ids)
	s, err := p.begin()
	if err != nil {
		p.Fatal(err)
	}
	defer s.close()
	n := 0
	err = s.loose(func(name string, _ plumbing.Hash) error { // whether git counts it or not
		_, b, err := readLoose(s.git, name)
		out["inflated "+name] = b
		n++
		return err
	})
	if err != nil || n+strings.Count(ids, "\n") == 0 {
		p.Fatal("no objects were seen: ", err)
	}
	return out
}

func (p *place) holds(name string) (in []string) {
	p.Helper()
	for f, b := range p.bytesOf() {
		if bytes.Contains(b, []byte(name)) {
			in = append(in, f)
		}
	}
	return in
}

// withdrawn is a site in which 赵六 stood, in every kind of place, and stands no more.
func withdrawn(t testing.TB) *place {
	p := newPlace(t)
	p.save("第一版")
	p.put("content/heroes/赵六.md", "---\nname: 赵六\n---\n")
	p.put("content/heroes/赵六照片.jpg", "\xff\xd8 picture")
	p.put("content/list.md", "名单：张三、赵六、李四\n")
	p.put("content/other.bin", "\x00赵六\xff")
	p.put("content/gb.txt", "\xd5\xd4\xc1\xf9")
	p.save("加了 赵六", "content")
	p.git("tag", "-a", "-m", "赵六那一版", "v1")
	p.git("branch", "old")
	p.put("content/heroes/zhao/index.md", "---\nname: 赵六\n---\n改\n")
	p.remove("content/heroes/赵六.md")
	p.git("add", "content/heroes")
	p.git("commit", "-q", "-m", "改成文件夹", "--author=赵六 <zhao@example.cn>")
	p.git("gc", "-q")
	p.put("content/list.md", "名单：张三、李四\n")
	for _, f := range []string{"content/heroes/zhao", "content/heroes/赵六照片.jpg", "content/other.bin", "content/gb.txt"} {
		p.remove(f)
	}
	p.save("撤下", "content")
	p.put("content/site.yaml", "name: 后\n")
	p.save("后来", "content/site.yaml")
	p.git("pack-refs", "--all")
	return p
}

func TestMentions(t *testing.T) {
	p := withdrawn(t)
	list, err := p.Mentions(t.Context(), []string{"赵六"})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range list {
		got = append(got, fmt.Sprint(m.Version.Sentence, m.Sentence, m.Paths))
	}
	p.expect("mentions", strings.Join(got, "|"), "改成文件夹true [content/heroes/zhao/index.md]|加了 赵六true [content/gb.txt content/heroes/赵六.md content/heroes/赵六照片.jpg content/list.md content/other.bin]")
	if list, err := p.Mentions(t.Context(), []string{"王五", " "}); len(list) != 0 || err != nil {
		t.Error(list, err)
	}
}

func TestPurge(t *testing.T) {
	p := withdrawn(t)
	before := p.git("log", "--format=%at %s", "main")
	tree := p.git("rev-parse", "HEAD^{tree}")
	if len(p.holds("赵六")) < 4 {
		t.Fatal("the test sees no name to purge")
	}
	got, err := p.Purge(t.Context(), Order{Names: []string{"赵六"}, Paths: []string{"content/heroes/zhao"}})
	if err != nil {
		t.Fatal(err)
	}
	p.expect("done", fmt.Sprintf("%+v", got), "{Versions:4 Files:[content/gb.txt content/heroes/zhao/index.md content/heroes/赵六.md content/heroes/赵六照片.jpg content/other.bin] Texts:[content/list.md] Left:[]}")
	for _, gone := range []string{"赵六", "\xd5\xd4\xc1\xf9", "zhao/"} {
		if in := p.holds(gone); len(in) > 0 {
			t.Errorf("%q is still in %q", gone, in)
		}
	}
	p.sound()
	p.expect("tree", p.git("rev-parse", "HEAD^{tree}"), tree)
	p.expect("log", p.git("log", "--format=%at %s", "main"), strings.ReplaceAll(before, "赵六", blank))
	p.expect("status", p.git("status", "--porcelain"), "?? notes.txt\n")
	p.expect("list", p.git("show", "HEAD~2:content/list.md"), "名单：张三、"+blank+"、李四\n")
	p.expect("tag", p.git("for-each-ref", "--format=%(refname) %(contents:subject)", "refs/tags"), "refs/tags/v1 "+blank+"那一版\n")
	p.expect("versions", p.versions(""), "后来|撤下|加了 "+blank+"|第一版")
	p.put("content/site.yaml", "name: 再\n")
	p.save("再", "content/site.yaml")
	if again, err := p.Purge(t.Context(), Order{Names: []string{"赵六"}}); err != nil || again.Versions != 0 {
		t.Errorf("%+v %v", again, err)
	}
	p.sound()
}

func TestPurgeRefuses(t *testing.T) {
	p := withdrawn(t)
	for what, reason := range map[string]Reason{"张三": InUse, "名单": InUse} {
		_, err := p.Purge(t.Context(), Order{Names: []string{what}})
		if !errors.Is(err, &Refusal{Reason: reason}) {
			t.Error(what, err)
		}
	}
	_, err := p.Purge(t.Context(), Order{Paths: []string{"content/heroes"}})
	if !errors.Is(err, &Refusal{Reason: InUse}) {
		t.Error(err)
	}
	p.git("remote", "add", "origin", "https://example.cn/x.git")
	if _, err = p.Purge(t.Context(), Order{Names: []string{"赵六"}}); !errors.Is(err, &Refusal{Reason: Shared}) {
		t.Error(err)
	}
	p.put("content/site.yaml", "name: 搁置\n")
	p.git("stash", "-q")
	if _, err = p.Purge(t.Context(), Order{Names: []string{"赵六"}, Force: true}); !errors.Is(err, &Refusal{Reason: Unfit}) {
		t.Error(err)
	}
	p.git("stash", "drop", "-q")
	if _, err = p.Purge(t.Context(), Order{Names: []string{"赵六"}, Force: true}); err != nil {
		t.Error(err)
	}
	if in := p.holds("赵六"); len(in) > 0 {
		t.Errorf("still in %q", in)
	}
}

// A process that knew the versions before a purge does not write them down again.
func TestPurgeIsNotUndone(t *testing.T) {
	p := withdrawn(t)
	other, err := Open(p.dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.Versions(t.Context(), "", 0, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Purge(t.Context(), Order{Names: []string{"赵六"}}); err != nil {
		t.Fatal(err)
	}
	p.put("content/site.yaml", "name: 另\n")
	if _, err := other.Save(t.Context(), Change{Sentence: "另", Paths: []string{"content/site.yaml"}}); err != nil {
		t.Fatal(err)
	}
	if in := p.holds("赵六"); len(in) > 0 {
		t.Errorf("still in %q", in)
	}
	p.sound()
}

func TestTidy(t *testing.T) {
	p := newPlace(t)
	p.save("第一版")
	for i := range 12 {
		p.put("content/heroes/li-si.md", strings.Repeat("他冲进火场。\n", 200)+fmt.Sprint(i))
		p.save(fmt.Sprint("改", i), "content/heroes/li-si.md")
	}
	versions := p.versions("")
	if err := p.tidy(t.Context(), 2); err != nil {
		t.Fatal(err)
	}
	p.expect("count", strings.SplitN(p.git("count-objects", "-v"), "\n", 2)[0], "count: 0")
	p.expect("versions", p.versions(""), versions)
	p.sound()
	p.reopen()
	p.expect("versions", p.versions(""), versions)
	p.put("content/heroes/li-si.md", "后")
	p.save("后", "content/heroes/li-si.md")
	p.expect("status", p.git("status", "--porcelain"), "?? notes.txt\n")
	if _, err := p.Purge(t.Context(), Order{Names: []string{"火场"}}); err != nil {
		t.Fatal(err)
	}
	if in := p.holds("火场"); len(in) > 0 {
		t.Errorf("still in %q", in)
	}
	p.sound()
}

const dieAt = "MINGDENG_HISTORY_DIE" // STEP of the child, and what it does

// TestMain runs a child that is killed at a step, where the parent asks for one.
func TestMain(m *testing.M) {
	task, ok := os.LookupEnv(dieAt)
	if !ok {
		os.Exit(m.Run())
	}
	var at int
	var what string
	if _, err := fmt.Sscan(task, &at, &what); err != nil {
		panic(err)
	}
	h, err := Open(".")
	if err != nil {
		panic(err)
	}
	h.step = func(string) {
		if at--; at == 0 {
			os.Exit(77)
		}
	}
	switch what {
	case "save":
		_, err = h.Save(context.Background(), Change{Sentence: "孩子", Paths: []string{"content/site.yaml"}})
	case "purge":
		_, err = h.Purge(context.Background(), Order{Names: []string{"赵六"}})
	case "tidy":
		err = h.tidy(context.Background(), 2)
	case "many":
		h.step = func(string) {}
		for i := range at {
			if err = os.WriteFile(fmt.Sprintf("content/%d-%d.md", os.Getpid(), i), []byte("x"), 0o644); err != nil {
				break
			}
			if _, err = h.Save(context.Background(), Change{Sentence: "多", Paths: []string{fmt.Sprintf("content/%d-%d.md", os.Getpid(), i)}}); err != nil {
				break
			}
		}
	}
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	os.Exit(0)
}

// child runs this program in the site; it tells whether it was killed.
func (p *place) child(at int, what string) bool {
	p.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Dir = p.dir
	cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%d %s", dieAt, at, what))
	out, err := cmd.CombinedOutput()
	if err != nil && cmd.ProcessState.ExitCode() != 77 {
		p.Fatalf("%s: %v\n%s", what, err, out)
	}
	return err != nil
}

// Killed at each step, a repository is sound and the next attempt does the whole work.
func TestKilled(t *testing.T) {
	t.Run("save", func(t *testing.T) {
		p := newPlace(t)
		for at := 1; ; at++ {
			p.put("content/site.yaml", fmt.Sprint("name: ", at, "\n"))
			killed := p.child(at, "save")
			if _, err := os.Stat(filepath.Join(p.dir, ".git")); err == nil {
				p.sound()
			}
			out, err := p.Outside(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if len(out) > 0 {
				p.save("补", out...)
			} else if at == 1 {
				p.save("补") // there were no versions at all
			}
			p.expect(fmt.Sprint("step ", at), p.git("show", "HEAD:content/site.yaml"), fmt.Sprint("name: ", at, "\n"))
			p.expect("status", p.git("status", "--porcelain"), "?? notes.txt\n")
			if !killed {
				if at < 6 {
					t.Error("killed at too few steps: ", at)
				}
				break
			}
		}
	})
	t.Run("purge", func(t *testing.T) {
		skip := testrun.Of(3, 1)
		for at := 1; ; at += skip {
			p := withdrawn(t)
			killed := p.child(at, "purge")
			p.sound()
			if _, err := p.Purge(t.Context(), Order{Names: []string{"赵六"}}); err != nil {
				t.Fatal(err)
			}
			p.sound()
			if in := p.holds("赵六"); len(in) > 0 {
				t.Errorf("killed at %d: still in %q", at, in)
			}
			if !killed {
				break
			}
		}
	})
	t.Run("tidy", func(t *testing.T) {
		for at := 1; ; at++ {
			p := newPlace(t)
			p.save("第一版")
			killed := p.child(at, "tidy")
			p.sound()
			p.expect("versions", p.versions(""), "第一版")
			if !killed {
				break
			}
		}
	})
}

// Several processes at once lose no version.
func TestManyAtOnce(t *testing.T) {
	p := newPlace(t)
	p.save("第一版") // takes in all that lies there
	const each = 6
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() { p.child(each, "many") })
	}
	wg.Wait()
	p.busy = 10 * time.Second
	list, err := p.Versions(t.Context(), "", 0, "")
	if err != nil || len(list) != 3*each+1 {
		t.Errorf("%d versions, %v", len(list), err)
	}
	p.sound()
	p.expect("status", p.git("status", "--porcelain"), "?? notes.txt\n")
}
