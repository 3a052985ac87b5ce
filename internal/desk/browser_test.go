package desk

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"mingdeng/internal/chromium"
	"mingdeng/internal/testrun"
)

// window is a browser at a desk.
type window struct {
	t   testing.TB
	ctx context.Context
	r   *running
}

// browse opens a browser of the given width, px, at the desk.
func (r *running) browse(width int64, limit time.Duration) *window {
	w := &window{r.t, chromium.Start(r.t, limit), r}
	w.do(chromedp.EmulateViewport(width, 900))
	w.do(chromedp.Navigate(r.opens))
	return w
}

func (w *window) do(a chromedp.Action[chromedp.Void]) {
	w.t.Helper()
	if _, err := chromedp.Run(w.ctx, a); err != nil {
		w.t.Fatal(err)
	}
}

// js runs a script in the page and returns what it, or its promise, gives.
func js[T any](w *window, script string) T {
	w.t.Helper()
	v, err := chromedp.Run(w.ctx, chromedp.Evaluate[T](script, func(p *runtime.EvaluateParams) { chromedp.EvalAwaitPromise(p) }))
	if err != nil {
		w.t.Fatalf("%v\n%s", err, script)
	}
	return v
}

// wait waits until a condition holds, while pages come and go.
func (w *window) wait(condition string) {
	w.t.Helper()
	if !testrun.Comes(func() bool {
		is, err := chromedp.Run(w.ctx, chromedp.Evaluate[bool](`(() => { try { return !!(`+condition+`); } catch (e) { return false; } })()`))
		return err == nil && is
	}) {
		w.t.Fatalf("waited in vain for %s\n%s", condition, js[string](w, "location.href + '\\n' + document.body.innerText"))
	}
}

// goTo opens a page of the desk.
func (w *window) goTo(path string) {
	w.t.Helper()
	w.do(chromedp.Navigate(w.r.at + path))
	w.wait("document.readyState === 'complete'")
}

// field is a script's word for the input whose label says so, within what a selector means.
func field(label string) string {
	return `[...document.querySelectorAll('label')].find(l => l.textContent.replace('必填', '').trim() === '` + label + `' && l.offsetParent).control`
}

// fill types into the field with that label, as a person does.
func (w *window) fill(label, text string) {
	w.t.Helper()
	w.wait(field(label))
	js[any](w, field(label)+`.focus(), `+field(label)+`.select?.(), 1`)
	w.do(chromedp.KeyEvent(text))
}

// press presses the button, or follows the link, that says so: one of the page's own before
// one that stands at its head.
func (w *window) press(words string) {
	w.t.Helper()
	find := `[...document.querySelectorAll('main button, main summary, main a'), ...document.querySelectorAll('header a, header button')].find(b => b.textContent.trim() === '` + words + `' && b.offsetParent)`
	w.wait(find)
	js[any](w, `window.pressedOn = 1, `+find+`.click(), 1`)
}

// The page beside a form follows what is typed; a save by the keyboard stays on the page; a
// picture that is pasted goes beside the record; words that a closed tab took are offered.
func TestWriting(t *testing.T) {
	r := start(t, strings.Replace(small, "自定的: 不认识的键也留着\n", "", 1))
	w := r.browse(1280, 5*time.Minute)
	const path = "/_studio/edit/content/heroes/lin.md"
	w.goTo(path)
	page := js[string](w, "document.getElementById('preview').src")
	js[any](w, "document.getElementById('text').focus(), document.getElementById('text').setSelectionRange(0, 0), 1")
	w.do(chromedp.KeyEvent("天亮以前。"))
	shows := func(words string) {
		t.Helper()
		testrun.Wait(t, func() bool {
			_, body := r.answer(r.client.Get(page))
			return strings.Contains(body, words)
		}, "%s in the page beside the form", words)
	}
	shows("天亮以前。")
	if strings.Contains(r.read("content/heroes/lin.md"), "天亮以前") {
		t.Error("written before it was saved")
	}

	// Another tab, as after a crash: the first one was never asked whether it may go.
	w.wait("!document.getElementById('unsaved').hidden")
	tab, closeTab := chromedp.NewContext(w.ctx)
	t.Cleanup(closeTab)
	w.ctx = tab
	w.do(chromedp.EmulateViewport(1280, 900))
	w.goTo(path)
	w.wait("!document.getElementById('restore').hidden")
	w.press("接着写")
	if text := js[string](w, "document.getElementById('text').value"); !strings.HasPrefix(text, "天亮以前。") {
		t.Errorf("lost: %s", text)
	}

	// By the keyboard alone.
	js[any](w, "document.getElementById('text').focus(), 1")
	w.do(chromedp.KeyEvent("s", chromedp.KeyModifiers(2)))
	w.wait("document.getElementById('said').textContent.includes('已保存')")
	if !strings.Contains(r.read("content/heroes/lin.md"), "天亮以前。") {
		t.Error("not saved")
	}

	// A list grows, by Enter on its button; the new item is where one writes next.
	js[any](w, "document.querySelector('#f-honors > p > .add').focus(), 1")
	w.do(chromedp.KeyEvent(kb.Enter))
	w.wait("document.activeElement.name === 'honors.2.title'")
	w.do(chromedp.KeyEvent("县级模范"))

	// A picture is pasted into the portrait.
	js[any](w, `(async () => {
		const canvas = new OffscreenCanvas(40, 40);
		canvas.getContext('2d').fillRect(0, 0, 40, 20);
		const file = new File([await canvas.convertToBlob({ type: 'image/png' })], '微信图片 1.png', { type: 'image/png' });
		const data = new DataTransfer();
		data.items.add(file);
		document.getElementById('f-portrait-src').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
		return 1;
	})()`)
	w.wait("document.getElementById('f-portrait-src').value === '微信图片-1.png' && document.activeElement.id === 'f-portrait-alt'")
	w.do(chromedp.KeyEvent("灯下的侧影"))
	js[any](w, "document.getElementById('said').replaceChildren(), 1")
	w.press("保存")
	w.wait("document.getElementById('said').textContent.includes('已保存')")
	got := r.read("content/heroes/lin/index.md")
	for _, words := range []string{"县级模范", "微信图片-1.png", "灯下的侧影", "# 这一行是编辑自己写的"} {
		if !strings.Contains(got, words) {
			t.Errorf("without %s:\n%s", words, got)
		}
	}
	if r.read("content/heroes/lin/微信图片-1.png") == "" {
		t.Error("no picture")
	}
}

// A record that is saved with an error has no page: that is said in its place, and the page is
// back with the next save.
func TestPreviewOfErrors(t *testing.T) {
	r := start(t, strings.Replace(small, "自定的: 不认识的键也留着\n", "", 1))
	w := r.browse(1280, 5*time.Minute)
	w.goTo("/_studio/edit/content/heroes/lin.md")
	date := `document.getElementById('f-deed-date')`
	was := js[string](w, date+".value")
	for _, c := range []struct {
		date, shown string
	}{{"2026-13-45", "#unshown"}, {was, "#preview"}} {
		js[any](w, date+`.value = '`+c.date+`', `+date+`.dispatchEvent(new Event('input', {bubbles: true})), 1`)
		w.press("保存")
		w.wait(`document.querySelector('` + c.shown + `').getClientRects().length && [...document.querySelectorAll('#unshown, #preview')].filter(e => e.getClientRects().length).length === 1`)
		if c.shown == "#unshown" { // and what is to be mended can be reached
			w.press("去看")
			w.wait(`document.activeElement === ` + date)
		}
	}
}
