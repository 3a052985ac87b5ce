package importer

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestExpand(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{
		"乙.docx", "甲.DOCX", "~$甲.DOCX", ".隐.docx", "旧.doc", "照片.jpg", "说明.md", "名单.xlsx", "[1].docx",
		"2023/年会.docx", "2023/.git/x.docx", "文章.html", "文章_files/a.html", "别的_files/b.html",
	} {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "空"), 0o777); err != nil {
		t.Fatal(err)
	}
	for given, want := range map[string]string{
		"*.docx":          "[1].docx 乙.docx 甲.DOCX",
		"?.DocX":          "乙.docx 甲.DOCX",
		"2023/*":          "2023/年会.docx",
		"[1].docx":        "[1].docx", // a file of that name comes before the pattern
		"[乙甲].docx":       "乙.docx 甲.DOCX",
		".":               "2023/年会.docx [1].docx 乙.docx 别的_files/b.html 名单.xlsx 文章.html 旧.doc 甲.DOCX",
		"2023":            "2023/年会.docx",
		"没有.docx":         "没有.docx", // told when it is opened
		"*.pdf":           "!",
		"没有/*.docx":       "!",
		"空":               "!",
		"[.docx":          "!", // no file, and no pattern either
		"2023/../*.xls?":  "2023/../名单.xlsx",
		"照片.jpg":          "照片.jpg",
		"文章_files/*.html": "文章_files/a.html",
	} {
		// Not Join, which would clean the name.
		got, err := expand(dir + string(filepath.Separator) + filepath.FromSlash(given))
		var names []string
		for _, g := range got {
			names = append(names, strings.TrimPrefix(filepath.ToSlash(g), filepath.ToSlash(dir)+"/"))
		}
		if given == "." {
			slices.Sort(names)
			sorted := strings.Fields(want)
			slices.Sort(sorted)
			want = strings.Join(sorted, " ")
		}
		said := strings.Join(names, " ")
		if err != nil {
			said = "!"
		}
		if said != want {
			t.Errorf("%s: %s, not %s (%v)", given, said, want, err)
		}
	}
}
