package photo

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/common"
	"github.com/makiuchi-d/gozxing/qrcode/decoder"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// decode samples the modules that a map gives and decodes them.
func (p *plane) decode(w *warp, t triple, work *int) (Symbol, bool) {
	n := int(w.size)
	if *work < 0 {
		return Symbol{}, false
	}
	*work -= 5 * n * n
	values := p.sample(w)
	for _, sharp := range []float64{0, 0.18} {
		bits := judge(values, n, sharp)
		if !plausible(bits, n) {
			continue
		}
		*work -= 5 * n * n // correcting errors takes as long
		if text, ok := decode(bits, n); ok {
			s := Symbol{Text: text, Version: (n - 17) / 4, Module: t.module(), Finders: [3]Point{t.below.at, t.corner.at, t.right.at}}
			for i, c := range [4][2]float64{{0, 0}, {w.size, 0}, {w.size, w.size}, {0, w.size}} {
				s.Corners[i] = w.point(c[0], c[1])
			}
			return s, true
		}
	}
	return Symbol{}, false
}

// sample returns the luminance of each module, by rows: the mean of five points in its middle.
func (p *plane) sample(w *warp) []float64 {
	n := int(w.size)
	values := make([]float64, n*n)
	for y := range n {
		for x := range n {
			sum := 0.0
			for _, d := range [5][2]float64{{0.5, 0.5}, {0.3, 0.3}, {0.7, 0.3}, {0.3, 0.7}, {0.7, 0.7}} {
				sum += p.at(w.point(float64(x)+d[0], float64(y)+d[1]))
			}
			values[y*n+x] = sum / 5
		}
	}
	return values
}

// judge tells dark modules from light ones: each against the mean of nine by nine around it,
// after as much as sharp of its four neighbours was taken off it, which undoes blur.
func judge(values []float64, n int, sharp float64) []bool {
	if sharp > 0 {
		v := make([]float64, len(values))
		for y := range n {
			for x := range n {
				at := func(x, y int) float64 { return values[min(max(y, 0), n-1)*n+min(max(x, 0), n-1)] }
				v[y*n+x] = at(x, y)*(1+4*sharp) - sharp*(at(x-1, y)+at(x+1, y)+at(x, y-1)+at(x, y+1))
			}
		}
		values = v
	}
	sums := make([]float64, (n+1)*(n+1))
	for y := range n {
		for x := range n {
			sums[(y+1)*(n+1)+x+1] = values[y*n+x] + sums[y*(n+1)+x+1] + sums[(y+1)*(n+1)+x] - sums[y*(n+1)+x]
		}
	}
	bits := make([]bool, n*n)
	const side = 9
	for y := range n {
		for x := range n {
			x0, y0 := min(max(x-side/2, 0), n-side), min(max(y-side/2, 0), n-side)
			sum := sums[(y0+side)*(n+1)+x0+side] - sums[y0*(n+1)+x0+side] - sums[(y0+side)*(n+1)+x0] + sums[y0*(n+1)+x0]
			bits[y*n+x] = values[y*n+x] < sum/(side*side)
		}
	}
	return bits
}

// plausible tells whether the parts that all symbols share are there, but for a quarter.
func plausible(bits []bool, n int) bool {
	right, all := 0, 0
	for y := range 8 {
		for x := range 8 {
			ring := max(abs(x-3), abs(y-3))
			want := ring == 3 || ring < 2
			for _, at := range [3]int{y*n + x, y*n + n - 1 - x, (n-1-y)*n + x} {
				if all++; bits[at] == want {
					right++
				}
			}
		}
	}
	timing, steps := 0, 0
	for i := 8; i < n-8; i++ {
		for _, at := range [2]int{6*n + i, i*n + 6} {
			if steps++; bits[at] == (i%2 == 0) {
				timing++
			}
		}
	}
	return 4*right >= 3*all && 3*timing >= 2*steps
}

func abs(v int) int { return max(v, -v) }

// decode corrects and reads modules. gozxing's decoder was not written for hostile pictures,
// and some may make it reach beyond its arrays: that means unread.
func decode(bits []bool, n int) (text string, ok bool) {
	defer func() {
		if recover() != nil {
			text, ok = "", false
		}
	}()
	result, err := words(bits, n, nil)
	if err != nil {
		return "", false
	}
	text = result.GetText()
	// Chinese programs write GBK and do not say so; gozxing takes it for Latin-1 or Shift JIS.
	if slices.ContainsFunc(result.GetByteSegments(), func(b []byte) bool { return !utf8.Valid(b) }) {
		gbk := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_CHARACTER_SET: simplifiedchinese.GB18030}
		if again, err := words(bits, n, gbk); err == nil && !strings.ContainsRune(again.GetText(), utf8.RuneError) {
			text = again.GetText()
		}
	}
	return text, true
}

// words decodes a matrix of its own, for decoding changes it.
func words(bits []bool, n int, hints map[gozxing.DecodeHintType]any) (*common.DecoderResult, error) {
	m, err := gozxing.NewSquareBitMatrix(n)
	if err != nil {
		return nil, err
	}
	for i, dark := range bits {
		if dark {
			m.Set(i%n, i/n)
		}
	}
	return decoder.NewDecoder().Decode(m, hints)
}
