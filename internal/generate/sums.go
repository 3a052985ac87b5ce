package generate

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"mingdeng/internal/rescue"
	"mingdeng/internal/writer"
)

// sums is the digest of all that a build left in the folder dir: the SHA-256 of the list
// that sha256sum prints of its files in order of path ("HEX  PATH" and a newline each,
// paths from the folder, compared byte by byte). Two folders that have the same hold the
// same files with the same bytes. Every file is read.
func sums(dir string, folder *writer.Folder) (string, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return "", err
	}
	defer root.Close()
	files := slices.Collect(folder.Files())
	lines := make([]string, len(files))
	errs := make([]error, len(files))
	rescue.Each(len(files), func(i int) {
		lines[i], errs[i] = sum(root, files[i].Path)
	})
	if err := errors.Join(errs...); err != nil {
		return "", err
	}
	all := sha256.New()
	for _, line := range lines {
		io.WriteString(all, line)
	}
	return hex.EncodeToString(all.Sum(nil)), nil
}

func sum(root *os.Root, path string) (string, error) {
	f, err := root.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return fmt.Sprintf("%x  %s\n", h.Sum(nil), path), nil
}
