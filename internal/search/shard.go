package search

import (
	"maps"
	"slices"
	"sync"
	"unicode/utf16"
)

// item is a place in a text, which lies in the rank-th document of a node. It holds what
// follows there: to look it up in the texts, of tens of megabytes, at every level was
// most of making a shard.
type item struct {
	units [Depth]uint16 // what is behind a line feed is not looked at
	rank  uint32
	title bool // in the title or a name
}

// group is the items of a level that have the same unit there.
type group struct {
	unit uint16
	many bool // see many
	from int  // in the next level, where they lie together
	n    int
}

// builder makes shards, one after another.
type builder struct {
	bitWriter
	x *Index
	p *places
	// levels[d] holds the items ordered by their first d units, then by document. What
	// splits a part of one level lies at the same place in the next.
	levels [Depth + 1][]item
	counts []uint32 // by unit; all zero between uses
	ranks  []uint32
	titles []uint32
	pool   []uint64
	groups [Depth + 1][]group // by level; good until the level is split again
	pools  [Depth + 1][]uint64
}

var builders = sync.Pool{New: func() any { return &builder{counts: make([]uint32, 1<<16)} }}

// root is a string that a shard begins with and that stands in many documents.
type root struct {
	key   []uint16
	items []item
	from  int // of items in the level of the key's length, where what follows is written too
}

// shard makes the file of a shard.
func (x *Index) shard(s int) []byte {
	b := builders.Get().(*builder)
	defer builders.Put(b)
	b.x = x
	b.p = x.placesOf(s)
	defer func() { b.x, b.p = nil, nil }()
	b.reset(nil)
	b.fill(s)

	var roots []root
	b.pool = b.pool[:0]
	pairs, all := len(b.p.pairs.of(s)), len(b.levels[0])
	for _, one := range b.split(0, 0, pairs) {
		for _, two := range b.split(1, one.from, one.n) {
			items := b.levels[2][two.from : two.from+two.n]
			if many(items) {
				roots = append(roots, root{[]uint16{one.unit, two.unit}, items, two.from})
				continue
			}
			h := uint64(pairHash(one.unit, two.unit)) << 32
			for _, it := range items {
				b.pool = append(b.pool, h|uint64(it.rank))
			}
		}
	}
	for _, one := range b.split(0, pairs, all-pairs) {
		for _, two := range b.split(1, one.from, one.n) {
			for _, three := range b.split(2, two.from, two.n) {
				if items := b.levels[3][three.from : three.from+three.n]; many(items) {
					roots = append(roots, root{[]uint16{one.unit, two.unit, three.unit}, items, three.from})
				}
			}
		}
	}
	roots = append(roots, b.characters(s)...)
	for _, word := range slices.Sorted(maps.Keys(b.p.filters[s])) {
		r := root{key: utf16.Encode([]rune(word))}
		for _, slot := range b.p.filters[s][word] {
			r.items = append(r.items, item{rank: slot})
		}
		roots = append(roots, r)
	}
	slices.SortFunc(roots, func(a, b root) int { return slices.Compare(a.key, b.key) })

	small := slices.Clone(b.pool)
	b.gamma(len(roots))
	for _, r := range roots {
		b.gamma(len(r.key))
		for _, u := range r.key {
			b.bits(uint64(u), 16)
		}
		m := b.documents(x.Slots, r.items)
		switch {
		case r.key[0] == filterMark:
		case len(r.key) == 2:
			split := x.split(keyHash(r.key))
			b.flag(split)
			b.follow(2, r.from, len(r.items), m, split)
		case len(r.key) == 3:
			b.follow(3, r.from, len(r.items), m, false)
		}
	}
	width := poolWidth(len(small))
	for i, v := range small {
		small[i] = (v>>48)&(1<<width-1)*uint64(x.Slots) + v&0xffffffff
	}
	b.pooled(small, width, x.Slots)
	return b.bytes()
}

// fill puts the places of a shard into the first level: of two units, then of three.
func (b *builder) fill(s int) {
	x := b.x
	lists := [][]uint32{b.p.pairs.of(s), b.p.triples.of(s)}
	n := len(lists[0]) + len(lists[1])
	for d := range b.levels {
		b.levels[d] = slices.Grow(b.levels[d][:0], n)[:n]
	}
	items := b.levels[0][:0]
	for _, list := range lists {
		doc := 0
		for _, at := range list {
			for at >= x.starts[doc+1] {
				doc++
			}
			it := item{rank: uint32(x.docs[doc].slot), title: at-x.starts[doc] < x.heads[doc]}
			if int(at)+Depth <= len(x.units) {
				it.units = [Depth]uint16(x.units[at:]) // one load, which others can overtake
			} else {
				copy(it.units[:], x.units[at:]) // the last text ends with a line feed, too
			}
			items = append(items, it)
		}
	}
}

// characters are the single characters of a shard that stand in many documents; the others
// go into the pool.
func (b *builder) characters(s int) []root {
	var out []root
	for _, u := range b.p.inShard[s] {
		list := b.p.chars.of(int(u)) // each document once
		if len(list) <= Small {
			h := uint64(charHash(u)) << 32
			for _, who := range list {
				b.pool = append(b.pool, h|uint64(who>>1))
			}
			continue
		}
		items := make([]item, len(list))
		for i, who := range list {
			items[i] = item{rank: who >> 1, title: who&1 == 1}
		}
		out = append(out, root{key: []uint16{u}, items: items})
	}
	return out
}

// split orders a part of a level by the unit that comes next, keeping the order of
// documents, and leaves out what a line feed ends. The groups are good until the level is
// split again.
func (b *builder) split(level, from, n int) []group {
	items := b.levels[level][from : from+n]
	groups := b.groups[level][:0]
	for i := range items {
		u := items[i].units[level]
		if u == '\n' {
			continue
		}
		if b.counts[u] == 0 {
			groups = append(groups, group{unit: u})
		}
		b.counts[u]++
	}
	slices.SortFunc(groups, func(a, b group) int { return int(a.unit) - int(b.unit) })
	at := from
	for i := range groups {
		g := &groups[i]
		g.from, g.n = at, int(b.counts[g.unit])
		b.counts[g.unit] = uint32(at)
		at += g.n
	}
	next := b.levels[level+1]
	for i := range items {
		if u := items[i].units[level]; u != '\n' {
			next[b.counts[u]] = items[i]
			b.counts[u]++
		}
	}
	for _, g := range groups {
		b.counts[g.unit] = 0
	}
	b.groups[level] = groups
	return groups
}

// many tells whether the items lie in more documents than are [Small].
func many(items []item) bool {
	if len(items) <= Small {
		return false
	}
	n := 1
	for i := 1; i < len(items) && n <= Small; i++ {
		if items[i].rank != items[i-1].rank {
			n++
		}
	}
	return n > Small
}

// documents writes which of the universe documents of the node above the items lie in,
// and in which of these in the title. It makes the ranks of the items those among these
// documents, and returns how many they are.
func (b *builder) documents(universe int, items []item) int {
	b.ranks, b.titles = b.ranks[:0], b.titles[:0]
	last := ^uint32(0)
	for i := range items {
		it := &items[i]
		if it.rank != last {
			last = it.rank
			b.ranks = append(b.ranks, it.rank)
		}
		it.rank = uint32(len(b.ranks) - 1)
		if n := len(b.titles); it.title && (n == 0 || b.titles[n-1] != it.rank) {
			b.titles = append(b.titles, it.rank)
		}
	}
	m := len(b.ranks)
	b.set(universe, b.ranks)
	b.flag(len(b.titles) > 0)
	if len(b.titles) > 0 {
		b.set(m, b.titles)
	}
	return m
}

// follow writes what follows a string: each unit that does so in many documents, as a
// node of its own, and the others pooled. The items of the string lie in a level, and
// in m documents. Of a string that is split only the pool is written here.
func (b *builder) follow(level, from, n, m int, split bool) {
	groups := b.split(level, from, n)
	next := b.levels[level+1]
	count, rest := 0, 0
	for i := range groups {
		g := &groups[i]
		if g.many = many(next[g.from : g.from+g.n]); g.many {
			count++
		} else {
			rest += g.n
		}
	}
	width := poolWidth(rest)
	pool := b.pools[level][:0]
	for _, g := range groups {
		if !g.many {
			bucket := uint64(unitHash(g.unit) >> (16 - width))
			for _, it := range next[g.from : g.from+g.n] {
				pool = append(pool, bucket*uint64(m)+uint64(it.rank))
			}
		}
	}
	if !split {
		b.gamma(count)
		last := uint16(0)
		for _, g := range groups {
			if !g.many {
				continue
			}
			b.unit(g.unit - last)
			last = g.unit
			docs := b.documents(m, next[g.from:g.from+g.n])
			if level+1 < Depth {
				b.follow(level+1, g.from, g.n, docs, false)
			}
		}
	}
	b.pools[level] = pool
	b.pooled(pool, width, m)
}

// unit writes the distance of a unit from the one before.
func (b *builder) unit(distance uint16) { b.rice(uint64(distance), 10) }

// unitHash is a hash of 16 bits.
func unitHash(u uint16) uint32 { return uint32(u*40503) & 0xffff }

// poolWidth is the number of bits of a hash that parts n places so that few share one.
func poolWidth(n int) uint {
	w := uint(0)
	for n > pooledTogether<<w && w < 16 {
		w++
	}
	return w
}

// pooledTogether is how many places may have the same hash, on average: each costs a
// text that is looked at in vain.
const pooledTogether = 2

// pooled writes numbers that are each hash·m + rank, in any order.
func (b *builder) pooled(list []uint64, width uint, m int) {
	slices.Sort(list)
	list = slices.Compact(list)
	b.gamma(len(list))
	if len(list) > 0 {
		b.bits(uint64(width), 5)
		b.members(uint64(m)<<width, list)
	}
}
