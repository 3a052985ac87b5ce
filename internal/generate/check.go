package generate

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/media"
	"mingdeng/internal/pages"
	"mingdeng/internal/privacy"
	"mingdeng/internal/project"
	"mingdeng/internal/render"
	"mingdeng/internal/rescue"
	"mingdeng/internal/site"
	"mingdeng/internal/writer"
)

// CheckTexts renders every published text for its findings alone, so that faults in texts
// are told together with those in heads.
func CheckTexts(p *project.Project, found *diag.List) {
	for i, r := range p.Renders {
		refs := p.Plans[i].Refs
		heads := slices.DeleteFunc(heads(p.Model.Editions[i]), func(h *content.Head) bool { return h.Member != "" }) // whose editors were told
		rescue.Each(len(heads), func(n int) {
			if err := rescue.Do(func() error { r.Check(heads[n], refs[heads[n]], found); return nil }); err != nil {
				found.Add(diag.Internal.At(heads[n].Path, diag.Pos{}, err.Error()))
			}
		})
	}
}

// checkPictures decodes photographs that no build has made yet, so that damaged ones are
// told together with all else.
func (s *session) checkPictures() {
	for _, pic := range s.Media.Damaged() {
		s.badPicture(pic)
	}
}

// heads are those of all that an edition publishes.
func heads(e *site.Edition) []*content.Head {
	var list []*content.Head
	e.Each(func(h *content.Head, _ site.Address) { list = append(list, h) })
	return list
}

// makeAll makes every file and throws it away, for what only making it shows.
func (s *session) makeAll(ctx context.Context) {
	guard := privacy.New(s.Model)
	outs := s.outputs()
	if s.clashed(writer.Check(outs)) {
		return
	}
	places := anchorsOf(s.Project)
	var mu sync.Mutex
	var faults writer.FaultsError
	rescue.Each(len(outs), func(n int) {
		if ctx.Err() != nil {
			return
		}
		var b bytes.Buffer
		err := rescue.Do(func() error {
			_, fill, err := outs[n].Prepare()
			if err == nil {
				err = fill(&b)
			}
			if err == nil {
				places.read(outs[n].Path, b.Bytes())
			}
			if err == nil {
				err = guard.Inspect(outs[n].Path, b.Bytes())
			}
			return err
		})
		if err != nil {
			mu.Lock()
			defer mu.Unlock()
			faults = append(faults, &writer.Fault{Path: outs[n].Path, Err: err})
		}
	})
	if len(faults) > 0 {
		s.explain(faults)
	}
	places.broken(s.found)
}

// caught makes a panic in one of the stages a finding like others, and is to be deferred.
// What was found before it stays.
func caught(r *Result, err *error) {
	if v := recover(); v != nil {
		r.Findings = append(r.Findings, diag.Internal.At("mingdeng", diag.Pos{}, rescue.From(v).Error()))
		*err = project.ErrFindings
	}
}

// Explain turns what failed in making files of a project into findings.
func Explain(p *project.Project, err error, found *diag.List) {
	(&session{Project: p, found: found}).explain(err)
}

// explain turns what failed in making files into findings an editor can act on.
// What is not the content's fault stays an error.
func (s *session) explain(err error) {
	found := s.found
	var faults writer.FaultsError
	if s.clashed(err) || !errors.As(err, &faults) {
		return
	}
	var leaks []*privacy.LeakError
	defer func() { s.locate(leaks, found) }()
	for _, f := range faults {
		var leak *privacy.LeakError
		var pic *media.PictureError
		switch {
		case errors.Is(f.Err, render.ErrContent): // told already
		case errors.As(f.Err, &leak):
			leaks = append(leaks, leak)
		case errors.As(f.Err, &pic):
			s.badPicture(pic)
		default:
			found.Add(diag.Internal.At(f.Path, diag.Pos{}, firstLine(f.Err.Error())))
		}
	}
}

// badPicture tells of a picture whose pixels are damaged where records name it.
func (s *session) badPicture(pic *media.PictureError) {
	told := false
	for i, plan := range s.Plans {
		if i > 0 && told {
			break // further editions name the same files
		}
		for _, use := range plan.Uses(pic.Path) {
			s.found.Add(pages.BadPicture(use.Path, use.Pos, use.Name, pic.Err))
			told = true
		}
	}
	if !told { // of the theme, say
		s.found.Add(pages.BadPicture(pic.Path, diag.Pos{}, pic.Path, pic.Err))
	}
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}
