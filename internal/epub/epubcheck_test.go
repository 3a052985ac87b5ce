package epub

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// epubcheck runs the W3C's checker over a book, or skips the test where it is not
// installed (Debian: epubcheck). Any message above "usage" is a fault.
func epubcheck(t *testing.T, file string) {
	t.Helper()
	jar, err := exec.LookPath("epubcheck")
	java, jerr := exec.LookPath("java")
	if err != nil || jerr != nil {
		if os.Getenv("MINGDENG_REQUIRE_TOOLS") == "1" {
			t.Fatal("epubcheck and java are required here and not installed")
		}
		t.Skip("epubcheck is not installed: e-books are not checked by it")
	}
	// Debian's command is the jar itself, which not every kernel runs by its name.
	out, err := exec.Command(java, "-jar", jar, "--failonwarnings", file).CombinedOutput()
	if err != nil {
		t.Errorf("epubcheck: %v\n%s", err, out)
	}
}

func TestEpubcheck(t *testing.T) {
	for name, b := range map[string]*Book{"small": small(), "nasty": nasty(t)} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), name+".epub")
			if err := os.WriteFile(file, write(t, b), 0o644); err != nil {
				t.Fatal(err)
			}
			epubcheck(t, file)
		})
	}
}
