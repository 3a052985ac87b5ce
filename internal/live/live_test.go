package live

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mingdeng/internal/date"
	"mingdeng/internal/project"
)

// A text that is edited is seen in all languages that show it.
func TestLiveFollowsInEveryEdition(t *testing.T) {
	dir := t.TempDir()
	put := func(name, text string) {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	const head = "---\n姓名: 张三\n地区: 河南省\n事迹: {摘要: 救人}\n授权: {公开: true}\n---\n"
	put("content/site.yaml", "title: 试\nbase_url: https://example.cn/\neditions: [zh-Hans, zh-Hant, en]\n")
	put("content/heroes/a.md", head+"头发")
	put("content/heroes/a.en.md", "---\nname: Zhang San\nsummary: s\n---\nhair")
	live, err := Open(project.Options{Root: dir, Out: "public", Today: date.Date{Year: 2026, Month: 11, Day: 22}, Themes: builtin})
	if err != nil {
		t.Fatal(err)
	}
	defer live.Close()
	shows := func(page, want string) {
		t.Helper()
		b, err := live.Make(context.Background(), page)
		if err != nil || !strings.Contains(string(b), want) {
			t.Errorf("%s does not show %s (%v)", page, want, err)
		}
	}
	shows("heroes/a/index.html", "头发")
	shows("zh-hant/heroes/a/index.html", "頭髮")
	shows("en/heroes/a/index.html", "hair")
	put("content/heroes/a.md", head+"发现")
	put("content/heroes/a.en.md", "---\nname: Zhang San\nsummary: s\n---\nfound")
	if !live.Refresh([]string{"content/heroes/a.md", "content/heroes/a.en.md"}) {
		t.Error("more than texts was read again")
	}
	shows("heroes/a/index.html", "发现")
	shows("zh-hant/heroes/a/index.html", "發現")
	shows("en/heroes/a/index.html", "found")
	// The theme is held in the languages that were wanted: another one loads it anew.
	put("content/site.yaml", "title: 试\nbase_url: https://example.cn/\n")
	if live, err = Open(live.o); err != nil {
		t.Fatal(err)
	}
	defer live.Close()
	put("content/site.yaml", "title: 试\nbase_url: https://example.cn/\neditions: [zh-Hans, en]\n")
	live.Refresh([]string{"content/site.yaml"})
	shows("en/heroes/a/index.html", "found")
}
