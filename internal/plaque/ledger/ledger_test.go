package ledger

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/plaque/code"
)

// Some valid codes, made here so that the tests say what they mean.
func c(payload string) string { return payload + string(code.Check(payload)) }

var (
	codeA, codeB, codeC, codeD = c("7K3"), c("9WX"), c("C3P"), c("R2D")
	day                        = date.Date{Year: 2026, Month: 11, Day: 3}
)

// plain is a ledger as the program writes it.
var plain = strings.NewReplacer("AAAA", codeA, "BBBB", codeB, "CCCC", codeC).Replace(`# 铭牌编号登记簿

base_url: https://yx.h.cn/
codes:
  # 一期
  - code: AAAA
    exhibit: park/lamp
    issued: 2026-11-03
    status: active
  - code: BBBB   # 南门
    exhibit: park/stone
    issued: 2026-11-03
    status: retired
    successor: AAAA

  # 二期
  - code: CCCC
    exhibit: hall/wall
    issued: 2026-11-05
    status: active
`)

// handmade is the same ledger as an editor's machine may have left it.
var handmade = strings.NewReplacer("AAAA", codeA, "BBBB", codeB, "CCCC", codeC, "\n", "\r\n").Replace(mark + `铭牌网址: "https://yx.h.cn/"
编号:
- 展品: park/lamp
  编号: 'AAAA'
  发放: 2026年11月3日
  状态: 在用   # 2026 年检查过
- 编号: BBBB
  状态: "停用"
  发放: 2026-11-03
  接替: AAAA
  展品: park/stone
- {编号: CCCC, 展品: hall/wall, 发放: 2026-11-05, 状态: 在用}`)

func entriesWanted() []Entry {
	return []Entry{
		{Code: codeA, Exhibit: "park/lamp", Issued: day, Status: Active},
		{Code: codeB, Exhibit: "park/stone", Issued: day, Status: Retired, Successor: codeA},
		{Code: codeC, Exhibit: "hall/wall", Issued: date.Date{Year: 2026, Month: 11, Day: 5}, Status: Active},
	}
}

func world() World {
	return World{BaseURL: "https://yx.h.cn/", Exhibits: []string{"park/lamp", "park/stone", "hall/wall"}}
}

func sameEntries(a, b []Entry) bool {
	return slices.EqualFunc(a, b, func(a, b Entry) bool { a.Pos, b.Pos = diag.Pos{}, diag.Pos{}; return a == b })
}

// read parses a ledger that must be in order.
func read(tb testing.TB, text string) *Ledger {
	tb.Helper()
	l, findings := Parse(Path, []byte(text))
	if len(findings) > 0 {
		tb.Fatalf("findings:\n%s", show(findings))
	}
	return l
}

func show(findings []diag.Finding) string {
	var b bytes.Buffer
	diag.WriteText(&b, findings, diag.Chinese)
	diag.WriteText(&b, findings, diag.English)
	return b.String()
}

func TestParse(t *testing.T) {
	for name, text := range map[string]string{"plain": plain, "handmade": handmade} {
		l := read(t, text)
		if l.BaseURL() != "https://yx.h.cn/" || !sameEntries(l.Entries(), entriesWanted()) {
			t.Errorf("%s: %s, %+v", name, l.BaseURL(), l.Entries())
		}
		if findings := l.Against(world()); len(findings) > 0 {
			t.Errorf("%s: %s", name, show(findings))
		}
		if string(l.Text()) != text {
			t.Errorf("%s: the text changed", name)
		}
	}
	l := read(t, plain)
	if e, ok := l.Find(codeB); !ok || e.Pos != (diag.Pos{Line: 10, Col: 11}) || e.Venue() != "park" {
		t.Errorf("%+v, %v", e, ok)
	}
	if _, ok := l.Find(""); ok {
		t.Error("an empty code is found")
	}
	if e, ok := l.Heir(codeB); !ok || e.Code != codeA {
		t.Errorf("the heir is %+v, %v", e, ok)
	}
	if _, ok := l.Heir(codeD); ok {
		t.Error("an unknown code has an heir")
	}
}

func TestParseGB18030(t *testing.T) {
	l, findings := Parse(Path, []byte("# \xc3\xfa\xc5\xc6\nbase_url: https://a.cn/\n"))
	if len(findings) != 1 || findings[0].Code != diag.GB18030 || string(l.Text()) != "# 铭牌\nbase_url: https://a.cn/\n" {
		t.Errorf("%s%q", show(findings), l.Text())
	}
	if f := l.Add(Entry{Code: codeA, Exhibit: "a/b", Issued: day}); f != nil {
		t.Errorf("a warning stops an edit: %s", show([]diag.Finding{*f}))
	}
}

// swap returns codeA with its first two characters swapped, which the check sees.
func swapped() string { return codeA[1:2] + codeA[:1] + codeA[2:] }

// TestFaults shows each fault with its place, in both languages.
func TestFaults(t *testing.T) {
	was := entriesWanted()
	gone := Entry{Code: codeD, Exhibit: "hall/case", Issued: day, Status: Active}
	for _, tt := range []struct {
		name     string
		old, new string // what is changed in plain
		world    func(*World)
		want     string // PATH:LINE:COL id, one a finding
	}{
		{name: "nothing"},
		{"wrong check character", "code: " + codeA, "code: " + swapped(), nil, "6:11 plaque-check"},
		{"lower case", "code: " + codeC, "code: " + strings.ToLower(codeC), nil, "17:11 plaque-form"},
		{"wrong letter", "code: " + codeC, "code: 七K3F", nil, "17:11 plaque-form"},
		{"too short", "code: " + codeC, "code: 7K3", nil, "17:11 plaque-form"},
		{"twice", "code: " + codeC, "code: " + codeA, nil, "17:11 plaque-twice"},
		{"unknown exhibit", "hall/wall", "hall/wal", nil, "17:11 plaque-orphan"},
		{"exhibit of a retired code", "park/stone", "park/gone", nil, ""},
		{"exhibit without venue", "hall/wall", "wall", nil, "18:14 wrong-type"},
		{"successor unknown", "successor: " + codeA, "successor: " + codeD, nil, "14:16 plaque-successor"},
		{"successor itself", "successor: " + codeA, "successor: " + codeB, nil, "14:16 plaque-successor"},
		{"successor of an active code", "status: active\n  - code: " + codeB, "status: active\n    successor: " + codeC + "\n  - code: " + codeB, nil, "10:16 plaque-successor"},
		{"successors in a circle", "status: active\n  - code: " + codeB, "status: retired\n    successor: " + codeB + "\n  - code: " + codeB, nil, "10:16 plaque-successor|15:16 plaque-successor"},
		{"bad status", "status: retired", "status: retird", nil, "13:13 bad-value"},
		{"bad date", "2026-11-05", "2026-11-31", nil, "19:13 bad-date"},
		{"date without a day", "2026-11-05", "2026-11", nil, "19:13 bad-date"},
		{"missing key", "    issued: 2026-11-05\n", "", nil, "17:5 missing-key"},
		{"empty value", "issued: 2026-11-05", "issued:", nil, "19:5 empty-value"},
		{"unknown key", "issued: 2026-11-05", "issued: 2026-11-05\n    isued: x", nil, "20:5 unknown-key"},
		{"key twice", "issued: 2026-11-05", "issued: 2026-11-05\n    发放: 2026-11-05", nil, "20:5 duplicate-key"},
		{"no base_url", "base_url: https://yx.h.cn/\n", "", nil, "1:1 missing-key"},
		{"bad base_url", "https://yx.h.cn/", "yx.h.cn", nil, "3:11 bad-url"},
		{"full-width colon", "base_url: ", "base_url：", nil, "3:9 full-width-colon"},
		{"tab", "    exhibit: park/lamp", "\texhibit: park/lamp", nil, "7:1 tab"},
		{"not a list", "codes:", "codes: {}\nplaques:", nil, "5:1 duplicate-key|4:8 wrong-type"},
		{"open quote", "code: " + codeA, "code: \"" + codeA, nil, "? syntax"},
		{"other address", "", "", func(w *World) { w.BaseURL = "https://new.example.cn/" }, "3:11 plaque-moved"},
		{"other path", "", "", func(w *World) { w.BaseURL = "https://yx.h.cn/lamp/" }, "3:11 plaque-moved"},
		{"same address", "", "", func(w *World) { w.BaseURL = "https://YX.h.cn:443" }, ""},
		{"code of the last build gone", "", "", func(w *World) { w.Known = append(was, gone) }, "4:1 plaque-lost"},
		{"code of the last build misspelt", "code: " + codeC, "code: " + codeC[1:2] + codeC[:1] + codeC[2:], func(w *World) { w.Known = was }, "17:11 plaque-check|17:11 plaque-lost"},
		{"all codes kept", "", "", func(w *World) { w.Known = was }, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := strings.Replace(plain, tt.old, tt.new, 1)
			if tt.old != "" && text == plain {
				t.Fatal("nothing was changed")
			}
			l, findings := Parse(Path, []byte(text))
			w := world()
			if tt.world != nil {
				tt.world(&w)
			}
			findings = append(findings, l.Against(w)...)
			var got []string
			for _, f := range findings {
				got = append(got, fmt.Sprintf("%d:%d %s", f.Pos.Line, f.Pos.Col, f.Code.ID))
				for _, lang := range []diag.Lang{diag.Chinese, diag.English} {
					if s := f.Message(lang) + f.Hint(lang); strings.ContainsAny(s, "{}⟨⟩") || f.Path != Path {
						t.Errorf("%s: %s", f.Path, s)
					}
				}
			}
			if g := strings.Join(got, "|"); g != tt.want && (tt.want != "? syntax" || len(got) == 0 || !strings.HasSuffix(g, " syntax")) {
				t.Errorf("found %q, want %q\n%s", g, tt.want, show(findings))
			}
		})
	}
}

func TestUnreadable(t *testing.T) {
	for text, want := range map[string]*diag.Code{
		"\xff\xfeb\x00": diag.UTF16, "base\x00": diag.NUL, "\xff\xff\xff": diag.BadBytes, "": diag.MissingKey, "- a": diag.Syntax, "[": diag.Syntax, "null": diag.MissingKey,
		strings.Repeat("#", largest+1): diag.TooLarge, strings.Repeat("[", 5000): diag.Syntax, "base_url: &a [*a]": diag.WrongType, "codes: *x": diag.Syntax,
		"base_url: https://a.cn/\ncodes: &x\n- *x\n": diag.WrongType,
	} {
		l, findings := Parse(Path, []byte(text))
		if len(findings) == 0 || findings[0].Code != want && findings[0].Code != diag.TooDeep {
			t.Errorf("%.20q: %s", text, show(findings))
			continue
		}
		if l.Add(Entry{Code: codeA, Exhibit: "a/b", Issued: day}) == nil || l.Retire(codeA, "") == nil {
			t.Errorf("%.20q can be edited", text)
		}
	}
}

// TestLostHint: the lines that the hint says to put back mend the ledger.
func TestLostHint(t *testing.T) {
	w := world()
	w.Known = entriesWanted()
	short := plain[:strings.Index(plain, "  # 二期")]
	findings := read(t, short).Against(w)
	if len(findings) != 1 || findings[0].Code != diag.PlaqueLost {
		t.Fatalf("%s", show(findings))
	}
	hint := findings[0].Hint(diag.English)
	at := strings.Index(hint, "  - code")
	if at < 0 {
		t.Fatal(hint)
	}
	lines := strings.Split(hint[at:], "\n")[:4]
	if findings := read(t, short+strings.Join(lines, "\n")).Against(w); len(findings) > 0 {
		t.Error(show(findings))
	}
}
