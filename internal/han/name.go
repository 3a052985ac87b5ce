package han

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Reading is how a personal name is read.
type Reading struct {
	// Syllables has one for each Chinese character of the name, in lower
	// case, without tones, ü as ü. A run of Latin letters or digits in the
	// name is one element, and so is a character without a known reading.
	Syllables []string
	// Surname is the length of the surname in characters: 2 for 欧阳修, 0
	// where there is none to tell, as in 买买提·吐尔逊 or a Latin name.
	Surname int
	// Ambiguous are the other living readings of the surname, "di" for 翟
	// beside zhai; nil for nearly all. Ask the author for a pinyin then.
	Ambiguous []string
}

// givenReadings are characters read otherwise in a given name than in text.
var givenReadings = map[rune]syllable{
	'都': {"du", '1'}, '了': {"liao", '3'}, '着': {"zhuo", '2'}, '曾': {"zeng", '1'},
	'还': {"huan", '2'}, '的': {"di", '2'}, '得': {"de", '2'}, '地': {"di", '4'},
	'脯': {"fu", '3'}, '没': {"mo", '4'}, '什': {"shi", '2'}, '长': {"chang", '2'},
}

// nameChar is one element of a name: a Chinese character, or a run of others.
type nameChar struct {
	r    rune   // 0 for a run
	run  string // the run, lower-cased
	y    syllable
	part int // which of the parts that a middle dot or space sets apart
}

// parsedName is a name taken apart, shared by reading, slug and keys.
type parsedName struct {
	chars     []nameChar
	surname   int // chars
	ambiguous []string
}

// ReadName reads a personal name. The surname is read as surnames are (单 shan,
// 仇 qiu, 解 xie, 万俟 mo qi), the given name as text. Spaces between
// characters (张 三) do not count. A name in parts (买买提·吐尔逊), or of five
// characters and more without a known long surname, is read without one.
func ReadName(name string) Reading {
	p := parseName(name)
	return Reading{Syllables: p.syllables(), Surname: p.surname, Ambiguous: p.ambiguous}
}

func (p *parsedName) syllables() []string {
	var out []string
	for _, c := range p.chars {
		switch {
		case c.r == 0:
			out = append(out, c.run)
		case c.y.plain == "":
			out = append(out, string(c.r))
		default:
			out = append(out, c.y.plain)
		}
	}
	return out
}

// SpellName is the syllables of [ReadName], with the author's pinyin in place of the
// likeliest reading where it fits the name; see [PinyinKey].
func SpellName(name, pinyin string) []string {
	p := parseName(name)
	if pinyin != "" {
		data().override(&p, pinyin)
	}
	return p.syllables()
}

func parseName(name string) parsedName {
	t := data()
	if !norm.NFKC.IsNormalString(name) {
		name = norm.NFKC.String(name)
	}
	parts := nameParts(name)
	p := parsedName{chars: make([]nameChar, 0, utf8.RuneCountInString(name))}
	if len(parts) == 1 {
		p.surname, p.ambiguous = t.readSurname(parts[0], &p.chars)
		if p.surname > 0 {
			given := parts[0]
			for range p.surname {
				_, n := utf8.DecodeRuneInString(given)
				given = given[n:]
			}
			t.readGiven(given, 0, &p.chars)
			return p
		}
	}
	for i, part := range parts {
		t.readGiven(part, i, &p.chars)
	}
	return p
}

// nameParts splits at middle dots, at spaces that do not stand between two
// Chinese characters, and at anything else that is no letter or digit.
func nameParts(name string) []string {
	if name != "" && strings.IndexFunc(name, func(r rune) bool { return !Is(r) }) < 0 {
		return []string{name} // as nearly all are
	}
	var parts []string
	var b strings.Builder
	var last rune
	space := false
	flush := func() {
		if b.Len() > 0 {
			parts = append(parts, b.String())
			b.Reset()
		}
		last = 0
	}
	for _, r := range name {
		switch {
		case unicode.IsSpace(r):
			space = true
		case Is(r) || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r):
			if space && last != 0 && !(Is(last) && Is(r)) {
				flush()
			}
			space = false
			b.WriteRune(r)
			last = r
		default:
			flush()
			space = false
		}
	}
	flush()
	return parts
}

// readSurname appends the surname's characters and returns how many they are,
// with its other readings. A listed surname wins, the longest first; else it
// is the first character.
func (t *table) readSurname(name string, chars *[]nameChar) (int, []string) {
	rs := []rune(name)
	n := 0
	for n < len(rs) && Is(rs[n]) {
		n++
	}
	for k := min(t.longest, n); k > 0; k-- {
		if k == 1 && n > 4 {
			return 0, nil
		}
		s, ok := t.surnames[string(rs[:k])]
		if !ok {
			continue
		}
		for i, y := range s.readings {
			*chars = append(*chars, nameChar{r: rs[i], y: t.syllables[y]})
		}
		return k, t.spellings(s.others)
	}
	if n == 0 {
		return 0, nil
	}
	*chars = append(*chars, nameChar{r: rs[0], y: t.syllables[t.read(rs[0])]})
	return 1, nil
}

func (t *table) spellings(readings [][]uint16) []string {
	var out []string
	for _, r := range readings {
		var b strings.Builder
		for _, y := range r {
			b.WriteString(t.syllables[y].plain)
		}
		out = append(out, b.String())
	}
	return out
}

func (t *table) readGiven(s string, part int, chars *[]nameChar) {
	t.spell(s, func(r rune, y syllable) {
		// A word's reading (长 in 队长) is not to be overruled, so only the
		// character's usual one is.
		if g, ok := givenReadings[r]; ok && y == t.syllables[t.read(r)] {
			y = g
		}
		if n := len(*chars); r == '々' && y.plain == "" && n > 0 {
			y = (*chars)[n-1].y // the surname's
		}
		*chars = append(*chars, nameChar{r: r, y: y, part: part})
	}, func(run string) {
		*chars = append(*chars, nameChar{run: strings.ToLower(run), part: part})
	})
}
