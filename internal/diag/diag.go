// Package diag holds findings: what is wrong in an editor's file, where, and how
// to mend it.
//
// Every kind of finding is declared once, as a [Code], with its severity and its
// words in Chinese and English: a message, a hint, and a longer explanation for
// `mingdeng explain`. A place in a file plus a code plus the arguments of its
// words make a [Finding]; a [List] collects the findings of one run, from many
// goroutines, and hands them out sorted, so that two runs over the same files
// say the same thing in the same order.
//
// The words are plain templates: {0} is the first argument, {1} the second.
// A part between ⟨ and ⟩ is left out when one of its arguments is empty, so a
// hint can say "did you mean …?" only when there is something to suggest.
//
// Whoever finds a fault and knows the remedy adds a [Fix], as data: "at this place
// these words become those". A [Report] writes findings as text, JSON or GitHub's
// annotations; only then are the files read again, through a [Source], for the line
// with its place marked ([Excerpt]) and the line as it should be ([Mended]). So a
// finding costs little, and shows what the file holds at that moment.
//
// This package knows nothing of content or themes; everything but han, whose widths
// it needs, may import it.
package diag

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Lang is the language messages are written in.
type Lang string

// The languages messages come in.
const (
	Chinese Lang = "zh"
	English Lang = "en"
)

// Severity says whether a finding stops the build.
type Severity uint8

// An Error stops the build; a Warning does not.
const (
	Warning Severity = iota
	Error
)

// String returns the word that stands in messages: "error" or "warning".
func (s Severity) String() string {
	if s == Error {
		return "error"
	}
	return "warning"
}

// Pos is a place in a file as an editor shows it: line and column count from 1,
// a column is one character (not one byte). The zero Pos means the file as a whole.
type Pos struct{ Line, Col int }

// Text is one piece of wording in both languages.
type Text struct{ Zh, En string }

// In returns the wording in one language.
func (t Text) In(l Lang) string {
	if l == English {
		return t.En
	}
	return t.Zh
}

// Code is one kind of finding. Codes are declared in this package and compared
// by pointer.
type Code struct {
	ID       string // as printed in error[ID] and taken by `explain`
	Severity Severity
	Message  Text
	Hint     Text
	Explain  Text // Markdown, a few paragraphs
	Private  bool // its line holds numbers that messages must not repeat
	Secret   bool // its line holds an address that messages must not repeat
	// Mend names two arguments: the word that stands in the file and the one it was
	// probably meant to be, so that every finding of the code brings its fix along.
	// {0, 0} is none.
	Mend [2]int
}

// Finding is one thing that is wrong at one place.
type Finding struct {
	Code *Code
	Path string // slash-separated, relative to the site's root
	Pos  Pos
	Args []any
	Fix  *Fix // how its line is mended, where that is known
	// Lacks is the English name of a key that is missing from the group at Pos, "" of any
	// other finding: where there is a form, it is told at the key's own field.
	Lacks string
}

// At makes a finding of this kind.
func (c *Code) At(path string, pos Pos, args ...any) Finding {
	f := Finding{Code: c, Path: path, Pos: pos, Args: args}
	if wrong, right := c.Mend[0], c.Mend[1]; wrong != right && max(wrong, right) < len(args) {
		return f.Replace(fmt.Sprint(args[wrong]), fmt.Sprint(args[right]))
	}
	return f
}

// Message says what is wrong.
func (f Finding) Message(l Lang) string { return fill(f.Code.Message.In(l), f.Args) }

// Hint says how to mend it.
func (f Finding) Hint(l Lang) string { return fill(f.Code.Hint.In(l), f.Args) }

// Place returns PATH:LINE:COL, or PATH alone where the finding concerns the file
// as a whole.
func (f Finding) Place() string {
	if f.Pos.Line == 0 {
		return f.Path
	}
	return fmt.Sprintf("%s:%d:%d", f.Path, f.Pos.Line, f.Pos.Col)
}

// fill puts args into the numbered places of text and drops the optional parts
// whose arguments are empty.
func fill(text string, args []any) string {
	var b strings.Builder
	for text != "" {
		before, rest, optional := strings.Cut(text, "⟨")
		b.WriteString(put(before, args, nil))
		if !optional {
			break
		}
		part, after, _ := strings.Cut(rest, "⟩")
		empty := false
		if s := put(part, args, &empty); !empty {
			b.WriteString(s)
		}
		text = after
	}
	return b.String()
}

func put(text string, args []any, empty *bool) string {
	for i, a := range args {
		mark := fmt.Sprintf("{%d}", i)
		if !strings.Contains(text, mark) {
			continue
		}
		s := fmt.Sprint(a)
		if s == "" && empty != nil {
			*empty = true
		}
		text = strings.ReplaceAll(text, mark, s)
	}
	return text
}

// List collects findings; it is safe for concurrent use. The zero List is ready.
type List struct {
	mu   sync.Mutex
	list []Finding
}

// Add puts findings on the list.
func (l *List) Add(f ...Finding) {
	if len(f) == 0 {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.list = append(l.list, f...)
}

// Sorted returns all findings by path, place and code, without repeats.
func (l *List) Sorted() []Finding {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := slices.Clone(l.list)
	slices.SortStableFunc(out, compare)
	return slices.CompactFunc(out, func(a, b Finding) bool { return compare(a, b) == 0 })
}

func compare(a, b Finding) int {
	if c := strings.Compare(a.Path, b.Path); c != 0 {
		return c
	}
	if c := a.Pos.Line - b.Pos.Line; c != 0 {
		return c
	}
	if c := a.Pos.Col - b.Pos.Col; c != 0 {
		return c
	}
	if c := strings.Compare(a.Code.ID, b.Code.ID); c != 0 {
		return c
	}
	// One by one: a finding told again has words where it had numbers before.
	for i := range min(len(a.Args), len(b.Args)) {
		if c := strings.Compare(fmt.Sprint(a.Args[i]), fmt.Sprint(b.Args[i])); c != 0 {
			return c
		}
	}
	return len(a.Args) - len(b.Args)
}

// Errors counts the findings that stop the build, Warnings the others; repeats, as of
// one text in two editions, count once.
func (l *List) Errors() int { return l.count(Error) }

// Warnings counts the findings that do not stop the build.
func (l *List) Warnings() int { return l.count(Warning) }

func (l *List) count(s Severity) int {
	n := 0
	for _, f := range l.Sorted() {
		if f.Code.Severity == s {
			n++
		}
	}
	return n
}

// Empty tells whether nothing was found.
func (l *List) Empty() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.list) == 0
}
