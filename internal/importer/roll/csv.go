package roll

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
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
		if err != nil || bytes.ContainsRune(t, utf8.RuneError) {
			return nil, report.Errorf("这个文件的文字读不出来：它既不是 UTF-8，也不是 GB18030。用 WPS 打开，另存为 .xlsx", "the text of this file is neither UTF-8 nor GB18030. Open it in WPS or Excel and save it as .xlsx")
		}
		b = t
		log.Add(report.Taken, "文件是 GB18030 编码，已转成 UTF-8", "the file was GB18030 and was converted")
	}
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	if bytes.IndexByte(b, 0) >= 0 {
		return nil, errTable
	}
	r := csv.NewReader(bytes.NewReader(b))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = separator(b), -1, true
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

// separator is the one that stands most often in the first lines.
func separator(b []byte) rune {
	head := b[:min(len(b), 4000)]
	best, most := ',', 0
	for _, c := range []rune{',', '\t', ';', '，'} {
		if n := bytes.Count(head, []byte(string(c))); n > most && (c != '，' || best == ',' && most == 0) {
			best, most = c, n
		}
	}
	return cmp.Or(best, ',')
}
