// Package pages turns the resolved site into typed views: for each page a plain
// value that holds all its template may show, and nothing else.
//
// [Plan] lists the pages of an edition. Each [Page] knows its address and its
// template and can make its [View]; making a view costs little, so a build makes
// all of them and lets their fingerprints say which pages to render. A template
// is given its view and reaches nothing beyond it.
//
// Views hold addresses ready to be written into href: with the path below which
// the site lies. A text is a [Prose]: in a view that has not been rendered it is
// a digest and the links it needs, so that it counts for the fingerprint without
// being parsed.
//
// The names of views and fields are what theme authors write between {{ and }};
// `mingdeng help theme` lists them from here.
package pages

import (
	"html/template"

	"mingdeng/internal/content"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/hant"
	"mingdeng/internal/markdown"
)

// Link is a word that leads somewhere. Href is "" where it is only a word.
type Link struct{ Text, Href string }

// Phone is a telephone number as it is read and as it is dialled: Dial is what follows tel:,
// "" where the text is no number.
type Phone struct{ Text, Dial string }

// Chrome is what all pages of an edition share: it is one value, made once.
type Chrome struct {
	Title        string // of the site
	Description  string
	Lang         string // BCP 47
	Home         string // href of the home page
	Base         string // the site's address, ending in "/"
	Root         string // its path on the host, ending in "/"
	Where        string // its address as people read it: host and path
	Nav          []NavLink
	More         []Link  // what the site has and the navigation does not lead to, for the foot
	Phones       []Phone // the organisation's
	Manifest     string
	TouchIcon    string // href of the icon for home screens, 180 px, or ""
	Search       string // href of the search page, "" where there is none
	Feed         string // href of the Atom feed
	Organisation content.Organisation
	ICP          Link
	Police       Link
	Nominate     *content.Nominate
	Mourning     string // days on which the site turns grey, 2026-12-13, parted by blanks
	Locale       string // as Open Graph names the language
	digest       fingerprint.Fingerprint
}

// NavLink is one entry of the navigation.
type NavLink struct {
	Text, Href string
	Section    string // the Frame.Section of the pages below it
}

// EditionLink leads to a page in one of the site's languages.
type EditionLink struct {
	Lang    string // BCP 47, or x-default
	Text    string // the language's own name for itself
	Short   string // the same in a character or two
	Href    string
	Current bool // the language of this page
}

// Frame is what every page has besides its own content.
type Frame struct {
	Site        *Chrome `nil:"never"` // templates need not ask whether it is there
	Title       string  // of the page, without the site's
	FullTitle   string  // for <title>
	Description string
	Canonical   string      // absolute
	OGType      string      // Open Graph type: website, article, profile, book
	Image       *ShareImage // the picture for share cards, or nil
	Thumb       *Picture    // for messengers that take the first picture of a page: shown to nobody; or nil
	QR          *QR         // the page's address for paper, or nil
	Member      *MemberLink // the association that gave what stands here, or nil
	Section     string      // heroes, briefs, anthology, venues, honors, units, reports, search, or ""
	Crumbs      []Link      // from the home page down to the parent
	JSONLD      template.JS
	Mistake     string        // href of a mail that tells of a mistake on this page; "" where nobody takes mail
	Alternates  []EditionLink // this page in all languages that have it, absolute; for machines
	Languages   []EditionLink // the same for people: a language without this page leads to its home
	NoIndex     bool
	Sample      bool // of a record that shows how it is done: nothing in it is real
}

// MemberLink names the association that a record was collected from. Source is the record's
// page on its site, which is the page's canonical address.
type MemberLink struct{ Name, Href, Source string }

// ShareImage is the picture that stands beside a link to the page. Width and Height are px.
type ShareImage struct {
	URL           string // absolute
	Width, Height int
	Alt           string
}

// QR is the page's address as a symbol for paper. Path and Side are filled when the
// page is rendered and are not part of the fingerprint.
type QR struct {
	Address string
	Path    string // to be stroked 1 wide; from 0 to the number of modules across, from -0.5 down
	Side    int    // modules a side, with the quiet zone of 4 all round
}

// Picture is a picture with everything an <img> needs.
type Picture struct {
	Src, Srcset, Sizes string
	Width, Height      int
	Alt                string
	Caption            string
	Credit             string
}

// Prose is a record's text. HTML, Headings, Count and Minutes are filled when the page is
// rendered and are not part of the fingerprint.
type Prose struct {
	Head    *content.Head // where the text is; nil for an empty one
	Refs    markdown.Refs
	Prefix  string          // keeps ids apart where a page has several texts
	Convert *hant.Converter // what its words go through; nil for a text shown as it is written
	Shift   int             // levels added to every heading, on top of the one below the page.s own h1
	Count   int             // Han characters and Latin words; of chapters alone
	Minutes int             // of reading, at least 1; of chapters alone

	HTML     template.HTML
	Headings []markdown.Heading
}

// Empty tells whether there is no text.
func (p Prose) Empty() bool { return p.Head == nil || p.Head.Body == nil || p.Head.Body.Len == 0 }

// HonorLink is an honour somebody holds. Lang is the language of the words where it is not
// the page's: BCP 47, or "".
type HonorLink struct{ Text, Href, Lang string }

// Source says where facts come from. Lang is as in [HonorLink].
type Source struct{ Title, Href, Date, Lang string }

// Fact is one line of a definition list: a word of the interface, then texts or links.
type Fact struct {
	Label string
	Items []Link
}

// Pager leads through a list that is split.
type Pager struct {
	Number, Count int
	Prev, Next    string // href or ""
	Pages         []PagerLink
}

// PagerLink is one page of a split list.
type PagerLink struct {
	Number  int
	Href    string
	Current bool
	Gap     bool // pages are left out before this one
}

// Filter is one row of ways to narrow a list.
type Filter struct {
	Label string
	By    string // what it narrows by: place, year, deed or honor
	Items []FilterItem
}

// FilterItem is one way to narrow a list.
type FilterItem struct {
	Text, Href string
	Value      string // what HeroItem has where it matches; "" matches all
	Count      int
	Current    bool
}

// HeroItem is a hero in a list.
type HeroItem struct {
	Name, Href string
	Place      string // the deepest region
	Year       string
	Line       string // the deed in a sentence
	Group      bool
	Fallen     bool
	Sample     bool
	Region     string // from the widest place down, parted by "/"
	Deed       string // its type
	Honors     string // titles, parted by "|"
	Member     string // the folder of the association that gave it, or ""
}

// BriefItem is a brief in a list.
type BriefItem struct {
	Title, Href string
	Date        string // in the edition's language
	Day         string // month and day, for lists of one year
	DateISO     string
	Category    string
	Number      int
	Summary     string
}

// VenueItem is a venue in a list.
type VenueItem struct {
	Name, Href string
	Kind       string
	Place      string
	Address    string
	Exhibits   int
}

// Stop is an exhibit in a list or along a route.
type Stop struct {
	Name, Href string
	Kind       string
	Number     string // as it stands on the exhibit
	Mark       string // the number, with the kind before a bare figure, or the kind alone
	Stop       int    // along the route, or 0
	Ahead      string // how far it is from the stop before it: 约 40 米, or ""
	Heroes     string // names, parted by 、
}

// SitePlan is a venue's plan, or a part of it, with its exhibits as lamps.
type SitePlan struct {
	Picture Picture
	Box     string   // the part that is shown, as an SVG viewBox in units of the picture's Width and Height
	Path    string   // SVG path along the part of the route that is shown, or ""
	Dots    string   // SVG path with a corner at each exhibit, where Markers are not all that stand there; or ""
	Ring    bool     // the route ends where it begins
	Markers []Marker `was:"Lamps"`
	Caption string   // what is said below it, for want of room on it
	Words   string   // what language the words drawn on it are in, where it is not the page's
}

// Marker is one exhibit on a plan. X and Y are percent of the part that is shown.
type Marker struct {
	X, Y    float64
	Name    string
	Href    string // "" where it is shown, but not a link
	Slug    string // names it within the walk
	Stop    int    // along the route, or 0
	Current bool
	Next    bool   // the next after the current one
	Label   *Label // its name, where there is room for it
}

// Label is words beside a point of a plan: X and Y are their middle, as seen from the point, in em.
type Label struct {
	Text string
	X, Y float64
}

// Stretch is a part of a route, enlarged.
type Stretch struct {
	ID, Href string // where it opens: part-2, #part-2
	Name     string // 2
	Title    string // 第 2 段
	Range    string // 第 8—14 处, or "" where it has no stop of the route
	Length   string // 约 220 米, or ""
	Plan     SitePlan
	X, Y     float64 // of its mark on the whole plan, percent
	Label    *Label  // the mark, where there is room for it
	Stops    []Stop
	Previous *Link // the stretches before and after
	Next     *Link
}

// BookItem is a book in a list.
type BookItem struct {
	Title, Subtitle, Href string
	Cover                 *Picture
	Editors               []string
	Editions              []string // 第一版 2022年8月 58篇
	Chapters              int
	Summary               string
}

// FigureView is one number of a report.
type FigureView struct {
	Label    string
	Value    string // with thousands parted
	Unit     string
	Previous string // the year before, or ""
	Change   string // +85.3%, or ""
	Up       bool
	Bar      float64 // length of its bar, 0..100: against the largest of its chart
	Was      float64 // that of the year before
}
