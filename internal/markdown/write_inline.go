package markdown

import (
	"bytes"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

func (w *writer) inlines(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		w.inline(n)
	}
}

func (w *writer) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		w.text(n)
	case *ast.Emphasis:
		tag := "em"
		if n.Level == 2 {
			tag = "strong"
		}
		w.span(tag, n)
	case *east.Strikethrough:
		w.span("del", n)
	case *ast.CodeSpan:
		w.span("code", n)
	case *ast.Link:
		w.link(n)
	case *ast.AutoLink:
		w.autoLink(n)
	case *ast.Image:
		w.image(n)
	case *wikiLink:
		w.wiki(n)
	case *ruby:
		w.ruby(w.bases(n), n.reading)
	case *ast.RawHTML:
		for i := range n.Segments.Len() {
			s := n.Segments.At(i)
			if w.plain {
				w.w.Write(s.Value(w.body))
			} else {
				writeText(w.w, s.Value(w.body))
				w.strange(s.Start)
			}
		}
	case *east.FootnoteLink:
		w.noteMark(n)
	case *east.FootnoteBacklink:
		w.backlink(n)
	case *east.TaskCheckBox:
		w.box(n)
	case *ast.String:
		writeText(w.w, n.Value)
	default:
		w.inlines(n)
	}
}

func (w *writer) span(tag string, n ast.Node) {
	w.str("<")
	w.str(tag)
	w.str(">")
	w.inlines(n)
	w.str("</")
	w.str(tag)
	w.str(">")
}

func (w *writer) text(n *ast.Text) {
	if n.IsRaw() { // code; a line's end is a space in it
		v := n.Segment.Value(w.body)
		if bytes.HasSuffix(v, []byte("\n")) {
			writeText(w.w, v[:len(v)-1])
			w.str(" ")
			return
		}
		writeText(w.w, v)
		return
	}
	writeText(w.w, w.textValue(n))
	w.shows(n.Segment.Value(w.body), n.Segment.Start)
	if n.SoftLineBreak() {
		w.indented(n)
	}
	switch {
	case n.HardLineBreak():
		w.str("<br>")
	case !n.SoftLineBreak():
	case w.plain:
		w.str("\n")
	case !w.joins(n):
		w.str(" ")
	}
}

// target places an address. raw is the piece of source that holds it, n the node
// whose place serves if that is not known.
func (w *writer) target(kind Kind, dest string, raw []byte, n ast.Node) Target {
	offset, ok := offsetIn(w.body, raw)
	if !ok {
		offset = max(0, n.Pos())
	}
	line, col := w.places.at(offset)
	return Target{kind, dest, line, col}
}

func (w *writer) link(n *ast.Link) {
	if w.plain {
		w.anchor(string(util.URLEscape(n.Destination, true)), n.Title, "")
		w.inlines(n)
		w.str("</a>")
		return
	}
	dest, reach := destOf(n.Destination)
	href, rel := dest, ""
	switch reach {
	case local:
		link, ok := w.o.Refs.Links[dest]
		switch href = link.Href; {
		case !ok:
			w.info.Missing = append(w.info.Missing, w.target(KindLink, dest, n.Destination, n))
		case href == "":
			w.info.Unlinked = append(w.info.Unlinked, w.target(KindLink, dest, n.Destination, n))
		}
		if link.Veiled {
			writeText(w.w, []byte(link.Text))
			return
		}
	case fragment:
		id := dest[1:]
		if s, err := url.PathUnescape(id); err == nil {
			id = s
		}
		w.info.Fragments = append(w.info.Fragments, w.target(KindLink, "#"+id, n.Destination, n))
		if !slices.Contains(w.o.ReservedIDs, id) { // those are the page's own
			id = w.o.IDPrefix + id
		}
		href = "#" + url.PathEscape(id)
	case external:
		href, rel = encodeURL(dest), relOf(dest)
	case forbidden:
		w.info.Dropped = append(w.info.Dropped, w.target(KindLink, dest, n.Destination, n))
		href = ""
	}
	if href == "" || w.inLink {
		w.inlines(n)
		return
	}
	w.anchor(href, n.Title, rel)
	w.inLink = true
	w.inlines(n)
	w.inLink = false
	w.str("</a>")
}

// anchor opens a link.
func (w *writer) anchor(href string, title []byte, rel string) {
	w.str(`<a href="`)
	writeAttr(w.w, href)
	w.str(`"`)
	w.title(title)
	if rel != "" {
		w.str(` rel="`)
		w.str(rel)
		w.str(`"`)
	}
	w.str(">")
}

func (w *writer) title(title []byte) {
	if title == nil {
		return
	}
	w.str(` title="`)
	writeAttr(w.w, string(w.words(resolve(title))))
	w.str(`"`)
}

// relOf keeps the page opened by a web address from reaching back.
func relOf(dest string) string {
	if scheme, _, _ := strings.Cut(dest, ":"); len(scheme) < 4 || !strings.EqualFold(scheme[:4], "http") {
		return ""
	}
	return "noopener"
}

func (w *writer) autoLink(n *ast.AutoLink) {
	dest, label := string(n.URL(w.body)), n.Label(w.body)
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(dest), "mailto:") {
		dest = "mailto:" + dest
	}
	href := dest
	if w.plain {
		href = string(util.URLEscape([]byte(dest), false))
	} else {
		if reachOf(dest) != external {
			w.info.Dropped = append(w.info.Dropped, w.target(KindLink, dest, label, n))
			href = ""
		} else {
			href = encodeURL(dest)
		}
	}
	if href == "" || w.inLink {
		writeText(w.w, label)
		return
	}
	rel := ""
	if !w.plain {
		rel = relOf(dest)
	}
	w.anchor(href, nil, rel)
	writeText(w.w, label)
	w.str("</a>")
}

func (w *writer) wiki(n *wikiLink) {
	link, ok := w.o.Refs.Wiki[n.target]
	if link.Href == "" {
		line, col := w.places.at(n.at)
		t := Target{KindWiki, n.target, line, col}
		if ok {
			w.info.Unlinked = append(w.info.Unlinked, t)
		} else {
			w.info.Missing = append(w.info.Missing, t)
		}
	}
	shown := w.shown(n)
	if len(shown) == 0 && !link.Veiled {
		shown = []byte(n.target)
	}
	linked := link.Href != "" && !w.inLink
	if linked {
		w.anchor(link.Href, nil, "")
	}
	if n.label != nil && !link.Veiled {
		eachRuby(n.label,
			func(text []byte) { writeText(w.w, w.nickname(resolve(text), link)) },
			func(base, reading []byte) { w.ruby(pair(w.nickname(base, link), reading)) })
	} else {
		writeText(w.w, shown)
	}
	if linked {
		w.str("</a>")
	}
}

// ruby writes base and reading. Where ruby is not known the reading stands in
// brackets.
func (w *writer) ruby(base, reading []string) {
	open, close := "(", ")"
	if strings.HasPrefix(w.o.Lang, "zh") || strings.HasPrefix(w.o.Lang, "ja") || w.o.Lang == "" {
		open, close = "（", "）"
	}
	w.str("<ruby>")
	for i := range base {
		w.str(base[i])
		w.str("<rp>")
		w.str(open)
		w.str("</rp><rt>")
		writeText(w.w, []byte(reading[i]))
		w.str("</rt><rp>")
		w.str(close)
		w.str("</rp>")
	}
	w.str("</ruby>")
}

// box writes the box of a task as a character, to be seen and printed like any other: a
// check box that nobody can tick would be drawn grey, and read out as out of order. The
// selector after the ticked one keeps phones from painting it as an emoji.
func (w *writer) box(n *east.TaskCheckBox) {
	word, box := w.o.Words.Todo, "☐"
	if n.IsChecked {
		word, box = w.o.Words.Done, "☑\uFE0E"
	}
	w.str(`<span class="box"`)
	if word != "" {
		w.str(` role="img"`)
		w.label(word, 0)
	}
	w.str(">")
	w.str(box)
	w.str("</span> ")
}

// label names an element to those who do not see it, with a number unless 0.
func (w *writer) label(word string, number int) {
	if word == "" {
		return
	}
	w.str(` aria-label="`)
	writeAttr(w.w, word)
	if number > 0 {
		w.str(" ")
		w.str(strconv.Itoa(number))
	}
	w.str(`"`)
}
