package attachment

import (
	"bytes"
	"encoding/binary"
	"math"
	"slices"
)

// mp4Media are the formats of samples that hold nothing but sound or moving pictures.
// Pictures that are files of their own (JPEG, PNG), as books that are read aloud show them,
// are not among them.
var mp4Media = map[string]string{
	"soun": "mp4a .mp3 alac ac-3 ec-3 ac-4 Opus fLaC samr sawb",
	"vide": "avc1 avc2 avc3 avc4 hvc1 hev1 av01 vp08 vp09 vvc1 vvi1 mp4v apcn apch apcs apco s263 H263 h263",
}

// track is one that is kept.
type track struct {
	kind   string
	format string
	chunks []span
}

// span is a part of the file.
type span struct{ from, to int64 }

// played are the parts of the file that tracks play, in order, none touching another.
func (m *movie) played() []span {
	var all []span
	for _, t := range m.tracks {
		all = append(all, t.chunks...)
	}
	slices.SortFunc(all, func(a, b span) int {
		if a.from < b.from {
			return -1
		}
		return 1
	})
	out := all[:0]
	for _, s := range all {
		if n := len(out); n > 0 && s.from <= out[n-1].to {
			out[n-1].to = max(out[n-1].to, s.to)
			continue
		}
		out = append(out, s)
	}
	return out
}

// only keeps what of a part of the file is played, and zeros the rest.
func (c *Copy) only(played []span, all span) {
	at := all.from
	i, _ := slices.BinarySearchFunc(played, at, func(s span, at int64) int {
		if s.to <= at {
			return -1
		}
		return 1
	})
	for ; i < len(played) && played[i].from < all.to; i++ {
		from, to := max(at, played[i].from), min(all.to, played[i].to)
		c.zero(from - at)
		c.keep(from, to-from)
		at = to
	}
	c.zero(all.to - at)
}

// track cleans a trak box, or empties it where it is neither sound nor moving pictures.
func (m *movie) track(box []byte) error {
	var t track
	find := func(b []byte, path ...string) (found []byte) {
		for _, name := range path {
			found = nil
			_ = eachBox(b, func(n string, x []byte) error {
				if n == name && found == nil {
					found = x[8:]
				}
				return nil
			})
			if found == nil {
				return nil
			}
			b = found
		}
		return found
	}
	if h := find(box[8:], "mdia", "hdlr"); len(h) >= 12 {
		t.kind = string(h[8:12])
	}
	table := find(box[8:], "mdia", "minf", "stbl")
	entries := find(table, "stsd")
	formats := mp4Media[t.kind]
	if formats == "" || len(entries) < 16 {
		m.dropped = true
		empty(box)
		return nil
	}
	known := true
	err := eachBox(entries[8:], func(name string, entry []byte) error {
		if !listed(formats, name) {
			known = false
			return nil
		}
		t.format = name
		return nil
	})
	if err != nil {
		return err
	}
	if !known {
		m.dropped = true
		empty(box)
		return nil
	}
	if err := m.clean(box[8:], "trak"); err != nil {
		return err
	}
	if err := eachBox(entries[8:], func(_ string, entry []byte) error { return m.entry(entry, t.kind) }); err != nil {
		return err
	}
	if t.chunks, err = chunks(find(table, "stsc"), find(table, "stsz"), find(table, "stz2"), find(table, "stco"), find(table, "co64")); err != nil {
		return err
	}
	m.tracks = append(m.tracks, t)
	return nil
}

// entry cleans a sample entry: what a decoder needs stays.
func (m *movie) entry(entry []byte, kind string) error {
	b := entry[8:]
	var fields []int // how long the fields before the boxes may be
	if kind == "vide" {
		if len(b) < 78 {
			return broken("a sample entry is too short")
		}
		clear(b[12:16])                             // vendor
		clear(b[42:74])                             // the name of what compressed it
		b[42] = byte(min(int(b[42]), 31))           // a Pascal string
		fields = []int{78, len(b) - min(4, len(b))} // QuickTime ends the list with four zeros
	} else {
		if len(b) < 28 {
			return broken("a sample entry is too short")
		}
		clear(b[12:16]) // vendor
		switch binary.BigEndian.Uint16(b[8:]) {
		case 1:
			fields = []int{44, 28}
		case 2:
			fields = []int{64, 28}
		default:
			fields = []int{28}
		}
	}
	for _, n := range fields {
		if n > len(b) || !boxes(b[n:]) {
			continue
		}
		return eachBox(b[n:], func(name string, box []byte) error {
			switch {
			case !listed(mp4Kept["entry"], name):
				empty(box)
			case name == "wave":
				return m.clean(box[8:], "wave")
			case name == "dfLa" && len(box) > 12:
				return blankFLAC(box[12:])
			case name == "colr" && len(box) > 12 && string(box[8:12]) != "nclx" && string(box[8:12]) != "nclc":
				empty(box) // a colour profile: it names the display
			}
			return nil
		})
	}
	return broken("a sample entry cannot be read")
}

// boxes tells whether b is filled with boxes.
func boxes(b []byte) bool {
	for len(b) >= 8 {
		n := binary.BigEndian.Uint32(b)
		if n < 8 || int64(n) > int64(len(b)) {
			return false
		}
		b = b[n:]
	}
	return len(bytes.Trim(b, "\x00")) == 0
}

// chunks are the parts of the file that a track's samples lie in.
func chunks(stsc, stsz, stz2, stco, co64 []byte) ([]span, error) {
	word := binary.BigEndian.Uint32
	count := func(b []byte, at, each int) (int, error) {
		if len(b) < at {
			return 0, broken("a table of samples is too short")
		}
		n := int64(word(b[at-4:]))
		if n*int64(each) > int64(len(b)-at) {
			return 0, broken("a table of %d samples is too short", n)
		}
		return int(n), nil
	}
	offsets, each := stco, 4
	if offsets == nil {
		offsets, each = co64, 8
	}
	if offsets == nil {
		return nil, nil
	}
	n, err := count(offsets, 8, each)
	if err != nil || n == 0 {
		return nil, err
	}
	runs, err := count(stsc, 8, 12)
	if err != nil || runs == 0 {
		return nil, broken("stsc of %d runs: %v", runs, err)
	}
	var size func(i int) int64
	samples := 0
	switch {
	case len(stsz) >= 12 && word(stsz[4:]) != 0:
		same := int64(word(stsz[4:]))
		samples = int(word(stsz[8:]))
		size = func(int) int64 { return same }
	case stsz != nil:
		if samples, err = count(stsz, 12, 4); err != nil {
			return nil, err
		}
		size = func(i int) int64 { return int64(word(stsz[12+4*i:])) }
	default:
		if len(stz2) < 12 {
			return nil, broken("no sizes of samples")
		}
		bits := int(stz2[7])
		samples = int(word(stz2[8:]))
		if bits != 4 && bits != 8 && bits != 16 || int64(samples)*int64(bits)/8 > int64(len(stz2)-12) {
			return nil, broken("stz2")
		}
		size = func(i int) int64 {
			switch bits {
			case 16:
				return int64(binary.BigEndian.Uint16(stz2[12+2*i:]))
			case 8:
				return int64(stz2[12+i])
			}
			return int64(stz2[12+i/2] >> (4 * (1 - i&1)) & 15)
		}
	}
	fixed := len(stsz) >= 12 && word(stsz[4:]) != 0
	var out []span
	run, i := 0, 0
	for k := range n {
		for run+1 < runs && int64(word(stsc[8+12*(run+1):])) <= int64(k)+1 {
			run++
		}
		var from int64
		if each == 8 {
			from = int64(binary.BigEndian.Uint64(offsets[8+8*k:]) & math.MaxInt64)
		} else {
			from = int64(word(offsets[8+4*k:]))
		}
		per := min(int64(word(stsc[12+12*run:])), int64(samples-i))
		var bytes int64
		if fixed { // sound that is not compressed counts each value as a sample
			bytes = per * size(0)
		} else {
			for j := range int(per) {
				bytes += size(i + j)
			}
		}
		i += int(per)
		if from > math.MaxInt64/2 || bytes > math.MaxInt64/2 {
			return nil, broken("a chunk at %d of %d bytes", from, bytes)
		}
		out = append(out, span{from, from + bytes})
	}
	return out, nil
}
