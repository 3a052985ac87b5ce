// Package amend changes a record's file where its values change and nowhere else: it is
// what saving a form does.
//
// [Open] reads a file as it lies on disk; [Record.Value] and [Record.Text] are what a form
// shows of it; [Record.Apply] takes what the form says and returns the file anew. What
// stands is compared with what is wanted, part by part:
//
//   - what says the same keeps its bytes: 是 for true, 健在 for living, a word for a group
//     that has a short form, one value for a list of one;
//   - a text is put in the place of another, in its kind of quotes or block where that can
//     hold it;
//   - items of a list that stay are found again, so that taking one out or moving it leaves
//     the others, and their comments, as they are; a moved one takes its bytes along;
//   - a new key stands where `new` would have put it, behind its example where `new` left
//     one as a comment, and is named in the language of most keys of the file;
//   - keys that the schema does not know stay, those within groups too, unless their item
//     of a list goes.
//
// Comments, order, quotes, line ends, a byte-order mark and GB18030 stay. YAML, TOML and
// JSON are known, and files that are YAML alone (site.yaml).
//
// Before anything is returned it is read back by package frontmatter: what was wanted must
// be what is read, and all else as it was. A file written in a way that would not come out
// right is refused with an [Error] and never spoilt. So are values with YAML's anchors,
// aliases, merge keys and tags: changing one place of them would change others.
//
// Bounds: those of packages content (8 MB a file) and frontmatter (256 KB a head). In a
// list of which more than a thousand items by a thousand differ, items are matched by place.
//
// Not here: what values are right (package content says, of the saved file), and writing
// to disk.
package amend

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/frontmatter"
)

// Record is a file that can be amended. It does not change.
type Record struct {
	file   file
	schema shape
	alone  bool // YAML without marks and without a body
	none   bool // there is no head yet
	doc    frontmatter.Doc
	root   *node
	h0, h1 int // the head, between its marks
	body   span
}

// Error says why a file is not amended, to the editor.
type Error struct{ Said diag.Text }

// Error says it in English; Said has both languages.
func (e *Error) Error() string { return e.Said.En }

func errHeld(key string) error {
	return &Error{diag.Text{
		Zh: "“" + key + "”用了 YAML 的锚点（&）、引用（*、<<）或标记（!），改它会牵动别处：请用编辑器打开文件，把它写成普通的值，再来改",
		En: "\"" + key + "\" uses an anchor (&), an alias (*, <<) or a tag (!) of YAML, so that changing it would change other places: open the file in an editor, write the value out plainly, then change it",
	}}
}

func errOdd(key string) error {
	return &Error{diag.Text{
		Zh: "“" + key + "”的写法太少见，这里改不了，文件没有动：请用编辑器打开文件来改",
		En: "\"" + key + "\" is written in an unusual way and cannot be changed here; the file is as it was: open it in an editor",
	}}
}

func errUnknown(key string) error {
	return &Error{diag.Text{Zh: "没有“" + key + "”这个键", En: "there is no key \"" + key + "\""}}
}

// Open reads the file of a record of a kind, or of the site's settings (content.KindSite).
// Where it cannot be amended, findings without a path say why. A file that has no head yet
// can be given one.
func Open(raw []byte, kind content.Kind) (*Record, []diag.Finding) {
	text, fault := content.DecodeText(raw)
	if fault != nil && fault.Code.Severity == diag.Error {
		return nil, []diag.Finding{*fault}
	}
	keys := content.Schema(kind)
	r := &Record{file: newFile(slices.Clone(raw), string(text)), alone: kind == content.KindSite}
	r.schema = shape{key: &content.Key{En: string(kind), Keys: keys}}
	var found []diag.Finding
	if r.doc, found = r.parse(text); len(found) > 0 {
		if len(found) > 1 || found[0].Code != diag.NoFrontMatter || found[0].Fix != nil {
			return nil, found
		}
		r.none, r.body.to = true, len(text)
		r.root = &node{kind: frontmatter.Map}
		return r, nil
	}
	r.place()
	var err error
	switch r.doc.Format {
	case frontmatter.JSON:
		r.root, err = jsonTree(r.file.text, r.h0, r.h1)
	case frontmatter.TOML:
		r.root, err = tomlTree(r.file.text, r.h0, r.h1)
	default:
		r.root, err = yamlTree(r.file.text, r.h0, r.h1)
	}
	if err != nil || !r.root.value().Equal(valueOf(r.doc.Head)) {
		// Read, but not understood to the byte: it can be shown and not changed.
		r.root = &node{kind: frontmatter.Map, odd: true}
	}
	return r, nil
}

func (r *Record) parse(text []byte) (frontmatter.Doc, []diag.Finding) {
	if r.alone {
		head, found := frontmatter.ParseYAML(text, content.IsKey)
		return frontmatter.Doc{Format: frontmatter.YAML, Head: head, BodyAt: len(text)}, found
	}
	first := r.schema.key.Keys[0]
	return frontmatter.Parse(text, content.IsKey, diag.Text{Zh: first.Zh, En: first.En})
}

// place finds where head and body lie.
func (r *Record) place() {
	text := r.file.text
	r.h1, r.body = r.doc.BodyAt, span{r.doc.BodyAt, len(text)}
	if r.alone {
		return
	}
	at := 0
	for blankLine(text[at:lineEnd(text, at)]) && lineEnd(text, at) < len(text) {
		at = lineEnd(text, at) + 1
	}
	if r.doc.Format == frontmatter.JSON && strings.HasPrefix(strings.TrimSpace(text[at:]), "{") {
		r.h0 = at
		return
	}
	r.h0 = min(lineEnd(text, at)+1, r.h1)
	// The mark that closes it is the last line before the body.
	r.h1 = lineStart(text, max(r.doc.BodyAt-1, 0))
	if r.doc.BodyAt == len(text) && !strings.HasSuffix(text, "\n") {
		r.h1 = lineStart(text, len(text))
	}
}

func blankLine(s string) bool { return strings.TrimSpace(s) == "" }

// Value is what the head says: a group by the keys' English names, in the schema's order.
// Lists are lists even where the file has one value alone, groups are groups where it has
// the word that stands for one, fixed words are English and switches true or false. What
// the schema does not know is not in it.
func (r *Record) Value() Value {
	v := r.schema.normal(valueOf(r.doc.Head))
	if v.Zero() {
		return Group()
	}
	return v
}

// Text is the body with "\n" line ends, without the empty lines around it.
func (r *Record) Text() string {
	return strings.Trim(r.file.text[r.body.from:r.body.to], "\n")
}

// Apply returns the file with the values of the keys in want, by English name; a zero Value
// takes a key away, other keys stay as they are. body is the new text, nil leaves it; empty
// lines around it are kept as they stand. lang names keys where the file does not tell in
// which language. An [Error] says why nothing was changed.
func (r *Record) Apply(want map[string]Value, body *string, lang diag.Lang) ([]byte, error) {
	target, err := r.target(want)
	if err != nil {
		return nil, err
	}
	now := r.schema.normal(valueOf(r.doc.Head))
	e := &editor{
		style: r.style(), text: r.file.text, h0: r.h0, h1: r.h1,
		zh: isChinese(r.root, r.schema, lang),
	}
	if !target.Equal(now) {
		if r.root.odd || r.root.held {
			return nil, errOdd(r.changed(now, target))
		}
		e.key = r.changed(now, target)
		if r.none {
			e.head(target, r.schema)
		} else {
			e.group(r.root, target, r.schema, slot{})
		}
	}
	text := r.Text()
	if body != nil && !(r.alone && *body == "") {
		if r.alone {
			return nil, errUnknown("text")
		}
		text = trimmed(*body)
		if c, bad := content.Control(text); bad || !utf8.ValidString(text) {
			return nil, errControl("正文", "text", c)
		}
		e.body(r, text)
	}
	if e.err != nil {
		return nil, e.err
	}
	if len(e.edits) == 0 {
		return slices.Clone(r.file.raw), nil
	}
	if r.alone {
		e.edits = r.file.top(e.edits)
	}
	plain, raw, err := r.file.with(e.edits)
	if err != nil {
		return nil, errOdd(r.changed(now, target))
	}
	if !r.verified(plain, target, text) {
		return nil, errOdd(r.changed(now, target))
	}
	return raw, nil
}

// target is what the head is to say as a whole.
func (r *Record) target(want map[string]Value) (Value, error) {
	now := r.schema.normal(valueOf(r.doc.Head))
	all := map[string]Value{}
	for _, p := range now.Pairs {
		all[p.Key] = p.Value
	}
	var names []string
	for name := range want {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		child, _, ok := r.schema.of(name)
		if !ok || child.key.En != name {
			return Value{}, errUnknown(name)
		}
		v, err := clean(want[name], child)
		if err != nil {
			return Value{}, err
		}
		all[name] = v
	}
	g := Group()
	for name, v := range all {
		g.Pairs = append(g.Pairs, Pair{name, v})
	}
	slices.SortFunc(g.Pairs, func(a, b Pair) int { return strings.Compare(a.Key, b.Key) })
	return r.schema.normal(g), nil
}

// clean checks a wanted value and mends its line ends.
func clean(v Value, s shape) (Value, error) {
	key := "params"
	if s.key != nil {
		key = s.key.En
	}
	var check func(v Value, s shape) (Value, error)
	check = func(v Value, s shape) (Value, error) {
		out := Value{Kind: v.Kind, Text: plainEnds(v.Text)}
		if c, bad := content.Control(out.Text); bad || !utf8.ValidString(out.Text) {
			return Value{}, errControl(key, key, c)
		}
		for _, i := range v.Items {
			n, err := check(i, s.one())
			if err != nil {
				return Value{}, err
			}
			out.Items = append(out.Items, n)
		}
		for _, p := range v.Pairs {
			child, _, ok := s.of(p.Key)
			if !ok {
				return Value{}, errUnknown(key + "." + p.Key)
			}
			if c, bad := content.Control(p.Key); bad || !utf8.ValidString(p.Key) || strings.Contains(p.Key, "\n") {
				return Value{}, errControl(key, key, c)
			}
			n, err := check(p.Value, child)
			if err != nil {
				return Value{}, err
			}
			out.Pairs = append(out.Pairs, Pair{p.Key, n})
		}
		return out, nil
	}
	n, err := check(v, s)
	if err != nil {
		return Value{}, err
	}
	return s.normal(n), nil
}

func plainEnds(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// trimmed is a text without the empty lines around it.
func trimmed(s string) string { return strings.Trim(plainEnds(s), "\n") }

func errControl(zh, en string, c rune) error {
	return &Error{diag.Text{
		Zh: fmt.Sprintf("“%s”里有看不见的控制字符（U+%04X）：请把它删掉，或重新输入这段文字", zh, c),
		En: fmt.Sprintf("\"%s\" holds a control character that nobody can see (U+%04X): take it out, or type the text anew", en, c),
	}}
}

// changed is the first key that is to change, as the schema has it in both languages.
func (r *Record) changed(now, target Value) string {
	for _, k := range r.schema.key.Keys {
		if !now.Get(k.En).Equal(target.Get(k.En)) {
			return k.Zh + " / " + k.En
		}
	}
	return "正文 / text"
}

// style finds out how the file is indented.
func (r *Record) style() style {
	s := style{format: r.doc.Format, step: 2, dash: 2}
	if r.none {
		s.format = frontmatter.YAML
	}
	for _, p := range r.root.pairs {
		if v := p.value; s.format == frontmatter.YAML && !v.flow && !v.held && !v.odd && v.from > lineEnd(r.file.text, p.to) {
			switch {
			case v.kind == frontmatter.Map && len(v.pairs) > 0:
				if in := v.pairs[0].from - lineStart(r.file.text, v.pairs[0].from); in > 0 && in <= 8 {
					s.step = in
				}
			case v.kind == frontmatter.List && len(v.items) > 0:
				if in := v.items[0].dash - lineStart(r.file.text, v.items[0].dash); in <= 8 {
					s.dash = in
				}
			}
		}
	}
	return s
}

// head writes a head for a file that has none.
func (e *editor) head(target Value, s shape) {
	text := "---\n"
	for _, p := range e.dress(target, s, "").pairs {
		text += strings.Join(e.yamlPair(p.name, p.value, 0), "\n") + "\n"
	}
	text += "---\n"
	if e.text != "" && !strings.HasPrefix(e.text, "\n") {
		text += "\n"
	}
	e.put(0, 0, text)
}

// body puts in what differs of the text.
func (e *editor) body(r *Record, text string) {
	old := r.file.text[r.body.from:r.body.to]
	from := r.body.from + len(old) - len(strings.TrimLeft(old, "\n"))
	to := from + len(strings.Trim(old, "\n"))
	if from == r.body.to && from == to && text != "" { // there was none
		at := r.body.to
		if r.file.text != "" && !strings.HasSuffix(r.file.text[:at], "\n\n") {
			text = "\n" + text
		}
		if at > 0 && r.file.text[at-1] != '\n' {
			text = "\n" + text
		}
		e.put(at, at, text+"\n")
		return
	}
	old = r.file.text[from:to]
	same := 0
	for same < len(old) && same < len(text) && old[same] == text[same] {
		same++
	}
	for same > 0 && same < len(old) && !utf8.RuneStart(old[same]) || same > 0 && same < len(text) && !utf8.RuneStart(text[same]) {
		same--
	}
	end := 0
	for end < len(old)-same && end < len(text)-same && old[len(old)-1-end] == text[len(text)-1-end] {
		end++
	}
	for end > 0 && !utf8.RuneStart(old[len(old)-end]) {
		end--
	}
	if same+end < len(old) || same+end < len(text) {
		e.put(from+same, to-end, text[same:len(text)-end])
	}
}

// verified reads a new file back.
func (r *Record) verified(plain string, target Value, text string) bool {
	doc, found := r.parse([]byte(plain))
	if r.none && len(target.Pairs) == 0 { // still no head, and the same as before
		return len(found) == 1 && found[0].Code == diag.NoFrontMatter && strings.Trim(plain, "\n") == text
	}
	if len(found) > 0 {
		return false
	}
	if !r.none && doc.Format != r.doc.Format {
		return false
	}
	if !r.schema.normal(valueOf(doc.Head)).Equal(target) {
		return false
	}
	if !r.alone && strings.Trim(string(doc.Body), "\n") != text {
		return false
	}
	was, is := r.schema.rest(valueOf(r.doc.Head)), r.schema.rest(valueOf(doc.Head))
	return was.Equal(is)
}

// rest is what the schema does not know, in its order; what lies within lists is left out.
func (s shape) rest(v Value) Value {
	out := Group()
	for _, p := range v.Pairs {
		child, _, known := s.of(p.Key)
		switch {
		case !known:
			out.Pairs = append(out.Pairs, p)
		case child.group() && !child.list() && p.Value.Kind == frontmatter.Map:
			if inner := child.rest(p.Value); len(inner.Pairs) > 0 {
				out.Pairs = append(out.Pairs, Pair{child.key.En, inner})
			}
		}
	}
	return out
}
