package site

import (
	"cmp"
	"slices"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/han"
)

// order sorts every list, fills the reverse joins in that order, and links
// neighbours.
func (r *resolver) order() {
	e := r.e
	slices.SortStableFunc(e.Heroes, func(a, b *Hero) int {
		return cmp.Or(strings.Compare(a.Key, b.Key), strings.Compare(a.Slug, b.Slug))
	})
	slices.SortStableFunc(e.Briefs, func(a, b *Brief) int {
		return cmp.Or(b.Date.Compare(a.Date), b.Number-a.Number, strings.Compare(a.Slug, b.Slug))
	})
	slices.SortStableFunc(e.Venues, func(a, b *Venue) int {
		return cmp.Or(rank(a.VenueKind)-rank(b.VenueKind), strings.Compare(a.Key, b.Key))
	})
	slices.SortStableFunc(e.Honors, func(a, b *Honor) int {
		return cmp.Or(rank(a.Level)-rank(b.Level), strings.Compare(a.Key, b.Key))
	})
	slices.SortStableFunc(e.Units, func(a, b *Unit) int {
		return cmp.Or(rank(a.UnitKind)-rank(b.UnitKind), strings.Compare(a.Key, b.Key))
	})
	slices.SortStableFunc(e.Reports, func(a, b *Report) int { return b.Year - a.Year })
	slices.SortStableFunc(e.Pages, func(a, b *Page) int {
		return cmp.Or(navRank(a)-navRank(b), strings.Compare(a.Slug, b.Slug))
	})
	for _, b := range e.Books {
		slices.SortStableFunc(b.Chapters, func(a, c *Chapter) int {
			return cmp.Or(a.Order-c.Order, strings.Compare(a.FileName, c.FileName))
		})
	}

	for i, b := range e.Briefs {
		if i > 0 {
			b.Next, e.Briefs[i-1].Prev = e.Briefs[i-1], b
		}
		for _, h := range b.Heroes {
			h.Briefs = append(h.Briefs, b)
		}
		for _, v := range b.Venues {
			v.Briefs = append(v.Briefs, b)
		}
		for _, u := range b.Units {
			u.Briefs = append(u.Briefs, b)
		}
	}
	for _, b := range e.Books {
		for i, c := range b.Chapters {
			c.Place = i + 1
			if i > 0 {
				c.Prev, b.Chapters[i-1].Next = b.Chapters[i-1], c
			}
			for _, h := range c.Heroes {
				h.Chapters = append(h.Chapters, c)
			}
		}
	}
	for _, v := range e.Venues {
		for _, x := range v.Exhibits {
			for _, h := range x.Heroes {
				h.Exhibits = append(h.Exhibits, x)
			}
			for _, c := range x.Chapters {
				c.Exhibits = append(c.Exhibits, x)
			}
		}
	}
	for i, p := range e.Reports {
		if i > 0 {
			p.Next, e.Reports[i-1].Prev = e.Reports[i-1], p
		}
	}
	for _, h := range e.Honors {
		sortRoll(h.Roll, h.Order)
		for _, s := range h.Sessions {
			sortRoll(s.Roll, h.Order)
		}
	}
}

// rank is the place of a fixed value among those of its type; what is not given
// comes last.
func rank[T interface {
	~string
	Values() []content.Value
}](v T) int {
	values := v.Values()
	for i, x := range values {
		if x.En == string(v) {
			return i
		}
	}
	return len(values)
}

func navRank(p *Page) int {
	if p.Nav == 0 {
		return 1 << 20
	}
	return int(p.Nav)
}

// sortRoll orders a roll. Heroes come in by pinyin; as given means the order of
// the records' file names, which an editor can number.
func sortRoll(roll []*Hero, order content.NameOrder) {
	switch order {
	case content.ByStroke:
		keys := make(map[*Hero]string, len(roll))
		for _, h := range roll {
			keys[h] = han.StrokeKey(h.Name, han.BySurname)
		}
		slices.SortStableFunc(roll, func(a, b *Hero) int { return strings.Compare(keys[a], keys[b]) })
	case content.AsGiven:
		slices.SortStableFunc(roll, func(a, b *Hero) int { return strings.Compare(a.Path, b.Path) })
	default:
		slices.SortStableFunc(roll, func(a, b *Hero) int { return strings.Compare(a.Key, b.Key) })
	}
}
