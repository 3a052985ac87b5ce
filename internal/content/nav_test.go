package content

import (
	"testing"

	"mingdeng/internal/diag"
)

// What the navigation says must lead to the site, or plainly elsewhere.
func TestNavLeads(t *testing.T) {
	for to, want := range map[string]bool{
		"/heroes/": true, "/": true, "/about/#a": true, "https://example.cn/a": true, "http://example.cn": true,
		"//evil.example/": false, `/\evil.example/`: false, `\\evil.example`: false, "javascript:alert(1)": false, "heroes/": false,
		"https://": false, "data:text/html,x": false, "/\t/evil.example": false, "mailto:a@b.c": false,
	} {
		c, found := loadAll(map[string]string{"content/site.yaml": "title: 站\nbase_url: https://a.cn/\nnav: [{label: 去, to: " + quoted(to) + "}]\n"})
		told := false
		for _, f := range found {
			told = told || f.Code == diag.BadURL && f.Pos.Line == 3
		}
		if told == want || (len(c.Site.Nav) == 1) != want {
			t.Errorf("%q: told %v, %d entries", to, told, len(c.Site.Nav))
		}
	}
}

func quoted(s string) string { return "'" + s + "'" }

func TestBaseURLIsOnThisHost(t *testing.T) {
	for text, want := range map[string]BaseURL{
		"https://a.cn": "https://a.cn/", "https://a.cn/lamp": "https://a.cn/lamp/", "https://a.cn//evil.example/": "",
		"https://a.cn/%2e%2e/b": "", "https://a.cn/%2f/evil.example": "", "javascript:x": "",
		"https://a.cn/\"": "https://a.cn/%22/", "https://a\"=.cn": "", "https://小站MCŁ=\"": "", "https://a..cn": "", "https://a_b.cn": "",
		"http://127.0.0.1:80": "http://127.0.0.1:80/", "http://[::1]:80": "http://[::1]:80/", "https://好人.cn": "https://xn--gmq25x.cn/", "https://localhost": "https://localhost/",
	} {
		if got, _, _ := ParseBaseURL(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}
