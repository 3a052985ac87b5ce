package generate

import (
	"path/filepath"
	"testing"
)

// TestWithin: nothing is built among the site's own files, nor over a whole disk (on Windows
// -o C:\ was taken for a folder once).
func TestWithin(t *testing.T) {
	root := t.TempDir()
	disk := filepath.VolumeName(root) + string(filepath.Separator)
	for out, want := range map[string]bool{
		disk: true, root: true, filepath.Join(root, "content"): true, filepath.Join(root, "content", "x"): true, filepath.Join(root, "themes"): true,
		filepath.Join(root, "public"): false, filepath.Join(root, "contents"): false, filepath.Join(root, "..", "public"): false,
	} {
		if within(root, out) != want {
			t.Errorf("%s: %v", out, !want)
		}
	}
}
