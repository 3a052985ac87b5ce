package search

import (
	"encoding/binary"

	"mingdeng/internal/fingerprint"
)

// What an index leaves to the next one, so that an edit of one text costs no reading of
// the others: the folded texts, as they are searched, and what the shards were made from.
// Texts are known again by the fingerprints of their documents; a text that no document
// has any more is not left.
//
//	program (16)  made (16)
//	how many documents, shards, units (8 each)
//	documents, each: print (16), units (4), of them title and names (4)
//	prints of the shards (16 each)
//	units (2 each)
//	hash of all before (16)
//
// Numbers are little-endian.

// past is what the last index left. The zero past knows nothing.
type past struct {
	made   fingerprint.Fingerprint // the plan's
	prints []fingerprint.Fingerprint
	docs   map[fingerprint.Fingerprint]pastDoc
	units  []uint16
}

type pastDoc struct{ from, n, head uint32 }

// doc is the folded text of a document.
func (p *past) doc(print fingerprint.Fingerprint) (units []uint16, head uint32, ok bool) {
	d, ok := p.docs[print]
	return p.units[d.from : d.from+d.n], d.head, ok
}

const pastHead, pastDocSize = 16 + 16 + 3*8, 16 + 4 + 4

// Left is what the next index can be made of, and whether that is what the last one left.
// It is to be called when the files have been made; nil where there is nothing to leave.
func (x *Index) Left() (left []byte, same bool) {
	if x.program.IsZero() || x.load() != nil {
		return nil, false
	}
	if x.past().made == x.made {
		return nil, true
	}
	b := make([]byte, 0, pastHead+len(x.docs)*pastDocSize+len(x.prints)*16+len(x.units)*2+16)
	b = append(append(b, x.program[:]...), x.made[:]...)
	for _, n := range []int{len(x.docs), len(x.prints), len(x.units)} {
		b = binary.LittleEndian.AppendUint64(b, uint64(n))
	}
	for i, d := range x.docs {
		b = append(b, d.made[:]...)
		b = binary.LittleEndian.AppendUint32(b, x.starts[i+1]-x.starts[i])
		b = binary.LittleEndian.AppendUint32(b, x.heads[i])
	}
	for _, p := range x.prints {
		b = append(b, p[:]...)
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
		prints: make([]fingerprint.Fingerprint, shards), units: make([]uint16, units),
	}
	rest := b[pastHead:end]
	at := uint32(0)
	for range docs {
		d := pastDoc{at, binary.LittleEndian.Uint32(rest[16:]), binary.LittleEndian.Uint32(rest[20:])}
		p.docs[fingerprint.Fingerprint(rest[:16])] = d
		at += d.n
		rest = rest[pastDocSize:]
	}
	for s := range p.prints {
		p.prints[s] = fingerprint.Fingerprint(rest[:16])
		rest = rest[16:]
	}
	for i := range p.units {
		p.units[i] = binary.LittleEndian.Uint16(rest[2*i:])
	}
	return p
}
