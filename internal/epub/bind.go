package epub

import (
	"errors"
	"fmt"
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/idna"
)

// manuscript is a book whose texts are read and whose links hold.
type manuscript struct {
	*Book
	docs     []*doc // in reading order
	pictures []Picture
	files    map[string]*doc
	names    map[string]bool // of pictures
	ruby     bool            // some text has it
	images   int             // in texts
	unseen   int             // of these, without alternative text
}

// doc is one file of the book.
type doc struct {
	file   string
	kind   string // epub:type
	role   string // DPUB-ARIA
	title  string
	body   func(x *xmlWriter) // what stands in its section
	titled bool               // its heading has the id "title"
	ids    map[string]string  // those of its text, as they came and as they are now
}

var mediaTypes = map[string]string{".jpg": "image/jpeg", ".png": "image/png", ".svg": "image/svg+xml"}

func bind(b *Book) (*manuscript, error) {
	for _, need := range []struct{ value, name string }{{b.ID, "ID"}, {b.Lang, "Lang"}, {b.Title, "Title"}, {b.Modified, "Modified"}, {b.Cover.Name, "Cover"}} {
		if strings.TrimSpace(need.value) == "" {
			return nil, errors.New("the book has no " + need.name)
		}
	}
	m := &manuscript{Book: b, files: map[string]*doc{}, names: map[string]bool{}}
	for _, p := range append([]Picture{b.Cover}, b.Pictures...) {
		if mediaTypes[path.Ext(p.Name)] == "" || strings.Trim(p.Name, nameChars) != "" {
			return nil, fmt.Errorf("the picture %q is of no kind that e-books hold, or has a strange name", p.Name)
		}
		if !m.names[p.Name] {
			m.names[p.Name] = true
			m.pictures = append(m.pictures, p)
		}
	}
	m.add(&doc{file: coverFile, kind: "cover", title: b.Words.Cover, body: m.cover})
	m.add(&doc{file: titleFile, kind: "titlepage", title: b.Words.TitlePage, body: m.titlePage})
	m.add(&doc{file: NavFile, title: b.Words.Contents, body: m.contents})
	if b.Intro != nil {
		m.chapter(introFile, "introduction", "doc-introduction", b.Intro)
	}
	n := 0
	for i := range b.Parts {
		part := &b.Parts[i]
		if part.Name != "" {
			if part.Picture != "" && !m.names[part.Picture] {
				return nil, fmt.Errorf("the part %q names the picture %q, which the book lacks", part.Name, part.Picture)
			}
			m.seen(part.Picture != "", part.Alt)
			m.add(&doc{file: partFile(i), kind: "part", role: "doc-part", title: part.Name, titled: true, body: func(x *xmlWriter) { m.part(x, part) }})
		}
		for j := range part.Chapters {
			n++
			m.chapter(ChapterFile(n), "chapter", "doc-chapter", &part.Chapters[j])
		}
	}
	if len(b.Colophon) > 0 {
		m.add(&doc{file: lastFile, kind: "colophon", role: "doc-colophon", title: b.Words.Colophon, titled: true, body: m.colophon})
	}
	return m, nil
}

// seen notes a picture.
func (m *manuscript) seen(is bool, alt string) {
	if !is {
		return
	}
	m.images++
	if strings.TrimSpace(alt) == "" {
		m.unseen++
	}
}

const nameChars = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."

func partFile(i int) string { return fmt.Sprintf("part-%02d.xhtml", i+1) }

func (m *manuscript) add(d *doc) {
	m.docs = append(m.docs, d)
	m.files[d.file] = d
}

func (m *manuscript) chapter(file, kind, role string, c *Chapter) {
	d := &doc{file: file, kind: kind, role: role, title: c.Title, titled: true}
	d.body = func(x *xmlWriter) { m.piece(x, d, c) }
	// The text is read twice, now for what others must know of it and again when it is
	// written: trees of all chapters at once would take fifty times the book's size.
	var text *html.Node
	text, d.ids = m.read(c.HTML)
	m.count(text)
	m.add(d)
}

// count notes what the package document tells of the texts.
func (m *manuscript) count(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		m.count(c)
		switch {
		case c.Type != html.ElementNode:
		case c.Data == "ruby":
			m.ruby = true
		case c.Data == "img" && m.has(c):
			m.seen(true, attr(c, "alt"))
		}
	}
}

// has tells whether the book holds the picture that an <img> shows.
func (m *manuscript) has(img *html.Node) bool {
	name, ok := strings.CutPrefix(attr(img, "src"), PictureFile(""))
	return ok && m.names[name]
}

// link settles the links and pictures of a text, when all files and ids are known.
func (m *manuscript) link(d *doc, n *html.Node) {
	var next *html.Node
	for c := n.FirstChild; c != nil; c = next {
		next = c.NextSibling
		if c.Type != html.ElementNode {
			continue
		}
		m.link(d, c)
		switch {
		case c.Data == "a":
			if href := m.href(d, attr(c, "href")); href != "" {
				setAttr(c, "href", href)
			} else {
				plain(c)
			}
		case c.Data == "img" && !m.has(c):
			c.AppendChild(&html.Node{Type: html.TextNode, Data: attr(c, "alt")})
			plain(c)
		}
	}
}

// href is where a link leads, "" where it leads nowhere.
func (m *manuscript) href(d *doc, href string) string {
	if href == "" {
		return ""
	}
	u, err := url.Parse(href)
	if err != nil {
		return ""
	}
	switch u.Scheme {
	case "http", "https":
		// A host in Chinese letters is one in Punycode to the checkers of e-books.
		host, err := idna.Lookup.ToASCII(u.Hostname())
		if err != nil || host == "" {
			return ""
		}
		if port := u.Port(); port != "" {
			host += ":" + port
		}
		u.Host, u.User = host, nil
		return u.String()
	case "mailto", "tel":
		return u.String()
	case "":
	default:
		return ""
	}
	to := d
	if u.Path != "" {
		to = m.files[u.Path]
	}
	if to == nil || u.Host != "" {
		return ""
	}
	if id := to.ids[u.Fragment]; id != "" && u.Fragment != "" {
		return to.file + "#" + id
	}
	return to.file
}
