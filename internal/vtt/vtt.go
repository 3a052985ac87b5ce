// Package vtt reads what is said in a recording, with the times at which it is said: WebVTT
// (https://www.w3.org/TR/webvtt1/) and, because programs that cut films write it, SubRip
// (.srt). Which of the two a text is, its content decides.
//
//	cues, faults := vtt.Parse(text)
//
// # What is read
//
//	WEBVTT
//
//	南门                           a name: a number says nothing, words begin a part
//	00:00.000 --> 00:04.200        hours may be left out; a comma does for the point
//	<v 王某>各位，这里是南门。     who speaks, and what is said
//
// Notes, styles and regions are passed over, and so is where on a screen words would stand:
// what is made of a cue is its words. Tags of WebVTT are taken off (<b>, <i>, <u>, <c>, <lang>,
// <ruby>; what stands in <rt> is small print and goes; times within a cue go), and references
// (&amp;) are the characters they mean. The words may hold any character then: whoever shows
// them escapes them.
//
// # What is refused
//
// The reader is strict where browsers are not: they drop what they do not understand, and
// nobody would hear of it. Times that cannot be read, that go back or end before they start,
// tags that WebVTT does not have, and a "<" that begins no tag are faults with their places.
//
// # Bounds
//
// A text of more than MaxBytes, more than MaxCues cues and more than MaxText bytes of words in
// one of them are faults. Work and memory follow from the size of the text alone.
package vtt

import (
	"bytes"
	"fmt"
	"html"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// The bounds. A minute of speech has some 250 characters: 1 MB is a day of it.
const (
	MaxBytes = 1 << 20
	MaxCues  = 5000
	MaxText  = 4 << 10
	// maxFaults of one text are told: the first tell how it was made, more tell nothing.
	maxFaults = 10
	// maxTime is how long a recording can be.
	maxTime = 24 * time.Hour
)

// Cue is what is said from Start to End.
type Cue struct {
	Start, End time.Duration
	Name       string // words that begin a part of the recording here, or ""
	Voice      string // who speaks, or ""
	Text       string // on one line
	Line       int    // of the words
}

// Fault is one thing that is wrong with a text. Line and Col count from 1, Col in characters.
type Fault struct {
	Line, Col int
	Why       Why
	Text      string // what stands there
}

// Why is what is wrong.
type Why int

// What can be wrong.
const (
	NoHeader  Why = iota // neither WebVTT nor SubRip
	TooLarge             // more than MaxBytes, MaxCues or MaxText
	BadTime              // not HH:MM:SS.mmm, or over a day
	Backward             // ends before it starts
	Unordered            // starts before the cue above it
	BadTag               // a tag that WebVTT does not have, or that is not closed by >
	NoCue                // there is no cue at all
	Loose                // words that belong to no time
)

// IsTimed tells whether a text is WebVTT or SubRip.
func IsTimed(text []byte) bool {
	if header(text) {
		return true
	}
	for line := range bytes.Lines(text[:min(len(text), 4096)]) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 || isNumber(string(line)) {
			continue
		}
		return bytes.Contains(line, []byte("-->"))
	}
	return false
}

func header(text []byte) bool {
	rest, ok := bytes.CutPrefix(text, []byte("WEBVTT"))
	return ok && (len(rest) == 0 || bytes.IndexByte([]byte(" \t\n"), rest[0]) >= 0)
}

// Parse reads a text in UTF-8 with plain line ends. With faults, the cues are those that could
// be read.
func Parse(text []byte) ([]Cue, []Fault) {
	p := &parser{}
	switch {
	case len(text) > MaxBytes:
		return nil, []Fault{{1, 1, TooLarge, strconv.Itoa(len(text)>>10) + " KB"}}
	case !IsTimed(text):
		return nil, []Fault{{1, 1, NoHeader, first(string(text))}}
	}
	p.lines = strings.Split(string(text), "\n")
	if header(text) {
		p.at = p.blank(0)
	}
	for p.next() {
	}
	if len(p.cues) == 0 && len(p.faults) == 0 {
		p.fault(0, 0, NoCue, "")
	}
	return p.cues, p.faults
}

type parser struct {
	lines  []string
	at     int // line to be read
	cues   []Cue
	faults []Fault
}

// fault notes what is wrong at a byte of a line, both counted from 0.
func (p *parser) fault(line, at int, why Why, text string) {
	p.faults = append(p.faults, Fault{line + 1, 1 + utf8.RuneCountInString(p.lines[line][:at]), why, first(text)})
}

// first is the beginning of a text, short enough for a message.
func first(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "\n")
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// blank is the first empty line from at on, or the end.
func (p *parser) blank(at int) int {
	for at < len(p.lines) && strings.TrimSpace(p.lines[at]) != "" {
		at++
	}
	return at
}

// next reads a block: lines up to an empty one. It is false at the end.
func (p *parser) next() bool {
	for p.at < len(p.lines) && strings.TrimSpace(p.lines[p.at]) == "" {
		p.at++
	}
	if p.at >= len(p.lines) || len(p.faults) >= maxFaults {
		return false
	}
	from, to := p.at, p.blank(p.at)
	p.at = to
	switch word, _, _ := strings.Cut(strings.ReplaceAll(p.lines[from], "\t", " "), " "); word {
	case "NOTE", "STYLE", "REGION", "Region:":
		return true
	}
	times := from
	if !strings.Contains(p.lines[from], "-->") {
		times++
	}
	if times >= to || !strings.Contains(p.lines[times], "-->") {
		p.fault(from, 0, Loose, p.lines[from])
		return true
	}
	if len(p.cues) >= MaxCues {
		p.fault(from, 0, TooLarge, strconv.Itoa(MaxCues)+" +")
		p.at = len(p.lines)
		return true
	}
	c := Cue{Line: times + 2}
	if times > from {
		c.Name = partName(p.lines[from])
	}
	if p.times(times, &c) {
		p.words(times+1, to, c)
	}
	return true
}

// partName is the name of a cue if it is words for people: programs number cues, or name them
// c1 or 7f0a-33.
func partName(s string) string {
	s = strings.TrimSpace(s)
	for _, r := range s {
		if r == ' ' || r >= 0x2e80 { // words that are parted, or a script that does not part them
			if !isNumber(strings.ReplaceAll(s, " ", "")) {
				return strings.Join(strings.Fields(s), " ")
			}
		}
	}
	return ""
}

func isNumber(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// times reads the line of a cue's times; settings behind them say where on a screen.
func (p *parser) times(line int, c *Cue) bool {
	s := p.lines[line]
	arrow := strings.Index(s, "-->")
	end := strings.TrimLeft(s[arrow+3:], " \t")
	endAt := len(s) - len(end)
	if i := strings.IndexAny(end, " \t"); i >= 0 {
		end = end[:i]
	}
	start := strings.TrimSpace(s[:arrow])
	var ok bool
	if c.Start, ok = clock(start); !ok {
		p.fault(line, len(s)-len(strings.TrimLeft(s, " \t")), BadTime, start)
		return false
	}
	if c.End, ok = clock(end); !ok {
		p.fault(line, endAt, BadTime, end)
		return false
	}
	if c.End < c.Start {
		p.fault(line, endAt, Backward, end)
		return false
	}
	if n := len(p.cues); n > 0 && c.Start < p.cues[n-1].Start {
		p.fault(line, 0, Unordered, start)
		return false
	}
	return true
}

// clock reads HH:MM:SS.mmm or MM:SS.mmm.
func clock(s string) (time.Duration, bool) {
	whole, milli, ok := strings.Cut(strings.Replace(s, ",", ".", 1), ".")
	parts := strings.Split(whole, ":")
	if !ok || len(milli) != 3 || len(parts) < 2 || len(parts) > 3 {
		return 0, false
	}
	total := 0
	for i, part := range append(parts, milli) {
		n, err := strconv.Atoi(part)
		hours := len(parts) == 3 && i == 0
		if err != nil || !isNumber(part) || len(part) > 3 || i < len(parts) && !hours && (len(part) != 2 || n > 59) {
			return 0, false
		}
		if i < len(parts) {
			total = total*60 + n
		} else {
			total = total*1000 + n
		}
	}
	d := time.Duration(total) * time.Millisecond
	return d, d <= maxTime
}

// words reads the lines of a cue. Where somebody else begins to speak, another cue begins.
func (p *parser) words(from, to int, c Cue) {
	var said strings.Builder
	size := 0
	put := func() {
		if c.Text = strings.Join(strings.Fields(said.String()), " "); c.Text != "" {
			p.cues = append(p.cues, c)
			c.Name = ""
		}
		said.Reset()
	}
	for line := from; line < to; line++ {
		s := p.lines[line]
		if size += len(s); size > MaxText {
			p.fault(line, 0, TooLarge, strconv.Itoa(MaxText>>10)+" KB +")
			return
		}
		small, broken := false, line > from // whether a line end stands before what is written next
		for at := 0; at < len(s); {
			open := strings.IndexByte(s[at:], '<')
			if open < 0 {
				open = len(s) - at
			}
			if plain := html.UnescapeString(s[at : at+open]); plain != "" && !small {
				if broken && !eastAsian(lastRune(said.String()), firstRune(plain)) {
					said.WriteByte(' ')
				}
				broken = false
				said.WriteString(plain)
			}
			if at += open; at == len(s) {
				break
			}
			end := strings.IndexByte(s[at:], '>')
			if end < 0 {
				p.fault(line, at, BadTag, s[at:])
				return
			}
			tag, ok := readTag(s[at+1 : at+end])
			if !ok {
				p.fault(line, at, BadTag, s[at:at+end+1])
				return
			}
			switch {
			case tag.name == "rt":
				small = !tag.close
			case tag.name == "ruby":
				small = false
			case tag.name == "v" && !tag.close:
				put()
				c.Voice, c.Line = tag.said, line+1
			}
			at += end + 1
		}
	}
	put()
}

type tag struct {
	name, said string
	close      bool
}

// readTag reads what stands between < and >.
func readTag(s string) (t tag, ok bool) {
	if s != "" && s[0] >= '0' && s[0] <= '9' {
		_, ok := clock(s)
		return tag{}, ok
	}
	s, t.close = strings.CutPrefix(s, "/")
	name, said, _ := strings.Cut(s, " ")
	t.name, _, _ = strings.Cut(name, ".") // classes
	t.said = strings.Join(strings.Fields(html.UnescapeString(said)), " ")
	switch t.name {
	case "v", "c", "b", "i", "u", "lang", "ruby", "rt":
		return t, true
	}
	return t, t.close && s == ""
}

func firstRune(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }
func lastRune(s string) rune  { r, _ := utf8.DecodeLastRuneInString(s); return r }

// eastAsian tells whether no space belongs between two characters that a line end parts.
func eastAsian(a, b rune) bool { return a >= 0x2e80 && b >= 0x2e80 }

// Write writes cues as WebVTT that players understand: their words, who speaks and names of
// parts, and nothing else of the text they were read from. [Parse] reads the same cues again.
func Write(cues []Cue) []byte {
	var b bytes.Buffer
	b.WriteString("WEBVTT\n")
	esc := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	at := func(d time.Duration) {
		fmt.Fprintf(&b, "%02d:%02d:%02d.%03d", d/time.Hour, d/time.Minute%60, d/time.Second%60, d/time.Millisecond%1000)
	}
	for _, c := range cues {
		b.WriteByte('\n')
		if c.Name != "" {
			b.WriteString(strings.ReplaceAll(c.Name, "-->", "→") + "\n")
		}
		at(c.Start)
		b.WriteString(" --> ")
		at(c.End)
		b.WriteByte('\n')
		if c.Voice != "" {
			b.WriteString("<v " + esc.Replace(c.Voice) + ">")
		}
		b.WriteString(esc.Replace(c.Text) + "\n")
	}
	return b.Bytes()
}
