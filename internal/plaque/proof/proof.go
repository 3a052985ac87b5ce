// Package proof puts the finished artwork of a code through what weather, light and
// hands do to it, and counts how often it still reads.
//
// Each trial is a photo that might be taken: drawn from the artwork itself, worsened
// in one way, and given to every [Reader] at hand. One run makes some 700 of them:
//
//	scale     3 to 10 pixels a module, at any phase of the pixel grid
//	blur      out of focus by 0.3 to 0.7 of a module (σ of a Gaussian)
//	tilt      seen 25° from the side, from all sides, in perspective
//	noise     σ of 10 to 40 of 255 levels, as in a photo at night
//	patch     5 to 12 % of the symbol's area hidden in one piece, anywhere off the
//	          finder patterns: a sticker, a leaf, a scratch
//	glare     a band of reflected light, up to 90 % white at its brightest
//	contrast  light to dark from 10:1 down to 3:1 in reflectance, under uneven light
//
// All trials but those of scale have 5 pixels a module, what a code of a tenth of the
// scanning distance gives in a phone's photo (3 is what good decoders need). The
// draws of chance are seeded by what the code says, so that a proof can be repeated.
//
// Where fewer passed than a plaque needs, and it may have been chance, as many trials are
// made again, up to a thousand, until it is plain: a code that reads 995 times of 1,000 is
// sound, and one time in ten fails twice in the first hundred.
//
// Rows that a plaque has to pass carry what they [Row.Need]; the others say where its
// limits lie, and some of their trials are meant to fail.
//
// Not here: whether a code is large enough for its distance and its material, which
// needs no trial; and the decoders themselves (package qr).
package proof

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"image"
	"math"
	"math/rand/v2"
	"slices"

	"mingdeng/internal/diag"
	"mingdeng/internal/rescue"
)

// Subject is the code to be tried.
type Subject struct {
	Text    string // what every reader must read
	Modules int    // a side, without the quiet zone
	Quiet   int    // modules of quiet zone that Draw draws around the code
	// Draw draws the code from the finished artwork, in its colours, with its quiet
	// zone, at so many pixels a module: Modules+2·Quiet modules a side.
	Draw func(px int) (image.Image, error)
}

// Report is what the trials of one code have shown.
type Report struct {
	Readers []string // names, in the order of Row.Results
	Rows    []Row
	// Sheet shows a photo of each row, one that failed where some did: framed green
	// where all passed with the first reader, amber where some did, red where none did.
	Sheet *image.RGBA
}

// Row is one kind of trial with one parameter.
type Row struct {
	Trial     diag.Text
	Parameter string  // such as "3 px", "25°", "9 %", "5:1"
	Need      float64 // the share that must pass with the first reader; 0: none
	Results   []Result
}

// Result counts the trials of one row with one reader. Misread are those that gave
// another text than the code's, which is worse than none.
type Result struct{ Passed, Misread, Total int }

// Holds reports whether the first reader passed as many trials as needed, and no
// reader misread any.
func (r Row) Holds() bool {
	for _, x := range r.Results {
		if x.Misread > 0 {
			return false
		}
	}
	first := r.Results[0]
	return float64(first.Passed) >= r.Need*float64(first.Total)
}

// Holds reports whether all rows hold.
func (r *Report) Holds() bool {
	for _, row := range r.Rows {
		if !row.Holds() {
			return false
		}
	}
	return true
}

// Run tries a code with each of the readers, of which there must be one at least:
// see [Readers]. An error comes from Draw or from a reader that failed to run; a code
// that cannot be read is none.
func Run(s Subject, readers ...Reader) (*Report, error) {
	if len(readers) == 0 {
		return nil, fmt.Errorf("proof of %s: no reader", s.Text)
	}
	st, err := newStudio(s)
	if err != nil {
		return nil, fmt.Errorf("proof of %s: %w", s.Text, err)
	}
	t := &trying{text: s.Text, studio: st, seed: sha256.Sum256([]byte(s.Text)), readers: readers,
		shown: make([]*image.Gray, len(kinds)), report: &Report{Rows: make([]Row, len(kinds))}}
	for _, reader := range readers {
		t.report.Readers = append(t.report.Readers, reader.Name())
	}
	var owner []int
	for i, k := range kinds {
		t.report.Rows[i] = Row{Trial: k.trial, Parameter: k.parameter, Need: k.need, Results: make([]Result, len(readers))}
		for range k.count {
			owner = append(owner, i)
		}
	}
	for first := uint64(0); len(owner) > 0; {
		if err := t.take(owner, first); err != nil {
			return nil, err
		}
		first += uint64(len(owner))
		owner = owner[:0]
		for i, row := range t.report.Rows {
			if row.Results[0].open(row.Need) {
				owner = append(owner, slices.Repeat([]int{i}, kinds[i].count)...)
			}
		}
	}
	t.report.Sheet = sheet(t.report, t.shown)
	return t.report, nil
}

// trying is one run.
type trying struct {
	text    string
	studio  *studio
	seed    [sha256.Size]byte
	readers []Reader
	report  *Report
	shown   []*image.Gray // of each row
}

// take takes a photo for each entry of owner, which names its row, and has all readers read
// them. first is how many were taken before.
func (t *trying) take(owner []int, first uint64) error {
	photos := make([]*image.Gray, len(owner))
	rescue.Each(len(owner), func(n int) {
		// Every photo has its own chance, so that they can be taken side by side.
		r := rand.New(rand.NewPCG(binary.LittleEndian.Uint64(t.seed[:8]), binary.LittleEndian.Uint64(t.seed[8:])+first+uint64(n)))
		photos[n] = kinds[owner[n]].take(t.studio, r)
	})
	for j, reader := range t.readers {
		texts, err := reader.Read(photos)
		if err != nil {
			return fmt.Errorf("proof of %s: %s: %w", t.text, reader.Name(), err)
		}
		for n, text := range texts {
			row := &t.report.Rows[owner[n]].Results[j]
			row.Total++
			failed := true
			switch text {
			case t.text:
				row.Passed++
				failed = false
			case "":
			default:
				row.Misread++
			}
			if shown := &t.shown[owner[n]]; j == 0 && (*shown == nil || failed && row.Total-row.Passed == 1) {
				*shown = photos[n]
			}
		}
	}
	return nil
}

// mostTrials is how many trials of a row are made at most before its share is the verdict.
const mostTrials = 1000

// open tells whether trials that fell short of a share may have done so by chance: then
// more are made. They are not, where so few passed that a code of just that share would do
// as badly once in two hundred times (the upper bound of Wilson's interval).
func (r Result) open(need float64) bool {
	n, p := float64(r.Total), float64(r.Passed)/float64(r.Total)
	if p >= need || r.Total >= mostTrials || need == 1 || r.Misread > 0 {
		return false
	}
	const z = 2.576
	upper := (p + z*z/(2*n) + z*math.Sqrt(p*(1-p)/n+z*z/(4*n*n))) / (1 + z*z/n)
	return upper >= need
}
