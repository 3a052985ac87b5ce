package writer

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"mingdeng/internal/output"
)

// What a build leaves is there for the next one, as long as builds leave it, and a
// build that fails takes nothing away.
func TestLeave(t *testing.T) {
	dir := t.TempDir()
	build := func(outs []output.Output, leave map[string]Leave) (was string, err error) {
		t.Helper()
		f, err := Open(context.Background(), dir, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		was = string(f.LeftBy("index"))
		_, err = f.Build(context.Background(), outs, Options{Leave: leave})
		return was, err
	}
	leave := func(s string, same bool) map[string]Leave {
		return map[string]Leave{"index": func() ([]byte, bool) { return []byte(s), same }}
	}
	for i, step := range []struct {
		outs  []output.Output
		leave map[string]Leave
		want  string // what the step finds
		fails bool
	}{
		{nil, leave("one", false), "", false},
		{nil, leave("two", false), "one", false},
		{nil, leave("", true), "two", false},
		{[]output.Output{{Path: "../x"}}, leave("bad", false), "two", true},
		{nil, nil, "two", false},
		{nil, nil, "", false},
	} {
		was, err := build(step.outs, step.leave)
		if was != step.want || (err != nil) != step.fails {
			t.Errorf("step %d: found %q, want %q; %v", i, was, step.want, err)
		}
	}
	if _, err := os.Lstat(filepath.Join(dir, leftDir, "index")); !os.IsNotExist(err) {
		t.Errorf("nothing was to be left: %v", err)
	}
}
