package artwork

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"fmt"
	"image"
	"strconv"
	"sync"
	"time"
	"unicode/utf16"

	"mingdeng/internal/drawing/shape"
)

// streamLevel is how hard streams are compressed: the quickest. A stronger one makes files a
// tenth smaller and was a fifth of all the time that a thousand plaques take.
const streamLevel = zlib.BestSpeed

// compressors are used again: a new one takes more memory than most streams.
var compressors = sync.Pool{New: func() any {
	z, err := zlib.NewWriterLevel(nil, streamLevel)
	if err != nil {
		panic(err) // of a level that does not exist
	}
	return z
}}

// Info is what a PDF says of itself. Both may be left empty; without a date the file
// holds none.
type Info struct {
	Title   string
	Created time.Time
}

// PDF draws the scene on a page that reaches as far as the crop marks, with TrimBox and
// BleedBox. It is PDF 1.4 without fonts, transparency or layers, the plainest that RIPs
// take: spot plates as Separation, mixed colours and black as DeviceCMYK, photographs as
// sRGB with its profile, cut lines overprinting, all fills by the even-odd rule (f*).
// Where process colours are used, an output intent says for which press they are meant.
func (s *Scene) PDF(info Info) ([]byte, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	m := s.margin()
	d := newPDF()
	d.press = true
	c := content{doc: d}
	c.place(m, s.H+m)
	if s.Mirror {
		c.b = append(c.b, "-1 0 0 1 "...)
		c.b = append(appendMM(c.b, s.W), " 0 cm\n"...)
	}
	if err := c.scene(s); err != nil {
		return nil, err
	}
	c.marks(s.marks())
	c.b = append(c.b, "Q\n"...)
	w, h := s.W+2*m, s.H+2*m
	d.page(c.b, shape.Box{W: w, H: h},
		shape.Box{X: m - s.Bleed, Y: m - s.Bleed, W: s.W + 2*s.Bleed, H: s.H + 2*s.Bleed},
		shape.Box{X: m, Y: m, W: s.W, H: s.H})
	return d.finish(info)
}

// pdf collects objects. Numbers are given in the order of first use, so that the same
// scene gives the same file. (fpdf would do, but it writes dates and resources of its own
// and rounds to hundredths of a point; what is needed is small.)
type pdf struct {
	objects [][]byte // objects[i] is number i+1
	press   bool     // for a print shop: process colours; else for an office printer, which mixes its own
	process bool     // process colours are used
	profile int      // the object of the pictures' colour profile; 0 where there is none yet
	pages   []int
	spaces  map[string]string // colour space resources by plate
	order   []spaceRef
	images  map[*image.RGBA]imageRef
	shown   []imageRef
}

type spaceRef struct {
	name   string
	object int
}

type imageRef struct {
	name   string
	object int
	source source
}

const (
	catalogObject = 1 + iota
	pagesObject
	resourcesObject
	infoObject
	firstFree
)

func newPDF() *pdf {
	return &pdf{
		objects: make([][]byte, firstFree-1),
		spaces:  map[string]string{},
		images:  map[*image.RGBA]imageRef{},
	}
}

func (d *pdf) add(body []byte) int {
	d.objects = append(d.objects, body)
	return len(d.objects)
}

// stream adds a compressed stream; dict is what its dictionary holds besides the length.
func (d *pdf) stream(dict string, data []byte) int {
	var buf bytes.Buffer
	z := compressors.Get().(*zlib.Writer)
	defer compressors.Put(z)
	z.Reset(&buf)
	z.Write(data)
	z.Close()
	return d.raw(dict+" /Filter /FlateDecode", buf.Bytes())
}

func (d *pdf) raw(dict string, data []byte) int {
	b := fmt.Appendf(nil, "<< %s /Length %d >>\nstream\n", dict, len(data))
	b = append(b, data...)
	return d.add(append(b, "\nendstream"...))
}

// page adds a page. Boxes are in mm, y up, from the page's bottom left corner.
func (d *pdf) page(content []byte, media, bleed, trim shape.Box) {
	body := d.stream("", content)
	d.pages = append(d.pages, d.add(fmt.Appendf(nil,
		"<< /Type /Page /Parent %d 0 R /MediaBox %s /CropBox %s /BleedBox %s /TrimBox %s /Resources %d 0 R /Contents %d 0 R >>",
		pagesObject, box(media), box(media), box(bleed), box(trim), resourcesObject, body)))
}

const perMM = 72 / 25.4 // points

func box(b shape.Box) string {
	n := func(mm float64) string { return trimZeros(strconv.FormatFloat(mm*perMM, 'f', 4, 64)) }
	return "[" + n(b.X) + " " + n(b.Y) + " " + n(b.X+b.W) + " " + n(b.Y+b.H) + "]"
}

func trimZeros(s string) string {
	for s[len(s)-1] == '0' {
		s = s[:len(s)-1]
	}
	if s[len(s)-1] == '.' {
		s = s[:len(s)-1]
	}
	return s
}

// space returns the resource name of an ink's Separation.
func (d *pdf) space(k Ink) string {
	if name, ok := d.spaces[k.Plate]; ok {
		return name
	}
	c, m, y, key := cmyk(k.Display)
	return d.separation(k.Plate, [4]float64{c, m, y, key})
}

// registration is the space of crop marks, which print on every plate.
func (d *pdf) registration() string {
	if name, ok := d.spaces["All"]; ok {
		return name
	}
	return d.separation("All", [4]float64{1, 1, 1, 1})
}

func (d *pdf) separation(plate string, alternate [4]float64) string {
	name := "S" + strconv.Itoa(len(d.order)+1)
	c1 := ""
	for _, v := range alternate {
		c1 += " " + trimZeros(strconv.FormatFloat(v, 'f', 3, 64))
	}
	n := d.add(fmt.Appendf(nil,
		"[/Separation /%s /DeviceCMYK << /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [%s] /N 1 >>]", plate, c1[1:]))
	d.spaces[plate] = name
	d.order = append(d.order, spaceRef{name, n})
	return name
}

// cmyk is a colour in process inks, and the alternate of a spot colour for printers that do
// not know its name. Near-greys become black alone, so that fine type never depends on
// four plates meeting; colours get as much black as they can, and light tints none, because
// a thin screen of black shows as specks.
func cmyk(c RGB) (cyan, magenta, yellow, key float64) {
	r, g, b := float64(c.R)/255, float64(c.G)/255, float64(c.B)/255
	hi, lo := max(r, g, b), min(r, g, b)
	switch {
	case hi != lo && lo > 0.75:
		return 1 - r, 1 - g, 1 - b, 0
	case hi-lo < 0.08:
		return 0, 0, 0, 1 - (hi+lo)/2
	}
	return (hi - r) / hi, (hi - g) / hi, (hi - b) / hi, 1 - hi
}

// image adds a picture once, however often it is shown: a photograph as JPEG, a drawing
// without loss.
func (d *pdf) image(p *Picture) (imageRef, error) {
	if ref, ok := d.images[p.Image]; ok {
		return ref, nil
	}
	src, err := p.load()
	if err != nil {
		return imageRef{}, err
	}
	space := "/DeviceRGB"
	if d.press {
		space = fmt.Sprintf("[/ICCBased %d 0 R]", d.srgb())
	}
	dict := fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace %s /BitsPerComponent 8", src.w, src.h, space)
	var n int
	if src.photograph() {
		b, err := src.jpeg()
		if err != nil {
			return imageRef{}, err
		}
		n = d.raw(dict+" /Filter /DCTDecode", b)
	} else {
		px := make([]byte, 0, 3*src.w*src.h)
		for y := range src.h {
			row := src.img.Pix[y*src.img.Stride:][:4*src.w]
			for i := 0; i < len(row); i += 4 {
				px = append(px, row[i:i+3]...)
			}
		}
		n = d.stream(dict, px)
	}
	ref := imageRef{"I" + strconv.Itoa(len(d.shown)+1), n, src}
	d.images[p.Image] = ref
	d.shown = append(d.shown, ref)
	return ref, nil
}

// finish writes the file (ISO 32000-1, 7.5).
func (d *pdf) finish(info Info) ([]byte, error) {
	d.objects[catalogObject-1] = fmt.Appendf(nil, "<< /Type /Catalog /Pages %d 0 R%s >>", pagesObject, d.intent())
	kids := []byte("<< /Type /Pages /Kids [")
	for _, p := range d.pages {
		kids = fmt.Appendf(kids, "%d 0 R ", p)
	}
	d.objects[pagesObject-1] = fmt.Appendf(kids, "] /Count %d >>", len(d.pages))
	// Cut lines overprint, or they would knock a white hair out of what lies under them.
	// What is printed over white leaves the white there (all four inks are written, so mode 0).
	res := []byte("<< /ExtGState << /Over << /Type /ExtGState /OP true /op true /OPM 1 >> /Upon << /Type /ExtGState /OP true /op true /OPM 0 >> >>")
	if len(d.order) > 0 {
		res = append(res, " /ColorSpace <<"...)
		for _, s := range d.order {
			res = fmt.Appendf(res, " /%s %d 0 R", s.name, s.object)
		}
		res = append(res, " >>"...)
	}
	if len(d.shown) > 0 {
		res = append(res, " /XObject <<"...)
		for _, i := range d.shown {
			res = fmt.Appendf(res, " /%s %d 0 R", i.name, i.object)
		}
		res = append(res, " >>"...)
	}
	d.objects[resourcesObject-1] = append(res, " >>"...)
	in := []byte("<< /Producer (Mingdeng) /Trapped /False")
	if info.Title != "" {
		in = append(in, " /Title <FEFF"...)
		for _, u := range utf16.Encode([]rune(info.Title)) {
			in = fmt.Appendf(in, "%04X", u)
		}
		in = append(in, '>')
	}
	if !info.Created.IsZero() {
		in = fmt.Appendf(in, " /CreationDate (D:%sZ)", info.Created.UTC().Format("20060102150405"))
	}
	d.objects[infoObject-1] = append(in, " >>"...)

	out := []byte("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	offsets := make([]int, len(d.objects))
	for i, body := range d.objects {
		offsets[i] = len(out)
		out = fmt.Appendf(out, "%d 0 obj\n", i+1)
		out = append(append(out, body...), "\nendobj\n"...)
	}
	id := sha256.Sum256(out)
	start := len(out)
	out = fmt.Appendf(out, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		out = fmt.Appendf(out, "%010d 00000 n \n", o)
	}
	return fmt.Appendf(out, "trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /ID [<%X> <%X>] >>\nstartxref\n%d\n%%%%EOF\n",
		len(offsets)+1, catalogObject, infoObject, id[:16], id[:16], start), nil
}
