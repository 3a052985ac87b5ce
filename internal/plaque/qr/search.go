package qr

import (
	"fmt"
	"math"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode/decoder"
	"github.com/makiuchi-d/gozxing/qrcode/detector"
)

// shifts are the places tried for the symbol's fourth corner, in modules from where
// it would be without perspective: there itself, then around it at growing distance.
var shifts = func() (all [][2]float64) {
	all = append(all, [2]float64{})
	for _, r := range []float64{1, 2, 3.5} {
		for i := range 8 {
			sin, cos := math.Sincos(float64(i) * math.Pi / 4)
			all = append(all, [2]float64{r * cos, r * sin})
		}
	}
	return all
}()

// search reads a symbol from its three finder patterns alone. The decoder takes the
// first thing that looks like the alignment pattern for it; where that one is hidden
// and a neighbour looks like it, the grid is laid askew. Of a symbol unlucky in its
// neighbours, three photos in ten with a patch of 9 % hidden were lost that way, and
// none for having lost more than error correction restores. So the fourth corner is
// guessed here, and error correction says which guess is right.
func search(bits *gozxing.BinaryBitmap) (text string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: the decoder failed: %v", ErrUnread, p)
		}
	}()
	matrix, err := bits.GetBlackMatrix()
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrUnread, err)
	}
	info, err := detector.NewFinderPatternFinder(matrix, nil).Find(tryHarder)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrUnread, err)
	}
	tl, tr, bl := info.GetTopLeft(), info.GetTopRight(), info.GetBottomLeft()
	module := (tl.GetEstimatedModuleSize() + tr.GetEstimatedModuleSize() + bl.GetEstimatedModuleSize()) / 3
	span := (math.Hypot(tr.GetX()-tl.GetX(), tr.GetY()-tl.GetY()) + math.Hypot(bl.GetX()-tl.GetX(), bl.GetY()-tl.GetY())) / 2
	if !(module >= 1) {
		return "", ErrUnread
	}
	// 7 modules lie outside the centres, and sizes are 17 + 4·version.
	version := int(math.Round((span/module + 7 - 17) / 4))
	for _, v := range []int{version, version - 1, version + 1} {
		if v < 1 || v > 40 {
			continue
		}
		size := 17 + 4*v
		for _, shift := range shifts {
			// One module along either side, as the photo has it.
			n := float64(size - 7)
			dx := (shift[0]*(tr.GetX()-tl.GetX()) + shift[1]*(bl.GetX()-tl.GetX())) / n
			dy := (shift[0]*(tr.GetY()-tl.GetY()) + shift[1]*(bl.GetY()-tl.GetY())) / n
			// An alignment pattern lies 3 modules inside the corner that mirrors tl.
			fourth := detector.NewAlignmentPattern(
				tl.GetX()+(tr.GetX()+bl.GetX()-2*tl.GetX())*(n-3)/n+dx,
				tl.GetY()+(tr.GetY()+bl.GetY()-2*tl.GetY())*(n-3)/n+dy, module)
			sampled, err := detector.Detector_sampleGrid(matrix, detector.Detector_createTransform(tl, tr, bl, fourth, size), size)
			if err != nil {
				continue // it reaches beyond the picture
			}
			if result, err := decoder.NewDecoder().Decode(sampled, nil); err == nil {
				return result.GetText(), nil
			}
		}
	}
	return "", ErrUnread
}
