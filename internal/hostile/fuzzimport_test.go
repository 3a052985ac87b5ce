package hostile

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/importer"
)

// zipped packs parts, each a name and what it holds.
func zipped(t testing.TB, parts [][2]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range parts {
		w, err := z.Create(part[0])
		if err == nil {
			_, err = w.Write([]byte(part[1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// docx packs a document's XML as Word does.
func docx(t testing.TB, document string) []byte {
	t.Helper()
	return zipped(t, [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`},
		{"word/document.xml", document},
		{"word/_rels/document.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="p1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="../../../canary.svg"/>` +
			`<Relationship Id="h1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="javascript:alert(1)" TargetMode="External"/></Relationships>`},
	})
}

const wordHead = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>`

// FuzzImport: whatever the bytes of a file, its records lie where records lie, build
// without an error, and show nothing that runs.
func FuzzImport(f *testing.F) {
	corpus(f)
	ends := []string{"docx", "html", "csv", "xlsx", "mht"}
	add := func(i int, s string) { f.Add(uint8(i), []byte(s)) }
	for _, p := range []string{`a</w:t></w:r></w:p><w:p><w:r><w:t>b`, `&lt;script&gt;alert(1)&lt;/script&gt;`, `[x](javascript:y) ![z](//evil.example/) {{.}} [[heroes/shan]]`, `../../../canary`, `con`, "---\na: b\n---"} {
		add(0, wordHead+`<w:p><w:r><w:t>`+p+`</w:t></w:r></w:p><w:p><w:hyperlink r:id="h1"><w:r><w:t>`+p+`</w:t></w:r></w:hyperlink></w:p></w:body></w:document>`)
		add(1, `<title>`+p+`</title><div id=js_content><h1>`+p+`</h1><p onclick=x>`+p+`<a href="java&#10;script:x">`+p+`</a><img src="../canary.svg" alt="`+p+`"><img src="file:///etc/passwd"></div>`)
		add(2, "姓名,事迹,地区\n"+strings.ReplaceAll(p, "\n", " ")+",=1+1,../../..\n张三,"+strings.ReplaceAll(p, "\n", " ")+",河南省\n")
		add(4, "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\nContent-Location: file:///../../x\n\n<p>"+p+"</p><img src=\"../canary.svg\">\n--b--\n")
	}
	if b, err := os.ReadFile("../importer/testdata/roll.xlsx"); err == nil {
		f.Add(uint8(3), b)
	} else {
		f.Fatal(err)
	}
	l := newLab(f, nil)
	from := filepath.Join(l.dir, "from")
	if err := os.MkdirAll(from, 0o755); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, end uint8, data []byte) {
		e := ends[int(end)%len(ends)]
		if e == "docx" {
			data = docx(t, string(data))
		}
		file := filepath.Join(from, "in."+e)
		if err := os.WriteFile(file, data, 0o644); err != nil {
			t.Fatal(err)
		}
		root, err := os.OpenRoot(l.root)
		if err != nil {
			t.Fatal(err)
		}
		defer root.Close()
		before := l.outside(t)
		plan, err := importer.Make(root.FS(), []string{file}, importer.Options{Lang: diag.Chinese, Today: date.Date{Year: 2026, Month: 11, Day: 22}})
		if err != nil {
			t.Fatal(err)
		}
		if err := plan.Write(root); err != nil {
			t.Fatal(err)
		}
		var paths []string
		defer func() {
			for _, p := range paths {
				if err := os.Remove(filepath.Join(l.root, filepath.FromSlash(p))); err != nil {
					t.Fatal(err)
				}
				os.Remove(filepath.Dir(filepath.Join(l.root, filepath.FromSlash(p)))) // where it is empty now
			}
		}()
		for _, s := range plan.Sources {
			for _, made := range s.Files {
				if made.State != importer.New {
					continue
				}
				paths = append(paths, made.Path)
				if !strings.HasPrefix(made.Path, content.Root+"/") || bytes.Contains(made.Data, []byte(canary)) {
					t.Fatalf("%s is written", made.Path)
				}
			}
		}
		if after := l.outside(t); after != before {
			t.Fatalf("the folder around the site has changed:\n%s\n%s", before, after)
		}
		v := l.look(t, len(data))
		bad := slices.DeleteFunc(errorsIn(v.found, paths), func(f diag.Finding) bool {
			return f.Code == diag.Leak // somebody withheld whose name is one letter stands in every script
		})
		if len(bad) > 0 {
			t.Fatalf("imported, and wrong: %s: %s", bad[0].Place(), bad[0].Message(diag.English))
		}
		publish(t, l, paths)
		l.look(t, len(data))
	})
}

// publish takes "draft" out of the records, as their editor would who looked at nothing.
func publish(t testing.TB, l *lab, paths []string) {
	t.Helper()
	for _, p := range paths {
		full := filepath.Join(l.root, filepath.FromSlash(p))
		if b, err := os.ReadFile(full); err == nil && strings.HasSuffix(p, ".md") {
			text := strings.Replace(string(b), "草稿: true", "草稿: false", 1)
			text = strings.Replace(text, "公开: false", "公开: true", 1)
			if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
				t.Fatal(fmt.Errorf("%s: %w", p, err))
			}
		}
	}
}
