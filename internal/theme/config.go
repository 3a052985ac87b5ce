package theme

import (
	"errors"
	"fmt"
	"io/fs"
	"path"

	"mingdeng/internal/diag"
	"mingdeng/internal/frontmatter"
	"mingdeng/internal/han"
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
	pos  diag.Pos
}

// configKeys are the keys of theme.yaml. title, version and about are for people.
var configKeys = []string{"title", "version", "about", "licence", "styles", "scripts"}

func readConfig(fsys fs.FS, dir string) (config, []diag.Finding) {
	full := path.Join(dir, "theme.yaml")
	b, err := fs.ReadFile(fsys, "theme.yaml")
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
		case "title", "version", "about", "licence":
			if p.Value.Kind != frontmatter.Scalar {
				fault(p.Value.Pos, "“%s”应是文字", "%q must be text", p.Key)
			}
		case "styles":
			c.styles = bundles(p.Value, ".css", fault)
		case "scripts":
			c.scripts = bundles(p.Value, ".js", fault)
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

// bundles reads what is made of which files. ext is that of the names.
func bundles(n frontmatter.Node, ext string, fault func(pos diag.Pos, zh, en string, args ...any)) []bundle {
	var out []bundle
	for _, s := range n.Pairs {
		b := bundle{name: s.Key}
		if path.Base(s.Key) != s.Key || path.Ext(s.Key) != ext {
			fault(s.Pos, "“%s”的名字要像 lamplight%s", "%q must be named like lamplight%s", s.Key, ext)
		}
		for _, item := range s.Value.Items {
			b.files = append(b.files, partRef{item.Text, item.Pos})
		}
		if len(b.files) == 0 {
			fault(s.Pos, "“%s”要列出它的文件", "%q must list its files", s.Key)
		}
		out = append(out, b)
	}
	return out
}
