package browsertest

import (
	"image/png"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp"

	"mingdeng/internal/plaque/qr"
	"mingdeng/internal/testrun"
)

// Pages print as a sheet: few pages, dark ink on white also for readers who chose night,
// and at the foot the page's address as a symbol that reads.
func TestPrint(t *testing.T) {
	ctx := browser(t)
	ppm := testrun.Tool(t, "pdftoppm", "poppler-utils")
	out, _ := demo(t)
	site := serve(t, out)
	var cards atomic.Int64
	plain := site.Config.Handler
	site.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/card.jpg") {
			cards.Add(1)
		}
		plain.ServeHTTP(w, r)
	})
	const night = `document.documentElement.classList.add("night"), true`
	for page, most := range map[string]int{"heroes/shen-du-chuan/": 2, "briefs/2022/zi-jing-shan-sheng-ji/": 1, "venues/zi-jing-shan/panel-21/": 1, "heroes/wu-bin/": 1} {
		if err := chromedp.Do(ctx, chromedp.Navigate(site.URL+"/"+page)); err != nil {
			t.Fatal(err)
		}
		if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](night)); err != nil {
			t.Fatal(err)
		}
		// The cards stand in these pages for messengers, not for visitors' data plans. (What
		// is printed is fetched whole.)
		if n := cards.Swap(0); n > 0 {
			t.Errorf("a visit to %s fetched %d share cards", page, n)
		}
		pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground()))
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		file := filepath.Join(dir, "page.pdf")
		if err := os.WriteFile(file, pdf, 0o644); err != nil {
			t.Fatal(err)
		}
		if msg, err := exec.Command(ppm, "-r", "110", "-png", file, filepath.Join(dir, "p")).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, msg)
		}
		sheets, _ := filepath.Glob(filepath.Join(dir, "p*.png"))
		if len(sheets) == 0 || len(sheets) > most {
			t.Errorf("%s takes %d pages, %d are allowed", page, len(sheets), most)
		}
		var read []string
		for _, sheet := range sheets {
			f, err := os.Open(sheet)
			if err != nil {
				t.Fatal(err)
			}
			img, err := png.Decode(f)
			f.Close()
			if err != nil {
				t.Fatal(err)
			}
			b := img.Bounds()
			// A4 upright, and mostly white.
			if w, h := b.Dx(), b.Dy(); w < 905 || w > 914 || h < 1280 || h > 1291 {
				t.Errorf("%s prints on a sheet of %d×%d px at 110 dpi, which is not A4", page, w, h)
			}
			white, all := 0, 0
			for y := 5; y < b.Dy(); y += 13 {
				for x := 5; x < b.Dx(); x += 13 {
					if r, _, _, _ := img.At(x, y).RGBA(); r > 0xf000 {
						white++
					}
					all++
				}
			}
			if white*10 < all*7 {
				t.Errorf("%s: only %d of 100 parts of a sheet are white", page, white*100/all)
			}
			for _, found := range qr.ReadAll(img) {
				read = append(read, found.Text)
			}
			// The second reader shares no code with what made the symbol.
			if zbar := testrun.Find(t, "zbarimg", "zbar-tools"); zbar != "" {
				text, _ := exec.Command(zbar, "-q", "--raw", sheet).Output() // fails where there is no symbol
				read = append(read, strings.Fields(string(text))...)
			}
		}
		if len(read) == 0 {
			t.Errorf("%s: no symbol could be read", page)
		}
		cards.Store(0)
		for _, text := range read {
			if text != "https://yx.example.cn/"+page {
				t.Errorf("%s: the symbol leads to %s", page, text)
			}
		}
	}
}
