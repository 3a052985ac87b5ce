package docx

import (
	"path"
	"strconv"
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
	unseen := false
	n.each(func(k *node) {
		unseen = unseen || k.name == "docPr" && (k.attr("hidden") == "1" || k.attr("hidden") == "true") ||
			k.name == "shape" && strings.Contains(strings.ReplaceAll(k.attr("style"), " ", ""), "visibility:hidden")
	})
	if unseen {
		r.hidden++
		return
	}
	found := false
	var alt string
	var crop rich.Crop
	strange := false // it has a shape of its own that cuts corners off
	var walk func(*node)
	walk = func(k *node) {
		switch k.name {
		case "docPr", "cNvPr":
			if d := description(k); d != "" {
				alt = d
			}
		case "pic", "wsp", "sp":
			// A picture lies in its frame; one that fills a shape, in that.
			strange = shaped(k)
		case "blipFill":
			crop = cropOf(k)
		case "blip":
			found = true
			r.place(r.image(k.attr("embed"), k.attr("link"), alt, crop, strange))
			return
		case "imagedata":
			found = true
			r.place(r.image(k.attr("id"), "", alt, oldCrop(k), false))
			return
		case "textpath": // WordArt
			if words := rich.Tidy([]rich.Span{{Text: k.attr("string")}}); !rich.Blank(words) {
				found = true
				r.art(words)
			}
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
				r.chart(alt)
			}
		case "relIds":
			found = true
			r.chart(alt)
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

// shown is a picture as it is shown.
type shown struct {
	part, alt string
	crop      rich.Crop
}

// image enters a picture and returns its number; one that cannot be taken leaves its place.
func (x *reader) image(embed, link, alt string, crop rich.Crop, strange bool) int {
	id := embed
	if id == "" {
		id = link
	}
	rel, ok := x.rels[id]
	switch {
	case strange:
		x.log.Add(report.Left, "图片 %s：裁成了特别的形状。在 WPS 里右键另存为图片，再插入", "picture %s: it was cut to a shape of its own. Save it as a picture in WPS or Word and insert that", path.Base(rel.target))
		return x.lost(alt)
	case !ok:
		x.log.Add(report.Left, "一张图片：文件里找不到它", "a picture that the file does not hold")
		return x.lost(alt)
	case rel.outside:
		x.log.Add(report.Left, "一张图片在文件外面：%s", "a picture outside the file: %s", rel.target)
		return x.lost(alt)
	}
	key := shown{rel.target, alt, crop}
	if n, ok := x.pictures[key]; ok {
		return n
	}
	data, err := x.pack.bytes(rel.target)
	if err != nil || data == nil {
		x.log.Add(report.Left, "一张图片（%s）：读不出来", "a picture (%s) that cannot be read", path.Base(rel.target))
		return x.lost(alt)
	}
	x.doc.Pictures = append(x.doc.Pictures, rich.Picture{Data: data, Alt: alt, From: path.Base(rel.target), Crop: crop})
	n := len(x.doc.Pictures)
	x.pictures[key] = n
	return n
}

// lost enters a picture that is not to be had.
func (x *reader) lost(alt string) int {
	x.doc.Pictures = append(x.doc.Pictures, rich.Picture{Alt: alt, Lost: true})
	return len(x.doc.Pictures)
}

// chart leaves the place of a chart or diagram.
func (r *runs) chart(alt string) {
	r.charts++
	r.place(r.lost(alt))
}

// art sets the words of WordArt as a paragraph, before the words of its own if there are
// none yet.
func (r *runs) art(words []rich.Span) {
	r.arts++
	b := rich.Block{Text: words, Centre: true}
	if rich.Blank(r.spans) {
		r.before = append(r.before, b)
	} else {
		r.after = append(r.after, b)
	}
}

// cropOf is what a blipFill shows of its picture. Of a source rectangle (srcRect) the parts
// that are cut away are given in thousandths of a percent; a fill that reaches beyond its
// shape (fillRect below zero) cuts too. ECMA-376, 20.1.8.55 and 20.1.8.30.
func cropOf(fill *node) rich.Crop {
	part := func(n *node, name string) float64 {
		s := n.attr(name)
		percent := strings.HasSuffix(s, "%")
		v, err := strconv.ParseFloat(strings.TrimSuffix(s, "%"), 64)
		switch {
		case err != nil:
			return 0
		case percent: // of the strict form
			return v / 100
		}
		return v / 100_000
	}
	axis := func(near, far string) (a, b float64) {
		src, dst := fill.child("srcRect"), fill.child("stretch", "fillRect")
		a, b = max(0, part(src, near)), max(0, part(src, far))
		below, above := max(0, -part(dst, near)), max(0, -part(dst, far))
		left := max(0, 1-a-b) // what srcRect leaves
		whole := 1 + below + above
		return a + left*below/whole, b + left*above/whole
	}
	var c rich.Crop
	c.Left, c.Right = axis("l", "r")
	c.Top, c.Bottom = axis("t", "b")
	return c
}

// oldCrop is that of VML, in parts (0.5, 50%) or 65536ths with an f.
func oldCrop(n *node) rich.Crop {
	part := func(name string) float64 {
		s := strings.TrimSpace(n.attr(name))
		by := 1.0
		switch {
		case strings.HasSuffix(s, "f"):
			by = 65536
		case strings.HasSuffix(s, "%"):
			by = 100
		}
		v, err := strconv.ParseFloat(strings.TrimRight(s, "f%"), 64)
		if err != nil {
			return 0
		}
		return max(0, v/by)
	}
	return rich.Crop{Left: part("cropleft"), Top: part("croptop"), Right: part("cropright"), Bottom: part("cropbottom")}
}

// shaped tells whether a frame cuts more than the edges off its picture. Rounded corners
// take nothing that matters.
func shaped(frame *node) bool {
	look := frame.child("spPr")
	if look.child("custGeom") != nil {
		return frame.name == "pic" || look.child("blipFill") != nil
	}
	kind := look.child("prstGeom").attr("prst")
	return kind != "" && kind != "rect" && !strings.HasPrefix(kind, "round") && !strings.HasPrefix(kind, "snip") && kind != "plaque" && kind != "flowChartProcess"
}

// place puts a picture beside the words: in front of them if none were said yet.
func (r *runs) place(n int) {
	b := rich.Block{Kind: rich.Figure, Picture: n}
	if rich.Blank(r.spans) {
		r.before = append(r.before, b)
	} else {
		r.after = append(r.after, b)
	}
}
