package importer

import (
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"mingdeng/internal/content"
	"mingdeng/internal/fold"
	"mingdeng/internal/han"
	"mingdeng/internal/site"
)

// siteIndex is what stands in the site, and what this import has added to it.
type siteIndex struct {
	site   fs.FS
	files  map[string]bool        // folded paths of files and of their folders
	named  map[string][]*existing // by place and name
	slugs  map[string]bool        // by place
	books  []*content.Book
	last   map[string]int // highest number in front of a book's chapters
	hero   []*content.Hero
	honors []*content.Honor
	texts  []text // every record as it stands, for names
}

// existing is a record that is there.
type existing struct{ path, slug, day string }

type text struct {
	path string
	hero string // whose record it is, if a hero's
	data string
	bare string // data as names are compared; made, and hero with it, when it is asked for
}

// scope is the room in which names and addresses must differ.
func scope(kind content.Kind, parent string) string { return string(kind) + "\x00" + pathKey(parent) }

// pathKey makes paths comparable as file systems blind to case and form do.
func pathKey(s string) string { return strings.ToLower(norm.NFC.String(s)) }

// survey reads the site as far as an import needs it. A site with faults, or none
// at all, is no hindrance.
func survey(fsys fs.FS) *siteIndex {
	s := &siteIndex{site: fsys, files: map[string]bool{}, named: map[string][]*existing{}, slugs: map[string]bool{}, last: map[string]int{}}
	tree, _ := content.Scan(fsys)
	c, _ := content.Load(fsys, tree)
	for _, f := range tree.Files {
		for p := f.Path; p != "." && !s.files[pathKey(p)]; p = path.Dir(p) {
			s.files[pathKey(p)] = true
		}
	}
	s.books, s.hero, s.honors = c.Books, c.Heroes, c.Honors
	c.All(func(r content.Record) {
		h := r.Base()
		where := scope(h.Kind, h.Parent)
		if h.Edition == "" {
			s.slugs[where+"\x00"+h.Slug] = true
			at := &existing{path: h.Path, slug: h.Slug}
			if b, ok := r.(*content.Brief); ok {
				at.day = b.Date.String()
			}
			name := where + "\x00" + content.Title(r)
			s.named[name] = append(s.named[name], at)
			if h.Kind == content.KindChapter {
				if n, err := strconv.Atoi(h.FileName[:leadingDigits(h.FileName)]); err == nil {
					s.last[pathKey(h.Parent)] = max(s.last[pathKey(h.Parent)], n)
				}
			}
		}
		if raw, err := fs.ReadFile(fsys, h.Path); err == nil {
			t := text{path: h.Path, data: string(raw)}
			if x, ok := r.(*content.Hero); ok {
				t.hero = x.Name
			}
			s.texts = append(s.texts, t)
		}
	})
	if raw, err := fs.ReadFile(fsys, content.Root+"/site.yaml"); err == nil {
		s.texts = append(s.texts, text{path: content.Root + "/site.yaml", data: string(raw)})
	}
	for _, w := range site.Reserved("") {
		s.slugs[scope(content.KindPage, "")+"\x00"+w] = true
	}
	return s
}

func leadingDigits(s string) int {
	n := 0
	for n < len(s) && n < 6 && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

// book finds a book by folder, address or title.
func (s *siteIndex) book(word string) *content.Book {
	for _, b := range s.books {
		if b.Edition == "" && (pathKey(b.FileName) == pathKey(word) || b.Slug == word || b.Title == strings.Trim(word, "《》")) {
			return b
		}
	}
	return nil
}

// mention finds the first record that names somebody, in whatever characters: by any
// other record than one of a person of that name.
func (s *siteIndex) mention(name string) string {
	if name = bare(name); utf8.RuneCountInString(name) < 2 {
		return ""
	}
	for i := range s.texts {
		t := &s.texts[i]
		if t.bare == "" {
			t.bare, t.hero = bare(t.data), bare(t.hero)
		}
		if t.hero != name && strings.Contains(t.bare, name) {
			return t.path
		}
	}
	return ""
}

// bare is a text without what may disguise a name in it.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if fold.Dot(r) {
			return -1
		}
		return r
	}, string(fold.Base(s)))
}

// fileName makes a title into a name for a file or folder: no character and no ending
// that Windows forbids, at most 40 characters, cut where the sense allows.
func fileName(title string) string {
	title = norm.NFC.String(strings.Join(strings.Fields(title), " "))
	var b strings.Builder
	for _, r := range title {
		switch {
		case strings.ContainsRune(`\/:*?"<>|`, r):
			b.WriteRune('-')
		case r < ' ' || r == 0x7f || r == utf8.RuneError:
		default:
			b.WriteRune(r)
		}
	}
	name := strings.Trim(b.String(), " .-~_#'")
	if r := []rune(name); len(r) > 40 {
		cut := 40
		for i := 40; i > 20; i-- {
			if strings.ContainsRune("，。：；、！？ —-（", r[i]) {
				cut = i
				break
			}
		}
		name = strings.Trim(string(r[:cut]), " .-~_")
	}
	// No space before a dot: Windows drops one there, so that "con .en" is a device.
	words := strings.Split(name, ".")
	for i := range words {
		words[i] = strings.TrimRight(words[i], " ")
	}
	name = strings.Join(words, ".")
	stem := strings.ToLower(words[0])
	if slices.Contains([]string{"con", "prn", "aux", "nul", "index", "_index", "conin$", "conout$"}, stem) ||
		len(stem) == 4 && (strings.HasPrefix(stem, "com") || strings.HasPrefix(stem, "lpt")) {
		name = "record-" + name
	}
	for _, l := range content.Languages() {
		if strings.HasSuffix(strings.ToLower(name), "."+l.File) {
			name += "-" // would make it another edition
		}
	}
	return name
}

const maxSlug = 60

// placement is where a new record goes.
type placement struct {
	path string // of its file
	slug string // "" where the file name gives it
}

// place finds a free place for a record of a name: name itself, else name-2 and so
// on, and an address that is not taken.
func (s *siteIndex) place(kind content.Kind, dir, parent, name string, folder, person bool) placement {
	where := scope(kind, parent)
	base := name
	for i := 2; s.files[pathKey(path.Join(dir, base+".md"))] || s.files[pathKey(path.Join(dir, base))]; i++ {
		base = name + "-" + strconv.Itoa(i)
	}
	derive := han.Slug
	if person {
		derive = han.SlugName
	}
	slug := derive(base)
	given := false
	if slug == "" {
		slug, given = string(kind), true
	}
	if len(slug) > maxSlug {
		cut := strings.LastIndexByte(slug[:maxSlug+1], '-')
		if cut < 20 {
			cut = maxSlug
		}
		slug, given = slug[:cut], true
	}
	free := slug
	for i := 2; s.slugs[where+"\x00"+free]; i++ {
		free, given = slug+"-"+strconv.Itoa(i), true
	}
	out := placement{path: path.Join(dir, base+".md")}
	if folder {
		out.path = path.Join(dir, base, "index.md")
	}
	if given {
		out.slug = free
	}
	s.enter(kind, parent, out.path, free, "")
	return out
}

// enter notes that something stands there from now on.
func (s *siteIndex) enter(kind content.Kind, parent, file, slug, name string) {
	where := scope(kind, parent)
	if slug != "" {
		s.slugs[where+"\x00"+slug] = true
	}
	for p := file; p != "." && p != content.Root; p = path.Dir(p) {
		s.files[pathKey(p)] = true
	}
	if name != "" {
		s.named[where+"\x00"+name] = append(s.named[where+"\x00"+name], &existing{path: file, slug: slug})
	}
}

// find returns the records of a name.
func (s *siteIndex) find(kind content.Kind, parent, name string) []*existing {
	return s.named[scope(kind, parent)+"\x00"+name]
}

// read returns a file that stands in the site, nil where it cannot be read.
func (s *siteIndex) read(p string) []byte {
	b, err := fs.ReadFile(s.site, p)
	if err != nil {
		return nil
	}
	return b
}
