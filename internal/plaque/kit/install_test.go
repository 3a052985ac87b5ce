package kit

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"testing"
)

func pieces(n int, at func(i int) []float64) []Piece {
	out := make([]Piece, n)
	for i := range out {
		out[i] = Piece{Code: fmt.Sprintf("C%03d", i), Exhibit: "展板", Material: "石", At: at(i), Facts: Facts{W: 210, H: 280, Rise: 68}}
	}
	return out
}

func TestInstall(t *testing.T) {
	v := Venue{Slug: "park", Name: "长堤主题公园"}
	plan := &InstallPlan{Src: "../../plan.svg", Alt: "公园的路", W: 900, H: 600}
	for _, x := range []struct {
		pieces, sheets int
		plan           *InstallPlan
	}{{1, 1, plan}, {14, 1, plan}, {15, 2, plan}, {54, 4, plan}, {20, 1, nil}, {21, 2, nil}} {
		page := NewInstall(v, "a.css", "a.js", x.plan, pieces(x.pieces, func(int) []float64 { return []float64{0.25, 0.5} }))
		if len(page.Sheets) != x.sheets {
			t.Errorf("%d pieces are on %d sheets, not %d", x.pieces, len(page.Sheets), x.sheets)
		}
		n := 0
		for _, s := range page.Sheets {
			for _, p := range s.Pieces {
				if n++; p.N != n {
					t.Errorf("piece %d is called %d", n, p.N)
				}
			}
			if x.plan != nil && len(s.Marks) != len(s.Pieces) {
				t.Errorf("%d marks for %d pieces", len(s.Marks), len(s.Pieces))
			}
		}
		if n != x.pieces {
			t.Errorf("%d of %d pieces", n, x.pieces)
		}
	}
	var w bytes.Buffer
	if err := NewInstall(v, "a.css", "a.js", plan, pieces(1, func(int) []float64 { return []float64{0.25, 0.5} })).HTML(&w); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`name="C000-up"`, `name="C000-read"`, "<td class=\"of\">石</td>", `cx="250" cy="333.5"`, "94–133 厘米", `href="../../plan.svg"`, `data-venue="park"`} {
		if !strings.Contains(w.String(), want) {
			t.Errorf("the checklist lacks %q", want)
		}
	}
	if strings.Contains(w.String(), "style=") {
		t.Error("a style within the page is refused by its policy")
	}
}

// TestMarks: numbers of pieces that hang close together do not cover each other, and stay on
// the plan.
func TestMarks(t *testing.T) {
	for name, at := range map[string]func(i int) []float64{
		"one place": func(int) []float64 { return []float64{0.5, 0.5} },
		"a corner":  func(int) []float64 { return []float64{0, 0} },
		"a row":     func(i int) []float64 { return []float64{float64(i) / 90, 1} },
	} {
		list := marks(pieces(onSheet, at), 600)
		for i, a := range list {
			if a.X < MarkSize || a.Y < MarkSize || a.X > 1000-MarkSize || a.Y > 600-MarkSize {
				t.Errorf("%s: %d is not on the plan: %+v", name, i, a)
			}
			for _, b := range list[:i] {
				if math.Hypot(a.X-b.X, a.Y-b.Y) < 2*MarkSize {
					t.Errorf("%s: %+v covers %+v", name, a, b)
				}
			}
		}
	}
}

func TestEdge(t *testing.T) {
	for _, x := range []struct {
		rise float64
		want string
	}{
		{68, "94–133 厘米"}, {0, "100–140 厘米"}, {999, "1–40 厘米"}, {1000, "落地，或不高于 40 厘米"}, {1399, "落地立放；码中心高 140 厘米，偏高"}, {1500, "落地立放；码中心高 150 厘米，偏高"},
	} {
		if got := (Piece{Facts: Facts{Rise: x.rise}}).Edge(); got != x.want {
			t.Errorf("a code %g mm above the edge: %q, not %q", x.rise, got, x.want)
		}
	}
}
