package browsertest

import (
	"image"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

var (
	firstImage = regexp.MustCompile(`(?s)<body.*?<img [^>]*?src="/([^"]+)"`)
	titleOf    = regexp.MustCompile(`<title>([^<]*)</title>`)
)

// checkShares holds pages to WeChat's rule: a title of 24 characters, and as the first
// picture of the body one of pixels, 300 either way.
func checkShares(t *testing.T, out string) {
	t.Helper()
	n := 0
	for _, pattern := range []string{"heroes/*", "briefs/2*/*", "venues/*/*", "Q/*"} {
		pages, err := filepath.Glob(filepath.Join(out, filepath.FromSlash(pattern), "index.html"))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range pages {
			rel, _ := filepath.Rel(out, p)
			page := read(t, out, filepath.ToSlash(rel))
			if !strings.Contains(page, `class=qr`) && !strings.Contains(page, `class="qr"`) {
				continue // a list, or a code that is retired
			}
			n++
			if title := titleOf.FindStringSubmatch(page); title == nil || utf8.RuneCountInString(title[1]) > 24 {
				t.Errorf("%s: title %q", rel, title)
			}
			img := firstImage.FindStringSubmatch(page)
			if img == nil {
				t.Errorf("%s has no picture", rel)
				continue
			}
			f, err := os.Open(filepath.Join(out, filepath.FromSlash(img[1])))
			if err != nil {
				t.Errorf("%s: %v", rel, err)
				continue
			}
			c, _, err := image.DecodeConfig(f)
			f.Close()
			if err != nil || c.Width < 300 || c.Height < 300 {
				t.Errorf("%s: the first picture %s is %d×%d px, %v", rel, img[1], c.Width, c.Height, err)
			}
		}
	}
	if n < 150 {
		t.Errorf("only %d pages were looked at", n)
	}
}
