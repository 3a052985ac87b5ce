package importer

import (
	"slices"
	"strconv"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/importer/report"
	"mingdeng/internal/importer/roll"
)

// mostComments is how many lines of what was left out a record's head may have.
const mostComments = 12

// compose writes a record.
func (m *maker) compose(kind content.Kind, s *Source, a *article, name, slug string, heroes []string, body string) []byte {
	h := newHead(kind, m.Lang)
	h.comment(m.say("从“", "Imported from ") + m.origin(s) + m.say("”导入", ""))
	h.raw("", "draft", "true", m.say("核对好以后删掉这一行，就会发布", "take this line out to publish, once you have checked it"))
	h.put("", "slug", slug, "")
	if kind == content.KindHero {
		h.put("", "name", name, "")
		m.region(h, nil)
		h.group("", "consent", "")
		h.raw("  ", "consent.publish", "false", m.consent())
	} else {
		h.put("", "title", name, "")
	}
	if kind == content.KindBrief {
		guessed := ""
		if a.dateGuessed {
			guessed = m.say("请核对", "please check")
		}
		h.raw("", "date", a.date.String(), guessed)
		if a.number > 0 && a.number <= 100000 {
			h.raw("", "number", strconv.Itoa(a.number), "")
		}
		h.list("", "byline", a.byline, "")
	}
	if kind == content.KindChapter {
		h.list("", "authors", a.byline, "")
	}
	if kind == content.KindBrief || kind == content.KindChapter {
		h.list("", "heroes", heroes, "")
	}
	if len(a.sources) > 0 {
		h.group("", "sources", "")
		for _, src := range a.sources {
			h.put("  - ", "sources.title", src.title, "")
			h.put("    ", "sources.url", src.url, "")
			h.raw("    ", "sources.date", src.date.String(), "")
		}
	}
	var free [][2]string
	add := func(zh, en, v string) {
		if v != "" {
			free = append(free, [2]string{m.say(zh, en), v})
		}
	}
	add("副题", "subtitle", a.subtitle)
	add("文号", "document", a.document)
	add("原文抬头", "masthead", strings.Join(a.above, " / "))
	if kind == content.KindPage || kind == content.KindHero {
		add("作者", "byline", strings.Join(a.byline, "、"))
	}
	if kind == content.KindHero && a.title != name {
		add("原文标题", "title", a.title)
	}
	if len(free) > 0 {
		h.group("", "params", "")
		for _, f := range free {
			h.free(f[0], f[1])
		}
	}
	left := 0
	for _, e := range s.Log.Entries {
		if e.Sort != report.Left {
			continue
		}
		if left++; left <= mostComments {
			h.comment(m.say("没有收进来：", "Left out: ") + e.Text.In(m.Lang))
		}
	}
	if left > mostComments {
		h.comment(m.say("没有收进来的还有 ", "Also left out: ") + strconv.Itoa(left-mostComments) + m.say(" 项", ""))
	}
	return h.bytes(body)
}

func (m *maker) consent() string {
	return m.say("取得本人（或近亲属、监护人）的书面同意后改成 true；在那之前网站上不会出现", "set to true once the person, next of kin or guardian has agreed in writing; nothing shows before")
}

// region writes where it happened. Without one the record is not complete: the
// placeholder goes with a draft.
func (m *maker) region(h *head, found []string) {
	if len(found) == 0 {
		found = m.Region
	} else if len(m.Region) > 0 && !roll.Province(found[0]) {
		// 郑州市/金水区 within 河南省, 金水区 within 河南省/郑州市
		keep := m.Region
		if i := slices.Index(keep, found[0]); i >= 0 {
			keep = keep[:i]
		}
		found = slices.Concat(keep, found)
	}
	if len(found) == 0 {
		h.put("", "region", m.say("待补", "unknown"), m.say("省/市/县", "province/city/county"))
		return
	}
	h.put("", "region", strings.Join(found[:min(len(found), 6)], "/"), "")
}
