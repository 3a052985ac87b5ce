package roll

import (
	"regexp"
	"strconv"
	"strings"

	"mingdeng/internal/han"
)

func genderOf(s string) string {
	switch squeeze(s) {
	case "男", "男性", "m", "male":
		return "male"
	case "女", "女性", "f", "female":
		return "female"
	}
	return ""
}

func statusOf(s string) string {
	for _, w := range []struct{ part, status string }{
		{"牺牲", "fallen"}, {"烈士", "fallen"}, {"已故", "deceased"}, {"去世", "deceased"}, {"逝世", "deceased"}, {"病故", "deceased"},
		{"伤残", "disabled"}, {"残疾", "disabled"}, {"健在", "living"}, {"living", "living"}, {"fallen", "fallen"}, {"disabled", "disabled"}, {"deceased", "deceased"},
	} {
		if strings.Contains(strings.ToLower(s), w.part) && !strings.Contains(s, "无"+w.part) && !strings.Contains(s, "未"+w.part) && !strings.Contains(s, "否") {
			return w.status
		}
	}
	return ""
}

func levelOf(s string) string {
	for _, w := range []struct{ part, level string }{
		{"国家", "national"}, {"全国", "national"}, {"省", "province"}, {"自治区", "province"}, {"市", "city"}, {"县", "county"}, {"区", "county"},
		{"national", "national"}, {"province", "province"}, {"city", "city"}, {"county", "county"},
	} {
		if strings.Contains(strings.ToLower(s), w.part) {
			return w.level
		}
	}
	return ""
}

var granter = regexp.MustCompile(`^(\p{Han}{1,9}?(?:省|自治区))?(\p{Han}{1,9}?(?:市|自治州|盟))?(\p{Han}{1,9}?(?:县|区|旗))?`)

// rankOf tells an honour's level by whose it is: 某市某区好市民 is a district's.
func rankOf(title string) string {
	for _, w := range []string{"全国", "国家", "中国", "中华"} {
		if strings.HasPrefix(title, w) {
			return "national"
		}
	}
	title, _, _ = strings.Cut(title, "市民")
	if i := strings.Index(title, "见义勇为"); i >= 0 {
		title = title[:i]
	}
	m := granter.FindStringSubmatch(title)
	switch {
	case m[3] != "":
		return "county"
	case m[2] != "":
		return "city"
	case m[1] != "":
		return "province"
	}
	return ""
}

// unquoted takes off a pair of marks around a title.
func unquoted(s string) string {
	s = strings.Trim(s, " 　")
	for _, q := range []string{"“”", "《》", `""`, "「」"} {
		r := []rune(q)
		if inner, ok := strings.CutPrefix(s, string(r[0])); ok {
			if inner, ok := strings.CutSuffix(inner, string(r[1])); ok && !strings.ContainsAny(inner, q) {
				return inner
			}
		}
	}
	return s
}

// typeOf tells a deed by its words; "" where they tell none or more than one.
func typeOf(s string) string {
	found := ""
	for _, w := range []struct{ kind, words string }{
		{"water-rescue", "water-rescue 水中救人 落水 溺水 跳河 跳江 跳湖 下水 水库 河中 江中 入水 跳入水"},
		{"fire-rescue", "fire-rescue 火中救人 火灾 大火 着火 起火 火海 火场 浓烟"},
		{"crime-stopping", "crime-stopping 制止犯罪 歹徒 持刀 抢劫 抢夺 小偷 窃贼 盗窃 行凶 嫌疑人 逃犯 劫匪 搏斗"},
		{"traffic-rescue", "traffic-rescue 交通救援 车祸 交通事故 追尾 侧翻"},
		{"disaster-relief", "disaster-relief 抢险救灾 洪水 洪灾 泥石流 地震 塌方 山洪 抢险 暴雨"},
		{"medical-aid", "medical-aid 急救伤病 心肺复苏 突发疾病 晕倒 昏迷 急救"},
	} {
		for _, x := range strings.Fields(w.words) {
			if strings.Contains(s, x) {
				if found != "" && found != w.kind {
					return ""
				}
				found = w.kind
				break
			}
		}
	}
	if s == "其他" || s == "other" {
		return "other"
	}
	return found
}

// sessionWords makes 第3届 of 3 and 三; other words stay.
func sessionWords(s string) string {
	s = strings.Join(strings.Fields(s), "")
	if _, err := strconv.Atoi(s); err == nil {
		return "第" + s + "届"
	}
	if _, ok := han.Number(s); ok {
		return "第" + s + "届"
	}
	return s
}
