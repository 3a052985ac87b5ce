package browsertest

import (
	"bytes"
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"mingdeng/internal/testrun"
)

// The page to print comes out of Chromium as a book: cover first, every chapter on a page
// of its own under its running head, pages numbered.
func TestBookOnPaper(t *testing.T) {
	ctx := browser(t)
	testrun.Tool(t, "pdftotext", "poppler-utils")
	out, _ := demo(t)
	site := serve(t, out)
	if err := chromedp.Do(ctx, chromedp.Navigate(site.URL+"/anthology/jian-yi-yong-wei/print/")); err != nil {
		t.Fatal(err)
	}
	if serif, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`getComputedStyle(document.body).fontFamily.includes("Song")`)); err != nil || !serif {
		t.Errorf("the theme's style sheet does not reach the page (%v)", err)
	}
	pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground()))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "book.pdf")
	if err := os.WriteFile(file, pdf, 0o644); err != nil {
		t.Fatal(err)
	}
	info, err := exec.Command("pdfinfo", file).Output()
	if err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`Page size:\s+4(19\.\d+|20) x 59[45]`).Match(info) {
		t.Errorf("the pages are not A5:\n%s", info)
	}
	// Where anything is wider than its page Chromium shrinks them all: then the cover ends
	// before its page does.
	png, err := exec.Command(testrun.Tool(t, "pdftoppm", "poppler-utils"), "-r", "50", "-f", "1", "-l", "1", "-png", file).Output()
	if err != nil {
		t.Fatal(err)
	}
	front, _, err := image.Decode(bytes.NewReader(png))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, blue, _ := front.At(front.Bounds().Dx()/2, front.Bounds().Dy()-2).RGBA(); blue >= 0xfe00 {
		t.Error("the cover does not fill its page")
	}
	text, err := exec.Command("pdftotext", "-layout", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	pages := strings.Split(strings.TrimSuffix(string(text), "\f"), "\f")
	chapters := []string{"灯下", "渡", "竹竿", "红梯子", "画过去", "三十六扇门", "末班车", "守夜人", "锣", "雪岭邮路", "石头换气", "后来"}
	if len(pages) <= len(chapters)+8 { // cover, title, contents, about, four parts
		t.Errorf("only %d pages", len(pages))
	}
	at, headed := 3, 0 // chapters come after cover, title page and contents
	for _, title := range chapters {
		spaced := regexp.MustCompile(`(?m)^\s*` + strings.Join(strings.Split(title, ""), `\s*`) + `\s*$`)
		from := at
		for at < len(pages) && !spaced.MatchString(pages[at]) {
			at++
		}
		if at == len(pages) {
			t.Fatalf("%s does not begin after page %d", title, from)
		}
	}
	for i, p := range pages {
		lines := strings.Fields(p)
		// Neither the cover nor the title page, the page behind it or a part's own has a number.
		if i > 3 && len(lines) > 6 && lines[len(lines)-1] != fmt.Sprint(i+1) {
			t.Errorf("page %d ends in %q", i+1, lines[len(lines)-1])
		}
		if i%2 == 1 && len(lines) > 6 && lines[0] == "《见义勇为》" || i%2 == 0 && len(lines) > 6 && strings.Contains(strings.Join(chapters, " "), lines[0]) {
			headed++
		}
	}
	if headed < len(chapters) {
		t.Errorf("only %d pages have a running head", headed)
	}
}
