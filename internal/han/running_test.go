package han

import (
	"strings"
	"testing"
)

// spoken is a text with the reading of every character behind it.
func spoken(x *Running, text string) string {
	var b strings.Builder
	x.Read(text, func(_ rune, s string) { b.WriteString(s + " ") }, func(s string) { b.WriteString(s + " ") })
	return strings.TrimSpace(b.String())
}

func TestRunning(t *testing.T) {
	x := NewRunning([]Named{{"单青", ""}, {"任𬀩", ""}, {"尉迟勇", ""}, {"曾小艺", "zeng xiao yi"}})
	for text, want := range map[string]string{
		"见义勇为":            "jiàn yì yǒng wéi",
		"因为他们还要还钱":        "yīn wèi tā men hái yào huán qián",
		"银行的行长在行走":        "yín háng de háng zhǎng zài xíng zǒu",
		"一个一个地带到地上":       "yī gè yī gè de dài dào dì shàng",
		"都会去首都":           "dōu huì qù shǒu dū",
		"重复三遍，声音很重":       "chóng fù sān biàn ， shēng yīn hěn zhòng",
		"觉得值得":            "jué de zhí dé",
		"人民医院 120":        "rén mín yī yuàn  120",
		"单青一个单子":          "shàn qīng yī gè dān zi",
		"尉迟勇和任𬀩":          "yù chí yǒng hé rén wěi",
		"曾小艺曾经":           "zēng xiǎo yì céng jīng",
		"背着孩子，背对着门":       "bēi zhe hái zi ， bèi duì zhe mén",
		"女儿长大了，队长长叹":      "nǚ ér zhǎng dà le ， duì zhǎng cháng tàn",
		"慢慢地走在地里":         "màn màn de zǒu zài dì lǐ",
		"被洪水卷走，卷入漩涡，卷好绳子": "bèi hóng shuǐ juǎn zǒu ， juǎn rù xuán wō ， juǎn hǎo shéng zi",
		"第一卷，试卷，案卷":       "dì yī juàn ， shì juàn ， àn juàn",
		"大喝一声，直奔河边，累倒了":   "dà hè yī shēng ， zhí bèn hé biān ， lèi dǎo le",
		"喝水，奔跑，扎紧，应声":     "hē shuǐ ， bēn pǎo ， zā jǐn ， yìng shēng",
		"头发落下来":           "tóu fa luò xià lái",
	} {
		if got := spoken(x, text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

// Every syllable of the data is one, and stands for a character each.
func TestPhrases(t *testing.T) {
	byFirst, singles := phrases()
	known := map[string]bool{"dei": true, "shei": true} // in phrases alone
	for _, y := range data().syllables {
		if got := y.toned(); splitTone(got) != y && y.plain != "" {
			t.Errorf("%v is written %q", y, got)
		}
		known[y.plain] = true
	}
	n := 0
	for _, list := range byFirst {
		for _, p := range list {
			n++
			if len([]rune(p.text)) != len(p.syllables) {
				t.Errorf("%s has %d syllables", p.text, len(p.syllables))
			}
			for _, s := range p.syllables {
				if !known[splitTone(s).plain] {
					t.Errorf("%s: %q is no syllable", p.text, s)
				}
			}
		}
	}
	if n < 5000 || len(singles) < 10 {
		t.Errorf("%d phrases, %d characters", n, len(singles))
	}
}
