package design

import (
	"io/fs"
	"path"
	"strings"

	"mingdeng/internal/diag"
	"mingdeng/internal/drawing/shape"
	"mingdeng/internal/drawing/typeset"
	"mingdeng/internal/frontmatter"
	"mingdeng/internal/theme/layered"
)

// Cover is the layout of a book's front: a design without a code, on a drawing.
// It is written as a plaque's, in the theme's book folder, with two keys more:
//
//	ground: cover.svg     # a drawing beside it that fills the panel
//	boxes:
//	  - {text: "{title}", x: 14, y: 50, width: 120, height: 68, size: 30, min: 9, ink: "#1C1A17"}
//
// Texts are {title}, {subtitle}, {editors}, {publisher}, {edition}, {site}, {press} (the
// permit of 内部资料, with the notice that goes with it) and {seal}, a word of the theme's.
// They stand in the middle of their boxes' height.
type Cover struct {
	Design
	Ground []byte // SVG, or nil
}

// LoadCovers reads every cover of a theme's book folder; colours and fonts as in [Load].
func LoadCovers(f layered.Folder, colours Colours, fonts ...string) (map[string]*Cover, []diag.Finding) {
	covers := map[string]*Cover{}
	found := each(f, "book", diag.CoverDesign, colours, fonts, func(name string, n frontmatter.Node, r *reading) {
		c := &Cover{Design: Design{Name: name}}
		r.design(n, &c.Design, map[string]func(frontmatter.Node){
			"ground": func(n frontmatter.Node) {
				b, err := fs.ReadFile(f, path.Join("book", path.Base(n.Text)))
				if err != nil || path.Ext(n.Text) != ".svg" {
					r.fault(n.Pos, "旁边没有图画“"+n.Text+"”（要 SVG）", "there is no drawing \""+n.Text+"\" beside it (SVG)")
				}
				c.Ground = b
			},
		})
		if c.W == 0 || c.H == 0 || len(c.Boxes) == 0 {
			r.fault(n.Pos, "版式要有 width、height 和 boxes", "a design needs width, height and boxes")
		}
		for _, b := range c.Boxes {
			if b.Kind == Code || b.X+b.W > c.W+1e-9 || b.Y+b.H > c.H+1e-9 {
				r.fault(b.Pos, "书封上没有码，框不能超出封面", "a cover has no code, and no box reaches beyond it")
			}
		}
		if len(r.found) == 0 {
			covers[name] = c
		}
	})
	return covers, found
}

// Set lays a text out in its box. Nothing on a cover may stop a build: what does not
// fit is set smaller than the design asks, then shortened; characters that the face
// lacks become □ and are returned.
func (b Box) Set(face *typeset.Face, fields map[string]string) (shape.Outline, []rune) {
	words := fill(b.Text, fields)
	if words == "" {
		return nil, nil
	}
	missing := face.Missing(words)
	gap := "□" // 缺字 in print
	if len(face.Missing(gap)) > 0 {
		gap = ""
	}
	for _, r := range missing {
		words = strings.ReplaceAll(words, string(r), gap)
	}
	style := typeset.Style{
		Face: face, Size: b.Size, MinSize: b.Min, Leading: b.Leading, Measure: b.W, Depth: b.H,
		MaxLines: b.Lines, Align: b.Align, Spacing: b.Spacing, Vertical: b.Vertical, Name: true,
	}
	if b.Vertical {
		style.Measure, style.Depth = b.H, b.W
	}
	block, err := typeset.Layout(words, style)
	if err != nil { // as many lines as it takes, as small as can still be read
		style.MaxLines, style.Spacing, style.MinSize = 0, 0, min(b.Size, 2)
		block, err = typeset.Layout(words, style)
	}
	for rest := []rune(words); err != nil && len(rest) > 1; {
		rest = rest[:len(rest)*3/4]
		block, err = typeset.Layout(string(rest)+"……", style)
	}
	if err != nil {
		return nil, missing
	}
	dx, dy := 0.0, (b.H-block.H)/2
	if b.Vertical {
		dx, dy = (b.W-block.W)/2, 0
	}
	return block.Outline().Place(1, b.X+dx, b.Y+dy), missing
}
