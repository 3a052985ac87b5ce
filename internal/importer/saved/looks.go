package saved

import (
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"mingdeng/internal/han"
)

func styleOf(n *html.Node) map[string]string {
	s := attr(n, "style")
	if s == "" {
		return nil
	}
	out := map[string]string{}
	for _, d := range strings.Split(s, ";") {
		if k, v, ok := strings.Cut(d, ":"); ok {
			out[strings.ToLower(strings.TrimSpace(k))] = strings.TrimSpace(strings.TrimSuffix(strings.ToLower(strings.TrimSpace(v)), "!important"))
		}
	}
	return out
}

// looks takes over what an element and its style say of its words.
func (w *walker) looks(n *html.Node, style map[string]string) {
	switch n.Data {
	case "strong", "b":
		w.look.Bold = true
	case "em", "i":
		w.look.Italic = true
	case "s", "del", "strike":
		w.look.Strike = true
	case "code", "kbd", "samp", "tt":
		w.look.Code = true
	case "u":
		w.underlined++
	case "a":
		w.look.Link = address(attr(n, "href"))
	}
	switch v := style["font-weight"]; v {
	case "bold", "bolder":
		w.look.Bold = true
	case "normal", "lighter":
		w.look.Bold = false
	default:
		if x, err := strconv.Atoi(v); err == nil {
			w.look.Bold = x >= 600
		}
	}
	if v := style["font-style"]; v == "italic" || v == "oblique" {
		w.look.Italic = true
	} else if v == "normal" {
		w.look.Italic = false
	}
	if v := style["text-decoration"] + style["text-decoration-line"]; strings.Contains(v, "line-through") {
		w.look.Strike = true
	} else if strings.Contains(v, "underline") && n.Data != "a" {
		w.underlined++
	}
	if px, ok := strings.CutSuffix(style["font-size"], "px"); ok {
		if x, err := strconv.ParseFloat(px, 64); err == nil && x > 0 && x < 500 {
			w.kind.Size = max(w.kind.Size, int(x*1.5)) // CSS px to half points
		}
	}
	switch n.Data {
	case "sub", "sup":
		w.scripts++
	}
}

func address(href string) string {
	href = strings.TrimSpace(href)
	u, err := url.Parse(href)
	if err != nil {
		return ""
	}
	if s := strings.ToLower(u.Scheme); (s == "http" || s == "https") && u.Host != "" || s == "mailto" {
		return href
	}
	return ""
}

// words adds text as HTML reads it: white space is one space, and none where a
// line of the file ends between two Chinese characters.
func (w *walker) words(s string) {
	var b strings.Builder
	runes := []rune(s)
	for i := 0; i < len(runes); i++ {
		r := runes[i]
		if r != ' ' && r != '\n' && r != '\t' && r != '\r' && r != '\f' {
			b.WriteRune(r)
			continue
		}
		j, line := i, false
		for j < len(runes) && strings.ContainsRune(" \n\t\r\f", runes[j]) {
			line = line || runes[j] == '\n'
			j++
		}
		before, _ := utf8.DecodeLastRuneInString(b.String())
		if !(line && i > 0 && j < len(runes) && han.Wide(before) && han.Wide(runes[j])) {
			b.WriteByte(' ')
		}
		i = j - 1
	}
	span := w.look
	if span.Text = b.String(); span.Text != "" {
		w.spans = append(w.spans, span)
	}
}

// text is a node's text as it stands.
func text(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	if n.Data == "br" {
		return "\n"
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(text(c))
	}
	return b.String()
}
