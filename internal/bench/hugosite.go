package main

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"mingdeng/internal/bench/synth"
	"mingdeng/themes"
)

// hugoTheme is the Hugo site without its content: its configuration, and the few plain
// templates that somebody would write who wants the same pages and no more.
//
//go:embed all:hugo
var hugoTheme embed.FS

// writeHugo writes the records of s as a Hugo site below dir: the same words, the
// same pages, the same links. What Mingdeng works out from references (who tells of
// a hero, who holds an award) stands ready in Hugo's front matter or is left to
// Hugo's taxonomies, whichever is cheaper for Hugo.
func writeHugo(dir string, s synth.Site) error {
	h := &hugoSite{dir: dir, ranks: map[string]int{}, regions: map[string]*region{}}
	steps := []func(synth.Site) error{h.theme, h.survey, h.records, h.lists}
	for _, step := range steps {
		if err := step(s); err != nil {
			return err
		}
	}
	return nil
}

type hugoSite struct {
	dir      string
	buf      bytes.Buffer
	made     string         // the folder made last
	ranks    map[string]int // of heroes, by address: Hugo's weights
	regions  map[string]*region
	years    []int
	chapters map[string]int // how many of a book have been written
}

// region is a place with its term in Hugo's taxonomy.
type region struct {
	term string
	name string
}

// theme copies the theme, and the style sheet and icon of Mingdeng's.
func (h *hugoSite) theme(synth.Site) error {
	err := fs.WalkDir(hugoTheme, "hugo", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := fs.ReadFile(hugoTheme, p)
		if err != nil {
			return err
		}
		return h.write(strings.TrimPrefix(p, "hugo/"), b)
	})
	if err != nil {
		return err
	}
	styles, err := fs.Glob(themes.FS, "lamplight/styles/*.css")
	if err != nil || len(styles) == 0 {
		return fmt.Errorf("no style sheets: %w", err)
	}
	var all []byte
	for _, p := range styles {
		b, err := fs.ReadFile(themes.FS, p)
		if err != nil {
			return err
		}
		all = append(all, b...)
	}
	if err := h.write("static/lamplight.css", all); err != nil {
		return err
	}
	icon, err := fs.ReadFile(themes.FS, "lamplight/images/icon.svg")
	if err != nil {
		return err
	}
	return h.write("static/icon.svg", icon)
}

// survey gives heroes their ranks and places their terms.
func (h *hugoSite) survey(s synth.Site) error {
	var slugs []string
	for r := range s.All() {
		if r.Kind != synth.Hero {
			break
		}
		slugs = append(slugs, r.Address)
		if !slices.Contains(h.years, r.Terms.Year) {
			h.years = append(h.years, r.Terms.Year)
		}
		var above []string
		for _, name := range r.Terms.Region {
			key := strings.Join(append(slices.Clone(above), name), "/")
			above = append(above, name)
			if h.regions[key] != nil {
				continue
			}
			h.regions[key] = &region{term: "r" + strconv.Itoa(len(h.regions)), name: name}
		}
	}
	slices.Sort(slugs)
	for i, a := range slugs {
		h.ranks[a] = i + 1
	}
	return nil
}

// keys are the keys of a place and of all above it: "A", "A/B", "A/B/C".
func keys(names []string) []string {
	var out []string
	for i := range names {
		out = append(out, strings.Join(names[:i+1], "/"))
	}
	return out
}

func (h *hugoSite) records(s synth.Site) error {
	h.chapters = map[string]int{}
	for r := range s.All() {
		if err := h.write("content/"+hugoPath(r), h.record(r)); err != nil {
			return err
		}
	}
	return nil
}

// hugoPath is where a record lies in Hugo's content folder.
func hugoPath(r *synth.Record) string {
	switch r.Kind {
	case synth.Book, synth.Venue, synth.Honor:
		return r.Address + "_index.md"
	}
	return strings.TrimSuffix(r.Address, "/") + ".md"
}

// record makes the file of a record.
func (h *hugoSite) record(r *synth.Record) []byte {
	f := h.head(r.Title)
	f.text("description", r.Line)
	if len(r.Aliases) > 0 {
		f.list("aliases", r.Aliases)
	}
	slug := path.Base(r.Address)
	switch r.Kind {
	case synth.Hero:
		f.number("weight", h.ranks[r.Address])
		h.heroTerms(f, r)
	case synth.Brief:
		f.plain("date", r.Date)
	case synth.Unit:
		f.plain("build", "{render: never}")
	case synth.Report:
		f.number("weight", 3000-atoi(slug))
	case synth.Chapter, synth.Exhibit:
		f.number("weight", h.place(r))
	}
	f.plain("params", "")
	f.indent = "  "
	switch r.Kind {
	case synth.Hero:
		h.heroParams(f, r)
	case synth.Brief:
		f.number("number", atoi(strings.TrimSuffix(strings.TrimPrefix(slug, "di-"), "-qi")))
	case synth.Chapter:
		f.list("authors", []string{fact(r, "作者")})
	case synth.Exhibit:
		f.text("number", slug[strings.LastIndexByte(slug, '-')+1:])
		for _, x := range r.Facts {
			f.text("person", "/"+strings.TrimSuffix(x.Value.Address, "/"))
		}
	}
	if r.Kind != synth.Exhibit {
		h.facts(f, r)
	}
	f.end()
	h.body(r)
	return h.buf.Bytes()
}

// place counts a record within its folder.
func (h *hugoSite) place(r *synth.Record) int {
	dir := path.Dir(strings.TrimSuffix(r.Address, "/"))
	h.chapters[dir]++
	return h.chapters[dir]
}

func (h *hugoSite) heroTerms(f *front, r *synth.Record) {
	var regions []string
	for _, k := range keys(r.Terms.Region[:]) {
		regions = append(regions, h.regions[k].term)
	}
	f.list("regions", regions)
	f.list("years", []string{strconv.Itoa(r.Terms.Year)})
	f.list("deeds", []string{r.Terms.Deed})
	if r.Terms.Honor != "" {
		f.list("honors", []string{r.Terms.Honor})
		f.list("sessions", []string{r.Terms.Honor + "-" + strconv.Itoa(r.Terms.Session)})
	}
}

func (h *hugoSite) heroParams(f *front, r *synth.Record) {
	f.text("occupation", fact(r, "职业"))
	f.text("born", fact(r, "出生"))
	if len(r.Traces) > 0 {
		f.plain("traces", "")
		for _, t := range r.Traces {
			kind := "展品"
			switch strings.SplitN(t.Address, "/", 2)[0] {
			case "briefs":
				kind = "简报"
			case "anthology":
				kind = "文集"
			}
			f.item("{t: " + strconv.Quote(t.Name) + ", h: " + strconv.Quote("/"+t.Address) + ", k: " + kind + "}")
		}
	}
}

func fact(r *synth.Record, label string) string {
	for _, f := range r.Facts {
		if f.Label == label {
			return f.Value.Name
		}
	}
	return ""
}

// facts writes what stands beside the text, values of one label together.
func (h *hugoSite) facts(f *front, r *synth.Record) {
	var labels []string
	values := map[string][]string{}
	for _, x := range r.Facts {
		if r.Kind == synth.Hero && (x.Label == "职业" || x.Label == "出生") {
			continue // part of the name
		}
		if values[x.Label] == nil {
			labels = append(labels, x.Label)
		}
		if x.Label == "地" {
			for _, k := range keys(r.Terms.Region[:]) {
				values["地"] = append(values["地"], link(h.regions[k].name, "regions/"+h.regions[k].term+"/"))
			}
		}
		values[x.Label] = append(values[x.Label], link(x.Value.Name, hugoAddress(x.Value.Address)))
	}
	if len(labels) == 0 {
		return
	}
	f.plain("facts", "")
	for _, l := range labels {
		f.item("{l: " + strconv.Quote(l) + ", x: [" + strings.Join(values[l], ", ") + "]}")
	}
}

func link(text, address string) string {
	if address == "" {
		return "{t: " + strconv.Quote(text) + "}"
	}
	return "{t: " + strconv.Quote(text) + ", h: " + strconv.Quote("/"+address) + "}"
}

// hugoAddress is where Hugo puts the page that Mingdeng has at an address: the
// lists are taxonomies there.
func hugoAddress(a string) string {
	a = strings.Replace(a, "heroes/year/", "years/", 1)
	a = strings.Replace(a, "heroes/deed/", "deeds/", 1)
	if rest, ok := strings.CutPrefix(a, "honors/"); ok && strings.Count(rest, "/") == 2 {
		slug, session, _ := strings.Cut(rest, "/")
		return "sessions/" + slug + "-" + session
	}
	return a
}

// body writes the text with plain links.
func (h *hugoSite) body(r *synth.Record) {
	text := r.Text
	for _, l := range r.Links {
		i := strings.Index(text, "[[")
		j := i + strings.Index(text[i:], "]]")
		h.buf.WriteString(text[:i])
		fmt.Fprintf(&h.buf, "[%s](/%s)", l.Name, l.Address)
		text = text[j+2:]
	}
	h.buf.WriteString(text)
}

func (h *hugoSite) write(name string, b []byte) error {
	p := filepath.Join(h.dir, filepath.FromSlash(name))
	if dir := filepath.Dir(p); dir != h.made {
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return err
		}
		h.made = dir
	}
	return os.WriteFile(p, b, 0o666)
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic("bench: " + err.Error()) // a slug of our own making
	}
	return n
}
