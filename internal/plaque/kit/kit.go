// Package kit makes what goes to the fabricator and to the person with the drill, for
// all plaques of one venue: the artwork of each code (SVG, PDF, DXF, and a PNG to look
// at), a list to order from (CSV and Excel), and a checklist for the installation.
//
// The files of a code are drawn from one scene, and no file of it is handed out before
// the code has been read back from the drawing by a decoder that is not the encoder's.
// A plaque that cannot be made says why, with what would work; see [Fault].
package kit

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"strings"
	"sync"

	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/drawing/artwork"
	"mingdeng/internal/drawing/shape"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/plaque/design"
	"mingdeng/internal/plaque/qr"
)

// Version names the way plaques are drawn; it changes whenever the same plaque would
// come out with other bytes.
const Version = "kit/5"

// Plaque is one plaque to be made.
type Plaque struct {
	Code         string
	Address      string // what the symbol holds
	Design       string
	W, H         float64           // mm; 0 for the design's own
	Material     string            // as package content spells it, or ""
	MaterialName string            // what the readers of lists call it
	Distance     float64           // m
	Fields       map[string]string // what it says, see package design
	Facts        []design.Fact
	Rolls        []design.Roll
	Ways         []design.Way
	Plan         *Photo // of the place, for designs that show it
	Photo        *Photo // for designs that show one
	Faces        *Faces // nil for the program's own alone
	Exhibit      string // its name
	Number       string
	PlanAt       []float64
	Issued       date.Date
}

// Photo is a picture that a plaque shows: pixels, made when the plaque is drawn.
type Photo struct {
	Print         fingerprint.Fingerprint // of the picture, and of the way its pixels are made
	Width, Height int                     // px that there are of it; a drawing may have any number
	Drawing       bool
	// Cover draws it so that it fills w by h px.
	Cover func(w, h int) (*image.RGBA, error)
}

// Fingerprint stands for the photo in the fingerprints of files.
func (p *Photo) Fingerprint() fingerprint.Fingerprint { return p.Print }

const (
	photoDPI   = 300
	drawingDPI = LeastDPI // drawings become pixels, of which any number can be had
	photoSide  = 3900     // px, of the whole picture, of which a part is shown
)

// pixels is how large a photo is made that fills a box: no larger than there are pixels.
func (p *Photo) pixels(b shape.Box) (w, h int) {
	k := photoDPI / 25.4                                      // px a mm
	whole := max(b.W/float64(p.Width), b.H/float64(p.Height)) // mm a px of the source
	if p.Drawing {
		k = min(k, drawingDPI/25.4)
	} else {
		k = min(k, 1/whole)
	}
	k = min(k, photoSide/(whole*float64(max(p.Width, p.Height))))
	return max(1, int(math.Round(k*b.W))), max(1, int(math.Round(k*b.H)))
}

// Venue is the plaques of one place.
type Venue struct {
	Slug, Name string
	Lang       diag.Lang // of lists
	Plaques    []Plaque
}

// Fault is why a plaque cannot be made.
type Fault struct{ Problems []design.Problem }

func (f *Fault) Error() string {
	return f.Problems[0].Code.At("", diag.Pos{}, f.Problems[0].Args...).Message(diag.English)
}

// Drawn is a finished plaque: its scene, and the code read back from it.
type Drawn struct {
	Plaque Plaque
	Layout design.Layout
	Scene  artwork.Scene
}

// Draw lays a plaque out, draws it, and reads its code back. Errors are [*Fault] and
// those of drawing.
func Draw(p Plaque, d *design.Design) (*Drawn, error) {
	x, err := Redraw(p, d)
	if err != nil {
		return nil, err
	}
	if err := x.readBack(); err != nil {
		return nil, err
	}
	return x, nil
}

// Redraw is [Draw] for a plaque whose code was read back before, from the same drawing.
func Redraw(p Plaque, d *design.Design) (*Drawn, error) {
	l, err := lay(p, d)
	if err != nil {
		return nil, err
	}
	pictures, err := pictures(l, p, photoSide)
	if err != nil {
		return nil, err
	}
	return &Drawn{Plaque: p, Layout: l, Scene: scene(l, p, pictures)}, nil
}

// lay lays a plaque out. Errors are [*Fault] and that of a code too long for a symbol.
func lay(p Plaque, d *design.Design) (design.Layout, error) {
	symbol, err := qr.Encode(p.Address)
	if err != nil {
		return design.Layout{}, err
	}
	say := design.Plaque{
		Fields: p.Fields, Facts: p.Facts, Rolls: p.Rolls, Ways: p.Ways, Symbol: symbol,
		W: p.W, H: p.H, Material: materials[p.made(d)].like, Distance: p.Distance, Picture: p.Photo != nil, Faces: p.Faces.Face,
	}
	if p.Plan != nil {
		say.Plan = design.Plan{W: float64(p.Plan.Width), H: float64(p.Plan.Height), Here: p.PlanAt}
	}
	l, problems := design.Compose(d, say)
	if large := p.tooLarge(l.W, l.H); large != nil {
		problems = append(problems, *large)
	}
	if len(problems) > 0 {
		return l, &Fault{problems}
	}
	return l, nil
}

// made is what a plaque is made of: as it is asked for, else as its design is meant.
func (p *Plaque) made(d *design.Design) string {
	if p.Material == "" {
		return d.Material
	}
	return p.Material
}

// pictures makes the pixels of what a layout shows, none wider than widest px.
func pictures(l design.Layout, p Plaque, widest int) ([]artwork.Item, error) {
	var out []artwork.Item
	for _, x := range []struct {
		box   *shape.Box
		photo *Photo
	}{{l.Picture, p.Photo}, {l.Plan, p.Plan}} {
		if x.box == nil {
			continue
		}
		w, h := x.photo.pixels(*x.box)
		if w > widest {
			w, h = widest, max(1, h*widest/w)
		}
		img, err := x.photo.Cover(w, h)
		if err != nil {
			return nil, err
		}
		out = append(out, artwork.Item{Picture: &artwork.Picture{Box: *x.box, Image: img}})
	}
	return out, nil
}

// scene puts a layout into inks: the code in pure black where it is printed, on the
// engraving plate with the type where it is cut. What is cut has no grounds, and all its
// type is in one colour.
func scene(l design.Layout, p Plaque, pictures []artwork.Item) artwork.Scene {
	d := l.Design
	rgb := func(c color.RGBA) artwork.RGB { return artwork.RGB{R: c.R, G: c.G, B: c.B} }
	process := ProcessOf(p.made(d), len(pictures) > 0)
	printed := process.inks()
	s := artwork.Scene{
		W: l.W, H: l.H, Bleed: d.Bleed, Radius: l.Radius, Panel: rgb(d.Panel), PrintPanel: printed,
		Cut: artwork.CutContour(), Marks: true, White: process == Reversed, Seams: l.Seams,
	}
	for _, h := range l.Holes {
		s.Holes = append(s.Holes, artwork.Hole{Centre: shape.Point{X: h.X, Y: h.Y}, Diameter: h.Diameter, KeepOut: h.Keep / 2})
	}
	engrave := artwork.Engrave(rgb(d.Mark))
	ink := func(c color.RGBA) artwork.Ink {
		if printed {
			return artwork.Mixed(rgb(c))
		}
		return engrave
	}
	for _, x := range l.Under {
		if printed || x.Ink == d.Mark { // a frame is cut, too
			s.Items = append(s.Items, artwork.Item{Outline: x.Outline, Ink: ink(x.Ink)})
		}
	}
	s.Items = append(s.Items, pictures...)
	for _, x := range l.Layers {
		s.Items = append(s.Items, artwork.Item{Outline: x.Outline, Ink: ink(x.Ink)})
	}
	code := engrave
	if l.Tile != nil { // a piece of its own, printed or fired
		s.Seams = append(s.Seams, *l.Tile)
		s.Items = append(s.Items, artwork.Item{Outline: shape.Rect(*l.Tile, 0), Ink: artwork.Mixed(artwork.RGB{R: 255, G: 255, B: 255})})
	}
	if printed || l.Tile != nil {
		code = artwork.Black()
	}
	s.Items = append(s.Items, artwork.Item{Outline: l.Code, Ink: code})
	return s
}

// Format is one kind of file of a plaque.
type Format string

// The files of each plaque.
const (
	SVG Format = "svg"
	PDF Format = "pdf"
	DXF Format = "dxf"
	PNG Format = "png"
)

// Files that some materials ask for; see [Plaque.Files].
const (
	MirrorPDF  Format = "mirror.pdf"
	Film       Format = "film.tif"
	MirrorFilm Format = "film-mirror.tif"
)

// name is what lists call a kind of file.
func (f Format) name() diag.Text {
	switch f {
	case MirrorPDF:
		return diag.Text{Zh: "反打 PDF mirrored", En: "PDF mirrored"}
	case Film:
		return diag.Text{Zh: "胶片 film", En: "film"}
	case MirrorFilm:
		return diag.Text{Zh: "胶片反像 film mirrored", En: "film mirrored"}
	}
	name := strings.ToUpper(string(f))
	return diag.Text{Zh: name, En: name}
}

// Formats lists the files of each plaque in the order of the manifest.
func Formats() []Format { return []Format{SVG, PDF, DXF, PNG} }

// Bytes makes one file of the plaque.
func (x *Drawn) Bytes(f Format) ([]byte, error) {
	switch f {
	case SVG:
		return x.Scene.SVG()
	case PDF:
		return x.Scene.PDF(artwork.Info{Title: x.Plaque.Code + " " + x.Plaque.Exhibit})
	case DXF:
		return x.Scene.DXF()
	case MirrorPDF:
		back := x.Scene
		back.Mirror = true
		return back.PDF(artwork.Info{Title: x.Plaque.Code + " " + x.Plaque.Exhibit})
	case Film, MirrorFilm:
		return x.film(f == MirrorFilm)
	}
	return x.Scene.PNG(artwork.View{DPI: previewDPI(x.Layout.W, x.Layout.H)})
}

// previewDPI keeps a preview near 800 px on its longer side, whatever the plaque's
// size.
func previewDPI(w, h float64) float64 {
	return min(300, max(20, 800*25.4/max(w, h)))
}

// readBack draws the code's part of the plaque and reads it.
func (x *Drawn) readBack() error {
	const px = 6 // a module
	img, err := x.CodePart(px)
	if err != nil {
		return err
	}
	text, err := qr.Read(img)
	switch {
	case err != nil: // a few of a thousand codes, in a ledger written by hand
		return &Fault{[]design.Problem{{Code: diag.PlaqueUnread, Args: []any{x.Plaque.Code}}}}
	case text != x.Plaque.Address:
		return fmt.Errorf("plaque %s: the code in the finished artwork reads %q, not %q", x.Plaque.Code, text, x.Plaque.Address)
	}
	return nil
}

// Modules is how many modules a side the code has.
func (x *Drawn) Modules() int { return int(math.Round(x.Layout.CodeBox.W / x.Layout.Module)) }

// CodePart draws the code with its quiet zone as it lies in the finished artwork, so many
// pixels a module, as luminance, and nothing else of it.
func (x *Drawn) CodePart(px int) (*image.Gray, error) {
	l := x.Layout
	k := float64(px) / l.Module // px a mm
	side := (x.Modules() + 2*design.Quiet) * px
	at := image.Pt(int(math.Round((l.CodeBox.X-design.Quiet*l.Module)*k)), int(math.Round((l.CodeBox.Y-design.Quiet*l.Module)*k)))
	img := image.NewRGBA(image.Rectangle{Min: at, Max: at.Add(image.Pt(side, side))})
	if err := x.Scene.Draw(img, artwork.View{DPI: k * 25.4, Backdrop: &artwork.RGB{R: 255, G: 255, B: 255}}); err != nil {
		return nil, err
	}
	// Luminance as color.GrayModel has it; package draw takes ten times as long for it.
	out := image.NewGray(image.Rect(0, 0, side, side))
	for i := range out.Pix {
		p := img.Pix[4*i : 4*i+3 : 4*i+3]
		out.Pix[i] = uint8((19595*uint32(p[0])*0x101 + 38470*uint32(p[1])*0x101 + 7471*uint32(p[2])*0x101 + 1<<15) >> 24)
	}
	return out, nil
}

// Once draws a plaque for the first file that needs it and forgets it after the last.
type Once struct {
	mu    sync.Mutex
	left  int
	drawn *Drawn
	err   error
	done  bool
}

// NewOnce is for a plaque that uses files will ask for.
func NewOnce(uses int) *Once { return &Once{left: uses} }

// Draw draws the plaque or returns what was drawn.
func (o *Once) Draw(p Plaque, d *design.Design) (*Drawn, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.done {
		o.drawn, o.err = Draw(p, d)
		o.done = true
	}
	x, err := o.drawn, o.err
	if o.left--; o.left <= 0 {
		o.drawn = nil
		o.done = false
	}
	return x, err
}

// FileName is what a file of a plaque is called.
func FileName(code string, f Format) string { return code + "." + string(f) }
