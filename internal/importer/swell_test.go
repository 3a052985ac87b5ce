package importer

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSwells(t *testing.T) {
	packed := func(text string) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		w, err := z.Create("word/document.xml")
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil || z.Close() != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	for _, c := range []struct {
		name string
		data []byte
		want bool
	}{
		{"a bomb", packed(strings.Repeat("<w:p/>", 1<<20)), true},
		{"small", packed(strings.Repeat("<w:p/>", 1<<16)), false},
		{"no package", []byte("姓名\n张三\n"), false},
		{"nothing", nil, false},
	} {
		if err := swells(bytes.NewReader(c.data), int64(len(c.data))); (err != nil) != c.want {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	files, err := filepath.Glob("docx/testdata/*.docx")
	if err != nil || len(files) == 0 {
		t.Fatal("no documents")
	}
	for _, f := range append(files, "testdata/roll.xlsx") {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if err := swells(bytes.NewReader(b), int64(len(b))); err != nil {
			t.Errorf("%s: %v", f, err)
		}
	}
}
