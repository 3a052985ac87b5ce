package amend_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"

	"mingdeng/internal/amend"
	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/frontmatter"
	"mingdeng/internal/testrun"
)

// hard are texts that the languages of heads would take for something else.
var hard = []string{
	"true", "2023", "1e3", "null", "~", "- x", ": ", "#", "# x", "x # y", "x: y", " 前", "后 ", "\t", "一\n二", "一\n\n  二\n三", "  一\n二", "🏮 灯", "'", "\"", "\\", "a\\nb",
	"[x]", "{x: y}", "[", "]", "}", ",", "a, b", "甲、乙", "，", "【甲】", "&a", "*a", "!x", "|", ">", "%", "@x", "`x`", "?", "? x", "-", "--", "---", "---\n", "+++", "...", "=", "<<",
	"\u2028", "\ufeff", "\u00a0x", "0x1F", "0o17", "1_000", ".5", ".inf", "2021-07-20", "12:30:00", "yes", "是", "：", "x：y", "𠮷", "'''", `"""`, "x\ty", "'一'\n\"二\"", "\\\n",
}

// writing makes a file of random looks. What must stay stands in pieces.
type writing struct {
	t      *rapid.T
	format frontmatter.Format
	n      int // comments so far
}

func (w *writing) pick(label string, n int) int { return rapid.IntRange(0, n-1).Draw(w.t, label) }
func (w *writing) coin(label string) bool       { return rapid.Bool().Draw(w.t, label) }

func (w *writing) word() string {
	switch w.pick("word", 4) {
	case 0:
		return hard[w.pick("hard", len(hard))]
	case 1:
		s := rapid.StringN(1, 12, -1).Draw(w.t, "text")
		s = strings.Map(func(r rune) rune {
			if _, bad := content.Control(string(r)); bad || r == '\ufffd' {
				return -1
			}
			return r
		}, s)
		return s + "字"
	}
	return []string{"张三", "英雄", "长堤路 1 号", "zhang-san", "Bridge", "他三次返回"}[w.pick("plain", 6)]
}

// value makes a value for a key.
func (w *writing) value(k content.Key, item bool) amend.Value {
	shape := strings.TrimPrefix(k.Shape.En, "a list, each item ")
	switch {
	case k.List && !item:
		v := amend.List()
		for range 1 + w.pick("items", 4) {
			v.Items = append(v.Items, w.value(k, true))
		}
		return v
	case len(k.Keys) > 0:
		v := amend.Group()
		for len(v.Pairs) == 0 {
			for _, inner := range k.Keys {
				if w.coin("inner") {
					v.Pairs = append(v.Pairs, pair(inner.En, w.value(inner, false)))
				}
			}
		}
		return v
	case len(k.Values) > 0:
		return text(k.Values[w.pick("fixed", len(k.Values))].En)
	case strings.HasPrefix(shape, "a date"):
		return text([]string{"2021-07-20", "2021-07", "2021", "1999-12-31"}[w.pick("date", 4)])
	case strings.Contains(shape, "number"):
		return text(fmt.Sprint(w.pick("number", 3000)))
	case shape == "true or false":
		return text([]string{"true", "false"}[w.pick("switch", 2)])
	case strings.HasPrefix(shape, "a region"):
		return text([]string{"河南省/郑州市", "河南省", "浙江省/杭州市/某区"}[w.pick("region", 3)])
	case strings.HasPrefix(shape, "a group of keys"):
		v := amend.Group()
		for i := range 1 + w.pick("params", 3) {
			v.Pairs = append(v.Pairs, pair(fmt.Sprintf("%s%d", []string{"键", "key", "a b", "x: y"}[w.pick("key", 4)], i), text(w.word())))
		}
		if w.coin("list in it") {
			v.Pairs = append(v.Pairs, pair("列", amend.List(text(w.word()), amend.Group(pair("内", text(w.word()))))))
		}
		return v
	}
	return text(w.word())
}

func (w *writing) comment() string {
	if w.n++; w.coin("comment") {
		return fmt.Sprintf("  # 注 %d: [x", w.n)
	}
	return ""
}

// name is one of a key's names.
func (w *writing) name(k content.Key) string {
	names := append([]string{k.Zh, k.Zh, k.En}, k.Also...)
	return names[w.pick("name", len(names))]
}

func (w *writing) double(s string) string {
	b, _ := json.Marshal(s)
	return strings.ReplaceAll(string(b), "\ufeff", `\ufeff`)
}

// scalar writes a word on one line.
func (w *writing) scalar(k content.Key, s string) string {
	for _, v := range k.Values {
		if s == v.En && w.coin("fixed in Chinese") {
			s = v.Zh
		}
	}
	if k.Shape.En == "true or false" && w.format == frontmatter.YAML {
		s = map[string][]string{"true": {"true", "yes", "是"}, "false": {"false", "否", "No"}}[s][w.pick("switch word", 3)]
	}
	plain := s != "" && strings.Trim(s, "0123456789") == "" && (s[0] != '0' || s == "0")
	switch w.format {
	case frontmatter.JSON:
		if plain && w.coin("number") || s == "true" {
			return s
		}
		return w.double(s)
	case frontmatter.TOML:
		if plain && w.coin("number") || s == "true" {
			return s
		}
		if !strings.ContainsAny(s, "'\n\t") && w.coin("literal") {
			return "'" + s + "'"
		}
		if strings.Contains(s, "\n") && !strings.ContainsAny(s, "'\\\"") && !marks(s) && w.coin("lines") {
			return "'''\n" + s + "'''"
		}
		return w.double(s)
	}
	if strings.Trim(s, "0123456789-abcdefghijklmnopqrstuvwxyz张三英雄是否省市河南郑州") == "" && !strings.HasPrefix(s, "-") && s != "null" && s != "" && w.coin("plain") {
		return s
	}
	if !strings.ContainsAny(s, "\n\u2028\ufeff\u0085\u2029") && w.coin("single") {
		return "'" + strings.ReplaceAll(s, "'", "''") + "'"
	}
	return w.double(s)
}

// flow writes a value within brackets.
func (w *writing) flow(k content.Key, v amend.Value, item bool) string {
	var parts []string
	blank := []string{"", " "}[w.pick("blank", 2)]
	switch v.Kind {
	case frontmatter.List:
		for _, i := range v.Items {
			parts = append(parts, w.flow(k, i, true))
		}
		return "[" + blank + strings.Join(parts, ","+blank) + blank + "]"
	case frontmatter.Map:
		for _, p := range v.Pairs {
			inner, name := w.inner(k, p.Key)
			parts = append(parts, w.pair(name)+" "+w.flow(inner, p.Value, false))
		}
		return "{" + blank + strings.Join(parts, ", ") + blank + "}"
	}
	return w.scalar(k, v.Text)
}

func (w *writing) pair(name string) string {
	plain := strings.Trim(name, "abcdefghijklmnopqrstuvwxyz_0123456789") == ""
	switch {
	case w.format == frontmatter.JSON:
		return w.double(name) + ":"
	case w.format == frontmatter.TOML && plain:
		return name + " ="
	case w.format == frontmatter.TOML:
		return w.double(name) + " ="
	case strings.Contains(name, ":"):
		return w.double(name) + ":"
	}
	return name + ":"
}

func (w *writing) inner(k content.Key, key string) (content.Key, string) {
	for _, i := range k.Keys {
		if i.En == key {
			return i, w.name(i)
		}
	}
	return content.Key{}, key
}

// block writes a key of YAML over lines; items are its list's, each as it stands.
func (w *writing) block(k content.Key, name string, v amend.Value, indent string) (out string, items []string) {
	step := "  "
	switch {
	case v.Kind == frontmatter.Map && w.coin("block"):
		out = indent + w.pair(name) + w.comment() + "\n"
		for _, p := range v.Pairs {
			inner, n := w.inner(k, p.Key)
			s, _ := w.block(inner, n, p.Value, indent+step)
			out += s
		}
		return out, nil
	case v.Kind == frontmatter.List && w.coin("block"):
		out = indent + w.pair(name) + w.comment() + "\n"
		dash := indent + []string{"", "  "}[w.pick("dash", 2)]
		for at, i := range v.Items {
			var s string
			if i.Kind == frontmatter.Map && w.coin("block item") {
				for _, p := range i.Pairs {
					inner, n := w.inner(k, p.Key)
					line, _ := w.block(inner, n, p.Value, dash+"  ")
					s += line
				}
				s = dash + "- " + s[len(dash)+2:]
			} else {
				s = dash + "- " + w.flow(k, i, true) + w.comment() + "\n"
			}
			out += s
			items = append(items, s)
			if at+1 < len(v.Items) && w.coin("between") {
				w.n++
				out += fmt.Sprintf("%s# 间 %d\n", dash, w.n)
			}
		}
		return out, items
	case v.Kind == frontmatter.Scalar && w.coin("literal") && literal(v.Text):
		out = indent + w.pair(name) + " " + []string{"|", "|-", "|+"}[w.pick("chomp", 3)] + w.comment() + "\n"
		for _, l := range strings.Split(v.Text, "\n") {
			if l != "" {
				l = indent + step + l
			}
			out += l + "\n"
		}
		return out, nil
	}
	return indent + w.pair(name) + " " + w.flow(k, v, false) + w.comment() + "\n", nil
}

func literal(s string) bool {
	return s != "" && s[0] != ' ' && s[0] != '\t' && s[0] != '\n' && !strings.HasSuffix(s, "\n") && !strings.ContainsAny(s, "\u2028\u2029\ufeff\u0085\t") && strings.TrimSpace(s) == s && !marks(s)
}

// marks tells a text with a line that would end the head.
func marks(s string) bool {
	return slices.ContainsFunc(strings.Split(s, "\n"), func(l string) bool { l = strings.TrimSpace(l); return l == "---" || l == "+++" })
}

// piece is what a key takes of the file.
type piece struct {
	key   string // "" for what belongs to none
	text  string
	items []string
}

// record makes a whole file.
func (w *writing) record(keys []content.Key) (pieces []piece, says map[string]amend.Value, body string) {
	says = map[string]amend.Value{}
	var chosen []content.Key
	for _, k := range keys {
		if w.pick("has", 4) == 0 {
			chosen = append(chosen, k)
		}
	}
	if len(chosen) == 0 {
		chosen = keys[:1]
	}
	if w.coin("shuffled") {
		chosen = rapid.Permutation(chosen).Draw(w.t, "order")
	}
	body = "正文 " + w.word()
	var tables []piece
	for i, k := range chosen {
		v := w.value(k, false)
		says[k.En] = v
		p := piece{key: k.En}
		name := w.name(k)
		switch {
		case w.format == frontmatter.YAML:
			p.text, p.items = w.block(k, name, v, "")
		case w.format == frontmatter.JSON:
			p.text = "  " + w.pair(name) + " " + w.flow(k, v, false)
			if i+1 < len(chosen) {
				p.text += ","
			}
			p.text += "\n"
		case v.Kind == frontmatter.Map && w.coin("table"):
			p.text = "[" + strings.TrimSuffix(w.pair(name), " =") + "]" + w.comment() + "\n" + w.lines(k, v)
			tables = append(tables, p)
			continue
		case v.Kind == frontmatter.List && len(k.Keys) > 0 && w.coin("tables"):
			for _, x := range v.Items {
				s := "[[" + strings.TrimSuffix(w.pair(k.Zh), " =") + "]]" + w.comment() + "\n" + w.lines(k, x)
				p.items = append(p.items, s)
				p.text += s
			}
			tables = append(tables, p)
			continue
		default:
			p.text = w.pair(name) + " " + w.flow(k, v, false) + w.comment() + "\n"
		}
		pieces = append(pieces, p)
		if w.format != frontmatter.JSON && w.coin("loose") {
			w.n++
			pieces = append(pieces, piece{text: fmt.Sprintf([]string{"\n", "# 外 %[1]d\n", "未知%[1]d%[2]s 'x'  # 不动\n"}[w.pick("what", 3)], w.n, map[bool]string{true: ":", false: ""}[w.format == frontmatter.YAML])})
			if last := &pieces[len(pieces)-1]; w.format == frontmatter.TOML && strings.HasPrefix(last.text, "未知") {
				last.text = fmt.Sprintf("unknown%d = 'x'  # 不动\n", w.n)
			} else if last.text[len(last.text)-1] != '\n' || strings.Contains(last.text, "%!") {
				last.text = "# 外\n"
			}
		}
	}
	return append(pieces, tables...), says, body
}

func (w *writing) lines(k content.Key, v amend.Value) string {
	out := ""
	for _, p := range v.Pairs {
		inner, n := w.inner(k, p.Key)
		out += w.pair(n) + " " + w.flow(inner, p.Value, false) + w.comment() + "\n"
	}
	return out
}

// TestOnlyWhatChanged: of random files in three languages, random keys are given other
// values or taken away. What is read back is what was wanted, what belongs to no changed
// key stands there byte for byte and in its order, and so do the items of lists that stay.
func TestOnlyWhatChanged(t *testing.T) {
	testrun.Checks(t, 400, 20000)
	kinds := []content.Kind{content.KindHero, content.KindBrief, content.KindExhibit, content.KindVenue, content.KindBook}
	rapid.Check(t, func(t *rapid.T) {
		w := &writing{t: t, format: rapid.SampledFrom([]frontmatter.Format{frontmatter.YAML, frontmatter.YAML, frontmatter.TOML, frontmatter.JSON}).Draw(t, "format")}
		kind := rapid.SampledFrom(kinds).Draw(t, "kind")
		alone := w.format == frontmatter.YAML && w.pick("site", 5) == 0
		if alone {
			kind = content.KindSite
		}
		keys := content.Schema(kind)
		pieces, says, body := w.record(keys)
		head := ""
		for _, p := range pieces {
			head += p.text
		}
		open, end := map[frontmatter.Format]string{frontmatter.YAML: "---\n", frontmatter.TOML: "+++\n", frontmatter.JSON: "{\n"}[w.format], ""
		if end = open; w.format == frontmatter.JSON {
			end = "}\n\n"
		}
		plain := open + head + end + "\n" + body + "\n"
		if alone {
			plain, body = head, ""
		}
		code := w.pick("code", 4)
		encode := func(s string) []byte {
			switch code {
			case 1:
				return []byte(strings.ReplaceAll(s, "\n", "\r\n"))
			case 2:
				b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
				if err != nil {
					t.Skip("not GB18030")
				}
				return b
			}
			return []byte(s)
		}
		raw := encode(plain)
		if code == 3 {
			raw = append([]byte("\xef\xbb\xbf"), raw...)
		}
		if code == 2 {
			if text, _ := content.DecodeText(raw); string(text) != plain {
				t.Skip("happens to be UTF-8, or is no round trip")
			}
		}
		r, found := amend.Open(raw, kind)
		if len(found) > 0 {
			t.Fatalf("the test writes what cannot be read: %s\n%s", found[0].Message(diag.English), plain)
		}
		now := r.Value()
		for k, v := range says {
			if !now.Get(k).Equal(normalised(v)) {
				t.Fatalf("%s is read as %v, written as %v:\n%s", k, now.Get(k), v, plain)
			}
		}
		// What the form says.
		want := map[string]amend.Value{}
		for k, v := range says {
			want[k] = v
		}
		for _, k := range keys {
			switch w.pick("change", 12) {
			case 0:
				want[k.En] = w.value(k, false)
			case 1:
				want[k.En] = amend.Value{}
			case 2:
				if v := want[k.En]; v.Kind == frontmatter.List {
					items := rapid.Permutation(v.Items).Draw(t, "items")
					want[k.En] = amend.List(items[:w.pick("cut", len(items)+1)]...)
				}
			}
		}
		var newBody *string
		if !alone && w.coin("body") {
			body = w.word() + "\n\n" + w.word()
			newBody = &body
		}
		got, err := r.Apply(want, newBody, diag.Chinese)
		if err != nil {
			t.Fatalf("%v\n%s\nwanted %q", err, plain, fmt.Sprint(want))
		}
		again, found := amend.Open(got, kind)
		if len(found) > 0 {
			t.Fatalf("%s\n%s", found[0].Message(diag.English), got)
		}
		for k, v := range want {
			if have := again.Value().Get(k); !have.Equal(normalised(v)) {
				t.Fatalf("%s: wanted %v, have %v\n%s\nfrom\n%s", k, v, have, got, plain)
			}
		}
		if text := again.Text(); text != strings.Trim(body, "\n") {
			t.Fatalf("text: wanted %q, have %q", body, text)
		}
		if code == 2 && utf8.Valid(got) { // only where GB18030 could not hold it
			text, _ := content.DecodeText(got)
			coded, err := simplifiedchinese.GB18030.NewEncoder().Bytes(text)
			if again, _ := content.DecodeText(coded); err == nil && !bytes.Equal(coded, got) && bytes.Equal(again, text) {
				t.Fatalf("GB18030 is gone from %q", got)
			}
			code = 0
		}
		rest := got
		stays := func(s string) {
			b := encode(s)
			i := bytes.Index(rest, b)
			if i < 0 {
				t.Fatalf("%q is gone from\n%s\nfrom\n%s\nwanted %v", s, got, plain, want)
			}
			rest = rest[i+len(b):]
		}
		for _, p := range pieces {
			v := normalised(want[p.key])
			switch {
			case p.key == "" || v.Equal(normalised(says[p.key])):
				stays(strings.TrimRight(strings.TrimSuffix(p.text, "\n"), ","))
			case v.Kind == frontmatter.List && len(p.items) > 0:
				for i, item := range p.items {
					is := func(x amend.Value) bool { return normalised(x).Equal(normalised(says[p.key].Items[i])) }
					if n := len(says[p.key].Items); n > 1 && slices.ContainsFunc(slices.Delete(slices.Clone(says[p.key].Items), i, i+1), is) {
						continue // another says the same
					}
					if slices.ContainsFunc(v.Items, is) && !bytes.Contains(got, encode(strings.TrimSuffix(item, "\n"))) {
						t.Fatalf("the item %q is gone from (encoding %d)\n%s\nfrom\n%s", item, code, got, plain)
					}
				}
			}
		}
	})
}

// normalised is a value as it is compared: without what is empty and the line ends behind.
func normalised(v amend.Value) amend.Value {
	switch v.Kind {
	case frontmatter.Scalar:
		if v.Text = strings.TrimRight(v.Text, "\n"); v.Text == "" {
			return amend.Value{}
		}
		return v
	case frontmatter.List:
		out := amend.List()
		for _, i := range v.Items {
			if n := normalised(i); !n.Zero() {
				out.Items = append(out.Items, n)
			}
		}
		if len(out.Items) == 0 {
			return amend.Value{}
		}
		return out
	case frontmatter.Map:
		out := amend.Group()
		for _, p := range v.Pairs {
			if n := normalised(p.Value); !n.Zero() {
				out.Pairs = append(out.Pairs, amend.Pair{Key: p.Key, Value: n})
			}
		}
		if len(out.Pairs) == 0 {
			return amend.Value{}
		}
		return out
	}
	return v
}
