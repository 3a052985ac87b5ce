package attachment

import (
	"bytes"
	"compress/zlib"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
)

// PDF (ISO 32000) finds its objects by their offset, so that everything is blanked where
// it stands and stays as long as it was: the information dictionary (author, program,
// dates), XMP, the metadata of photographs. Where one of these lies in a stream that is
// compressed by Flate, the stream is compressed anew, which makes it shorter, and filled
// up. What can be neither is refused.

var (
	pdfObject  = regexp.MustCompile(`(\d{1,10})[ \t\r\n\f\x00]+\d{1,5}[ \t\r\n\f\x00]+obj\b`)
	pdfEncrypt = regexp.MustCompile(`/Encrypt[ \t\r\n]*(?:\d+[ \t\r\n]+\d+[ \t\r\n]+R|<<)`)
	pdfInfo    = regexp.MustCompile(`/Info[ \t\r\n]+(\d{1,10})[ \t\r\n]+\d+[ \t\r\n]+R`)
	pdfType    = regexp.MustCompile(`/(Type|Filter|Subtype)[ \t\r\n]*(/[A-Za-z0-9]+|\[[^\]]*\])`)
	pdfLength  = regexp.MustCompile(`/Length[ \t\r\n]+(\d+)(?:[ \t\r\n]+\d+[ \t\r\n]+(R)\b)?`)
	pdfFirst   = regexp.MustCompile(`/First[ \t\r\n]+(\d+)`)
	pdfName    = regexp.MustCompile(`/[A-Za-z0-9]+`)
	pdfRef     = regexp.MustCompile(`(\d{1,10})[ \t\r\n]+\d{1,5}[ \t\r\n]+R\b`)
)

// A packet of XMP that says nothing.
const (
	xmpHead  = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>`
	xmpEmpty = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>`
	xmpTail  = `<?xpacket end="w"?>`
)

func (c *Copy) pdf(f file, left *budget) error {
	if left.depth++; left.depth > maxWithin {
		return &Error{Reason: Unclean}
	}
	defer func() { left.depth-- }()
	b, err := f.all()
	if err != nil {
		return err
	}
	if !bytes.Contains(b, []byte("endobj")) {
		return broken("no object")
	}
	objects, err := pdfObjects(b)
	if err != nil {
		return err
	}
	info := map[string]bool{}
	for _, o := range objects {
		if pdfEncrypt.Match(o.between) || pdfEncrypt.Match(o.dict) {
			return &Error{Reason: Encrypted}
		}
		for _, part := range [][]byte{o.between, o.dict} {
			for _, m := range pdfInfo.FindAllSubmatch(part, -1) {
				info[string(m[1])] = true
			}
		}
	}
	var also []string // what it says may stand in objects of their own
	for _, o := range objects {
		if info[o.number] {
			for _, m := range pdfRef.FindAllSubmatch(o.dict, -1) {
				also = append(also, string(m[1]))
			}
		}
	}
	for _, number := range also {
		info[number] = true
	}
	for _, o := range objects {
		if info[o.number] {
			blankPDFStrings(o.dict)
		}
		if err := o.clean(info, left); err != nil {
			return err
		}
	}
	blankWithin(b)
	blankXMP(b)
	c.Kind = PDF
	c.put(b)
	return nil
}

// pdfPart is an object: its dictionary (or other value) and the bytes of its stream, and
// what stands before it that is no object.
type pdfPart struct {
	number       string
	between      []byte
	dict, stream []byte
}

// pdfObjects lists the objects of a PDF in the order in which they stand; the last is what
// stands behind all.
func pdfObjects(b []byte) ([]pdfPart, error) {
	var out []pdfPart
	for at := 0; ; {
		m := pdfObject.FindSubmatchIndex(b[at:])
		if m == nil {
			return append(out, pdfPart{between: b[at:]}), nil
		}
		o := pdfPart{number: string(b[at+m[2] : at+m[3]]), between: b[at : at+m[0]]}
		from := at + m[1]
		end := pdfValueEnd(b, from)
		o.dict = b[from:end]
		rest := bytes.TrimLeft(b[end:], " \t\r\n\f\x00")
		if bytes.HasPrefix(rest, []byte("stream")) {
			start := len(b) - len(rest) + len("stream")
			if start < len(b) && b[start] == '\r' {
				start++
			}
			if start < len(b) && b[start] == '\n' {
				start++
			}
			n := -1
			if l := pdfLength.FindSubmatch(o.dict); l != nil && len(l[2]) == 0 {
				if v, err := strconv.Atoi(string(l[1])); err == nil && v <= len(b)-start &&
					bytes.HasPrefix(bytes.TrimLeft(b[start+v:], " \t\r\n\x00"), []byte("endstream")) {
					n = v
				}
			}
			if n < 0 { // its length stands elsewhere, or is wrong
				if n = bytes.Index(b[start:], []byte("endstream")); n < 0 {
					n = len(b) - start
				}
				n = len(bytes.TrimRight(b[start:start+n], "\r\n"))
			}
			o.stream = b[start : start+n]
			end = start + n
		}
		if len(out) > 5_000_000 {
			return nil, &Error{Reason: TooLarge}
		}
		out = append(out, o)
		at = end
	}
}

// pdfValueEnd is where the value that begins at a place ends: a dictionary or list, with
// all it holds, or else the next keyword.
func pdfValueEnd(b []byte, at int) int {
	depth := 0
	for at < len(b) {
		switch {
		case b[at] == '(':
			at = pdfStringEnd(b, at)
			continue
		case b[at] == '%':
			for at < len(b) && b[at] != '\n' && b[at] != '\r' {
				at++
			}
			continue
		case bytes.HasPrefix(b[at:], []byte("<<")):
			depth++
			at += 2
			continue
		case bytes.HasPrefix(b[at:], []byte(">>")):
			at += 2
			if depth--; depth <= 0 {
				return at
			}
			continue
		case b[at] == 'e' && bytes.HasPrefix(b[at:], []byte("endobj")):
			return at
		}
		at++
	}
	return at
}

// pdfStringEnd is where the string in parentheses that begins at a place ends.
func pdfStringEnd(b []byte, at int) int {
	depth := 0
	for ; at < len(b); at++ {
		switch b[at] {
		case '\\':
			at++
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return at + 1
			}
		}
	}
	return len(b)
}

// blankPDFStrings blanks all strings of a dictionary.
func blankPDFStrings(b []byte) {
	for at := 0; at < len(b); {
		switch {
		case b[at] == '(':
			end := pdfStringEnd(b, at)
			for i := at + 1; i < end-1; i++ {
				b[i] = ' '
			}
			at = end
		case b[at] == '<' && !bytes.HasPrefix(b[at:], []byte("<<")):
			n := bytes.IndexByte(b[at:], '>')
			if n < 0 {
				n = len(b) - at
			}
			for i := 1; i < n; i++ { // spaces
				b[at+i] = "20"[(i+1)%2]
			}
			at += n
		case bytes.HasPrefix(b[at:], []byte("<<")):
			at += 2
		default:
			at++
		}
	}
}

// clean blanks what an object's stream holds under compression.
func (o *pdfPart) clean(info map[string]bool, left *budget) error {
	if o.stream == nil {
		return nil
	}
	kind, filters := "", ""
	for _, m := range pdfType.FindAllSubmatch(o.dict, -1) {
		switch string(m[1]) {
		case "Type":
			kind = string(m[2])
		case "Filter":
			filters = string(m[2])
		}
	}
	names := pdfName.FindAllString(filters, -1)
	photo := len(names) > 1 && slices.Contains(names, "/DCTDecode")
	attached := kind == "/EmbeddedFile" || bytes.Contains(o.dict, []byte("/EmbeddedFile"))
	if kind != "/ObjStm" && kind != "/Metadata" && !attached && !photo {
		if bytes.HasPrefix(o.stream, []byte("\x00\x00\x00\x0cjP  ")) {
			blankJP2(o.stream)
		}
		return nil
	}
	if len(names) == 0 {
		if attached {
			return unattached(o.stream, left)
		}
		if kind == "/ObjStm" {
			return o.objects(o.stream, info)
		}
		return nil // found where it stands
	}
	if names[0] != "/FlateDecode" && names[0] != "/Fl" || len(names) > 1 && !photo || bytes.Contains(o.dict, []byte("/Predictor")) {
		return &Error{Reason: Unclean}
	}
	z, err := zlib.NewReader(bytes.NewReader(o.stream))
	if err != nil {
		return broken("a stream: %w", err)
	}
	plain, err := io.ReadAll(io.LimitReader(z, left.left+1))
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return broken("a stream: %w", err)
	}
	if err := left.take(int64(len(plain))); err != nil {
		return err
	}
	if attached {
		return unattached(plain, left)
	}
	was := bytes.Clone(plain)
	switch {
	case photo:
		blankWithin(plain)
	case kind == "/ObjStm":
		if err := o.objects(plain, info); err != nil {
			return err
		}
	default:
		blankXMP(plain)
	}
	if bytes.Equal(was, plain) {
		return nil
	}
	if o.pack(plain) {
		return nil
	}
	if kind == "/Metadata" { // nothing takes less room
		if o.pack(bytes.Repeat([]byte(" "), len(plain))) {
			return nil
		}
	}
	return &Error{Reason: Unclean}
}

// pack puts a stream anew in the place of the old, which must have had room for it.
func (o *pdfPart) pack(plain []byte) bool {
	var out bytes.Buffer
	w, _ := zlib.NewWriterLevel(&out, zlib.BestCompression) // a level that there is
	_, _ = w.Write(plain)                                   // a buffer takes everything
	_ = w.Close()
	if out.Len() > len(o.stream) {
		return false
	}
	clear(o.stream[copy(o.stream, out.Bytes()):])
	return true
}

// objects blanks the information dictionary where it lies in a stream of objects.
func (o *pdfPart) objects(plain []byte, info map[string]bool) error {
	m := pdfFirst.FindSubmatch(o.dict)
	if m == nil {
		return broken("a stream of objects")
	}
	first, err := strconv.Atoi(string(m[1]))
	if err != nil || first > len(plain) {
		return broken("a stream of objects")
	}
	pairs := bytes.Fields(plain[:first])
	for i := 0; i+1 < len(pairs); i += 2 {
		at, err := strconv.Atoi(string(pairs[i+1]))
		if err != nil || at < 0 || at > len(plain)-first {
			return broken("a stream of objects")
		}
		if info[string(pairs[i])] {
			blankPDFStrings(plain[first+at : pdfValueEnd(plain, first+at)])
		}
	}
	return nil
}

// unattached tells whether a file that is attached to a PDF may go out as it is.
func unattached(b []byte, left *budget) error {
	now, err := within("", bytes.Clone(b), false, left)
	if err != nil || !bytes.Equal(now, b) {
		return &Error{Reason: Foreign, Err: err}
	}
	return nil
}

// blankXMP replaces every packet of XMP by one that says nothing, in place.
func blankXMP(b []byte) {
	for _, mark := range [][2]string{{"<?xpacket begin=", "<?xpacket end="}, {"<x:xmpmeta", "</x:xmpmeta>"}} {
		for rest := b; ; {
			i := bytes.Index(rest, []byte(mark[0]))
			if i < 0 {
				break
			}
			rest = rest[i:]
			n := bytes.Index(rest, []byte(mark[1]))
			if n < 0 {
				n = min(len(rest), len(mark[0])) // cut off
			} else if n += bytes.IndexByte(rest[n:], '>') + 1; n > len(rest) {
				n = len(rest)
			}
			p := rest[:n]
			rest = rest[n:]
			if string(p) == xmpEmpty {
				continue
			}
			for i := range p {
				p[i] = ' '
			}
			if len(p) >= len(xmpHead)+len(xmpEmpty)+len(xmpTail) {
				copy(p, xmpHead+xmpEmpty)
				copy(p[len(p)-len(xmpTail):], xmpTail)
			}
		}
	}
}

// blankJP2 blanks the boxes of a JPEG 2000 that hold no part of its pixels.
func blankJP2(b []byte) {
	for len(b) >= 8 {
		n := int64(b[0])<<24 | int64(b[1])<<16 | int64(b[2])<<8 | int64(b[3])
		if n == 0 || n > int64(len(b)) {
			n = int64(len(b))
		}
		if n < 8 {
			return
		}
		switch string(b[4:8]) {
		case "uuid", "xml ", "uinf", "asoc", "jp2i":
			clear(b[8:n])
		}
		b = b[n:]
	}
}
