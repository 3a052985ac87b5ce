package desk

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/live"
	"mingdeng/internal/plaque/ledger"
)

type homeView struct {
	frame
	Faults   []faultView // what is wrong, by record
	Errors   int
	Warnings int
	Undone   []undoneView
	Last     []recordView
	Counts   []countView
}

type faultView struct {
	Name, Href string
	Worst      string // severity
	Message    string // of the first
	More       int
}

type undoneView struct {
	Title string
	Items []recordView
	More  int
}

type countView struct {
	Kind     content.Kind
	N, Drawn int // all, and those that are published
}

// recordView is a record in a list.
type recordView struct {
	Name, Href, Kind string
	State            string // as live.State
	StateWord        string
	Changed          string
	Sample           bool
	Member           string // whom it was collected from
	Note             string
}

// shown is how many records of a heap are shown on the first page.
const shown = 8

func (v *visit) home() {
	view := homeView{frame: v.frame("home", v.word("nav.home"))}
	view.Version = v.version()
	o := v.site.private.Overview()
	names := map[string]string{content.Root + "/site.yaml": v.word("nav.settings"), ledger.Path: v.word("home.ledger")}
	undone := map[string]int{}
	add := func(title string, r recordView) {
		i, ok := undone[title]
		if !ok {
			i = len(view.Undone)
			undone[title] = i
			view.Undone = append(view.Undone, undoneView{Title: title})
		}
		if u := &view.Undone[i]; len(u.Items) < shown {
			u.Items = append(u.Items, r)
		} else {
			u.More++
		}
	}
	for _, k := range content.Kinds() {
		view.Counts = append(view.Counts, countView{Kind: k.Kind})
	}
	for _, e := range o.Records {
		names[e.Path] = e.Name
		i := slices.IndexFunc(view.Counts, func(c countView) bool { return c.Kind == e.Of })
		view.Counts[i].N++
		if e.State == live.Published {
			view.Counts[i].Drawn++
		} else {
			add(v.word("state."+string(e.State)), v.record(e))
		}
		for _, l := range e.Lacks {
			r := v.record(e)
			if !l.Date.IsZero() {
				r.Note = l.Date.String()
			}
			add(v.word("lack."+string(l.What)), r)
		}
	}
	last := slices.Clone(o.Records)
	slices.SortStableFunc(last, func(a, b live.Entry) int { return b.Changed.Compare(a.Changed) })
	for _, e := range last[:min(shown, len(last))] {
		view.Last = append(view.Last, v.record(e))
	}
	view.Faults, view.Errors, view.Warnings = v.faults(v.site.private.Findings(), names)
	v.show(http.StatusOK, "home", view)
}

// faults gathers findings by file, the worst first.
func (v *visit) faults(found []diag.Finding, names map[string]string) (out []faultView, errors, warnings int) {
	at := map[string]int{}
	for _, f := range found {
		if f.Code.Severity == diag.Error {
			errors++
		} else {
			warnings++
		}
		i, ok := at[f.Path]
		if !ok {
			i = len(out)
			at[f.Path] = i
			out = append(out, faultView{Name: cmp.Or(names[f.Path], f.Path), Href: v.editor(f.Path), Worst: f.Code.Severity.String(), Message: f.Message(v.o.Lang)})
			continue
		}
		out[i].More++
		if f.Code.Severity == diag.Error {
			out[i].Worst = f.Code.Severity.String()
		}
	}
	slices.SortStableFunc(out, func(a, b faultView) int { return strings.Compare(a.Worst, b.Worst) })
	return out, errors, warnings
}

// editor is where a file is edited; "" where the desk has no page for it.
func (v *visit) editor(path string) string {
	switch {
	case path == content.Root+"/site.yaml":
		return "/_studio/settings/"
	case path == ledger.Path:
		return "/_studio/plaques/"
	case strings.HasPrefix(path, content.Root+"/") && strings.HasSuffix(path, ".md"):
		return editPath(path)
	}
	return ""
}

func (v *visit) record(e live.Entry) recordView {
	return recordView{
		Name: e.Name, Href: editPath(e.Path), Kind: e.Kind.In(v.o.Lang), State: string(e.State), StateWord: v.word("state." + string(e.State)),
		Changed: v.when(e.Changed), Sample: e.Sample, Member: e.Member,
	}
}

// when says when something was changed, as short as it can be understood.
func (v *visit) when(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	now := time.Now()
	t = t.In(now.Location())
	switch {
	case now.YearDay() == t.YearDay() && now.Year() == t.Year():
		return t.Format("15:04")
	case now.Year() == t.Year():
		return strconv.Itoa(int(t.Month())) + v.word("month") + strconv.Itoa(t.Day()) + v.word("day")
	}
	return t.Format("2006-01-02")
}

type listView struct {
	frame
	Of      content.Kind
	Kinds   []kindTab
	Query   string
	State   string
	Order   string
	States  []stateTab
	Records []recordView
	N       int // that fit
	Page    int // from 1
	Pages   int
	Before  int
	After   int
}

type kindTab struct {
	Kind content.Kind
	N    int
	Here bool
}

type stateTab struct {
	State, Label string
	N            int
	Here         bool
}

// perPage is how many records a page of a list shows.
const perPage = 100

func (v *visit) list() {
	kind := content.Kind(v.r.PathValue("kind"))
	if kind.Info().Kind == "" {
		v.missing()
		return
	}
	q := v.r.URL.Query()
	view := listView{frame: v.frame("records", kind.Info().Name.In(v.o.Lang)), Of: kind, Query: strings.TrimSpace(q.Get("q")), State: q.Get("state"), Order: q.Get("order")}
	view.Version = v.version()
	o := v.site.private.Overview()
	states := map[live.State]int{}
	counts := map[content.Kind]int{}
	var fit []live.Entry
	want := strings.ToLower(view.Query)
	for _, e := range o.Records {
		counts[e.Of]++
		if e.Of != kind {
			continue
		}
		states[e.State]++
		if (view.State == "" || string(e.State) == view.State) && (want == "" || strings.Contains(strings.ToLower(e.Name+" "+e.Slug+" "+e.Path), want)) {
			fit = append(fit, e)
		}
	}
	if view.Order != "name" {
		slices.SortStableFunc(fit, func(a, b live.Entry) int { return b.Changed.Compare(a.Changed) })
	}
	for _, k := range content.Kinds() {
		view.Kinds = append(view.Kinds, kindTab{k.Kind, counts[k.Kind], k.Kind == kind})
	}
	for _, s := range live.States() {
		if states[s] > 0 {
			view.States = append(view.States, stateTab{string(s), v.word("state." + string(s)), states[s], string(s) == view.State})
		}
	}
	view.N, view.Pages = len(fit), max(1, (len(fit)+perPage-1)/perPage)
	n, _ := strconv.Atoi(q.Get("page"))
	view.Page = min(max(1, n), view.Pages)
	view.Before, view.After = view.Page-1, view.Page+1
	for _, e := range fit[(view.Page-1)*perPage : min(len(fit), view.Page*perPage)] {
		r := v.record(e)
		r.Kind = "" // they are all of one
		view.Records = append(view.Records, r)
	}
	v.show(http.StatusOK, "list", view)
}
