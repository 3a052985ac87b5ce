package content

import (
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"mingdeng/internal/diag"
)

// People copy a file to have a model for the next, download it twice, and let net disks
// keep both sides of a conflict. Each copy would be one more person on the site, so names
// that such programs give are recognised, and what they were made from is looked for.

// copyMarks are words, in small letters, of which a copy's name has one; they save trying
// the patterns on every name.
var copyMarks = []string{"副本", "复件", "複本", "拷贝", "备份", "冲突", "衝突", "快捷方式", "copy", "conflict", "backup", "bak", "_base_", "_local_", "_remote_"}

// copied are the names that programs give to copies and to nothing else; the first group
// is the name of the original.
var copied = []*regexp.Regexp{
	regexp.MustCompile(`(?i)^(.+?)\s*[-—_ .]\s*(?:副本|复件|複本|拷贝|备份|快捷方式|copy|backup|bak)(?:\s*[(（]?\d+[)）]?)?$`), // Explorer, Finder, WPS
	regexp.MustCompile(`^(.+?)\s*的(?:副本|复件|拷贝)(?:\s*\d+)?$`),
	regexp.MustCompile(`(?i)^(.+?)[ _]*[(（][^()（）]*(?:冲突|衝突|conflict|副本|复件|copy)[^()（）]*[)）](?:\s*[(（]\d+[)）])?$`), // Dropbox, Nextcloud, Seafile, 坚果云, GNOME
	regexp.MustCompile(`(?i)^(.+?)[._ -](?:冲突文件[-_. \pL0-9]*|(?:sync-conflict|冲突|conflict)[-_. 0-9a-z]*)$`),        // Syncthing, Resilio, WPS
	regexp.MustCompile(`(?i)^(?:copy|副本|复件)(?:\s*[(（]\d+[)）])?(?:\s+of|\s*[-—])?\s+(.+)$`),
	regexp.MustCompile(`^(.+)_(?:BACKUP|BASE|LOCAL|REMOTE)_\d+$`), // git mergetool
}

// perhaps are names that people give as well: they count beside the original alone. Each has
// the characters of which the last of a name must be one, which saves trying it on most names.
var perhaps = []struct {
	last string
	form *regexp.Regexp
}{
	{")）", regexp.MustCompile(`^(.+?)[ _]*[(（]\d{1,3}[)）]$`)},                                             // browsers, 百度网盘, WeChat
	{"0123456789", regexp.MustCompile(`^(.+?)[ _]\d{1,2}$`)},                                              // iCloud
	{"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", regexp.MustCompile(`^(.+?)-[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*$`)}, // OneDrive: the computer's name
	{"本件份版终改新旧稿", regexp.MustCompile(`^(.+?)(?:副本|复件|备份|最终版|最终|修改|修改版|新|新版|旧|定稿)$`)},                      // people
}

// copyOf is the name that a name was probably made from; sure says that nobody but a
// program that copies gives such names.
func copyOf(name string) (original string, sure, ok bool) {
	lower := strings.ToLower(name)
	for _, mark := range copyMarks {
		if !strings.Contains(lower, mark) {
			continue
		}
		for _, p := range copied {
			if m := p.FindStringSubmatch(name); m != nil {
				return strings.TrimSpace(m[1]), true, true
			}
		}
		break
	}
	last, _ := utf8.DecodeLastRuneInString(name)
	for _, p := range perhaps {
		if !strings.ContainsRune(p.last, last) {
			continue
		}
		if m := p.form.FindStringSubmatch(name); m != nil {
			return strings.TrimSpace(m[1]), false, true
		}
	}
	return "", false, false
}

// story is how long a text is, bytes, that two people of one name cannot have in common.
const story = 100

// copies reports files that look like copies of others, and people who are there twice.
func (c *Content) copies(list *diag.List) {
	byPath := map[string]Record{}
	c.All(func(r Record) { byPath[r.Base().Path] = r })
	for _, r := range c.written {
		byPath[r.Base().Path] = r
	}
	told := map[string]bool{}
	c.All(func(r Record) {
		h := r.Base()
		if h.Draft || h.Member != "" { // whose copies its own editors were told of
			return
		}
		dir, name, file := path.Dir(h.Path), strings.TrimSuffix(path.Base(h.Path), ".md"), ".md"
		if name == "index" || name == "_index" {
			dir, name, file = path.Dir(dir), path.Base(dir), "/"+name+".md"
		}
		from, sure, ok := copyOf(name)
		if !ok {
			return
		}
		var original Record
		for _, ending := range []string{file, ".md", "/index.md", "/_index.md"} {
			if original = byPath[path.Join(dir, from)+ending]; original != nil {
				break
			}
		}
		told[h.Path] = c.judgeCopy(r, original, sure, list)
	})
	type person struct {
		name   string
		digest [16]byte
	}
	seen := map[person]*Hero{}
	for _, h := range c.Heroes {
		if h.Draft || h.Member != "" || h.Body.Len < story || told[h.Path] {
			continue
		}
		key := person{h.Name, h.Body.Digest}
		switch first := seen[key]; {
		case first == nil:
			seen[key] = h
		case first.Slug != h.Slug: // else they are told to share an address
			list.Add(diag.CopiedFile.At(h.Path, diag.Pos{}, first.Path, h.Name))
		}
	}
}

// judgeCopy reports a file whose name is a copy's, and tells whether it did. original is
// nil where nothing lies beside it that it could be made from.
func (c *Content) judgeCopy(r, original Record, sure bool, list *diag.List) bool {
	h := r.Base()
	if original == nil {
		if sure {
			list.Add(diag.CopyName.At(h.Path, diag.Pos{}, ""))
		}
		return sure
	}
	o := original.Base()
	sameText := h.Body.Len > 0 && h.Body.Digest == o.Body.Digest
	sameName := NameOf(r) == NameOf(original)
	switch {
	case o.Draft && !sameText: // the model that others are made from
		return false
	case sure && (sameName || sameText), sameName && sameText:
		list.Add(diag.CopiedFile.At(h.Path, diag.Pos{}, o.Path, NameOf(r)))
	case sure, sameName && h.Kind != KindExhibit: // many exhibits are called 道旗
		list.Add(diag.CopyName.At(h.Path, diag.Pos{}, o.Path))
	default:
		return false
	}
	return true
}

// NameOf is what a record is called: its name or its title.
func NameOf(r Record) string {
	switch r := r.(type) {
	case *Hero:
		return r.Name
	case *Venue:
		return r.Name
	case *Exhibit:
		return r.Name
	case *Unit:
		return r.Name
	case *Brief:
		return r.Title
	case *Book:
		return r.Title
	case *Chapter:
		return r.Title
	case *Honor:
		return r.Title
	case *Report:
		return r.Title
	case *Screen:
		return r.Title
	case *Page:
		return r.Title
	}
	return ""
}

// meant is the name a file was to have whose ending makes it no record, or a record of
// another name: Windows hides endings, so that 张三.md becomes 张三.md.txt or 张三.md.md.
func meant(p string) string {
	if len(p) < 4 {
		return ""
	}
	tail := strings.ToLower(p[max(0, len(p)-10):])
	stem := ""
	for _, ending := range []string{".md.txt", ".txt.md", ".md.md", ".markdown", ".mdown", ".mkd", "。md", "．md", ".md.doc", ".md.docx", ".md"} {
		if strings.HasSuffix(tail, ending) {
			stem = p[:len(p)-len(ending)]
			break
		}
	}
	if stem == "" || stem+".md" == p || kindOfFile(stem+".md").kind == "" {
		return ""
	}
	return stem + ".md"
}

// misnamed reports files that were to be records, or records of another name.
func (c *Content) misnamed(tree *Tree, list *diag.List) {
	for _, f := range tree.Files {
		if m := meant(f.Path); m != "" {
			list.Add(diag.Misnamed.At(f.Path, diag.Pos{}, path.Base(m)))
		}
	}
}
