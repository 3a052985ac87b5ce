package plaques

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/plaque/kit"
	"mingdeng/internal/plaque/ledger"
)

// noteName is what the note for the fabricator is called.
var noteName = diag.Text{Zh: "给制作方的说明.txt", En: "for-the-fabricator.txt"}

// note writes what the fabricator of plaques has to know, as plain text that Notepad and WPS
// open: UTF-8 with a byte-order mark and CRLF.
func (s *session) note(w *bytes.Buffer, venues []venueJobs, lang diag.Lang) error {
	list, n, err := noteList(venues, lang)
	if err != nil {
		return err
	}
	who := s.Model.Config.Title
	var ask []string
	if o := s.Model.Config.Organisation; o != nil {
		who = o.Name
		for _, line := range []struct {
			name diag.Text
			text string
		}{
			{diag.Text{Zh: "单位：", En: ""}, o.Name}, {diag.Text{Zh: "电话：", En: "Telephone: "}, o.Phone},
			{diag.Text{Zh: "邮箱：", En: "E-mail: "}, o.Email}, {diag.Text{Zh: "地址：", En: "Address: "}, o.Address},
		} {
			if line.text != "" {
				ask = append(ask, line.name.In(lang)+line.text)
			}
		}
	}
	if len(ask) == 0 {
		ask = []string{noteAskSender.In(lang)}
	}
	warning := ""
	if base := s.Model.PlaqueBase(); ledger.Judge(base) != ledger.Fit {
		warning = fmt.Sprintf(noteUnfit.In(lang), base)
	}
	text := strings.NewReplacer(
		"{warning}", warning,
		"{who}", who, "{day}", s.Today.String(), "{n}", strconv.Itoa(n), "{list}", list, "{files}", noteFiles(venues, lang), "{ask}", strings.Join(ask, "\n"),
	).Replace(noteText.In(lang))
	w.WriteString("\ufeff")
	w.WriteString(strings.ReplaceAll(text, "\n", "\r\n"))
	return nil
}

// noteFiles tells of files that only some materials ask for, where there are any.
func noteFiles(venues []venueJobs, lang diag.Lang) string {
	there := map[kit.Format]bool{}
	for _, v := range venues {
		for _, j := range v.jobs {
			for _, f := range j.plaque.Files() {
				there[f] = true
			}
		}
	}
	var b strings.Builder
	if there[kit.MirrorPDF] {
		b.WriteString(noteMirror.In(lang))
	}
	if there[kit.Film] {
		b.WriteString(noteFilm.In(lang))
	}
	return b.String()
}

// noteList is one line a plaque.
func noteList(venues []venueJobs, lang diag.Lang) (string, int, error) {
	var b strings.Builder
	n := 0
	for _, v := range venues {
		fmt.Fprintf(&b, "【%s】 %s/\n", v.venue.Name, v.venue.Slug)
		for _, j := range v.jobs {
			p := j.plaque
			m, err := kit.Measure(p, j.design)
			if err != nil {
				return "", 0, err
			}
			n++
			distance := ""
			if p.Distance > 0 {
				distance = fmt.Sprintf(noteDistance.In(lang), p.Distance)
			}
			fmt.Fprintf(&b, noteLine.In(lang)+"\n", p.Code, p.Exhibit, m.W, m.H, work(p, lang), m.Code, m.Module, distance)
		}
	}
	return strings.TrimSuffix(b.String(), "\n"), n, nil
}

// work is what a plaque is made of, and how.
func work(p kit.Plaque, lang diag.Lang) string {
	process := kit.ProcessOf(p.Material, p.Photo != nil).Name().In(lang)
	return fmt.Sprintf(diag.Text{Zh: "%s，%s", En: "%s, %s"}.In(lang), material(p.Material).In(lang), process)
}

// material is what a material is called.
func material(name string) diag.Text {
	for _, m := range content.Material("").Values() {
		if m.En == name {
			return diag.Text{Zh: m.Zh, En: m.En}
		}
	}
	return diag.Text{Zh: "材质未定，先问", En: "not settled: ask first"}
}

var (
	noteDistance = diag.Text{Zh: "，站 %g 米远扫", En: ", scanned from %g m"}
	noteLine     = diag.Text{
		Zh: "%s  %s：宽 %g × 高 %g 毫米，%s；码边长 %g 毫米，小方格 %g 毫米%s",
		En: "%s  %s: %g × %g mm (width × height), %s; side of the code %g mm, module %g mm%s",
	}
	noteMirror = diag.Text{
		Zh: "  编号.mirror.pdf   亚克力、玻璃反打：左右相反，印在背面，先彩色后白墨；正面打印用 编号.pdf，先白墨后彩色\n",
		En: "  CODE.mirror.pdf   for the back of acrylic and glass: left for right, colours first, then white; for the front CODE.pdf, white first\n",
	}
	noteFilm = diag.Text{
		Zh: "  编号.film.tif   蚀刻胶片，1 位、1200 dpi、阳图：黑的是要蚀掉的；编号.film-mirror.tif 左右相反，药膜面要贴着板的用它。胶片上方写着是哪一张\n",
		En: "  CODE.film.tif   film for etching, one bit, 1200 dpi, positive: what is black is etched; CODE.film-mirror.tif is left for right, for emulsion against the plate. The rim says which it is\n",
	}
	noteUnfit = diag.Text{
		Zh: "\n注意：二维码里的网址 %s 不是真的，这一包只供看样，不要制作。\n",
		En: "\nNote: the address %s in the codes is no real one. This package is to look at; make nothing from it.\n",
	}
	noteAskSender = diag.Text{Zh: "请问把这个文件包发给您的人。", En: "Ask whoever sent you this package."}
	noteText      = diag.Text{
		Zh: `给制作方的说明

{who}  {day}
一共 {n} 块铭牌，每块做 1 件。
{warning}

一、文件

一块铭牌的文件都以它的编号为名，图一样，按 1:1 画，单位毫米：
  编号.pdf   印刷、UV 打印、雕刻。CutContour 是外形和孔，Engrave 是雕刻、蚀刻的内容，White 是白墨，都是专色；裁切线外是出血
  编号.svg   激光雕刻、排版软件
  编号.dxf   切割机、雕刻机：CutContour 层红色，Engrave 层蓝色；照片不在里面
  编号.png   只供看样，不能拿来制作
{files}manifest.xlsx（manifest.csv 内容相同）是清单：尺寸、材质、工艺、二维码内容、每个文件的校验值
sheet.pdf、sheet-a3.pdf 等是我们在办公室打印试贴用的，不是制作文件

颜色：印刷件是 CMYK，目标是 FOGRA39（涂布纸）；二维码是单黑 K100，不要转成四色黑。照片是 sRGB，带特性文件。
补偿：外形和孔按成品尺寸画，没有留割缝，由机器补偿。二维码每条边往里缩了多少微米，写在清单“码边已缩”一栏；0 就是没有缩，蚀刻、刻字会变粗的，先告诉我们缩多少。


二、清单

{list}


三、不能改的

1. 不缩放，不拉伸：按清单上的毫米数做。
2. 二维码不重画，不换样式，不加标志，不反色，不描边。它四周留着 4 个小方格宽的空白，里面什么也不放。
3. 编号、网址、人名、文字，一个字也不改。觉得有错，先问。
4. 码和底的颜色要一深一浅。金属、石材刻好以后要填深色；不要用反光的镜面，不要在码上盖亮膜。
5. 孔按图打，孔边不压字、不压码。
6. 编号和展品一一对应，不能装错：包装上请写编号。


四、先做一块

1. 先做一块，不要整批做。
2. 用尺量：宽、高、码的边长，要和清单一样。
3. 用两部不同的手机（微信扫一扫、自带相机）扫：远近、亮处、暗处都要扫得开。打开的网址要和清单上的“二维码内容”一字不差。
4. 正对着拍一张照片发给我们，我们用程序读过，再做其余的。


五、找谁

{ask}
`,
		En: `For the fabricator

{who}  {day}
{n} plaques, one piece of each.
{warning}

1. Files

The files of a plaque are named after its code. They show the same, at 1:1, in millimetres:
  CODE.pdf   print, UV print, engraving. CutContour is the outline with its holes, Engrave what is engraved or etched, White is white ink, all spot colours; beyond the trim is bleed
  CODE.svg   laser engraving, layout programs
  CODE.dxf   cutters and engravers: the layer CutContour is red, Engrave blue; without photographs
  CODE.png   to look at alone, not to make anything from
{files}manifest.xlsx (manifest.csv says the same) is the list: sizes, materials, processes, what each code holds, checksums of all files
sheet.pdf, sheet-a3.pdf and so on are what we print in the office to try; nothing is made from them

Colour: printed pieces are CMYK, meant for FOGRA39 (coated paper); the code is black alone, K 100, and must not become four-colour black. Photographs are sRGB with a profile.
Compensation: outlines and holes are those of the finished piece, no kerf is allowed for; the machine does that. By how many µm each edge of the code is drawn back stands in the list; 0 is none. If your process makes marks grow, tell us by how much first.


2. List

{list}


3. What must not be changed

1. No scaling, no stretching: the millimetres of the list.
2. The code is not redrawn, restyled, inverted or outlined, and gets no logo. The four modules of empty space around it stay empty.
3. No letter of codes, addresses, names and texts is changed. If something looks wrong, ask first.
4. Code and ground are dark on light. Engraved metal and stone are filled with a dark colour; no mirror finish, no glossy film over the code.
5. Holes are drilled as drawn, clear of type and code.
6. Each code belongs to one exhibit: write the code on each wrapping.


4. One piece first

1. Make one piece, not the whole lot.
2. Measure it: width, height and the side of the code are those of the list.
3. Scan it with two different phones, near and far, in bright and in dim light. The address that opens is, letter by letter, the text in the list.
4. Send us a photograph taken from straight ahead. We read it with our program; then make the others.


5. Whom to ask

{ask}
`,
	}
)
