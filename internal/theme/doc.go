// Package theme is the look of a site: templates, words and styles, checked when
// they are loaded so that none of them can fail while pages are made.
//
// This comment is the manual for those who write themes.
//
// # A theme is a folder
//
//	theme.yaml       title, version, about, licence; styles, scripts: which files make which;
//	                 extends: the theme that this one is laid over
//	templates/       one template a file
//	i18n/            the words of the interface, one language a file
//	styles/          CSS, bundled in the order theme.yaml gives
//	scripts/         JavaScript, bundled likewise: no framework, nothing inline
//	images/          pictures of the theme itself
//	book/            covers of books as boxes on a drawing: cover.yaml, and plate.yaml for
//	                 books that have a picture (package plaque/design); ebook.css, if the
//	                 style of e-books is to be another than the program's
//
// # Over another theme
//
// With `extends: lamplight` in theme.yaml a theme is laid over another: a file that it does
// not have is the other's. What it lists under styles and scripts comes behind what the
// other lists, and i18n holds only the words that are to be others. A new look is three
// files, which `mingdeng new theme NAME` writes.
//
// # Templates
//
// A template is written in the language of Go's html/template, which escapes every
// value for the place where it stands. There are three sorts:
//
//   - pages, one for each kind of page (home.html, hero.html …). The names and what
//     each may show are the views of package pages.
//   - base.html, what stands around a page. {{template "main" .}} in it is where the
//     page goes. A page that begins with <!doctype is whole and not put into it.
//   - partials, everything else: {{template "pager" .Pager}} puts pager.html there and
//     hands it a value, which is its dot.
//
// A file is one template and is called by its name; there is no {{define}}. Blank
// space at the ends of a file does not count.
//
// Inside a page the dot is its view; $ always is. Fields every page has are also
// under .Frame, which is quicker to hand on: {{template "head" .Frame}}.
//
// These functions are all there are; whatever can fail half-way through a build is
// left out:
//
//	t "key" …        a word of the interface, with its arguments filled in
//	join list sep    texts in one line: {{join .Editors "、"}}
//	num n            a whole number with its thousands parted: 1,976
//	asset "name"     the path of a style sheet, script or picture below the site's
//	                 root: href="{{.Site.Root}}{{asset "lamplight.css"}}"
//	and or not len eq ne lt le gt ge      as in Go
//
// # What is checked
//
// A build begins only when every template has been proved against its view: fields,
// functions, partials and words exist, what is ranged over is a list, what is
// printed is text or a number, compared values are of one kind, and a value that may
// be absent (a pointer: a portrait, the next piece) is asked for first, with
// {{with .Portrait}} or {{if .Portrait}}. Partials are followed with what they are
// given. Faults name the file, line and column and the nearest right name.
// A template that is never used is a warning.
//
// # Words
//
// i18n/zh-Hans.yaml has a key and its word on each line; every language must have
// the same keys. {0} and {1} are arguments; {0:han} writes digits as Han numerals
// (1968 → 一九六八) and {0|piece|pieces} chooses by number. A word without arguments
// is put into the template's source, escaped, before it is parsed, and costs
// nothing at run time.
//
// # Styles and pictures
//
// Each style sheet is checked, bundled and minified and is named by its content
// (css/lamplight.3f2a9c01b7d4.css), so browsers may keep it for ever. So are scripts,
// but for sw.js, which lies at the site's root: it is the service worker. url(…) may
// name a picture as ../images/NAME; @import and other hosts are refused.
//
// # Minifying
//
// Template sources are minified once, after they were checked as written, so that
// pages come out small and no page is minified itself. Blank space next to inline
// elements and template actions stays (several become one), next to block elements
// it goes. So do not rely on blank space between elements that HTML has as blocks
// (li, div, p …) and a style turns into inline ones: use margins.
//
// # Non-goals
//
// No scripts that are needed to read, no functions of a theme's own: what has to be computed
// belongs in the view. Plaque designs are read by another package.
package theme
