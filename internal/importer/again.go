package importer

import (
	"bytes"
	"path"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/importer/rich"
)

// earlier is the record that a text went to when it was imported before, or that it must not
// be put beside; nil where it is another text of the same title. Of those there may be
// several in one year: 公示. The same text is told by its bytes; where somebody has worked
// on its record since, by the file's name in it. Pages and stories of heroes are one of a
// name, and so is a brief of one title and day that nobody imported.
func (m *maker) earlier(s *Source, kind content.Kind, parent, name string, a *article, compose func(slug string) []byte, pictures []rich.Picture) *existing {
	list := m.site.find(kind, parent, name)
	origin := oneLine(m.origin(s)) // as it stands in a comment
	for _, e := range list {
		if from, _ := importedFrom(m.read(e.path)); from != origin {
			continue // its first line would differ: and composing costs
		}
		same := bytes.Equal(m.read(e.path), compose(m.ownSlug(kind, e)))
		for _, p := range pictures {
			same = same && bytes.Equal(m.read(path.Join(path.Dir(e.path), p.Name)), p.Data)
		}
		if same {
			m.met[e.path] = true
			return e
		}
	}
	for _, e := range list {
		if m.met[e.path] {
			continue
		}
		if _, now := m.planned[e.path]; now && (kind == content.KindBrief || kind == content.KindChapter) {
			continue // of another file of this import
		}
		from, imported := importedFrom(m.read(e.path))
		switch {
		case kind != content.KindBrief && kind != content.KindChapter,
			imported && from == origin,
			!imported && (kind == content.KindChapter || e.day == a.date.String()):
			m.met[e.path] = true
			return e
		}
	}
	return nil
}

// importedFrom is the file that a record says it was imported from.
func importedFrom(record []byte) (name string, ok bool) {
	head, _, _ := bytes.Cut(bytes.TrimPrefix(record, []byte("---")), []byte("\n---"))
	for line := range strings.Lines(string(head)) {
		line = strings.TrimRight(line, "\r\n")
		if rest, found := strings.CutPrefix(line, "# 从“"); found {
			return strings.CutSuffix(rest, "”导入")
		}
		if rest, found := strings.CutPrefix(line, "# Imported from "); found {
			return rest, true
		}
	}
	return "", false
}

// ownSlug is the address that a record has to name itself.
func (m *maker) ownSlug(kind content.Kind, e *existing) string {
	base := strings.TrimSuffix(strings.TrimSuffix(e.path, "/index.md"), ".md")
	if slugFrom(kind, path.Base(base)) == e.slug {
		return ""
	}
	return e.slug
}

// read is a file as it stands in the site, or will after what was planned so far.
func (m *maker) read(p string) []byte {
	if data, ok := m.planned[p]; ok {
		return data
	}
	return m.site.read(p)
}
