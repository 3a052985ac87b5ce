package pages

import (
	"fmt"
	"strings"
	"testing"

	"mingdeng/internal/content"
	"mingdeng/internal/site"
)

// drawn writes groups as text: bars with their lengths in percent, lone numbers alone.
func drawn(groups []FigureGroup) string {
	var out []string
	for _, g := range groups {
		s := g.Name + ":"
		for _, n := range g.Numbers {
			s += " " + n.Label
		}
		for _, c := range g.Charts {
			s += " [" + c.Unit
			for _, f := range c.Figures {
				s += fmt.Sprintf(" %s=%g", f.Label, f.Bar)
				if f.Was != 0 {
					s += fmt.Sprintf("<%g", f.Was)
				}
			}
			s += "]"
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

func TestChartsCompareOneUnit(t *testing.T) {
	was := func(f float64) *float64 { return &f }
	for _, c := range []struct {
		figures []content.Figure
		want    string
	}{
		{nil, ""},
		{[]content.Figure{{Label: "a", Value: 5, Unit: "人"}}, ": a"},
		{[]content.Figure{{Label: "a", Value: 5, Unit: "人"}, {Label: "b", Value: 100, Unit: "元"}}, ": a b"},
		{[]content.Figure{{Label: "a", Value: 5, Unit: "人"}, {Label: "b", Value: 20, Unit: "人"}, {Label: "c", Value: 3, Unit: "元"}}, ": c [人 a=25 b=100]"},
		{[]content.Figure{{Label: "a", Value: 50, Previous: was(100)}}, ": [ a=50<100]"},
		{[]content.Figure{{Label: "a", Value: 8, Group: "x"}, {Label: "b", Value: 8, Group: "y"}, {Label: "c", Value: 2, Group: "x"}}, "x: [ a=100 c=25]; y: b"},
		{[]content.Figure{{Label: "a", Value: 0}, {Label: "b", Value: 0}}, ": a b"},
		{[]content.Figure{{Label: "a", Value: -3}, {Label: "b", Value: 4}}, ": [ a=0 b=100]"},
	} {
		groups := figureGroups(c.figures)
		if got := drawn(groups); got != c.want {
			t.Errorf("%+v: %s, want %s", c.figures, got, c.want)
		}
		total := 0
		for _, g := range groups {
			total += len(g.Figures)
		}
		if total != len(c.figures) {
			t.Errorf("%+v: the table has %d figures", c.figures, total)
		}
	}
}

func TestMostHeld(t *testing.T) {
	honor := func(title string, holders int) *site.Honor {
		return &site.Honor{Honor: &content.Honor{Title: title}, Roll: make([]*site.Hero, holders)}
	}
	list := []*site.Honor{honor("a", 1), honor("b", 0), honor("c", 3), honor("d", 1), honor("e", 2)}
	for n, want := range []string{"", "c", "ce", "ace", "acde", "acde"} {
		got := ""
		for _, h := range mostHeld(list, n) {
			got += h.Title
		}
		if got != want {
			t.Errorf("the %d most held: %s, want %s", n, got, want)
		}
	}
	if list[1].Title != "b" {
		t.Error("the list itself was changed")
	}
}
