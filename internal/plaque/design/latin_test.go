package design

import (
	"strings"
	"testing"

	"mingdeng/internal/diag"
)

const long = "Abdurahman Memetimin Turdi of Kashgar"

// What is long in Latin letters takes a line more before it is refused, in texts and flows,
// and stays in its box; where even that does not do, the finding names it.
func TestOneLineMore(t *testing.T) {
	for _, box := range []string{
		`{text: "{name}", x: 40, y: 300, width: 400, height: 120, size: 60, min: 30, lines: 1, middle: true}`,
		`{x: 40, y: 300, width: 400, height: 120, middle: true, flow: [{text: "{name}", size: 60, min: 30, lines: 1}]}`,
	} {
		d, found := load("width: 1000\nheight: 1000\ndistance: 1.5\nmaterial: acrylic\npanel: \"#FFFFFF\"\nmark: \"#000000\"\nboxes:\n  - {code: true, x: 760, y: 760, width: 180}\n  - " + box + "\n")
		if len(found) > 0 {
			t.Fatal(found)
		}
		p := plaque(t, "")
		p.Fields["name"] = long
		l, problems := Compose(d, p)
		if len(problems) > 0 {
			t.Fatalf("%s: %v", box, problems)
		}
		if at := texts(l); at.X < 40-1 || at.X+at.W > 441 || at.Y < 300 || at.Y+at.H > 420 || at.H < 60 {
			t.Errorf("%s: the name stands at %+v", box, at)
		}
		p.Fields["name"] = strings.Repeat(long+" ", 4)
		if _, problems = Compose(d, p); len(problems) != 1 || problems[0].Code != diag.PlaqueFit || !strings.HasPrefix(problems[0].Args[0].(string), "Abdurahman") {
			t.Errorf("%s: four times as long: %v", box, problems)
		}
	}
}

// A story in Latin letters loses sentences, not its place.
func TestLatinIsShortened(t *testing.T) {
	d, _ := load(board)
	p := boardPlaque(t)
	p.Fields["more"] = "…"
	p.Fields["story"] = strings.Repeat("It had been raining for six hours. ", 60)
	l, problems := Compose(d, p)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if at := texts(l); at.Y+at.H > 940+20 {
		t.Errorf("the texts reach down to %g mm", at.Y+at.H)
	}
}
