package generate

import (
	"path/filepath"
	"strings"
	"testing"
)

// What a venue has in Chinese alone is counted in English, with the way to it; map apps go by
// their English names; in Traditional characters, which all have, nothing is said.
func TestVenueInEnglish(t *testing.T) {
	dir := writeSite(t, `
-- content/site.yaml --
title: 小站
base_url: https://host.example/
editions: [zh-Hans, zh-Hant, en]
-- content/site.en.yaml --
title: Small
-- content/venues/park/_index.md --
---
名称: 公园
类别: 主题公园
地区: 河南省
坐标: {lat: 34.76, lng: 113.68, datum: WGS84}
参观路线: [a, b, c]
---
-- content/venues/park/_index.en.md --
---
name: Park
region: Henan
---
-- content/venues/park/a.md --
---
名称: 甲
类别: 展板
---
话。
-- content/venues/park/a.en.md --
---
name: Alpha
---
Words.
-- content/venues/park/b.md --
---
名称: 乙
类别: 展板
---
话。
-- content/venues/park/c.md --
---
名称: 丙
类别: 展板
---
话。
`)
	buildSite(t, dir, "public")
	page := func(edition string) string {
		return string(slurp(t, filepath.Join(dir, "public", edition, "venues/park/index.html")))
	}
	en := page("en")
	for _, want := range []string{`<a href="/venues/park/">2 more places stand here, told of in Chinese only</a>`, ">Amap</a>", ">Baidu Maps</a>", ">Tencent Maps</a>"} {
		if !strings.Contains(en, want) {
			t.Errorf("the English page of a venue lacks %s", want)
		}
	}
	for _, edition := range []string{"", "zh-hant"} {
		if p := page(edition); strings.Contains(p, "只有中文") || strings.Contains(p, ">Amap") {
			t.Errorf("edition %q speaks of what is in Chinese only", edition)
		}
	}
}
