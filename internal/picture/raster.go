package picture

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"regexp"
	"strconv"

	"github.com/srwiley/oksvg"
	"github.com/srwiley/rasterx"
)

// maxRaster is the widest picture Raster makes, px.
const maxRaster = 4000

// Raster draws an SVG as a PNG of the given width in px, on white. It passes through the
// same allow-list as a published SVG first. What the drawing library does not know
// (filters, text) is left out; drawings of shapes and gradients come out whole.
func Raster(svg []byte, width int) (pngBytes []byte, err error) {
	img, err := raster(svg, width)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	fast := png.Encoder{CompressionLevel: png.BestSpeed} // most are decoded again at once
	if err := fast.Encode(&out, img); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// Draw is [Raster] for those who need the pixels.
func Draw(svg []byte, width int) (*image.RGBA, error) { return raster(svg, width) }

// raster draws an SVG on white.
func raster(svg []byte, width int) (img *image.RGBA, err error) {
	defer func() {
		// The library panics on some malformed paths.
		if r := recover(); r != nil {
			if img, err = nil, broken("%v", r); r == any(exhausted{}) {
				err = EffortError{}
			}
		}
	}()
	if width < 1 || width > maxRaster {
		return nil, fmt.Errorf("a width of %d px is not between 1 and %d", width, maxRaster)
	}
	m, err := Inspect(bytes.NewReader(svg), int64(len(svg)))
	if err != nil {
		return nil, err
	}
	if m.Format != SVG {
		return nil, FormatError{}
	}
	var clean bytes.Buffer
	if err := Encode(&clean, svg, m, Variants(m)[0]); err != nil {
		return nil, err
	}
	flat, err := plain(clean.Bytes())
	if err != nil {
		return nil, err
	}
	text := scaleGradients(flat.out.Bytes(), float64(width)/float64(m.Width))
	icon, err := oksvg.ReadIconStream(bytes.NewReader(text), oksvg.IgnoreErrorMode)
	if err != nil {
		return nil, broken("%w", err)
	}
	height := int(math.Round(float64(width) * float64(m.Height) / float64(m.Width)))
	if height < 1 || height > maxRaster {
		return nil, ErrTooLarge{Width: width, Height: height, Limit: maxRaster}
	}
	img = image.NewRGBA(image.Rect(0, 0, width, height))
	draw.Draw(img, img.Rect, image.NewUniform(color.White), image.Point{}, draw.Src)
	icon.SetTarget(0, 0, float64(width), float64(height))
	s := &scanner{img: img, effort: newEffort(width, height), shades: perShade + int64(flat.stops/4)}
	for _, p := range icon.SVGPaths {
		tame(&p)
		if len(p.Dash) > 0 && drawPath(&p, s, icon.Transform, maxDashed) {
			continue
		}
		if len(p.Dash) > 0 {
			p.Dash = nil        // so many that they are left to browsers
			p.SetFillColor(nil) // it has been filled
		}
		if !drawPath(&p, s, icon.Transform, maxPoints) {
			return nil, EffortError{}
		}
	}
	return img, nil
}

// drawPath draws one path of the drawing, or gives up when it has more than so many
// corners.
func drawPath(p *oksvg.SvgPath, s *scanner, m rasterx.Matrix2D, corners int) (ok bool) {
	defer func() {
		if v := recover(); v != nil {
			if e, our := v.(exhausted); !our || !e.path {
				panic(v)
			}
		}
	}()
	s.effort.points = corners
	b := s.img.Rect
	p.DrawTransformed(rasterx.NewDasher(b.Dx(), b.Dy(), s), 1, m)
	return true
}

var (
	userGradient = regexp.MustCompile(`<(?:linear|radial)Gradient\b[^>]*\bgradientUnits="userSpaceOnUse"[^>]*>`)
	gradientAt   = regexp.MustCompile(` (cx|cy|r|fx|fy|x1|y1|x2|y2)="([-+.0-9eE]+)"`)
)

// scaleGradients enlarges gradients given in the drawing's own units: the library scales
// the shapes to the target and forgets these. One that is moved by a gradientTransform as
// well stays as it is; the library does not know that together with such units.
func scaleGradients(svg []byte, k float64) []byte {
	return userGradient.ReplaceAllFunc(svg, func(tag []byte) []byte {
		return gradientAt.ReplaceAllFunc(tag, func(attr []byte) []byte {
			part := gradientAt.FindSubmatch(attr)
			v, err := strconv.ParseFloat(string(part[2]), 64)
			if err != nil {
				return attr
			}
			return fmt.Appendf(nil, ` %s="%g"`, part[1], v*k)
		})
	})
}
