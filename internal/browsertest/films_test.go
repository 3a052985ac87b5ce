package browsertest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"mingdeng/internal/testrun"
)

// clip is a second of moving pictures, WebM, with a place that a telephone would write.
func clip(t *testing.T) string {
	t.Helper()
	ffmpeg := testrun.Tool(t, "ffmpeg", "ffmpeg")
	at := filepath.Join(t.TempDir(), "clip.webm")
	if out, err := exec.Command(ffmpeg, "-loglevel", "error", "-f", "lavfi", "-i", "testsrc=size=64x48:rate=10:duration=1", "-metadata", "location=+34.7466+113.6253/", "-c:v", "libvpx", at).CombinedOutput(); err != nil {
		t.Fatal(err, string(out))
	}
	b, err := os.ReadFile(at)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(b), "34.7466") {
		t.Fatal("the place is not where this test would see it")
	}
	return string(b)
}

func filmSite(film string) map[string]string {
	return map[string]string{
		"content/site.yaml":           "title: 英雄谱\nbase_url: https://h.cn/\neditions: [zh-Hans, zh-Hant]\n",
		"content/heroes/jia/index.md": "---\n姓名: 甲乙丙\n地区: 河东省\n原话: 后来的人\n视频: {文件: a.webm, 标题: 访谈, 字幕: a.srt}\n授权: {公开: true}\n示例: true\n---\n",
		"content/heroes/jia/a.webm":   film,
		"content/heroes/jia/a.srt":    "1\n00:00:00,000 --> 00:00:00,900\n他跳下去 <b>救</b>人\n",
		"content/pages/kan.md":        "---\n标题: 看\n视频: https://video.example.org/v/1?a=1&b=2\n漫画: [{文件: b.svg, 说明: 第二页}, {文件: a.svg, 说明: 第一页}]\n---\n",
		"content/pages/a.svg":         `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><path d="M0 0h20v20z"/></svg>`,
		"content/pages/b.svg":         `<svg xmlns="http://www.w3.org/2000/svg" width="50" height="30"><path d="M0 0h20v20z"/></svg>`,
		"content/screens/p.md":        "---\n标题: 屏\n每屏秒数: 3\n影片: [a.webm, {文件: a.webm, 标题: 再来}]\n标语: [一, 二]\n---\n",
		"content/screens/a.webm":      film,
	}
}

// TestFilms: what pages show of films, captions and comics; and that a build after an edit of
// captions is a clean one.
func TestFilms(t *testing.T) {
	dir := t.TempDir()
	site := filmSite(clip(t))
	lay(t, dir, site)
	if r := build(t, dir, "public"); len(r.Findings) > 0 {
		t.Error(r.Findings)
	}
	read := func(p string) string { return read(t, filepath.Join(dir, "public"), p) }
	for p, want := range map[string][]string{
		"heroes/jia/index.html":         {`<h2>访谈</h2>`, `<video controls`, `<track kind="captions" src="/files/captions-`, `srclang="zh-Hans"`, "“后来的人”", `class="cut-3"`},
		"zh-hant/heroes/jia/index.html": {`<h2>訪談</h2>`, `srclang="zh-Hant"`, "後來的人"},
		"kan/index.html":                {`href="https://video.example.org/v/1?a=1&amp;b=2" rel="external noreferrer"`, "在video.example.org上看", "!<video", `class="comic"`},
		"screens/p/index.html":          {`<video id="film" muted`, `data-film="/files/`},
		"screens/p/p.html":              {`!data-film="`, "!<video"},
	} {
		got := read(p)
		for _, w := range want {
			if w, not := strings.CutPrefix(w, "!"); strings.Contains(got, w) == not {
				t.Errorf("%s: %q: %v", p, w, !not)
			}
		}
	}
	if kan := read("kan/index.html"); strings.Index(kan, "第二页") > strings.Index(kan, "第一页") {
		t.Error("the comic is not in reading order")
	}
	captions := func() (all string) {
		files, _ := filepath.Glob(filepath.Join(dir, "public/files/captions-*.vtt"))
		for _, f := range files {
			b, _ := os.ReadFile(f)
			all += string(b)
		}
		return all
	}
	if c := captions(); !strings.Contains(c, "他跳下去 救人\n") || strings.Contains(c, "<b>") {
		t.Errorf("captions: %q", c)
	}
	for p, b := range madeIn(t, filepath.Join(dir, "public")) {
		if strings.Contains(b, "34.7466") {
			t.Errorf("%s tells where the film was made", p)
		}
	}
	for _, text := range []string{"1\n00:00:00,000 --> 00:00:00,900\n他们跳下去\n", ""} {
		site["content/heroes/jia/a.srt"] = text
		if text == "" { // and without captions
			delete(site, "content/heroes/jia/a.srt")
			site["content/heroes/jia/index.md"] = strings.Replace(site["content/heroes/jia/index.md"], ", 字幕: a.srt", "", 1)
			if err := os.Remove(filepath.Join(dir, "content/heroes/jia/a.srt")); err != nil {
				t.Fatal(err)
			}
		}
		lay(t, dir, site)
		build(t, dir, "public")
		build(t, dir, "clean"+text[:min(1, len(text))])
		if diff := unlike(madeIn(t, filepath.Join(dir, "public")), madeIn(t, filepath.Join(dir, "clean"+text[:min(1, len(text))]))); diff != "" {
			t.Error(diff)
		}
	}
	if captions() != "" {
		t.Error("captions that nobody shows are left")
	}
}

// TestScreenFilms: a display plays its films in turn, with one element for all of them, and goes
// on with the slides.
func TestScreenFilms(t *testing.T) {
	t.Parallel() // it waits for films
	film := clip(t)
	ctx := browser(t)
	dir := t.TempDir()
	lay(t, dir, filmSite(film))
	build(t, dir, "public")
	site := serve(t, filepath.Join(dir, "public"))
	do(t, ctx, chromedp.Navigate(site.URL+"/screens/p/"))
	eval[bool](t, ctx, `(function () {
		var film = document.getElementById('film');
		window.ends = 0; window.seen = {};
		film.addEventListener('ended', function () { window.ends++; });
		setInterval(function () { window.seen[[].indexOf.call(document.querySelectorAll('.slide'), document.querySelector('.slide.on')) + (film.hidden ? '' : ' film')] = 1; }, 50);
		return true;
	})()`)
	if !testrun.Comes(func() bool { return eval[int](t, ctx, "window.ends") >= 4 }) {
		t.Fatalf("%d films came to their end; seen %s", eval[int](t, ctx, "window.ends"), eval[string](t, ctx, "JSON.stringify(window.seen)"))
	}
	if seen := eval[string](t, ctx, "Object.keys(window.seen).sort().join()"); seen != "0 film,1 film,2,3" {
		t.Errorf("seen: %s", seen)
	}
	if n := eval[int](t, ctx, "document.querySelectorAll('video').length * 100 + document.querySelectorAll('track').length"); n != 100 {
		t.Errorf("elements: %d", n)
	}
}
