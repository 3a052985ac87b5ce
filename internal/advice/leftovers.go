package advice

import (
	"bytes"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/project"
	"mingdeng/internal/scaffold"
)

// Leftovers reports what a new site came with and nobody has replaced: the name of an
// association that is none, a page that says what to write on it. What is to be looked for
// is read from that site itself.
func Leftovers(p *project.Project) []diag.Finding {
	s := &look{Project: p}
	fresh := scaffold.Content()
	was, is := fresh.Site, s.Content.Site
	left := func(key, was, is string) {
		if was != "" && was == is {
			s.found.Add(diag.Blank.At(s.Content.Site.Path, s.Content.Site.Places.At(key), is))
		}
	}
	left("title", was.Title, is.Title)
	left("description", was.Description, is.Description)
	if was.Organisation != nil && is.Organisation != nil {
		left("organisation", was.Organisation.Name, is.Organisation.Name)
	}
	texts := map[string]*content.Head{}
	fresh.All(func(r content.Record) {
		if h := r.Base(); !h.Sample && h.Body.Len > 0 {
			texts[h.Path] = h
		}
	})
	s.Content.All(func(r content.Record) {
		h := r.Base()
		if was := texts[h.Path]; was != nil && was.Body.Digest == h.Body.Digest && !h.Sample && !h.Draft {
			body, _ := content.ReadBody(s.Texts, h)
			empty := len(body) - len(bytes.TrimLeft(body, "\n"))
			s.found.Add(diag.Blank.At(h.Path, diag.Pos{Line: h.Body.Line + empty, Col: 1}, was.Body.Lead))
		}
	})
	return s.found.Sorted()
}

// Sampled tells whether the site still has samples of its own. A build of such a site is no
// publication, and says nothing of what else is left from its beginning.
func Sampled(p *project.Project) bool {
	found := false
	p.Content.All(func(r content.Record) { found = found || r.Base().Sample && r.Base().Member == "" })
	return found
}
