package manual

import (
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/plaque/design"
	"mingdeng/internal/plaque/kit"
	"mingdeng/internal/theme/layered"
	"mingdeng/themes"
)

// plaques tells what plaques there are and what bounds them, from the designs and the
// limits themselves.
func plaques(l diag.Lang) string {
	var b strings.Builder
	say := func(zh, en string, args ...any) { fmt.Fprintf(&b, diag.Text{Zh: zh, En: en}.In(l), args...) }
	say("一件展品一个编号，一个编号一块铭牌：\n\n"+
		"    mingdeng plaque issue          给没有编号的展品发编号，记进 content/plaques.yaml\n"+
		"    mingdeng build                 在 public/plaques/阵地/ 做出每块铭牌的文件\n"+
		"    mingdeng plaque preview        用自己的内容画出每种版式，旁边站一个人：plaques/designs.html 和 .pdf\n"+
		"    mingdeng plaque proof          把做好的码放到脏、暗、远、斜等条件下试读\n"+
		"    mingdeng plaque list           列出所有编号\n"+
		"    mingdeng plaque retire 编号    撤下一块；它的网址仍会打开，引向接替的或所在的阵地\n"+
		"    mingdeng plaque inspect 照片   现场的码是不是我们的\n"+
		"    mingdeng plaque verify         到网上问一遍，每一块是不是还打得开\n\n"+
		"编号和网址刻在铭牌上：第一次发放要把网址打一遍（脚本里用 --confirm-address），示例网址、localhost、IP 地址和示例展品不发。\n"+
		"content/plaques.yaml 要一直留着，不要手改。\n"+
		"每块铭牌的文件：%s；每处阵地还有 sheet.pdf（拼版，省纸的用 A3：sheet-a3.pdf；十页一个文件）、manifest.csv 和 manifest.xlsx（订货清单）、install.html（安装单）。\n\n## 版式\n\n",
		"An exhibit has a code, a code a plaque:\n\n"+
			"    mingdeng plaque issue          codes for exhibits that have none, kept in content/plaques.yaml\n"+
			"    mingdeng build                 makes the files of every plaque in public/plaques/VENUE/\n"+
			"    mingdeng plaque preview        every design with your own records beside a person: plaques/designs.html and .pdf\n"+
			"    mingdeng plaque proof          tries the finished codes: dirty, dark, far, aslant\n"+
			"    mingdeng plaque list           lists every code\n"+
			"    mingdeng plaque retire CODE    takes one down; its address leads on to a successor or the venue\n"+
			"    mingdeng plaque inspect PHOTO  is that our code hanging there?\n"+
			"    mingdeng plaque verify         asks the live site whether each still opens\n\n"+
			"Codes and the address are cast in metal: the address is typed once, before the first (in scripts: --confirm-address).\n"+
			"Example addresses, localhost, IP addresses and samples get none. Keep content/plaques.yaml for ever and do not edit it by hand.\n"+
			"Files of each plaque: %s; of each venue also sheet.pdf (A4; sheet-a3.pdf where that\nwastes less; ten pages a file), manifest.csv and manifest.xlsx, install.html.\n\n## Designs\n\n",
		formatList())
	for _, d := range designs() {
		fmt.Fprintf(&b, "    %-10s %s", d.Name, d.Title.In(l))
		say("，%g × %g 毫米", ", %g × %g mm", d.W, d.H)
		if d.Bay > 0 {
			say("，另加每块 %g 宽的名字", ", and bays %g wide for the names", d.Bay)
		}
		if d.Distance > 0 {
			say("；%g 米处读", "; read from %g m", d.Distance)
		}
		if w := codeWidth(d); w > 0 {
			say("；码宽 %g，最远 %g 米处扫", "; code %g wide, scanned from up to %g m", w, farthest(w))
		}
		for _, v := range content.Material("").Values() {
			if v.En == d.Material {
				say("；宜用%s", "; made for %s", diag.Text{Zh: v.Zh, En: v.En}.In(l))
			}
		}
		b.WriteByte('\n')
	}
	say("\n## 材质和工艺\n\n", "\n## Materials and how they are worked\n\n")
	for _, v := range content.Material("").Values() {
		p := kit.Plaque{Material: v.En}
		var more []string
		for _, f := range p.Files()[len(kit.Formats()):] {
			more = append(more, string(f))
		}
		say("    %s %s：%s", "    %[2]s: %[3]s", v.Zh, v.En, kit.ProcessOf(v.En, false).Name().In(l))
		if len(more) > 0 {
			say("；另有 %s", "; also %s", strings.Join(more, diag.Text{Zh: "、", En: ", "}.In(l)))
		}
		b.WriteByte('\n')
	}
	say("\n写在展品的“铭牌”里；整处阵地都一样，写在阵地 _index.md 的“铭牌”里；全站都一样，写在 site.yaml 的“铭牌”里。\n"+
		"没写的按印刷做，生成时会提醒。印刷件是 CMYK（FOGRA39），二维码单黑；带照片的都印刷，成品不到 %d dpi 会提醒。\n"+
		"外形按成品尺寸画，不留割缝。二维码的边要缩多少（µm），写在版式的 compensation 里，清单上有。\n",
		"\nGiven under the exhibit's plaque; once for a venue in its _index.md, once for all in site.yaml.\n"+
			"Without one the files are for print, and a build says so. Print is CMYK (FOGRA39), the code black alone; what shows a photograph is printed, and below %d dpi at final size a build says so.\n"+
			"Outlines are of the finished piece, without kerf. By how much edges of the code draw back (µm) is a design's compensation; the list tells it.\n",
		kit.LeastDPI)
	say("\n换大小：在展品的“铭牌”里写 宽 和 高（毫米），整个版式一起放大缩小。自己的版式放在主题的 plaques/ 里。\n"+
		"board 立在户外，board-wide 横着立，panel 挂在廊里，lectern 坐轮椅也够得着（下面一条留给盲文），banner 是易拉宝，flag 挂灯杆，\n"+
		"sign 是导览牌（展品正文里以 ↑ → ← ↓ ♿ 开头的行就是路），wall 按届次和姓氏笔画排名字（展品写了几位英雄就排几位，不写就排全站），\n"+
		"stone 深刻一至四个字，honor 钉在门旁，label 贴在展厅，card、sticker、tag 拿在手里。见义智为的话按事迹类型来，site.yaml 的 铭牌: {智为: …} 可以另写。\n\n## 界限\n\n",
		"\nAnother size: width and height (mm) under the exhibit's plaque scale the whole design. Designs of your own go into the theme's plaques/.\n"+
			"board stands outdoors, board-wide lies on two posts, panel hangs in a corridor, lectern is in a wheelchair's reach (with a band for Braille), banner is a\n"+
			"roll-up, flag hangs on a lamp post, sign leads the way (lines of the exhibit's text that begin with ↑ → ← ↓ ♿), wall has names by session and strokes\n"+
			"(of the exhibit's heroes, else of all), stone is carved with one to four characters, honor hangs at a door, label in a hall; card, sticker and tag are\n"+
			"held in the hand. What boards advise follows the type of the deed, or plaque: {advice: …} in site.yaml.\n\n## Limits\n\n")
	say("- 码的宽度至少是扫描距离的十分之一：站 2 米远，码宽 200 毫米。\n- 码的一个小方格至少（毫米）：", "- A code is at least a tenth of the scanning distance wide: 200 mm for 2 m.\n- A module of the code has at least (mm): ")
	var least []string
	for _, v := range content.Material("").Values() {
		least = append(least, fmt.Sprintf("%s %g", diag.Text{Zh: v.Zh, En: v.En}.In(l), design.LeastModule(v.En)))
	}
	b.WriteString(strings.Join(least, diag.Text{Zh: "、", En: ", "}.In(l)))
	least = nil
	for _, v := range content.Material("").Values() {
		least = append(least, fmt.Sprintf("%s %g", diag.Text{Zh: v.Zh, En: v.En}.In(l), design.LeastStroke(v.En)))
	}
	say("。\n- 字高至少是读的距离的六十分之一，导览牌五十分之一，走近了才看的小字一百分之一。\n- 最细的笔画至少（毫米）：", ".\n- Type has at least a sixtieth of the distance it is read from, on signs a fiftieth, small print a hundredth.\n- The thinnest stroke has at least (mm): ")
	b.WriteString(strings.Join(least, diag.Text{Zh: "、", En: ", "}.In(l)))
	say("；不够就先加粗。\n- 码的四周空出 %d 个小方格宽；底与码的明暗至少 %d : 1；总是深色印在浅色上，中间不放标志。\n"+
		"- 铭牌上的字转成轮廓；字体里没有的字、放不下的字，生成时就会报错，说出多大才行。\n",
		"; type is made bolder first.\n- An empty rim of %d modules; at least %d : 1 between panel and code; always dark on light, no logo inside.\n"+
			"- Type becomes outlines; a character the font lacks, or a text that does not fit, stops the build and says what would work.\n",
		design.Quiet, design.LeastContrast)
	return b.String()
}

func formatList() string {
	var names []string
	for _, f := range kit.Formats() {
		names = append(names, strings.ToUpper(string(f)))
	}
	return strings.Join(names, ", ")
}

// designs are those of the built-in theme, by name.
func designs() []*design.Design {
	look, err := fs.Sub(themes.FS, "lamplight")
	if err != nil {
		return nil
	}
	loaded, _ := design.Load(layered.Of(look, "themes/lamplight"), nil)
	var out []*design.Design
	for _, d := range loaded {
		out = append(out, d)
	}
	slices.SortFunc(out, func(a, b *design.Design) int { return strings.Compare(a.Name, b.Name) })
	return out
}

func codeWidth(d *design.Design) float64 {
	for _, x := range d.Boxes {
		if x.Kind == design.Code {
			return x.W
		}
	}
	return 0
}

// farthest is how far a code of a width (mm) can be scanned from, m.
func farthest(width float64) float64 { return math.Floor(width/10) / 10 }
