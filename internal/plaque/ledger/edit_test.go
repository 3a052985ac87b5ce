package ledger

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/plaque/code"
)

// must fails where an edit was refused.
func must(t interface{ Fatalf(string, ...any) }, f *diag.Finding) {
	if f != nil {
		t.Fatalf("refused: %s", show([]diag.Finding{*f}))
	}
}

func TestAdd(t *testing.T) {
	add := Entry{Code: codeD, Exhibit: "hall/case", Issued: day}
	block := strings.ReplaceAll("  - code: DDDD\n    exhibit: hall/case\n    issued: 2026-11-03\n    status: active\n", "DDDD", codeD)
	chineseBlock := strings.ReplaceAll("- 编号: DDDD\n  展品: hall/case\n  发放: 2026-11-03\n  状态: 在用\n", "DDDD", codeD)
	const head = "base_url: https://yx.h.cn/\n"
	for name, tt := range map[string]struct{ before, after string }{
		"at the end":            {plain, plain + block},
		"last line open":        {strings.TrimSuffix(plain, "\n"), plain + block},
		"before other keys":     {strings.Replace(plain, "base_url: https://yx.h.cn/\n", "", 1) + "\n# the address\n" + head, strings.Replace(plain, "base_url: https://yx.h.cn/\n", "", 1) + block + "\n# the address\n" + head},
		"a comment of the last": {plain + "    # 已修补\n# 完\n", plain + "    # 已修补\n" + block + "# 完\n"},
		"Chinese, CRLF, mark":   {handmade, handmade + "\r\n" + strings.ReplaceAll(chineseBlock, "\n", "\r\n")},
		"no list yet":           {head + "codes:\n", head + "codes:\n" + block},
		"no list, a comment":    {head + "codes: # none\n  # yet\n# end", head + "codes: # none\n  # yet\n" + block + "# end"},
		"an empty list":         {head + "codes: []  # none\n", head + "codes:  # none\n" + block},
		"no key":                {head, head + "codes:\n" + block},
		"no key, open":          {strings.TrimSuffix(head, "\n"), head + "codes:\n" + block},
		"other indentation":     {head + "codes:\n-   code: " + codeA + "\n    exhibit: a/b\n    issued: 2026-11-03\n    status: active\n", head + "codes:\n-   code: " + codeA + "\n    exhibit: a/b\n    issued: 2026-11-03\n    status: active\n-   " + strings.TrimPrefix(block, "  - ")},
	} {
		t.Run(name, func(t *testing.T) {
			l := read(t, tt.before)
			must(t, l.Add(add))
			if got := string(l.Text()); got != tt.after {
				t.Errorf("got\n%q\nwant\n%q", got, tt.after)
			}
		})
	}
	l := New(Path, "https://yx.h.cn/")
	must(t, l.Add(add, Entry{Code: codeA, Exhibit: "park/lamp", Issued: day}))
	if got := string(l.Text()); !strings.HasPrefix(got, "# 铭牌编号登记簿") || !strings.Contains(got, "codes:\n"+block+"  - code: "+codeA) {
		t.Errorf("a new ledger is\n%s", got)
	}
	if l := New(Path, "https://a.cn/#: x"); l.BaseURL() != "" {
		t.Errorf("a new ledger takes the address %q", l.BaseURL())
	}
}

// TestAddQuotes: a code that YAML or a spreadsheet would read as a number is quoted.
func TestAddQuotes(t *testing.T) {
	for payload, quoted := range map[string]bool{"12E": true, "123": true, "7K3": false} {
		for n := range code.Alphabet {
			payload := payload[:2] + payload[2:] + code.Alphabet[n:n+1]
			if c := payload + string(code.Check(payload)); strings.ContainsAny(c[3:], "ABCDFGHJKMNPQRSTVWXYZE") == quoted {
				continue
			} else {
				l := New(Path, "https://a.cn/")
				must(t, l.Add(Entry{Code: c, Exhibit: "1/2", Issued: day}))
				if got := strings.Contains(string(l.Text()), "code: \""+c+"\"\n"); got != quoted {
					t.Errorf("%s quoted: %v\n%s", c, got, l.Text())
				}
			}
		}
	}
}

func TestAddRefused(t *testing.T) {
	good := Entry{Code: codeD, Exhibit: "hall/case", Issued: day}
	change := func(f func(*Entry)) Entry { e := good; f(&e); return e }
	for name, tt := range map[string]struct {
		text    string
		entries []Entry
		want    *diag.Code
	}{
		"not a code":      {plain, []Entry{change(func(e *Entry) { e.Code = "abc" })}, diag.PlaqueForm},
		"check character": {plain, []Entry{change(func(e *Entry) { e.Code = swapped() })}, diag.PlaqueCheck},
		"listed":          {plain, []Entry{change(func(e *Entry) { e.Code = codeB })}, diag.PlaqueTwice},
		"given twice":     {plain, []Entry{good, good}, diag.PlaqueTwice},
		"no date":         {plain, []Entry{change(func(e *Entry) { e.Issued = date.Date{} })}, diag.BadDate},
		"no exhibit":      {plain, []Entry{change(func(e *Entry) { e.Exhibit = "x" })}, diag.PlaqueShape},
		"faulty ledger":   {strings.Replace(plain, "status: retired", "status: x", 1), []Entry{good}, diag.BadValue},
		"list in one line": {"base_url: https://a.cn/\ncodes: [{code: " + codeA + ", exhibit: a/b, issued: 2026-11-03, status: active}]\n",
			[]Entry{good}, diag.PlaqueShape},
		"null": {"base_url: https://a.cn/\ncodes: ~\n", []Entry{good}, diag.PlaqueShape},
	} {
		l, _ := Parse(Path, []byte(tt.text))
		if f := l.Add(tt.entries...); f == nil || f.Code != tt.want {
			t.Errorf("%s: %+v, want %s", name, f, tt.want.ID)
		}
		if string(l.Text()) != tt.text {
			t.Errorf("%s: the text changed", name)
		}
	}
}

func TestRetire(t *testing.T) {
	replace := func(text string, pairs ...string) string {
		for i := 0; i < len(pairs); i += 2 {
			if !strings.Contains(text, pairs[i]) {
				t.Fatalf("%q not found", pairs[i])
			}
			text = strings.Replace(text, pairs[i], pairs[i+1], 1)
		}
		return text
	}
	emptyNext := replace(plain, "2026-11-05\n    status: active\n", "2026-11-05\n    successor:  \n    status: 'active' # x\n")
	for name, tt := range map[string]struct{ before, code, successor, after string }{
		"without successor": {plain, codeC, "", replace(plain, "2026-11-05\n    status: active", "2026-11-05\n    status: retired")},
		"with successor":    {plain, codeC, codeA, plain[:strings.LastIndex(plain, "active")] + "retired\n    successor: " + codeA + "\n"},
		"last line open":    {strings.TrimSuffix(plain, "\n"), codeC, codeA, plain[:strings.LastIndex(plain, "active")] + "retired\n    successor: " + codeA + "\n"},
		"other successor":   {plain, codeB, codeC, replace(plain, "successor: "+codeA, "successor: "+codeC)},
		"Chinese":           {handmade, codeA, codeC, replace(handmade, "在用   #", "停用   #", "检查过\r\n", "检查过\r\n  接替: "+codeC+"\r\n")},
		"quoted":            {replace(plain, "2026-11-05\n    status: active", "2026-11-05\n    status: \"active\" # x"), codeC, "", replace(plain, "2026-11-05\n    status: active", "2026-11-05\n    status: retired # x")},
		"a key waiting":     {emptyNext, codeC, codeA, replace(emptyNext, "successor:  \n", "successor: "+codeA+"\n", "'active'", "retired")},
		"in braces":         {handmade, codeC, "", replace(handmade, "状态: 在用}", "状态: 停用}")},
		"status first":      {"base_url: https://a.cn/\ncodes:\n- status: active\n  code: " + codeA + "\n  exhibit: a/b\n  issued: 2026-11-03\n- {code: " + codeB + ", exhibit: a/b, issued: 2026-11-03, status: active}\n", codeA, codeB, "base_url: https://a.cn/\ncodes:\n- status: retired\n  successor: " + codeB + "\n  code: " + codeA + "\n  exhibit: a/b\n  issued: 2026-11-03\n- {code: " + codeB + ", exhibit: a/b, issued: 2026-11-03, status: active}\n"},
	} {
		t.Run(name, func(t *testing.T) {
			l := read(t, tt.before)
			must(t, l.Retire(tt.code, tt.successor))
			if got := string(l.Text()); got != tt.after {
				t.Errorf("got\n%s\nwant\n%s", got, tt.after)
			}
			if e, _ := l.Find(tt.code); e.Status != Retired || e.Successor != tt.successor {
				t.Errorf("%+v", e)
			}
		})
	}
	for name, tt := range map[string]struct {
		text, code, successor string
		want                  *diag.Code
	}{
		"unknown":             {plain, codeD, "", diag.PlaqueUnknown},
		"retired":             {plain, codeB, "", diag.PlaqueRetired},
		"same successor":      {plain, codeB, codeA, diag.PlaqueRetired},
		"successor unknown":   {plain, codeC, codeD, diag.PlaqueSuccessor},
		"successor itself":    {plain, codeC, codeC, diag.PlaqueSuccessor},
		"circle":              {plain, codeA, codeB, diag.PlaqueSuccessor},
		"successor in braces": {handmade, codeC, codeA, diag.PlaqueShape},
		"alias":               {strings.Replace(strings.Replace(plain, "status: active", "status: &s active", 1), "2026-11-05\n    status: active", "2026-11-05\n    status: *s", 1), codeC, "", diag.WrongType},
	} {
		l, _ := Parse(Path, []byte(tt.text))
		if f := l.Retire(tt.code, tt.successor); f == nil || f.Code != tt.want {
			t.Errorf("%s: %+v, want %s", name, f, tt.want.ID)
		}
		if string(l.Text()) != tt.text {
			t.Errorf("%s: the text changed", name)
		}
	}
}

// drawn makes a ledger in some of the ways an editor's machine may leave one, with
// the entries it holds.
func drawn(t *rapid.T) (text string, entries []Entry) {
	end := rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "end")
	comment := rapid.Custom(func(t *rapid.T) string {
		return rapid.SampledFrom([]string{"", "", "", "# 备注", "    # further in", "", "# code: 7K3F"}).Draw(t, "comment")
	})
	var b strings.Builder
	line := func(s string) { b.WriteString(s + end) }
	note := func() {
		if s := comment.Draw(t, "note"); s != "" || rapid.IntRange(0, 5).Draw(t, "blank") == 0 {
			line(s)
		}
	}
	tail := func() string { return rapid.SampledFrom([]string{"", "", " ", "  # 注：x"}).Draw(t, "tail") }
	quote := func(s string) string {
		q := rapid.SampledFrom([]string{"", "\"", "'"}).Draw(t, "quote")
		return q + s + q
	}
	key := func(english string, known names) string {
		return rapid.SampledFrom(append([]string{english}, known[english]...)).Draw(t, "key")
	}
	address := func() {
		note()
		line(key("base_url", topNames) + ": " + quote("https://a.cn/") + tail())
	}
	first := rapid.Bool().Draw(t, "address first")
	if rapid.Bool().Draw(t, "mark") {
		b.WriteString(mark)
	}
	if first {
		address()
	}
	note()
	line(key("codes", topNames) + ":" + tail())
	dash := rapid.SampledFrom([]string{"- ", "  - ", " -   "}).Draw(t, "dash")
	for i := range rapid.IntRange(0, 5).Draw(t, "entries") {
		payload := fmt.Sprintf("%03d", i*7)
		e := Entry{Code: payload + string(code.Check(payload)), Exhibit: fmt.Sprintf("park/no-%d", i), Issued: day, Status: Active}
		if i > 0 && rapid.Bool().Draw(t, "retired") {
			e.Status = Retired
			if rapid.Bool().Draw(t, "succeeded") {
				e.Successor = entries[0].Code
			}
		}
		status := rapid.SampledFrom([]string{string(e.Status), chinese[e.Status]}).Draw(t, "status")
		keys := []string{
			key("code", entryNames) + ": \"" + e.Code + "\"", key("exhibit", entryNames) + ": " + quote(e.Exhibit),
			key("issued", entryNames) + ": " + quote("2026-11-03"), key("status", entryNames) + ": " + quote(status),
		}
		if e.Successor != "" {
			keys = append(keys, key("successor", entryNames)+": '"+e.Successor+"'")
		}
		note()
		for i, k := range rapid.Permutation(keys).Draw(t, "keys") {
			if i == 0 {
				line(dash + k + tail())
			} else {
				line(strings.Repeat(" ", len(dash)) + k + tail())
			}
		}
		entries = append(entries, e)
	}
	note()
	if !first {
		address()
	}
	text = b.String()
	if rapid.Bool().Draw(t, "open") {
		text = strings.TrimSuffix(text, end)
	}
	return text, entries
}

func parseDrawn(t *rapid.T) (*Ledger, string, []Entry) {
	text, entries := drawn(t)
	l, findings := Parse(Path, []byte(text))
	if len(findings) > 0 || !sameEntries(l.Entries(), entries) {
		t.Fatalf("%s\n%s%+v\n%+v", text, show(findings), l.Entries(), entries)
	}
	if string(l.Text()) != text {
		t.Fatalf("the text changed:\n%q\n%q", text, l.Text())
	}
	return l, text, entries
}

// TestAddKeepsAll: taking out what was added gives the old text back, byte for byte.
func TestAddKeepsAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l, before, entries := parseDrawn(t)
		add := Entry{Code: codeD, Exhibit: "hall/case", Issued: day, Status: Active}
		must(t, l.Add(add))
		after := string(l.Text())
		if !sameEntries(l.Entries(), append(entries, add)) {
			t.Fatalf("entries %+v", l.Entries())
		}
		// New lines in one piece: a common head, then a common tail.
		head := 0
		for head < len(before) && head < len(after) && before[head] == after[head] {
			head++
		}
		open := !strings.HasSuffix(before, "\n")
		if rest := before[head:]; !strings.HasSuffix(after, rest) && !open {
			t.Fatalf("more than the new lines changed:\n%q\n%q", before, after)
		}
		if added := strings.Count(after, "\n") - strings.Count(before, "\n"); added != 4 && !(open && added == 5) {
			t.Fatalf("%d lines were added:\n%q\n%q", added, before, after)
		}
	})
}

// TestRetireKeepsAll: only the line of the status differs, and one for the successor.
func TestRetireKeepsAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l, before, entries := parseDrawn(t)
		if len(entries) < 2 {
			return
		}
		i := rapid.IntRange(1, len(entries)-1).Draw(t, "which")
		successor := rapid.SampledFrom([]string{"", entries[0].Code}).Draw(t, "successor")
		if entries[i].Status == Retired && (successor == "" || successor == entries[i].Successor) {
			if f := l.Retire(entries[i].Code, successor); f == nil || f.Code != diag.PlaqueRetired {
				t.Fatalf("retired twice: %+v", f)
			}
			return
		}
		must(t, l.Retire(entries[i].Code, successor))
		old, now := strings.SplitAfter(before, "\n"), strings.SplitAfter(string(l.Text()), "\n")
		changed, added := 0, 0
		for o, n := 0, 0; n < len(now); n++ {
			switch {
			case o < len(old) && old[o] == now[n]:
				o++
			case o == len(old)-1 && old[o] == strings.TrimRight(now[n], "\r\n"): // the last line was open and is closed now
				o++
			case o < len(old) && (strings.Contains(now[n], ": retired") || strings.Contains(now[n], ": 停用")) && !strings.Contains(now[n], "#"+" code"):
				changed++
				o++
			case strings.Contains(now[n], ": \""+successor+"\""), strings.Contains(now[n], ": "+successor):
				added++
			case n == len(now)-1 && now[n] == "": // the last line was open and is closed now
			default:
				t.Fatalf("line %d changed:\n%q\n%q", n+1, before, l.Text())
			}
		}
		if changed > 1 || added > 1 || added == 1 && successor == "" {
			t.Fatalf("%d lines changed, %d added:\n%q\n%q", changed, added, before, l.Text())
		}
		entries[i].Status = Retired
		if successor != "" {
			entries[i].Successor = successor
		}
		if !sameEntries(l.Entries(), entries) {
			t.Fatalf("%+v\n%+v", l.Entries(), entries)
		}
	})
}
