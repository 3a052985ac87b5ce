package site

import (
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/han"
)

// entry is one record that can be referred to.
type entry struct {
	kind    content.Kind
	path    string // "heroes/zhang-san", "venues/zi-jing-shan/zhan-ban-1"
	slug    string
	name    string
	plain   string // the name in the site's own language, by which it is found
	address Address
	record  any     // *Hero, *Brief …; nil where it is not published, or published elsewhere
	absent  Absence // why it is not published
	// elsewhere is the record in the site's own language, where it has no page in this
	// edition; address and name are that one's.
	elsewhere any
	file      string
}

// published tells whether the record has a page, in this edition or elsewhere.
func (e *entry) published() bool { return e.absent.Reason == 0 }

// index finds records by path, slug or name.
type index struct {
	byWord map[string][]*entry
	byFile map[string]*entry // by the path of its file below content/, without index and .md
	words  []string          // for "did you mean", sorted
	hidden map[string]*entry // what is not published, by the addresses it had or would have
	outer  *index            // of a member: the site's own, asked where the member has nothing
}

// of is the index that the references of a record are looked up in: the site's own, or its
// member's, which knows the member's records by the words by which the member does.
func (e *Edition) of(h *content.Head) *index {
	if h.Member != "" {
		if x := e.members[h.Member]; x != nil {
			return x
		}
	}
	return &e.index
}

// enter puts a record into the index it belongs to. The site's own knows a member's by where
// it lies alone (members/NAME/heroes/SLUG), so that no word of an own text can come to mean
// somebody else's record.
func (e *Edition) enter(h *content.Head, x *entry) {
	if h.Member == "" {
		e.index.add(x)
		return
	}
	own := e.members[h.Member]
	if own == nil {
		i := newIndex(16)
		own = &i
		own.hidden, own.outer = e.index.hidden, &e.index
		e.members[h.Member] = own
	}
	own.add(x)
	e.index.byFile[fileWord(x.file)] = x
	e.index.byWord[within(h, x.path)] = []*entry{x}
}

// newIndex makes an index of about n records.
func newIndex(n int) index {
	return index{byWord: make(map[string][]*entry, 3*n), byFile: make(map[string]*entry, n), words: make([]string, 0, n), hidden: map[string]*entry{}}
}

func (x *index) add(e *entry) {
	x.byFile[fileWord(e.file)] = e
	alone := []*entry{e} // for all its words, since nearly every word means one thing
	enter := func(word string) {
		if others := x.byWord[word]; len(others) > 0 {
			x.byWord[word] = append(others, e)
		} else {
			x.byWord[word] = alone[:1:1]
		}
	}
	words := [...]string{e.path, e.slug, norm.NFC.String(e.plain)}
	for i, w := range words {
		if w != "" && !slices.Contains(words[:i], w) {
			enter(w)
		}
	}
	// A chapter and an exhibit are also known as BOOK/CHAPTER and VENUE/EXHIBIT.
	if _, below, _ := strings.Cut(e.path, "/"); strings.Contains(below, "/") {
		enter(below)
	}
	if e.published() {
		x.words = append(x.words, e.path)
	}
}

// fileWord is what a link to a file comes to: anthology/水/1-开头 for the file
// content/anthology/水/1-开头.md, whatever its slug.
func fileWord(file string) string {
	word := strings.TrimSuffix(strings.TrimPrefix(file, content.Root+"/"), ".md")
	return strings.TrimSuffix(strings.TrimSuffix(word, "/index"), "/_index")
}

// find returns the entries a word can mean, which are not to be changed; kind "" means any.
func (x *index) find(word string, kind content.Kind) []*entry {
	word = strings.TrimSuffix(strings.Trim(strings.TrimSpace(norm.NFC.String(word)), "/"), ".md")
	word = strings.TrimSuffix(word, "/index")
	out := ofKind(x.byWord[word], kind)
	if len(out) == 0 { // 张三 for zhang-san, in any folder
		if dir, base, ok := cutLast(word); ok || base != "" {
			slug := han.SlugName(base)
			if ok {
				slug = dir + "/" + slug
			}
			if slug != word && slug != "" {
				out = ofKind(x.byWord[slug], kind)
			}
		}
	}
	if len(out) == 0 && x.outer != nil {
		return x.outer.find(word, kind)
	}
	return out
}

// ofKind are the entries of a kind; kind "" means any.
func ofKind(list []*entry, kind content.Kind) []*entry {
	other := func(e *entry) bool { return kind != "" && e.kind != kind }
	if !slices.ContainsFunc(list, other) {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), other)
}

func cutLast(s string) (dir, base string, ok bool) {
	i := strings.LastIndexByte(s, '/')
	if i < 0 {
		return "", s, false
	}
	return s[:i], s[i+1:], true
}

// nearest suggests a record for a word that names none.
func (x *index) nearest(word string, kind content.Kind) string {
	var candidates []string
	for _, w := range x.words {
		for _, e := range x.byWord[w] {
			if e.path == w && (kind == "" || e.kind == kind) {
				candidates = append(candidates, w, e.slug)
				if e.plain != "" {
					candidates = append(candidates, e.plain)
				}
			}
		}
	}
	near := han.Nearest(word, candidates)
	if es := x.byWord[near]; len(es) > 0 {
		if kind != "" {
			return es[0].slug
		}
		return es[0].path
	}
	return near
}

// lookup resolves a reference made by a key to a record of a kind, or of any. It reports what does not resolve,
// and returns nil then, where the record is not published, and where it has no page in
// this edition.
func (x *index) lookup(from *content.Head, ref content.Ref, kind content.Kind, out *diag.List) *entry {
	name := kind.Info().Name
	if kind == content.KindAny {
		kind, name = "", diag.Text{Zh: "记录", En: "record"}
	}
	found := x.find(ref.Slug, kind)
	switch {
	case len(found) == 0:
		out.Add(diag.DanglingRef.At(from.Path, ref.Pos, ref.Slug, name.Zh, name.En, x.nearest(ref.Slug, kind)))
	case len(found) > 1:
		out.Add(ambiguous(from.Path, ref.Pos, ref.Slug, found))
	case !found[0].published():
		u := listed
		if found[0].kind == content.KindHero {
			u = named
		}
		if f := found[0].absent.finding(from.Path, ref.Pos, ref.Slug, u); f != nil {
			out.Add(*f)
		}
	case found[0].elsewhere != nil:
	default:
		return found[0]
	}
	return nil
}

func ambiguous(file string, pos diag.Pos, word string, found []*entry) diag.Finding {
	var paths []string
	for _, e := range found {
		paths = append(paths, e.path)
	}
	slices.Sort(paths)
	return diag.AmbiguousRef.At(file, pos, word, strings.Join(paths, ", "), paths[0])
}

// resolve turns references into records of one type, leaving out what does not
// resolve.
func resolve[R any](x *index, from *content.Head, refs []content.Ref, kind content.Kind, out *diag.List) []R {
	var list []R
	for _, ref := range refs {
		if e := x.lookup(from, ref, kind, out); e != nil {
			list = append(list, e.record.(R))
		}
	}
	return list
}

// Record returns the published record of a head: a *Hero, *Brief and so on, or nil.
func (e *Edition) Record(h *content.Head) any {
	for _, x := range e.of(h).byWord[h.Slug] {
		if x.file == h.Path && x.published() {
			return x.record
		}
	}
	return nil
}

// NearAddress is the address of a record that a path within the site was probably meant
// to be: /heroes/zhang-san/ for /heroes/zhang-sam/, or "".
func (e *Edition) NearAddress(at string) string {
	near := e.index.nearest(strings.Trim(at, "/"), "")
	if es := e.index.byWord[near]; len(es) > 0 && es[0].published() {
		return "/" + string(es[0].address)
	}
	return ""
}

// Target is what a link in a text leads to.
type Target struct {
	Address Address // "" where the record is not published
	Name    string
	Plain   string // the name in the site's own language
	Absent  Absence
	// Person tells that the record is a person's who is not published, and must not be
	// named: Name is empty, and the author's own words are not to be shown either.
	Person bool
}

// Find resolves the word of a wiki link. What is wrong with it comes as a finding: an
// error where it names no record, or several; a warning where the record is not published.
// The Target is sound in the second case, and there need be no finding with it.
func (e *Edition) Find(from *content.Head, word string, pos diag.Pos) (Target, *diag.Finding) {
	name, fragment, _ := strings.Cut(word, "#")
	found := e.find(from, name)
	switch len(found) {
	case 0:
		f := diag.DanglingRef.At(from.Path, pos, name, "记录", "record", e.of(from).nearest(name, ""))
		return Target{}, &f
	case 1:
		return found[0].target(from, name, fragment, pos)
	}
	f := ambiguous(from.Path, pos, name, found)
	return Target{}, &f
}

// find returns the records that the word of a wiki link can mean.
func (e *Edition) find(from *content.Head, word string) []*entry {
	found := e.of(from).find(word, "")
	if x := e.index.byFile[word]; len(found) == 0 && x != nil {
		found = []*entry{x}
	}
	return found
}

// FindLink resolves an address that a text links: that of a file of a record, or one that
// a record has, had or would have if it were published. It is false for any other, and for
// addresses of published records, which only those who plan pages know.
func (e *Edition) FindLink(from *content.Head, dest string, pos diag.Pos) (Target, *diag.Finding, bool) {
	found, fragment := e.findLink(from, dest)
	if found == nil {
		return Target{}, nil, false
	}
	t, f := found.target(from, dest, fragment, pos)
	return t, f, true
}

func (e *Edition) findLink(from *content.Head, dest string) (found *entry, fragment string) {
	where, fragment, _ := strings.Cut(dest, "#")
	if strings.HasSuffix(where, ".md") {
		file := path.Join(from.Dir, where)
		if strings.HasPrefix(where, "/") {
			file = path.Join(content.Root, where)
		}
		word := fileWord(file)
		if x := e.index.byFile[word]; x != nil {
			return x, fragment
		}
		if list := e.of(from).find(word, ""); len(list) == 1 {
			return list[0], fragment
		}
		return nil, ""
	}
	at, inside := strings.CutPrefix(where, "/")
	if !inside || len(e.index.hidden) == 0 {
		return nil, ""
	}
	for _, prefix := range e.Prefixes() {
		if rest, ok := strings.CutPrefix(at, prefix); ok && prefix != "" {
			at = rest
			break
		}
	}
	// What lies below an address goes with it: a session of an honour, a book to print.
	for at = strings.Trim(at, "/"); at != ""; at, _, _ = cutLast(at) {
		if x := e.index.hidden[at]; x != nil {
			return x, fragment
		}
	}
	return nil, ""
}

// target is what a reference to the record leads to.
func (x *entry) target(from *content.Head, word, fragment string, pos diag.Pos) (Target, *diag.Finding) {
	t := Target{Address: x.address, Name: x.name, Plain: x.plain, Absent: x.absent}
	if x.published() {
		if fragment != "" {
			t.Address += Address("#" + fragment)
		}
		return t, nil
	}
	u := linked
	if t.Address = ""; x.kind == content.KindHero {
		t.Name, t.Plain, t.Person, u = "", "", true, named
	}
	return t, x.absent.finding(from.Path, pos, word, u)
}
