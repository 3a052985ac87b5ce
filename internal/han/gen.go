//go:build ignore

// Gen writes data/readings.txt and data/strokes.txt. It is run by hand when a
// source changes, not by the build:
//
//	go run gen.go -unihan DIR -cnchar cnchar.order.min.js
//
// DIR holds Unihan_IRGSources.txt and Unihan_Readings.txt of the Unicode
// Character Database (Unicode License v3); cnchar.order.min.js comes from the
// npm package cnchar-order (MIT); readings start from the map in
// github.com/mozillazg/go-pinyin (MIT); testdata/tgh8105.txt is the 通用规范汉字表
// of 2013, a public standard, in its own order.
//
// # Readings
//
// go-pinyin's first reading of a character, except where the dictionary that
// accompanies the 8105 (kTGHZ2013) does not know that reading at all: then the
// dictionary's (珩 is héng, not háng; 焘 is tāo, not dào). A few dozen first
// readings that are right for speech and wrong for titles and names are set
// by hand below.
//
// # Strokes
//
// Unihan counts strokes in several traditions, so 41 of the 8105 get a count
// that contradicts the table, which is ordered by strokes inside each of its
// three levels. A character that breaks the order takes the count of the
// characters around it.
//
// The three levels are then merged into one order: by stroke count, by the
// classes of the strokes (横1 竖2 撇3 点4 折5, GB 13000.1 字符集汉字字序), by
// the number of folds and the start of a folded stroke, by level. cnchar
// knows the strokes of 6,770 of the 8105; inside the levels these rules agree
// with the official order everywhere but at one slip of cnchar's (皙) and four
// characters among ties (气 议 旬 氮). What it does not know (1,335, nine in ten of the third level) is placed
// by the strokes of its radical, where that is written first, between its
// neighbours in its level. Characters outside the table follow within their
// stroke count in code point order.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/mozillazg/go-pinyin"
)

// levels are where the three levels of the table end.
var levels = []int{3500, 6500, 8105}

// firstReading are readings set by hand: what a title or a name means when
// nothing else tells. words.txt has the words that need another reading.
const firstReading = `
长 cháng  率 shuài  爪 zhǎo  卜 bǔ    匙 chí   佛 fó   茄 qié  泊 bó   琢 zhuó
粘 nián   晟 shèng  翟 zhái  俟 sì    逮 dài   薄 bó   勒 lè   仔 zǐ   伽 jiā
蕃 fán    徵 zhēng  嗯 èn    隗 wěi   訾 zī    莞 guǎn 叚 jiǎ  砚 yàn  囤 tún
刹 shā    呒 mú     欸 ǎi    誒 éi    呣 mú    噷 hèn  㕶 èn   𠮾 èn   脊 jǐ
乾 qián   炅 jiǒng  燊 shēn  劄 zhá   咖 kā    圩 wéi  蹊 xī   帧 zhēn 埔 pǔ
`

func main() {
	unihan := flag.String("unihan", "", "`folder` of the Unihan text files")
	cnchar := flag.String("cnchar", "", "cnchar.order.min.js")
	flag.Parse()
	table, err := os.ReadFile("testdata/tgh8105.txt")
	if err != nil {
		log.Fatal(err)
	}
	official := []rune(strings.TrimSpace(string(table)))
	irg := field(filepath.Join(*unihan, "Unihan_IRGSources.txt"), "kTotalStrokes")
	dictionary := field(filepath.Join(*unihan, "Unihan_Readings.txt"), "kTGHZ2013")

	readings := readings(official, dictionary)
	writeReadings(readings)
	radical := field(filepath.Join(*unihan, "Unihan_IRGSources.txt"), "kRSUnicode")
	seq := sequences(*cnchar)
	writeStrokes(official, irg, seq, openings(official, seq, radical), readings)
}

// field reads one property of a Unihan file.
func field(name, property string) map[rune][]string {
	b, err := os.ReadFile(name)
	if err != nil {
		log.Fatal(err)
	}
	m := map[rune][]string{}
	for line := range strings.Lines(string(b)) {
		p := strings.Split(strings.TrimSpace(line), "\t")
		if len(p) != 3 || p[1] != property {
			continue
		}
		r, err := strconv.ParseUint(strings.TrimPrefix(p[0], "U+"), 16, 32)
		if err != nil {
			log.Fatal(err)
		}
		m[rune(r)] = strings.Fields(p[2])
	}
	if len(m) == 0 {
		log.Fatalf("%s: no %s", name, property)
	}
	return m
}

func readings(official []rune, dictionary map[rune][]string) map[rune]string {
	m := map[rune]string{}
	for r, all := range pinyin.PinyinDict {
		first, _, _ := strings.Cut(all, ",")
		m[rune(r)] = first
	}
	for _, r := range official {
		var known []string
		for _, v := range dictionary[r] {
			_, reading, _ := strings.Cut(v, ":")
			known = append(known, strings.Split(reading, ",")...)
		}
		if len(known) > 0 && !slices.Contains(known, m[r]) {
			m[r] = known[0]
		}
	}
	set := strings.Fields(firstReading)
	for i := 0; i < len(set); i += 2 {
		m[[]rune(set[i])[0]] = set[i+1]
	}
	return m
}

func writeReadings(m map[rune]string) {
	by := map[string][]rune{}
	for r, s := range m {
		by[s] = append(by[s], r)
	}
	var keys []string
	for s := range by {
		keys = append(keys, s)
	}
	sort.Strings(keys)
	var b bytes.Buffer
	b.WriteString("# The main reading of each character: a syllable and the characters read so.\n" +
		"# Made by gen.go from github.com/mozillazg/go-pinyin (MIT, © mozillazg) and\n" +
		"# Unihan's kTGHZ2013 (Unicode License v3, © Unicode, Inc.).\n")
	for _, s := range keys {
		slices.Sort(by[s])
		fmt.Fprintf(&b, "%s %s\n", s, string(by[s]))
	}
	if err := os.WriteFile("data/readings.txt", b.Bytes(), 0o644); err != nil {
		log.Fatal(err)
	}
}

// sequences reads cnchar's stroke orders as strings that compare in GB
// 13000.1's order: classes first, then the finer shape of each stroke.
func sequences(name string) map[rune]string {
	b, err := os.ReadFile(name)
	if err != nil {
		log.Fatal(err)
	}
	found := regexp.MustCompile(`JSON\.parse\('(.*?)'\)`).FindAllSubmatch(b, -1)
	var orders map[string]string
	if err := json.Unmarshal(found[0][1], &orders); err != nil {
		log.Fatal(err)
	}
	// Class, then a finer rank within the class: folds, then where the stroke
	// starts (横 竖 撇 斜). Letters are cnchar's names for stroke shapes.
	shape := map[rune][2]string{
		'j': {"1", "0"}, 'i': {"1", "1"},
		'f': {"2", "0"}, 'g': {"2", "1"},
		's': {"3", "0"},
		'k': {"4", "0"}, 'd': {"4", "0"}, 'l': {"4", "1"},
		'c': {"5", "1a"}, 'e': {"5", "1a"}, 'b': {"5", "1b"}, 'h': {"5", "1b"}, 't': {"5", "1b"},
		'n': {"5", "1c"}, 'm': {"5", "1c"}, 'y': {"5", "1d"}, 'u': {"5", "1e"},
		'r': {"5", "2a"}, 'v': {"5", "2a"}, 'p': {"5", "2a"}, 'x': {"5", "2b"}, 'o': {"5", "2b"},
		'a': {"5", "3a"}, 'q': {"5", "3a"}, 'z': {"5", "3b"}, 'w': {"5", "4a"},
	}
	m := map[rune]string{}
	for c, letters := range orders {
		var class, fine string
		for _, l := range letters {
			s, ok := shape[l]
			if !ok {
				log.Fatalf("cnchar: unknown stroke %q in %s", l, c)
			}
			class, fine = class+s[0], fine+s[1]
		}
		m[[]rune(c)[0]] = class + " " + fine
	}
	return m
}

// openings guesses how the characters that cnchar does not know begin: with
// the strokes that at least four in five of the known characters of the same
// radical begin with.
func openings(official []rune, seq map[rune]string, radical map[rune][]string) map[rune]string {
	count := map[string]map[string]int{}
	sum := map[string]int{}
	key := func(r rune) string {
		if len(radical[r]) == 0 {
			return ""
		}
		k, _, _ := strings.Cut(radical[r][0], ".")
		return k
	}
	for _, r := range official {
		k := key(r)
		if s := seq[r]; s != "" && k != "" {
			if count[k] == nil {
				count[k] = map[string]int{}
			}
			class, _, _ := strings.Cut(s, " ")
			for n := 1; n <= len(class); n++ {
				count[k][class[:n]]++
			}
			sum[k]++
		}
	}
	m := map[rune]string{}
	for _, r := range official {
		k, best := key(r), ""
		for s, n := range count[k] {
			if n*5 >= sum[k]*4 && sum[k] > 1 && len(s) > len(best) {
				best = s
			}
		}
		if seq[r] == "" {
			m[r] = best
		}
	}
	return m
}

type entry struct {
	r          rune
	strokes    int
	seq        string
	level, pos int
}

func writeStrokes(official []rune, irg map[rune][]string, seq, opening map[rune]string, readings map[rune]string) {
	total := func(r rune) int {
		if len(irg[r]) == 0 {
			return 0
		}
		n, _ := strconv.Atoi(irg[r][0])
		return n
	}
	var all []entry
	in := map[rune]bool{}
	start := 0
	for level, end := range levels {
		part := make([]entry, 0, end-start)
		for i, r := range official[start:end] {
			in[r] = true
			part = append(part, entry{r, total(r), seq[r], level, i})
		}
		mend(part, opening)
		all = append(all, part...)
		start = end
	}
	slices.SortStableFunc(all, func(a, b entry) int {
		switch {
		case a.strokes != b.strokes:
			return a.strokes - b.strokes
		case a.seq != b.seq:
			return strings.Compare(a.seq, b.seq)
		case a.level != b.level:
			return a.level - b.level
		}
		return a.pos - b.pos
	})
	lines := map[int][]rune{}
	for _, e := range all {
		lines[e.strokes] = append(lines[e.strokes], e.r)
	}
	var rest []rune
	for r := range readings {
		if !in[r] && total(r) > 0 {
			rest = append(rest, r)
		}
	}
	slices.Sort(rest)
	for _, r := range rest {
		lines[total(r)] = append(lines[total(r)], r)
	}
	var b bytes.Buffer
	b.WriteString("# Stroke counts and the official stroke order: a count and its characters in order,\n" +
		"# those of 通用规范汉字表 (2013) first. Made by gen.go from that table, Unihan's\n" +
		"# kTotalStrokes (Unicode License v3, © Unicode, Inc.) and npm cnchar-order (MIT, © theajack).\n")
	for n := 1; n < 100; n++ {
		if len(lines[n]) > 0 {
			fmt.Fprintf(&b, "%d %s\n", n, string(lines[n]))
		}
	}
	if err := os.WriteFile("data/strokes.txt", b.Bytes(), 0o644); err != nil {
		log.Fatal(err)
	}
}

// mend makes counts and stroke sequences rise through one level, whose order
// is the authority: whatever is not on the longest rising run is unknown and
// takes the value before it.
func mend(level []entry, opening map[rune]string) {
	on := rising(len(level), func(i, j int) bool { return level[i].strokes <= level[j].strokes })
	for i := range level {
		if !on[i] {
			log.Printf("strokes of %c: %d, by its place %d", level[i].r, level[i].strokes, level[i-1].strokes)
			level[i].strokes = level[i-1].strokes
			level[i].seq = ""
		}
	}
	for from := 0; from < len(level); {
		to := from
		var known []int
		for to < len(level) && level[to].strokes == level[from].strokes {
			if s := level[to].seq; s != "" && strings.IndexByte(s, ' ') == level[to].strokes {
				known = append(known, to)
			} else {
				level[to].seq = ""
			}
			to++
		}
		on := rising(len(known), func(i, j int) bool { return level[known[i]].seq <= level[known[j]].seq })
		for k, i := range known {
			if !on[k] {
				log.Printf("strokes of %c out of order", level[i].r)
				level[i].seq = ""
			}
		}
		next := "6"
		after := make([]string, to-from)
		for i := to - 1; i >= from; i-- {
			after[i-from] = next
			if level[i].seq != "" {
				next = level[i].seq
			}
		}
		prev := ""
		for i := from; i < to; i++ {
			if level[i].seq == "" {
				level[i].seq = min(max(prev, opening[level[i].r]), after[i-from])
				if level[i].seq == "" {
					level[i].seq = after[i-from]
				}
			}
			prev = level[i].seq
		}
		from = to
	}
}

// rising marks the longest run of 0..n-1, gaps allowed, in which each element
// is not above the next.
func rising(n int, le func(i, j int) bool) []bool {
	on := make([]bool, n)
	prev := make([]int, n)
	var tails []int
	for i := range n {
		k := sort.Search(len(tails), func(k int) bool { return !le(tails[k], i) })
		prev[i] = -1
		if k > 0 {
			prev[i] = tails[k-1]
		}
		if k == len(tails) {
			tails = append(tails, i)
		} else {
			tails[k] = i
		}
	}
	if len(tails) > 0 {
		for i := tails[len(tails)-1]; i >= 0; i = prev[i] {
			on[i] = true
		}
	}
	return on
}
