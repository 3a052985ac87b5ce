package picture

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// pictureSeeds are whole pictures, and hostile headers.
func pictureSeeds(tb testing.TB) [][]byte {
	var seeds [][]byte
	for _, b := range samples(tb) {
		if len(b) < 8<<10 { // the fuzzer gets nowhere with large ones
			seeds = append(seeds, b)
		}
	}
	return append(seeds, pngHeader(50000, 50000, 8, 2), jpegHeader(markSOF2, 9, 9, 8, 3), gifHeader(9, 9),
		[]byte(`<svg viewBox="0 0 1 1"/>`), []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"))
}

func svgSeeds(tb testing.TB) []string {
	var seeds []string
	for _, tt := range hostileSVGs() {
		if len(tt.src) < 4<<10 {
			seeds = append(seeds, tt.src)
		}
	}
	files, err := filepath.Glob("testdata/*.svg")
	if err != nil || len(files) == 0 {
		tb.Fatalf("no *.svg in testdata (%v)", err)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			tb.Fatal(err)
		}
		seeds = append(seeds, string(b))
	}
	return seeds
}

// TestSeeds: the fuzz targets start from something that reaches far.
func TestSeeds(t *testing.T) {
	formats := map[Format]int{}
	for _, b := range pictureSeeds(t) {
		if m, err := inspect(b); err == nil {
			formats[m.Format]++
		}
	}
	for _, f := range []Format{JPEG, PNG, GIF, WebP, SVG} {
		if formats[f] == 0 {
			t.Errorf("no seed is a %s", f)
		}
	}
	whole := 0
	for _, s := range svgSeeds(t) {
		if out, err := clean(s); err == nil {
			whole++
			checkClean(t, out)
		}
	}
	if whole < 2 {
		t.Errorf("%d SVG seeds pass, want 2 at least", whole)
	}
}

// FuzzInspect: a header is refused by name or within limits; and what follows
// it is refused as broken or comes out at the size asked for, bare.
func FuzzInspect(f *testing.F) {
	for _, b := range pictureSeeds(f) {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		m, err := inspect(src)
		if err != nil {
			if !errors.Is(err, ErrFormat) && !errors.Is(err, ErrBroken) && !errors.As(err, new(ErrTooLarge)) {
				t.Fatalf("unnamed error %v", err)
			}
			return
		}
		if m.Width < 1 || m.Height < 1 || m.Width > maxSide || m.Height > maxSide || m.Orientation < 1 || m.Orientation > 8 || m.Memory < 1 {
			t.Fatalf("%+v", m)
		}
		vs := Variants(m)
		for _, v := range vs {
			if v.Width < 1 || v.Height < 1 || v.Width > m.Width || v.Height > m.Height {
				t.Fatalf("%+v of %+v", v, m)
			}
		}
		if m.Width*m.Height > 1<<20 {
			return // allowed, but slow to try
		}
		var out bytes.Buffer
		if err := Encode(&out, src, m, vs[0]); err != nil {
			if !errors.Is(err, ErrBroken) && !errors.As(err, new(ErrTooLarge)) || out.Len() > 0 {
				t.Fatalf("%v, %d bytes written", err, out.Len())
			}
			return
		}
		got, err := inspect(out.Bytes())
		if err != nil || got.Format != vs[0].Format || m.Format != SVG && (got.Width != vs[0].Width || got.Height != vs[0].Height) {
			t.Fatalf("asked %+v, got %+v, %v", vs[0], got, err)
		}
		if m.Format != SVG && (bytes.Contains(out.Bytes(), []byte("Exif\x00")) || got.Orientation != 1) {
			t.Fatal("metadata came through")
		}
	})
}

// FuzzSVG: what comes out is XML, asks nobody for anything, and is already clean.
func FuzzSVG(f *testing.F) {
	for _, s := range svgSeeds(f) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		out, err := clean(src)
		if err != nil {
			if !errors.Is(err, ErrBroken) {
				t.Fatalf("unnamed error %v", err)
			}
			return
		}
		checkClean(t, out)
		again, err := clean(out)
		if err != nil || again != out {
			t.Fatalf("cleaned twice: %v\nonce  %s\ntwice %s", err, out, again)
		}
	})
}

// FuzzDrawing: whatever a drawing asks for, its copy and its pixels cost amounts that follow
// from its size and no more: bytes asked of the heap, and time, which is held to far more than
// the price that is reckoned, since the machine may have other work.
func FuzzDrawing(f *testing.F) {
	for _, s := range svgSeeds(f) {
		f.Add(s)
	}
	for _, s := range tooMuch() {
		if len(s) < 4<<10 {
			f.Add(s)
		}
	}
	for _, s := range []string{
		`<path d="M1 1C3e7 3e7-3e7 3e7 9 9S1 1 2 2Q9 9 1 1T3 3A9 1 7 1 1 3 3z" stroke="red" stroke-width="9" stroke-linejoin="arcs" stroke-linecap="round" stroke-miterlimit="9" stroke-dasharray="3 1e-2,7" stroke-dashoffset="-1e7" transform="rotate(9)scale(1e4)matrix(1 2 3 4 5 6)skewX(89.99)"/>`,
		`<linearGradient id="g" gradientUnits="userSpaceOnUse" spreadMethod="repeat" x2="1e-9"><stop/><stop offset="1" stop-color="hsl(1,2%,3%)" style="stop-opacity:.5"/></linearGradient><circle cx="9" cy="9" r="1e7" fill="url(#g)"/><ellipse rx="1" ry="1e7"/><rect width="1e9" height="1e9" rx="1e8"/><polygon points="0,0 1e7,1 3 4"/>`,
		`<defs><symbol id="s" viewBox="0 0 1 1"><path d="M0 0h1"/></symbol><g id="a"><use href="#s" x="1e9"/></g></defs><use href="#a"/><svg x="1" viewBox="0 0 1 1"><use href="#a" transform="scale(1e9)"/></svg>`,
	} {
		f.Add(svgHead + s + "</svg>")
	}
	f.Fuzz(func(t *testing.T, src string) {
		start, before := time.Now(), allocated()
		if _, err := clean(src); err != nil && !errors.Is(err, ErrBroken) {
			t.Fatalf("unnamed error %v", err)
		}
		if _, err := Draw([]byte(src), 160); err != nil && !errors.Is(err, ErrBroken) && !errors.Is(err, ErrFormat) && !errors.As(err, new(ErrTooLarge)) {
			t.Fatalf("unnamed error %v", err)
		}
		asked := allocated() - before
		if most := mostAsked(len(src)); asked > most {
			t.Errorf("%d bytes took %d MB, most is %d", len(src), asked>>20, most>>20)
		}
		if took := time.Since(start); took > time.Minute {
			t.Errorf("%d bytes took %v", len(src), took)
		}
	})
}
