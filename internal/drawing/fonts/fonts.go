// Package fonts holds the two typefaces that plaques are set in, embedded, so that a
// plaque made on any machine has the same outlines and nothing needs installing.
//
//   - [Serif]: plaque-serif-8105-trad.otf, a subset of Noto Serif CJK SC 2.001
//     (© 2017-2022 Adobe), renamed. CFF outlines. It has all 8105 characters of
//     通用规范汉字表 (2013), the Traditional forms of Taiwan's and Hong Kong's lists,
//     rare characters of personal names, punctuation and the letters of pinyin.
//   - [Kai]: plaque-kai-8105.ttf, a subset of LXGW WenKai (© 2021-2022 LXGW, from
//     Klee One, © 2020 The Klee Project Authors), renamed since “霞鹜” and “LXGW” are
//     reserved font names. TrueType outlines. The 8105 characters only.
//
// Both are under the SIL Open Font License 1.1; the texts, with the notices of their
// authors, stand beside them and must go wherever the files go: [Licences].
// They lie here compressed, and are unpacked when they are first asked for, in some 30 ms
// each: most runs set no type, and the program is 2 MB smaller. Proportional and vertical
// tables are not in them, so package typeset does its own 挤压 and its own vertical forms.
package fonts

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"io"
	"sync"

	"mingdeng/internal/drawing/typeset"
)

//go:embed plaque-serif-8105-trad.otf.gz
var serif []byte

//go:embed plaque-kai-8105.ttf.gz
var kai []byte

//go:embed OFL-plaque-serif.txt
var serifLicence string

//go:embed OFL-plaque-kai.txt
var kaiLicence string

var (
	openSerif = sync.OnceValue(func() *typeset.Face { return open(serif) })
	openKai   = sync.OnceValue(func() *typeset.Face { return open(kai) })
)

// Serif is the Song face (宋体). It is opened on the first call and then shared.
func Serif() *typeset.Face { return openSerif() }

// Kai is the regular-script face (楷体). It is opened on the first call and then
// shared.
func Kai() *typeset.Face { return openKai() }

// Licences returns the licence texts by the name of the font file they belong to.
func Licences() map[string]string {
	return map[string]string{
		"plaque-serif-8105-trad.otf": serifLicence,
		"plaque-kai-8105.ttf":        kaiLicence,
	}
}

// open panics where a face does not open: the files are part of the program.
func open(packed []byte) *typeset.Face {
	var f *typeset.Face
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err == nil {
		var data []byte
		if data, err = io.ReadAll(z); err == nil {
			f, err = typeset.Open(data)
		}
	}
	if err != nil {
		panic("fonts: an embedded font is broken: " + err.Error())
	}
	return f
}
