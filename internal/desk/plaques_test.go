package desk

import (
	"archive/zip"
	"bytes"
	"context"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
	"pgregory.net/rapid"

	"mingdeng/internal/chromium"
	"mingdeng/internal/plaque/qr"
	"mingdeng/internal/testrun"
)

// plaqueSite has a venue with two exhibits, a sample, a draft, and one of somebody who has
// not consented.
const plaqueSite = `-- content/site.yaml --
title: 渡口区英雄谱
base_url: https://yx.qinghe.gov.cn/
organisation: {name: 渡口区见义勇为协会, phone: 0371-6000000}
-- content/venues/du-kou/_index.md --
---
name: 渡口公园
kind: park
region: 河东省/清河市
---
-- content/venues/du-kou/qiao.md --
---
name: 桥头石   # 石匠老周刻的
kind: stone
---

桥在这里。
-- content/venues/du-kou/deng.md --
---
name: 灯
kind: stone
plaque: {width: 200, distance: 1}   # 量过
---
-- content/venues/du-kou/li.md --
---
name: 样子
kind: stone
sample: true
---
-- content/venues/du-kou/cao.md --
---
name: 草稿石
kind: stone
draft: true
---
-- content/venues/du-kou/ren.md --
---
name: 无名石
kind: stone
heroes: [shen-mou]
---
-- content/heroes/shen-mou.md --
---
name: 沈丅某
kind: person
status: living
region: 河东省/清河市
consent: {publish: false}
---

他跳下去了。
`

const ledgerFile = "content/plaques.yaml"

// issued gives every exhibit of the site a code, by its page.
func (r *running) issued() map[string]string {
	r.t.Helper()
	status, page := r.post("/_studio/plaques/issue/", url.Values{"x": {"du-kou/qiao", "du-kou/deng", "du-kou/ren"}, "typed": {"yx.qinghe.gov.cn"}})
	if status != http.StatusOK || !strings.Contains(page, "编号已发放") {
		r.t.Fatalf("%d %s", status, page)
	}
	codes := map[string]string{}
	for _, m := range regexp.MustCompile(`code: "?(\w+)"?\n\s+exhibit: (\S+)`).FindAllStringSubmatch(r.read(ledgerFile), -1) {
		codes[path.Base(m[2])] = m[1]
	}
	return codes
}

func TestIssueAsks(t *testing.T) {
	r := start(t, plaqueSite)
	_, page := r.get("/_studio/plaques/")
	for x, offered := range map[string]bool{"qiao": true, "deng": true, "ren": true, "li": false, "cao": false} {
		if strings.Contains(page, `value="du-kou/`+x+`"`) != offered {
			t.Errorf("%s: offered is not %v", x, offered)
		}
	}
	if !strings.Contains(page, "样子") || !strings.Contains(page, "草稿石") {
		t.Error("what gets no code is not told")
	}
	_, page = r.get("/_studio/plaques/issue/?x=du-kou/qiao")
	for _, want := range []string{"桥头石", "收不回来", "https://yx.qinghe.gov.cn/", `name="typed"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the question lacks %s", want)
		}
	}
	for typed, status := range map[string]int{"": 422, "yx.qinghe.cn": 422} {
		got, page := r.post("/_studio/plaques/issue/", url.Values{"x": {"du-kou/qiao"}, "typed": {typed}})
		if got != status || !strings.Contains(page, "什么也没有发放") {
			t.Errorf("typed %q: %d", typed, got)
		}
		if _, err := os.Stat(filepath.Join(r.dir, "content", "plaques.yaml")); err == nil {
			t.Fatal("codes were issued all the same")
		}
	}
	if status, _ := r.post("/_studio/plaques/issue/", url.Values{"x": {"du-kou/li"}, "typed": {"yx.qinghe.gov.cn"}}); status != 422 {
		t.Errorf("a sample got a code: %d", status)
	}
	if status, page := r.post("/_studio/plaques/issue/", url.Values{"typed": {"yx.qinghe.gov.cn"}}); status != 422 || !strings.Contains(page, "请先勾选") {
		t.Errorf("nothing was chosen: %d", status)
	}
	codes := r.issued()
	if len(codes) != 3 {
		t.Fatalf("%v", codes)
	}
	_, page = r.get("/_studio/plaques/")
	for _, c := range codes {
		if !strings.Contains(page, "/_studio/plaques/code/"+c+"/") {
			t.Errorf("%s is not listed", c)
		}
	}
	before := r.read(ledgerFile)
	r.issued() // the page loaded anew
	if r.read(ledgerFile) != before {
		t.Error("a second sending gave second codes")
	}
	r.put("content/venues/du-kou/xin.md", "---\nname: 新石\nkind: stone\n---\n")
	testrun.Wait(t, func() bool { // the desk has yet to see the new file
		_, page = r.get("/_studio/plaques/issue/?x=du-kou/xin")
		return strings.Contains(page, "收不回来")
	}, "why codes cannot be taken back")
	if strings.Contains(page, `name="typed"`) {
		t.Error("the second time it asks for the address")
	}
}

func TestNoCodesForAnAddressThatDoesNotLast(t *testing.T) {
	for _, address := range []string{"https://yx.example.cn/", "http://localhost/", "http://192.168.1.4/"} {
		t.Run(address, func(t *testing.T) {
			r := start(t, strings.Replace(plaqueSite, "https://yx.qinghe.gov.cn/", address, 1))
			if _, page := r.get("/_studio/plaques/issue/?x=du-kou/qiao"); !strings.Contains(page, "/_studio/settings/") || strings.Contains(page, `<button class="lit">发放编号`) {
				t.Errorf("the way to the settings is not shown, or the button is: %s", page)
			}
			u, _ := url.Parse(address)
			if status, _ := r.post("/_studio/plaques/issue/", url.Values{"x": {"du-kou/qiao"}, "typed": {u.Host}}); status != 422 {
				t.Errorf("%d", status)
			}
			if _, err := os.Stat(filepath.Join(r.dir, "content", "plaques.yaml")); err == nil {
				t.Error("a code was issued")
			}
		})
	}
}

// printed is what the symbol of a code holds.
func printed(code string) string { return "https://YX.QINGHE.GOV.CN/Q/" + code + "/" }

// packed gets a package and reads it.
func (r *running) packed(query string) map[string][]byte {
	r.t.Helper()
	status, body := r.get("/_studio/plaques/package/?" + query)
	if status != http.StatusOK {
		r.t.Fatalf("%d %s", status, body)
	}
	z, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
	if err != nil {
		r.t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			r.t.Fatal(err)
		}
		if files[f.Name], err = io.ReadAll(in); err != nil {
			r.t.Fatal(err)
		}
		in.Close()
	}
	return files
}

func TestPrintPackage(t *testing.T) {
	r := start(t, plaqueSite)
	codes := r.issued()
	files := r.packed("venue=du-kou")
	want := []string{"给制作方的说明.txt", "du-kou/sheet.pdf", "du-kou/sheet-a3.pdf", "du-kou/manifest.csv", "du-kou/manifest.xlsx"}
	for _, c := range codes {
		for _, ending := range []string{"pdf", "svg", "dxf", "png"} {
			want = append(want, "du-kou/"+c+"."+ending)
		}
	}
	for _, name := range want {
		if len(files[name]) == 0 {
			t.Errorf("%s is not there", name)
		}
	}
	if len(files) != len(want) {
		t.Errorf("%d files, not %d", len(files), len(want))
	}
	for name, b := range files {
		if bytes.Contains(b, []byte("沈丅某")) || bytes.Contains(b, []byte("草稿石")) {
			t.Errorf("%s names somebody who must not be named", name)
		}
	}
	note := string(files["给制作方的说明.txt"])
	for _, w := range []string{"\ufeff", "\r\n", "桥头石", codes["qiao"], "宽 200 × 高 277.78 毫米", "0371-6000000", "渡口区见义勇为协会"} {
		if !strings.Contains(note, w) {
			t.Errorf("the note lacks %q:\n%s", w, note)
		}
	}
	if strings.Contains(strings.ReplaceAll(note, "\r\n", ""), "\n") || strings.ContainsAny(note, "{}") {
		t.Error("the note has bare line ends or blanks that were not filled in")
	}
	one := r.packed("code=" + codes["qiao"])
	if one["du-kou/"+codes["qiao"]+".pdf"] == nil || one["du-kou/"+codes["deng"]+".pdf"] != nil || bytes.Contains(one["du-kou/manifest.csv"], []byte(codes["deng"])) {
		t.Errorf("one code was asked for")
	}
	t.Run("scanned", func(t *testing.T) {
		ppm, zbar := testrun.Tool(t, "pdftoppm", "poppler-utils"), testrun.Tool(t, "zbarimg", "zbar-tools")
		dir := t.TempDir()
		for x, c := range codes {
			file := filepath.Join(dir, c)
			if err := os.WriteFile(file+".pdf", files["du-kou/"+c+".pdf"], 0o644); err != nil {
				t.Fatal(err)
			}
			if out, err := exec.Command(ppm, "-r", "96", "-png", "-singlefile", file+".pdf", file).CombinedOutput(); err != nil {
				t.Fatalf("%v %s", err, out)
			}
			text, err := exec.Command(zbar, "-q", "--raw", file+".png").Output()
			if err != nil || strings.TrimSpace(string(text)) != printed(c) {
				t.Errorf("%s: %q %v", x, text, err)
			}
		}
	})
	// Where the site has errors there is none, and it is told why.
	r.put("content/venues/du-kou/huai.md", "---\nname: 坏石\nkind: 不知道\n---\n")
	if status, page := r.get("/_studio/plaques/package/?venue=du-kou"); status != 422 || !strings.Contains(page, "打印包没有生成") || !strings.Contains(page, "huai.md") {
		t.Errorf("%d %s", status, page)
	}
	if status, _ := r.get("/_studio/plaques/package/"); status != 422 {
		t.Errorf("of no code: %d", status)
	}
}

func TestPlaqueTakesAnotherDesign(t *testing.T) {
	r := start(t, plaqueSite)
	codes := r.issued()
	at := "/_studio/plaques/code/" + codes["deng"] + "/"
	_, page := r.get(at)
	for _, want := range []string{`class="scale hand"`, "200 × 277.8 毫米", "design=panel", "/_studio/edit/content/venues/du-kou/deng.md"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	base := regexp.MustCompile(`name="base" value="(\w+)"`).FindStringSubmatch(page)[1]
	before := r.read("content/venues/du-kou/deng.md")
	if _, page = r.post(at, url.Values{"do": {"preview"}, "base": {base}, "design": {"panel"}}); !strings.Contains(page, `class="scale person"`) {
		t.Error("another design is not shown beside a person")
	}
	if _, page = r.post(at, url.Values{"do": {"preview"}, "design": {"panel"}, "width": {"200"}, "was.design": {"tag"}, "was.width": {"200"}}); !strings.Contains(page, "铭牌 900 × 1200 毫米") {
		t.Error("another design is not shown in its own size")
	}
	for problem, v := range map[string]url.Values{
		"请写 10 到 5000": {"do": {"save"}, "base": {base}, "design": {"plaque"}, "width": {"很宽"}},
		"没有保存":         {"do": {"save"}, "base": {base}, "design": {"tag"}, "width": {"30"}, "distance": {"9"}},
	} {
		if status, page := r.post(at, v); status != 422 || !strings.Contains(page, problem) || r.read("content/venues/du-kou/deng.md") != before {
			t.Errorf("%s: %d", problem, status)
		}
	}
	r.post(at, url.Values{"do": {"save"}, "base": {base}, "design": {"plaque"}, "material": {"metal"}, "distance": {"0.8"}})
	now := r.read("content/venues/du-kou/deng.md")
	if !strings.Contains(now, "name: 灯\nkind: stone\n") || !strings.Contains(now, "design: plaque") || !strings.Contains(now, "material: metal") || strings.Contains(now, "width") {
		t.Errorf("%s", now)
	}
	if _, page = r.get(at); !strings.Contains(page, "210 × 280 毫米") {
		t.Error("the saved design is not shown")
	}
	if status, page := r.post(at, url.Values{"do": {"save"}, "base": {base}, "design": {"tag"}}); status != 409 || !strings.Contains(page, "别人刚改过") {
		t.Errorf("a save over another's: %d", status)
	}
	status, svg := r.get("/_studio/plaques/art/" + codes["deng"] + ".svg")
	if status != 200 || !strings.Contains(svg, `viewBox="0 0 210 280"`) || strings.Contains(svg, "Marks") {
		t.Errorf("%d %.200s", status, svg)
	}
	if status, _ = r.get("/_studio/plaques/art/ZZZZ.svg"); status != 404 {
		t.Errorf("no such code: %d", status)
	}
}

func TestRetireAsks(t *testing.T) {
	r := start(t, plaqueSite)
	codes := r.issued()
	at := "/_studio/plaques/retire/" + codes["deng"] + "/"
	if _, page := r.get(at); !strings.Contains(page, "不能再启用") || !strings.Contains(page, codes["qiao"]+" 桥头石") || strings.Contains(r.read(ledgerFile), "retired") {
		t.Error("looking retired it, or it is not said what it means")
	}
	if status, _ := r.post(at, url.Values{"successor": {"ZZZZ"}}); status != 422 || strings.Contains(r.read(ledgerFile), "retired") {
		t.Errorf("an unknown successor: %d", status)
	}
	_, page := r.post(at, url.Values{"successor": {codes["qiao"]}})
	if !strings.Contains(page, "已停用") || !strings.Contains(r.read(ledgerFile), "successor: "+codes["qiao"]) {
		t.Errorf("%s", r.read(ledgerFile))
	}
	if status, _ := r.get("/_studio/plaques/package/?code=" + codes["deng"]); status != 422 {
		t.Errorf("a retired code is packed: %d", status)
	}
	if _, page = r.get("/_studio/plaques/"); !strings.Contains(page, `value="du-kou/deng"`) {
		t.Error("its exhibit is not offered another code")
	}
}

// uploaded sends files as a form does.
func (r *running) uploaded(to string, files map[string][]byte) (int, string) {
	r.t.Helper()
	return r.handed(to, "photo", files)
}

// handed sends files in an input of that name.
func (r *running) handed(to, input string, files map[string][]byte) (int, string) {
	r.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	_ = w.WriteField("token", r.token)
	for name, file := range files {
		part, err := w.CreateFormFile(input, name)
		if err != nil {
			r.t.Fatal(err)
		}
		_, _ = part.Write(file)
	}
	w.Close()
	req, err := http.NewRequest(http.MethodPost, r.at+to, &b)
	if err != nil {
		r.t.Fatal(err)
	}
	req.Header.Set("Content-Type", w.FormDataContentType())
	req.Header.Set("Origin", r.at)
	return r.answer(r.client.Do(req))
}

// symbolPhoto is a picture of a symbol on a wall.
func symbolPhoto(t *testing.T, text string) []byte {
	t.Helper()
	s, err := qr.Encode(text)
	if err != nil {
		t.Fatal(err)
	}
	const px, rim = 8, 60
	img := image.NewGray(image.Rect(0, 0, s.Size*px+2*rim, s.Size*px+2*rim))
	draw.Draw(img, img.Rect, image.NewUniform(color.Gray{230}), image.Point{}, draw.Src)
	for y := range s.Size * px {
		for x := range s.Size * px {
			if s.At(x/px, y/px) {
				img.SetGray(x+rim, y+rim, color.Gray{20})
			}
		}
	}
	return encoded(t, img)
}

func encoded(t *testing.T, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPhotosAreRead(t *testing.T) {
	r := start(t, plaqueSite)
	codes := r.issued()
	r.post("/_studio/plaques/retire/"+codes["deng"]+"/", url.Values{})
	heic := append([]byte{0, 0, 0, 24}, "ftypheic\x00\x00\x00\x00heicmif1"...)
	status, page := r.uploaded("/_studio/plaques/photo/", map[string][]byte{
		"1.png": symbolPhoto(t, printed(codes["qiao"])), "2.png": symbolPhoto(t, printed(codes["deng"])), "3.png": symbolPhoto(t, "https://pay.example.com/steal"),
		"4.png": encoded(t, image.NewGray(image.Rect(0, 0, 300, 300))), "5.heic": heic, "6.jpg": []byte("no picture"),
	})
	if status != http.StatusOK {
		t.Fatalf("%d %s", status, page)
	}
	for name, want := range map[string]string{
		"1.png": "在用", "2.png": "已停用", "3.png": "FOREIGN", "4.png": "没有读到", "5.heic": "HEIC", "6.jpg": "损坏",
	} {
		_, part, _ := strings.Cut(page, "<h2>"+name)
		part, _, _ = strings.Cut(part, "</section>")
		if !strings.Contains(part, want) {
			t.Errorf("%s: not %s: %s", name, want, part)
		}
	}
	if !strings.Contains(page, `role="alert"`) || strings.Contains(page, `href="https://pay`) {
		t.Error("a foreign code is no warning, or can be followed")
	}
	files, err := filepath.Glob(filepath.Join(r.dir, "*", "*.png"))
	if err != nil || len(files) > 0 {
		t.Errorf("photos were kept: %v %v", files, err)
	}
}

func TestTrialsOneRunAtATime(t *testing.T) {
	var one trials
	begun := make(chan bool)
	wait := func(ctx context.Context, r *trialRun) {
		close(begun)
		<-ctx.Done()
		one.mu.Lock()
		r.ended = true
		one.mu.Unlock()
	}
	if !one.start(t.Context(), []string{"A"}, wait) {
		t.Fatal("the first run did not begin")
	}
	<-begun
	if one.start(t.Context(), nil, func(context.Context, *trialRun) { t.Error("two runs at once") }) {
		t.Error("a second run began")
	}
	one.stop()
	if !one.last.ended {
		t.Error("stop did not wait")
	}
	over := make(chan bool)
	if !one.start(t.Context(), nil, func(context.Context, *trialRun) { close(over) }) {
		t.Error("nothing begins after a run has ended")
	}
	<-over
}

func TestIssueOneRunAtATime(t *testing.T) {
	var one issuings
	begun := make(chan bool)
	if !one.start(t.Context(), nil, "", func(ctx context.Context, r *issuing) { close(begun); <-ctx.Done(); r.err = ctx.Err() }) {
		t.Fatal("the first run did not begin")
	}
	<-begun
	if one.start(t.Context(), nil, "", func(context.Context, *issuing) { t.Error("two runs at once") }) {
		t.Error("a second run began")
	}
	one.stop()
	if !one.last.ended() || one.last.err == nil {
		t.Error("stop did not wait")
	}
	if !one.start(t.Context(), nil, "", func(context.Context, *issuing) { panic("a fault of the program") }) {
		t.Error("nothing begins after a run has ended")
	}
	<-one.last.over
	if one.last.err == nil {
		t.Error("a fault of the program is not told")
	}
}

func TestTrials(t *testing.T) {
	r := start(t, plaqueSite)
	c := r.issued()["qiao"]
	if _, page := r.get("/_studio/plaques/trials/?code=" + c); !strings.Contains(page, "开始试读") || !strings.Contains(page, "桥头石") {
		t.Fatal("it does not ask")
	}
	if status, page := r.get("/_studio/plaques/trials/"); status != 422 || !strings.Contains(page, "请先勾选") {
		t.Errorf("of no code: %d", status)
	}
	if !testrun.Long() {
		t.Skip("some 1,400 readings")
	}
	_, page := r.post("/_studio/plaques/trials/", url.Values{"code": {c}})
	for strings.Contains(page, "正在试读") {
		time.Sleep(200 * time.Millisecond)
		_, page = r.get("/_studio/plaques/trials/")
	}
	if !strings.Contains(page, "✓ 合格") || !strings.Contains(page, "gozxing") {
		t.Errorf("%s", page)
	}
	status, body := r.get("/_studio/plaques/trials/" + c + ".png")
	if _, err := png.Decode(strings.NewReader(body)); status != 200 || err != nil {
		t.Errorf("%d %v", status, err)
	}
}

// Both stand in one scale, apart from one another, and within the picture.
func TestScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.Float64Range(10, 5000).Draw(t, "w"), rapid.Float64Range(10, 5000).Draw(t, "h")
		s := newScale(w, h, "")
		size, ok := map[string][2]float64{"hand": {handWidth, handHeight}, "person": {personWidth, personHeight}, "door": {doorWidth, doorHeight}}[s.Beside]
		if !ok || s.PW != w || s.PH != h {
			t.Fatalf("%+v", s)
		}
		const hair = 1e-6
		for _, inside := range []bool{
			s.BX >= 0, s.BY >= -hair, s.BX+size[0] < s.X, s.BY+size[1] <= s.H+hair,
			s.Y >= -hair, s.X+w <= s.W, s.Y+h <= s.H, s.Ground == 0 || s.Y+h <= s.Ground+hair && s.BY+size[1] == s.Ground,
		} {
			if !inside {
				t.Fatalf("%+v", s)
			}
		}
	})
}

func TestPlaquesInABrowser(t *testing.T) {
	r := start(t, plaqueSite)
	ctx := chromium.Start(t, 5*time.Minute)
	down := t.TempDir()
	if err := chromedp.Do(ctx, chromedp.Navigate(r.opens)); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{Behavior: browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: down}); err != nil {
		t.Fatal(err)
	}
	err := chromedp.Do(ctx,
		chromedp.Navigate(r.at+"/_studio/plaques/"),
		chromium.Click(`form[action$="/issue/"] button`), chromium.WaitVisible(`#typed`),
		chromium.SendKeys(`#typed`, "yx.qinghe.gov.cn"), chromium.Click(`button.lit`), chromium.WaitVisible(`.fresh img`))
	if err != nil {
		t.Fatal(err)
	}
	wide, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`document.documentElement.scrollWidth > innerWidth`))
	if err != nil || wide {
		t.Errorf("at 360 px the page is too wide: %v", err)
	}
	if drawn, err := chromedp.Run(ctx, chromedp.Evaluate[int](`new Promise(done => { const end = Date.now() + 120000; (function look() { const n = [...document.images].filter(i => i.complete && i.naturalWidth).length; if (n === 3 || Date.now() > end) done(n); else setTimeout(look, 20); })(); })`, chromedp.EvalAwaitPromise)); err != nil || drawn != 3 {
		t.Errorf("%d of 3 plaques are drawn: %v", drawn, err)
	}
	if err := chromedp.Do(ctx, chromium.Click(`button.lit`)); err != nil {
		t.Fatal(err)
	}
	var list []string
	testrun.Wait(t, func() bool {
		list, _ = filepath.Glob(filepath.Join(down, "*.zip"))
		return len(list) == 1
	}, "the download")
	z, err := zip.OpenReader(list[0])
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	if len(z.File) != 3*4+5 || !strings.Contains(filepath.Base(list[0]), "铭牌打印包-渡口公园-2026-05-01") {
		t.Errorf("%s: %d files", list[0], len(z.File))
	}
}
