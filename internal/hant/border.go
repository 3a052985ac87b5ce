package hant

import (
	"strings"
	"unicode/utf8"
)

// The longest phrase at a place is not always a word of the sentence: 队长发现 begins with
// 长发 (長髮) no more than 政府干预 has 府干 (府幹) in it, and 百年历程 no 年历 (年曆). OpenCC
// has such phrases and reads them so (its issues 201, 349, 1497). Here those that have been
// met in texts give way: a shorter phrase or the character that begins it is read, and the
// phrase that its last character begins gets its turn.

// border says beside what a phrase is none: one of these characters before it or after it.
type border struct{ before, after string }

const (
	numerals = "一二两三四五六七八九十百千万几数多每整这那某各半第"
	offices  = "队班校市会部所局院站组处科县省镇乡村区厂店馆团营连排行船机警社台园司首州庭增成生助特专擅延"
	dry      = "预扰涉燥净旱"
	only     = "能是有要会见想列收"
)

var borders = map[string]border{
	"长发": {before: offices}, "短发": {before: "缩"}, "白发": {after: "票"}, "假发": {after: "票"}, "直发": {after: "抖愣呆慌"},
	"被发": {after: "现出布表展育放明掘票动生给送射起行往配改回"}, "总发": {after: "行电货生放"},
	"松脆饼": {after: "干"}, "大历": {after: "史程届次"}, "年历": {after: "史程届次"},
	"不复": {after: "杂"}, "个中": {before: numerals}, "了如": {after: "何此"}, "年里": {after: "程"},
	"单只": {before: "名订菜账简", after: only}, "是只": {after: only},
	"人制": {after: "作造成"}, "家制": {after: "作造成"}, "市制": {after: "作造成"}, "县制": {after: "作造成"}, "新制": {after: "作造成"}, "省制": {after: "作造成"},
}

// parted tells whether a phrase of the dictionary, found at i, is none there.
func parted(b []byte, i int, found string) bool {
	if len(found) > 3*utf8.UTFMax {
		return false
	}
	rest := b[i+len(found):]
	last, _ := utf8.DecodeLastRuneInString(found)
	var at border
	switch last {
	case '万', '千', '百': // 三万里 is 三 and 万里
		return startsWith(rest, []string{"里"}) && !startsWith(rest, strings.Fields("里面 里边 里头 里程 里有"))
	case '干':
		at = border{after: dry}
	case '发', '饼', '历', '复', '中', '如', '里', '只', '制':
		at = borders[found]
	default:
		return false
	}
	before, _ := utf8.DecodeLastRune(b[:i])
	after, _ := utf8.DecodeRune(rest)
	return strings.ContainsRune(at.before, before) || strings.ContainsRune(at.after, after)
}
