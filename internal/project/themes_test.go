package project

import (
	"testing"
	"testing/fstest"

	"mingdeng/internal/content"
	"mingdeng/themes"
)

// A built-in theme is loaded once for sites that ask for the same languages, and never for a
// site that has themes of its own.
func TestThemes(t *testing.T) {
	builtin := NewThemes(themes.FS)
	load := func(site fstest.MapFS, config *content.Site) Bundle {
		t.Helper()
		b, found := loadBundle(site, builtin, config)
		if b.Theme == nil || len(found) > 0 {
			t.Fatalf("not loaded: %v", found)
		}
		return b
	}
	plain, own := fstest.MapFS{}, fstest.MapFS{
		"themes/lamplight/theme.yaml": {Data: []byte("extends: lamplight\n")},
	}
	first := load(plain, &content.Site{})
	if load(plain, &content.Site{Title: "另一站"}).Theme != first.Theme {
		t.Error("it was loaded twice")
	}
	if load(own, &content.Site{}).Theme == first.Theme {
		t.Error("a site's own theme is not looked at")
	}
	if load(plain, &content.Site{}).Theme != first.Theme {
		t.Error("another site's theme was kept")
	}
	two := load(plain, &content.Site{Editions: []content.Language{content.ZhHans, content.En}})
	if two.Theme == first.Theme || two.Theme.Edition("en") == nil {
		t.Error("other languages are not loaded")
	}
}
