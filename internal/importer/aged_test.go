package importer

import (
	"context"
	"fmt"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"mingdeng/internal/diag"
	"mingdeng/internal/importer/office"
)

// What a file is called and what it is are two things.
func TestContentOf(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct{ name, content, ext string }{
		{"a.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", ""}, {"a.wps", "\xd0\xcf\x11\xe0", ""}, {"a.xls", "\x09\x04\x06\x00\x07", ""},
		{"a.doc", "{\\rtf1 a}", ""}, {"a.rtf", "{\\rtf1 a}", ""}, {"a.odt", "PK\x03\x04", ""}, {"a.doc", "PK\x03\x04", ".docx"}, {"a.et", "PK\x03\x04", ".xlsx"},
		{"a.doc", "\xef\xbb\xbf <HTML>", ".html"}, {"a.xls", "<html>", ""}, {"a.xls", `<?xml version="1.0"?><Workbook/>`, ""}, {"a.fodt", "<?xml", ""},
		{"a.doc", "MIME-Version: 1.0\n", ".mht"}, {"a.wps", "一段话。", ".txt"}, {"a.doc", "\xd2\xbb\xb6\xce", ".txt"}, {"a.doc", "", ".txt"},
		{"a.xls", "姓名\t性别\n", ".csv"}, {"a.et", "\xff\xfe\xd3\x59\x0d\x54", ".csv"}, {"a.xls", "<table><tr>", ""},
		{"a.doc", "\x00\x01\x02", "?"}, {"a.xls", "\xff\xd8\xff\xe0\x00\x10JFIF", "?"}, {"a.rtf", "%PDF-1.4\n\x00\x01", "?"}, {"a.odt", "MZ\x90\x00", "?"},
		{"a.docx", "\x00", ""},
	} {
		p := filepath.Join(dir, c.name)
		if err := os.WriteFile(p, []byte(c.content), 0o600); err != nil {
			t.Fatal(err)
		}
		ext, ok := contentOf(p)
		if !ok {
			ext = "?"
		}
		if ext != c.ext {
			t.Errorf("%s with %.12q: %q, want %q", c.name, c.content, ext, c.ext)
		}
	}
}

// Pictures of an RTF file of which parts are cut away are left, since converting it forgets
// the cuts: here the whole picture came out.
func TestCropsLost(t *testing.T) {
	dir := t.TempDir()
	for name, want := range map[string]bool{
		`{\rtf1{\pict\piccropl900\piccropr0 00}}`: true, `{\rtf1{\pict\piccropt-9 00}}`: true,
		`{\rtf1{\pict\piccropl0\piccropb00 00}}`: false, `{\rtf1 a}`: false, `PK\piccropl900`: false,
	} {
		old := filepath.Join(dir, "旧.doc")
		if err := os.WriteFile(old, []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := cropsLost(old); got != want {
			t.Errorf("%s: %v", name, got)
		}
		word, err := os.ReadFile("testdata/cases/d14-页眉里的图片.docx")
		if err != nil {
			t.Fatal(err)
		}
		if want {
			plan, err := Make(empty(), []string{old}, Options{Lang: diag.Chinese, Today: today, Convert: func(files []string, dir string) ([]string, error) {
				p := filepath.Join(dir, "x.docx")
				return []string{p}, os.WriteFile(p, word, 0o600)
			}})
			if err != nil || len(plan.Sources) != 1 {
				t.Fatal(plan, err)
			}
			for _, f := range plan.Sources[0].Files {
				if !strings.HasSuffix(f.Path, ".md") {
					t.Errorf("%s was taken", f.Path)
				}
			}
		}
	}
}

// TestLibreOffice converts files of this package to the formats of older programs with the
// real program, and imports them: those of Kingsoft are Microsoft's under other names. The
// program is too large to be asked of every machine, and takes a minute: it is run where
// MINGDENG_SOFFICE=1 says so, and its absence is then a failure.
func TestLibreOffice(t *testing.T) {
	if os.Getenv("MINGDENG_SOFFICE") == "" {
		t.Skip("MINGDENG_SOFFICE is not set: that files are read by way of LibreOffice is not tested")
	}
	program := office.Find()
	if program == "" {
		t.Fatal("LibreOffice (libreoffice-writer, libreoffice-calc) is required here and not installed")
	}
	dir := t.TempDir()
	make := func(to string, files ...string) {
		t.Helper()
		args := []string{"-env:UserInstallation=file://" + filepath.ToSlash(dir) + "/profile", "--headless", "--convert-to", to, "--outdir", dir}
		if out, err := exec.Command(program, append(args, files...)...).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	const word, crop, roll, number = "testdata/cases/d08-红头公文.docx", "testdata/cases/d13-裁剪过的图片.docx", "testdata/roll.xlsx", "testdata/stored-as-number.xlsx"
	make("doc", word, crop)
	make("rtf", word, crop)
	make("odt", word, crop)
	make("xls", roll, number)
	make("ods", roll, number)
	put := func(name string, b []byte) string {
		t.Helper()
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, b, 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	read := func(name string) []byte {
		t.Helper()
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	put("红头.wps", read("d08-红头公文.doc"))
	put("名单.et", read("roll.xls"))
	put("其实是rtf.doc", read("d08-红头公文.rtf"))
	put("断了.xls", read("roll.xls")[:3000])
	put("断了.odt", read("d08-红头公文.odt")[:3000])
	put("乱码.doc", []byte("\x01\x02\x03\x00\x05"))
	var files []string
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		if office.Target(e.Name()) != "" {
			files = append(files, filepath.Join(dir, e.Name()))
		}
	}
	plan, err := Make(empty(), files, Options{Lang: diag.Chinese, Today: today, Convert: func(files []string, dir string) ([]string, error) {
		return office.Convert(context.Background(), program, files, dir, nil)
	}})
	if err != nil {
		t.Fatal(err)
	}
	sensitive := regexp.MustCompile(`\d{15}|\dE\+\d`)
	var got []string
	for _, s := range plan.Sources {
		line := filepath.Base(s.Name)
		if s.Err != nil {
			got = append(got, line+": no")
			continue
		}
		records, pictures := 0, ""
		for _, f := range s.Files {
			if strings.HasSuffix(f.Path, ".md") {
				records++
				if sensitive.Match(f.Data) {
					t.Errorf("%s: a number of a person stands in %s:\n%s", line, f.Path, f.Data)
				}
				if !strings.Contains(string(f.Data), "见义勇为") && strings.Contains(line, "红头") {
					t.Errorf("%s came out as\n%s", line, f.Data)
				}
				continue
			}
			c, err := png.DecodeConfig(strings.NewReader(string(f.Data)))
			if err != nil {
				t.Errorf("%s: %s: %v", line, f.Path, err)
			}
			pictures += fmt.Sprintf(" %d", (c.Width+5)/10*10) // a pixel that is cut in part goes
		}
		got = append(got, fmt.Sprintf("%s: %d%s", line, records, pictures))
	}
	want := []string{
		"d08-红头公文.doc: 1", "d08-红头公文.odt: 1", "d08-红头公文.rtf: 1",
		"d13-裁剪过的图片.doc: 1 60", "d13-裁剪过的图片.odt: 1 60", "d13-裁剪过的图片.rtf: 1", // RTF: left
		"roll.ods: 8", "roll.xls: 8", "stored-as-number.ods: 2", "stored-as-number.xls: 2",
		"乱码.doc: no", "其实是rtf.doc: 1", "名单.et: 8", "断了.odt: no", "断了.xls: no", "红头.wps: 1",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
