package writer

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"mingdeng/internal/fingerprint"
	"mingdeng/internal/output"
)

// An Output that is to be made after another is made right after it; one that names none, or
// another that waits itself, in its own place. All are made once.
func TestAfter(t *testing.T) {
	var made []string
	plan := func(p, after string) output.Output {
		return output.Output{Path: p, After: after, Prepare: func() (fingerprint.Fingerprint, output.Fill, error) {
			made = append(made, p)
			return fingerprint.Sum([]byte(p)), func(w *bytes.Buffer) error { w.WriteString(p); return nil }, nil
		}}
	}
	f := open(t, t.TempDir())
	outs := []output.Output{
		plan("s/2", "b/index"), plan("s/1", "b/index"), plan("b/index", ""), plan("a/z", "c/index"), plan("c/index", ""),
		plan("s/3", "none"), plan("s/4", "s/1"), plan("b/other", ""), plan("s/5", "s/5"),
	}
	if _, err := f.Build(t.Context(), outs, Options{Workers: 1}); err != nil {
		t.Fatal(err)
	}
	want := "b/index s/1 s/2 b/other c/index a/z s/3 s/4 s/5"
	if got := strings.Join(made, " "); got != want {
		t.Errorf("made %s\nwant %s", got, want)
	}
	slices.Sort(made)
	if len(slices.Compact(made)) != len(outs) {
		t.Errorf("made %q", made)
	}
}
