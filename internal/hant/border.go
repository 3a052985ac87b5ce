package hant

import (
	"regexp"
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
	only     = "能是有要会见想列收为让需许得"
	faces    = "直全正反侧单双两三四八每路水地桌封画版表断层书球墙票" // before 面 that is no flour
)

var borders = map[string]border{
	"长发": {before: offices}, "短发": {before: "缩"}, "白发": {after: "票"}, "假发": {after: "票"}, "直发": {after: "抖愣呆慌"},
	"被发": {after: "现出布表展育放明掘票动生给送射起行往配改回"}, "总发": {after: "行电货生放"},
	"松脆饼": {after: "干"}, "大历": {after: "史程届次"}, "年历": {after: "史程届次"},
	"不复": {after: "杂"}, "个中": {before: numerals}, "了如": {after: "何此"}, "年里": {after: "程"},
	"单只": {before: "名订菜账简", after: only}, "是只": {after: only}, "首只": {after: only}, "这只": {after: "让想为需要许得"}, "那只": {after: "让想为需要许得"}, "别只": {after: only + "顾看说听"},
	"面人": {before: faces}, "面包": {before: faces}, "面点": {before: faces}, "面条": {before: faces}, "面团": {before: faces}, "面价": {before: faces}, "多面": {after: "包粉条食团饼汤馆"},
	"人制": {after: "作造成"}, "家制": {after: "作造成"}, "市制": {after: "作造成"}, "县制": {after: "作造成"}, "新制": {after: "作造成"}, "省制": {after: "作造成"},

	// 系 that says what somebody or something is, and ties nothing.
	"系上": {after: "级述面司海午次周月游下班访当网"}, "系世": {after: "界"}, "系个": {after: "人体别案"}, "系于": {after: "0123456789０１２３４５６７８９二三四五六七八九十当同某今去本前"},
	"系住": {after: "宅院户所址房处在"}, "系到": {after: "达场期案"}, "系命": {after: "案令名"}, "系好": {after: "人友事评学心意奇转"}, "系带": {after: "头领队动病伤着来人"},
	"系心": {after: "脏理肌梗源血律内外"}, "系念": {after: "及书"}, "系怀": {after: "孕疑"}, "系恋": {after: "爱人"}, "系有": {after: "关人意的限期组预害名史"}, "系条": {after: "件例约"},
	"系一线": {after: "工员教民医干岗职党施的"}, "系留": {after: "守学下言"}, "系紧": {after: "张急迫邻挨接跟"}, "系累": {after: "犯计"}, "系结": {after: "婚果合束伙石核构"},
	"系腰": {after: "椎部伤间肌"}, "系辞": {after: "职去退"}, "系颈": {after: "部椎动"}, "系马": {after: "路来某上拉桶"},
}

// onlyWill is a clause that begins with what 这只 (只 is 隻) does as often as 这 only does:
// 这只会助长 and 这只会说话的鹦鹉. It is the second where a creature or a thing ends it.
var (
	onlyWill = regexp.MustCompile(`^[会能][^，。；：！？、\s]{0,16}`)
	creature = regexp.MustCompile(`的(?:小|大|老|白|黑|花|猎|流浪)?(?:鸟|狗|猫|犬|鹦鹉|八哥|鱼|虎|羊|兔|猴|鸡|鸭|鹅|龟|熊|狼|鼠|蝴蝶|手|脚|眼|耳|船|箱|动物|鞋|表|杯)`)
)

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
		if !strings.HasPrefix(found, "系") && !strings.HasPrefix(found, "面") && !strings.HasSuffix(found, "面") {
			return false
		}
		at = borders[found]
	}
	if found == "这只" || found == "那只" {
		if clause := onlyWill.Find(rest); clause != nil && !creature.Match(clause) {
			return true
		}
	}
	before, _ := utf8.DecodeLastRune(b[:i])
	after, _ := utf8.DecodeRune(rest)
	return strings.ContainsRune(at.before, before) || strings.ContainsRune(at.after, after)
}
