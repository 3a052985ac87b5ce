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
	bundles []bundle
}

// bundle is one style sheet and the files it is made of, in order.
type bundle struct {
	name  string // lamplight.css
	files []styleRef
}

type styleRef struct {
	name string // tokens.css, in styles/
	pos  diag.Pos
}

// configKeys are the keys of theme.yaml. title, version and about are for people.
var configKeys = []string{"title", "version", "about", "licence", "styles"}

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
			for _, s := range p.Value.Pairs {
				b := bundle{name: s.Key}
				if path.Base(s.Key) != s.Key || path.Ext(s.Key) != ".css" {
					fault(s.Pos, "样式表“%s”的名字要像 lamplight.css", "the style sheet %q must be named like lamplight.css", s.Key)
				}
				for _, item := range s.Value.Items {
					b.files = append(b.files, styleRef{item.Text, item.Pos})
				}
				if len(b.files) == 0 {
					fault(s.Pos, "样式表“%s”要列出它的文件", "the style sheet %q must list its files", s.Key)
				}
				c.bundles = append(c.bundles, b)
			}
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
