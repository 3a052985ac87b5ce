package importer

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mingdeng/internal/han"
	"mingdeng/internal/importer/report"
	"mingdeng/internal/importer/rich"
)

// headings finds headings that are only numbered or bold paragraphs, in a text that
// has no real ones.
func (a *article) headings(log *report.Log) {
	a.doc.Each(func(b *rich.Block) {
		if b.Kind == rich.Heading {
			b.Text = unbroken(b.Text)
		}
	})
	if slices.ContainsFunc(a.doc.Blocks, func(b rich.Block) bool { return b.Kind == rich.Heading }) {
		return
	}
	n := 0
	for i := range a.doc.Blocks {
		b := &a.doc.Blocks[i]
		words := rich.Words(b.Text)
		if count := utf8.RuneCountInString(words); b.Kind != rich.Paragraph || count < 2 || count > 30 || strings.ContainsAny(words, "\n。；") || strings.HasSuffix(words, "，") || strings.HasSuffix(words, "：") {
			continue
		}
		level := 0
		switch {
		case chapterOne.MatchString(words):
			level = 2
		case chapterTwo.MatchString(words):
			level = 3
		case allBold(b.Text) && i+1 < len(a.doc.Blocks) && !slices.ContainsFunc(b.Text, func(s rich.Span) bool { return s.Picture != 0 || s.Link != "" }):
			level = 2
		}
		if level > 0 {
			b.Kind, b.Level = rich.Heading, level
			for j := range b.Text {
				b.Text[j].Bold = false
			}
			b.Text = rich.Tidy(b.Text)
			n++
		}
	}
	if n > 0 {
		log.Add(report.Guessed, "小标题 %d 处：原文没有用标题样式，是从编号和加粗看出来的", "%d headings: they had no heading style and were told from numbers and bold type", n)
	}
}

// unbroken is a heading on one line: where it was broken between Chinese characters there is
// no blank.
func unbroken(spans []rich.Span) []rich.Span {
	var out []rich.Span
	for i, s := range spans {
		if s.Break && i > 0 && i+1 < len(spans) {
			before, _ := utf8.DecodeLastRuneInString(spans[i-1].Text)
			after, _ := utf8.DecodeRuneInString(spans[i+1].Text)
			if han.Wide(before) || han.Wide(after) {
				continue
			}
		}
		out = append(out, s)
	}
	return rich.Tidy(out)
}

// captions joins a picture with the line under it that tells what it shows.
func (a *article) captions(log *report.Log) {
	n := 0
	var out []rich.Block
	for _, b := range a.doc.Blocks {
		words := strings.TrimSpace(rich.Words(b.Text))
		if k := len(out) - 1; k >= 0 && out[k].Kind == rich.Figure && out[k].Caption == "" && b.Kind == rich.Paragraph && words != "" &&
			utf8.RuneCountInString(words) <= 80 && (b.Role == rich.Caption || pictureRE.MatchString(words)) {
			out[k].Caption = strings.Join(strings.Fields(strings.TrimLeft(words, "▲△↑ ")), " ")
			if b.Role != rich.Caption {
				n++
			}
			continue
		}
		out = append(out, b)
	}
	a.doc.Blocks = out
	if n > 0 {
		log.Add(report.Guessed, "图注 %d 处：图片下面“图…”开头的一行", "%d captions: lines under pictures that begin with 图", n)
	}
}

// strange replaces characters that only the writer's own font could show.
func (a *article) strange(log *report.Log) {
	n := 0
	fix := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r >= 0xe000 && r <= 0xf8ff || r >= 0xf0000 {
				n++
				return '〓'
			}
			return r
		}, s)
	}
	a.doc.EachText(func(spans []rich.Span) []rich.Span {
		for i := range spans {
			spans[i].Text = fix(spans[i].Text)
		}
		return spans
	})
	a.title = fix(a.title)
	if n > 0 {
		log.Add(report.Todo, "有 %d 个字是字体自造的，别处显示不出来，写成了“〓”：请对照原文改过来", "%d characters exist in the writer's font alone and were written as 〓: put the right ones in", n)
	}
}
