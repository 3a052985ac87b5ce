package diag

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"mingdeng/internal/fold"
)

// Source shows findings their lines. It keeps the lines of the file asked for last,
// so findings are best shown in their order; it is not safe for concurrent use.
type Source struct {
	read func(path string) []byte
	path string
	text []string
}

// NewSource makes a Source of a function that gives the text of a file as findings
// count its lines (UTF-8, lines ending in \n), or nil where there is none. Nothing is
// read before it is shown.
func NewSource(read func(path string) []byte) *Source { return &Source{read: read} }

func (s *Source) lines(path string) []string {
	if s == nil || s.read == nil {
		return nil
	}
	if s.path != path || s.text == nil {
		s.path, s.text = path, []string{}
		if text := s.read(path); len(text) > 0 {
			s.text = strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
		}
	}
	return s.text
}

// Excerpt is the line a finding is about, in three parts that can be shown anywhere:
// control characters are spelt out, tabs are spaces, a long line is clipped.
type Excerpt struct {
	Line                  int
	Before, Marked, After string
}

// Mark is what stands under an excerpt to mark its place: spaces as wide as what is
// before it, then a ^ for each cell of what is marked. Widths are those of a terminal.
func (x Excerpt) Mark() string {
	return strings.Repeat(" ", uniseg.StringWidth(x.Before)) + strings.Repeat("^", max(1, uniseg.StringWidth(x.Marked)))
}

// clip is how many cells an excerpt shows at most before and after its mark, of a line
// that has more than whole.
const (
	clip  = 36
	whole = 96
)

// Excerpt returns the line of a finding; false where it concerns a whole file or the
// line cannot be had.
func (s *Source) Excerpt(f Finding) (Excerpt, bool) {
	if f.Pos.Line == 0 {
		return Excerpt{}, false
	}
	lines := s.lines(f.Path)
	if f.Pos.Line > len(lines) {
		return Excerpt{}, false
	}
	line := lines[f.Pos.Line-1]
	if f.Code.Private {
		line = hideDigits(line)
	}
	line = hideSecrets(line, f.Code.Secret)
	from := offset(line, f.Pos.Col)
	to := from + extent(line[from:], f)
	x := Excerpt{f.Pos.Line, Printable(line[:from]), Printable(line[from:to]), Printable(line[to:])}
	if all := len(x.Before) + len(x.Marked) + len(x.After); all > whole && (all > 4*whole || uniseg.StringWidth(x.Before+x.Marked+x.After) > whole) {
		x.Before, x.Marked, x.After = clipFront(x.Before), clipBack(x.Marked), clipBack(x.After)
	}
	return x, true
}

// secretPart matches what stands for a user and password in an address, and for parameters
// whose names say that they hold a secret.
var secretPart = regexp.MustCompile(`(?i)://[^/@\s]*:[^@\s]*@|(?:secret|passw|passphrase|token|access_?-?key|signature)[\w-]*=[^&\s"']+`)

// hideSecrets covers secrets that stand in addresses, whatever is wrong with the line: what
// a finding shows goes into logs and messages. all covers addresses whole.
func hideSecrets(line string, all bool) string {
	cover := func(s string) string { return strings.Repeat("*", utf8.RuneCountInString(s)) }
	if before, rest, found := strings.Cut(line, "://"); all && found {
		return before + "://" + cover(rest)
	}
	return secretPart.ReplaceAllStringFunc(line, cover)
}

// extent is how much of rest the finding means: the words its fix replaces, or the
// words its message quotes first, where they stand there; else one character.
func extent(rest string, f Finding) int {
	var meant []string
	if x := f.Fix; x != nil && !x.Put && x.At == f.Pos {
		meant = append(meant, x.Old)
	}
	for _, a := range f.Args[:min(len(f.Args), 2)] {
		if word, ok := a.(string); ok {
			meant = append(meant, word)
		}
	}
	for _, m := range meant {
		if m != "" && strings.HasPrefix(rest, m) {
			return len(m)
		}
	}
	_, size := utf8.DecodeRuneInString(rest)
	return size
}

// hideDigits keeps a number that must not be told further out of messages, which are
// read by others too. Digits are hidden in whatever way they are written; a Chinese one
// alone is a word.
func hideDigits(line string) string {
	out := []rune(line)
	last := -1 // the Chinese digit before, if nothing that is seen stands between
	for i, r := range out {
		switch _, s := fold.Digit(r); {
		case s == fold.Chinese:
			if last >= 0 {
				out[last], out[i] = '*', '*'
			}
			last = i
		case s != fold.NoDigit:
			out[i], last = '*', -1
		case !fold.Blank(r) && !fold.Unseen(r):
			last = -1
		}
	}
	return string(out)
}

// Printable makes a text safe to show: what a terminal would act on and what nobody
// would see is spelt out.
func Printable(s string) string {
	plain := true
	for _, r := range s {
		if r < ' ' || r == 0x7f || r > '~' && !unicode.IsGraphic(r) || r == utf8.RuneError || r == 0xa0 {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, "<%02X>", s[i])
		case r == '\t':
			b.WriteString("    ")
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, "<%02X>", r)
		case !unicode.IsGraphic(r) || r == 0xa0: // bidi overrides, zero-width and no-break spaces
			fmt.Fprintf(&b, "<U+%04X>", r)
		default:
			b.WriteRune(r)
		}
		i += size
	}
	return b.String()
}

// clipBack keeps the beginning of a text, clipFront its end.
func clipBack(s string) string {
	if len(s) <= clip {
		return s
	}
	cells := 0
	for i, r := range s {
		if cells += uniseg.StringWidth(string(r)); cells > clip {
			return s[:i] + "..."
		}
	}
	return s
}

func clipFront(s string) string {
	if len(s) <= clip {
		return s
	}
	cells, i := 0, len(s)
	for i > 0 {
		r, size := utf8.DecodeLastRuneInString(s[:i])
		if cells += uniseg.StringWidth(string(r)); cells > clip {
			return "..." + s[i:]
		}
		i -= size
	}
	return s
}
