package attachment

import (
	"bytes"
	"encoding/binary"
	"math"
	"slices"
)

// MP4 (ISO 14496-12, and its ancestor QuickTime) is a tree of boxes. What describes sound
// and moving pictures is on the lists below; every other box (udta with ©xyz and loci,
// meta with Apple's keys, uuid with XMP …) becomes a box "free" of its size, filled with
// zeros, because chunks of sound are found by their offset from the file's start. Tracks of
// other kinds (positions over time, captions written by drones, chapters with pictures) are
// emptied likewise, and so is every byte of mdat that belongs to no track that is kept.

// mp4Kept are the boxes that stay as they are, by the box they stand in.
var mp4Kept = map[string]string{
	"moov": "mvhd trak mvex",
	"trak": "tkhd edts mdia",
	"edts": "elst",
	"mdia": "mdhd hdlr minf elng",
	"minf": "smhd vmhd gmhd hdlr dinf stbl",
	"gmhd": "gmin",
	"dinf": "dref",
	"stbl": "stsd stts ctts cslg stss stsh stsc stsz stz2 stco co64 sdtp sgpd sbgp padb stdp",
	"mvex": "mehd trex trep",
	"moof": "mfhd traf",
	"traf": "tfhd tfdt trun sdtp sgpd sbgp",
	// What follows the fields of a sample entry.
	"entry": "esds avcC hvcC av1C vpcC vvcC dOps dfLa dac3 dec3 dac4 alac wave frma mp4a enda chan chnl srat pasp colr btrt clap fiel gama SA3D st3d sv3d mdcv clli",
	"wave":  "frma mp4a esds enda alac chan samr",
}

// mp4Media are the formats of samples that hold nothing but sound or moving pictures.
// Pictures that are files of their own (JPEG, PNG), as books that are read aloud show them,
// are not among them.
var mp4Media = map[string]string{
	"soun": "mp4a .mp3 alac ac-3 ec-3 ac-4 Opus fLaC samr sawb",
	"vide": "avc1 avc2 avc3 avc4 hvc1 hev1 av01 vp08 vp09 vvc1 vvi1 mp4v apcn apch apcs apco s263 H263 h263",
}

// mp4Whole are containers; of others the content is not looked into.
var mp4Whole = []string{"moov", "trak", "edts", "mdia", "minf", "gmhd", "dinf", "stbl", "mvex", "moof", "traf", "wave"}

const (
	maxMoov   = 16 << 20 // of a moov box: an hour of film has some 2 MB
	maxNested = 16
)

// isMP4 tells an MP4 by its first box.
func isMP4(head []byte) bool {
	if len(head) < 12 {
		return false
	}
	switch string(head[4:8]) {
	case "ftyp":
		return seems(head) == Seen{}
	case "moov", "wide":
		return true
	case "mdat", "free", "skip":
		return binary.BigEndian.Uint32(head) < math.MaxInt32
	}
	return false
}

// movie is what is found in one MP4.
type movie struct {
	tracks    []track
	dropped   bool // a track is not kept
	fragments bool
	scale     uint32
	length    uint64
	nested    int
}

// track is one that is kept.
type track struct {
	kind   string
	format string
	chunks []span
}

// span is a part of the file.
type span struct{ from, to int64 }

// mp4 copies an MP4 file.
func (c *Copy) mp4(f file) error {
	var m movie
	type top struct {
		name     string
		at, head int64
		size     int64
		body     []byte // of moov and moof, cleaned
	}
	var boxes []top
	for at := int64(0); f.size-at >= 8; {
		h, err := f.upTo(at, 16)
		if err != nil {
			return err
		}
		b := top{name: string(h[4:8]), at: at, head: 8, size: int64(binary.BigEndian.Uint32(h))}
		switch b.size {
		case 0:
			b.size = f.size - at
		case 1:
			if len(h) < 16 {
				return broken("box %q is cut off", b.name)
			}
			b.head, b.size = 16, int64(binary.BigEndian.Uint64(h[8:])&math.MaxInt64)
		}
		if b.size < b.head || b.size > f.size-at {
			if b.name == "mdat" || b.name == "moov" {
				return broken("box %q of %d bytes is cut off", b.name, b.size)
			}
			break // what other programs have put behind the last box
		}
		if b.name == "moov" || b.name == "moof" {
			if b.size > maxMoov {
				return &Error{Reason: TooLarge}
			}
			body, err := f.upTo(at, int(b.size))
			if err != nil {
				return err
			}
			if b.head == 16 {
				return broken("box %q has a long size", b.name)
			}
			binary.BigEndian.PutUint32(body, uint32(b.size)) // where it said "to the end"
			if b.name == "moof" {
				m.fragments = true
			}
			if err := m.clean(body[8:], b.name); err != nil {
				return err
			}
			b.body = body
		}
		if boxes = append(boxes, b); len(boxes) > maxPieces/4 {
			return &Error{Reason: Unclean}
		}
		at += b.size
	}
	if len(m.tracks) == 0 {
		return broken("no sound and no moving pictures")
	}
	if m.fragments && m.dropped {
		return &Error{Reason: Unclean}
	}
	played := m.played()
	for _, b := range boxes {
		switch b.name {
		case "ftyp", "styp", "sidx", "mfra":
			c.keep(b.at, b.size)
		case "moov", "moof":
			c.put(b.body)
		case "mdat":
			c.keep(b.at, b.head)
			if m.fragments {
				c.keep(b.at+b.head, b.size-b.head)
				continue
			}
			c.only(played, span{b.at + b.head, b.at + b.size})
		default: // as long, and with nothing in it
			c.keep(b.at, 4)
			c.put([]byte("free"))
			c.keep(b.at+8, b.head-8)
			c.zero(b.size - b.head)
		}
	}
	c.Kind = M4A
	for _, t := range m.tracks {
		c.Sound = c.Sound || t.kind == "soun"
		c.Motion = c.Motion || t.kind == "vide"
	}
	if c.Motion {
		c.Kind = MP4
	}
	c.Duration = seconds(m.length, uint64(m.scale))
	return nil
}

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

// eachBox calls f with the boxes that fill b: name, place of the whole box, length of its
// head. What does not fill a box at the end is zeroed.
func eachBox(b []byte, f func(name string, box []byte) error) error {
	for len(b) >= 8 {
		n := int(binary.BigEndian.Uint32(b))
		if n == 0 {
			n = len(b)
			binary.BigEndian.PutUint32(b, uint32(n))
		}
		if n < 8 || n > len(b) {
			return broken("box %q of %d bytes in %d", b[4:8], n, len(b))
		}
		if err := f(string(b[4:8]), b[:n]); err != nil {
			return err
		}
		b = b[n:]
	}
	clear(b)
	return nil
}

// empty makes a box one that nothing reads.
func empty(box []byte) {
	copy(box[4:], "free")
	clear(box[8:])
}

func listed(list, name string) bool {
	for ; len(list) >= 4; list = list[min(5, len(list)):] { // names of four characters, each with a space behind it
		if list[:4] == name {
			return true
		}
	}
	return false
}

// clean empties all boxes in b that are not known, in place.
func (m *movie) clean(b []byte, in string) error {
	m.nested++
	defer func() { m.nested-- }()
	if m.nested > maxNested {
		return broken("boxes nested deeper than %d", maxNested)
	}
	return eachBox(b, func(name string, box []byte) error {
		if !listed(mp4Kept[in], name) {
			if name == "cmov" {
				return &Error{Reason: Unclean}
			}
			empty(box)
			return nil
		}
		body := box[8:]
		switch name {
		case "trak":
			return m.track(box)
		case "mvhd":
			return m.header(body)
		case "tkhd", "mdhd":
			return noDates(body)
		case "hdlr":
			if len(body) < 20 {
				return broken("hdlr")
			}
			clear(body[12:min(len(body), 24)]) // manufacturer
			if len(body) > 24 {
				clear(body[24:]) // its name
			}
			return nil
		case "dref":
			return references(body)
		}
		if slices.Contains(mp4Whole, name) {
			return m.clean(body, name)
		}
		return nil
	})
}

// header reads mvhd and takes the dates out of it.
func (m *movie) header(b []byte) error {
	if len(b) < 32 {
		return broken("mvhd")
	}
	if b[0] == 1 {
		m.scale, m.length = binary.BigEndian.Uint32(b[20:]), binary.BigEndian.Uint64(b[24:])
	} else {
		m.scale, m.length = binary.BigEndian.Uint32(b[12:]), uint64(binary.BigEndian.Uint32(b[16:]))
	}
	return noDates(b)
}

// noDates zeroes when something was made and changed.
func noDates(b []byte) error {
	n := 12
	if len(b) > 0 && b[0] == 1 {
		n = 20
	}
	if len(b) < n {
		return broken("a header box is too short")
	}
	clear(b[4:n])
	return nil
}

// references looks where samples lie: nowhere but in the file.
func references(b []byte) error {
	if len(b) < 8 {
		return broken("dref")
	}
	return eachBox(b[8:], func(name string, box []byte) error {
		if len(box) < 12 || box[11]&1 == 0 {
			return &Error{Reason: Unclean} // another file, by its path
		}
		clear(box[12:])
		return nil
	})
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
