// Package content reads a site's folder into typed records and reports every
// fault an editor made, with its place.
//
// # Records
//
// Each kind of record is a struct ([Hero], [Brief], [Venue] …) whose fields carry
// their keys as tags:
//
//	Name string `key:"name 姓名 *" zh:"姓名" en:"the person's name"`
//
// The tag is the one place where a key is declared: English name, Chinese name,
// further names accepted, * where required; then a line of explanation in both
// languages. The decoder, the messages, `mingdeng new` and `mingdeng help keys`
// all read it, through [Schema]. Fixed values are declared the same way, once, by
// the Values method of their type.
//
// # Reading
//
// [Scan] lists the files of the content folder without opening them; [Load] reads
// and decodes them side by side. A record keeps its head and a [Body]: not the
// text itself but where it lies, its digest, and what it refers to. The text is
// read again when its page is made, so that a site of any size fits in memory.
//
// # Faults
//
// Load returns what it could read and all findings of all files. A record with a
// fault is still returned, so that references to it are not reported as dangling
// on top; a head that could not be read marks its record Faulty. A switch that
// cannot be read (draft, consent) takes the value that does not publish.
//
// Not here: whether records fit together (package site), what is published on a
// given day (package site), HTML (packages markdown and pages).
package content

import (
	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/frontmatter"
	"mingdeng/internal/markdown"
)

// Content is all that a site's folder says. Its lists hold the records themselves; how
// they are worded in other editions is found by [Content.Written].
type Content struct {
	Site     *Site
	Heroes   []*Hero
	Briefs   []*Brief
	Books    []*Book
	Chapters []*Chapter
	Venues   []*Venue
	Exhibits []*Exhibit
	Honors   []*Honor
	Units    []*Unit
	Reports  []*Report
	Screens  []*Screen
	Pages    []*Page
	Files    map[string]FileInfo // every other file (pictures, sound …) by path
	Sites    map[Language]*Site  // the words of the settings in other editions
	Members  []*Member           // associations whose records were collected, by name

	written map[recordKey]Record // files of other editions; see Written
}

// Head is what every record has. Heads of one folder come in file-name order.
type Head struct {
	Sample    bool      `key:"sample 示例" edition:"same" zh:"true 表示虚构的示例，页面上会标明，也不发铭牌编号" en:"true marks what is invented to show how it is done; it gets no plaque code"`
	Slug      string    `key:"slug 网址名" edition:"same" zh:"网址里的名字，只用小写字母、数字和连字符；不写就用文件名（中文变拼音）" en:"the record's name in addresses; made from the file name if not given"`
	Draft     bool      `key:"draft 草稿" zh:"true 表示还没写完，不发布" en:"true holds the record back"`
	PublishOn date.Date `key:"publish_on 发布日期" gate:"true" zh:"到这一天才发布" en:"not published before this day"`
	Expires   date.Date `key:"expires 失效日期" gate:"true" zh:"过了这一天就不再发布" en:"not published after this day"`
	Aliases   []Text    `key:"aliases 旧网址" zh:"以前用过、仍要能打开的网址" en:"old addresses that must keep working"`
	Tags      []string  `key:"tags 标签" edition:"own" zh:"标签，一行一个" en:"tags"`
	Summary   string    `key:"summary 摘要" edition:"own" zh:"一两句话的摘要；不写就取正文开头" en:"a sentence or two; taken from the text if not given"`
	Cover     *Cover    `key:"cover 封面" common:"book" zh:"封面图片的文件名" en:"the file name of the cover picture"`
	Sources   []Source  `key:"sources 来源" common:"hero brief chapter report" zh:"这些话从哪里来：文字，或 标题、网址、日期" en:"where it comes from: a text, or title, url and date"`
	Params    Params    `key:"params 附加" edition:"same" zh:"自己的数据，随意" en:"data of your own"`

	Kind     Kind   `key:"-"`
	Path     string `key:"-"` // of the file, slash-separated from the site's root
	Dir      string `key:"-"` // folder its pictures are named from
	FileName string `key:"-"` // file name without .md and edition, in NFC
	Parent   string `key:"-"` // folder name of the book, venue or year it lies in, in NFC
	Member   string `key:"-"` // the member it was collected from: see [Member]; "" for the site's own
	Edition  string `key:"-"` // "" for the site's own language, else "en" or "zh-hant"
	Body     *Body  `key:"-"` // shared with the wordings of other editions that show the same text
	Faulty   bool   `key:"-"` // its head could not be read in full
	Places   Places `key:"-"` // where each top-level key stands

	Syntax frontmatter.Format `key:"-"` // of the head
	First  int                `key:"-"` // line of the first key
}

// At returns where a top-level key stands, or where the head starts.
func (h *Head) At(key string) diag.Pos { return h.Places.At(key) }

// Places tells where the keys of a head stand, in their order in the file. It is a list
// and no map because every record has one, of some ten keys.
type Places []KeyPlace

// KeyPlace is where a top-level key stands.
type KeyPlace struct {
	Key string // its English name
	Pos diag.Pos
}

// Find returns where a key stands, and whether it does.
func (p Places) Find(key string) (diag.Pos, bool) {
	for i := range p {
		if p[i].Key == key {
			return p[i].Pos, true
		}
	}
	return diag.Pos{}, false
}

// At returns where a key stands, or the first place of the file.
func (p Places) At(key string) diag.Pos {
	if at, ok := p.Find(key); ok {
		return at
	}
	return diag.Pos{Line: 1, Col: 1}
}

// Base returns the head itself: it lets code that works on any record reach it.
func (h *Head) Base() *Head { return h }

// Record is any record.
type Record interface{ Base() *Head }

// Body is a record's text: not the bytes, but where they are and what they need.
type Body struct {
	Line    int               // line of the file on which the text starts
	Len     int               // bytes, after decoding
	Digest  [16]byte          // of the decoded text
	Targets []markdown.Target // what the text may refer to, in order of appearance
	Count   int               // Han characters and Latin words; of chapters alone
	Lead    string            // plain text of its beginning, for Summary, where one is needed
}

// Text is a word with its place, for values that later code has to judge.
type Text struct {
	Text string
	Pos  diag.Pos
}

// Ref names another record by its slug.
type Ref struct {
	Slug string
	Pos  diag.Pos
}

// File names a file beside the record.
type File struct {
	Path string // as written
	Pos  diag.Pos
	Own  bool // an edition's own file names it, not the record's
}

// Source says where a record's facts come from.
type Source struct {
	Title string    `key:"title 标题 *" short:"true" zh:"名称" en:"its title"`
	URL   URL       `key:"url 网址" zh:"网址" en:"its address"`
	Date  date.Date `key:"date 日期" zh:"日期" en:"its date"`
}

// Cover is the picture that stands for a record.
type Cover struct {
	Src    File   `key:"src 文件 图片 *" short:"true" zh:"图片的文件名" en:"file name of the picture"`
	Alt    string `key:"alt 替代文字 说明" zh:"画面上有什么，念给看不见的人听" en:"what it shows, for those who cannot see it"`
	Credit string `key:"credit 作者 图片来源" edition:"name" zh:"谁拍的、谁画的" en:"who made it"`
}

// URL is an address on the web; http or https.
type URL string

// Params is free data; its values are strings, lists and maps as written.
type Params map[string]any

// Values of types with fixed values are declared by a method
//
//	func (HeroKind) Values() []Value
//
// in the order they are listed to people.
type Value struct{ En, Zh string }
