// Package attachment copies the files that a site publishes beside its pages, recordings
// and papers to take away, without what devices and programs wrote into them: where and
// with what something was recorded, by whom, the pictures that lie in tags.
//
// # Use
//
//	c, err := attachment.Open(r, size) // looks through the whole file
//	_, err = c.WriteTo(w)              // the copy
//
// What a file is, its content decides; its name is not asked. [Open] reads the structure of
// the whole file and finds at once whatever keeps it from being published, so that WriteTo
// fails only where r does. What is not understood is not published: of a recording, the
// parts that players need are kept and all else is left out, never the other way round.
//
// # What is kept
//
//	MP3, AAC       frames of sound; tags before, between and after them go
//	MP4, M4A       sound and moving pictures; every other box becomes an empty one of its
//	               size, so that offsets stay true, and what no kept track plays is zeroed
//	Ogg            pages of Vorbis, Opus and FLAC; their comments become spaces
//	FLAC, WAV      what describes the sound, and the sound
//	WebM           sound and moving pictures; all else becomes void of its size
//	Word, Excel,   their text as it is; authors and programs go, the metadata of pictures
//	PowerPoint     within goes, the picture of the first page goes
//	PDF            as it is, but that authors, programs, XMP and the metadata of
//	               photographs are blanked where they stand
//	ZIP            its files, each by these rules
//	text           as it is
//
// Sound and pixels are never decoded: a copy plays and looks as the file did.
//
// # What cannot be seen
//
// What is said, shown or written; what an encoder hides within the stream of sound or
// moving pictures itself (SEI messages of H.264, say); in PDF, what stands in streams that
// are compressed otherwise than by Flate, and the private data of drawing programs; in old
// Office files, metadata of pictures that the format has cut in pieces. Encrypted files are
// refused.
//
// # Hostile files
//
// Sizes are checked against the file before anything is allocated. Memory is bounded by a
// few megabytes for recordings, and by maxUnpacked for archives and PDF.
package attachment

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"mingdeng/internal/rescue"
)

// Version names the way files are copied. It changes whenever Open would make another copy
// of the same file.
const Version = "attachment/1"

// Kind is what a file is. It is also the ending that its name should have, without the dot.
type Kind string

// The kinds that are copied.
const (
	MP3  Kind = "mp3"
	AAC  Kind = "aac" // ADTS
	M4A  Kind = "m4a" // MP4 without moving pictures
	MP4  Kind = "mp4"
	Ogg  Kind = "ogg"  // Vorbis
	Opus Kind = "opus" // in Ogg
	FLAC Kind = "flac"
	WAV  Kind = "wav"
	WebM Kind = "webm"
	DOC  Kind = "doc"
	XLS  Kind = "xls"
	PPT  Kind = "ppt"
	DOCX Kind = "docx"
	XLSX Kind = "xlsx"
	PPTX Kind = "pptx"
	PDF  Kind = "pdf"
	ZIP  Kind = "zip"
	Text Kind = "txt"
	OLE  Kind = "ole" // something else that is written as old Office files are: within others alone
)

// families are kinds that editors and their devices name like one another: a telephone's
// recorder calls MP4 files .mp3, WPS saves .doc as .docx.
var families = [][]string{
	{"mp3", "aac", "m4a", "m4b", "mp4", "ogg", "oga", "opus", "flac", "wav", "webm", "weba"},
	{"doc", "xls", "ppt", "docx", "xlsx", "pptx"},
	{"pdf"}, {"zip"}, {"txt", "csv"},
}

// Endings lists the endings that names of attachments may have, without the dot.
func Endings() []string { return slices.Concat(families...) }

// Fits tells whether a file of this kind may have a name with the given ending.
func (k Kind) Fits(ending string) bool {
	return slices.ContainsFunc(families, func(f []string) bool {
		return slices.Contains(f, string(k)) && slices.Contains(f, ending)
	})
}

// Ending is the ending under which a file of this kind is published that had another.
func (k Kind) Ending(had string) string {
	if k == Text {
		return had
	}
	return string(k)
}

// Copy is a file that can be copied.
type Copy struct {
	Kind Kind
	// Sound and Motion tell whether a recording can be heard and whether there are moving
	// pictures in it.
	Sound, Motion bool
	Duration      time.Duration // of a recording; 0 where the file does not tell

	src    io.ReaderAt
	pieces []piece
}

// piece is a part of the copy: bytes of its own, or n bytes of the source from at.
type piece struct {
	own   []byte
	at, n int64
}

// keep adds bytes of the source.
func (c *Copy) keep(at, n int64) {
	if n <= 0 {
		return
	}
	if i := len(c.pieces) - 1; i >= 0 && c.pieces[i].own == nil && c.pieces[i].at+c.pieces[i].n == at {
		c.pieces[i].n += n
		return
	}
	c.pieces = append(c.pieces, piece{at: at, n: n})
}

// put adds bytes of its own.
func (c *Copy) put(b []byte) {
	if len(b) > 0 {
		c.pieces = append(c.pieces, piece{own: b})
	}
}

// zero adds n zero bytes.
func (c *Copy) zero(n int64) {
	for ; n > int64(len(zeros)); n -= int64(len(zeros)) {
		c.put(zeros[:])
	}
	c.put(zeros[:n])
}

var zeros [64 << 10]byte

// Size is how many bytes WriteTo writes.
func (c *Copy) Size() int64 {
	var n int64
	for _, p := range c.pieces {
		n += p.n + int64(len(p.own))
	}
	return n
}

// WriteTo writes the copy. Its errors are those of the source and of w.
func (c *Copy) WriteTo(w io.Writer) (int64, error) {
	var total int64
	for _, p := range c.pieces {
		if p.own != nil {
			n, err := w.Write(p.own)
			total += int64(n)
			if err != nil {
				return total, err
			}
			continue
		}
		n, err := io.Copy(w, io.NewSectionReader(c.src, p.at, p.n))
		total += n
		if err == nil && n < p.n {
			err = io.ErrUnexpectedEOF // it was longer when it was opened
		}
		if err != nil {
			return total, err
		}
	}
	return total, nil
}

// bytes is the copy as a whole.
func (c *Copy) bytes() ([]byte, error) {
	var b bytes.Buffer
	b.Grow(int(c.Size()))
	_, err := c.WriteTo(&b)
	return b.Bytes(), err
}

// Reason is why a file cannot be published.
type Reason int

// The reasons.
const (
	Unknown   Reason = iota // of no kind that is copied; Error.Seen is what it seems to be
	Empty                   // without a byte
	Broken                  // cut off or damaged
	Encrypted               // with a password
	Foreign                 // a file within is of no kind that is copied; Error.Name is its name
	TooLarge                // more than maxBytes, or unpacked more than maxUnpacked
	Unclean                 // what must go cannot be taken out
)

// Error says why a file cannot be published.
type Error struct {
	Reason Reason
	Seen   Seen   // what the file, or the file within, seems to be; zero where nothing is known
	Name   string // of the file within
	Err    error  // what was found, for the log
}

func (e *Error) Error() string {
	s := [...]string{"unknown kind of file", "empty file", "broken file", "encrypted file", "unknown kind of file within", "file too large", "file cannot be cleaned"}[e.Reason]
	if e.Name != "" {
		s += " " + e.Name
	}
	if e.Seen.En != "" {
		s += ": it looks like " + e.Seen.En
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

func (e *Error) Unwrap() error { return e.Err }

func broken(format string, args ...any) error {
	return &Error{Reason: Broken, Err: fmt.Errorf(format, args...)}
}

// Limits of a file.
const (
	maxBytes    = 1 << 30   // of a file
	maxPapers   = 128 << 20 // of a file that is held while it is cleaned: office files, PDF, archives
	maxUnpacked = 256 << 20 // of what archives and PDF hold, all in all
	maxWithin   = 3         // archives within archives
	maxPieces   = 1 << 20   // of a copy: no recording has so many parts
)

// Open looks through a file and plans its copy. Its errors are [*Error] and those of r.
func Open(r io.ReaderAt, size int64) (c *Copy, err error) {
	return open(r, size, &budget{left: maxUnpacked})
}

// budget is what may still be unpacked, and how deep within archives one is.
type budget struct {
	left  int64
	depth int
}

// take counts n bytes that were unpacked.
func (b *budget) take(n int64) error {
	if b.left -= n; b.left < 0 {
		return &Error{Reason: TooLarge}
	}
	return nil
}

func open(r io.ReaderAt, size int64, b *budget) (c *Copy, err error) {
	f := file{r, size}
	switch {
	case size == 0:
		return nil, &Error{Reason: Empty}
	case size > maxBytes:
		return nil, &Error{Reason: TooLarge}
	}
	head, err := f.upTo(0, 4096)
	if err != nil {
		return nil, err
	}
	c = &Copy{src: r}
	// The readers are written not to panic; should one do so nevertheless, one bad file
	// must not end a build of ten thousand pages.
	if fault := rescue.Do(func() error { err = c.read(f, head, b); return nil }); fault != nil {
		err = broken("%w", fault)
	}
	if err != nil {
		return nil, err
	}
	return c, nil
}

func (c *Copy) read(f file, head []byte, b *budget) error {
	has := func(at int, mark string) bool { return len(head) >= at && bytes.HasPrefix(head[at:], []byte(mark)) }
	switch {
	case has(0, "fLaC"):
		return c.flac(f, 0)
	case has(0, "OggS"):
		return c.ogg(f)
	case (has(0, "RIFF") || has(0, "RF64")) && has(8, "WAVE"):
		return c.wave(f)
	case isMP4(head):
		return c.mp4(f)
	case has(0, "\x1a\x45\xdf\xa3"):
		return c.webm(f)
	case has(0, "PK\x03\x04"), has(0, "PK\x05\x06"):
		return c.zip(f, b)
	case has(0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
		return c.compound(f)
	case bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-")):
		return c.pdf(f, b)
	}
	if seen := seems(head); seen != (Seen{}) {
		return &Error{Reason: Unknown, Seen: seen}
	}
	start, err := f.behindID3(0)
	if err != nil {
		return err
	}
	if start > 0 {
		if mark, err := f.upTo(start, 4); err == nil && string(mark) == "fLaC" {
			return c.flac(f, start)
		}
	}
	if start > 0 || !isText(head) {
		return c.frames(f, start)
	}
	return c.text(f)
}

// file is a file that is looked through: reads at places, within its size.
type file struct {
	r    io.ReaderAt
	size int64
}

// read fills b from off; a file that ends before that is broken.
func (f file) read(off int64, b []byte) error {
	if off < 0 || off > f.size-int64(len(b)) {
		return broken("cut off at %d", f.size)
	}
	n, err := f.r.ReadAt(b, off)
	switch {
	case n == len(b):
		return nil
	case err == nil || errors.Is(err, io.EOF):
		return broken("cut off at %d", off+int64(n))
	}
	return fmt.Errorf("read attachment: %w", err)
}

// upTo returns n bytes from off, or as many as there are.
func (f file) upTo(off int64, n int) ([]byte, error) {
	b := make([]byte, max(0, min(int64(n), f.size-off)))
	return b, f.read(off, b)
}

// all is the whole file, of one that is held while it is cleaned.
func (f file) all() ([]byte, error) {
	if f.size > maxPapers {
		return nil, &Error{Reason: TooLarge}
	}
	return f.upTo(0, int(f.size))
}

// walker reads a file from front to back in steps, where only a little is needed of each.
type walker struct {
	f   file
	buf []byte
	at  int64 // of buf
}

// lookBehind is how far back a walker may go without reading anew: a frame of sound.
const lookBehind = 16 << 10

// peek returns up to n bytes from off; fewer at the file's end alone. They hold until the
// next call.
func (w *walker) peek(off int64, n int) ([]byte, error) {
	n = int(max(0, min(int64(n), w.f.size-off)))
	if off < w.at || off+int64(n) > w.at+int64(len(w.buf)) {
		size := max(n, 64<<10) + lookBehind
		if cap(w.buf) < size {
			w.buf = make([]byte, size)
		}
		w.at = max(0, off-lookBehind)
		w.buf = w.buf[:size][:min(int64(size), w.f.size-w.at)]
		if err := w.f.read(w.at, w.buf); err != nil {
			w.buf = w.buf[:0]
			return nil, err
		}
	}
	return w.buf[off-w.at:][:n], nil
}

// seconds is n steps of which there are rate in a second.
func seconds(n, rate uint64) time.Duration {
	if rate == 0 || n/rate > 1e6 {
		return 0
	}
	return time.Duration(n/rate)*time.Second + time.Duration(n%rate*uint64(time.Second/time.Nanosecond)/rate)
}
