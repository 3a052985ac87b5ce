//go:build ignore

// Gen_phrases writes data/phrases.txt. It is run by hand when a source changes, not by the
// build:
//
//	go run gen_phrases.go -phrases pinyin.txt
//
// pinyin.txt is that of github.com/mozillazg/phrase-pinyin-data (MIT): a phrase and its
// reading a line. Kept are phrases of two to six characters of the 通用规范汉字表 that are
// read otherwise than their characters alone; then, until nothing changes, those in which
// a kept one would catch the wrong text. 一 and 不 stand in the tone that dictionaries give
// them (GB/T 16159-2012: tones are written as they are before they change in speech). A
// phrase with several readings is left out.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"log"
	"os"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

func main() {
	source := flag.String("phrases", "", "pinyin.txt")
	flag.Parse()
	official := map[rune]bool{}
	for _, r := range read("testdata/tgh8105.txt") {
		official[r] = true
	}
	single := map[rune]string{}
	for line := range strings.Lines(read("data/readings.txt")) {
		head, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		for _, r := range rest {
			if head != "#" {
				single[r] = head
			}
		}
	}
	for line := range strings.Lines(read("data/running.txt")) {
		if f := strings.Fields(line); len(f) == 2 && f[0] != "#" {
			single[[]rune(f[0])[0]] = f[1]
		}
	}

	type phrase struct{ text, reading string }
	var all []phrase
	several := map[string]int{}
	for line := range strings.Lines(read(*source)) {
		text, reading, ok := strings.Cut(strings.TrimSpace(line), ":")
		reading, _, _ = strings.Cut(reading, "#")
		text, _, _ = strings.Cut(text, "_")
		syllables := strings.Fields(norm.NFC.String(reading))
		chars := []rune(text)
		if !ok || len(chars) < 2 || len(chars) > 6 || len(syllables) != len(chars) || slices.ContainsFunc(chars, func(r rune) bool { return !official[r] }) {
			continue
		}
		for i, r := range chars {
			if r == '一' || r == '不' && syllables[i] != "bu" {
				syllables[i] = single[r]
			}
			if r == '儿' && syllables[i] == "ér" && i == len(chars)-1 && len(chars) > 2 {
				syllables[i] = "er"
			}
		}
		several[text]++
		all = append(all, phrase{text, strings.Join(syllables, " ")})
	}
	all = slices.DeleteFunc(all, func(p phrase) bool { return several[p.text] > 1 })
	kept := map[string]string{}
	spell := func(text, but string) string {
		chars := []rune(text)
		var out []string
	next:
		for i := 0; i < len(chars); {
			for n := min(6, len(chars)-i); n > 1; n-- {
				if s := string(chars[i : i+n]); s != but && kept[s] != "" {
					out = append(out, kept[s])
					i += n
					continue next
				}
			}
			out = append(out, single[chars[i]])
			i++
		}
		return strings.Join(out, " ")
	}
	slices.SortFunc(all, func(a, b phrase) int {
		if d := len(a.text) - len(b.text); d != 0 {
			return d
		}
		return strings.Compare(a.text, b.text)
	})
	for changed := true; changed; {
		changed = false
		for _, p := range all {
			if spell(p.text, p.text) != p.reading && kept[p.text] == "" {
				kept[p.text], changed = p.reading, true
			} else if kept[p.text] != "" && spell(p.text, p.text) == p.reading {
				delete(kept, p.text)
				several[p.text]++
				if several[p.text] < 6 {
					changed = true
				}
			}
		}
	}
	byReading := map[string][]string{}
	for text, reading := range kept {
		byReading[reading] = append(byReading[reading], text)
	}
	f, err := os.Create("data/phrases.txt")
	if err != nil {
		log.Fatal(err)
	}
	w := bufio.NewWriter(f)
	fmt.Fprint(w, "# Phrases that are read otherwise than their characters alone, after\n# github.com/mozillazg/phrase-pinyin-data (MIT, © mozillazg). Made by gen_phrases.go.\n")
	var readings []string
	for r := range byReading {
		readings = append(readings, r)
	}
	slices.Sort(readings)
	for _, r := range readings {
		slices.Sort(byReading[r])
		fmt.Fprintf(w, "%s\t%s\n", strings.Join(byReading[r], " "), r)
	}
	if err := w.Flush(); err != nil {
		log.Fatal(err)
	}
	if err := f.Close(); err != nil {
		log.Fatal(err)
	}
	log.Println(len(kept), "phrases")
}

func read(name string) string {
	b, err := os.ReadFile(name)
	if err != nil {
		log.Fatal(err)
	}
	return string(b)
}
