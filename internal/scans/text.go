package scans

import (
	"fmt"
	"io"
	"strings"

	"github.com/rivo/uniseg"

	"mingdeng/internal/diag"
)

// shownRows is how many exhibits, and how many codes of each other sort, are listed where
// not all are asked for.
const shownRows = 20

// barWidth is how many characters the longest bar has.
const barWidth = 30

// Text writes the report for people.
func (r *Report) Text(w io.Writer, l diag.Lang, all bool) error {
	say := func(zh, en string, args ...any) string { return fmt.Sprintf(diag.Text{Zh: zh, En: en}.In(l), args...) }
	var b strings.Builder
	if r.From == "" {
		b.WriteString(say("日志里没有一次访问。\n", "The logs hold no request.\n"))
		_, err := io.WriteString(w, b.String())
		return err
	}
	b.WriteString(say("铭牌打开 %s 次。日志从 %s 到 %s（北京时间）。\n", "Plaques were opened %s times. The logs run from %s to %s (China time).\n", Thousands(r.Openings), r.From, r.To))

	limit := func(n int) int {
		if all {
			return n
		}
		return min(n, shownRows)
	}
	most := int64(1)
	for _, m := range r.Months {
		most = max(most, m.Openings)
	}
	var rows [][]string
	for _, m := range r.Months {
		rows = append(rows, []string{m.Month, Thousands(m.Openings), strings.Repeat("#", int((m.Openings*barWidth+most-1)/most))})
	}
	grid(&b, []string{say("月份", "month"), say("次数", "times"), ""}, rows)

	rows = nil
	for _, v := range r.Venues {
		rows = append(rows, []string{v.Name, Thousands(v.Openings)})
	}
	grid(&b, []string{say("阵地", "venue"), say("次数", "times")}, rows)

	rows = nil
	never := 0
	codes := r.codes(false)
	for _, c := range codes {
		rows = append(rows, []string{c.Code, c.VenueName, c.Name, Thousands(c.Openings)})
		if c.Openings == 0 {
			never++
		}
	}
	left := len(rows) - limit(len(rows))
	grid(&b, []string{say("编号", "code"), say("阵地", "venue"), say("展品", "exhibit"), say("次数", "times")}, rows[:limit(len(rows))])
	more(&b, left, l)
	if never > 0 {
		b.WriteString(say("从未打开过：%d 块\n", "never opened: %d\n", never))
	}

	rows = nil
	for _, c := range r.codes(true) {
		if c.Openings > 0 {
			rows = append(rows, []string{c.Code, c.VenueName, Thousands(c.Openings)})
		}
	}
	grid(&b, []string{say("停用的编号", "retired code"), say("阵地", "venue"), say("次数", "times")}, rows)

	rows = nil
	for _, c := range r.Codes {
		if c.Failed > 0 {
			rows = append(rows, []string{c.Code, c.VenueName, c.Name, Thousands(c.Failed)})
		}
	}
	left = len(rows) - limit(len(rows))
	grid(&b, []string{say("没有打开的编号", "code not served"), say("阵地", "venue"), say("展品", "exhibit"), say("次数", "times")}, rows[:limit(len(rows))])
	more(&b, left, l)

	rows = nil
	for _, s := range r.Strange {
		near := ""
		if len(s.Near) > 0 {
			near = strings.Join(s.Near, say("、", ", "))
		}
		rows = append(rows, []string{s.Code, Thousands(s.Requests), near})
	}
	left = len(rows) - limit(len(rows))
	grid(&b, []string{say("没有发过的编号", "code never issued"), say("次数", "times"), say("像是", "perhaps")}, rows[:limit(len(rows))])
	more(&b, left, l)

	b.WriteString(say("\n另外：机器人 %s 次，预览和预取 %s 次，问了没有发过的编号 %s 次。\n", "\nApart from these: robots %s, previews and prefetches %s, requests for codes never issued %s.\n",
		Thousands(r.Robots), Thousands(r.Previews), Thousands(r.Unknown)))
	_, err := io.WriteString(w, b.String())
	return err
}

// codes are those in force, or those that are not.
func (r *Report) codes(retired bool) []Code {
	var out []Code
	for _, c := range r.Codes {
		if c.Retired == retired {
			out = append(out, c)
		}
	}
	return out
}

func more(b *strings.Builder, n int, l diag.Lang) {
	if n > 0 {
		fmt.Fprintf(b, diag.Text{Zh: "……还有 %d 个（加 -v 全部列出）\n", En: "… and %d more (-v lists them all)\n"}.In(l), n)
	}
}

// grid writes rows in columns that hold for wide characters, numbers to the right; nothing
// where there are none.
func grid(b *strings.Builder, head []string, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	wide := make([]int, len(head))
	for i, h := range head {
		wide[i] = uniseg.StringWidth(h)
		for _, r := range rows {
			wide[i] = max(wide[i], uniseg.StringWidth(r[i]))
		}
	}
	b.WriteByte('\n')
	for n, r := range append([][]string{head}, rows...) {
		line := ""
		for i, cell := range r {
			pad := strings.Repeat(" ", wide[i]-uniseg.StringWidth(cell))
			if isNumber(rows[max(n-1, 0)][i]) && i > 0 {
				line += pad + cell + "  "
			} else {
				line += cell + pad + "  "
			}
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
}

func isNumber(s string) bool { return s != "" && strings.Trim(s, "0123456789,") == "" }

// Thousands writes a count with its thousands parted.
func Thousands(n int64) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
