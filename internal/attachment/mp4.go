package attachment

import (
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

// topBox is a box that stands in no other.
type topBox struct {
	name     string
	at, head int64 // where it begins, and how long its name and size are
	size     int64
	body     []byte // of moov and moof: the whole box, cleaned
}

// topBox reads the head of the box at a place. Its size is 0 where what stands there is no
// box, but what other programs have put behind the last one.
func (f file) topBox(at int64) (topBox, error) {
	h, err := f.upTo(at, 16)
	if err != nil {
		return topBox{}, err
	}
	b := topBox{name: string(h[4:8]), at: at, head: 8, size: int64(binary.BigEndian.Uint32(h))}
	switch b.size {
	case 0:
		b.size = f.size - at
	case 1:
		if len(h) < 16 {
			return b, broken("box %q is cut off", b.name)
		}
		b.head, b.size = 16, int64(binary.BigEndian.Uint64(h[8:])&math.MaxInt64)
	}
	if b.size < b.head || b.size > f.size-at {
		if b.name == "mdat" || b.name == "moov" {
			return b, broken("box %q of %d bytes is cut off", b.name, b.size)
		}
		b.size = 0
	}
	return b, nil
}

// read reads the boxes of a file, and cleans those that describe it.
func (m *movie) read(f file) ([]topBox, error) {
	var boxes []topBox
	for at := int64(0); f.size-at >= 8; {
		b, err := f.topBox(at)
		if err != nil {
			return nil, err
		}
		if b.size == 0 {
			break
		}
		if b.name == "moov" || b.name == "moof" {
			if err := m.describe(f, &b); err != nil {
				return nil, err
			}
		}
		if boxes = append(boxes, b); len(boxes) > maxPieces/4 {
			return nil, &Error{Reason: Unclean}
		}
		at += b.size
	}
	if len(m.tracks) == 0 {
		return nil, broken("no sound and no moving pictures")
	}
	if m.fragments && m.dropped {
		return nil, &Error{Reason: Unclean}
	}
	return boxes, nil
}

// describe reads and cleans a box moov or moof.
func (m *movie) describe(f file, b *topBox) error {
	if b.size > maxMoov {
		return &Error{Reason: TooLarge}
	}
	body, err := f.upTo(b.at, int(b.size))
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
	b.body = body
	return m.clean(body[8:], b.name)
}

// mp4 copies an MP4 file.
func (c *Copy) mp4(f file) error {
	var m movie
	boxes, err := m.read(f)
	if err != nil {
		return err
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
