package site

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"mingdeng/internal/content"
	"mingdeng/internal/han"
	"mingdeng/internal/hant"
)

// withheld gathers the words by which a person without consent could be found.
func withheld(h *content.Hero, c *content.Content) Withheld {
	names := append([]string{h.Name, h.NameHant}, h.Also...)
	for _, tag := range Tags(c.Site)[1:] {
		own, _ := c.Written(&h.Head, tag).(*content.Hero)
		if own != nil {
			names = append(append(names, own.Name), own.Also...)
		}
		if tag != content.ZhHant {
			continue
		}
		for _, n := range append([]string{h.Name}, h.Also...) {
			names = append(names, hant.Spellings(n)...)
		}
	}
	if h.HeroKind == content.Person {
		names = append(names, Romanised(h.Name)...)
		if h.Pinyin != "" {
			names = append(names, h.Pinyin)
		}
	}
	var out []string
	for _, n := range names {
		if n != "" && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return Withheld{Path: h.Path, Slug: h.Slug, Names: out}
}

// Romanised is a name as passports and papers write it (GB/T 28039-2011): Zhang
// Sanfeng, ZHANG Sanfeng, and with the given name first.
func Romanised(name string) []string {
	r := han.ReadName(name)
	if r.Surname == 0 || r.Surname >= len(r.Syllables) || r.Surname > utf8.RuneCountInString(name) {
		return nil
	}
	for _, s := range r.Syllables {
		if strings.IndexFunc(s, func(c rune) bool { return !unicode.Is(unicode.Latin, c) }) >= 0 {
			return nil
		}
	}
	family, given := capital(strings.Join(r.Syllables[:r.Surname], "")), capital(strings.Join(r.Syllables[r.Surname:], ""))
	return []string{family + " " + given, strings.ToUpper(family) + " " + given, given + " " + family}
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
