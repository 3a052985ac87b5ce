package diag

import (
	"regexp"
	"strings"
	"testing"
)

func TestEveryCodeIsWhole(t *testing.T) {
	if len(Codes()) < 40 {
		t.Fatalf("only %d codes", len(Codes()))
	}
	seen := map[string]bool{}
	marks := regexp.MustCompile(`\{\d\}`)
	for _, c := range Codes() {
		if seen[c.ID] || c.ID != strings.ToLower(c.ID) || strings.ContainsAny(c.ID, " _") {
			t.Errorf("the ID %q is taken or misspelt", c.ID)
		}
		seen[c.ID] = true
		for name, text := range map[string]Text{"message": c.Message, "hint": c.Hint, "explain": c.Explain} {
			if text.Zh == "" || text.En == "" {
				t.Errorf("%s: the %s lacks a language", c.ID, name)
			}
			for _, s := range []string{text.Zh, text.En} {
				if strings.Count(s, "⟨") != strings.Count(s, "⟩") {
					t.Errorf("%s: the %s has an open part: %s", c.ID, name, s)
				}
			}
		}
		if marks.MatchString(c.Explain.Zh + c.Explain.En) {
			t.Errorf("%s: explanations take no arguments", c.ID)
		}
		if Lookup(c.ID) != c {
			t.Errorf("%s cannot be looked up", c.ID)
		}
	}
}

func TestFill(t *testing.T) {
	for _, c := range []struct {
		text string
		args []any
		want string
	}{
		{"甲{0}乙{1}", []any{1, "二"}, "甲1乙二"},
		{"⟨像“{0}”吗？⟩用{1}", []any{"丙", "丁"}, "像“丙”吗？用丁"},
		{"⟨像“{0}”吗？⟩用{1}", []any{"", "丁"}, "用丁"},
		{"{0}{0}", []any{"重"}, "重重"},
		{"没有", nil, "没有"},
	} {
		if got := fill(c.text, c.args); got != c.want {
			t.Errorf("fill(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

func TestListSortsAndDropsRepeats(t *testing.T) {
	var l List
	l.Add(Tab.At("b", Pos{1, 1}), Tab.At("a", Pos{2, 1}), Tab.At("a", Pos{1, 2}), Tab.At("a", Pos{1, 1}), Tab.At("a", Pos{1, 1}), GB18030.At("a", Pos{}))
	var got []string
	for _, f := range l.Sorted() {
		got = append(got, f.Place())
	}
	if s := strings.Join(got, " "); s != "a a:1:1 a:1:2 a:2:1 b:1:1" {
		t.Errorf("got %s", s)
	}
	if l.Errors() != 4 || l.Warnings() != 1 {
		t.Errorf("%d errors, %d warnings", l.Errors(), l.Warnings())
	}
}
