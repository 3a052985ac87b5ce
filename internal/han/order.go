package han

import (
	"strings"
)

// StrokeRule is a convention for ordering names by strokes. A page should say
// which it uses.
type StrokeRule uint8

const (
	// BySurname (姓氏笔画): the surname by strokes; within a surname, single
	// given names before double ones, then by strokes.
	BySurname StrokeRule = iota
	// ByName (姓名笔画): character by character, by strokes.
	ByName
)

// Keys are built of parts that compare right bytewise: a part's text, then a
// byte lower than any text, or numbers of fixed width.
const (
	endPlain    = ' ' // ends a syllable without ü ...
	endUmlaut   = '!' // ... and with it: lu, lü, luan
	endSurname  = ',' // all of 欧 before 欧阳
	rankUnknown = "~" // after every digit and letter
)

// PinyinKey is a key that sorts names bytewise in the order of 汉语拼音:
// surname first, character by character, each by the letters of its syllable
// (shorter syllable first, ü after u), its tone, its place in stroke order.
// override is the author's pinyin for the name, with tone marks or without,
// or empty; one that does not fit the name's characters decides first, whole.
func PinyinKey(name, override string) string {
	t := data()
	p := parseName(name)
	b := make([]byte, 0, 64)
	if override != "" && !t.override(&p, override) {
		for _, w := range t.splitPinyin(override) {
			b = appendLetters(b, string(w.letters))
		}
		b = append(b, endSurname)
	}
	for i, c := range p.chars {
		if i > 0 && i == p.surname {
			b = append(b, endSurname)
		}
		switch {
		case c.r == 0:
			b = appendRun(b, c.run)
			b = append(b, endPlain)
		case c.y.plain == "":
			b = append(b, rankUnknown...)
			b = t.appendRank(b, c.r)
		default:
			b = appendLetters(b, c.y.plain)
			b = append(b, c.y.tone)
			b = t.appendRank(b, c.r)
		}
	}
	return string(b)
}

// KeyInitial is the letter under which a key of [PinyinKey] files a name, "A" to "Z", or "#".
func KeyInitial(key string) string {
	if key == "" || key[0] < 'a' || 'z' < key[0] {
		return "#"
	}
	return string(key[0] - 'a' + 'A')
}

// StrokeKey is a key that sorts names bytewise by strokes. Characters compare
// by number of strokes, then in the official order; letters come after all
// characters.
func StrokeKey(name string, rule StrokeRule) string {
	t := data()
	p := parseName(name)
	b := make([]byte, 0, 24)
	for i, c := range p.chars {
		if rule == BySurname && i > 0 && i == p.surname {
			b = append(b, endSurname, '0'+byte(min(len(p.chars)-i, 70)))
		}
		if c.r == 0 {
			b = append(b, rankUnknown+rankUnknown...)
			b = appendRun(b, c.run)
			b = append(b, endPlain)
		} else {
			b = t.appendRank(b, c.r)
		}
	}
	return string(b)
}

// appendRank writes the place of r in the stroke order in four digits; what
// is not in it follows by code point.
func (t *table) appendRank(b []byte, r rune) []byte {
	rank := t.rankOf(r)
	if rank == 0 {
		b = append(b, rankUnknown...)
		return appendHex(b, uint32(r), 6)
	}
	return appendHex(b, uint32(rank), 4)
}

func appendHex(b []byte, n uint32, digits int) []byte {
	for shift := 4 * (digits - 1); shift >= 0; shift -= 4 {
		b = append(b, "0123456789abcdef"[n>>shift&15])
	}
	return b
}

func appendLetters(b []byte, plain string) []byte {
	end := byte(endPlain)
	if head, tail, ok := strings.Cut(plain, "ü"); ok {
		b = append(b, head...)
		b = append(b, 'u')
		plain, end = tail, endUmlaut
	}
	b = append(b, plain...)
	return append(b, end)
}

// appendRun writes a run of a name that is not Chinese. What is neither ASCII
// letter nor digit must not sort before letters.
func appendRun(b []byte, run string) []byte {
	if c := run[0]; !('a' <= c && c <= 'z') {
		b = append(b, rankUnknown...)
	}
	return append(b, run...)
}
