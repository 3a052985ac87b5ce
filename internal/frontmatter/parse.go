package frontmatter

import (
	"bufio"
	"bytes"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/adrg/frontmatter"

	"mingdeng/internal/diag"
)

// Parse splits text (UTF-8, lines ending in \n) and reads its head. The findings
// bear no path; the caller knows it. isKey tells the names that may stand before
// a colon: it finds full-width colons typed in place of plain ones. example is a key with
// which a head could begin, for messages.
func Parse(text []byte, isKey func(string) bool, example diag.Text) (Doc, []diag.Finding) {
	r := reading{isKey: isKey, example: example}
	format := func(start, end string, f Format, whole bool) *frontmatter.Format {
		return &frontmatter.Format{
			Start: start, End: end, UnmarshalDelims: whole, RequiresNewLine: whole,
			Unmarshal: func(head []byte, _ any) error {
				r.found(text, head, f)
				return nil
			},
		}
	}
	split := func(text []byte) ([]byte, error) {
		in := readers.Get().(*bufio.Reader)
		defer readers.Put(in)
		in.Reset(bytes.NewReader(text))
		return frontmatter.Parse(in, nil,
			format("---", "---", YAML, false),
			format("---yaml", "---", YAML, false),
			format("+++", "+++", TOML, false),
			format("---toml", "---", TOML, false),
			format("---json", "---", JSON, false),
			format("{", "}", JSON, true),
		)
	}
	// adrg/frontmatter copies what it is given: the head is enough, where it is plain to
	// see; whatever else there may be, the whole text tells.
	part := text[:headEndsAt(text)]
	body, err := split(part)
	if !r.seen && len(part) < len(text) {
		part = text
		body, err = split(part)
	}
	if err != nil { // our own Unmarshal never fails and a bytes.Reader neither
		r.report(diag.Syntax, diag.Pos{Line: 1, Col: 1}, err.Error(), err.Error())
		return Doc{}, r.findings
	}
	if !r.seen {
		r.headless(text)
		return Doc{}, r.findings
	}
	at := len(part) - len(body)
	return Doc{
		Format: r.format, Head: r.head,
		Body: text[at:], BodyAt: at, BodyLine: 1 + bytes.Count(text[:at], []byte{'\n'}),
	}, r.findings
}

// headEndsAt guesses where the line ends that closes the head of text.
func headEndsAt(text []byte) int {
	if len(text) < 3 || text[0] != '-' && text[0] != '+' {
		return len(text)
	}
	at := bytes.Index(text, []byte{'\n', text[0], text[0], text[0], '\n'})
	if at < 0 {
		return len(text)
	}
	return at + len("\n---\n")
}

// readers are buffers that adrg/frontmatter would make anew for each file.
var readers = sync.Pool{New: func() any { return bufio.NewReader(nil) }}

// ParseYAML reads a whole file that is YAML alone, such as site.yaml.
func ParseYAML(text []byte, isKey func(string) bool) (Node, []diag.Finding) {
	r := reading{isKey: isKey}
	r.read(text, 1, YAML)
	return r.head, r.findings
}

// reading is the state of one Parse.
type reading struct {
	isKey    func(string) bool
	example  diag.Text
	seen     bool
	format   Format
	head     Node
	findings []diag.Finding
}

func (r *reading) report(c *diag.Code, pos diag.Pos, args ...any) {
	r.findings = append(r.findings, c.At("", pos, args...))
}

// found is called with the head; text is the whole file, so that the head's first
// line can be told.
func (r *reading) found(text, head []byte, f Format) {
	r.seen, r.format = true, f
	// adrg/frontmatter hands over a copy: blank lines may stand before the opening
	// delimiter, and it is the first line that is not blank.
	line := 1
	for rest := text; ; line++ {
		l, after, more := bytes.Cut(rest, []byte{'\n'})
		if !more || len(bytes.TrimSpace(l)) > 0 {
			break
		}
		rest = after
	}
	if head0 := bytes.TrimSpace(head); f != JSON || len(head0) == 0 || !bytes.HasPrefix(bytes.TrimSpace(text), head0) {
		line++ // the delimiter stands on a line of its own
	}
	r.read(head, line, f)
}

func (r *reading) read(head []byte, line int, f Format) {
	r.head = Node{Kind: Map, Pos: diag.Pos{Line: line, Col: 1}}
	if len(head) > MaxBytes {
		r.report(diag.TooLarge, diag.Pos{}, size(len(head)), size(MaxBytes))
		return
	}
	switch f {
	case YAML:
		r.yaml(head, line)
	case TOML:
		r.toml(head, line)
	case JSON:
		r.json(head, line)
	}
}

// headless says why there is no head: it was never closed, or never begun.
func (r *reading) headless(text []byte) {
	lines := strings.Split(string(text[:min(len(text), MaxBytes)]), "\n")
	at := 1 // line of the first that is not blank
	for at < len(lines) && strings.TrimSpace(lines[at-1]) == "" {
		at++
	}
	if r.parted(lines, at) {
		return
	}
	pos := diag.Pos{Line: 1, Col: 1}
	switch first := strings.TrimSpace(lines[at-1]); first {
	case "---", "---yaml", "---toml", "---json":
		r.findings = append(r.findings, diag.NotClosed.At("", pos, "---").Put(headEnd(lines, at), "---"))
	case "+++":
		r.report(diag.NotClosed, pos, "+++")
	case "{":
		r.report(diag.NotClosed, pos, "}")
	default:
		f := diag.NoFrontMatter.At("", pos, r.example.Zh, r.example.En)
		if key, _, found := strings.Cut(strings.ReplaceAll(first, "：", ":"), ":"); found && r.isKey(strings.TrimSpace(key)) {
			f = f.Put(at, "---")
		}
		r.findings = append(r.findings, f)
	}
}

// pos turns a byte offset of head into a place of the file.
func pos(head []byte, offset, firstLine int) diag.Pos {
	offset = min(max(offset, 0), len(head))
	before := head[:offset]
	start := bytes.LastIndexByte(before, '\n') + 1
	return diag.Pos{
		Line: firstLine + bytes.Count(before, []byte{'\n'}),
		Col:  1 + utf8.RuneCount(before[start:]),
	}
}

func size(n int) string {
	if n >= 1<<20 {
		return strings.TrimSuffix(strings.Replace(formatFloat(float64(n)/(1<<20)), ".0", "", 1), " ") + " MB"
	}
	return formatFloat(float64(n)/1024) + " KB"
}
