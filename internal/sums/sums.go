// Package sums reads, writes and compares lists of SHA-256 sums, as sha256sum makes them.
//
// A list is a text of lines, each a sum in 64 hexadecimal digits, a blank, a blank (text)
// or an asterisk (binary), and a file's name. A backslash before the sum says that in the
// name \\ stands for a backslash, \n and \r for the ends of lines. Read takes also what
// browsers and editors make of such a file: a byte-order mark, CRLF, capital digits, empty
// lines. Names are compared by their last element, since a file is looked for by itself
// and not where the list was made.
//
// Nothing here asks the network. A list says that a file is what the list's author had;
// who that was, it does not say.
package sums

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// Line is one file of a list.
type Line struct {
	Sum  [sha256.Size]byte
	Name string // as it stands in the list
}

// List is the files of one list, in its order.
type List []Line

// ErrNoList says that a text is not a list of SHA-256 sums.
var ErrNoList = errors.New("no list of SHA-256 sums")

// maxList is the size of a list beyond which it is not read.
const maxList = 1 << 20

// Of is the sum of all that r gives.
func Of(r io.Reader) (sum [sha256.Size]byte, err error) {
	h := sha256.New()
	if _, err := io.Copy(h, r); err != nil {
		return sum, err
	}
	return [sha256.Size]byte(h.Sum(nil)), nil
}

// Read reads a list. A line that is none makes the whole [ErrNoList], with its number: half
// a list proves nothing of what stood in the other half.
func Read(r io.Reader) (List, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxList+1))
	if err != nil {
		return nil, err
	}
	if len(b) > maxList {
		return nil, fmt.Errorf("%w: larger than %d bytes", ErrNoList, maxList)
	}
	var list List
	lines := bufio.NewScanner(bytes.NewReader(bytes.TrimPrefix(b, []byte("\ufeff"))))
	lines.Buffer(nil, maxList+1)
	for n := 1; lines.Scan(); n++ { // takes \r\n for an end too
		text := lines.Text()
		if strings.TrimSpace(text) == "" {
			continue
		}
		line, ok := parse(text)
		if !ok {
			return nil, fmt.Errorf("%w: line %d", ErrNoList, n)
		}
		list = append(list, line)
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("%w: it is empty", ErrNoList)
	}
	return list, nil
}

func parse(text string) (line Line, ok bool) {
	text, escaped := strings.CutPrefix(text, `\`)
	const digits = 2 * sha256.Size
	if len(text) < digits+3 || text[digits] != ' ' || text[digits+1] != ' ' && text[digits+1] != '*' {
		return line, false
	}
	if _, err := hex.Decode(line.Sum[:], []byte(text[:digits])); err != nil {
		return line, false
	}
	line.Name = text[digits+2:]
	if escaped {
		line.Name = strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\r`, "\r").Replace(line.Name)
	}
	return line, true
}

// Sum is the first line that has a sum.
func (l List) Sum(sum [sha256.Size]byte) (Line, bool) {
	for _, line := range l {
		if line.Sum == sum {
			return line, true
		}
	}
	return Line{}, false
}

// Names tells whether a line is of a file of that name, whatever its folder.
func (l List) Names(name string) bool {
	for _, line := range l {
		if base(line.Name) == base(name) {
			return true
		}
	}
	return false
}

func base(name string) string { return path.Base(strings.ReplaceAll(name, `\`, "/")) }

// Write writes the list in binary mode, which is right on every system.
func (l List) Write(w io.Writer) error {
	var b bytes.Buffer
	for _, line := range l {
		if strings.ContainsAny(line.Name, "\\\n\r") {
			line.Name = strings.NewReplacer(`\`, `\\`, "\n", `\n`, "\r", `\r`).Replace(line.Name)
			b.WriteByte('\\')
		}
		fmt.Fprintf(&b, "%x *%s\n", line.Sum, line.Name)
	}
	_, err := w.Write(b.Bytes())
	return err
}
