package plaques

import (
	"bytes"
	"cmp"
	"path"
	"slices"

	"mingdeng/internal/diag"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/output"
	"mingdeng/internal/plaque/kit"
	"mingdeng/internal/site"
)

// installList is the checklist of a venue for whoever mounts its plaques.
const installList = "install.html"

// installFiles are what the checklists of all venues share.
func installFiles() []output.Output {
	file := func(name string, b []byte) output.Output {
		return output.Ready("plaques/"+name, fingerprint.Bytes(b), func(w *bytes.Buffer) error {
			w.Write(b)
			return nil
		})
	}
	return []output.Output{file("install.css", kit.InstallStyle), file("install.js", kit.InstallScript)}
}

// install plans the checklist of a venue, in the order of its route; what is on none comes
// after it, by number.
func (s *session) install(v kit.Venue, byCode map[string]*plaqueJob) output.Output {
	jobs := make([]*plaqueJob, len(v.Plaques))
	for i, p := range v.Plaques {
		jobs[i] = byCode[p.Code]
	}
	slices.SortStableFunc(jobs, func(a, b *plaqueJob) int {
		return cmp.Or(cmp.Compare(stop(a), stop(b)), number(a.exhibit.Number, b.exhibit.Number))
	})
	pieces := make([]kit.Piece, len(jobs))
	prints := make([]fingerprint.Fingerprint, len(jobs))
	for i, j := range jobs {
		pieces[i] = kit.Piece{Code: j.plaque.Code, Exhibit: j.plaque.Exhibit, Number: j.plaque.Number, At: j.plaque.PlanAt}
		if j.plaque.Material != "" {
			pieces[i].Material = material(j.plaque.Material).In(diag.Chinese)
		}
		prints[i] = j.print
	}
	plan := s.plan(jobs[0].exhibit.Venue)
	print := fingerprint.Of(&struct {
		Version string
		Venue   string
		Plan    *kit.InstallPlan
		Pieces  []kit.Piece
		Prints  []fingerprint.Fingerprint
	}{kit.Version, v.Name, plan, pieces, prints})
	return last(output.Ready(path.Join("plaques", v.Slug, installList), print, told(func(w *bytes.Buffer) error {
		for i, j := range jobs {
			var err error
			if pieces[i].Facts, err = j.facts(); err != nil {
				return err
			}
		}
		return kit.NewInstall(v, "../install.css", "../install.js", plan, pieces).HTML(w)
	})))
}

// stop is a plaque's place along the route.
func stop(j *plaqueJob) int {
	if j.exhibit.Stop == 0 {
		return 1 << 30
	}
	return j.exhibit.Stop
}

// number compares numbers of exhibits as people count: 2 before 10, and 2 before 2a.
func number(a, b string) int {
	return cmp.Or(cmp.Compare(len(digits(a)), len(digits(b))), cmp.Compare(a, b))
}

func digits(s string) string {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	return s[:i]
}

// plan is the plan of a venue, or nil.
func (s *session) plan(v *site.Venue) *kit.InstallPlan {
	if v.Plan == nil {
		return nil
	}
	pic, err := s.Media.Picture(v.Dir, v.Plan.Src.Path)
	if err != nil || pic.Width == 0 || pic.Height == 0 {
		return nil // told with the venue's page
	}
	return &kit.InstallPlan{Src: "../../" + pic.Src, Alt: v.Plan.Alt, W: pic.Width, H: pic.Height}
}
