package kit

import (
	"bytes"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"math"

	"mingdeng/internal/diag"
	"mingdeng/internal/drawing/artwork"
	"mingdeng/internal/drawing/fonts"
	"mingdeng/internal/drawing/shape"
	"mingdeng/internal/drawing/typeset"
	"mingdeng/internal/plaque/design"
)

// Contact is every design of a theme with a site's own records, beside a person: to choose
// from, and to see how large each is.
type Contact struct {
	Title   string
	Designs []*Shown
}

// Shown is one plaque as it will look on its wall: cut to size, without marks and holes.
type Shown struct {
	Plaque Plaque
	Layout design.Layout
	Scene  artwork.Scene
}

// shownWidth is how wide a photo is made to be looked at, px.
const shownWidth = 800

// Look draws a plaque as it will look. Its code is not read back: what goes to a fabricator
// comes from [Draw]. Errors are [*Fault] and that of a photo.
func Look(p Plaque, d *design.Design) (*Shown, error) { return look(p, d, shownWidth) }

func look(p Plaque, d *design.Design, widest int) (*Shown, error) {
	trimmed := *d
	trimmed.Bleed = 0
	l, err := lay(p, &trimmed)
	if err != nil {
		return &Shown{Layout: l}, err
	}
	shown, err := pictures(l, p, widest)
	if err != nil {
		return &Shown{Layout: l}, err
	}
	s := scene(l, p, shown)
	for _, b := range s.Seams[:len(l.Seams)] { // where pieces meet one sees a line
		if b.X > 0 {
			s.Items = append(s.Items, artwork.Item{Outline: shape.Rect(shape.Box{X: b.X - 1, W: 2, H: b.H}, 0), Ink: artwork.Mixed(artwork.RGB{R: 0xB9, G: 0xB0, B: 0xA0})})
		}
	}
	for i := range s.Items { // plates are for fabricators, and one of them has one colour in a file
		s.Items[i].Ink = artwork.Mixed(s.Items[i].Ink.Display)
	}
	s.PrintPanel, s.Marks, s.Bleed, s.Cut, s.Holes, s.Seams = true, false, 0, artwork.Ink{}, nil, nil
	return &Shown{p, l, s}, nil
}

// figure is a person 1.7 m tall and 0.4 m wide, mm, from the top left corner: a head that
// overlaps its body.
func figure() (head, body shape.Outline) {
	const middle = 203
	at := func(side, x, y float64) shape.Point { return shape.Point{X: middle + side*x, Y: y} }
	// The right half from the neck down, then the left one from the crotch up.
	type step struct{ c1x, c1y, c2x, c2y, x, y float64 }
	half := []step{
		{26, 250, 66, 268, 112, 284}, {160, 302, 174, 356, 180, 430}, {0, 0, 0, 0, 200, 806}, {203, 856, 158, 862, 150, 816},
		{0, 0, 0, 0, 124, 500}, {0, 0, 0, 0, 120, 900}, {0, 0, 0, 0, 104, 1630}, {150, 1646, 152, 1684, 140, 1700}, {0, 0, 0, 0, 30, 1700},
		{0, 0, 0, 0, 26, 1630}, {0, 0, 0, 0, 9, 950},
	}
	c := shape.Contour{Start: at(1, 26, 206)}
	for _, s := range half {
		if s.c1x == 0 {
			c.Line(at(1, s.x, s.y))
		} else {
			c.Cubic(at(1, s.c1x, s.c1y), at(1, s.c2x, s.c2y), at(1, s.x, s.y))
		}
	}
	c.Line(at(-1, 9, 950))
	for i := len(half) - 1; i >= 0; i-- {
		to := step{x: 26, y: 206}
		if i > 0 {
			to = half[i-1]
		}
		if s := half[i]; s.c1x == 0 {
			c.Line(at(-1, to.x, to.y))
		} else {
			c.Cubic(at(-1, s.c2x, s.c2y), at(-1, s.c1x, s.c1y), at(-1, to.x, to.y))
		}
	}
	round := shape.Circle(shape.Point{}, 1).Map(func(p shape.Point) shape.Point {
		return shape.Point{X: middle + p.X*78, Y: 106 + p.Y*106}
	})
	return round, shape.Outline{c}
}

const (
	figureWidth, figureHeight = 406, 1700
	standing                  = 1700 // higher than this a design stands on the ground
	lower                     = 250  // mm from the ground to the lower edge of what stands on posts
	eyes                      = 1500 // how high the middle of the others hangs
)

// above is how high over the ground the lower edge of a design hangs, mm.
func above(h float64) float64 {
	switch {
	case h >= 2300:
		return lower
	case h >= standing:
		return 0
	}
	return max(lower, eyes-h/2)
}

func figureScene() *artwork.Scene {
	head, body := figure()
	grey := artwork.Mixed(artwork.RGB{R: 0x8B, G: 0x87, B: 0x80})
	return &artwork.Scene{W: figureWidth, H: figureHeight, Items: []artwork.Item{{Outline: head, Ink: grey}, {Outline: body, Ink: grey}}}
}

// words of a design under its picture.
func (x *Shown) words(l diag.Lang) (name, measures string) {
	d := x.Layout.Design
	if name = d.Title.In(l); name != d.Name {
		name += " " + d.Name
	}
	measures = fmt.Sprintf(diag.Text{Zh: "%g × %g 毫米", En: "%g × %g mm"}.In(l), round(x.Layout.W), round(x.Layout.H))
	if d.Distance > 0 {
		measures += fmt.Sprintf(diag.Text{Zh: "，%g 米处读", En: ", read from %g m"}.In(l), d.Distance)
	}
	measures += fmt.Sprintf(diag.Text{Zh: "，码宽 %g", En: ", code %g wide"}.In(l), round(x.Layout.CodeBox.W))
	return name, measures
}

// Of a contact sheet in PDF, mm: A3 lying on its side.
const (
	contactWidth, contactHeight = 420.0, 297.0
	contactMargin               = 14.0
	contactGap                  = 7.0
	largestScale, smallestScale = 20.0, 60.0 // 1 : 20 to 1 : 60, of the page that has them all
)

// PDF is a page with all designs to one scale beside a person, then a page of each.
func (c *Contact) PDF(l diag.Lang) ([]byte, error) {
	sheets := c.overview(l, 1.0/smallestScale)
	for n := largestScale; n < smallestScale; n++ { // the largest at which all stand on one page
		if one := c.overview(l, 1/n); len(one) == 1 {
			sheets = one
			break
		}
	}
	for _, x := range c.Designs {
		sheets = append(sheets, x.page(l))
	}
	return artwork.Sheets(sheets, artwork.Info{Title: c.Title})
}

// contactSheet is a page on a ground on which light panels show.
func contactSheet() artwork.Sheet {
	ground := &artwork.Scene{W: contactWidth, H: contactHeight, Panel: artwork.RGB{R: 0xE7, G: 0xE4, B: 0xDD}, PrintPanel: true}
	return artwork.Sheet{W: contactWidth, H: contactHeight, Placed: []artwork.Placed{{Scene: ground}}}
}

// overview sets all designs on lines of ground, each line with a person.
func (c *Contact) overview(l diag.Lang, k float64) []artwork.Sheet {
	const least, foot = 26.0, 18.0 // what a caption wants, wide and high
	width := func(x *Shown) float64 { return max(x.Layout.W*k, least) + contactGap }
	begin := contactMargin + figureWidth*k + contactGap
	var lines [][]*Shown
	x := contactWidth
	for _, d := range c.Designs {
		if x+width(d) > contactWidth-contactMargin+contactGap {
			lines, x = append(lines, nil), begin
		}
		lines[len(lines)-1] = append(lines[len(lines)-1], d)
		x += width(d)
	}
	var out []artwork.Sheet
	ground := contactHeight
	for _, line := range lines {
		tallest := float64(figureHeight)
		for _, d := range line {
			tallest = max(tallest, d.Layout.H+above(d.Layout.H))
		}
		if ground+tallest*k+foot > contactHeight-contactMargin {
			out = append(out, contactSheet())
			title := diag.Text{Zh: "版式样张　%s　同一比例（1 : %.0f），人高 1.7 米", En: "Designs  %s  to one scale (1 : %.0f), the person is 1.7 m tall"}.In(l)
			s := &out[len(out)-1]
			s.Text = append(s.Text, caption(fmt.Sprintf(title, c.Title, 1/k), contactMargin, contactMargin, contactWidth-2*contactMargin)...)
			ground = contactMargin + 10
		}
		s := &out[len(out)-1]
		ground += tallest * k
		s.Text = append(s.Text, shape.Rect(shape.Box{X: contactMargin, Y: ground, W: contactWidth - 2*contactMargin, H: 0.15}, 0)...)
		s.Placed = append(s.Placed, artwork.Placed{X: contactMargin, Y: ground - figureHeight*k, Scene: figureScene(), Scale: k})
		x := begin
		for _, d := range line {
			s.Placed = append(s.Placed, artwork.Placed{X: x, Y: ground - (d.Layout.H+above(d.Layout.H))*k, Scene: &d.Scene, Scale: k})
			name, measures := d.words(l)
			s.Text = append(s.Text, note(name+"\n"+measures, x, ground+2.5, width(d)-1.5)...)
			x += width(d)
		}
		ground += foot
	}
	return out
}

// note is small type on as many lines as it takes.
func note(text string, x, y, width float64) shape.Outline {
	block, err := typeset.Layout(text, typeset.Style{Face: fonts.Serif(), Size: 2.7, Measure: width, Leading: 1.4})
	if err != nil {
		return nil
	}
	return block.Outline().Place(1, x, y)
}

// page shows one design as large as the page allows, with a person to its scale where one has
// room.
func (x *Shown) page(l diag.Lang) artwork.Sheet {
	s := contactSheet()
	name, measures := x.words(l)
	s.Text = caption(name+"　"+measures, contactMargin, contactMargin, contactWidth-2*contactMargin)
	top := contactMargin + 10
	high, wide := contactHeight-top-contactMargin, contactWidth-2*contactMargin
	w, h, person := x.Layout.W, x.Layout.H, max(x.Layout.W, x.Layout.H) >= 500
	if person {
		w, h = w+figureWidth+300, max(h+above(h), figureHeight)
	}
	k := min(high/h, wide/w, 1.5)
	left := contactMargin
	ground := top + h*k
	y := ground - x.Layout.H*k
	if person {
		s.Placed = append(s.Placed, artwork.Placed{X: left, Y: ground - figureHeight*k, Scene: figureScene(), Scale: k})
		left += (figureWidth + 300) * k
		y -= above(x.Layout.H) * k
		s.Text = append(s.Text, shape.Rect(shape.Box{X: contactMargin, Y: ground, W: wide, H: 0.15}, 0)...)
	}
	s.Placed = append(s.Placed, artwork.Placed{X: left, Y: y, Scene: &x.Scene, Scale: k})
	return s
}

//go:embed contact.html
var contactSource string

var contactPage = template.Must(template.New("contact").Parse(contactSource))

// px is how many pixels of the page a millimetre takes where all stand to one scale.
const px = 0.16

type contactView struct {
	Lang, Title, Heading, Note, Large string
	Figure                            template.URL
	FigureW, FigureH                  float64
	Tallest                           float64
	Designs                           []contactDesign
}

type contactDesign struct {
	Name, Measures string
	W, H, Up       float64 // px, to one scale
	Wide           float64 // of its large picture, rem
	Small          template.URL
	SVG            template.URL
}

// HTML writes a page that needs nothing beside it.
func (c *Contact) HTML(w *bytes.Buffer, l diag.Lang) error {
	v := contactView{
		Lang: diag.Text{Zh: "zh-Hans", En: "en"}.In(l), Title: c.Title,
		Heading: diag.Text{Zh: "铭牌与展板的版式", En: "Designs of plaques and boards"}.In(l),
		Note:    diag.Text{Zh: "都用本站自己的内容，同一比例，人高 1.7 米", En: "with this site's own records, to one scale; the person is 1.7 m tall"}.In(l),
		Large:   diag.Text{Zh: "走近看", En: "Closer"}.In(l),
		FigureW: figureWidth * px, FigureH: figureHeight * px,
	}
	person, err := figureScene().SVG()
	if err != nil {
		return err
	}
	v.Figure = template.URL("data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString(person))
	for _, x := range c.Designs {
		svg, err := x.Scene.SVG()
		if err != nil {
			return err
		}
		small, err := x.Scene.PNG(artwork.View{DPI: max(2*px*25.4, 60*25.4/max(x.Layout.W, x.Layout.H)), Backdrop: &artwork.RGB{R: 255, G: 255, B: 255}})
		if err != nil {
			return err
		}
		name, measures := x.words(l)
		d := contactDesign{
			Name: name, Measures: measures, W: round(x.Layout.W * px), H: round(x.Layout.H * px), Up: round(above(x.Layout.H) * px),
			Wide:  round(min(70, 44*math.Sqrt(x.Layout.W/x.Layout.H))),
			Small: template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(small)),
			SVG:   template.URL("data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString(svg)),
		}
		v.Designs = append(v.Designs, d)
	}
	return contactPage.Execute(w, v)
}
