package theme

import (
	"strings"
	"testing"
	"testing/fstest"

	"mingdeng/internal/theme/layered"
)

func TestStyles(t *testing.T) {
	const sheet = "title: x\nstyles:\n  x.css: [a.css, b.css]\n"
	for _, c := range []struct{ name, a, b, yaml, want string }{
		{"fine", "a { color: red }", "b { color: blue }", sheet, ""},
		{"file lacking", "a{}", "", sheet, "theme.yaml:3:18: style: the style is wrong: there is no styles/b.css"},
		{"not listed", "a{}", "b{}", "title: x\nstyles: {x.css: [a.css]}\n", "styles/b.css: style: the style is wrong: styles in theme.yaml does not list it"},
		{"import", "a{}\n@import 'x.css';", "b{}", sheet, "styles/a.css:2:1: style: the style is wrong: @import cannot be used"},
		{"another host", "a{background:url(https://x.cn/a.png)}", "b{}", sheet, `styles/a.css:1:14: style: the style is wrong: there is no picture "https://x.cn/a.png"; write url(../images/NAME)`},
		{"picture", "a{background:url(../images/lamp.svg)}", "b{}", sheet, ""},
		{"no such picture", "a{background:url('../images/lmap.svg')}", "b{}", sheet, `styles/a.css:1:14: style: the style is wrong: there is no picture "../images/lmap.svg"; write url(../images/NAME)`},
		{"brace", "a { color: red\n", "b{}", sheet, "styles/a.css:1:3: style: the style is wrong: this { has no }"},
		{"syntax", "a { color: red }\nb { color red }", "b{}", sheet, "styles/a.css:2:11: style: the style is wrong: expected colon in declaration"},
		{"unknown key", "a{}", "b{}", sheet + "stiles: x\n", `theme.yaml:4:1: theme-file: the theme is wrong: theme.yaml has no "stiles"; did you mean "styles"?`},
		{"bad name", "a{}", "b{}", "styles:\n  ../x.css: [a.css, b.css]\n", `theme.yaml:2:3: theme-file: the theme is wrong: "../x.css" must be named like lamplight.css`},
	} {
		t.Run(c.name, func(t *testing.T) {
			fsys := files("x", "theme.yaml", c.yaml, "styles/a.css", c.a, "images/lamp.svg", "<svg/>")
			if c.b != "" {
				fsys["styles/b.css"] = &fstest.MapFile{Data: []byte(c.b)}
			}
			th, found := Load(layered.Of(fsys, "themes/x"), cardViews)
			if got := told(found); got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
			if th == nil {
				return
			}
			for _, a := range th.Assets() {
				if strings.HasPrefix(a.Path, "css/x.") && c.name == "picture" && !strings.Contains(string(a.Bytes), "url(../"+th.Href("lamp.svg")+")") {
					t.Errorf("the picture is not there: %s", a.Bytes)
				}
			}
		})
	}
}

// An icon is drawn when pages are made; one that cannot be is told at load, with its place.
func TestIcon(t *testing.T) {
	const svg, at = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 `, "images/icon.svg"
	for _, c := range []struct{ name, icon, want string }{
		{"fine", svg + `64 64"><path d="M0 0h64v64z"/></svg>`, ""},
		{"a little wide", svg + `64 48"><path d="M0 0h64v64z"/></svg>`, ""},
		{"no picture", "0", at + ": theme-icon: the theme's icon cannot be drawn: it is no SVG"},
		{"another format", "GIF89a\x01\x00\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;", at + ": theme-icon: the theme's icon cannot be drawn: it is no SVG but looks like gif"},
		{"another document", "<html></html>", at + ": theme-icon: the theme's icon cannot be drawn: it is no SVG but looks like HTML page"},
		{"cut off", svg + `64 64">` + "\n<path d='M0", at + ":2:12: theme-icon: the theme's icon cannot be drawn: unexpected EOF"},
		{"too long", svg + `640 64"><path d="M0 0h64v64z"/></svg>`, at + ": theme-icon: the theme's icon cannot be drawn: it is too long: icons are square"},
		{"bad path", svg + `64 64"><path d="M0 0a"/></svg>`, ""}, // the library leaves it out
	} {
		_, found := Load(layered.Of(files("x", at, c.icon), "themes/x"), cardViews)
		if got := told(found); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestAssets(t *testing.T) {
	load := func(css string) *Theme {
		th, found := Load(layered.Of(files("x", "theme.yaml", "styles: {x.css: [a.css]}\n", "styles/a.css", css, "images/i.svg", "<svg/>"), "themes/x"), cardViews)
		if th == nil {
			t.Fatal(told(found))
		}
		return th
	}
	one, same, other := load("a { color: #ff0000; }"), load("a { color: #ff0000; }"), load("a { color: #00f; }")
	if one.Href("x.css") != same.Href("x.css") || one.Href("x.css") == other.Href("x.css") || one.Href("i.svg") != other.Href("i.svg") {
		t.Errorf("addresses: %s %s %s", one.Href("x.css"), same.Href("x.css"), other.Href("x.css"))
	}
	if one.Href("no.css") != "" || len(one.Assets()) != 2 {
		t.Error("assets are wrong")
	}
	for _, a := range one.Assets() {
		if a.Path == one.Href("x.css") && string(a.Bytes) != "a{color:red}" {
			t.Errorf("not minified: %s", a.Bytes)
		}
	}
}
