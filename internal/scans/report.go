package scans

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"mingdeng/internal/plaque/code"
)

// Format names the JSON of a [Report], so that another is not taken for it.
const Format = "mingdeng scans 1"

// Report is what was counted. Its JSON is what `mingdeng scans --format json` writes and
// `mingdeng report` reads.
type Report struct {
	Format string `json:"format"`
	From   string `json:"from,omitempty"` // the first and the last day that the logs tell of
	To     string `json:"to,omitempty"`

	Openings int64 `json:"openings"` // of plaques in force
	Retired  int64 `json:"retired_openings"`
	Robots   int64 `json:"robots"`
	Previews int64 `json:"previews"`
	Failed   int64 `json:"failed"`
	Unknown  int64 `json:"unknown_requests"` // for codes that were never issued

	Months   []Month   `json:"months"`   // each from the first to the last
	Venues   []Venue   `json:"venues"`   // most opened first, as all that follow
	Exhibits []Exhibit `json:"exhibits"` // those with a plaque in force
	Codes    []Code    `json:"codes"`    // every code ever issued
	Strange  []Strange `json:"unknown"`  // codes that were never issued

	Lines    int64   `json:"lines"`
	Requests int64   `json:"requests"`
	Odd      int64   `json:"odd_lines"`
	Places   []Place `json:"odd_places,omitempty"` // the first of them
}

// Month is what happened in a month: "2026-11".
type Month struct {
	Month    string `json:"month"`
	Openings int64  `json:"openings"`
	Retired  int64  `json:"retired_openings"`
	Robots   int64  `json:"robots"`
	Previews int64  `json:"previews"`
	Failed   int64  `json:"failed"`
}

// Monthly is how often something was opened, by month; months without are left out.
type Monthly map[string]int64

// Venue is a venue with the plaques in force that hang there.
type Venue struct {
	Venue    string  `json:"venue"`
	Name     string  `json:"name"`
	Openings int64   `json:"openings"`
	Months   Monthly `json:"months"`
}

// Exhibit is an exhibit with its plaque.
type Exhibit struct {
	Exhibit   string  `json:"exhibit"` // VENUE/EXHIBIT
	Name      string  `json:"name"`
	VenueName string  `json:"venue_name"`
	Openings  int64   `json:"openings"`
	Months    Monthly `json:"months"`
}

// Code is one plaque.
type Code struct {
	Code      string  `json:"code"`
	Retired   bool    `json:"retired,omitempty"`
	Exhibit   string  `json:"exhibit,omitempty"`
	Name      string  `json:"name,omitempty"`
	Venue     string  `json:"venue,omitempty"`
	VenueName string  `json:"venue_name,omitempty"`
	Openings  int64   `json:"openings"`
	Failed    int64   `json:"failed"`
	Robots    int64   `json:"robots"`
	Previews  int64   `json:"previews"`
	Months    Monthly `json:"months"`
	failing   Monthly
}

// Strange is a code that was asked for and never issued.
type Strange struct {
	Code     string   `json:"code"`
	Requests int64    `json:"requests"`
	Near     []string `json:"near,omitempty"` // codes it may have been meant for
}

// mostStrange is how many codes that were never issued are told, the most asked first.
const mostStrange = 200

func monthName(m int16) string { return fmt.Sprintf("%04d-%02d", m/12, m%12+1) }

func dayName(d int32) string {
	if d == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d/10000, d/100%100, d%100)
}

// Report sums up what was counted so far.
func (c *Counter) Report() *Report {
	t := c.all
	r := &Report{
		Format: Format, From: dayName(t.first), To: dayName(t.last), Months: []Month{}, Venues: []Venue{}, Exhibits: []Exhibit{}, Codes: []Code{}, Strange: []Strange{},
		Lines: t.lines, Requests: t.requests, Odd: t.odd, Places: c.places, Unknown: t.others + t.misshapen,
	}
	for _, p := range c.plaques {
		r.Codes = append(r.Codes, Code{Code: p.Code, Retired: p.Retired, Exhibit: p.Exhibit, Name: p.Name, Venue: p.Venue, VenueName: p.VenueName, Months: Monthly{}, failing: Monthly{}})
	}
	months := map[int16]*Month{}
	for at, n := range t.cells {
		m := months[at.month]
		if m == nil {
			m = &Month{Month: monthName(at.month)}
			months[at.month] = m
		}
		of := &Code{}
		if at.plaque != nowhere {
			of = &r.Codes[at.plaque]
		}
		switch at.kind {
		case opened:
			of.Openings += n
			of.Months[m.Month] += n
			if of.Retired {
				m.Retired += n
				r.Retired += n
			} else {
				m.Openings += n
				r.Openings += n
			}
		case failed:
			of.Failed += n
			of.failing[m.Month] += n
			m.Failed += n
			r.Failed += n
		case robot:
			of.Robots += n
			m.Robots += n
			r.Robots += n
		case preview:
			of.Previews += n
			m.Previews += n
			r.Previews += n
		}
	}
	r.spread(months)
	r.join()
	var issued []string
	for _, p := range c.plaques {
		issued = append(issued, p.Code)
	}
	for asked, n := range t.unknown {
		r.Unknown += n
		r.Strange = append(r.Strange, Strange{Code: asked, Requests: n})
	}
	slices.SortFunc(r.Strange, func(a, b Strange) int {
		return cmp.Or(cmp.Compare(b.Requests, a.Requests), cmp.Compare(a.Code, b.Code))
	})
	r.Strange = r.Strange[:min(len(r.Strange), mostStrange)]
	for i := range r.Strange {
		near := code.Near(r.Strange[i].Code, issued)
		r.Strange[i].Near = near[:min(len(near), 3)]
	}
	return r
}

// spread lists the months from the first to the last in which something happened.
func (r *Report) spread(months map[int16]*Month) {
	first, last := int16(0), int16(-1)
	for m := range months {
		if last < 0 || m < first {
			first = m
		}
		last = max(last, m)
	}
	for m := first; m <= last; m++ {
		if months[m] == nil {
			months[m] = &Month{Month: monthName(m)}
		}
		r.Months = append(r.Months, *months[m])
	}
}

// join sums the codes up by exhibit and venue, and orders all.
func (r *Report) join() {
	exhibits, venues := map[string]int{}, map[string]int{}
	for _, c := range r.Codes {
		if c.Retired {
			continue
		}
		x, known := exhibits[c.Exhibit]
		if !known {
			x, exhibits[c.Exhibit] = len(r.Exhibits), len(r.Exhibits)
			r.Exhibits = append(r.Exhibits, Exhibit{Exhibit: c.Exhibit, Name: c.Name, VenueName: c.VenueName, Months: Monthly{}})
		}
		v, known := venues[c.Venue]
		if !known {
			v, venues[c.Venue] = len(r.Venues), len(r.Venues)
			r.Venues = append(r.Venues, Venue{Venue: c.Venue, Name: c.VenueName, Months: Monthly{}})
		}
		r.Exhibits[x].Openings += c.Openings
		r.Venues[v].Openings += c.Openings
		for m, n := range c.Months {
			r.Exhibits[x].Months[m] += n
			r.Venues[v].Months[m] += n
		}
	}
	slices.SortFunc(r.Codes, func(a, b Code) int { return cmp.Or(cmp.Compare(b.Openings, a.Openings), cmp.Compare(a.Code, b.Code)) })
	slices.SortFunc(r.Exhibits, func(a, b Exhibit) int {
		return cmp.Or(cmp.Compare(b.Openings, a.Openings), cmp.Compare(a.Exhibit, b.Exhibit))
	})
	slices.SortFunc(r.Venues, func(a, b Venue) int {
		return cmp.Or(cmp.Compare(b.Openings, a.Openings), cmp.Compare(a.Venue, b.Venue))
	})
}

// JSON writes the report as one object.
func (r *Report) JSON(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(r)
}

// ErrFormat says that a file is no report of scans.
var ErrFormat = errors.New("not a report of scans")

// mostJSON is how large a report may be: a site of 100,000 plaques writes some 60 MB.
const mostJSON = 256 << 20

// ReadReport reads what [Report.JSON] wrote.
func ReadReport(in io.Reader) (*Report, error) {
	r := &Report{}
	if err := json.NewDecoder(io.LimitReader(in, mostJSON)).Decode(r); err != nil || r.Format != Format {
		return nil, ErrFormat
	}
	return r, nil
}

// Of is how often something was opened in some months.
func (m Monthly) Of(months []string) int64 {
	n := int64(0)
	for _, name := range months {
		n += m[name]
	}
	return n
}
