// Package report keeps what an import took, guessed and left, in both languages.
//
// Readers of single formats and the importer itself write into one [Log]; it is
// shown to the editor line by line, in the order written. The rule of all of them
// is that nothing is lost in silence: whatever a file holds and a record cannot is
// an entry.
package report

import (
	"fmt"
	"unicode"

	"mingdeng/internal/diag"
)

// Sort says what became of something.
type Sort string

// The sorts of entries.
const (
	Taken   Sort = "taken"   // it stands in the record now
	Guessed Sort = "guessed" // it stands there, and a person must look whether rightly
	Left    Sort = "left"    // it does not stand there
	Todo    Sort = "todo"    // something a person has to do
)

// Sorts lists them in the order they are shown, with their words.
func Sorts() []struct {
	Sort Sort
	Text diag.Text
} {
	return []struct {
		Sort Sort
		Text diag.Text
	}{
		{Taken, diag.Text{Zh: "收进来的", En: "taken"}},
		{Guessed, diag.Text{Zh: "猜的，请核对", En: "guessed, please check"}},
		{Left, diag.Text{Zh: "没有收进来的", En: "left out"}},
		{Todo, diag.Text{Zh: "还要您来做的", En: "for you to do"}},
	}
}

// Entry is one line.
type Entry struct {
	Sort Sort
	Text diag.Text
}

// Log collects entries. The zero Log is ready; it is not safe for concurrent use.
type Log struct{ Entries []Entry }

// Add writes a line; both wordings take the same arguments in the same order.
// A line that is there already is not repeated.
func (l *Log) Add(s Sort, zh, en string, args ...any) {
	e := Entry{s, diag.Text{Zh: fmt.Sprintf(zh, args...), En: fmt.Sprintf(en, args...)}}
	for _, old := range l.Entries {
		if old == e {
			return
		}
	}
	l.Entries = append(l.Entries, e)
}

// Short is the beginning of a text, for a line that has to tell which one is meant.
// A number is not cut: half a private one would pass for none.
func Short(s string) string {
	r := []rune(s)
	n := 20
	if len(r) <= n {
		return s
	}
	for unicode.IsDigit(r[n]) && n > 0 && unicode.IsDigit(r[n-1]) {
		n--
	}
	return string(r[:n]) + "…"
}

// Error is why a file cannot be imported, in words for its editor.
type Error struct{ Text diag.Text }

// Errorf makes an Error; both wordings take the same arguments in the same order.
func Errorf(zh, en string, args ...any) *Error {
	return &Error{diag.Text{Zh: fmt.Sprintf(zh, args...), En: fmt.Sprintf(en, args...)}}
}

func (e *Error) Error() string { return e.Text.En }
