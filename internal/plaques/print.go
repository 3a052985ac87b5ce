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
	for _, j := range jobs {
		designs[j.plaque.Design] = j.design
	}
	outs := s.sheets(v, designs)
	outs = append(outs, s.manifest(v, designs)...)
	return append(outs, s.checklist(v, designs))
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
func (s *session) sheets(v kit.Venue, designs map[string]*design.Design) []output.Output {
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
			b, err := f.PDF(designs)
			w.Write(b)
			return err
		}))
	}
	return outs
}

// manifest is the list to order from. It gives the digests of files that are made in the same
// build or were made in an earlier one, so it is made last.
func (s *session) manifest(v kit.Venue, designs map[string]*design.Design) []output.Output {
	all := func(yield func(*kit.Plaque)) {
		for i := range v.Plaques {
			yield(&v.Plaques[i])
		}
	}
	print := fingerprint.Of(&struct {
		Venue   kit.Venue
		Designs []design.Design
	}{v, used(designs, all)})
	var outs []output.Output
	var once sync.Once
	var rows *kit.Manifest
	var failed error
	for name, write := range map[string]func(*kit.Manifest, *bytes.Buffer) error{
		"manifest.csv": (*kit.Manifest).CSV, "manifest.xlsx": (*kit.Manifest).XLSX,
	} {
		with := func(sum kit.Sum) output.Fill {
			return told(func(w *bytes.Buffer) error {
				once.Do(func() { rows, failed = kit.NewManifest(v, designs, sum) })
				if failed != nil {
					return failed
				}
				return write(rows, w)
			})
		}
		alone := s.file(v, name, print, with(s.sum(v, nil, kit.DrawSums(designs))))
		ready := fingerprint.Sum(print[:], []byte(name), []byte(kit.Version))
		alone.Last = func(made func(string) (output.Made, bool)) (fingerprint.Fingerprint, output.Fill, error) {
			var h fingerprint.Hasher
			h.Fingerprint(ready)
			all(func(p *kit.Plaque) {
				for _, f := range p.Files() {
					if m, ok := made(artworkPath(v.Slug, p, f)); ok && f != kit.PNG {
						h.Fingerprint(m.Hash)
					}
				}
			})
			return h.Sum(), with(s.sum(v, made, kit.DrawSums(designs))), nil
		}
		outs = append(outs, alone)
	}
	slices.SortFunc(outs, func(a, b output.Output) int { return strings.Compare(a.Path, b.Path) })
	return outs
}

// sum tells a file's digest: of the file that was made in this run, else of the one that the
// build has kept, else of one drawn for it.
func (s *session) sum(v kit.Venue, made func(string) (output.Made, bool), draw kit.Sum) kit.Sum {
	return func(p *kit.Plaque, f kit.Format) (string, error) {
		file := artworkPath(v.Slug, p, f)
		if sum, ok := s.sums.Load(file); ok {
			return sum.(string), nil
		}
		if made != nil {
			if m, ok := made(file); ok && m.Kept != nil {
				b, err := m.Kept()
				return kit.SHA256(b), err
			}
		}
		return draw(p, f)
	}
}

// checklist is for whoever mounts the plaques.
func (s *session) checklist(v kit.Venue, designs map[string]*design.Design) output.Output {
	plan := ""
	for _, x := range s.Model.Editions[0].Venues {
		if x.Slug == v.Slug && x.Plan != nil {
			if pic, err := s.Media.Picture(x.Dir, x.Plan.Src.Path); err == nil {
				plan = "../../" + pic.Src
			}
		}
	}
	style := "../../" + s.Theme.Href("lamplight.css")
	print := fingerprint.Of(&struct {
		Venue       kit.Venue
		Designs     []design.Design
		Plan, Style string
	}{v, used(designs, func(yield func(*kit.Plaque)) {
		for i := range v.Plaques {
			yield(&v.Plaques[i])
		}
	}), plan, style})
	return s.file(v, installList, print, func(w *bytes.Buffer) error {
		page, err := kit.NewInstall(v, designs, style, plan)
		if err != nil {
			return err
		}
		return page.HTML(w)
	})
}
