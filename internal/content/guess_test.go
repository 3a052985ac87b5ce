package content

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"mingdeng/internal/date"
)

func TestMendDate(t *testing.T) {
	for in, want := range map[string]string{
		"2023-02-30": "2023-02", "2020-13-45": "2020", "2023-25-06": "2023-06-25", "2023-06-31": "2023-06", "20230614": "2023-06-14",
		"14/06/2023": "2023-06-14", "6/14/2023": "2023-06-14", "3/4/2023": "", "12/01/2026": "", "12/01/26": "2012-01-26", "26-12-1": "2026-12-01", "98.7.5": "1998-07-05",
		"2026年12月1日20时": "2026-12-01", "2026年12月1日（星期二）": "2026-12-01", "二〇二四年三月五日": "2024-03-05", "3月5日": "", "2024-03-05至2024-03-08": "", "5/5/2023": "2023-05-05", "２０２３－０６－１４": "2023-06-14",
		"二〇二三年六月十四日": "2023-06-14", "二〇二三年六月": "2023-06", "2023年6月14号": "2023-06-14", "2023 年 6 月 14 日": "2023-06-14", "2023、6、14": "2023-06-14",
		"2023.6.14。": "2023-06-14", "2023年6月14日上午": "2023-06-14", "去年": "", "": "", "12": "", "2023-6-14-2": "", "六月": "", "99999": "", "2023-00-10": "2023",
	} {
		if got, _, _ := readDate(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		if s, _, _ := readDate(rapid.StringOf(rapid.RuneFrom([]rune("0123456789-/.年月日号二〇十　 "))).Draw(t, "text")); s != "" {
			if _, err := date.Parse(s); err != nil {
				t.Fatalf("%q is suggested, which is no date", s)
			}
		}
	})
}

func TestMendNumber(t *testing.T) {
	for _, c := range []struct {
		in    string
		whole bool
		want  string
	}{
		{"第12期", true, "12"}, {"第十二期", true, "12"}, {"400毫米", false, "400"}, {"1.5 米", false, "1.5"}, {"1.5米", true, ""}, {"１２", true, "12"},
		{"3万", true, ""}, {"-3人", true, ""}, {"2020-2021", true, ""}, {"许多", true, ""}, {"1,200人", true, "1200"}, {"", true, ""},
	} {
		if got := mendNumber(c.in, c.whole); got != c.want {
			t.Errorf("%q: got %q, want %q", c.in, got, c.want)
		}
	}
}

func TestMendURL(t *testing.T) {
	for in, want := range map[string]string{
		"example.cn": "https://example.cn", "www.example.cn/a": "https://www.example.cn/a", "http:/example.cn": "http://example.cn", "https：//example.cn/": "https://example.cn/",
		"HTTPS://example.cn": "https://example.cn", "https://example.cn/?a=b": "https://example.cn/", "example。cn": "https://example.cn", "某报": "", "a@b.cn": "", "https://": "", "ftp://x.cn": "", "": "",
	} {
		if got := mendURL(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestFileNames(t *testing.T) {
	for name, mended := range map[string]string{
		"con.md": "con-1.md", "AUX": "AUX-1", "com1.tar.gz": "com1-1.tar.gz", "con .en.md": "con-1.en.md", "张三.md ": "张三.md", "a.m?d": "a.m-d", "a. ": "a", " .md": "-1.md", "… .": "…", " ": "-1", "a: b.md": "a-b.md", "张三 .md": "张三.md", "x.": "x", "a?b.jpg": "a-b.jpg",
	} {
		if zh, en := BadFileName(name); zh == "" || en == "" {
			t.Errorf("%s passes", name)
		}
		if got := mendName(name); got != mended {
			t.Errorf("%s becomes %s, want %s", name, got, mended)
		}
		if _, why := BadFileName(mended); why != "" {
			t.Errorf("%s becomes %s: %s", name, mended, why)
		}
	}
	for _, name := range []string{"张三.md", "con-1.md", "console.md", "a.b.md", "_index.md", "com.md", "lpt10.md", "图 1.jpg"} {
		if zh, _ := BadFileName(name); zh != "" {
			t.Errorf("%s: %s", name, zh)
		}
	}
}

// Whatever a name, its mended form is one that Windows can have.
func TestMendName(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"con", "AUX", "com1", ".", ".", " ", "?", ":", "\n", "-", "张三", "en", "md", "\u3000"}), 1, 8).Draw(t, "bits"), "")
		if _, why := BadFileName(mendName(name)); why != "" {
			t.Fatalf("%q becomes %q: %s", name, mendName(name), why)
		}
	})
}
