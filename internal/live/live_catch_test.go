package live

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mingdeng/internal/date"
	"mingdeng/internal/project"
	"mingdeng/themes"
)

// builtin are the themes that tests load sites with, each loaded once.
var builtin = project.NewThemes(themes.FS)

// A text that was saved and not yet told of is taken in when its page is asked for; a
// record that is gone is gone.
func TestLiveCatchesUp(t *testing.T) {
	dir := t.TempDir()
	page := filepath.Join(dir, "content", "pages", "about.md")
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(filepath.Join(dir, "content", "site.yaml"), "title: 站\nbase_url: https://a.cn/\n")
	write(page, "---\ntitle: 关于\n---\n起初。\n")
	live, err := Open(project.Options{Root: dir, Out: "public", Today: date.Date{Year: 2026, Month: 11, Day: 22}, Themes: builtin})
	if err != nil {
		t.Fatal(err)
	}
	defer live.Close()
	for _, c := range []struct{ text, want string }{
		{"---\ntitle: 关于\n---\n后来的话。\n", "后来的话"},                   // the text alone
		{"---\ntitle: 关于我们\n---\n再后来。\n", "关于我们"},                  // the head too
		{"---\ntitle: 关于\ntags: [a]\n---\n# 长\n\n更长的话。\n", "更长的话"}, // longer
	} {
		write(page, c.text)
		b, err := live.Make(context.Background(), "about/index.html")
		if err != nil || !strings.Contains(string(b), c.want) {
			t.Fatalf("%q: %v\n%s", c.want, err, b)
		}
		if f := live.Findings(); len(f) > 0 {
			t.Errorf("%v is told", f)
		}
	}
	if err := os.Remove(page); err != nil {
		t.Fatal(err)
	}
	if _, err := live.Make(context.Background(), "about/index.html"); err != ErrNoFile {
		t.Errorf("a record that is gone: %v", err)
	}
	if slices.Contains(live.Files(), "about/index.html") {
		t.Error("it is still listed")
	}
}
