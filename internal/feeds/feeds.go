// Package feeds makes the files that programs read: the sitemap (sitemaps.org),
// robots.txt (RFC 9309), Atom feeds (RFC 4287), a JSON feed (jsonfeed.org 1.1),
// the open data below /data/ (JSON, and GeoJSON by RFC 7946), and the web app
// manifest (W3C). They say nothing that the pages do not show.
package feeds

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"strings"

	"mingdeng/internal/output"
	"mingdeng/internal/pages"
	"mingdeng/internal/site"
)

// Plan lists the files of one edition, of which list are the pages.
func Plan(in pages.Inputs, list []pages.Page) []output.Output {
	f := files{in, in.Edition, string(in.Base)}
	outs := f.sitemap(list)
	if in.Edition.Prefix != "" {
		return append(append(outs, f.heroes()), f.feedFiles()...)
	}
	outs = append(outs, f.robots(), f.manifest(), f.heroes(), f.venues())
	return append(outs, f.feedFiles()...)
}

type files struct {
	pages.Inputs
	e    *site.Edition
	base string
}

func (f files) absolute(a site.Address) string { return f.base + string(a) }

// made is an output whose bytes encode one value: the value is all it depends on.
func made[V any](path string, value V, encode func(*bytes.Buffer, V) error) output.Output {
	return output.Output{Path: path, Prepare: func() (output.Fingerprint, func(*bytes.Buffer) error, error) {
		print := output.Of(&value)
		return print, func(w *bytes.Buffer) error { return encode(w, value) }, nil
	}}
}

func writeXML[V any](w *bytes.Buffer, v V) error {
	w.WriteString(xml.Header)
	return xml.NewEncoder(w).Encode(v)
}

func writeJSON[V any](w *bytes.Buffer, v V) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

func (f files) robots() output.Output {
	root := strings.TrimSuffix(f.base[strings.Index(f.base, "://")+3:], "/")
	_, path, _ := strings.Cut(root, "/")
	if path != "" {
		path = "/" + path
	}
	// Plaque artwork is for fabricators; no page links to it.
	text := "User-agent: *\nDisallow: " + path + "/plaques/\n\nSitemap: " + f.base + "sitemap.xml\n"
	return made("robots.txt", text, func(w *bytes.Buffer, s string) error {
		w.WriteString(s)
		return nil
	})
}

func (f files) manifest() output.Output {
	type icon struct {
		Src   string `json:"src"`
		Type  string `json:"type"`
		Sizes string `json:"sizes"`
	}
	short := []rune(f.e.Config.Title)
	return made("manifest.webmanifest", struct {
		Name       string `json:"name"`
		ShortName  string `json:"short_name"`
		Lang       string `json:"lang"`
		StartURL   string `json:"start_url"`
		Scope      string `json:"scope"`
		Display    string `json:"display"`
		Background string `json:"background_color"`
		Theme      string `json:"theme_color"`
		Icons      []icon `json:"icons"`
	}{
		f.e.Config.Title, string(short[:min(len(short), 12)]), string(f.e.Tag), "./", "./", "browser", "#FAF7F0", "#14171C",
		[]icon{{f.Icon, "image/svg+xml", "any"}},
	}, writeJSON)
}
