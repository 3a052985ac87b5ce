package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/generate"
	"mingdeng/internal/project"
	"mingdeng/internal/testrun"
	"mingdeng/themes"
)

// TestMistakes holds what an editor reads after each mistake. One file of
// testdata/mistakes is one mistake:
//
//	what she did, in Chinese
//	what she did, in English
//	-- content/heroes/张三.md --
//	…
//	-- zh --
//	what `mingdeng check` finds, in Chinese
//	-- en --
//	the same in English
//
// A file without content/site.yaml gets a plain one; escapes such as \t and \u200b are
// resolved in files whose names end in .quoted. UPDATE=1 writes zh and en; read
// what it wrote. MISTAKES_TABLE=FILE writes an overview of all mistakes as Markdown.
//
// Whatever fix is whole (has no "…" in it) is applied, and its finding must be gone.
func TestMistakes(t *testing.T) {
	files, err := filepath.Glob("testdata/mistakes/*.txtar")
	if err != nil || len(files) < 60 {
		t.Fatalf("only %d mistakes: %v", len(files), err)
	}
	rows := make([]string, len(files))
	t.Run("each", func(t *testing.T) {
		for i, f := range files {
			t.Run(strings.TrimSuffix(filepath.Base(f), ".txtar"), func(t *testing.T) {
				t.Parallel()
				if strings.HasPrefix(filepath.Base(f), "name-") && runtime.GOOS != "linux" {
					t.Skip("names that this system cannot have")
				}
				m, err := readMistake(f, t.TempDir())
				if err != nil {
					t.Fatal(err)
				}
				found := m.check()
				if len(found) == 0 {
					t.Error("nothing is found")
				}
				if testrun.Update() {
					m.zh, m.en = m.told(found, diag.Chinese), m.told(found, diag.English)
					if err := os.WriteFile(f, m.archive(), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				for _, c := range []struct{ got, want string }{{m.told(found, diag.Chinese), m.zh}, {m.told(found, diag.English), m.en}} {
					if d := testrun.Diff(c.got, c.want); d != "" {
						t.Errorf("not as %s says (UPDATE=1 writes it anew):\n%s", f, d)
					}
				}
				rows[i] = m.row(found)
				m.tryFixes(t, found)
			})
		}
	})
	if file := os.Getenv("MISTAKES_TABLE"); file != "" {
		table := "| code | what the editor did | what she reads | mended line |\n| --- | --- | --- | --- |\n" + strings.Join(rows, "")
		if err := os.WriteFile(file, []byte(table), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

type mistake struct {
	did    [2]string // in Chinese and English
	inputs []txtar.File
	zh, en string
	dir    string
}

// quickTheme is lamplight with an icon that takes no time to draw, and without scripts and most
// styles: a check draws the one in four sizes and makes the others small, and here are three
// hundred checks.
var quickTheme = sync.OnceValue(func() *project.Themes {
	files := fstest.MapFS{}
	err := fs.WalkDir(themes.FS, ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := themes.FS.ReadFile(p)
		if ext := path.Ext(p); ext == ".js" || ext == ".css" && path.Base(p) != "tokens.css" { // which has the colours of plaques
			b = nil
		}
		files[p] = &fstest.MapFile{Data: b}
		return err
	})
	const icon = "lamplight/images/icon.svg"
	if err != nil || files[icon] == nil {
		panic(fmt.Sprint("no icon: ", err))
	}
	files[icon].Data = []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8H0z"/></svg>`)
	return project.NewThemes(files)
})

const plainSite = "名称: 试验\n网址: https://yx.h.cn/\n"

func readMistake(path, dir string) (*mistake, error) {
	a, err := txtar.ParseFile(path)
	if err != nil {
		return nil, err
	}
	m := &mistake{dir: dir}
	m.did[0], m.did[1], _ = strings.Cut(strings.TrimSpace(string(a.Comment)), "\n")
	hasSite := false
	for _, f := range a.Files {
		switch f.Name {
		case "zh":
			m.zh = string(f.Data)
		case "en":
			m.en = string(f.Data)
		default:
			m.inputs = append(m.inputs, f)
			hasSite = hasSite || strings.HasPrefix(f.Name, "content/site.yaml") || f.Name == "no-site"
		}
	}
	if m.did[1] == "" {
		return nil, fmt.Errorf("%s does not say what the editor did, in two lines", path)
	}
	if !hasSite {
		m.write("content/site.yaml", []byte(plainSite))
	}
	for _, f := range m.inputs {
		name, quoted := strings.CutSuffix(f.Name, ".quoted")
		if quoted {
			f.Data = unquote(f.Data)
		}
		m.write(string(unquote([]byte(name))), f.Data)
	}
	return m, nil
}

var escapes = regexp.MustCompile(`\\[trx0u]([0-9a-f]{4}|[0-9a-f]{2})?`)

// unquote resolves the escapes of a Go string.
func unquote(b []byte) []byte {
	return escapes.ReplaceAllFunc(b, func(e []byte) []byte {
		if s := string(e); s == `\0` {
			return []byte{0}
		}
		s, err := strconv.Unquote(`"` + string(e) + `"`)
		if err != nil {
			return e
		}
		return []byte(s)
	})
}

func (m *mistake) write(name string, data []byte) {
	p := filepath.Join(m.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
		panic(err)
	}
	if err := os.WriteFile(p, data, 0o644); err != nil {
		panic(err)
	}
}

func (m *mistake) check() []diag.Finding {
	r, _ := generate.Check(context.Background(), project.Options{Root: m.dir, Today: date.Date{Year: 2026, Month: 11, Day: 22}, Themes: quickTheme()})
	return r.Findings
}

func (m *mistake) report(l diag.Lang) diag.Report {
	p := program{root: m.dir, lang: l}
	return p.report()
}

func (m *mistake) told(found []diag.Finding, l diag.Lang) string {
	var b strings.Builder
	_ = m.report(l).Text(&b, found) // a Builder takes all
	return b.String()
}

// row is the mistake in the overview.
func (m *mistake) row(found []diag.Finding) string {
	var codes, said, mended []string
	source := m.report(diag.Chinese).Source
	for _, f := range found {
		if !slices.Contains(codes, f.Code.ID) {
			codes = append(codes, f.Code.ID)
			said = append(said, f.Message(diag.Chinese))
		}
		if x, ok := source.Mended(f); ok {
			mended = append(mended, "`"+strings.TrimSpace(diag.Printable(x.After))+"`")
		}
	}
	cell := strings.NewReplacer("|", "\\|", "\n", " ").Replace
	return fmt.Sprintf("| %s | %s | %s | %s |\n", strings.Join(codes, ", "), m.did[0], cell(strings.Join(said, "；")), cell(strings.Join(mended, " ")))
}

func (m *mistake) archive() []byte {
	a := txtar.Archive{Comment: []byte(m.did[0] + "\n" + m.did[1] + "\n"), Files: m.inputs}
	a.Files = append(a.Files, txtar.File{Name: "zh", Data: []byte(m.zh)}, txtar.File{Name: "en", Data: []byte(m.en)})
	return txtar.Format(&a)
}

// tryFixes does what the program advises; each fix must take its finding away.
func (m *mistake) tryFixes(t *testing.T, found []diag.Finding) {
	source := m.report(diag.Chinese).Source
	var done []diag.Finding
	changed := map[string]bool{}
	for _, f := range slices.Backward(found) { // from below, so that lines put in move none
		x, ok := source.Mended(f)
		if place := fmt.Sprint(f.Path, x.Line); !ok || strings.Contains(x.After, "…") || changed[place] {
			continue
		} else {
			changed[place] = true
		}
		file := filepath.Join(m.dir, filepath.FromSlash(f.Path))
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(string(text), "\n")
		if x.Before == "" {
			lines = slices.Insert(lines, x.Line-1, x.After)
		} else {
			lines[x.Line-1] = x.After
		}
		if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")), 0o644); err != nil {
			t.Fatal(err)
		}
		done = append(done, f)
	}
	if len(done) == 0 {
		return
	}
	for _, f := range m.check() {
		for _, d := range done {
			if f.Code == d.Code && f.Path == d.Path && f.Message(diag.English) == d.Message(diag.English) {
				t.Errorf("the fix does not mend it:\n%s", m.told([]diag.Finding{f}, diag.English))
			}
		}
	}
}
