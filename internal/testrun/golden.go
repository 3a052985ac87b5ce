package testrun

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/diff"
)

// Golden is the golden files of one test.
type Golden struct {
	mu   sync.Mutex
	used map[string]bool
}

// Goldens are the files that a pattern names. When the test ends, a file that it did not
// compare is a failure: it would go on to hold what nobody checks.
func Goldens(t *testing.T, pattern string) *Golden {
	t.Helper()
	g := &Golden{used: map[string]bool{}}
	t.Cleanup(func() {
		if t.Failed() || t.Skipped() || strings.Contains(flag.Lookup("test.run").Value.String(), "/") {
			return // not all of the test was run
		}
		for _, file := range g.unused(pattern) {
			t.Errorf("%s belongs to no test: remove it", file)
		}
	})
	return g
}

func (g *Golden) unused(pattern string) []string {
	files, err := filepath.Glob(pattern)
	if err != nil {
		return []string{err.Error()}
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.DeleteFunc(files, func(f string) bool { return g.used[filepath.Clean(f)] })
}

// Compare compares a text with a golden file, and tells the lines that differ; with
// UPDATE=1 it writes the file.
func (g *Golden) Compare(t testing.TB, file, got string) {
	t.Helper()
	g.mu.Lock()
	g.used[filepath.Clean(file)] = true
	g.mu.Unlock()
	if err := compare(file, got); err != nil {
		t.Error(err)
	}
}

func compare(file, got string) error {
	want, err := os.ReadFile(file)
	if Update() {
		if err == nil && string(want) == got {
			return nil
		}
		return os.WriteFile(file, []byte(got), 0o644)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no %s: UPDATE=1 writes it", file)
	}
	if err != nil {
		return err
	}
	if d := Diff(got, string(want)); d != "" {
		return fmt.Errorf("not as %s says (UPDATE=1 writes it anew):\n%s", file, d)
	}
	return nil
}

// longest is how many lines of a diff are told.
const longest = 80

// Diff tells the lines in which two texts differ, with those around them; - was wanted, +
// came. A line of the wanted text that begins with == names the part below it; each
// group of lines is headed by its part. The end of a long diff is left out.
func Diff(got, want string) string {
	if got == want {
		return ""
	}
	lines := bytes.SplitAfter(diff.Diff("want", []byte(want), "got", []byte(got)), []byte("\n"))
	wanted := strings.Split(want, "\n")
	var b strings.Builder
	for i, line := range lines[min(3, len(lines)):] { // the names are told already
		if i == longest {
			fmt.Fprintf(&b, "… and %d lines more\n", len(lines)-3-i)
			break
		}
		if at, ok := bytes.CutPrefix(line, []byte("@@ -")); ok {
			number, _, _ := strings.Cut(string(at), ",")
			fmt.Fprintf(&b, "@@ line %s%s\n", number, part(wanted, number))
			continue
		}
		b.Write(line)
	}
	return b.String()
}

// part is the name of the part in which a line lies.
func part(lines []string, number string) string {
	n, err := strconv.Atoi(number)
	if err != nil {
		return ""
	}
	for i := min(n, len(lines)) - 1; i >= 0; i-- {
		if name, ok := strings.CutPrefix(lines[i], "== "); ok {
			return " of " + name
		}
	}
	return ""
}
