package pages

import (
	"mingdeng/internal/site"
)

// split cuts a list into parts of n; an empty list is one empty part.
func split[T any](list []T, n int) [][]T {
	var out [][]T
	for len(list) > n {
		out = append(out, list[:n])
		list = list[n:]
	}
	return append(out, list)
}

func pagesFor(total, n int) int { return max(1, (total+n-1)/n) }

// splitPeople cuts a list of people into pages of at most [PeoplePerPage], between letters
// and never within one: a letter that has more is a page by itself. The pages are as even
// as the letters let them be.
func splitPeople(list []*site.Hero) [][]*site.Hero {
	even := len(list) / pagesFor(len(list), PeoplePerPage)
	var out [][]*site.Hero
	from, at := 0, 0 // of the page, of the letter
	for at < len(list) {
		next := at
		for next < len(list) && list[next].Initial == list[at].Initial {
			next++
		}
		if at > from && (next-from > PeoplePerPage || at-from >= even) {
			out = append(out, list[from:at])
			from = at
		}
		at = next
	}
	return append(out, list[from:])
}

// pageAddress is the address of the nth page of a list: /heroes/, /heroes/page/2/.
func pageAddress(base site.Address, n int) site.Address {
	if n == 1 {
		return base
	}
	return base + site.Address("page/"+itoa(n)+"/")
}

// numbered tells the pages of one list apart in titles.
func (p *planner) numbered(title string, n int) string {
	if n == 1 {
		return title
	}
	return p.t("title.page", title, n)
}

// pager leads through a split list: the first and last page, and two on each side
// of the current one.
func (p *planner) pager(base site.Address, n, count int) Pager {
	g := Pager{Number: n, Count: count}
	if count < 2 {
		return g
	}
	if n > 1 {
		g.Prev = p.href(pageAddress(base, n-1))
	}
	if n < count {
		g.Next = p.href(pageAddress(base, n+1))
	}
	last := 0
	for i := 1; i <= count; i++ {
		if i == 1 || i == count || i >= n-2 && i <= n+2 {
			g.Pages = append(g.Pages, PagerLink{Number: i, Href: p.href(pageAddress(base, i)), Current: i == n, Gap: i > last+1})
			last = i
		}
	}
	return g
}

// listFrame is the frame of the page that lists a whole section.
func (p *planner) listFrame(section, description string) Frame {
	name := p.t("section." + section)
	return p.frame(p.in(section+"/"), about{
		Title: name, Description: description, Section: section, Crumbs: p.crumbs(),
		Data: node{{"@type", "CollectionPage"}, {"name", name}},
	})
}
