package plaques

import (
	"bytes"
	"errors"
	"path"
	"slices"
	"strings"
	"sync"

	"mingdeng/internal/diag"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/output"
	"mingdeng/internal/plaque/design"
	"mingdeng/internal/plaque/kit"
	"mingdeng/internal/render"
)

// lang is the language of lists and sheets: that of the site.
func (s *session) lang() diag.Lang {
	if strings.HasPrefix(string(s.Model.Editions[0].Tag), "en") {
		return diag.English
	}
	return diag.Chinese
}

// artworkPath is where a file of a plaque goes.
func artworkPath(venue string, p *kit.Plaque, f kit.Format) string {
	return path.Join("plaques", venue, kit.FileName(p.Code, f))
}

// printPackage plans the sheets, the lists and the checklist of a venue.
func (s *session) printPackage(v kit.Venue, jobs []*plaqueJob) []output.Output {
	designs := map[string]*design.Design{}
	byCode := map[string]*plaqueJob{}
	for _, j := range jobs {
		byCode[j.plaque.Code] = j
		designs[j.plaque.Design] = j.design
	}
	outs := s.sheets(v, designs, byCode)
	outs = append(outs, s.manifest(v, designs, byCode)...)
	return append(outs, s.install(v, byCode))
}

// file is a file of a venue; print stands for what it shows, besides its designs.
func (s *session) file(v kit.Venue, name string, print fingerprint.Fingerprint, fill output.Fill) output.Output {
	print = fingerprint.Sum(print[:], []byte(name), []byte(kit.Version))
	return output.Ready(path.Join("plaques", v.Slug, name), print, told(fill))
}

// told is a fill whose plaques' faults are told with the plaques themselves.
func told(fill output.Fill) output.Fill {
	return func(w *bytes.Buffer) error {
		err := fill(w)
		var fault *kit.Fault
		if errors.As(err, &fault) {
			return render.ErrContent
		}
		return err
	}
}

// used are the designs of some plaques, in the order of their names.
func used(designs map[string]*design.Design, each func(yield func(*kit.Plaque))) []design.Design {
	seen := map[string]bool{}
	each(func(p *kit.Plaque) { seen[p.Design] = true })
	var out []design.Design
	for name := range seen {
		out = append(out, *designs[name])
	}
	slices.SortFunc(out, func(a, b design.Design) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// sheets are what an office prints: each file depends on the plaques that lie on it, and on
// nothing else of its venue.
func (s *session) sheets(v kit.Venue, designs map[string]*design.Design, byCode map[string]*plaqueJob) []output.Output {
	draw := func(p kit.Plaque, d *design.Design) (*kit.Drawn, error) {
		if byCode[p.Code].known.readBack() {
			return kit.Redraw(p, d)
		}
		return kit.Draw(p, d)
	}
	var outs []output.Output
	files := kit.PlanSheets(v, designs, s.StartAt)
	for i := range files {
		f := &files[i]
		drawn := used(designs, func(yield func(*kit.Plaque)) {
			for _, page := range f.Pages {
				for j := range page {
					yield(&page[j].Plaque)
				}
			}
			for j := range f.Large {
				yield(&f.Large[j])
			}
		})
		print := fingerprint.Of(&struct {
			Sheets  kit.Sheets
			Designs []design.Design
		}{*f, drawn})
		outs = append(outs, s.file(v, f.Name, print, func(w *bytes.Buffer) error {
			b, err := f.PDF(designs, draw)
			w.Write(b)
			return err
		}))
	}
	return outs
}

// manifest is the list to order from.
func (s *session) manifest(v kit.Venue, designs map[string]*design.Design, byCode map[string]*plaqueJob) []output.Output {
	print := fingerprint.Of(&struct {
		Venue   kit.Venue
		Designs []design.Design
	}{v, used(designs, func(yield func(*kit.Plaque)) {
		for i := range v.Plaques {
			yield(&v.Plaques[i])
		}
	})})
	rows := sync.OnceValues(func() (*kit.Manifest, error) {
		return kit.NewManifest(v, designs, func(i int) (kit.Facts, error) { return byCode[v.Plaques[i].Code].facts() })
	})
	with := func(write func(*kit.Manifest, *bytes.Buffer) error) output.Fill {
		return func(w *bytes.Buffer) error {
			m, err := rows()
			if err != nil {
				return err
			}
			return write(m, w)
		}
	}
	return []output.Output{
		last(s.file(v, "manifest.csv", print, with((*kit.Manifest).CSV))),
		last(s.file(v, "manifest.xlsx", print, with((*kit.Manifest).XLSX))),
	}
}

// last has a list made when the files of plaques are: what it tells is then known from them.
func last(o output.Output) output.Output {
	prepare := o.Prepare
	o.Last = func(func(string) (output.Made, bool)) (fingerprint.Fingerprint, output.Fill, error) { return prepare() }
	return o
}
