package docx

import (
	"path"
	"strings"

	"mingdeng/internal/importer/report"
	"mingdeng/internal/importer/rich"
)

// drawing reads a picture, a text box, or a group of them.
func (r *runs) drawing(n *node) {
	hidden, _ := r.hiding()
	if hidden {
		return
	}
	found := false
	var alt string
	var walk func(*node)
	walk = func(k *node) {
		switch k.name {
		case "docPr", "cNvPr":
			if d := description(k); d != "" {
				alt = d
			}
		case "blip":
			found = true
			r.place(r.image(k.attr("embed"), k.attr("link"), alt))
			return
		case "imagedata":
			found = true
			r.place(r.image(k.attr("id"), "", alt))
			return
		case "shape":
			if a := strings.TrimSpace(k.attr("alt")); a != "" {
				alt = a
			}
		case "txbxContent":
			found = true
			r.boxes++
			fields := r.fields
			r.fields = nil
			inner := r.blocks(k)
			r.fields = fields
			r.after = append(r.after, inner...)
			return
		case "chart":
			if k.attr("id") != "" {
				found = true
				r.charts++
			}
		case "relIds":
			found = true
			r.charts++
		case "OLEObject":
			r.objects++
		case "AlternateContent":
			for _, branch := range k.kids {
				was := found
				found = false
				walk(branch)
				got := found
				found = found || was
				if got {
					return
				}
			}
			return
		}
		for _, c := range k.kids {
			walk(c)
		}
	}
	walk(n)
	if !found {
		r.shapes++
	}
}

// description is what a drawing's author wrote for those who cannot see it. Word
// guesses some by machine; those do not tell what matters.
func description(k *node) string {
	d := strings.TrimSpace(k.attr("descr"))
	if d == "" {
		d = strings.TrimSpace(k.attr("title"))
	}
	low := strings.ToLower(d)
	if strings.Contains(low, "automatically generated") || strings.Contains(d, "自动生成") || strings.Contains(d, "描述已") {
		return ""
	}
	switch path.Ext(low) { // programs put file names there
	case ".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".emf", ".wmf":
		return ""
	}
	if strings.HasPrefix(low, "c:\\") || strings.HasPrefix(low, "http") || len([]rune(d)) > 300 {
		return ""
	}
	return d
}

// image enters a picture and returns its number, 0 where there is none to take.
func (x *reader) image(embed, link, alt string) int {
	id := embed
	if id == "" {
		id = link
	}
	rel, ok := x.rels[id]
	switch {
	case !ok:
		x.log.Add(report.Left, "一张图片：文件里找不到它", "a picture that the file does not hold")
		return 0
	case rel.outside:
		x.log.Add(report.Left, "一张图片在文件外面：%s", "a picture outside the file: %s", rel.target)
		return 0
	}
	if n, ok := x.pictures[rel.target]; ok && x.doc.Pictures[n-1].Alt == alt {
		return n
	}
	data, err := x.pack.bytes(rel.target)
	if err != nil || data == nil {
		x.log.Add(report.Left, "一张图片（%s）：读不出来", "a picture (%s) that cannot be read", path.Base(rel.target))
		return 0
	}
	x.doc.Pictures = append(x.doc.Pictures, rich.Picture{Data: data, Alt: alt, From: path.Base(rel.target)})
	n := len(x.doc.Pictures)
	x.pictures[rel.target] = n
	return n
}

// place puts a picture beside the words: in front of them if none were said yet.
func (r *runs) place(n int) {
	if n == 0 {
		return
	}
	b := rich.Block{Kind: rich.Figure, Picture: n}
	if rich.Blank(r.spans) {
		r.before = append(r.before, b)
	} else {
		r.after = append(r.after, b)
	}
}
