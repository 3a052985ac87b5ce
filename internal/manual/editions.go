package manual

import (
	"fmt"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
)

func editions(l diag.Lang) string {
	var b strings.Builder
	b.WriteString(diag.Text{
		Zh: `在 site.yaml 写上要哪些版本：

    版本: [简体, 繁体, 英文]

## 繁体 /zh-hant/

全站自动转换，按词转，不按字：头发是頭髮，发现是發現。网址、文件名、代码不变。
姓名不照词转：有“繁体姓名”就用它；没有，姓按姓氏的写法（范 余 叶→葉），名里拿不准的字
原样保留，mingdeng check 会问。某一条要自己写，就在旁边放 名称.zh-hant.md。

## 英文 /en/

旁边放了 名称.en.md 的记录才有英文页，列表里也只有它们。链接到没有英文页的记录，会打开中文页。

## 两份文件怎么合在一起

名称.md 说事实，名称.en.md 只说文字。日期、类别、地区、引用、坐标、图片、授权都取自
名称.md，不用再写；写得不一样会提醒。清单（荣誉、来源、图集）一项对一项，没有要写的写 {}。
英文版没写的，人名、地名、称号照原样显示，下面这些就不显示：
`,
		En: `Name the editions in site.yaml:

    editions: [zh-Hans, zh-Hant, en]

## Traditional, /zh-hant/

The whole site is converted, word by word and not character by character: 头发 is 頭髮, 发现 is 發現.
Addresses, file names and code stay. Names of people are not converted as words are: name_hant is used
where it is given; else a surname is written as that surname is (范 余 叶→葉), and a character of a given
name that nobody can know is kept, and mingdeng check asks. To word a record yourself, put
NAME.zh-hant.md beside it.

## English, /en/

A record has an English page where NAME.en.md lies beside it, and lists hold those alone. A link to a
record without one opens the Chinese page.

## How the two files make one page

NAME.md says what is so, NAME.en.md puts it into words. Dates, kinds, regions, references, coordinates,
pictures and consent are those of NAME.md and need not be repeated; where they differ you are told.
Lists (honours, sources, pictures) go item by item; {} stands for one with nothing to say. Of what the
English file does not give, names of people, places and honours are shown as they are; these are not:
`,
	}.In(l))
	b.WriteString("\n    ")
	b.WriteString(strings.Join(ownKeys(l), diag.Text{Zh: "、", En: ", "}.In(l)))
	b.WriteString(diag.Text{
		Zh: "\n\n站名、简介、单位、导航的英文写在 content/site.en.yaml。\n",
		En: "\n\nThe site's title, description, organisation and navigation are worded in content/site.en.yaml.\n",
	}.In(l))
	return b.String()
}

// ownKeys lists the keys that an edition in another language leaves out unless it gives
// them.
func ownKeys(l diag.Lang) []string {
	var out []string
	seen := map[string]bool{}
	var visit func(keys []content.Key, prefix diag.Text)
	visit = func(keys []content.Key, prefix diag.Text) {
		for _, k := range keys {
			name := diag.Text{Zh: prefix.Zh + k.Zh, En: prefix.En + k.En}
			if k.Own && !seen[name.En] {
				seen[name.En] = true
				out = append(out, fmt.Sprint(name.In(l)))
			}
			visit(k.Keys, diag.Text{Zh: name.Zh + "/", En: name.En + "."})
		}
	}
	for _, kind := range append([]content.KindInfo{{Kind: content.KindSite}}, content.Kinds()...) {
		visit(content.Schema(kind.Kind), diag.Text{})
	}
	return out
}
