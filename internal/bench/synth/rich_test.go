package synth

import (
	"strings"
	"testing"
)

// A rich site is as its package comment says: so long, so many of each kind, and every
// story with a heading, a list, a table and bold words.
func TestRich(t *testing.T) {
	const n = 2000
	size, count := map[Kind]int{}, map[Kind]int{}
	for r := range (Site{Records: n, Seed: 1, Rich: true}).All() {
		size[r.Kind] += len(r.Markdown(nil))
		count[r.Kind]++
		if r.Kind != Hero && r.Kind != Chapter {
			continue
		}
		for _, part := range []string{"\n## ", "\n- ", "| --- |", "**"} {
			if !strings.Contains(r.Text, part) {
				t.Errorf("%s has no %q", r.File, part)
			}
		}
	}
	for kind, want := range map[Kind]struct{ share, size int }{Hero: {590, 3200}, Brief: {270, 2500}, Chapter: {40, 5000}, Exhibit: {80, 2000}} {
		if share := count[kind] * 1000 / n; share < want.share*95/100 || share > want.share*105/100 {
			t.Errorf("%d of 1000 records are of kind %s, want about %d", share, kind, want.share)
		}
		if mean := size[kind] / count[kind]; mean < want.size*85/100 || mean > want.size*115/100 {
			t.Errorf("%s: %d bytes on average, want about %d", kind, mean, want.size)
		}
	}
}
