package browsertest

import (
	"bytes"
	"context"
	"encoding/binary"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"mingdeng/internal/chromium"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// tone is a WAV of so many seconds, 8 kHz, 8 bit.
func tone(seconds, step int) string {
	n := seconds * 8000
	var b bytes.Buffer
	b.WriteString("RIFF")
	binary.Write(&b, binary.LittleEndian, uint32(36+n))
	b.WriteString("WAVEfmt ")
	for _, x := range []any{uint32(16), uint16(1), uint16(1), uint32(8000), uint32(8000), uint16(1), uint16(8)} {
		binary.Write(&b, binary.LittleEndian, x)
	}
	b.WriteString("data")
	binary.Write(&b, binary.LittleEndian, uint32(n))
	for i := range n {
		b.WriteByte(byte(128 + i*step%9 - 4))
	}
	return b.String()
}

// voiceSite has every shape of recording: one that reads the page's text, one that tells
// something else, one with a transcript without times, a venue's with parts; in three editions.
func voiceSite() map[string]string {
	hero := "---\n姓名: 单渡\n地区: 河东省\n授权: {公开: true}\n示例: true\n"
	return map[string]string{
		"content/site.yaml":    "title: 英雄谱\nbase_url: https://h.cn/\neditions: [zh-Hans, zh-Hant, en]\n",
		"content/site.en.yaml": "title: Heroes\n",
		"content/heroes/du/index.md": hero + "摘要: 他从水里救出三个人。\n音频: {文件: nian.wav, 朗读: 王某, 文字稿: nian.vtt}\n---\n\n" +
			"那天傍晚，雨下了六个小时。\n他听见有人喊：“救命！”\n\n- 他跳下去。\n- 三个人都上了岸。\n\n后来他说：“{换|huàn}成谁都会去的。”\n",
		"content/heroes/du/nian.wav": tone(12, 1),
		"content/heroes/du/nian.vtt": "WEBVTT\n\n1\n00:00.000 --> 00:01.000\n单渡\n\n2\n00:01.000 --> 00:03.000\n那天傍晚 雨下了六个小时\n\n3\n00:03.000 --> 00:05.000\n他听见有人喊 救命 他跳下去\n\n" +
			"4\n00:05.000 --> 00:07.000\n三个人都上了岸\n\n5\n00:08.000 --> 00:11.000\n后来他说 换成谁都会去的\n",
		"content/heroes/du/index.en.md":      "---\nname: Shan Du\nsummary: He saved three people.\n---\n\nThat evening it rained.\n",
		"content/heroes/jia/index.md":        strings.Replace(hero, "单渡", "甲乙丙", 1) + "音频: {文件: ma.wav, 标题: 母亲讲述, 朗读: 李某, 文字稿: ma.vtt}\n---\n\n另外一篇文字。\n",
		"content/heroes/jia/ma.wav":          tone(9, 2),
		"content/heroes/jia/ma.vtt":          "WEBVTT\n\n00:00.500 --> 00:03.000\n<v 李某>他小时候 &lt;就&gt; 爱水。\n\n00:05.000 --> 00:08.000\n<v 记者>后来呢？\n",
		"content/anthology/shu/_index.md":    "---\n书名: 书\n---\n",
		"content/anthology/shu/wen/index.md": "---\n标题: 文\n音频: {文件: wen.wav, 文字稿: gao.md}\n---\n\n文。\n",
		"content/anthology/shu/wen/wen.wav":  tone(4, 3),
		"content/anthology/shu/wen/gao.md":   "编辑念的**前言**，见[[heroes/du]]。\n",
		"content/venues/yuan/_index.md":      "---\n名称: 小园\n类别: 游园\n地区: 河东省\n参观路线: [b, a]\n音频: {文件: zou.wav, 朗读: 讲解员, 文字稿: zou.vtt}\n---\n\n一座小园。\n",
		"content/venues/yuan/zou.wav":        tone(8, 4),
		"content/venues/yuan/zou.vtt":        "WEBVTT\n\n南门\n00:00.000 --> 00:03.000\n各位，这里是南门。\n\n湖边\n00:04.000 --> 00:07.000\n这里是湖。\n",
		"content/venues/yuan/a.md":           "---\n名称: 渡口\n类别: 展板\n英雄: [du]\n---\n",
		"content/venues/yuan/b.md":           "---\n名称: 水边\n类别: 展板\n音频: {文件: b.wav, 文字稿: shuo.md}\n---\n",
		"content/venues/yuan/b.wav":          tone(2, 5),
		"content/venues/yuan/shuo.md":        "这一处说的是水。\n",
		"content/venues/yuan/c.md":           "---\n名称: 不在路上\n类别: 展板\n英雄: [jia]\n---\n\n有自己的话。\n",
	}
}

// TestVoicePages: what a reader sees of recordings without a browser.
func TestVoicePages(t *testing.T) {
	dir := t.TempDir()
	lay(t, dir, voiceSite())
	r := build(t, dir, "public")
	if len(r.Findings) > 0 {
		t.Error(r.Findings)
	}
	page := func(p string) string {
		b, err := os.ReadFile(filepath.Join(dir, "public", p, "index.html"))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	for p, want := range map[string][]string{
		"heroes/du":          {`data-marks="1.0 那天傍晚雨下了六个小时他|`, `|4.3 他跳下去|5.0 三个人都上了岸|8.0 后来他说换成谁都会去的"`, "<span>12秒</span>", "朗读：王某", "96 KB", "!文字稿", "!data-speak"},
		"zh-hant/heroes/du":  {`data-marks="1.0 那天傍晚雨下了六個小時他|`, "朗讀：王某"},
		"en/heroes/du":       {"The voice is Chinese", "Read by 王某", "!data-marks", "data-speak"},
		"heroes/jia":         {`<p class="title">母亲讲述</p>`, `<p data-at="0"><b>李某：</b>他小时候 &lt;就&gt; 爱水。</p>`, `<p data-at="5"><b>记者：</b>后来呢？</p>`},
		"zh-hant/heroes/jia": {"他小時候 &lt;就&gt; 愛水。"},
		"anthology/shu/wen":  {`编辑念的<strong>前言</strong>，见<a href="/heroes/du/">单渡</a>`, "!data-speak"},
		"venues/yuan":        {`#t=4" data-at="4"><span>0:04</span> 湖边</a>`, `data-track="2">水边</a>`, `data-track="12">渡口</a>`, `!data-track="9"`, "<h3>南门</h3>"},
		"venues/yuan/a":      {"data-marks=", "/js/player"},
		"venues/yuan/c":      {"母亲讲述"},
	} {
		got := page(p)
		for _, w := range want {
			if w, not := strings.CutPrefix(w, "!"); strings.Contains(got, w) == not {
				t.Errorf("%s: %q: %v", p, w, !not)
			}
		}
	}
	if strings.Contains(page("venues/yuan/b"), "湖") || !strings.Contains(page("venues/yuan/b"), "这一处说的是水。") {
		t.Error("the transcript of an exhibit")
	}
	if exists(filepath.Join(dir, "public/venues/yuan/shuo")) {
		t.Error("a transcript became an exhibit")
	}
	// A page without a recording asks for none of it.
	if p := page("venues"); strings.Contains(p, "player") || strings.Contains(p, "data-voice") {
		t.Error("the player is loaded where nothing is played")
	}
}

// TestVoice plays recordings: the paragraph that is heard is lit, one voice sounds at a time,
// and the place is kept.
func TestVoice(t *testing.T) {
	ctx := browserThatPlays(t)
	dir := t.TempDir()
	lay(t, dir, voiceSite())
	build(t, dir, "public")
	site := serve(t, filepath.Join(dir, "public"))
	do(t, ctx, chromedp.Navigate(site.URL+"/heroes/du/"))
	faults := watch(t, ctx, site.URL)
	const spoken = `[].map.call(document.querySelectorAll('.spoken'), function (x) { return x.textContent })`
	if eval[bool](t, ctx, "!document.querySelector('audio').hidden || document.querySelector('.deck').hidden || document.querySelector('audio').networkState > 1") {
		t.Error("the deck is not there, or something was fetched before a tap")
	}
	lit := func(at, want string) {
		t.Helper()
		eval[any](t, ctx, "document.querySelector('audio').currentTime = "+at+" || 1")
		wait(t, ctx, `(document.querySelector('.spoken') || {textContent: ''}).textContent.indexOf('`+want+`') === 0`)
		if all := eval[[]string](t, ctx, spoken); len(all) != 1 {
			t.Errorf("at %s s are lit: %q", at, all)
		}
	}
	eval[any](t, ctx, "document.querySelector('.sound').click() || 1")
	wait(t, ctx, "document.querySelector('.sound').dataset.state === 'pause' && document.querySelector('audio').currentTime > 0")
	lit("1.5", "那天傍晚")
	lit("4.6", "他跳下去")
	lit("5.5", "三个人都上了岸")
	lit("9", "后来他说")
	if _, moved := eval[[]string](t, ctx, spoken), eval[string](t, ctx, "document.querySelector('.now').textContent"); !strings.HasPrefix(moved, "0:09 / 0:12") && !strings.HasPrefix(moved, "0:10") {
		t.Errorf("the clock says %q", moved)
	}
	eval[any](t, ctx, "document.querySelector('.sound').click() || 1")
	wait(t, ctx, "document.querySelector('.sound').dataset.state === 'resume'")

	// Come back: nothing is fetched, the place is there, and playing starts from it.
	do(t, ctx, chromedp.Navigate(site.URL+"/heroes/jia/"), chromedp.Navigate(site.URL+"/heroes/du/"))
	wait(t, ctx, "document.querySelector('.sound').dataset.state === 'resume' && +document.querySelector('.reel input').value >= 9")
	eval[any](t, ctx, "document.querySelector('.sound').click() || 1")
	wait(t, ctx, "document.querySelector('audio').currentTime > 9")
	// Another tab begins: this one falls silent.
	other, stop := chromedp.NewContext(ctx)
	defer stop()
	do(t, other, chromedp.Navigate(site.URL+"/heroes/jia/"))
	eval[any](t, other, "document.querySelector('.sound').click() || 1")
	wait(t, other, "document.querySelector('audio').currentTime > 0.6 && document.querySelector('.said').open && document.querySelector('.spoken').textContent.indexOf('李某') === 0")
	wait(t, ctx, "document.querySelector('audio').paused && document.querySelector('.sound').dataset.state === 'resume'")
	// And so does a second player of the same page.
	eval[any](t, other, `(function () { window.second = document.createElement('audio'); second.src = document.querySelector('audio').src; document.body.appendChild(second); return 1 })()`)
	eval[any](t, other, "document.querySelector('.sound').dataset.state === 'pause' || document.querySelector('.sound').click()")
	wait(t, other, "!document.querySelector('audio').paused")
	eval[any](t, other, "second.play().then(function () {}) && 1")
	wait(t, other, "!second.paused && document.querySelector('audio').paused")
	eval[any](t, other, "document.querySelector('.sound').click() || 1")
	wait(t, other, "second.paused && !document.querySelector('audio').paused")

	// A venue: parts lead to their place, its exhibits follow one another.
	do(t, ctx, chromedp.Navigate(site.URL+"/venues/yuan/"))
	eval[any](t, ctx, "document.querySelectorAll('.parts a')[1].click() || 1")
	wait(t, ctx, "document.querySelector('audio').currentTime >= 4 && document.querySelector('.parts .sounding').textContent.indexOf('湖边') > 0 && document.querySelector('.spoken').textContent === '这里是湖。'")
	eval[any](t, ctx, "document.querySelector('.tracks a').click() || 1")
	wait(t, ctx, "document.querySelector('.tracks .sounding a').textContent === '水边' && !document.querySelector('.spoken')")
	wait(t, ctx, "document.querySelector('.tracks .sounding a').textContent === '渡口' && document.querySelector('audio').currentTime > 0")

	// The search finds a page by what is said on it, not by what is only heard.
	do(t, ctx, chromedp.Navigate(site.URL+"/search/?q=%E5%90%8E%E6%9D%A5%E5%91%A2")) // 后来呢
	wait(t, ctx, `!!document.querySelector('#results a[href$="/heroes/jia/"]')`)
	do(t, ctx, chromedp.Navigate(site.URL+"/search/?q=%E5%89%8D%E8%A8%80")) // 前言
	wait(t, ctx, `!!document.querySelector('#results a[href$="/anthology/shu/wen/"]')`)

	// Without script the browser's player and links do all.
	do(t, ctx, chromedp.Navigate("about:blank"))
	call(t, ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	do(t, ctx, chromedp.Navigate(site.URL+"/venues/yuan/"))
	if got := eval[[]int](t, ctx, `[document.querySelector('audio').offsetHeight > 20 && document.querySelector('audio').controls ? 1 : 0, document.querySelector('.deck').offsetHeight, document.querySelectorAll('.tracks a[href$=".wav"]').length]`); !slices.Equal(got, []int{1, 0, 2}) {
		t.Errorf("without script: %v", got)
	}
	if list := faults(); len(list) > 0 {
		t.Error(list)
	}
}

// browserThatPlays is a browser in which a page may play at a script's word.
func browserThatPlays(t *testing.T) context.Context {
	t.Helper()
	return chromium.Start(t, 9*time.Minute, chromedp.Flag("autoplay-policy", "no-user-gesture-required"), chromedp.Flag("mute-audio", true))
}
