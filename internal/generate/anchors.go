package generate

import (
	"bytes"
	"net/url"
	"slices"
	"strings"
	"sync"

	"golang.org/x/net/html"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/han"
	"mingdeng/internal/markdown"
	"mingdeng/internal/project"
)

// anchors are the links of texts to a place in another page (/briefs/2024/x/#经过). Only
// the page as it is made knows its places, so check compares them when all are made.
// Links within a page are looked at where its text is rendered.
type anchors struct {
	links map[string][]anchor // by the path of the page's file

	mu  sync.Mutex
	ids map[string][]string // the places of each of these pages
}

// anchor is a link to a place.
type anchor struct {
	head *content.Head
	pos  diag.Pos
	id   string
}

// anchorsOf finds all links to a place in another page.
func anchorsOf(p *project.Project) *anchors {
	a := &anchors{links: map[string][]anchor{}, ids: map[string][]string{}}
	for i, e := range p.Model.Editions {
		root := "/"
		if u, err := url.Parse(string(p.Inputs[i].Base)); err == nil && u.Path != "" {
			root = u.EscapedPath()
		}
		for _, h := range heads(e) {
			for _, t := range h.Body.Targets {
				if t.Kind != markdown.KindLink || !strings.Contains(t.Dest, "#") {
					continue
				}
				href, id, _ := strings.Cut(p.Plans[i].Refs[h].Links[t.Dest].Href, "#")
				file, ok := strings.CutPrefix(href, root)
				if !ok || id == "" || file != "" && !strings.HasSuffix(file, "/") {
					continue
				}
				if s, err := url.PathUnescape(id); err == nil {
					id = s
				}
				file += "index.html"
				a.links[file] = append(a.links[file], anchor{h, diag.Pos{Line: h.Body.Line - 1 + t.Line, Col: t.Col}, id})
			}
		}
	}
	return a
}

// read takes the places of a page that was made.
func (a *anchors) read(file string, page []byte) {
	if len(a.links[file]) == 0 {
		return
	}
	ids := []string{"top"}
	for z := html.NewTokenizer(bytes.NewReader(page)); z.Next() != html.ErrorToken; {
		for more := true; more; {
			var key, value []byte
			if key, value, more = z.TagAttr(); string(key) == "id" {
				ids = append(ids, string(value))
			}
		}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.ids[file] = ids
}

// broken tells the links to places that their pages do not have.
func (a *anchors) broken(found *diag.List) {
	for file, links := range a.links {
		for _, l := range links {
			if ids := a.ids[file]; ids != nil && !slices.Contains(ids, l.id) {
				found.Add(diag.BrokenFragment.At(l.head.Path, l.pos, l.id, han.Nearest(l.id, ids)))
			}
		}
	}
}
