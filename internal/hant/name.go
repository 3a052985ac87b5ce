package hant

import (
	"slices"
	"unicode/utf8"

	"mingdeng/internal/han"
)

// Name writes the name of a person in Traditional characters. unsure are the
// characters, as they stand in name, for which nobody but the person can tell: they are
// kept, or in a surname written in the likelier way. A character whose usual form is
// itself (秋, not 鞦) counts as sure.
func Name(name string) (hant string, unsure []rune) {
	t := data()
	surname := han.ReadName(name).Surname
	rs := []rune(name)
	out := make([]rune, 0, len(rs))
	if surname > 0 && surname <= len(rs) {
		out, unsure = t.family(string(rs[:surname]))
	}
	for _, r := range rs[len(out):] {
		to, sure := t.given(r)
		if !sure {
			unsure = append(unsure, r)
		}
		out = append(out, to)
	}
	return string(out), unsure
}

// family writes a surname.
func (t *table) family(name string) (out, unsure []rune) {
	if s, ok := t.surname[name]; ok {
		if s.unsure {
			unsure = []rune(name)
		}
		return []rune(s.text), unsure
	}
	for _, r := range name {
		if s, ok := t.surname[string(r)]; ok && !s.unsure {
			out = append(out, []rune(s.text)...)
			continue
		}
		to, sure := t.given(r)
		if !sure {
			unsure = append(unsure, r)
		}
		out = append(out, to)
	}
	return out, unsure
}

// given writes one character of a given name.
func (t *table) given(r rune) (to rune, sure bool) {
	if f := t.forms[r]; f != nil {
		return r, f[0] == r
	}
	return t.of(r), true
}

// Spellings are all ways in which a name may stand in a Traditional text, right or
// wrong, name itself among them; at most 64.
func Spellings(name string) []string {
	t := data()
	out := []string{""}
	for _, r := range name {
		ways := []rune{r}
		for _, to := range append([]rune{t.of(r)}, t.forms[r]...) {
			if !slices.Contains(ways, to) {
				ways = append(ways, to)
			}
		}
		if len(out)*len(ways) > 64 {
			ways = ways[:1]
		}
		var longer []string
		for _, s := range out {
			for _, to := range ways {
				longer = append(longer, s+string(to))
			}
		}
		out = longer
	}
	return out
}

// Person tells whether a byline names a person, so that [Name] should write it: two or
// three Han characters, or four after a surname of two. An editorial office of three
// characters comes out the same either way, unless it holds one of a few characters.
func Person(s string) bool {
	n := utf8.RuneCountInString(s)
	if n < 2 || n > 4 || slices.ContainsFunc([]rune(s), func(r rune) bool { return !han.Is(r) }) {
		return false
	}
	return n < 4 || han.ReadName(s).Surname == 2
}
