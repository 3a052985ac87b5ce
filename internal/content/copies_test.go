package content

import (
	"strings"
	"testing"
	"testing/fstest"

	"mingdeng/internal/diag"
)

// TestCopies: what programs leave beside a file is told for what it is, with the original
// named; people may share a name, and names may end in numbers.
func TestCopies(t *testing.T) {
	lin := "---\n姓名: 林照野\n地区: 河东省\n授权: {公开: true}\n---\n他跳下河。" + strings.Repeat("水很急。", 20) + "\n"
	edited := strings.Replace(lin, "他跳下河。", "他跳下了河。", 1)
	other := strings.NewReplacer("林照野", "王五", "他跳下河。", "他冲进火里。").Replace(lin)
	draft := strings.Replace(lin, "地区", "草稿: true\n地区", 1)
	const one = "content/heroes/林照野.md"
	for name, c := range map[string]struct{ text, want string }{
		// the same person again, changed or not: each program's way
		"林照野 - 副本.md": {lin, "copied-file " + one}, "林照野 - 副本 (2).md": {edited, "copied-file " + one}, "林照野副本.md": {lin, "copied-file " + one},
		"林照野 - Copy.md": {edited, "copied-file " + one}, "Copy of 林照野.md": {lin, "copied-file " + one}, "林照野的副本.md": {edited, "copied-file " + one},
		"林照野的副本 2.md": {edited, "copied-file " + one}, "林照野 副本 (2).md": {edited, "copied-file " + one}, "复件 林照野.md": {edited, "copied-file " + one},
		"林照野(1).md": {lin, "copied-file " + one}, "林照野 (1).md": {lin, "copied-file " + one}, "林照野（2）.md": {lin, "copied-file " + one}, "林照野_(1).md": {lin, "copied-file " + one},
		"林照野 (Alice's conflicted copy 2026-11-30).md": {edited, "copied-file " + one}, "林照野 (小王 的冲突副本 2026-11-30).md": {edited, "copied-file " + one},
		"林照野(冲突-xiaowang-2026-11-30-10-20-30).md": {edited, "copied-file " + one}, "林照野.sync-conflict-20261130-101010-ABCDEFG.md": {edited, "copied-file " + one},
		"林照野_冲突文件_小王_20261130.md": {edited, "copied-file " + one}, "林照野_冲突文件_20261130.md": {edited, "copied-file " + one}, "林照野 (SFConflict a@b.cn 2026-11-30-10-20-30).md": {edited, "copied-file " + one},
		"林照野-DESKTOP-1A2B3C.md": {lin, "copied-file " + one}, "林照野 2.md": {lin, "copied-file " + one}, "林照野 - 快捷方式.md": {lin, "copied-file " + one},
		"林照野_BACKUP_1234.md": {edited, "copied-file " + one}, "林照野.bak.md": {edited, "copied-file " + one}, "林照野 备份.md": {edited, "copied-file " + one},
		"林照野 - 副本/index.md": {edited, "copied-file " + one}, "lzy.md": {lin, "copied-file " + one}, "林照野最终版.md": {lin, "copied-file " + one},
		// names that need a look
		"林照野(3).md": {edited, "copy-name " + one}, "林照野 3.md": {edited, "copy-name " + one}, "林照野-LAPTOP.md": {edited, "copy-name " + one}, "林照野 - 副本 (4).md": {other, "copy-name " + one},
		"赵六 - 副本.md": {other, "copy-name "}, "Copy of 赵六.md": {other, "copy-name "}, "林照野 修改版.md": {edited, "copy-name " + one},
		// what is right
		"林照野-巩义.md": {edited, ""}, "王五(1).md": {other, ""}, "王五 2.md": {other, ""}, "林照野(5).md": {other, ""}, "林照野 6.md": {other, ""},
		"林照野 - 副本 (9).md": {draft, ""}, "副本.md": {other, ""}, "copy.md": {other, ""}, "冲突.md": {other, ""}, "zhang-san.md": {other, ""}, "拷贝员王五.md": {other, ""},
	} {
		p := "content/heroes/" + name
		fsys := fstest.MapFS{"content/site.yaml": {Data: []byte("名称: 站\n网址: https://yx.h.cn/\n")}, one: {Data: []byte(lin)}, p: {Data: []byte(c.text)}}
		if got := aboutCopies(fsys, one, p); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// aboutCopies is what is said of copies, of the two paths: which of them the program takes
// for the copy does not matter where only their texts are the same.
func aboutCopies(fsys fstest.MapFS, one, p string) string {
	tree, _ := Scan(fsys)
	_, found := Load(fsys, tree)
	for _, f := range found {
		if f.Code == diag.CopiedFile || f.Code == diag.CopyName {
			if f.Path == one && f.Args[0] == p {
				return f.Code.ID + " " + one
			}
			if f.Path == p {
				return f.Code.ID + " " + f.Args[0].(string)
			}
		}
	}
	return ""
}

// TestOthersMayShareNames: exhibits and briefs of one name are common.
func TestOthersMayShareNames(t *testing.T) {
	flag := "---\n名称: 道旗\n类别: 道旗\n---\n"
	notice := "---\n标题: 通知\n日期: 2026-01-01\n---\n正文。\n"
	fsys := fstest.MapFS{
		"content/site.yaml":               {Data: []byte("名称: 站\n网址: https://yx.h.cn/\n")},
		"content/venues/园/_index.md":      {Data: []byte("---\n名称: 园\n类别: 游园\n地区: 河东省\n---\n")},
		"content/venues/园/道旗.md":          {Data: []byte(flag)},
		"content/venues/园/道旗 2.md":        {Data: []byte(flag)},
		"content/venues/园/道旗(3).md":       {Data: []byte(flag)},
		"content/briefs/2026/通知.md":       {Data: []byte(notice)},
		"content/briefs/2026/通知 2.md":     {Data: []byte(strings.Replace(notice, "标题: 通知", "标题: 又一个通知", 1))},
		"content/venues/园 - 副本/_index.md": {Data: []byte("---\n名称: 园\n类别: 游园\n地区: 河东省\n---\n")},
	}
	tree, _ := Scan(fsys)
	_, found := Load(fsys, tree)
	if len(found) != 1 || found[0].Code != diag.CopiedFile || found[0].Path != "content/venues/园 - 副本/_index.md" || found[0].Args[0] != "content/venues/园/_index.md" {
		t.Errorf("%v", found)
	}
}

func TestMisnamed(t *testing.T) {
	for name, want := range map[string]string{
		"张三.md.txt": "张三.md", "张三.MD": "张三.md", "张三.Md": "张三.md", "张三.markdown": "张三.md", "张三.md.md": "张三.md", "张三.txt.md": "张三.md", "张三。md": "张三.md",
		"张三.md.docx": "张三.md", "张三/index.md.txt": "index.md",
		"张三.md": "", "张三.en.md": "", "名单.txt": "", "表.docx": "", "a.cmd": "", "amd": "", "图/说明.md.txt": "", ".md": "",
	} {
		p := "content/heroes/" + name
		fsys := fstest.MapFS{"content/site.yaml": {Data: []byte("名称: 站\n网址: https://yx.h.cn/\n")}, p: {Data: []byte("---\n姓名: 张三\n地区: 河东省\n授权: {公开: true}\n---\n")}}
		tree, _ := Scan(fsys)
		_, found := Load(fsys, tree)
		got := ""
		for _, f := range found {
			if f.Code == diag.Misnamed {
				got = f.Args[0].(string)
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
