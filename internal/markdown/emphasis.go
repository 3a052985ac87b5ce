package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	"golang.org/x/text/width"
)

// CommonMark 0.31 §6.2 tells opening from closing marks by the space and
// punctuation beside them. Chinese has no spaces, so `**真，**她` and
// `他是**“重点”**的人` stay literal. The amendment of commonmark-spec pull
// request 839 (issue 650): an East Asian character on either side of the run
// stands for the space. It changes no example of the specification.

// emphasis parses * and _.
type emphasis struct{}

func (emphasis) Trigger() []byte            { return []byte{'*', '_'} }
func (emphasis) IsDelimiter(b byte) bool    { return b == '*' || b == '_' }
func (emphasis) OnMatch(level int) ast.Node { return ast.NewEmphasis(level) }
func (emphasis) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}

func (e emphasis) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	return delimiter(block, pc, e)
}

func (emphasis) CloseBlock(_ ast.Node, _ text.Reader, pc parser.Context) {
	stateOf(pc).delimiters = 0
}

// strikethrough parses ~~. GFM allows a single tilde too; here it is text, for
// people write 3~5人 and 10~20岁 in one sentence.
type strikethrough struct{}

func (strikethrough) Trigger() []byte         { return []byte{'~'} }
func (strikethrough) IsDelimiter(b byte) bool { return b == '~' }
func (strikethrough) OnMatch(int) ast.Node    { return east.NewStrikethrough() }
func (strikethrough) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}

func (s strikethrough) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, _ := block.PeekLine()
	if len(line) < 2 || line[1] != '~' || len(line) > 2 && line[2] == '~' || block.PrecendingCharacter() == '~' {
		return nil
	}
	return delimiter(block, pc, s)
}

// delimiter reads the run of marks at the reader.
func delimiter(block text.Reader, pc parser.Context, p parser.DelimiterProcessor) ast.Node {
	line, at := block.PeekLine()
	before := beside{r: block.PrecendingCharacter()}
	if selector(before.r) {
		before = selected(block.Source()[:at.Start], before.r)
	}
	n := 1
	for n < len(line) && line[n] == line[0] {
		n++
	}
	after := ' '
	if n < len(line) {
		after = util.ToRune(line, n)
	}
	open, close := flanks(line[0], before, after)
	s := stateOf(pc)
	s.delimiters++
	s.spend(s.delimiters) // each closing mark may look back through all
	d := parser.NewDelimiter(open, close, n, line[0], p)
	d.Segment = at.WithStop(at.Start + n)
	block.Advance(n)
	pc.PushDelimiter(d)
	return d
}

// beside is the character before a run of marks. The amendment looks through a variation
// selector to the character it belongs to.
type beside struct {
	r       rune
	eastern bool // the selector says so: an ideograph, or a quotation mark of full width
}

// selector tells whether a character selects a variation: of any character but as an
// emoji (U+FE0F), or of an ideograph.
func selector(r rune) bool {
	return 0xFE00 <= r && r <= 0xFE0E || ideographic(r)
}

func ideographic(r rune) bool { return 0xE0100 <= r && r <= 0xE01EF }

// selected is the character before the selector that source ends with.
func selected(source []byte, by rune) beside {
	r, _ := utf8.DecodeLastRune(source[:len(source)-utf8.RuneLen(by)])
	return beside{r: r, eastern: ideographic(by) || by == 0xFE01 && strings.ContainsRune("‘’“”", r)}
}

// flanks tells whether a run of mark between two characters can open and can
// close emphasis.
func flanks(mark byte, before beside, after rune) (open, close bool) {
	beforePunct, afterPunct := util.IsPunctRune(before.r), util.IsPunctRune(after)
	beforeSpace, afterSpace := util.IsSpaceRune(before.r), util.IsSpaceRune(after)
	eastern := beforePunct != afterPunct && (before.eastern || eastAsian(before.r) || eastAsian(after))
	left := !afterSpace && (!afterPunct || beforeSpace || beforePunct || eastern)
	right := !beforeSpace && (!beforePunct || afterSpace || afterPunct || eastern)
	if mark == '_' {
		return left && (!right || beforePunct), right && (!left || afterPunct)
	}
	return left, right
}

// eastAsian is the amendment's CJK character: East Asian width W, F or H but no
// emoji, or the script Hangul.
func eastAsian(r rune) bool {
	if r < 0x1100 {
		return false
	}
	return wide(r) && !emoji(r) || unicode.Is(unicode.Hangul, r)
}

func wide(r rune) bool {
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth, width.EastAsianHalfwidth:
		return true
	}
	return false
}

// emoji tells the wide symbols with Emoji_Presentation from the wide symbols of
// East Asian scripts, which lie between the two limits but for squared characters
// such as 🈂.
func emoji(r rune) bool {
	if 0x1F200 <= r && r <= 0x1F2FF {
		return strings.ContainsRune("🈁🈚🈯🈲🈳🈴🈵🈶🈸🈹🈺🉐🉑", r)
	}
	return (r < 0x2E80 || r >= 0x1F000) && (unicode.Is(unicode.So, r) || unicode.Is(unicode.Sk, r))
}
