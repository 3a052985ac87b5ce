package qr

import (
	"errors"
	"fmt"
	"image"
	"image/draw"
	"math"
	"slices"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/multi/qrcode"
	single "github.com/makiuchi-d/gozxing/qrcode"
	"github.com/makiuchi-d/gozxing/qrcode/detector"
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
		if found, err := search(bits); err == nil {
			return found.Text, nil
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
	if g, ok := img.(*image.Gray); ok {
		return g
	}
	b := img.Bounds()
	g := image.NewGray(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(g, g.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(g, g.Rect, img, b.Min, draw.Over)
	return g
}

// Found is a symbol found in a picture.
type Found struct {
	Text string
	// Finders are the centres of its three finder patterns, in pixels of the picture:
	// bottom left, top left and top right as the symbol stands.
	Finders [3]image.Point
	Module  float64 // estimated width of a module, pixels
}

// ReadAll returns all symbols of a picture that can be read, from top to bottom and
// left to right. Finding none is no error, as photos without a code are common.
func ReadAll(img image.Image) []Found {
	g := grey(img)
	var found []Found
	for _, threshold := range []func(gozxing.LuminanceSource) gozxing.Binarizer{gozxing.NewHybridBinarizer, gozxing.NewGlobalHistgramBinarizer} {
		for _, f := range readAll(g, img.Bounds().Min, threshold) {
			if !slices.ContainsFunc(found, f.same) {
				found = append(found, f)
			}
		}
	}
	slices.SortFunc(found, func(a, b Found) int {
		if d := a.Finders[1].Y - b.Finders[1].Y; d != 0 {
			return d
		}
		return a.Finders[1].X - b.Finders[1].X
	})
	return found
}

// same reports whether f and g are one symbol, found twice.
func (f Found) same(g Found) bool {
	d := f.Finders[1].Sub(g.Finders[1])
	return f.Text == g.Text && math.Hypot(float64(d.X), float64(d.Y)) < 7*max(f.Module, g.Module)
}

func readAll(g *image.Gray, origin image.Point, threshold func(gozxing.LuminanceSource) gozxing.Binarizer) (found []Found) {
	defer func() {
		if recover() != nil { // see decode
			found = nil
		}
	}()
	bits, err := bitmap(g, threshold)
	if err != nil {
		return nil
	}
	if all, err := qrcode.NewQRCodeMultiReader().DecodeMultiple(bits, tryHarder); err == nil {
		for _, r := range all {
			if p := r.GetResultPoints(); len(p) >= 3 {
				found = append(found, at(r.GetText(), p[0], p[1], p[2]))
			}
		}
	}
	// The single reader accepts what the other, fearing false finders, does not.
	if r, err := single.NewQRCodeReader().Decode(bits, tryHarder); err == nil {
		if p := r.GetResultPoints(); len(p) >= 3 {
			found = append(found, at(r.GetText(), p[0], p[1], p[2]))
		}
	}
	if len(found) == 0 {
		if f, err := search(bits); err == nil {
			found = append(found, f)
		}
	}
	for i := range found {
		for j := range found[i].Finders {
			found[i].Finders[j] = found[i].Finders[j].Add(origin)
		}
	}
	return found
}

// at is a symbol with its finder patterns: bottom left, top left, top right.
func at(text string, patterns ...gozxing.ResultPoint) Found {
	f := Found{Text: text}
	for i, p := range patterns {
		f.Finders[i] = image.Pt(int(math.Round(p.GetX())), int(math.Round(p.GetY())))
		if pattern, ok := p.(*detector.FinderPattern); ok {
			f.Module += pattern.GetEstimatedModuleSize() / 3
		}
	}
	return f
}
