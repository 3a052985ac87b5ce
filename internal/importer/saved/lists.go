package saved

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"mingdeng/internal/importer/rich"
)

func (w *walker) list(n *html.Node) {
	w.flush()
	item, within, number, order := w.item, w.within, w.number, w.order
	w.depth++
	w.order = n.Data == "ol"
	w.number = 1
	if v, err := strconv.Atoi(attr(n, "start")); err == nil && v >= 0 {
		w.number = v
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.ElementNode && c.Data == "li":
			w.item, w.within = true, false
			w.inside(c)
			w.flush()
			if !w.item {
				w.number++
			}
		case c.Type == html.ElementNode && (c.Data == "ul" || c.Data == "ol"):
			w.item, w.within = false, false
			w.list(c)
		}
	}
	w.depth--
	w.item, w.within, w.number, w.order = item, within, number, order
	if w.item && len(w.out) > 0 && w.out[len(w.out)-1].Kind == rich.Item {
		w.item = false // an item that holds nothing but a list
	}
}

// apart runs f with a page of its own and returns what came on it.
func (w *walker) apart(f func()) []rich.Block {
	out, item, within, depth := w.out, w.item, w.within, w.depth
	w.out, w.item, w.within, w.depth = nil, false, false, 0
	f()
	w.flush()
	inner := w.out
	w.out, w.item, w.within, w.depth = out, item, within, depth
	return inner
}

func (w *walker) quote(n *html.Node) {
	w.flush()
	if inner := w.apart(func() { w.inside(n) }); len(inner) > 0 {
		w.out = append(w.out, rich.Block{Kind: rich.Quote, Blocks: inner})
	}
}

func (w *walker) ruby(n *html.Node) {
	base, reading := "", ""
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.Data {
		case "rt":
			reading += " " + flat(c)
		case "rp":
		default:
			if c.Type == html.TextNode {
				base += strings.TrimSpace(c.Data)
			} else {
				base += flat(c)
			}
		}
	}
	s := w.look
	s.Text, s.Ruby = base, strings.TrimSpace(reading)
	w.spans = append(w.spans, s)
}
