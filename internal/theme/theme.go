package theme

import (
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"

	"mingdeng/internal/diag"
	"mingdeng/internal/theme/compiled"
	"mingdeng/internal/theme/layered"
)

// Theme is a look that has been checked: it cannot fail while pages are made. It
// never changes and may be used from many goroutines.
type Theme struct {
	editions map[string]*Edition
	assets   []Asset
	hrefs    map[string]string
	colours  map[string]string // by name
}

// Edition is a theme in one language.
type Edition struct {
	words map[string]word
	pages map[string]page
}

type page struct {
	*compiled.Template
	digest [16]byte
	assets []string // paths of what it names
}

// Asset is a file of the theme. Its name tells its content, so it may be kept for
// ever; sw.js alone keeps its name.
type Asset struct {
	Path  string // css/lamplight.3f2a….css, relative to the site's root
	Bytes []byte
}

// Load reads and checks a theme, together with those it extends. views gives for each template the view it is
// executed with; only their types matter. langs are the languages wanted; none means
// all that the theme speaks. A theme that speaks zh-Hans speaks zh-Hant too: words that
// i18n/zh-Hant.yaml does not have are converted. All faults are told at once; with any
// error among them the theme is nil.
func Load(f layered.Folder, views map[string]any, langs ...string) (*Theme, []diag.Finding) {
	conf, found := readConfig(f)
	words, faults := readWords(f)
	if slices.Contains(langs, "zh-Hant") {
		words.convert()
	}
	found = append(found, faults...)
	sources, faults := readTemplates(f)
	found = append(found, faults...)
	a := readAssets(f, conf)
	found = append(found, a.found...)
	found = append(found, check(sources, views, words, a.hrefs, f)...)
	if failed(found) {
		return nil, found
	}
	b := newBuilder(sources, words, a.hrefs, views)
	t := &Theme{editions: map[string]*Edition{}, assets: a.list, hrefs: a.hrefs, colours: coloursOf(a.list)}
	for _, lang := range sortedKeys(words.langs) {
		if len(langs) > 0 && !slices.Contains(langs, lang) {
			continue
		}
		e, err := b.compile(lang)
		if err != nil {
			if faults := b.faults(); len(faults) > 0 {
				return nil, append(found, faults...)
			}
			return nil, append(found, diag.TemplateFault.At(f.Path("templates"), diag.Pos{}, err, ""))
		}
		t.editions[lang] = e
	}
	return t, found
}

func failed(found []diag.Finding) bool {
	return slices.ContainsFunc(found, func(f diag.Finding) bool { return f.Code.Severity == diag.Error })
}

// Edition returns the theme in a language (BCP 47, as in i18n/LANG.yaml), or nil
// where it does not speak it.
func (t *Theme) Edition(lang string) *Edition { return t.editions[lang] }

// Assets returns the style sheets and pictures, in a fixed order.
func (t *Theme) Assets() []Asset { return t.assets }

// Href returns the path of an asset by its plain name (lamplight.css, icon.svg),
// or "" where there is none.
func (t *Theme) Href(name string) string { return t.hrefs[name] }

// Colour returns the value of a custom property as the style sheets set it by daylight
// (#a8201a for "cinnabar"), or "" where it is no plain colour: for what is made of a
// theme's colours outside a browser. Daylight is what :root alone says, and says last.
func (t *Theme) Colour(name string) string { return t.colours[name] }

var property = regexp.MustCompile(`--([^\s:;{}]+):\s*(#[0-9a-fA-F]{6}|#[0-9a-fA-F]{3})(?:;|$)`)

// coloursOf reads the colours that the rules :root of the style sheets set, those within
// @media and the like aside. What an earlier sheet sets stays.
func coloursOf(assets []Asset) map[string]string {
	all := map[string]string{}
	for _, a := range assets {
		if path.Ext(a.Path) != ".css" {
			continue
		}
		own := map[string]string{}
		css, depth, rule := string(a.Bytes), 0, ""
		for {
			i := strings.IndexAny(css, "{}")
			if i < 0 {
				break
			}
			switch text := css[:i]; {
			case css[i] == '{':
				if depth++; depth == 1 {
					rule = strings.TrimSpace(text[strings.LastIndex(text, ";")+1:])
				}
			default:
				if depth == 1 && rule == ":root" {
					for _, m := range property.FindAllStringSubmatch(text, -1) {
						own[m[1]] = m[2]
					}
				}
				depth = max(0, depth-1)
			}
			css = css[i+1:]
		}
		for name, colour := range own {
			if all[name] == "" {
				all[name] = colour
			}
		}
	}
	return all
}

// Bytes returns an asset by its plain name, or nil.
func (t *Theme) Bytes(name string) []byte {
	for _, a := range t.assets {
		if a.Path == t.hrefs[name] {
			return a.Bytes
		}
	}
	return nil
}

// Execute writes the page of a view. It fails only where w does, or where the view
// is not of the type that was given to Load.
func (e *Edition) Execute(w io.Writer, name string, view any) error {
	p, ok := e.pages[name]
	if !ok {
		return fmt.Errorf("theme: no page %q", name)
	}
	return p.Template.Execute(w, view)
}

// T returns a word with its arguments filled in. A key that does not exist comes
// back as it is: keys in Go are checked by a test, and a page with a strange word
// is better than none.
func (e *Edition) T(key string, args ...any) string {
	w, ok := e.words[key]
	if !ok {
		return key
	}
	return w.fill(args)
}

// Has tells whether there is such a word.
func (e *Edition) Has(key string) bool {
	_, ok := e.words[key]
	return ok
}

// Assets lists the paths of the style sheets, scripts and pictures that a page's
// templates name, sorted.
func (e *Edition) Assets(page string) []string { return e.pages[page].assets }

// Digest is the fingerprint of all that Execute(name) depends on besides the view:
// the page's template, the partials it runs through and the words they use. It is
// zero for a page that does not exist.
func (e *Edition) Digest(name string) [16]byte { return e.pages[name].digest }
