package search

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf16"

	"mingdeng/internal/fingerprint"
	"mingdeng/internal/output"
)

// Doc is one thing that can be found.
type Doc struct {
	Key   string   // tells it from all others and says where it is: the page's address
	Title string   // shown, and searched
	Names []string // other names, searched like the title
	Note  string   // shown under the title: what it is, where, when
	Lead  string   // shown where the match is in the title

	// Readings are the syllables of its names, for those who type pinyin.
	Readings [][]string
	// Filters are words by which it is found exactly, besides its texts: years, places,
	// codes. A letter should tell the kinds apart: "y2021".
	Filters []string

	// Text returns the plain text, blocks parted by line feeds; nil for none. Print
	// stands for it, so that it need not be read to know that nothing has changed.
	Text  func() (string, error)
	Print fingerprint.Fingerprint

	// Page is the path of the Output that shows the text, or "". Its text is asked for
	// right after that one is made.
	Page string
}

// Small is how many documents are few: a string that stands in no more than that is
// not listed exactly, and found among some candidates whose texts must be looked at. It
// is as many as a page of results shows, whose texts are needed anyway.
const Small = 8

// Depth is the length of the longest string that is listed, in UTF-16 units.
const Depth = 8

// Shape is what a reader of the index must know beforehand.
type Shape struct {
	Version string `json:"v"`      // changes with anything in the index
	Slots   int    `json:"slots"`  // numbers of documents lie below this
	Newest  int    `json:"newest"` // those from here on are shown from the last to the first
	Shards  int    `json:"shards"` // a power of two
	Letters string `json:"letters"`
}

// Plan is an index before any text is read.
type Plan struct {
	Shape
	docs  []placed                // by slot
	heavy uint32                  // a string of two units is split where it stands in more places
	made  fingerprint.Fingerprint // of all that the index is made from
}

type placed struct {
	*Doc
	slot int
	made fingerprint.Fingerprint // print's, once the plan stands
}

// New plans the index of some groups of documents. Their order is that of the results
// where nothing else decides; within a group the order is arbitrary, but for the last:
// that one is given from the oldest to the newest, and shown the other way round.
// size is about how many characters all texts have.
func New(groups [][]*Doc, size int) (*Plan, error) {
	p := &Plan{}
	seen := map[string]bool{}
	at := 0
	for i, g := range groups {
		for _, d := range g {
			if seen[d.Key] || d.Key == "" {
				return nil, fmt.Errorf("search: two documents at %q", d.Key)
			}
			seen[d.Key] = true
		}
		if i == len(groups)-1 {
			p.Newest = at
			for _, d := range g {
				p.docs = append(p.docs, placed{Doc: d, slot: at})
				at++
			}
			break
		}
		list, end := spread(g, at)
		p.docs, at = append(p.docs, list...), end
	}
	p.Slots = at
	p.Shards = shards(size)
	p.heavy = uint32(max(size/p.Shards, 256))
	letters := map[byte]bool{}
	var h fingerprint.Hasher
	for i := range p.docs {
		d := &p.docs[i]
		d.made = d.print()
		h.Uint64(uint64(d.slot))
		h.Fingerprint(d.made)
		for _, r := range d.Readings {
			letters[letter(r)] = true
		}
	}
	for c := byte('a'); c <= 'z'; c++ {
		if letters[c] {
			p.Letters += string(c)
		}
	}
	for _, n := range []uint64{format, uint64(p.Shards), uint64(p.heavy)} {
		h.Uint64(n)
	}
	version := h.Sum()
	p.Version = version.String()[:10]
	p.made = fingerprint.Sum(version[:], binary.AppendUvarint(nil, uint64(p.Slots)))
	return p, nil
}

// print is the fingerprint of all that a document brings to the index.
func (d *Doc) print() fingerprint.Fingerprint {
	var h fingerprint.Hasher
	for _, s := range []string{d.Key, d.Title, d.Note, d.Lead} {
		h.String(s)
	}
	h.Value(&d.Names)
	h.Value(&d.Readings)
	h.Value(&d.Filters)
	h.Fingerprint(d.Print)
	return h.Sum()
}

// spread gives the documents of a group slots from start on, so that one more or less
// moves few others: each goes where the hash of its key says, or to the next free slot
// after it, in the order of their hashes. It returns them by slot, and where the next
// group starts.
func spread(docs []*Doc, start int) (list []placed, end int) {
	if len(docs) == 0 {
		return nil, start
	}
	type homed struct {
		*Doc
		hash uint32
	}
	sorted := make([]homed, len(docs))
	for i, d := range docs {
		sorted[i] = homed{d, keyHash(utf16.Encode([]rune(d.Key)))}
	}
	slices.SortFunc(sorted, func(a, b homed) int {
		return cmp.Or(cmp.Compare(a.hash, b.hash), strings.Compare(a.Key, b.Key))
	})
	for room := roomFor(len(docs)); ; room = roomFor(room) {
		list = list[:0]
		next := 0
		for _, d := range sorted {
			slot := max(int(uint64(d.hash)*uint64(room)>>32), next)
			list = append(list, placed{Doc: d.Doc, slot: start + slot})
			next = slot + 1
		}
		end = start + room + room/16 + 4
		if list[len(list)-1].slot < end {
			return list, end
		}
	}
}

// roomFor is the least 2ⁿ, 1¼·2ⁿ, 1½·2ⁿ or 1¾·2ⁿ that leaves a fifth free.
func roomFor(n int) int {
	want := n + n/4 + 1
	for quarter := 1; ; quarter *= 2 {
		for q := 4; q < 8; q++ {
			if q*quarter >= want {
				return q * quarter
			}
		}
	}
}

// shards is how many files the index has for so many characters of text: enough for a
// query to move a few kilobytes, and no more, since each costs a moment to write, and
// in a small site an edited sentence has to do with nearly all of them.
func shards(size int) int {
	n := 1
	for n < size/perShard && n < 1<<14 {
		n *= 2
	}
	return n
}

// perShard is how many characters of text a shard stands for, at most.
const perShard = 2500

// mix spreads the bits of a number (Chris Wellons's lowbias32).
func mix(h uint32) uint32 {
	h ^= h >> 16
	h *= 0x7feb352d
	h ^= h >> 15
	h *= 0x846ca68b
	h ^= h >> 16
	return h
}

// keyHash is the hash of a string of UTF-16 units. Its low bits choose the shard.
func keyHash(key []uint16) uint32 {
	h := uint32(0)
	for _, u := range key {
		h = mix(h*31 + uint32(u))
	}
	return h
}

// Index is a plan with its texts.
type Index struct {
	*Plan
	program  fingerprint.Fingerprint
	past     func() *past // once; what the last index left
	load     func() error // once; prints and changed, for which it mostly gathers
	gathered func() error // once; fills what follows

	folded []foldedDoc // by document; empty once units has all
	units  []uint16    // all documents, folded, each field ended by a line feed
	starts []uint32    // of documents in units, and the end
	heads  []uint32    // how long title and names are, by document
	sums   []sums      // of texts, by shard
	prints []fingerprint.Fingerprint
	counts []uint32 // how often two units follow each other, by the high bits of their hash

	changed []bool // shards that the last index had otherwise; nil: all
	sorting sorting
}

// Outputs are the files of an index that is made once.
func (p *Plan) Outputs(dir string) []output.Output {
	return p.Index(fingerprint.Fingerprint{}, nil).Outputs(dir)
}

// Index is an index that may be made of what [Index.Left] left of the last one: left
// returns that, or nil. Another program may read or fold texts otherwise, so what it left
// is not used; the zero program uses nothing.
func (p *Plan) Index(program fingerprint.Fingerprint, left func() []byte) *Index {
	x := &Index{Plan: p, folded: make([]foldedDoc, len(p.docs)), program: program}
	x.past = sync.OnceValue(func() *past {
		if left == nil || program.IsZero() {
			return &past{}
		}
		return readPast(left(), program)
	})
	x.load = sync.OnceValue(x.read)
	x.gathered = sync.OnceValue(x.gather)
	x.sorting.most = perGroup
	return x
}

// Outputs are the files of the index below a folder, "search/": the shards, a file for
// each document, and one for each letter that a reading begins with.
func (x *Index) Outputs(dir string) []output.Output {
	p := x.Plan
	var outs []output.Output
	for s := range p.Shards {
		outs = append(outs, output.Output{Path: dir + ShardPath(s), Prepare: func() (fingerprint.Fingerprint, output.Fill, error) {
			if err := x.load(); err != nil {
				return fingerprint.Fingerprint{}, nil, err
			}
			return x.prints[s], func(w *bytes.Buffer) error {
				if err := x.gathered(); err != nil {
					return err
				}
				w.Write(x.shard(s))
				return nil
			}, nil
		}})
	}
	for i, d := range p.docs {
		outs = append(outs, output.Output{Path: dir + DocPath(d.slot), After: d.Page, Prepare: func() (fingerprint.Fingerprint, output.Fill, error) {
			return d.made, func(w *bytes.Buffer) error {
				text, err := x.text(i)
				if err == nil {
					d.write(w, text)
				}
				return err
			}, nil
		}})
	}
	return append(append(outs, p.letterOutputs(dir)...), foldOutputs(dir)...)
}

// ShardPath is the file of a shard.
func ShardPath(n int) string { return fmt.Sprintf("g/%x.bin", n) }

// DocPath is the file of a document. It sorts before the shards: who makes files in
// order reads each text once, for both.
func DocPath(slot int) string { return fmt.Sprintf("d/%x.txt", slot) }

// line is s without anything that would end a line.
func line(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r < ' ' }), " ")
}

// write writes the file of a document: title, other names, address, note, lead, and the
// characters of all these that are folded to others, with those, a line each; then the
// text.
func (d *Doc) write(w *bytes.Buffer, text string) {
	names := make([]string, len(d.Names))
	for i, n := range d.Names {
		names[i] = line(n)
	}
	for _, s := range []string{line(d.Title), strings.Join(names, "\t"), d.Key, line(d.Note), line(d.Lead)} {
		w.WriteString(s)
		w.WriteByte('\n')
	}
	w.WriteString(others(d.Title + strings.Join(names, "") + d.Lead + text))
	w.WriteByte('\n')
	w.WriteString(text)
}
