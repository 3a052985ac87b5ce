package pages

import (
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/site"
)

// Members lists the associations whose records were collected.
type Members struct {
	Frame
	Total   int
	Members []MemberItem
}

// MemberItem is an association and what it gave.
type MemberItem struct {
	ID, Name, Title string
	Site            Link // its own
	Day             string
	Gave            []Link
}

// members plans the list of the associations whose records were collected. Their records
// stand in the lists of their kinds; each association's heroes also have a list of their own
// at /members/NAME/, which is planned with the other lists of heroes.
func (p *planner) members() {
	if len(p.e.Members) == 0 {
		return
	}
	p.add(p.in(content.MembersDir+"/"), "members", date.Date{}, func() View {
		v := &Members{
			Frame: p.listFrame(content.MembersDir, p.t("members.description", len(p.e.Members))),
			Total: len(p.e.Members),
		}
		for _, m := range p.e.Members {
			v.Members = append(v.Members, p.member(m))
		}
		return v
	})
}

func (p *planner) member(m *site.Giver) MemberItem {
	_, where, _ := strings.Cut(string(m.BaseURL), "://")
	item := MemberItem{
		ID: m.Name, Name: m.Called(), Site: Link{strings.TrimSuffix(where, "/"), string(m.BaseURL)}, Day: p.date(m.Day),
	}
	if m.Title != item.Name {
		item.Title = m.Title
	}
	gave := func(key string, n int, href string) {
		if n > 0 {
			item.Gave = append(item.Gave, Link{p.t(key, n), href})
		}
	}
	gave("members.heroes", len(m.Heroes), p.href(m.Address))
	gave("members.briefs", m.Briefs, "")
	gave("members.books", m.Books, "")
	gave("members.chapters", m.Chapters, "")
	gave("members.venues", m.Venues, "")
	gave("members.exhibits", m.Exhibits, "")
	gave("members.units", m.Units, "")
	return item
}

// memberOf is the association that gave what stands at an address, or nil: records of members
// lie below /members/NAME/, beside the list of its heroes, which is this site's own.
func (p *planner) memberOf(a site.Address) *site.Giver {
	below, ok := strings.CutPrefix(p.e.Plain(a), content.MembersDir+"/")
	if !ok {
		return nil
	}
	name, rest, _ := strings.Cut(below, "/")
	if rest == "" || strings.HasPrefix(rest, "page/") {
		return nil
	}
	return p.memberNamed(name)
}

func (p *planner) memberNamed(name string) *site.Giver {
	if name != "" {
		for _, m := range p.e.Members {
			if m.Name == name {
				return m
			}
		}
	}
	return nil
}

func (p *planner) memberHref(m *site.Giver) string {
	return p.href(p.in(content.MembersDir+"/")) + "#" + m.Name
}

// source is the address, on a member's own site, of what stands here at a.
func (p *planner) source(m *site.Giver, a site.Address) string {
	return string(m.BaseURL) + strings.TrimPrefix(p.e.Plain(a), content.MembersDir+"/"+m.Name+"/")
}

// called is what the association is called that a record was collected from, or "".
func (p *planner) called(h *content.Head) string {
	if m := p.memberNamed(h.Member); m != nil {
		return m.Called()
	}
	return ""
}
