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
		"distance": r.number(&d.Distance, 0.1, 50), "scan": r.number(&d.Scan, 0.1, 50), "stroke": r.number(&d.Stroke, 0.05, 50), "bay": r.number(&d.Bay, 50, 5000),
		"material": r.word(&d.Material, "paper", "acrylic", "metal", "ceramic", "stone"),
		"panel":    r.colour(&d.Panel), "mark": r.colour(&d.Mark), "compensation": r.number(&microns, -500, 500),
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
			r.list(n, func(n frontmatter.Node) { d.Boxes = append(d.Boxes, r.box(n, false)) })
		},
	}
	maps.Copy(readers, more)
	r.keys(n, readers)
	d.Compensation = microns / 1000
}
