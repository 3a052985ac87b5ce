// Package plaques makes what plaques are made from: artwork of every code in force, sheets
// and lists for fabricators and fitters; it gives out codes, takes them out of force, tries
// finished artwork, and tells what photos show.
package plaques

import (
	"bytes"
	"cmp"
	"errors"
	"slices"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/han"
	"mingdeng/internal/output"
	"mingdeng/internal/plaque/design"
	"mingdeng/internal/plaque/kit"
	"mingdeng/internal/plaque/ledger"
	"mingdeng/internal/plaque/qr"
	"mingdeng/internal/project"
	"mingdeng/internal/render"
	"mingdeng/internal/site"
)

// DefaultDesign is what an exhibit gets that asks for none.
const DefaultDesign = "tag"

// session is what is made of one project.
type session struct {
	*project.Project
	found  *diag.List
	memory content.Memory // of earlier builds, or nil
}

// plaqueJob is one plaque to be made, with what its findings need.
type plaqueJob struct {
	plaque  kit.Plaque
	exhibit *site.Exhibit
	design  *design.Design
	once    *kit.Once
	print   fingerprint.Fingerprint // of all that its files depend on
	known   *known
}

// Outputs plans the artwork of every code in force, venue by venue. What is wrong is told to
// found, also while the files are made. memory, if not nil, spares the next build what this
// one has found out.
func Outputs(p *project.Project, memory content.Memory, found *diag.List) []output.Output {
	s := &session{Project: p, found: found, memory: memory}
	var outs []output.Output
	for _, v := range s.venues(nil) {
		s.advise(v)
		outs = append(outs, s.outputs(v)...)
	}
	if len(outs) > 0 {
		outs = append(outs, installFiles()...)
	}
	return outs
}

// venueJobs are the plaques of one venue.
type venueJobs struct {
	venue kit.Venue // with those issued since the day asked for
	jobs  []*plaqueJob
}

// venues gathers the codes in force, or those of only, by their venues.
func (s *session) venues(only map[string]bool) []venueJobs {
	e := s.Model.Editions[0]
	var out []venueJobs
	for _, v := range e.OwnVenues() {
		x := venueJobs{venue: kit.Venue{Slug: v.Slug, Name: v.Name, Lang: s.lang()}}
		for _, c := range e.Codes {
			if c.Retired || c.Venue != v || only != nil && !only[c.Code] {
				continue
			}
			if j := s.plaqueJob(c, c.Exhibit.Plaque); j != nil {
				x.jobs = append(x.jobs, j)
				if c.Issued.Compare(s.Since) >= 0 {
					x.venue.Plaques = append(x.venue.Plaques, j.plaque)
				}
			}
		}
		if len(x.jobs) > 0 {
			out = append(out, x)
		}
	}
	return out
}

// outputs plans the files of one venue.
func (s *session) outputs(v venueJobs) []output.Output {
	var outs []output.Output
	for _, j := range v.jobs {
		outs = append(outs, s.artwork(v.venue.Slug, j)...)
	}
	if len(v.venue.Plaques) > 0 {
		outs = append(outs, s.printPackage(v.venue, v.jobs)...)
	}
	return outs
}

// plaqueJob gathers what a plaque says that is asked for in some way; nil is the usual.
func (s *session) plaqueJob(c *site.Code, ask *content.Plaque) *plaqueJob {
	x := c.Exhibit
	asked := s.Model.PlaqueAsked(x, ask)
	ask = &asked
	name := ask.Design
	if name == "" {
		name = DefaultDesign
	}
	d := s.Designs[name]
	if d == nil {
		var names []string
		for n := range s.Designs {
			names = append(names, n)
		}
		slices.Sort(names)
		s.found.Add(diag.PlaqueNoDesign.At(x.Path, x.At("plaque"), name, han.Nearest(name, names), strings.Join(names, ", ")))
		return nil
	}
	address, err := qr.Address(s.Model.PlaqueBase(), c.Code)
	if err != nil {
		s.found.Add(diag.BadURL.At(s.Model.Config.Path, s.Model.Config.Places.At("plaque"), s.Model.PlaqueBase(), err.Error(), err.Error()))
		return nil
	}
	p := kit.Plaque{
		Code: c.Code, Address: address, Design: name, W: ask.Width, H: ask.Height, Material: string(ask.Material), MaterialName: material(string(ask.Material)).In(s.lang()), Distance: ask.Distance,
		Exhibit: x.Name, Number: x.Number, PlanAt: x.PlanAt, Issued: c.Issued, Faces: s.Faces,
	}
	s.says(&p, d, x)
	print := kit.Print(p, d)
	return &plaqueJob{
		plaque: p, exhibit: x, design: d, once: kit.NewOnce(len(p.Files())),
		print: print, known: newKnown(&p, print, s.Program, s.memory),
	}
}

func hostOf(base string) string {
	_, rest, _ := strings.Cut(base, "://")
	return strings.TrimSuffix(rest, "/")
}

func (s *session) artwork(venue string, j *plaqueJob) []output.Output {
	var outs []output.Output
	for _, f := range j.plaque.Files() {
		file := artworkPath(venue, &j.plaque, f)
		outs = append(outs, output.Output{
			Path: file,
			Prepare: func() (fingerprint.Fingerprint, output.Fill, error) {
				return fingerprint.Sum(j.print[:], []byte(f)), func(w *bytes.Buffer) error {
					x, err := j.once.Draw(j.plaque, j.design)
					if err != nil {
						return s.plaqueFault(j, err)
					}
					b, err := x.Bytes(f)
					if err != nil {
						return err
					}
					w.Write(b)
					j.known.made(x, f, b)
					return nil
				}, nil
			},
		})
	}
	return outs
}

// plaqueFault tells why a plaque cannot be made, at the exhibit that asks for it; where the
// code itself is to blame, at its line of the ledger.
func (s *session) plaqueFault(j *plaqueJob, err error) error {
	var fault *kit.Fault
	if !errors.As(err, &fault) {
		return err
	}
	for _, p := range fault.Problems {
		if p.Code == diag.PlaqueFit {
			p.Args[3] = s.holding(j)
		}
		if p.Code == diag.PlaqueUnread && s.Ledger != nil {
			if e, ok := s.Ledger.Find(j.plaque.Code); ok {
				s.found.Add(p.Code.At(ledger.Path, e.Pos, p.Args...))
				continue
			}
		}
		s.found.Add(p.Code.At(j.exhibit.Path, j.exhibit.At("plaque"), p.Args...))
	}
	return render.ErrContent
}

// holding names the designs, in their own sizes, that hold what a plaque has to say; — where
// none does.
func (s *session) holding(j *plaqueJob) string {
	var names []string
	for name, d := range s.Designs {
		if says := d.Fields(); d == j.design || !slices.Contains(says, "name") && !slices.Contains(says, "exhibit") {
			continue
		}
		p := j.plaque
		p.Design, p.W, p.H = name, 0, 0
		p.Facts, p.Rolls, p.Ways, p.Plan, p.Photo = nil, nil, nil, nil, nil
		s.says(&p, d, j.exhibit)
		if _, err := kit.Measure(p, d); err == nil {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return cmp.Or(strings.Join(names, ", "), "—")
}

// Size is the size in mm that a plaque is asked for, or its layout's own.
func Size(designs map[string]*design.Design, ask *content.Plaque) (w, h float64) {
	name := DefaultDesign
	if ask != nil {
		name, w, h = cmp.Or(ask.Design, name), ask.Width, ask.Height
	}
	if d := designs[name]; d != nil {
		w, h = d.Size(w, h)
	}
	return w, h
}
