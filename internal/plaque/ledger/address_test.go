package ledger

import (
	"testing"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
)

// TestJudge: no address that nobody can open for ever is fit for codes, however it is
// written; real ones are, whatever their words look like.
func TestJudge(t *testing.T) {
	for base, want := range map[string]Unfit{
		"https://example.cn/": Example, "https://yx.example.cn/": Example, "https://EXAMPLE.com./": Example, "https://example.com.cn/lamp/": Example,
		"https://host.example/lamp/": Example, "https://a.test/": Example, "https://a.invalid": Example, "https://明灯.测试/": Example,
		"https://xn--0zwm56d.test": Example, "https://a.xn--0zwm56d/": Example, "http://ｅｘａｍｐｌｅ.cn/": Example,
		"http://localhost/": Local, "http://localhost:8080/": Local, "https://lamp.localhost/": Local, "https://nas.local/": Local,
		"https://lamp.lan/": Local, "https://lamp.internal/": Local, "https://a.home.arpa/": Local, "https://server/": Local, "https://a.onion/": Local,
		"http://127.0.0.1/": NumericHost, "http://192.168.1.5:8080/": NumericHost, "https://8.8.8.8/": NumericHost, "https://[::1]/": NumericHost, "https://[2001:db8::1]/lamp/": NumericHost,
		"http://3232235777/": NumericHost, "http://0xC0A80101/": NumericHost, "http://192.168.257/": NumericHost, "http://0300.0250.1.1/": NumericHost, "http://1.2.3.0x4/": NumericHost,
		"https://192-168-1-5.nip.io/": NumericHost, "https://nip.io/": NumericHost,
		"https://你的网址/": Placeholder, "https://你的域名.cn/": Placeholder, "https://www.your-domain.com/": Placeholder, "https://yourdomain.cn": Placeholder,
		"https://www.xxx.cn/": Placeholder, "https://xxxx.gov.cn/": Placeholder, "https://域名/": Placeholder, "https://xn--eqrt2g.cn/": Placeholder,
		"https://yx.h.cn/": Fit, "https://www.zzjyyw.gov.cn/": Fit, "https://examples.cn/": Fit, "https://testing.cn/": Fit, "https://local.cn/": Fit,
		"https://home.cn/": Fit, "https://123.cn/": Fit, "https://1.2.3.cn/": Fit, "https://xx.cn/": Fit, "https://见义勇为.中国/": Fit, "https://a.github.io/lamp/": Fit,
		"https://0xab.com/": Fit, "http://h.cn:8080/": Fit, "https://myhost.cn/lamp/": Fit,
	} {
		if got := Judge(base); got != want {
			t.Errorf("%s is %q, want %q", base, got, want)
		}
		if canonical, zh, _ := content.ParseBaseURL(base); zh == "" && Judge(string(canonical)) != want {
			t.Errorf("%s, written as %s, is %q, want %q", base, canonical, Judge(string(canonical)), want)
		}
		if words := want.Text(); want != Fit && (words.Zh == "" || words.En == "") {
			t.Errorf("%s has no words", want)
		}
	}
}

func TestConfirms(t *testing.T) {
	for _, c := range []struct {
		typed, base string
		want        bool
	}{
		{"yx.h.cn", "https://yx.h.cn/", true}, {" YX.H.cn\r", "https://yx.h.cn/", true}, {"https://yx.h.cn", "https://yx.h.cn/", true},
		{"yx.h.cn/lamp/", "https://yx.h.cn/lamp/", true}, {"yx.h.cn:8443", "https://yx.h.cn:8443/", true}, {"见义勇为.中国", "https://xn--2lw10cm3qfuf.xn--fiqs8s/", false},
		{"", "https://yx.h.cn/", false}, {"y", "https://yx.h.cn/", false}, {"h.cn", "https://yx.h.cn/", false}, {"yx.h.cn/lamp", "https://yx.h.cn/", false},
		{"yx.h.cn", "https://yx.h.cn/lamp/", false}, {"http://yx.h.cn", "https://yx.h.cn/", false}, {"yx.h.cn.", "https://yx.h.cn/", false}, {"yx.h.cn/LAMP", "https://yx.h.cn/lamp/", false},
	} {
		if got := Confirms(c.typed, c.base); got != c.want {
			t.Errorf("%q for %s: %v", c.typed, c.base, got)
		}
		if !Confirms(Typed(c.base), c.base) {
			t.Errorf("%q, which is to be typed, does not confirm %s", Typed(c.base), c.base)
		}
	}
	chinese, _, _ := content.ParseBaseURL("https://见义勇为.中国/")
	if Typed(string(chinese)) != "见义勇为.中国" || !Confirms("见义勇为.中国", string(chinese)) {
		t.Errorf("%s is typed as %s", chinese, Typed(string(chinese)))
	}
}

// TestAddressInForce: codes of an address that nobody can open are told; once the site has
// a real one, it is asked for, and takes the place of the other without touching a code.
func TestAddressInForce(t *testing.T) {
	text := "# 备注\nbase_url: 'https://example.cn/' # 网址\ncodes:\n  - code: 7K3X\n    exhibit: a/b\n    issued: 2026-11-03\n    status: active\n"
	l := read(t, text)
	for now, want := range map[string]string{
		"https://example.cn/": "plaque-example", "https://yx.h.cn/": "plaque-unconfirmed", "https://other.example.cn/": "plaque-moved",
	} {
		found := l.Against(World{BaseURL: now, Exhibits: []string{"a/b"}})
		if len(found) != 1 || found[0].Code.ID != want || found[0].Pos.Line != 2 {
			t.Errorf("%s: %s", now, show(found))
		}
	}
	if f := l.Readdress("https://yx.h.cn/"); f != nil {
		t.Fatal(f.Message(diag.English))
	}
	want := "# 备注\nbase_url: https://yx.h.cn/ # 网址\ncodes:\n  - code: 7K3X\n    exhibit: a/b\n    issued: 2026-11-03\n    status: active\n"
	if got := string(l.Text()); got != want {
		t.Errorf("got %s", got)
	}
	if found := l.Against(World{BaseURL: "https://YX.h.cn", Exhibits: []string{"a/b"}}); len(found) > 0 {
		t.Error(show(found))
	}
	// A ledger without codes has promised nothing.
	if found := read(t, "base_url: https://example.cn/\ncodes:\n").Against(World{BaseURL: "https://example.cn/"}); len(found) > 0 {
		t.Error(show(found))
	}
}
