package scaffold

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"mingdeng/internal/diag"
)

// Removed is the folder, beside content, that samples go to which somebody has changed.
const Removed = "removed-samples"

// Wrote tells whether a file of a site is as [Site] wrote it.
func Wrote(name string, text []byte) bool {
	b, err := starter.ReadFile("starter/" + name)
	return err == nil && strings.ReplaceAll(string(text), "\r\n", "\n") == string(b)
}

// Remove takes a file out of a site, and folders that are empty then. Where it is kept it
// goes to the same path below [Removed].
func Remove(root *os.Root, name string, keep bool) error {
	var err error
	if keep {
		to := path.Join(Removed, name)
		if err = root.MkdirAll(path.Dir(to), 0o755); err != nil {
			return err
		}
		err = root.Rename(name, to)
	} else {
		err = root.Remove(name)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for dir := path.Dir(name); strings.Count(dir, "/") >= 2; dir = path.Dir(dir) { // never content/heroes itself
		if root.Remove(dir) != nil {
			break // something is left in it
		}
	}
	return nil
}

// Replace writes a file anew, by rename.
func Replace(root *os.Root, name string, text []byte) error {
	temporary := path.Join(path.Dir(name), "."+path.Base(name)+".new")
	if err := root.Remove(temporary); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := create(root, temporary, text); err != nil {
		return err
	}
	if err := root.Rename(temporary, name); err != nil {
		return errors.Join(err, root.Remove(temporary))
	}
	return nil
}

// Detach takes a reference out of a file, given as lines with their ends: an item out of
// its list, with the key if nothing is left in it; in a text, the link, not the words it
// shows. shown is what a link without words of its own shows. It is false where the place
// is none of these; the lines are then as they were.
func Detach(lines []string, at diag.Pos, word, shown string) ([]string, bool) {
	line, end := cutEnd(lines[at.Line-1])
	from := 0
	for col := 1; col < at.Col && from < len(line); col++ {
		_, size := utf8.DecodeRuneInString(line[from:])
		from += size
	}
	if next, ok := unlink(line, from, word, shown); ok {
		return with(lines, at.Line-1, next+end), true
	}
	quoted := regexp.QuoteMeta(word)
	token := `["']?` + quoted + `["']?`
	if regexp.MustCompile(`^\s*-\s+` + token + `\s*(#.*)?$`).MatchString(line) {
		out := without(lines, at.Line-1)
		return withoutKey(out, at.Line-2, strings.Index(line, "-")), true
	}
	if m := regexp.MustCompile(`[\[,]\s*(` + token + `)\s*[\],]`).FindStringSubmatchIndex(line[max(0, strings.LastIndexAny(line[:from], "[,")):]); m != nil {
		base := max(0, strings.LastIndexAny(line[:from], "[,"))
		open, start, stop := base+m[0], base+m[2], base+m[3]
		rest := strings.TrimLeft(line[stop:], " \t")
		switch {
		case line[open] == '[' && rest[0] == ',': // the first of several
			line = line[:start] + strings.TrimLeft(rest[1:], " \t")
		case line[open] == '[':
			line = line[:open+1] + rest
		default:
			line = strings.TrimRight(line[:open], " \t") + rest
		}
		if regexp.MustCompile(`^\s*[^\s\[\]{}:]+:\s*\[\]\s*(#.*)?$`).MatchString(line) {
			return without(lines, at.Line-1), true
		}
		return with(lines, at.Line-1, line+end), true
	}
	return lines, false
}

// unlink puts the words of a link in its place.
func unlink(line string, from int, word, shown string) (string, bool) {
	quoted := regexp.QuoteMeta(word)
	for _, link := range []*regexp.Regexp{
		regexp.MustCompile(`\[\[\s*` + quoted + `(?:#[^\]|]*)?\s*(?:\|([^\]]*))?\]\]`),
		regexp.MustCompile(`\[([^\[\]]*)\]\(\s*<?` + quoted + `>?(?:\s+"[^"]*")?\s*\)`),
	} {
		for _, m := range link.FindAllStringSubmatchIndex(line, -1) {
			if m[0] > 0 && line[m[0]-1] == '!' || m[1] <= from {
				continue // a picture; or a link before the place
			}
			words := shown
			if m[2] >= 0 && strings.TrimSpace(line[m[2]:m[3]]) != "" {
				words = line[m[2]:m[3]]
			}
			if words == "" {
				return line, false
			}
			return line[:m[0]] + words + line[m[1]:], true
		}
	}
	return line, false
}

func cutEnd(line string) (text, end string) {
	text = strings.TrimRight(line, "\r\n")
	return text, line[len(text):]
}

func with(lines []string, n int, line string) []string {
	out := append([]string{}, lines...)
	out[n] = line
	return out
}

func without(lines []string, n int) []string {
	return append(append([]string{}, lines[:n]...), lines[n+1:]...)
}

// withoutKey takes out the key whose list of items, with dashes at an indent, ended on line
// n and has none left.
func withoutKey(lines []string, n, indent int) []string {
	item := func(i int) bool {
		return i >= 0 && i < len(lines) && strings.HasPrefix(strings.TrimLeft(lines[i], " "), "- ") && strings.Index(lines[i], "-") == indent
	}
	if n < 0 || item(n) || item(n+1) {
		return lines
	}
	if regexp.MustCompile(`^\s*[^\s#\-][^:]*:\s*(#.*)?$`).MatchString(strings.TrimRight(lines[n], "\r\n")) {
		return without(lines, n)
	}
	return lines
}
