package attachment

import (
	"bytes"
	"encoding/binary"
	"strings"
)

// Ogg (RFC 3533) is a row of pages. The second packet of Vorbis, Opus and FLAC streams
// holds comments: names, places, pictures. Its bytes are replaced where they stand, by a
// comment header without comments whose vendor is as many spaces as are needed, so that no
// page changes its length; the checksums of its pages are made anew.

// oggStream is one logical stream while it is read.
type oggStream struct {
	codec   string // vorbis, opus, flac
	rate    uint32
	skip    uint64   // samples that are not played
	packet  int      // the current packet, from 0
	headers int      // how many packets hold no sound; -1 while more FLAC blocks follow
	whole   []byte   // of the current packet, while it is a header
	parts   [][]byte // the same bytes where they stand, page by page
}

const maxOggHeader = 64 << 20 // bytes of a comment header, with pictures

var oggTable = func() (t [256]uint32) {
	for i := range t {
		r := uint32(i) << 24
		for range 8 {
			if r&(1<<31) != 0 {
				r = r<<1 ^ 0x04c11db7
			} else {
				r <<= 1
			}
		}
		t[i] = r
	}
	return t
}()

// oggSum is the checksum of a page whose own checksum is taken as zero.
func oggSum(page []byte) uint32 {
	var crc uint32
	for i, b := range page {
		if i >= 22 && i < 26 {
			b = 0
		}
		crc = crc<<8 ^ oggTable[byte(crc>>24)^b]
	}
	return crc
}

// ogg copies an Ogg file.
func (c *Copy) ogg(f file) error {
	w := walker{f: f}
	streams := map[uint32]*oggStream{}
	var own []*[]byte // pages that hold headers, in order
	var last uint64
	var main *oggStream
	junk := 0
	for at := int64(0); at < f.size; {
		page, err := oggPage(&w, at)
		if err != nil {
			return err
		}
		if len(c.pieces) > maxPieces {
			return &Error{Reason: Unclean}
		}
		if page == nil { // not a page: what was put between goes
			if junk++; junk > 10_000 {
				return broken("more than 10,000 pages are damaged")
			}
			if at, err = nextOgg(&w, at+1); err != nil {
				return err
			}
			continue
		}
		serial := binary.LittleEndian.Uint32(page[14:])
		s := streams[serial]
		if page[5]&2 != 0 { // begins a stream
			if s != nil && s.busy() {
				return broken("headers are cut off")
			}
			if s, err = newOggStream(page); err != nil {
				return err
			}
			streams[serial] = s
			if main == nil {
				main = s
			}
			if len(streams) > 64 {
				return broken("more than 64 streams")
			}
		}
		if s == nil { // of no stream that has begun
			at += int64(len(page))
			continue
		}
		if s.busy() {
			copied := bytes.Clone(page)
			own = append(own, &copied)
			if err := s.add(&copied); err != nil {
				return err
			}
			c.pieces = append(c.pieces, piece{own: copied}) // its bytes may still change
		} else {
			c.keep(at, int64(len(page)))
		}
		if g := binary.LittleEndian.Uint64(page[6:]); s == main && g != 1<<64-1 {
			last = max(last, g)
		}
		at += int64(len(page))
	}
	if main == nil {
		return broken("no page can be read")
	}
	for _, s := range streams {
		if s.busy() {
			return broken("headers are cut off")
		}
	}
	for _, p := range own {
		binary.LittleEndian.PutUint32((*p)[22:], oggSum(*p))
	}
	c.Kind, c.Sound = Ogg, true
	if main.codec == "opus" {
		c.Kind = Opus
	}
	c.Duration = seconds(last-min(last, main.skip), uint64(main.rate))
	return nil
}

// oggPage returns the page at a place, or nil where there is none that is whole.
func oggPage(w *walker, at int64) ([]byte, error) {
	h, err := w.peek(at, 27+255)
	if err != nil || len(h) < 27 || string(h[:4]) != "OggS" || h[4] != 0 {
		return nil, err
	}
	n := int(h[26])
	if len(h) < 27+n {
		return nil, nil
	}
	size := 27 + n
	for _, l := range h[27 : 27+n] {
		size += int(l)
	}
	page, err := w.peek(at, size)
	if err != nil || len(page) < size || oggSum(page) != binary.LittleEndian.Uint32(page[22:]) {
		return nil, err
	}
	return page, nil
}

// nextOgg is the next place from at on where a page may begin, or the file's end.
func nextOgg(w *walker, at int64) (int64, error) {
	for at < w.f.size {
		b, err := w.peek(at, 32<<10)
		if err != nil {
			return 0, err
		}
		if i := bytes.Index(b, []byte("OggS")); i >= 0 {
			return at + int64(i), nil
		}
		at += max(1, int64(len(b))-3)
	}
	return w.f.size, nil
}

// newOggStream looks into the packet that begins a stream.
func newOggStream(page []byte) (*oggStream, error) {
	b := page[27+int(page[26]):]
	switch {
	case bytes.HasPrefix(b, []byte("\x01vorbis")) && len(b) >= 30:
		return &oggStream{codec: "vorbis", headers: 3, rate: binary.LittleEndian.Uint32(b[12:])}, nil
	case bytes.HasPrefix(b, []byte("OpusHead")) && len(b) >= 19:
		return &oggStream{codec: "opus", headers: 2, rate: 48000, skip: uint64(binary.LittleEndian.Uint16(b[10:]))}, nil
	case bytes.HasPrefix(b, []byte("\x7fFLAC")) && len(b) >= 51 && string(b[9:13]) == "fLaC":
		return &oggStream{codec: "flac", headers: -1, rate: binary.BigEndian.Uint32(b[27:]) >> 12}, nil
	}
	return nil, &Error{Reason: Unknown}
}

// busy tells whether headers still come.
func (s *oggStream) busy() bool { return s.headers < 0 || s.packet < s.headers }

// add takes in a page, whose header packets are replaced when they are complete.
func (s *oggStream) add(page *[]byte) error {
	n := int((*page)[26])
	body := (*page)[27+n:]
	if (*page)[5]&1 == 0 && len(s.parts) > 0 {
		return broken("a header is cut off")
	}
	for _, l := range (*page)[27 : 27+n] {
		part := body[:l]
		body = body[l:]
		if !s.busy() {
			continue // sound on the same page
		}
		s.parts = append(s.parts, part)
		s.whole = append(s.whole, part...)
		if len(s.whole) > maxOggHeader {
			return &Error{Reason: TooLarge}
		}
		if l == 255 {
			continue
		}
		if err := s.finish(); err != nil {
			return err
		}
		at := s.whole
		for _, p := range s.parts {
			at = at[copy(p, at):]
		}
		s.whole, s.parts = s.whole[:0], s.parts[:0]
		s.packet++
	}
	return nil
}

// finish replaces a header packet where it holds comments.
func (s *oggStream) finish() error {
	b := s.whole
	switch {
	case s.codec == "vorbis" && s.packet == 1:
		if len(b) < 16 || string(b[:7]) != "\x03vorbis" {
			return broken("no comment header")
		}
		blankComments(b[7 : len(b)-1])
		b[len(b)-1] = 1 // the framing bit
	case s.codec == "opus" && s.packet == 1:
		if len(b) < 16 || string(b[:8]) != "OpusTags" {
			return broken("no comment header")
		}
		blankComments(b[8:])
	case s.codec == "flac" && s.packet >= 1:
		if len(b) < 4 || b[0] == 0xff {
			return broken("no metadata block")
		}
		if b[0]&0x80 != 0 {
			s.headers = s.packet + 1
		}
		switch b[0] & 0x7f {
		case 3: // places to seek to
		case 4:
			if len(b) < 12 {
				return broken("no comment header")
			}
			blankComments(b[4:])
		default:
			b[0] = b[0]&0x80 | 1
			clear(b[4:])
		}
	}
	return nil
}

// blankComments makes a Vorbis comment header of the same length that says nothing: a
// vendor of spaces, and no comments.
func blankComments(b []byte) {
	binary.LittleEndian.PutUint32(b, uint32(len(b)-8))
	copy(b[4:], strings.Repeat(" ", len(b)-8))
	binary.LittleEndian.PutUint32(b[len(b)-4:], 0)
}
