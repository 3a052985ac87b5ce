package picture

import (
	"math"
	"strings"
	"testing"
)

// TestAmounts: what no eye can tell from less is cut down to it in a published drawing.
func TestAmounts(t *testing.T) {
	for _, tt := range []struct{ src, want string }{
		// What drawings have stays as it is, letter by letter.
		{`<path d="M0 5H800" stroke-dasharray="4, 2" stroke-dashoffset="3e7"/>`, `=`},
		{`<path d="M0 5H800" stroke-dasharray="0.1 0.1"/>`, `=`},
		{`<filter id="f"><feGaussianBlur stdDeviation="3 0"/><feTurbulence numOctaves="5"/><feMorphology radius="2"/><feConvolveMatrix order="3,3"/></filter>`, `=`},
		{`<pattern id="p" width="10%" height="0.5"/><pattern id="q" patternUnits="userSpaceOnUse" width="2" height="2px"/><rect width="1" height="0.00001"/>`, `=`},
		{`<path style="filter:blur(5px) drop-shadow(1px 2px 3px #000)"/>`, `=`},

		{`<feTurbulence numOctaves="1000000000"/>`, `<feTurbulence numOctaves="8"/>`},
		{`<feTurbulence numOctaves="1e99"/>`, `<feTurbulence numOctaves="8"/>`},
		{`<feTurbulence numOctaves="lots"/>`, `<feTurbulence/>`},
		{`<feGaussianBlur stdDeviation="3 1e8"/>`, `<feGaussianBlur stdDeviation="3 125"/>`},
		{`<feGaussianBlur stdDeviation="1 2 3"/>`, `<feGaussianBlur/>`},
		{`<feMorphology radius="1e8,1e8"/>`, `<feMorphology radius="125 125"/>`},
		{`<feConvolveMatrix order="10000"/>`, `<feConvolveMatrix/>`},
		{`<pattern id="p" width="0.00001" height="1"/>`, `<pattern id="p" height="1"/>`},
		{`<pattern id="p" width="0.001%" height="1"/>`, `<pattern id="p" height="1"/>`},
		{`<pattern id="p" patternUnits="userSpaceOnUse" width="1e-8px" height="9"/>`, `<pattern id="p" patternUnits="userSpaceOnUse" height="9"/>`},
		{`<path style="fill:red;filter:blur(1e9px)"/>`, `<path style="fill:red"/>`},
		{`<path filter="blur(9999999px)"/>`, `<path/>`},
		{`<path style="filter:` + strings.Repeat("blur(1px) ", 99) + `"/>`, `<path/>`},
		{`<style>*{filter:blur(2px)}.a{filter:blur(2px)}</style><path class="a"/>`, `<style>.a{filter:blur(2px)}</style><path class="a"/>`},

		// Dashes: all of them go where they are too many, and they alone.
		{`<path d="M0 5H99999999" stroke="#c00" stroke-dasharray="1 1"/>`, `<path d="M0 5H99999999" stroke="#c00"/>`},
		{`<path d="M0 5H800" stroke-dasharray="0.00001"/>`, `<path d="M0 5H800"/>`},
		{`<path d="M0 5H800" stroke-dasharray="0 0"/>`, `=`},
		{`<g style="stroke-dasharray:1e-7"><path d="M0 5H800"/></g>`, `<g><path d="M0 5H800"/></g>`},
		{`<g stroke-dasharray="1e-7"><path stroke-dasharray="9" d="M0 5H800"/></g>`, `=`},
		{`<style>path{stroke-dasharray:1e-7;fill:red}</style><path d="M0 5H800"/>`, `<style>path{fill:red}</style><path d="M0 5H800"/>`},
		{`<path d="M0 5H800"/><style>path{stroke-dasharray:1e-7;fill:red}</style>`, `<path d="M0 5H800"/><style>path{fill:red}</style>`},
		{`<path d="M0 0A9e6 9e6 0 1 1 9 9" stroke-dasharray="1"/>`, `<path d="M0 0A9e6 9e6 0 1 1 9 9"/>`},
		{`<circle r="9e7" stroke-dasharray="1"/><line x2="9e8" stroke-dasharray="1"/>`, `<circle r="9e7"/><line x2="9e8"/>`},
		{`<path d="M0 5h8" pathLength="999999999" stroke-dasharray="1"/>`, `<path d="M0 5h8" pathLength="999999999"/>`},
		{`<polygon points="0,0 9e7,9e7" stroke-dasharray="1"/>`, `<polygon points="0,0 9e7,9e7"/>`},
		{`<path id="a" d="M0 5H80000" stroke-dasharray="1"/>` + strings.Repeat(`<use xlink:href="#a"/>`, 100), `<path id="a" d="M0 5H80000"/>` + strings.Repeat(`<use xlink:href="#a"/>`, 100)},
	} {
		head, ns := `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 1000">`, ` xmlns:xlink="http://www.w3.org/1999/xlink"`
		if strings.Contains(tt.src, "xlink:") {
			head = strings.Replace(head, ` viewBox`, ns+` viewBox`, 1)
		}
		want := tt.want
		if want == "=" {
			want = tt.src
		}
		got, err := clean(head + tt.src + "</svg>")
		if got = strings.TrimSuffix(strings.TrimPrefix(got, head), "</svg>"); err != nil || got != want {
			t.Errorf("%.200s:\ngot  %.300s, %v\nwant %.300s", tt.src, got, err, want)
		}
	}
}

// TestCosts: what costs too much in a browser is refused, with its reason.
func TestCosts(t *testing.T) {
	rep := strings.Repeat
	steps := `<filter id="f">` + rep(`<feGaussianBlur/>`, 10) + `</filter>`
	for _, tt := range []struct{ name, src, why string }{
		{"filters", steps + rep(`<path filter="url(#f)"/>`, 2000), "costs as much"},
		{"filters by style", steps + rep(`<path style="filter:url(#f)"/>`, 2000), "costs as much"},
		{"filters of CSS", rep(`<path style="filter:blur(9px) blur(8px)"/>`, 9000), "costs as much"},
		{"filters by class", `<style>.a{filter:blur(9px)}</style>` + rep(`<path class="a"/>`, 9000), "costs as much"},
		{"a long path, often", `<path id="a" d="M0 0` + rep("h1v1", 20_000) + `"/>` + rep(`<use href="#a"/>`, 1000), "costs as much"},
		{"dashes cannot help", `<path stroke-dasharray="1e-9" d="M0 0H9"/>` + steps + rep(`<path filter="url(#f)"/>`, 2000), "costs as much"},
		{"rules for all", `<style>` + rep(`g path{fill:red}`, 3000) + `</style>` + rep(`<path/>`, 9000), "style rules"},
		{"filters, not so many", steps + rep(`<path filter="url(#f)"/>`, 300), ""},
		{"rules for classes", `<style>` + rep(`.a{fill:red}`, 3000) + `</style>` + rep(`<path class="a"/>`, 9000), ""},
	} {
		_, err := clean(svgHead + tt.src + "</svg>")
		if (err != nil) != (tt.why != "") || err != nil && !strings.Contains(err.Error(), tt.why) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.why)
		}
	}
}

func TestPathLength(t *testing.T) {
	for _, tt := range []struct {
		d    string
		want float64
	}{
		{"M0 0H10V10H0Z", 40},
		{"m5 5 10 0 0 10z", 40},
		{"M5,5L15,5", 10},
		{"M.5.5 10.5.5", 10},
		{"M1-1-1-1", 2},
		{"M0 0h1e1", 10},
		{"M0 0q5 0 10 0t10 0", 20},
		{"M0 0c1 0 2 0 3 0s2 0 3 0", 6},
		{"M0 0a1 1 0 0 0 0 0", 14},
		{"", 0}, {"M", 0}, {"9 9 9", 0}, {"M0 0 L e", 0},
	} {
		if got := pathLength(tt.d); math.Abs(got-tt.want) > 1e-9 {
			t.Errorf("%q: %v, want %v", tt.d, got, tt.want)
		}
	}
	if got := pathLength("M0 0h1e300"); got < 1e8 {
		t.Errorf("a number out of range: %v", got)
	}
}
