package scaffold_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/scaffold"
)

// load reads a site's records and fails where any is not in order.
func load(t *testing.T, dir string) *content.Content {
	t.Helper()
	tree, found := content.Scan(os.DirFS(dir))
	c, faults := content.Load(os.DirFS(dir), tree)
	for _, f := range append(found, faults...) {
		t.Errorf("%s: %s", f.Place(), f.Message(diag.English))
	}
	return c
}

// folderOf opens a new site's folder.
func folderOf(t *testing.T) (string, *os.Root) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "站")
	if err := scaffold.Site(dir); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	return dir, root
}

// A new site has a record of every kind that a first hour needs and both guides, and is
// written into no folder that has something in it.
func TestSite(t *testing.T) {
	dir, _ := folderOf(t)
	kinds := map[content.Kind]int{}
	load(t, dir).All(func(r content.Record) { kinds[r.Base().Kind]++ })
	for _, k := range []content.Kind{content.KindHero, content.KindVenue, content.KindExhibit, content.KindBrief} {
		if kinds[k] == 0 {
			t.Errorf("a new site has no %s: %v", k, kinds)
		}
	}
	for _, name := range []string{scaffold.Guides.Zh, scaffold.Guides.En} {
		if b, err := os.ReadFile(filepath.Join(dir, name)); err != nil || len(b) == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	before := list(t, dir)
	if err := scaffold.Site(dir); !errors.Is(err, scaffold.ErrNotEmpty) {
		t.Errorf("into a site: %v", err)
	}
	if after := list(t, dir); !slices.Equal(before, after) {
		t.Errorf("a site that was refused has changed: %q", after)
	}
}

func list(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			out = append(out, p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A new record lies in its kind's folder, is a draft of that kind, has what was answered,
// and takes the place of no other.
func TestMake(t *testing.T) {
	dir, root := folderOf(t)
	for _, c := range []struct {
		kind       content.Kind
		name, want string
	}{
		{content.KindHero, "王小明", "content/heroes/王小明.md"},
		{content.KindBrief, "走访", "content/briefs/2026/走访.md"},
		{content.KindUnit, "站", "content/units/站.md"},
		{content.KindBook, "新书", "content/anthology/新书/_index.md"},
		{content.KindChapter, "新书/一", "content/anthology/新书/一.md"},
		{content.KindExhibit, "新园/板", "content/venues/新园/板.md"},
	} {
		for _, lang := range []diag.Lang{diag.Chinese, diag.English} {
			r := scaffold.Request{Kind: c.kind, Name: c.name, Lang: lang, Today: date.Date{Year: 2026, Month: 11, Day: 22}}
			p, err := r.Make(root)
			if p != c.want || err != nil {
				t.Fatalf("%s: %s, %v", c.name, p, err)
			}
			b, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(p)))
			if err != nil || string(b) != string(r.Text()) {
				t.Errorf("%s: not its text (%v)", p, err)
			}
			if _, err := r.Make(root); !errors.Is(err, fs.ErrExist) {
				t.Errorf("%s again: %v", p, err)
			}
			if err := os.Remove(filepath.Join(dir, filepath.FromSlash(p))); err != nil {
				t.Fatal(err)
			}
		}
	}
	answered := scaffold.Request{
		Kind: content.KindHero, Name: "丁山", Lang: diag.English, Today: date.Date{Year: 2026, Month: 11, Day: 22},
		Answers: map[string]string{"region": "河南省/郑州市", "publish": "yes"},
	}
	p, err := answered.Make(root)
	if err != nil {
		t.Fatal(err)
	}
	found := false
	load(t, dir).All(func(r content.Record) {
		if h, ok := r.(*content.Hero); ok && h.Path == p {
			found = true
			if h.Name != "丁山" || strings.Join(h.Region, "/") != "河南省/郑州市" || !h.Draft {
				t.Errorf("%q of %q, a draft: %t", h.Name, h.Region, h.Draft)
			}
		}
	})
	if !found {
		t.Errorf("%s is no record", p)
	}
}

func TestMakeRefuses(t *testing.T) {
	dir, root := folderOf(t)
	before := list(t, dir)
	for _, c := range []struct {
		kind content.Kind
		name string
		want error
	}{
		{content.KindHero, "", scaffold.ErrName}, {content.KindHero, "a/b", scaffold.ErrName}, {content.KindHero, "..", scaffold.ErrName},
		{content.KindHero, "a\x00b", scaffold.ErrName}, {content.KindHero, "../../x", scaffold.ErrName},
		{content.KindExhibit, "板", scaffold.ErrParent}, {content.KindChapter, "一", scaffold.ErrParent}, {content.KindExhibit, "../板", scaffold.ErrName},
	} {
		if p, err := (scaffold.Request{Kind: c.kind, Name: c.name, Today: date.Date{Year: 2026, Month: 11, Day: 22}}).Make(root); !errors.Is(err, c.want) {
			t.Errorf("%s %q: made %q, %v", c.kind, c.name, p, err)
		}
	}
	if after := list(t, dir); !slices.Equal(before, after) {
		t.Errorf("what was refused is there: %q", after)
	}
}

// Every question is about a key of the kind, and a hero's consent is asked for.
func TestQuestions(t *testing.T) {
	asked := 0
	for _, k := range content.Kinds() {
		for _, q := range (scaffold.Request{Kind: k.Kind, Name: "x/x", Lang: diag.English}).Questions() {
			asked++
			if q.Key.En == "publish" && k.Kind == content.KindHero {
				continue
			}
			if !slices.ContainsFunc(content.Schema(k.Kind), func(key content.Key) bool { return key.En == q.Key.En }) {
				t.Errorf("%s has no key %q", k.Kind, q.Key.En)
			}
		}
	}
	if asked < 8 {
		t.Errorf("only %d questions", asked)
	}
}

func TestTheme(t *testing.T) {
	dir, root := folderOf(t)
	for _, bad := range []string{"", "..", "A", "a b", "a/b", "玉"} {
		if made, err := scaffold.Theme(root, bad); !errors.Is(err, scaffold.ErrName) || len(made) > 0 {
			t.Errorf("%q: %q, %v", bad, made, err)
		}
	}
	made, err := scaffold.Theme(root, "jade")
	if want := []string{"themes/jade/theme.yaml", "themes/jade/styles/jade.css", "themes/jade/i18n/zh-Hans.yaml"}; err != nil || !slices.Equal(made, want) {
		t.Fatalf("%q, %v", made, err)
	}
	for _, p := range made {
		b, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(p)))
		if err != nil || len(b) == 0 || strings.Contains(string(b), "NAME") {
			t.Errorf("%s: %v\n%s", p, err, b)
		}
	}
	if b, _ := os.ReadFile(filepath.Join(dir, "themes/jade/theme.yaml")); !strings.Contains(string(b), "lamplight") {
		t.Errorf("the theme extends nothing:\n%s", b)
	}
	if again, err := scaffold.Theme(root, "jade"); !errors.Is(err, fs.ErrExist) || len(again) > 0 {
		t.Errorf("again: %q, %v", again, err)
	}
}
