package amend

import (
	"slices"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/frontmatter"
	"mingdeng/internal/han"
)

// editor collects the edits of one Apply.
type editor struct {
	style
	text   string // of the file
	h0, h1 int    // its head
	zh     bool   // the language in which keys are named
	key    string // top-level key at work, for messages
	edits  []edit
	err    error
}

func (e *editor) put(from, to int, text string) { e.edits = append(e.edits, edit{from, to, text}) }

func (e *editor) refuse(err error) {
	if e.err == nil {
		e.err = err
	}
}

// step is one element of a group or list in its new order: one that stands there, perhaps
// to go, or a new one.
type step struct {
	old   int // index of the element, or -1
	gone  bool
	moved *node  // a new one that stood elsewhere in the list: its bytes are taken along
	name  string // of a new one in a group
	names []string
	value written
}

// dress puts a wanted value into the words of the file. like is a word of its kind that
// stands there, for a switch or a fixed value.
func (e *editor) dress(v Value, s shape, like string) written {
	w := written{Value: v, bare: s.bare(), list: s.key != nil && s.key.List}
	switch v.Kind {
	case frontmatter.Scalar:
		w.Text = e.word(v.Text, s, like)
	case frontmatter.List:
		for _, i := range v.Items {
			w.items = append(w.items, e.dress(i, s.one(), ""))
		}
	case frontmatter.Map:
		for _, p := range v.Pairs {
			child, _, _ := s.of(p.Key)
			w.pairs = append(w.pairs, namedValue{e.name(p.Key, child), e.dress(p.Value, child, "")})
		}
	}
	return w
}

func (e *editor) name(key string, s shape) string {
	if s.key == nil {
		return key
	}
	if e.zh {
		return s.key.Zh
	}
	return s.key.En
}

var switches = [][2]string{{"true", "false"}, {"yes", "no"}, {"是", "否"}, {"有", "无"}, {"同意", "不同意"}}

func (e *editor) word(text string, s shape, like string) string {
	like = strings.TrimSpace(like)
	if s.onOff() {
		for _, pair := range switches {
			for i, w := range pair {
				on, ok := content.Switch(text)
				if !strings.EqualFold(like, w) || !ok || e.format != frontmatter.YAML && i > 1 {
					continue
				}
				if on {
					return pair[0]
				}
				return pair[1]
			}
		}
		return text
	}
	if s.key == nil {
		return text
	}
	for _, v := range s.key.Values {
		if text != v.En {
			continue
		}
		zh := e.zh
		for _, other := range s.key.Values {
			if other.Zh != other.En && like == other.Zh {
				zh = true
			} else if other.Zh != other.En && strings.EqualFold(like, other.En) {
				zh = false
			}
		}
		if zh {
			return v.Zh
		}
	}
	return text
}

// slot is where a value stands: behind a colon or a dash, in a column, within brackets or not.
type slot struct {
	head int // offset behind the colon or dash
	col  int
	item bool
	flow bool
}

// change makes n say what want says. Both are known to differ; want is normal and not zero.
func (e *editor) change(n *node, want Value, s shape, at slot) {
	switch {
	case n.held:
		e.refuse(errHeld(e.key))
		return
	case n.odd:
		e.refuse(errOdd(e.key))
		return
	case e.format == frontmatter.YAML && slices.ContainsFunc(n.pairs, func(p *pair) bool { return p.key == "<<" }):
		e.refuse(errHeld(e.key))
		return
	case n.kind == frontmatter.List && want.Kind == frontmatter.List:
		e.list(n, want.Items, s.one(), at)
		return
	case n.kind == frontmatter.Map && want.Kind == frontmatter.Map:
		e.group(n, want, s, at)
		return
	case n.kind == frontmatter.Map && s.list() && len(want.Items) == 1 && want.Items[0].Kind == frontmatter.Map,
		n.kind == frontmatter.Scalar && s.list() && len(want.Items) == 1 && want.Items[0].Kind != frontmatter.List:
		e.change(n, want.Items[0], s.one(), at) // an item without its list
		return
	case n.kind == frontmatter.Scalar && want.Kind == frontmatter.Map && s.short() != "" && len(want.Pairs) == 1 && want.Pairs[0].Key == s.short():
		child, _, _ := s.of(s.short())
		e.scalar(n, e.dress(want.Pairs[0].Value, child, n.text), at)
		return
	case n.kind == frontmatter.List && s.region():
		var items []Value
		for _, part := range strings.Split(want.Text, "/") {
			items = append(items, Text(part))
		}
		e.list(n, items, s.one(), at)
		return
	case n.kind == frontmatter.Scalar && want.Kind == frontmatter.Scalar:
		e.scalar(n, e.dress(want, s, n.text), at)
		return
	}
	if n.holds() {
		e.refuse(errHeld(e.key))
		return
	}
	v := e.dress(want, s, n.text)
	if n.kind == frontmatter.Map && s.list() && len(v.items) > 0 {
		// A group becomes the first of a list: what it holds besides goes along.
		for _, p := range n.pairs {
			if _, _, ok := s.one().of(p.key); !ok && v.items[0].Kind == frontmatter.Map {
				v.items[0].pairs = append(v.items[0].pairs, namedValue{p.key, e.dress(p.value.value(), shape{}, "")})
			}
		}
	}
	e.replace(n, v, at)
}

func (e *editor) scalar(n *node, v written, at slot) {
	switch {
	case n.lines > 0:
		indent := 0
		for l := n.lines; l < n.to; l = lineEnd(e.text, l) + 1 {
			if line := e.text[l:lineEnd(e.text, l)]; strings.Trim(line, " ") != "" {
				indent = len(line) - len(strings.TrimLeft(line, " "))
				break
			}
		}
		header := strings.Fields(e.text[n.from:n.lines])[0]
		if strings.Trim(header, "|>+-") == "" && indent > 0 {
			if lines, ok := yamlLiteral(header, v.Text, indent); ok {
				e.put(n.lines, n.to, strings.Join(lines, "\n"))
				return
			}
		}
		e.replace(n, v, at)
	case e.format == frontmatter.YAML && !at.flow && strings.Contains(v.Text, "\n"):
		e.replace(n, v, at)
	default:
		e.put(n.from, n.to, e.style.scalar(v, at.flow, n))
	}
}

// replace puts a value of another kind in the place of n.
func (e *editor) replace(n *node, v written, at slot) {
	if e.format != frontmatter.YAML || at.flow {
		if n.table != nil || at.head < 0 {
			e.refuse(errOdd(e.key))
			return
		}
		text := e.flow(v)
		if n.from == n.to || n.from == at.head {
			text = " " + text
		}
		e.put(n.from, n.to, text)
		return
	}
	inline, below := e.yamlBlock(v, at.col, at.item)
	rest := ""
	for _, l := range below {
		rest += "\n" + l
	}
	head := lineEnd(e.text, at.head)
	if inline != "" {
		inline = " " + inline
	}
	switch {
	case n.from > head: // it stands below
		e.put(at.head, at.head, inline)
		e.put(head, lineEnd(e.text, n.to), rest)
	case n.lines > 0:
		e.put(at.head, n.from+len(strings.Fields(e.text[n.from:n.lines])[0]), inline)
		e.put(head, n.to, rest)
	default:
		e.put(at.head, n.to, inline)
		end := lineEnd(e.text, n.to)
		e.put(end, end, rest)
	}
}

// group makes the keys of n say what want says, and leaves those that s does not know.
func (e *editor) group(n *node, want Value, s shape, at slot) {
	in := e.within(n, at)
	had := map[string]bool{}
	var steps []step
	for i, p := range n.pairs {
		child, _, known := s.of(p.key)
		name := p.key
		if child.key != nil {
			name = child.key.En
		}
		st := step{old: i}
		if known {
			w := want.Get(name)
			now := child.normal(p.value.value())
			switch {
			case now.Equal(w), had[name] && !w.Zero(): // a repeat is not read
			case w.Zero():
				st.gone = e.clear(p, child, in)
			default:
				e.change(p.value, w, child, slot{head: p.colon, col: in.col, flow: in.flow})
			}
			had[name] = true
		}
		steps = append(steps, st)
	}
	for _, p := range want.Pairs {
		if had[p.Key] {
			continue
		}
		child, place, known := s.of(p.Key)
		if !known {
			e.refuse(errUnknown(p.Key))
			return
		}
		st := step{old: -1, name: e.name(p.Key, child), value: e.dress(p.Value, child, "")}
		if child.key != nil {
			st.names = append([]string{child.key.En, child.key.Zh}, child.key.Also...)
		}
		steps = slices.Insert(steps, e.placeFor(n, steps, s, place), st)
	}
	e.arrange(n, steps, in)
}

// placeFor is where among the steps a new key goes: behind the nearest that comes before
// it in the schema's order, else before the first that comes behind it.
func (e *editor) placeFor(n *node, steps []step, s shape, place int) int {
	after, best, before, next := -1, -1, -1, 1<<30
	for i, st := range steps {
		name := st.name
		if st.old >= 0 {
			name = n.pairs[st.old].key
		}
		_, at, known := s.of(name)
		switch {
		case !known:
		case !s.group(), at < place && at >= best:
			after, best = i, at
		case at > place && at < next:
			before, next = i, at
		}
	}
	switch {
	case after >= 0:
		return after + 1
	case before >= 0:
		return before
	}
	return len(steps)
}

// clear takes a key's value away. It tells whether the key goes as a whole: a group that
// holds what the schema does not know keeps that.
func (e *editor) clear(p *pair, s shape, at slot) bool {
	if p.value.holds() {
		e.refuse(errHeld(e.key))
		return false
	}
	if p.value.kind != frontmatter.Map || !s.group() {
		return true
	}
	rest := false
	for _, c := range p.value.pairs {
		if _, _, known := s.one().of(c.key); !known {
			rest = true
		}
	}
	if rest {
		e.group(p.value, Group(), s.one(), slot{head: p.colon, col: at.col, flow: at.flow})
	}
	return !rest
}

// within is the slot of what n holds.
func (e *editor) within(n *node, at slot) slot {
	in := slot{col: 0, flow: n.flow}
	if !n.flow && len(n.pairs) > 0 {
		in.col = n.pairs[0].from - lineStart(e.text, n.pairs[0].from)
	}
	return in
}

// list makes the items of n say what want says.
func (e *editor) list(n *node, want []Value, s shape, at slot) {
	have := make([]Value, len(n.items))
	for i, x := range n.items {
		have[i] = s.normal(x.value())
	}
	match := align(have, want)
	used := make([]bool, len(want))
	for _, w := range match {
		if w >= 0 {
			used[w] = true
		}
	}
	// What goes here and comes there has moved.
	moved := map[int]int{}
	for i, w := range match {
		if w >= 0 || have[i].Zero() {
			continue
		}
		for j := range want {
			if !used[j] && want[j].Equal(have[i]) {
				used[j], moved[j] = true, i
				break
			}
		}
	}
	bare := slices.ContainsFunc(n.items, func(i *node) bool { return i.kind == frontmatter.Scalar })
	var steps []step
	next := 0
	add := func(to int) {
		for ; next < to; next++ {
			st := step{old: -1}
			if i, ok := moved[next]; ok {
				st.moved = n.items[i]
			}
			v := want[next]
			if bare && v.Kind == frontmatter.Map && len(v.Pairs) == 1 && v.Pairs[0].Key == s.short() {
				v = v.Pairs[0].Value
				child, _, _ := s.of(s.short())
				st.value = e.dress(v, child, "")
			} else {
				st.value = e.dress(v, s, "")
			}
			st.value.list = true
			steps = append(steps, st)
		}
	}
	for i, x := range n.items {
		w := match[i]
		switch {
		case w >= 0:
			add(w)
			next = w + 1
			if !have[i].Equal(want[w]) {
				col := 0
				if !n.flow && x.table == nil {
					col = x.dash - lineStart(e.text, x.dash)
				}
				e.change(x, want[w], s, slot{head: x.dash + 1, col: col, item: true, flow: n.flow})
			}
			steps = append(steps, step{old: i})
		case have[i].Zero():
			steps = append(steps, step{old: i}) // says nothing: let it be
		default:
			if x.holds() {
				e.refuse(errHeld(e.key))
			}
			steps = append(steps, step{old: i, gone: true})
		}
	}
	add(len(want))
	e.arrange(n, steps, slot{flow: n.flow, item: true})
}

// arrange writes the elements of n in their new order.
func (e *editor) arrange(n *node, steps []step, in slot) {
	if !slices.ContainsFunc(steps, func(s step) bool { return s.old < 0 || s.gone }) || e.err != nil {
		return
	}
	if n.odd || n.held {
		e.refuse(errOdd(e.key))
		return
	}
	switch {
	case n.flow:
		e.arrangeFlow(n, steps)
	case e.format == frontmatter.YAML:
		e.arrangeYAML(n, steps, in)
	case e.format == frontmatter.TOML && n.kind == frontmatter.Map:
		e.arrangeTable(n, steps)
	case e.format == frontmatter.TOML:
		e.arrangeTables(n, steps)
	default:
		e.refuse(errOdd(e.key))
	}
}

// elements are where the elements of n stand.
func (n *node) elements() []span {
	var out []span
	for _, p := range n.pairs {
		out = append(out, span{p.from, max(p.to, p.value.to)})
	}
	for _, i := range n.items {
		if i.dash > 0 {
			out = append(out, span{i.dash, max(i.to, i.dash+1)})
			continue
		}
		out = append(out, span{i.from, i.to})
	}
	return out
}

// isChinese tells in which language most of a head's keys are named.
func isChinese(n *node, s shape, l diag.Lang) bool {
	zh, en := 0, 0
	var count func(n *node, s shape)
	count = func(n *node, s shape) {
		for _, i := range n.items {
			count(i, s.one())
		}
		for _, p := range n.pairs {
			child, _, ok := s.of(p.key)
			if !ok || child.key == nil {
				continue
			}
			if han.Is([]rune(p.key + " ")[0]) {
				zh++
			} else {
				en++
			}
			count(p.value, child)
		}
	}
	count(n, s)
	if zh == en {
		return l != diag.English
	}
	return zh > en
}
