package design

import (
	"image/color"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"mingdeng/internal/diag"
	"mingdeng/internal/drawing/typeset"
	"mingdeng/internal/frontmatter"
	"mingdeng/internal/han"
	"mingdeng/internal/theme/layered"
)

// Colours gives a theme's colour by its name in the style sheets ("#a8201a" for cinnabar),
// or "" where there is none.
type Colours func(name string) string

// Load reads every design of a theme's plaques folder. Its colours are written out or are
// the theme's by name. fonts are the theme's own, besides serif and kai.
func Load(f layered.Folder, colours Colours, fonts ...string) (map[string]*Design, []diag.Finding) {
	designs := map[string]*Design{}
	found := each(f, "plaques", diag.PlaqueDesign, colours, fonts, func(name string, n frontmatter.Node, r *reading) {
		d := &Design{Name: name}
		r.design(n, d, nil)
		r.sound(n.Pos, d)
		if len(r.found) == 0 {
			designs[name] = d
		}
	})
	return designs, found
}

// each reads the YAML files of a folder; a theme need not have it.
func each(f layered.Folder, sub string, code *diag.Code, colours Colours, fonts []string, read func(name string, n frontmatter.Node, r *reading)) []diag.Finding {
	entries, err := fs.ReadDir(f, sub)
	if err != nil {
		return nil
	}
	var found []diag.Finding
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), ".yaml")
		if !ok {
			continue
		}
		r := &reading{path: f.Path(path.Join(sub, e.Name())), code: code, colours: colours, fonts: append([]string{"serif", "kai"}, fonts...)}
		b, err := fs.ReadFile(f, path.Join(sub, e.Name()))
		if err != nil {
			found = append(found, diag.Unreadable.At(r.path, diag.Pos{}, err))
			continue
		}
		root, faults := frontmatter.ParseYAML(b, func(string) bool { return false })
		for _, f := range faults {
			f.Path = r.path
			r.found = append(r.found, f)
		}
		read(name, root, r)
		found = append(found, r.found...)
	}
	return found
}

type reading struct {
	path    string
	code    *diag.Code // of its faults
	colours Colours
	fonts   []string
	found   []diag.Finding
}

func (r *reading) fault(pos diag.Pos, zh, en string) {
	r.found = append(r.found, r.code.At(r.path, pos, zh, en))
}

// keys walks the keys of a map, reporting those without a reader.
func (r *reading) keys(n frontmatter.Node, readers map[string]func(frontmatter.Node)) {
	if n.Kind != frontmatter.Map {
		r.fault(n.Pos, "这里要写一组键", "a group of keys is needed here")
		return
	}
	known := make([]string, 0, len(readers))
	for k := range readers {
		known = append(known, k)
	}
	slices.Sort(known)
	for _, p := range n.Pairs {
		if read := readers[p.Key]; read != nil {
			read(p.Value)
			continue
		}
		near := han.Nearest(p.Key, known)
		if near == "" {
			near = strings.Join(known, ", ")
		}
		r.fault(p.Pos, "没有“"+p.Key+"”这个键；可用："+near, "there is no key \""+p.Key+"\"; known: "+near)
	}
}

func (r *reading) number(to *float64, lo, hi float64) func(frontmatter.Node) {
	return func(n frontmatter.Node) {
		v, err := strconv.ParseFloat(n.Text, 64)
		if n.Kind != frontmatter.Scalar || err != nil || !(v >= lo && v <= hi) {
			span := strconv.FormatFloat(lo, 'g', -1, 64) + "–" + strconv.FormatFloat(hi, 'g', -1, 64)
			r.fault(n.Pos, "要写一个 "+span+" 之间的数", "a number between "+span+" is needed")
			return
		}
		*to = v
	}
}

func (r *reading) word(to *string, allowed ...string) func(frontmatter.Node) {
	return func(n frontmatter.Node) {
		if n.Kind != frontmatter.Scalar || len(allowed) > 0 && !slices.Contains(allowed, n.Text) {
			r.fault(n.Pos, "要写文字 "+strings.Join(allowed, " / "), "a text is needed "+strings.Join(allowed, " / "))
			return
		}
		*to = n.Text
	}
}

func (r *reading) colour(to *color.RGBA) func(frontmatter.Node) {
	return func(n frontmatter.Node) {
		text := n.Text
		if r.colours != nil && !strings.HasPrefix(text, "#") {
			text = r.colours(text)
		}
		c, ok := ParseColour(text)
		if !ok {
			r.fault(n.Pos, "颜色写成 \"#F4F1E8\"，或写样式表里颜色的名字，如 paper", "a colour is written like \"#F4F1E8\", or by its name in the style sheets, such as paper")
			return
		}
		*to = c
	}
}

// ParseColour reads a colour as style sheets write it: #F4F1E8 or #FFF.
func ParseColour(text string) (c color.RGBA, ok bool) {
	digits, ok := strings.CutPrefix(text, "#")
	if len(digits) == 3 {
		digits = string([]byte{digits[0], digits[0], digits[1], digits[1], digits[2], digits[2]})
	}
	v, err := strconv.ParseUint(digits, 16, 32)
	return color.RGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255}, ok && err == nil && len(digits) == 6
}

func (r *reading) list(n frontmatter.Node, each func(frontmatter.Node)) {
	if n.Kind != frontmatter.List {
		r.fault(n.Pos, "要写一张清单", "a list is needed")
		return
	}
	for _, item := range n.Items {
		each(item)
	}
}

// design reads what all designs have; more are keys of one kind alone.
func (r *reading) design(n frontmatter.Node, d *Design, more map[string]func(frontmatter.Node)) {
	d.Panel, d.Mark = color.RGBA{255, 255, 255, 255}, color.RGBA{0, 0, 0, 255}
	microns := 0.0
	readers := map[string]func(frontmatter.Node){
		"title": func(n frontmatter.Node) {
			r.keys(n, map[string]func(frontmatter.Node){"zh": r.word(&d.Title.Zh), "en": r.word(&d.Title.En)})
		},
		"width": r.number(&d.W, 10, 5000), "height": r.number(&d.H, 10, 5000),
		"bleed": r.number(&d.Bleed, 0, 50), "radius": r.number(&d.Radius, 0, 500),
		"panel": r.colour(&d.Panel), "mark": r.colour(&d.Mark), "compensation": r.number(&microns, -500, 500),
		"holes": func(n frontmatter.Node) {
			r.list(n, func(n frontmatter.Node) {
				var h Hole
				r.keys(n, map[string]func(frontmatter.Node){
					"x": r.number(&h.X, 0, 5000), "y": r.number(&h.Y, 0, 5000),
					"diameter": r.number(&h.Diameter, 0.5, 100), "keep": r.number(&h.Keep, 0, 500),
				})
				d.Holes = append(d.Holes, h)
			})
		},
		"boxes": func(n frontmatter.Node) {
			r.list(n, func(n frontmatter.Node) { d.Boxes = append(d.Boxes, r.box(n)) })
		},
	}
	maps.Copy(readers, more)
	r.keys(n, readers)
	d.Compensation = microns / 1000
}

func (r *reading) box(n frontmatter.Node) Box {
	b := Box{Pos: n.Pos, Face: "serif"}
	lines, align, code, vertical, picture := 0.0, "left", "", "", ""
	r.keys(n, map[string]func(frontmatter.Node){
		"text": r.word(&b.Text), "code": r.word(&code, "true"), "picture": r.word(&picture, "portrait"),
		"x": r.number(&b.X, 0, 5000), "y": r.number(&b.Y, 0, 5000), "width": r.number(&b.W, 1, 5000), "height": r.number(&b.H, 1, 5000),
		"size": r.number(&b.Size, 1, 1000), "min": r.number(&b.Min, 1, 1000), "leading": r.number(&b.Leading, 1, 4),
		"spacing": r.number(&b.Spacing, 0, 100), "lines": r.number(&lines, 1, 100), "font": r.word(&b.Face, r.fonts...),
		"align": r.word(&align, "left", "center", "right", "justify"), "vertical": r.word(&vertical, "true"), "ink": r.colour(&b.Ink),
	})
	b.Lines, b.Vertical = int(lines), vertical == "true"
	b.Align = map[string]typeset.Align{"center": typeset.Center, "right": typeset.Right, "justify": typeset.Justify}[align]
	switch {
	case code == "true":
		b.Kind, b.H = Code, b.W
	case picture != "":
		b.Kind, b.Text = Picture, picture
	case b.Text == "" || b.Size == 0:
		r.fault(n.Pos, "一个框要写 text 和 size，或 code，或 picture", "a box needs text and size, or code, or picture")
	}
	if b.W == 0 || b.H == 0 {
		r.fault(n.Pos, "框少了宽或高", "the box lacks its width or height")
	}
	return b
}

// sound checks what single keys do not show.
func (r *reading) sound(pos diag.Pos, d *Design) {
	if d.W == 0 || d.H == 0 || len(d.Boxes) == 0 {
		r.fault(pos, "版式要有 width、height 和 boxes", "a design needs width, height and boxes")
		return
	}
	codes := 0
	for _, b := range d.Boxes {
		if b.Kind == Code {
			codes++
		}
		if b.Ink.A != 0 {
			r.fault(b.Pos, "铭牌上的字只有一色，即 mark；ink 是书封用的", "type on a plaque has one colour, mark; ink is for covers of books")
		}
		if b.X+b.W > d.W+1e-9 || b.Y+b.H > d.H+1e-9 {
			r.fault(b.Pos, "框超出了板面", "the box reaches beyond the panel")
		}
		for _, h := range d.Holes {
			if b.X < h.X+h.Keep/2 && b.X+b.W > h.X-h.Keep/2 && b.Y < h.Y+h.Keep/2 && b.Y+b.H > h.Y-h.Keep/2 {
				r.fault(b.Pos, "框伸进了孔周围要留空的一圈", "the box reaches into the ring around a hole")
			}
		}
	}
	if codes != 1 {
		r.fault(pos, "版式要有且只有一个 code 框", "a design needs exactly one code box")
	}
	if luminance(d.Mark) >= luminance(d.Panel) {
		r.fault(pos, "码要深色印在浅色上：反过来大多数手机读不出", "the code must be dark on light: most readers fail on the reverse")
		return
	}
	if c := Contrast(d.Panel, d.Mark); c < LeastContrast {
		r.fault(pos, "底与字的明暗比只有 "+strconv.FormatFloat(c, 'f', 1, 64)+":1，至少要 5:1", "the contrast of panel and mark is only "+strconv.FormatFloat(c, 'f', 1, 64)+":1; 5:1 is the least")
	}
}
