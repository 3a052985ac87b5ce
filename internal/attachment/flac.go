package attachment

import (
	"bytes"
	"encoding/binary"
)

// FLAC (RFC 9639): blocks that describe the sound, then frames of it. Of the blocks, the
// first (STREAMINFO) and the table of places to seek to are kept; comments, pictures, cue
// sheets and what applications have written go. The frames do not tell how long they are,
// so that tags behind them are looked for by their marks.

const (
	flacInfo     = 0
	flacPadding  = 1
	flacSeek     = 3
	flacComments = 4
)

// flac copies a FLAC file that begins at start.
func (c *Copy) flac(f file, start int64) error {
	at, n := start+4, 0
	var blocks []piece
	for {
		h, err := f.upTo(at, 4)
		if err != nil {
			return err
		}
		if len(h) < 4 || h[0] == 0xff {
			return broken("no metadata block at %d", at)
		}
		size := int64(h[1])<<16 | int64(h[2])<<8 | int64(h[3])
		if at+4+size > f.size {
			return broken("a metadata block is cut off")
		}
		kind := h[0] & 0x7f
		switch {
		case n == 0:
			if kind != flacInfo || size != 34 {
				return broken("no STREAMINFO")
			}
			info, err := f.upTo(at+4, 34)
			if err != nil {
				return err
			}
			c.Duration = seconds(binary.BigEndian.Uint64(info[10:])&(1<<36-1), uint64(binary.BigEndian.Uint32(info[10:])>>12))
			fallthrough
		case kind == flacSeek:
			blocks = append(blocks, piece{own: []byte{kind}}, piece{at: at + 1, n: 3 + size})
		}
		at += 4 + size
		if n++; h[0]&0x80 != 0 {
			break
		}
		if n > 10_000 {
			return broken("more than 10,000 metadata blocks")
		}
	}
	c.put([]byte("fLaC"))
	blocks[len(blocks)-2].own[0] |= 0x80
	for _, p := range blocks {
		if p.own != nil {
			c.put(p.own)
		} else {
			c.keep(p.at, p.n)
		}
	}
	end, err := f.beforeTags(at)
	if err != nil {
		return err
	}
	if sync, err := f.upTo(at, 2); err != nil || len(sync) == 2 && (sync[0] != 0xff || sync[1]&0xfc != 0xf8) {
		return broken("no frame at %d: %v", at, err)
	}
	c.keep(at, end-at)
	c.Kind, c.Sound = FLAC, true
	return nil
}

// blankFLAC makes metadata blocks that describe no sound into padding, in place.
func blankFLAC(b []byte) error {
	for len(b) >= 4 {
		n := 4 + int(b[1])<<16 + int(b[2])<<8 + int(b[3])
		if n > len(b) {
			return broken("a metadata block is cut off")
		}
		if k := b[0] & 0x7f; k != flacInfo && k != flacSeek {
			b[0] = b[0]&0x80 | flacPadding
			clear(b[4:n])
		}
		b = b[n:]
	}
	return nil
}

// beforeTags is where the tags that stand at a file's end begin: ID3v1 and its extension,
// Lyrics3, APE, ID3v2 with a footer. Nothing before from counts.
func (f file) beforeTags(from int64) (int64, error) {
	end := f.size
	for {
		tail, err := f.upTo(max(from, end-355), int(min(355, end-from)))
		if err != nil {
			return 0, err
		}
		last := func(n int) []byte { return tail[max(0, len(tail)-n):] }
		size := int64(0)
		switch {
		case len(tail) >= 128 && bytes.HasPrefix(last(128), []byte("TAG")):
			size = 128
			if len(tail) == 355 && bytes.HasPrefix(tail, []byte("TAG+")) {
				size = 355
			}
		case len(tail) >= 32 && bytes.HasPrefix(last(32), []byte("APETAGEX")):
			size = int64(binary.LittleEndian.Uint32(last(32)[12:]))
			if binary.LittleEndian.Uint32(last(32)[20:])&(1<<31) != 0 {
				size += 32 // a header
			}
		case len(tail) >= 15 && bytes.HasSuffix(tail, []byte("LYRICS200")):
			for _, d := range last(15)[:6] {
				size = 10*size + int64(d-'0')
			}
			size += 15
		case len(tail) >= 10 && bytes.HasPrefix(last(10), []byte("3DI")):
			h := last(10)
			size = 20 + int64(h[6]&0x7f)<<21 + int64(h[7]&0x7f)<<14 + int64(h[8]&0x7f)<<7 + int64(h[9]&0x7f)
		case len(tail) >= 9 && bytes.HasSuffix(tail, []byte("LYRICSEND")):
			// It says where it begins by LYRICSBEGIN alone, 5,100 bytes before at most.
			b, err := f.upTo(max(from, end-5200), int(min(5200, end-from)))
			if err != nil {
				return 0, err
			}
			if i := bytes.LastIndex(b, []byte("LYRICSBEGIN")); i >= 0 {
				size = int64(len(b) - i)
			}
		}
		if size <= 0 || size > end-from {
			return end, nil
		}
		end -= size
	}
}
