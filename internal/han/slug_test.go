package han

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestSlug(t *testing.T) {
	for s, want := range map[string]string{
		"张三":                  "zhang-san",
		"重庆银行 2020年5月":        "chong-qing-yin-hang-2020-nian-5-yue",
		"Hello, World!":       "hello-world",
		"ＡＢＣ１２３":              "abc123",
		"Émile Zola":          "emile-zola",
		"straße":              "strasse",
		"--a__b--":            "a-b",
		"第３届":                 "di-3-jie",
		"三门峡“见义勇为”":           "san-men-xia-jian-yi-yong-wei",
		"旅游":                  "lyu-you",
		"侵略":                  "qin-lyue",
		"《》":                  "",
		"":                    "",
		"zhang-san":           "zhang-san",
		"\U00031350":          Slug("\U00031350"),
		"\U00033FFF":          "u33fff",
		"a\xffb":              "a-b",
		"⽊":                   "mu", // Kangxi radical
		"張三":                  "zhang-san",
		"001_先进集体（第二届）.final": "001-xian-jin-ji-ti-di-er-jie-final",
	} {
		if got := Slug(s); got != want {
			t.Errorf("Slug(%q) = %q, want %q", s, got, want)
		}
	}
}

var slugSeeds = []string{
	"张三", "单雄信", "e\u0301", "é", "ﬁ①㎡", "ＡＢ", "a--b-", "한글", "か゛", "İK", "々人", "\xff\xfe", "u33fff", "Ǖ",
	"旅\u0308", "\u0344", "①重庆②", "㐀\U00020000", "\u2F00重", "豈", "ǆ",
}

// FuzzSlug: the charset, single inner hyphens, idempotence, one slug for all
// normal forms.
func FuzzSlug(f *testing.F) {
	for _, s := range slugSeeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Slug(s)
		for i := range len(got) {
			if c := got[i]; !('a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-') {
				t.Fatalf("Slug(%q) = %q has %q", s, got, c)
			}
		}
		if strings.Contains(got, "--") || strings.HasPrefix(got, "-") || strings.HasSuffix(got, "-") {
			t.Fatalf("Slug(%q) = %q has stray hyphens", s, got)
		}
		if again := Slug(got); again != got {
			t.Fatalf("Slug(%q) = %q, and again %q", s, got, again)
		}
		for _, form := range []norm.Form{norm.NFC, norm.NFD, norm.NFKC} {
			if other := Slug(form.String(s)); other != got {
				t.Fatalf("Slug(%q) = %q, in form %d %q", s, got, form, other)
			}
		}
		for _, r := range s {
			if got == "" && Is(r) && data().read(r) != 0 {
				t.Fatalf("Slug(%q) is empty", s)
			}
		}
		ReadName(s)
		SlugName(s)
		PinyinKey(s, s)
		StrokeKey(s, BySurname)
		Count(s)
	})
}

func TestSeeds(t *testing.T) {
	if len(slugSeeds) == 0 || len(sentenceSeeds) == 0 {
		t.Error("a fuzz target has no seeds")
	}
	found, err := filepath.Glob("testdata/fuzz/*/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range found {
		if b, err := os.ReadFile(name); err != nil || !strings.HasPrefix(string(b), "go test fuzz") {
			t.Errorf("%s is no seed: %v", name, err)
		}
	}
}

func BenchmarkSlug(b *testing.B) {
	data()
	b.ReportAllocs()
	for b.Loop() {
		Slug("2020年三门峡市见义勇为先进个人表彰大会")
	}
}

func BenchmarkSlugName(b *testing.B) {
	data()
	b.ReportAllocs()
	for b.Loop() {
		SlugName("欧阳雄信")
	}
}

// BenchmarkData is what the first call pays.
func BenchmarkData(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		parse()
	}
}
