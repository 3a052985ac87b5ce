package plaques

import (
	"cmp"
	"context"
	"errors"
	"image"

	"mingdeng/internal/diag"
	"mingdeng/internal/plaque/code"
	"mingdeng/internal/plaque/design"
	"mingdeng/internal/plaque/kit"
	"mingdeng/internal/plaque/proof"
	"mingdeng/internal/project"
	"mingdeng/internal/render"
	"mingdeng/internal/site"
)

// Proof tries the finished artwork of every code in force, or of those named, and hands
// each report to tell.
func Proof(ctx context.Context, o project.Options, only []string, tell func(kit.Plaque, *proof.Report) error) ([]diag.Finding, error) {
	s, root, err := open(o)
	if err != nil {
		return s.found.Sorted(), err
	}
	defer root.Close()
	if s.found.Errors() > 0 {
		return s.found.Sorted(), project.ErrFindings
	}
	wanted := map[string]bool{}
	for _, c := range only {
		wanted[code.Fold(c)] = true
	}
	readers := proof.Readers()
	for _, c := range s.Model.Editions[0].Codes {
		if c.Retired || len(only) > 0 && !wanted[c.Code] {
			continue
		}
		delete(wanted, c.Code)
		job := s.plaqueJob(c, c.Exhibit.Plaque)
		if job == nil {
			continue
		}
		x, err := kit.Draw(job.plaque, job.design)
		if err != nil {
			if err = s.plaqueFault(job, err); errors.Is(err, render.ErrContent) {
				continue
			}
			return s.found.Sorted(), err
		}
		report, err := proof.Run(subject(x), readers...)
		if err == nil {
			err = tell(job.plaque, report)
		}
		if err = cmp.Or(err, ctx.Err()); err != nil {
			return s.found.Sorted(), err
		}
	}
	for c := range wanted {
		s.found.Add(diag.PlaqueUnknown.At("content/plaques.yaml", diag.Pos{}, c, nearCode(c, s.Model.Editions[0].Codes)))
	}
	if s.found.Errors() > 0 {
		return s.found.Sorted(), project.ErrFindings
	}
	return s.found.Sorted(), nil
}

func nearCode(c string, codes []*site.Code) string {
	var all []string
	for _, x := range codes {
		all = append(all, x.Code)
	}
	if near := code.Near(c, all); len(near) > 0 {
		return near[0]
	}
	return ""
}

// subject is the code's part of a finished plaque, quiet zone and all.
func subject(x *kit.Drawn) proof.Subject {
	return proof.Subject{Text: x.Plaque.Address, Modules: x.Modules(), Quiet: design.Quiet, Draw: func(px int) (image.Image, error) { return x.CodePart(px) }}
}
