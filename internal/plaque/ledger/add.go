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
