package content

import (
	"path"
	"reflect"
	"slices"
	"strings"

	"mingdeng/internal/diag"
)

// Kind names a kind of record as commands and references do.
type Kind string

// The kinds of records. What is known of each stands in the table [Kinds].
const (
	KindSite    Kind = "site" // site.yaml, which is no record
	KindHero    Kind = "hero"
	KindBrief   Kind = "brief"
	KindBook    Kind = "book"
	KindChapter Kind = "chapter"
	KindVenue   Kind = "venue"
	KindExhibit Kind = "exhibit"
	KindHonor   Kind = "honor"
	KindUnit    Kind = "unit"
	KindReport  Kind = "report"
	KindScreen  Kind = "screen"
	KindPage    Kind = "page"

	KindAny Kind = "any" // in references alone: a record of whichever kind
)

// KindInfo is all that is known of a kind of record before any is read. A file lies at
//
//	content/FOLDER/NAME.md          most kinds
//	content/FOLDER/YYYY/NAME.md     ByYear
//	content/FOLDER/NAME/_index.md   Index: what lies in its folder are its parts
//	content/FOLDER/PARENT/NAME.md   Parent
//
// and, where a NAME has files beside it, at …/NAME/index.md.
type KindInfo struct {
	Kind   Kind
	Name   diag.Text // of one record
	Folder string    // below content/
	ByYear bool
	Index  bool
	Parent Kind   // "" where it is a part of no other record
	Path   string // the folder of its addresses: "heroes", or "" for the top
	// Section tells that the page at Path lists its records and stands in the navigation.
	Section bool

	typ   reflect.Type
	title func(Record) string
	put   func(*Content, Record)
	each  func(*Content, func(Record))
}

// record makes the line of a kind: k says the rest. title is what an editor calls a
// record, list where Content has those of the kind.
func record[T any, R interface {
	*T
	Record
}](k KindInfo, title func(R) string, list func(*Content) *[]R) KindInfo {
	k.typ = reflect.TypeFor[T]()
	k.title = func(r Record) string { return title(r.(R)) }
	k.put = func(c *Content, r Record) { l := list(c); *l = append(*l, r.(R)) }
	k.each = func(c *Content, f func(Record)) {
		for _, r := range *list(c) {
			f(r)
		}
	}
	return k
}

// kinds is the table, in the order in which kinds are told to people.
var kinds = []KindInfo{
	record(KindInfo{Kind: KindHero, Name: diag.Text{Zh: "英雄", En: "hero"}, Folder: "heroes", Path: "heroes", Section: true},
		func(h *Hero) string { return h.Name }, func(c *Content) *[]*Hero { return &c.Heroes }),
	record(KindInfo{Kind: KindBrief, Name: diag.Text{Zh: "简报", En: "brief"}, Folder: "briefs", ByYear: true, Path: "briefs", Section: true},
		func(b *Brief) string { return b.Title }, func(c *Content) *[]*Brief { return &c.Briefs }),
	record(KindInfo{Kind: KindBook, Name: diag.Text{Zh: "书", En: "book"}, Folder: "anthology", Index: true, Path: "anthology", Section: true},
		func(b *Book) string { return b.Title }, func(c *Content) *[]*Book { return &c.Books }),
	record(KindInfo{Kind: KindChapter, Name: diag.Text{Zh: "文章", En: "chapter"}, Folder: "anthology", Parent: KindBook, Path: "anthology"},
		func(x *Chapter) string { return x.Title }, func(c *Content) *[]*Chapter { return &c.Chapters }),
	record(KindInfo{Kind: KindVenue, Name: diag.Text{Zh: "阵地", En: "venue"}, Folder: "venues", Index: true, Path: "venues", Section: true},
		func(v *Venue) string { return v.Name }, func(c *Content) *[]*Venue { return &c.Venues }),
	record(KindInfo{Kind: KindExhibit, Name: diag.Text{Zh: "展品", En: "exhibit"}, Folder: "venues", Parent: KindVenue, Path: "venues"},
		func(x *Exhibit) string { return x.Name }, func(c *Content) *[]*Exhibit { return &c.Exhibits }),
	record(KindInfo{Kind: KindHonor, Name: diag.Text{Zh: "荣誉", En: "honor"}, Folder: "honors", Path: "honors", Section: true},
		func(h *Honor) string { return h.Title }, func(c *Content) *[]*Honor { return &c.Honors }),
	record(KindInfo{Kind: KindUnit, Name: diag.Text{Zh: "单位", En: "unit"}, Folder: "units", Path: "units", Section: true},
		func(u *Unit) string { return u.Name }, func(c *Content) *[]*Unit { return &c.Units }),
	record(KindInfo{Kind: KindReport, Name: diag.Text{Zh: "年报", En: "report"}, Folder: "reports", Path: "reports", Section: true},
		func(r *Report) string { return r.Title }, func(c *Content) *[]*Report { return &c.Reports }),
	record(KindInfo{Kind: KindScreen, Name: diag.Text{Zh: "屏幕", En: "screen"}, Folder: "screens", Path: "screens"},
		func(s *Screen) string { return s.Title }, func(c *Content) *[]*Screen { return &c.Screens }),
	record(KindInfo{Kind: KindPage, Name: diag.Text{Zh: "页面", En: "page"}, Folder: "pages"},
		func(p *Page) string { return p.Title }, func(c *Content) *[]*Page { return &c.Pages }),
}

// Kinds lists the kinds of records, in the order in which they are told to people.
func Kinds() []KindInfo { return slices.Clone(kinds) }

// Info is what is known of a kind; the zero KindInfo if it is none of a record.
func (k Kind) Info() KindInfo {
	for i := range kinds {
		if kinds[i].Kind == k {
			return kinds[i]
		}
	}
	return KindInfo{}
}

// Title is what an editor calls a record: its name or title, as its own file has it.
func Title(r Record) string { return r.Base().Kind.Info().title(r) }

// All calls f with every record, kind by kind.
func (c *Content) All(f func(Record)) {
	for i := range kinds {
		kinds[i].each(c, f)
	}
}

// File is where a record of the kind lies, slash-separated from the site's root. parent is
// the folder of the record or the year that it lies in, where the kind has such.
func (k KindInfo) File(parent, name string) string {
	if k.Index {
		return path.Join(k.Dir(""), name, "_index.md")
	}
	return path.Join(k.Dir(parent), name+".md")
}

// Dir is the folder of the files of a kind; parent as in [KindInfo.File].
func (k KindInfo) Dir(parent string) string {
	if k.Parent == "" && !k.ByYear {
		parent = ""
	}
	return path.Join(Root, k.Folder, parent)
}

// KindNamed finds a kind by its name in either language, in any case.
func KindNamed(name string) (Kind, bool) {
	for i := range kinds {
		if k := &kinds[i]; name == k.Name.Zh || strings.EqualFold(name, k.Name.En) {
			return k.Kind, true
		}
	}
	return "", false
}

// Folders lists the folders of records, each once, in the order of the kinds.
func Folders() []string {
	var out []string
	for _, k := range kinds {
		if !slices.Contains(out, k.Folder) {
			out = append(out, k.Folder)
		}
	}
	return out
}

// folderForms are the folders as messages show them: heroes/ briefs/YYYY/ anthology/BOOK/ …
func folderForms() string {
	var out []string
	for _, k := range kinds {
		switch {
		case k.Parent != "":
		case k.ByYear:
			out = append(out, k.Folder+"/YYYY/")
		case k.Index:
			out = append(out, k.Folder+"/"+strings.ToUpper(string(k.Kind))+"/")
		default:
			out = append(out, k.Folder+"/")
		}
	}
	return strings.Join(out, " ")
}

// fileKind is what a file is, told by where it lies. kind is "" for a file that is no
// record.
type fileKind struct {
	kind    Kind
	dir     string // folder its pictures are named from
	name    string // NFC
	parent  string // NFC
	member  string // "" for the site's own
	edition string // "" for the site's own language, else as file names end
}
