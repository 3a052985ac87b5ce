package generate

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/markdown"
	"mingdeng/internal/privacy"
	"mingdeng/internal/site"
)

// locate says where the names that leaked are written: an editor mends a text, not a
// page. A name that stands in no published record's file is told by the page.
func (s *session) locate(leaks []*privacy.LeakError, found *diag.List) {
	if len(leaks) == 0 {
		return
	}
	slices.SortFunc(leaks, func(a, b *privacy.LeakError) int { return strings.Compare(a.File, b.File) })
	guard := privacy.New(s.Model)
	done := map[string]bool{}
	for _, leak := range leaks {
		if done[leak.Record] {
			continue
		}
		done[leak.Record] = true
		if !s.nameIn(guard, leak, found) {
			found.Add(diag.Leak.At(leak.Record, diag.Pos{}, leak.File, leak.Record, ""))
		}
	}
}

// mostPlaces is how many places of one file are told; the others, once these are mended.
const mostPlaces = 5

// nameIn reports the first places in each published record's file, the site's own file
// among them, at which a withheld person is named, in whatever characters.
func (s *session) nameIn(guard *privacy.Guard, leak *privacy.LeakError, found *diag.List) bool {
	i := slices.IndexFunc(s.Model.Withheld, func(w site.Withheld) bool { return w.Path == leak.Record })
	if i < 0 {
		return false
	}
	who, any := s.Model.Withheld[i], false
	seen := map[string]bool{}
	look := func(path, body, link string) {
		if seen[path] {
			return
		}
		seen[path] = true
		text := content.ReadText(s.Texts, path)
		for at, n := 0, 0; n < mostPlaces; n++ {
			from, to, ok := guard.Place(text[at:], leak.Record)
			if !ok || to <= from {
				return
			}
			from, to, at = at+from, at+to, at+to
			start := bytes.LastIndexByte(text[:from], '\n') + 1
			pos := diag.Pos{Line: 1 + bytes.Count(text[:from], []byte{'\n'}), Col: 1 + utf8.RuneCount(text[start:from])}
			f := diag.Leak.At(path, pos, leak.File, leak.Record, link)
			written := string(text[from:to])
			if body != "" && strings.Contains(body, written) && bytes.Index(text, []byte(body)) <= from && markdown.TakesLink(text[start:from]) {
				f = f.Replace(written, "[["+link+"]]")
			}
			found.Add(f)
			any = true
		}
	}
	for _, e := range s.Model.Editions {
		e.Each(func(h *content.Head, _ site.Address) {
			body, _ := content.ReadBody(s.Texts, h)
			look(h.Path, string(body), "heroes/"+who.Slug)
		})
	}
	for _, plan := range s.Plans {
		for _, h := range plan.Said {
			link := ""
			if h.Body.Len > 0 { // Markdown: cues hold no links
				link = "heroes/" + who.Slug
			}
			look(h.Path, "", link)
		}
	}
	look(s.Model.Config.Path, "", "heroes/"+who.Slug)
	return any
}
