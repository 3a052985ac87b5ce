package history

import (
	"strings"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// Kind is what became of a piece of text.
type Kind uint8

// Of the second text beside the first.
const (
	Same    Kind = iota
	Removed      // stands in the first alone
	Added        // stands in the second alone
)

// Line is a line of a comparison. Text is without its line end. Parts are the line in
// pieces, where a line that was removed and the one put in its place are alike enough for
// that to help; else nil. What is Same in a Removed line stands in the Added one too.
type Line struct {
	Kind  Kind
	Text  string
	Parts []Part
}

// Part is a piece of a line.
type Part struct {
	Kind Kind
	Text string
}

// The bounds of a comparison: beyond the first all is told as replaced, beyond the second
// lines are not compared within. Both are far above any record.
const (
	maxLines = 20_000
	maxRunes = 20_000
)

// Compare tells what is to be done to a to get b, line by line, and within lines character
// by character, as suits Chinese. CRLF counts as a line end like LF. Both are taken to be
// UTF-8 text; bytes that are not are shown as U+FFFD.
func Compare(a, b []byte) []Line {
	before, after := lines(a), lines(b)
	var out []Line
	if len(before)+len(after) > maxLines {
		for _, l := range before {
			out = append(out, Line{Kind: Removed, Text: l})
		}
		for _, l := range after {
			out = append(out, Line{Kind: Added, Text: l})
		}
		return out
	}
	// Each line as one rune, so that lines are compared whole.
	number := map[string]rune{}
	var back []string
	encode := func(list []string) []rune {
		out := make([]rune, len(list))
		for i, l := range list {
			n, ok := number[l]
			if !ok {
				n = rune(len(back)) + 0x10000 // above all that is special in Unicode
				number[l] = n
				back = append(back, l)
			}
			out[i] = n
		}
		return out
	}
	d := diffmatchpatch.New()
	d.DiffTimeout = 0 // the same answer on every machine
	var removed, added []string
	flush := func() {
		out = append(out, replaced(d, removed, added)...)
		removed, added = nil, nil
	}
	for _, x := range d.DiffMainRunes(encode(before), encode(after), false) {
		for _, n := range x.Text {
			l := back[n-0x10000]
			switch x.Type {
			case diffmatchpatch.DiffDelete:
				removed = append(removed, l)
			case diffmatchpatch.DiffInsert:
				added = append(added, l)
			default:
				flush()
				out = append(out, Line{Kind: Same, Text: l})
			}
		}
	}
	flush()
	return out
}

func lines(b []byte) []string {
	s := strings.TrimSuffix(strings.ToValidUTF8(strings.ReplaceAll(string(b), "\r\n", "\n"), "\uFFFD"), "\n")
	if len(b) == 0 {
		return nil
	}
	return strings.Split(s, "\n")
}

// replaced are lines that stand in the place of others: the first removed is compared with
// the first added, and so on.
func replaced(d *diffmatchpatch.DiffMatchPatch, removed, added []string) []Line {
	var out []Line
	parts := make([][2][]Part, min(len(removed), len(added)))
	for i := range parts {
		parts[i] = within(d, removed[i], added[i])
	}
	for i, l := range removed {
		line := Line{Kind: Removed, Text: l}
		if i < len(parts) {
			line.Parts = parts[i][0]
		}
		out = append(out, line)
	}
	for i, l := range added {
		line := Line{Kind: Added, Text: l}
		if i < len(parts) {
			line.Parts = parts[i][1]
		}
		out = append(out, line)
	}
	return out
}

func within(d *diffmatchpatch.DiffMatchPatch, a, b string) (parts [2][]Part) {
	if len(a)+len(b) > 3*maxRunes {
		return parts
	}
	same := 0
	for _, x := range d.DiffCleanupSemantic(d.DiffMain(a, b, false)) {
		switch x.Type {
		case diffmatchpatch.DiffDelete:
			parts[0] = append(parts[0], Part{Removed, x.Text})
		case diffmatchpatch.DiffInsert:
			parts[1] = append(parts[1], Part{Added, x.Text})
		default:
			same += len(x.Text)
			parts[0] = append(parts[0], Part{Same, x.Text})
			parts[1] = append(parts[1], Part{Same, x.Text})
		}
	}
	if same*4 < max(len(a), len(b)) { // hardly anything in common: two lines
		return [2][]Part{}
	}
	return parts
}
