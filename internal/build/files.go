package build

import "slices"

// Files lists the paths of all files the site would have, sorted. One that is planned
// twice stands there twice.
func (l *Live) Files() []string {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if l.now.theme == nil {
		return nil
	}
	var names []string
	for _, out := range l.now.outputs() {
		names = append(names, out.Path)
	}
	slices.Sort(names)
	return names
}
