package desk

import (
	"io/fs"
	"net/http"
	"path"
	"strings"

	"mingdeng/internal/importer/report"
	"mingdeng/internal/importer/saved"
)

// maxPaste is the longest text taken from the clipboard, bytes of HTML.
const maxPaste = 8 << 20

type pasted struct {
	Text string `json:"text"`
	Path string `json:"path"` // of the record, which may have moved into a folder
}

// paste turns what was copied in Word, WPS or a web page into Markdown. Pictures that came
// with it go beside the record.
func (v *visit) paste() {
	file, _, ok := v.read()
	if !ok {
		return
	}
	source := v.posted().Get("html")
	if len(source) > maxPaste {
		http.Error(v.w, v.word("large"), http.StatusRequestEntityTooLarge)
		return
	}
	// The reader looks for an article within a page; here all of it is one.
	page, err := saved.Read([]byte("<!doctype html><html><body><article>"+source+"</article></body></html>"), noFiles{}, &report.Log{})
	if err != nil {
		http.Error(v.w, v.word("paste.none"), http.StatusUnprocessableEntity)
		return
	}
	v.site.saving.Lock()
	defer v.site.saving.Unlock()
	for i, p := range page.Document.Pictures {
		name, moved, err := v.keep(file, "picture"+p.Ext, p.Data)
		if err != nil {
			continue // words are not held back by a picture that cannot be shown
		}
		page.Document.Pictures[i].Name, file = name, moved
	}
	text, _ := page.Document.Markdown()
	if len(page.Document.Pictures) > 0 {
		v.site.pages.Refresh()
		v.kept("uploaded", file, v.r.PathValue("path"), path.Dir(file))
	}
	v.json(http.StatusOK, pasted{strings.TrimSpace(text), path.Clean(file)})
}

// noFiles is the folder of a page that was copied and not saved: nothing lies beside it.
type noFiles struct{}

func (noFiles) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}
