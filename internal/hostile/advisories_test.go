package hostile

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"mingdeng/internal/diag"
	"mingdeng/internal/generate"
	"mingdeng/internal/project"
)

// replay is one thing published about Hugo, the generator most like this one, in terms
// of this one.
type replay struct {
	id   string // as published; "" for what has none
	what string
	does string // what this program does, as the test holds it to

	files map[string]string // put into the small site; "" takes away
	links map[string]string // symbolic links: path → target
	want  []string          // texts that must stand in some page, as proof that it was shown
	never []string          // texts that must stand in no page, feed or drawing
	codes map[string]*diag.Code
}

const tu = "content/pages/guan-yu.md"

func page(body string) map[string]string {
	return map[string]string{tu: "---\ntitle: 关于\n---\n" + body}
}

var replays = []replay{
	// Escaping.
	{id: "CVE-2024-32875 GHSA-ppf8-hhpp-f5hj", what: "titles of links and pictures are not escaped in the render hooks",
		does:  "titles are escaped where they are written",
		files: page("[a](/heroes/ \"x\\\" onmouseover=alert(1) y=\\\"\") ![b](p.svg '\"><script>alert(2)</script>')\n\n![c](p.svg \"<img src=x onerror=alert(3)>\")\n"),
		want:  []string{"&#34; onmouseover=alert(1) y=&#34;", "&lt;img src=x onerror=alert(3)&gt;"}, never: []string{"<script>alert"}},
	{id: "CVE-2024-55601 GHSA-c2xf-9v2r-r2rx", what: "attributes of links, pictures, tables and videos are not escaped in the render hooks",
		does:  "addresses and alternative texts are escaped; attribute lists are text; there are no shortcodes",
		files: page("![\"onerror=alert(1)//](p.svg){onload=alert(2)}\n\n|a|\n|-|\n|b|\n{onclick=alert(3)}\n\n{{< youtube id=\"x\\\" onload=\\\"alert(4)\" >}}\n"),
		want:  []string{"{onload=alert(2)}", "{onclick=alert(3)}", "{{&lt; youtube"}},
	{id: "CVE-2026-35166 GHSA-mcv8-8m8x-48pg", what: "addresses of links and pictures are not escaped by the default renderer",
		does:  "an address that runs is dropped, its words stay",
		files: page("[a](javascript:alert(1)) [b](JaVaScRiPt&colon;alert(1)) [c](data:text/html,x) ![d](vbscript:x) <javascript:alert(1)> [e](java\tscript:x)\n"),
		want:  []string{"关于"}, never: []string{`href="javascript`, `href="data:text`, `src="vbscript`}, codes: map[string]*diag.Code{}},
	{id: "CVE-2026-5160 GO-2026-5320", what: "goldmark writes dangerous addresses of autolinks, links and pictures",
		does:  "the addresses pass through a list of this program's own (markdown/dest.go), not goldmark's",
		files: page("<vbscript:x> <data:text/html;base64,PHNjcmlwdD4=> [a]: javascript:x\n\n[a] ![a]\n\n[a]: jAvAsCrIpT:x\n"),
		never: []string{`href="vbscript`, `href="jAvA`, `href="data:text`}},
	{id: "CVE-2026-50133 GHSA-c54g-xjwj-8g82", what: "HTML files among the content are published as they are",
		does:  "a record is Markdown; markup in it is text; a file that no record uses is not published",
		files: map[string]string{"content/pages/x.html": "<script>alert(1)</script>x1y2", tu: "---\ntitle: 关于\n---\n<b onclick=x>照原样</b>\n\n<script>alert(1)</script>\n\n<div>\n<iframe src=x>\n</div>\n"},
		want:  []string{"&lt;b onclick=x&gt;照原样&lt;/b&gt;"}, never: []string{"x1y2", "<script>alert"}},
	{what: "a code block's language and attributes become markup",
		does:  "the language is a class of letters; what follows it is left out",
		files: page("```js\"><script>alert(1)</script> {onclick=alert(2) style=x .y}\n</code></pre><script>alert(3)</script>\n```\n\n~~~{=html}\n<script>alert(4)</script>\n~~~\n"),
		want:  []string{"&lt;script&gt;alert(3)"}, never: []string{"<script>alert"}},
	{what: "attributes of a heading", does: "attribute lists are text",
		files: page("# 标题 {#x onclick=alert(1) style=\"a:b\"}\n\n## <script>alert(2)</script>\n"),
		never: []string{"<script>alert"}, want: []string{"onclick=alert(1)"}},
	{what: "shortcodes and templates in content are executed", does: "they are text",
		files: page("{{ .Site.Title }} {{< readfile \"../../canary.txt\" >}} {{% include \"/etc/passwd\" %}} {{ readFile \"../canary.txt\" }} {{template \"base\"}}\n"),
		want:  []string{"{{ .Site.Title }}", "{{template"}},
	{what: "titles, names and captions as markup in pages, feeds and data", does: "they are escaped for each place",
		files: map[string]string{"content/heroes/shan.md": "---\nname: \"</script><script>alert(1)</script>\"\nregion: 河东省\ndeed: {summary: \"]]><script>alert(2)</script>\"}\nconsent: {publish: true}\nslug: shan\n---\n"},
		want:  []string{"&lt;script&gt;alert(1)"}, never: []string{"<script>alert"}},

	// Reading outside.
	{id: "GHSA-fw87-fv5r-9fpw", what: "resources.Get follows a symbolic link to a file",
		does:  "a link that leads out is an error; nothing is read through it",
		links: map[string]string{"content/pages/guan-yu/p.svg": "../../../../canary.svg"},
		files: map[string]string{tu: "", "content/pages/guan-yu/index.md": "---\ntitle: 关于\n---\n![x](p.svg)\n"},
		codes: map[string]*diag.Code{"content/pages/guan-yu/p.svg": diag.LeadsOutside}},
	{id: "GHSA-c3wq-j5vh-68rc", what: "os.ReadFile and others still follow links (first repair incomplete)",
		does:  "the text of a record is held to the same",
		links: map[string]string{"content/pages/yi.md": "../../../canary.md"},
		codes: map[string]*diag.Code{"content/pages/yi.md": diag.LeadsOutside}},
	{id: "CVE-2026-89258", what: "a link further up the path is followed (second repair incomplete)",
		does:  "a linked folder is an error, at each level",
		links: map[string]string{"content/pages/out": "../../../content/pages"},
		codes: map[string]*diag.Code{"content/pages/out": diag.LeadsOutside}},
	{id: "CVE-2026-89258", what: "the folder of a section", does: "the same",
		links: map[string]string{"content/extra": "../../content"},
		codes: map[string]*diag.Code{"content/extra": diag.LeadsOutside}},
	{id: "CVE-2026-89258", what: "by an absolute path", does: "the same", // the target is put in below
		links: map[string]string{"content/pages/yi.md": "CANARY"},
		codes: map[string]*diag.Code{"content/pages/yi.md": diag.LeadsOutside}},
	{id: "CVE-2026-89258", what: "a folder of the theme", does: "a theme's files are read below the site's folder alone",
		files: map[string]string{"content/site.yaml": "title: 站\nbase_url: https://host.example/\ntheme: wai\n"},
		links: map[string]string{"themes/wai": "../../content"},
		codes: map[string]*diag.Code{"content/site.yaml": diag.ThemeMissing}},
	{what: "a link in a ring", does: "is an error, not a loop",
		links: map[string]string{"content/pages/ring": "../pages", "content/pages/self.md": "self.md"},
		codes: map[string]*diag.Code{"content/pages/ring": diag.LeadsOutside, "content/pages/self.md": diag.LeadsOutside}},
	{what: "a picture named by a path that leads up", does: "is an error",
		files: page("![x](../../../canary.svg)\n\n![y](/../canary.svg) ![z](..%2f..%2f..%2fcanary.svg)\n"),
		codes: map[string]*diag.Code{tu: nil}},
	{what: "keys that name files", does: "are errors where they lead up or are absolute",
		files: map[string]string{"content/heroes/shan.md": "---\nname: 单青\nregion: 河东省\nconsent: {publish: true, portrait: true}\nportrait: {src: ../../../canary.svg, alt: x}\ncover: /etc/passwd\n---\n"},
		codes: map[string]*diag.Code{"content/heroes/shan.md": nil}},
	{what: "a theme named by a path", does: "is an error",
		files: map[string]string{"content/site.yaml": "title: 站\nbase_url: https://host.example/\ntheme: ../../../\n"},
		codes: map[string]*diag.Code{"content/site.yaml": diag.ThemeMissing}},

	// Writing outside.
	{id: "hugo#1418", what: "aliases write outside the folder", does: "each is an error",
		files: map[string]string{tu: "---\ntitle: 关于\naliases: [../../x, /../x, //evil, 'C:\\x', /a/../../x, /./x, \"/x\\0y\", /a//b, '/con/']\n---\n"},
		codes: map[string]*diag.Code{tu: nil}},
	{what: "an alias that takes a code's address", does: "is an error, as for every address that is taken",
		files: map[string]string{tu: "---\ntitle: 关于\naliases: [/heroes/shan/]\n---\n"},
		codes: map[string]*diag.Code{tu: diag.AliasTaken}},
	{what: "a slug with a path", does: "is an error",
		files: map[string]string{tu: "---\ntitle: 关于\nslug: ../../x\n---\n"},
		codes: map[string]*diag.Code{tu: diag.BadSlug}},
	{what: "a slug of the program's own folders", does: "is an error",
		files: map[string]string{tu: "---\ntitle: 关于\nslug: plaques\n---\n"},
		codes: map[string]*diag.Code{tu: diag.ReservedName}},

	// Running and asking.
	{id: "CVE-2020-26284 GHSA-8j34-9876-pvfq", what: "a program in the site's folder is run in the place of a helper (Windows)",
		does: "only `plaque` runs one (zbarimg), and only from the PATH: TestRunsNothing, TestHelperOfTheFolder"},
	{id: "CVE-2026-44301 GHSA-x597-9fr4-5857, CVE-2026-75926, CVE-2026-89259", what: "Node tools of a theme read and write outside",
		does: "there are none: TestRunsNothing"},
	{id: "GHSA-vxgm-5rmg-5w8g and the integer addresses of v0.163.1", what: "fetching from hosts that were not allowed",
		does: "nothing is fetched: TestAsksNobody"},

	// Amounts.
	{what: "YAML that multiplies", does: "is an error before it grows",
		files: map[string]string{tu: "---\ntitle: 关于\nparams:\n  a: &a [x,x,x,x,x,x,x,x,x]\n  b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n  c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n  d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n  e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\n  f: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\n  g: [*f,*f,*f,*f,*f,*f,*f,*f,*f]\n---\n"},
		codes: map[string]*diag.Code{tu: diag.TooDeep}},
	{what: "YAML that is deep", does: "is an error",
		files: map[string]string{tu: "---\ntitle: 关于\nparams: " + strings.Repeat("[", 20000) + "\n---\n"},
		codes: map[string]*diag.Code{tu: nil}},
	{what: "dates out of any calendar", does: "are errors",
		files: map[string]string{"content/briefs/2014/jiu-ren.md": "---\ntitle: 河边\ndate: 99999999999999999999-13-99\n---\n", tu: "---\ntitle: 关于\nexpires: 2026-02-30\n---\n"},
		codes: map[string]*diag.Code{"content/briefs/2014/jiu-ren.md": nil, tu: nil}},
	{what: "numbers out of range", does: "are errors",
		files: map[string]string{"content/reports/2023.md": "---\ntitle: 年\nyear: 2023\nfigures: [{label: a, value: 1e400}, {label: b, value: .nan}, {label: c, value: -.inf}]\n---\n"},
		codes: map[string]*diag.Code{"content/reports/2023.md": nil}},
}

const drawing = svgHead + `<path d="M0 0h1"/></svg>`

// TestAdvisories replays each in a site of its own and builds it for good.
func TestAdvisories(t *testing.T) {
	for _, r := range replays {
		t.Run(strings.TrimSpace(r.id+" "+r.what), func(t *testing.T) {
			if r.files == nil && r.links == nil {
				t.Log(r.does)
				return
			}
			changes := map[string]string{"content/pages/p.svg": drawing}
			for name, text := range r.files {
				changes[name] = text
			}
			l := newLab(t, changes)
			for name, target := range r.links {
				p := filepath.Join(l.root, filepath.FromSlash(name))
				if target == "CANARY" {
					target = filepath.Join(l.dir, "canary.md")
				}
				if err := errors.Join(os.MkdirAll(filepath.Dir(p), 0o755), os.Symlink(filepath.FromSlash(target), p)); err != nil {
					if os.Getenv("MINGDENG_REQUIRE_TOOLS") == "1" {
						t.Fatal("symbolic links are to be tried here: ", err)
					}
					t.Skip("no symbolic links here:", err)
				}
				if runtime.GOOS != "windows" && !strings.Contains(name, "self") && !exists(p) {
					t.Fatalf("%s leads nowhere: the case is wrong", name)
				}
			}
			l.followBase()
			v := l.look(t, 0)
			for path, code := range r.codes {
				if codes := []*diag.Code{code}; code == nil && !v.refused(path) || code != nil && !v.refused(path, codes...) {
					t.Errorf("%s: no such error among %v", path, told(v.found))
				}
			}
			for _, text := range r.want {
				if !v.holds(text) {
					t.Errorf("%q is nowhere\n%s", text, v.files["guan-yu/index.html"])
				}
			}
			for _, text := range r.never {
				if v.shows(text) {
					t.Errorf("%q is in the site", text)
				}
			}
			before := l.outside(t)
			_, err := generate.Run(context.Background(), options(l.root))
			if len(r.codes) > 0 && !errors.Is(err, project.ErrFindings) || len(r.codes) == 0 && err != nil {
				t.Errorf("the build says %v, %v", err, told(v.found))
			}
			if l.outside(t) != before {
				t.Error("something outside the site's folder has changed")
			}
			files := published(t, filepath.Join(l.root, "public"))
			if len(r.codes) > 0 && len(files) > 0 {
				t.Errorf("%d files are published all the same", len(files))
			}
			l.judge(t, files)
			for name, b := range files {
				if bytes.Contains(b, []byte(canary)) {
					t.Errorf("%s holds words from outside", name)
				}
			}
		})
	}
}

func exists(p string) bool { _, err := os.Stat(p); return err == nil }

func told(found []diag.Finding) []string {
	var out []string
	for _, f := range found {
		out = append(out, f.Place()+" "+f.Code.ID)
	}
	return out
}

// published reads an output folder.
func published(t testing.TB, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case e.IsDir() && e.Name() == ".mingdeng":
			return fs.SkipDir
		case e.IsDir():
			return nil
		}
		b, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p) // below dir, so it cannot fail
		files[filepath.ToSlash(rel)] = b
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
