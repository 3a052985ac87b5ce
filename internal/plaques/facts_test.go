package plaques

import (
	"bytes"
	"crypto/rand"
	"strings"
	"testing"

	"mingdeng/internal/diag"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/output"
	"mingdeng/internal/plaque/kit"
)

type notes map[fingerprint.Fingerprint][]byte

func (n notes) Recall(k fingerprint.Fingerprint) ([]byte, bool)  { b, ok := n[k]; return b, ok }
func (n notes) Remember(k fingerprint.Fingerprint, value []byte) { n[k] = bytes.Clone(value) }
func (n notes) Forget(k fingerprint.Fingerprint)                 { delete(n, k) }

// TestFactsAreRemembered: a list made of what is remembered is the list made by drawing, and
// nothing is drawn for it.
func TestFactsAreRemembered(t *testing.T) {
	o := park(t, 5)
	if _, err := Issue(t.Context(), o, nil, "lamp.h.cn", rand.Reader); err != nil {
		t.Fatal(err)
	}
	s, root, err := open(o)
	if err != nil || s.found.Errors() > 0 {
		t.Fatal(err, s.found.Sorted())
	}
	defer root.Close()
	memory := notes{}
	fill := func(x output.Output) string {
		prepare := x.Prepare
		if x.Last != nil {
			prepare = func() (fingerprint.Fingerprint, output.Fill, error) { return x.Last(nil) }
		}
		_, fill, err := prepare()
		var b bytes.Buffer
		if err == nil {
			err = fill(&b)
		}
		if err != nil {
			t.Fatal(x.Path, err)
		}
		return b.String()
	}
	lists := func(all bool) string {
		said := ""
		for _, x := range Outputs(s.Project, memory, &diag.List{}) {
			if list := strings.HasSuffix(x.Path, ".csv") || strings.HasSuffix(x.Path, installList); list || all && !strings.HasSuffix(x.Path, "sheet.pdf") {
				if made := fill(x); list {
					said += made
				}
			}
		}
		return said
	}
	want := lists(true)
	if len(memory) != 5 {
		t.Fatalf("%d of 5 are remembered", len(memory))
	}
	if got := lists(false); got != want {
		t.Error("lists differ where nothing is drawn")
	}
	for k, b := range memory { // what is not drawn is told as it is remembered
		var f kit.Facts
		if err := fingerprint.Unpack(b, &f); err != nil {
			t.Fatal(err)
		}
		f.Sums[kit.SVG] = "seen"
		memory[k] = fingerprint.Pack(&f)
	}
	if got := lists(false); strings.Count(got, "seen") != 5 {
		t.Error("plaques were drawn for a list all the same")
	}
	clear(memory)
	if lists(false) != want {
		t.Error("lists differ where nothing is remembered")
	}
}
