// Package themes holds the looks that come with the program.
//
// A theme is a folder:
//
//	theme.yaml       its title, and which styles make which style sheet
//	templates/       one HTML template a file: hero.html, and partials such as pager.html
//	i18n/            the words of the interface, one language a file: zh-Hans.yaml, en.yaml
//	styles/          CSS, one subject a file; bundled, checked and minified
//	images/          pictures of the theme itself: icon.svg
//	book/            covers of books: cover.yaml, plate.yaml and their drawings; ebook.css
//
// A site brings its own by putting such a folder beside its content and naming it:
//
//	themes/my-theme/          what is to be other than in lamplight (theme.yaml: extends: lamplight)
//	content/site.yaml         theme: my-theme
//
// A theme in the site's folder comes before an embedded one of the same name, so
// that lamplight itself may be changed in themes/lamplight/, laid over the embedded one. What
// templates may say is told by package mingdeng/internal/theme, what they may show
// by package mingdeng/internal/pages; both are checked before any page is made.
package themes

import (
	"embed"

	"go.yaml.in/yaml/v4"
)

// FS holds the embedded themes, each a folder at its root.
//
//go:embed all:lamplight
var FS embed.FS

// Version is what the theme.yaml of an embedded theme gives as its version, or ""
// where there is no such theme.
func Version(name string) string {
	b, err := FS.ReadFile(name + "/theme.yaml")
	if err != nil {
		return ""
	}
	var about struct{ Version string }
	if yaml.Load(b, &about) != nil {
		return ""
	}
	return about.Version
}
