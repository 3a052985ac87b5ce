package scaffold

import (
	"embed"
	"errors"
	"io/fs"
	"os"
	"path"
	"strings"
	"sync"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
)

//go:embed all:starter
var starter embed.FS

// Guides are the files at the root of a new site that lead an editor through the first
// hour.
var Guides = diag.Text{Zh: "第一小时.md", En: "FIRST-HOUR.md"}

// Guide returns the first-hour guide: ten steps from the installed program to a printed
// plaque. Its commands stand in code blocks and are run by a test.
func Guide(l diag.Lang) string {
	b, err := starter.ReadFile("starter/" + Guides.In(l))
	if err != nil {
		return "" // the files are embedded
	}
	return string(b)
}

// Content is what a new site says.
var Content = sync.OnceValue(func() *content.Content {
	fsys, err := fs.Sub(starter, "starter")
	if err != nil {
		panic(err) // the name is a constant
	}
	tree, _ := content.Scan(fsys)
	c, _ := content.Load(fsys, tree)
	return c
})

// ErrNotEmpty says that the folder for a new site holds something already.
var ErrNotEmpty = errors.New("the folder is not empty")

// Site writes a small complete site into dir, which must be missing or empty.
func Site(dir string) error {
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return ErrNotEmpty
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	return fs.WalkDir(starter, "starter", func(p string, e fs.DirEntry, err error) error {
		rel := strings.TrimPrefix(strings.TrimPrefix(p, "starter"), "/")
		if err != nil || rel == "" {
			return err
		}
		if e.IsDir() {
			return root.MkdirAll(rel, 0o755)
		}
		b, err := starter.ReadFile(p)
		if err != nil {
			return err
		}
		return create(root, path.Clean(rel), b)
	})
}
