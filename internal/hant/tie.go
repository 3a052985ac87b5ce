package hant

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// 系 is 繫 where something is tied. OpenCC's phrases know 系着, 系上, 系鞋带 and some more; what
// a rescuer ties is mostly something else (系安全绳, 绳子系在腰间), and elsewhere 系 is a department
// or says what somebody is. The phrases are asked first: 关系在, 中文系在, 系统 never come here.

// ties is what may be tied, after 系 and what stands between: 系一根粗麻绳, 系红领巾.
var ties = regexp.MustCompile(`^系[了着过]?(?:[一二两三四五几数半][条根块个道副枚朵只段截]|[条根块])?` +
	`(?:[红白黑蓝黄绿青紫彩花长短粗细麻布棉丝大小新旧]{0,2}(?:绳|围巾|方巾|头巾|领巾|汗巾|丝巾|领结|围裙|纽扣|扣子|铃|哈达|绸[带子巾]|布条|救生圈|救生衣|气球|缆绳|蝴蝶结|死结|活结|绳结|风筝|红花)|` +
	`(?:安全|保险|救生|救命|牵引|逃生|尼龙|登山|消防|应急|背|吊|鞋|裤|裤腰|皮|腰|绷|飘|丝|绑|领|肩|帽|红|白|黑|黄|蓝|绿|彩|布|长|麻|钢|缆)(?:带|绳|索))`)

// fails follows a thing that is not tied but has failed: 原因系安全绳断裂.
var fails = regexp.MustCompile(`^(?:突然)?(?:断|爆|脱落|破|老化|松动|质量|意外|不合格|失效|使用)`)

// tiedIn is where something is tied: 系在腰间, 系在自己身上, 系到树上.
var tiedIn = regexp.MustCompile(`^系[在到于][^，。；：！？、\s]{0,6}?(?:腰|身上|身子|腋下|树|桩|柱|栏杆|护栏|桥墩|桥栏|脖|颈|手上|手腕|臂|脚|腿|胸|头上|绳|缆|船头|船尾|船舷|岸边|石头|大石|窗框|窗台|窗上|床|车尾|车头|车上|车把|门把|钩|环上|杆|架上|背上|背包|一起|一块|一头|一端|另一|彼此|颈)`)

// tying stands before a 系 that ties: 绳子系在何处, 腰间系的, 拴系. A department or a person is
// nothing that ends so.
var tying = strings.Fields(`绳子 绳索 绳 缆绳 安全带 带子 鞋带 丝带 红绸 绸带 围巾 领带 扣子 绳头 一头 一端 末端 绳端 腰间 腰上 身上 脖子上 头上 手上 脚上 胸前 颈上 拴 绑 捆 紧紧 牢牢 重新 没 未`)

// notTie goes on to something else: 没系统 is a phrase, 未系某 a sentence of a court.
var notTie = "统列数主某由指属为该其因"

// tied tells whether the 系 at i ties something.
func tied(b []byte, i int) bool {
	rest := b[i:min(len(b), i+72)]
	if tiedIn.Match(rest) {
		return true
	}
	if m := ties.FindIndex(rest); m != nil {
		return !fails.Match(rest[m[1]:])
	}
	next, _ := utf8.DecodeRune(rest[len("系"):])
	if strings.ContainsRune(notTie, next) {
		return false
	}
	before := string(b[:i][max(0, i-12):])
	for _, t := range tying {
		if strings.HasSuffix(before, t) {
			return true
		}
	}
	return false
}
