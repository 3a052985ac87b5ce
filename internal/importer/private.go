package importer

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/width"

	"mingdeng/internal/diag"
	"mingdeng/internal/importer/report"
	"mingdeng/internal/importer/rich"
	"mingdeng/internal/privacy"
)

// numbers are runs of digits that may be somebody's, in the ways they are written.
var numbers = regexp.MustCompile(`\d{6}[ -]\d{8}[ -]\d{3}[\dXx]|\d{4}(?:[ -]\d{4}){3}(?:[ -]\d{1,3})?|1[3-9]\d[ -]\d{4}[ -]\d{4}|1[3-9]\d{2}[ -]\d{3}[ -]\d{4}|\d{17}[Xx]|\d{11,19}`)

// birthday is what stands within a number of identity (GB 11643), of 18 and of the
// older 15 characters: one with a slip in it is private all the same.
var (
	birthday18 = regexp.MustCompile(`^[1-9]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]$`)
	birthday15 = regexp.MustCompile(`^[1-9]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}$`)
)

// span of runes [from, to) with what stands there.
type secret struct {
	from, to int
	kind     privacy.Kind
}

// secrets finds private numbers in a text. Full-width digits count.
func secrets(s string) []secret {
	if len(s) < 11 {
		return nil
	}
	runes := []rune(s)
	for i, r := range runes {
		if r >= '０' && r <= '９' || r == 'Ｘ' || r == 'ｘ' || r == '－' || r == '　' {
			runes[i] = []rune(width.Narrow.String(string(r)))[0]
		}
		if runes[i] == '　' || runes[i] == '\u00a0' {
			runes[i] = ' '
		}
	}
	folded := string(runes)
	var out []secret
	for from := 0; from < len(folded); {
		m := numbers.FindStringIndex(folded[from:])
		if m == nil {
			break
		}
		a, b := from+m[0], from+m[1]
		before, _ := utf8.DecodeLastRuneInString(folded[:a])
		after, _ := utf8.DecodeRuneInString(folded[b:])
		if kind := kindOf(folded[a:b]); kind != "" && !digit(before) && !digit(after) {
			at := utf8.RuneCountInString(folded[:a])
			out = append(out, secret{at, at + utf8.RuneCountInString(folded[a:b]), kind})
			from = b
			continue
		}
		// Not the whole of it: what follows may be one still.
		from = b
		for from < len(folded) && digit(rune(folded[from])) {
			from++
		}
	}
	return out
}

func digit(r rune) bool { return r >= '0' && r <= '9' }

func kindOf(s string) privacy.Kind {
	bare := strings.NewReplacer(" ", "", "-", "").Replace(s)
	if birthday18.MatchString(bare) || birthday15.MatchString(bare) {
		return privacy.IDNumber
	}
	for _, p := range privacy.FindPersonal([]byte(bare)) {
		return p.Kind
	}
	return ""
}

var hidden = map[privacy.Kind]diag.Text{
	privacy.IDNumber: {Zh: "（身份证号略）", En: "(identity number left out)"},
	privacy.Mobile:   {Zh: "（手机号略）", En: "(mobile number left out)"},
	privacy.BankCard: {Zh: "（银行卡号略）", En: "(bank card number left out)"},
}

// censor takes private numbers out of texts and counts them.
type censor struct {
	lang  diag.Lang
	count map[privacy.Kind]int
}

func newCensor(lang diag.Lang) *censor { return &censor{lang, map[privacy.Kind]int{}} }

// text returns s without private numbers.
func (c *censor) text(s string) string {
	found := secrets(s)
	if len(found) == 0 {
		return s
	}
	runes := []rune(s)
	var b strings.Builder
	at := 0
	for _, f := range found {
		b.WriteString(string(runes[at:f.from]) + hidden[f.kind].In(c.lang))
		at = f.to
		c.count[f.kind]++
	}
	return b.String() + string(runes[at:])
}

// spans does so for a paragraph; a number may run through several looks.
func (c *censor) spans(spans []rich.Span) []rich.Span {
	var all strings.Builder
	for _, s := range spans {
		if s.Break {
			all.WriteByte('\n')
		}
		all.WriteString(s.Text)
	}
	found := secrets(all.String())
	if len(found) == 0 {
		return spans
	}
	var out []rich.Span
	at := 0 // rune of the text
	for _, s := range spans {
		if s.Break {
			at++
		}
		runes := []rune(s.Text)
		from, to := at, at+len(runes)
		at = to
		var b strings.Builder
		for i := from; i < to; {
			k := -1
			for j, f := range found {
				if i >= f.from && i < f.to {
					k = j
				}
			}
			if k < 0 {
				b.WriteRune(runes[i-from])
				i++
				continue
			}
			if i == found[k].from {
				b.WriteString(hidden[found[k].kind].In(c.lang))
				c.count[found[k].kind]++
			}
			i = min(to, found[k].to)
		}
		if s.Text != "" {
			if s.Text = b.String(); s.Text == "" {
				continue
			}
		}
		out = append(out, s)
	}
	return rich.Tidy(out)
}

// document does so for all of a text.
func (c *censor) document(d *rich.Document) {
	d.EachText(c.spans)
	d.Each(func(b *rich.Block) { b.Caption = c.text(b.Caption) })
	for i := range d.Pictures {
		d.Pictures[i].Alt = c.text(d.Pictures[i].Alt)
	}
}

func (c *censor) tell(log *report.Log) {
	for _, w := range []struct {
		kind   privacy.Kind
		zh, en string
	}{
		{privacy.IDNumber, "身份证号 %d 个：不能上网，已换成“（身份证号略）”", "%d identity numbers: they must not be published and were replaced"},
		{privacy.Mobile, "手机号 %d 个：已换成“（手机号略）”；确是公开的电话，再手工写上", "%d mobile numbers were replaced; write one back by hand if it is meant to be public"},
		{privacy.BankCard, "银行卡号 %d 个：已换成“（银行卡号略）”", "%d bank card numbers were replaced"},
	} {
		if n := c.count[w.kind]; n > 0 {
			log.Add(report.Left, w.zh, w.en, n)
		}
	}
}
