package markdown

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// figure writes a paragraph that holds a picture and nothing else, perhaps
// inside a link, as a figure. It declines where the picture is missing.
func (w *writer) figure(n *ast.Paragraph) bool {
	picture := w.alone(n)
	if picture == nil {
		return false
	}
	dest, reach := destOf(picture.Destination)
	if _, ok := w.o.Refs.Pictures[dest]; !ok || reach != local {
		return false
	}
	w.str("<figure>")
	w.caption = true
	w.inlines(n)
	w.caption = false
	if caption := strings.TrimSpace(string(resolve(picture.Title))); caption != "" {
		w.str("<figcaption>")
		writeText(w.w, w.words([]byte(caption)))
		w.str("</figcaption>")
	}
	w.str("</figure>")
	return true
}

// alone is the picture that a paragraph holds and nothing else.
func (w *writer) alone(n ast.Node) *ast.Image {
	var found *ast.Image
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			if len(bytes.TrimSpace(c.Segment.Value(w.body))) > 0 {
				return nil
			}
		case *ast.Image:
			if found != nil {
				return nil
			}
			found = c
		case *ast.Link:
			_, within := n.(*ast.Link)
			if _, veiled := w.veil(c); veiled || within || found != nil {
				return nil
			}
			if found = w.alone(c); found == nil {
				return nil
			}
		default:
			return nil
		}
	}
	return found
}

// image writes a picture, or its alternative text alone where it must not or
// cannot be shown.
func (w *writer) image(n *ast.Image) {
	alt := w.alt(n)
	if w.plain {
		w.str(`<img src="`)
		writeAttr(w.w, string(util.URLEscape(n.Destination, true)))
		w.str(`" alt="`)
		writeAttr(w.w, alt)
		w.str(`"`)
		w.title(n.Title)
		w.str(">")
		return
	}
	dest, reach := destOf(n.Destination)
	if reach != local {
		// A fragment is no picture, and no page of the site loads from elsewhere.
		w.info.Dropped = append(w.info.Dropped, w.target(KindPicture, dest, n.Destination, n))
		writeText(w.w, []byte(alt))
		return
	}
	p, ok := w.o.Refs.Pictures[dest]
	if !ok {
		w.info.Missing = append(w.info.Missing, w.target(KindPicture, dest, n.Destination, n))
		writeText(w.w, []byte(alt))
		return
	}
	if alt == "" {
		w.info.AltMissing = append(w.info.AltMissing, w.target(KindPicture, dest, n.Destination, n))
	}
	opens := w.o.Enlarge && w.caption && !w.inLink && alt != ""
	if opens {
		w.attr(`<a class="enlarge" href`, p.Src)
		w.str(">")
	}
	w.attr("<img src", p.Src)
	if p.Srcset != "" {
		w.attr(" srcset", p.Srcset)
		if p.Sizes != "" {
			w.attr(" sizes", p.Sizes)
		}
	}
	if p.Width > 0 && p.Height > 0 {
		w.attr(" width", strconv.Itoa(p.Width))
		w.attr(" height", strconv.Itoa(p.Height))
	}
	w.attr(" alt", alt)
	if !w.caption {
		w.title(n.Title)
	}
	w.str(` loading="lazy" decoding="async">`)
	if opens {
		w.str("</a>")
	}
}

// alt is the text inside a picture's brackets, with that of pictures inside it.
func (w *writer) alt(n *ast.Image) string {
	p := plainText{reading: *w.plainly(), pictures: true}
	p.inlines(n)
	return strings.TrimSpace(string(w.words(p.out)))
}

func (w *writer) attr(name, value string) {
	w.str(name)
	w.str(`="`)
	writeAttr(w.w, value)
	w.str(`"`)
}
