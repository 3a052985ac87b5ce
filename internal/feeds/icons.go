package feeds

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"runtime"
	"strings"

	"mingdeng/internal/fingerprint"
	"mingdeng/internal/output"
	"mingdeng/internal/pages"
	"mingdeng/internal/picture"
)

// iconVersion names the way icons are drawn. It changes whenever [drawIcon] would make other
// bytes of the same drawing.
const iconVersion = "icon/2"

// The icons that are drawn of the theme's, px: those the manifest must name for browsers to
// take it (192, 512), one that may be cut to any shape, and Apple's for the home screen.
var iconSizes = []struct {
	name     string
	size     int
	maskable bool
}{
	{"192", 192, false}, {"512", 512, false}, {"512-maskable", 512, true}, {pages.TouchIcon, 180, false},
}

// maskSafe is the part of a maskable icon that no shape cuts into: the manifest's standard
// keeps a circle of 80 % of its width.
const maskSafe = 80 // per cent

// icons are the theme's icon as PNGs. Their names hold the drawing's fingerprint, as its
// own name does.
func (f files) icons() []output.Output {
	if f.Icon == "" {
		return nil
	}
	var outs []output.Output
	for _, x := range iconSizes {
		outs = append(outs, output.Output{Path: pages.IconPath(f.Icon, x.name), Prepare: func() (fingerprint.Fingerprint, output.Fill, error) {
			print := fingerprint.Sum([]byte(iconVersion), []byte(picture.EncoderVersion), []byte(runtime.Version()), f.IconSVG, []byte(x.name))
			return print, func(w *bytes.Buffer) error { return drawIcon(w, f.IconSVG, x.size, x.maskable) }, nil
		}})
	}
	return outs
}

// drawIcon draws a square icon. A maskable one stands smaller on a ground of its own
// corner's colour.
func drawIcon(w *bytes.Buffer, svg []byte, size int, maskable bool) error {
	m, err := picture.Inspect(bytes.NewReader(svg), int64(len(svg)))
	if err != nil {
		return fmt.Errorf("the theme's icon: %w", err)
	}
	inner := size
	if maskable {
		inner = size * maskSafe / 100
	}
	img, err := picture.Cover(svg, m, inner, inner)
	if err != nil {
		return fmt.Errorf("the theme's icon: %w", err)
	}
	if maskable {
		all := image.NewRGBA(image.Rect(0, 0, size, size))
		var ground color.Color = img.RGBAAt(0, 0)
		draw.Draw(all, all.Rect, image.NewUniform(ground), image.Point{}, draw.Src)
		at := (size - inner) / 2
		draw.Draw(all, img.Rect.Add(image.Pt(at, at)), img, image.Point{}, draw.Src)
		img = all
	}
	return png.Encode(w, img) // the best compression takes seven times as long, for 7 %
}

type manifestIcon struct {
	Src     string `json:"src"`
	Type    string `json:"type"`
	Sizes   string `json:"sizes"`
	Purpose string `json:"purpose,omitempty"`
}

// manifest is the web app manifest of the edition. Addresses in it are relative to its own,
// so that it holds below any base.
func (f files) manifest() output.Output {
	up := strings.Repeat("../", strings.Count(f.e.Prefix, "/"))
	var icons []manifestIcon
	if f.Icon != "" {
		for _, x := range iconSizes {
			icon := manifestIcon{up + pages.IconPath(f.Icon, x.name), "image/png", fmt.Sprintf("%dx%d", x.size, x.size), ""}
			if x.maskable {
				icon.Purpose = "maskable"
			}
			icons = append(icons, icon)
		}
		icons = append(icons, manifestIcon{up + f.Icon, "image/svg+xml", "any", ""})
	}
	title := f.e.Config.Title
	short := []rune(strings.TrimSpace(strings.SplitN(title, "·", 2)[0]))
	return made(f.e.Prefix+"manifest.webmanifest", struct {
		Name       string         `json:"name"`
		ShortName  string         `json:"short_name"`
		Desc       string         `json:"description,omitempty"`
		Lang       string         `json:"lang"`
		Dir        string         `json:"dir"`
		StartURL   string         `json:"start_url"`
		Scope      string         `json:"scope"`
		Display    string         `json:"display"`
		Background string         `json:"background_color"`
		Theme      string         `json:"theme_color"`
		Icons      []manifestIcon `json:"icons"`
	}{
		title, string(short[:min(len(short), 12)]), f.e.Config.Description, string(f.e.Tag), "ltr", "./", "./", "browser", "#faf7f0", "#14171c", icons,
	}, writeJSON)
}
