package scaffold_test

import (
	"path"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/scaffold"
	"mingdeng/internal/site"
)

// TestBlanksAreFound: a new record of any kind, published as it stands with every key put
// in force, is reported wherever it says something that only its editor could know. What
// may stay is a name that was given, one of the fixed words, a date, a number, yes or no,
// and the design of a plaque.
func TestBlanksAreFound(t *testing.T) {
	key := regexp.MustCompile(`^(\s*(?:- )?)([^\s:#]+): (.*?)(?:  # .*)?$`)
	for _, lang := range []diag.Lang{diag.Chinese, diag.English} {
		for _, k := range content.Kinds() {
			kind := k.Kind
			r := scaffold.Request{Kind: kind, Name: "起名", Lang: lang, Today: date.Date{Year: 2026, Month: 11, Day: 22}}
			if k.Parent != "" {
				r.Name = "里面/起名"
			}
			p, err := r.Path()
			if err != nil {
				t.Fatal(err)
			}
			lines := strings.Split(string(r.Text()), "\n")
			draft := 1
			for i, line := range lines {
				lines[i] = strings.TrimPrefix(line, "# ")
			}
			if !strings.HasPrefix(lines[draft], "草稿: true") && !strings.HasPrefix(lines[draft], "draft: true") {
				t.Fatalf("%s is no draft: %s", p, lines[draft])
			}
			asDraft := found(t, p, strings.Join(lines, "\n"))
			lines[draft] = "tags: [x]" // so that lines stay where they are
			for i, line := range lines {
				lines[i] = strings.Replace(line, "false  #", "true  #", 1) // consent
			}
			at := found(t, p, strings.Join(lines, "\n"))
			blanks := 0
			for i, line := range lines {
				m := key.FindStringSubmatch(line)
				if m == nil || i == draft {
					if line == content.BlankText.In(lang) {
						m = []string{"", "", "", line}
					} else {
						continue
					}
				}
				if strings.HasPrefix(m[3], " # ") { // a group, whose keys follow
					continue
				}
				may := stays(m[3])
				switch got := at[i+1]; {
				case may && got != "" && got != "missing-alt": // another key of the line
					t.Errorf("%s:%d %q: %s", p, i+1, line, got)
				case !may && got == "":
					t.Errorf("%s:%d: %q can be published without a word", p, i+1, line)
				case !may:
					blanks++
				}
				if strings.Contains(asDraft[i+1], "placeholder") {
					t.Errorf("%s:%d: a draft is told of %q", p, i+1, line)
				}
			}
			if blanks == 0 {
				t.Errorf("%s has no blanks", p)
			}
		}
	}
}

var plain = regexp.MustCompile(`^([0-9.-]+|true|false|\[0\.5, 0\.5\]|起名|plaque)$`)

// stays tells whether a value of a new record can stay as it is.
func stays(value string) bool {
	if plain.MatchString(value) && value != "34.7500" && value != "113.6200" {
		return true
	}
	var any func([]content.Key) bool
	any = func(keys []content.Key) bool {
		for _, k := range keys {
			for _, v := range k.Values {
				if value == v.Zh || value == v.En {
					return true
				}
			}
			if any(k.Keys) {
				return true
			}
		}
		return false
	}
	for _, k := range content.Kinds() {
		if any(content.Schema(k.Kind)) {
			return true
		}
	}
	return false
}

// found is what a site with one file is told: line → codes. Files and records that it
// names are not there.
func found(t *testing.T, p, text string) map[int]string {
	t.Helper()
	fsys := fstest.MapFS{"content/site.yaml": {Data: []byte("名称: 站\n网址: https://yx.h.cn/\n")}, p: {Data: []byte(text)}}
	if dir := path.Dir(p); strings.Count(dir, "/") == 2 && path.Base(p) != "_index.md" && !strings.HasPrefix(dir, "content/briefs") {
		fsys[dir+"/_index.md"] = &fstest.MapFile{Data: []byte("---\n名称: 里面\n类别: 游园\n地区: 河南省\n---\n")}
		if strings.HasPrefix(dir, "content/anthology") {
			fsys[dir+"/_index.md"] = &fstest.MapFile{Data: []byte("---\n书名: 里面\n---\n")}
		}
	}
	tree, list := content.Scan(fsys)
	c, faults := content.Load(fsys, tree)
	_, more := site.Resolve(c, site.Options{Today: date.Date{Year: 2026, Month: 11, Day: 22}, StandIn: func(content.Language) string { return "一位英雄" }})
	out := map[int]string{}
	for _, f := range append(append(list, faults...), more...) {
		if f.Path == p {
			out[f.Pos.Line] += f.Code.ID + " "
		}
	}
	c.All(func(r content.Record) { // files are looked for when pages are made
		for i, line := range strings.Split(text, "\n") {
			if strings.Contains(line, ": portrait.jpg") {
				out[i+1] += "missing-picture "
			}
		}
	})
	for line, codes := range out {
		out[line] = strings.TrimSpace(codes)
	}
	return out
}

func TestRealWordsAreNoBlanks(t *testing.T) {
	for _, head := range []string{
		"name: 余某\nregion: 河南省/某某镇\nconsent: {publish: true}\nsummary: 他说：……\noccupation: 某厂工人",
		"name: 甲\nregion: 河南省\nconsent: {publish: true}\nalso: [甲, 乙, 丙]\ntags: [乙, 甲]",
		"name: …甲\nregion: 河南省\nconsent: {publish: true}\nsources: [{title: 报, url: https://example.cn/a}]",
	} {
		text := "---\n" + head + "\n---\n某省某市某县，正文从这里开始写。……\n\n他写道：“正文从这里开始写。”\n"
		if at := found(t, "content/heroes/a.md", text); len(at) > 0 {
			t.Errorf("%s\n%v", head, at)
		}
	}
	for value, want := range map[string]bool{"河南省/某市/某县": true, "[河南省, 某市]": true, "…省/…市/…县": true, "…": true, "Province": false, "某省": false, "河南省/郑州市": false} {
		at := found(t, "content/heroes/a.md", "---\nname: 甲\nregion: "+value+"\nconsent: {publish: true}\n---\n")
		if got := at[3] == "placeholder"; got != want {
			t.Errorf("%s: %v", value, at)
		}
	}
}
