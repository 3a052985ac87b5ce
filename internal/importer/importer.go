// Package importer turns files that associations have (Word files, honour rolls,
// saved articles) into records.
//
//	plan, err := importer.Make(site, files, options)  // reads, writes nothing
//	err = plan.Write(root)                            // creates, never overwrites
//
// # What comes of a file
//
// A .docx becomes a brief, chapter, page or a hero's story (package docx), a saved
// web page the same (package saved), an .xlsx or .csv one hero a row (package
// roll). Every record is made to pass `mingdeng check` as it stands, and none shows
// by itself: texts are drafts, and heroes have not consented until their editor
// writes so. What was taken, guessed and left is told in a report, and what was
// left of a text also in comments of its head, so that it is not gone with the
// terminal.
//
// # Names and places
//
// A record with pictures is a folder NAME/ with index.md and picture-1.jpg … in the
// order of the text; one without is NAME.md. NAME is the title or the person's
// name; where its address would be taken or very long, 网址名 gives another. A
// record that exists is never touched: if it is byte for byte what would be
// written, that is told, else the import of that one is refused. So the same
// command may be run twice.
//
// # Private numbers
//
// Numbers of identity cards, mobile numbers and bank cards are taken out of every
// text, whoever they belong to, and the report says how many. The numbers of a
// roll's private columns are not even read into a record.
//
// # People who have not consented
//
// A build stops where a page names somebody withheld, and everybody on a fresh roll
// is. People whose names stand in the site's texts already are therefore held back
// (Options.Named takes them all the same): importing must not break a site.
package importer

import (
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/importer/report"
)

// Options say what to make of the files.
type Options struct {
	Kind   content.Kind // "" for what the file is mostly used for
	Into   string       // folder below content, a book, or a year of briefs; may be ""
	Region []string     // of people and deeds whose file names none, or names one without its province
	Named  bool         // also people whose names stand in texts of the site
	Lang   diag.Lang    // of keys and comments
	Today  date.Date
}

// State is what happens to one file of the plan.
type State string

// The states.
const (
	New     State = "new"     // will be written
	Same    State = "same"    // is there already, byte for byte
	Refused State = "refused" // another one is there already
	Held    State = "held"    // a person named in the site's texts
)

// File is one file of a plan.
type File struct {
	Path  string // slash-separated from the site's root
	State State
	Data  []byte
}

// Source is what came of one file given.
type Source struct {
	Name  string // as given
	Err   *report.Error
	Log   report.Log
	Files []File
}

// Plan is what an import would do.
type Plan struct{ Sources []*Source }

// Failed tells whether anything of what was given cannot be imported.
func (p *Plan) Failed() bool {
	for _, s := range p.Sources {
		if s.Err != nil {
			return true
		}
		for _, f := range s.Files {
			if f.State == Refused {
				return true
			}
		}
	}
	return false
}

// Count counts the files in a state.
func (p *Plan) Count(state State) int {
	n := 0
	for _, s := range p.Sources {
		for _, f := range s.Files {
			if f.State == state {
				n++
			}
		}
	}
	return n
}

// ErrInto says that Options.Into or Options.Kind is not where such files can go.
var ErrInto = report.Errorf("--kind 和 --into 合不到一起：简报放进年份（2023），文章放进一本书（书名），页面和英雄不用写 --into",
	"--kind and --into do not agree: briefs go into a year (2023), chapters into a book, pages and heroes need no --into")

// Make reads files and plans their records. site is the site's root. A folder stands for
// what is in it and below, a pattern (*.docx) for what fits it. Faults of single files stand
// in their Source; the error is of the request or the machine.
func Make(site fs.FS, files []string, o Options) (*Plan, error) {
	m := &maker{Options: o, site: survey(site), same: map[string]int{}}
	if err := m.target(); err != nil {
		return nil, err
	}
	plan := &Plan{}
	fail := func(s *Source, err error) {
		said, ok := err.(*report.Error)
		if !ok {
			said = report.Errorf("打不开这个文件：%v", "this file cannot be opened: %v", unwrapped(err))
		}
		s.Err = said
	}
	seen := map[string]bool{}
	for _, given := range files {
		names, err := expand(given)
		if err != nil {
			s := &Source{Name: given}
			fail(s, err)
			plan.Sources = append(plan.Sources, s)
		}
		for _, name := range names {
			if seen[filepath.Clean(name)] {
				continue // named twice: by a pattern and by itself
			}
			seen[filepath.Clean(name)] = true
			s := &Source{Name: name}
			plan.Sources = append(plan.Sources, s)
			if err := m.file(s, name); err != nil {
				fail(s, err)
			}
		}
	}
	return plan, nil
}

func unwrapped(err error) error {
	if p, ok := err.(*fs.PathError); ok {
		return p.Err
	}
	return err
}

// maker is one import.
type maker struct {
	Options
	site   *siteIndex
	parent string         // book or year, from Into
	same   map[string]int // people of each name so far
}

// target understands Kind and Into together.
func (m *maker) target() error {
	into := strings.Trim(filepath.ToSlash(m.Into), "/")
	into = strings.TrimPrefix(strings.TrimPrefix(into, "./"), content.Root+"/")
	if into == "" {
		if m.Kind == content.KindChapter {
			return ErrInto
		}
		return m.known()
	}
	folder, rest, nested := strings.Cut(into, "/")
	kind := content.Kind("")
	for _, k := range Kinds {
		if k.Info().Folder == folder {
			kind = k
		}
	}
	if kind == "" {
		rest, nested = into, true
		if isYear(into) {
			kind = content.KindBrief
		} else {
			kind = content.KindChapter
		}
	}
	if m.Kind == "" {
		m.Kind = kind
	}
	flat := kind == content.KindPage || kind == content.KindHero
	switch {
	case m.Kind != kind, strings.Contains(rest, "/"), flat && rest != "", kind == content.KindChapter && (!nested || rest == ""),
		kind == content.KindBrief && rest != "" && !isYear(rest), rest != "" && fileName(rest) != rest:
		return ErrInto
	}
	m.parent = rest
	return m.known()
}

// Kinds are the kinds of records that files can become.
var Kinds = []content.Kind{content.KindBrief, content.KindChapter, content.KindPage, content.KindHero}

func (m *maker) known() error {
	if m.Kind == "" || slices.Contains(Kinds, m.Kind) {
		return nil
	}
	return ErrInto
}

func isYear(s string) bool { return len(s) == 4 && strings.Trim(s, "0123456789") == "" }
