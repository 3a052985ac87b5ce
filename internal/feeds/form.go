package feeds

import (
	"mingdeng/internal/docform"
	"mingdeng/internal/output"
	"mingdeng/internal/pages"
)

// form is the nomination form as a Word file.
func (f files) form(w *pages.WordForm) []output.Output {
	if w == nil {
		return nil
	}
	return []output.Output{made(string(w.File), w.Form, docform.Write)}
}
