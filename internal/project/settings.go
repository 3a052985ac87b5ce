package project

import (
	"errors"
	"io/fs"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
)

// Settings reads site.yaml alone, for commands that need to know something before they
// build. What is wrong in it the build tells.
func Settings(o Options) (*content.Site, []diag.Finding, error) {
	root, err := OpenRoot(o.Root)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, []diag.Finding{NoSite()}, ErrFindings
	}
	if err != nil {
		return nil, nil, err
	}
	defer root.Close()
	texts := content.Texts(root.FS())
	tree, found := content.Scan(texts)
	if len(tree.Files) == 0 {
		return nil, append(found, NoSite()), ErrFindings
	}
	return content.ReadSite(texts, tree), found, nil
}
