package desk

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

const collectedSite = `-- content/site.yaml --
title: 市
base_url: https://city.example/
regions: [河东省/清河市]
-- content/heroes/a.md --
---
name: 张三
region: 河东省/清河市
consent: {publish: true}
---
-- content/members/xian/member.yaml --
title: 县
organisation: 县协会
base_url: https://xian.example/
day: 2026-04-01
-- content/members/xian/heroes/b/index.md --
---
name: 李四
region: 河东省/清河市
consent: {publish: true}
---
他来了。
`

// What an association has given is listed with its name, read, and not written: only the
// trash takes it, for a withdrawal that cannot wait.
func TestCollected(t *testing.T) {
	const file = "content/members/xian/heroes/b/index.md"
	r := start(t, collectedSite)
	was := r.read(file)
	if _, list := r.get("/_studio/list/hero/"); !strings.Contains(list, "李四") || !strings.Contains(list, "县协会") {
		t.Error("the list does not say whose it is")
	}
	_, home := r.get("/_studio/")
	if _, own, _ := strings.Cut(home, "没有可公开的肖像"); strings.Count(own, "李四") > 1 {
		t.Error("what a member lacks is put to this editor")
	}
	_, page := r.get("/_studio/edit/" + file)
	if !strings.Contains(page, "只能看") || strings.Contains(page, "textarea") {
		t.Error("it can be edited")
	}
	for _, way := range []string{"edit", "try", "upload", "paste", "phone", "restore"} {
		if status, _ := r.post("/_studio/"+way+"/"+file, url.Values{"do": {"save"}, "text": {"别的"}, "whole": {"别的"}}); status < 400 {
			t.Errorf("%s: %d", way, status)
		}
	}
	if r.read(file) != was {
		t.Error("it was changed")
	}
	if _, names := r.get("/_studio/names/hero/"); strings.Contains(names, "李四") || !strings.Contains(names, "张三") {
		t.Errorf("names offered: %s", names)
	}
	if status, _ := r.post("/_studio/edit/"+file, url.Values{"do": {"trash"}}); status != http.StatusOK {
		t.Errorf("trash: %d", status)
	}
	if _, list := r.get("/_studio/list/hero/"); strings.Contains(list, "李四") {
		t.Error("it is still there")
	}
}
