package live

import (
	"slices"

	"mingdeng/internal/diag"
	"mingdeng/internal/generate"
)

// Files lists the paths of all files the site would have, sorted. One that is planned
// twice stands there twice.
func (l *Site) Files() []string {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if l.now.Theme == nil {
		return nil
	}
	var names []string
	for _, out := range generate.Outputs(l.now.Project, &diag.List{}) {
		names = append(names, out.Path)
	}
	slices.Sort(names)
	return names
}
