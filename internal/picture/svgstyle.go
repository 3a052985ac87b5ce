package picture

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Style rules are judged by what they are made of rather than by parsing them
// as a browser would: two parsers never agree wholly, and the difference is
// where attacks live. Without escapes, at-rules, functions other than harmless
// ones and url() other than of the same file, there is nothing left that could
// ask a host, however the rest is read.

// cleanSheet returns the rules of a <style> element that are kept, without
// comments and needless space. At-rules (imports, fonts, media queries) go.
//
// dashes tells whether dashes may stay.
func cleanSheet(css string, dashes bool) string {
	var out strings.Builder
	depth, from := 0, 0
	css = dropComments(css)
	for i, r := range css {
		switch r {
		case '{':
			depth++
			continue
		case '}':
			depth--
		case ';':
			if depth > 0 {
				continue
			}
		default:
			continue
		}
		if depth > 0 {
			continue
		}
		out.WriteString(cleanRule(css[from:i+1], dashes))
		depth, from = 0, i+1
	}
	return out.String()
}

// cleanRule returns one rule, "selector{declarations}", or "" where it is
// anything else.
func cleanRule(rule string, dashes bool) string {
	selector, body, ok := strings.Cut(strings.TrimSuffix(rule, "}"), "{")
	if !ok || strings.ContainsAny(body, "{}") {
		return ""
	}
	selector = strings.Join(strings.Fields(selector), " ")
	if selector == "" || strings.ContainsFunc(selector, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(` .#*:,>+~_-`, r)
	}) {
		return ""
	}
	if body = cleanDeclarations(body, dashes); body == "" {
		return ""
	}
	if generalRules(selector) > 0 && styled(body, "filter") != "" {
		return "" // a filter for every element
	}
	return selector + "{" + body + "}"
}

// cleanDeclarations returns those of "property:value;…" that are kept.
func cleanDeclarations(css string, dashes bool) string {
	var out []string
	for d := range strings.SplitSeq(dropComments(css), ";") {
		name, val, ok := strings.Cut(d, ":")
		name = strings.ToLower(strings.TrimSpace(name))
		val = strings.Join(strings.Fields(val), " ")
		switch {
		case name == "filter" && !harmlessFilter(val), name == "stroke-dasharray" && !dashes:
		case ok && val != "" && properties[name] && safeValue(val):
			out = append(out, name+":"+val)
		}
	}
	return strings.Join(out, ";")
}

// dropComments puts a space where a comment stood, as CSS reads it.
func dropComments(css string) string {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(css, "/*")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		_, css, found = strings.Cut(rest, "*/")
		if !found {
			return out.String() // open to the end
		}
		out.WriteByte(' ')
	}
}

// safeValue says whether an attribute's or property's value asks nothing of
// anybody: it holds no escape, at-rule, markup or comment, and of functions
// only those of the list and url(#part).
func safeValue(v string) bool {
	depth := 0
	for i := 0; i < len(v); i++ {
		switch c := v[i]; {
		case c < ' ' || strings.IndexByte(`\@<>{};`, c) >= 0:
			return false
		case c == '/' && i+1 < len(v) && v[i+1] == '*':
			return false
		case c == '"' || c == '\'':
			end := strings.IndexByte(v[i+1:], c)
			// A string is a font's name. Within a function it might be an address.
			if end < 0 || depth > 0 || strings.ContainsAny(v[i+1:i+1+end], `\@<>{};()`) {
				return false
			}
			i += end + 1
		case c == '(':
			name := wordBefore(v[:i])
			if name == "url" {
				arg, _, ok := strings.Cut(v[i+1:], ")")
				if !ok || !isLocal(unquote(strings.TrimSpace(arg))) {
					return false
				}
				i += 1 + len(arg)
				continue
			}
			if name != "" && !functions[name] {
				return false
			}
			depth++
		case c == ')':
			if depth--; depth < 0 {
				return false
			}
		}
	}
	return depth == 0
}

// wordBefore returns the name that a parenthesis follows, in lower case: also
// across spaces, which transform="rotate (9)" may have.
func wordBefore(v string) string {
	v = strings.TrimRight(v, " ")
	start := strings.LastIndexFunc(v, func(r rune) bool {
		return r < utf8.RuneSelf && !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '_'
	})
	word := v[start+1:]
	if strings.Trim(word, "0123456789-") == "" {
		return "" // "calc(2 - (1 + 1))"
	}
	return strings.ToLower(word)
}

func unquote(s string) string {
	if n := len(s); n >= 2 && s[0] == s[n-1] && (s[0] == '"' || s[0] == '\'') {
		return s[1 : n-1]
	}
	return s
}

// isLocal says whether a reference is to a part of the same file.
func isLocal(ref string) bool {
	return len(ref) > 1 && ref[0] == '#' && !strings.ContainsFunc(ref, func(r rune) bool {
		return r <= ' ' || strings.ContainsRune(`"'()\<>`, r)
	})
}
