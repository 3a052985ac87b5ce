package importer

import (
	"bytes"
	"image"
	"image/draw"
	_ "image/gif" // so that their first frame can be cut
	"image/jpeg"
	"image/png"
	"math"

	_ "golang.org/x/image/webp"

	"mingdeng/internal/importer/report"
	"mingdeng/internal/importer/rich"
	"mingdeng/internal/picture"
)

var errCrop = report.Errorf("在 Word 里裁剪过，裁掉的部分这里裁不了，所以没有收。在 WPS 里右键另存为图片，再插入",
	"it was cropped, and the crop cannot be applied here, so that it was not taken. Save it as a picture in WPS or Word and insert that")

// crop cuts away what the text does not show of a picture. It is drawn anew, so that
// nothing of the rest stays in previews and metadata either. A JPEG that its camera marks
// as turned is refused: programs do not agree which of its sides a crop is of.
func crop(p *rich.Picture) (ext string, why *report.Error) {
	m, err := picture.Inspect(bytes.NewReader(p.Data), int64(len(p.Data)))
	if err != nil || m.Orientation > 1 || m.Width <= 0 || m.Height <= 0 || m.Width > maxDrawn/m.Height {
		return "", errCrop
	}
	img, _, err := image.Decode(bytes.NewReader(p.Data))
	if err != nil {
		return "", errCrop
	}
	b := img.Bounds()
	at := func(from, size int, part float64, up bool) int {
		x := min(max(part, 0), 1) * float64(size)
		if up { // a pixel that is cut in part goes
			return from + int(math.Ceil(x-1e-6))
		}
		return from + int(math.Floor(x+1e-6))
	}
	r := image.Rect(at(b.Min.X, b.Dx(), p.Crop.Left, true), at(b.Min.Y, b.Dy(), p.Crop.Top, true),
		at(b.Min.X, b.Dx(), 1-p.Crop.Right, false), at(b.Min.Y, b.Dy(), 1-p.Crop.Bottom, false))
	if p.Crop.Left+p.Crop.Right >= 1 || p.Crop.Top+p.Crop.Bottom >= 1 || r.Empty() {
		return "", errCrop
	}
	out := image.NewNRGBA(image.Rect(0, 0, r.Dx(), r.Dy()))
	draw.Draw(out, out.Bounds(), img, r.Min, draw.Src)
	var buf bytes.Buffer
	if m.Format == picture.JPEG {
		ext, err = ".jpg", jpeg.Encode(&buf, out, &jpeg.Options{Quality: 95})
	} else {
		ext, err = ".png", png.Encode(&buf, out)
	}
	if err != nil {
		return "", errCrop
	}
	p.Data, p.Crop = buf.Bytes(), rich.Crop{}
	return ext, nil
}
