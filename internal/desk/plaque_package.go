package desk

import (
	"archive/zip"
	"errors"
	"mime"
	"net/http"
	"time"

	"mingdeng/internal/diag"
	"mingdeng/internal/plaques"
	"mingdeng/internal/project"
)

type refusedView struct {
	frame
	Text    string
	Refused []refusalView
}

// printPackage sends what a fabricator needs, as a zip that is made while it is sent: of the
// codes of the query, or of a venue. What may not be published is not in it.
func (v *visit) printPackage() {
	q := v.r.URL.Query()
	codes := q["code"]
	if venue := q.Get("venue"); venue != "" {
		codes = v.codesOf(venue)
	}
	if len(codes) == 0 {
		v.showPlaques(http.StatusUnprocessableEntity, v.word("package.none"))
		return
	}
	p, found, err := plaques.OpenPackage(v.options(), codes)
	if err != nil {
		v.refuse(v.word("package.refused"), found, err)
		return
	}
	defer p.Close()
	name := v.word("package")
	if venues := p.Venues(); len(venues) == 1 {
		name += "-" + venues[0].Name
	}
	name += "-" + v.o.Today().String() + ".zip"
	v.w.Header().Set("Content-Type", "application/zip")
	v.w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	z := zip.NewWriter(v.w)
	err = p.Each(v.r.Context(), v.o.Lang, func(name string, b []byte) error {
		h := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Now()}
		h.SetMode(0o644)
		w, err := z.CreateHeader(h)
		if err == nil {
			_, err = w.Write(b)
		}
		if err == nil {
			err = z.Flush()
		}
		if err == nil { // the browser shows that it comes
			err = http.NewResponseController(v.w).Flush()
		}
		return err
	})
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		panic(http.ErrAbortHandler) // the browser says that the download failed: half a package looks whole
	}
}

// codesOf are the codes in force of a venue.
func (v *visit) codesOf(venue string) []string {
	var out []string
	for _, c := range v.codes(v.site.private.Overview()) {
		if c.VenueSlug == venue && !c.Retired {
			out = append(out, c.Code)
		}
	}
	return out
}

// refuse says why something was not made: what is wrong, each with its page.
func (v *visit) refuse(title string, found []diag.Finding, err error) {
	if !errors.Is(err, project.ErrFindings) {
		v.message(http.StatusInternalServerError, title, diag.TroubleOf(err).What.In(v.o.Lang))
		return
	}
	v.show(http.StatusUnprocessableEntity, "plaque_refused", refusedView{v.frame("plaques", title), v.word("refused.text"), v.refusals(found, diag.Error)})
}
