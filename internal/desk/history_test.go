package desk

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var versionID = regexp.MustCompile(`\?at=([0-9a-f]{40})`)

func TestHistory(t *testing.T) {
	r := start(t, small)
	const path, file = "content/heroes/lin.md", "content/heroes/lin.md"
	first := r.read(file)
	for _, job := range []string{"教师", "司机"} {
		values := r.form("/_studio/edit/" + path)
		values.Set("occupation", job)
		if a := r.save("/_studio/edit/"+path, values); a.Problem != "" {
			t.Fatal(a)
		}
	}
	_, page := r.get("/_studio/history/" + path)
	ids := versionID.FindAllStringSubmatch(page, -1)
	if len(ids) != 3 || strings.Count(page, "改了 林照野") != 2 {
		t.Fatalf("%d versions\n%s", len(ids), page)
	}
	_, page = r.get("/_studio/history/" + path + "?at=" + ids[1][1])
	if !strings.Contains(page, "教师") || !strings.Contains(page, "司机") || !strings.Contains(page, "恢复") {
		t.Error("what differs is not shown\n", page)
	}
	status, page := r.post("/_studio/history/"+path, url.Values{"version": {ids[1][1]}})
	if status != http.StatusOK || !strings.Contains(page, "已恢复") {
		t.Fatal(status, page)
	}
	if got := r.read(file); !strings.Contains(got, "职业: 教师") || strings.Replace(got, "职业: 教师\n", "", 1) != first {
		t.Errorf("restored as\n%s", got)
	}
	if _, page = r.get("/_studio/history/" + path); len(versionID.FindAllString(page, -1)) != 4 {
		t.Error("restoring is no version of its own")
	}
}

func TestTrash(t *testing.T) {
	r := start(t, small+"-- content/heroes/chen/index.md --\n---\n姓名: 陈望\n地区: 河东省\n授权: {公开: true}\n肖像: {文件: a.svg, 替代文字: 像}\n---\n\n他在。\n-- content/heroes/chen/a.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9v9z\"/></svg>\n")
	const path = "content/heroes/chen/index.md"
	values := r.form("/_studio/edit/" + path)
	values.Set("do", "trash")
	if status, page := r.post("/_studio/edit/"+path, values); status != http.StatusOK || !strings.Contains(page, "已移到回收站") {
		t.Fatal(status, page)
	}
	if _, err := os.Stat(filepath.Join(r.dir, "content/heroes/chen")); !os.IsNotExist(err) {
		t.Fatal("it is still there", err)
	}
	_, page := r.get("/_studio/trash/")
	id := regexp.MustCompile(`name="version" value="([0-9a-f]{40})"`).FindStringSubmatch(page)
	if id == nil || !strings.Contains(page, "陈望") {
		t.Fatal(page)
	}
	if status, page := r.post("/_studio/trash/", url.Values{"path": {path}, "version": {id[1]}}); status != http.StatusOK {
		t.Fatal(status, page)
	}
	if !strings.Contains(r.read(path), "陈望") || r.read("content/heroes/chen/a.svg") == "" {
		t.Error("not whole")
	}
	if _, page := r.get("/_studio/trash/"); strings.Contains(page, "陈望") {
		t.Error("it is in the trash still")
	}
}

// A name that went from the site goes from its history too.
func TestPurge(t *testing.T) {
	r := start(t, small)
	const path = "content/heroes/lin.md"
	values := r.form("/_studio/edit/" + path)
	values.Set("also.0", "阿野")
	r.save("/_studio/edit/"+path, values)
	if _, page := r.get("/_studio/purge/?name=" + url.QueryEscape("林照野")); !strings.Contains(page, "个旧版本") {
		t.Fatal(page)
	}
	if status, page := r.post("/_studio/purge/", url.Values{"name": {"林照野"}, "again": {"林照野"}}); status != http.StatusConflict {
		t.Fatal("it still stands in the site", status, page)
	}
	values = r.form("/_studio/edit/" + path)
	values.Set("do", "trash")
	r.post("/_studio/edit/"+path, values)
	if status, page := r.post("/_studio/purge/", url.Values{"name": {"林照野"}, "again": {"林照"}}); status != http.StatusUnprocessableEntity || !strings.Contains(page, "不一样") {
		t.Fatal(status, page)
	}
	if status, page := r.post("/_studio/purge/", url.Values{"name": {"林照野"}, "again": {"林照野"}}); status != http.StatusOK || !strings.Contains(page, "已清除") {
		t.Fatal(status, page)
	}
	if _, page := r.get("/_studio/purge/?name=" + url.QueryEscape("林照野")); !strings.Contains(page, "没有这个名字") {
		t.Error(page)
	}
}

// What is at the root of somebody's larger repository is shown and never committed to.
func TestLargerRepository(t *testing.T) {
	outer := t.TempDir()
	if err := os.MkdirAll(filepath.Join(outer, ".git", "objects"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{".git/HEAD": "ref: refs/heads/main\n", ".git/config": "[core]\n\trepositoryformatversion = 0\n\tbare = false\n", ".git/refs/heads/.keep": ""} {
		file := filepath.Join(outer, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	r := startIn(t, filepath.Join(outer, "site"), small)
	values := r.form("/_studio/edit/content/heroes/lin.md")
	values.Set("occupation", "教师")
	if a := r.save("/_studio/edit/content/heroes/lin.md", values); a.Problem != "" {
		t.Fatal(a)
	}
	if _, page := r.get("/_studio/history/content/heroes/lin.md"); !strings.Contains(page, "更大的 git 仓库") {
		t.Error(page)
	}
	values = r.form("/_studio/edit/content/heroes/lin.md")
	values.Set("do", "trash")
	if status, page := r.post("/_studio/edit/content/heroes/lin.md", values); status != http.StatusOK {
		t.Fatal(status, page)
	}
	found, _ := filepath.Glob(filepath.Join(r.dir, ".trash", "*", "heroes", "lin.md"))
	if len(found) != 1 {
		t.Error("not in the trash beside content")
	}
	if _, err := os.Stat(filepath.Join(r.dir, ".git")); err == nil {
		t.Error("a repository within a repository")
	}
}
