package held

import (
	"os"
	"path/filepath"
	"testing"
)

// Each way that this machine has keeps a file from being replaced and removed, and lets go.
func TestWays(t *testing.T) {
	found := false
	for _, dir := range []string{t.TempDir(), "/dev/shm"} {
		for i, way := range ways {
			f, err := os.CreateTemp(dir, "held")
			if err != nil {
				continue
			}
			f.Close()
			defer os.Remove(f.Name())
			release, err := way(f.Name())
			if err != nil {
				t.Logf("way %d in %s: %v", i, dir, err)
				continue
			}
			found = true
			other := filepath.Join(dir, filepath.Base(f.Name())+".new")
			os.WriteFile(other, nil, 0o644)
			if err := os.Rename(other, f.Name()); err == nil {
				t.Errorf("way %d: a held file was replaced", i)
			}
			if err := os.Remove(f.Name()); err == nil {
				t.Errorf("way %d: a held file was removed", i)
			}
			release()
			os.WriteFile(other, nil, 0o644)
			if err := os.Rename(other, f.Name()); err != nil {
				t.Errorf("way %d: %v, after it was let go", i, err)
			}
		}
	}
	if !found {
		Must(t, filepath.Join(t.TempDir(), "none"))
	}
}
