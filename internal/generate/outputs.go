package generate

import (
	"bytes"
	"image"
	"io/fs"
	"runtime"
	"strings"

	"mingdeng/internal/card"
	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/feeds"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/onefile"
	"mingdeng/internal/output"
	"mingdeng/internal/pages"
	"mingdeng/internal/picture"
	"mingdeng/internal/plaques"
	"mingdeng/internal/project"
	"mingdeng/internal/render"
	"mingdeng/internal/search"
	"mingdeng/internal/theme"
)

// Outputs lists every file of a site. What is wrong with plaques is told to found, as is
// what making them finds.
func Outputs(p *project.Project, found *diag.List) []output.Output {
	return (&session{Project: p, found: found}).outputs()
}

// Page is the output of one page, rendered by r.
func Page(p *project.Project, page pages.Page, r *render.Renderer, base content.BaseURL) output.Output {
	return (&session{Project: p}).page(page, r, base)
}

// outputs lists every file of the site.
func (s *session) outputs() []output.Output {
	artwork := plaques.Outputs(s.Project, s.memory, s.found)
	for i := range artwork {
		artwork[i].Prepare = madeBy(s.Program, artwork[i].Prepare)
		if last := artwork[i].Last; last != nil {
			artwork[i].Last = func(made func(string) (output.Made, bool)) (fingerprint.Fingerprint, output.Fill, error) {
				return madeBy(s.Program, func() (fingerprint.Fingerprint, output.Fill, error) { return last(made) })()
			}
		}
	}
	return append(s.readersOutputs(), artwork...)
}

// readersOutputs lists the files for readers: all but the artwork of plaques.
func (s *session) readersOutputs() []output.Output {
	var outs []output.Output
	made := map[string]bool{}
	for i, plan := range s.Plans {
		for _, p := range plan.Pages {
			o := s.page(p, s.Renders[i], s.Inputs[i].Base)
			outs = append(outs, s.keeper.Follow(s.followed(o, s.same && !p.Sums)))
		}
		for _, v := range plan.Volumes {
			for _, o := range s.Renders[i].Volume(v, s.Binding) {
				outs = append(outs, s.keeper.Follow(o))
			}
		}
		for _, c := range plan.Captions {
			if made[c.Path] { // two editions say the same
				continue
			}
			made[c.Path] = true
			outs = append(outs, output.Ready(c.Path, fingerprint.Sum(c.Text), func(w *bytes.Buffer) error {
				w.Write(c.Text)
				return nil
			}))
		}
		outs = append(outs, feeds.Plan(s.Inputs[i], plan)...)
		if index := plan.Index(); index != nil {
			prefix := s.Inputs[i].Edition.Prefix
			outs = append(outs, s.index(index, strings.Trim("search-"+prefix, "-/")).Outputs(prefix+"search/")...)
		}
	}
	for i := range outs {
		outs[i].Prepare = madeBy(s.Program, outs[i].Prepare)
	}
	for i, plan := range s.Plans {
		outs = append(outs, planOffline(plan.Offline, s.Renders[i].Look, s.Program)...)
	}
	for _, a := range s.Theme.Assets() {
		outs = append(outs, asset(a))
	}
	outs = append(outs, s.planCards()...)
	outs = append(outs, s.planKeepsakes()...)
	outs = append(outs, plaques.Posters(s.Project, s.found)...)
	return append(outs, s.Media.Outputs()...)
}

// index is the index of an edition, made of what the last build left of it, as name.
func (s *session) index(plan *search.Plan, name string) *search.Index {
	if s.folder == nil {
		return plan.Index(fingerprint.Fingerprint{}, nil)
	}
	x := plan.Index(s.Program, func() []byte { return s.folder.LeftBy(name) })
	s.leaves[name] = x.Left
	return x
}

// madeBy puts the program's own fingerprint into an output's: another build of the
// program may make other bytes of the same view. Pictures are left out, because they
// are costly to make and name the version of their encoder.
func madeBy(program fingerprint.Fingerprint, prepare output.Prepare) output.Prepare {
	return func() (fingerprint.Fingerprint, output.Fill, error) {
		print, fill, err := prepare()
		if program.IsZero() || print.IsZero() {
			return fingerprint.Fingerprint{}, fill, err
		}
		return fingerprint.Sum(print[:], program[:]), fill, err
	}
}

// page is a page's output, as one file where the page is to be one.
func (s *session) page(p pages.Page, r *render.Renderer, base content.BaseURL) output.Output {
	o := r.Output(p)
	if p.Alone {
		o.Prepare = s.alone(o.Prepare, base)
	}
	return o
}

// asset is a file of the theme as an output.
func asset(a theme.Asset) output.Output {
	return output.Ready(a.Path, fingerprint.Sum(a.Bytes), func(w *bytes.Buffer) error {
		w.Write(a.Bytes)
		return nil
	})
}

// planCards plans the files of the share cards. They are costly, as pictures are, so their
// fingerprints name what they show and how it is drawn, and nothing else of the program:
// a new build of it draws none anew. One is drawn and gone before the next; none is held.
func (s *session) planCards() []output.Output {
	outs := make([]output.Output, len(s.Cards))
	drawn := map[fingerprint.Fingerprint]string{} // the first card that a picture stands on
	for i := range s.Cards {
		c := &s.Cards[i]
		after := ""
		if c.Photo != nil {
			if after = drawn[c.Photo.Digest]; after == "" {
				drawn[c.Photo.Digest] = c.Path
			}
		}
		outs[i] = output.Output{Path: c.Path, After: after, Prepare: func() (fingerprint.Fingerprint, output.Fill, error) {
			var photo fingerprint.Fingerprint
			if c.Photo != nil {
				photo = c.Photo.Digest
			}
			said := fingerprint.Of(&c.Card)
			print := fingerprint.Sum([]byte(card.Version), []byte(picture.EncoderVersion), []byte(runtime.Version()), said[:], photo[:])
			return print, func(w *bytes.Buffer) error {
				var img *image.RGBA
				if c.Photo != nil {
					var err error
					if img, err = s.Media.Cover(*c.Photo, card.PhotoWidth, card.Height); err != nil {
						return err
					}
				}
				return c.Card.Draw(w, img)
			}, nil
		}}
	}
	return outs
}

// alone makes one file of a page. The page names its styles, scripts and pictures by
// their content, so its own fingerprint stands for them too; what is left is how they
// are encoded and put in.
func (s *session) alone(page output.Prepare, base content.BaseURL) output.Prepare {
	return func() (fingerprint.Fingerprint, output.Fill, error) {
		print, fill, err := page()
		print = fingerprint.Sum(print[:], []byte(onefile.Version), []byte(picture.EncoderVersion), []byte(runtime.Version()))
		return print, func(w *bytes.Buffer) error {
			var b bytes.Buffer
			if err := fill(&b); err != nil {
				return err
			}
			return onefile.Write(w, b.Bytes(), base.Path(), s.file)
		}, err
	}
}

// file returns a style sheet, script or picture of the site by its path.
func (s *session) file(path string) ([]byte, error) {
	for _, a := range s.Theme.Assets() {
		if a.Path == path {
			return a.Bytes, nil
		}
	}
	b, err := s.Media.Published(path)
	if err != nil {
		return nil, &fs.PathError{Op: "put in", Path: path, Err: err}
	}
	return b, nil
}
