package serve

import (
	"bytes"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"mingdeng/internal/diag"
	"mingdeng/internal/live"
	"mingdeng/internal/manual"
)

// The studio is a few pages made on the server, so that they can be read without
// script; studio.js lets the list be narrowed while typing.
var studioPages = template.Must(template.New("").Funcs(template.FuncMap{
	// Plaques stand beside each other at a third of their size; in CSS 96 px are an inch.
	"px": func(mm float64) int { return int(mm*96/25.4/3 + .5) },
}).ParseFS(assets, "assets/studio.html", "assets/topic.html"))

// studioView is what studio.html shows.
type studioView struct {
	live.Overview
	L        string // BCP 47
	Query    string
	Found    []entryView
	Undone   []undoneView
	Faults   []fileView
	Errors   int
	Warnings int
	Topics   []topicView
	W        func(string) string
}

type entryView struct {
	live.Entry
	KindWord, StateWord string
}

// undoneView is one kind of thing that is not done yet.
type undoneView struct {
	Title string
	Items []undoneItem
}

type undoneItem struct{ Name, Path, Href, Note string }

// fileView is the findings of one file.
type fileView struct {
	Path  string
	Items []findingView
}

type findingView struct{ Place, Severity, Message, Hint, Excerpt, Fix string }

type topicView struct{ Name, Title string }

// studio serves the editor's own pages.
func (s *Server) studio(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/_studio/")
	topic, isTopic := strings.CutPrefix(name, "help/")
	switch {
	case name == "":
		s.show(w, "studio.html", s.studioView(r.FormValue("q")))
	case isTopic:
		for _, t := range manual.Topics() {
			if t.Name == topic {
				s.show(w, "topic.html", struct {
					L, Title, Text, Back string
				}{s.bcp47(), t.Title.In(s.Lang), t.Text(s.Lang), s.word("title")})
				return
			}
		}
		http.Error(w, "not found", http.StatusNotFound)
	default:
		s.asset(w, name)
	}
}

func (s *Server) show(w http.ResponseWriter, name string, view any) {
	var b bytes.Buffer
	if err := studioPages.ExecuteTemplate(&b, name, view); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	s.send(w, http.StatusOK, name, b.Bytes())
}

func (s *Server) bcp47() string {
	if s.Lang == diag.English {
		return "en"
	}
	return "zh-Hans"
}

func (s *Server) studioView(query string) studioView {
	v := studioView{Overview: s.Site.Overview(), L: s.bcp47(), Query: query, W: s.word}
	folded := strings.ToLower(strings.TrimSpace(query))
	undone := map[string]int{}
	for _, e := range v.Records {
		x := entryView{e, e.Kind.Zh, s.word("state." + string(e.State))}
		if s.Lang == diag.English {
			x.KindWord = e.Kind.En
		}
		if folded == "" || strings.Contains(strings.ToLower(e.Name+" "+e.Path+" "+x.KindWord+" "+x.StateWord), folded) {
			v.Found = append(v.Found, x)
		}
		item := undoneItem{Name: e.Name, Path: e.Path, Href: e.Href}
		if e.State != live.Published {
			v.Undone = into(v.Undone, undone, s.word("state."+string(e.State)), item)
		}
		for _, l := range e.Lacks {
			item.Note = ""
			if !l.Date.IsZero() {
				item.Note = l.Date.String()
			}
			v.Undone = into(v.Undone, undone, s.word("lack."+string(l.What)), item)
		}
	}
	slices.SortStableFunc(v.Undone, func(a, b undoneView) int { return strings.Compare(a.Title, b.Title) })
	source := diag.NewSource(s.Site.Text)
	for _, f := range s.Site.Findings() {
		if n := len(v.Faults); n == 0 || v.Faults[n-1].Path != f.Path {
			v.Faults = append(v.Faults, fileView{Path: f.Path})
		}
		last := &v.Faults[len(v.Faults)-1]
		excerpt, fix := source.Show(f)
		last.Items = append(last.Items, findingView{f.Place(), f.Code.Severity.String(), f.Message(s.Lang), f.Hint(s.Lang), excerpt, fix})
		if f.Code.Severity == diag.Error {
			v.Errors++
		} else {
			v.Warnings++
		}
	}
	for _, t := range manual.Topics() {
		v.Topics = append(v.Topics, topicView{t.Name, t.Title.In(s.Lang)})
	}
	return v
}

func into(list []undoneView, at map[string]int, title string, item undoneItem) []undoneView {
	i, ok := at[title]
	if !ok {
		i = len(list)
		at[title] = i
		list = append(list, undoneView{Title: title})
	}
	list[i].Items = append(list[i].Items, item)
	return list
}

// word is a word of the studio in the editor's language.
func (s *Server) word(key string) string { return studioWords[key].In(s.Lang) }

var studioWords = map[string]diag.Text{
	"hidden":   {Zh: "未公开：", En: "Not public: "},
	"title":    {Zh: "工作台", En: "Studio"},
	"private":  {Zh: "只有这台电脑看得到；生成的网站里没有这一页。", En: "Seen on this machine alone; no part of the site that is built."},
	"site":     {Zh: "看网站", En: "The site"},
	"findings": {Zh: "要改的和要看的", En: "To mend and to look at"},
	"fine":     {Zh: "没有发现问题。", En: "Nothing was found."},
	"undone":   {Zh: "还没做完的", En: "Unfinished"},
	"done":     {Zh: "都做完了。", En: "All is done."},
	"plaques":  {Zh: "铭牌（三分之一大小；点开是原大）", En: "Plaques (a third of their size; open one for its true size)"},
	"screens":  {Zh: "屏幕", En: "Screens"},
	"records":  {Zh: "所有记录", En: "All records"},
	"search":   {Zh: "查找", En: "Find"},
	"help":     {Zh: "说明", En: "Manual"},
	"name":     {Zh: "名称", En: "Name"},
	"kind":     {Zh: "种类", En: "Kind"},
	"state":    {Zh: "状况", En: "State"},
	"file":     {Zh: "文件", En: "File"},
	"until":    {Zh: "到", En: "until"},
	"none":     {Zh: "没有找到。", En: "Nothing found."},

	"state.published": {Zh: "已发布", En: "published"},
	"state.draft":     {Zh: "草稿", En: "draft"},
	"state.waiting":   {Zh: "未到发布日期", En: "waiting for its day"},
	"state.expired":   {Zh: "已过失效日期", En: "expired"},
	"state.withheld":  {Zh: "未获公开授权", En: "withheld: no consent"},
	"state.faulty":    {Zh: "有错误", En: "has errors"},
	"state.orphaned":  {Zh: "所属的书或阵地没有发布", En: "what it belongs to is not published"},

	"lack.portrait": {Zh: "没有可公开的肖像", En: "No portrait to show"},
	"lack.consent":  {Zh: "授权六十天内到期", En: "Consent ends within 60 days"},
	"lack.plaque":   {Zh: "展品还没有码", En: "Exhibit without a code"},
	"lack.plan":     {Zh: "阵地还没有平面图", En: "Venue without a plan"},
}
