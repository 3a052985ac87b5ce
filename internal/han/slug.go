package han

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Slug makes an address of a file name or title: the syllables of Chinese
// characters, Latin words and numbers, in lower case, with one hyphen between
// ("2020年5月" is 2020-nian-5-yue). The result holds [a-z0-9-] alone, begins and
// ends with neither hyphen, and is empty only where s has nothing to spell.
// Full-width forms are folded and accents dropped, so every normal form of s
// gives the same slug, and Slug(Slug(s)) == Slug(s). A Chinese character
// without a known reading becomes u and its code point: u31350.
func Slug(s string) string {
	var b slugger
	b.text(data(), s)
	return b.String()
}

// SlugName is Slug for a personal name: surnames are read as surnames, a
// surname of two characters is one word, and so is each part of a name with
// middle dots: 单雄信 is shan-xiong-xin, 尉迟恭 yuchi-gong, 买买提·吐尔逊
// maimaiti-tuerxun.
func SlugName(name string) string {
	p := parseName(name)
	last := 0
	if n := len(p.chars); n > 0 {
		last = p.chars[n-1].part
	}
	var b slugger
	for i, c := range p.chars {
		joined := i > 0 && i < p.surname || // inside the surname
			last > 0 && i > 0 && c.part == p.chars[i-1].part // inside a part
		if !joined {
			b.split()
		}
		if c.r == 0 {
			b.text(data(), c.run)
		} else {
			b.syllable(c.r, c.y)
		}
	}
	return b.String()
}

// slugger builds a slug: words are written as they come, split asks for a
// hyphen before the next.
type slugger struct {
	strings.Builder
	gap bool
}

func (b *slugger) split() { b.gap = true }

func (b *slugger) put(s string) {
	if b.gap && b.Len() > 0 {
		b.WriteByte('-')
	}
	b.gap = false
	b.WriteString(s)
}

func (b *slugger) syllable(r rune, y syllable) {
	if y.plain == "" {
		b.put("u" + strconv.FormatInt(int64(r), 16))
		return
	}
	b.put(address(y.plain))
}

// address spells ü as yu, the rule of GB/T 28039-2011 where ü cannot stand.
// It follows only l and n.
func address(plain string) string {
	head, tail, found := strings.Cut(plain, "ü")
	if !found {
		return plain
	}
	if tail == "e" { // lüe: lyue
		return head + "yue"
	}
	return head + "yu" + tail
}

func (b *slugger) text(t *table, s string) {
	if !norm.NFKD.IsNormalString(s) {
		s = norm.NFKD.String(s)
	}
	b.Grow(2*len(s) + 8)
	t.spell(s, func(r rune, y syllable) {
		b.split()
		b.syllable(r, y)
		b.split()
	}, b.latin)
}

// latin writes a run without Chinese characters, decomposed.
func (b *slugger) latin(run string) {
	for i, r := range run {
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			b.put(run[i : i+1])
		case 'A' <= r && r <= 'Z':
			b.put(string(r + 'a' - 'A'))
		case r < 0x80:
			b.split()
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
			// An accent cut loose, a soft hyphen, a joiner: no letter lost.
		default:
			if s := letters[r]; s != "" {
				b.put(s)
			} else {
				b.split()
			}
		}
	}
}

// letters are Latin letters that do not decompose.
var letters = map[rune]string{
	'ß': "ss", 'ẞ': "ss", 'æ': "ae", 'Æ': "ae", 'œ': "oe", 'Œ': "oe", 'ø': "o", 'Ø': "o",
	'đ': "d", 'Đ': "d", 'ð': "d", 'Ð': "d", 'ł': "l", 'Ł': "l", 'þ': "th", 'Þ': "th",
	'ı': "i", 'ħ': "h", 'Ħ': "h", 'ŋ': "ng", 'Ŋ': "ng",
}
