package artwork

import (
	"encoding/base64"
	"fmt"
	"strconv"

	"mingdeng/internal/drawing/shape"
)

// SVG draws the scene at true size, viewBox in mm with the trimmed plaque's corner at
// 0 0. There is no text, no style and no reference to anything outside.
func (s *Scene) SVG() ([]byte, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	m := s.margin()
	var w svgWriter
	w.b = append(w.b, `<svg xmlns="http://www.w3.org/2000/svg" width="`...)
	w.b = append(appendMM(w.b, s.W+2*m), `mm" height="`...)
	w.b = append(appendMM(w.b, s.H+2*m), `mm" viewBox="`...)
	for i, v := range []float64{-m, -m, s.W + 2*m, s.H + 2*m} {
		if i > 0 {
			w.b = append(w.b, ' ')
		}
		w.b = appendMM(w.b, v)
	}
	w.b = append(w.b, "\">\n"...)
	if s.PrintPanel {
		w.group("Panel", Mixed(s.Panel))
		w.path(s.panel())
		w.end()
	}
	for i, it := range s.Items {
		if it.Picture != nil {
			w.end()
			if err := w.picture(it.Picture); err != nil {
				return nil, err
			}
			continue
		}
		if i == 0 || s.Items[i-1].Picture != nil || it.Ink != s.Items[i-1].Ink {
			w.end()
			w.group(it.Ink.Plate, it.Ink)
		}
		w.path(it.Outline)
	}
	w.end()
	if !s.Cut.none() {
		w.lines(s.Cut.Plate, s.Cut.Display)
		w.path(s.cuts())
		w.end()
	}
	if s.Marks {
		w.lines("Marks", RGB{})
		w.b = append(w.b, `<path d="`...)
		for _, l := range s.marks() {
			w.b = append(w.b, 'M')
			w.point(l[0])
			w.b = append(w.b, 'L')
			w.point(l[1])
		}
		w.b = append(w.b, "\"/>\n"...)
		w.end()
	}
	return append(w.b, "</svg>\n"...), nil
}

type svgWriter struct {
	b    []byte
	open bool // a group
	ids  map[string]int
	x, y int64 // the current point, µm
}

// id makes the name unique: a plate that comes back above another is Engrave-2.
func (w *svgWriter) id(name string) string {
	if name == "" {
		name = "Print"
	}
	if w.ids == nil {
		w.ids = map[string]int{}
	}
	w.ids[name]++
	if n := w.ids[name]; n > 1 {
		return name + "-" + strconv.Itoa(n)
	}
	return name
}

func (w *svgWriter) group(name string, k Ink) {
	w.b = fmt.Appendf(w.b, "<g id=\"%s\" fill=\"%s\" fill-rule=\"evenodd\">\n", w.id(name), hex(k.Display))
	w.open = true
}

func (w *svgWriter) lines(name string, c RGB) {
	w.b = fmt.Appendf(w.b, "<g id=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"", w.id(name), hex(c))
	w.b = append(appendMM(w.b, hairline), "\">\n"...)
	w.open = true
}

func (w *svgWriter) end() {
	if w.open {
		w.b = append(w.b, "</g>\n"...)
	}
	w.open = false
}

func hex(c RGB) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// path writes an outline with relative commands, which are half as long. Steps are taken
// between rounded points, so nothing adds up.
func (w *svgWriter) path(o shape.Outline) {
	if len(o) == 0 {
		return
	}
	w.b = append(w.b, `<path d="`...)
	for _, c := range o {
		w.b = append(w.b, 'M')
		w.point(c.Start)
		x0, y0 := w.x, w.y
		last := byte('M')
		for i, g := range c.Segments {
			if g.Curve {
				last = w.command('c', last)
				x, y := w.x, w.y
				w.b = appendStep(w.b, micron(g.C1.X)-x, micron(g.C1.Y)-y, last)
				w.b = appendStep(w.b, micron(g.C2.X)-x, micron(g.C2.Y)-y, ' ')
				w.b = appendStep(w.b, micron(g.To.X)-x, micron(g.To.Y)-y, ' ')
				last = 'c'
				w.x, w.y = micron(g.To.X), micron(g.To.Y)
				continue
			}
			x, y := micron(g.To.X), micron(g.To.Y)
			if i == len(c.Segments)-1 && x == x0 && y == y0 {
				break // z draws it
			}
			switch {
			case y == w.y && x == w.x:
				continue
			case y == w.y:
				last = w.command('h', last)
				w.b = appendNumber(w.b, x-w.x, last)
				last = 'h'
			case x == w.x:
				last = w.command('v', last)
				w.b = appendNumber(w.b, y-w.y, last)
				last = 'v'
			default:
				last = w.command('l', last)
				w.b = appendStep(w.b, x-w.x, y-w.y, last)
				last = 'l'
			}
			w.x, w.y = x, y
		}
		w.b = append(w.b, 'z')
	}
	w.b = append(w.b, "\"/>\n"...)
}

// command writes a command's letter where it is not the one before, and returns what
// stands before its first number: the letter, or a blank.
func (w *svgWriter) command(c, last byte) byte {
	if c == last {
		return ' '
	}
	w.b = append(w.b, c)
	return c
}

// appendStep writes two numbers, appendNumber one; before is what they follow. A sign parts
// numbers as well as a blank does.
func appendStep(b []byte, dx, dy int64, before byte) []byte {
	return appendNumber(appendNumber(b, dx, before), dy, ' ')
}

func appendNumber(b []byte, v int64, before byte) []byte {
	if before == ' ' && v >= 0 {
		b = append(b, ' ')
	}
	return appendMicron(b, v)
}

// point writes an absolute point and makes it the current one.
func (w *svgWriter) point(p shape.Point) {
	w.x, w.y = micron(p.X), micron(p.Y)
	w.b = appendStep(w.b, w.x, w.y, 'M')
}

func (w *svgWriter) picture(p *Picture) error {
	src, err := p.load()
	if err != nil {
		return err
	}
	kind, encode := "image/png", src.png
	if src.photograph() {
		kind, encode = "image/jpeg", src.jpeg
	}
	data, err := encode()
	if err != nil {
		return err
	}
	w.b = append(w.b, `<image x="`...)
	w.b = append(appendMM(w.b, p.Box.X), `" y="`...)
	w.b = append(appendMM(w.b, p.Box.Y), `" width="`...)
	w.b = append(appendMM(w.b, p.Box.W), `" height="`...)
	w.b = append(appendMM(w.b, p.Box.H), `" preserveAspectRatio="xMidYMid slice" href="data:`...)
	w.b = append(append(w.b, kind...), ";base64,"...)
	w.b = base64.StdEncoding.AppendEncode(w.b, data)
	w.b = append(w.b, "\"/>\n"...)
	return nil
}
