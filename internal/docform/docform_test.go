package docform_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"mingdeng/internal/docform"
	"mingdeng/internal/importer/docx"
	"mingdeng/internal/importer/report"
)

// read opens the file with the project's own reader of Word's files, which must find nothing
// strange, and every part as XML.
func read(t interface {
	Fatalf(string, ...any)
	Helper()
}, b []byte) *docx.File {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatalf("%v", err)
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatalf("%v", err)
		}
		d := xml.NewDecoder(r)
		for err == nil {
			_, err = d.Token()
		}
		if err != io.EOF {
			t.Fatalf("%s: %v", f.Name, err)
		}
	}
	log := &report.Log{}
	f, err := docx.Read(bytes.NewReader(b), int64(len(b)), log)
	if err != nil {
		t.Fatalf("%v", err)
	}
	for _, e := range log.Entries { // the heads of parts are as wide as the table
		if !strings.Contains(e.Text.En, "merged cells") {
			t.Fatalf("the reader says %v", e)
		}
	}
	return f
}

func TestForm(t *testing.T) {
	form := docform.Form{
		Lang: "zh-Hans", Title: "举荐表 <一> & 二", By: "协会", Intro: []string{"地址　长堤路 1 号"},
		Parts: []docform.Part{
			{Name: "人", Rows: []docform.Row{{Label: "姓名", Lines: 1}, {Label: "找法", Hint: "可不写", Lines: 2}}},
			{Name: "愿", Rows: []docform.Row{{Label: "公开", Boxes: []string{"同意", "不同意"}}}},
		},
		Notes: []string{"不要写身份证号。"},
	}
	var b, again bytes.Buffer
	if err := docform.Write(&b, form); err != nil {
		t.Fatal(err)
	}
	if err := docform.Write(&again, form); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Errorf("other bytes a second time: %v", err)
	}
	f := read(t, b.Bytes())
	if f.Title != form.Title {
		t.Errorf("called %q", f.Title)
	}
	text, _ := f.Document.Markdown()
	at := 0
	for _, want := range []string{"举荐表", "地址", "长堤路 1 号", "人", "姓名", "找法", "可不写", "愿", "公开", "☐ 同意", "☐ 不同意", "不要写身份证号。"} {
		i := strings.Index(text[at:], want)
		if i < 0 {
			t.Fatalf("%q is not there, or not in its place, in\n%s", want, text)
		}
		at += i
	}
}

// TestWords: no words break the file.
func TestWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := rapid.String()
		form := docform.Form{Title: w.Draw(t, "title"), Intro: []string{w.Draw(t, "intro")}, Parts: []docform.Part{{Name: w.Draw(t, "part"), Rows: []docform.Row{{Label: w.Draw(t, "label"), Boxes: []string{w.Draw(t, "box")}}}}}}
		var b bytes.Buffer
		if err := docform.Write(&b, form); err != nil {
			t.Fatalf("%v", err)
		}
		read(t, b.Bytes())
	})
}
