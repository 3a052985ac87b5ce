package search

import (
	"cmp"
	"slices"
	"sync"
)

// perGroup is how many units of text are sorted at once, about: what is sorted takes some
// ten bytes for each, 160 MB. A site of 10,000 records has half as many.
const perGroup = 16 << 20

// mostGroups bounds how often all texts are gone through.
const mostGroups = 8

// sorting keeps the places of the shards that are being made. Shards are made in order of
// their paths, so they are sorted by groups of neighbours, of which two are kept: one
// that ends while the next begins.
type sorting struct {
	most int // units in a group

	mu     sync.Mutex
	group  []int // by shard
	groups [2]int
	kept   [2]*places
}

// placesOf is what shard s is made from, with others of its group.
func (x *Index) placesOf(s int) *places {
	o := &x.sorting
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.group == nil {
		o.group = x.grouped()
	}
	g := o.group[s]
	for i, p := range o.kept {
		if p != nil && o.groups[i] == g {
			return p
		}
	}
	wanted := make([]bool, x.Shards)
	for s := range wanted {
		wanted[s] = o.group[s] == g
	}
	o.kept[1], o.groups[1] = o.kept[0], o.groups[0]
	o.kept[0] = nil // before the new one is made
	o.kept[0], o.groups[0] = x.sort(wanted), g
	return o.kept[0]
}

// grouped parts the shards into groups. Those that are to be made for a change are few,
// and one group.
func (x *Index) grouped() []int {
	order := make([]int, x.Shards)
	for s := range order {
		order[s] = s
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(ShardPath(a), ShardPath(b)) })
	n := min(1+len(x.units)/x.sorting.most, mostGroups)
	group := make([]int, x.Shards)
	for i, s := range order {
		group[s] = i * n / x.Shards
	}
	changed := 0
	for _, c := range x.changed {
		if c {
			changed++
		}
	}
	if changed*n > x.Shards {
		return group
	}
	for s, c := range x.changed {
		if c {
			group[s] = n
		}
	}
	return group
}
