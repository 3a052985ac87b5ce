package search

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf16"
)

// ErrDamaged says that a shard is not as it was written.
var ErrDamaged = errors.New("search: a shard is damaged")

// Found is what the shards say of a string.
type Found struct {
	Slots  []int // of documents, ascending
	Titles []int // those of Slots where it stands in the title or a name; not known unless Exact
	// Exact tells that it stands in all of Slots. Otherwise their texts must be looked at.
	Exact bool
}

// Lookup reads the index the way the script does: it is what tests compare the script
// with, and what measures how much a query moves. file returns a shard's bytes; word is
// folded.
func (s Shape) Lookup(word string, file func(shard int) ([]byte, error)) (Found, error) {
	units := utf16.Encode([]rune(word))
	if len(units) == 0 {
		return Found{}, nil
	}
	if len(units) <= Depth || units[0] == filterMark {
		return s.one(units, file)
	}
	// A longer string stands only where all its parts stand.
	var out Found
	for at := 0; ; at = min(at+Depth, len(units)-Depth) {
		f, err := s.one(units[at:at+Depth], file)
		if err != nil {
			return Found{}, err
		}
		if at == 0 {
			out.Slots = f.Slots
		}
		out.Slots = slices.DeleteFunc(out.Slots, func(n int) bool { _, in := slices.BinarySearch(f.Slots, n); return !in })
		if len(out.Slots) == 0 || at == len(units)-Depth {
			return out, nil
		}
	}
}

func (s Shape) one(units []uint16, file func(shard int) ([]byte, error)) (Found, error) {
	key := units[:min(2, len(units))]
	if units[0] == filterMark {
		key = units
	}
	found, split, err := s.from(key, units, file)
	if err != nil || !split {
		return found, err
	}
	// What is not in many documents stays in the pool of two units.
	listed, _, err := s.from(units[:3], units, file)
	if err != nil || listed.Slots == nil {
		return found, err
	}
	return listed, nil
}

// from looks up units in the shard of their beginning key. Where the key is split, what
// it returns is right only if the first three units are not listed elsewhere.
func (s Shape) from(key, units []uint16, file func(shard int) ([]byte, error)) (found Found, split bool, err error) {
	hash := keyHash(key)
	raw, err := file(int(hash) & (s.Shards - 1))
	if err != nil {
		return Found{}, false, err
	}
	r := shardReader{bitReader: bitReader{in: raw}, word: units}
	known := false
	for range r.count(r.gamma()) {
		k := make([]uint16, r.count(r.gamma()))
		for i := range k {
			k[i] = uint16(r.bits(16))
		}
		if len(k) == 0 || r.short {
			return Found{}, false, ErrDamaged
		}
		hit := slices.Equal(k, key)
		slots, titles := r.documents(uint64(s.Slots))
		var f *Found
		if len(k) == 1 || k[0] == filterMark {
			f = exact(slots, titles)
		} else {
			apart := len(k) == 2 && r.flag()
			f = r.follow(len(k), slots, titles, hit, apart)
			split = split || hit && apart && len(units) > 2
		}
		if r.short {
			return Found{}, false, ErrDamaged
		}
		if hit {
			found, known = *f, true
		}
	}
	if !known && len(key) < 3 && key[0] != filterMark {
		found.Slots = r.pooled(s.Slots, func(width uint) uint64 { return uint64(hash>>16) & (1<<width - 1) })
	}
	if r.short {
		return Found{}, false, ErrDamaged
	}
	return found, split, nil
}

// shardReader reads a shard from its beginning.
type shardReader struct {
	bitReader
	word []uint16
}

// count bounds a number of things that take at least a bit each.
func (r *shardReader) count(n int) int {
	if n > len(r.in)*8 {
		r.short = true
		return 0
	}
	return n
}

func (r *shardReader) documents(universe uint64) (ranks []uint64, titles []uint64) {
	ranks = r.set(universe)
	if r.flag() {
		titles = r.set(uint64(len(ranks)))
	}
	return ranks, titles
}

func exact(slots, titles []uint64) *Found {
	f := &Found{Exact: true}
	for _, s := range slots {
		f.Slots = append(f.Slots, int(s))
	}
	for _, t := range titles {
		f.Titles = append(f.Titles, int(slots[t]))
	}
	return f
}

// follow reads what follows the first depth units of some string; where these are the
// word's (hit), it returns what is known of the word.
func (r *shardReader) follow(depth int, slots, titles []uint64, hit, split bool) (found *Found) {
	if hit && depth == len(r.word) {
		found = exact(slots, titles)
	}
	unit, listed := uint16(0), 0
	if !split {
		listed = r.count(r.gamma())
	}
	for range listed {
		unit += uint16(r.rice(10))
		ranks, inTitle := r.documents(uint64(len(slots)))
		if r.short {
			return nil
		}
		for i, n := range ranks {
			ranks[i] = slots[n]
		}
		on := hit && depth < len(r.word) && r.word[depth] == unit
		if depth+1 < Depth {
			if f := r.follow(depth+1, ranks, inTitle, on, false); on {
				found = f
			}
		} else if on {
			found = exact(ranks, inTitle)
		}
	}
	pool := r.pooled(len(slots), func(width uint) uint64 {
		if !hit || depth >= len(r.word) {
			return 0
		}
		return uint64(unitHash(r.word[depth]) >> (16 - width))
	})
	if found == nil && hit && depth < len(r.word) {
		found = &Found{}
		for _, n := range pool {
			found.Slots = append(found.Slots, int(slots[n]))
		}
	}
	return found
}

// pooled reads pooled numbers and returns the ranks in one bucket.
func (r *shardReader) pooled(m int, bucket func(width uint) uint64) (ranks []int) {
	n := r.gamma()
	if n == 0 || m == 0 {
		return nil
	}
	width := uint(r.bits(5))
	want := bucket(width)
	for _, v := range r.members(uint64(m)<<width, n) {
		if v/uint64(m) == want {
			ranks = append(ranks, int(v%uint64(m)))
		}
	}
	return ranks
}

// Holds tells whether the folded word stands in a document as folded, and whether it
// does in its title or names.
func (d *Doc) Holds(word, text string) (anywhere, title bool) {
	title = strings.Contains(Fold(line(d.Title)), word)
	for _, n := range d.Names {
		title = title || strings.Contains(Fold(line(n)), word)
	}
	return title || strings.Contains(Fold(text), word), title
}
