package content

import (
	"bytes"
	"io/fs"
	"reflect"
	"slices"
	"strings"

	"github.com/zeebo/xxh3"
	"golang.org/x/text/unicode/norm"

	"mingdeng/internal/diag"
	"mingdeng/internal/frontmatter"
	"mingdeng/internal/han"
	"mingdeng/internal/markdown"
	"mingdeng/internal/rescue"
)

// Load reads and decodes every record of the tree, side by side. The findings
// come sorted by path and place.
func Load(fsys fs.FS, tree *Tree) (*Content, []diag.Finding) {
	return loadEach(tree, func(f FileInfo) kept { return readKept(fsys, f) }, func(kept) {})
}

// loadEach puts together what get, called from several goroutines, says of each record's
// file. done is told of each in order of path.
func loadEach(tree *Tree, get func(FileInfo) kept, done func(kept)) (*Content, []diag.Finding) {
	c := &Content{Files: map[string]FileInfo{}}
	texts := make([]FileInfo, 0, len(tree.Files))
	for _, f := range tree.Files {
		switch {
		case isSite(f.Path), isMember(f.Path), strings.HasSuffix(f.Path, ".md"):
			texts = append(texts, f)
		default:
			c.Files[f.Path] = f
		}
	}

	records := make([]kept, len(texts))
	rescue.Each(len(texts), func(i int) { records[i] = get(texts[i]) })

	var list diag.List
	said := spoken(records)
	for _, k := range records {
		if said[norm.NFC.String(k.info.Path)] { // no record: somebody names it as what is said
			c.Files[k.info.Path] = k.info
			continue
		}
		c.put(k.record)
		list.Add(k.found...)
		done(k)
	}
	c.memberless(&list)
	c.pair(&list)
	c.copies(&list)
	c.misnamed(tree, &list)
	if c.Site == nil {
		c.Site = &Site{}
		list.Add(diag.NoSite.At(Root+"/site.yaml", diag.Pos{}))
	}
	return c, list.Sorted()
}

func (c *Content) put(r any) {
	if r, ok := r.(Record); ok && r.Base().Edition != "" {
		if c.written == nil {
			c.written = map[recordKey]Record{}
		}
		c.written[keyOf(r.Base())] = r
		return
	}
	switch r := r.(type) {
	case *Site:
		if e := siteEdition(r.Path); e == "" {
			c.Site = r
		} else {
			if c.Sites == nil {
				c.Sites = map[Language]*Site{}
			}
			c.Sites[e] = r
		}
	case *Member:
		c.Members = append(c.Members, r)
	case Record:
		r.Base().Kind.Info().put(c, r)
	}
}

// readText reads a file and decodes it. A text that cannot be used comes back as
// nil with its finding.
func readText(fsys fs.FS, f FileInfo) ([]byte, []diag.Finding) {
	if f.Size > MaxFile {
		_, fault := decodeText(make([]byte, MaxFile+1))
		fault.Path = f.Path
		return nil, []diag.Finding{*fault}
	}
	raw, err := fs.ReadFile(fsys, f.Path)
	if err != nil {
		return nil, []diag.Finding{diag.Unreadable.At(f.Path, diag.Pos{}, err)}
	}
	text, fault := decodeText(raw)
	found := controls(f.Path, text)
	if fault != nil {
		fault.Path = f.Path
		found = append(found, *fault)
	}
	return text, found
}

// toldOf tells whether a line has its finding already: a control character, which the
// languages of heads refuse in words of their own.
func toldOf(found []diag.Finding, line int) bool {
	return slices.ContainsFunc(found, func(f diag.Finding) bool { return f.Code == diag.ControlCharacter && f.Pos.Line == line })
}

func load(fsys fs.FS, f FileInfo) (any, []diag.Finding) {
	if isSite(f.Path) {
		return loadSite(fsys, f)
	}
	if isMember(f.Path) {
		return loadMember(fsys, f)
	}
	file := kindOfFile(f.Path)
	if file.kind == "" {
		return nil, []diag.Finding{diag.Stray.At(f.Path, diag.Pos{}, folderForms(), nearestPlace(f.Path))}
	}
	text, findings := readText(fsys, f)
	if text == nil {
		return nil, findings
	}
	v := reflect.New(file.kind.Info().typ)
	first := planOf(v.Type().Elem()).fields[0]
	doc, faults := frontmatter.Parse(text, isKey, diag.Text{Zh: first.zh, En: first.en})
	head := v.Interface().(Record).Base()
	d := &decoding{path: f.Path, name: file.name, format: doc.Format, partial: file.edition}
	for _, x := range faults {
		x.Path = f.Path
		if toldOf(findings, x.Pos.Line) {
			continue
		}
		d.findings = append(d.findings, x)
	}
	if len(faults) == 0 {
		if bytes.IndexByte(text[:doc.BodyAt], '\\') >= 0 {
			d.escapedControls(doc.Head)
		}
		d.group(doc.Head, v.Elem(), doc.Head.Pos, true)
	}
	head.Kind, head.Path, head.Dir = file.kind, f.Path, file.dir
	head.FileName, head.Parent, head.Edition, head.Member = file.name, file.parent, file.edition, file.member
	head.Places, head.Syntax, head.First = d.places, doc.Format, doc.Head.Pos.Line
	head.Body = bodyOf(doc)
	if head.Member != "" { // nobody takes addresses of this site but its own editors
		head.Aliases = nil
	}
	if file.edition == "" {
		check(v.Interface(), d)
	}
	summarise(v.Interface(), head, doc.Body)
	hero, isHero := v.Interface().(*Hero)
	head.slug(d, isHero && hero.HeroKind == Person)
	d.blankText(doc.Body, doc.BodyLine)
	d.settleBlanks(head.Draft)
	head.Faulty = slices.ContainsFunc(d.findings, func(x diag.Finding) bool { return x.Code.Severity == diag.Error })
	return v.Interface(), append(findings, d.findings...)
}

func loadSite(fsys fs.FS, f FileInfo) (any, []diag.Finding) {
	text, findings := readText(fsys, f)
	site := &Site{Path: f.Path}
	if text == nil {
		return site, findings
	}
	node, faults := frontmatter.ParseYAML(text, isKey)
	for _, x := range faults {
		if x.Path = f.Path; !toldOf(findings, x.Pos.Line) {
			findings = append(findings, x)
		}
	}
	d := &decoding{path: f.Path, format: frontmatter.YAML, partial: strings.ToLower(string(siteEdition(f.Path)))}
	if len(faults) == 0 {
		d.escapedControls(node)
		d.group(node, reflect.ValueOf(site).Elem(), diag.Pos{Line: 1, Col: 1}, true)
	}
	site.Places = d.places
	check(site, d)
	return site, append(findings, d.findings...)
}

// ReadSite reads the site's settings alone, for what need not wait for all records. What
// is wrong with them is told by [Load].
func ReadSite(fsys fs.FS, tree *Tree) *Site {
	i := slices.IndexFunc(tree.Files, func(f FileInfo) bool { return f.Path == Root+"/site.yaml" })
	if i < 0 {
		return &Site{}
	}
	site, _ := readKept(fsys, tree.Files[i]).record.(*Site)
	if site == nil { // decoding it has panicked, which Load tells
		return &Site{}
	}
	return site
}

// isSite tells the site's settings: site.yaml, and site.en.yaml for their words in
// another edition.
func isSite(p string) bool {
	return p == Root+"/site.yaml" || siteEdition(p) != ""
}

// siteEdition is the edition that a file of settings words, or "".
func siteEdition(p string) Language {
	for _, l := range languages {
		if p == Root+"/site."+l.File+".yaml" {
			return l.Tag
		}
	}
	return ""
}

func bodyOf(doc frontmatter.Doc) *Body {
	return &Body{
		Line: doc.BodyLine, Len: len(doc.Body), Digest: xxh3.Hash128(doc.Body).Bytes(), Targets: markdown.Scan(doc.Body),
	}
}

// summarise takes from a text what other pages show of it, where they do: both
// need the text parsed, which for most records happens only when their page is made.
func summarise(r any, h *Head, body []byte) {
	hero, isHero := r.(*Hero)
	if h.Summary == "" && !(isHero && hero.Deed != nil && hero.Deed.Summary != "") {
		h.Body.Lead = leadOf(body)
	}
	if h.Kind == KindChapter {
		h.Body.Count = markdown.Count(body)
	}
}

// slug settles the record's name in addresses. A person's is read as a name: 单 is
// shan there.
func (h *Head) slug(d *decoding, person bool) {
	if h.Slug != "" {
		if !ValidSlug(h.Slug) {
			d.report(diag.BadSlug, h.At("slug"), h.Slug, han.Slug(h.Slug))
		}
		return
	}
	if h.Slug = han.Slug(h.FileName); person {
		h.Slug = han.SlugName(h.FileName)
	}
	if h.Slug == "" {
		d.add(h.Mend(diag.BadSlug.At(d.path, diag.Pos{Line: 1, Col: 1}, h.FileName, ""), unfilled))
	}
}

// ValidSlug tells whether s can stand in an address: groups of a-z and 0-9
// parted by single hyphens, at most 100 characters.
func ValidSlug(s string) bool {
	if s == "" || len(s) > 100 {
		return false
	}
	hyphen := true
	for _, c := range []byte(s) {
		switch {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			hyphen = false
		case c == '-' && !hyphen:
			hyphen = true
		default:
			return false
		}
	}
	return !hyphen
}

// ReadBody reads a record's text again. It fails with a finding where the file no
// longer holds what Load saw.
func ReadBody(fsys fs.FS, h *Head) ([]byte, *diag.Finding) {
	if h.Body.Len == 0 {
		return nil, nil
	}
	changed := diag.ChangedMeanwhile.At(h.Path, diag.Pos{})
	raw, err := fs.ReadFile(fsys, h.Path)
	if err != nil {
		return nil, &changed
	}
	text := raw
	body, same := endOf(text, h)
	if !same { // not UTF-8, or lines that end otherwise
		text, _ = decodeText(raw)
		body, same = endOf(text, h)
	}
	if !same {
		return nil, &changed
	}
	return body, nil
}

// endOf is the end of a text, as long as the record's body is, and whether it is the body.
func endOf(text []byte, h *Head) (body []byte, same bool) {
	if len(text) < h.Body.Len {
		return nil, false
	}
	body = text[len(text)-h.Body.Len:]
	return slices.Clip(body), xxh3.Hash128(body).Bytes() == h.Body.Digest
}
