package importer

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"mingdeng/internal/han"
	"mingdeng/internal/importer/rich"
)

// letterhead takes away what stands above the title of an official document: whose it is in
// large red type, how secret and how urgent, its number, who signed (GB/T 9704, 7.2), or
// 附件1 over a list that was sent with one. numbered tells that a number stood there, after
// which comes the title, however it is set.
func (a *article) letterhead(blocks []rich.Block) (rest []rich.Block, numbered bool) {
	words := func(i int) string { return strings.TrimSpace(arabic(rich.Words(blocks[i].Text))) }
	is := func(i int) bool { return blocks[i].Kind == rich.Paragraph || blocks[i].Kind == rich.Heading }
	end := 0
	for i := range min(len(blocks), opening) {
		if m := docNumber.FindStringSubmatch(arabic(words(i))); m != nil && is(i) {
			a.document, numbered = strings.Join(strings.Fields(m[1]), ""), true
			end = i + 1
			break
		}
		if utf8.RuneCountInString(words(i)) > 40 {
			break
		}
	}
	for end < len(blocks) && is(end) {
		w := words(end)
		// A line that ends in 文件 heads a document only if a title stands below it.
		head := headLine.MatchString(w) && utf8.RuneCountInString(w) <= 40 && (!strings.HasSuffix(w, "件") || end+1 < len(blocks) && blocks[end+1].Centre)
		if w != "" && !annexLine.MatchString(w) && !head {
			break
		}
		end++
	}
	if end == len(blocks) {
		return blocks, false
	}
	for i := range end {
		if w := strings.Join(strings.Fields(rich.Words(blocks[i].Text)), " "); w != "" {
			a.above = append(a.above, w)
		}
	}
	figures := slices.DeleteFunc(slices.Clone(blocks[:end]), func(b rich.Block) bool { return b.Kind != rich.Figure && b.Kind != rich.Table })
	return append(figures, blocks[end:]...), numbered
}

// oneTitle is a title on one line. Where a line was broken between Chinese characters there
// is no blank, and none within one that is spread out: 通　知.
func oneTitle(s string) string {
	var b strings.Builder
	for _, line := range strings.Split(s, "\n") {
		words := strings.Fields(line)
		sep := " "
		if len(words) > 1 && !slices.ContainsFunc(words, func(w string) bool { r, size := utf8.DecodeRuneInString(w); return size != len(w) || !han.Is(r) }) {
			sep = ""
		}
		line = strings.Join(words, sep)
		before, _ := utf8.DecodeLastRuneInString(b.String())
		after, _ := utf8.DecodeRuneInString(line)
		if b.Len() > 0 && line != "" && !han.Wide(before) && !han.Wide(after) {
			b.WriteByte(' ')
		}
		b.WriteString(line)
	}
	return b.String()
}

// spelt is a day in Chinese figures: 二〇二四年三月五日, with any of the characters that are
// typed for 〇.
var spelt = regexp.MustCompile(`([一二三四五六七八九〇○◯零OＯο0０]{4})\s*年\s*([一二三四五六七八九十]{1,3})\s*月\s*([一二三四五六七八九十廿卅]{1,4})\s*([日号])`)

// arabic writes days in Chinese figures, and full-width digits, in plain ones, and wide
// blanks as blanks.
func arabic(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case r == '\u3000':
			return ' '
		}
		return r
	}, s)
	return spelt.ReplaceAllStringFunc(s, func(day string) string {
		m := spelt.FindStringSubmatch(day)
		year := 0
		for _, r := range m[1] {
			i := strings.IndexRune("一二三四五六七八九", r)
			year = year*10 + (i/3+1)*min(1, i+1)
		}
		month, ok1 := han.Number(m[2])
		d, ok2 := han.Number(strings.NewReplacer("廿", "二十", "卅", "三十").Replace(m[3]))
		if !ok1 || !ok2 {
			return day
		}
		return strconv.Itoa(year) + "年" + strconv.Itoa(month) + "月" + strconv.Itoa(d) + m[4]
	})
}
