package markdown

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"mingdeng/internal/han"
)

// This file finds marks that are published as they stand: what an author wrote to be
// markup and CommonMark reads as words (＃标题, **“重点”**2020, <br/>). It looks at words as
// they are shown, so code and what is escaped are never taken for it. A repair is offered
// only where the mended line has been read again and shows no mark.

// Leftovers, beside the losses of lost.go.
const (
	LeftoverMark     Loss = iota + 100 // ** that opens or closes nothing
	LeftoverHeading                    // ＃标题, ##标题
	LeftoverLink                       // [字]（网址）
	LeftoverTag                        // HTML
	LeftoverTemplate                   // {% %}, {{ }}
	LeftoverPicture                    // ![图](a b.png), ![[a.jpg]]
	LeftoverIndent                     // 　　 at the start of a line within a paragraph
	LeftoverQuote                      // ＞引用
	LeftoverRuby                       // {堃 | kūn}, ｛堃|kūn｝
	LeftoverForeign                    // [TOC], :::tip, ==字==: other programs' markup
)

// maxLeftovers is how many are told of one body.
const maxLeftovers = 20

// marksIn are bytes that markup begins with.
const marksIn = "<*_~[{#=:"

// shows looks at words of the source that are written out as words.
func (w *writer) shows(v []byte, at int) {
	if w.plain || w.quiet {
		return
	}
	for i := 0; i < len(v); {
		n := bytes.IndexAny(v[i:], marksIn)
		if n < 0 {
			break
		}
		i += n
		if odd(w.body, at+i) {
			w.strange(at + i)
		}
		i++
	}
	for _, wide := range []string{"＃", "＊＊", "＞", "［", "｛"} {
		if i := bytes.Index(v, []byte(wide)); i >= 0 {
			w.strange(at + i)
		}
	}
}

// odd tells at little cost whether a mark shown at a byte may be more than a character.
func odd(body []byte, at int) bool {
	rest := body[at:]
	if at > 0 && body[at-1] == '\\' || len(rest) < 2 {
		return false
	}
	switch rest[0] {
	case '<':
		return rest[1] == '!' || rest[1] == '/' || 'a' <= rest[1]|0x20 && rest[1]|0x20 <= 'z'
	case '{':
		return rest[1] == '%' || rest[1] == '{' || rubyShown.Match(rest[:min(len(rest), 200)])
	case '#':
		return len(bytes.TrimLeft(body[bytes.LastIndexByte(body[:at], '\n')+1:at], " #")) == 0
	case '[':
		if rest[1] == '[' && at > 0 && body[at-1] == '!' {
			return true
		}
		if rest[1] == '!' || foreign.Match(rest[:min(len(rest), 16)]) {
			return true
		}
		end := bytes.IndexByte(rest[:min(len(rest), 300)], ']')
		if end < 0 {
			return false
		}
		after := bytes.TrimLeft(rest[end+1:min(len(rest), end+8)], " ")
		return len(after) > 0 && after[0] == '(' || bytes.HasPrefix(after, []byte("（"))
	case ':':
		return bytes.HasPrefix(rest, []byte(":::")) && (at == 0 || body[at-1] == '\n')
	}
	return rest[0] == rest[1] // ** __ ~~ ==
}

// strange notes a place where markup is shown.
func (w *writer) strange(at int) {
	if w.plain || w.quiet || len(w.odd) >= 20*maxLeftovers {
		return
	}
	w.odd = append(w.odd, at)
}

// indented notes a line within a paragraph that begins as a paragraph does on paper.
func (w *writer) indented(n *ast.Text) {
	next := n.Segment.Stop
	if i := bytes.IndexByte(w.body[next:], '\n'); i >= 0 {
		next += i + 1
	}
	if bytes.HasPrefix(w.body[next:], []byte("　　")) {
		w.strange(next)
	}
}

// leftovers tells what the noted places show, one for a line.
func (w *writer) leftovers() {
	last := -1
	for _, at := range w.odd {
		start := bytes.LastIndexByte(w.body[:at], '\n') + 1
		if start <= last {
			continue
		}
		end := len(w.body)
		if i := bytes.IndexByte(w.body[at:], '\n'); i >= 0 {
			end = at + i
		}
		if end-start > maxLine {
			continue
		}
		if l, stop, ok := spread(w.body[at:]); ok {
			last = bytes.LastIndexByte(w.body[:at+stop], '\n') + 1
			w.state.losses = append(w.state.losses, loss{Lost: l, at: at})
			continue
		}
		l, from, ok := leftover(string(w.body[start:end]), at-start, goesOn(w.body[end:]))
		if !ok {
			continue
		}
		last = start
		w.state.losses = append(w.state.losses, loss{Lost: l, at: start + from})
		if len(w.state.losses) >= maxLeftovers {
			return
		}
	}
}

// maxSpread is how far the end of a tag or a player is looked for, bytes.
const maxSpread = 4096

var (
	openTag = regexp.MustCompile(`(?i)^<(video|audio|iframe|object|embed|img|a|p|div|span|font|table|section|figure|script|style)\b[^<>]*>`)
	players = map[string]bool{"video": true, "audio": true, "iframe": true, "object": true}
	form    = regexp.MustCompile(`!?\[[^\[\]]*\]\((?:<[^<>]*>|[^()\s]*)\)`)
)

// spread finds HTML at the beginning of rest that goes over several lines of a paragraph, a
// tag or a player with what stands in it, and what is written instead; stop is its end.
func spread(rest []byte) (l Lost, stop int, ok bool) {
	if rest[0] != '<' {
		return Lost{}, 0, false
	}
	rest = rest[:min(len(rest), maxSpread)]
	if blank := bytes.Index(rest, []byte("\n\n")); blank >= 0 {
		rest = rest[:blank]
	}
	m := openTag.FindSubmatchIndex(rest)
	if m == nil {
		return Lost{}, 0, false
	}
	name := bytes.ToLower(rest[m[2]:m[3]])
	stop = m[1]
	if close := append([]byte("</"), name...); players[string(name)] {
		if i := bytes.Index(bytes.ToLower(rest[stop:]), close); i >= 0 {
			stop += i + len(close)
		}
	}
	shown := rest[:stop]
	first, _, more := bytes.Cut(shown, []byte("\n"))
	if !more {
		return Lost{}, 0, false
	}
	return Lost{Loss: LeftoverTag, Text: cut(string(first)), Form: form.FindString(untagged(strings.Join(strings.Fields(string(shown)), " ")))}, stop, true
}

// maxLine is how long a line may be that is looked at, bytes: a paragraph of a book has
// 3,000 at most.
const maxLine = 8192

var (
	tagShown  = regexp.MustCompile(`(?i)<!--|-->|</?(?:br|p|div|span|b|i|u|em|strong|font|center|img|a|video|audio|iframe|source|table|tr|td|th|tbody|thead|ul|ol|li|h[1-6]|hr|sup|sub|small|big|s|del|ins|mark|script|style|section|article|figure|figcaption|blockquote|pre|code|o:p|embed|object|svg|ruby|rt|rp|nobr|wbr)(?:\s[^<>]*)?/?>`)
	comment   = regexp.MustCompile(`<!--.*?-->`)
	template  = regexp.MustCompile(`\{%[^%\n]*%\}|\{\{[^}\n]*\}\}`)
	heading   = regexp.MustCompile(`^(\s{0,3})(#{1,6}|＃{1,6})[\s　]*([^#＃\s　].*)$`)
	quoted    = regexp.MustCompile(`^(\s{0,3})＞[\s　]*([^\s　].*)$`)
	wideLink  = regexp.MustCompile(`[\[［]([^\[\]［］\n]+)[\]］]\s*（\s*([^（）\s]+)\s*）`)
	gapLink   = regexp.MustCompile(`\[([^\[\]\n]+)\]\s*\(\s*([^()\n]+?)\s*\)`)
	pictured  = regexp.MustCompile(`!\[([^\[\]\n]*)\]\s*[(（]([^\n]*)$`)
	embedded  = regexp.MustCompile(`!\[\[([^\[\]|\n]+)(?:\|[^\[\]\n]*)?\]\]`)
	emphases  = regexp.MustCompile(`\*\*|＊＊|__[^_\s　]+__|~~[^~\s　]+~~`)
	address   = regexp.MustCompile(`^(?:https?://|www\.|/|\.\./|mailto:|网址$|链接$)|\.(?:md|html?|pdf|docx?|xlsx?|jpe?g|png)$`)
	drawn     = regexp.MustCompile(`(?i)\.(?:jpe?g|png|gif|webp|svg)\b`)
	foreign   = regexp.MustCompile(`^(?i)\s{0,3}(?:\[TOC\]\s*$|:::)|\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]`)
	rubyShown = regexp.MustCompile(`[{｛][ 　]*([^{}｛｝|｜\s][^{}｛｝|｜\n]{0,30}?)[ 　]*[|｜][ 　]*([^{}｛｝|｜\n]{0,60}?)[ 　]*[}｝]`)
	lit       = regexp.MustCompile(`==([^=\s](?:[^=\n]*[^=\s])?)==`)
	sized     = regexp.MustCompile(`\s+=\d*%?x?\d*%?\s*$`)
)

// leftover says what is shown at a byte of a line that was meant as markup, and how the
// line could be mended; from is where it begins. more says that its paragraph goes on.
func leftover(line string, at int, more bool) (l Lost, from int, ok bool) {
	within := func(re *regexp.Regexp) []int {
		for _, m := range re.FindAllStringSubmatchIndex(line, -1) {
			if m[0] <= at && at < m[1] {
				return m
			}
		}
		return nil
	}
	// lost is markup at m that becomes new, if the line is then clean.
	lost := func(kind Loss, m []int, new string) (Lost, int, bool) {
		l := Lost{Loss: kind, Text: cut(line[m[0]:m[1]])}
		from := m[0]
		if mended := line[:m[0]] + new + line[m[1]:]; strings.TrimSpace(mended) != "" && shownClean(mended) {
			l.Old, l.New = line[m[0]:m[1]], new
			if new == "" { // a fix is of words that become words
				l.Old, l.New = line[m[0]:], line[m[1]:]
			}
			if l.New == "" {
				_, n := utf8.DecodeLastRuneInString(line[:from])
				from -= n
				l.Old, l.New = line[from:], line[from:m[0]]
			}
		}
		return l, from, true
	}
	if strings.HasPrefix(line, "　　") && at == 0 {
		return Lost{Loss: LeftoverIndent, Text: cut(strings.TrimLeft(line, "　"))}, 0, true
	}
	if m := within(heading); m != nil && at < m[6] && !strings.ContainsAny(line[m[6]:m[7]], "#＃") {
		marks := strings.Repeat("#", utf8.RuneCountInString(line[m[4]:m[5]]))
		return lost(LeftoverHeading, []int{m[4], m[1]}, marks+" "+line[m[6]:m[7]])
	}
	if m := within(quoted); m != nil {
		return lost(LeftoverQuote, []int{m[2] + (m[3] - m[2]), m[1]}, "> "+line[m[4]:m[5]])
	}
	if m := within(embedded); m != nil && drawn.MatchString(line[m[2]:m[3]]) {
		return lost(LeftoverPicture, m, "![]("+angled(line[m[2]:m[3]])+")")
	}
	if m := within(pictured); m != nil {
		if end, dest := pictureDest(line[m[4]:m[5]]); dest != "" {
			return lost(LeftoverPicture, []int{m[0], m[4] + end}, "!["+line[m[2]:m[3]]+"]("+angled(dest)+")")
		}
	}
	for _, re := range []*regexp.Regexp{wideLink, gapLink} {
		if m := within(re); m != nil && address.MatchString(line[m[4]:m[5]]) {
			return lost(LeftoverLink, m, "["+line[m[2]:m[3]]+"]("+angled(line[m[4]:m[5]])+")")
		}
	}
	if m := within(lit); m != nil {
		return lost(LeftoverForeign, m, "**"+line[m[2]:m[3]]+"**")
	}
	if foreign.MatchString(line[at:]) || foreign.MatchString(line) {
		return Lost{Loss: LeftoverForeign, Text: cut(strings.TrimSpace(line[at:]))}, at, true
	}
	if m := within(rubyShown); m != nil {
		return lost(LeftoverRuby, m, "{"+line[m[2]:m[3]]+"|"+line[m[4]:m[5]]+"}")
	}
	if m := within(template); m != nil {
		return lost(LeftoverTemplate, m, "")
	}
	if m := within(comment); m != nil {
		return lost(LeftoverTag, m, "")
	}
	if m := within(tagShown); m != nil {
		shown := line[m[0]:m[1]]
		if lineTag.MatchString(shown) {
			m[0] = len(strings.TrimRight(line[:m[0]], " \t"))
		}
		mended := line[:m[0]] + untagged(broken(line[:m[0]], line[m[0]:], more))
		l, from, _ := lost(LeftoverTag, []int{m[0], len(line)}, mended[m[0]:])
		l.Text = cut(shown)
		return l, from, true
	}
	if m := within(emphases); m != nil && !strings.HasSuffix(line[:m[0]], `\`) && standsBeside(line, m) {
		l = Lost{Loss: LeftoverMark, Text: cut(line[m[0]:])}
		if old, new := emphasised(line, m[0]); new != "" && shownClean(strings.Replace(line, old, new, 1)) {
			l.Old, l.New = old, new
			return l, strings.Index(line, old), true
		}
		return l, m[0], true
	}
	return Lost{}, 0, false
}

// standsBeside tells marks that touch a word from those that stand alone, or are part of a
// longer run: **** or a line to fill in.
func standsBeside(line string, m []int) bool {
	mark := line[m[0]:m[1]]
	if len(mark) > 2 && mark != "＊＊" {
		return true // a pair
	}
	before, after := line[:m[0]], line[m[1]:]
	if strings.HasPrefix(after, mark[:1]) || strings.HasSuffix(before, mark[len(mark)-1:]) && mark != "＊＊" {
		return false
	}
	a, _ := utf8.DecodeLastRuneInString(before)
	b, _ := utf8.DecodeRuneInString(after)
	return han.Is(a) || han.Is(b) || strings.ContainsRune("“”‘’「」『』《》（）()，。、；：？！", a) || strings.ContainsRune("“”‘’「」『』《》（）()，。、；：？！", b)
}

// emphasised mends a run of emphasis that a mark at a place of a line belongs to. Where a
// mark of punctuation keeps it from closing, that stands outside.
func emphasised(line string, at int) (old, new string) {
	mark := line[at : at+2]
	if strings.HasPrefix(line[at:], "＊＊") {
		mark = "＊＊"
	}
	from, to := -1, -1
	all := regexp.MustCompile(regexp.QuoteMeta(mark)).FindAllStringIndex(line, -1)
	for i := 0; i+1 < len(all); i += 2 {
		if all[i][0] == at || all[i+1][0] == at {
			from, to = all[i][1], all[i+1][0]
		}
	}
	if to <= from {
		return "", ""
	}
	old = line[from-len(mark) : to+len(mark)]
	inner := strings.TrimSpace(line[from:to])
	if mark == "＊＊" || mark == "__" { // __ does not work within words
		mark = "**"
	}
	first, n := utf8.DecodeRuneInString(inner)
	last, m := utf8.DecodeLastRuneInString(inner)
	candidates := []string{mark + inner + mark}
	if len(inner) > n+m && strings.ContainsRune("“‘「『《（(\"", first) && strings.ContainsRune("”’」』》）)\"", last) {
		candidates = append(candidates, inner[:n]+mark+inner[n:len(inner)-m]+mark+inner[len(inner)-m:])
	}
	if len(inner) > m {
		candidates = append(candidates, mark+inner[:len(inner)-m]+mark+inner[len(inner)-m:])
	}
	if len(inner) > n {
		candidates = append(candidates, inner[:n]+mark+inner[n:]+mark)
	}
	for _, c := range candidates {
		if c != old && shownClean(strings.Replace(line, old, c, 1)) {
			return old, c
		}
	}
	return "", ""
}

// pictureDest finds the file in what follows "![…](": with blanks or brackets in its
// name, or with a size as other programs write it. end is behind the closing bracket.
func pictureDest(s string) (end int, dest string) {
	m := drawn.FindStringIndex(s)
	if m == nil {
		return 0, ""
	}
	closing := strings.IndexAny(s[m[1]:], ")）")
	if closing < 0 {
		return 0, ""
	}
	_, n := utf8.DecodeRuneInString(s[m[1]+closing:])
	dest = strings.TrimSpace(sized.ReplaceAllString(s[:m[1]], ""))
	return m[1] + closing + n, strings.Trim(dest, "<>")
}

// angled writes an address so that it can hold blanks and brackets.
func angled(dest string) string {
	if strings.ContainsAny(dest, " ()（）") {
		return "<" + dest + ">"
	}
	return dest
}

var (
	boldTag = regexp.MustCompile(`(?i)<(?:b|strong)(?:\s[^<>]*)?>\s*([^<>]+?)\s*</(?:b|strong)>`)
	itTag   = regexp.MustCompile(`(?i)<(?:i|em)(?:\s[^<>]*)?>\s*([^<>]+?)\s*</(?:i|em)>`)
	linkTag = regexp.MustCompile(`(?i)<a\s[^<>]*href=["']?([^"'\s<>]+)["']?[^<>]*>([^<>]+)</a>`)
	picTag  = regexp.MustCompile(`(?i)<img\s[^<>]*src=["']([^"'<>]+)["'][^<>]*>`)
	altAttr = regexp.MustCompile(`(?i)alt=["']([^"'<>]*)["']`)
	filmTag = regexp.MustCompile(`(?i)<(?:iframe|video|audio|embed|source)\b[^<>]*src=["']([^"'<>]+)["'][^<>]*>`)
	heard   = regexp.MustCompile(`(?i)^<audio|src=["'][^"'<>]*\.(?:mp3|m4a|aac|ogg|opus|flac|wav)["']`)
	lineTag = regexp.MustCompile(`(?i)\s*(?:<br\s*/?>\s*)+`)
	// blockStart begins a block of its own, or goes on with a list or a quotation.
	blockStart = regexp.MustCompile(`^\s*(?:[#>|＃＞]|[-+*](?:\s|$)|\d{1,9}[.)]|:::|~~~|` + "```" + `|\[\^|=+\s*$|-+\s*$)`)
	// inLine is what a bar may belong to that parts no cells.
	inLine = regexp.MustCompile(`\{[^{}]*\}|\[\[[^\[\]]*\]\]`)
	// isHeading is a line that cannot be broken.
	isHeading = regexp.MustCompile(`^\s{0,3}#{1,6}\s`)
)

// goesOn tells whether what follows a line belongs to the same paragraph.
func goesOn(rest []byte) bool {
	next, _, _ := bytes.Cut(bytes.TrimPrefix(rest, []byte("\n")), []byte("\n"))
	return len(bytes.TrimSpace(next)) > 0 && !blockStart.Match(next)
}

// broken writes the <br> of a line, of which before has none, as a line is broken: by a
// backslash at its end; several as a new paragraph. A heading and a cell of a table have one
// line: there a blank, or a stop, parts what they parted.
func broken(before, rest string, more bool) string {
	heading, cells := isHeading.MatchString(before+rest), strings.Contains(inLine.ReplaceAllString(before+rest, ""), "|")
	said, from := before, 0
	var b strings.Builder
	for _, m := range lineTag.FindAllStringIndex(rest, -1) {
		b.WriteString(rest[from:m[0]])
		said += rest[from:m[0]]
		from = m[1]
		next := rest[m[1]:]
		words := strings.TrimSpace(tagShown.ReplaceAllString(said, ""))
		after := strings.TrimSpace(tagShown.ReplaceAllString(next, ""))
		last, _ := utf8.DecodeLastRuneInString(words)
		switch {
		case words == "" || blockStart.MatchString(words) && strings.Trim(words, "#>|-+* \t0123456789.)") == "" || cells && strings.HasSuffix(words, "|"):
		case after == "" && more && !heading && !cells:
			b.WriteString(`\`)
		case after == "" || cells && strings.HasPrefix(after, "|"):
		case cells && han.Is(last):
			b.WriteString("；")
		case cells && strings.ContainsRune("，。；：、！？”）》", last):
		case heading || cells || blockStart.MatchString(after):
			b.WriteString(" ")
		case strings.Count(strings.ToLower(rest[m[0]:m[1]]), "<br") > 1 && !blockStart.MatchString(before+rest):
			b.WriteString("\n\n")
		default:
			b.WriteString("\\\n")
		}
	}
	return b.String() + rest[from:]
}

// untagged writes a line of HTML as Markdown: bold, links, pictures; other tags go.
func untagged(line string) string {
	line = comment.ReplaceAllString(line, "")
	line = boldTag.ReplaceAllString(line, "**$1**")
	line = itTag.ReplaceAllString(line, "*$1*")
	line = linkTag.ReplaceAllString(line, "[$2]($1)")
	line = picTag.ReplaceAllStringFunc(line, func(tag string) string {
		alt := ""
		if m := altAttr.FindStringSubmatch(tag); m != nil {
			alt = m[1]
		}
		return "![" + alt + "](" + veiled.Replace(angled(picTag.FindStringSubmatch(tag)[1])) + ")"
	})
	line = filmTag.ReplaceAllStringFunc(line, func(tag string) string {
		src := filmTag.FindStringSubmatch(tag)[1]
		if strings.HasPrefix(src, "//") {
			src = "https:" + src
		}
		words := "看视频"
		if heard.MatchString(tag) {
			words = "听录音"
		}
		return "[" + words + "](" + veiled.Replace(angled(src)) + ")"
	})
	return unveiled.Replace(strings.TrimRight(tagShown.ReplaceAllString(line, ""), " "))
}

// An address in <> looks like a tag: <a b.mp3>.
var veiled, unveiled = strings.NewReplacer("<", "\x02", ">", "\x03"), strings.NewReplacer("\x02", "<", "\x03", ">")

// shownClean tells whether a line, read by itself, shows no mark.
func shownClean(line string) bool {
	var out bytes.Buffer
	doc, state, err := parse(lines, []byte(line))
	if err != nil {
		return false
	}
	w := &writer{}
	w.reset(&out, []byte(line), &Options{}, false)
	w.state, w.quiet = state, true
	w.document(doc)
	text := out.String()
	for _, mark := range []string{"**", "__", "~~", "＊＊", "&lt;", "{%", "{{", "![", "](", "]（"} {
		if strings.Contains(text, mark) {
			return false
		}
	}
	return !rubyShown.MatchString(text) && !strings.HasPrefix(strings.TrimPrefix(text, "<p>"), "#")
}

// lines parses mended lines.
var lines = newParser(false)

// cut is the beginning of what stands there, for a message of one line.
func cut(s string) string {
	const most = 24
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
