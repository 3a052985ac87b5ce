package importer

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"mingdeng/internal/diag"
	"mingdeng/internal/importer/rich"
)

// write puts the new files of a plan into a site.
func write(site fstest.MapFS, p *Plan) {
	for _, s := range p.Sources {
		for _, f := range s.Files {
			if f.State == New {
				site[f.Path] = &fstest.MapFile{Data: f.Data}
			}
		}
	}
}

// TestAgain: several texts of one title get numbers; the same files again are known, also
// when somebody has worked on their records, in whatever order they come.
func TestAgain(t *testing.T) {
	dir := t.TempDir()
	text := func(folder, name, body string) string {
		p := filepath.Join(dir, folder, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte("公示\n"+body+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	first := text("a", "公示.txt", "经评审，拟确认第一批人员。\n2024年3月6日")
	second := text("b", "公示.txt", "经评审，拟确认第二批人员。\n2024年9月6日")
	third := text("c", "第三批.txt", "经评审，拟确认第三批人员。\n2024年9月6日")
	site := empty()
	states := func(files ...string) (out [3]int) {
		t.Helper()
		p, err := Make(site, files, Options{Lang: diag.Chinese, Today: today})
		if err != nil {
			t.Fatal(err)
		}
		write(site, p)
		return [3]int{p.Count(New), p.Count(Same), p.Count(Refused)}
	}
	if got := states(first, second, third); got != [3]int{3, 0, 0} {
		t.Fatal(got)
	}
	for _, name := range []string{"公示", "公示-2", "公示-3"} {
		if site["content/briefs/2024/"+name+".md"] == nil {
			t.Fatalf("there is no %s in %v", name, site)
		}
	}
	if got := states(third, second, first); got != [3]int{0, 3, 0} {
		t.Error("again:", got)
	}
	at := site["content/briefs/2024/公示-2.md"]
	at.Data = bytes.Replace(at.Data, []byte("第二批"), []byte("第 2 批"), 1)
	if got := states(second, first, third); got != [3]int{0, 2, 1} {
		t.Error("edited:", got)
	}
	// One that nobody imported is another text if it is of another day.
	site["content/briefs/2024/公示-4.md"] = &fstest.MapFile{Data: []byte("---\n标题: 公示\n日期: 2024-12-01\n---\n\n手写的。\n")}
	if got := states(text("d", "四.txt", "第四批。\n2024年12月1日")); got != [3]int{0, 0, 1} {
		t.Error("of one day:", got)
	}
	if got := states(text("d", "五.txt", "第五批。\n2024年12月2日")); got != [3]int{1, 0, 0} {
		t.Error("of another day:", got)
	}
}

func TestUnbroken(t *testing.T) {
	line := func(parts ...string) (out []rich.Span) {
		for i, p := range parts {
			if i > 0 {
				out = append(out, rich.Span{Break: true})
			}
			out = append(out, rich.Span{Text: p})
		}
		return out
	}
	for _, c := range []struct {
		spans []rich.Span
		want  string
	}{{line("二、走访", "慰问"), "二、走访慰问"}, {line("part", "one"), "part\none"}, {line("第", "2", "批"), "第2批"}} {
		if got := rich.Words(unbroken(c.spans)); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
