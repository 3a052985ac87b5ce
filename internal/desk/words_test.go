package desk

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// Every word that a page or a handler asks for is there, in both languages.
func TestWords(t *testing.T) {
	asked := regexp.MustCompile(`(?:\bword\(|\{\{[^}]*\bt |\(t )"([a-z0-9.]+)"\)?[^+]`)
	done := regexp.MustCompile(`\.to\([^\n]*, "([a-z]+)"\)`)
	kept := regexp.MustCompile(`\.kept\("([a-z]+)"`)
	n := 0
	for _, pattern := range []string{"*.go", "assets/*.html"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			look := func(re *regexp.Regexp, prefix string) {
				for _, m := range re.FindAllSubmatch(b, -1) {
					key := prefix + string(m[1])
					if key[len(key)-1] == '.' {
						continue // its end follows at run time
					}
					n++
					if w, ok := words[key]; !ok || w.Zh == "" && w.En == "" {
						t.Errorf("%s: no words for %q", file, key)
					}
				}
			}
			look(asked, "")
			look(done, "done.")
			look(kept, "kept.")
		}
	}
	if n < 300 {
		t.Errorf("only %d words were looked for", n)
	}
}
