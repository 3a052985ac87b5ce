package ledger

import (
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"mingdeng/internal/diag"
	"mingdeng/internal/plaque/code"
)

// Add lists new codes after all others, in the order given: all of them or none. An
// empty status means active. The finding, if any, says why the ledger was left as it
// is: a code is not valid or listed already, or the ledger has a fault or cannot be
// edited as it is written.
func (l *Ledger) Add(entries ...Entry) *diag.Finding {
	if l.fault != nil {
		return l.fault
	}
	line := make(map[string]int, len(l.entries))
	for _, e := range l.entries {
		line[e.Code] = e.Pos.Line
	}
	entries = slices.Clone(entries)
	for i := range entries {
		e := &entries[i]
		if e.Status == "" {
			e.Status = Active
		}
		switch first, twice := line[e.Code]; {
		case !code.Shaped(e.Code):
			return l.refuse(diag.PlaqueForm, diag.Pos{}, e.Code, "")
		case !code.Valid(e.Code):
			return l.refuse(diag.PlaqueCheck, diag.Pos{}, e.Code, l.path)
		case twice:
			return l.refuse(diag.PlaqueTwice, diag.Pos{}, e.Code, first)
		case e.Issued.Day == 0:
			return l.refuse(diag.BadDate, diag.Pos{}, e.Issued, "发放日期要写到日", "the date of issue needs its day")
		}
		line[e.Code] = len(l.lines) + 1
	}
	if len(entries) == 0 {
		return nil
	}
	lines, ok := l.withBlocks(entries)
	if !ok {
		return l.misshapen()
	}
	return l.edit(lines, append(l.Entries(), entries...))
}

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

func (l *Ledger) refuse(c *diag.Code, pos diag.Pos, args ...any) *diag.Finding {
	f := c.At(l.path, pos, args...)
	return &f
}

func (l *Ledger) misshapen() *diag.Finding {
	return l.refuse(diag.PlaqueShape, l.listPos(), "清单不是一行一个键", "the list is not written with one key a line", example)
}

// edit takes over new lines if they say exactly what is wanted: whatever YAML can do
// that the editing below does not expect shows here.
func (l *Ledger) edit(lines []string, want []Entry) *diag.Finding {
	next, findings := Parse(l.path, []byte(strings.Join(lines, "")))
	same := func(a, b Entry) bool { a.Pos, b.Pos = diag.Pos{}, diag.Pos{}; return a == b }
	if len(findings) > 0 || next.base != l.base || !slices.EqualFunc(next.Entries(), want, same) {
		return l.misshapen()
	}
	next.was, next.bom = l.was, l.bom
	*l = *next
	return nil
}

// end returns the line end in use.
func (l *Ledger) end() string {
	if len(l.lines) > 0 && strings.HasSuffix(l.lines[0], "\r\n") {
		return "\r\n"
	}
	return "\n"
}

// block writes an entry: the first key after dash, the others below it. Keys and
// status are Chinese where like is a Chinese key.
func block(e Entry, dash, like, end string) []string {
	status := string(e.Status)
	key := func(english string) string { return english }
	if like != "" && like[0] >= utf8.RuneSelf {
		status = chinese[e.Status]
		key = func(english string) string { return entryNames[english][0] }
	}
	indent := strings.Repeat(" ", len(dash))
	lines := []string{
		dash + key("code") + ": " + scalar(e.Code) + end,
		indent + key("exhibit") + ": " + scalar(e.Exhibit) + end,
		indent + key("issued") + ": " + scalar(e.Issued.String()) + end,
		indent + key("status") + ": " + status + end,
	}
	if e.Successor != "" {
		lines = append(lines, indent+key("successor")+": "+scalar(e.Successor)+end)
	}
	return lines
}

// withBlocks returns the lines with more entries at the end of the list.
func (l *Ledger) withBlocks(entries []Entry) ([]string, bool) {
	lines := slices.Clone(l.lines)
	dash, like := "  - ", ""
	var after int // the new lines follow so many old ones
	switch n := len(l.entries); {
	case n > 0:
		last := l.entries[n-1]
		line, col, ok := l.place(last.node)
		if !ok {
			return nil, false
		}
		dash = l.lines[line][:col]
		if strings.Trim(dash, " ") != "-" || !strings.HasSuffix(dash, " ") {
			return nil, false
		}
		like = last.codeKey.Value
		after = l.past(lastLine(last.node), strings.IndexByte(dash, '-'))
	case l.codes == nil:
		lines = closed(lines, l.end())
		lines = append(lines, "codes:"+l.end())
		after = len(lines)
	default:
		v := l.codes.value
		if !empty(v) { // [] on the line of its key
			line, col, ok := l.place(v)
			rest, flow := "", false
			if ok {
				rest, flow = strings.CutPrefix(lines[line][col:], "[]")
			}
			if !flow || v.Line != l.codes.key.Line {
				return nil, false
			}
			lines[line] = strings.TrimRight(lines[line][:col], " ") + rest
		} else if v.Value != "" { // ~ or null
			return nil, false
		}
		after = l.past(l.codes.key.Line, 0)
		like = l.codes.key.Value
	}
	if after == len(lines) {
		lines = closed(lines, l.end())
	}
	var blocks []string
	for _, e := range entries {
		blocks = append(blocks, block(e, dash, like, l.end())...)
	}
	return slices.Insert(lines, after, blocks...), true
}

// closed ends the last line, if it is open.
func closed(lines []string, end string) []string {
	if n := len(lines); n > 0 && !strings.ContainsAny(lines[n-1], "\r\n\u0085\u2028\u2029") {
		lines = slices.Clone(lines)
		lines[n-1] += end
	}
	return lines
}

// past returns how many lines there are up to the given one and the comments below
// it that are indented further than the list's dash: they belong to the entry.
func (l *Ledger) past(line, dash int) int {
	for line < len(l.lines) {
		text := strings.TrimLeft(l.lines[line], " ")
		if !strings.HasPrefix(text, "#") || len(l.lines[line])-len(text) <= dash {
			break
		}
		line++
	}
	return line
}

func lastLine(n *yaml.Node) int {
	last := n.Line
	for _, c := range n.Content {
		last = max(last, lastLine(c))
	}
	return last
}

// place returns where a node stands: index of the line, offset in it in bytes.
func (l *Ledger) place(n *yaml.Node) (line, offset int, ok bool) {
	line = n.Line - 1
	if line < 0 || line >= len(l.lines) {
		return 0, 0, false
	}
	col := 1
	for i := range l.lines[line] {
		if col == n.Column {
			return line, i, true
		}
		col++
	}
	return 0, 0, false
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
