package plaques

import (
	"bytes"
	"errors"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/drawing/artwork"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/output"
	"mingdeng/internal/pages"
	"mingdeng/internal/plaque/design"
	"mingdeng/internal/plaque/kit"
	"mingdeng/internal/project"
	"mingdeng/internal/render"
	"mingdeng/internal/site"
)

// PosterDesign is the design that posters of people are made by.
const PosterDesign = "poster"

// Posters plans the poster of each person that site.yaml asks for: a plaque of paper whose
// code is the address of their page, as a PDF for an office printer, beside that page.
func Posters(p *project.Project, found *diag.List) []output.Output {
	if p.Theme == nil {
		return nil
	}
	k := p.Model.Config.Keepsakes
	if k == nil || k.Posters == "" || k.Posters == content.NoHeroes {
		return nil
	}
	s := &session{Project: p, found: found}
	d := s.Designs[PosterDesign]
	if d == nil {
		found.Add(diag.PlaqueNoDesign.At(p.Model.Config.Path, p.Model.Config.Places.At("keepsakes"), PosterDesign, "", ""))
		return nil
	}
	var outs []output.Output
	for _, h := range p.Model.Editions[0].Heroes {
		if h.Member == "" && k.Posters.Of(h.Hero) {
			outs = append(outs, s.poster(h, d))
		}
	}
	return outs
}

func (s *session) poster(h *site.Hero, d *design.Design) output.Output {
	look := s.Theme.Edition(string(s.Model.Editions[0].Tag))
	base := string(s.Model.Config.BaseURL)
	p := kit.Plaque{
		Code: h.Slug, Address: base + string(h.Address), Design: d.Name, Faces: s.Faces,
		Fields: map[string]string{"host": hostOf(base), "site": s.Model.Config.Title, "association": ""},
	}
	if o := s.Model.Config.Organisation; o != nil {
		p.Fields["association"] = o.Name
	}
	if h.Sample {
		p.Fields["association"] += "　" + look.T("sample")
	}
	asks := s.ask(p.Fields, d, look)
	s.hero(&p, d, h, look, asks)
	if asks["story"] {
		p.Fields["story"] = s.story(&h.Head)
	}
	print := kit.Print(p, d)
	return output.Ready(string(h.Address)+pages.PosterFile, fingerprint.Sum(print[:], s.Program[:], []byte("poster")), func(w *bytes.Buffer) error {
		b, err := posterPDF(p, d, h.Name)
		var fault *kit.Fault
		if errors.As(err, &fault) {
			for _, x := range fault.Problems {
				s.found.Add(x.Code.At(h.Path, h.At("name"), x.Args...))
			}
			return render.ErrContent
		}
		w.Write(b)
		return err
	})
}

func posterPDF(p kit.Plaque, d *design.Design, name string) ([]byte, error) {
	x, err := kit.Draw(p, d)
	if err != nil {
		return nil, err
	}
	x.Scene.Cut = artwork.Ink{} // nobody cuts it
	sheet := artwork.Sheet{W: x.Scene.W, H: x.Scene.H, Placed: []artwork.Placed{{Scene: &x.Scene}}}
	return artwork.Sheets([]artwork.Sheet{sheet}, artwork.Info{Title: name})
}
