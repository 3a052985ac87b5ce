package importer

import (
	"slices"
	"strings"

	"mingdeng/internal/diag"
	"mingdeng/internal/importer/report"
	"mingdeng/internal/importer/rich"
	"mingdeng/internal/personal"
)

var hidden = map[personal.Kind]diag.Text{
	personal.IDNumber:   {Zh: "（身份证号略）", En: "(identity number left out)"},
	personal.Disability: {Zh: "（残疾证号略）", En: "(disability certificate's number left out)"},
	personal.Mobile:     {Zh: "（手机号略）", En: "(mobile number left out)"},
	personal.BankCard:   {Zh: "（银行卡号略）", En: "(bank card number left out)"},
}

// censor takes private numbers out of texts and counts them.
type censor struct {
	lang  diag.Lang
	count map[personal.Kind]int
}

func newCensor(lang diag.Lang) *censor { return &censor{lang, map[personal.Kind]int{}} }

// text returns s without private numbers.
func (c *censor) text(s string) string {
	found := personal.Find(s)
	if len(found) == 0 {
		return s
	}
	var b strings.Builder
	at := 0
	for _, f := range found {
		b.WriteString(s[at:f.From] + hidden[f.Kind].In(c.lang))
		at = f.To
		c.count[f.Kind]++
	}
	return b.String() + s[at:]
}

// texts does so for texts that a reader sees as one: a number may run through several of
// them. between is what stands between two.
func (c *censor) texts(list []string, between string) {
	all := strings.Join(list, between)
	found := personal.Find(all)
	at := 0
	for i, s := range list {
		from, to := at, at+len(s)
		at = to + len(between)
		var b strings.Builder
		p := from
		for _, f := range found {
			if f.To <= p || f.From >= to {
				continue
			}
			b.WriteString(all[p:max(p, f.From)])
			if f.From >= from { // what is left of it in the texts that follow goes without a word
				b.WriteString(hidden[f.Kind].In(c.lang))
				c.count[f.Kind]++
			}
			p = min(to, f.To)
		}
		list[i] = b.String() + all[p:to]
	}
}

// spans does so for a paragraph; a number may run through several looks, and stand in an
// address or a reading that nobody sees.
func (c *censor) spans(spans []rich.Span) []rich.Span {
	list := make([]string, len(spans))
	unseen := false
	for i, s := range spans {
		if list[i] = s.Text; s.Break {
			list[i] = "\n" + s.Text
		}
		unseen = unseen || len(personal.Find(s.Link)) > 0 || len(personal.Find(s.Ruby)) > 0
	}
	if !unseen && len(personal.Find(strings.Join(list, ""))) == 0 {
		return spans
	}
	c.texts(list, "")
	var out []rich.Span
	for i, s := range spans {
		had := s.Break || s.Text != ""
		s.Text, s.Break = strings.CutPrefix(list[i], "\n")
		if had && !s.Break && s.Text == "" {
			continue
		}
		if found := personal.Find(s.Link); len(found) > 0 {
			s.Link = ""
			if s.Text == spans[i].Text { // else it is counted there
				c.count[found[0].Kind]++
			}
		}
		s.Ruby = c.text(s.Ruby)
		out = append(out, s)
	}
	return rich.Tidy(out)
}

// row does so for the cells of a row of a table, one digit of a number in each.
func (c *censor) row(cells [][]rich.Span) {
	list := make([]string, len(cells))
	for i, cell := range cells {
		list[i] = rich.Words(cell)
	}
	words := slices.Clone(list)
	c.texts(list, "\t")
	for i := range cells {
		if list[i] != words[i] {
			cells[i] = []rich.Span{{Text: list[i]}}
		}
	}
}

// document does so for all of a text.
func (c *censor) document(d *rich.Document) {
	d.EachText(c.spans)
	d.Each(func(b *rich.Block) {
		b.Caption = c.text(b.Caption)
		for _, row := range b.Cells {
			c.row(row)
		}
	})
	for i := range d.Pictures {
		d.Pictures[i].Alt = c.text(d.Pictures[i].Alt)
	}
}

func (c *censor) tell(log *report.Log) {
	for _, w := range []struct {
		kind   personal.Kind
		zh, en string
	}{
		{personal.IDNumber, "身份证号 %d 个：不能上网，已换成“（身份证号略）”", "%d identity numbers: they must not be published and were replaced"},
		{personal.Disability, "残疾证号 %d 个：不能上网，已换成“（残疾证号略）”", "%d numbers of disability certificates: they must not be published and were replaced"},
		{personal.Mobile, "手机号 %d 个：已换成“（手机号略）”；确是公开的电话，再手工写上", "%d mobile numbers were replaced; write one back by hand if it is meant to be public"},
		{personal.BankCard, "银行卡号 %d 个：已换成“（银行卡号略）”", "%d bank card numbers were replaced"},
	} {
		if n := c.count[w.kind]; n > 0 {
			log.Add(report.Left, w.zh, w.en, n)
		}
	}
}
