package pages

import (
	"strings"
	"unicode/utf8"

	"mingdeng/internal/han"
)

const shortestDeed = 5 // a deed told in fewer characters says nothing

// shareTitle is "name｜the deed in one sentence", cut at the end of a phrase; where there
// is no deed to tell, the site's title follows if there is room for it. most is how many
// characters it may have.
func shareTitle(name, line, site string, most int) string {
	room := most - utf8.RuneCountInString(name) - 1
	if room < 0 {
		return phrase(name, most)
	}
	if deed := phrase(line, room); utf8.RuneCountInString(deed) >= shortestDeed {
		return name + "｜" + deed
	}
	if utf8.RuneCountInString(site) <= room {
		return name + "｜" + site
	}
	return name
}

// phrase is the first sentence of text, or as many of its phrases as fit into most
// characters, without the mark at their end. A phrase that is too long alone is cut
// and ends with …. Marks alone are no phrase: a text may begin with some.
func phrase(text string, most int) string {
	text = firstSentence(text)
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	// Sentence counts the …… it puts at a cut, which goes away here.
	for _, n := range []int{most + 2, most + 1, most} {
		cut := strings.TrimRight(han.Sentence(text, n), "… ")
		rest, whole := strings.CutPrefix(text, cut)
		next, _ := utf8.DecodeRuneInString(rest)
		if whole && cut != "" && strings.ContainsRune("，、；：。！？,;:.!?", next) && utf8.RuneCountInString(cut) <= most {
			return cut
		}
	}
	if most < 2 {
		return ""
	}
	cut := string([]rune(text)[:most-1])
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)/2 { // no half of a Latin word
		cut = cut[:i]
	}
	if words := strings.TrimRight(cut, " ，、,"); words != "" {
		cut = words
	}
	return cut + "…"
}

// firstSentence is text up to its first 。 ！ ？ outside quotes and brackets that is not
// the first character; the mark stays unless it is a full stop.
func firstSentence(text string) string {
	depth := 0
	for i, r := range text {
		switch r {
		case '“', '‘', '「', '『', '（', '《':
			depth++
		case '”', '’', '」', '』', '）', '》':
			depth--
		case '。', '！', '？':
			if depth > 0 || i == 0 {
				continue
			}
			if r == '。' {
				return text[:i]
			}
			return text[:i+utf8.RuneLen(r)]
		}
	}
	return strings.TrimSuffix(text, ".")
}
