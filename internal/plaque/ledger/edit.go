package ledger

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"mingdeng/internal/diag"
)

func (l *Ledger) refuse(c *diag.Code, pos diag.Pos, args ...any) *diag.Finding {
	f := c.At(l.path, pos, args...)
	return &f
}

func (l *Ledger) misshapen() *diag.Finding {
	return l.refuse(diag.PlaqueShape, l.listPos(), "清单不是一行一个键", "the list is not written with one key a line", example)
}

// Readdress puts another address in the place of one that no code can be opened by.
func (l *Ledger) Readdress(base string) *diag.Finding {
	if l.fault != nil {
		return l.fault
	}
	lines := slices.Clone(l.lines)
	if l.baseNode == nil || !l.replace(lines, l.baseNode, scalar(base)) {
		return l.misshapen()
	}
	was := l.base
	l.base = base
	f := l.edit(lines, l.Entries())
	if f != nil {
		l.base = was
	}
	return f
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
