package design

import (
	"maps"

	"mingdeng/internal/drawing/typeset"
	"mingdeng/internal/frontmatter"
)

// box reads a box, or an item of a flow.
func (r *reading) box(n frontmatter.Node, item bool) Box {
	b := Box{Pos: n.Pos, Face: "serif"}
	var lines, columns, rule, facts, bold float64
	var code, picture, names, ways, fill string
	align, upright, role := "left", "", "body"
	flags := map[*bool]*string{}
	flag := func(to *bool) func(frontmatter.Node) {
		word := new(string)
		flags[to] = word
		return r.word(word, "true")
	}
	readers := map[string]func(frontmatter.Node){
		"text": r.word(&b.Text), "if": r.word(&b.If), "unless": r.word(&b.Unless), "ink": r.colour(&b.Ink),
		"size": r.number(&b.Size, 1, 2000), "min": r.number(&b.Min, 1, 2000), "leading": r.number(&b.Leading, 1, 4),
		"spacing": r.number(&b.Spacing, 0, 200), "lines": r.number(&lines, 1, 100), "font": r.word(&b.Face, r.fonts...),
		"columns": r.number(&columns, 1, 8), "gutter": r.number(&b.Gutter, 0, 500), "shorten": flag(&b.Shorten),
		"bold": r.number(&bold, 0, 0.04), "role": r.word(&role, "body", "sign", "small"),
		"align": r.word(&align, "left", "center", "right", "justify"), "accent": r.colour(&b.Accent), "label": r.number(&b.Label, 1, 500),
	}
	if item {
		maps.Copy(readers, map[string]func(frontmatter.Node){
			"gap": r.number(&b.Gap, 0, 1000), "rule": r.number(&rule, 0.1, 100), "facts": r.number(&facts, 1, 8),
		})
	} else {
		maps.Copy(readers, map[string]func(frontmatter.Node){
			"x": r.number(&b.X, 0, 5000), "y": r.number(&b.Y, 0, 5000), "width": r.number(&b.W, 0.1, 5000), "height": r.number(&b.H, 0.1, 5000),
			"code": r.word(&code, "true"), "tile": r.number(&b.Tile, 10, 2000), "picture": r.word(&picture, "portrait", "plan"),
			"fill": func(n frontmatter.Node) { fill = n.Text; r.colour(&b.Fill)(n) }, "radius": r.number(&b.Radius, 0, 2500),
			"names": r.word(&names, "true"), "ways": r.word(&ways, "true"),
			"flow": func(n frontmatter.Node) {
				r.list(n, func(n frontmatter.Node) { b.Items = append(b.Items, r.box(n, true)) })
			},
			"spread": r.number(&b.Spread, 1, 10), "bottom": flag(&b.Bottom), "middle": flag(&b.Middle), "grow": flag(&b.Grow), "vertical": r.word(&upright, "true"),
		})
	}
	r.keys(n, readers)
	for to, word := range flags {
		*to = *word == "true"
	}
	b.Lines, b.Columns, b.Bold, b.Vertical = int(lines), int(columns), int(bold*100+0.5), upright == "true"
	b.Align = map[string]typeset.Align{"center": typeset.Center, "right": typeset.Right, "justify": typeset.Justify}[align]
	b.Role = map[string]Role{"sign": Sign, "small": Small}[role]
	switch {
	case code == "true":
		b.Kind, b.H = Code, b.W
	case picture != "":
		b.Kind, b.Text = Picture, picture
	case fill != "":
		b.Kind = Area
	case b.Items != nil:
		b.Kind = Flow
	case rule > 0:
		b.Kind, b.Size = Rule, rule
	case facts > 0:
		b.Kind, b.Lines = Facts, int(facts)
	case names == "true":
		b.Kind = Names
	case ways == "true":
		b.Kind = Ways
	case b.Text == "":
		r.fault(n.Pos, "一个框要写 text 和 size，或 code、picture、fill、flow、names、ways 之一", "a box needs text and size, or one of code, picture, fill, flow, names, ways")
	}
	if b.Size == 0 && b.typed() {
		r.fault(n.Pos, "少了字的大小 size", "the size of the type is missing")
	}
	if !item && (b.W == 0 || b.H == 0) {
		r.fault(n.Pos, "框少了宽或高", "the box lacks its width or height")
	}
	return b
}
