package theme

import (
	"strings"
	"testing"

	"mingdeng/internal/theme/layered"
)

func TestWords(t *testing.T) {
	for _, c := range []struct {
		raw  string
		args []any
		want string
	}{
		{"简报", nil, "简报"},
		{"第 {0} 期", []any{45}, "第 45 期"},
		{"{1}，{0}", []any{"甲", "乙"}, "乙，甲"},
		{"{0:han}年生", []any{1968}, "一九六八年生"},
		{"{0} {0|piece|pieces}", []any{1}, "1 piece"},
		{"{0} {0|piece|pieces}", []any{58}, "58 pieces"},
		{"{0} {0|piece|pieces}", []any{"1"}, "1 piece"},
		{"{0}{1}", []any{"only"}, "only"},
		{"{0}", []any{"{1}"}, "{1}"},
	} {
		w, err := newWord(c.raw)
		if err != nil {
			t.Errorf("%q: %v", c.raw, err)
		} else if got := w.fill(c.args); got != c.want {
			t.Errorf("%q with %v: %q, want %q", c.raw, c.args, got, c.want)
		}
	}
	for _, raw := range []string{"{", "}", "{a}", "{{t}}", "{0|one}", "{10}", "{0:hanzi}"} {
		if _, err := newWord(raw); err == nil {
			t.Errorf("%q was accepted", raw)
		}
	}
}

func TestLanguages(t *testing.T) {
	for _, c := range []struct {
		name, zh, want string
	}{
		{"same keys", "hello: 你好\nborn: \"{0}年生\"\nplain.word: 甲\n", ""},
		{"one lacking", "hello: 你好\nplain.word: 甲\n", `i18n/zh-Hans.yaml: missing-word: the language file has no word "born"`},
		{"one too many", "hello: 你好\nborn: \"{0}\"\nplain.word: 甲\nmore: 多\n", `i18n/en.yaml: missing-word: the language file has no word "more"`},
		{"not a word", "hello: [a]\nborn: x\nplain.word: x\n", "i18n/zh-Hans.yaml:1:8: theme-file: the theme is wrong: \"hello\" must be a word\ni18n/zh-Hans.yaml: missing-word: the language file has no word \"hello\""},
		{"bad key", "Hello: a\nhello: x\nborn: x\nplain.word: x\n", `i18n/zh-Hans.yaml:1:1: theme-file: the theme is wrong: the key "Hello" may have only small letters, digits, dots and hyphens`},
		{"bad argument", "hello: \"{x}\"\nborn: x\nplain.word: x\n", "i18n/zh-Hans.yaml:1:8: theme-file: the theme is wrong: \"{x}\": an argument is written {0}, {0:han} or {0|one|other}\ni18n/zh-Hans.yaml: missing-word: the language file has no word \"hello\""},
		{"twice", "hello: a\nhello: b\nborn: x\nplain.word: x\n", `i18n/zh-Hans.yaml:2:1: theme-file: the theme is wrong: "hello" stands twice`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, found := Load(layered.Of(files("x", "i18n/zh-Hans.yaml", c.zh), "themes/x"), cardViews)
			if got := told(found); got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
		})
	}
	if _, found := Load(layered.Of(files("x", "i18n/en.yaml", ""), "themes/x"), cardViews); told(found) != "i18n: theme-file: the theme is wrong: it has no language file" {
		t.Error(told(found))
	}
}

func TestEdition(t *testing.T) {
	th, found := Load(layered.Of(files(`<p title='{{t "plain.word"}}'>{{t "plain.word"}} {{t "born" .Born}}</p>`), "themes/x"), cardViews)
	if th == nil {
		t.Fatal(told(found))
	}
	e := th.Edition("en")
	var b strings.Builder
	if err := e.Execute(&b, "card", card{Name: "<x>", Born: 1968}); err != nil {
		t.Fatal(err)
	}
	if want := `<title>&lt;x&gt;</title><p title='A & B'>A & B born in 1968</p>`; b.String() != want {
		t.Errorf("got  %s\nwant %s", b.String(), want)
	}
	if th.Edition("fr") != nil {
		t.Error("the theme speaks French")
	}
	if e.T("born", 3) != "born in 3" || e.T("no.such") != "no.such" || !e.Has("born") || e.Has("no.such") {
		t.Error("words are wrong")
	}
	if err := e.Execute(&b, "no-such", nil); err == nil {
		t.Error("a page that does not exist was executed")
	}
}
