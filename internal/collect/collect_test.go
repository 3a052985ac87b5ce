package collect

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mingdeng/internal/bundle"
	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/diag"
)

const person = "---\nname: 张三\nregion: 河东省/清河市\nconsent: {publish: true}\n---\n"

// city is the folder of a collecting site, opened.
func city(t *testing.T) (*os.Root, string) {
	t.Helper()
	dir := t.TempDir()
	put(t, filepath.Join(dir, "content/site.yaml"), "title: 市\nbase_url: https://city.example/\n")
	put(t, filepath.Join(dir, "content/heroes/a.md"), person)
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	return root, dir
}

func put(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// given writes a bundle of pairs of paths and texts.
func given(t *testing.T, m bundle.Manifest, pairs ...string) string {
	t.Helper()
	var w bytes.Buffer
	b := bundle.NewWriter(&w, m)
	for i := 0; i < len(pairs); i += 2 {
		if err := b.Add(pairs[i], []byte(pairs[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "a.zip")
	put(t, name, w.String())
	return name
}

func whose(day string) bundle.Manifest {
	return bundle.Manifest{Title: "县", Organisation: "县协会", Address: "https://a.example/", Day: day}
}

func options() Options {
	return Options{Today: date.Date{Year: 2026, Month: 6, Day: 30}, Lang: diag.English}
}

// files tells every file of a folder with its bytes.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			var b []byte
			b, err = os.ReadFile(p)
			rel, _ := filepath.Rel(dir, p)
			out[filepath.ToSlash(rel)] = string(b)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestTake(t *testing.T) {
	root, dir := city(t)
	before := files(t, dir)
	if _, err := Take(root, given(t, whose("2026-06-01"), "heroes/a/index.md", person, "heroes/b/index.md", person), options()); err != nil {
		t.Fatal(err)
	}
	r, err := Take(root, given(t, whose("2026-06-02"), "heroes/b/index.md", person), options())
	if err != nil || r.Records != 1 || r.Gone != 1 || r.Member.Name != "a-example" {
		t.Fatalf("%+v %v", r, err)
	}
	after := files(t, dir)
	for name, text := range before {
		if after[name] != text {
			t.Errorf("%s changed", name)
		}
	}
	if len(after) != len(before)+2 || after["content/members/a-example/heroes/b/index.md"] != person {
		t.Errorf("there are %d files", len(after))
	}
}

// What is refused leaves the site as it was, and says why.
func TestRefused(t *testing.T) {
	withheld := strings.Replace(person, "true", "false", 1)
	other, own, script := whose("2026-06-01"), whose("2026-06-01"), "<svg xmlns='http://www.w3.org/2000/svg'><"
	other.Organisation, own.Address = "别的协会", "https://city.example/"
	twin := whose("2026-06-01")
	twin.Address = "https://a-example/"
	for name, c := range map[string]struct {
		file string
		o    func(*Options)
	}{
		"older":                 {file: given(t, whose("2026-05-31"), "heroes/a/index.md", person)},
		"of a day to come":      {file: given(t, whose("2026-07-01"), "heroes/a/index.md", person)},
		"another's":             {file: given(t, other, "heroes/a/index.md", person)},
		"the site's own":        {file: given(t, own, "heroes/a/index.md", person)},
		"a name that is had":    {file: given(t, twin, "heroes/a/index.md", person)},
		"another name":          {file: given(t, whose("2026-06-01"), "heroes/a/index.md", person), o: func(o *Options) { o.Name = "other" }},
		"no consent":            {file: given(t, whose("2026-06-01"), "heroes/a/index.md", withheld)},
		"consent not said":      {file: given(t, whose("2026-06-01"), "heroes/a/index.md", "---\nname: 张三\nregion: 河东省\n---\n")},
		"lapsed":                {file: given(t, whose("2026-06-01"), "heroes/a/index.md", strings.Replace(person, "true", "true, until: 2026-05-01", 1))},
		"a draft":               {file: given(t, whose("2026-06-01"), "heroes/a/index.md", strings.Replace(person, "region", "draft: true\nregion", 1))},
		"a slug":                {file: given(t, whose("2026-06-01"), "heroes/a/index.md", strings.Replace(person, "region", "slug: b\nregion", 1))},
		"an unknown key":        {file: given(t, whose("2026-06-01"), "heroes/a/index.md", strings.Replace(person, "region", "theme: x\nregion", 1))},
		"no head":               {file: given(t, whose("2026-06-01"), "heroes/a/index.md", "x")},
		"a picture that is not": {file: given(t, whose("2026-06-01"), "heroes/a/index.md", person, "heroes/a/p.jpg", "<html>")},
		"a drawing that is not": {file: given(t, whose("2026-06-01"), "heroes/a/index.md", person, "heroes/a/p.svg", script)},
		"a chapter alone":       {file: given(t, whose("2026-06-01"), "anthology/b/c/index.md", "---\ntitle: x\n---\n")},
	} {
		root, dir := city(t)
		if _, err := Take(root, given(t, whose("2026-06-01"), "heroes/c/index.md", person), options()); err != nil {
			t.Fatal(err)
		}
		before := files(t, dir)
		o := options()
		if c.o != nil {
			c.o(&o)
		}
		var no *bundle.Refusal
		if _, err := Take(root, c.file, o); !errors.As(err, &no) || no.Text.Zh == "" || no.Text.En == "" {
			t.Errorf("%s: %v", name, err)
		}
		after := files(t, dir)
		for n, text := range after {
			if before[n] != text {
				t.Errorf("%s: %s changed", name, n)
			}
		}
		if len(after) != len(before) {
			t.Errorf("%s: %d files, there were %d", name, len(after), len(before))
		}
	}
}

// Members' folders that lead elsewhere are not followed.
func TestLinkedAway(t *testing.T) {
	root, dir := city(t)
	away := t.TempDir()
	if err := os.Symlink(away, filepath.Join(dir, "content/members")); err != nil {
		t.Skipf("links cannot be made here: %v", err)
	}
	if _, err := Take(root, given(t, whose("2026-06-01"), "heroes/a/index.md", person), options()); err == nil {
		t.Error("taken")
	}
	if n := len(files(t, away)); n != 0 {
		t.Errorf("%d files were written elsewhere", n)
	}
}

// A run that is killed between its two renames leaves the old folder, which comes back; one
// killed after them leaves it beside the new one, and it goes.
func TestRecover(t *testing.T) {
	root, dir := city(t)
	if _, err := Take(root, given(t, whose("2026-06-01"), "heroes/a/index.md", person), options()); err != nil {
		t.Fatal(err)
	}
	whole := files(t, dir)
	at, old := content.Root+"/members/a-example", content.Root+"/members/.a-example.old"
	if err := root.Rename(at, old); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := Recover(root); err != nil {
			t.Fatal(err)
		}
		if got := files(t, dir); len(got) != len(whole) || got[at+"/heroes/a/index.md"] != person {
			t.Errorf("%d files, there were %d", len(got), len(whole))
		}
		put(t, filepath.Join(dir, old, "heroes/z/index.md"), person)
	}
}

// What a killed run has laid goes when it is old, and never a run's that is at work.
func TestLaidGoes(t *testing.T) {
	root, dir := city(t)
	stages := []string{}
	for range 2 {
		s, err := newStage(root, "a-example")
		if err != nil {
			t.Fatal(err)
		}
		stages = append(stages, s)
	}
	if stages[0] == stages[1] {
		t.Fatal("two runs share a folder")
	}
	put(t, filepath.Join(dir, stages[0], "x"), person)
	long := time.Now().Add(-2 * stale)
	if err := os.Chtimes(filepath.Join(dir, stages[0]), long, long); err != nil {
		t.Fatal(err)
	}
	if err := Recover(root); err != nil {
		t.Fatal(err)
	}
	if _, err := root.Lstat(stages[0]); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the old one is still there")
	}
	if _, err := root.Lstat(stages[1]); err != nil {
		t.Error(err)
	}
}

// FuzzTake: whatever a file holds, nothing outside the members' folders changes, and what is
// taken can be loaded.
func FuzzTake(f *testing.F) {
	for _, m := range []bundle.Manifest{whose("2026-06-01"), {}} {
		var w bytes.Buffer
		b := bundle.NewWriter(&w, m)
		if err := errors.Join(b.Add("heroes/a/index.md", []byte(person)), b.Add("heroes/a/p.svg", []byte("<svg xmlns='http://www.w3.org/2000/svg'/>")), b.Close()); err != nil {
			f.Fatal(err)
		}
		f.Add(w.Bytes())
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		root, dir := city(t)
		before := files(t, dir)
		name := filepath.Join(t.TempDir(), "a.zip")
		put(t, name, string(raw))
		r, err := Take(root, name, options())
		for p, text := range files(t, dir) {
			if was, ok := before[p]; ok && was == text {
				delete(before, p)
			} else if err != nil || !strings.HasPrefix(p, "content/members/"+r.Member.Name+"/") {
				t.Errorf("%s: %v", p, err)
			}
		}
		if len(before) > 0 {
			t.Errorf("gone: %v", before)
		}
	})
}
