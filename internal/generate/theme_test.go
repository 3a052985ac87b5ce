package generate

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/project"
	"mingdeng/internal/scaffold"
)

// A new theme is three files over lamplight: its colours, words and templates take the
// place of lamplight's, and all else is lamplight's own.
func TestThemeOverLamplight(t *testing.T) {
	dir := folder(t, map[string]string{
		"content/site.yaml":   "title: 明灯\nbase_url: https://yx.hngy.org.cn/\ntheme: jade\ncards: heroes\n",
		"content/heroes/a.md": "---\n姓名: 沈渡川\n地区: 河南省\n授权: {公开: true}\n---\n\n正文。\n",
	})
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	if made, err := scaffold.Theme(root, "jade"); err != nil || len(made) != 3 {
		t.Fatalf("%q, %v", made, err)
	}
	run := func() []diag.Finding {
		t.Helper()
		r, err := Run(context.Background(), project.Options{Root: dir, Out: "public", Today: date.Date{Year: 2026, Month: 11, Day: 30}, Themes: builtin})
		if err != nil {
			t.Fatalf("%v %v", err, r.Findings)
		}
		return r.Findings
	}
	read := func(name string) string {
		t.Helper()
		b, err := os.ReadFile(filepath.Join(dir, "public", filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	if found := run(); len(found) > 0 {
		t.Errorf("a new theme has findings: %v", found)
	}
	hero := read("heroes/a/index.html")
	sheet := read(regexp.MustCompile(`css/lamplight\.[0-9a-f]+\.css`).FindString(hero))
	if strings.LastIndex(sheet, "--paper:#f6f8f5") < strings.Index(sheet, "--paper:#faf7f0") {
		t.Error("the theme's colours do not come behind lamplight's")
	}
	before := read("heroes/a/card.jpg")

	write := func(name, text string) {
		t.Helper()
		p := filepath.Join(dir, "themes", "jade", filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("i18n/zh-Hans.yaml", "section.heroes: 群英\n")
	write("templates/footer.html", "<footer>玉</footer>")
	css, err := os.ReadFile(filepath.Join(dir, "themes", "jade", "styles", "jade.css"))
	if err != nil {
		t.Fatal(err)
	}
	write("styles/jade.css", strings.Replace(string(css), "--night: #10201a", "--night: #300010", 1))
	run()
	hero = read("heroes/a/index.html")
	if !strings.Contains(hero, "群英") || !strings.Contains(hero, "<footer>玉</footer>") || !strings.Contains(hero, "沈渡川") {
		t.Error("the theme's words and templates are not on the page")
	}
	if read("heroes/a/card.jpg") == before {
		t.Error("the share card is not in the theme's colours")
	}
}

func TestThemesThatExtendNothing(t *testing.T) {
	site := "title: 明灯\nbase_url: https://yx.hngy.org.cn/\ntheme: a\n"
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"missing": {map[string]string{"themes/a/theme.yaml": "title: a\nextends: lamplihgt\n"}, "themes/a/theme.yaml:2:10: lamplihgt lamplight"},
		"circle":  {map[string]string{"themes/a/theme.yaml": "extends: b\n", "themes/b/theme.yaml": "extends: a\n"}, "themes/"},
		"itself":  {map[string]string{"themes/a/theme.yaml": "extends: a\n"}, "themes/a/theme.yaml:1:10: a"},
	} {
		c.files["content/site.yaml"] = site
		r, err := Run(context.Background(), project.Options{Root: folder(t, c.files), Out: "public", Today: date.Date{Year: 2026, Month: 11, Day: 30}, Themes: builtin})
		if err != project.ErrFindings || len(r.Findings) != 1 || !strings.HasPrefix(r.Findings[0].Place(), strings.SplitN(c.want, ": ", 2)[0]) {
			t.Errorf("%s: %v, %v; want %s", name, r.Findings, err, c.want)
			continue
		}
		if f := r.Findings[0]; name == "missing" && !strings.Contains(f.Message(diag.English)+f.Hint(diag.English), "lamplight") {
			t.Errorf("%s: %s", name, f.Message(diag.English))
		}
	}
}
