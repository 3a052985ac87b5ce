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
	"mingdeng/internal/plaque/qr"
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

// Seen is one code found in a photo of what hangs somewhere.
type Seen struct {
	Text string
	Code *site.Code // nil for a foreign one: it leads elsewhere, or was never issued
}

// Inspector tells what codes in photos are.
type Inspector struct{ known map[string]*site.Code }

// NewInspector loads the site whose plaques hang there.
func NewInspector(o project.Options) (*Inspector, []diag.Finding, error) {
	codes, base, found, err := Codes(o)
	if err != nil {
		return nil, found, err
	}
	i := &Inspector{known: map[string]*site.Code{}}
	for _, c := range codes {
		address, err := qr.Address(base, c.Code)
		if err != nil {
			return nil, found, err
		}
		i.known[address] = c
	}
	return i, found, nil
}

// Inspect reads all codes of a photo.
func (i *Inspector) Inspect(photo image.Image) []Seen {
	var out []Seen
	for _, f := range qr.ReadAll(photo) {
		out = append(out, Seen{f.Text, i.known[f.Text]})
	}
	return out
}
