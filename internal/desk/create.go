package desk

import (
	"errors"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/han"
	"mingdeng/internal/live"
	"mingdeng/internal/scaffold"
)

type newView struct {
	frame
	Of        content.Kind
	Kinds     []content.KindInfo
	Name      string
	Parents   []parentView // of a kind that lies in a record of another
	Parent    content.Kind
	Questions []questionView
}

type parentView struct {
	Folder, Name string
	Chosen       bool
}

type questionView struct {
	scaffold.Question
	Value, Why string
	Choices    []content.Value
	Tick       bool
}

// newRecord asks what a new record cannot do without.
func (v *visit) newRecord() {
	v.showNew(http.StatusOK, "", nil, "")
}

func (v *visit) request(name string) (scaffold.Request, bool) {
	kind := content.Kind(v.r.PathValue("kind"))
	return scaffold.Request{Kind: kind, Name: name, Lang: v.o.Lang, Today: v.o.Today(), Answers: map[string]string{}}, kind.Info().Kind != ""
}

func (v *visit) showNew(status int, name string, whys map[string]string, problem string) {
	req, ok := v.request(name)
	if !ok {
		v.missing()
		return
	}
	view := newView{frame: v.frame("records", v.word("new")+req.Kind.Info().Name.In(v.o.Lang)), Of: req.Kind, Kinds: content.Kinds(), Name: name, Parent: req.Kind.Info().Parent}
	view.Problem = problem
	if view.Parent != "" {
		view.Parents = parents(v.site.private.Overview(), view.Parent, v.r.FormValue("parent"))
	}
	for _, q := range req.Questions() {
		view.Questions = append(view.Questions, questionView{
			Question: q, Value: v.r.FormValue(q.Key.En), Why: whys[q.Key.En], Choices: q.Key.Values, Tick: q.Key.Type == content.TypeBool,
		})
	}
	v.show(status, "new", view)
}

// parents are the records in which one of another kind can lie.
func parents(o live.Overview, kind content.Kind, chosen string) []parentView {
	var out []parentView
	for _, e := range o.Records {
		if e.Of == kind && e.Member == "" {
			folder := path.Base(path.Dir(e.Path))
			out = append(out, parentView{folder, e.Name, folder == chosen})
		}
	}
	return out
}

// makeRecord writes a new record, a draft, and opens it.
func (v *visit) makeRecord() {
	name := strings.TrimSpace(v.r.PostFormValue("name"))
	req, ok := v.request(name)
	if !ok {
		v.missing()
		return
	}
	if strings.ContainsAny(name, `/\`) || name == "" {
		v.showNew(http.StatusUnprocessableEntity, name, nil, v.word("badname"))
		return
	}
	if parent := req.Kind.Info().Parent; parent != "" {
		given := v.r.PostFormValue("parent")
		if !slices.ContainsFunc(parents(v.site.private.Overview(), parent, ""), func(p parentView) bool { return p.Folder == given }) {
			v.showNew(http.StatusUnprocessableEntity, name, nil, v.word("noparent"))
			return
		}
		req.Name = given + "/" + req.Name
	}
	for _, key := range []string{"name", "title"} { // also where no file can be called so
		req.Answers[key], _ = scaffold.Question{}.Answer(name, v.o.Lang)
	}
	whys := map[string]string{}
	for _, q := range req.Questions() {
		text := v.r.PostFormValue(q.Key.En)
		if text == "" && q.Key.Type == content.TypeBool {
			text = "false"
		}
		if text == "" {
			continue // what is not known yet stays a blank, and is told as one
		}
		value, why := q.Answer(text, v.o.Lang)
		if why != "" {
			whys[q.Key.En] = why
			continue
		}
		req.Answers[q.Key.En] = value
	}
	if len(whys) > 0 {
		v.showNew(http.StatusUnprocessableEntity, name, whys, "")
		return
	}
	v.site.saving.Lock()
	defer v.site.saving.Unlock()
	file, err := v.make(req)
	if err != nil {
		v.showNew(http.StatusUnprocessableEntity, name, nil, err.Error())
		return
	}
	v.site.pages.Refresh(file)
	v.kept("made", file)
	v.to(editPath(file), "made")
}

// maxSame is how many records of one name there may be: two people are called the same.
const maxSame = 50

// make writes a new record under a name that is free.
func (v *visit) make(req scaffold.Request) (string, error) {
	name := req.Name
	for n := 2; ; n++ {
		file, err := req.Make(v.site.root)
		switch {
		case err == nil:
			return file, nil
		case errors.Is(err, fs.ErrExist) && n <= maxSame:
			req.Name = name + "-" + strconv.Itoa(n)
		case errors.Is(err, scaffold.ErrName), errors.Is(err, scaffold.ErrParent):
			folder, last := path.Split(name)
			if slug := folder + han.Slug(last); slug != name && han.Slug(last) != "" { // what no file can be called, a record may
				req.Name, name = slug, slug
				continue
			}
			return "", errors.New(v.word("badname"))
		default:
			return "", errors.New(v.word("unwritten") + diag.TroubleOf(err).What.In(v.o.Lang))
		}
	}
}
