package live

import (
	"cmp"
	"slices"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/plaque/design"
	"mingdeng/internal/plaques"
)

// Sketch draws the plaque of a code as it would be if it were asked for like this, or as its
// exhibit asks: see [plaques.Sketch].
func (l *Site) Sketch(code string, ask *content.Plaque) (plaques.Look, []diag.Finding, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return plaques.Sketch(l.now.Project, code, ask)
}

// Designs are the theme's designs of plaques, the smallest first. They must not be changed.
func (l *Site) Designs() []*design.Design {
	l.mu.RLock()
	defer l.mu.RUnlock()
	var out []*design.Design
	for _, d := range l.now.Designs {
		out = append(out, d)
	}
	slices.SortFunc(out, func(a, b *design.Design) int {
		return cmp.Or(cmp.Compare(a.W*a.H, b.W*b.H), cmp.Compare(a.Name, b.Name))
	})
	return out
}
