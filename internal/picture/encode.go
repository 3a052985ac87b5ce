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
	if now != m {
		return Decoded{}, broken("the picture changed while it was read")
	}
	img, err := decode(src, m.Format)
	if err != nil {
		return Decoded{}, err
	}
	return Decoded{img, m}, nil
}

// Encode is as the function [Encode].
func (d Decoded) Encode(w io.Writer, v Variant) error {
	if v.Width < 1 || v.Height < 1 || v.Width > d.meta.Width || v.Height > d.meta.Height {
		return fmt.Errorf("encode picture: %d×%d px asked of %d×%d px", v.Width, v.Height, d.meta.Width, d.meta.Height)
	}
	src := image.Pt(d.meta.Width, d.meta.Height)
	if d.meta.Orientation >= 5 {
		src.X, src.Y = src.Y, src.X
	}
	img := scale(d.img, src, v, d.meta.Orientation)
	rgba, _ := img.(*image.RGBA)
	switch v.Format {
	case JPEG:
		if rgba != nil {
			putOnWhite(rgba)
		}
		return jpeg.Encode(w, img, &jpeg.Options{Quality: jpegQuality})
	case PNG:
		// The best compression takes twice the time and saves one per cent of a
		// photo, but a tenth and more of a drawing, which is quick anyway.
		e := png.Encoder{}
		if rgba != nil {
			if p := paletted(rgba); p != nil {
				img, e.CompressionLevel = p, png.BestCompression
			}
		}
		return e.Encode(w, img)
	}
	return fmt.Errorf("encode picture: format %q is not made", v.Format)
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
		return nil, broken("the file is cut off: %w", err)
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
