package desk

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mingdeng/internal/content"
)

type waitView struct {
	frame
	State    string // address that tells a script how far it is
	Done, Of int
	Text     string
	Stops    bool // it can be given up
}

type planView struct {
	frame
	Sums     string
	Ticked   int
	Refused  []notice
	Unnamed  int // more that were refused
	Pictures int
	Show     string // which rows are shown
	Tabs     []showTab
	Groups   []groupView
	Page     int
	Pages    int
	Before   int
	After    int
	Href     string
}

type showTab struct {
	Show, Label string
	N           int
	Here        bool
}

// groupView are the rows of one file.
type groupView struct {
	Name string
	Log  []logGroup
	Rows []rowView
}

type rowView struct {
	N        int
	Ticked   bool
	Can      bool
	Kind     content.Kind
	Name     string
	Cells    []cellView // name, date, region; empty keys where the kind has none
	Path     string
	State    string
	Why      string // it cannot be written
	Doubts   []string
	Pictures int
	Wrong    bool // a cell is
}

type cellView struct{ Key, Label, Value, Why string }

// perPlan is how many rows a page of a plan shows.
const perPlan = 100

func (j *importing) shown() []*row {
	return slices.DeleteFunc(slices.Clone(j.rows), func(r *row) bool {
		return j.show == "doubt" && (len(r.doubts) == 0 || !r.can()) || j.show == "not" && r.can()
	})
}

// planView shows the page of the plan that the request names.
func (v *visit) planView(j *importing) planView {
	can, doubt, same, not, ticked := j.sums()
	refused := slices.Concat(j.untaken, j.refused)
	view := planView{frame: v.frame("import", v.word("import.plan")), Ticked: ticked, Pictures: j.pictures, Show: j.show, Href: j.href()}
	view.Wide = true
	sums := []string{fmt.Sprintf(v.word("import.can"), can)}
	for _, s := range []struct {
		key string
		n   int
	}{{"import.doubt", doubt}, {"import.same", same}, {"import.held", not}, {"import.not", len(refused)}} {
		if s.n > 0 {
			sums = append(sums, fmt.Sprintf(v.word(s.key), s.n))
		}
	}
	view.Sums = strings.Join(sums, v.word("import.comma")) + v.word("import.stop")
	view.Refused = refused[:min(len(refused), maxRefused)]
	view.Unnamed = len(refused) - len(view.Refused)
	for _, t := range []struct {
		show, key string
		n         int
	}{{"", "list.all", len(j.rows)}, {"doubt", "import.tab.doubt", doubt}, {"not", "import.tab.not", same + not}} {
		if t.n > 0 || t.show == j.show {
			view.Tabs = append(view.Tabs, showTab{t.show, v.word(t.key), t.n, t.show == j.show})
		}
	}
	rows := j.shown()
	view.Pages = max(1, (len(rows)+perPlan-1)/perPlan)
	page, _ := strconv.Atoi(v.r.FormValue("page"))
	view.Page = min(max(1, page), view.Pages)
	view.Before, view.After = view.Page-1, view.Page+1
	var last *sourcePlan
	for _, r := range rows[(view.Page-1)*perPlan : min(len(rows), view.Page*perPlan)] {
		if r.source != last {
			view.Groups = append(view.Groups, groupView{Name: r.source.name, Log: r.source.log})
			last = r.source
		}
		g := &view.Groups[len(view.Groups)-1]
		g.Rows = append(g.Rows, v.row(r))
	}
	return view
}

func (v *visit) row(r *row) rowView {
	x := rowView{N: r.n, Ticked: r.ticked, Can: r.can(), Kind: r.kind, Name: r.name(), Path: r.path, State: string(r.state), Doubts: r.doubts, Pictures: len(r.beside)}
	if !x.Can {
		x.Doubts = nil // nothing of it is written
		x.Why = v.word("import.state." + string(r.state))
	}
	for _, column := range [][]string{{"name", "title"}, {"date", "deed.date"}, {"region"}} {
		c := r.cell(column...)
		if c == nil {
			x.Cells = append(x.Cells, cellView{Label: v.word("import." + column[0])})
			continue
		}
		x.Cells = append(x.Cells, cellView{c.key, v.word("import." + column[0]), c.value, c.why})
		x.Wrong = x.Wrong || c.why != ""
	}
	return x
}

type doneView struct {
	frame
	Sums   string
	Wrote  []recordLink
	More   int
	Undone bool
	Stayed []recordLink
	Href   string
}

// shownWrote is how many records are listed after an import.
const shownWrote = 300

func (v *visit) doneView(j *importing) doneView {
	view := doneView{frame: v.frame("import", v.word("import.done")), Undone: j.phase == undone, Href: j.href()}
	if view.Undone {
		view.Title = v.word("import.undone")
		view.Sums = fmt.Sprintf(v.word("import.took"), len(j.wrote)-len(j.stayed))
		view.Stayed = j.stayed
		return view
	}
	view.Sums = fmt.Sprintf(v.word("import.wrote"), len(j.wrote))
	view.Wrote = j.wrote[:min(len(j.wrote), shownWrote)]
	view.More = len(j.wrote) - len(view.Wrote)
	return view
}
