package site

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/han"
)

// lists gathers heroes and venues by place, heroes by year and by deed, briefs by
// year.
func (r *resolver) lists() {
	e := r.e
	for _, h := range e.Heroes {
		h.Place = r.region(h.Region)
		for p := h.Place; p != nil; p = p.Parent {
			p.Heroes = append(p.Heroes, h)
		}
		if y := h.Year(); y != 0 {
			i, ok := slices.BinarySearchFunc(e.Years, y, func(x *Year, y int) int { return y - x.Year })
			if !ok {
				e.Years = slices.Insert(e.Years, i, &Year{Year: y, Address: Address(e.Prefix + "heroes/year/" + strconv.Itoa(y) + "/")})
			}
			e.Years[i].Heroes = append(e.Years[i].Heroes, h)
		}
	}
	for _, v := range content.DeedType("").Values() {
		d := &Deeds{Type: content.DeedType(v.En), Address: Address(e.Prefix + "heroes/deed/" + v.En + "/")}
		for _, h := range e.Heroes {
			if h.Deed != nil && h.Deed.Type == d.Type {
				d.Heroes = append(d.Heroes, h)
			}
		}
		if len(d.Heroes) > 0 {
			e.Deeds = append(e.Deeds, d)
		}
	}
	e.Days = days(e.Heroes)
	for _, v := range e.Venues {
		v.Place = r.region(v.Region)
		for p := v.Place; p != nil; p = p.Parent {
			p.Venues = append(p.Venues, v)
		}
	}
	for _, b := range e.Briefs {
		i, ok := slices.BinarySearchFunc(e.Issues, b.Parent, func(x *Issues, y string) int { return strings.Compare(y, x.Year) })
		if !ok {
			e.Issues = slices.Insert(e.Issues, i, &Issues{Year: b.Parent, Address: Address(e.Prefix + "briefs/" + b.Parent + "/")})
		}
		e.Issues[i].Briefs = append(e.Issues[i].Briefs, b)
	}
	sortRegions(e.Regions)
	r.gave()
}

// gave counts what each member gave.
func (r *resolver) gave() {
	e := r.e
	if len(r.Content.Members) == 0 {
		return
	}
	of := map[string]*Giver{}
	for _, m := range r.Content.Members {
		x := &Giver{Member: m, Address: Address(e.Prefix + content.MembersDir + "/" + m.Name + "/")}
		of[m.Name] = x
		e.Members = append(e.Members, x)
	}
	slices.SortStableFunc(e.Members, func(a, b *Giver) int {
		return strings.Compare(han.PinyinKey(a.Called(), ""), han.PinyinKey(b.Called(), ""))
	})
	e.each(func(x record) {
		m := of[x.Base().Member]
		if m == nil {
			return
		}
		switch x := x.(type) {
		case *Hero:
			m.Heroes = append(m.Heroes, x)
		case *Brief:
			m.Briefs++
		case *Book:
			m.Books++
		case *Chapter:
			m.Chapters++
		case *Venue:
			m.Venues++
		case *Exhibit:
			m.Exhibits++
		case *Unit:
			m.Units++
		}
	})
}

// days puts people under the day of their deed.
func days(heroes []*Hero) []*Day {
	dated := slices.DeleteFunc(slices.Clone(heroes), func(h *Hero) bool { return h.Deed == nil || h.Deed.Date.Day == 0 })
	slices.SortStableFunc(dated, func(a, b *Hero) int {
		x, y := a.Deed.Date, b.Deed.Date
		return cmp.Or(int(x.Month)-int(y.Month), int(x.Day)-int(y.Day), x.Year-y.Year)
	})
	var out []*Day
	for _, h := range dated {
		m, d := int(h.Deed.Date.Month), int(h.Deed.Date.Day)
		if n := len(out); n == 0 || out[n-1].Month != m || out[n-1].Day != d {
			out = append(out, &Day{Month: m, Day: d})
		}
		last := out[len(out)-1]
		last.Heroes = append(last.Heroes, h)
	}
	return out
}

// region returns the node of a path, making what is missing of it.
func (r *resolver) region(path content.Region) *Region {
	siblings, parent := &r.e.Regions, (*Region)(nil)
	for i, name := range path {
		var node *Region
		for _, s := range *siblings {
			if s.Name == name {
				node = s
			}
		}
		if node == nil {
			node = &Region{Name: name, Path: path[:i+1], Parent: parent, Address: regionAddress(r.e.Prefix, parent, *siblings, name)}
			*siblings = append(*siblings, node)
		}
		parent, siblings = node, &node.Children
	}
	return parent
}

// regionAddress spells a region in pinyin. Two provinces and a few counties sound
// alike: 陕西 is spelt as China Post does (shaanxi), any other second comer gets
// its first differing character's code point.
func regionAddress(prefix string, parent *Region, siblings []*Region, name string) Address {
	base := Address(prefix + "heroes/region/")
	if parent != nil {
		base = parent.Address
	}
	slug := han.Slug(name)
	if strings.HasPrefix(name, "陕西") {
		slug = "shaanxi" + strings.TrimPrefix(slug, "shan-xi")
	}
	if slug == "" {
		slug = "u"
	}
	for _, s := range siblings {
		if s.Address == base+Address(slug+"/") {
			for _, c := range name {
				if !strings.ContainsRune(s.Name, c) {
					slug += "-" + strconv.FormatInt(int64(c), 16)
					break
				}
			}
		}
	}
	return base + Address(slug+"/")
}

// sortRegions puts the regions with most heroes first, as a reader looks for
// them, then by pinyin.
func sortRegions(list []*Region) {
	slices.SortStableFunc(list, func(a, b *Region) int {
		return cmp.Or(len(b.Heroes)-len(a.Heroes), strings.Compare(han.PinyinKey(a.Name, ""), han.PinyinKey(b.Name, "")))
	})
	for _, r := range list {
		sortRegions(r.Children)
	}
}
