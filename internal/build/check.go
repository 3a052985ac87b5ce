package build

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/media"
	"mingdeng/internal/picture"
	"mingdeng/internal/privacy"
	"mingdeng/internal/render"
	"mingdeng/internal/rescue"
	"mingdeng/internal/site"
	"mingdeng/internal/writer"
)

// checkTexts renders every published text for its findings alone, so that faults
// in texts are told together with those in heads.
func (s *stages) checkTexts() {
	for i, r := range s.renders {
		refs := s.plans[i].Refs
		var heads []*content.Head
		s.model.Editions[i].Each(func(h *content.Head, _ site.Address) { heads = append(heads, h) })
		rescue.Each(len(heads), func(n int) {
			if err := rescue.Do(func() error { r.Check(heads[n], refs[heads[n]], &s.found); return nil }); err != nil {
				s.found.Add(diag.Internal.At(heads[n].Path, diag.Pos{}, err.Error()))
			}
		})
	}
}

// makeAll makes every file and throws it away, for what only making it shows.
func (s *stages) makeAll(ctx context.Context) {
	guard := privacy.New(s.model)
	outs := s.outputs()
	if s.clashed(writer.Check(outs), &s.found) {
		return
	}
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
		s.explain(faults, &s.found)
	}
}

// caught makes a panic in one of the stages a finding like others, and is to be deferred.
// What was found before it stays.
func caught(r *Result, err *error) {
	if v := recover(); v != nil {
		r.Findings = append(r.Findings, diag.Internal.At("mingdeng", diag.Pos{}, rescue.From(v).Error()))
		*err = ErrFindings
	}
}

// explain turns what failed in making files into findings an editor can act on.
// What is not the content's fault stays an error.
func (s *stages) explain(err error, found *diag.List) {
	var faults writer.FaultsError
	if s.clashed(err, found) || !errors.As(err, &faults) {
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
			zh, en := pic.Err.Error(), pic.Err.Error()
			if errors.As(pic.Err, new(picture.EffortError)) {
				zh = "图形太多，或者太大、重叠太多层，画不出来"
			}
			found.Add(diag.BadPicture.At(pic.Path, diag.Pos{}, pic.Path, zh, en))
		default:
			found.Add(diag.Internal.At(f.Path, diag.Pos{}, firstLine(f.Err.Error())))
		}
	}
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// unused reports files that no record uses. What lies in the folder of a record that
// is not published waits there with it.
func (s *stages) unused() {
	if s.media == nil {
		return
	}
	published := map[*content.Head]bool{}
	for _, e := range s.model.Editions {
		e.Each(func(h *content.Head, _ site.Address) { published[h] = true })
	}
	var waiting []string
	s.content.All(func(r content.Record) {
		if h := r.Base(); !published[h] && strings.HasPrefix(path.Base(h.Path), "index.") {
			waiting = append(waiting, h.Dir+"/")
		}
	})
	meant := map[string]bool{} // suggested to somebody who misspelt them
	for _, f := range s.found.Sorted() {
		if f.Code == diag.Misnamed {
			meant[path.Base(f.Path)] = true // told in better words
		}
		if near, ok := f.Args, f.Code == diag.MissingPicture || f.Code == diag.MissingRecording; ok && len(near) > 1 {
			meant[path.Base(fmt.Sprint(near[1]))] = true
		}
	}
	for _, p := range s.media.Unused() {
		if meant[path.Base(p)] {
			continue
		}
		if !slices.ContainsFunc(waiting, func(dir string) bool { return strings.HasPrefix(p, dir) }) {
			zh, en := "", ""
			switch strings.ToLower(path.Ext(p)) {
			case ".doc", ".docx":
				zh, en = "Word 文件要先转换，运行 mingdeng import", "Word documents are converted with mingdeng import"
			case ".txt", ".markdown", ".md":
				zh, en = "要发布的话，把后缀改成 .md", "to publish it, let its name end in .md"
			}
			s.found.Add(diag.UnusedFile.At(p, diag.Pos{}, zh, en))
		}
	}
}
