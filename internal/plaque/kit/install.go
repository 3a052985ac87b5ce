package kit

import (
	"bytes"
	_ "embed"
	"html/template"

	"mingdeng/internal/plaque/design"
)

//go:embed install.html
var installSource string

var installPage = template.Must(template.New("install").Parse(installSource))

// Install is the checklist for whoever mounts the plaques of a venue.
type Install struct {
	Venue Venue
	Style string // href of the site's style sheet
	Plan  string // href of the venue's plan, or ""
	Rows  []InstallRow
}

// InstallRow is one plaque to be mounted.
type InstallRow struct {
	Code, Exhibit, Number string
	W, H                  float64 // mm
	Material              string
	X, Y                  float64 // on the plan, percent
	OnPlan                bool
}

// NewInstall lays every plaque of the venue out to tell its size.
func NewInstall(v Venue, designs map[string]*design.Design, style, plan string) (*Install, error) {
	page := &Install{Venue: v, Style: style, Plan: plan}
	for _, p := range v.Plaques {
		l, err := lay(p, designs[p.Design])
		if err != nil {
			return nil, err
		}
		r := InstallRow{Code: p.Code, Exhibit: p.Exhibit, Number: p.Number, W: round(l.W), H: round(l.H), Material: p.MaterialName}
		if len(p.PlanAt) == 2 {
			r.OnPlan, r.X, r.Y = true, round(p.PlanAt[0]*100), round(p.PlanAt[1]*100)
		}
		page.Rows = append(page.Rows, r)
	}
	return page, nil
}

// HTML writes the page.
func (p *Install) HTML(w *bytes.Buffer) error { return installPage.Execute(w, p) }
