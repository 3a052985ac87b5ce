package hant

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"mingdeng/internal/han"
)

// Reports veil people: 余某, 范女士, 老党, 他姓钟. No list of names knows those, and the
// dictionaries take them for words (餘某, 範女士). So a character that may be a surname is
// read by what stands around it.

// seldomWords are surnames that hardly ever end a word before a form of address:
// they are names there, wherever it stands. The others (后, 里, 于 …) must begin a clause
// or follow one of beforeNames.
const seldomWords = "余范党郁钟叶涂游谷姜沈岳朴仇卜曲肖付"

// beforeNames may stand before a name and do not end a word with it.
const beforeNames = "对和与跟同给被把由向是叫让请有者民众警员年男女童孩亲母子"

// addresses are what follows a surname in place of the given name.
var addresses = strings.Fields(`某某 女士 先生 同志 警官 民警 辅警 老师 师傅 大爷 大妈 大娘 大姐 大哥 大嫂 大叔 大伯 老伯 老汉 老太 阿姨
	叔叔 奶奶 爷爷 医生 大夫 护士 队长 主任 局长 处长 科长 所长 院长 校长 会长 站长 班长 连长 排长 营长 团长 政委 书记
	经理 老板 小姐 太太 夫人 教授 教练 姓 氏`)

// someWords follow 某 where 于某… is a time or a place, and not a person.
var someWords = strings.Fields(`日 年 月 天 时 次 地 处 市 县 省 村 镇 乡 区 街 校 厂 局 院 店 种 个 些 件 项 段 座 条 栋 部 事 人
	路口 路段 小区 小学 中学 大学 公司 公园 医院 商场 工地 单位 河 山`)

// veiledAgain begin like someWords and yet go on about a person: 于某年仅二十岁.
var veiledAgain = strings.Fields(`年仅 年近 年过 年约 年龄 年轻 年幼 年满 时年 次日 事后 地上`)

// notNames are words of a surname and a form of address.
var notNames = strings.Fields(`党书记 党主任 党同志 党组书记`)

// goesOn may follow a surname after 老, 小 or 阿 and forms no word with it.
const goesOn = "说道和与的在是把被就也都又还见看听想觉告没有不从向对给他她跟及来去回很了当赶迅奋拉抓救将因为并却即已曾才便跑跳冲立等"

// measured stand before 小于 where it compares.
const measured = "不或量值数率径均宽高长重龄距积度力"

// shortForms stand before a surname: 老党, 小于, 阿余, 姓钟.
const shortForms = "老小阿姓"

// veiled tells whether at i, where the character r stands, a person is named by the
// surname alone. The surname follows after skip bytes, is size bytes long and is
// written to.
func (t *table) veiled(b []byte, i int, r rune) (to rune, skip, size int, ok bool) {
	if strings.ContainsRune(shortForms, r) {
		skip = utf8.RuneLen(r)
		to, size, ok = t.afterShort(b, i+skip, r)
		return to, skip, size, ok
	}
	to, ok = t.addressed(b, i, r)
	return to, 0, utf8.RuneLen(r), ok
}

// addressed looks at a surname before 某 or a form of address.
func (t *table) addressed(b []byte, i int, r rune) (to rune, ok bool) {
	seldom := strings.ContainsRune(seldomWords, r)
	if before, _ := utf8.DecodeLastRune(b[:i]); !seldom && !beginsName(before) {
		return 0, false
	}
	rest := b[i+utf8.RuneLen(r):]
	if after, some := bytes.CutPrefix(rest, []byte("某")); some {
		return t.veilable[r], seldom || !startsWith(after, someWords) || startsWith(after, veiledAgain)
	}
	return t.veilable[r], startsWith(rest, addresses) && !startsWith(b[i:], notNames)
}

// afterShort looks at what stands at i after one of shortForms.
func (t *table) afterShort(b []byte, i int, short rune) (to rune, size int, ok bool) {
	r, size := utf8.DecodeRune(b[i:])
	if to, ok = t.veilable[r]; !ok {
		return 0, 0, false
	}
	before, _ := utf8.DecodeLastRune(b[:i-utf8.RuneLen(short)])
	if short == '姓' {
		return to, size, before != '百'
	}
	next, _ := utf8.DecodeRune(b[i+size:])
	if r == '于' && (strings.ContainsRune(measured, before) || '0' <= next && next <= '9' || next == '等') {
		return 0, 0, false
	}
	return to, size, !han.Is(next) || strings.ContainsRune(goesOn, next)
}

// beginsName tells whether a name can begin after a character.
func beginsName(before rune) bool {
	return !han.Is(before) || strings.ContainsRune(beforeNames, before)
}

func startsWith(b []byte, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return bytes.HasPrefix(b, []byte(w)) })
}
