package diag

import (
	"strings"
	"unicode/utf8"
)

// Fix is a change that mends a finding, as whoever found it knows it: words of one line
// that become others, or a line to put in. The whole mended line is made of it when the
// finding is shown ([Source.Mended]).
type Fix struct {
	At  Pos    // where Old stands, or is to be looked for: there or in the few lines below
	Old string // the words as the file has them; "" puts New in at At
	New string // may hold "…" where only the editor knows what belongs there; of several lines where one becomes several
	Put bool   // New is a line of its own, to be put in above line At.Line
}

// Replace adds a fix: at the finding's place, old becomes new. It adds nothing where
// new is empty or the same, so a suggestion that may be missing can be passed as it is.
func (f Finding) Replace(old, new string) Finding { return f.ReplaceAt(f.Pos, old, new) }

// ReplaceAt is Replace at another place of the same file.
func (f Finding) ReplaceAt(at Pos, old, new string) Finding {
	if new != "" && new != old && at.Line > 0 && !strings.Contains(old, "\n") {
		f.Fix = &Fix{At: at, Old: old, New: new}
	}
	return f
}

// Put adds a fix: text, a line without its end, is put in above a line of the file.
func (f Finding) Put(above int, text string) Finding {
	if above > 0 {
		f.Fix = &Fix{At: Pos{Line: above, Col: 1}, New: text, Put: true}
	}
	return f
}

// Mended is a line before and after its fix. Before is empty where After is a line to
// be put in above Line; After may be several lines.
type Mended struct {
	Line          int
	Before, After string
}

// reach is how many lines below its place the words of a fix are looked for: a
// finding about a key may concern a value of its group.
const reach = 12

// Mended writes out the line that mends a finding. It is false where there is no fix,
// or the file does not hold what the fix wants to change.
func (s *Source) Mended(f Finding) (Mended, bool) {
	x := f.Fix
	if x == nil {
		return Mended{}, false
	}
	lines := s.lines(f.Path)
	if x.Put {
		if x.At.Line > len(lines)+1 {
			return Mended{}, false
		}
		return Mended{Line: x.At.Line, After: x.New}, true
	}
	for n := x.At.Line; n <= len(lines) && n <= x.At.Line+reach; n++ {
		line, from := lines[n-1], 0
		if n == x.At.Line {
			from = offset(line, x.At.Col)
		} else if x.Old == "" {
			break
		}
		at := strings.Index(line[from:], x.Old)
		if at < 0 {
			continue
		}
		at += from
		return Mended{n, line, line[:at] + x.New + line[at+len(x.Old):]}, true
	}
	return Mended{}, false
}

// offset is where column col of a line begins, bytes; columns count characters from 1.
func offset(line string, col int) int {
	at := 0
	for ; col > 1 && at < len(line); col-- {
		_, size := utf8.DecodeRuneInString(line[at:])
		at += size
	}
	return at
}
