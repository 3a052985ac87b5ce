package pages

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"mingdeng/internal/content"
)

func TestShareTitle(t *testing.T) {
	const site = "明灯 · 见义勇为英雄谱"
	for _, c := range []struct {
		name, line string
		tag        content.Language
		want       string
	}{
		{"沈渡川", "暴雨夜里，他三次返回被淹的地下通道，用一根缆绳，把七个素不相识的人一个一个带了出来。", content.ZhHans, "沈渡川｜暴雨夜里，他三次返回被淹的地下通道"},
		{"单青", "跳下河，救起一人。", content.ZhHans, "单青｜跳下河，救起一人"},
		{"单青", "跳下河！救起一人。", content.ZhHans, "单青｜" + site},
		{"单青", "她喊：“快！快！”就跳了下去。", content.ZhHans, "单青｜她喊：“快！快！”就跳了下去"},
		{"尉迟勇", "", content.ZhHans, "尉迟勇｜" + site},
		{"五县区见义勇为文化进景区项目", "", content.ZhHans, "五县区见义勇为文化进景区项目"},
		{"全市见义勇为英雄模范表彰大会在渡口区召开，三百人到会", "", content.ZhHans, "全市见义勇为英雄模范表彰大会在渡口区召开"},
		{"甲", "一句没有任何停顿而且长得一个标题怎么也放不下它的话", content.ZhHans, "甲｜一句没有任何停顿而且长得一个标题怎么也放不…"},
		{"甲", "，，跳下河，救起一人，又去救一个怎么也够不着的人，再去。", content.ZhHans, "甲｜，，跳下河，救起一人"},
		{"甲", "。跳下河，救起一人。", content.ZhHans, "甲｜。跳下河，救起一人"},
		{"，，" + strings.Repeat("沈", 23), "", content.ZhHans, "，，" + strings.Repeat("沈", 21) + "…"},
		{"。" + strings.Repeat("沈", 24), "", content.ZhHans, "。" + strings.Repeat("沈", 22) + "…"},
		{strings.Repeat("，", 30), "", content.ZhHans, strings.Repeat("，", 23) + "…"},
		{"Shen Duchuan", "On a night of rain he went back into the flooded underpass three times.", content.En, "Shen Duchuan｜On a night of rain he went back into the…"},
	} {
		if got := shareTitle(c.name, c.line, site, c.tag.Info().ShareTitle); got != c.want {
			t.Errorf("%s, %s:\n got %s\nwant %s", c.name, c.line, got, c.want)
		}
	}
}

// No title is longer than a messenger shows, and each begins with the name.
func TestShareTitleFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		alphabet := rapid.SampledFrom([]rune("一个人跳下河，救起。！“”（）《》…… abc12；、"))
		name := rapid.StringOfN(rapid.SampledFrom([]rune("沈渡川·Li ，。！“”…")), 1, 40, -1).Draw(t, "name")
		line := rapid.StringOfN(alphabet, 0, 80, -1).Draw(t, "line")
		got := shareTitle(name, line, "站", content.ZhHans.Info().ShareTitle)
		if n := utf8.RuneCountInString(got); n > content.ZhHans.Info().ShareTitle {
			t.Errorf("%q has %d characters", got, n)
		}
		if strings.TrimSpace(name) != "" && !strings.HasPrefix(got, string([]rune(name)[:1])) {
			t.Errorf("%q does not begin with %q", got, name)
		}
	})
}
