package wechat

import (
	"bytes"
	_ "embed"
	"encoding/base64"
	"html/template"
)

//go:embed preview.html
var previewSource string

var previewPage = template.Must(template.New("").Parse(previewSource))

// PreviewWords are the words of the preview, in the editor's language.
type PreviewWords struct {
	Lang                                      string // BCP 47
	Title, Copy, Copied, Failed, About, Files string
	Warnings                                  []string
}

// Preview is a page to look at an article on this machine, with a button that puts it
// on the clipboard. The pictures stand in it as data: addresses: WeChat's editor takes
// them in when they are pasted.
func (r Result) Preview(w PreviewWords) ([]byte, error) {
	type file struct {
		Name          string
		Width, Height int
		KB            int
	}
	var files []file
	for _, p := range r.Pictures {
		files = append(files, file{p.Name, p.Width, p.Height, (len(p.Bytes) + 1023) / 1024})
	}
	article := r.Fill(func(p Picture) string {
		return "data:" + p.Type + ";base64," + base64.StdEncoding.EncodeToString(p.Bytes)
	})
	var b bytes.Buffer
	err := previewPage.Execute(&b, struct {
		PreviewWords
		Heading  string
		Article  template.HTML // made by Convert, which escapes all text
		Pictures []file
	}{w, r.Title, template.HTML(article), files})
	return b.Bytes(), err
}
