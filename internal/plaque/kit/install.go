package kit

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"math"
)

// The checklist of a venue for whoever mounts its plaques: a page for a phone and for paper,
// by itself, without the looks of a theme. Its ticks are kept in the browser by its script;
// without script and on paper they are boxes.
var (
	//go:embed install.html
	installSource string
	// InstallStyle is the page's style sheet.
	//go:embed install.css
	InstallStyle []byte
	// InstallScript keeps its ticks.
	//go:embed install.js
	InstallScript []byte
)

var installPage = template.Must(template.New("install").Parse(installSource))

// Install is the page. It is written on sheets of paper, each by itself: with a plan that
// shows its own pieces alone.
type Install struct {
	Slug, Name    string // of the venue
	Style, Script string // hrefs
	Plan          *InstallPlan
	Sheets        []InstallSheet
}

// InstallPlan is the picture of a venue's plan.
type InstallPlan struct {
	Src, Alt string
	W, H     int // of the picture; only the proportion counts
}

// InstallSheet is what stands on one sheet.
type InstallSheet struct {
	N, Of    int
	From, To int // numbers of its pieces
	Pieces   []Piece
	View     string // viewBox of its plan; "" for none
	W, H     float64
	Marks    []Mark
}

// Piece is one plaque to be mounted.
type Piece struct {
	N                     int // in the order of walking, from 1
	Code, Exhibit, Number string
	Material              string    // as people call it
	At                    []float64 // on the plan, 0 to 1, or nil
	Facts                 Facts
}

// Mark is a piece's number on the plan; where others are in the way it stands aside, and a
// line leads to the place. Units are those of a plan 1000 wide.
type Mark struct {
	N        int
	X, Y     float64 // of the number
	AtX, AtY float64 // of the place
	Aside    bool
}

// Height of the code's centre above the ground, mm: what those in a wheelchair and children
// can hold a phone to, and grown-ups need not stoop for.
const (
	lowest  = 1000
	highest = 1400
)

// Edge says how high the lower edge hangs, so that the code's centre is 1.0 to 1.4 m above
// the ground.
func (p Piece) Edge() string {
	low, high := math.Ceil((lowest-p.Facts.Rise)/10), math.Floor((highest-p.Facts.Rise)/10)
	switch {
	case high <= 0:
		return fmt.Sprintf("落地立放；码中心高 %.0f 厘米，偏高", p.Facts.Rise/10)
	case low <= 0:
		return fmt.Sprintf("落地，或不高于 %.0f 厘米", high)
	}
	return fmt.Sprintf("%.0f–%.0f 厘米", low, high)
}

// How many pieces go on a sheet, with a plan and without.
const (
	onSheet        = 14
	onSheetNoPlans = 20
)

// NewInstall puts pieces, in the order of walking, on sheets of about the same length.
func NewInstall(v Venue, style, script string, plan *InstallPlan, pieces []Piece) *Install {
	page := &Install{Slug: v.Slug, Name: v.Name, Style: style, Script: script, Plan: plan}
	most := onSheetNoPlans
	if plan != nil {
		most = onSheet
	}
	sheets := (len(pieces) + most - 1) / most
	for i := range sheets {
		from, to := i*len(pieces)/sheets, (i+1)*len(pieces)/sheets
		s := InstallSheet{N: i + 1, Of: sheets, From: from + 1, To: to, Pieces: pieces[from:to]}
		for j := range s.Pieces {
			s.Pieces[j].N = from + j + 1
		}
		if plan != nil {
			s.W, s.H = 1000, math.Round(1000*float64(plan.H)/float64(plan.W))
			s.View = fmt.Sprintf("0 0 %g %g", s.W, s.H)
			s.Marks = marks(s.Pieces, s.H)
		}
		page.Sheets = append(page.Sheets, s)
	}
	return page
}

// MarkSize is the radius of a number's disc on a plan 1000 wide.
const MarkSize = 17.0

// marks puts the numbers on the plan, each at its place or, if another is there, as near as
// there is room.
func marks(pieces []Piece, height float64) []Mark {
	var out []Mark
	free := func(x, y float64) bool {
		if x < MarkSize || y < MarkSize || x > 1000-MarkSize || y > height-MarkSize {
			return false
		}
		for _, m := range out {
			if math.Hypot(m.X-x, m.Y-y) < 2*MarkSize+2 {
				return false
			}
		}
		return true
	}
	for _, p := range pieces {
		if len(p.At) != 2 {
			continue
		}
		x, y := p.At[0]*1000, p.At[1]*height
		m := Mark{N: p.N, X: x, Y: y, AtX: x, AtY: y}
		const turns = 16
		for ring := range 12 {
			found := ring == 0 && free(x, y)
			for turn := 0; turn < turns && ring > 0 && !found; turn++ {
				sin, cos := math.Sincos(2 * math.Pi * float64(turn) / turns)
				r := float64(ring+1) * MarkSize * 1.1
				m.X, m.Y = x+r*cos, y+r*sin
				found = free(m.X, m.Y)
			}
			if found {
				break
			}
			m.X, m.Y = x, y
		}
		m.Aside = m.X != x || m.Y != y
		m.X, m.Y, m.AtX, m.AtY = round(m.X), round(m.Y), round(m.AtX), round(m.AtY)
		out = append(out, m)
	}
	return out
}

// HTML writes the page.
func (p *Install) HTML(w *bytes.Buffer) error { return installPage.Execute(w, p) }
