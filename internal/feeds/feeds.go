// Package feeds makes the files that programs read: the sitemap (sitemaps.org),
// robots.txt (RFC 9309), Atom feeds (RFC 4287), a JSON feed (jsonfeed.org 1.1),
// the open data below /data/ (JSON, and GeoJSON by RFC 7946), the web app manifest
// (W3C), and calendars (RFC 5545). They say nothing that the pages do not show.
package feeds

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"net/url"
	"strconv"

	"mingdeng/internal/fingerprint"
	"mingdeng/internal/output"
	"mingdeng/internal/pages"
	"mingdeng/internal/site"
)

// Plan lists the files of one edition, of which plan tells the pages.
func Plan(in pages.Inputs, plan pages.Planned) []output.Output {
	f := files{in, in.Edition, string(in.Base)}
	outs := append(f.sitemap(plan), f.events(plan.Events)...)
	outs = append(outs, f.form(plan.Form)...)
	outs = append(outs, f.manifest())
	for _, m := range plan.DaysByMonth() {
		outs = append(outs, made(f.e.Prefix+"data/days/"+strconv.Itoa(m.Month)+".json", m, writeJSON))
	}
	if in.Edition.Prefix != "" {
		return append(append(outs, f.heroes()), f.feedFiles()...)
	}
	outs = append(outs, f.robots(), f.heroes(), f.venues())
	outs = append(outs, f.icons()...)
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
	return output.Output{Path: path, Prepare: func() (fingerprint.Fingerprint, output.Fill, error) {
		print := fingerprint.Of(&value)
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
	path := (&url.URL{Path: f.Base.Path()}).EscapedPath()
	// Plaque artwork is for fabricators; no page links to it.
	text := "User-agent: *\nDisallow: " + path + "plaques/\n\n"
	for _, prefix := range f.e.Prefixes() {
		text += "Sitemap: " + f.base + prefix + "sitemap.xml\n"
	}
	return made("robots.txt", text, func(w *bytes.Buffer, s string) error {
		w.WriteString(s)
		return nil
	})
}
