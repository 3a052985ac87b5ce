package hant

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestText(t *testing.T) {
	known := map[string]string{"范伟": "范偉", "余华": "余華", "后来": "后來", "王干": "王干", "王": "王"}
	c := New(known)
	for from, want := range map[string]string{
		"":                         "",
		"Mingdeng 2026 · https://": "Mingdeng 2026 · https://",
		"皇后走在后面，后来回到后方。":      "皇后走在後面，後來回到後方。",
		"他的头发湿了，发现水里有人，出发救人。": "他的頭髮溼了，發現水裡有人，出發救人。",
		"一只船，只有一个人":           "一隻船，只有一個人",
		"干部把衣服晒干，接着干活":        "幹部把衣服曬乾，接著幹活",
		"台风过后登台讲话":            "颱風過後登臺講話",
		"三十里路":                "三十里路",
		"在村里":                 "在村裡",
		"见义勇为，无偿献血，为人民服务":     "見義勇為，無償獻血，為人民服務",
		"复杂、重复、恢复":            "複雜、重複、恢復",
		"钟表与钟情":               "鐘錶與鍾情",
		"面条与面对":               "麵條與面對",
		"范伟和余华是朋友，后来都成了模范":    "范偉和余華是朋友，後來都成了模範",
		"王干救了人":               "王干救了人",
		"𬀩":                   "暐",
	} {
		if got := c.Text(from); got != want {
			t.Errorf("%s\n got %s\nwant %s", from, got, want)
		}
		if got := string(c.Bytes([]byte(from))); got != want {
			t.Errorf("bytes: %s\n got %s\nwant %s", from, got, want)
		}
	}
}

// Who is named by a surname alone keeps it; what only looks like a name is converted as
// the words it is.
func TestVeiled(t *testing.T) {
	c := New(nil)
	for from, want := range map[string]string{
		"余某跳入河中":       "余某跳入河中",
		"村民余某某":        "村民余某某",
		"范女士说":         "范女士說",
		"老党，快跑":        "老党，快跑",
		"老党说":          "老党說",
		"郁警官":          "郁警官",
		"小于把人托起":       "小于把人托起",
		"他姓钟":          "他姓鍾",
		"钟姓男子":         "鍾姓男子",
		"于某年仅二十岁":      "于某年僅二十歲",
		"村民于某救人":       "村民于某救人",
		"，于老师":         "，于老師",
		"于某日、于某年、于某地":  "於某日、於某年、於某地",
		"发生于某小区":       "發生於某小區",
		"在村里某处":        "在村裡某處",
		"车里老师":         "車裡老師",
		"十余人":          "十餘人",
		"其余某些":         "其餘某些",
		"不小于三米":        "不小於三米",
		"小于5":          "小於5",
		"老干部、小范围":      "老幹部、小範圍",
		"老百姓后来":        "老百姓後來",
		"党员范某和小叶":      "黨員范某和小葉",
		"位于云岭":         "位於雲嶺",
		"由于某种原因":       "由於某種原因",
		"余先生、余氏兄弟、阿余":  "余先生、余氏兄弟、阿余",
		"党书记":          "黨書記",
		"跳梁小丑，这周，几周之后": "跳梁小丑，這週，幾週之後",
	} {
		if got := c.Text(from); got != want {
			t.Errorf("%s\n got %s\nwant %s", from, got, want)
		}
	}
	for _, r := range seldomWords {
		if _, ok := c.t.surname[string(r)]; !ok {
			t.Errorf("%c is no surname of the list", r)
		}
	}
}

func TestName(t *testing.T) {
	for name, want := range map[string]struct{ hant, unsure string }{
		"范伟":      {"范偉", ""},
		"余华":      {"余華", ""},
		"叶圣陶":     {"葉聖陶", ""},
		"赵国强":     {"趙國強", ""},
		"钟志秋":     {"鍾志秋", ""},
		"万里":      {"萬里", "里"},
		"干宝":      {"干寶", ""},
		"沈从文":     {"沈從文", ""},
		"单于明":     {"單于明", ""},
		"尉迟勇":     {"尉遲勇", ""},
		"万俟岚":     {"萬俟嵐", ""},
		"肖云":      {"肖云", "肖云"},
		"张发":      {"張发", "发"},
		"任𬀩":      {"任暐", ""},
		"岳飞":      {"岳飛", ""},
		"买买提·吐尔逊": {"買買提·吐爾遜", ""},
		"John Li": {"John Li", ""},
		"丁一舟":     {"丁一舟", ""},
		"党为民":     {"党為民", ""},
		"爱新觉罗·启功": {"愛新覺羅·啟功", ""},
		"谷建芬":     {"谷建芬", ""},
		"":        {"", ""},
	} {
		got, unsure := Name(name)
		if got != want.hant || string(unsure) != want.unsure {
			t.Errorf("%s: got %s (unsure of %q), want %s (%q)", name, got, string(unsure), want.hant, want.unsure)
		}
	}
}

func TestSpellings(t *testing.T) {
	got := Spellings("吴钟")
	if strings.Join(got, " ") != "吴钟 吴鍾 吴鐘 吴鈡 吳钟 吳鍾 吳鐘 吳鈡" {
		t.Errorf("got %q", got)
	}
	if n := len(Spellings(strings.Repeat("钟", 20))); n > 64 {
		t.Errorf("%d spellings", n)
	}
}

func TestPerson(t *testing.T) {
	for s, want := range map[string]bool{"余华": true, "范小伟": true, "欧阳修远": true, "本报记者": false, "宣传部办公室": false, "A组": false, "": false} {
		if Person(s) != want {
			t.Errorf("%s: %v", s, !want)
		}
	}
}

// The result has as many characters as the text, and what is not Han is untouched.
func TestLengthIsKept(t *testing.T) {
	c := New(map[string]string{"余华": "余華"})
	words := rapid.SampledFrom([]string{"头", "发", "干", "部", "皇", "后", "里", "余", "华", "台", "湾", "只", "𬀩", "a", "<", "é", "，", "　", "\n", "范"})
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOf(words).Draw(t, "words"), "") + rapid.String().Draw(t, "any")
		got := c.Text(s)
		if utf8.RuneCountInString(got) != utf8.RuneCountInString(s) {
			t.Fatalf("%q became %q", s, got)
		}
		to := []rune(got)
		for i, r := range []rune(s) {
			if r < bmpFirst && r != to[i] && r != utf8.RuneError {
				t.Fatalf("%q became %q", s, got)
			}
		}
	})
}

// What is not known as a name, or cannot go wrong, makes no other converter.
func TestFingerprint(t *testing.T) {
	plain := New(nil).Fingerprint()
	if New(map[string]string{"赵国强": "趙國強", "王": "王"}).Fingerprint() != plain {
		t.Error("a name that always comes out right changed the fingerprint")
	}
	if New(map[string]string{"余华": "余華"}).Fingerprint() == plain {
		t.Error("a name that would be broken did not change the fingerprint")
	}
}

// Every line of the data is used: the phrases keep their length and stand where they
// can be found.
func TestData(t *testing.T) {
	d := data()
	if len(d.phrases.list) < 40000 || len(d.surname) < 50 {
		t.Fatalf("%d phrases, %d surnames", len(d.phrases.list), len(d.surname))
	}
	for _, p := range d.phrases.list {
		if utf8.RuneCountInString(p.from) != utf8.RuneCountInString(p.to) || !d.phrases.has(p.from) {
			t.Errorf("%s → %s", p.from, p.to)
		}
	}
	for name, s := range d.surname {
		if utf8.RuneCountInString(name) != utf8.RuneCountInString(s.text) {
			t.Errorf("%s → %s", name, s.text)
		}
	}
}

func BenchmarkText(b *testing.B) {
	text := []byte(strings.Repeat("2023年5月20日傍晚，任强下班路过河堤，听见有人喊救命。他来不及脱衣服，跳进水里，把孩子托出水面。后来他说：“换了谁都会这样做。”干部和群众都赶来了，头发还是湿的。", 13))
	c := New(map[string]string{"余华": "余華"})
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		c.Bytes(text)
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		unpack()
	}
}
