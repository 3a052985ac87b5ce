package site

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/date"
)

// Bond is what two heroes have in common, the strongest in the highest bit: of two bonds the
// greater is the closer one.
type Bond uint16

// What heroes have in common, the weakest first.
const (
	SameDeed    Bond = 1 << iota // type of deed
	SameSession                  // of an honour
	SameVenue                    // both are told of there
	SameRegion                   // the deepest region known
	SameKind                     // type of deed and region; comes with both
	SameWater                    // river, lake or reservoir, in one city
	SameChapter                  // told of in one piece
	SameExhibit                  // told of on one board
	SamePlace                    // of the deed, as it is written
	SameDay                      // of the deed
	SameGroup                    // honoured together
)

// Related is somebody who has something in common with a hero.
type Related struct {
	Hero  *Hero
	Bond  Bond
	Water string // of SameWater: its name
}

const (
	mostRelated = 6
	// nearby is how many before and after one are looked at among those who share one thing,
	// in the order of their deeds: all of a few, and of thousands those nearest in time. Who
	// sees somebody is seen by them.
	nearby = 8
	// crowd is the most people of a board or piece that says something of each of them; a wall
	// of all names makes nobody related.
	crowd = 12
)

// Kinship tells who is related to whom. It is read only, and made once for an edition.
type Kinship struct {
	e     *Edition
	order []kin // by the day of their deeds
	place map[*Hero]int32
}

// kin is what a hero can have in common with others.
type kin struct {
	hero    *Hero
	day     int // of the deed in a count that grows with time; 0 for not known
	region  *Region
	deed    content.DeedType
	at      string // the place of the deed
	water   string
	exact   date.Date // zero where the day is not known
	circles []circle  // the closest bond first
}

// circle is where a hero stands among those who share one thing.
type circle struct {
	bond Bond
	all  *[]int32
	nth  int
}

// shared is one thing that heroes have in common. Invented people share nothing with
// others.
type shared struct {
	bond   Bond
	sample bool
	day    date.Date
	region *Region
	what   string
	of     any // a pointer
}

// Kinship looks what the edition's heroes have in common: for n of them it takes time and
// memory as n does.
func (e *Edition) Kinship() *Kinship {
	k := &Kinship{e: e, order: make([]kin, len(e.Heroes)), place: make(map[*Hero]int32, len(e.Heroes))}
	for i, h := range e.Heroes {
		one := kin{hero: h, region: h.Place}
		if d := h.Deed; d != nil {
			one.day = d.Date.Year*372 + int(d.Date.Month)*31 + int(d.Date.Day)
			one.deed, one.at = d.Type, strings.TrimSpace(d.Place)
			if d.Date.Day != 0 {
				one.exact = d.Date
			}
			one.water = waterOf(one.at, h.Region)
		}
		k.order[i] = one
	}
	slices.SortStableFunc(k.order, func(a, b kin) int { return a.day - b.day })
	circles := make(map[shared]*[]int32, 4*len(e.Heroes))
	rows := make([]circle, 0, 6*len(e.Heroes))
	for i := range k.order {
		one := &k.order[i]
		k.place[one.hero] = int32(i)
		begin := len(rows)
		one.join(func(key shared) {
			key.sample = one.hero.Sample
			all := circles[key]
			if all == nil {
				all = new([]int32)
				circles[key] = all
			}
			if n := len(*all); n == 0 || (*all)[n-1] != int32(i) {
				*all = append(*all, int32(i))
				rows = append(rows, circle{key.bond, all, n})
			}
		})
		one.circles = rows[begin:len(rows):len(rows)]
	}
	return k
}

// join names all that a hero can share, the closest first.
func (one *kin) join(in func(shared)) {
	h := one.hero
	for _, g := range h.Groups {
		in(shared{bond: SameGroup, of: g})
	}
	if one.exact != (date.Date{}) {
		in(shared{bond: SameDay, day: one.exact})
	}
	if one.at != "" {
		in(shared{bond: SamePlace, region: one.region, what: one.at})
	}
	for _, x := range h.Exhibits {
		if len(x.Heroes) <= crowd {
			in(shared{bond: SameExhibit, of: x})
		}
	}
	for _, c := range h.Chapters {
		if len(c.Heroes) <= crowd {
			in(shared{bond: SameChapter, of: c})
		}
	}
	if one.water != "" {
		in(shared{bond: SameWater, what: one.water})
	}
	if one.region != nil {
		if one.deed != "" {
			in(shared{bond: SameKind, region: one.region, what: string(one.deed)})
		}
		in(shared{bond: SameRegion, region: one.region})
	}
	for _, x := range h.Exhibits {
		in(shared{bond: SameVenue, of: x.Venue})
	}
	for _, x := range h.Held {
		if x.Of != nil {
			in(shared{bond: SameSession, of: x.Of})
		}
	}
	if one.deed != "" {
		in(shared{bond: SameDeed, what: string(one.deed)})
	}
}

// Of lists those related to a hero, the closest first, six at most; of equals the nearest in
// time. A group and its members, who stand on each other's pages anyway, are left out.
func (k *Kinship) Of(h *Hero) []Related {
	at, ok := k.place[h]
	if !ok {
		return nil
	}
	one := &k.order[at]
	type found struct {
		nth  int32
		bond Bond
	}
	list := make([]found, 0, 4*nearby)
	for i, c := range one.circles {
		// Whoever is met in a circle for the first time has nothing closer in common: when there
		// are enough, looser circles cannot change the list.
		if len(list) >= mostRelated && one.circles[i-1].bond != c.bond {
			break
		}
		all := *c.all
		for _, nth := range all[max(0, c.nth-nearby):min(len(all), c.nth+nearby+1)] {
			other := k.order[nth].hero
			if nth == at || slices.Contains(h.Groups, other) || slices.Contains(other.Groups, h) {
				continue
			}
			if !slices.ContainsFunc(list, func(f found) bool { return f.nth == nth }) {
				list = append(list, found{nth, one.bond(&k.order[nth])})
			}
		}
	}
	apart := func(nth int32) int {
		if one.day == 0 || k.order[nth].day == 0 {
			return 1 << 30
		}
		return max(one.day-k.order[nth].day, k.order[nth].day-one.day)
	}
	slices.SortFunc(list, func(a, b found) int {
		x, y := k.order[a.nth].hero, k.order[b.nth].hero
		return cmp.Or(cmp.Compare(b.bond, a.bond), apart(a.nth)-apart(b.nth), strings.Compare(x.Key, y.Key), strings.Compare(x.Slug, y.Slug))
	})
	var out []Related
	for _, f := range list[:min(len(list), mostRelated)] {
		out = append(out, Related{k.order[f.nth].hero, f.bond, one.water})
	}
	return out
}

// bond is what two share in whose circles they stand near each other.
func (one *kin) bond(other *kin) Bond {
	var b Bond
	for _, x := range one.circles {
		for _, y := range other.circles {
			if x.all == y.all && max(x.nth-y.nth, y.nth-x.nth) <= nearby {
				b |= x.bond
			}
		}
	}
	if b&SameKind != 0 {
		b |= SameRegion | SameDeed
	}
	return b
}

// Strongest is the closest thing of a bond, and the rest of it.
func (b Bond) Strongest() (first, rest Bond) {
	if b == 0 {
		return 0, 0
	}
	first = 1 << (bits.Len16(uint16(b)) - 1)
	return first, b &^ first
}

// waters are what names of waters end in, and ashore what may follow one that somebody was
// in or beside: 洪河大桥, 淮河北岸, but not 清河高速 or 滨江大道.
var (
	waters = []string{"水库", "河", "江", "湖", "溪", "渠", "塘", "潭"}
	ashore = []string{"大桥", "桥", "边", "岸", "畔", "上", "里", "中", "下", "面", "堤", "滩", "段", "大堤", "大坝", "坝", "东", "西", "南", "北", "，", "、", "（", "("}
)

// waterOf finds the water that a place names in its beginning, behind the names of the region
// it lies in; "" where it names none. Rivers of two cities have one name by chance: the city
// is part of what is returned, before a slash.
func waterOf(place string, region content.Region) string {
	for _, r := range region {
		place = strings.TrimPrefix(place, r)
	}
	for _, w := range waters {
		head, tail, ok := strings.Cut(place, w)
		if n := len([]rune(head)); !ok || n == 0 || n > 3 || strings.ContainsAny(head, "省市县区乡镇村路街号小大一两的") {
			continue
		}
		if tail != "" && !slices.ContainsFunc(ashore, func(s string) bool { return strings.HasPrefix(tail, s) }) {
			continue
		}
		return strings.Join(region[:min(2, len(region))], "/") + "/" + head + w
	}
	return ""
}

// WaterName is the name of a water alone.
func (r Related) WaterName() string { return r.Water[strings.LastIndexByte(r.Water, '/')+1:] }
