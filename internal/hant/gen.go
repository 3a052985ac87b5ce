//go:build ignore

// Gen writes data/opencc.txt.gz. It is run by hand when OpenCC's dictionaries change,
// not by the build:
//
//	npm pack opencc-js@1.4.2 && tar xzf opencc-js-1.4.2.tgz
//	go run gen.go package/dist/esm-lib/dict STCharacters.txt
//
// The second is data/dictionary/STCharacters.txt of OpenCC's repository: the package
// has only the first of a character's forms.
//
// The file has a line for every character that has another form: the character, then
// its forms, the usual one first. After an empty line come the phrases: the phrase, a
// tab, and for each character that is not written in its usual form its place (0-9,
// a-z) and its form. A phrase without any of those still counts: it keeps a phrase
// that begins inside it from being seen.
//
// The conversion is OpenCC's s2tw: its standard, then the forms that Taiwan's list of
// standard characters has (爲 is 為, 裏 is 裡), which are also what type for screens
// draws best, but for the names that TWVariantsPhrases excepts.
package main

import (
	"bytes"
	"compress/gzip"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"
)

func main() {
	dir := os.Args[1]
	taiwan := map[rune]rune{}
	read(dir, "TWVariants.js", func(key string, values []string) {
		taiwan[first(key)] = first(values[0])
	})
	variant := func(r rune) rune {
		if v, ok := taiwan[r]; ok {
			return v
		}
		return r
	}
	excepted := map[string]string{}
	longest := 0
	read(dir, "TWVariantsPhrases.js", func(key string, values []string) {
		excepted[key] = values[0]
		longest = max(longest, len(key))
	})
	// variants writes a phrase in Taiwan's forms, as the second step of s2tw does.
	variants := func(s string) string {
		var b strings.Builder
		for i := 0; i < len(s); {
			n := min(longest, len(s)-i)
			for n > 0 && excepted[s[i:i+n]] == "" {
				n--
			}
			if n > 0 {
				b.WriteString(excepted[s[i:i+n]])
			} else {
				r, size := utf8.DecodeRuneInString(s[i:])
				b.WriteRune(variant(r))
				n = size
			}
			i += n
		}
		return b.String()
	}
	forms := map[rune][]rune{}
	read("", os.Args[2], func(key string, values []string) {
		var list []rune
		for _, v := range values {
			if r := variant(first(v)); !slices.Contains(list, r) {
				list = append(list, r)
			}
		}
		forms[first(key)] = list
	})
	for from, to := range taiwan {
		if forms[from] == nil {
			forms[from] = []rune{to}
		}
	}
	usual := func(r rune) rune {
		if f := forms[r]; f != nil {
			return f[0]
		}
		return r
	}
	// OpenCC writes compatibility ideographs in their unified form first.
	read(dir, "CJK_Compatibility_Ideographs.js", func(key string, values []string) {
		forms[first(key)] = []rune{usual(first(values[0]))}
	})
	phrases := map[string]string{}
	add := func(key string, values []string) {
		if _, taken := phrases[key]; taken {
			return
		}
		value := variants(values[0])
		if n := utf8.RuneCountInString(key); n != utf8.RuneCountInString(value) || n < 2 || n > 36 {
			log.Fatalf("%s → %s: a phrase must keep its length", key, value)
		}
		phrases[key] = value
	}
	read(dir, "STPhrases.js", add)
	read(dir, "STPhrases_GeneratedFromRegionalPhrases.js", add)

	var out bytes.Buffer
	var chars []rune
	for r, f := range forms {
		if len(f) > 1 || f[0] != r {
			chars = append(chars, r)
		}
	}
	slices.Sort(chars)
	for _, r := range chars {
		out.WriteString(string(r) + string(forms[r]) + "\n")
	}
	out.WriteString("\n")
	starts := map[string]bool{}
	for key := range phrases {
		for i := range key {
			starts[key[:i]] = true
		}
		starts[key] = true
	}
	var keys []string
	for key, value := range phrases {
		if diff := difference(key, value, usual); diff != "" || hides(key, phrases, starts) {
			keys = append(keys, key+diff)
		}
	}
	slices.Sort(keys)
	for _, k := range keys {
		out.WriteString(k + "\n")
	}
	f, err := os.Create("data/opencc.txt.gz")
	check(err)
	z, err := gzip.NewWriterLevel(f, gzip.BestCompression)
	check(err)
	_, err = z.Write(out.Bytes())
	check(err)
	check(z.Close())
	check(f.Close())
	log.Printf("%d characters, %d of %d phrases, %d bytes before packing", len(chars), len(keys), len(phrases), out.Len())
}

// difference is what a phrase changes against its characters one by one.
func difference(key, value string, usual func(rune) rune) string {
	const places = "0123456789abcdefghijklmnopqrstuvwxyz"
	diff := ""
	to := []rune(value)
	for i, r := range []rune(key) {
		if usual(r) != to[i] {
			diff += string(places[i]) + string(to[i])
		}
	}
	if diff != "" {
		diff = "\t" + diff
	}
	return diff
}

// hides tells whether another phrase could be seen if this one were left out: one that
// it begins with, or one that begins inside it.
func hides(key string, phrases map[string]string, starts map[string]bool) bool {
	for i := range key {
		if i == 0 {
			continue
		}
		if _, ok := phrases[key[:i]]; ok {
			return true
		}
		rest := key[i:]
		if starts[rest] {
			return true
		}
		for j := range rest {
			if _, ok := phrases[rest[:j]]; ok {
				return true
			}
		}
	}
	return false
}

// read gives the entries of a dictionary: a line each with a tab after the key, or, in
// a script that exports one string, one after the other with a bar between.
func read(dir, name string, f func(key string, values []string)) {
	b, err := os.ReadFile(filepath.Join(dir, name))
	check(err)
	text, end, after := string(b), "\n", "\t"
	if strings.HasSuffix(name, ".js") {
		text = text[strings.IndexByte(text, '"')+1 : strings.LastIndexByte(text, '"')]
		end, after = "|", " "
	}
	for entry := range strings.SplitSeq(text, end) {
		key, values, ok := strings.Cut(entry, after)
		if !ok || strings.HasPrefix(key, "#") {
			continue
		}
		f(key, strings.Fields(values))
	}
}

func first(s string) rune {
	r, n := utf8.DecodeRuneInString(s)
	if n != len(s) {
		log.Fatalf("%q is not one character", s)
	}
	return r
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
