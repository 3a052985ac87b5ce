package qr

import (
	"errors"
	"fmt"
	"image"
	"image/draw"
	"math"

	"github.com/makiuchi-d/gozxing"
	single "github.com/makiuchi-d/gozxing/qrcode"

	"mingdeng/internal/plaque/qr/photo"
)

// ErrUnread says that no symbol was found in a picture, or none that could be
// decoded.
var ErrUnread = errors.New("no QR code could be read")

var (
	pureBarcode = map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_PURE_BARCODE: true}
	tryHarder   = map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true}
)

// Read returns the text of the one symbol in a picture, wherever it lies in it. It
// tries the decoder's ways one after another, as apps on phones do, with brightness
// judged from place to place and then with one threshold for the whole picture: as
// the decoder does by itself, searching every line, and by the finder patterns alone.
// The error wraps [ErrUnread].
func Read(img image.Image) (string, error) {
	g := grey(img)
	for _, threshold := range []func(gozxing.LuminanceSource) gozxing.Binarizer{gozxing.NewHybridBinarizer, gozxing.NewGlobalHistgramBinarizer} {
		bits, err := bitmap(g, threshold)
		if err != nil {
			return "", fmt.Errorf("%w: %w", ErrUnread, err)
		}
		if text, err := decode(bits, nil); err == nil {
			return text, nil
		}
		if text, err := decode(bits, tryHarder); err == nil {
			return text, nil
		}
		if text, err := search(bits); err == nil {
			return text, nil
		}
	}
	return "", ErrUnread
}

// ReadPure returns the text of a symbol that fills a picture but for its quiet zone,
// upright and undistorted: it samples modules instead of searching for them. The
// error wraps [ErrUnread].
func ReadPure(img image.Image) (string, error) { return hybrid(img, pureBarcode) }

// plain reads as the decoder does when nobody helps it.
func plain(img image.Image) (string, error) { return hybrid(img, nil) }

func hybrid(img image.Image, hints map[gozxing.DecodeHintType]any) (string, error) {
	bits, err := bitmap(grey(img), gozxing.NewHybridBinarizer)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrUnread, err)
	}
	return decode(bits, hints)
}

// decode runs the decoder once. It was not written for hostile pictures, and some
// may make it reach beyond its arrays: that too means unread.
func decode(bits *gozxing.BinaryBitmap, hints map[gozxing.DecodeHintType]any) (text string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: the decoder failed: %v", ErrUnread, p)
		}
	}()
	result, err := single.NewQRCodeReader().Decode(bits, hints)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrUnread, err)
	}
	return result.GetText(), nil
}

func bitmap(g *image.Gray, threshold func(gozxing.LuminanceSource) gozxing.Binarizer) (*gozxing.BinaryBitmap, error) {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	if w == 0 || h == 0 {
		return nil, errors.New("the picture is empty")
	}
	// A plane of luminance is what the decoder works on: no pixel is copied.
	src, err := gozxing.NewPlanarYUVLuminanceSource(g.Pix[g.PixOffset(g.Rect.Min.X, g.Rect.Min.Y):], g.Stride, h, 0, 0, w, h, false)
	if err != nil {
		return nil, err
	}
	return gozxing.NewBinaryBitmap(threshold(src))
}

// grey returns a picture as luminance, on white where it is transparent.
func grey(img image.Image) *image.Gray {
	b := img.Bounds()
	switch x := img.(type) {
	case *image.Gray:
		return x
	case *image.YCbCr: // a photo's luminance as it is stored: nothing is copied
		return &image.Gray{Pix: x.Y[x.YOffset(b.Min.X, b.Min.Y):], Stride: x.YStride, Rect: image.Rect(0, 0, b.Dx(), b.Dy())}
	}
	g := image.NewGray(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(g, g.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(g, g.Rect, img, b.Min, draw.Over)
	return g
}

// Found is a symbol found in a picture.
type Found struct {
	Text string
	// Corners are where its modules end, in pixels of the picture: top left, top right, bottom
	// right, bottom left as the symbol stands.
	Corners [4]image.Point
	// Finders are the centres of its three finder patterns, in pixels of the picture:
	// bottom left, top left and top right as the symbol stands.
	Finders [3]image.Point
	Module  float64 // estimated width of a module, pixels
}

// ReadAll returns all symbols of a photo that can be read, from top to bottom and
// left to right, as package photo finds them. Where there is none, it looks for symbols that are
// light on dark: none of ours is, but a sticker may be, and phones read it. Finding none is no
// error, as photos without a code are common.
func ReadAll(img image.Image) []Found {
	var found []Found
	origin := img.Bounds().Min
	at := func(p photo.Point) image.Point {
		return origin.Add(image.Pt(int(math.Floor(p.X)), int(math.Floor(p.Y))))
	}
	g := grey(img)
	symbols := photo.Read(g)
	if len(symbols) == 0 {
		symbols = photo.Read(negative(g))
	}
	for _, s := range symbols {
		f := Found{Text: s.Text, Module: s.Module}
		for i, c := range s.Corners {
			f.Corners[i] = at(c)
		}
		for i, c := range s.Finders {
			f.Finders[i] = at(c)
		}
		found = append(found, f)
	}
	return found
}

// negative is a picture with light and dark exchanged, and what it has of either stretched to
// black and white: red on black stone is hardly lighter than the stone.
func negative(g *image.Gray) *image.Gray {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	var count [256]int
	for y := range h {
		for _, v := range g.Pix[y*g.Stride:][:w] {
			count[v]++
		}
	}
	lo, hi := 0, 255
	for most, n := w*h/100, 0; lo < 255; lo++ {
		if n += count[lo]; n > most {
			break
		}
	}
	for most, n := w*h/100, 0; hi > lo; hi-- {
		if n += count[hi]; n > most {
			break
		}
	}
	var level [256]uint8
	for v := range level {
		level[v] = uint8(255 * (hi - min(max(v, lo), hi)) / max(hi-lo, 1))
	}
	out := image.NewGray(g.Rect)
	for y := range h {
		from, to := g.Pix[y*g.Stride:], out.Pix[y*out.Stride:]
		for x := range w {
			to[x] = level[from[x]]
		}
	}
	return out
}
