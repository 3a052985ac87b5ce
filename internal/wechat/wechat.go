// Package wechat turns the text of a page into what the editor of a WeChat public
// account (公众号) keeps when it is pasted.
//
// What that editor does to what is pasted was measured, not documented: id, class,
// <style>, position and url(#…) are dropped; div and article lose their styles, while
// section, p, span, strong, em, br, img, blockquote and table keep inline ones; lists
// are reset; links out of WeChat are not allowed. So [Convert] writes those elements
// alone, with every style inline; the markers of lists are text; a link becomes a
// number, and its address a line at the end. Colours are left to WeChat but for
// accents, because its dark mode recolours text and does badly with near-black on
// coloured grounds.
//
// [Preview] is a page to look at the result, with a button that puts it on the
// clipboard as rich text. It is a file for the editor's own machine, not part of a
// site: its script and styles stand in it.
package wechat

import (
	"fmt"
	"html"
	"strings"

	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The limits of an article.
const (
	MaxTitle      = 32      // characters
	MaxCharacters = 20_000  // of text
	MaxBytes      = 1 << 20 // of the article, and of each picture
)

// Article is what is exported.
type Article struct {
	Title string
	By    string // who wrote it, and when
	HTML  string // the text as on its page
	// Absolute makes an address as it stands in HTML one that can be typed.
	Absolute func(href string) string
	// Picture returns what stands for a picture, by its address in HTML: the name of the
	// file to upload, and its bytes as JPEG or PNG.
	Picture func(src string) (Picture, error)
	Accent  string // of headings, #rrggbb
	Glow    string // of rules beside them
	Words   Words
}

// Words are the words the article itself needs.
type Words struct{ Links, Notes, Note string }

// Picture is a picture to be uploaded.
type Picture struct {
	Name          string
	Type          string // image/jpeg or image/png
	Bytes         []byte
	Width, Height int
}

// Result is an article as WeChat takes it.
type Result struct {
	Title    string
	HTML     string // with placeholders for pictures: see Fill
	Pictures []Picture
	Text     int // characters
}

// Convert makes the article. Errors are those of Article.Picture.
func Convert(a Article) (Result, error) {
	root := &xhtml.Node{Type: xhtml.ElementNode, Data: "div", DataAtom: atom.Div}
	nodes, err := xhtml.ParseFragment(strings.NewReader(a.HTML), root)
	if err != nil {
		return Result{}, err
	}
	w := &writer{Article: a, links: map[string]int{}}
	if a.By != "" {
		w.p("margin:0 0 24px;font-size:14px;color:#888888;line-height:1.6;", func() { w.text(a.By) })
	}
	for _, n := range nodes {
		w.block(n, 0)
	}
	w.addresses()
	return Result{Title: a.Title, HTML: w.b.String(), Pictures: w.pictures, Text: w.count}, w.err
}

const (
	body    = "margin:0 0 20px;font-size:16px;line-height:1.9;text-align:justify;"
	small   = "margin:0 0 8px;font-size:14px;line-height:1.8;color:#888888;"
	caption = "margin:8px 0 0;font-size:14px;line-height:1.6;color:#888888;text-align:center;"
)

type writer struct {
	Article
	b        strings.Builder
	links    map[string]int // numbers of addresses
	order    []string
	pictures []Picture
	count    int
	err      error
}

func (w *writer) text(s string) {
	w.count += len([]rune(s))
	w.b.WriteString(html.EscapeString(s))
}

// in writes an element with a style.
func (w *writer) in(tag, style string, inside func()) {
	w.b.WriteString("<" + tag)
	if style != "" {
		w.b.WriteString(` style="` + html.EscapeString(style) + `"`)
	}
	w.b.WriteString(">")
	inside()
	w.b.WriteString("</" + tag + ">")
}

func (w *writer) p(style string, inside func()) { w.in("p", style, inside) }

func (w *writer) blocks(n *xhtml.Node, depth int) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.block(c, depth)
	}
}

// block writes what stands by itself. depth counts the lists around it.
func (w *writer) block(n *xhtml.Node, depth int) {
	if n.Type == xhtml.TextNode {
		if strings.TrimSpace(n.Data) != "" {
			w.p(body, func() { w.text(n.Data) })
		}
		return
	}
	if n.Type != xhtml.ElementNode {
		return
	}
	switch n.DataAtom {
	case atom.P:
		w.p(body, func() { w.inlines(n) })
	case atom.H1, atom.H2:
		w.in("section", "margin:32px 0 16px;padding-left:10px;border-left:3px solid "+w.Glow+";", func() {
			w.p("margin:0;font-size:18px;line-height:1.6;color:"+w.Accent+";", func() { w.in("strong", "", func() { w.inlines(n) }) })
		})
	case atom.H3, atom.H4, atom.H5, atom.H6:
		w.p("margin:24px 0 12px;font-size:16px;line-height:1.7;color:"+w.Accent+";", func() { w.in("strong", "", func() { w.inlines(n) }) })
	case atom.Ul, atom.Ol:
		w.list(n, depth)
	case atom.Blockquote:
		w.in("blockquote", "margin:0 0 20px;padding:4px 0 4px 14px;border-left:3px solid #cccccc;", func() { w.blocks(n, depth) })
	case atom.Figure:
		w.figure(n)
	case atom.Img:
		w.in("section", "margin:0 0 20px;text-align:center;", func() { w.image(n) })
	case atom.Table:
		w.table(n)
	case atom.Pre:
		w.in("section", "margin:0 0 20px;padding:10px;background-color:#f6f6f6;", func() {
			for _, line := range strings.Split(strings.TrimRight(textOf(n), "\n"), "\n") {
				w.p("margin:0;font-size:14px;line-height:1.6;font-family:Menlo,Consolas,monospace;", func() {
					w.text(strings.ReplaceAll(line, " ", "\u00a0"))
				})
			}
		})
	case atom.Hr:
		w.p("margin:24px 0;text-align:center;color:"+w.Glow+";", func() { w.text("＊　＊　＊") })
	case atom.Section:
		if attr(n, "role") == "doc-endnotes" {
			w.notes(n)
			return
		}
		w.blocks(n, depth)
	case atom.Script, atom.Style, atom.Nav:
	default:
		if inlineOnly(n) {
			w.p(body, func() { w.inline(n) })
			return
		}
		w.blocks(n, depth)
	}
}

// list writes each item as a paragraph with its marker as text. Levels beyond the
// second look like it: WeChat has no room for more.
func (w *writer) list(n *xhtml.Node, depth int) {
	number := 1
	if s := attr(n, "start"); s != "" {
		fmt.Sscan(s, &number)
	}
	for li := n.FirstChild; li != nil; li = li.NextSibling {
		if li.DataAtom != atom.Li {
			continue
		}
		marker := "•\u00a0"
		if depth > 0 {
			marker = "–\u00a0"
		}
		if n.DataAtom == atom.Ol {
			marker = fmt.Sprintf("%d.\u00a0", number)
			number++
		}
		w.item(li, marker, depth)
	}
}

func (w *writer) item(li *xhtml.Node, marker string, depth int) {
	style := fmt.Sprintf("margin:0 0 10px;padding-left:%dem;text-indent:-1.2em;font-size:16px;line-height:1.9;", min(depth, 1)*2+2)
	var line []*xhtml.Node
	flush := func() {
		if len(line) == 0 && marker == "" {
			return
		}
		w.p(style, func() {
			w.text(marker)
			for _, c := range line {
				w.inline(c)
			}
		})
		marker, line = "", nil
	}
	for c := li.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.DataAtom == atom.P:
			line = append(line, c)
			flush()
		case c.DataAtom == atom.Ul || c.DataAtom == atom.Ol:
			flush()
			w.list(c, depth+1)
		case c.Type == xhtml.ElementNode && !inlineOnly(c):
			flush()
			w.block(c, depth+1)
		case c.Type != xhtml.TextNode || strings.TrimSpace(c.Data) != "" || len(line) > 0:
			line = append(line, c)
		}
	}
	if len(line) > 0 || marker != "" {
		flush()
	}
}

func (w *writer) figure(n *xhtml.Node) {
	w.in("section", "margin:0 0 20px;text-align:center;", func() {
		for _, img := range find(n, atom.Img) {
			w.image(img)
		}
		for _, c := range find(n, atom.Figcaption) {
			w.p(caption, func() { w.inlines(c) })
		}
	})
}

func (w *writer) image(n *xhtml.Node) {
	src := attr(n, "src")
	pic, err := w.Picture(src)
	if err != nil {
		if w.err == nil {
			w.err = err
		}
		return
	}
	w.pictures = append(w.pictures, pic)
	fmt.Fprintf(&w.b, `<img src="%s" alt="%s" style="max-width:100%%;height:auto;vertical-align:bottom;">`,
		placeholder(len(w.pictures)-1), html.EscapeString(attr(n, "alt")))
}

// placeholder stands for a picture until Fill puts it in. It is an address that nothing
// in a text can be: texts have no such scheme.
func placeholder(i int) string { return fmt.Sprintf("picture:%d", i) }

// Fill puts an address for each picture into the article.
func (r Result) Fill(address func(Picture) string) string {
	s := r.HTML
	for i, p := range r.Pictures {
		s = strings.Replace(s, `<img src="`+placeholder(i)+`"`, `<img src="`+html.EscapeString(address(p))+`"`, 1)
	}
	return s
}

func (w *writer) table(n *xhtml.Node) {
	w.in("section", "margin:0 0 20px;overflow-x:auto;", func() {
		w.in("table", "border-collapse:collapse;width:100%;font-size:14px;line-height:1.6;", func() {
			for _, row := range find(n, atom.Tr) {
				w.in("tr", "", func() {
					for c := row.FirstChild; c != nil; c = c.NextSibling {
						style := "border:1px solid #cccccc;padding:6px 8px;"
						if a := align(c); a != "" {
							style += "text-align:" + a + ";"
						}
						switch c.DataAtom {
						case atom.Th:
							w.in("td", style+"border-bottom:2px solid "+w.Glow+";", func() { w.in("strong", "", func() { w.inlines(c) }) })
						case atom.Td:
							w.in("td", style, func() { w.inlines(c) })
						}
					}
				})
			}
		})
	})
}

// align is a cell's alignment, whichever way it is written.
func align(n *xhtml.Node) string {
	for _, v := range []string{"left", "center", "right"} {
		if attr(n, "align") == v || strings.Contains(attr(n, "class"), v) || strings.Contains(attr(n, "style"), "text-align:"+v) {
			return v
		}
	}
	return ""
}

// notes writes the notes of a text, without the links back.
func (w *writer) notes(n *xhtml.Node) {
	w.heading(w.Words.Notes)
	for i, li := range find(n, atom.Li) {
		w.p(small, func() {
			w.text(fmt.Sprintf("%s%d\u00a0", w.Words.Note, i+1))
			w.inlines(li)
		})
	}
}

// addresses lists where the links led.
func (w *writer) addresses() {
	if len(w.order) == 0 {
		return
	}
	w.heading(w.Words.Links)
	for i, a := range w.order {
		w.p(small+"word-break:break-all;", func() { w.text(fmt.Sprintf("[%d]\u00a0%s", i+1, a)) })
	}
}

func (w *writer) heading(s string) {
	w.p("margin:32px 0 8px;padding-top:12px;border-top:1px solid #cccccc;font-size:14px;line-height:1.8;", func() {
		w.in("strong", "", func() { w.text(s) })
	})
}
