package picture

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"
)

// jpegQuality is where artefacts of faces and of Chinese characters in a
// picture stop being seen at arm's length.
const jpegQuality = 82

// Encode writes the picture src, of which [Inspect] said m, as v: decoded,
// turned upright, scaled, and encoded with nothing but its pixels. v is one of
// [Variants], or any size not above m's in a format that is made here; a JPEG
// of a picture with alpha is put on white. The same arguments give the same bytes.
//
// Errors are those of Inspect, or the writer's own; nothing has been written
// where the picture is at fault.
func Encode(w io.Writer, src []byte, m Meta, v Variant) error {
	if m.Format == SVG && v.Format == SVG {
		return encodeSVG(w, src)
	}
	d, err := Decode(src, m)
	if err != nil {
		return err
	}
	return d.Encode(w, v)
}

// Decoded is a picture's pixels, for a caller that makes all its variants one
// after the other: decoding is half the work of one. It must not be held
// longer than that (see [Meta.Memory]).
type Decoded struct {
	img  image.Image
	meta Meta
	size int         // bytes of the file
	to   *conversion // of its colours; nil where they are sRGB's
}

// Decode decodes the raster picture src, of which [Inspect] said m. Its errors
// are those of Inspect; an SVG is [ErrFormat].
func Decode(src []byte, m Meta) (Decoded, error) {
	// The caller may have inspected a file and read it later, or kept m from an
	// earlier run: what is decoded must be what was found harmless.
	now, err := Inspect(bytes.NewReader(src), int64(len(src)))
	if err != nil {
		return Decoded{}, err
	}
	now.Made, now.Single = m.Made, m.Single
	if m.Made != "" {
		now.Alpha = m.Alpha // as Examine found it
	}
	if now != m {
		return Decoded{}, broken("the picture changed while it was read")
	}
	img, err := decode(src, m.Format)
	if err != nil {
		return Decoded{}, err
	}
	d := Decoded{img: img, meta: m, size: len(src)}
	if p := profileOf(src, m.Format); p != nil {
		d.to = p.to
	}
	return d, nil
}

// scaled is the picture at a size, upright, in sRGB.
func (d Decoded) scaled(v Variant) image.Image {
	src := image.Pt(d.meta.Width, d.meta.Height)
	if d.meta.Orientation >= 5 {
		src.X, src.Y = src.Y, src.X
	}
	return d.to.apply(scale(d.img, src, v, d.meta.Orientation))
}

// Encode is as the function [Encode].
func (d Decoded) Encode(w io.Writer, v Variant) error {
	if v.Width < 1 || v.Height < 1 || v.Width > d.meta.Width || v.Height > d.meta.Height {
		return fmt.Errorf("encode picture: %d×%d px asked of %d×%d px", v.Width, v.Height, d.meta.Width, d.meta.Height)
	}
	return d.write(w, d.scaled(v), v)
}

// write encodes pixels that were scaled for v. It may put them on white.
func (d Decoded) write(w io.Writer, img image.Image, v Variant) error {
	rgba, _ := img.(*image.RGBA)
	switch v.Format {
	case JPEG:
		if rgba != nil {
			putOnWhite(rgba)
		}
		return d.encodeJPEG(w, img)
	case PNG:
		// The best compression takes twice the time and saves one per cent of a
		// photo, but a tenth and more of a drawing, which is quick anyway.
		e := png.Encoder{}
		if rgba != nil {
			if p := paletted(rgba); p != nil {
				img, e.CompressionLevel = p, png.BestCompression
			}
		} else if grey, ok := img.(*image.Gray); ok {
			if p := fewGreys(grey); p != nil {
				img, e.CompressionLevel = p, png.BestCompression
			}
		}
		return e.Encode(w, img)
	}
	return fmt.Errorf("encode picture: format %q is not made", v.Format)
}

// qualities are what is tried for a JPEG that would be larger than its source, which then
// was saved at less.
var qualities = [...]int{jpegQuality, 74, 66, 58, 50, 42}

func (d Decoded) encodeJPEG(w io.Writer, img image.Image) error {
	if d.meta.Format != JPEG {
		return jpeg.Encode(w, img, &jpeg.Options{Quality: jpegQuality})
	}
	var out bytes.Buffer
	for _, q := range qualities {
		out.Reset()
		if err := jpeg.Encode(&out, img, &jpeg.Options{Quality: q}); err != nil {
			return err
		}
		if out.Len() <= d.size {
			break
		}
	}
	_, err := w.Write(out.Bytes())
	return err
}

// decode decodes a picture that Inspect let pass.
func decode(src []byte, f Format) (img image.Image, err error) {
	// The decoders are written not to panic; should one do so nevertheless, one
	// bad picture must not end a build of ten thousand pages.
	defer func() {
		if p := recover(); p != nil {
			img, err = nil, broken("%s decoder: %v", f, p)
		}
	}()
	r := bytes.NewReader(src)
	switch f {
	case JPEG:
		img, err = decodeJPEG(src)
	case PNG:
		img, err = png.Decode(r)
	case GIF:
		img, err = gif.Decode(r) // the first frame; the others are not looked at
	case WebP:
		b, at, ferr := still(src)
		if ferr != nil {
			return nil, ferr
		}
		if img, err = webp.Decode(bytes.NewReader(b)); err == nil {
			fullRange(img)
			if at != (image.Point{}) {
				img = moved{img, at}
			}
		}
	default:
		return nil, FormatError{string(f)}
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return nil, ErrCutOff
	}
	if errors.Is(err, errJPEGEnd) {
		return nil, ErrCutOff
	}
	if err != nil && !errors.Is(err, ErrBroken) {
		err = broken("%w", err)
	}
	if err != nil {
		return nil, err
	}
	return img, nil
}

// moved is a picture that stands elsewhere on its canvas.
type moved struct {
	image.Image
	by image.Point
}

func (m moved) Bounds() image.Rectangle { return m.Image.Bounds().Add(m.by) }

func (m moved) At(x, y int) color.Color { return m.Image.At(x-m.by.X, y-m.by.Y) }
