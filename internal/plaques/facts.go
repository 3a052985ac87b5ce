package plaques

import (
	"sync"

	"mingdeng/internal/content"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/plaque/kit"
)

// What lists tell of a plaque takes all its files to find out. It is found out while the
// files are made, and remembered under the fingerprint of all they depend on: a list of a
// thousand plaques of which one has changed draws none of the others.

// known are the facts of one plaque as far as they are known.
type known struct {
	plaque *kit.Plaque
	key    fingerprint.Fingerprint
	memory content.Memory // nil for none

	mu    sync.Mutex
	facts kit.Facts
}

// newKnown is for a plaque of that fingerprint. A program that is not known remembers
// nothing: another one may draw otherwise.
func newKnown(p *kit.Plaque, print, program fingerprint.Fingerprint, memory content.Memory) *known {
	k := &known{plaque: p, key: fingerprint.Sum([]byte("plaque facts"), print[:], program[:]), memory: memory}
	if program.IsZero() {
		k.memory = nil
	}
	if k.memory == nil {
		return k
	}
	if b, ok := k.memory.Recall(k.key); ok { // also says that it is still of use
		var f kit.Facts
		if fingerprint.Unpack(b, &f) == nil && f.Whole(k.plaque) {
			k.facts = f
		}
	}
	return k
}

// made takes a file that was made of the drawn plaque.
func (k *known) made(x *kit.Drawn, f kit.Format, b []byte) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.facts.Whole(k.plaque) {
		return
	}
	if k.facts.Sums == nil {
		k.facts = x.Facts()
	}
	if f != kit.PNG {
		k.facts.Sums[f] = kit.SHA256(b)
	}
	k.remember()
}

// readBack tells whether the plaque's code has been read back from the drawing as it is: no
// file is made, and no facts are remembered, before that.
func (k *known) readBack() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.facts.Sums != nil
}

// facts tells of a plaque; what no file has told is drawn for it.
func (j *plaqueJob) facts() (kit.Facts, error) {
	k := j.known
	k.mu.Lock()
	defer k.mu.Unlock()
	if !k.facts.Whole(k.plaque) {
		f, err := kit.NewFacts(j.plaque, j.design)
		if err != nil {
			return f, err
		}
		k.facts = f
		k.remember()
	}
	return k.facts, nil
}

func (k *known) remember() {
	if k.memory != nil && k.facts.Whole(k.plaque) {
		k.memory.Remember(k.key, fingerprint.Pack(&k.facts))
	}
}
