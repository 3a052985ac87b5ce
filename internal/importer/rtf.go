package importer

import (
	"bufio"
	"bytes"
	"os"
	"regexp"

	"mingdeng/internal/importer/docx"
	"mingdeng/internal/importer/report"
	"mingdeng/internal/importer/rich"
)

var rtfCrop = regexp.MustCompile(`\\piccrop[ltrb]-?0*[1-9]`)

// cropsLost tells an RTF file, whatever its name, that shows parts of pictures. LibreOffice
// forgets which part when it converts it, and what was cut away may be private.
func cropsLost(name string) bool {
	f, err := os.Open(name)
	if err != nil {
		return false // told when it is opened
	}
	defer f.Close()
	r := bufio.NewReaderSize(f, 64<<10)
	if head, err := r.Peek(5); err != nil || !bytes.Equal(head, []byte(`{\rtf`)) {
		return false
	}
	return rtfCrop.MatchReader(r)
}

// leaveWhole leaves the pictures of which all would be shown.
func leaveWhole(d *docx.File, log *report.Log) {
	n := 0
	for i := range d.Document.Pictures {
		p := &d.Document.Pictures[i]
		if !p.Lost && p.Crop == (rich.Crop{}) {
			*p = rich.Picture{Alt: p.Alt, Lost: true}
			n++
		}
	}
	if n > 0 {
		log.Add(report.Left, "图片 %d 张：RTF 文件里有裁剪过的图片，转换时分不出裁掉了哪里，所以都没有收。在 WPS 里打开原来的文件，另存为 .docx 再导入",
			"%d pictures: some of the RTF file are cropped, and converting it loses what was cut away, so that none was taken. Open the file in WPS or Word and save it as .docx", n)
	}
}
