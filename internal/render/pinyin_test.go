package render

import (
	"strings"
	"testing"

	"mingdeng/internal/han"
)

func TestAnnotate(t *testing.T) {
	r := func(c, p string) string { return "<ruby>" + c + "<rt>" + p + "</rt></ruby>" }
	for in, want := range map[string]string{
		"<p>单青</p><article><h1>单青</h1></article><p>单青</p>": "<p>单青</p><article><h1>" + r("单", "shàn") + r("青", "qīng") + "</h1></article><p>单青</p>",
		"<article>他说：“好。”</article>": "<article>" + r("他", "tā") + `<span class="keep">` + r("说", "shuō") + "：</span>" +
			`<span class="keep">“` + r("好", "hǎo") + "。”</span></article>",
		`<article><img alt="水"><ruby>堃<rt>kūn</rt></ruby> A&amp;B 水 </article>`:    `<article><img alt="水"><ruby>堃<rt>kūn</rt></ruby> A&amp;B ` + r("水", "shuǐ") + " </article>",
		"<article><button>水</button><svg><text>水</text></svg><em>水</em></article>": "<article><button>水</button><svg><text>水</text></svg><em>" + r("水", "shuǐ") + "</em></article>",
		"水": "水",
	} {
		if got := string(annotate([]byte(in), []han.Named{{Name: "单青"}})); got != want {
			t.Errorf("%s\n%s\n%s", in, got, want)
		}
	}
	if got := string(annotate([]byte("<article>"+strings.Repeat("水", 5)+"…</article>"), nil)); strings.Count(got, "<rt>") != 5 {
		t.Error(got)
	}
}
