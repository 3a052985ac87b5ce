package artwork_test

import (
	"bytes"
	"flag"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"mingdeng/internal/drawing/artwork"
	"mingdeng/internal/drawing/shape"
	"mingdeng/internal/drawing/typeset"
	"mingdeng/internal/testrun"
)

var outDir = flag.String("artwork.out", "", "folder to leave the drawn plaques in, for looking at")

func scenes(t *testing.T) map[string]*artwork.Scene {
	return map[string]*artwork.Scene{"sketch": sketch(t), "board": board(t)}
}

func must(t testing.TB) func(data []byte, err error) []byte {
	return func(data []byte, err error) []byte {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
}

func write(t *testing.T, name string, data []byte) string {
	t.Helper()
	dir := *outDir
	if dir == "" {
		dir = t.TempDir()
	}
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// rsvg-convert draws the SVG as we do.
func TestSVGLooksLikePNG(t *testing.T) {
	rsvg := testrun.Tool(t, "rsvg-convert", "librsvg2-bin")
	for name, s := range scenes(t) {
		in := write(t, name+".svg", must(t)(s.SVG()))
		out := in + ".png"
		run(t, rsvg, "-d", "200", "-p", "200", "-b", "white", "-o", out, in)
		compare(t, name+".svg", picture(t, s, 200), decode(t, out), 1)
	}
}

// pdftoppm draws the PDF as we do.
func TestPDFLooksLikePNG(t *testing.T) {
	ppm := testrun.Tool(t, "pdftoppm", "poppler-utils")
	for name, s := range scenes(t) {
		in := write(t, name+".pdf", must(t)(s.PDF(artwork.Info{Title: name})))
		run(t, ppm, "-r", "200", "-png", "-singlefile", in, in)
		// Process inks are shown as they would print: a ground lies some steps off.
		compare(t, name+".pdf", picture(t, s, 200), decode(t, in+".png"), 4)
	}
}

func TestPDFIsSound(t *testing.T) {
	s := sketch(t)
	in := write(t, "sound.pdf", must(t)(s.PDF(artwork.Info{Title: "沈渡川"})))
	t.Run("qpdf", func(t *testing.T) {
		run(t, testrun.Tool(t, "qpdf", "qpdf"), "--check", in)
	})
	t.Run("pdfinfo", func(t *testing.T) {
		got := run(t, testrun.Tool(t, "pdfinfo", "poppler-utils"), "-box", in)
		// 200 × 265 mm are 566.93 × 751.18 pt; the page is 11 mm more on each side.
		for _, want := range []string{
			"MediaBox:            0.00     0.00   629.29   813.54",
			"BleedBox:           22.68    22.68   606.61   790.87",
			"TrimBox:            31.18    31.18   598.11   782.36",
			"Title:           沈渡川",
		} {
			if !strings.Contains(got, want) {
				t.Errorf("pdfinfo does not say %q:\n%s", want, got)
			}
		}
		if strings.Contains(got, "CreationDate") {
			t.Error("a date that nobody gave")
		}
	})
	t.Run("pdffonts", func(t *testing.T) {
		got := run(t, testrun.Tool(t, "pdffonts", "poppler-utils"), in)
		if n := strings.Count(strings.TrimSpace(got), "\n"); n != 1 {
			t.Errorf("pdffonts lists fonts:\n%s", got)
		}
	})
}

func TestSheetIsSound(t *testing.T) {
	s, b := sketch(t), board(t)
	scale := shape.Point{X: 20, Y: 285}
	caption := set(t, "按 100% 打印，量此线应为 100 毫米", 125, 284, typeset.Style{Size: 4}).Outline
	data := must(t)(artwork.Sheets([]artwork.Sheet{
		{W: 420, H: 297, Placed: []artwork.Placed{{X: 20, Y: 15, Scene: s}, {X: 240, Y: 15, Scene: b}, {X: 240, Y: 120, Scene: b}}, CutMarks: 3, Scale: &scale, Text: caption},
		{W: 210, H: 297, Placed: []artwork.Placed{{X: 40, Y: 40, Scene: b}}, CutMarks: 3},
	}, artwork.Info{}))
	in := write(t, "sheet.pdf", data)
	if n := bytes.Count(data, []byte("DCTDecode")); n != 1 {
		t.Errorf("one picture is in the file %d times", n)
	}
	run(t, testrun.Tool(t, "qpdf", "qpdf"), "--check", in)
	run(t, testrun.Tool(t, "pdftoppm", "poppler-utils"), "-r", "300", "-png", "-f", "1", "-l", "1", "-singlefile", in, in)
	// The bar is 100 mm: its first and last dark pixel in its top row of ticks.
	img := decode(t, in+".png")
	const px = 300 / 25.4
	y := int(math.Round(287 * px))
	first, last := -1, -1
	for x := range int(math.Round(122 * px)) {
		if lum(img, x, y) < 160 {
			if first < 0 {
				first = x
			}
			last = x
		}
	}
	if mm := float64(last-first+1) / px; mm < 99.5 || mm > 100.5 {
		t.Errorf("the scale bar is %.2f mm", mm)
	}
}

func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), "TZ=UTC", "LC_ALL=C.UTF-8")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

func picture(t *testing.T, s *artwork.Scene, dpi float64) image.Image {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(must(t)(s.PNG(artwork.View{DPI: dpi, Page: true}))))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func decode(t *testing.T, path string) image.Image {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func lum(img image.Image, x, y int) int {
	return int(color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y)
}

// compare wants the same size to a pixel, a mean difference under some steps of 255, and
// that what differs strongly is an edge: that the other picture has about the same
// value in the pixel or one beside it.
func compare(t *testing.T, name string, ours, theirs image.Image, steps float64) {
	t.Helper()
	a, b := grey(ours), grey(theirs)
	if d := a.Rect.Dx() - b.Rect.Dx(); d < -1 || d > 1 {
		t.Fatalf("%s: %v against our %v", name, b.Rect, a.Rect)
	}
	if d := a.Rect.Dy() - b.Rect.Dy(); d < -1 || d > 1 {
		t.Fatalf("%s: %v against our %v", name, b.Rect, a.Rect)
	}
	r := a.Rect.Intersect(b.Rect)
	sum, far, worst := 0, 0, image.Point{}
	for y := 1; y < r.Max.Y-1; y++ {
		for x := 1; x < r.Max.X-1; x++ {
			p, q := int(a.GrayAt(x, y).Y), int(b.GrayAt(x, y).Y)
			d := max(p-q, q-p)
			sum += d
			if d < 50 {
				continue
			}
			lo, hi := 255, 0
			for i := -1; i <= 1; i++ {
				for j := -1; j <= 1; j++ {
					v := int(b.GrayAt(x+i, y+j).Y)
					lo, hi = min(lo, v), max(hi, v)
				}
			}
			if p < lo-50 || p > hi+50 {
				far++
				worst = image.Pt(x, y)
			}
		}
	}
	mean := float64(sum) / float64(r.Dx()*r.Dy())
	t.Logf("%s: mean difference %.3f of 255, %d pixels off an edge", name, mean, far)
	if mean > steps || far > 0 {
		t.Errorf("%s: mean difference %.3f of 255, %d pixels differ off an edge, such as %v", name, mean, far, worst)
	}
}

func grey(img image.Image) *image.Gray {
	out := image.NewGray(image.Rect(0, 0, img.Bounds().Dx(), img.Bounds().Dy()))
	for y := range out.Rect.Max.Y {
		for x := range out.Rect.Max.X {
			out.Set(x, y, img.At(img.Bounds().Min.X+x, img.Bounds().Min.Y+y))
		}
	}
	return out
}
