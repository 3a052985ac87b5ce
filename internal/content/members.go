package content

import (
	"io/fs"
	"path"
	"reflect"
	"slices"
	"strings"

	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/frontmatter"
)

// A city's or a province's site also shows what other associations give it. What one member
// gave lies, whole, in content/members/NAME/: member.yaml says whose it is, and the folders
// beside it are those of content/ itself. `mingdeng collect` writes it; nobody edits it.

// MembersDir is the folder of what members gave, below [Root].
const MembersDir = "members"

// MemberFile is the name of the file that says whose a member's folder is.
const MemberFile = "member.yaml"

// Member is content/members/NAME/member.yaml: an association whose records were collected.
type Member struct {
	Title        string    `key:"title 名称 *" zh:"它的网站的名称" en:"the title of its site"`
	Organisation string    `key:"organisation 单位" zh:"是哪个单位" en:"the association"`
	BaseURL      BaseURL   `key:"base_url 网址 *" zh:"它的网站的网址" en:"the address of its site"`
	Day          date.Date `key:"day 日期 *" zh:"它交来的是哪一天的内容" en:"the day of what it gave"`

	Name string `key:"-"` // of its folder
	Path string `key:"-"`
}

// Called is what readers are told the member is: the association, else its site.
func (m *Member) Called() string {
	if m.Organisation != "" {
		return m.Organisation
	}
	return m.Title
}

// Collected are the kinds of records that members give: those that tell of people and of
// where they are remembered. Reports, screens and pages say how one association works, and an
// honour comes as the words in which its holders name it, so that it meets the collecting
// site's own and no roll is there twice.
var Collected = []Kind{KindHero, KindBrief, KindBook, KindChapter, KindVenue, KindExhibit, KindUnit}

// cutMember parts the path of a member's file below content/ from the member's name: it
// returns heroes/x.md for members/NAME/heroes/x.md. name is "" where the file is the site's own.
func cutMember(below string) (name, rest string) {
	in, ok := strings.CutPrefix(below, MembersDir+"/")
	if !ok {
		return "", below
	}
	name, rest, ok = strings.Cut(in, "/")
	if !ok || !ValidSlug(name) {
		return "", below
	}
	return name, rest
}

// isMember tells the file that says whose a member's folder is.
func isMember(p string) bool {
	name, rest := cutMember(strings.TrimPrefix(p, Root+"/"))
	return name != "" && rest == MemberFile
}

// OfMember tells whether a file was collected from a member.
func OfMember(p string) bool { return strings.HasPrefix(p, Root+"/"+MembersDir+"/") }

// Member is the association that a record was collected from; nil for the site's own.
func (c *Content) Member(h *Head) *Member {
	if h.Member == "" {
		return nil
	}
	i, ok := slices.BinarySearchFunc(c.Members, h.Member, func(m *Member, name string) int { return strings.Compare(m.Name, name) })
	if !ok {
		return nil
	}
	return c.Members[i]
}

func loadMember(fsys fs.FS, f FileInfo) (any, []diag.Finding) {
	text, findings := readText(fsys, f)
	m := &Member{Path: f.Path, Name: path.Base(path.Dir(f.Path))}
	if text == nil {
		return m, findings
	}
	node, faults := frontmatter.ParseYAML(text, isKey)
	for _, x := range faults {
		x.Path = f.Path
		findings = append(findings, x)
	}
	d := &decoding{path: f.Path, format: frontmatter.YAML}
	if len(faults) == 0 {
		d.group(node, reflect.ValueOf(m).Elem(), diag.Pos{Line: 1, Col: 1}, true)
	}
	return m, append(findings, d.findings...)
}

// memberless reports, once a folder, records in a member's folder that does not say whose it
// is, and puts the members in order.
func (c *Content) memberless(list *diag.List) {
	slices.SortFunc(c.Members, func(a, b *Member) int { return strings.Compare(a.Name, b.Name) })
	told := map[string]bool{}
	c.All(func(r Record) {
		h := r.Base()
		if h.Member != "" && c.Member(h) == nil && !told[h.Member] {
			told[h.Member] = true
			list.Add(diag.MemberUnknown.At(h.Path, diag.Pos{}, path.Join(Root, MembersDir, h.Member, MemberFile)))
		}
	})
}

// ReadMembers reads whose the members' folders are, for what need not wait for all records.
func ReadMembers(fsys fs.FS, tree *Tree) []*Member {
	var out []*Member
	for _, f := range tree.Files {
		if isMember(f.Path) {
			if m, ok := readKept(fsys, f).record.(*Member); ok {
				out = append(out, m)
			}
		}
	}
	return out
}
