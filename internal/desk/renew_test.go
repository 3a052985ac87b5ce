package desk

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Lists and the first page that are open follow what is saved elsewhere, by another tab or by
// somebody else on a shared folder, and take nothing from whoever looks at them: focus,
// scrolling, what is typed.
func TestListsFollow(t *testing.T) {
	var site strings.Builder
	site.WriteString("-- content/site.yaml --\n名称: 明灯\n网址: https://example.cn/\n")
	for i := range 60 {
		fmt.Fprintf(&site, "-- content/heroes/ren-%02d.md --\n---\n姓名: 林%02d号\n地区: 河东省\n授权: {公开: true}\n---\n他跳下河。\n", i, i)
	}
	r := start(t, site.String())
	w := r.browse(360, 5*time.Minute)
	name := func(i int, name string) {
		t.Helper()
		at := fmt.Sprintf("/_studio/edit/content/heroes/ren-%02d.md", i)
		values := r.form(at)
		values.Set("name", name)
		if a := r.save(at, values); a.Base == "" {
			t.Fatalf("%+v", a)
		}
	}
	const row = `document.querySelector('a[href$="ren-30.md"]')`
	w.goTo("/_studio/list/hero/?order=name")
	js[any](w, `window.marked = 1, document.getElementById('q').value = '找', 1`)
	js[any](w, row+`.focus(), `+row+`.scrollIntoView({block: 'center'}), 1`)
	top := js[float64](w, row+`.getBoundingClientRect().top`)
	same := func(what string) {
		t.Helper()
		if !js[bool](w, `window.marked === 1 && document.getElementById('q').value === '找'`) {
			t.Errorf("%s: the page was loaded anew, or what was typed is gone", what)
		}
		if at := js[string](w, `document.activeElement.getAttribute('href') ?? document.activeElement.tagName`); !strings.HasSuffix(at, "ren-30.md") {
			t.Errorf("%s: the focus went to %s", what, at)
		}
		if now := js[float64](w, row+`.getBoundingClientRect().top`); now < top-1 || now > top+1 {
			t.Errorf("%s: the row that was at %v px is at %v", what, top, now)
		}
	}
	name(31, "陈明远")
	w.wait(`document.querySelector('table.records').textContent.includes('陈明远')`)
	same("a name")
	name(30, "苏晚晴")
	w.wait(`document.querySelector('table.records').textContent.includes('苏晚晴')`)
	same("the name of what has the focus")
	r.put("content/heroes/aa.md", "---\n姓名: 安安\n地区: 河东省\n授权: {公开: true}\n---\n他跳下河。\n") // by another program
	w.wait(`document.getElementById('count').textContent === '61'`)
	same("a record above")
	if err := os.Remove(filepath.Join(r.dir, "content", "heroes", "ren-30.md")); err != nil {
		t.Fatal(err)
	}
	w.wait(`document.getElementById('count').textContent === '60'`)
	if at := js[string](w, `document.activeElement.getAttribute('href') ?? document.activeElement.tagName`); !strings.HasSuffix(at, "ren-31.md") {
		t.Errorf("where the focus was stands the next record, the focus is at %s", at)
	}
	if got := js[int](w, `document.querySelectorAll('table.records tbody tr').length`); got != 60 {
		t.Errorf("%d rows", got)
	}

	// By time, what was saved last comes to the top: who reads further down is not carried along.
	w.goTo("/_studio/list/hero/")
	js[any](w, `document.querySelectorAll('table.records tbody a')[40].focus(), document.activeElement.scrollIntoView({block: 'center'}), window.was = document.activeElement, window.top0 = was.getBoundingClientRect().top, 1`)
	last := js[string](w, `document.querySelectorAll('table.records tbody a')[39].getAttribute('href')`)
	values := r.form(last)
	values.Set("name", "顾长风")
	r.save(last, values)
	w.wait(`document.querySelector('table.records tbody a').textContent === '顾长风'`)
	if !js[bool](w, `document.activeElement === was && Math.abs(was.getBoundingClientRect().top - top0) <= 1`) {
		t.Errorf("the focus or the place was lost when another row went to the top: %s", js[string](w, `document.activeElement.outerHTML + (document.activeElement.getBoundingClientRect().top - top0)`))
	}

	w.goTo("/_studio/")
	js[any](w, `window.marked = 1, document.querySelector('ul.counts a').focus(), 1`)
	r.put("content/heroes/aa.md", "---\n姓名: 安安\n地区: 河东省\n授权: {公开: true}\n无此键: 1\n---\n他跳下河。\n")
	w.wait(`document.querySelector('section[aria-labelledby=faults] li')`)
	if !js[bool](w, `window.marked === 1 && document.activeElement.matches('ul.counts a')`) {
		t.Error("the first page was loaded anew, or lost the focus")
	}
	r.put("content/heroes/aa.md", "---\n姓名: 安安\n地区: 河东省\n授权: {公开: true}\n---\n他跳下河。\n")
	w.wait(`!document.querySelector('section[aria-labelledby=faults] li')`)
}
