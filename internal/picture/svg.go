package picture

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"io"
	"strings"
	"unicode/utf8"
)

// SVG is rewritten, never patched: the source is read as XML tokens, and what
// the lists of svgnames.go allow is written out anew. So nothing comes through
// that was not understood.
//
//	kept      shapes, text, gradients, patterns, masks, filters, <use>, <style>,
//	          <switch> with the languages of its choices; pictures that stand in
//	          it as data, made anew (svgimage.go)
//	unwrapped <a>: what it holds stays, in a group
//	dropped   all other elements with what they hold; all other attributes;
//	          references but to a part of the same file; style rules that name
//	          another file (svgstyle.go); DOCTYPE, comments, processing
//	          instructions; elements of other namespaces (editors' notes, RDF)
//	refused   ill-formed XML, entities of entities, a root that is not svg, too
//	          deep, too many, a <use> that contains itself, what costs a browser
//	          too much (svgamount.go), and a file of which nothing that can be
//	          seen would be left
//
// What an editor would miss of what is dropped is a [Note] with its line.
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
	xlink   bool        // some reference was kept
	seen    int         // visible elements kept
	lost    int         // visible elements dropped
	images  int         // pictures within it
	box     image.Point // its size where it says none
	notes   []Note

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
	as      string  // what it is written as
}

// encodeSVG writes src, cleaned.
func encodeSVG(w io.Writer, src []byte) error {
	s, err := cleaned(src)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(w, s.head()); err != nil {
		return err
	}
	_, err = w.Write(s.out.Bytes())
	return err
}

// cleaned reads a drawing whole.
func cleaned(src []byte) (*sanitizer, error) {
	if len(src) > maxSVGBytes {
		return nil, ErrTooLarge{Bytes: int64(len(src)), Limit: maxSVGBytes}
	}
	src, err := svgText(src, true)
	if err != nil {
		return nil, err
	}
	box := image.Point{}
	s := newSanitizer(src)
	if err = s.run(); errors.Is(err, errNoBox) {
		box = extent(src)
		s = newSanitizer(src)
		s.box = box
		err = s.run()
	}
	if later := s.sheetPeriod; s.lateSheet && later > 0 {
		// A style sheet stands behind the shapes it is for.
		s = newSanitizer(src)
		s.box, s.sheetPeriod = box, later
		err = s.run()
	}
	if errors.Is(err, errCost) && s.dashed {
		s = newSanitizer(src)
		s.box, s.plainLines = box, true
		err = s.run()
	}
	if errors.Is(err, errCost) {
		return nil, s.fault(err.Error())
	}
	return s, err
}

// head is the beginning of the root element.
func (s *sanitizer) head() string {
	head := `<svg xmlns="` + nsSVG + `"`
	if s.xlink {
		// The old spelling of references is the one all browsers know, those of
		// phones that get no updates too.
		head += ` xmlns:xlink="` + nsXLink + `"`
	}
	return head
}

func newSanitizer(src []byte) *sanitizer {
	return &sanitizer{src: src, dec: svgDecoder(src)}
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
		case xml.Directive:
			err = s.directive(tok)
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

// directive reads what a DOCTYPE declares.
func (s *sanitizer) directive(t xml.Directive) (err error) {
	if s.dec.Entity == nil && !s.root.found {
		if s.dec.Entity, err = entities([]byte(t), s.src); err != nil {
			return s.fault(err.Error())
		}
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
	within := ""
	if n := len(s.open); n > 0 {
		within = s.open[n-1].name
	}
	if s.skip > 0 || !inSVG || !elements[name] && !unwrapped[name] || within == "switch" && extended(t.Attr) {
		if s.skip == 0 && inSVG && name == "foreignObject" && within != "switch" {
			s.lost++
			s.note("foreignObject")
		}
		if s.skip == 0 && inSVG && moving[name] {
			s.note("animation")
		}
		s.skip++
		return nil
	}
	el := element{name: name, text: textual[name], written: true, as: name}
	if unwrapped[name] {
		if el.as = "g"; textual[within] {
			el.as, el.text = "tspan", true
		}
	}
	attrs, err := s.attributes(name, t.Attr)
	if err != nil {
		return err
	}
	if name == "image" && value(attrs, "xlink:href") == "" {
		s.lost++
		s.note("image")
		s.skip++
		return nil
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
		s.out.WriteString("<" + el.as)
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
		css, lost := cleanSheet(string(s.css), !s.plainLines)
		for _, rule := range lost {
			s.note("rule", rule)
		}
		if css != "" {
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
		s.out.WriteString("</" + el.as + ">")
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

// extended tells what a <switch> passes over: what only other programs can show.
func extended(attrs []xml.Attr) bool {
	for _, a := range attrs {
		if a.Name.Local == "requiredExtensions" && strings.TrimSpace(a.Value) != "" {
			return true
		}
	}
	return false
}

// fault is an error at the current token.
func (s *sanitizer) fault(msg string) error {
	line, col := s.place()
	return SyntaxError{line, col, msg}
}

// place is where the current token begins.
func (s *sanitizer) place() (line, col int) {
	before := s.src[:min(s.at, int64(len(s.src)))]
	line = 1 + bytes.Count(before, []byte("\n"))
	col = 1 + utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])
	return line, col
}

// maxNotes is how many things that are left out are told of one drawing.
const maxNotes = 8

// note notes that something at the current token is left out.
func (s *sanitizer) note(what string, words ...string) {
	line, _ := s.place()
	n := Note{Kind: NoteDropped, Line: line, What: what}
	if len(words) > 0 {
		n.Words = clip(strings.ToValidUTF8(words[0], ""), 60)
	}
	for _, had := range s.notes {
		if had.What == n.What && (had.Words == n.Words) {
			return
		}
	}
	if len(s.notes) < maxNotes {
		s.notes = append(s.notes, n)
	}
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
