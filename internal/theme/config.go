package theme

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"mingdeng/internal/diag"
	"mingdeng/internal/frontmatter"
	"mingdeng/internal/han"
	"mingdeng/internal/theme/layered"
)

// config is theme.yaml.
type config struct {
	styles, scripts []bundle
}

// bundle is one style sheet or script and the files it is made of, in order.
type bundle struct {
	name  string // lamplight.css
	files []partRef
}

type partRef struct {
	name string // tokens.css, in styles/
	path string // of the theme.yaml that lists it
	pos  diag.Pos
}

// configKeys are the keys of theme.yaml. title, version and about are for people.
var configKeys = []string{"title", "version", "about", "licence", "extends", "styles", "scripts"}

// readConfig reads the theme.yaml of a theme and of those it extends. What a theme lists
// for a style sheet or script comes behind what the theme below it lists.
func readConfig(f layered.Folder) (config, []diag.Finding) {
	var all config
	var found []diag.Finding
	for _, l := range f.Layers() {
		c, faults := readOneConfig(l)
		found = append(found, faults...)
		all.styles = extend(all.styles, c.styles)
		all.scripts = extend(all.scripts, c.scripts)
	}
	return all, found
}

func extend(base, own []bundle) []bundle {
	out := slices.Clone(base)
	for _, b := range own {
		i := slices.IndexFunc(out, func(o bundle) bool { return o.name == b.name })
		if i < 0 {
			out = append(out, b)
			continue
		}
		out[i].files = slices.Concat(out[i].files, b.files)
	}
	return out
}

// Extends is the name of the theme that the theme.yaml of a folder says it is laid over,
// "" for none, and where it says so. What is wrong with the file is told by [Load].
func Extends(f layered.Folder) (name string, pos diag.Pos) {
	b, err := fs.ReadFile(f, "theme.yaml")
	if err != nil {
		return "", diag.Pos{}
	}
	root, _ := frontmatter.ParseYAML(b, func(string) bool { return false })
	for _, p := range root.Pairs {
		if p.Key == "extends" && p.Value.Kind == frontmatter.Scalar {
			return p.Value.Text, p.Value.Pos
		}
	}
	return "", diag.Pos{}
}

func readOneConfig(f layered.Folder) (config, []diag.Finding) {
	full := f.Path("theme.yaml")
	b, err := fs.ReadFile(f, "theme.yaml")
	if errors.Is(err, fs.ErrNotExist) {
		return config{}, []diag.Finding{diag.ThemeFile.At(full, diag.Pos{}, "缺少 theme.yaml", "theme.yaml is missing")}
	} else if err != nil {
		return config{}, []diag.Finding{diag.Unreadable.At(full, diag.Pos{}, err)}
	}
	root, found := frontmatter.ParseYAML(b, func(string) bool { return false })
	for i := range found {
		found[i].Path = full
	}
	fault := func(pos diag.Pos, zh, en string, args ...any) {
		found = append(found, diag.ThemeFile.At(full, pos, fmt.Sprintf(zh, args...), fmt.Sprintf(en, args...)))
	}
	var c config
	for _, p := range root.Pairs {
		switch p.Key {
		case "title", "version", "about", "licence", "extends":
			if p.Value.Kind != frontmatter.Scalar {
				fault(p.Value.Pos, "“%s”应是文字", "%q must be text", p.Key)
			}
		case "styles":
			c.styles = bundles(p.Value, full, ".css", fault)
		case "scripts":
			c.scripts = bundles(p.Value, full, ".js", fault)
		default:
			near := han.Nearest(p.Key, configKeys)
			if near == "" {
				near = "styles"
			}
			fault(p.Pos, "theme.yaml 没有“%s”这一项；想写的是“%s”吗？", "theme.yaml has no %q; did you mean %q?", p.Key, near)
		}
	}
	return c, found
}

// bundles reads what is made of which files. full is the path of theme.yaml, ext that of
// the names.
func bundles(n frontmatter.Node, full, ext string, fault func(pos diag.Pos, zh, en string, args ...any)) []bundle {
	var out []bundle
	for _, s := range n.Pairs {
		b := bundle{name: s.Key}
		if path.Base(s.Key) != s.Key || path.Ext(s.Key) != ext {
			fault(s.Pos, "“%s”的名字要像 lamplight%s", "%q must be named like lamplight%s", s.Key, ext)
		}
		for _, item := range s.Value.Items {
			b.files = append(b.files, partRef{item.Text, full, item.Pos})
		}
		if len(b.files) == 0 {
			fault(s.Pos, "“%s”要列出它的文件", "%q must list its files", s.Key)
		}
		out = append(out, b)
	}
	return out
}
