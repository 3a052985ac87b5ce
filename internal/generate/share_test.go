package generate

import (
	"bytes"
	"context"
	"image"
	_ "image/jpeg"
	_ "image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mingdeng/internal/card"
	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/project"
)

const drawn = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 100"><path fill="#c93" d="M0 0H80V100H0Z"/></svg>`

// folder writes a site into a new folder.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func made(t *testing.T, root string) (string, Result) {
	t.Helper()
	o := project.Options{Root: root, Out: t.TempDir(), Today: date.Date{Year: 2026, Month: 11, Day: 22}, Themes: builtin, Program: fingerprint.Sum([]byte("test"))}
	r, err := Run(context.Background(), o)
	if err != nil {
		var b bytes.Buffer
		diag.WriteText(&b, r.Findings, diag.English)
		t.Fatalf("%v\n%s", err, b.String())
	}
	return o.Out, r
}

func shareSite(cards string) map[string]string {
	hero := func(name, more string) string {
		return "---\n姓名: " + name + "\n地区: 河东省\n事迹: {日期: 2014, 类型: 水中救人, 摘要: 跳下河，救起一人。}\n" + more + "---\n正文。\n"
	}
	const face = "肖像: {文件: portrait.svg, 替代文字: 剪影}\n"
	return map[string]string{
		"content/site.yaml":                    "名称: 小站\n网址: https://host.example/lamp/\n单位: {名称: 某协会}\n分享图: " + cards + "\n",
		"content/heroes/shown/index.md":        hero("单青", face+"授权: {公开: true, 肖像: true}\n"),
		"content/heroes/shown/portrait.svg":    drawn,
		"content/heroes/unshown/index.md":      hero("丁山", face+"授权: {公开: true, 肖像: false}\n"),
		"content/heroes/unshown/portrait.svg":  drawn,
		"content/heroes/faceless.md":           hero("丁山", "拼音: ding shan\n授权: {公开: true}\n"),
		"content/heroes/withheld/index.md":     hero("卜书铭", face+"授权: {公开: false}\n"),
		"content/heroes/withheld/portrait.svg": drawn,
		"content/heroes/rare.md":               hero("丁𰻝", "授权: {公开: true}\n"),
		"content/briefs/2014/jiu-ren.md":       "---\n标题: 河边救人\n日期: 2014-05-06\n期号: 7\n英雄: [shown, withheld]\n---\n正文🚒一句。\n",
		"content/venues/yuan/_index.md":        "---\n名称: 园\n类别: 主题公园\n地区: 河东省\n---\n",
		"content/venues/yuan/long/index.md":    "---\n名称: 长墙\n类别: 文化墙\n封面: {图片: wall.svg, 替代文字: 一面长墙}\n---\n",
		"content/venues/yuan/long/wall.svg":    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9000 100"><path d="M0 0H9000V100H0Z"/></svg>`,
		"content/venues/yuan/ban.md":           "---\n名称: 一号板\n类别: 展板\n英雄: [shown]\n---\n",
		"content/venues/yuan/lone.md":          "---\n名称: 二号板\n类别: 展板\n英雄: [withheld]\n---\n",
	}
}

func cardsIn(t *testing.T, out string) map[string][]byte {
	t.Helper()
	found := map[string][]byte{}
	err := filepath.WalkDir(out, func(p string, e os.DirEntry, err error) error {
		if err == nil && e.Name() == "card.jpg" {
			rel, _ := filepath.Rel(out, filepath.Dir(p))
			found[filepath.ToSlash(rel)], err = os.ReadFile(p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestCards(t *testing.T) {
	out, r := made(t, folder(t, shareSite("全部")))
	cards := cardsIn(t, out)
	for p, want := range map[string]bool{
		"heroes/shown": true, "heroes/unshown": true, "heroes/faceless": true, "heroes/withheld": false, "heroes/rare": false,
		"briefs/2014/jiu-ren": true, "venues/yuan/ban": true, "venues/yuan/long": true, "venues/yuan/lone": true,
	} {
		if (cards[p] != nil) != want {
			t.Errorf("%s has a card: %v", p, cards[p] != nil)
		}
		if c, _, err := image.DecodeConfig(bytes.NewReader(cards[p])); want && (err != nil || c.Width != card.Width || c.Height != card.Height) {
			t.Errorf("%s: %+v, %v", p, c, err)
		}
		if !want {
			continue
		}
		page := read(t, out, p+"/index.html")
		if n := strings.Count(page, `content="https://host.example/lamp/`+p+`/card.jpg"`); n != 1 || !strings.Contains(page, "summary_large_image") {
			t.Errorf("%s names its card %d times", p, n)
		}
	}
	// A portrait without consent is not on the card: it is the card of one who has none.
	if !bytes.Equal(cards["heroes/unshown"], cards["heroes/faceless"]) || bytes.Equal(cards["heroes/unshown"], cards["heroes/shown"]) {
		t.Error("the card of a person whose portrait is not allowed differs from that of one without")
	}
	if strings.Contains(read(t, out, "heroes/rare/index.html"), "og:image") {
		t.Error("a page names a card that is not made")
	}
	told := map[string]string{}
	for _, f := range r.Findings {
		if f.Code == diag.CardGlyph {
			told[f.Path] = f.Message(diag.English)
		}
	}
	if len(told) != 2 || !strings.Contains(told["content/heroes/rare.md"], "𰻝") || !strings.Contains(told["content/briefs/2014/jiu-ren.md"], "🚒") {
		t.Errorf("told of characters that cannot be drawn: %q", told)
	}

	out, _ = made(t, folder(t, shareSite("英雄")))
	if cards := cardsIn(t, out); len(cards) != 3 || cards["heroes/shown"] == nil {
		t.Errorf("for heroes alone %d cards were drawn", len(cards))
	}
	out, _ = made(t, folder(t, shareSite("不生成")))
	if cards := cardsIn(t, out); len(cards) != 0 {
		t.Errorf("%d cards were drawn though none was asked for", len(cards))
	}
}

func read(t *testing.T, dir, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// A card is drawn anew for what it shows and for nothing else: not for another build of
// the program, nor for other words on the page.
func TestCardsAreKept(t *testing.T) {
	prints := func(program string, change func(map[string]string)) map[string]fingerprint.Fingerprint {
		files := shareSite("all")
		if change != nil {
			change(files)
		}
		s, root, err := opened(project.Options{Root: folder(t, files), Today: date.Date{Year: 2026, Month: 11, Day: 22}, Themes: builtin, Program: fingerprint.Sum([]byte(program))})
		if err != nil {
			t.Fatal(err)
		}
		defer root.Close()
		found := map[string]fingerprint.Fingerprint{}
		for _, o := range s.planCards() {
			if found[o.Path], _, err = o.Prepare(); err != nil {
				t.Fatal(err)
			}
		}
		return found
	}
	first := prints("one", nil)
	for what, c := range map[string]struct {
		now     map[string]fingerprint.Fingerprint
		changed []string
	}{
		"the program": {prints("two", nil), nil},
		"the text":    {prints("one", func(f map[string]string) { f["content/heroes/shown/index.md"] += "又一段。\n" }), nil},
		"the portrait": {prints("one", func(f map[string]string) {
			f["content/heroes/shown/portrait.svg"] = strings.Replace(drawn, "#c93", "#c94", 1)
		}), []string{"heroes/shown/card.jpg", "venues/yuan/ban/card.jpg"}},
		"the deed": {prints("one", func(f map[string]string) {
			f["content/heroes/faceless.md"] = strings.Replace(f["content/heroes/faceless.md"], "救起一人", "救起两人", 1)
		}), []string{"heroes/faceless/card.jpg"}},
	} {
		var changed []string
		for p, print := range first {
			if c.now[p] != print {
				changed = append(changed, p)
			}
		}
		if len(changed) != len(c.changed) || len(c.changed) > 0 && !strings.Contains(strings.Join(changed, " "), c.changed[0]) {
			t.Errorf("for another %s are drawn anew: %v, want %v", what, changed, c.changed)
		}
	}
}
