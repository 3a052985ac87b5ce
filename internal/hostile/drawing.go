package hostile

import (
	"bytes"
	"encoding/xml"
	"io"
	"iter"
	"regexp"
	"strings"
)

// tokens goes through XML up to its end or its first fault.
func (o *oracle) tokens(b []byte) iter.Seq[xml.Token] {
	return func(yield func(xml.Token) bool) {
		d := xml.NewDecoder(bytes.NewReader(b))
		for {
			tok, err := d.Token()
			if err == io.EOF {
				return
			}
			if err != nil {
				o.fault("no XML: %v", err)
				return
			}
			if !yield(tok) {
				return
			}
		}
	}
}

// drawing holds an SVG against the rules.
func (o *oracle) drawing(b []byte) {
	inStyle := false
	for tok := range o.tokens(b) {
		switch tok := tok.(type) {
		case xml.StartElement:
			inStyle = tok.Name.Local == "style"
			switch strings.ToLower(tok.Name.Local) {
			case "script", "foreignobject", "iframe", "animate", "set", "animatetransform", "animatemotion", "handler", "a", "audio", "video", "embed", "object", "image":
				if tok.Name.Local != "image" || !dataPicture(tok) {
					o.fault("<%s>", tok.Name.Local)
				}
			}
			for _, a := range tok.Attr {
				v := seen(a.Value)
				switch name := strings.ToLower(a.Name.Local); {
				case strings.HasPrefix(name, "on"):
					o.fault("<%s %s>", tok.Name.Local, name)
				case name == "href":
					if !strings.HasPrefix(v, "#") && !dataPicture(tok) {
						o.fault("<%s href=%.60q>", tok.Name.Local, a.Value)
					}
				case name == "base" || name == "src":
					o.fault("<%s %s>", tok.Name.Local, name)
				case a.Name.Space == "xmlns" || name == "xmlns":
				default:
					o.style(a.Value)
				}
			}
		case xml.EndElement:
			inStyle = false
		case xml.CharData:
			if inStyle {
				o.style(string(tok))
			}
		case xml.Directive:
			if !bytes.EqualFold(tok, []byte("doctype html")) {
				o.fault("<!%.40s>", tok)
			}
		case xml.ProcInst:
			if tok.Target != "xml" {
				o.fault("<?%s>", tok.Target)
			}
		}
	}
}

// dataPicture tells an <image> that holds its own pixels, as the program's drawings do.
func dataPicture(e xml.StartElement) bool {
	for _, a := range e.Attr {
		if a.Name.Local == "href" {
			return strings.HasPrefix(a.Value, "data:image/png;base64,") || strings.HasPrefix(a.Value, "data:image/jpeg;base64,")
		}
	}
	return false
}

// escaped is one escape of CSS (CSS Syntax Level 3 §4.3.7): what it hides is looked at,
// not what is written.
var escaped = regexp.MustCompile(`\\([0-9a-fA-F]{1,6})\s?`)

// loads are the ways in which CSS asks for a file.
var loads = regexp.MustCompile(`(?i)(url|src|image-set)\(\s*["']?\s*([^)"']*)`)

// shown is words that a style sheet shows, such as a book's title on its printed pages: a
// string (CSS Syntax Level 3 §4.3.5), in which nothing is a rule or an address.
var shown = regexp.MustCompile(`content:"(?:[^"\\\n]|\\[^\n])*"`)

// style holds CSS against the rules.
func (o *oracle) style(text string) {
	text = escaped.ReplaceAllStringFunc(shown.ReplaceAllString(text, `content:""`), func(s string) string {
		n := 0
		for _, c := range strings.ToLower(strings.TrimSpace(s[1:])) {
			n = n*16 + strings.IndexRune("0123456789abcdef", c)
		}
		return string(rune(n))
	})
	low := strings.ToLower(text)
	for _, bad := range []string{"@import", "expression(", "javascript:", "vbscript:", "-moz-binding", "behavior:"} {
		if strings.Contains(low, bad) {
			o.fault("style: %s", bad)
		}
	}
	for _, m := range loads.FindAllStringSubmatch(text, -1) {
		if v := seen(m[2]); leadsOut(v) && !strings.HasPrefix(v, "data:image/") && !strings.HasPrefix(v, "data:font/") {
			o.fault("style: %.80s", m[0])
		}
	}
}

// xml holds feeds, sitemaps and the parts of packages against the rules.
func (o *oracle) xml(b []byte) {
	markup := false
	var text strings.Builder
	for tok := range o.tokens(b) {
		switch tok := tok.(type) {
		case xml.StartElement:
			markup = false
			text.Reset()
			for _, a := range tok.Attr {
				if a.Name.Local == "type" && a.Value == "html" {
					markup = true
				}
				if a.Name.Local == "href" && a.Name.Space == "" {
					o.link(a.Value)
				}
			}
			if tok.Name.Local == "script" {
				o.fault("<script>")
			}
		case xml.CharData:
			text.Write(tok)
		case xml.EndElement:
			if markup {
				o.fragment(text.String())
				markup = false
			}
		case xml.Directive:
			o.fault("<!%.40s>", tok)
		}
	}
}
