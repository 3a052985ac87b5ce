package importer

import (
	"os"
	"path"
	"path/filepath"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/importer/docx"
	"mingdeng/internal/importer/report"
	"mingdeng/internal/importer/roll"
	"mingdeng/internal/importer/saved"
)

const maxSource = 512 << 20

// file reads the file at name and enters what comes of it.
func (m *maker) file(s *Source, name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return report.Errorf("这不是一个文件", "this is no file")
	}
	if info.Size() > maxSource {
		return report.Errorf("文件太大（%d MB）", "the file is too large (%d MB)", info.Size()>>20)
	}
	ext := strings.ToLower(path.Ext(filepath.ToSlash(name)))
	if as, _ := contentOf(name); as != "" {
		ext = as
	}
	switch ext {
	case ".docx", ".docm", ".dotx":
		if err := swells(f, info.Size()); err != nil {
			return err
		}
		d, err := docx.Read(f, info.Size(), &s.Log)
		if err != nil {
			return err
		}
		if s.uncropped {
			leaveWhole(d, &s.Log)
		}
		return m.text(s, wordArticle(d))
	case ".htm", ".html", ".xhtml":
		b, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		root, err := os.OpenRoot(filepath.Dir(name))
		if err != nil {
			return err
		}
		defer root.Close()
		p, err := saved.Read(b, root.FS(), &s.Log)
		if err != nil {
			return err
		}
		return m.text(s, savedArticle(p))
	case ".txt":
		b, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		return m.plain(s, name, b)
	case ".xlsx", ".xlsm", ".csv", ".tsv":
		if m.Kind != "" && m.Kind != content.KindHero {
			return report.Errorf("名单只能导入成英雄", "a roll can only become heroes")
		}
		if err := swells(f, info.Size()); err != nil {
			return err
		}
		b, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		people, err := roll.Read("x"+ext, b, &s.Log)
		if err != nil {
			return err
		}
		m.discreet(s)
		m.people(s, people)
		return nil
	default:
		if hint, ok := others[ext]; ok {
			return &report.Error{Text: hint}
		}
	}
	return report.Errorf("不认识这种文件；能导入 .docx、.xlsx、.csv、.txt 和浏览器另存的 .html；.doc、.wps、.xls、.et 要先转换", "files of this kind cannot be imported; .docx, .xlsx, .csv, .txt and saved .html can; .doc, .wps, .xls, .et must be converted")
}

// text enters what a text comes to: heroes, if it is a roll, else a record.
func (m *maker) text(s *Source, a *article) error {
	if done, err := m.tables(s, a.doc); done || err != nil {
		return err
	}
	if err := m.discreetTables(s, a.doc); err != nil {
		return err
	}
	m.discreet(s)
	return m.article(s, a)
}

// discreet takes private numbers out of what a reader reported: lines of a report
// quote the file, and some go into the record as comments.
func (m *maker) discreet(s *Source) {
	c := newCensor(m.Lang)
	for i := range s.Log.Entries {
		t := &s.Log.Entries[i].Text
		t.Zh, t.En = c.text(t.Zh), c.text(t.En)
	}
}

// origin is the file's name as a record tells it.
func (m *maker) origin(s *Source) string {
	return newCensor(m.Lang).text(path.Base(filepath.ToSlash(s.Name)))
}

// others are files people try, with what to do.
var others = map[string]diag.Text{
	".doc":   {Zh: "这是老格式的 Word 文件。用 WPS 打开，另存为 .docx", En: "this is an old Word file. Open it in WPS or Word and save it as .docx"},
	".wps":   {Zh: "这是老格式的 WPS 文件。用 WPS 打开，另存为 .docx", En: "this is an old WPS file. Open it in WPS and save it as .docx"},
	".rtf":   {Zh: "用 WPS 打开，另存为 .docx", En: "open it in WPS or Word and save it as .docx"},
	".odt":   {Zh: "用 WPS 或 LibreOffice 打开，另存为 .docx", En: "open it in LibreOffice and save it as .docx"},
	".xls":   {Zh: "这是老格式的表格。用 WPS 打开，另存为 .xlsx", En: "this is an old workbook. Open it in WPS or Excel and save it as .xlsx"},
	".et":    {Zh: "这是老格式的表格。用 WPS 打开，另存为 .xlsx", En: "this is an old workbook. Open it in WPS and save it as .xlsx"},
	".ods":   {Zh: "用 WPS 或 LibreOffice 打开，另存为 .xlsx", En: "open it in LibreOffice and save it as .xlsx"},
	".zip":   {Zh: "压缩包：先解压，再导入解压出来的文件夹", En: "an archive: unpack it and import the folder"},
	".ppt":   {Zh: "这是演示文稿。把文字另存成 Word 文件再导入", En: "this is a presentation. Save its words as a Word file"},
	".pptx":  {Zh: "这是演示文稿。把文字另存成 Word 文件再导入", En: "this is a presentation. Save its words as a Word file"},
	".ofd":   {Zh: "OFD 是版式文件，里面没有段落。请找原来的 Word 文件", En: "an OFD has no paragraphs. Use the Word file it was made from"},
	".rar":   {Zh: "压缩包：先解压，再导入解压出来的文件夹", En: "an archive: unpack it and import the folder"},
	".7z":    {Zh: "压缩包：先解压，再导入解压出来的文件夹", En: "an archive: unpack it and import the folder"},
	".pdf":   {Zh: "PDF 里没有段落，只有字的位置。请找原来的 Word 文件；实在没有，在 WPS 里把 PDF 转成 Word", En: "a PDF has no paragraphs, only places of letters. Use the Word file it was made from, or convert it in WPS or Word"},
	".mht":   {Zh: "这是单个文件的网页。请另存为“网页，全部”", En: "this is a page in a single file. Save it as a complete web page"},
	".mhtml": {Zh: "这是单个文件的网页。请另存为“网页，全部”", En: "this is a page in a single file. Save it as a complete web page"},
	".md":    {Zh: "这已经是 Markdown：放进 content/ 就行", En: "this is Markdown already: put it into content/"},
}
