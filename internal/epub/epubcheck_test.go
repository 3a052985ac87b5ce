package epub

import (
	"os"
	"path/filepath"
	"testing"

	"mingdeng/internal/testrun"
)

func TestEpubcheck(t *testing.T) {
	for name, b := range map[string]*Book{"small": small(), "nasty": nasty(t)} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), name+".epub")
			if err := os.WriteFile(file, write(t, b), 0o644); err != nil {
				t.Fatal(err)
			}
			testrun.Epubcheck(t, file)
		})
	}
}
