package generate

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mingdeng/internal/diag"
	"mingdeng/internal/project"
	"mingdeng/themes"
)

// trap is a folder of themes that panics when a file of it is opened.
type trap struct {
	fs.FS
	file string
}

func (f trap) Open(name string) (fs.File, error) {
	if strings.HasSuffix(name, f.file) {
		panic("out of the trap")
	}
	return f.FS.Open(name)
}

// A panic within the stages is one finding with a hint; the site stays as it was.
func TestPanicIsAFinding(t *testing.T) {
	dir, _, err := buildArchive(t, "testdata/golden/all-kinds.txtar")
	if err != nil {
		t.Fatal(err)
	}
	before := madeIn(t, filepath.Join(dir, "public"))
	for _, file := range []string{"theme.yaml", "templates/hero.html", "i18n/zh-Hans.yaml", "plaques/tag.yaml"} {
		o := project.Options{Root: dir, Out: "public", Themes: trap{themes.FS, file}}
		for name, do := range map[string]func(context.Context, project.Options) (Result, error){"build": Run, "check": Check} {
			r, err := do(t.Context(), o)
			if !errors.Is(err, project.ErrFindings) {
				t.Fatalf("%s, %s: %v", name, file, err)
			}
			n := slices.IndexFunc(r.Findings, func(f diag.Finding) bool { return f.Code.ID == diag.Internal.ID })
			if n < 0 {
				t.Fatalf("%s, %s: told as %v", name, file, r.Findings)
			}
			for _, lang := range []diag.Lang{diag.Chinese, diag.English} {
				words := r.Findings[n].Message(lang) + r.Findings[n].Hint(lang)
				if !strings.Contains(words, "out of the trap") || !strings.Contains(words, "internal/generate/crash_test.go:") || strings.Contains(words, "goroutine") || strings.Contains(words, "\n") {
					t.Errorf("%s, %s: told as %q", name, file, words)
				}
			}
		}
	}
	if d := unlike(madeIn(t, filepath.Join(dir, "public")), before); d != "" {
		t.Errorf("the site has changed:\n%s", d)
	}
}
