// Package importer turns files that associations have (Word files, honour rolls,
// saved articles) into records.
//
//	plan, err := importer.Make(site, files, options)  // reads, writes nothing
//	err = plan.Write(root)                            // creates, never overwrites
//
// Who shows how far it is, or holds only some of it in memory, plans with a [Planner] file
// by file and writes with a [Writing], which can be undone.
//
// # What comes of a file
//
// A .docx becomes a brief, chapter, page or a hero's story (package docx), a saved
// web page the same (package saved), a .txt too, an .xlsx or .csv one hero a row
// (package roll), and so does a Word file that is nothing but a roll or a form. Files of
// older programs are converted first (package office); a .zip is unpacked. Every record is made to pass `mingdeng check` as it stands, and none shows
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
	"path"
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

	// Convert turns files of older programs into .docx and .xlsx below dir (office.Convert):
	// made has a path for each, "" for one that could not be. It is called once, with all of
	// them; nil where there is no program for it.
	Convert func(files []string, dir string) (made []string, err error)
	// Progress, if not nil, is told how many files of how many are planned.
	Progress func(done, total int)
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
	Path   string // slash-separated from the site's root
	State  State
	Data   []byte      // nil where nothing of it would be written
	Doubts []diag.Text // of a record: what somebody should look at before it is written
}

// Source is what came of one file given.
type Source struct {
	Name  string // as given
	Err   *report.Error
	Log   report.Log
	Files []File

	uncropped bool // input's
}

// Plan is what an import would do.
type Plan struct{ Sources []*Source }

// Faults counts the sources from which nothing came.
func (p *Plan) Faults() int {
	n := 0
	for _, s := range p.Sources {
		if s.Err != nil {
			n++
		}
	}
	return n
}

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
// what is in it and below, a pattern (*.docx) for what fits it, an archive (.zip) for what it
// holds. Faults of single files stand in their Source; the error is of the request or the
// machine.
func Make(site fs.FS, files []string, o Options) (*Plan, error) {
	p, err := NewPlanner(site, o)
	if err != nil {
		return nil, err
	}
	plan := &Plan{}
	in := &inputs{seen: map[string]bool{}}
	defer in.close()
	for _, given := range files {
		in.take(given)
	}
	if err := in.convert(o.Convert); err != nil {
		return nil, err
	}
	for i, f := range in.list {
		if o.Progress != nil {
			o.Progress(i, len(in.list))
		}
		s := &Source{Name: f.name, uncropped: f.uncropped}
		plan.Sources = append(plan.Sources, s)
		if f.err != nil {
			s.Err = said(f.err)
			continue
		}
		p.add(s, f.path)
	}
	return plan, nil
}

// said is why a file cannot be imported, in words.
func said(err error) *report.Error {
	if own, ok := err.(*report.Error); ok {
		return own
	}
	return report.Errorf("打不开这个文件：%v", "this file cannot be opened: %v", unwrapped(err))
}

// Planner plans file after file; each is planned beside what the ones before it would
// write. It is not safe for concurrent use.
type Planner struct{ m *maker }

// NewPlanner looks through the site for what an import must know. Its error is ErrInto.
func NewPlanner(site fs.FS, o Options) (*Planner, error) {
	m := &maker{Options: o, site: survey(site), same: map[string]int{}, planned: map[string][]byte{}, met: map[string]bool{}}
	if err := m.target(); err != nil {
		return nil, err
	}
	return &Planner{m}, nil
}

// Add plans one file of this machine. A fault of it stands in the Source.
func (p *Planner) Add(name string) *Source {
	s := &Source{Name: name}
	p.add(s, name)
	return s
}

// add plans the file that lies at a path. Of one from which nothing comes nothing is told as
// taken.
func (p *Planner) add(s *Source, at string) {
	if err := p.m.file(s, at); err != nil {
		s.Err, s.Files = said(err), nil
	}
	if s.Err != nil || !slices.ContainsFunc(s.Files, func(f File) bool { return f.State == New || f.State == Same }) {
		s.Log.Entries = slices.DeleteFunc(s.Log.Entries, func(e report.Entry) bool {
			return e.Sort == report.Taken || e.Sort == report.Guessed || s.Err != nil && e.Sort == report.Todo
		})
	}
}

// Rename is where a planned record goes when it gets another name or title: its path, and
// the address it then has to name itself ("" where its path gives it). The error says why no
// record can have that name.
func (p *Planner) Rename(planned, name string) (to, slug string, err *report.Error) {
	kind := content.KindOf(planned)
	folder := path.Base(planned) == "index.md"
	base := strings.TrimSuffix(strings.TrimSuffix(planned, "/index.md"), ".md")
	dir, parent := path.Dir(base), ""
	if kind == content.KindBrief || kind == content.KindChapter {
		parent = path.Base(dir)
	}
	file := fileName(name)
	if file == "" {
		return "", "", report.Errorf("名字里要有字", "a name needs letters")
	}
	if there := p.m.site.find(kind, parent, name); len(there) > 0 {
		return "", "", report.Errorf("已经有叫这个名字的：%s", "there is one of that name: %s", there[0].path)
	}
	if kind == content.KindHero && !p.m.Named && p.m.site.mention(name) != "" {
		return "", "", errNamed
	}
	if n := leadingDigits(path.Base(base)); kind == content.KindChapter && n > 0 {
		file = path.Base(base)[:n] + "-" + file
	}
	at := p.m.site.place(kind, dir, parent, file, folder, kind == content.KindHero)
	return at.path, at.slug, nil
}

var errNamed = report.Errorf("姓名已经写在网站的文章里，没有授权就导入，生成会停下", "this name stands in the site's texts: without consent a build would stop")

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

	planned map[string][]byte // files of texts that this import would write
	met     map[string]bool   // records that files of this import were found to be
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
