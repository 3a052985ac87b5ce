package scaffold

import (
	"embed"
	"io/fs"
	"os"
	"path"
	"strings"

	"mingdeng/internal/content"
)

//go:embed theme
var themeFiles embed.FS

// Theme writes the three files of a new theme, laid over lamplight, into themes/NAME below
// root, and returns their paths. It never overwrites: fs.ErrExist is returned where one is
// there already. A name that is no slug is [ErrName].
func Theme(root *os.Root, name string) ([]string, error) {
	if !content.ValidSlug(name) {
		return nil, ErrName
	}
	if _, err := root.Lstat(path.Join("themes", name)); err == nil {
		return nil, fs.ErrExist
	}
	var made []string
	for _, f := range []struct{ from, to string }{
		{"theme.yaml", "theme.yaml"}, {"colours.css", "styles/" + name + ".css"}, {"words.yaml", "i18n/zh-Hans.yaml"},
	} {
		text, err := themeFiles.ReadFile("theme/" + f.from)
		if err != nil {
			return made, err
		}
		p := path.Join("themes", name, f.to)
		if err := root.MkdirAll(path.Dir(p), 0o755); err != nil {
			return made, err
		}
		if err := create(root, p, []byte(strings.ReplaceAll(string(text), "NAME", name))); err != nil {
			return made, err
		}
		made = append(made, p)
	}
	return made, nil
}
