package han

import (
	"slices"
	"strings"
	"testing"
)

func TestReadName(t *testing.T) {
	for _, tt := range []struct {
		name, syllables string
		surname         int
		ambiguous       string
	}{
		{"张三", "zhang san", 1, ""},
		{"单雄信", "shan xiong xin", 1, ""},
		{"仇和", "qiu he", 1, ""},
		{"解放", "xie fang", 1, ""},
		{"曾国藩", "zeng guo fan", 1, ""},
		{"尉迟恭", "yu chi gong", 2, ""},
		{"尉健行", "wei jian xing", 1, ""},
		{"区小明", "ou xiao ming", 1, ""},
		{"朴树", "piao shu", 1, ""},
		{"查良镛", "zha liang yong", 1, ""},
		{"任长霞", "ren chang xia", 1, ""},
		{"华罗庚", "hua luo geng", 1, ""},
		{"万俟卨", "mo qi xie", 2, ""},
		{"万里", "wan li", 1, ""},
		{"召明", "shao ming", 1, ""},
		{"缪玲", "miao ling", 1, ""},
		{"种师道", "chong shi dao", 1, ""},
		{"员半千", "yun ban qian", 1, ""},
		{"令狐冲", "ling hu chong", 2, ""},
		{"澹台灭明", "tan tai mie ming", 2, ""},
		{"燕青", "yan qing", 1, ""},
		{"葛优", "ge you", 1, ""},
		{"诸葛亮", "zhu ge liang", 2, ""},
		{"欧阳修", "ou yang xiu", 2, ""},
		{"欧珩", "ou heng", 1, ""},
		{"翟志刚", "zhai zhi gang", 1, "di"},
		{"盖叫天", "ge jiao tian", 1, "gai"},
		{"覃勇", "qin yong", 1, "tan"},
		{"乐毅", "yue yi", 1, "le"},
		{"折家将", "she jia jiang", 1, "zhe"},
		{"单于明", "chan yu ming", 2, "shanyu"},
		{"张 三", "zhang san", 1, ""},
		{"张　三", "zhang san", 1, ""},
		{"王长江", "wang chang jiang", 1, ""},
		{"李重阳", "li chong yang", 1, ""},
		{"吕布", "lü bu", 1, ""},
		{"买买提·吐尔逊", "mai mai ti tu er xun", 0, ""},
		{"买买提•吐尔逊", "mai mai ti tu er xun", 0, ""},
		{"爱新觉罗溥仪", "ai xin jue luo pu yi", 4, ""},
		{"阿依古丽", "a yi gu li", 1, ""},
		{"阿不都热依木", "a bu du re yi mu", 0, ""},
		{"John 李", "john li", 0, ""},
		{"单Ｂ", "shan b", 1, ""},
		{"歐陽脩", "ou yang xiu", 2, ""},
		{"", "", 0, ""},
	} {
		r := ReadName(tt.name)
		if got := strings.Join(r.Syllables, " "); got != tt.syllables || r.Surname != tt.surname ||
			strings.Join(r.Ambiguous, " ") != tt.ambiguous {
			t.Errorf("ReadName(%q) = %q %d %q, want %q %d %q", tt.name, got, r.Surname, r.Ambiguous,
				tt.syllables, tt.surname, tt.ambiguous)
		}
	}
}

func TestSlugName(t *testing.T) {
	for name, want := range map[string]string{
		"张三": "zhang-san", "单雄信": "shan-xiong-xin", "尉迟恭": "yuchi-gong", "欧阳修": "ouyang-xiu",
		"吕布": "lyu-bu", "买买提·吐尔逊": "maimaiti-tuerxun", "令狐": "linghu", "John 李": "john-li",
		"张三2": "zhang-san-2", "爱新觉罗溥仪": "aixinjueluo-pu-yi", "张々": "zhang-zhang", "": "", "·": "",
	} {
		if got := SlugName(name); got != want {
			t.Errorf("SlugName(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestPinyin(t *testing.T) {
	for text, want := range map[string]string{
		"重庆":          "chong qing",
		"重要银行":        "zhong yao yin hang",
		"长安街长江路":      "chang an jie chang jiang lu",
		"市长成长":        "shi zhang cheng zhang",
		"音乐快乐":        "yin yue kuai le",
		"成都都来":        "cheng du dou lai",
		"厦门大厦":        "xia men da sha",
		"见义勇为":        "jian yi yong wei",
		"他被洪水淹没":      "ta bei hong shui yan mo",
		"没有归还":        "mei you gui huan",
		"三门峡着火了":      "san men xia zhao huo le",
		"为了解救儿童":      "wei le jie jiu er tong",
		"了解情况":        "liao jie qing kuang",
		"拾金不昧完璧归还":    "shi jin bu mei wan bi gui huan",
		"支行长":         "zhi hang zhang",
		"A座3楼，B区":     "a zuo 3 lou |，b qu",
		"行人在人行道行走":    "xing ren zai ren xing dao xing zou",
		"女旅客":         "nü lü ke",
		"人人々":         "ren ren ren",
		"浚县 中牟":       "xun xian zhong mu",
		"\U00033FFFx": "\U00033FFF x",
	} {
		want := strings.ReplaceAll(want, "|", "")
		if got := strings.Join(Pinyin(text), " "); got != want {
			t.Errorf("Pinyin(%q) = %q, want %q", text, got, want)
		}
	}
}

// TestData reads every line of the tables kept by hand.
func TestData(t *testing.T) {
	d := data()
	for _, y := range d.syllables[1:] {
		if strings.Trim(strings.ReplaceAll(y.plain, "ü", "v"), "abcdefghijklmnopqrstuvwxyz") != "" || y.plain == "" {
			t.Errorf("syllable %q", y.plain)
		}
	}
	single, double := 0, 0
	for name, s := range d.surnames {
		if s.runes == 1 {
			single++
		} else {
			double++
		}
		for i, r := range []rune(name) {
			if !Is(r) || d.syllables[s.readings[i]].plain == "" {
				t.Errorf("surname %s: bad reading of %c", name, r)
			}
		}
	}
	if single < 80 || double < 60 {
		t.Errorf("%d single and %d double surnames", single, double)
	}
	seen := map[string]string{}
	lines(wordsText, func(char, rest string) {
		f := strings.Fields(rest)
		if !d.spelt[splitTone(f[0]).plain] {
			t.Errorf("words: %s: %s is no syllable", char, f[0])
		}
		for _, w := range f[1:] {
			if !strings.Contains(w, char) {
				t.Errorf("words: %s stands on a line of %s", w, char)
			}
			if was, ok := seen[char+w]; ok {
				t.Errorf("words: %s: %s both %s and %s", char, w, was, f[0])
			}
			seen[char+w] = f[0]
		}
	})
	for r, ws := range d.words {
		if !slices.IsSortedFunc(ws, func(a, b word) int { return len(b.text) - len(a.text) }) {
			t.Errorf("words of %c not longest first", r)
		}
	}
}
