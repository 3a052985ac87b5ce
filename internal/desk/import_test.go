package desk

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"mingdeng/internal/chromium"
	"mingdeng/internal/content"
	"mingdeng/internal/testrun"
)

const importSite = `
-- content/site.yaml --
名称: 试验
网址: https://example.cn/
-- content/heroes/卜渡.md --
---
姓名: 卜渡
地区: 某省/某市
授权:
  公开: false
---
-- content/anthology/渡口/_index.md --
---
书名: 渡口集
---
-- content/briefs/2023/走访.md --
---
标题: 走访
日期: 2023-05-01
---

看望了贺兰山。
`

// word is a Word file of paragraphs; the first is the title, centred and large.
func word(t testing.TB, paragraphs ...string) []byte {
	t.Helper()
	var b strings.Builder
	b.WriteString(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`)
	for i, p := range paragraphs {
		look, size := "", "32"
		if i == 0 {
			look, size = `<w:pPr><w:jc w:val="center"/></w:pPr>`, "44"
		}
		fmt.Fprintf(&b, `<w:p>%s<w:r><w:rPr><w:sz w:val="%s"/></w:rPr><w:t>%s</w:t></w:r></w:p>`, look, size, p)
	}
	b.WriteString(`</w:body></w:document>`)
	return zipped(t, map[string]string{"word/document.xml": b.String()})
}

func zipped(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for name, text := range files {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// sheet is a workbook with one sheet of rows.
func sheet(t testing.TB, rows ...[]string) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range rows {
		for k, text := range row {
			at, err := excelize.CoordinatesToCellName(k+1, i+1)
			if err == nil {
				err = f.SetCellStr("Sheet1", at, text)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var brief = []string{"颁奖典礼举行", "2023年6月14日", "六月十四日，协会在市艺术中心举行颁奖典礼，三个群体、四名个人受到表彰。"}

type upload struct {
	name string
	data []byte
}

// hand hands files in as a form without script does, and returns the page that it leads to
// when the plan is made, with the address of the import.
func (r *running) hand(choices url.Values, files ...upload) (at, page string) {
	r.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	field := func(name, value string) {
		if err := m.WriteField(name, value); err != nil {
			r.t.Fatal(err)
		}
	}
	field("token", r.token)
	for name, values := range choices {
		field(name, values[0])
	}
	for _, f := range files {
		h := textproto.MIMEHeader{"Content-Disposition": {`form-data; name="file"; filename="` + strings.NewReplacer(`\`, `\\`, `"`, "%22", "\n", "%0A").Replace(f.name) + `"`}}
		w, err := m.CreatePart(h)
		if err == nil {
			_, err = w.Write(f.data)
		}
		if err != nil {
			r.t.Fatal(err)
		}
	}
	if err := m.Close(); err != nil {
		r.t.Fatal(err)
	}
	req, err := http.NewRequest(http.MethodPost, r.at+"/_studio/import/", &b)
	if err != nil {
		r.t.Fatal(err)
	}
	req.Header.Set("Content-Type", m.FormDataContentType())
	req.Header.Set("Origin", r.at)
	a, err := r.client.Do(req)
	if err != nil {
		r.t.Fatal(err)
	}
	at = a.Request.URL.Path
	_, page = r.answer(a, nil)
	return at, r.planned(at, page)
}

// act fills in the form of an import and waits for what comes of it.
func (r *running) act(at string, form url.Values) string {
	r.t.Helper()
	_, page := r.post(at, form)
	return r.planned(at, page)
}

// planned waits for a plan as a browser without script does: the page renews itself.
func (r *running) planned(at, page string) string {
	r.t.Helper()
	testrun.Wait(r.t, func() bool {
		if strings.Contains(page, `id="wait"`) {
			_, page = r.get(at)
		}
		return !strings.Contains(page, `id="wait"`)
	}, "the plan")
	return page
}

// fields are the inputs of a plan's page, as a browser would send them.
func fields(page string) url.Values {
	v := url.Values{}
	for _, tag := range regexp.MustCompile(`<input [^>]*>`).FindAllString(page, -1) {
		get := func(name string) string {
			m := regexp.MustCompile(` ` + name + `="([^"]*)"`).FindStringSubmatch(tag)
			if m == nil {
				return ""
			}
			return m[1]
		}
		if name := get("name"); name != "" && (get("type") != "checkbox" || strings.Contains(tag, " checked")) {
			v.Add(name, get("value"))
		}
	}
	return v
}

// has tells of the texts that a page does not hold.
func has(t *testing.T, page string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(page, text) {
			i := max(0, strings.Index(page, "<main"))
			t.Errorf("the page does not say %q:\n%s", text, page[i:min(len(page), i+2500)])
			return
		}
	}
}

func (r *running) isThere(name string) bool {
	_, err := os.Stat(filepath.Join(r.dir, filepath.FromSlash(name)))
	return err == nil
}

// TestImport: files are planned, a cell is mended, a row left out, the rest written as one
// step, and taken back but for what was edited since.
func TestImport(t *testing.T) {
	temp := t.TempDir()
	for _, name := range []string{"TMPDIR", "TMP", "TEMP"} {
		t.Setenv(name, temp)
	}
	r := start(t, importSite)
	status, page := r.get("/_studio/import/")
	if status != http.StatusOK {
		t.Fatal(status)
	}
	has(t, page, `id="folder"`, "渡口集", `value="某省/某市"`)

	at, page := r.hand(url.Values{"region": {"某省/某市"}},
		upload{"资料/颁奖.docx", word(t, brief...)},
		upload{"资料/名单.xlsx", sheet(t, []string{"姓名", "性别", "身份证号"}, []string{"沈丅川", "男", "11010519491231002X"}, []string{"卜渡", "男", ""}, []string{"贺兰山", "女", ""}, []string{"单有田", "男", ""}, []string{"单有田", "女", ""})},
		upload{"资料/旧.doc", []byte("\xd0\xcf\x11\xe0")},
		upload{"资料/合影.jpg", []byte("x")})
	has(t, page, "可以导入 4 条，其中存疑 2 条，不能导入 2 条，不能导入 1 个文件。", "老格式的 Word", "1 张图片没有单独导入", "名单上有同名的人", "没有改动它", "姓名已写在网站的文章里", "content/briefs/2023/颁奖典礼举行.md")
	if strings.Contains(page, "19491231") {
		t.Error("a private number is shown")
	}
	form := fields(page)
	if got := len(form["tick"]); got != 2 {
		t.Fatalf("%d rows are ticked, want the 2 that are not doubtful", got)
	}
	number := func(name string) string {
		m := regexp.MustCompile(`name="(?:name|title)\.(\d+)" value="` + name + `"`).FindStringSubmatch(page)
		if m == nil {
			t.Fatal("no row of", name, page)
		}
		return m[1]
	}
	brief, shen := number("颁奖典礼举行"), number("沈丅川")
	form["tick"] = []string{brief, shen}

	// A bad value is told at its cell, and nothing is written.
	form.Set("date."+brief, "六月")
	form.Set("do", "import")
	status, page = r.post(at, form)
	if status != http.StatusUnprocessableEntity {
		t.Error(status)
	}
	has(t, page, `aria-invalid="true"`, "写成 2026-04-05", "改好标出的地方")
	form.Set("date."+brief, "2023-06-15")
	form.Set("title."+brief, "走访") // is there already
	page = r.act(at, form)
	has(t, page, "已经有叫这个名字的")
	if r.isThere("content/heroes/沈丅川.md") {
		t.Fatal("something was written of a plan with a wrong cell")
	}

	form.Set("title."+brief, "颁奖记")
	form.Set("date."+brief, "2022-12-31")
	form.Set("deed.date."+shen, "2021-07")
	form.Set("region."+shen, "某省／某县")
	page = r.act(at, form)
	has(t, page, "导入了 2 条", "/_studio/edit/content/briefs/2022/%E9%A2%81", "撤销")
	text := r.read("content/briefs/2022/颁奖记.md")
	for _, want := range []string{"标题: 颁奖记\n", "日期: 2022-12-31", "草稿: true", "受到表彰"} {
		if !strings.Contains(text, want) {
			t.Errorf("the brief lacks %q:\n%s", want, text)
		}
	}
	text = r.read("content/heroes/沈丅川.md")
	for _, want := range []string{"日期: 2021-07", "地区: 某省/某县", "公开: false"} {
		if !strings.Contains(text, want) {
			t.Errorf("the hero lacks %q:\n%s", want, text)
		}
	}
	if r.isThere("content/heroes/单有田.md") {
		t.Error("a row that was not ticked was written")
	}
	if list, _ := filepath.Glob(filepath.Join(temp, shelterName+"*", "*", "*")); len(list) > 0 {
		t.Errorf("after the import there are still %q", list)
	}
	if _, page = r.get("/_studio/edit/content/heroes/" + url.PathEscape("沈丅川") + ".md"); !strings.Contains(page, "沈丅川") {
		t.Error("the record has no form")
	}

	if _, page = r.get("/_studio/history/content/heroes/" + url.PathEscape("沈丅川") + ".md"); !strings.Contains(page, "导入了 2 条") {
		t.Error("the import is no version")
	}

	r.put("content/heroes/沈丅川.md", r.read("content/heroes/沈丅川.md")+"\n又写了一句。\n")
	page = r.act(at, url.Values{"do": {"undo"}})
	has(t, page, "已撤销", "拿掉了 1 条", "留着没动", "沈丅川")
	if r.isThere("content/briefs/2022/颁奖记.md") || !r.isThere("content/heroes/沈丅川.md") || !r.isThere("content/briefs/2023/走访.md") {
		t.Error("the undo took away too much or too little")
	}
	page = r.act(at, url.Values{"do": {"undo"}}) // pressed twice
	has(t, page, "拿掉了 1 条")
}

// TestImportChapters: a new book comes with its first chapter, and not without one.
func TestImportChapters(t *testing.T) {
	r := start(t, importSite)
	_, page := r.hand(url.Values{"kind": {"chapter"}}, upload{"1.docx", word(t, brief...)})
	has(t, page, "文章要放进一本书", "刚才给的文件都还在：1 个", "replan")
	at, page := r.hand(url.Values{"kind": {"chapter"}, "newbook": {"《新书》"}}, upload{"01 甲.docx", word(t, "甲的故事", brief[2])}, upload{"02 乙.docx", word(t, "乙的故事", brief[2])})
	has(t, page, "可以导入 2 条", "content/anthology/新书/01-甲的故事.md")
	form := fields(page)
	form["tick"] = form["tick"][1:]
	form.Set("do", "import")
	page = r.act(at, form)
	has(t, page, "导入了 1 条")
	if !r.isThere("content/anthology/新书/_index.md") || !r.isThere("content/anthology/新书/02-乙的故事.md") || r.isThere("content/anthology/新书/01-甲的故事.md") {
		t.Error("not the one chapter and its book")
	}
	if _, page = r.get("/_studio/"); strings.Contains(page, "处错误") {
		t.Errorf("the site has errors now:\n%s", page)
	}
	r.act(at, url.Values{"do": {"undo"}})
	if r.isThere("content/anthology/新书") {
		t.Error("the book is still there")
	}
}

// TestImportPage: a saved page takes the pictures along that lie in its folder; a folder that
// is chosen comes with its names.
func TestImportPage(t *testing.T) {
	r := start(t, importSite)
	jpg, err := os.ReadFile("../importer/testdata/640.jpg")
	if err != nil {
		t.Fatal(err)
	}
	html := `<!doctype html><meta charset="utf-8"><title>渡口的灯</title><article><h1>渡口的灯</h1><p>2023年6月14日</p><p>` + strings.Repeat("那一夜，渡口的灯一直亮着。", 20) + `</p><p><img src="灯_files/640.jpg" alt="灯"></p><p>后来人们都记得。</p></article>`
	at, page := r.hand(nil, upload{"存/灯.html", []byte(html)}, upload{"存/灯_files/640.jpg", jpg}, upload{"存/别的.jpg", jpg})
	has(t, page, "可以导入 1 条", "1 张图片没有单独导入", "1 张图片</small>", "index.md")
	form := fields(page)
	form["tick"] = form["row"]
	form.Set("do", "import")
	form.Set("title.0", "灯")
	has(t, r.act(at, form), "导入了 1 条")
	if got, err := os.ReadFile(filepath.Join(r.dir, "content/briefs/2023/灯/picture-1.jpg")); err != nil || !bytes.Equal(got, jpg) {
		t.Errorf("the picture: %v", err)
	}
	if text := r.read("content/briefs/2023/灯/index.md"); !strings.Contains(text, "picture-1.jpg") {
		t.Error(text)
	}
	r.act(at, url.Values{"do": {"undo"}})
	if r.isThere("content/briefs/2023/灯") {
		t.Error("the folder is still there")
	}
}

// TestPlace: whatever files are called, each has a place of its own below the intake, one that
// every file system takes.
func TestPlace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		part := rapid.StringOfN(rapid.SampledFrom([]rune(`/\\..:*?"<>| aAcoOnN灯é~`+"\x00\x01\n\u202e\ufffd𠮷")), 0, 300, -1)
		in := &intake{taken: map[string]bool{}}
		used := map[string]bool{}
		for _, name := range rapid.SliceOfN(part, 1, 20).Draw(t, "names") {
			at := in.place(name)
			if at == "" {
				continue
			}
			if !filepath.IsLocal(filepath.FromSlash(at)) || !fs.ValidPath(at) {
				t.Fatalf("%q goes to %q", name, at)
			}
			for _, p := range strings.Split(at, "/") {
				if bad, _ := content.BadFileName(p); bad != "" || len(p) > 160 {
					t.Fatalf("%q goes to %q: %s", name, at, bad)
				}
			}
			for dir := strings.ToLower(at); dir != "."; dir = path.Dir(dir) {
				if used[dir] {
					t.Fatalf("%q goes to %q, where another file is", name, at)
				}
			}
			for other := range used {
				if strings.HasPrefix(other, strings.ToLower(at)+"/") {
					t.Fatalf("%q goes to %q, where a folder is", name, at)
				}
			}
			used[strings.ToLower(at)] = true
		}
	})
}

// TestImportLate: where one of the records has come to be there since the plan was made, none
// is written.
func TestImportLate(t *testing.T) {
	r := start(t, importSite)
	at, page := r.hand(nil, upload{"甲.docx", word(t, "甲的故事", brief[1], brief[2])}, upload{"乙.docx", word(t, "乙的故事", brief[1], brief[2])})
	r.put("content/briefs/2023/乙的故事.md", "---\n标题: 另一篇\n日期: 2023-01-01\n---\n")
	form := fields(page)
	form.Set("do", "import")
	page = r.act(at, form)
	has(t, page, "刚刚已经有了", "可以导入 2 条")
	if r.isThere("content/briefs/2023/甲的故事.md") || !strings.Contains(r.read("content/briefs/2023/乙的故事.md"), "另一篇") {
		t.Error("something was written")
	}
	page = r.act(at, url.Values{"do": {"replan"}})
	has(t, page, "乙的故事-2.md") // another record has that file
	form = fields(page)
	form.Set("do", "import")
	has(t, r.act(at, form), "导入了 2 条")
}

// TestImportAgain: the same files can be planned with other choices, and many rows are shown
// a page at a time without losing what was changed on the others.
func TestImportAgain(t *testing.T) {
	r := start(t, importSite)
	rows := [][]string{{"姓名", "性别"}}
	for i := range 250 {
		rows = append(rows, []string{"陈" + string([]rune("甲乙丙丁戊己庚辛壬癸")[i%10]) + string(rune(0x5341+i)), "男"})
	}
	at, page := r.hand(nil, upload{"名单.xlsx", sheet(t, rows...)})
	has(t, page, "可以导入 250 条，其中存疑 250 条", "没有地区", "1 / 3")
	_, page = r.post(at, url.Values{"do": {"again"}})
	has(t, page, "刚才给的文件都还在：1 个")
	_, page = r.post(at, url.Values{"do": {"replan"}, "region": {"某省/某市/某县/甲/乙/丙/丁"}})
	has(t, page, "地区写成 省/市/县")
	page = r.act(at, url.Values{"do": {"replan"}, "region": {"某省"}})
	has(t, page, "可以导入 250 条。", `<span id="ticked">250</span>`)

	form := fields(page)
	form.Set("region.0", "某省/别处")
	form["tick"] = form["tick"][1:] // all but the second: the first is kept by its number
	form.Set("do", "page:3")
	page = r.act(at, form)
	has(t, page, "3 / 3", `<span id="ticked">249</span>`)
	form = fields(page)
	form.Set("do", "import")
	if page = r.act(at, form); !strings.Contains(page, "导入了 249 条") {
		t.Fatal(page)
	}
	list, err := filepath.Glob(filepath.Join(r.dir, "content/heroes/陈*.md"))
	if err != nil || len(list) != 249 {
		t.Errorf("%v: %d files", err, len(list))
	}
	r.act(at, url.Values{"do": {"undo"}})
	if list, _ = filepath.Glob(filepath.Join(r.dir, "content/heroes/*.md")); len(list) != 1 {
		t.Errorf("%d files are left", len(list))
	}
}

// TestImportHostile: whatever a file is called and holds, it lies nowhere but in the shelter,
// and what is wrong with it is told in words.
func TestImportHostile(t *testing.T) {
	temp := t.TempDir()
	for _, name := range []string{"TMPDIR", "TMP", "TEMP"} {
		t.Setenv(name, temp)
	}
	r := start(t, importSite)
	before := files(t, filepath.Join(r.dir, "content"))
	bomb := zipped(t, map[string]string{"word/document.xml": strings.Repeat(" ", 40<<20)})
	_, page := r.hand(nil,
		upload{"../../../../etc/甲.docx", word(t, "甲的故事", brief[2])},
		upload{`C:\Windows\乙.docx`, word(t, "乙的故事", brief[2])},
		upload{"丙\ufffd\u202e[31m.docx", word(t, "丙的故事", brief[2])},
		upload{"con.docx", word(t, "丁的故事", brief[2])},
		upload{"同.docx", word(t, "戊的故事", brief[2])}, upload{"同.docx", word(t, "己的故事", brief[2])},
		upload{"同.docx/里.docx", word(t, "庚的故事", brief[2])},
		upload{strings.Repeat("长", 300) + ".docx", word(t, "辛的故事", brief[2])},
		upload{"弹.docx", bomb},
		upload{"大.docx", make([]byte, maxGivenOne+1)},
		upload{"空.docx", nil},
		upload{"..", []byte("x")},
		upload{"<script>alert(1)</script>.exe", []byte("MZ")},
		upload{"~$锁.docx", []byte("x")})
	has(t, page, "可以导入 8 条", "不能导入 5 个文件", "展开以后大得反常", "超过 128 MB", "文件名读不出来", "不认识这种文件", "&lt;script&gt;")
	for _, bad := range []string{"\u202e", "<script>alert"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
	if after := files(t, filepath.Join(r.dir, "content")); after != before {
		t.Errorf("the site was %s, is %s", before, after)
	}
	if list, _ := filepath.Glob(filepath.Join(temp, "*")); len(list) != 1 {
		t.Errorf("outside the shelter: %q", list)
	}
	if _, page = r.hand(nil, upload{"丙\x1b.docx", nil}); !strings.Contains(page, "看不见的字符") {
		t.Error("a name that no header can hold is not told")
	}
	// Bytes beyond the form's end, no token, another session's.
	for _, token := range []string{"", "x"} {
		r.token = token
		req, err := http.NewRequest(http.MethodPost, r.at+"/_studio/import/", strings.NewReader("--b\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n"+token+"\r\n--b--\r\n"))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "multipart/form-data; boundary=b")
		req.Header.Set("Origin", r.at)
		if status, _ := r.answer(r.client.Do(req)); status != http.StatusForbidden {
			t.Errorf("with the token %q: %d", token, status)
		}
	}
}

// files lists what lies in a folder.
func files(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(p string, e os.DirEntry, err error) error {
		fmt.Fprintln(&b, p)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestShelter: what a desk leaves behind that was killed goes with the next one, what another
// holds stays.
func TestShelter(t *testing.T) {
	temp := t.TempDir()
	for _, name := range []string{"TMPDIR", "TMP", "TEMP"} {
		t.Setenv(name, temp)
	}
	held, err := newShelter()
	if err != nil {
		t.Fatal(err)
	}
	forsaken := filepath.Join(temp, shelterName+"1")
	if err := os.MkdirAll(filepath.Join(forsaken, "x", "in"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(forsaken, shelterLock), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := newShelter()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(forsaken); err == nil {
		t.Error("the forsaken one is still there")
	}
	if _, err := os.Stat(held.dir); err != nil {
		t.Error("one that is in use is gone")
	}
	for _, s := range []*shelter{held, s} {
		if err := s.close(); err != nil {
			t.Error(err)
		}
	}
	if list, _ := filepath.Glob(filepath.Join(temp, "*")); len(list) > 0 {
		t.Errorf("left: %q", list)
	}
}

// TestImportInBrowser: files are dropped on the page, a cell is mended, a row left out, all
// is written and taken back.
func TestImportInBrowser(t *testing.T) {
	ctx := chromium.Start(t, 5*time.Minute, chromedp.WindowSize(1280, 900))
	r := start(t, importSite)
	js := func(script string) string {
		t.Helper()
		got, err := chromedp.Run(ctx, chromedp.Evaluate[string](script, func(p *runtime.EvaluateParams) { chromedp.EvalAwaitPromise(p) }))
		if err != nil {
			t.Fatal(err, script)
		}
		return got
	}
	do := func(actions ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		if err := chromedp.Do(ctx, actions...); err != nil {
			t.Fatal(err)
		}
	}
	// until waits while pages come and go.
	until := func(condition string) {
		t.Helper()
		testrun.Wait(t, func() bool {
			ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](condition))
			return err == nil && ok
		}, "%s", condition)
	}
	do(chromedp.Navigate(r.opens), chromedp.WaitReady("#main"), chromedp.Navigate(r.at+"/_studio/import/"), chromedp.WaitReady("#drop"))
	data := func(b []byte) string { return strings.ReplaceAll(fmt.Sprint([]byte(b)), " ", ",") }
	js(`(async () => {
		const d = new DataTransfer();
		d.items.add(new File([new Uint8Array(` + data(word(t, brief...)) + `)], '颁奖.docx'));
		d.items.add(new File([new Uint8Array(` + data(sheet(t, []string{"姓名", "性别"}, []string{"沈丅川", "男"}, []string{"顾南星", "女"})) + `)], '名单.xlsx'));
		document.getElementById('drop').dispatchEvent(new DragEvent('drop', {bubbles: true, cancelable: true, dataTransfer: d}));
		while (document.querySelectorAll('#chosen li').length < 2) await new Promise((f) => setTimeout(f, 10));
		document.getElementById('region').value = '某省/某市';
		return '';
	})()`)
	do(chromium.Click("#import button.lit"))
	until(`!!document.getElementById('plan') && document.readyState === 'complete'`)
	if got := js(`document.querySelector('.sums').textContent`); got != "可以导入 3 条。" {
		t.Error(got)
	}
	do(chromedp.SetValue(`[name^="title."]`, "颁奖记"), chromium.Click(`[aria-label="导入 顾南星"]`))
	if got := js(`document.getElementById('ticked').textContent`); got != "2" {
		t.Errorf("%s are ticked", got)
	}
	do(chromium.Click("#plan button.lit"))
	until(`!!document.querySelector('[value=undo]') && document.readyState === 'complete'`)
	if got := js(`[...document.querySelectorAll('.rows a')].map((a) => a.textContent).join()`); got != "颁奖记,沈丅川" && got != "沈丅川,颁奖记" {
		t.Error(got)
	}
	if !r.isThere("content/briefs/2023/颁奖记.md") || !r.isThere("content/heroes/沈丅川.md") || r.isThere("content/heroes/顾南星.md") {
		t.Error("not what was ticked")
	}
	do(chromium.Click(`[value=undo]`))
	until(`document.querySelector('h1')?.textContent === '已撤销'`)
	if r.isThere("content/briefs/2023/颁奖记.md") || r.isThere("content/heroes/沈丅川.md") {
		t.Error("still there after the undo")
	}
}
