package plaques

import (
	"slices"
	"strings"
	"testing"

	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/project"
	"mingdeng/internal/site"
	"mingdeng/themes"
)

// builtin are the themes that tests load sites with, each loaded once.
var builtin = project.NewThemes(themes.FS)

// Of the demo site's people nobody withheld is said by any design at any exhibit; a wall of
// all names has everybody else once, by strokes.
func TestWhatPlaquesSay(t *testing.T) {
	s, root, err := open(project.Options{Root: "../..", Out: "public", Today: date.Date{Year: 2026, Month: 11, Day: 30}, Themes: builtin, StartAt: 1})
	if err != nil || s.found.Errors() > 0 {
		t.Fatal(err, s.found.Sorted())
	}
	defer root.Close()
	if len(s.Model.Withheld) == 0 {
		t.Fatal("the demo has lost the person who has not consented")
	}
	look := s.Theme.Edition(string(s.Model.Editions[0].Tag))
	walls := 0
	for _, v := range s.Model.Editions[0].Venues {
		for _, x := range v.Exhibits {
			var said []string
			for name := range s.Designs {
				j := s.plaqueJob(&site.Code{Code: previewCode, Exhibit: x, Venue: v}, &content.Plaque{Design: name})
				for _, words := range j.plaque.Fields {
					said = append(said, words)
				}
				for _, f := range j.plaque.Facts {
					said = append(said, f.Value)
				}
			}
			var names []string
			for _, r := range s.rolls(x, look) {
				names = append(names, r.Names...)
			}
			all := strings.Join(append(said, names...), "\n")
			for _, w := range s.Model.Withheld {
				for _, name := range w.Names {
					if len(name) > 3 && strings.Contains(all, name) {
						t.Errorf("%s/%s names %q", v.Slug, x.Slug, name)
					}
				}
			}
			if len(x.Heroes) < 2 {
				walls++
				slices.Sort(names)
				if want := len(s.Model.Editions[0].Heroes); len(slices.Compact(names)) != want {
					t.Errorf("%s/%s: %d names of %d", v.Slug, x.Slug, len(names), want)
				}
			}
		}
	}
	if walls == 0 {
		t.Error("no exhibit stands for all")
	}
}

// A board says how far the next stop is where the plan's width was measured, in the words
// of the theme; the last stop says nothing, nor does a venue that
// nobody measured.
func TestSteps(t *testing.T) {
	s, root, err := open(project.Options{Root: "../..", Out: "public", Today: date.Date{Year: 2026, Month: 11, Day: 30}, Themes: builtin, StartAt: 1})
	if err != nil || s.found.Errors() > 0 {
		t.Fatal(err, s.found.Sorted())
	}
	defer root.Close()
	var got []string
	for _, v := range s.Model.Editions[0].Venues {
		for _, x := range v.Exhibits {
			j := s.plaqueJob(&site.Code{Code: previewCode, Exhibit: x, Venue: v}, &content.Plaque{Design: "board"})
			steps := j.plaque.Fields["steps"]
			if v.PlanWidth == 0 && steps != "" {
				t.Errorf("%s/%s says %s, and nobody measured", v.Slug, x.Slug, steps)
			}
			if v.Slug == "chang-di-chang-lang" {
				got = append(got, steps)
			}
		}
	}
	want := "约 60 米|约 50 米|约 50 米|约 50 米|约 50 米|约 50 米|约 50 米|约 50 米|"
	if strings.Join(got, "|") != want {
		t.Errorf("%q", got)
	}
}
