package theme

import (
	"maps"
	"testing"
)

func TestColours(t *testing.T) {
	got := coloursOf([]Asset{
		{"img/a.svg", []byte(":root{--none:#000}")},
		{"css/a.css", []byte(`@charset "utf-8";:root{--ink:#111;--paper:#faf7f0;--space:4px;--mixed:var(--ink)}` +
			`@media(prefers-color-scheme:dark){:root{--ink:#eee}}:root.elder{--ink:#222}a{--ink:#333}` +
			`:root{--ink:#a8201a;--long:#a8201a80;--lamp:#FFF}:root,html{--ink:#444}@supports(x:y){a{b:c}:root{--lamp:#000}}`)},
		{"css/b.css", []byte(":root{--paper:#000;--jade:#123456}\n:root {--late:#abc}")},
	})
	want := map[string]string{"ink": "#a8201a", "paper": "#faf7f0", "lamp": "#FFF", "jade": "#123456", "late": "#abc"}
	if !maps.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}
