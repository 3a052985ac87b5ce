package hostile

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"mingdeng/internal/content"
	"mingdeng/internal/testrun"
)

// recordFiles are where the records of the small site lie, by kind.
var recordFiles = map[content.Kind]string{
	content.KindSite: "content/site.yaml", content.KindHero: "content/heroes/shan.md", content.KindBrief: "content/briefs/2014/jiu-ren.md",
	content.KindBook: "content/anthology/shu/_index.md", content.KindChapter: "content/anthology/shu/yi.md",
	content.KindVenue: "content/venues/yuan/_index.md", content.KindExhibit: "content/venues/yuan/ban.md",
	content.KindHonor: "content/honors/mo-fan.md", content.KindUnit: "content/units/zhan.md", content.KindReport: "content/reports/2023.md",
	content.KindScreen: "content/screens/ting.md", content.KindPage: "content/pages/guan-yu.md",
}

// needed are the least values with which each kind is published.
var needed = map[content.Kind]map[string]any{
	content.KindSite:    {"title": "小站", "base_url": "https://host.example/"}, // at the host's root, //x is elsewhere
	content.KindHero:    {"name": "单青", "region": "河东省", "consent": map[string]any{"publish": true, "portrait": true}},
	content.KindBrief:   {"title": "河边", "date": "2014-05-06"},
	content.KindBook:    {"title": "书", "cover": "p.png"}, // one that has none is drawn, which takes a second
	content.KindChapter: {"title": "一"},
	content.KindVenue:   {"name": "小园", "kind": "garden", "region": "河东省"},
	content.KindExhibit: {"name": "板", "kind": "panel"},
	content.KindHonor:   {"title": "模范"},
	content.KindUnit:    {"name": "站", "kind": "station"},
	content.KindReport:  {"title": "年", "year": 2023},
	content.KindScreen:  {"title": "厅"},
	content.KindPage:    {"title": "关于"},
}

// groups are the least values of keys that are groups, so that one of them can be hostile
// and the rest is taken.
var groups = map[string]map[string]any{
	"deed": {"date": 2014, "type": "other"}, "honors": {"title": "好人"}, "martyr": {"by": "某府", "document": "某号"},
	"confirmed": {"by": "某局"}, "organisation": {"name": "某会"}, "nav": {"to": "/heroes/"}, "sessions": {"number": "第一届"},
	"figures": {"label": "数", "value": 1}, "sources": {"title": "某报"}, "reprinted_by": {"outlet": "某网"}, "event": {}, "nominate": {},
	"location": {"lat": 34, "lng": 113, "datum": "WGS84"}, "editions": {"number": 1}, "consent": {"publish": true}, "plaque": {},
}

// payloads are values that have got through somewhere.
var payloads = map[string]string{
	"markup":     `"'><script>alert(1)</script><img src=x onerror=alert(1)><!-- ]]> &lt;script&gt; </title></textarea></style>`,
	"attribute":  `x" onmouseover="alert(1)" style="x:y" a='`,
	"script":     "javascript:alert(1)//",
	"hid script": "\tjava\nscript&colon;alert(1)",
	"data":       "data:text/html,<script>alert(1)</script>",
	"two":        "//evil.example/x",
	"back":       `/\evil.example`,
	"back two":   `\\evil.example\x`,
	"three":      "///evil.example/x",
	"up":         "../../../canary.txt",
	"up rooted":  "/../../../canary/",
	"encoded up": "/%2e%2e/%2e%2e/canary.txt",
	"absolute":   "/etc/passwd",
	"drive":      `C:\Windows\win.ini`,
	"plain link": "https://evil.example/?a=1&b=<x>\"'",
	"user":       "https://host.example@evil.example/",
	"formula":    `=HYPERLINK("https://evil.example/")`,
	"template":   `{{.}}{{template "base"}}{{< x >}}{{% y %}}${7*7}`,
	"lines":      "a\u2028b\u2029c\u0085d\r\ne\u202ef\u200b",
	"long":       strings.Repeat("長", 4000),
	"id":         `a b#c?d&e=f"g`,
	"0":          "0",
}

// variants gives every way of one kind to hold the payload in one key: complete heads.
func variants(kind content.Kind, payload string) []map[string]any {
	var out []map[string]any
	with := func(key string, value any) {
		m := maps.Clone(needed[kind])
		m[key] = value
		out = append(out, m)
	}
	for _, k := range content.Schema(kind) {
		switch {
		case len(k.Keys) > 0:
			for _, sub := range k.Keys {
				g := maps.Clone(groups[k.En])
				if g == nil {
					g = map[string]any{}
				}
				g[sub.En] = payload
				if k.List {
					with(k.En, []any{g})
				} else {
					with(k.En, g)
				}
			}
		case k.List:
			with(k.En, []any{payload})
		default:
			with(k.En, payload)
		}
	}
	return out
}

// head writes values as front matter.
func head(kind content.Kind, values map[string]any, body string) string {
	var b strings.Builder
	for _, key := range slices.Sorted(maps.Keys(values)) {
		v, err := json.Marshal(values[key])
		if err != nil {
			panic(err) // texts and numbers cannot fail
		}
		fmt.Fprintf(&b, "%s: %s\n", key, v)
	}
	if kind == content.KindSite {
		return b.String()
	}
	return "---\n" + b.String() + "---\n" + body
}

// TestKeys puts every payload into every key of every kind. One build takes one key of
// each kind at once. MINGDENG_LONG=1 tries all payloads.
func TestKeys(t *testing.T) {
	l := newLab(t, nil)
	names := slices.Sorted(maps.Keys(payloads))
	if !testrun.Long() {
		names = []string{"markup", "hid script", "two"}
	}
	published := 0
	for _, name := range names {
		all := map[content.Kind][]map[string]any{}
		rounds := 0
		for kind := range recordFiles {
			all[kind] = variants(kind, payloads[name])
			rounds = max(rounds, len(all[kind]))
		}
		for i := range rounds {
			size := 0
			for kind, file := range recordFiles {
				values := needed[kind]
				if i < len(all[kind]) {
					values = all[kind][i]
				}
				text := head(kind, values, payloads[name])
				size += len(text)
				l.put(t, file, []byte(text))
			}
			l.followBase()
			t.Run(fmt.Sprintf("%s/%d", name, i), func(t *testing.T) {
				if len(l.look(t, size).files) > 20 {
					published++
				}
			})
		}
	}
	if published < 20 {
		t.Errorf("only %d sites of these had pages to look at", published)
	}
}

// TestBooks puts payloads into all that a book to take away is made of.
func TestBooks(t *testing.T) {
	l := newLab(t, nil)
	l.books = true
	names := slices.Sorted(maps.Keys(payloads))
	if !testrun.Long() {
		names = []string{"markup", "hid script"}
	}
	for _, name := range names {
		p := payloads[name]
		for kind, values := range map[content.Kind]map[string]any{
			content.KindSite:    {"title": p, "base_url": "https://host.example/", "organisation": map[string]any{"name": p}},
			content.KindBook:    {"title": p, "subtitle": p, "editors": []any{p}, "publisher": p},
			content.KindChapter: {"title": p, "authors": []any{p}, "part": p},
		} {
			l.put(t, recordFiles[kind], []byte(head(kind, values, bodies[0]+"\n\n"+p)))
		}
		l.followBase()
		t.Run(name, func(t *testing.T) {
			books := 0
			for file := range l.look(t, 3*len(p)).files {
				if strings.HasSuffix(file, ".epub") {
					books++
				}
			}
			if books != 1 {
				t.Errorf("%d books", books)
			}
		})
	}
}
