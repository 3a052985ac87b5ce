package importer

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"image"
	"image/png"
	"io"
	"path"
	"strconv"
	"strings"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"

	"mingdeng/internal/diag"
	"mingdeng/internal/importer/report"
	"mingdeng/internal/importer/rich"
	"mingdeng/internal/picture"
)

// pictureMark stands in a text where a picture was that could not be taken.
var pictureMark = diag.Text{Zh: "〔此处原有图片〕", En: "[a picture stood here]"}

// maxDrawn bounds the pictures that are rewritten, pixels.
const maxDrawn = 50_000_000

// pictures names the pictures of a text in the order in which they stand, and takes
// out those a site cannot show; in their place stands a mark. Bytes stay as they are, but for
// BMP and TIFF, which become PNG without loss, and pictures that were cropped.
func (a *article) pictures(l diag.Lang, log *report.Log) []rich.Picture {
	doc := a.doc
	cropped := 0
	mark := pictureMark.In(l)
	place := []rich.Span{{Text: mark}}
	ok := make([]bool, len(doc.Pictures))
	names := map[[32]byte]string{}
	var kept []rich.Picture
	said := make([]bool, len(doc.Pictures))
	alts, marks := 0, 0
	vet := func(n int) bool {
		i := n - 1
		if said[i] {
			return ok[i]
		}
		said[i] = true
		p := &doc.Pictures[i]
		if p.Lost {
			return false // its reader told why
		}
		ext, why := usable(p)
		if why == nil && p.Crop != (rich.Crop{}) {
			if ext, why = crop(p); why == nil {
				cropped++
			}
		}
		if why != nil {
			log.Add(report.Left, "图片 %[1]s：%[2]s", "picture %[1]s: %[3]s", p.From, why.Text.Zh, why.Text.En)
			return false
		}
		if p.Alt == "" {
			alts++
		}
		ok[i] = true
		sum := sha256.Sum256(p.Data)
		if names[sum] == "" {
			names[sum] = "picture-" + strconv.Itoa(len(kept)+1) + ext
			p.Name = names[sum]
			kept = append(kept, *p)
		}
		p.Name = names[sum]
		return true
	}
	var sift func([]rich.Block) []rich.Block
	sift = func(list []rich.Block) []rich.Block {
		var out []rich.Block
		for i, b := range list {
			if b.Kind == rich.Figure && !vet(b.Picture) {
				marks++
				b = rich.Block{Text: place}
				if words := strings.TrimSpace(strings.Join([]string{doc.Pictures[list[i].Picture-1].Alt, list[i].Caption}, " ")); words != "" {
					b.Text = []rich.Span{{Text: mark + words}}
				}
			}
			b.Text = keep(b.Text, vet, place)
			for _, row := range b.Cells {
				for j := range row {
					row[j] = keep(row[j], vet, place)
				}
			}
			if b.Blocks = sift(b.Blocks); b.Kind == rich.Quote && len(b.Blocks) == 0 {
				continue
			}
			out = append(out, b)
		}
		return out
	}
	doc.Blocks = sift(doc.Blocks)
	for i := range doc.Notes {
		doc.Notes[i] = sift(doc.Notes[i])
	}
	if len(kept) > 0 {
		log.Add(report.Taken, "图片 %d 张，放在正文旁边：%s", "%d pictures, beside the text: %s", len(kept), nameList(kept))
	}
	if cropped > 0 {
		log.Add(report.Taken, "裁剪过的图片 %d 张：裁掉的部分没有收", "%d cropped pictures: nothing of what was cut away was taken", cropped)
	}
	if marks > 0 {
		log.Add(report.Todo, "有 %d 处图片没有收进来，正文里写着“%s”：补上图片，或删掉这一句", "%d pictures could not be taken; where each was stands “%s”: put the picture there or take the words out", marks, mark)
	}
	if alts > 0 {
		log.Add(report.Todo, "%d 张图片没有替代文字：在 ![ ] 里写上画面上有什么，念给看不见的人听", "%d pictures lack alternative text: write what they show into ![ ]", alts)
	}
	return kept
}

func nameList(list []rich.Picture) string {
	if len(list) == 1 {
		return list[0].Name
	}
	return list[0].Name + " … " + list[len(list)-1].Name
}

func keep(spans []rich.Span, vet func(int) bool, place []rich.Span) []rich.Span {
	var out []rich.Span
	for _, s := range spans {
		if s.Picture != 0 && !vet(s.Picture) {
			out = append(out, place...)
			continue
		}
		out = append(out, s)
	}
	return out
}

// usable tells the ending for a picture's name, or why a site cannot show it.
func usable(p *rich.Picture) (ext string, why *report.Error) {
	b := p.Data
	switch {
	case bytes.HasPrefix(b, []byte("BM")):
		return redraw(p, bmp.DecodeConfig, bmp.Decode)
	case bytes.HasPrefix(b, []byte("II*\x00")), bytes.HasPrefix(b, []byte("MM\x00*")):
		return redraw(p, tiff.DecodeConfig, tiff.Decode)
	case len(b) > 44 && string(b[40:44]) == " EMF", bytes.HasPrefix(b, []byte("\xd7\xcd\xc6\x9a")), strings.EqualFold(path.Ext(p.From), ".emf"), strings.EqualFold(path.Ext(p.From), ".wmf"):
		return "", report.Errorf("是 Office 的图形（EMF/WMF），网页不能显示。在 WPS 里右键“另存为图片”，存成 PNG 再插入",
			"it is an Office drawing (EMF/WMF), which web pages cannot show. Save it as a PNG in WPS or Word and insert that")
	}
	m, err := picture.Inspect(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		var f picture.FormatError
		if errors.As(err, &f) && f.Seen != "" {
			return "", report.Errorf("不是能用的图片，看上去是 %s", "it is no picture that can be used but seems to be %s", f.Seen)
		}
		return "", report.Errorf("打不开，可能坏了或太大", "it cannot be read: it may be damaged or too large")
	}
	if m.Format == picture.JPEG {
		return ".jpg", nil
	}
	return "." + string(m.Format), nil
}

func redraw(p *rich.Picture, config func(io.Reader) (image.Config, error), decode func(io.Reader) (image.Image, error)) (string, *report.Error) {
	bad := report.Errorf("打不开，可能坏了或太大", "it cannot be read: it may be damaged or too large")
	c, err := config(bytes.NewReader(p.Data))
	if err != nil || c.Width <= 0 || c.Height <= 0 || c.Width > maxDrawn/c.Height {
		return "", bad
	}
	img, err := decode(bytes.NewReader(p.Data))
	if err != nil {
		return "", bad
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		return "", bad
	}
	p.Data = out.Bytes()
	return ".png", nil
}
