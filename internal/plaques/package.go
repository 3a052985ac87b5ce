package plaques

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path"
	"strings"

	"mingdeng/internal/diag"
	"mingdeng/internal/output"
	"mingdeng/internal/plaque/code"
	"mingdeng/internal/plaque/kit"
	"mingdeng/internal/privacy"
	"mingdeng/internal/project"
	"mingdeng/internal/render"
)

// Package is what a fabricator is sent: the artwork, sheets and lists of some codes in force,
// and a note.
type Package struct {
	session *session
	root    *os.Root
	venues  []venueJobs
	guard   *privacy.Guard
}

// OpenPackage plans the package of the codes named. It is made of what everybody may read
// alone. Where the site has errors, or a plaque cannot be made, they are found, with
// project.ErrFindings, and nothing has been made.
func OpenPackage(o project.Options, codes []string) (*Package, []diag.Finding, error) {
	s, root, err := open(o)
	if err != nil {
		return nil, s.found.Sorted(), err
	}
	refuse := func() (*Package, []diag.Finding, error) {
		root.Close()
		return nil, s.found.Sorted(), project.ErrFindings
	}
	if s.found.Errors() > 0 {
		return refuse()
	}
	wanted := map[string]bool{}
	for _, c := range codes {
		wanted[code.Fold(c)] = true
	}
	p := &Package{session: s, root: root, venues: s.venues(wanted), guard: privacy.New(s.Model)}
	for _, v := range p.venues {
		for _, j := range v.jobs {
			delete(wanted, j.plaque.Code)
			if _, err := kit.Measure(j.plaque, j.design); err != nil {
				if err = s.plaqueFault(j, err); !errors.Is(err, render.ErrContent) {
					root.Close()
					return nil, s.found.Sorted(), err
				}
			}
		}
	}
	for c := range wanted {
		s.found.Add(diag.PlaqueUnknown.At("content/plaques.yaml", diag.Pos{}, c, nearCode(c, s.Model.Editions[0].Codes)))
	}
	if s.found.Errors() > 0 {
		return refuse()
	}
	return p, s.found.Sorted(), nil
}

// Close gives the site's folder back.
func (p *Package) Close() error { return p.root.Close() }

// Venues are the plaques of the package, by where they hang.
func (p *Package) Venues() []kit.Venue {
	var out []kit.Venue
	for _, v := range p.venues {
		out = append(out, v.venue)
	}
	return out
}

// Each makes the files of the package one after another, the note first, and hands them to
// put: VENUE/CODE.pdf and so on. It ends with put's first error, or with ctx. Every file has
// been looked through for names that must not be published.
func (p *Package) Each(ctx context.Context, lang diag.Lang, put func(name string, b []byte) error) error {
	s := p.session
	var outs []output.Output
	for _, v := range p.venues {
		outs = append(outs, s.outputs(v)...)
	}
	var b bytes.Buffer
	hand := func(name string) error {
		if err := p.guard.Inspect(name, b.Bytes()); err != nil {
			return err
		}
		return put(name, b.Bytes())
	}
	if err := s.note(&b, p.venues, lang); err != nil {
		return err
	}
	if err := hand(noteName.In(lang)); err != nil {
		return err
	}
	for _, out := range outs {
		if path.Base(out.Path) == installList {
			continue // for whoever mounts them: a page of the site, with its styles
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		_, fill, err := out.Prepare()
		if err != nil {
			return err
		}
		b.Reset()
		if err := fill(&b); err != nil {
			return err
		}
		if err := hand(strings.TrimPrefix(out.Path, "plaques/")); err != nil {
			return err
		}
	}
	return nil
}
