package han

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed data/phrases.txt
var phrasesText string

//go:embed data/running.txt
var runningText string

// Named is a name and the author's pinyin of it, which may be "".
type Named struct{ Name, Pinyin string }

// Running reads running text aloud: for every Chinese character its syllable with the tone.
// The zero value knows no names.
//
// A character is read as in the longest phrase that begins where the last one ended (7,000
// phrases of data/phrases.txt, some hundred of data/running.txt), else by itself. 一 and 不
// have the tone of dictionaries, before it changes in speech (GB/T 16159-2012). Names are
// read as names. What this gets wrong: a character with several readings that stands in no
// known phrase (为 between two words, 还 before a noun, 得 for must), a phrase that is found
// across the border of two words, particles that lose their tone in speech (过, 里, 上).
type Running struct {
	names map[rune][]phrase
}

// phrase is a phrase and its syllables, with tones.
type phrase struct {
	text      string
	syllables []string
}

// phrases are those of the data files by their first character, the longest first; singles
// are characters read otherwise than in readings.txt.
var phrases = sync.OnceValues(func() (byFirst map[rune][]phrase, singles map[rune]string) {
	byFirst, singles = map[rune][]phrase{}, map[rune]string{}
	seen := map[string]bool{}
	add := func(text, reading string) {
		if !seen[text] {
			seen[text] = true
			addPhrase(byFirst, text, strings.Fields(reading))
		}
	}
	lines(runningText, func(text, reading string) {
		if r, n := utf8.DecodeRuneInString(text); n == len(text) {
			singles[r] = reading
		} else {
			add(text, reading)
		}
	})
	for line := range strings.Lines(phrasesText) {
		texts, reading, ok := strings.Cut(strings.TrimSpace(line), "\t")
		for text := range strings.FieldsSeq(texts) {
			if ok {
				add(text, reading)
			}
		}
	}
	t := data()
	for _, words := range t.words {
		for _, w := range words {
			var reading []string
			for _, y := range w.readings {
				reading = append(reading, t.syllables[y].toned())
			}
			add(w.text, strings.Join(reading, " "))
		}
	}
	longestFirst(byFirst)
	return byFirst, singles
})

func addPhrase(to map[rune][]phrase, text string, syllables []string) {
	first, _ := utf8.DecodeRuneInString(text)
	to[first] = append(to[first], phrase{text, syllables})
}

func longestFirst(m map[rune][]phrase) {
	for _, list := range m {
		slices.SortStableFunc(list, func(a, b phrase) int { return len(b.text) - len(a.text) })
	}
}

// NewRunning makes a reader that knows some names.
func NewRunning(names []Named) *Running {
	x := &Running{names: map[rune][]phrase{}}
	for _, n := range names {
		if utf8.RuneCountInString(n.Name) < 2 || strings.IndexFunc(n.Name, func(r rune) bool { return !Is(r) }) >= 0 {
			continue
		}
		p := parseName(n.Name)
		if n.Pinyin != "" {
			data().override(&p, n.Pinyin)
		}
		var syllables []string
		for _, c := range p.chars {
			syllables = append(syllables, c.y.toned())
		}
		if len(syllables) == utf8.RuneCountInString(n.Name) {
			addPhrase(x.names, n.Name, syllables)
		}
	}
	longestFirst(x.names)
	return x
}

// Read walks a text and calls char for each Chinese character ("" for one without a known
// reading) and other for each run between.
func (x *Running) Read(text string, char func(r rune, syllable string), other func(run string)) {
	known, singles := phrases()
	t := data()
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !Is(r) {
			j := i + n
			for j < len(text) {
				r, n := utf8.DecodeRuneInString(text[j:])
				if Is(r) {
					break
				}
				j += n
			}
			other(text[i:j])
			i = j
			continue
		}
		p := phraseAt(x.names[r], text[i:])
		if p == nil {
			p = phraseAt(known[r], text[i:])
		}
		switch {
		case p != nil:
			k := 0
			for _, c := range p.text {
				char(c, p.syllables[k])
				k++
			}
			n = len(p.text)
		case r == '地' && adverb(text[:i]):
			char(r, "de")
		case singles[r] != "":
			char(r, singles[r])
		default:
			char(r, t.syllables[t.read(r)].toned())
		}
		i += n
	}
}

func phraseAt(list []phrase, s string) *phrase {
	for i := range list {
		if strings.HasPrefix(s, list[i].text) {
			return &list[i]
		}
	}
	return nil
}

// adverb tells whether what is before 地 repeats itself, as adverbs do: 慢慢, 一个一个, 不紧不慢.
func adverb(before string) bool {
	var c [4]rune // the last four, backwards
	for i := range c {
		r, n := utf8.DecodeLastRuneInString(before)
		c[i], before = r, before[:len(before)-n]
	}
	return Is(c[0]) && Is(c[1]) && (c[0] == c[1] || c[1] == c[3])
}

// toned writes a syllable with its mark: on a or e, on the o of ou, else on the last vowel.
func (y syllable) toned() string {
	const bare, marked = "aeiouü", "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
	if y.tone < '1' || y.tone > '4' {
		return y.plain
	}
	at := strings.IndexAny(y.plain, "ae")
	if at < 0 {
		at = strings.Index(y.plain, "ou")
	}
	if at < 0 {
		at = strings.LastIndexAny(y.plain, bare)
	}
	if at < 0 {
		return y.plain // ḿ and the like
	}
	r, n := utf8.DecodeRuneInString(y.plain[at:])
	k := slices.Index([]rune(bare), r)
	return y.plain[:at] + string([]rune(marked)[4*k+int(y.tone-'1')]) + y.plain[at+n:]
}
