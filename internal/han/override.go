package han

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// override applies a pinyin that an author gave ("Shan Xiongxin", "Lǚ Bù",
// "lyu bu", "lv3 bu4") to a parsed name: cut into as many syllables as the name
// has Chinese characters, as near to the known readings as it can be. Tones
// that the author left out come from the known reading where the letters
// agree, so that a bare "Shan" still sorts among the other Shàn. It reports
// whether the letters could be cut so; if not, the name is unchanged.
func (t *table) override(p *parsedName, pinyin string) bool {
	var at []int // the Chinese characters of p
	for i, c := range p.chars {
		if c.r != 0 {
			at = append(at, i)
		}
	}
	words := t.splitPinyin(pinyin)
	letters := 0
	for _, w := range words {
		letters += len(w.letters)
	}
	if len(at) == 0 || letters == 0 {
		return false
	}
	cut := t.cut(words, func(k int) syllable { return p.chars[at[k]].y }, len(at))
	if cut == nil {
		return false
	}
	for k, y := range cut {
		c := &p.chars[at[k]]
		if y.tone == 0 {
			y.tone = '5'
			if y.plain == c.y.plain {
				y.tone = c.y.tone
			}
		}
		c.y = y
	}
	return true
}

// pinyinWord is a word of author's pinyin: its letters, and the tone mark or
// digit that each carries, 0 for none.
type pinyinWord struct {
	letters []rune
	tones   []byte
}

func (t *table) splitPinyin(s string) []pinyinWord {
	var words []pinyinWord
	var w pinyinWord
	flush := func() {
		if len(w.letters) > 0 {
			words = append(words, w)
			w = pinyinWord{}
		}
	}
	mark := func(tone byte) {
		if n := len(w.tones); n > 0 {
			w.tones[n-1] = tone
		}
	}
	for _, r := range norm.NFD.String(s) {
		switch r {
		case 0x304:
			mark('1')
		case 0x301:
			mark('2')
		case 0x30C, 0x306: // a breve is often typed for the caron
			mark('3')
		case 0x300:
			mark('4')
		case 0x308:
			if n := len(w.letters); n > 0 && w.letters[n-1] == 'u' {
				w.letters[n-1] = 'ü'
			}
		case '1', '2', '3', '4', '5':
			mark(byte(r))
			flush() // a digit ends its syllable
		default:
			switch r = unicode.ToLower(r); {
			case r == 'v':
				r = 'ü'
				fallthrough
			case 'a' <= r && r <= 'z':
				w.letters = append(w.letters, r)
				w.tones = append(w.tones, 0)
			default:
				flush()
			}
		}
	}
	flush()
	return words
}

// cut finds n syllables in words, none across two, such that as many as
// possible are those expected. nil if there is no such cut.
func (t *table) cut(words []pinyinWord, expected func(k int) syllable, n int) []syllable {
	type state struct{ word, letter, k int }
	type best struct {
		score int // -1: no way on
		y     syllable
		next  state
	}
	seen := map[state]best{}
	var walk func(s state) int
	walk = func(s state) int {
		if s.word < len(words) && s.letter == len(words[s.word].letters) {
			s = state{s.word + 1, 0, s.k}
		}
		if s.word == len(words) || s.k == n {
			if s.word == len(words) && s.k == n {
				return 0
			}
			return -1
		}
		if b, ok := seen[s]; ok {
			return b.score
		}
		found := best{score: -1}
		w := words[s.word]
		// Longest first, so that ties go to it: xian is one syllable.
		for end := min(len(w.letters), s.letter+6); end > s.letter; end-- {
			y, ok := t.known(w, s.letter, end)
			if !ok {
				continue
			}
			next := state{s.word, end, s.k + 1}
			score := walk(next)
			if score < 0 {
				continue
			}
			if y.plain == expected(s.k).plain {
				score++
			}
			if score > found.score {
				found = best{score, y, next}
			}
		}
		seen[s] = found
		return found.score
	}
	s := state{}
	if walk(s) < 0 {
		return nil
	}
	out := make([]syllable, 0, n)
	for len(out) < n {
		if s.letter == len(words[s.word].letters) {
			s = state{s.word + 1, 0, s.k}
		}
		b := seen[s]
		out = append(out, b.y)
		s = b.next
	}
	return out
}

// known tells whether letters from..end of w are a syllable, and which: lyu
// and nyu are passport spellings of lü and nü.
func (t *table) known(w pinyinWord, from, end int) (syllable, bool) {
	plain := string(w.letters[from:end])
	switch {
	case strings.HasPrefix(plain, "lyu") || strings.HasPrefix(plain, "nyu"):
		plain = plain[:1] + "ü" + plain[3:]
	case len(plain) > 2 && (plain[0] == 'j' || plain[0] == 'q' || plain[0] == 'x' || plain[0] == 'y'):
		plain = strings.Replace(plain, "ü", "u", 1)
	}
	if !t.spelt[plain] {
		return syllable{}, false
	}
	y := syllable{plain: plain}
	for _, tone := range w.tones[from:end] {
		if tone != 0 {
			y.tone = tone
		}
	}
	return y, true
}
