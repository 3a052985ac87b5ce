package attachment

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Seen is what a file seems to be that is not copied, in two languages.
type Seen struct{ Zh, En string }

var (
	seenPicture = Seen{"图片", "a picture"}
	seenHEIC    = Seen{"HEIC 图片", "an HEIC picture"}
	seenHTML    = Seen{"网页", "a web page"}
	seenProgram = Seen{"程序", "a program"}
)

// textMarks are marks of files that are texts themselves.
var textMarks = map[string]bool{"#!": true, "#!AMR": true, "#!SILK": true, "{\\rtf": true, "<?xml": true}

// seems names what a file is of which nothing else is known, as far as its first bytes tell.
func seems(head []byte) Seen {
	if len(head) >= 12 && string(head[4:8]) == "ftyp" {
		switch string(head[8:12]) {
		case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "avif", "avis":
			return seenHEIC
		}
	}
	text := isText(head)
	for _, k := range []struct {
		mark string
		seen Seen
	}{
		{"\xff\xd8\xff", seenPicture}, {"\x89PNG\r\n", seenPicture}, {"GIF8", seenPicture}, {"II*\x00", seenPicture}, {"MM\x00*", seenPicture},
		{"BM", seenPicture}, {"8BPS", Seen{"Photoshop 文件", "a Photoshop file"}}, {"\x00\x00\x01\x00", seenPicture},
		{"\xff\x0a", seenPicture}, {"\x00\x00\x00\x0cJXL ", seenPicture},
		{"#!AMR", Seen{"AMR 录音", "an AMR recording"}}, {"#!SILK", Seen{"SILK 录音", "a SILK recording"}}, {"\x02#!SILK", Seen{"微信语音", "a voice message of WeChat"}},
		{"MZ", seenProgram}, {"\x7fELF", seenProgram}, {"\xcf\xfa\xed\xfe", seenProgram}, {"\xca\xfe\xba\xbe", seenProgram}, {"#!", seenProgram},
		{"Rar!", Seen{"RAR 压缩包", "a RAR archive"}}, {"7z\xbc\xaf", Seen{"7z 压缩包", "a 7z archive"}}, {"\x1f\x8b", Seen{"gzip 压缩包", "a gzip archive"}},
		{"{\\rtf", Seen{"RTF 文件", "an RTF file"}},
		{"\x30\x26\xb2\x75\x8e\x66\xcf\x11", Seen{"WMA 或 WMV 文件", "a WMA or WMV file"}},
		{"<?xml", Seen{"XML 文件", "an XML file"}},
	} {
		// A text may begin with the letters of a mark that is followed by other bytes.
		if bytes.HasPrefix(head, []byte(k.mark)) && (!text || textMarks[k.mark] || k.mark[0] > 0x7f) {
			return k.seen
		}
	}
	if len(head) >= 12 && string(head[:4]) == "FORM" && string(head[8:11]) == "AIF" {
		return Seen{"AIFF 录音", "an AIFF recording"}
	}
	if len(head) >= 12 && string(head[:4]) == "RIFF" {
		switch string(head[8:12]) {
		case "WEBP":
			return seenPicture
		case "AVI ":
			return Seen{"AVI 视频", "an AVI video"}
		}
	}
	lower := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n"))
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<script", "<svg"} {
		if bytes.HasPrefix(lower, []byte(tag)) {
			return seenHTML
		}
	}
	return Seen{}
}

// isText tells whether a file begins as texts do.
func isText(head []byte) bool {
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) {
		return true // UTF-16
	}
	for _, c := range head {
		if c < ' ' && c != '\t' && c != '\r' && c != '\n' && c != '\f' && c != 0x1b {
			return false
		}
	}
	// The last character may be cut.
	whole := head
	for len(whole) > 0 && len(head)-len(whole) < utf8.UTFMax && !utf8.Valid(whole) {
		whole = whole[:len(whole)-1]
	}
	if utf8.Valid(whole) {
		return true
	}
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(head)
	return err == nil && bytes.Count(out, []byte("\ufffd")) <= 1
}

// text is a text: there is nothing in it but what its author wrote.
func (c *Copy) text(f file) error {
	w := walker{f: f}
	for off := int64(0); off < f.size; off += 32 << 10 {
		part, err := w.peek(off, 32<<10)
		if err != nil {
			return err
		}
		if off == 0 && (bytes.HasPrefix(part, []byte("\xff\xfe")) || bytes.HasPrefix(part, []byte("\xfe\xff"))) {
			break
		}
		if bytes.IndexByte(part, 0) >= 0 {
			return &Error{Reason: Unknown}
		}
	}
	c.Kind = Text
	c.keep(0, f.size)
	return nil
}
