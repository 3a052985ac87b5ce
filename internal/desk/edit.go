package desk

import (
	"cmp"
	"errors"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"mingdeng/internal/amend"
	"mingdeng/internal/content"
	"mingdeng/internal/desk/form"
	"mingdeng/internal/diag"
	"mingdeng/internal/live"
	"mingdeng/internal/site"
)

type editView struct {
	frame
	Path      string
	Of        content.Kind
	Name      string
	State     string
	StateWord string
	Draft     bool
	Base      string // digest of the file the form was made from
	InSight   []*form.Field
	Folded    []*form.Field
	Text      string
	HasText   bool // this kind of record has one
	Raw       bool // the whole file is one text
	Found     []form.Finding
	Page      string // address of its page beside the form
	Pictures  []pictureView
	Editions  []editionView
	In        string // folder it lies in, for names
	Clash     *clashView
	ReadFails bool
	Regions   []string // that the site uses
	Phone     bool     // pictures can come from a phone
	Member    string   // whom it was collected from: it is shown alone
}

type pictureView struct{ Name, Src string }

type editionView struct{ Label, Href string }

// clashView is what two people changed at once.
type clashView struct {
	Items []clashItem
	Text  bool
}

type clashItem struct{ Key, Label, Mine, Theirs string }

// record finds the record of a request's path among those the site has.
func (v *visit) entry(file string) (live.Entry, live.Overview) {
	o := v.site.private.Overview()
	i := slices.IndexFunc(o.Records, func(e live.Entry) bool { return e.Path == file })
	if i < 0 {
		return live.Entry{}, o
	}
	return o.Records[i], o
}

// lookThrough makes a record's page, by which what is wrong with its text is found.
func (v *visit) lookThrough(e live.Entry) {
	if at, ok := strings.CutPrefix(e.Href, v.site.private.Base()); ok && e.Href != "" {
		_, _ = v.site.private.Make(v.r.Context(), site.Address(at).File()) // what is wrong is among the findings
	}
}

// read reads the file of a request's path; it answers the request where it cannot.
func (v *visit) read() (file string, raw []byte, ok bool) {
	file, err := textFile(v.r.PathValue("path"))
	if err == nil {
		file, err = v.followed(file)
	}
	if err == nil {
		raw, err = v.site.root.ReadFile(file)
	}
	switch {
	case err == nil && len(raw) > content.MaxFile:
		v.message(http.StatusRequestEntityTooLarge, v.word("large"), file)
	case err == nil:
		return file, raw, true
	case errors.Is(err, errOutside), errors.Is(err, fs.ErrNotExist):
		v.missing()
	default:
		v.message(http.StatusInternalServerError, v.word("unread"), diag.TroubleOf(err).What.In(v.o.Lang))
	}
	return file, nil, false
}

// followed is where a record is now: NAME.md becomes NAME/index.md with its first picture,
// which may come from another window or from a phone while a form is open.
func (v *visit) followed(file string) (string, error) {
	err := within(v.site.root, file)
	if !errors.Is(err, fs.ErrNotExist) {
		return file, err
	}
	name, ending := strings.TrimSuffix(file, ".md"), ".md"
	for _, l := range content.Languages() {
		if rest, ok := strings.CutSuffix(name, "."+l.File); ok && l.File != "" {
			name, ending = rest, "."+l.File+".md"
			break
		}
	}
	moved := name + "/index" + ending
	if within(v.site.root, moved) != nil {
		return file, err
	}
	return moved, nil
}

func (v *visit) edit() {
	file, raw, ok := v.read()
	if !ok {
		return
	}
	v.showEditor(http.StatusOK, file, raw, nil, "", nil)
}

// showEditor shows a record's form. posted, if not nil, is what a person filled in and is
// shown in the place of what the file says; problem says why it was not saved.
func (v *visit) showEditor(status int, file string, raw []byte, posted url.Values, problem string, clash *clashView) {
	e, o := v.entry(file)
	v.lookThrough(e)
	kind := content.KindOf(file)
	t := parse(raw)
	view := editView{
		frame: v.frame("records", cmp.Or(e.Name, path.Base(file))), Path: file, Of: kind, Name: cmp.Or(e.Name, path.Base(file)), State: string(e.State),
		Base: digest(raw), Text: strings.Trim(t.body, "\n"), HasText: true, In: path.Base(path.Dir(file)), Clash: clash,
		Raw: len(t.found) > 0 || v.r.URL.Query().Has("raw"), ReadFails: len(t.found) > 0,
	}
	view.Wide, view.Problem, view.Phone = true, problem, v.phones != nil
	if e.State != "" {
		view.StateWord = v.word("state." + string(e.State))
	}
	if e.Href != "" {
		view.Page = v.site.origin + e.Href
	}
	if content.OfMember(file) {
		view.Member = cmp.Or(e.Member, path.Dir(file))
		view.Found = v.findings(file, nil, t, nil)
		for i := range view.Found {
			view.Found[i].Mend = "" // not here
		}
		v.show(status, "collected", view)
		return
	}
	v.site.opened.put(view.Base, raw)
	view.Regions = v.site.private.Regions()
	v.editions(&view)
	v.pictures(&view)
	if view.Raw {
		plain, _ := content.DecodeText(raw)
		view.Text = string(plain)
		if posted != nil {
			view.Text = posted.Get("whole")
		}
		view.Found = v.findings(file, nil, t, nil)
		v.show(status, "edit", view)
		return
	}
	head := t.head
	n := newNames(o, view.In)
	keys := form.Keys(kind, content.EditionOf(file))
	if posted != nil {
		head = form.Filled(keys, posted, head, n)
		view.Text, view.Base = posted.Get("text"), posted.Get("base")
	}
	fields := form.New(keys, head, n, v.o.Lang)
	if list, ok := strings.CutPrefix(posted.Get("do"), "add:"); ok {
		form.Grow(fields, list, n, v.o.Lang)
	}
	view.Draft = slices.ContainsFunc(fields, func(f *form.Field) bool { return f.Name == "draft" && f.On })
	view.Found = inText(v.findings(file, keys, t, fields), t.line)
	for _, f := range fields {
		switch {
		case f.Name == "draft": // buttons of its own say it
		case f.InSight:
			view.InSight = append(view.InSight, f)
		default:
			view.Folded = append(view.Folded, f)
		}
	}
	v.show(status, "edit", view)
}

// findings puts what is wrong with a file at its fields, and returns the rest.
func (v *visit) findings(file string, keys []content.Key, t text, fields []*form.Field) (rest []form.Finding) {
	source := diag.NewSource(v.site.private.Text)
	for _, f := range v.site.private.Findings() {
		if f.Path != file {
			continue
		}
		x := v.finding(f, source)
		if fields == nil || !form.Put(fields, place(keys, fields, t, f), x) {
			rest = append(rest, x)
		}
	}
	return rest
}

// finding is what is wrong, as the desk says it; with a source, also how it is mended.
func (v *visit) finding(f diag.Finding, source *diag.Source) form.Finding {
	x := form.Finding{Code: f.Code.ID, Severity: f.Code.Severity.String(), Message: f.Message(v.o.Lang), Hint: f.Hint(v.o.Lang), Place: strconv.Itoa(f.Pos.Line)}
	if f.Lacks != "" {
		x.Hint = "" // it says which line to write, and here is the field
		return x
	}
	if source == nil {
		return x
	}
	if m, ok := source.Mended(f); ok && !strings.Contains(m.After, "…") {
		x.Fix, x.Mend = strings.TrimSpace(m.After), mendName(f)
	}
	return x
}

// inText gives findings the lines of the text in the place of the file's; what stands above
// the text has none there.
func inText(found []form.Finding, first int) []form.Finding {
	for i := range found {
		n, _ := strconv.Atoi(found[i].Place)
		found[i].Place = strconv.Itoa(max(0, n-first+1))
	}
	return found
}

// place is the name of the field that a finding is about; "" where there is none.
func place(keys []content.Key, fields []*form.Field, t text, f diag.Finding) string {
	if t.line > 0 && f.Pos.Line >= t.line {
		return "" // it is about the text
	}
	at := form.Locate(keys, t.head, f.Pos)
	if f.Lacks != "" {
		at = form.Lacking(fields, at, f.Lacks)
	}
	return at
}

// editions lists the files of a record in the site's languages, where there is more than one.
func (v *visit) editions(view *editView) {
	for _, w := range wordings(view.Path) {
		if _, err := v.site.root.Stat(w.file); err != nil {
			continue
		}
		e := editionView{Label: w.language.Own}
		if w.file != view.Path {
			e.Href = editPath(w.file)
		}
		view.Editions = append(view.Editions, e)
	}
	if len(view.Editions) < 2 {
		view.Editions = nil
	}
}

// save takes what was posted and writes it.
func (v *visit) save() {
	file, raw, ok := v.read()
	if !ok {
		return
	}
	posted := v.r.PostForm
	do, field, _ := strings.Cut(posted.Get("do"), ":")
	switch do {
	case "add", "drop": // a list grows or shrinks: nothing is saved yet
		if do == "drop" {
			dropItem(posted, field)
		}
		v.showEditor(http.StatusOK, file, raw, posted, "", nil)
		return
	case "trash":
		v.trash(file)
		return
	}
	v.site.saving.Lock()
	defer v.site.saving.Unlock()
	if raw, ok = v.reread(file); !ok { // somebody may have saved between
		return
	}
	at, problem := v.takeNamed(file, posted)
	if problem != "" {
		v.answer(http.StatusUnprocessableEntity, file, raw, posted, problem, nil)
		return
	}
	file = at
	next, clash, err := v.next(file, raw, posted)
	switch {
	case clash != nil:
		v.answer(http.StatusConflict, file, raw, posted, v.word("clash"), clash)
		return
	case err != nil:
		v.answer(http.StatusUnprocessableEntity, file, raw, posted, err.Error(), nil)
		return
	}
	differs := string(next) != string(raw)
	if differs {
		v.site.versions.before(file)
		if err := write(v.site.root, file, next); err != nil {
			v.answer(http.StatusInternalServerError, file, raw, posted, v.word("unwritten")+diag.TroubleOf(err).What.In(v.o.Lang), nil)
			return
		}
	}
	v.site.private.Try(file, nil)
	if file == v.r.PathValue("path") {
		v.site.pages.Refresh(file)
	} else {
		v.site.pages.Refresh() // it has moved
	}
	done := map[string]string{"publish": "published", "withdraw": "withdrawn"}[do]
	if do == "mend" {
		if next, err = v.mend(file, next, posted.Get("do")); err != nil {
			v.answer(http.StatusUnprocessableEntity, file, next, nil, err.Error(), nil)
			return
		}
		done = "mended"
	}
	done = cmp.Or(done, "saved")
	if file != v.r.PathValue("path") {
		v.kept(done, file, v.r.PathValue("path"), path.Dir(file))
	} else if differs || do == "mend" {
		v.kept(done, file)
	}
	v.saved(file, next, done)
}

// dropItem takes an item of a list out of what was posted.
func dropItem(posted url.Values, field string) {
	for name := range posted {
		if plain := strings.TrimPrefix(name, form.Asked); plain == field || strings.HasPrefix(plain, field+".") {
			posted.Del(name)
		}
	}
}

// reread reads a file again within the lock.
func (v *visit) reread(file string) ([]byte, bool) {
	raw, err := v.site.root.ReadFile(file)
	if err != nil {
		v.message(http.StatusConflict, v.word("gone"), file)
	}
	return raw, err == nil
}

// next is a file as the person who posted wants it. clash tells what somebody else changed
// meanwhile too.
func (v *visit) next(file string, raw []byte, posted url.Values) ([]byte, *clashView, error) {
	if posted.Has("whole") {
		return v.whole(raw, posted)
	}
	kind := content.KindOf(file)
	base, known := v.base(raw, posted)
	if !known {
		return nil, &clashView{Text: true}, nil
	}
	names := newNames(v.site.private.Overview(), path.Base(path.Dir(file)))
	want := form.Read(form.Keys(kind, content.EditionOf(file)), posted, parse(base).head, names)
	switch posted.Get("do") {
	case "publish":
		want["draft"] = amend.Value{}
	case "withdraw":
		want["draft"] = amend.Text("true")
	}
	var body *string
	if posted.Has("text") {
		b := strings.ReplaceAll(posted.Get("text"), "\r\n", "\n")
		body = &b
	}
	return v.merged(kind, base, raw, want, body, posted)
}

// whole is a file that was written as one text.
func (v *visit) whole(raw []byte, posted url.Values) ([]byte, *clashView, error) {
	if posted.Get("base") != digest(raw) {
		return nil, &clashView{Text: true}, nil
	}
	whole := strings.ReplaceAll(posted.Get("whole"), "\r\n", "\n")
	if strings.Contains(string(raw), "\r\n") {
		whole = strings.ReplaceAll(whole, "\n", "\r\n")
	}
	return []byte(whole), nil, nil
}

// base is a file as the form that was posted was made from; false where nobody knows any
// more.
func (v *visit) base(raw []byte, posted url.Values) ([]byte, bool) {
	if was, ok := v.site.opened.get(posted.Get("base")); ok {
		return was, true
	}
	return raw, posted.Get("base") == digest(raw)
}

// merged is a file of a kind with what somebody wants of it since she opened it as base.
func (v *visit) merged(kind content.Kind, base, raw []byte, want map[string]amend.Value, body *string, posted url.Values) ([]byte, *clashView, error) {
	then, found := amend.Open(base, kind)
	now, faults := amend.Open(raw, kind)
	if then == nil || now == nil {
		return nil, nil, errors.New(append(found, faults...)[0].Message(v.o.Lang))
	}
	merged, text, conflicts, err := amend.Merge(then, now, want, body)
	if err != nil {
		return nil, nil, v.said(err)
	}
	clash := &clashView{}
	for _, c := range conflicts {
		switch posted.Get("choose." + c.Key) {
		case "mine":
			if c.Key == "" {
				text = &c.Mine.Text
			} else {
				merged[c.Key] = c.Mine
			}
		case "theirs":
		default:
			clash.Items = append(clash.Items, clashItem{c.Key, v.keyName(kind, c.Key), shownValue(c.Mine), shownValue(c.Theirs)})
		}
	}
	if len(clash.Items) > 0 {
		return nil, clash, nil
	}
	next, err := now.Apply(merged, text, v.o.Lang)
	return next, nil, v.said(err)
}

// said is an error in the words of the person's language.
func (v *visit) said(err error) error {
	var own *amend.Error
	if errors.As(err, &own) {
		return errors.New(own.Said.In(v.o.Lang))
	}
	return err
}

// keyName is what a person calls a key; the text has none.
func (v *visit) keyName(kind content.Kind, key string) string {
	for _, k := range content.Schema(kind) {
		if k.En == key {
			return diag.Text{Zh: k.Zh, En: k.En}.In(v.o.Lang)
		}
	}
	return v.word("text")
}

// shownValue is a value as one can read it beside another.
func shownValue(a amend.Value) string {
	if a.Text != "" {
		return a.Text
	}
	var parts []string
	for _, i := range a.Items {
		parts = append(parts, shownValue(i))
	}
	for _, p := range a.Pairs {
		parts = append(parts, p.Key+": "+shownValue(p.Value))
	}
	return strings.Join(parts, " · ")
}

// answer shows the form again, or tells a script.
func (v *visit) answer(status int, file string, raw []byte, posted url.Values, problem string, clash *clashView) {
	if v.scripted() {
		v.json(status, savedAnswer{Problem: problem, Clash: clash != nil})
		return
	}
	v.showEditor(status, file, raw, posted, problem, clash)
}

// scripted tells whether a script asks, which shows the answer itself.
func (v *visit) scripted() bool { return v.r.Header.Get(tokenHeader) != "" }

// savedAnswer is what a script is told of a save.
type savedAnswer struct {
	Base    string                    `json:"base,omitempty"`
	Done    string                    `json:"done,omitempty"`
	Problem string                    `json:"problem,omitempty"`
	Clash   bool                      `json:"clash,omitempty"`
	State   string                    `json:"state,omitempty"`
	Word    string                    `json:"word,omitempty"`
	Found   map[string][]form.Finding `json:"found,omitempty"` // by field; "" for the rest
}

// saved tells that a record is saved, and what is wrong with it.
func (v *visit) saved(file string, raw []byte, done string) {
	if !v.scripted() {
		v.to(editPath(file), done)
		return
	}
	e, _ := v.entry(file)
	v.lookThrough(e)
	t := parse(raw)
	v.site.opened.put(digest(raw), raw)
	a := savedAnswer{Base: digest(raw), Done: v.word("done." + done), State: string(e.State), Found: map[string][]form.Finding{}}
	if e.State != "" {
		a.Word = v.word("state." + string(e.State))
	}
	keys := form.Keys(content.KindOf(file), content.EditionOf(file))
	fields := form.New(keys, t.head, names{}, v.o.Lang)
	source := diag.NewSource(v.site.private.Text)
	for _, f := range v.site.private.Findings() {
		if f.Path == file {
			at := place(keys, fields, t, f)
			x := v.finding(f, source)
			if at == "" {
				x = inText([]form.Finding{x}, t.line)[0]
			}
			a.Found[at] = append(a.Found[at], x)
		}
	}
	v.json(http.StatusOK, a)
}

// try shows what is being written on the page beside it, unsaved.
func (v *visit) try() {
	file, raw, ok := v.read()
	if !ok {
		return
	}
	next, clash, err := v.next(file, raw, v.r.PostForm)
	if clash != nil || err != nil {
		next = nil // half a word cannot always be shown
	}
	if v.site.private.Try(file, next) {
		v.site.pages.Refresh(file)
		if e, _ := v.entry(file); e.State == live.Faulty { // the page as it was says more than none
			v.site.private.Try(file, nil)
			v.site.pages.Refresh(file)
		}
	}
	v.w.WriteHeader(http.StatusNoContent)
}
