package content

import (
	"io/fs"
	"path"
	"strings"
)

// Texts is a site's folder of which only texts can be read: records, settings, the ledger, transcripts,
// and the theme. The stages that make pages are given it in the place of the folder, so that
// the bytes of a picture or recording beside a record cannot reach a file that is published
// but through package media, which writes them anew. Looking at names, sizes and times is
// not reading.
func Texts(fsys fs.FS) fs.FS { return texts{fsys} }

type texts struct{ fs.FS }

// readable tells whether a file is a text or the theme's.
func readable(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".yaml", ".yml", ".vtt", ".srt", ".txt":
		return true
	}
	return !strings.HasPrefix(name, Root+"/")
}

func notText(name string) error {
	return &fs.PathError{Op: "read", Path: name, Err: fs.ErrPermission}
}

func (t texts) Open(name string) (fs.File, error) {
	if !readable(name) {
		if info, err := fs.Stat(t.FS, name); err == nil && !info.IsDir() {
			return nil, notText(name)
		}
	}
	return t.FS.Open(name)
}

func (t texts) ReadFile(name string) ([]byte, error) {
	if !readable(name) {
		return nil, notText(name)
	}
	return fs.ReadFile(t.FS, name)
}

func (t texts) Stat(name string) (fs.FileInfo, error)      { return fs.Stat(t.FS, name) }
func (t texts) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(t.FS, name) }
