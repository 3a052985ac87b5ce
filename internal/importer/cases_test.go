package importer

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/testrun"
)

// TestCases imports files as editors have them, one after the other into one site: letterheads,
// drop caps, cropped pictures, forms, pages saved by several programs. What comes of each
// stands in testdata/cases.want.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/cases/*")
	if err != nil || len(files) < 25 {
		t.Fatal(files, err)
	}
	got := imported(t, empty(), Options{}, files)
	var rolls []string
	for _, f := range files {
		if name := filepath.Base(f); strings.HasPrefix(name, "d12") || strings.HasPrefix(name, "d21") {
			rolls = append(rolls, f)
		}
	}
	got += "\n#### --kind hero\n" + imported(t, empty(), Options{Kind: content.KindHero}, rolls)
	for _, secret := range []string{"530402", "139000", "家属不同意"} {
		if strings.Contains(got, secret) {
			t.Errorf("%s was taken", secret)
		}
	}
	testrun.Goldens(t, "testdata/*.want").Compare(t, "testdata/cases.want", got)
}

// imported tells all that comes of files: what is written, and what is said.
func imported(t *testing.T, site fstest.MapFS, o Options, files []string) string {
	t.Helper()
	o.Lang, o.Today = diag.Chinese, today
	plan, err := Make(site, files, o)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, s := range plan.Sources {
		fmt.Fprintf(&b, "\n== %s\n", filepath.Base(s.Name))
		if s.Err != nil {
			fmt.Fprintf(&b, "not imported: %s\n", s.Err.Text.Zh)
		}
		for _, e := range s.Log.Entries {
			fmt.Fprintf(&b, "%s: %s\n", e.Sort, e.Text.Zh)
		}
		for _, f := range s.Files {
			if strings.HasSuffix(f.Path, ".md") {
				fmt.Fprintf(&b, "-- %s (%s)\n%s", f.Path, f.State, f.Data)
			} else {
				fmt.Fprintf(&b, "-- %s (%s) %d bytes\n", f.Path, f.State, len(f.Data))
			}
		}
	}
	return b.String()
}
