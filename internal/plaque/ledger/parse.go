package ledger

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/width"

	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/frontmatter"
	"mingdeng/internal/han"
	"mingdeng/internal/plaque/code"
)

// mark is the byte-order mark.
const mark = "\xef\xbb\xbf"

// largest is the size of the largest ledger read, bytes: some 80,000 codes.
const largest = content.MaxFile

// entry is an Entry with what editing its lines needs.
type entry struct {
	Entry
	node              *yaml.Node
	codeKey           *yaml.Node
	statusKey, status *yaml.Node
	nextKey, next     *yaml.Node // the successor's
}

// list is the key of the codes with its value.
type list struct{ key, value *yaml.Node }

// Parse reads the text of the ledger at path, which stands in the findings. What
// could be read is returned whatever the findings are, so that one fault does not
// hide others; but a ledger with an error is not edited.
func Parse(path string, text []byte) (*Ledger, []diag.Finding) {
	r := reading{Ledger: &Ledger{path: path, was: append([]byte{}, text...)}}
	if plain, ok := r.decode(text); ok {
		r.read(plain)
	}
	for i := range r.findings {
		if r.findings[i].Code.Severity == diag.Error {
			r.fault = &r.findings[i]
			break
		}
	}
	return r.Ledger, r.findings
}

type reading struct {
	*Ledger
	findings []diag.Finding
}

func (r *reading) report(c *diag.Code, pos diag.Pos, args ...any) {
	r.findings = append(r.findings, c.At(r.path, pos, args...))
}

func at(n *yaml.Node) diag.Pos { return diag.Pos{Line: n.Line, Col: n.Column} }

// decode cuts the text into lines and returns it as YAML wants it: UTF-8 with plain
// line ends, and as many of them as before.
func (r *reading) decode(text []byte) (plain []byte, ok bool) {
	switch {
	case len(text) > largest:
		r.report(diag.TooLarge, diag.Pos{}, strconv.Itoa(len(text)>>20)+" MB", strconv.Itoa(largest>>20)+" MB")
		return nil, false
	case bytes.HasPrefix(text, []byte("\xff\xfe")), bytes.HasPrefix(text, []byte("\xfe\xff")):
		r.report(diag.UTF16, diag.Pos{})
		return nil, false
	case bytes.IndexByte(text, 0) >= 0:
		r.report(diag.NUL, diag.Pos{})
		return nil, false
	}
	text, r.bom = bytes.CutPrefix(text, []byte(mark))
	if !utf8.Valid(text) {
		utf, err := simplifiedchinese.GB18030.NewDecoder().Bytes(text)
		if err != nil || bytes.ContainsRune(utf, utf8.RuneError) {
			r.report(diag.BadBytes, diag.Pos{})
			return nil, false
		}
		r.report(diag.GB18030, diag.Pos{})
		text = utf
	}
	r.lines = splitLines(string(text))
	plain = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	return bytes.ReplaceAll(plain, []byte("\r"), []byte("\n")), true
}

// splitLines cuts a text where YAML 1.1, and so the library's count of lines, does:
// after \n, \r\n, \r, and the separators U+0085, U+2028 and U+2029.
func splitLines(text string) []string {
	var lines []string
	start := 0
	for i, c := range text {
		switch c {
		case '\r':
			if strings.HasPrefix(text[i:], "\r\n") {
				continue
			}
			fallthrough
		case '\n', '\u0085', '\u2028', '\u2029':
			end := i + utf8.RuneLen(c)
			lines = append(lines, text[start:end])
			start = end
		}
	}
	if start < len(text) {
		lines = append(lines, text[start:])
	}
	return lines
}

// depth is how deep a ledger may nest: it needs three levels.
const depth = 8

func (r *reading) read(plain []byte) {
	if len(bytes.TrimSpace(plain)) > 0 {
		var doc yaml.Node
		err := yaml.Load(plain, &doc, yaml.WithPlugin(loaderlimits.New(loaderlimits.DepthValue(depth))))
		if err != nil {
			r.syntax(plain, err)
			return
		}
		if doc.Kind == yaml.DocumentNode && len(doc.Content) > 0 {
			root := doc.Content[0]
			if root.Kind != yaml.MappingNode && !empty(root) {
				r.syntax(plain, nil)
				return
			}
			r.top(root)
		}
	}
	if r.basePos.Line == 0 {
		r.report(diag.MissingKey, diag.Pos{Line: 1, Col: 1}, "铭牌网址", "base_url", "印在码里的网址", "the address printed in the codes")
	}
}

// syntax says what is wrong with a text that is no YAML, or not a list of keys.
// Package frontmatter knows the slips of Chinese keyboards; it bounds what it
// reads, and a ledger may be larger.
func (r *reading) syntax(plain []byte, err error) {
	before := len(r.findings)
	if len(plain) <= frontmatter.MaxBytes {
		_, findings := frontmatter.ParseYAML(plain, isKey)
		for _, f := range findings {
			f.Path = r.path
			r.findings = append(r.findings, f)
		}
	}
	if len(r.findings) > before {
		return
	}
	pos, words := diag.Pos{Line: 1, Col: 1}, "expected one \"key: value\" a line"
	var list *yaml.LoadErrors
	var one *yaml.LoadError
	if errors.As(err, &list) && len(list.Errors) > 0 {
		one = list.Errors[0]
	} else {
		errors.As(err, &one)
	}
	if one != nil {
		pos, words = diag.Pos{Line: max(one.Mark.Line, 1), Col: max(one.Mark.Column, 1)}, one.Message
	} else if err != nil {
		words = err.Error()
	}
	r.report(diag.Syntax, pos, words, words)
}

// names gives each key its Chinese and other names.
var (
	topNames   = names{"base_url": {"铭牌网址", "网址"}, "codes": {"编号", "铭牌", "plaques"}}
	entryNames = names{"code": {"编号"}, "exhibit": {"展品"}, "issued": {"发放", "发放日期"}, "status": {"状态"}, "successor": {"接替"}}
	topKeys    = []string{"base_url", "codes"}
	entryKeys  = []string{"code", "exhibit", "issued", "status", "successor"}
	chinese    = map[Status]string{Active: "在用", Retired: "停用"}
)

type names map[string][]string

func (n names) find(key string) (english string, ok bool) {
	if _, ok := n[key]; ok {
		return key, true
	}
	key = strings.ToLower(strings.TrimSpace(width.Fold.String(key)))
	for english, others := range n {
		if key == english {
			return english, true
		}
		for _, o := range others {
			if key == o {
				return english, true
			}
		}
	}
	return "", false
}

func isKey(key string) bool {
	_, top := topNames.find(key)
	_, inner := entryNames.find(key)
	return top || inner
}

// keys calls f for each known key of a map, and reports the others.
func (r *reading) keys(m *yaml.Node, known names, order []string, f func(english string, key, value *yaml.Node)) {
	seen := map[string]int{}
	for i := 0; i+1 < len(m.Content); i += 2 {
		key, value := m.Content[i], m.Content[i+1]
		english, ok := known.find(key.Value)
		if key.Kind != yaml.ScalarNode || !ok {
			var zh, all []string
			for _, k := range order {
				zh, all = append(zh, known[k][0]), append(all, known[k][0], k)
			}
			r.report(diag.UnknownKey, at(key), key.Value, han.Nearest(key.Value, all), strings.Join(zh, "、"), strings.Join(order, ", "))
			continue
		}
		if line, twice := seen[english]; twice {
			r.report(diag.DuplicateKey, at(key), key.Value, line)
			continue
		}
		seen[english] = key.Line
		f(english, key, value)
	}
}

func empty(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) == 0 &&
		(n.Value == "" || n.Value == "~" || n.Value == "null")
}

func (r *reading) top(root *yaml.Node) {
	if empty(root) {
		return
	}
	r.keys(root, topNames, topKeys, func(english string, key, value *yaml.Node) {
		if english == "codes" {
			r.codes = &list{key, value}
			return
		}
		r.basePos = at(value)
		text, ok := r.word(key, value, "印在码里的网址", "the address printed in the codes", "https://example.cn/")
		if !ok {
			return
		}
		if _, zh, en := content.ParseBaseURL(text); zh != "" {
			r.report(diag.BadURL, at(value), text, zh, en)
			return
		}
		r.base = text
	})
	if r.codes == nil || empty(r.codes.value) {
		return
	}
	if r.codes.value.Kind != yaml.SequenceNode {
		r.wrongType(r.codes.key, r.codes.value, "一张清单", "a list", "\n"+example)
		return
	}
	for _, item := range r.codes.value.Content {
		r.item(item)
	}
	r.together()
}

// word returns the text of a value that must be one word.
func (r *reading) word(key, value *yaml.Node, zh, en, example string) (string, bool) {
	switch {
	case empty(value):
		r.report(diag.EmptyValue, at(key), key.Value, zh, en)
	case value.Kind != yaml.ScalarNode:
		r.wrongType(key, value, zh, en, " "+example)
	default:
		return strings.TrimSpace(value.Value), true
	}
	return "", false
}

func (r *reading) wrongType(key, value *yaml.Node, zh, en, example string) {
	isZh, isEn := "“"+value.Value+"”", strconv.Quote(value.Value)
	switch value.Kind {
	case yaml.SequenceNode:
		isZh, isEn = "一张清单", "a list"
	case yaml.MappingNode:
		isZh, isEn = "一组键", "a group of keys"
	case yaml.AliasNode:
		isZh, isEn = "YAML 别名", "a YAML alias"
	}
	r.report(diag.WrongType, at(value), key.Value, zh, isZh, key.Value+":"+example, en, isEn, key.Value+":"+example)
}

// example is an entry as it should be written.
const example = "  - code: 7K3F\n    exhibit: zi-jing-shan/deng-ta\n    issued: 2026-11-03\n    status: active"

func (r *reading) item(n *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		r.wrongType(r.codes.key, n, "每条一组键", "a group of keys for each entry", "\n"+example)
		return
	}
	e := &entry{node: n}
	e.Pos = at(n)
	present := map[string]bool{}
	r.keys(n, entryNames, entryKeys, func(english string, key, value *yaml.Node) {
		present[english] = true
		switch english {
		case "code":
			e.codeKey, e.Pos = key, at(value)
			e.Code = r.code(key, value)
		case "exhibit":
			e.Exhibit = r.exhibit(key, value)
		case "issued":
			e.Issued = r.issued(key, value)
		case "status":
			e.statusKey, e.status = key, value
			e.Status = r.state(key, value)
		case "successor":
			e.nextKey, e.next = key, value
			if !empty(value) { // an empty one is none
				e.Successor, _ = r.word(key, value, "一个编号", "a code", "9WXR")
			}
		}
	})
	for _, k := range entryKeys[:4] {
		if !present[k] {
			r.report(diag.MissingKey, at(n), entryNames[k][0], k, meaning[k].Zh, meaning[k].En)
		}
	}
	r.entries = append(r.entries, e)
}

var meaning = map[string]diag.Text{
	"code":    {Zh: "铭牌上的编号", En: "the code on the plaque"},
	"exhibit": {Zh: "阵地/展品", En: "VENUE/EXHIBIT"},
	"issued":  {Zh: "发放日期", En: "the date of issue"},
	"status":  {Zh: "在用或停用", En: "active or retired"},
}

func (r *reading) code(key, value *yaml.Node) string {
	text, ok := r.word(key, value, "铭牌上的编号", "the code on the plaque", "7K3F")
	switch folded := code.Fold(text); {
	case !ok:
	case code.Valid(text):
		return text
	case code.Valid(folded):
		r.report(diag.PlaqueForm, at(value), text, folded)
	case !code.Shaped(text):
		r.report(diag.PlaqueForm, at(value), text, "")
	default:
		r.report(diag.PlaqueCheck, at(value), text, r.path)
	}
	return text
}

func (r *reading) exhibit(key, value *yaml.Node) string {
	text, ok := r.word(key, value, "阵地/展品", "VENUE/EXHIBIT", "zi-jing-shan/deng-ta")
	if !ok {
		return ""
	}
	venue, name, found := strings.Cut(text, "/")
	if !found || venue == "" || name == "" || strings.Contains(name, "/") {
		r.wrongType(key, value, "阵地/展品", "VENUE/EXHIBIT", " zi-jing-shan/deng-ta")
		return ""
	}
	return text
}

func (r *reading) issued(key, value *yaml.Node) date.Date {
	text, ok := r.word(key, value, "发放日期", "the date of issue", "2026-11-03")
	if !ok {
		return date.Date{}
	}
	d, err := date.Parse(text)
	if err != nil || d.Day == 0 {
		r.report(diag.BadDate, at(value), text, "发放日期要写到日", "the date of issue needs its day")
		return date.Date{}
	}
	return d
}

func (r *reading) state(key, value *yaml.Node) Status {
	text, ok := r.word(key, value, "在用或停用", "active or retired", "active")
	if !ok {
		return ""
	}
	for _, s := range []Status{Active, Retired} {
		if text == chinese[s] || strings.EqualFold(text, string(s)) {
			return s
		}
	}
	near := han.Nearest(text, []string{"在用", "停用", "active", "retired"})
	r.report(diag.BadValue, at(value), key.Value, text, near, "在用、停用", "active, retired")
	return ""
}
