package importer

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"mingdeng/internal/diag"
)

const notice = "走访\n协会走访慰问见义勇为人员，送去慰问金。\n"

// TestArchive: what an archive holds is read as a folder is; nothing of it goes outside, and
// one that swells is not opened.
func TestArchive(t *testing.T) {
	dir, temp := t.TempDir(), t.TempDir()
	for _, v := range []string{"TMPDIR", "TMP", "TEMP"} {
		t.Setenv(v, temp)
	}
	archive := func(name string, entries ...*zip.FileHeader) string {
		t.Helper()
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, h := range entries {
			w, err := z.CreateHeader(h)
			if err != nil {
				t.Fatal(err)
			}
			text := notice
			if h.Comment == "swell" {
				text = strings.Repeat("一", 3<<20)
			}
			if _, err := w.Write([]byte(text)); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	entry := func(name string) *zip.FileHeader { return &zip.FileHeader{Name: name, Method: zip.Deflate} }
	gbk, err := simplifiedchinese.GBK.NewEncoder().String("二〇二三年/慰问.txt")
	if err != nil {
		t.Fatal(err)
	}
	old := entry(gbk)
	old.NonUTF8 = true
	swell := entry("x.txt")
	swell.Comment = "swell"
	good := archive("材料.zip", entry("a/走访.txt"), old, entry("../../evil.txt"), entry("__MACOSX/a/._走访.txt"), entry("a/~$走访.docx"), entry("内.zip"), entry("照片.jpg"))
	bomb := archive("大.zip", swell)
	broken := filepath.Join(dir, "坏.zip")
	if err := os.WriteFile(broken, []byte("PK"), 0o600); err != nil {
		t.Fatal(err)
	}
	plan, err := Make(empty(), []string{good, bomb, broken, good}, Options{Lang: diag.Chinese, Today: today})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range plan.Sources {
		line := strings.TrimPrefix(s.Name, dir+string(filepath.Separator))
		if s.Err != nil {
			line += ": " + s.Err.Text.Zh
		}
		for _, f := range s.Files {
			line += " → " + f.Path
		}
		got = append(got, line)
	}
	want := []string{
		"材料.zip / ../../evil.txt: 压缩包里的路径指到了外面，没有解开",
		"材料.zip / a/走访.txt → content/briefs/2026/走访.md",
		"材料.zip / 二〇二三年/慰问.txt → content/briefs/2026/走访-2.md",
		"材料.zip / 内.zip: 压缩包里的压缩包：先解压出来再导入",
		"大.zip: " + errPacked.Text.Zh,
		"坏.zip: " + errArchive.Text.Zh,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if left, _ := os.ReadDir(temp); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestConverted: all old files are handed over at once, those that are only called old are
// read as what they are, and what could not be converted says so.
func TestConverted(t *testing.T) {
	dir := t.TempDir()
	docx, err := os.ReadFile("docx/testdata/pandoc.docx")
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{
		"a.doc": "\xd0\xcf\x11\xe0 old", "b.rtf": "{\\rtf1 x}", "c.wps": "\xd0\xcf\x11\xe0 old", "new.doc": string(docx),
		"page.doc": "<html><head><title>另存的网页</title></head><body><p>协会走访慰问见义勇为人员。</p></body></html>", "notes.txt": notice,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var asked [][]string
	var done []int
	o := Options{Lang: diag.Chinese, Today: today, Progress: func(n, of int) { done = append(done, n, of) }}
	o.Convert = func(files []string, to string) ([]string, error) {
		var names []string
		made := make([]string, len(files))
		for i, f := range files {
			names = append(names, filepath.Base(f))
			if !strings.HasSuffix(f, ".rtf") {
				made[i] = filepath.Join(to, filepath.Base(f)+".docx")
				if err := os.WriteFile(made[i], docx, 0o600); err != nil {
					return nil, err
				}
			}
		}
		asked = append(asked, names)
		return made, nil
	}
	plan, err := Make(empty(), []string{dir}, o)
	if err != nil {
		t.Fatal(err)
	}
	if len(asked) != 1 || !slices.Equal(asked[0], []string{"a.doc", "b.rtf", "c.wps"}) {
		t.Errorf("asked for %q", asked)
	}
	if n := plan.Faults(); n != 1 || plan.Sources[1].Err == nil || !plan.Failed() {
		t.Errorf("%d faults", n)
	}
	if !bytes.Contains(plan.Sources[0].Files[0].Data, []byte("从“a.doc”导入")) {
		t.Error("a record does not name the file that was given")
	}
	if s := plan.Sources[5]; s.Err != nil || !strings.HasSuffix(s.Files[0].Path, "另存的网页.md") {
		t.Errorf("%s: %v %v", s.Name, s.Err, s.Files)
	}
	if len(done) != 12 || done[1] != 6 {
		t.Errorf("progress %v", done)
	}
}

// TestPlain: texts in what Windows editors save.
func TestPlain(t *testing.T) {
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(notice)
	if err != nil {
		t.Fatal(err)
	}
	wide := []byte{0xff, 0xfe}
	for _, r := range notice {
		wide = append(wide, byte(r), byte(r>>8))
	}
	for name, data := range map[string]string{"utf-8": notice, "mark": "\ufeff" + notice, "gbk": gbk, "utf-16": string(wide)} {
		if got := decoded([]byte(data)); got != notice {
			t.Errorf("%s: %q", name, got)
		}
	}
	m := newMaker(empty(), Options{})
	s := &Source{Name: "名单.txt"}
	if err := m.plain(s, "名单.txt", []byte("姓名\t性别\t事迹\n巩岚\t女\t救起落水儿童\n")); err != nil || len(s.Files) != 1 || s.Files[0].Path != "content/heroes/巩岚.md" {
		t.Errorf("a roll: %v %v", err, s.Files)
	}
	if err := m.plain(&Source{Name: "空.txt"}, "空.txt", []byte(" \n\n")); err == nil {
		t.Error("an empty text became a record")
	}
}
