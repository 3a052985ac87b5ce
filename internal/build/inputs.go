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

	"mingdeng/internal/card"
	"mingdeng/internal/content"
	"mingdeng/internal/cover"
	"mingdeng/internal/diag"
	"mingdeng/internal/drawing/artwork"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/han"
	"mingdeng/internal/output"
	"mingdeng/internal/pages"
	"mingdeng/internal/plaque/design"
	"mingdeng/internal/plaque/kit"
	"mingdeng/internal/render"
	"mingdeng/internal/site"
	"mingdeng/internal/theme"
	"mingdeng/internal/theme/layered"
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
	palette card.Palette   // of share cards
}

// fits tells whether these are the looks that a site's settings ask for.
func (l looks) fits(config *content.Site) bool {
	return l.theme != nil && l.name == config.Theme && slices.Equal(l.langs, languages(config))
}

// sameTheme tells whether two states of a site's settings ask for the same looks.
func sameTheme(a, b *content.Site) bool {
	return a.Theme == b.Theme && slices.Equal(languages(a), languages(b))
}

// loadTheme loads the theme the site names, with its plaque designs and covers.
func loadTheme(fsys, builtin fs.FS, config *content.Site) (looks, []diag.Finding) {
	name := config.Theme
	if name == "" {
		name = defaultTheme
	}
	files, found := openTheme(fsys, builtin, name, func(names []string) diag.Finding {
		return diag.ThemeMissing.At(config.Path, config.Places.At("theme"), name, strings.Join(names, ", ")).Replace(name, han.Nearest(name, names))
	})
	if len(found) > 0 {
		return looks{}, found
	}
	look, found := theme.Load(files, pages.Views(), languages(config)...)
	colours := func(name string) string {
		if look == nil {
			return ""
		}
		return look.Colour(name)
	}
	faces, err := kit.OpenFaces(files)
	var bad *kit.FontError
	if errors.As(err, &bad) {
		found = append(found, diag.PlaqueDesign.At(files.Path(bad.File), diag.Pos{}, "字体打不开（要 OTF 或 TTF）："+bad.Err.Error(), "the font cannot be opened (OTF or TTF is needed): "+bad.Err.Error()))
		faces = &kit.Faces{}
	}
	designs, more := design.Load(files, colours, faces.Names()...)
	found = append(found, more...)
	binding, more := bindingOf(files, builtin, colours, faces)
	found = append(found, more...)
	palette, lacks := paletteOf(colours)
	if len(lacks) > 0 && look != nil && config.Cards != "" && config.Cards != content.NoCards {
		names := strings.Join(lacks, ", ")
		found = append(found, diag.ThemeFile.At(files.Path("theme.yaml"), diag.Pos{},
			"分享图要用样式表里的颜色 "+names+"（写成 --night: #14171c），没有找到", "share cards are drawn in the style sheets' colours "+names+" (--night: #14171c), which are not there"))
	}
	return looks{config.Theme, languages(config), look, designs, faces, binding, palette}, found
}

// paletteOf are the colours of share cards, and the names of those that the theme lacks.
func paletteOf(colours design.Colours) (p card.Palette, lacks []string) {
	for _, c := range []struct {
		name string
		to   *artwork.RGB
	}{{"night", &p.Night}, {"glow", &p.Glow}, {"moon", &p.Moon}, {"moon-2", &p.Moon2}, {"flame", &p.Flame}} {
		rgb, ok := design.ParseColour(colours(c.name))
		if *c.to = (artwork.RGB{R: rgb.R, G: rgb.G, B: rgb.B}); !ok {
			lacks = append(lacks, "--"+c.name)
		}
	}
	return p, lacks
}

// defaultTheme is the theme of a site that names none, and the one that comes with the
// program.
const defaultTheme = "lamplight"

// deepestTheme is how many themes may be laid over each other.
const deepestTheme = 8

// openTheme opens the folder of a theme, the site's own in themes/NAME or else one that is
// built in, over those of the themes it extends. missing tells of a name that is no theme's.
func openTheme(fsys, builtin fs.FS, name string, missing func(names []string) diag.Finding) (layered.Folder, []diag.Finding) {
	var all layered.Folder
	below := false // what a theme extends under its own name is the built-in one
	for depth := 0; ; depth++ {
		one, ok := themeFolder(fsys, builtin, name, below)
		if !ok {
			return all, []diag.Finding{missing(themeNames(fsys, builtin))}
		}
		if depth == 0 {
			all = one
		} else {
			all = all.Over(one)
		}
		base, pos := theme.Extends(one)
		if base == "" {
			return all, nil
		}
		file := one.Path("theme.yaml")
		if depth == deepestTheme || below && base == name {
			return all, []diag.Finding{diag.ThemeFile.At(file, pos, "主题一层叠一层，叠回了自己", "these themes extend each other in a circle")}
		}
		missing = func(names []string) diag.Finding {
			return diag.ThemeMissing.At(file, pos, base, strings.Join(names, ", ")).Replace(base, han.Nearest(base, names))
		}
		below = base == name
		name = base
	}
}

// themeFolder finds the folder of one theme; below leaves out the site's own.
func themeFolder(fsys, builtin fs.FS, name string, below bool) (layered.Folder, bool) {
	if !content.ValidSlug(name) {
		return layered.Folder{}, false
	}
	dir := path.Join("themes", name)
	if !below {
		if info, err := fs.Stat(fsys, dir); err == nil && info.IsDir() {
			if sub, err := fs.Sub(fsys, dir); err == nil {
				return layered.Of(sub, dir), true
			}
		}
	}
	if builtin != nil {
		if info, err := fs.Stat(builtin, name); err == nil && info.IsDir() {
			if sub, err := fs.Sub(builtin, name); err == nil {
				return layered.Of(sub, dir), true
			}
		}
	}
	return layered.Folder{}, false
}

func languages(config *content.Site) []string {
	var out []string
	for _, tag := range site.Tags(config) {
		out = append(out, string(tag))
	}
	return out
}

// bindingOf is how the theme binds books; what it does not say, lamplight does.
func bindingOf(files layered.Folder, builtin fs.FS, colours design.Colours, faces *kit.Faces) (render.Binding, []diag.Finding) {
	b := render.Binding{Faces: faces, Covers: map[string]*cover.Painter{}}
	covers, found := design.LoadCovers(files, colours, faces.Names()...)
	b.Style, _ = fs.ReadFile(files, "book/ebook.css") // package epub has one
	if covers["cover"] == nil && builtin != nil && len(found) == 0 {
		if own, ok := themeFolder(nil, builtin, defaultTheme, true); ok {
			covers, found = design.LoadCovers(own, colours)
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
	return output.Ready(a.Path, fingerprint.Sum(a.Bytes), func(w *bytes.Buffer) error {
		w.Write(a.Bytes)
		return nil
	})
}
