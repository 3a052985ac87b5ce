// Package manual holds the help topics, made from the same declarations the
// program runs on: a key that is added is explained, one that is removed is gone.
// What is prose is tried by tests: the examples of Markdown are rendered, the table
// of serving.Table is held against a built site, the guide's commands are run.
//
// Topics are plain text that is Markdown as well: headings start with ##, what is to
// be shown as it stands is indented by four.
package manual

import (
	"fmt"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/scaffold"
)

// Topic is one page of help.
type Topic struct {
	Name  string
	Title diag.Text
	Text  func(diag.Lang) string
}

// Topics lists all topics.
func Topics() []Topic {
	return []Topic{
		{"start", diag.Text{Zh: "第一小时：从装好到一块印好的铭牌", En: "the first hour: from the program to a printed plaque"}, scaffold.Guide},
		{"content", diag.Text{Zh: "内容放在哪里", En: "where content lives"}, folders},
		{"keys", diag.Text{Zh: "所有的键", En: "every key"}, keys},
		{"markdown", diag.Text{Zh: "正文怎么写", En: "how texts are written"}, markdown},
		{"voice", diag.Text{Zh: "人人来读：请人录一段声音", En: "a human voice: recordings and what is said in them"}, voiceTopic},
		{"films", diag.Text{Zh: "视频和漫画：怎么准备，怎么写", En: "films and comics: how they are made ready and named"}, filmsTopic},
		{"import", diag.Text{Zh: "把手头的文件收进来：Word、表格、网页", En: "taking in files: Word, rolls, pages"}, importTopic},
		{"editions", diag.Text{Zh: "繁体版和英文版", En: "other languages"}, editions},
		{"plaques", diag.Text{Zh: "铭牌：版式、材质、界限、文件", En: "plaques: designs, materials, limits, files"}, plaques},
		{"theme", diag.Text{Zh: "主题和模板能用的字段", En: "themes, and what templates may show"}, themeTopic},
		{"deploy", diag.Text{Zh: "把网站放到服务器上", En: "putting the site on a server"}, deploy},
		{"verify", diag.Text{Zh: "铭牌还打得开吗：每月问一遍", En: "do plaques still open? asked each month"}, verifyTopic},
		{"scans", diag.Text{Zh: "铭牌打开了多少次", En: "how often plaques were opened"}, scansTopic},
		{"report", diag.Text{Zh: "一年的数据", En: "a year in figures"}, yearTopic},
		{"members", diag.Text{Zh: "许多协会：交上去，汇总起来", En: "many associations: giving and collecting"}, membersTopic},
		{"windows", diag.Text{Zh: "Windows、WPS、编码、文件名", En: "Windows, word processors, encodings, file names"}, windows},
		{"licences", diag.Text{Zh: "字体的许可", En: "licences of the fonts"}, licences},
		{"codes", diag.Text{Zh: "所有的错误代码", En: "every kind of finding"}, codes},
	}
}

func folders(l diag.Lang) string {
	rows := [][3]string{
		{"content/site.yaml", "网站本身：名称、网址、单位、导航", "the site: title, address, organisation, navigation"},
		{"content/heroes/", "一个文件一位英雄，或一个群体", "one file a hero, or a group"},
		{"content/briefs/2026/", "简报，按年份分文件夹", "news briefs, a folder a year"},
		{"content/anthology/书名/", "一本书：_index.md 写书，其余每个文件一篇", "a book: _index.md, and a file for each piece"},
		{"content/venues/阵地/", "一处阵地：_index.md 写阵地，其余每个文件一件展品", "a venue: _index.md, and a file for each exhibit"},
		{"content/honors/", "荣誉和届次", "awards and their sessions"},
		{"content/units/", "工作站、工作室、志愿队、示范单位、义警", "stations, studios, teams, model units, patrols"},
		{"content/reports/", "一年的数据", "a year's figures"},
		{"content/screens/", "公共屏幕的播放单；screens/名字/名字.html 是一个完整的文件，放进 U 盘就能播", "playlists for public displays; screens/NAME/NAME.html is one whole file, to play from a stick"},
		{"content/pages/", "其他页面", "any other page"},
		{"content/members/协会/", "各协会交来的内容，由 mingdeng collect 写：见 mingdeng help members", "what other associations gave, written by mingdeng collect: see mingdeng help members"},
	}
	var b strings.Builder
	for _, r := range rows {
		fmt.Fprintf(&b, "%s\n    %s\n", r[0], diag.Text{Zh: r[1], En: r[2]}.In(l))
	}
	b.WriteString(diag.Text{
		Zh: "\n一条记录是一个 名称.md；有图片时，改成文件夹 名称/，里面放 index.md 和图片。\n网址名就是文件名，中文变拼音：张三.md → zhang-san。\n新建：mingdeng new 英雄 张三\n",
		En: "\nA record is NAME.md; with pictures, a folder NAME/ with index.md and the pictures.\nThe slug is the file name, Chinese becomes pinyin: 张三.md → zhang-san.\nTo make one: mingdeng new hero NAME\n",
	}.In(l))
	return b.String()
}

func keys(l diag.Lang) string {
	var b strings.Builder
	b.WriteString(diag.Text{Zh: "带 * 的必填。中文名和英文名可以混用。\n", En: "* is required. Chinese and English names may be mixed.\n"}.In(l))
	kinds := append([]content.KindInfo{{Kind: content.KindSite, Name: diag.Text{En: "site", Zh: "网站 (site.yaml)"}}}, content.Kinds()...)
	shared := map[string]bool{}
	for _, k := range content.Schema(content.KindPage) {
		if k.En != "title" && k.En != "nav" {
			shared[k.En] = true
		}
	}
	for _, kind := range kinds {
		fmt.Fprintf(&b, "\n## %s %s\n\n", kind.Name.Zh, kind.Name.En)
		for _, k := range content.Schema(kind.Kind) {
			if !shared[k.En] || kind.Kind == content.KindSite {
				writeKey(&b, l, k, "")
			}
		}
	}
	b.WriteString(diag.Text{Zh: "\n## 所有记录都有\n\n", En: "\n## every record\n\n"}.In(l))
	for _, k := range content.Schema(content.KindPage) {
		if shared[k.En] {
			writeKey(&b, l, k, "")
		}
	}
	return b.String()
}

func writeKey(b *strings.Builder, l diag.Lang, k content.Key, indent string) {
	star := ""
	if k.Required {
		star = "*"
	}
	fmt.Fprintf(b, "%s%s %s%s — %s\n", indent, k.Zh, k.En, star, k.Doc.In(l))
	if len(k.Values) > 0 {
		var values []string
		for _, v := range k.Values {
			values = append(values, v.Zh+" "+v.En)
		}
		fmt.Fprintf(b, "%s    = %s\n", indent, strings.Join(values, " | "))
	}
	if len(k.Words) > 0 {
		var words []string
		for _, v := range k.Words {
			words = append(words, v.Zh+" = "+v.En)
		}
		fmt.Fprintf(b, "%s    %s%s\n", indent, diag.Text{Zh: "也认：", En: "also: "}.In(l), strings.Join(words, diag.Text{Zh: "、", En: ", "}.In(l)))
	}
	for _, inner := range k.Keys {
		writeKey(b, l, inner, indent+"    ")
	}
}

func codes(l diag.Lang) string {
	var b strings.Builder
	for _, c := range diag.Codes() {
		first, _, _ := strings.Cut(c.Explain.In(l), "\n")
		fmt.Fprintf(&b, "%s (%s)\n    %s\n", c.ID, c.Severity, first)
	}
	return b.String()
}
