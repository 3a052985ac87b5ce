package desk

// scaleView is a plaque beside something whose size everybody knows, both in millimetres: the
// picture is as wide as it must be, and proportions are true.
type scaleView struct {
	Beside  string  // "hand", "person" or "door"
	W, H    float64 // of the whole picture
	BX, BY  float64 // where what stands beside it begins
	X, Y    float64 // the plaque's corner
	PW, PH  float64 // the plaque
	Ground  float64 // where the floor is; 0 for none
	Src     string  // of the plaque's picture; "" where it cannot be made
	Caption string
	Stroke  float64 // a line of the picture, mm
}

// The drawings beside a plaque, mm.
const (
	handWidth, handHeight     = 105, 190 // of a grown-up's, from the wrist to the finger's tip
	personWidth, personHeight = 480, 1700
	doorWidth, doorHeight     = 900, 2000
	eyes                      = 1500 // how high the middle of a plaque hangs
)

// newScale puts a plaque of w by h mm beside a hand, a person or a door, whichever is of its
// kind of size.
func newScale(w, h float64, src string) scaleView {
	s := scaleView{PW: w, PH: h, Src: src}
	long := max(w, h)
	if long <= 450 { // held in a hand, or touched
		const gap = 45
		s.Beside, s.H = "hand", max(h, handHeight)+2*gap
		s.W = handWidth + w + 3*gap
		s.BX, s.BY = gap, (s.H-handHeight)/2
		s.X, s.Y = 2*gap+handWidth, (s.H-h)/2
		s.Stroke = s.H / 300
		return s
	}
	const gap = 200
	bw, bh := float64(personWidth), float64(personHeight)
	if s.Beside = "person"; long > 1600 {
		s.Beside, bw, bh = "door", doorWidth, doorHeight
	}
	above := eyes - h/2 // between the plaque and the floor
	if above < 300 {
		above = 0 // so large that it stands there
	}
	s.Ground = max(bh, above+h) + gap
	s.H = s.Ground + gap/2
	s.W = bw + w + 3*gap
	s.BX, s.BY = gap, s.Ground-bh
	s.X, s.Y = 2*gap+bw, s.Ground-above-h
	s.Stroke = s.H / 300
	return s
}
