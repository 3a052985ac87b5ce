package testrun

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Of a long text the diff tells the few lines that differ, and in which part they stand.
func TestDiff(t *testing.T) {
	var b strings.Builder
	for page := range 40 {
		fmt.Fprintf(&b, "== page-%d.html\n", page)
		for line := range 30 {
			fmt.Fprintf(&b, "line %d of %d\n", line, page)
		}
	}
	want := b.String()
	got := strings.Replace(want, "line 12 of 7\n", "another\n", 1)
	got = strings.Replace(got, "line 29 of 33\n", "", 1)
	d := Diff(got, want)
	for _, line := range []string{" of page-7.html\n", "\n-line 12 of 7\n", "\n+another\n", " of page-33.html\n", "\n-line 29 of 33\n"} {
		if !strings.Contains(d, line) {
			t.Errorf("%q is not told", line)
		}
	}
	if n := strings.Count(d, "\n"); n > 20 {
		t.Errorf("two lines differ, %d are told:\n%s", n, d)
	}
	if d := Diff(want, want); d != "" {
		t.Errorf("the same text: %s", d)
	}
	if d := Diff("", want); strings.Count(d, "\n") > longest+1 || !strings.Contains(d, " lines more") {
		t.Errorf("of a lost text %d lines are told", strings.Count(d, "\n"))
	}
	for _, c := range [][2]string{{"a", "a\n"}, {"a\n", "a"}, {"", "a"}, {"a", ""}, {"\n", ""}} {
		if Diff(c[0], c[1]) == "" {
			t.Errorf("%q and %q are taken for the same", c[0], c[1])
		}
	}
}

func TestCompare(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "a.want")
	t.Setenv("UPDATE", "")
	if err := compare(file, "a\n"); err == nil || !strings.Contains(err.Error(), "UPDATE=1") {
		t.Errorf("a golden file that is missing: %v", err)
	}
	t.Setenv("UPDATE", "1")
	if err := compare(file, "a\n"); err != nil {
		t.Fatal(err)
	}
	t.Setenv("UPDATE", "")
	if err := compare(file, "a\n"); err != nil {
		t.Errorf("as it was written: %v", err)
	}
	if err := compare(file, "b\n"); err == nil || !strings.Contains(err.Error(), "-a\n+b\n") {
		t.Errorf("another text: %v", err)
	}
	if b, _ := os.ReadFile(file); string(b) != "a\n" {
		t.Errorf("a comparison wrote %q", b)
	}
}

func TestUnusedGoldens(t *testing.T) {
	dir := t.TempDir()
	pattern := filepath.Join(dir, "*.want")
	for _, name := range []string{"a.want", "b.want", "c.txt"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	g := &Golden{used: map[string]bool{}}
	g.Compare(t, filepath.Join(dir, "a.want"), "")
	if got := g.unused(pattern); !slices.Equal(got, []string{filepath.Join(dir, "b.want")}) {
		t.Errorf("unused: %v", got)
	}
}

// A flag that is given goes before the form; the form holds until the test ends.
func TestForm(t *testing.T) {
	t.Setenv("MINGDENG_LONG", "")
	if n := Of(3, 9); n != 3 {
		t.Errorf("short: %d", n)
	}
	t.Setenv("MINGDENG_LONG", "1")
	if n := Of(3, 9); n != 9 {
		t.Errorf("long: %d", n)
	}
}
