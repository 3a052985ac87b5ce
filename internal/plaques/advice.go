package plaques

import (
	"fmt"
	"strings"

	"mingdeng/internal/diag"
	"mingdeng/internal/plaque/kit"
)

// shownUnsettled is how many plaques without a material are named.
const shownUnsettled = 5

// advise tells what a fabricator would send back: plaques without a material, photographs too
// coarse for their size.
func (s *session) advise(v venueJobs) {
	var unsaid []string // of exhibits that say nothing of their plaques
	for _, j := range v.jobs {
		if j.plaque.Material == "" {
			x := j.exhibit
			if x.Plaque != nil {
				s.found.Add(diag.PlaqueMaterial.At(x.Path, x.At("plaque"), j.plaque.Code))
			} else {
				unsaid = append(unsaid, x.Name)
			}
		}
		s.adviseResolution(j)
	}
	if n := len(unsaid); n > 0 {
		more := ""
		if n > shownUnsettled {
			unsaid, more = unsaid[:shownUnsettled], "……"
		}
		place := v.jobs[0].exhibit.Venue
		s.found.Add(diag.PlaqueMaterials.At(place.Path, place.At("plaque"), n, strings.Join(unsaid, "、")+more, strings.Join(unsaid, ", ")+more))
	}
}

func (s *session) adviseResolution(j *plaqueJob) {
	dpi, w, h, ok := kit.Resolution(j.plaque, j.design)
	if !ok || dpi >= kit.LeastDPI {
		return
	}
	hero := j.exhibit.Heroes[0]
	s.found.Add(diag.PlaqueCoarse.At(hero.Path, hero.Portrait.Src.Pos, hero.Portrait.Src.Path, j.plaque.Code, fmt.Sprintf("%.0f", dpi), kit.LeastDPI, w, h, j.plaque.Photo.Width, j.plaque.Photo.Height))
}
