package search

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"mingdeng/internal/fingerprint"
	"mingdeng/internal/output"
)

// letter is the letter a reading begins with, or 0.
func letter(syllables []string) byte {
	if len(syllables) == 0 || syllables[0] == "" || syllables[0][0] < 'a' || syllables[0][0] > 'z' {
		return 0
	}
	return syllables[0][0]
}

// letterOutputs are the files of readings. Each line begins with the first syllable;
// after a tab each come the other syllables, parted by spaces, and the document's slot.
func (p *Plan) letterOutputs(dir string) []output.Output {
	byLetter := map[byte][]reading{}
	for _, d := range p.docs {
		for _, r := range d.Readings {
			c := letter(r)
			if c == 0 {
				continue // a name of signs alone: nobody types its reading
			}
			byLetter[c] = append(byLetter[c], reading{strings.ReplaceAll(r[0], "ü", "v"), strings.ReplaceAll(strings.Join(r[1:], " "), "ü", "v"), d.slot})
		}
	}
	var outs []output.Output
	for i := range len(p.Letters) {
		c := p.Letters[i]
		list := byLetter[c]
		slices.SortFunc(list, func(a, b reading) int {
			return cmp.Or(strings.Compare(a.first, b.first), strings.Compare(a.rest, b.rest), a.slot-b.slot)
		})
		outs = append(outs, output.Output{Path: dir + "p/" + string(c) + ".txt", Prepare: func() (fingerprint.Fingerprint, output.Fill, error) {
			var h fingerprint.Hasher
			for _, r := range list {
				h.String(r.first)
				h.String(r.rest)
				h.Uint64(uint64(r.slot))
			}
			return h.Sum(), func(w *bytes.Buffer) error { writeReadings(w, list); return nil }, nil
		}})
	}
	return outs
}

type reading struct {
	first, rest string
	slot        int
}

func writeReadings(w *bytes.Buffer, list []reading) {
	for i, r := range list {
		if i == 0 || r.first != list[i-1].first {
			if i > 0 {
				w.WriteByte('\n')
			}
			w.WriteString(r.first)
		}
		fmt.Fprintf(w, "\t%s %x", r.rest, r.slot)
	}
	w.WriteByte('\n')
}
