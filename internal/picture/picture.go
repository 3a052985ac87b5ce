// Package picture turns the pictures editors hand in into pictures a site may
// publish: right way up, no wider than a page needs, and with nothing of what
// the camera, the phone or the drawing program wrote about them.
//
// # Use
//
//	m, err := picture.Inspect(f, size)         // header only, a few small reads
//	m, notes, err := picture.Examine(src, m)   // all of it, once: see there
//	for _, v := range picture.Variants(m) {    // the sizes and formats to publish
//		err := picture.Encode(w, src, m, v)    // one file
//	}
//
// # What is read and what is made
//
// Read: JPEG (baseline and progressive; grey, YCbCr, RGB, CMYK; all samplings),
// PNG (all depths, interlaced, the still picture of an APNG), GIF (first frame),
// WebP (lossy, lossless, alpha, first frame of an animation) and SVG (.svgz).
// Made: JPEG (quality 82, 4:2:0; less where it would be larger than its source),
// PNG, and SVG again. What [Examine] finds transparent, or no larger so, becomes
// PNG, everything else JPEG.
//
// # Nothing is carried over
//
// Raster pictures are decoded to pixels and encoded anew by encoders that
// write no metadata at all: no EXIF, GPS, XMP, IPTC, thumbnail, comment, or
// colour profile. The EXIF orientation is applied to the pixels first, and so
// is a colour profile of curves and a matrix (icc.go): what is made is sRGB.
// Profiles of tables, and those of inks, are dropped and told ([Note]).
//
// SVG passes through an allow-list (see svg.go). It keeps shapes, text,
// gradients, filters, harmless style rules, and embedded pictures, made anew;
// scripts, event handlers, links and everything that would make a browser ask
// another host are left out without a word; what an editor would miss is told.
//
// # Hostile and broken files
//
// No pixel is allocated before [Inspect] has found the picture within limits:
// 1 GB of memory to decode it (a photograph of 200 megapixels takes 0.3), 65,535
// px on either side, 256 MB of file (SVG: 8 MB, 100 levels, 200,000 elements; svgamount.go bounds what they ask of a browser).
// Drawing one as pixels has a price that is reckoned from what it asks for, and
// [EffortError] says that it is too high (effort.go). [Encode] inspects the bytes again, so a
// file swapped between the two calls gains nothing.
//
// [Meta.Memory] is an upper estimate of what one Encode holds at its peak. It is
// mostly the decoded picture, in bytes a pixel: 1.5 for a baseline JPEG, 4 for a
// PNG, 7.5 for a progressive JPEG, 8 for a 16-bit PNG, 28 for a progressive CMYK
// JPEG. Scaling works row by row and adds little. Encode starts no goroutines
// and keeps nothing between calls: a caller that runs several at once bounds
// them, for instance with a semaphore weighted by Meta.Memory.
//
// # Same bytes everywhere
//
// Output depends on the input bytes, the Variant and the encoders alone:
// scaling is integer arithmetic, as is Go's image/jpeg. Fingerprints should
// hold [EncoderVersion] and, since the encoders come with the toolchain, the
// Go version the program was built with.
package picture

import (
	"errors"
	"fmt"
	"io"
)

// EncoderVersion names the way pictures are encoded. It changes whenever
// Encode would make other bytes of the same picture.
const EncoderVersion = "picture/3"

// Limits a picture must keep to be decoded at all.
const (
	maxSide     = 65_535  // px, what a JPEG can have
	maxMemory   = 1 << 30 // bytes, of Meta.Memory
	maxBytes    = 256 << 20
	maxDrawing  = 20_000 // px, what a drawing's size is reckoned as
	maxSVGBytes = 8 << 20
)

// Format is a picture's file format, which is also the file name extension to
// use, but for JPEG, where .jpg is more usual.
type Format string

// The formats that are read. Only JPEG, PNG and SVG are written.
const (
	JPEG Format = "jpeg"
	PNG  Format = "png"
	WebP Format = "webp"
	GIF  Format = "gif"
	SVG  Format = "svg"
)

// Meta is what a picture's header tells.
type Meta struct {
	Format Format
	// Width and Height are in px, as the picture is seen: after Orientation is
	// applied. An SVG's are its viewBox or else its width and height, rounded.
	Width, Height int
	// Alpha says that the format holds transparency, not that any pixel uses
	// it; only decoding could tell that.
	Alpha bool
	// Palette says that the picture has 256 colours at most.
	Palette bool
	// Orientation is EXIF's, 1 to 8; 1 where there is none.
	Orientation int
	// Made is the format that pixels ask for, and Single that the picture is best published
	// as it is and in no other width: see [Examine]. Inspect leaves them empty.
	Made   Format
	Single bool
	// Memory is an upper estimate of the bytes Encode holds at its peak,
	// without the source itself.
	Memory int64
}

var (
	// ErrFormat says that the file is no picture of a format read here; see
	// [FormatError] for what it seems to be instead.
	ErrFormat = errors.New("not a picture that can be read")
	// ErrBroken says that the file is cut off or damaged. Every error of this
	// package that is neither ErrFormat nor ErrTooLarge, nor the writer's own,
	// is ErrBroken.
	ErrBroken = errors.New("broken picture")
)

// FormatError is an [ErrFormat] that knows what the file seems to be.
type FormatError struct {
	Seen string // "HEIC", "TIFF", "HTML page"…; empty where nothing is known
}

func (e FormatError) Error() string {
	if e.Seen == "" {
		return ErrFormat.Error()
	}
	return ErrFormat.Error() + ": it looks like " + e.Seen
}

// Is reports whether target is [ErrFormat].
func (e FormatError) Is(target error) bool { return target == ErrFormat }

// ErrCutOff is the [ErrBroken] of a file whose end is missing: one that was not copied or
// sent to its end.
var ErrCutOff = fmt.Errorf("%w: the file is cut off", ErrBroken)

// ErrTooLarge says that a picture exceeds a limit. It is found before anything
// is decoded.
type ErrTooLarge struct {
	Width, Height int   // px; both 0 where the file itself is too large
	Bytes         int64 // the file's size; 0 where Width and Height are too large
	Memory        int64 // bytes that decoding it takes; 0 where a side is too long
	Limit         int64 // bytes, or px where one side alone is too long
}

func (e ErrTooLarge) Error() string {
	switch {
	case e.Bytes > 0:
		return fmt.Sprintf("picture file of %d bytes is larger than %d", e.Bytes, e.Limit)
	case e.Memory > 0:
		return fmt.Sprintf("picture of %d×%d px takes %d bytes of memory, more than %d", e.Width, e.Height, e.Memory, e.Limit)
	}
	return fmt.Sprintf("picture of %d×%d px has a side longer than %d px", e.Width, e.Height, e.Limit)
}

// broken wraps a fault as [ErrBroken].
func broken(format string, args ...any) error {
	return fmt.Errorf("%w: %w", ErrBroken, fmt.Errorf(format, args...))
}

// Inspect reads a picture's header. It never decodes pixels: a file cut off
// further on passes here and is found by [Encode].
//
// Its errors are [FormatError], [ErrTooLarge], [SyntaxError] and others that
// are [ErrBroken]; an error of r itself comes back as it is, wrapped.
func Inspect(r io.ReaderAt, size int64) (Meta, error) {
	f := file{r, size}
	if size > maxBytes {
		return Meta{}, ErrTooLarge{Bytes: size, Limit: maxBytes}
	}
	head, err := f.upTo(0, 512)
	if err != nil {
		return Meta{}, err
	}
	if len(head) == 0 {
		return Meta{}, fmt.Errorf("%w: %w", ErrBroken, FormatError{seems(head)})
	}
	var m Meta
	var decoded int64 // bytes the decoder will hold
	switch sniff(head) {
	case JPEG:
		m, decoded, err = inspectJPEG(f)
	case PNG:
		m, decoded, err = inspectPNG(f)
	case GIF:
		m, decoded, err = inspectGIF(f)
	case WebP:
		m, decoded, err = inspectWebP(f)
	case SVG:
		return inspectSVG(f)
	default:
		return Meta{}, FormatError{seems(head)}
	}
	if err != nil {
		return Meta{}, err
	}
	if m.Orientation == 0 {
		m.Orientation = 1
	}
	if m.Orientation >= 5 {
		m.Width, m.Height = m.Height, m.Width
	}
	if m.Memory = decoded + working(m); m.Memory > maxMemory {
		return Meta{}, ErrTooLarge{Width: m.Width, Height: m.Height, Memory: m.Memory, Limit: maxMemory}
	}
	return m, nil
}

// checkSize applies the limits to what a header claims.
func checkSize(w, h int) error {
	switch {
	case w <= 0 || h <= 0:
		return broken("its header says %d×%d px", w, h)
	case w > maxSide || h > maxSide:
		return ErrTooLarge{Width: w, Height: h, Limit: maxSide}
	case int64(w)*int64(h) > maxMemory: // a byte a pixel is the least
		return ErrTooLarge{Width: w, Height: h, Memory: int64(w) * int64(h), Limit: maxMemory}
	}
	return nil
}
