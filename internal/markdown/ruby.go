package markdown

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// ruby is {堃|kūn} or [堃]{kūn}: a reading above Han characters. base and
// reading are paired: one reading for each character where their numbers agree,
// else one for all.
type ruby struct {
	ast.BaseInline
	base, reading []string
}

var kindRuby = ast.NewNodeKind("Ruby")

func (*ruby) Kind() ast.NodeKind              { return kindRuby }
func (n *ruby) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

type rubies struct{}

func (rubies) Trigger() []byte { return []byte{'{', '['} }

func (rubies) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, at := block.PeekLine()
	if at.Padding > 0 {
		return nil
	}
	base, reading, size := rubyAt(line)
	if size == 0 {
		return nil
	}
	block.Advance(size)
	n := &ruby{}
	n.base, n.reading = pair(base, reading)
	return n
}

const (
	maxRubyBase    = 8   // characters
	maxRubyReading = 128 // bytes
)

// rubyAt reads the ruby that line starts with; size is 0 if there is none.
// Braces and brackets are common in ordinary text, so the base must be Han
// characters alone and the reading letters.
func rubyAt(line []byte) (base, reading []byte, size int) {
	if len(line) == 0 || line[0] != '{' && line[0] != '[' {
		return nil, nil, 0
	}
	i, count := 1, 0
	for i < len(line) {
		r, n := utf8.DecodeRune(line[i:])
		if !unicode.Is(unicode.Han, r) {
			break
		}
		i, count = i+n, count+1
	}
	if count == 0 || count > maxRubyBase {
		return nil, nil, 0
	}
	base = line[1:i]
	after := line[i:]
	closed := false
	bars := []string{"|", `\|`, "｜"}
	if line[0] == '[' {
		bars = []string{"]{"}
	}
	for _, bar := range bars {
		if bytes.HasPrefix(after, []byte(bar)) {
			i, closed = i+len(bar), true
			break
		}
	}
	if !closed {
		return nil, nil, 0
	}
	end := bytes.IndexByte(line[i:min(len(line), i+maxRubyReading)], '}')
	if end < 0 {
		return nil, nil, 0
	}
	reading = line[i : i+end]
	if !isReading(reading) {
		return nil, nil, 0
	}
	return base, reading, i + end + 1
}

// isReading accepts letters that are not Han (pinyin, bopomofo, kana, jamo)
// with their tone marks, and what stands between syllables.
func isReading(s []byte) bool {
	letters := false
	for _, r := range string(s) {
		switch {
		case unicode.IsLetter(r) && !unicode.Is(unicode.Han, r):
			letters = true
		case unicode.IsMark(r), unicode.Is(unicode.Sk, r), '1' <= r && r <= '5', strings.ContainsRune(" '’-·", r):
		default:
			return false
		}
	}
	return letters
}

func pair(base, reading []byte) (bases, readings []string) {
	syllables := strings.Fields(string(reading))
	if len(syllables) == utf8.RuneCount(base) {
		return strings.Split(string(base), ""), syllables
	}
	return []string{string(base)}, []string{strings.Join(syllables, " ")}
}

// eachRuby parts a wiki link's label into ruby of the form {堃|kūn} and the text
// between.
func eachRuby(label []byte, text func([]byte), ruby func(base, reading []byte)) {
	from := 0
	for i := 0; i < len(label); i++ {
		if label[i] != '{' {
			continue
		}
		base, reading, size := rubyAt(label[i:])
		if size == 0 {
			continue
		}
		text(label[from:i])
		ruby(base, reading)
		from = i + size
		i = from - 1
	}
	text(label[from:])
}
