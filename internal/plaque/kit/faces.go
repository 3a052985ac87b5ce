package kit

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"mingdeng/internal/drawing/fonts"
	"mingdeng/internal/drawing/typeset"
	"mingdeng/internal/fingerprint"
)

// Faces are the fonts that designs may name: serif and kai, which the program brings,
// and those of the theme's fonts folder by their file names without ending.
type Faces struct {
	own    map[string]*typeset.Face
	digest fingerprint.Fingerprint
}

// FontError says that a font file of the theme cannot be used.
type FontError struct {
	File string // in the theme
	Err  error
}

func (e *FontError) Error() string { return fmt.Sprintf("%s: %v", e.File, e.Err) }
func (e *FontError) Unwrap() error { return e.Err }

// OpenFaces opens the fonts of a theme (OTF or TTF). fsys is rooted at the theme.
func OpenFaces(fsys fs.FS) (*Faces, error) {
	f := &Faces{own: map[string]*typeset.Face{}}
	files, err := fs.Glob(fsys, "fonts/*.[ot]tf")
	if err != nil {
		return nil, err
	}
	var h fingerprint.Hasher
	for _, name := range files {
		b, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, &FontError{name, err}
		}
		face, err := typeset.Open(b)
		if err != nil {
			return nil, &FontError{name, err}
		}
		f.own[strings.TrimSuffix(path.Base(name), path.Ext(name))] = face
		h.Bytes([]byte(name))
		h.Bytes(b)
	}
	f.digest = h.Sum()
	return f, nil
}

// Fingerprint stands for the fonts of the theme; those of the program come with it.
func (f *Faces) Fingerprint() fingerprint.Fingerprint {
	if f == nil {
		return fingerprint.Sum(nil)
	}
	return f.digest
}

// Names lists the fonts of the theme.
func (f *Faces) Names() []string { return slices.Sorted(maps.Keys(f.own)) }

// Face returns a font by its name, serif where there is none of that name: designs are
// checked before they get here.
func (f *Faces) Face(name string) *typeset.Face {
	if f != nil && f.own[name] != nil {
		return f.own[name]
	}
	if name == "kai" {
		return fonts.Kai()
	}
	return fonts.Serif()
}
