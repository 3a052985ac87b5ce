package advice

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/project"
	"mingdeng/internal/site"
)

// Unused reports files that no record uses. What lies in the folder of a record that is not
// published waits there with it; found is what has been told already, for a file that a
// misspelt name was to be.
func Unused(p *project.Project, found []diag.Finding) []diag.Finding {
	if p.Media == nil {
		return nil
	}
	published := map[*content.Head]bool{}
	for _, e := range p.Model.Editions {
		e.Each(func(h *content.Head, _ site.Address) { published[h] = true })
	}
	var waiting []string
	p.Content.All(func(r content.Record) {
		if h := r.Base(); !published[h] && strings.HasPrefix(path.Base(h.Path), "index.") {
			waiting = append(waiting, h.Dir+"/")
		}
	})
	meant := map[string]bool{} // suggested to somebody who misspelt them
	for _, f := range found {
		if f.Code == diag.Misnamed {
			meant[path.Base(f.Path)] = true // told in better words
		}
		if near, ok := f.Args, f.Code == diag.MissingPicture || f.Code == diag.MissingRecording || f.Code == diag.MissingTranscript || f.Code == diag.MissingFilm; ok && len(near) > 1 {
			meant[path.Base(fmt.Sprint(near[1]))] = true
		}
	}
	var out []diag.Finding
	for _, file := range p.Media.Unused() {
		if meant[path.Base(file)] {
			continue
		}
		if !slices.ContainsFunc(waiting, func(dir string) bool { return strings.HasPrefix(file, dir) }) {
			zh, en := "", ""
			switch strings.ToLower(path.Ext(file)) {
			case ".doc", ".docx":
				zh, en = "Word 文件要先转换，运行 mingdeng import", "Word documents are converted with mingdeng import"
			case ".txt", ".markdown", ".md":
				zh, en = "要发布的话，把后缀改成 .md", "to publish it, let its name end in .md"
			}
			out = append(out, diag.UnusedFile.At(file, diag.Pos{}, zh, en))
		}
	}
	return out
}
