package plaques

import (
	"errors"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/plaque/kit"
	"mingdeng/internal/project"
	"mingdeng/internal/render"
)

// Look is a plaque as it will look, to be shown on a screen.
type Look struct {
	SVG    []byte
	W, H   float64 // mm
	Design string
}

// ErrNoCode says that no code in force is called so.
var ErrNoCode = errors.New("no such code in force")

// Sketch draws the plaque of a code as it would be if it were asked for like this; nil is the
// way its exhibit asks. Why it cannot be made is found, with project.ErrFindings.
func Sketch(p *project.Project, code string, ask *content.Plaque) (Look, []diag.Finding, error) {
	s := &session{Project: p, found: &diag.List{}}
	for _, c := range p.Model.Editions[0].Codes {
		if c.Retired || c.Code != code {
			continue
		}
		if ask == nil {
			ask = c.Exhibit.Plaque
		}
		j := s.plaqueJob(c, ask)
		if j == nil {
			return Look{}, s.found.Sorted(), project.ErrFindings
		}
		x := Look{Design: j.plaque.Design}
		var err error
		x.SVG, x.W, x.H, err = kit.Sketch(j.plaque, j.design)
		if err != nil {
			if err = s.plaqueFault(j, err); errors.Is(err, render.ErrContent) {
				err = project.ErrFindings
			}
		}
		return x, s.found.Sorted(), err
	}
	return Look{}, nil, ErrNoCode
}
