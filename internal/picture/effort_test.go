package picture

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"mingdeng/internal/testrun"
)

// tooMuch are drawings of little that ask for much, by name.
func tooMuch() map[string]string {
	svg := func(s string) string {
		return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 1000">` + s + `</svg>`
	}
	line := func(attrs string) string {
		return svg(`<path d="M0 5H99999999" stroke="#c00" ` + attrs + `/>`)
	}
	rep := strings.Repeat
	return map[string]string{
		"dashes":           line(`stroke-dasharray="1 1"`),
		"fine dashes":      line(`stroke-dasharray="0.016 0.016"`),
		"finer dashes":     line(`stroke-dasharray="1e-300 0 1e-300"`),
		"dashes of zero":   line(`stroke-dasharray="0 0 0"`),
		"a dash of zero":   svg(`<path d="M0 5H800" stroke="#c00" stroke-dasharray="0 1e-2"/>`),
		"no numbers":       line(`stroke-dasharray="NaN Inf" stroke-dashoffset="-Inf" stroke-width="Inf" stroke-miterlimit="NaN"`),
		"huge dashes":      line(`stroke-dasharray="1e30 1e30" stroke-dashoffset="1e30"`),
		"offset":           svg(`<path d="M0 5H800" stroke="#c00" stroke-dasharray="1 1" stroke-dashoffset="3e7"/>`),
		"offset, below 0":  svg(`<path d="M0 5H800" stroke="#c00" stroke-dasharray="1 1" stroke-dashoffset="-3e7"/>`),
		"offsets":          svg(`<g fill="none" stroke="#c00" stroke-dasharray="` + rep("1 ", 60) + `" stroke-dashoffset="59.9">` + `<path d="` + rep("M0 0h1", 40_000) + `"/></g>`),
		"long pattern":     svg(`<g fill="none" stroke="#c00" stroke-dasharray="` + rep("1 ", 50_000) + `">` + rep(`<path d="M0 0h1"/>`, 10_000) + `</g>`),
		"class of much":    svg(`<style>.a{stroke-dasharray:` + rep("1 ", 50_000) + `}</style>` + rep(`<path class="a" d="M0 0h1"/>`, 10_000)),
		"arc":              svg(`<path d="M0 0A30000000 30000000 0 1 1 9 9" stroke="#c00" stroke-dasharray="1 1"/>`),
		"arcs":             svg(`<path d="M0 0` + rep("A9e6 9e6 0 1 1 9 9", 3000) + `" stroke="#c00"/>`),
		"arcs in a row":    svg(`<path d="M0 0a` + rep("1 1 0 1 1 1 1 ", 200_000) + `" stroke="#c00"/>`),
		"circles":          svg(rep(`<circle r="3e7" stroke="#c00" stroke-dasharray="1 1"/>`, 2000)),
		"curves":           svg(`<path d="M0 0` + rep("C3e7 3e7-3e7 3e7 3e7-3e7", 10_000) + `"/>`),
		"far sides":        svg(`<path d="M0 0` + rep("L-3e7 9L3e7 9.1", testrun.Of(2_000, 20_000)) + `"/>`),
		"tall sides":       svg(`<path d="M0 0` + rep("L9-3e7L9.1 3e7", 20_000) + `"/>`),
		"wide sides":       svg(`<path d="M0 0` + rep("L0 9L800 9.1", 200_000) + `"/>`),
		"papers":           svg(rep(`<path d="M0 0H800V1000L9 999z"/>`, 50_000)),
		"gradients":        svg(`<radialGradient id="g">` + rep(`<stop offset=".5" stop-color="#fff"/>`, 20_000) + `</radialGradient>` + rep(`<path fill="url(#g)" d="M0 0H800V1000L9 999z"/>`, 10_000)),
		"stops, no colour": svg(`<linearGradient id="g">` + rep(`<stop offset=".5"/>`, 20_000) + `</linearGradient>` + rep(`<path fill="url(#g)" d="M0 0h1v1z"/>`, 20_000)),
		"stops, none":      svg(`<linearGradient id="g">` + rep(`<stop stop-color="none"/>`, 20_000) + `</linearGradient>` + rep(`<path fill="url(#g)" d="M0 0h1v1z"/>`, 20_000)),
		"use of a path":    svg(`<defs><path id="a" d="M0 0` + rep("h1v1", 100_000) + `"/></defs>` + rep(`<use href="#a"/>`, 20_000)),
		"use of the rest":  svg(`<defs><path id="a" d="M0 0h1"/>` + rep(`<path d="M0 0h1"/>`, 20_000) + `</defs>` + rep(`<use href="#a"/>`, 20_000)),
		"use of itself":    svg(`<defs><path id="a" d="M0 0h1"/><use href="#a"/></defs><use href="#a"/>`),
		"use of a group":   svg(`<defs><g id="a"/><use href="#a"/></defs><use href="#a"/>`),
		"title":            svg(`<title>` + rep(`a<tspan/>`, 150_000) + `</title><path d="M0 0h1"/>`),
		"wide strokes":     svg(rep(`<path d="M0 0L800 1000M9 9L7 800" stroke="#c00" stroke-width="1e9" stroke-miterlimit="1e9" stroke-linejoin="arcs"/>`, 2000)),
		"round joins":      svg(`<path stroke-linejoin="round" stroke-linecap="round" stroke-width="3e4" stroke="#c00" d="M0 0` + rep("l9 9-9 3", 20_000) + `"/>`),
		"transforms":       svg(rep(`<g transform="scale(1e5)">`, 60) + `<path d="M0 0h1v1" stroke="#c00" stroke-dasharray="1 1"/>` + rep(`</g>`, 60)),
		"no box":           `<svg viewBox="-1e8 -1e8 1e-5 1e-5"><path d="M0 0h1v1" stroke="#c00" stroke-dasharray="1 1"/></svg>`,
		"points":           svg(`<polygon stroke="#c00" stroke-dasharray="1 1" points="` + rep("0,0 3e7,3e7 ", 50_000) + `"/>`),
	}
}

// TestEffort: drawings that ask for much are drawn, or refused in words, within amounts that
// do not hang on the machine.
func TestEffort(t *testing.T) {
	if b, err := os.ReadFile("testdata/dash-hang.svg"); err != nil {
		t.Error(err)
	} else {
		checkEffort(t, "dash-hang", b)
	}
	for name, src := range tooMuch() {
		t.Run(name, func(t *testing.T) { checkEffort(t, name, []byte(src)) })
	}
}

func checkEffort(t *testing.T, name string, src []byte) {
	t.Helper()
	start := time.Now()
	before := allocated()
	_, err := Draw(src, 200)
	asked := allocated() - before
	t.Logf("%s: %d bytes, %d MB, %v, %v", name, len(src), asked>>20, time.Since(start), err)
	if err != nil && !errors.As(err, new(EffortError)) && !errors.Is(err, ErrBroken) {
		t.Errorf("unnamed error %v", err)
	}
	if most := mostAsked(len(src)); asked > most {
		t.Errorf("%d bytes took %d MB, most is %d", len(src), asked>>20, most>>20)
	}
}

// mostAsked is what a drawing of n bytes may ask for in all. The corners of the largest path
// are 32 MB, which is asked for again and again as it grows.
func mostAsked(n int) uint64 { return uint64(300<<20 + 120*n) }

// A drawing of many layers is drawn, one of far too many is not, at every run.
func TestEffortIsReckoned(t *testing.T) {
	layers := func(n int) error {
		_, err := Draw([]byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">`+strings.Repeat(`<path d="M0 0H100V100L1 99z"/>`, n)+`</svg>`), 100)
		return err
	}
	for range 2 {
		if err := layers(1000); err != nil {
			t.Errorf("1,000 layers: %v", err)
		}
		if err := layers(40_000); !errors.As(err, new(EffortError)) {
			t.Errorf("40,000 layers: %v", err)
		}
	}
}

// A side that leads far out fills what it filled before it was cut.
func TestCutSides(t *testing.T) {
	near := `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">`
	for _, tt := range []struct{ far, same string }{
		{"M-9e5 20H9e5V60H-9e5z", "M0 20H100V60H0z"},
		{"M-9e5 20H50V60H-9e5z", "M0 20H50V60H0z"},
		{"M50 20H9e5V60H50z", "M50 20H100V60H50z"},
		{"M20-9e5V9e5H60V-9e5z", "M20 0V100H60V0z"},
		{"M20 50V9e5H60V50z", "M20 50V100H60V50z"},
		{"M-9e5-9e5L9e5 9e5H-9e5z", "M0 0L100 100H0z"},
		{"M9e5-9e5L-9e5 9e5H9e5z", "M0 0H100V100H0z"},
		{"M900100-9e5L-9e5 900100H9e5z", "M100 0L0 100H100z"},
		{"M-9e5-9e5H9e5V9e5H-9e5z", "M0 0H100V100H0z"},
		{"M-9e5 200H9e5V900H-9e5z", "M0 0"},
		{"M200-9e5H900V9e5H200z", "M0 0"},
	} {
		for _, size := range []int{100, 700} { // the rasterizer reckons with integers, and with floats
			far, err := Draw([]byte(near+`<path d="`+tt.far+`"/></svg>`), size)
			if err != nil {
				t.Fatal(tt.far, err)
			}
			same, err := Draw([]byte(near+`<path d="`+tt.same+`"/></svg>`), size)
			if err != nil {
				t.Fatal(tt.same, err)
			}
			off := 0
			for i := range far.Pix {
				if d := int(far.Pix[i]) - int(same.Pix[i]); d > 70 || d < -70 { // a sloping side moves by parts of a pixel
					off++
				}
			}
			if off > 4 {
				t.Errorf("%s at %d px: %d values are not those of %s", tt.far, size, off, tt.same)
			}
		}
	}
}

// What <use> names is drawn wherever it stands, where <use> says; what belongs to
// <defs>, <clipPath> and their like is not drawn by itself.
func TestDrawsUse(t *testing.T) {
	box := func(x, y, w, h int) string { return fmt.Sprintf(`<path d="M%d %dh%dv%dh-%dz"/>`, x, y, w, h, w) }
	for _, tt := range []struct{ src, same string }{
		{`<defs><path id="a" d="M0 0h9v9h-9z"/><path d="M50 50h9v9h-9z"/></defs><use href="#a" x="20" y="30"/>`, box(20, 30, 9, 9)},
		{`<path id="a" d="M0 0h9v9h-9z"/><use href="#a" x="20"/>`, box(0, 0, 9, 9) + box(20, 0, 9, 9)},
		{`<use href="#b" x="20"/><defs><g id="b"><use href="#a" y="7"/></g><path id="a" d="M0 0h9v9h-9z"/></defs>`, box(20, 7, 9, 9)},
		{`<symbol id="a"><path d="M0 0h9v9h-9z"/></symbol><use href="#a" transform="translate(1 2)" x="3"/>`, box(4, 2, 9, 9)},
		{`<clipPath id="a"><path d="M0 0h9v9h-9z"/></clipPath><pattern id="p"><path d="M0 0h9v9h-9z"/></pattern>`, ``},
		{`<svg x="5" viewBox="0 0 1 1"><path d="M0 0h9v9h-9z"/></svg>`, box(5, 0, 9, 9)},
		{`<g id="a"><path d="M0 0h9v9h-9z"/></g><use href="#nobody"/>`, box(0, 0, 9, 9)},
	} {
		draw := func(s string) string {
			img, err := Draw([]byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><path d="M99 99h1v1z"/>`+s+`</svg>`), 100)
			if err != nil {
				t.Fatal(s, err)
			}
			return string(img.Pix)
		}
		if draw(tt.src) != draw(tt.same) {
			t.Errorf("%s is not drawn as %s", tt.src, tt.same)
		}
	}
}

// Dashes too fine to be seen are a paler line, an offset counts from the beginning of the
// pattern, and a filled shape is filled once however its outline is drawn.
func TestTamedDashes(t *testing.T) {
	draw := func(attrs string) string {
		img, err := Draw([]byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><path d="M10 50H90V60H10z" fill="#00f" fill-opacity=".5" stroke="#f00" stroke-width="4" `+attrs+`/></svg>`), 100)
		if err != nil {
			t.Fatal(err)
		}
		return string(img.Pix)
	}
	for _, tt := range [][2]string{
		{`stroke-dasharray=".1 .1"`, `stroke-opacity=".5"`},
		{`stroke-dasharray=".1"`, `stroke-opacity=".5"`},
		{`stroke-dasharray="0 0"`, ``},
		{`stroke-dasharray="5 3" stroke-dashoffset="8000002"`, `stroke-dasharray="5 3" stroke-dashoffset="2"`},
		{`stroke-dasharray="5 3" stroke-dashoffset="-6"`, `stroke-dasharray="5 3" stroke-dashoffset="2"`},
		{`stroke-dasharray="5" stroke-dashoffset="8000005"`, `stroke-dasharray="5" stroke-dashoffset="5"`},
		{`stroke-dasharray="` + strings.Repeat("3 4 ", 100) + `"`, ``},
	} {
		if draw(tt[0]) != draw(tt[1]) {
			t.Errorf("%s is not drawn as %s", tt[0], tt[1])
		}
	}
	far := func(attrs string) string {
		img, err := Draw([]byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><path d="M0 50H9e6V60H0z" fill="#00f" fill-opacity=".5" stroke="#f00" `+attrs+`/></svg>`), 100)
		if err != nil {
			t.Fatal(err)
		}
		return string(img.Pix)
	}
	if far(`stroke-dasharray="1 1"`) != far("") {
		t.Error("a line of too many dashes is not drawn whole")
	}
}
