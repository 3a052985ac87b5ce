package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"net"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"mingdeng/internal/content"
	"mingdeng/internal/deploy"
	"mingdeng/internal/deploy/store"
	"mingdeng/internal/deploy/target"
	"mingdeng/internal/diag"
	"mingdeng/internal/generate"
	"mingdeng/internal/live"
	"mingdeng/internal/project"
	"mingdeng/internal/writer"
)

var publishRoutes = []route{
	{"GET /_studio/publish/{$}", (*visit).publishing},
	{"POST /_studio/publish/{$}", (*visit).publish},
	{"GET /_studio/publish/job/{$}", (*visit).jobNow},
	{"GET /_studio/publish/target/{kind}/{$}", (*visit).newTarget},
	{"POST /_studio/publish/target/{kind}/{$}", (*visit).addTarget},
	{"GET /_studio/publish/secret/{$}", (*visit).askSecret},
	{"POST /_studio/publish/secret/{$}", (*visit).keepSecret},
}

type publishView struct {
	frame
	Job     *jobView
	Busy    bool // a job is at work: nothing else can be begun
	Targets []targetView
	Broken  bool // the settings cannot be read
	Past    []pastView
	More    bool // there is a change to publish: the button that does is the one that is lit
}

// targetView is a place the site can be sent to.
type targetView struct {
	Name   string
	Where  string
	Secret string // where its secret comes from
	Ask    string // where it can be filled in; "" for a folder
	Lacks  bool   // a secret
	Fault  string // why it cannot be used
	Lit    bool
}

type pastView struct {
	When, Target, What, End string
	Done                    bool
}

// jobView is a job as a page shows it; scripts get it as JSON while it is at work.
type jobView struct {
	Title   string     `json:"title"`
	Running bool       `json:"running"`
	Steps   []stepView `json:"steps"`
	Done    int        `json:"done"`
	Total   int        `json:"total"` // 0 where nobody knows
	Now     string     `json:"now"`   // the step it is at
	Count   string     `json:"count"` // how far that is
	Note    string     `json:"note"`  // why it does not go on at once

	End      string       `json:"-"` // how it ended
	Good     bool         `json:"-"`
	Mend     []string     `json:"-"` // what to do
	Secret   string       `json:"-"` // where a secret is filled in, if that may be it
	Errors   []foundView  `json:"-"`
	Warnings []foundView  `json:"-"`
	Warned   int          `json:"-"` // of warnings
	Change   *changeView  `json:"-"`
	Answers  []answerView `json:"-"`
	Live     string       `json:"-"` // address of the site
}

type stepView struct {
	Word  string `json:"word"`
	State string `json:"state"` // "done", "now", "todo", "failed"
}

type changeView struct {
	Target, Digest string
	Forget         bool
	Other          bool // it is another than the one that was seen
	Words          string
	Empty          bool
	Lists          []pageList
	Many           string // more than a tenth would go: what to be asked
}

type pageList struct {
	Title string
	Pages []pageView
	More  int
}

type pageView struct {
	Name, Href, Note string
	rank             int // what an editor knows by name comes first, in the site's own language
}

type answerView struct {
	Words string
	Good  bool
}

// publishing shows where the site can be sent, and the job that is at work or was last.
func (v *visit) publishing() { v.showPublish(http.StatusOK, "") }

func (v *visit) showPublish(status int, problem string) {
	view := publishView{frame: v.frame("publish", v.word("nav.publish"))}
	view.Problem = problem
	if r, ok := v.site.jobs.now(); ok {
		j := v.job(r)
		view.Job, view.Busy = &j, j.Running
		view.More = j.Change != nil && !j.Change.Empty
	}
	site, _, err := project.Settings(v.projectOptions())
	if view.Broken = err != nil; !view.Broken {
		for _, d := range site.Deploy {
			view.Targets = append(view.Targets, v.target(d))
		}
		if len(view.Targets) > 0 && !view.More && !view.Busy {
			view.Targets[0].Lit = true
		}
	}
	for _, p := range publishes(v.site.root) {
		view.Past = append(view.Past, pastView{v.when(p.Time) + " ", p.Target, v.counts(p.Added, p.Renewed, p.Removed, p.Files), v.word("past." + string(p.Outcome)), p.Outcome == publishDone})
	}
	v.show(status, "publish", view)
}

func (v *visit) target(d content.Target) targetView {
	t := targetView{Name: d.Name}
	to, fault := target.Parse(d.To.Text)
	if fault != nil {
		t.Fault = fault.Why.In(v.o.Lang) + v.word("comma") + fault.Mend.In(v.o.Lang)
		return t
	}
	t.Where = v.where(to)
	if from := store.System().Secret(to); from != store.Unneeded {
		t.Secret, t.Lacks = v.word("secret."+string(from)), from == store.NoSecret
		t.Ask = secretPath(d.Name)
	}
	return t
}

func secretPath(name string) string {
	return "/_studio/publish/secret/?" + url.Values{"target": {name}}.Encode()
}

// where says where a target leads.
func (v *visit) where(t target.Target) string {
	switch t.Kind {
	case target.S3:
		return fmt.Sprintf(v.word("where.s3"), t.Endpoint, path.Join(t.Bucket, t.Prefix))
	case target.SFTP:
		host := t.Host
		if t.Port != "22" {
			host += ":" + t.Port
		}
		return fmt.Sprintf(v.word("where.sftp"), host, t.User, strings.TrimPrefix(t.Path, "/~/"))
	}
	return fmt.Sprintf(v.word("where.file"), store.FolderOf(t))
}

// publish begins what a button of the page says, or ends it.
func (v *visit) publish() {
	posted := v.r.PostForm
	p := publication{options: v.projectOptions(), env: store.System()}
	p.options.Wait = 10 * time.Second
	o := jobOrder{do: jobKind(posted.Get("do")), name: posted.Get("target"), forget: posted.Has("forget"), seen: posted.Get("seen"), many: posted.Has("many")}
	switch o.do {
	case "cancel":
		v.site.jobs.stop()
		v.to("/_studio/publish/", "")
		return
	case "leave":
		v.site.jobs.forget()
		v.to("/_studio/publish/", "")
		return
	case toPrepare, toPublish:
		to, problem := v.chosenTarget(o.name)
		if problem != "" {
			v.showPublish(http.StatusUnprocessableEntity, problem)
			return
		}
		o.to = to
		if own, err := store.Overlap(to, p.ownFolders()...); err != nil || own != "" {
			v.showPublish(http.StatusUnprocessableEntity, fmt.Sprintf(v.word("publish.apart"), store.FolderOf(to), own))
			return
		}
		if p.env.Secret(to) == store.NoSecret {
			http.Redirect(v.w, v.r, secretPath(o.name), http.StatusSeeOther)
			return
		}
	case toCheck, toBuild:
	default:
		v.missing()
		return
	}
	root := v.site.root
	started := v.site.jobs.start(o, func(ctx context.Context, j *job) error { return p.run(ctx, j) }, func(r jobReport) {
		if r.order.do != toPublish || r.other {
			return
		}
		end := publish{Time: r.began, Target: r.order.name, Outcome: publishDone}
		switch {
		case r.stopped:
			end.Outcome = publishStopped
		case r.err != nil && r.step != stepAsk:
			end.Outcome = publishFailed
		}
		if c := r.change; c != nil {
			end.Added, end.Renewed, end.Removed, end.Files = len(c.added), len(c.renewed), len(c.removed), c.files
		}
		_ = keepPublish(root, end) // where it cannot be written the site is published all the same
	})
	if !started {
		v.showPublish(http.StatusConflict, v.word("publish.busy"))
		return
	}
	v.to("/_studio/publish/", "")
}

// chosenTarget is the target of a name that the settings have.
func (v *visit) chosenTarget(name string) (target.Target, string) {
	site, _, err := project.Settings(v.projectOptions())
	if err != nil {
		return target.Target{}, v.word("publish.broken")
	}
	for _, d := range site.Deploy {
		if d.Name != name {
			continue
		}
		to, fault := target.Parse(d.To.Text)
		if fault != nil {
			return to, fault.Why.In(v.o.Lang) + v.word("comma") + fault.Mend.In(v.o.Lang)
		}
		return to, ""
	}
	return target.Target{}, v.word("publish.gone")
}

// jobNow tells a script how far the job is.
func (v *visit) jobNow() {
	r, ok := v.site.jobs.now()
	if !ok {
		v.json(http.StatusOK, jobView{})
		return
	}
	v.json(http.StatusOK, v.progress(r))
}

// progress is how far a job is, in words.
func (v *visit) progress(r jobReport) jobView {
	j := jobView{Title: v.word("job." + string(r.order.do)), Running: r.ended.IsZero(), Done: r.done, Total: r.total, Now: v.word("step." + string(r.step))}
	if r.order.name != "" {
		j.Title += " · " + r.order.name
	}
	state := "done"
	for _, s := range steps[r.order.do] {
		x := stepView{v.word("step." + string(s)), state}
		if s == r.step {
			switch {
			case j.Running:
				x.State = "now"
			case r.err != nil:
				x.State = "failed"
			}
			state = "todo"
		}
		j.Steps = append(j.Steps, x)
	}
	if r.total > 0 {
		j.Count = fmt.Sprintf(v.word("count.files"), r.done, r.total)
		if r.all > 0 {
			j.Count += v.word("comma") + bytesIn(r.bytes) + " / " + bytesIn(r.all)
		}
	}
	switch r.event.Kind {
	case deploy.Retrying:
		j.Note = fmt.Sprintf(v.word("note.retry"), math.Ceil(r.event.Wait.Seconds()), r.event.Path, v.storeSaid(r.event.Err))
	case deploy.Waiting:
		j.Note = fmt.Sprintf(v.word("note.lock"), math.Ceil(r.event.Wait.Seconds()))
	}
	return j
}

// job is a job with all that is told of it when it has ended.
func (v *visit) job(r jobReport) jobView {
	j := v.progress(r)
	if j.Running {
		return j
	}
	var bad, rest []diag.Finding
	for _, f := range r.found {
		if f.Code.Severity == diag.Error {
			bad = append(bad, f)
		} else {
			rest = append(rest, f)
		}
	}
	j.Errors, j.Warnings, j.Warned = v.found(bad), v.found(rest), len(rest)
	switch {
	case r.err != nil:
		j.End, j.Mend = v.trouble(r)
		if f := new(deploy.Fault); errors.As(r.err, &f) && r.order.to.Kind != target.Folder {
			j.Secret = secretPath(r.order.name)
		}
	case r.order.do == toCheck:
		j.Good, j.End = true, fmt.Sprintf(v.word("end.check"), r.pages)
	case r.order.do == toBuild:
		j.Good, j.End = true, fmt.Sprintf(v.word("end.build"), r.pages)
	case r.order.do == toPrepare, r.other:
		c := v.change(r)
		j.Change = &c
	default:
		j.Good, j.End = true, fmt.Sprintf(v.word("end.publish"), v.counts(len(r.change.added), len(r.change.renewed), len(r.change.removed), r.change.files), bytesIn(r.result.Bytes))
	}
	if r.order.do == toPublish && r.step == stepAsk {
		j.Live = r.base
		j.Answers = v.answers(r.answers)
	}
	return j
}

// answers says what the live site gave. Pages that do not open do so for one reason, which
// is told once.
func (v *visit) answers(list []deploy.Answer) (out []answerView) {
	var silent []deploy.Answer
	for _, a := range list {
		switch {
		case a.Err != nil:
			silent = append(silent, a)
		case !a.Same:
			out = append(out, answerView{Words: fmt.Sprintf(v.word("answer.other"), a.URL, a.Status)})
		default:
			out = append(out, answerView{Words: fmt.Sprintf(v.word("answer.same"), a.URL), Good: true})
		}
	}
	if len(silent) == 0 {
		return out
	}
	why := diag.TroubleOf(silent[0].Err).What.In(v.o.Lang)
	if dns := new(net.DNSError); errors.As(silent[0].Err, &dns) && dns.IsNotFound {
		why = v.word("answer.nohost")
	}
	return append(out, answerView{Words: fmt.Sprintf(v.word("answer.none"), silent[0].URL, len(silent), why)})
}

// storeSaid is an error of a store in the person's language.
func (v *visit) storeSaid(err error) string {
	var fault *deploy.Fault
	if errors.As(err, &fault) {
		return fault.Say(v.o.Lang)
	}
	return diag.TroubleOf(err).What.In(v.o.Lang)
}

// trouble says why a job did not end well, and what to do.
func (v *visit) trouble(r jobReport) (what string, mend []string) {
	var busy *deploy.BusyError
	var many *deploy.TooManyError
	var building *writer.BusyError
	var foreign writer.ForeignError
	var fault *deploy.Fault
	switch err := r.err; {
	case errors.Is(err, project.ErrFindings):
		return v.word("fail.found"), []string{v.word("fail.found.mend")}
	case errors.Is(err, generate.ErrOutput):
		return v.word("fail.output"), []string{v.word("fail.output.mend")}
	case errors.As(err, &building):
		return v.word("fail.building"), []string{v.word("fail.busy.mend")}
	case errors.As(err, &foreign):
		return fmt.Sprintf(v.word("fail.foreign"), foreign[0].Path), []string{v.word("fail.foreign.mend")}
	case r.stopped:
		what = v.word("fail.stopped")
	case errors.As(err, &many):
		return fmt.Sprintf(v.word("fail.many"), many.Of, many.Remove), []string{v.word("fail.many.mend")}
	case errors.As(err, &busy) && busy.Here:
		return v.word("fail.here"), []string{v.word("fail.busy.mend")}
	case errors.As(err, &busy):
		return fmt.Sprintf(v.word("fail.busy"), busy.Began.Local().Format("15:04"), busy.Free.Local().Format("15:04")), []string{v.word("fail.busy.mend")}
	case errors.As(err, &fault):
		what = v.word("fail.sent") + fault.Say(v.o.Lang)
	default:
		t := diag.TroubleOf(err)
		what = v.word("fail.sent") + strings.TrimSpace(diag.PathOf(err)+" "+t.What.In(v.o.Lang))
		mend = append(mend, t.Mend.In(v.o.Lang))
	}
	switch {
	case r.order.do != toPublish:
		mend = append(mend, v.word("fail.nothing"))
	case r.step == stepAsk:
		mend = append(mend, v.word("fail.asked"))
	case r.result.Sent+r.result.Removed > 0:
		mend = append(mend, fmt.Sprintf(v.word("fail.whole"), r.result.Sent))
	default:
		mend = append(mend, v.word("fail.none"))
	}
	return what, mend
}

// maxPages is how many pages of a change are named.
const maxPages = 40

func (v *visit) change(r jobReport) changeView {
	c := r.change
	view := changeView{
		Target: r.order.name, Digest: c.digest, Forget: r.order.forget, Other: r.other, Empty: c.empty(),
		Words: v.counts(len(c.added), len(c.renewed), len(c.removed), c.files),
	}
	if c.many {
		view.Many = fmt.Sprintf(v.word("change.many"), c.there, c.goes)
	}
	name := v.pageNames()
	for _, list := range []struct {
		key   string
		files []string
	}{{"added", c.added}, {"renewed", c.renewed}, {"removed", c.removed}} {
		if len(list.files) == 0 {
			continue
		}
		l := pageList{Title: v.word("change." + list.key)}
		for _, file := range list.files {
			l.Pages = append(l.Pages, name(file))
		}
		slices.SortStableFunc(l.Pages, func(a, b pageView) int { return cmp.Compare(a.rank, b.rank) })
		l.More = max(0, len(l.Pages)-maxPages)
		l.Pages = l.Pages[:len(l.Pages)-l.More]
		view.Lists = append(view.Lists, l)
	}
	return view
}

// counts says how many pages there are of each sort.
func (v *visit) counts(added, renewed, removed, files int) string {
	var parts []string
	for _, p := range []struct {
		key string
		n   int
	}{{"added", added}, {"renewed", renewed}, {"removed", removed}, {"files", files}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf(v.word("counts."+p.key), p.n))
		}
	}
	if len(parts) == 0 {
		return v.word("counts.none")
	}
	return strings.Join(parts, v.word("comma"))
}

// pageNames finds what an editor calls a page of the site, by its file.
func (v *visit) pageNames() func(file string) pageView {
	o := v.site.private.Overview()
	byFile := map[string]live.Entry{}
	for _, e := range o.Records {
		if below, ok := strings.CutPrefix(e.Href, o.Base); ok {
			byFile[below+"index.html"] = e
		}
	}
	lists := map[string]string{"index.html": v.word("page.home")}
	for _, k := range content.Kinds() {
		lists[k.Path+"/index.html"] = k.Name.In(v.o.Lang) + v.word("page.list")
	}
	return func(file string) pageView {
		own, p := file, pageView{}
		for _, l := range content.Languages() {
			if rest, ok := strings.CutPrefix(file, l.Prefix); ok && l.Prefix != "" {
				own, p.Note, p.rank = rest, l.Own, 1
			}
		}
		code, isCode := strings.CutPrefix(own, "Q/")
		switch e, ok := byFile[own]; {
		case ok:
			p.Name, p.Href = e.Name, editPath(e.Path)
		case lists[own] != "":
			p.Name, p.rank = lists[own], p.rank+2
		case isCode:
			p.Name, p.rank = v.word("page.code")+strings.TrimSuffix(code, "/index.html"), p.rank+4
		default:
			p.Name, p.Note, p.rank = "/"+strings.TrimSuffix(file, "index.html"), "", p.rank+6
		}
		return p
	}
}

// size says bytes as people do.
func bytesIn(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%d KB", n>>10)
	}
	return fmt.Sprintf("%d B", n)
}
