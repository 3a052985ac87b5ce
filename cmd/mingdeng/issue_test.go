package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"mingdeng/internal/bench/synth"
	"mingdeng/internal/plaque/ledger"
)

// TestKilledIssue kills the program while it gives out codes: the ledger is whole, what it
// has stays, and the next run goes on with the others.
func TestKilledIssue(t *testing.T) {
	const exhibits = 130
	dir := t.TempDir()
	if err := synth.Park(dir, exhibits); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, filepath.FromSlash(ledger.Path))
	kept := func() []string {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		l, found := ledger.Parse(ledger.Path, b)
		if len(found) > 0 {
			t.Fatalf("%v in\n%s", found, b)
		}
		var out []string
		for _, e := range l.Entries() {
			out = append(out, e.Code+" "+e.Exhibit)
		}
		return out
	}
	args := []string{"-C", dir, "plaque", "issue", "--confirm-address", "lamp.h.cn"}
	cmd := command(t, args...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for written := error(os.ErrNotExist); written != nil && len(ended) == 0; time.Sleep(time.Millisecond) {
		_, written = os.Stat(file)
	}
	cmd.Process.Kill()
	if <-ended == nil {
		t.Log("it ended before it was killed")
	}
	before := kept()
	if len(before) == 0 {
		t.Fatal("nothing was kept")
	}
	// One that is killed while it writes leaves a file that keeps others away for a minute.
	if err := os.RemoveAll(filepath.Join(dir, "content", ".plaques.yaml.new")); err != nil {
		t.Fatal(err)
	}
	must(t, command(t, args...))
	after := kept()
	if len(after) != exhibits || !slices.Equal(after[:len(before)], before) {
		t.Errorf("%d codes, then %d", len(before), len(after))
	}
}
