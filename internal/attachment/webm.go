package attachment

import (
	"bytes"
	"encoding/binary"
	"math"
	"math/bits"
	"time"
)

// WebM and Matroska (RFC 9559) are trees of elements. Elements that players need are
// listed; all others (Tags, Attachments, Chapters, titles, dates, names of programs) become
// Void elements of their size, because elements are found by their offset.

// How an element is taken.
const (
	ebmlKeep   = iota + 1
	ebmlInto   // it holds others, which are looked at one by one
	ebmlSpaces // it must be there and says nothing
	ebmlSetup  // what a decoder needs; it may hold comments
)

var ebmlKnown = map[uint32]int{
	0x1A45DFA3: ebmlKeep, 0x18538067: ebmlInto, // EBML, Segment
	0x114D9B74: ebmlKeep,                                                                               // SeekHead
	0x1549A966: ebmlInto, 0x2AD7B1: ebmlKeep, 0x4489: ebmlKeep, 0x4D80: ebmlSpaces, 0x5741: ebmlSpaces, // Info: scale, duration, programs
	0x1F43B675: ebmlInto, 0xE7: ebmlKeep, 0xA3: ebmlKeep, 0xA7: ebmlKeep, 0xAB: ebmlKeep, // Cluster
	0xA0: ebmlInto, 0xA1: ebmlKeep, 0x9B: ebmlKeep, 0xFB: ebmlKeep, 0x75A2: ebmlKeep, // BlockGroup
	0x1654AE6B: ebmlInto, 0xAE: ebmlInto, // Tracks, TrackEntry
	0xD7: ebmlKeep, 0x73C5: ebmlKeep, 0x83: ebmlKeep, 0xB9: ebmlKeep, 0x88: ebmlKeep, 0x55AA: ebmlKeep, 0x9C: ebmlKeep,
	0x23E383: ebmlKeep, 0x22B59C: ebmlKeep, 0x86: ebmlKeep, 0x63A2: ebmlSetup, 0x6D80: ebmlKeep, 0x56AA: ebmlKeep, 0x56BB: ebmlKeep, 0x6DE7: ebmlKeep, 0x6DF8: ebmlKeep,
	0xE0: ebmlKeep, 0xE1: ebmlKeep, 0x1C53BB6B: ebmlKeep, // Video, Audio, Cues
}

const (
	ebmlVoid    = 0xEC
	ebmlUnknown = math.MaxInt64
)

// webm copies a WebM file.
func (c *Copy) webm(f file) error {
	w := walker{f: f}
	head, err := f.upTo(0, 256)
	if err != nil {
		return err
	}
	if !bytes.Contains(head, []byte("webm")) && !bytes.Contains(head, []byte("matroska")) {
		return &Error{Reason: Unknown}
	}
	var stack []int64 // where the elements that are open end
	scale, length := uint64(1_000_000), 0.0
	for at := int64(0); at < f.size; {
		if len(c.pieces) > maxPieces {
			return &Error{Reason: Unclean}
		}
		for n := len(stack); n > 0 && at >= stack[n-1]; n-- {
			stack = stack[:n-1]
		}
		until := f.size
		if n := len(stack); n > 0 {
			until = min(until, stack[n-1])
		}
		h, err := w.peek(at, 16)
		if err != nil {
			return err
		}
		id, idLen := ebmlID(h)
		size, sizeLen := ebmlSize(h[min(idLen, len(h)):])
		if idLen == 0 || sizeLen == 0 {
			if len(stack) == 0 || until == f.size {
				break // cut off, as a recording that was not stopped
			}
			return broken("no element at %d", at)
		}
		n := int64(idLen + sizeLen)
		how := ebmlKnown[id]
		if size == ebmlUnknown { // what follows tells itself where it ends
			if id != 0x18538067 && id != 0x1F43B675 {
				return broken("element %X of no known size", id)
			}
			c.keep(at, n)
			at += n
			continue
		}
		if size > until-at-n {
			if until < f.size {
				return broken("element %X of %d bytes is longer than what holds it", id, size)
			}
			if how != ebmlInto {
				break
			}
			size = until - at - n
		}
		end := at + n + size
		switch how {
		case ebmlInto:
			if len(stack) > maxNested {
				return broken("elements nested too deep")
			}
			c.keep(at, n)
			stack = append(stack, end)
			at += n
			continue
		case ebmlKeep:
			c.keep(at, n+size)
			if err := c.ebmlTell(&w, id, at+n, size, &scale, &length); err != nil {
				return err
			}
		case ebmlSpaces:
			c.keep(at, n)
			c.put(bytes.Repeat([]byte(" "), int(min(size, 1<<16))))
			c.zero(size - min(size, 1<<16))
		case ebmlSetup:
			if size > 1<<20 {
				return broken("a decoder's setup of %d bytes", size)
			}
			b, err := f.upTo(at+n, int(size))
			if err != nil {
				return err
			}
			if err := blankSetup(b); err != nil {
				return err
			}
			c.keep(at, n)
			c.put(b)
		default:
			c.void(n, size)
		}
		at = end
	}
	if !c.Sound && !c.Motion {
		return broken("no sound and no moving pictures")
	}
	c.Kind = WebM
	if d := length * float64(scale); d > 0 && d < float64(1e6*time.Second) {
		c.Duration = time.Duration(d)
	}
	return nil
}

// void writes an element that nothing reads in the place of one whose head has n bytes, and
// whose content has size: an identifier of one byte, and a size that takes up the rest.
func (c *Copy) void(n, size int64) {
	room := int(min(n-1, 8))
	void := make([]byte, 1+room)
	rest := n + size - int64(len(void))
	v := uint64(rest)
	void[0] = ebmlVoid
	for i := room; i > 0; i-- {
		void[i], v = byte(v), v>>8
	}
	void[1] |= 1 << (8 - room)
	c.put(void)
	c.zero(rest)
}

// ebmlTell takes in what elements say of the recording.
func (c *Copy) ebmlTell(w *walker, id uint32, at, size int64, scale *uint64, length *float64) error {
	b, err := w.peek(at, int(min(size, 8)))
	if err != nil {
		return err
	}
	var n uint64
	for _, x := range b {
		n = n<<8 | uint64(x)
	}
	switch id {
	case 0x83: // the type of a track
		switch n {
		case 1:
			c.Motion = true
		case 2:
			c.Sound = true
		default:
			return &Error{Reason: Unclean} // captions lie among sound, where they cannot be told apart
		}
	case 0x2AD7B1:
		*scale = n
	case 0x4489:
		if size == 4 {
			*length = float64(math.Float32frombits(uint32(n)))
		} else {
			*length = math.Float64frombits(n)
		}
	}
	return nil
}

// blankSetup blanks the comments in what a decoder of Vorbis or FLAC needs, in place.
func blankSetup(b []byte) error {
	if bytes.HasPrefix(b, []byte("fLaC")) {
		return blankFLAC(b[4:])
	}
	if len(b) < 3 || b[0] != 2 || !bytes.Contains(b, []byte("\x03vorbis")) {
		return nil
	}
	var sizes [2]int // of the first two of three headers
	at := 1
	for i := range sizes {
		for {
			if at >= len(b) {
				return broken("setup of Vorbis")
			}
			sizes[i] += int(b[at])
			if at++; b[at-1] != 255 {
				break
			}
		}
	}
	at += sizes[0]
	if at+sizes[1] > len(b) || sizes[1] < 16 {
		return broken("setup of Vorbis")
	}
	blankComments(b[at+7 : at+sizes[1]-1])
	return nil
}

// ebmlID reads an identifier and its length; 0 where there is none.
func ebmlID(b []byte) (uint32, int) {
	if len(b) == 0 {
		return 0, 0
	}
	n := bits.LeadingZeros8(b[0]) + 1
	if n > 4 || n > len(b) {
		return 0, 0
	}
	var v [4]byte
	copy(v[4-n:], b[:n])
	return binary.BigEndian.Uint32(v[:]), n
}

// ebmlSize reads a size and its length.
func ebmlSize(b []byte) (int64, int) {
	if len(b) == 0 {
		return 0, 0
	}
	n := bits.LeadingZeros8(b[0]) + 1
	if n > 8 || n > len(b) {
		return 0, 0
	}
	v := uint64(b[0]) &^ (1 << (8 - n))
	ones := v == 1<<(8-n)-1
	for _, x := range b[1:n] {
		v = v<<8 | uint64(x)
		ones = ones && x == 0xff
	}
	if ones {
		return ebmlUnknown, n
	}
	return int64(v), n
}
