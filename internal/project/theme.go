package project

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"mingdeng/internal/card"
	"mingdeng/internal/content"
	"mingdeng/internal/cover"
	"mingdeng/internal/diag"
	"mingdeng/internal/drawing/artwork"
	"mingdeng/internal/han"
	"mingdeng/internal/pages"
	"mingdeng/internal/plaque/design"
	"mingdeng/internal/plaque/kit"
	"mingdeng/internal/render"
	"mingdeng/internal/site"
	"mingdeng/internal/theme"
	"mingdeng/internal/theme/layered"
)

// Bundle is all that a theme brings.
type Bundle struct {
	Theme   *theme.Theme              // nil where it is broken
	Designs map[string]*design.Design // of plaques, by name
	Faces   *kit.Faces
	Binding render.Binding // of books
	Palette card.Palette   // of share cards

	name  string   // as site.yaml has it
	langs []string // those that were wanted
}

// fits tells whether this is the bundle that a site's settings ask for.
func (b Bundle) fits(config *content.Site) bool {
	return b.Theme != nil && b.name == config.Theme && slices.Equal(b.langs, languages(config))
}

// sameTheme tells whether two states of a site's settings ask for the same bundle.
func sameTheme(a, b *content.Site) bool {
	return a.Theme == b.Theme && slices.Equal(languages(a), languages(b))
}

// loadBundle loads the theme the site names, with its plaque designs and covers.
func loadBundle(fsys, builtin fs.FS, config *content.Site) (Bundle, []diag.Finding) {
	known, ok, keep := kept(fsys, builtin, config)
	if ok {
		return known, nil
	}
	name := config.Theme
	if name == "" {
		name = defaultTheme
	}
	files, found := openTheme(fsys, builtin, name, func(names []string) diag.Finding {
		return diag.ThemeMissing.At(config.Path, config.Places.At("theme"), name, strings.Join(names, ", ")).Replace(name, han.Nearest(name, names))
	})
	if len(found) > 0 {
		return Bundle{}, found
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
	drawn := config.Cards != "" && config.Cards != content.NoCards || config.Keepsakes != nil
	if len(lacks) > 0 && look != nil && drawn {
		names := strings.Join(lacks, ", ")
		found = append(found, diag.ThemeFile.At(files.Path("theme.yaml"), diag.Pos{},
			"分享图要用样式表里的颜色 "+names+"（写成 --night: #14171c），没有找到", "share cards are drawn in the style sheets' colours "+names+" (--night: #14171c), which are not there"))
	}
	b := Bundle{look, designs, faces, binding, palette, config.Theme, languages(config)}
	if len(found) == 0 {
		keep(b)
	}
	return b, found
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
			return all, []diag.Finding{missing(ThemeNames(fsys, builtin))}
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
		_, builtIn := themeFolder(nil, builtin, base, true)
		if depth == deepestTheme || base == name && (below || !builtIn) {
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

// ThemeNames lists the themes that a site can name: its own in themes/ and those built in.
func ThemeNames(fsys, builtin fs.FS) []string {
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
