package picture

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// SVG is rewritten, never patched: the source is read as XML tokens, and what
// the lists of svgnames.go allow is written out anew. So nothing comes through
// that was not understood.
//
//	kept      shapes, text, gradients, patterns, masks, filters, <use>, <style>
//	unwrapped <a>, <switch>: what they hold stays
//	dropped   all other elements with what they hold; all other attributes;
//	          references but to a part of the same file; style rules that name
//	          another file (svgstyle.go); DOCTYPE, comments, processing
//	          instructions; elements of other namespaces (editors' notes, RDF)
//	refused   ill-formed XML, entities, a root that is not svg, neither viewBox
//	          nor size, too deep, too many, a <use> that contains itself, what
//	          costs a browser too much (svgamount.go), and a file of which
//	          nothing that can be seen would be left
const (
	maxDepth = 100
	maxDrawn = 200_000 // elements, with those that <use> repeats
)

const (
	nsSVG   = "http://www.w3.org/2000/svg"
	nsXLink = "http://www.w3.org/1999/xlink"
	nsXML   = "http://www.w3.org/XML/1998/namespace"
)

// SyntaxError is a fault in an SVG file. It is [ErrBroken].
type SyntaxError struct {
	Line, Col int // from 1; Col counts characters
	Msg       string
}

func (e SyntaxError) Error() string { return fmt.Sprintf("%d:%d: %s", e.Line, e.Col, e.Msg) }

// Is reports whether target is [ErrBroken].
func (e SyntaxError) Is(target error) bool { return target == ErrBroken }

// sanitizer reads one SVG and collects what is kept.
type sanitizer struct {
	src  []byte
	dec  *xml.Decoder
	at   int64 // where the current token begins
	out  bytes.Buffer
	refs refGraph

	open    []element
	skip    int  // open elements that are dropped, the outermost first
	pending bool // a start tag still lacks its ">"
	css     []byte
	root    rootTag
	xlink   bool // some reference was kept
	seen    int  // visible elements kept
	lost    int  // visible elements dropped

	ofBox       bool    // the current pattern is measured in parts of what it fills
	sheetPeriod float64 // of the finest dashes in a style sheet
	lateSheet   bool    // it was found behind shapes
	sheetFilter bool    // a style sheet has filters
	general     int     // rules that are tried on every element
	dashed      bool    // dashes are a part of what it costs
	plainLines  bool    // dashes are left out
}

// element is one that is open and not dropped.
type element struct {
	name    string
	period  float64 // of dashes that hold within it
	text    bool    // its text is kept
	written bool    // false where it was unwrapped
}

// encodeSVG writes src, cleaned.
func encodeSVG(w io.Writer, src []byte) error {
	if len(src) > maxSVGBytes {
		return ErrTooLarge{Bytes: int64(len(src)), Limit: maxSVGBytes}
	}
	src = trimBOM(src)
	s := newSanitizer(src)
	err := s.run()
	if later := s.sheetPeriod; s.lateSheet && later > 0 {
		// A style sheet stands behind the shapes it is for.
		s = newSanitizer(src)
		s.sheetPeriod = later
		err = s.run()
	}
	if errors.Is(err, errCost) && s.dashed {
		s = newSanitizer(src)
		s.plainLines = true
		err = s.run()
	}
	if errors.Is(err, errCost) {
		return s.fault(err.Error())
	}
	if err != nil {
		return err
	}
	head := `<svg xmlns="` + nsSVG + `"`
	if s.xlink {
		// The old spelling of references is the one all browsers know, those of
		// phones that get no updates too.
		head += ` xmlns:xlink="` + nsXLink + `"`
	}
	if _, err := io.WriteString(w, head); err != nil {
		return err
	}
	_, err = w.Write(s.out.Bytes())
	return err
}

func newSanitizer(src []byte) *sanitizer {
	return &sanitizer{src: src, dec: xml.NewDecoder(bytes.NewReader(src))}
}

func (s *sanitizer) run() error {
	for {
		s.at = s.dec.InputOffset()
		tok, err := s.dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return s.xmlFault(err)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			err = s.start(tok)
		case xml.EndElement:
			s.end()
		case xml.CharData:
			err = s.text(tok)
		}
		if err != nil {
			return err
		}
	}
	switch {
	case !s.root.found:
		return s.fault("there is no <svg> element")
	case s.seen == 0 && s.lost > 0:
		return s.fault("all it shows is an embedded picture or web page: save that picture as PNG or JPEG instead")
	}
	if s.general > maxMatches/max(s.refs.total, 1) {
		return s.fault("too many style rules for so many elements: give the rules class names, or save it as PNG")
	}
	if err := s.refs.check(); errors.Is(err, errCost) {
		return err
	} else if err != nil {
		return s.fault(err.Error())
	}
	return nil
}

func (s *sanitizer) start(t xml.StartElement) error {
	if len(s.open)+s.skip >= maxDepth {
		return s.fault(fmt.Sprintf("elements nested deeper than %d", maxDepth))
	}
	if s.refs.total++; s.refs.total > maxDrawn {
		return s.fault(fmt.Sprintf("more than %d elements", maxDrawn))
	}
	name := t.Name.Local
	if len(s.open) == 0 && s.skip == 0 {
		if s.root.found {
			return s.fault("a second root element")
		}
		if !isRoot(t) {
			return s.fault(fmt.Sprintf("the root element is <%s>, not <svg>", name))
		}
		s.root.found = true
		s.root.bare = t.Name.Space == ""
	}
	inSVG := t.Name.Space == nsSVG || s.root.bare && t.Name.Space == ""
	if s.skip > 0 || !inSVG || !elements[name] && !unwrapped[name] {
		if s.skip == 0 && inSVG && (name == "image" || name == "foreignObject") {
			s.lost++
		}
		s.skip++
		return nil
	}
	el := element{name: name, text: textual[name], written: !unwrapped[name]}
	if !el.written {
		if n := len(s.open); n > 0 {
			el.text, el.period = s.open[n-1].text, s.open[n-1].period
		}
		s.open = append(s.open, el)
		s.refs.push("", 1)
		return nil
	}
	attrs, err := s.attributes(name, t.Attr)
	if err != nil {
		return err
	}
	if len(s.open) == 0 {
		if attrs, err = s.rootAttributes(attrs); err != nil {
			return err
		}
	}
	if visible[name] {
		s.seen++
	}
	if n := len(s.open); n > 0 {
		el.period = s.open[n-1].period
	}
	var cost int64
	cost, el.period = s.weigh(name, attrs, el.period)
	s.refs.push(value(attrs, "id"), cost)
	for _, a := range attrs {
		s.refs.add(a)
	}
	s.open = append(s.open, el)
	if name == "style" {
		s.css = s.css[:0]
		return nil // written at its end, if there is anything to write
	}
	s.closeTag()
	if len(s.open) > 1 { // encodeSVG writes the root's name
		s.out.WriteString("<" + name)
	}
	for _, a := range attrs {
		s.xlink = s.xlink || a.name == "xlink:href"
		s.out.WriteString(" " + a.name + `="`)
		escape(&s.out, a.value, true)
		s.out.WriteByte('"')
	}
	s.pending = true
	return nil
}

func (s *sanitizer) end() {
	if s.skip > 0 {
		s.skip--
		return
	}
	el := s.open[len(s.open)-1]
	s.open = s.open[:len(s.open)-1]
	s.refs.pop()
	switch {
	case !el.written:
	case el.name == "style":
		if css := cleanSheet(string(s.css), !s.plainLines); css != "" {
			s.readSheet(css)
			s.closeTag()
			s.out.WriteString("<style>")
			escape(&s.out, css, false)
			s.out.WriteString("</style>")
		}
	case s.pending:
		s.out.WriteString("/>")
		s.pending = false
	default:
		s.out.WriteString("</" + el.name + ">")
	}
}

func (s *sanitizer) text(t xml.CharData) error {
	if len(s.open) == 0 {
		if s.skip == 0 && len(bytes.TrimSpace(t)) > 0 {
			return s.fault("text outside the <svg> element")
		}
		return nil
	}
	if s.skip > 0 {
		return nil
	}
	el := s.open[len(s.open)-1]
	switch {
	case el.name == "style":
		s.css = append(s.css, t...)
	case el.text && len(t) > 0:
		s.closeTag()
		escape(&s.out, string(t), false)
	}
	return nil
}

// closeTag ends the start tag that is still open, since something follows in it.
func (s *sanitizer) closeTag() {
	if s.pending {
		s.out.WriteByte('>')
		s.pending = false
	}
}

// escape writes text or, within quotes, an attribute's value.
func escape(out *bytes.Buffer, text string, quoted bool) {
	for _, r := range text {
		switch {
		case r == '&':
			out.WriteString("&amp;")
		case r == '<':
			out.WriteString("&lt;")
		case r == '>':
			out.WriteString("&gt;")
		case r == '\r':
			out.WriteString("&#13;") // else read back as a line feed
		case quoted && r == '"':
			out.WriteString("&#34;")
		case quoted && (r == '\n' || r == '\t'):
			fmt.Fprintf(out, "&#%d;", r) // else read back as a space
		default:
			out.WriteRune(r)
		}
	}
}

// fault is an error at the current token.
func (s *sanitizer) fault(msg string) error {
	before := s.src[:min(s.at, int64(len(s.src)))]
	line := 1 + bytes.Count(before, []byte("\n"))
	col := 1 + utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])
	return SyntaxError{line, col, msg}
}

// xmlFault puts the decoder's error where the decoder stopped.
func (s *sanitizer) xmlFault(err error) error {
	var syntax *xml.SyntaxError
	if !errors.As(err, &syntax) {
		if strings.Contains(err.Error(), "encoding") {
			return s.fault("not in UTF-8: save it as UTF-8")
		}
		return s.fault(err.Error())
	}
	s.at = s.dec.InputOffset()
	if strings.HasPrefix(syntax.Msg, "invalid character entity") {
		return s.fault(syntax.Msg + ": entities are not read; export the drawing as plain SVG")
	}
	return s.fault(syntax.Msg)
}
