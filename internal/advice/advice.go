// Package advice looks a project over for what only `mingdeng check` asks: what is unfinished
// or unwise and no error. Each function looks for one sort of thing and returns its findings.
package advice

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/project"
	"mingdeng/internal/site"
)

// LapseDays is how many days ahead a consent's end is told.
const LapseDays = 60

// look is one look at a project; several goroutines add to found.
type look struct {
	*project.Project
	found diag.List
}

// Unfinished looks for alternative texts that repeat captions, honours without a year,
// numbers of briefs that jump, consents that lapse soon.
func Unfinished(p *project.Project) []diag.Finding {
	s := &look{Project: p}
	for _, e := range s.Model.Editions {
		for _, h := range e.Heroes {
			s.honorYears(h)
			s.lapsing(h)
		}
		for _, b := range e.Briefs {
			for _, p := range b.Gallery {
				if same(p.Alt, p.Caption) {
					s.found.Add(diag.AltRepeats.At(b.Path, p.Src.Pos, p.Caption))
				}
			}
		}
	}
	s.numbers()
	return s.found.Sorted()
}

// captioned is a picture of a text with its alternative text and its caption.
var captioned = regexp.MustCompile(`!\[([^\]\n]+)\]\([^()\s]+\s+"([^"\n]+)"\)`)

// altRepeats looks for pictures of a text whose caption says what their alternative
// text says already.
func (s *look) altRepeats(h *content.Head, body []byte) {
	if !bytes.Contains(body, []byte("![")) {
		return
	}
	for i, line := range bytes.Split(body, []byte{'\n'}) {
		for _, m := range captioned.FindAllSubmatchIndex(line, -1) {
			alt, caption := string(line[m[2]:m[3]]), string(line[m[4]:m[5]])
			if same(alt, caption) {
				at := diag.Pos{Line: h.Body.Line + i, Col: 1 + utf8.RuneCount(line[:m[2]])}
				s.found.Add(diag.AltRepeats.At(h.Path, at, caption).Replace(alt+"]", "…]"))
			}
		}
	}
}

func same(alt, caption string) bool {
	trim := func(s string) string { return strings.TrimRight(strings.TrimSpace(s), "。.") }
	return trim(alt) != "" && trim(alt) == trim(caption)
}

// honorYears reports honours of which neither year nor session is given.
func (s *look) honorYears(h *site.Hero) {
	var lines []string
	for _, held := range h.Honors {
		if held.Year != 0 || held.Session != "" {
			continue
		}
		if lines == nil {
			lines = strings.Split(string(content.ReadText(s.Texts, h.Path)), "\n")
		}
		words := cmp.Or(held.Title, held.Honor.Slug)
		f := diag.HonorYear.At(h.Path, h.At("honors"), words)
		for n := f.Pos.Line; n <= len(lines); n++ {
			line := lines[n-1]
			at := strings.Index(line, words)
			if at < 0 {
				continue
			}
			f.Pos = diag.Pos{Line: n, Col: 1 + utf8.RuneCountInString(line[:at])}
			if key := strings.TrimLeft(line, " -"); !strings.Contains(line, "{") && strings.Contains(key, ": ") {
				f = f.Put(n+1, strings.Repeat(" ", len(line)-len(key))+"年份: …")
			}
			break
		}
		s.found.Add(f)
	}
}

// lapsing reports a consent that ends within the notice.
func (s *look) lapsing(h *site.Hero) {
	if h.Consent.Until.IsZero() {
		return
	}
	if left := days(s.Today, h.Consent.Until.Last()); left <= LapseDays {
		s.found.Add(diag.ConsentLapses.At(h.Path, h.At("consent"), h.Name, h.Consent.Until.Last(), left))
	}
}

// days counts from one day to another.
func days(from, to date.Date) int {
	at := func(d date.Date) time.Time {
		return time.Date(d.Year, time.Month(d.Month), int(d.Day), 0, 0, 0, 0, time.UTC)
	}
	return int(at(to).Sub(at(from)).Hours() / 24)
}

// numbers looks at the numbers of a year's briefs, drafts among them: they count too.
func (s *look) numbers() {
	years := map[string][]*content.Brief{}
	for _, b := range s.Content.Briefs {
		if b.Number > 0 && b.Edition == "" && !b.Faulty {
			years[b.Parent] = append(years[b.Parent], b)
		}
	}
	for _, list := range years {
		slices.SortFunc(list, func(a, b *content.Brief) int {
			return cmp.Or(a.Number-b.Number, a.Date.Compare(b.Date), strings.Compare(a.Path, b.Path))
		})
		for i, b := range list[1:] {
			switch before := list[i]; {
			case b.Number == before.Number:
				s.found.Add(diag.NumberTwice.At(b.Path, b.At("number"), b.Number, before.Path))
			case b.Number > before.Number+1:
				missing := strconv.Itoa(before.Number + 1)
				if b.Number > before.Number+2 {
					missing += "–" + strconv.Itoa(b.Number-1)
				}
				s.found.Add(diag.NumberJump.At(b.Path, b.At("number"), before.Number, b.Number, missing))
			}
		}
	}
}
