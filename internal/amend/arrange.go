package amend

import (
	"strings"

	"mingdeng/internal/frontmatter"
)

// arrangeFlow orders elements parted by commas.
func (e *editor) arrangeFlow(n *node, steps []step) {
	els := n.elements()
	comments := e.format != frontmatter.JSON
	commas := make([]int, len(els)) // where the comma behind each stands, or -1
	own := make([]bool, len(els))   // stands on lines of its own
	for i, el := range els {
		commas[i] = -1
		if c := trivia(e.text, el.to, comments); c < n.to && e.text[c] == ',' {
			commas[i] = c
		}
		rest := el.to
		if c := commas[i]; c >= 0 && c < lineEnd(e.text, el.to) {
			rest = c + 1
		}
		rest = skipBlanks(e.text, rest)
		own[i] = blank(e.text[lineStart(e.text, el.from):el.from]) && rest < n.to &&
			(e.text[rest] == '\n' || e.text[rest] == '#' && comments) && commas[i] <= lineEnd(e.text, el.to)
	}
	trailing := len(els) > 0 && commas[len(els)-1] >= 0
	last := -1 // step that comes last
	for i, s := range steps {
		if !s.gone {
			last = i
		}
	}
	tall := len(els) > 0 && own[0] || len(els) == 0 && strings.Contains(e.text[n.from:n.to], "\n")
	prev := -1 // element that was met last and stays
	kept := false
	for i, s := range steps {
		if s.old < 0 {
			e.putFlow(n, els, commas, s, flowPlace{prev: prev, next: nextKept(steps, i), kept: kept, last: i == last, trailing: trailing, tall: tall})
			kept = true
			continue
		}
		el, comma := els[s.old], commas[s.old]
		if !s.gone {
			prev, kept = s.old, true
			needs := i != last || trailing
			switch {
			case needs && comma < 0:
				e.put(el.to, el.to, ",")
			case !needs && comma >= 0:
				to := comma + 1
				if s.old+1 < len(els) && blank(e.text[to:els[s.old+1].from]) {
					to = els[s.old+1].from
				}
				if !blank(e.text[el.to:comma]) {
					e.put(comma, to, "")
				} else {
					e.put(el.to, to, "")
				}
			}
			continue
		}
		if own[s.old] {
			e.put(lineStart(e.text, el.from)-1, lineEnd(e.text, el.to), "")
			continue
		}
		from, to := el.from, el.to
		if comma >= 0 {
			to = comma + 1
			if s.old+1 < len(els) {
				to = skipBlanks(e.text, to)
			}
		} else {
			for from > n.from+1 && (e.text[from-1] == ' ' || e.text[from-1] == '\t') {
				from--
			}
		}
		e.put(from, to, "")
	}
}

type flowPlace struct {
	prev     int  // element that stays and stands before, or -1
	next     int  // element that stays and comes next, or -1
	kept     bool // something comes before
	last     bool
	trailing bool // the last has a comma as well
	tall     bool // one on a line
}

func nextKept(steps []step, i int) int {
	for _, s := range steps[i+1:] {
		if s.old >= 0 && !s.gone {
			return s.old
		}
	}
	return -1
}

// putFlow writes a new element of a flow collection.
func (e *editor) putFlow(n *node, els []span, commas []int, s step, at flowPlace) {
	text := ""
	switch {
	case s.moved != nil:
		text = e.text[s.moved.from:s.moved.to]
	case s.name != "":
		text = e.pair(s.name, s.value)
	default:
		text = e.flow(s.value)
	}
	if !at.last || at.trailing {
		text += ","
	}
	if at.tall {
		indent := "  "
		if len(els) > 0 {
			indent = e.text[lineStart(e.text, els[0].from):els[0].from]
		}
		place := n.from + 1
		if at.prev >= 0 {
			place = max(els[at.prev].to, commas[at.prev]+1)
		}
		place = min(lineEnd(e.text, place), n.to-1)
		text = "\n" + indent + text
		if len(els) == 0 && e.text[place] != '\n' {
			text += "\n"
		}
		if at.prev >= 0 && e.text[place] != '\n' { // the bracket follows on the line
			place = max(els[at.prev].to, commas[at.prev]+1)
		}
		e.put(place, place, text)
		return
	}
	lead := ""
	if at.kept {
		lead = " "
	}
	switch last := len(els) - 1; {
	case at.prev >= 0:
		place := max(els[at.prev].to, commas[at.prev]+1)
		e.put(place, place, " "+text)
	case at.next >= 0:
		e.put(els[at.next].from, els[at.next].from, text+" ")
	case last >= 0: // all go
		place := max(els[last].to, commas[last]+1)
		e.put(place, place, lead+text)
	default:
		e.put(n.from+1, n.to-1, "")
		e.put(n.to-1, n.to-1, lead+text)
	}
}

func skipBlanks(s string, at int) int {
	for at < len(s) && (s[at] == ' ' || s[at] == '\t') {
		at++
	}
	return at
}

// arrangeYAML orders the lines of a group or list in block style.
func (e *editor) arrangeYAML(n *node, steps []step, in slot) {
	els := n.elements()
	if len(els) == 0 { // a head without keys
		var lines []string
		for _, s := range steps {
			lines = append(lines, e.yamlPair(s.name, s.value, 0)...)
		}
		text := strings.Join(lines, "\n") + "\n"
		if at := n.from; at > 0 && e.text[at-1] != '\n' {
			text = "\n" + text
		}
		e.put(n.from, n.from, text)
		return
	}
	col := els[0].from - lineStart(e.text, els[0].from)
	prev := -1
	if firstGoes(steps) {
		prev = 0 // what comes before it comes behind it just as well
	}
	for i, s := range steps {
		if s.old >= 0 {
			prev = s.old
			if s.gone {
				e.dropYAML(els, s.old, i > 0 && steps[i-1].old < 0 || i+1 < len(steps) && steps[i+1].old < 0)
			}
			continue
		}
		var lines []string
		switch {
		case s.moved != nil:
			lines = []string{spaces(col) + e.text[s.moved.dash:lineEnd(e.text, max(s.moved.to, s.moved.dash+1))]}
		case n.kind == frontmatter.Map:
			lines = e.yamlPair(s.name, s.value, col)
		default:
			inline, below := e.yamlBlock(s.value, col, true)
			lines = append([]string{spaces(col) + "- " + inline}, below...)
		}
		text := strings.Join(lines, "\n")
		if at, ok := e.example(n, els, s, col); ok {
			e.put(at, at, "\n"+text)
			continue
		}
		if prev < 0 {
			first := els[0].from
			if start := lineStart(e.text, first); blank(e.text[start:first]) {
				e.put(start, start, text+"\n")
			} else {
				e.put(first, first, strings.TrimLeft(text, " ")+"\n"+spaces(col))
			}
			continue
		}
		end := e.endOf(els, prev, col)
		e.put(end, end, "\n"+text)
	}
}

// firstGoes tells whether the first of the elements that stand there goes.
func firstGoes(steps []step) bool {
	for _, s := range steps {
		if s.old == 0 {
			return s.gone
		}
	}
	return false
}

// endOf is the end of the last line of an element, with the lines below that are comments
// of what lies in it.
func (e *editor) endOf(els []span, i, col int) int {
	end := lineEnd(e.text, els[i].to)
	limit := e.h1
	if i+1 < len(els) {
		limit = els[i+1].from
	}
	for at := end + 1; at < limit; {
		stop := lineEnd(e.text, at)
		indent, ok := commented(e.text[at:stop])
		if !ok || indent <= col {
			break
		}
		end, at = stop, stop+1
	}
	return end
}

// commented tells how far a key would be indented if its line were no comment: "#   键: …".
func commented(line string) (indent int, ok bool) {
	body := strings.TrimLeft(line, " ")
	rest, ok := strings.CutPrefix(body, "#")
	if !ok {
		return 0, false
	}
	indent = len(line) - len(body)
	rest = strings.TrimPrefix(rest, " ")
	return indent + len(rest) - len(strings.TrimLeft(rest, " ")), true
}

// example finds the line where `new` has written a key as a comment, and returns the end
// of that comment.
func (e *editor) example(n *node, els []span, s step, col int) (int, bool) {
	if n.kind != frontmatter.Map || len(s.names) == 0 {
		return 0, false
	}
	from, to := e.h0, e.h1
	if col > 0 {
		from = els[0].from
		to = e.endOf(els, len(els)-1, col-1)
	}
	for at := lineStart(e.text, from); at < to; {
		stop := lineEnd(e.text, at)
		line := e.text[at:stop]
		at = stop + 1
		indent, ok := commented(line)
		name, _, found := strings.Cut(strings.TrimLeft(line, "# "), ":")
		if !ok || !found || indent != col || e.inside(els, stop) {
			continue
		}
		for _, want := range s.names {
			if name != want {
				continue
			}
			end := stop
			for at < to {
				stop := lineEnd(e.text, at)
				if deeper, ok := commented(e.text[at:stop]); !ok || deeper <= col {
					break
				}
				end, at = stop, stop+1
			}
			return end, true
		}
	}
	return 0, false
}

// inside tells whether a place lies in one of the elements.
func (e *editor) inside(els []span, at int) bool {
	for _, el := range els {
		if at > el.from && at < el.to {
			return true
		}
	}
	return false
}

// dropYAML takes an element out of a block; more tells that something is put in behind it.
func (e *editor) dropYAML(els []span, i int, more bool) {
	el := els[i]
	start, end := lineStart(e.text, el.from), lineEnd(e.text, el.to)
	switch {
	case !blank(e.text[start:el.from]): // behind a dash
		if i+1 < len(els) && !more && blank(strings.ReplaceAll(e.text[el.to:els[i+1].from], "\n", "")) {
			end = els[i+1].from
		}
		e.put(el.from, end, "")
	default:
		e.put(max(start-1, 0), end, "") // at the top of a file, see file.top
	}
}

// arrangeTable orders the lines of a TOML table.
func (e *editor) arrangeTable(n *node, steps []step) {
	prev := -1
	for i, s := range steps {
		if s.old >= 0 {
			v := n.pairs[s.old].value
			if s.gone {
				for _, at := range v.all() {
					e.dropLines(at)
				}
			}
			if v.simple(n.table) {
				prev = s.old
			}
			continue
		}
		if n.table.closed {
			e.refuse(errOdd(e.key))
			return
		}
		text := n.table.prefix + e.pair(s.name, s.value)
		next := -1
		for _, later := range steps[i+1:] {
			if later.old >= 0 && !later.gone && n.pairs[later.old].value.simple(n.table) {
				next = later.old
				break
			}
		}
		switch {
		case prev >= 0:
			list := n.pairs[prev].value.all()
			end := list[len(list)-1].to
			e.put(end, end, "\n"+text)
		case next >= 0:
			start := n.pairs[next].value.all()[0].from
			e.put(start, start, text+"\n")
		case n.table.header >= 0:
			e.put(n.table.header, n.table.header, "\n"+text)
		default:
			e.put(e.h0-1, e.h0-1, "\n"+text) // behind the mark that opens the head
		}
	}
}

// dropLines takes lines out, and one empty line above a header.
func (e *editor) dropLines(at span) {
	from := max(at.from-1, 0)
	if from > 0 && e.text[from-1] == '\n' && e.text[at.from] == '[' && from-1 >= e.h0 {
		from--
	}
	e.put(from, at.to, "")
}

// simple tells a value that is given in the lines of the table itself.
func (n *node) simple(t *table) bool {
	return len(n.spans) > 0 && (n.table == nil && n.kind != frontmatter.List || n.table == nil && n.flow || n.table != nil && n.table.prefix != t.prefix && n.table.header < 0 && !n.table.closed)
}

// all are the lines that give n, those of what lies in it among them.
func (n *node) all() []span {
	out := append([]span{}, n.spans...)
	for _, p := range n.pairs {
		out = append(out, p.value.all()...)
	}
	for _, i := range n.items {
		out = append(out, i.all()...)
	}
	// The last in the file comes last.
	for i := range out {
		if out[i].to > out[len(out)-1].to {
			out[i], out[len(out)-1] = out[len(out)-1], out[i]
		}
	}
	return out
}

// arrangeTables orders [[tables]].
func (e *editor) arrangeTables(n *node, steps []step) {
	header := ""
	var ends []span
	for _, i := range n.items {
		if i.table == nil || len(i.spans) == 0 {
			e.refuse(errOdd(e.key))
			return
		}
		first := i.spans[0]
		header = strings.TrimSpace(e.text[first.from:first.to])
		if c := strings.Index(header, "]]"); c >= 0 {
			header = header[:c+2]
		}
		list := i.all()
		ends = append(ends, span{first.from, list[len(list)-1].to})
	}
	gap := "\n"
	if f := ends[0].from; f >= 2 && e.text[f-1] == '\n' && e.text[f-2] == '\n' {
		gap = "\n\n"
	}
	prev := -1
	if firstGoes(steps) {
		prev = 0
	}
	for _, s := range steps {
		if s.old >= 0 {
			if prev = s.old; s.gone {
				e.dropLines(ends[s.old])
			}
			continue
		}
		var text string
		if s.moved != nil {
			list := s.moved.all()
			text = e.text[s.moved.spans[0].from:list[len(list)-1].to]
		} else {
			lines := []string{header}
			for _, p := range s.value.pairs {
				lines = append(lines, e.pair(p.name, p.value))
			}
			if s.value.Kind != frontmatter.Map {
				e.refuse(errOdd(e.key))
				return
			}
			text = strings.Join(lines, "\n")
		}
		if prev < 0 {
			e.put(ends[0].from, ends[0].from, text+gap)
			continue
		}
		e.put(ends[prev].to, ends[prev].to, gap+text)
	}
}
