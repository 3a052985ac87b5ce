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

// A person takes one sheet, a venue with its plan and stops two, a year a booklet in parts;
// every picture of the page is on the paper, also one that nobody has scrolled to.
func TestSheets(t *testing.T) {
	ctx := browser(t)
	info, images, text := testrun.Tool(t, "pdfinfo", "poppler-utils"), testrun.Tool(t, "pdfimages", "poppler-utils"), testrun.Tool(t, "pdftotext", "poppler-utils")
	out, _ := demo(t)
	site := serve(t, out)
	for page, want := range map[string]struct{ least, most int }{
		"heroes/shen-du-chuan/":              {1, 1},
		"heroes/guo-he/":                     {1, 1}, // with a sentence of her own
		"heroes/bai-du-ban/":                 {1, 1}, // a group
		"heroes/jiang-wei/":                  {1, 1}, // without a portrait
		"venues/zi-jing-shan/":               {1, 2},
		"briefs/2022/zi-jing-shan-sheng-ji/": {1, 1},
		"reports/2022/book/":                 {6, 12},
		"briefs/2022/chang-di-kai-fang/":     {1, 2}, // with a gallery at its end
	} {
		if _, err := os.Stat(filepath.Join(out, filepath.FromSlash(page), "index.html")); err != nil {
			t.Errorf("%v", err)
			continue
		}
		if err := chromedp.Do(ctx, chromedp.Navigate(site.URL+"/"+page)); err != nil {
			t.Fatal(err)
		}
		// Pictures of pixels that are shown, whatever of them has been fetched.
		shown, err := chromedp.Run(ctx, chromedp.Evaluate[int](`[].filter.call(document.images, function (i) { return !i.hidden && !/\.svg/.test(i.getAttribute("srcset") || i.getAttribute("src")) }).length`))
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "page.pdf")
		var list []byte
		// Printing fetches what nobody has scrolled to, but by this way does not wait for it.
		whole := testrun.Comes(func() bool {
			pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground()))
			if err == nil {
				err = os.WriteFile(file, pdf, 0o644)
			}
			if err == nil {
				list, err = exec.Command(images, "-list", file).Output()
			}
			if err != nil {
				t.Fatal(err)
			}
			return strings.Count(string(list), " image ") >= shown
		})
		if !whole {
			t.Errorf("%s shows %d pictures, and prints:\n%s", page, shown, list)
		}
		if n := pagesOf(t, info, file); n < want.least || n > want.most {
			t.Errorf("%s takes %d sheets, want %d to %d", page, n, want.least, want.most)
		}
		if said, _ := exec.Command(text, file, "-").Output(); strings.Contains(string(said), "相关的人") {
			t.Errorf("%s: ways around the site are printed", page)
		}
	}
}

// pagesOf is how many pages a PDF has.
func pagesOf(t *testing.T, info, file string) int {
	t.Helper()
	b, err := exec.Command(info, file).Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		if rest, ok := strings.CutPrefix(line, "Pages:"); ok {
			n := 0
			for _, r := range strings.TrimSpace(rest) {
				n = n*10 + int(r-'0')
			}
			return n
		}
	}
	t.Fatal("no number of pages")
	return 0
}
