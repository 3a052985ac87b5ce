package desk

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"

	"mingdeng/internal/testrun"
)

// TestFirstHour does what the first-hour guide says, step by step, as an editor does: in the
// browser alone, without touching a file or a command.
func TestFirstHour(t *testing.T) {
	for _, width := range []int64{1280, 390} {
		t.Run(fmt.Sprint(width), func(t *testing.T) { firstHour(t, width) })
	}
}

func firstHour(t *testing.T, width int64) {
	r := startIn(t, "", "")
	web, down := filepath.Join(t.TempDir(), "web"), t.TempDir()
	w := r.browse(width, 8*time.Minute)
	if _, err := chromedp.Call(w.ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{Behavior: browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: down}); err != nil {
		t.Fatal(err)
	}
	saved := func() {
		t.Helper()
		js[any](w, "document.getElementById('said').replaceChildren(), 1")
		w.press("保存")
		w.wait("document.getElementById('said').textContent.includes('已保存')")
	}
	at := func(part string) {
		t.Helper()
		w.wait("location.pathname.startsWith('/_studio/" + part + "') && document.readyState === 'complete'")
	}
	tick := func(label string) { t.Helper(); w.wait(field(label)); js[any](w, field(label)+".click(), 1") }
	choose := func(label, words string) {
		t.Helper()
		w.wait(field(label))
		js[any](w, `(() => { const s = `+field(label)+`; s.value = [...s.options].find(o => o.textContent === '`+words+`').value; s.dispatchEvent(new Event('input', { bubbles: true })); return 1; })()`)
	}

	// 2. A new site by five questions.
	at("start/")
	w.fill("单位名称", "清河市见义勇为协会")
	w.fill("网站的网址", "https://yx.qinghe.gov.cn/")
	w.fill("地区", "河东省/清河市")
	w.fill("先写哪一位英雄", "陈望")
	w.press("新建网站")

	// 3. The first hero.
	at("edit/")
	choose("状况", "健在")
	js[any](w, "document.getElementById('f-deed-date').focus(), 1")
	w.do(chromedp.KeyEvent("2024-07"))
	js[any](w, "document.getElementById('text').focus(), document.getElementById('text').select(), 1")
	w.do(chromedp.KeyEvent("他听见喊声，跳进河里，救起了两个孩子。"))
	saved()

	// 4. A picture, pasted.
	js[any](w, `(async () => {
		const canvas = new OffscreenCanvas(400, 500);
		canvas.getContext('2d').fillRect(50, 50, 200, 300);
		const data = new DataTransfer();
		data.items.add(new File([await canvas.convertToBlob({ type: 'image/png' })], '陈望.png', { type: 'image/png' }));
		document.getElementById('f-portrait-src').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
		return 1;
	})()`)
	w.wait("document.activeElement.id === 'f-portrait-alt'")
	w.do(chromedp.KeyEvent("河边的侧影，剪影"))

	// 5. Consent; public.
	tick("公开")
	js[any](w, "document.getElementById('f-consent-portrait').click(), 1")
	saved()
	w.press("发布")
	w.wait("document.body.textContent.includes('已设为公开')")

	// 6. A brief from a Word file.
	w.press("导入")
	at("import/")
	data := strings.ReplaceAll(fmt.Sprint([]byte(word(t, "表彰会在清河召开", "2025年3月1日，市见义勇为协会召开表彰会，三位同志受到表彰。", "会上宣读了决定。"))), " ", ",")
	js[any](w, `(async () => {
		const d = new DataTransfer();
		d.items.add(new File([new Uint8Array(`+data+`)], '表彰会.docx'));
		document.getElementById('drop').dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: d }));
		while (document.querySelectorAll('#chosen li').length < 1) await new Promise((f) => setTimeout(f, 10));
		return 1;
	})()`)
	w.press("看会变成什么")
	w.wait("document.getElementById('plan')")
	js[any](w, "document.querySelector('#plan tbody input[type=checkbox]').click(), 1") // its date is a guess
	js[any](w, "document.querySelector('#plan button.lit').click(), 1")
	w.wait("document.querySelector('[value=undo]') && document.querySelector('.rows a')")

	// 7. A venue and an exhibit; a mistake, told at its field, mended by its fix.
	w.goTo("/_studio/new/venue/")
	w.fill("叫什么", "清河公园")
	choose("类别（哪一类）", "主题公园")
	w.fill("地区（省/市/县）", "河东省/清河市")
	w.press("新建")
	at("edit/content/venues/")
	js[any](w, "document.getElementById('text').focus(), document.getElementById('text').select(), 1")
	w.do(chromedp.KeyEvent("河边的公园。"))
	w.press("发布")
	w.wait("document.body.textContent.includes('已设为公开')")
	w.goTo("/_studio/new/exhibit/")
	w.fill("叫什么", "一号展板")
	choose("放在哪里", "清河公园")
	choose("类别（哪一类）", "展板")
	w.press("新建")
	at("edit/content/venues/")
	js[any](w, "document.getElementById('text').focus(), document.getElementById('text').select(), 1")
	w.do(chromedp.KeyEvent("他的故事。"))
	js[any](w, "document.querySelector('[name=\"heroes.0\"]').focus(), 1")
	w.do(chromedp.KeyEvent("chen-wagn"))
	saved()
	w.wait("document.querySelector('[data-name=\"heroes.0\"] .finding.error .mend')")
	js[any](w, "document.querySelector('[data-name=\"heroes.0\"] .mend').click(), 1")
	w.wait("document.body.textContent.includes('已改好') && document.querySelector('[name=\"heroes.0\"]').value === '陈望'")
	w.press("发布")
	w.wait("document.body.textContent.includes('已设为公开')")
	w.goTo("/_studio/settings/samples/")
	w.press("都移走")
	w.wait("document.body.textContent.includes('示例已移走')")

	// 8. An older version comes back.
	w.goTo("/_studio/list/hero/")
	w.press("陈望")
	at("edit/")
	js[any](w, "document.getElementById('text').focus(), document.getElementById('text').select(), 1")
	w.do(chromedp.KeyEvent("写坏了。"))
	saved()
	js[any](w, "document.querySelector('.menu summary').click(), 1")
	w.press("历史")
	at("history/")
	js[any](w, "[...document.querySelectorAll('.records a')][1].click(), 1")
	w.wait("document.querySelector('.compare')")
	w.press("恢复")
	w.wait("document.body.textContent.includes('已恢复') && document.getElementById('text').value.includes('跳进河里')")

	// 9. A code, and the print package.
	w.press("铭牌")
	at("plaques/")
	w.press("发放编号")
	w.wait("document.getElementById('typed')")
	js[any](w, "document.getElementById('typed').focus(), 1")
	w.do(chromedp.KeyEvent("yx.qinghe.gov.cn"))
	w.press("发放编号")
	w.wait("document.body.textContent.includes('编号已发放')")
	js[any](w, "document.querySelector('button.lit').click(), 1")
	var packed []string
	testrun.Wait(t, func() bool {
		packed, _ = filepath.Glob(filepath.Join(down, "*.zip"))
		return len(packed) == 1
	}, "the print package")

	// 10. Published, to a folder.
	if err := os.MkdirAll(filepath.Dir(web), 0o755); err != nil {
		t.Fatal(err)
	}
	w.goTo("/_studio/publish/target/file/")
	w.fill("名字", "正式")
	w.fill("文件夹", web)
	w.press("保存")
	w.wait("document.querySelector('button[value=prepare]')")
	js[any](w, "document.querySelector('button[value=prepare]').click(), 1")
	w.wait("document.querySelector('button[value=publish]') && document.body.textContent.includes('新增')")
	js[any](w, "document.querySelector('button[value=publish]').click(), 1")
	w.wait("!document.querySelector('button[value=publish]') && document.querySelector('[value=leave]')")
	page, err := os.ReadFile(filepath.Join(web, "heroes", "chen-wang", "index.html"))
	if err != nil || !strings.Contains(string(page), "跳进河里") {
		t.Errorf("he is not on the web: %v\n%s", err, js[string](w, "document.body.innerText"))
	}
	if list, _ := filepath.Glob(filepath.Join(web, "Q", "*", "index.html")); len(list) == 0 {
		t.Error("his plaque opens nothing")
	}
	if list, _ := filepath.Glob(filepath.Join(web, "heroes", "lin-zhao-ye")); len(list) != 0 {
		t.Error("a sample is on the web")
	}
}
