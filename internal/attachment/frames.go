package attachment

import "bytes"

// MP3 (ISO 11172-3, 13818-3) and AAC in ADTS (ISO 14496-3) are rows of frames, each with
// its length. Frames are kept, everything else goes: ID3v1, ID3v2, APE and Lyrics3 tags
// wherever they stand, and whatever else was put between.

// frame is what the header of a frame tells.
type frame struct {
	size    int
	samples int
	rate    int
	like    uint32 // the same in all frames of a recording
	adts    bool
}

var (
	bitrates = [5][15]int{
		{0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448}, // 1, I
		{0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},    // 1, II
		{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},     // 1, III
		{0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},    // 2, I
		{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},         // 2, II and III
	}
	rates     = [3]int{44100, 48000, 32000}
	adtsRates = [13]int{96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350}
)

// frameHeader is how much of a frame parseFrame looks at.
const frameHeader = 7

func parseFrame(h []byte) (frame, bool) {
	if len(h) < frameHeader || h[0] != 0xff || h[1]&0xe0 != 0xe0 {
		return frame{}, false
	}
	if h[1]&0xf6 == 0xf0 { // layer 0: ADTS
		i := int(h[2] >> 2 & 15)
		size := int(h[3]&3)<<11 | int(h[4])<<3 | int(h[5]>>5)
		least := 7
		if h[1]&1 == 0 {
			least = 9
		}
		if i >= len(adtsRates) || size < least {
			return frame{}, false
		}
		like := uint32(h[1])<<16 | uint32(h[2]&0xfd)<<8 | uint32(h[3]&0xc0)
		return frame{size, 1024 * (1 + int(h[6]&3)), adtsRates[i], like, true}, true
	}
	version, layer, bit, rate := h[1]>>3&3, 4-int(h[1]>>1&3), int(h[2]>>4), int(h[2]>>2&3)
	if version == 1 || layer == 4 || bit == 0 || bit == 15 || rate == 3 {
		return frame{}, false
	}
	row, hz := layer-1, rates[rate]
	if version != 3 {
		row = min(3+layer-1, 4)
		hz >>= 1
		if version == 0 {
			hz >>= 1
		}
	}
	kbit, pad := bitrates[row][bit], int(h[2]>>1&1)
	f := frame{rate: hz, like: uint32(h[1]&0xfe)<<8 | uint32(h[2]&0x0c)}
	switch {
	case layer == 1:
		f.size, f.samples = (12*kbit*1000/hz+pad)*4, 384
	case layer == 3 && version != 3:
		f.size, f.samples = 72*kbit*1000/hz+pad, 576
	default:
		f.size, f.samples = 144*kbit*1000/hz+pad, 1152
	}
	return f, f.size > frameHeader
}

// tagMarks begin or end the tags that may stand behind a frame. One that was cut off by a
// tag behind it would take part of the tag for its own.
var tagMarks = [][]byte{[]byte("TAG"), []byte("APETAGEX"), []byte("LYRICSBEGIN"), []byte("ID3"), []byte("3DI")}

// needed is how many frames must follow one another for a recording to be recognised.
const needed = 3

// frames copies the frames from start on.
func (c *Copy) frames(f file, start int64) error {
	w := walker{f: f}
	var first frame
	var samples uint64
	var kept, runAt int64
	var run []int // sizes of the last frames of a run
	at, found := start, false
	end := func() error { // of a run of frames, at at
		to := at
		for len(run) > 0 {
			last := run[len(run)-1]
			b, err := w.peek(to-int64(last), last)
			if err != nil {
				return err
			}
			marked := false
			for _, m := range tagMarks {
				marked = marked || bytes.Contains(b[min(4, len(b)):], m)
			}
			if !marked {
				break
			}
			to -= int64(last)
			run = run[:len(run)-1]
		}
		if to > runAt && len(run) > 0 {
			c.keep(runAt, to-runAt)
			kept += to - runAt
		}
		run = run[:0]
		return nil
	}
	for at < f.size {
		h, err := w.peek(at, frameHeader)
		if err != nil {
			return err
		}
		fr, ok := parseFrame(h)
		ok = ok && at+int64(fr.size) <= f.size && (!found || fr.like == first.like)
		if ok && len(run) == 0 { // noise looks like a frame every now and then, not like several
			if ok, err = follows(&w, at, fr); err != nil {
				return err
			}
			if ok {
				runAt = at
			}
		}
		if ok {
			if !found {
				first, found = fr, true
			}
			samples += uint64(fr.samples)
			if len(run) == 64 {
				run = run[:copy(run, run[1:])]
			}
			run = append(run, fr.size)
			at += int64(fr.size)
			continue
		}
		if len(run) > 0 {
			if err := end(); err != nil {
				return err
			}
		}
		if at, err = nextSync(&w, at+1); err != nil {
			return err
		}
	}
	if err := end(); err != nil {
		return err
	}
	switch {
	case !found:
		return &Error{Reason: Unknown}
	case kept < (f.size-start)/16: // noise that looks like frames here and there; a tag is seldom so large
		return &Error{Reason: Unknown}
	}
	c.Kind, c.Sound, c.Duration = MP3, true, seconds(samples, uint64(first.rate))
	if first.adts {
		c.Kind = AAC
	}
	return nil
}

// follows tells whether enough frames of one kind follow one another at a place; fewer
// will do where the file ends with them.
func follows(w *walker, at int64, fr frame) (bool, error) {
	next := at
	for n := 0; n < needed; n++ {
		if next == w.f.size {
			return n > 0, nil
		}
		h, err := w.peek(next, frameHeader)
		if err != nil {
			return false, err
		}
		f, ok := parseFrame(h)
		if !ok || f.like != fr.like || next+int64(f.size) > w.f.size {
			return false, nil
		}
		next += int64(f.size)
	}
	return true, nil
}

// nextSync is the next place from at on where a frame may begin, or the file's end.
func nextSync(w *walker, at int64) (int64, error) {
	for at < w.f.size {
		b, err := w.peek(at, 32<<10)
		if err != nil {
			return 0, err
		}
		if i := bytes.IndexByte(b, 0xff); i >= 0 {
			return at + int64(i), nil
		}
		at += int64(len(b))
	}
	return w.f.size, nil
}

// behindID3 is where the ID3v2 tags that stand at a place end (id3.org, ID3v2.4 3.1).
func (f file) behindID3(at int64) (int64, error) {
	for {
		h, err := f.upTo(at, 10)
		if err != nil {
			return 0, err
		}
		if len(h) < 10 || string(h[:3]) != "ID3" || h[6]|h[7]|h[8]|h[9] >= 0x80 {
			return at, nil
		}
		size := 10 + int64(h[6])<<21 + int64(h[7])<<14 + int64(h[8])<<7 + int64(h[9])
		if h[5]&0x10 != 0 {
			size += 10 // a footer
		}
		if at+size > f.size {
			return 0, broken("a tag of %d bytes is longer than the file", size)
		}
		at += size
	}
}
