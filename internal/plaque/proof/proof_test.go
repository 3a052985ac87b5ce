package proof

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"mingdeng/internal/plaque/qr"
	"mingdeng/internal/testrun"
)

// panel is a code as a plaque has it: brown on cream.
func panel(tb testing.TB, text string) Subject {
	tb.Helper()
	s, err := qr.Encode(text)
	if err != nil {
		tb.Fatal(err)
	}
	return Subject{Text: text, Modules: s.Size, Quiet: qr.Quiet, Draw: func(px int) (image.Image, error) {
		g := s.Image(px, qr.Quiet)
		out := image.NewRGBA(image.Rect(7, 9, 7+g.Rect.Dx(), 9+g.Rect.Dy())) // an image may start anywhere
		for y := range g.Rect.Dy() {
			for x := range g.Rect.Dx() {
				c := color.RGBA{0xfa, 0xf6, 0xec, 0xff}
				if g.GrayAt(x, y).Y == 0 {
					c = color.RGBA{0x3b, 0x22, 0x16, 0xff}
				}
				out.SetRGBA(x+7, y+9, c)
			}
		}
		return out, nil
	}}
}

const address = "https://YX.EXAMPLE.CN/Q/7K3F/"

func TestRun(t *testing.T) {
	report, err := Run(panel(t, address), Gozxing{})
	if err != nil {
		t.Fatal(err)
	}
	if !report.Holds() || len(report.Rows) != len(kinds) || report.Readers[0] != "gozxing" {
		t.Errorf("%s", table(report))
	}
	share := func(trial, parameter string) float64 {
		for _, row := range report.Rows {
			if row.Trial.En == trial && row.Parameter == parameter {
				return float64(row.Results[0].Passed) / float64(row.Results[0].Total)
			}
		}
		t.Errorf("no trial %s %s", trial, parameter)
		return 0
	}
	for _, must := range [][2]string{{"scale", "3 px"}, {"scale, by hand", "3 px"}, {"scale", "10 px"}, {"tilt", "25°"}, {"noise", "σ 20"}, {"blur", "σ 0.3"}, {"contrast", "10:1"}, {"contrast", "5:1"}, {"patch", "5 %"}} {
		if got := share(must[0], must[1]); got < 1 {
			t.Errorf("%s %s: %.2f", must[0], must[1], got)
		}
	}
	if got := share("blur", "σ 0.7"); got > 0.9 {
		t.Errorf("a code out of focus beyond reading reads in %.2f: the trials are too kind", got)
	}
	if b := report.Sheet.Rect; b.Dx() < columns*photo || b.Dy() < photo*len(kinds)/columns {
		t.Errorf("the sheet is %v", b)
	}
}

func table(r *Report) string {
	var b strings.Builder
	for _, row := range r.Rows {
		fmt.Fprintln(&b, row.Trial.En, row.Parameter, row.Results, row.Holds())
	}
	return b.String()
}

func TestRunTwice(t *testing.T) {
	a, err := Run(panel(t, address), Gozxing{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := Run(panel(t, address), Gozxing{})
	if err != nil {
		t.Fatal(err)
	}
	if table(a) != table(b) || !bytes.Equal(a.Sheet.Pix, b.Sheet.Pix) {
		t.Error("two proofs of one code differ")
	}
}

func TestOpen(t *testing.T) {
	for _, c := range []struct {
		r    Result
		need float64
		want bool
	}{
		{Result{100, 0, 100}, 0.99, false}, {Result{99, 0, 100}, 0.99, false}, {Result{198, 0, 200}, 0.99, false}, // enough
		{Result{98, 0, 100}, 0.99, true}, {Result{97, 0, 100}, 0.99, true}, {Result{989, 0, 1000}, 0.99, false}, {Result{890, 0, 900}, 0.99, true},
		{Result{95, 0, 100}, 0.99, false}, {Result{194, 0, 200}, 0.99, false}, {Result{0, 0, 100}, 0.99, false}, // plainly too few
		{Result{98, 1, 100}, 0.99, false},                         // another text is no chance
		{Result{0, 0, 1}, 1, false}, {Result{3, 0, 12}, 0, false}, // one trial, and one that nothing hangs on
	} {
		if got := c.r.open(c.need); got != c.want {
			t.Errorf("%+v of %g: %v", c.r, c.need, got)
		}
	}
}

// forgetful reads every photo of address, but not those it is told to miss: of each batch,
// the n-th under the patch of 9 %.
type forgetful struct {
	t     *testing.T
	miss  func(batch, n int) bool
	batch int
}

func (*forgetful) Name() string { return "forgetful" }

func (f *forgetful) Read(photos []*image.Gray) ([]string, error) {
	first, count := 0, len(photos) // of the row
	if f.batch == 0 {
		for _, k := range kinds {
			if k.trial.En == "patch" && k.parameter == "9 %" {
				count = k.count
				break
			}
			first += k.count
		}
	} else if len(photos) != 100 {
		f.t.Errorf("batch %d has %d photos: more than one row is tried again", f.batch, len(photos))
	}
	texts := slices.Repeat([]string{address}, len(photos))
	for n := range count {
		if f.miss(f.batch, n) {
			texts[first+n] = ""
		}
	}
	f.batch++
	return texts, nil
}

// TestNearTheBar: what chance may have done is tried again, until it is plain.
func TestNearTheBar(t *testing.T) {
	for name, c := range map[string]struct {
		miss          func(batch, n int) bool
		passed, total int
		holds         bool
	}{
		"by chance":          {func(b, n int) bool { return b == 0 && n < 3 }, 297, 300, true},
		"plainly too few":    {func(_, n int) bool { return n < 10 }, 90, 100, false},
		"too few to the end": {func(b, n int) bool { return n < 1 || b == 0 && n < 2 }, 989, 1000, false},
	} {
		t.Run(name, func(t *testing.T) {
			report, err := Run(panel(t, address), &forgetful{t: t, miss: c.miss})
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range report.Rows {
				if x := row.Results[0]; row.Trial.En == "patch" && row.Parameter == "9 %" && (x.Passed != c.passed || x.Total != c.total) {
					t.Errorf("%+v, not %d of %d", x, c.passed, c.total)
				}
			}
			if report.Holds() != c.holds {
				t.Error(report.Holds())
			}
		})
	}
}

// TestRunFails: what is wrong with a code shows.
func TestRunFails(t *testing.T) {
	good := panel(t, address)
	other := good
	other.Text = "https://YX.EXAMPLE.CN/Q/9WXR/"
	report, err := Run(other, Gozxing{})
	if err != nil {
		t.Fatal(err)
	}
	if x := report.Rows[0].Results[0]; report.Holds() || x.Misread != 1 || x.Passed != 0 {
		t.Errorf("another code passes: %+v", x)
	}
	blank := good
	blank.Draw = func(px int) (image.Image, error) {
		g := image.NewGray(image.Rect(0, 0, (good.Modules+8)*px, (good.Modules+8)*px))
		return g, nil
	}
	if report, err = Run(blank, Gozxing{}); err != nil || report.Holds() {
		t.Errorf("nothing passes, %v", err)
	}
	small := good
	small.Draw = func(int) (image.Image, error) { return good.Draw(2) }
	if _, err := Run(small, Gozxing{}); err == nil {
		t.Error("a picture of the wrong size passes")
	}
	failing := good
	failing.Draw = func(int) (image.Image, error) { return nil, errors.New("no ink") }
	if _, err := Run(failing, Gozxing{}); err == nil {
		t.Error("no error when drawing fails")
	}
	if _, err := Run(good); err == nil {
		t.Error("no error without a reader")
	}
	if _, err := Run(good, Zbar{"/nowhere/zbarimg"}); err == nil {
		t.Error("no error from a reader that is not there")
	}
}

func TestZbar(t *testing.T) {
	testrun.Tool(t, "zbarimg", "zbar-tools")
	readers := Readers()
	if len(readers) != 2 {
		t.Fatalf("%d readers", len(readers))
	}
	s, err := newStudio(panel(t, address))
	if err != nil {
		t.Fatal(err)
	}
	pictures := []*image.Gray{image.NewGray(image.Rect(0, 0, 50, 50)), s.exact[3], s.exact[5]}
	for range 250 { // more than one batch
		pictures = append(pictures, s.exact[4])
	}
	pictures[230] = pictures[0]
	for _, r := range readers {
		texts, err := r.Read(pictures)
		if err != nil {
			t.Fatal(err)
		}
		for i, text := range texts {
			want := address
			if pictures[i] == pictures[0] {
				want = ""
			}
			if text != want {
				t.Errorf("%s: picture %d reads as %q", r.Name(), i, text)
			}
		}
	}
}

// TestPatch: a patch has the area it should, and leaves the finder patterns alone.
func TestPatch(t *testing.T) {
	s, err := newStudio(panel(t, address))
	if err != nil {
		t.Fatal(err)
	}
	s.dark, s.light = 1, 254 // what no pixel of the artwork has, so that patches show
	const share = 0.09
	n, last := s.Modules, s.exact[normal].Rect.Dx()-1
	seen := 0
	for seed := range uint64(200) {
		g := s.patch(share, rand.New(rand.NewPCG(seed, 1)))
		box := image.Rectangle{}
		for y := range g.Rect.Dy() {
			for x := range g.Rect.Dx() {
				if g.GrayAt(x, y) == s.exact[normal].GrayAt(x, y) {
					continue
				}
				box = box.Union(image.Rect(x, y, x+1, y+1))
				u, v := float64(x)/normal-float64(s.Quiet), float64(y)/normal-float64(s.Quiet)
				f := float64(finder) - 0.5 // the patch's edge falls on a pixel
				far := float64(n) - f
				if u < 0 || v < 0 || u > float64(n) || v > float64(n) || u < f && v < f || u > far && v < f || u < f && v > far {
					t.Fatalf("seed %d hides %.1f, %.1f", seed, u, v)
				}
			}
		}
		if box.Dx() > 0 {
			seen++
			if got := float64(box.Dx()*box.Dy()) / float64(normal*normal*n*n); math.Abs(got-share) > 0.008 {
				t.Errorf("seed %d hides %.3f of the area, want %.2f", seed, got, share)
			}
		}
	}
	if seen != 200 || last < 0 {
		t.Errorf("%d of 200 patches show", seen)
	}
}

// TestShoot: without tilt and turn, a photo at the artwork's own scale is the artwork;
// a tilted one is narrower across the axis by the cosine, and nearer on one side.
func TestShoot(t *testing.T) {
	s, err := newStudio(panel(t, address))
	if err != nil {
		t.Fatal(err)
	}
	same := s.shoot(view{px: fine})
	if same.Rect.Dx() != s.sharp.Rect.Dx()+2 {
		t.Fatalf("the photo is %v", same.Rect)
	}
	for y := range s.sharp.Rect.Dy() {
		for x := range s.sharp.Rect.Dx() {
			if same.GrayAt(x+1, y+1) != s.sharp.GrayAt(x, y) {
				t.Fatalf("pixel %d, %d differs", x, y)
			}
		}
	}
	box := func(v view) (left, right, top, bottom int) {
		g := s.shoot(v)
		left, top = g.Rect.Dx(), g.Rect.Dy()
		for y := range g.Rect.Dy() {
			for x := range g.Rect.Dx() {
				if g.GrayAt(x, y).Y < 128 {
					left, right, top, bottom = min(left, x), max(right, x), min(top, y), max(bottom, y)
				}
			}
		}
		return
	}
	l0, r0, t0, b0 := box(view{px: 8})
	l1, r1, t1, b1 := box(view{px: 8, tilt: 25 * math.Pi / 180})
	if got := float64(b1-t1) / float64(b0-t0); math.Abs(got-math.Cos(25*math.Pi/180)) > 0.02 {
		t.Errorf("tilted, the code is %.3f as high", got)
	}
	if r1-l1 <= r0-l0 {
		t.Errorf("the near side is %d wide, the code straight %d", r1-l1, r0-l0)
	}
}

func TestFade(t *testing.T) {
	s, err := newStudio(panel(t, address))
	if err != nil {
		t.Fatal(err)
	}
	linear := func(v float64) float64 {
		if v /= 255; v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v/255*255+0.055)/1.055, 2.4)
	}
	for _, ratio := range []float64{10, 3} {
		g := s.fade(s.shoot(view{px: normal}), ratio, rand.New(rand.NewPCG(1, 2)))
		dark, light, darks, lights := 0.0, 0.0, 0.0, 0.0
		plain := s.shoot(view{px: normal})
		for i, v := range plain.Pix {
			switch v {
			case s.dark:
				dark, darks = dark+linear(float64(g.Pix[i])), darks+1
			case s.light:
				light, lights = light+linear(float64(g.Pix[i])), lights+1
			}
		}
		if got := (light / lights) / (dark / darks); math.Abs(got/ratio-1) > 0.1 {
			t.Errorf("a ratio of %.2f, want %g", got, ratio)
		}
	}
}

func BenchmarkRun(b *testing.B) {
	for _, readers := range [][]Reader{{Gozxing{}}, Readers()} {
		names := make([]string, len(readers))
		for i, r := range readers {
			names[i] = r.Name()
		}
		b.Run(strings.Join(names, "+"), func(b *testing.B) {
			s := panel(b, address)
			for b.Loop() {
				if _, err := Run(s, readers...); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
