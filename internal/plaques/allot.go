package plaques

import (
	"context"
	"fmt"
	"image"
	"io"

	"mingdeng/internal/diag"
	"mingdeng/internal/plaque/code"
	"mingdeng/internal/plaque/ledger"
	"mingdeng/internal/plaque/proof"
	"mingdeng/internal/plaque/qr"
	"mingdeng/internal/project"
	"mingdeng/internal/rescue"
)

// batch is how many codes are tried and kept together: enough that starting another
// program to read them costs little, few enough that somebody who waits sees them come.
const batch = 40

// allot gives codes to the plan's exhibits and keeps each batch in the ledger before the next
// is drawn: whoever ends it, in whatever way, has lost none that was told to keep. What is
// kept is told to progress, and returned beside an error too.
func (p IssuePlan) allot(ctx context.Context, book *ledger.Ledger, write func() error, entry ledger.Entry, random io.Reader, progress func(done, total int)) ([]ledger.Entry, *diag.Finding, error) {
	var kept []ledger.Entry
	taken := map[string]bool{}
	for _, e := range book.Entries() {
		taken[e.Code] = true
	}
	for total := len(p.Exhibits); len(kept) < total; progress(len(kept), total) {
		if ctx.Err() != nil {
			return kept, nil, ctx.Err()
		}
		next := p.Exhibits[len(kept):min(len(kept)+batch, total)]
		codes, err := code.Allot(random, p.length, len(next), func(c string) bool { return taken[c] }, func(codes []string) ([]bool, error) { return readClean(p.Address, codes) })
		if err != nil {
			return kept, nil, fmt.Errorf("%s: %w", p.Address, err)
		}
		entries := make([]ledger.Entry, len(next))
		for i, c := range codes {
			taken[c] = true
			entry.Code, entry.Exhibit = c, next[i]
			entries[i] = entry
		}
		if f := book.Add(entries...); f != nil {
			return kept, f, project.ErrFindings
		}
		if err := write(); err != nil {
			return kept, nil, err
		}
		kept = append(kept, entries...)
	}
	return kept, nil, nil
}

// readClean tells of which codes every decoder at hand reads the symbol. The error is that
// of a decoder that cannot run.
func readClean(base string, codes []string) ([]bool, error) {
	clean := make([]bool, len(codes))
	symbols := make([]*qr.Symbol, len(codes))
	rescue.Each(len(codes), func(i int) {
		address, err := qr.Address(base, codes[i])
		if err != nil {
			return
		}
		s, err := qr.Encode(address)
		if err == nil && qr.ReadsClean(s) == nil {
			clean[i], symbols[i] = true, s
		}
	})
	var pictures []*image.Gray
	var owner []int
	for i, s := range symbols {
		if s == nil {
			continue
		}
		for _, img := range s.CleanPictures() {
			pictures, owner = append(pictures, img), append(owner, i)
		}
	}
	for _, r := range proof.Readers() {
		if _, own := r.(proof.Gozxing); own { // it has read them above, in both its ways
			continue
		}
		texts, err := r.Read(pictures)
		if err != nil {
			return nil, err
		}
		for n, text := range texts {
			if i := owner[n]; text != symbols[i].Text {
				clean[i] = false
			}
		}
	}
	return clean, nil
}
