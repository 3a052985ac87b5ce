package importer

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"mingdeng/internal/content"
	"mingdeng/internal/han"
	"mingdeng/internal/importer/report"
	"mingdeng/internal/importer/rich"
	"mingdeng/internal/importer/roll"
)

// shortDeed is how long a deed's text may be to be its summary, characters.
const shortDeed = 60

// hero writes a person's record.
func (m *maker) hero(s *Source, p roll.Person, slug string) []byte {
	h := newHead(content.KindHero, m.Lang)
	from := m.origin(s)
	if p.Sheet != "" {
		from += " · " + p.Sheet
	}
	h.comment(m.say("从“", "Imported from ") + from + m.say("”第 ", ", row ") + strconv.Itoa(p.Row) + m.say(" 行导入", ""))
	if len(p.Region) == 0 && len(m.Region) == 0 {
		h.raw("", "draft", "true", m.say("写上地区以后删掉这一行", "take this line out when the region is known"))
	}
	h.put("", "slug", slug, "")
	h.put("", "name", p.Name, "")
	h.list("", "also", p.Also, "")
	if p.Group {
		h.word("", "kind", string(content.Group))
	}
	h.word("", "status", p.Status)
	h.word("", "gender", p.Gender)
	if p.Born.Year > 0 {
		h.raw("", "birth_year", strconv.Itoa(p.Born.Year), "")
	}
	h.put("", "occupation", p.Occupation, "")
	h.put("", "native_place", p.NativePlace, "")
	m.region(h, p.Region)
	body := ""
	summary := ""
	if one := strings.TrimSpace(p.Deed); utf8.RuneCountInString(one) <= shortDeed && !strings.Contains(one, "\n") {
		summary = one
	} else {
		body = story(one)
	}
	if !p.Date.IsZero() || p.Place != "" || p.Type != "" || summary != "" {
		h.group("", "deed", "")
		h.raw("  ", "deed.date", p.Date.String(), "")
		h.put("  ", "deed.place", p.Place, "")
		h.word("  ", "deed.type", p.Type)
		h.put("  ", "deed.summary", summary, "")
	}
	extra := append([]roll.Extra(nil), p.Extra...)
	if len(p.Honors) > 0 {
		h.group("", "honors", "")
		for _, x := range p.Honors {
			h.put("  - ", "honors.title", x.Title, "")
			if x.Session != "" && !m.session(x) {
				extra = append(extra, roll.Extra{Heading: "届次", Value: x.Session})
				s.Log.Add(report.Todo, "荣誉“%s”的记录里还没有“%s”，这一届先放在“附加”里：到 content/honors/ 里补上，再移到荣誉下面", "the honour %q has no session %q yet, which was put under params: enter it in content/honors/ and move it back", x.Title, x.Session)
				x.Session = ""
			}
			h.put("    ", "honors.session", x.Session, "")
			h.word("    ", "honors.level", x.Level)
			if x.Year > 0 {
				h.raw("    ", "honors.year", strconv.Itoa(x.Year), "")
			}
			h.put("    ", "honors.by", x.By, "")
		}
	}
	if c := p.Confirmed; c.By != "" || c.Document != "" || !c.Date.IsZero() {
		h.group("", "confirmed", "")
		h.put("  ", "confirmed.by", c.By, "")
		h.raw("  ", "confirmed.date", c.Date.String(), "")
		h.put("  ", "confirmed.document", c.Document, "")
	}
	h.group("", "consent", "")
	h.raw("  ", "consent.publish", "false", m.consent())
	if m.minor(p) {
		h.raw("  ", "consent.minor", "true", m.say("按出生年算，可能未满 18 岁", "by the year of birth, perhaps under 18"))
		h.raw("  ", "consent.guardian", "false", "")
	}
	if len(p.Sources) > 0 {
		h.group("", "sources", "")
		for _, src := range p.Sources {
			h.put("  - ", "sources.title", strings.Join(strings.Fields(src), " "), "")
		}
	}
	m.extras(h, extra)
	return h.bytes(body)
}

// extras writes what has no key; headings that repeat are numbered.
func (m *maker) extras(h *head, list []roll.Extra) {
	if len(list) == 0 {
		return
	}
	h.group("", "params", "")
	seen := map[string]int{}
	for _, e := range list {
		key := strings.TrimSpace(oneLine(e.Heading))
		if key == "" {
			key = m.say("其他", "other")
		}
		seen[key]++
		for n := seen[key]; n > 1; n++ {
			if k := key + strconv.Itoa(n); seen[k] == 0 {
				key = k
				seen[k] = 1
				break
			}
		}
		h.free(key, e.Value)
	}
}

// session tells whether an honour's session may be written: where the site keeps a
// record of the honour, one that it does not list is an error.
func (m *maker) session(x roll.Honor) bool {
	for _, h := range m.site.honors {
		if h.Title != x.Title {
			continue
		}
		want := number(x.Session)
		for _, s := range h.Sessions {
			if number(s.Number) == want {
				return true
			}
		}
		return false
	}
	return true
}

func number(s string) string {
	s = strings.TrimSuffix(strings.TrimPrefix(s, "第"), "届")
	if n, ok := han.Number(s); ok {
		return strconv.Itoa(n)
	}
	return s
}

// story writes a deed's text as Markdown. A line of a cell that does not end a
// sentence was broken to fit the cell.
func story(s string) string {
	var d rich.Document
	open := false
	for _, line := range strings.Split(s, "\n") {
		spans := rich.Tidy([]rich.Span{{Text: line}})
		if rich.Blank(spans) {
			open = false
			continue
		}
		if n := len(d.Blocks); open {
			d.Blocks[n-1].Text = rich.Tidy(append(d.Blocks[n-1].Text, spans...))
		} else {
			d.Blocks = append(d.Blocks, rich.Block{Text: spans})
		}
		last, _ := utf8.DecodeLastRuneInString(rich.Words(spans))
		open = !strings.ContainsRune("。！？：；”’）…—.!?:;)", last)
	}
	text, _ := d.Markdown()
	return text
}
