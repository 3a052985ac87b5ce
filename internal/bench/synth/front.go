package synth

import (
	"strconv"
	"strings"
)

// field is one key of a head. Its value is a string, an int, a bool, a list of
// strings, a group ([]field) or a list of groups ([][]field).
type field struct {
	en, zh string
	value  any
}

// Markdown appends the file of a record: its head in YAML and its text.
func (r *Record) Markdown(b []byte) []byte {
	b = append(b, "---\n"...)
	for _, f := range r.head {
		b = r.key(b, f)
	}
	b = append(b, "---\n\n"...)
	return append(b, r.Text...)
}

func (r *Record) key(b []byte, f field) []byte {
	name := f.en
	if r.chinese {
		name = f.zh
	}
	b = append(append(b, name...), ':')
	switch v := f.value.(type) {
	case []field:
		b = append(b, '\n')
		for _, g := range v {
			b = append(b, "  "...)
			b = r.key(b, g)
		}
	case [][]field:
		b = append(b, '\n')
		for _, group := range v {
			for i, g := range group {
				if i == 0 {
					b = append(b, "  - "...)
				} else {
					b = append(b, "    "...)
				}
				b = r.key(b, g)
			}
		}
	case []string:
		b = append(b, '\n')
		for _, s := range v {
			b = append(append(b, "  - "...), scalar(s)...)
			b = append(b, '\n')
		}
	default:
		b = append(append(b, ' '), scalar(v)...)
		b = append(b, '\n')
	}
	return b
}

// scalar writes a value as YAML, quoted where it must be.
func scalar(v any) string {
	switch v := v.(type) {
	case int:
		return strconv.Itoa(v)
	case bool:
		return strconv.FormatBool(v)
	case string:
		if v == "" || strings.ContainsAny(v, ":#[]{}\"'&*!|>%@`\n") || strings.ContainsAny(v[:1], "-?,0123456789 ") {
			return strconv.Quote(v)
		}
		return v
	}
	panic("synth: no YAML for this value")
}
