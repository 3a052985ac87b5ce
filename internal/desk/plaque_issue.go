package desk

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/desk/form"
	"mingdeng/internal/diag"
	"mingdeng/internal/plaque/ledger"
	"mingdeng/internal/plaques"
	"mingdeng/internal/project"
)

type issueView struct {
	frame
	Exhibits []linkView
	Address  string // that codes will bear
	Asks     bool   // it has to be typed
	Typed    string
	Wrong    bool // what was typed is another one
	Moves    bool
	Refused  []refusalView
	Advice   []refusalView
	New      []codeView // that were just issued
	Said     string
}

// refusalView is a finding with the page where it is mended.
type refusalView struct {
	form.Finding
	Name, Href string
}

// refusals are findings of one severity, each with its page.
func (v *visit) refusals(found []diag.Finding, s diag.Severity) []refusalView {
	names := map[string]string{}
	for _, e := range v.site.private.Overview().Records {
		names[e.Path] = e.Name
	}
	var out []refusalView
	for _, f := range found {
		if f.Code.Severity != s {
			continue
		}
		x := refusalView{Finding: v.finding(f, nil), Name: names[f.Path], Href: v.editor(f.Path)}
		if f.Code == diag.PlaqueAddress { // its hint is for the command line
			x.Hint = v.word("issue.unfit")
		}
		if x.Name == "" {
			x.Name = f.Path
		}
		if x.Href == "/_studio/settings/" {
			x.Name = v.word("nav.settings")
		}
		out = append(out, x)
	}
	return out
}

// issuePage says what issuing would do and why it cannot be taken back; without exhibits, how
// far the run is that is under way.
func (v *visit) issuePage() {
	if only := v.r.URL.Query()["x"]; len(only) > 0 || !v.showIssuing() {
		v.showIssue(http.StatusOK, only, "", "")
	}
}

func (v *visit) showIssue(status int, only []string, typed, problem string) {
	if len(only) == 0 && !v.moves() {
		v.showPlaques(http.StatusUnprocessableEntity, v.word("issue.none"))
		return
	}
	plan, err := plaques.PlanIssue(v.options(), only)
	view := v.issueView(plan)
	view.Problem, view.Typed, view.Wrong = problem, typed, problem != ""
	if err != nil {
		if !errors.Is(err, project.ErrFindings) {
			v.message(http.StatusInternalServerError, v.word("issue.failed"), diag.TroubleOf(err).What.In(v.o.Lang))
			return
		}
		status = http.StatusUnprocessableEntity
		view.Refused = v.refusals(plan.Findings, diag.Error)
	}
	v.show(status, "plaque_issue", view)
}

// moves tells whether codes wait for another address to be confirmed.
func (v *visit) moves() bool {
	for _, f := range v.site.private.Findings() {
		if f.Code == diag.PlaqueUnconfirmed {
			return true
		}
	}
	return false
}

func (v *visit) issueView(plan plaques.IssuePlan) issueView {
	view := issueView{
		frame: v.frame("plaques", v.word("issue")), Address: plan.Address, Asks: plan.Asks(), Moves: plan.Moves,
	}
	for _, f := range plan.Findings {
		if f.Code == diag.PlaqueFrail { // other warnings have nothing to do with codes
			view.Advice = v.refusals([]diag.Finding{f}, diag.Warning)
		}
	}
	exhibits := bySlug(v.site.private.Overview(), content.KindExhibit)
	for _, slug := range plan.Exhibits {
		x := exhibits[slug]
		view.Exhibits = append(view.Exhibits, linkView{slug, x.Name, editPath(x.Path)})
	}
	view.Said = fmt.Sprintf(v.word("issue.count"), len(view.Exhibits))
	return view
}

// issue gives codes to the exhibits that were chosen, once somebody has seen what it means.
func (v *visit) issue() {
	if v.r.PostFormValue("do") == "stop" {
		v.site.issuings.stop()
		if !v.showIssuing() {
			v.to(plaquesPath, "")
		}
		return
	}
	only := v.r.PostForm["x"]
	typed := strings.TrimSpace(v.r.PostFormValue("typed"))
	if len(only) == 0 && !v.moves() {
		v.showPlaques(http.StatusUnprocessableEntity, v.word("issue.none"))
		return
	}
	o := v.options()
	if !v.site.issuings.start(v.ctx, only, typed, func(ctx context.Context, r *issuing) { v.issueNow(ctx, r, o) }) {
		v.showIssue(http.StatusConflict, only, typed, v.word("issue.busy"))
		return
	}
	v.showIssuing()
}

type retireView struct {
	frame
	codeView
	Others []linkView // codes that may take its place
}

func (v *visit) retirePage() { v.showRetire(http.StatusOK, "") }

func (v *visit) showRetire(status int, problem string) {
	c, all, ok := v.code()
	if !ok {
		return
	}
	view := retireView{frame: v.frame("plaques", v.word("retire")+" "+c.Code), codeView: c}
	view.Problem = problem
	for _, x := range all {
		if !x.Retired && x.Code != c.Code {
			view.Others = append(view.Others, linkView{Key: x.Code, Name: x.Name})
		}
	}
	v.show(status, "plaque_retire", view)
}

// retire takes a code out of force.
func (v *visit) retire() {
	c, _, ok := v.code()
	if !ok {
		return
	}
	v.site.saving.Lock()
	defer v.site.saving.Unlock()
	_, found, err := plaques.Retire(v.options(), c.Code, v.r.PostFormValue("successor"))
	switch {
	case errors.Is(err, ledger.ErrChanged), errors.Is(err, ledger.ErrBusy):
		v.showRetire(http.StatusConflict, v.word("ledger.changed"))
		return
	case errors.Is(err, project.ErrFindings):
		v.showRetire(http.StatusUnprocessableEntity, firstError(found, v.o.Lang))
		return
	case err != nil:
		v.showRetire(http.StatusInternalServerError, v.word("unwritten")+diag.TroubleOf(err).What.In(v.o.Lang))
		return
	}
	v.site.pages.Refresh(ledger.Path)
	v.site.versions.keep(v.word("kept.retired")+c.Code, ledger.Path)
	v.to(plaquesPath+"code/"+url.PathEscape(c.Code)+"/", "retired")
}

func firstError(found []diag.Finding, l diag.Lang) string {
	for _, f := range found {
		if f.Code.Severity == diag.Error {
			return f.Message(l)
		}
	}
	return ""
}
