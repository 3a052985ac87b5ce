package search

import (
	"encoding/binary"
	"slices"

	"mingdeng/internal/fingerprint"
)

// What an index leaves to the next one, so that an edit of one text costs no reading of
// the others: the folded texts, as they are searched, and what the shards were made from.
// Texts are known again by the fingerprints of their documents; a text that no document
// has any more is not left.
//
//	program (16)  made (16)
//	how many documents, shards, units; above how many places units are split (8 each)
//	documents, each: print (16), units, of them title and names, slot (4 each)
//	shards, each: print (16), sums (8 each)
//	units (2 each)
//	hash of all before (16)
//
// Numbers are little-endian.

// past is what the last index left. The zero past knows nothing.
type past struct {
	made   fingerprint.Fingerprint // the plan's
	prints []fingerprint.Fingerprint
	sums   []sums
	heavy  uint32
	docs   map[fingerprint.Fingerprint]pastDoc
	units  []uint16
}

type pastDoc struct{ from, n, head, slot uint32 }

// doc is the folded text of a document.
func (p *past) doc(print fingerprint.Fingerprint) (units []uint16, head uint32, ok bool) {
	d, ok := p.docs[print]
	return p.units[d.from : d.from+d.n], d.head, ok
}

const pastHead, pastDocSize, pastShardSize = 16 + 16 + 4*8, 16 + 3*4, 16 + 2*8

// sumChanged makes the sums from those of the last index, by what has changed since. It
// is nil where that is much, or changes which units are split.
func (x *Index) sumChanged() []sums {
	old := x.past()
	if len(old.sums) != x.Shards {
		return nil
	}
	var come, gone []summed
	kept := make(map[fingerprint.Fingerprint]bool, len(x.docs))
	for i, d := range x.docs {
		if was, ok := old.docs[d.made]; ok && int(was.slot) == d.slot {
			kept[d.made] = true
		} else {
			come = append(come, x.summed(i))
		}
	}
	for print, d := range old.docs {
		if !kept[print] {
			gone = append(gone, summed{old.units[d.from : d.from+d.n], d.head, int(d.slot)})
		}
	}
	if len(come)+len(gone) > len(x.docs)/4 {
		return nil
	}
	counts := slices.Clone(x.counts) // of the last index, soon
	for _, t := range gone {
		t.pairs(func(hash uint32) { counts[hash>>(32-placesBits)]++ })
	}
	for _, t := range come {
		t.pairs(func(hash uint32) { counts[hash>>(32-placesBits)]-- })
	}
	for i, n := range counts {
		if (n > old.heavy) != (x.counts[i] > x.heavy) {
			return nil
		}
	}
	plus, minus := slices.Clone(old.sums), make([]sums, x.Shards)
	for _, t := range come {
		x.sum(plus, t)
	}
	for _, t := range gone {
		x.sum(minus, t)
	}
	for s := range plus {
		plus[s].add(-minus[s][0], -minus[s][1])
	}
	return plus
}

// Left is what the next index can be made of, and whether that is what the last one left.
// It is to be called when the files have been made; nil where there is nothing to leave.
func (x *Index) Left() (left []byte, same bool) {
	if x.program.IsZero() || x.load() != nil {
		return nil, false
	}
	if x.past().made == x.made {
		return nil, true
	}
	b := make([]byte, 0, pastHead+len(x.docs)*pastDocSize+len(x.prints)*pastShardSize+len(x.units)*2+16)
	b = append(append(b, x.program[:]...), x.made[:]...)
	for _, n := range []int{len(x.docs), len(x.prints), len(x.units), int(x.heavy)} {
		b = binary.LittleEndian.AppendUint64(b, uint64(n))
	}
	for i, d := range x.docs {
		b = append(b, d.made[:]...)
		b = binary.LittleEndian.AppendUint32(b, x.starts[i+1]-x.starts[i])
		b = binary.LittleEndian.AppendUint32(b, x.heads[i])
		b = binary.LittleEndian.AppendUint32(b, uint32(d.slot))
	}
	for s, p := range x.prints {
		b = append(b, p[:]...)
		b = binary.LittleEndian.AppendUint64(b, x.sums[s][0])
		b = binary.LittleEndian.AppendUint64(b, x.sums[s][1])
	}
	for _, u := range x.units {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	hash := fingerprint.Bytes(b)
	return append(b, hash[:]...), false
}

// readPast reads what a program left. What is not whole or another's is nothing.
func readPast(b []byte, program fingerprint.Fingerprint) *past {
	if len(b) < pastHead+16 || fingerprint.Fingerprint(b[:16]) != program {
		return &past{}
	}
	end := len(b) - 16
	if fingerprint.Bytes(b[:end]) != fingerprint.Fingerprint(b[end:]) {
		return &past{}
	}
	number := func(i int) int { return int(binary.LittleEndian.Uint64(b[32+8*i:])) }
	docs, shards, units := number(0), number(1), number(2)
	p := &past{
		made: fingerprint.Fingerprint(b[16:32]), docs: make(map[fingerprint.Fingerprint]pastDoc, docs),
		prints: make([]fingerprint.Fingerprint, shards), sums: make([]sums, shards), heavy: uint32(number(3)), units: make([]uint16, units),
	}
	rest := b[pastHead:end]
	at := uint32(0)
	for range docs {
		d := pastDoc{at, binary.LittleEndian.Uint32(rest[16:]), binary.LittleEndian.Uint32(rest[20:]), binary.LittleEndian.Uint32(rest[24:])}
		p.docs[fingerprint.Fingerprint(rest[:16])] = d
		at += d.n
		rest = rest[pastDocSize:]
	}
	for s := range p.prints {
		p.prints[s] = fingerprint.Fingerprint(rest[:16])
		p.sums[s] = sums{binary.LittleEndian.Uint64(rest[16:]), binary.LittleEndian.Uint64(rest[24:])}
		rest = rest[pastShardSize:]
	}
	for i := range p.units {
		p.units[i] = binary.LittleEndian.Uint16(rest[2*i:])
	}
	return p
}
