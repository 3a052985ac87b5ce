package picture

import (
	"regexp"
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
// comments and needless space, and the beginnings of those that are not. Of at-rules
// media queries stay; imports and fonts go.
//
// dashes tells whether dashes may stay.
func cleanSheet(css string, dashes bool) (kept string, lost []string) {
	return cleanRules(dropComments(css), dashes, 0)
}

func cleanRules(css string, dashes bool, level int) (kept string, lost []string) {
	var out strings.Builder
	depth, from := 0, 0
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
		rule := css[from : i+1]
		if clean := cleanRule(rule, dashes, level); clean != "" {
			out.WriteString(clean)
		} else if words := strings.Join(strings.Fields(rule), " "); !idle(words) {
			lost = append(lost, words)
		}
		depth, from = 0, i+1
	}
	return out.String(), lost
}

// idle tells a rule that nobody misses: one without declarations, and what is said to
// programs.
func idle(rule string) bool {
	selector, body, ok := strings.Cut(rule, "{")
	return !ok && !strings.HasPrefix(selector, "@import") || strings.Trim(body, " ;}") == "" && ok || strings.HasPrefix(rule, "@charset") || strings.HasPrefix(rule, "@namespace")
}

// media are queries of a screen or a printer, and of what is known of it.
var media = regexp.MustCompile(`^@media (?:[a-zA-Z0-9 ,-]|\([a-zA-Z0-9 :.-]*\))+$`)

// selectors are what a rule may hold for: names, attributes of given values, and places
// among siblings. :has() is not among them, since it makes every change dear.
var selectors = regexp.MustCompile(`^(?:[\pL\d .#*,>+~_-]|` + attributeTest + `|:(?:` + simplePseudo + `)|:(?:` + nthPseudo + `)\([-+0-9n a-z]+\)|:(?:not|is|where)\((?:[\pL\d .#*,>+~_-]|` + attributeTest + `|:(?:` + simplePseudo + `))+\))+$`)

const (
	attributeTest = `\[ ?[a-zA-Z_:-]+ ?(?:[~|^$*]?= ?(?:"[\pL\d .#_:/()%-]*"|'[\pL\d .#_:/()%-]*'|[\pL\d_-]+) ?)?\]`
	simplePseudo  = `first-child|last-child|only-child|first-of-type|last-of-type|only-of-type|root|empty|hover|focus|active|link|visited`
	nthPseudo     = `nth-child|nth-last-child|nth-of-type|nth-last-of-type|lang`
)

// maxMedia is how deep media queries stand in one another.
const maxMedia = 4

// cleanRule returns one rule, "selector{declarations}", or "" where it is
// anything else.
func cleanRule(rule string, dashes bool, level int) string {
	selector, body, ok := strings.Cut(strings.TrimSuffix(rule, "}"), "{")
	selector = strings.Join(strings.Fields(selector), " ")
	if ok && level < maxMedia && media.MatchString(selector) && !strings.Contains(strings.ToLower(selector), "url") {
		if body, _ = cleanRules(body, dashes, level+1); body == "" {
			return ""
		}
		return selector + "{" + body + "}"
	}
	if !ok || strings.ContainsAny(body, "{}") || !selectors.MatchString(selector) {
		return ""
	}
	if body = cleanDeclarations(body, dashes); body == "" {
		return ""
	}
	if generalRules(selector+"{}") > 0 && styled(body, "filter") != "" {
		return "" // a filter for every element
	}
	return selector + "{" + body + "}"
}

// deviceColour is how inks name a colour beside the one that screens show.
var deviceColour = regexp.MustCompile(`(?i)\s*\b(?:icc-color|device-[a-z]+)\([^()]*\)`)

// cleanDeclarations returns those of "property:value;…" that are kept.
func cleanDeclarations(css string, dashes bool) string {
	var out []string
	for d := range strings.SplitSeq(dropComments(css), ";") {
		name, val, ok := strings.Cut(d, ":")
		name = strings.TrimSpace(name)
		if !strings.HasPrefix(name, "--") { // whose names tell small letters from large ones
			name = strings.ToLower(name)
		}
		val = strings.Join(strings.Fields(val), " ")
		if paints[name] {
			val = deviceColour.ReplaceAllString(val, "")
		}
		switch {
		case customProperty.MatchString(name):
			// A value that names no other one, so that a few bytes cannot stand for many.
			if ok && val != "" && safeValue(val) && !strings.Contains(strings.ToLower(val), "var") && !strings.Contains(val, "url") {
				out = append(out, name+":"+val)
			}
		case name == "filter" && strings.Contains(val, "var"), name == "stroke-dasharray" && strings.Contains(val, "var"):
		case name == "filter" && !harmlessFilter(val), name == "stroke-dasharray" && !dashes:
		case ok && val != "" && properties[name] && safeValue(val):
			out = append(out, name+":"+val)
		}
	}
	return strings.Join(out, ";")
}

var customProperty = regexp.MustCompile(`^--[\pL\d_-]+$`)

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
