package importer

import (
	"strings"
	"unicode"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
)

// head writes front matter in the editor's language. Keys and fixed values come
// from the declarations of package content, so none can be misspelt.
type head struct {
	b    strings.Builder
	lang diag.Lang
	keys []content.Key
}

func newHead(kind content.Kind, lang diag.Lang) *head {
	h := &head{lang: lang, keys: content.Schema(kind)}
	h.b.WriteString("---\n")
	return h
}

// key finds a key by its English path, "deed.date", and returns its name.
func (h *head) key(p string) content.Key {
	keys := h.keys
	var found content.Key
	for _, part := range strings.Split(p, ".") {
		found = content.Key{}
		for _, k := range keys {
			if k.En == part {
				found = k
			}
		}
		if found.En == "" {
			panic("importer: no key " + p)
		}
		keys = found.Keys
	}
	return found
}

func (h *head) name(p string) string {
	k := h.key(p)
	return diag.Text{Zh: k.Zh, En: k.En}.In(h.lang)
}

// put writes one key with a text; nothing where the text is empty. indent is of
// nested keys, "- " in it begins an item of a list.
func (h *head) put(indent, p, value, comment string) {
	if value == "" {
		return
	}
	h.b.WriteString(indent + h.name(p) + ": " + scalar(value))
	h.end(comment)
}

// word writes one of a key's fixed values.
func (h *head) word(indent, p, value string) {
	for _, v := range h.key(p).Values {
		if v.En == value {
			h.raw(indent, p, diag.Text{Zh: v.Zh, En: v.En}.In(h.lang), "")
		}
	}
}

// raw writes a value as it is: a number, a date, true.
func (h *head) raw(indent, p, value, comment string) {
	if value == "" {
		return
	}
	h.b.WriteString(indent + h.name(p) + ": " + value)
	h.end(comment)
}

// group writes the key of a group.
func (h *head) group(indent, p, comment string) {
	h.b.WriteString(indent + h.name(p) + ":")
	h.end(comment)
}

// list writes texts in brackets.
func (h *head) list(indent, p string, values []string, comment string) {
	if len(values) == 0 {
		return
	}
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = scalar(v)
	}
	h.raw(indent, p, "["+strings.Join(out, ", ")+"]", comment)
}

// free writes data under params.
func (h *head) free(key, value string) {
	if value != "" {
		h.b.WriteString("  " + scalar(key) + ": " + scalar(value) + "\n")
	}
}

func (h *head) end(comment string) {
	if comment != "" {
		h.b.WriteString("  # " + oneLine(comment))
	}
	h.b.WriteByte('\n')
}

// comment writes a line for people.
func (h *head) comment(s string) { h.b.WriteString("# " + oneLine(s) + "\n") }

func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || r == '\ufeff' {
			return ' '
		}
		return r
	}, s)
}

// bytes closes the head and sets the text behind it.
func (h *head) bytes(body string) []byte {
	h.b.WriteString("---\n")
	if body != "" {
		h.b.WriteString("\n" + strings.TrimRight(body, "\n") + "\n")
	}
	return []byte(h.b.String())
}

// scalar writes a text as YAML: bare where nothing could read it as something else.
func scalar(s string) string {
	if bareWord(s) {
		return s
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteByte(' ')
		case unicode.IsControl(r), r == '\ufeff', r == '\ufffd', r == '\ufffe', r == '\uffff', r == '\u2028', r == '\u2029':
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// bareWord tells texts that begin with a letter that is not ASCII and hold nothing
// YAML has a use for: of the rest, who knows what 1e3, no and 12:30 mean.
func bareWord(s string) bool {
	first := true
	for _, r := range s {
		switch {
		case first && (r < 0x80 || !unicode.IsLetter(r) && !strings.ContainsRune("“《（", r)):
			return false
		case unicode.IsLetter(r), r >= '0' && r <= '9', strings.ContainsRune("，。、；！？（）《》“”‘’—…·－/.-_%＋+", r):
		case unicode.IsDigit(r):
		default:
			return false
		}
		first = false
	}
	return !first && !strings.HasSuffix(s, "：")
}
