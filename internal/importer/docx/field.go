package docx

import (
	"net/url"
	"regexp"
	"strings"

	"mingdeng/internal/importer/rich"
)

// field is a field that has begun (w:fldChar) and not ended.
type field struct {
	code   string
	result bool // past its code
}

// address accepts what a text may link to.
func address(target, fragment string) string {
	if fragment != "" && !strings.Contains(target, "#") {
		target += "#" + fragment
	}
	target = strings.TrimSpace(target)
	u, err := url.Parse(target)
	if err != nil || strings.ContainsAny(target, "\n\t") {
		return ""
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		if u.Host != "" {
			return target
		}
	case "mailto":
		return target
	}
	return ""
}

// hiding tells whether words are now part of a field that is not shown, and adds
// the address of a link field.
func (r *runs) hiding() (hidden bool, link string) {
	link = r.link
	for _, f := range r.fields {
		if !f.result {
			return true, ""
		}
		code := strings.Fields(f.code)
		if len(code) == 0 {
			continue
		}
		switch strings.ToUpper(code[0]) {
		case "TOC":
			r.inTOC = true
		case "HYPERLINK":
			if m := quoted.FindStringSubmatch(f.code); m != nil {
				if a := address(m[1], ""); a != "" {
					link = a
				}
			}
		}
	}
	return false, link
}

var quoted = regexp.MustCompile(`(?i)^\s*HYPERLINK\s+"([^"]+)"`)

// guide is the field older Words write for a reading above a character:
// EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(kūn),堃)
var guide = regexp.MustCompile(`(?i)^\s*EQ\b.*\\o(?:\\ad)?\s*\(\s*\\s\\up\s*[\d.]*\s*\(([^()]*)\)\s*[,;]\s*([^()]+)\)\s*$`)

func (r *runs) fieldMark(k *node, s rich.Span) {
	switch n := len(r.fields); k.attr("fldCharType") {
	case "begin":
		if n < 50 {
			r.fields = append(r.fields, field{})
		}
	case "separate":
		if n > 0 {
			r.fields[n-1].result = true
		}
	case "end":
		if n == 0 {
			return
		}
		f := r.fields[n-1]
		r.hiding() // a field may begin and end within one paragraph of a table of contents
		r.fields = r.fields[:n-1]
		if m := guide.FindStringSubmatch(f.code); m != nil && !f.result {
			s.Text, s.Ruby = strings.TrimSpace(m[2]), strings.TrimSpace(m[1])
			r.say(s)
		} else if code := strings.TrimSpace(f.code); !f.result && strings.HasPrefix(strings.ToUpper(code), "EQ") {
			r.formulas++
			s.Text = code
			r.say(s)
		}
	}
}
