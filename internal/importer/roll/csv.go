package roll

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"mingdeng/internal/importer/report"
)

// separated reads text with separators, as Excel, WPS and others save it.
func separated(b []byte, log *report.Log) ([]sheet, error) {
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xfe")), bytes.HasPrefix(b, []byte("\xfe\xff")):
		t, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(b)
		if err != nil {
			return nil, errTable
		}
		b = t
	case !utf8.Valid(b):
		t, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b)
		readable := err == nil && !bytes.ContainsRune(t, utf8.RuneError)
		if big5, err := traditionalchinese.Big5.NewDecoder().Bytes(b); err == nil && !bytes.ContainsRune(big5, utf8.RuneError) && (!readable || hasNames(big5) && !hasNames(t)) {
			log.Add(report.Taken, "文件是大五码（Big5），已转成 UTF-8", "the file was Big5 and was converted")
			return textTable(big5, log)
		}
		if !readable {
			return nil, report.Errorf("这个文件的文字读不出来：它既不是 UTF-8，也不是 GB18030。用 WPS 打开，另存为 .xlsx", "the text of this file is neither UTF-8 nor GB18030. Open it in WPS or Excel and save it as .xlsx")
		}
		b = t
		log.Add(report.Taken, "文件是 GB18030 编码，已转成 UTF-8", "the file was GB18030 and was converted")
	}
	return textTable(b, log)
}

// hasNames tells whether the first lines have a heading of names.
func hasNames(b []byte) bool {
	for _, line := range strings.SplitN(string(b[:min(len(b), 4000)]), "\n", 20) {
		for _, cell := range strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(",;\t，\r", r) }) {
			if isName(strings.Trim(cell, `"`)) {
				return true
			}
		}
	}
	return false
}

// textTable reads text in UTF-8.
func textTable(b []byte, log *report.Log) ([]sheet, error) {
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	if bytes.IndexByte(b, 0) >= 0 {
		return nil, errTable
	}
	b, comma := declared(b)
	if comma == 0 {
		comma = separator(b)
	}
	if loose(b, comma) {
		log.Add(report.Guessed, "文件里的英文引号没有成对，当作字读", "quotation marks of the file do not pair off; they are read as characters")
		return []sheet{{rows: plainRows(b, comma, log)}}, nil
	}
	r := csv.NewReader(bytes.NewReader(b))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = comma, -1, true
	s := sheet{}
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, errTable
		}
		if len(s.rows) == maxRows {
			log.Add(report.Left, "第 %d 行以后：表太长", "rows after %d: the table is too long", maxRows)
			break
		}
		row = row[:min(len(row), maxColumns)]
		for i := range row {
			row[i] = cut(row[i], log)
		}
		// Blank lines are not read: keep the row numbers that the editor sees.
		line, _ := r.FieldPos(0)
		for len(s.rows) < min(line, maxRows)-1 && len(s.rows) < maxRows-1 {
			s.rows = append(s.rows, nil)
		}
		s.rows = append(s.rows, row)
	}
	return []sheet{s}, nil
}

// declared reads a first line that says by which character the others are parted, as Excel
// does (sep=;), and leaves it empty. comma is 0 where there is none.
func declared(b []byte) (rest []byte, comma rune) {
	line, _, _ := bytes.Cut(b, []byte("\n"))
	m := sepLine.FindSubmatch(line)
	if m == nil {
		return b, 0
	}
	comma, _ = utf8.DecodeRune(m[1])
	return b[len(bytes.TrimRight(line, "\r")):], comma
}

// sepLine may be closed by separators: a program that knows nothing of it fills the row up.
var sepLine = regexp.MustCompile(`^\s*"?(?i:sep)=([,;|:，；\t ])"?[,;|，；\t ]*\r?$`)

// loose tells whether a quotation mark opens a cell and does not close it where a cell
// ends: with such a mark the rest of the file would be one cell.
func loose(b []byte, comma rune) bool {
	open := false
	start := true // of a cell
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		switch {
		case open && r == '"' && i+1 < len(b) && b[i+1] == '"':
			n++
		case open && r == '"':
			next, _ := utf8.DecodeRune(b[i+1:])
			if i+1 < len(b) && next != comma && next != '\n' && next != '\r' {
				return true
			}
			open = false
		case !open && r == '"' && start:
			open = true
		}
		start = !open && (r == comma || r == '\n')
		i += n
	}
	return open
}

// plainRows parts lines at the separator, without quotation.
func plainRows(b []byte, comma rune, log *report.Log) [][]string {
	var rows [][]string
	for line := range strings.SplitSeq(strings.ReplaceAll(string(b), "\r\n", "\n"), "\n") {
		if len(rows) == maxRows {
			log.Add(report.Left, "第 %d 行以后：表太长", "rows after %d: the table is too long", maxRows)
			break
		}
		var row []string
		for cell := range strings.SplitSeq(line, string(comma)) {
			if len(row) == maxColumns {
				break
			}
			if inner, ok := strings.CutPrefix(cell, `"`); ok && strings.HasSuffix(inner, `"`) {
				cell = strings.ReplaceAll(strings.TrimSuffix(inner, `"`), `""`, `"`)
			}
			row = append(row, cut(cell, log))
		}
		rows = append(rows, row)
	}
	return rows
}

// separator is the one by which the most lines have as many cells as the first that has
// any; of two alike the one that parts into more.
func separator(b []byte) rune {
	var lines []string
	for line := range strings.SplitSeq(string(b[:min(len(b), 8000)]), "\n") {
		if strings.TrimSpace(line) != "" && len(lines) < 40 {
			lines = append(lines, line)
		}
	}
	best, most, wide := ',', 0, 0
	for _, c := range []rune{',', '\t', ';', '，'} {
		counts := map[int]int{}
		for _, line := range lines {
			counts[strings.Count(line, string(c))]++
		}
		for n, alike := range counts {
			if n > 0 && (alike > most || alike == most && n > wide && c != '，') {
				best, most, wide = c, alike, n
			}
		}
	}
	return best
}
