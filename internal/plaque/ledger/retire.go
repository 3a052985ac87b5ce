package ledger

import (
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"mingdeng/internal/diag"
	"mingdeng/internal/plaque/code"
)

// Retire marks a code as retired and names its successor, if that is not "". A code
// that is retired already may be given another successor.
func (l *Ledger) Retire(c, successor string) *diag.Finding {
	if l.fault != nil {
		return l.fault
	}
	all := make(map[string]*entry, len(l.entries))
	var codes []string
	for _, e := range l.entries {
		all[e.Code] = e
		codes = append(codes, e.Code)
	}
	e := all[c]
	switch {
	case e == nil:
		return l.refuse(diag.PlaqueUnknown, diag.Pos{}, c, strings.Join(code.Near(c, codes), " / "))
	case e.Status == Retired && (successor == "" || successor == e.Successor):
		return l.refuse(diag.PlaqueRetired, e.Pos, c)
	}
	if successor != "" {
		if zh, en, near := wrongSuccessor(c, successor, Retired, all); zh != "" {
			return l.refuse(diag.PlaqueSuccessor, e.Pos, c, successor, zh, en, near)
		}
	}
	lines, ok := l.withRetired(e, successor)
	if !ok {
		return l.misshapen()
	}
	want := l.Entries()
	for i := range want {
		if want[i].Code == c {
			want[i].Status = Retired
			if successor != "" {
				want[i].Successor = successor
			}
		}
	}
	return l.edit(lines, want)
}

// withRetired returns the lines with the status and the successor of an entry changed.
func (l *Ledger) withRetired(e *entry, successor string) ([]string, bool) {
	lines := slices.Clone(l.lines)
	if successor != "" && e.next != nil && !empty(e.next) { // before the status: it may stand on the same line, further right
		if !l.replace(lines, e.next, scalar(successor)) {
			return nil, false
		}
	}
	if e.Status != Retired {
		word := string(Retired)
		if e.status.Value == chinese[Active] {
			word = chinese[Retired]
		}
		if !l.replace(lines, e.status, word) {
			return nil, false
		}
	}
	if successor == "" || e.next != nil && !empty(e.next) {
		return lines, true
	}
	if e.next != nil { // its key stands there without a value
		line, col, ok := l.place(e.nextKey)
		if !ok {
			return nil, false
		}
		head, tail, found := strings.Cut(lines[line][col:], ":")
		if !found || strings.Trim(tail, " \r\n") != "" {
			return nil, false
		}
		lines[line] = lines[line][:col] + head + ": " + scalar(successor) + strings.TrimLeft(tail, " ")
		return lines, true
	}
	line, col, ok := l.place(e.statusKey)
	if !ok || e.node.Style&yaml.FlowStyle != 0 {
		return nil, false
	}
	key := "successor"
	if e.statusKey.Value[0] >= utf8.RuneSelf {
		key = entryNames[key][0]
	}
	if line == len(lines)-1 {
		lines = closed(lines, l.end())
	}
	return slices.Insert(lines, line+1, strings.Repeat(" ", col)+key+": "+scalar(successor)+l.end()), true
}

// replace puts another word in the place of a scalar that is written on one line.
func (l *Ledger) replace(lines []string, n *yaml.Node, word string) bool {
	line, col, ok := l.place(n)
	if !ok {
		return false
	}
	for _, quote := range []string{"", "\"", "'"} {
		if rest, found := strings.CutPrefix(lines[line][col:], quote+n.Value+quote); found {
			lines[line] = lines[line][:col] + word + rest
			return true
		}
	}
	return false
}
