package scans

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"mingdeng/internal/diag"
)

// counted is a small report with everything in it.
func counted(t *testing.T) *Report {
	t.Helper()
	c := NewCounter(plaques())
	line := formats[1].line
	text := line("GET", "/Q/"+codeA+"/", "200", phone) + "\n" + line("GET", "/Q/"+codeA+"/", "200", phone) + "\n" +
		line("GET", "/Q/"+codeB+"/", "404", phone) + "\n" + line("GET", "/Q/"+codeC+"/", "200", phone) + "\n" +
		line("GET", "/Q/"+codeA[:3]+"Z/", "404", phone) + "\n" + line("GET", "/Q/"+codeA+"/", "200", spide) + "\nodd 203.0.113.9\n"
	read(t, c, "a.log", text)
	read(t, c, "b.log", strings.ReplaceAll(line("GET", "/Q/"+codeA+"/", "200", phone), "31/Oct/2026", "31/Aug/2026"))
	return c.Report()
}

func TestReportJSON(t *testing.T) {
	r := counted(t)
	var b bytes.Buffer
	if err := r.JSON(&b); err != nil {
		t.Fatal(err)
	}
	for _, private := range []string{"203.0.113", "zhang", "Mozilla", "odd 2"} {
		if strings.Contains(b.String(), private) {
			t.Errorf("%s is told", private)
		}
	}
	again, err := ReadReport(bytes.NewReader(b.Bytes()))
	if err != nil || again.Openings != 3 || again.Venues[0].Months.Of([]string{"2026-09", "2026-10"}) != 1 {
		t.Errorf("%+v, %v", again, err)
	}
	var names []string
	for _, m := range r.Months {
		names = append(names, m.Month)
	}
	if want := []string{"2026-09", "2026-10", "2026-11"}; !slices.Equal(names, want) {
		t.Errorf("months %q: one without openings must stand between", names)
	}
	if s := r.Strange; len(s) != 1 || !slices.Contains(s[0].Near, codeA) {
		t.Errorf("%+v", s)
	}
	for _, bad := range []string{"", "{}", "[]", "not", `{"format":"mingdeng scans 9"}`} {
		if _, err := ReadReport(strings.NewReader(bad)); !errors.Is(err, ErrFormat) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestCSV(t *testing.T) {
	r := counted(t)
	r.Codes[0].Name = "=HYPERLINK(1)"
	var b bytes.Buffer
	if err := r.CSV(&b); err != nil {
		t.Fatal(err)
	}
	text, found := strings.CutPrefix(b.String(), "\ufeff")
	if !found {
		t.Error("no byte-order mark")
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range [][]string{
		{"2026-09", codeA, "在用 active", "yuan", "园", "yuan/ban-1", "'=HYPERLINK(1)", "1", "0"},
		{"2026-11", codeA, "在用 active", "yuan", "园", "yuan/ban-1", "'=HYPERLINK(1)", "2", "0"},
		{"2026-11", codeB, "在用 active", "guan", "馆", "guan/qiang", "墙", "0", "1"},
		{"2026-11", codeC, "停用 retired", "yuan", "园", "", "", "1", "0"},
	} {
		if !slices.ContainsFunc(rows, func(r []string) bool { return slices.Equal(r, want) }) {
			t.Errorf("%q is not among %q", want, rows)
		}
	}
}

func TestXLSX(t *testing.T) {
	var b bytes.Buffer
	if err := counted(t).XLSX(&b); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheets := f.GetSheetList()
	if len(sheets) != 6 || sheets[0] != "月份 months" {
		t.Fatalf("%q", sheets)
	}
	for cell, want := range map[string]string{"A1": "月份 month", "A2": "2026-09", "B2": "1", "B3": "0", "B4": "2", "C4": "1", "E4": "1"} {
		if got, err := f.GetCellValue(sheets[0], cell); err != nil || got != want {
			t.Errorf("%s is %q, not %q (%v)", cell, got, want, err)
		}
	}
	if got, _ := f.GetCellValue("展品 exhibits", "F2"); got != "2" {
		t.Errorf("November of the first exhibit: %q", got)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	charts := 0
	for _, x := range z.File {
		if strings.HasPrefix(x.Name, "xl/charts/chart") {
			charts++
		}
	}
	if charts != 3 {
		t.Errorf("%d charts", charts)
	}
}

func TestEmptyXLSX(t *testing.T) {
	for _, plaques := range [][]Plaque{nil, plaques()} {
		if err := NewCounter(plaques).Report().XLSX(io.Discard); err != nil {
			t.Error(err)
		}
	}
}

func TestText(t *testing.T) {
	for l, want := range map[diag.Lang][]string{
		diag.Chinese: {"铭牌打开 3 次。日志从 2026-09-01 到 2026-11-01", "2026-11     2  ####", codeA + "  园    一号板     3", "从未打开过：1 块", "停用的编号", "没有打开的编号", codeA[:3] + "Z", "机器人 1 次"},
		diag.English: {"Plaques were opened 3 times", "2026-10      0", "never opened: 1", "robots 1,"},
	} {
		var b strings.Builder
		if err := counted(t).Text(&b, l, false); err != nil {
			t.Fatal(err)
		}
		for _, w := range want {
			if !strings.Contains(b.String(), w) {
				t.Errorf("%q is not in\n%s", w, &b)
			}
		}
	}
}

func TestFiles(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.log", "deep/b.log.gz", "error.log", ".hidden", ".git/x"} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	files, left, err := Files([]string{dir, filepath.Join(dir, "a.log"), filepath.Join(dir, ".", "deep"), "-"})
	want := []string{filepath.Join(dir, "a.log"), filepath.Join(dir, "deep", "b.log.gz"), "-"}
	if err != nil || !slices.Equal(files, want) || len(left) != 1 {
		t.Errorf("%q, %q, %v", files, left, err)
	}
	if files, _, err := Files([]string{filepath.Join(dir, "*.log"), filepath.Join(dir, "deep", "?.log.gz"), "-", "-"}); err != nil || len(files) != 4 {
		t.Errorf("%q, %v", files, err) // patterns name what they match, error.log too
	}
	if _, _, err := Files([]string{filepath.Join(dir, "*.gz")}); !errors.Is(err, os.ErrNotExist) {
		t.Error("a pattern that matches nothing is no file", err)
	}
	if _, _, err := Files([]string{filepath.Join(dir, "none")}); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
	if files, left, _ := Files([]string{filepath.Join(dir, "error.log")}); len(files) != 1 || len(left) != 0 {
		t.Error("what is named is read, whatever it is called")
	}
}

func TestOpen(t *testing.T) {
	line := formats[1].line("GET", "/Q/"+codeA+"/", "200", phone) + "\n"
	wide := []byte{0xff, 0xfe} // as PowerShell writes it
	for _, c := range line {
		wide = append(wide, byte(c), byte(c>>8))
	}
	for name, b := range map[string][]byte{
		"plain": []byte(line), "mark": []byte("\ufeff" + line), "UTF-16": wide, "gz": packedIn(t, line), "members": packedIn(t, line[:20], line[20:]),
		"gz of UTF-16": packedIn(t, string(wide)), "CRLF": []byte(strings.TrimSuffix(line, "\n") + "\r\n"),
	} {
		in, err := Open(bytes.NewReader(b))
		if err != nil {
			t.Fatal(name, err)
		}
		c := NewCounter(plaques())
		if log, err := c.Read(context.Background(), name, in); err != nil || log.Odd != 0 || c.Report().Openings != 1 {
			t.Errorf("%s: %+v, %v", name, log, err)
		}
	}
	if in, err := Open(strings.NewReader("")); err != nil {
		t.Error(err)
	} else if log, err := NewCounter(nil).Read(context.Background(), "empty", in); err != nil || log.Lines != 0 {
		t.Errorf("%+v, %v", log, err)
	}
	if _, err := Open(strings.NewReader("PK\x03\x04zip")); !errors.Is(err, ErrPacked) {
		t.Error(err)
	}
	whole := packedIn(t, strings.Repeat(line, 5000))
	for name, b := range map[string][]byte{"cut": whole[:len(whole)/2], "rotten": slices.Concat(whole[:len(whole)/2], []byte("xxxxxxxx"), whole[len(whole)/2+8:]), "no gz": append([]byte{0x1f, 0x8b, 9, 9}, whole...)} {
		in, err := Open(bytes.NewReader(b))
		if err == nil {
			_, err = NewCounter(plaques()).Read(context.Background(), name, in)
		}
		if err == nil || !Damaged(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if Damaged(os.ErrPermission) || Damaged(gzip.ErrChecksum) == false {
		t.Error("what is damaged")
	}
}

func TestStops(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	c := NewCounter(plaques())
	if _, err := c.Read(ctx, "x", strings.NewReader(strings.Repeat("x\n", 2*stride))); !errors.Is(err, ErrStopped) {
		t.Error(err)
	}
}
