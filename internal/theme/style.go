package theme

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"github.com/tdewolff/minify/v2"
	mcss "github.com/tdewolff/minify/v2/css"
	mjs "github.com/tdewolff/minify/v2/js"
	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"
	"github.com/zeebo/xxh3"

	"mingdeng/internal/diag"
	"mingdeng/internal/picture"
	"mingdeng/internal/theme/layered"
)

// assets is what a theme adds to a site besides pages.
type assets struct {
	list  []Asset
	hrefs map[string]string // path by plain name
	found []diag.Finding
}

// worker is the script that lies at the site's root under its own name: a service worker
// has a say over the folder it lies in, and browsers ask for it anew by its address.
const worker = "sw.js"

// add files an asset under folder, its name marked with its content.
func (a *assets) add(folder, name string, b []byte) {
	ext := path.Ext(name)
	sum := xxh3.Hash128(b).Bytes()
	p := fmt.Sprintf("%s/%s.%x%s", folder, strings.TrimSuffix(name, ext), sum[:6], ext)
	if name == worker {
		p = name
	}
	a.list = append(a.list, Asset{Path: p, Bytes: b})
	a.hrefs[name] = p
}

// readAssets takes the pictures, looks whether the icon can be drawn, and makes the scripts and style sheets.
func readAssets(f layered.Folder, c config) *assets {
	a := &assets{hrefs: map[string]string{}}
	pictures, _ := fs.Glob(f, "images/*") // well-formed patterns
	for _, n := range pictures {
		b, err := fs.ReadFile(f, n)
		if err != nil {
			a.found = append(a.found, diag.Unreadable.At(f.Path(n), diag.Pos{}, err))
			continue
		}
		if path.Base(n) == iconName {
			a.icon(f.Path(n), b)
		}
		switch strings.ToLower(path.Ext(n)) {
		case ".jpg", ".jpeg", ".png", ".gif", ".webp": // what cameras and programs wrote into them stays behind
			if b, err = picture.Strip(b); err != nil {
				a.fault(f.Path(n), diag.Pos{}, "图片打不开：%s", "the picture cannot be read: %s", err)
				continue
			}
		}
		a.add("img", path.Base(n), b)
	}
	a.bundle(f, "styles", "\n", c.styles, a.styleSheet)
	a.bundle(f, "scripts", ";\n", c.scripts, a.script)
	return a
}

// bundle makes what theme.yaml lists of the files of a folder. Every file there must
// be listed: one that is not would be missed only by looking. between parts the files.
func (a *assets) bundle(dir layered.Folder, sub, between string, list []bundle, part func(full string, text []byte) ([]byte, bool)) {
	used := map[string]bool{}
	for _, b := range list {
		var all bytes.Buffer
		for i, f := range b.files {
			used[sub+"/"+f.name] = true
			text, err := fs.ReadFile(dir, path.Join(sub, f.name))
			if err != nil {
				a.fault(f.path, f.pos, "没有 %s/%s", "there is no %s/%s", sub, f.name)
				continue
			}
			small, ok := part(dir.Path(path.Join(sub, f.name)), text)
			if !ok {
				continue
			}
			if i > 0 {
				all.WriteString(between)
			}
			all.Write(small)
		}
		a.add(strings.TrimPrefix(path.Ext(b.name), "."), b.name, all.Bytes())
	}
	files, _ := fs.Glob(dir, sub+"/*")
	for _, n := range files {
		if !used[n] {
			a.fault(dir.Path(n), diag.Pos{}, "theme.yaml 的 %s 没有列出它", "%s in theme.yaml does not list it", sub)
		}
	}
}

// styleSheet checks a style file, puts in its pictures' addresses and minifies it.
func (a *assets) styleSheet(full string, text []byte) ([]byte, bool) {
	var small bytes.Buffer
	if err := (&mcss.Minifier{}).Minify(minify.New(), &small, bytes.NewReader(a.style(full, text)), nil); err != nil {
		a.fault(full, diag.Pos{}, "%s", "%s", err)
		return nil, false
	}
	return small.Bytes(), true
}

// script minifies a script; the minifier's parser finds what a browser could not read.
func (a *assets) script(full string, text []byte) ([]byte, bool) {
	var small bytes.Buffer
	// Nothing newer than what old phones read is put in the place of what was written.
	if err := (&mjs.Minifier{Version: 2018}).Minify(minify.New(), &small, bytes.NewReader(text), nil); err != nil {
		pos, msg := diag.Pos{}, err.Error()
		var perr *parse.Error
		if errors.As(err, &perr) {
			pos, msg = diag.Pos{Line: perr.Line, Col: perr.Column}, perr.Message
		}
		a.fault(full, pos, "%s", "%s", msg)
		return nil, false
	}
	return small.Bytes(), true
}

func (a *assets) fault(path string, pos diag.Pos, zh, en string, args ...any) {
	a.found = append(a.found, diag.StyleFault.At(path, pos, fmt.Sprintf(zh, args...), fmt.Sprintf(en, args...)))
}

// style checks one style file and returns it with its pictures' addresses, which
// are relative to the style sheet's own.
func (a *assets) style(full string, text []byte) []byte {
	a.syntax(full, text)
	var out bytes.Buffer
	l := css.NewLexer(parse.NewInputBytes(bytes.Clone(text)))
	var open []int // offsets of braces not closed yet; the parser closes them in silence
	for at := 0; ; {
		tt, data := l.Next()
		if tt == css.ErrorToken {
			if len(open) > 0 {
				a.fault(full, place(text, open[len(open)-1]), "这个 { 没有 }", "this { has no }")
			}
			return out.Bytes()
		}
		begin := at // its place is asked for where something is wrong alone: it is counted from the file's start
		if tt == css.LeftBraceToken {
			open = append(open, begin)
		} else if tt == css.RightBraceToken && len(open) > 0 {
			open = open[:len(open)-1]
		}
		at += len(data)
		switch {
		case tt == css.AtKeywordToken && strings.EqualFold(string(data), "@import"):
			a.fault(full, place(text, begin), "不能用 @import", "@import cannot be used")
		case tt == css.URLToken || tt == css.BadURLToken:
			name := strings.Trim(strings.TrimSuffix(strings.TrimPrefix(string(data), "url("), ")"), `"' `)
			href, known := a.hrefs[path.Base(name)]
			switch {
			case strings.HasPrefix(name, "data:") || strings.HasPrefix(name, "#"):
			case known && strings.HasPrefix(name, "../images/"):
				fmt.Fprintf(&out, "url(../%s)", href)
				continue
			default:
				a.fault(full, place(text, begin), "没有图片“%s”；写成 url(../images/名字)", "there is no picture %q; write url(../images/NAME)", name)
			}
		}
		out.Write(data)
	}
}

// syntax reports what a browser would skip in silence.
func (a *assets) syntax(full string, text []byte) {
	p := css.NewParser(parse.NewInputBytes(bytes.Clone(text)), false)
	for {
		if gt, _, _ := p.Next(); gt == css.ErrorGrammar {
			if errors.Is(p.Err(), io.EOF) {
				return
			}
			// The parser tells the place in words and goes on behind the fault.
			pos := place(text, p.Offset())
			msg := "unexpected token"
			var perr *parse.Error
			if errors.As(p.Err(), &perr) {
				pos, msg = diag.Pos{Line: perr.Line, Col: perr.Column}, perr.Message
			}
			a.fault(full, pos, "%s", "%s", msg)
			if !p.HasParseError() {
				return
			}
		}
	}
}

// place turns an offset into a line and a column.
func place(text []byte, offset int) diag.Pos {
	s := source{file: string(text)}
	return s.at(offset)
}
