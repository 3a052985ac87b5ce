package build

import (
	"cmp"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/site"
)

// Resolved is a site as it is on a day, for a command that makes something else of it
// than pages: what it shows, and all its records.
func Resolved(o Options) (*site.Model, *content.Content, []diag.Finding, error) {
	s, root, err := open(o)
	if err != nil || s == nil {
		return nil, nil, missingSite(), cmp.Or(err, ErrFindings)
	}
	defer root.Close()
	found := s.found.Sorted()
	if s.found.Errors() > 0 {
		return nil, nil, found, ErrFindings
	}
	return s.model, s.content, found, nil
}
