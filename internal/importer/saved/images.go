package saved

import (
	"bytes"
	"encoding/base64"
	"io/fs"
	"net/url"
	"path"
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"mingdeng/internal/importer/rich"
	"mingdeng/internal/picture"
)

// stored are pictures that SingleFile keeps once in a style sheet, for elements that show the
// same one: --sf-img-7: url("data:image/png;base64,…").
var stored = regexp.MustCompile(`(--sf-img-\d+)\s*:\s*url\(\s*["']?(data:image/[^"')]+)["']?\s*\)`)

// storedName is where an element shows one of them.
var storedName = regexp.MustCompile(`var\((--sf-img-\d+)\)`)

// picture enters the picture of an img: the number of it, or of the place it leaves where it
// was not saved; 0 where the element shows none.
func (w *walker) picture(n *html.Node) int {
	src, remote := strings.TrimSpace(attr(n, "src")), ""
	for _, key := range []string{"data-src", "data-original", "data-lazy-src"} {
		if remote == "" {
			remote = strings.TrimSpace(attr(n, key))
		}
	}
	if m := storedName.FindStringSubmatch(attr(n, "style")); m != nil && w.stored[m[1]] != "" {
		src = w.stored[m[1]]
	}
	if src == "" && remote == "" {
		return 0
	}
	alt := strings.TrimSpace(attr(n, "alt"))
	if alt == "图片" || alt == "image" || strings.HasPrefix(alt, "http") {
		alt = "" // WeChat's own filling
	}
	var data []byte
	name := ""
	if strings.HasPrefix(src, "data:") {
		head, _, _ := strings.Cut(src, ",")
		if data, name = inlined(src), head; remote != "" && placeholder(data) {
			data = nil // until a script brings the real one
		}
	} else {
		data, name = w.beside(src)
		if len(data) == 0 && remote != "" {
			data, name = w.beside(remote)
		}
	}
	if len(data) == 0 {
		if remote == "" {
			remote = src
		}
		if strings.HasPrefix(remote, "data:") {
			remote = remote[:min(len(remote), 30)]
		}
		return w.lost(remote, alt)
	}
	key := name + "\x00" + alt
	if strings.HasPrefix(name, "data:") {
		key = string(data) + "\x00" + alt
	}
	if i := w.byPath[key]; i > 0 {
		return i
	}
	w.doc.Pictures = append(w.doc.Pictures, rich.Picture{Data: data, Alt: alt, From: path.Base(name)})
	w.byPath[key] = len(w.doc.Pictures)
	return len(w.doc.Pictures)
}

// lost enters the place of a picture that was not saved.
func (w *walker) lost(address, alt string) int {
	w.missing = append(w.missing, address)
	w.doc.Pictures = append(w.doc.Pictures, rich.Picture{Alt: alt, Lost: true})
	return len(w.doc.Pictures)
}

// inlined is the picture of a data: address.
func inlined(address string) []byte {
	head, body, _ := strings.Cut(address, ",")
	if !strings.HasPrefix(head, "data:image/") || len(body) >= maxPicture {
		return nil
	}
	if !strings.Contains(head, "base64") {
		if text, err := url.PathUnescape(body); err == nil {
			return []byte(text) // an SVG
		}
		return nil
	}
	if text, err := url.PathUnescape(body); err == nil {
		body = text
	}
	data, _ := base64.StdEncoding.DecodeString(strings.TrimSpace(body))
	return data
}

// placeholder tells what stands in the place of a picture that a script will bring: a point,
// or a drawing of the right size with nothing in it.
func placeholder(data []byte) bool {
	m, err := picture.Inspect(bytes.NewReader(data), int64(len(data)))
	return err != nil || m.Width <= 2 && m.Height <= 2 || m.Format == picture.SVG
}

// beside is a picture in the folder of the page.
func (w *walker) beside(src string) (data []byte, name string) {
	if src == "" || strings.Contains(src, "://") || strings.HasPrefix(src, "//") || w.dir == nil {
		return nil, ""
	}
	name = src
	if u, err := url.PathUnescape(src); err == nil {
		name = u
	}
	name = path.Clean(strings.ReplaceAll(name, `\`, "/"))
	if fs.ValidPath(name) {
		if i, err := fs.Stat(w.dir, name); err == nil && i.Mode().IsRegular() && i.Size() < maxPicture {
			data, _ = fs.ReadFile(w.dir, name) // one that cannot be read was not saved
		}
	}
	return data, name
}
