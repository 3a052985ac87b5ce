package feeds

import (
	"bytes"
	"encoding/json"
	"image/color"
	"image/png"
	"path"
	"testing"

	"mingdeng/internal/content"
	"mingdeng/internal/output"
	"mingdeng/internal/pages"
	"mingdeng/internal/site"
)

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><path fill="#102030" d="M0 0h64v64H0z"/><circle cx="32" cy="32" r="31" fill="#fff"/></svg>`

// Every icon that the manifest names is made, in the size it says; the manifest of an
// edition finds them, too. None has an id: what it is resolved against is the origin, so
// all editions would be one program.
func TestManifestIcons(t *testing.T) {
	for _, prefix := range []string{"", "en/"} {
		e := &site.Edition{Tag: content.ZhHans, Prefix: prefix, Config: &content.Site{Title: "明灯 · 见义勇为英雄谱"}}
		f := files{pages.Inputs{Edition: e, Icon: "img/icon.abc.svg", IconSVG: []byte(icon)}, e, "https://host.example/lamp/"}
		var manifest struct {
			ID, Lang, Scope string
			Short           string `json:"short_name"`
			Start           string `json:"start_url"`
			Icons           []manifestIcon
		}
		m := f.manifest()
		if err := json.Unmarshal(bytesOf(t, m), &manifest); err != nil {
			t.Fatal(err)
		}
		if m.Path != prefix+"manifest.webmanifest" || manifest.ID != "" || manifest.Start != "./" || manifest.Scope != "./" || manifest.Lang != "zh-Hans" || manifest.Short != "明灯" {
			t.Errorf("%s: %+v", m.Path, manifest)
		}
		icons := map[string]output.Output{}
		for _, o := range f.icons() {
			icons[o.Path] = o
		}
		seen := map[string]bool{}
		for _, x := range manifest.Icons {
			at := path.Join(path.Dir(m.Path), x.Src)
			if x.Type == "image/svg+xml" {
				if at != f.Icon {
					t.Errorf("%s leads to %s", x.Src, at)
				}
				continue
			}
			o, ok := icons[at]
			if !ok {
				t.Errorf("%s leads to %s, which is not made", x.Src, at)
				continue
			}
			img, err := png.Decode(bytes.NewReader(bytesOf(t, o)))
			if err != nil {
				t.Fatal(err)
			}
			w := img.Bounds().Dx()
			if size := x.Sizes; img.Bounds().Dy() != w || size != map[int]string{180: "180x180", 192: "192x192", 512: "512x512"}[w] {
				t.Errorf("%s says %s and is %d px wide", at, size, w)
			}
			seen[x.Sizes+x.Purpose] = true
			// The circle of a maskable icon keeps clear of the edge; its ground goes on.
			ground := color.RGBA{0x10, 0x20, 0x30, 255}
			edge := img.At(w/2, w/20)
			if masked := color.RGBAModel.Convert(edge) == ground; masked != (x.Purpose == "maskable") || color.RGBAModel.Convert(img.At(0, 0)) != ground {
				t.Errorf("%s: the edge is %v", at, edge)
			}
		}
		for _, want := range []string{"192x192", "512x512", "512x512maskable", "180x180"} {
			if !seen[want] {
				t.Errorf("%s names no icon of %s", m.Path, want)
			}
		}
	}
}

func bytesOf(t *testing.T, o output.Output) []byte {
	t.Helper()
	_, fill, err := o.Prepare()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := fill(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
