package build

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"mingdeng/internal/content"
	"mingdeng/internal/cover"
	"mingdeng/internal/diag"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/han"
	"mingdeng/internal/output"
	"mingdeng/internal/pages"
	"mingdeng/internal/plaque/design"
	"mingdeng/internal/plaque/kit"
	"mingdeng/internal/render"
	"mingdeng/internal/site"
	"mingdeng/internal/theme"
)

// settle is how old a file's time of change must be before the time alone says
// that the file has not changed: file systems count in steps of up to 2 s (FAT).
const settle = 2 * time.Second

// digest is the fingerprint of all that a build depends on, taken from sizes and
// times of change without opening a file. It is zero, which never matches, while
// a file is too fresh to trust its time.
//
// Paths go into the hash and nowhere else: the state must not name people who
// are withheld.
func digest(fsys fs.FS, tree *content.Tree, o Options) fingerprint.Fingerprint {
	var h fingerprint.Hasher
	h.Bytes(o.Program[:])
	h.Bytes([]byte(o.BaseURL))
	h.Bytes([]byte{flag(o.Drafts)})
	h.Bytes([]byte(o.Today.String()))
	h.Bytes([]byte(o.Since.String()))
	h.Bytes(binary.AppendVarint(nil, int64(o.StartAt)))
	fresh := time.Now().Add(-settle)
	add := func(f content.FileInfo) bool {
		h.Bytes([]byte(f.Path))
		h.Bytes(binary.AppendVarint(nil, f.Size))
		h.Bytes(binary.AppendVarint(nil, f.ModTime.UnixNano()))
		return f.ModTime.Before(fresh)
	}
	for _, f := range tree.Files {
		if !add(f) {
			return fingerprint.Fingerprint{}
		}
	}
	settled := true
	err := fs.WalkDir(fsys, "themes", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := fs.Stat(fsys, p)
		if err != nil {
			return err
		}
		settled = settled && add(content.FileInfo{Path: p, Size: info.Size(), ModTime: info.ModTime()})
		return nil
	})
	if !settled {
		return fingerprint.Fingerprint{}
	}
	if err != nil {
		h.Bytes([]byte("no themes of its own"))
	}
	return h.Sum()
}

func flag(b bool) byte {
	if b {
		return 1
	}
	return 0
}

// looks is all that a theme brings.
type looks struct {
	name    string   // as site.yaml has it
	langs   []string // those that were wanted
	theme   *theme.Theme
	designs map[string]*design.Design // of plaques, by name
	faces   *kit.Faces
	binding render.Binding // of books
}

// fits tells whether these are the looks that a site's settings ask for.
func (l looks) fits(config *content.Site) bool {
	return l.theme != nil && l.name == config.Theme && slices.Equal(l.langs, languages(config))
}

// sameTheme tells whether two states of a site's settings ask for the same looks.
func sameTheme(a, b *content.Site) bool {
	return a.Theme == b.Theme && slices.Equal(languages(a), languages(b))
}

// loadTheme loads the theme the site names: its own in themes/NAME, else one that
// is built in; with the theme come its plaque designs.
func loadTheme(fsys, builtin fs.FS, config *content.Site) (looks, []diag.Finding) {
	name := config.Theme
	if name == "" {
		name = "lamplight"
	}
	dir := path.Join("themes", name)
	if content.ValidSlug(name) {
		for _, try := range []struct {
			fsys fs.FS
			dir  string
		}{{fsys, dir}, {builtin, name}} {
			if info, err := fs.Stat(try.fsys, try.dir); err == nil && info.IsDir() {
				sub, err := fs.Sub(try.fsys, try.dir)
				if err != nil {
					continue
				}
				look, found := theme.Load(sub, dir, pages.Views(), languages(config)...)
				faces, err := kit.OpenFaces(sub)
				var bad *kit.FontError
				if errors.As(err, &bad) {
					found = append(found, diag.PlaqueDesign.At(path.Join(dir, bad.File), diag.Pos{}, "字体打不开（要 OTF 或 TTF）："+bad.Err.Error(), "the font cannot be opened (OTF or TTF is needed): "+bad.Err.Error()))
					faces = &kit.Faces{}
				}
				designs, more := design.Load(sub, dir, faces.Names()...)
				found = append(found, more...)
				binding, more := bindingOf(sub, builtin, dir, faces)
				return looks{config.Theme, languages(config), look, designs, faces, binding}, append(found, more...)
			}
		}
	}
	names := themeNames(fsys, builtin)
	return looks{}, []diag.Finding{diag.ThemeMissing.At(config.Path, config.Places.At("theme"), name, strings.Join(names, ", ")).
		Replace(name, han.Nearest(name, names))}
}

func languages(config *content.Site) []string {
	var out []string
	for _, tag := range site.Tags(config) {
		out = append(out, string(tag))
	}
	return out
}

// bindingOf is how the theme binds books; what it does not say, lamplight does.
func bindingOf(fsys, builtin fs.FS, dir string, faces *kit.Faces) (render.Binding, []diag.Finding) {
	b := render.Binding{Faces: faces, Covers: map[string]*cover.Painter{}}
	covers, found := design.LoadCovers(fsys, dir, faces.Names()...)
	b.Style, _ = fs.ReadFile(fsys, "book/ebook.css") // package epub has one
	if covers["cover"] == nil && builtin != nil && len(found) == 0 {
		if sub, err := fs.Sub(builtin, "lamplight"); err == nil {
			covers, found = design.LoadCovers(sub, "lamplight")
		}
	}
	for name, c := range covers {
		b.Covers[name] = cover.NewPainter(c)
	}
	return b, found
}

func themeNames(fsys, builtin fs.FS) []string {
	var names []string
	for _, at := range []struct {
		fsys fs.FS
		dir  string
	}{{fsys, "themes"}, {builtin, "."}} {
		entries, _ := fs.ReadDir(at.fsys, at.dir)
		for _, e := range entries {
			if e.IsDir() && !slices.Contains(names, e.Name()) {
				names = append(names, e.Name())
			}
		}
	}
	slices.Sort(names)
	return names
}

// asset is a file of the theme as an output.
func asset(a theme.Asset) output.Output {
	return output.Output{Path: a.Path, Prepare: func() (fingerprint.Fingerprint, func(*bytes.Buffer) error, error) {
		return fingerprint.Sum(a.Bytes), func(w *bytes.Buffer) error {
			w.Write(a.Bytes)
			return nil
		}, nil
	}}
}
