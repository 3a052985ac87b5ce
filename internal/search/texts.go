package search

import (
	"encoding/binary"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf16"

	"mingdeng/internal/fingerprint"
)

// format counts the changes of the encoding: it is part of every fingerprint.
const format = 2

// filterMark begins the keys of filters: no text holds it once it is folded.
const filterMark = 1

// filters are the words a document is found by exactly: its own, and its whole title
// and names, so that of many who are called something that one comes first who is
// called nothing else.
func (d *Doc) filters() []string {
	out := slices.Clone(d.Filters)
	for _, s := range append([]string{d.Title}, d.Names...) {
		if w := "=" + strings.TrimSpace(Fold(line(s))); w != "=" && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

// filterKey is the key of a filter.
func filterKey(word string) string { return string(rune(filterMark)) + word }

// foldedDoc is what is searched of a document.
type foldedDoc struct {
	once  sync.Once
	units []uint16 // title, names and text, each ended by a line feed
	head  uint32   // how much of that is title and names
	err   error
}

// text returns the text of a document, and keeps it folded.
func (x *Index) text(i int) (string, error) {
	text, read, err := x.fold(i)
	if d := x.docs[i].Doc; !read && err == nil && d.Text != nil {
		return d.Text()
	}
	return text, err
}

// fold folds a document if that has not been done, and then tells its text.
func (x *Index) fold(i int) (text string, done bool, err error) {
	d, f := x.docs[i].Doc, &x.folded[i]
	f.once.Do(func() {
		if units, head, ok := x.past().doc(x.docs[i].made); ok {
			f.units, f.head = units, head
			return
		}
		done = true
		if d.Text != nil {
			text, f.err = d.Text()
		}
		f.units, f.head = d.fold(text)
	})
	return text, done, f.err
}

// fold is what is searched of a document, and how much of that is title and names.
func (d *Doc) fold(text string) (units []uint16, head uint32) {
	scratch := scratches.Get().(*[]uint16)
	defer scratches.Put(scratch)
	units = (*scratch)[:0]
	add := func(s string) { units = append(appendFolded(units, s), '\n') }
	add(line(d.Title))
	for _, n := range d.Names {
		add(line(n))
	}
	head = uint32(len(units))
	add(text)
	*scratch = units
	return slices.Clone(units), head
}

var scratches = sync.Pool{New: func() any { return new([]uint16) }}

// read gets all texts and makes the fingerprints of the shards, or takes these from the
// last index where that was made from the same.
func (x *Index) read() error {
	old := x.past()
	if old.made == x.made {
		x.prints, x.changed = old.prints, make([]bool, x.Shards)
		return nil
	}
	if err := x.gathered(); err != nil {
		return err
	}
	x.fingerprint()
	old.docs, old.units = nil, nil
	if len(old.prints) == x.Shards {
		x.changed = make([]bool, x.Shards)
		for s := range x.changed {
			x.changed[s] = x.prints[s] != old.prints[s]
		}
	}
	return nil
}

// gather gets all texts.
func (x *Index) gather() error {
	err := parallel(len(x.docs), func(i int) error {
		_, _, err := x.fold(i)
		return err
	})
	if err != nil {
		return err
	}
	n := 0
	for i := range x.folded {
		n += len(x.folded[i].units)
	}
	x.units = make([]uint16, 0, n)
	x.starts = make([]uint32, 0, len(x.docs)+1)
	x.heads = make([]uint32, len(x.docs))
	for i := range x.folded {
		f := &x.folded[i]
		x.starts = append(x.starts, uint32(len(x.units)))
		x.units = append(x.units, f.units...)
		x.heads[i] = f.head
		f.units = nil
	}
	x.starts = append(x.starts, uint32(len(x.units)))
	x.count()
	return nil
}

// count counts how often two units follow each other.
func (x *Index) count() {
	parts := make([][]uint32, runtime.GOMAXPROCS(0))
	var taken atomic.Int64
	_ = parallel(len(parts), func(w int) error {
		part := make([]uint32, 1<<placesBits)
		for {
			i := int(taken.Add(1)) - 1
			if i >= len(x.docs) {
				break
			}
			x.summed(i).pairs(func(hash uint32) { part[hash>>(32-placesBits)]++ })
		}
		parts[w] = part
		return nil
	})
	x.counts = parts[0]
	for _, p := range parts[1:] {
		for i, n := range p {
			x.counts[i] += n
		}
	}
}

// placesBits is how many bits of a hash tell two units from others when they are
// counted. Where two share them, both may be split: that costs a little and harms nothing.
const placesBits = 20

// split tells whether what follows two units is written in other shards, by the hash of
// three: one file should not grow large by a few words that are everywhere.
func (x *Index) split(pair uint32) bool { return x.counts[pair>>(32-placesBits)] > x.heavy }

// sums is what a shard is made from: of every place in a text whose first units belong to
// it, with what follows there. Sums do not depend on the order, one pass over all texts
// makes all of them, and a text's share can be taken out again.
type sums [2]uint64

func (s *sums) add(n, m uint64) { s[0], s[1] = s[0]+n, s[1]+m }

// summed is a text as it goes into the sums.
type summed struct {
	units []uint16
	head  uint32 // how much of that is title and names
	slot  int
}

// summed is the text of a document.
func (x *Index) summed(i int) summed {
	return summed{x.units[x.starts[i]:x.starts[i+1]], x.heads[i], x.docs[i].slot}
}

// pairs gives the hash of every two units that follow each other.
func (t summed) pairs(yield func(hash uint32)) {
	for at := 1; at < len(t.units); at++ {
		if t.units[at-1] != '\n' && t.units[at] != '\n' {
			yield(pairHash(t.units[at-1], t.units[at]))
		}
	}
}

// sum adds a text to the sums.
func (x *Index) sum(total []sums, t summed) {
	mask := uint32(x.Shards - 1)
	add := func(shard uint32, n uint64) { total[shard&mask].add(n, mix64(n)) }
	var lo, hi uint64 // the next eight units, the first in the low bits of lo
	for at := len(t.units) - 1; at >= 0; at-- {
		u := t.units[at]
		if u == '\n' {
			lo, hi = 0, 0
			continue
		}
		hi = hi<<16 | lo>>48
		lo = lo<<16 | uint64(u)
		who := uint64(t.slot) << 1
		if at < int(t.head) {
			who++
		}
		add(charHash(u), mix64(uint64(u)<<40+who))
		next := uint16(lo >> 16)
		if next == 0 {
			continue
		}
		all := mix64(lo) ^ mix64(hi+0x9e3779b97f4a7c15*(who+1))
		pair := pairHash(u, next)
		if x.split(pair) {
			add(pair, ^all)
			add(more(pair, uint16(lo>>32)), all) // also where nothing follows, to save a question
			continue
		}
		add(pair, all)
	}
}

// sumAll makes the sums of all texts.
func (x *Index) sumAll() []sums {
	parts := make([][]sums, runtime.GOMAXPROCS(0))
	var taken atomic.Int64
	_ = parallel(len(parts), func(w int) error {
		parts[w] = make([]sums, x.Shards)
		for i := int(taken.Add(1)) - 1; i < len(x.docs); i = int(taken.Add(1)) - 1 {
			x.sum(parts[w], x.summed(i))
		}
		return nil
	})
	total := parts[0]
	for _, p := range parts[1:] {
		for s := range p {
			total[s].add(p[s][0], p[s][1])
		}
	}
	return total
}

// fingerprint gives each shard the fingerprint of what it is made from.
func (x *Index) fingerprint() {
	if x.sums = x.sumChanged(); x.sums == nil {
		x.sums = x.sumAll()
	}
	total := slices.Clone(x.sums)
	for _, d := range x.docs {
		for _, f := range d.filters() {
			sum := fingerprint.Sum([]byte(f), binary.AppendUvarint(nil, uint64(d.slot)))
			shard := keyHash(utf16.Encode([]rune(filterKey(f)))) & uint32(x.Shards-1)
			total[shard].add(binary.LittleEndian.Uint64(sum[:8]), binary.LittleEndian.Uint64(sum[8:]))
		}
	}
	x.prints = make([]fingerprint.Fingerprint, x.Shards)
	for s := range x.prints {
		var h fingerprint.Hasher
		for _, n := range []uint64{format, uint64(x.Slots), uint64(x.Shards), total[s][0], total[s][1]} {
			h.Uint64(n)
		}
		x.prints[s] = h.Sum()
	}
}

// mix64 spreads the bits of a number (Steele, Lea, Flood: SplitMix64).
func mix64(h uint64) uint64 {
	h ^= h >> 30
	h *= 0xbf58476d1ce4e5b9
	h ^= h >> 27
	h *= 0x94d049bb133111eb
	return h ^ h>>31
}

// charHash and pairHash are keyHash of one unit and of two.
func charHash(a uint16) uint32    { return mix(uint32(a)) }
func pairHash(a, b uint16) uint32 { return more(mix(uint32(a)), b) }

// more is the hash of a longer key.
func more(hash uint32, u uint16) uint32 { return mix(hash*31 + uint32(u)) }

// places are what shards are made from, by shard.
type places struct {
	pairs   byShard[uint32]       // places in units
	triples byShard[uint32]       // places where two units stand that are split
	chars   byShard[uint32]       // by character: in which slots it is, doubled, and odd if in the title
	inShard [][]uint16            // characters, by their shard
	filters []map[string][]uint32 // slots, by shard
}

// sort orders all places in texts by the shard of their first two units, those of units
// that are split by the shard of three as well, and gathers for each character the
// documents that hold it: for the shards that are wanted.
func (x *Index) sort(wanted []bool) *places {
	p := &places{}
	p.pairs.init(x.Shards)
	p.triples.init(x.Shards)
	p.chars.init(1 << 16)
	mask := uint32(x.Shards - 1)
	hashes := make([]uint32, 1<<16)
	for u := range hashes {
		hashes[u] = mix(uint32(u))
	}
	last := make([]uint32, 1<<16) // the last document a unit was seen in, from 1
	for range 2 {                 // first to count, then to put in place
		clear(last)
		for i, d := range x.docs {
			start := x.starts[i]
			text := x.units[start:x.starts[i+1]]
			for at := 0; at < len(text)-1; at++ {
				u, next := text[at], text[at+1]
				if u == '\n' {
					continue
				}
				if last[u] != uint32(i+1) && wanted[hashes[u]&mask] && !utf16.IsSurrogate(rune(u)) {
					last[u] = uint32(i + 1)
					who := uint32(d.slot) << 1
					if at < int(x.heads[i]) {
						who++
					}
					p.chars.add(uint32(u), who)
				}
				if next == '\n' {
					continue
				}
				pair := mix(hashes[u]*31 + uint32(next))
				if wanted[pair&mask] {
					p.pairs.add(pair, start+uint32(at))
				}
				if x.split(pair) && text[at+2] != '\n' {
					if triple := more(pair, text[at+2]); wanted[triple&mask] {
						p.triples.add(triple, start+uint32(at))
					}
				}
			}
		}
		p.pairs.turn()
		p.triples.turn()
		p.chars.turn()
	}

	p.inShard = make([][]uint16, x.Shards)
	for u, h := range hashes {
		if len(p.chars.of(u)) > 0 {
			p.inShard[h&mask] = append(p.inShard[h&mask], uint16(u))
		}
	}
	p.filters = make([]map[string][]uint32, x.Shards)
	for _, d := range x.docs {
		for _, f := range d.filters() {
			k := filterKey(f)
			s := keyHash(utf16.Encode([]rune(k))) & mask
			if !wanted[s] {
				continue
			}
			if p.filters[s] == nil {
				p.filters[s] = map[string][]uint32{}
			}
			p.filters[s][k] = append(p.filters[s][k], uint32(d.slot))
		}
	}
	return p
}

// byShard is a list parted by shards (or units). It is filled by adding everything twice.
type byShard[T any] struct {
	list  []T
	ends  []uint32 // of shards in list; while it is being filled, where the next one goes
	mask  uint32
	known bool // how many each shard has
}

func (b *byShard[T]) init(shards int) {
	*b = byShard[T]{ends: make([]uint32, shards), mask: uint32(shards - 1)}
}

func (b *byShard[T]) add(hash uint32, v T) {
	s := hash & b.mask
	if b.known {
		b.list[b.ends[s]] = v
	}
	b.ends[s]++
}

// turn ends the first filling.
func (b *byShard[T]) turn() {
	if b.known {
		return
	}
	n := uint32(0)
	for s, count := range b.ends {
		b.ends[s] = n
		n += count
	}
	b.list, b.known = make([]T, n), true
}

// of is what a shard has, in the order of documents.
func (b *byShard[T]) of(s int) []T {
	from := uint32(0)
	if s > 0 {
		from = b.ends[s-1]
	}
	return b.list[from:b.ends[s]]
}

// parallel calls f for 0..n-1 on all processors and returns the first error met.
func parallel(n int, f func(int) error) error {
	var wg sync.WaitGroup
	var taken atomic.Int64
	errs := make([]error, min(runtime.GOMAXPROCS(0), n))
	for w := range errs {
		wg.Go(func() {
			for errs[w] == nil {
				i := int(taken.Add(1)) - 1
				if i >= n {
					return
				}
				errs[w] = f(i)
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
