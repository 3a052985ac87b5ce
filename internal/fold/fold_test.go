package fold

import (
	"slices"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestBase(t *testing.T) {
	for s, want := range map[string]string{
		"张三": "张三", "張三": "张三", "张\u200b\u00ad三\ufe00\U000e0101\u2060": "张三", "⼸长㆔": "弓长三", "⺝⺫⻩": "月目黄", "⻝⻱": "食龟", "㇐": "一",
		"㈠㊀①⑴": "一一11", "\uf9d1\U0002f800": "六丽", "张\u20dd三\u0304": "张三", "Ｚｈāng 𝐒𝐚𝐧": "Zhang San", "Lü": "Lu\u0308", "가": "\u1100\u1161",
		"㍿": "株式会社", "·・•‧∙⋅･": "·······", "\u202e张\u061c三\U000e0041": "张三", "﨑": "﨑", "𠮷": "𠮷",
	} {
		if got := string(Base(s)); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

// The base of a base is itself, and each face of a character has its base.
func TestBaseIsStable(t *testing.T) {
	for r := rune(1); r <= unicode.MaxRune; r++ {
		if r >= 0xd800 && r < 0xe000 || r >= 0xac00 && r <= 0xd7a3 {
			continue
		}
		b := AppendBase(nil, r)
		if again := Base(string(b)); !slices.Equal(b, again) {
			t.Errorf("U+%04X %q: base %q, of that %q", r, r, string(b), string(again))
		}
		if Ignorable(r) && len(b) > 0 {
			t.Errorf("U+%04X shows nothing and has the base %q", r, string(b))
		}
	}
	n := 0
	for base, list := range faces().one {
		n += len(list)
		for _, r := range list {
			if b := AppendBase(nil, r); len(b) != 1 || b[0] != base {
				t.Errorf("%q is listed under %q, its base is %q", r, base, string(b))
			}
		}
	}
	if n < 7000 {
		t.Errorf("only %d faces", n)
	}
}

// Every compatibility ideograph and every radical is one of the unified ideographs.
func TestRadicalsAndCompatibilityIdeographs(t *testing.T) {
	for _, span := range [][2]rune{{0x2e80, 0x2fd5}, {0xf900, 0xfad9}, {0x2f800, 0x2fa1d}} {
		for r := span[0]; r <= span[1]; r++ {
			if !unicode.Is(unicode.Han, r) || r == 0x2e80 {
				continue // U+2E80, a repetition mark, looks like no ideograph
			}
			if b := AppendBase(nil, r); len(b) != 1 || !Han(b[0]) {
				t.Errorf("U+%04X %c: base %q", r, r, string(b))
			}
		}
	}
}

func TestDigit(t *testing.T) {
	for s, want := range map[string]byte{"7７７⑦⑺⒎⁷₇❼➆➐𝟕𝟩七柒㊆㈦٧७๗〧🄈⓻": 7, "0０⓪〇零⁰0𝟎○🄌": 0, "1１①¹₁⑴⒈⼀一壹弌幺㇐㆒": 1, "三叁參": 3} {
		for _, r := range s {
			if v, script := Digit(r); v != want || script == NoDigit {
				t.Errorf("%c U+%04X: %d, %d", r, r, v, script)
			}
		}
	}
	for _, r := range "张X·-十百廿⑩½上O丶\u200b" {
		if _, script := Digit(r); script != NoDigit {
			t.Errorf("%c is no digit", r)
		}
	}
}

// The base does not depend on how a text is composed.
func TestBaseOfForms(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := rapid.StringOf(rapid.RuneFrom(nil, unicode.Latin, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Mn)).Draw(r, "s")
		if a, b := Base(s), Base(norm.NFC.String(s)); !slices.Equal(a, b) {
			r.Fatalf("%q: %q, composed %q", s, string(a), string(b))
		}
	})
}
