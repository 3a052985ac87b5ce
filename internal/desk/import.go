package desk

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"mingdeng/internal/amend"
	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/importer"
)

// Import: files are handed in (intake.go), planned in the background (import_plan.go), shown
// as a table in which cells can be changed, and written as one step that can be undone.

var importRoutes = []route{
	{"GET /_studio/import/{$}", (*visit).importStart},
	{"POST " + streamed + "{$}", (*visit).importTake},
	{"GET /_studio/import/{id}/{$}", (*visit).importJob},
	{"GET /_studio/import/{id}/state", (*visit).importState},
	{"POST /_studio/import/{id}/{$}", (*visit).importDo},
}

// importChoice is what somebody wants of the files, as she chose it.
type importChoice struct {
	Kind    content.Kind // "" by the file
	Book    string       // folder of a book
	NewBook string       // its title
	Year    string
	Region  string
	Named   bool
}

func (c *importChoice) set(name, value string) {
	value = strings.TrimSpace(value)
	switch name {
	case "kind":
		c.Kind = content.Kind(value)
	case "book":
		c.Book = value
	case "newbook":
		c.NewBook = strings.Trim(value, "《》")
	case "year":
		c.Year = value
	case "region":
		c.Region = value
	case "named":
		c.Named = value != ""
	}
}

// options are those of the importer; problem says, as a key of the words, why there are none.
func (c importChoice) options(v *visit) (o importer.Options, problem string) {
	o = importer.Options{Kind: c.Kind, Region: regionParts(c.Region), Named: c.Named, Lang: v.o.Lang, Today: v.o.Today()}
	switch {
	case c.Kind == content.KindChapter:
		book := cmp.Or(c.NewBook, c.Book)
		if bad, _ := content.BadFileName(book); book == "" || bad != "" || strings.HasPrefix(book, ".") {
			return o, "import.badbook"
		}
		o.Into = c.Kind.Info().Folder + "/" + book
	case c.Kind == content.KindBrief && c.Year != "":
		if len(c.Year) != 4 || strings.Trim(c.Year, "0123456789") != "" {
			return o, "import.badyear"
		}
		o.Into = c.Kind.Info().Folder + "/" + c.Year
	case c.Kind != "" && !slices.Contains(importer.Kinds, c.Kind):
		return o, "import.badkind"
	}
	if len(o.Region) > maxRegion {
		return o, "import.badregion"
	}
	return o, ""
}

type importView struct {
	frame
	Choice  importChoice
	Kinds   []content.Kind
	Books   []parentView
	Regions []string
	Jobs    []importLink
	Again   string // address of the job whose files are planned again
	N       int    // its files
}

// importLink leads to an import that was begun before.
type importLink struct{ Href, Text string }

func (v *visit) importStart() { v.showImport(http.StatusOK, importChoice{}, "", nil) }

// showImport asks for files; with a job, whose files are there already, for what to make of
// them.
func (v *visit) showImport(status int, c importChoice, problem string, again *importing) {
	view := importView{frame: v.frame("import", v.word("import")), Choice: c, Kinds: importer.Kinds, Regions: v.site.private.Regions()}
	view.Problem = problem
	view.Books = parents(v.site.private.Overview(), content.KindBook, c.Book)
	if again != nil {
		view.Again, view.N = again.href(), again.in.count()
	} else {
		for _, j := range v.site.imports.all() {
			if text := v.told(j); text != "" {
				view.Jobs = append(view.Jobs, importLink{j.href(), text})
			}
		}
	}
	v.show(status, "import", view)
}

func (j *importing) href() string { return "/_studio/import/" + j.id + "/" }

// told says in one line what became of an import; "" of one of which there is nothing to say.
func (v *visit) told(j *importing) string {
	j.mu.Lock()
	defer j.mu.Unlock()
	switch j.phase {
	case planning, writing, undoing:
		return v.word("import." + string(j.phase))
	case planned:
		can, _, _, _, _ := j.sums()
		return fmt.Sprintf(v.word("import.waiting"), can)
	case written:
		return fmt.Sprintf(v.word("import.wrote"), len(j.wrote))
	}
	return ""
}

// maxRefused is how many files that were not taken are told one by one.
const maxRefused = 200

// importTake takes files as they arrive. A script sends them in several forms, each with
// "more" and, from the second on, "job"; the last has no "more".
func (v *visit) importTake() {
	var c importChoice
	var j *importing
	more := false
	parts := parts(v.r)
	for {
		p, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			v.importFailed(j, http.StatusBadRequest, c, v.word("import.broken"))
			return
		}
		switch p.FormName() {
		case "file":
		case "": // its header cannot be read, for what its name holds
			if j != nil {
				j.refuse("?", v.untaken(errGivenName))
			}
			continue
		default:
			b, err := io.ReadAll(io.LimitReader(p, 4<<10))
			switch value := string(b); {
			case err != nil:
			case p.FormName() == "job":
				j = v.site.imports.find(value)
				if j == nil || !j.is(taking) {
					v.importFailed(nil, http.StatusConflict, c, v.word("import.gone"))
					return
				}
			case p.FormName() == "more":
				more = true
			default:
				c.set(p.FormName(), value)
			}
			continue
		}
		name := fileName(p)
		if name == "" {
			continue // no file was chosen here
		}
		if j == nil {
			if j, err = v.site.imports.begin(v.o.Lang); err != nil {
				v.importFailed(nil, http.StatusInternalServerError, c, v.word("unwritten")+diag.TroubleOf(err).What.In(v.o.Lang))
				return
			}
		}
		if err := j.in.take(name, p); err != nil {
			j.refuse(name, v.untaken(err))
		}
	}
	if j == nil {
		v.importFailed(j, http.StatusUnprocessableEntity, c, v.word("import.nothing"))
		return
	}
	if more {
		v.json(http.StatusOK, importAnswer{Job: j.id})
		return
	}
	o, problem := c.options(v)
	if problem != "" { // the files stay: only the choices have to be mended
		j.fail(c, v.word(problem))
		if v.scripted() {
			v.json(http.StatusOK, importAnswer{Job: j.id, Href: j.href()})
			return
		}
		v.showJob(http.StatusUnprocessableEntity, j, "")
		return
	}
	j.plan(v.ctx, v.site, c, o)
	if v.scripted() {
		v.json(http.StatusOK, importAnswer{Job: j.id, Href: j.href()})
		return
	}
	v.to(j.href(), "")
}

// importAnswer is what a script is told.
type importAnswer struct {
	Job     string `json:"job,omitempty"`
	Href    string `json:"href,omitempty"`
	Problem string `json:"problem,omitempty"`
	Busy    bool   `json:"busy"`
	Done    int    `json:"done"`
	Of      int    `json:"of"`
	Text    string `json:"text,omitempty"`
}

// importFailed says why files were not taken; what was taken of them goes.
func (v *visit) importFailed(j *importing, status int, c importChoice, problem string) {
	if j != nil {
		v.site.imports.drop(j)
	}
	if v.scripted() {
		v.json(status, importAnswer{Problem: problem})
		return
	}
	v.showImport(status, c, problem, nil)
}

// fileName is the name of a part's file with the folders it was chosen with, which
// multipart.Part.FileName leaves out.
func fileName(p *multipart.Part) string {
	_, params, err := mime.ParseMediaType(p.Header.Get("Content-Disposition"))
	if err != nil {
		return p.FileName()
	}
	return params["filename"]
}

// untaken says why a file was not taken.
func (v *visit) untaken(err error) string {
	for _, own := range []error{errGivenLarge, errGivenAll, errGivenMany, errGivenName} {
		if errors.Is(err, own) {
			return v.word(own.Error())
		}
	}
	return diag.TroubleOf(err).What.In(v.o.Lang)
}

func (j *importing) refuse(name, why string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.untaken = append(j.untaken, notice{shownName(name), why})
}

// fail says why nothing can be planned of the files with what was chosen.
func (j *importing) fail(c importChoice, problem string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.phase, j.choice, j.problem = failed, c, problem
}

func (j *importing) busy() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.phase.busy()
}

func (j *importing) is(p phase) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.phase == p
}

// importing is the import of a request; it answers one of which there is none.
func (v *visit) importing() *importing {
	j := v.site.imports.find(v.r.PathValue("id"))
	if j == nil {
		v.showImport(http.StatusNotFound, importChoice{}, v.word("import.gone"), nil)
	}
	return j
}

func (v *visit) importState() {
	j := v.site.imports.find(v.r.PathValue("id"))
	if j == nil {
		v.json(http.StatusNotFound, importAnswer{Problem: v.word("import.gone")})
		return
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	v.json(http.StatusOK, importAnswer{Busy: j.phase == taking || j.phase.busy(), Done: j.done, Of: j.of, Text: j.progress(v)})
}

// progress says how far an import is; nothing of what has no measure.
func (j *importing) progress(v *visit) string {
	if j.of == 0 {
		return ""
	}
	return fmt.Sprintf(v.word("import.progress"), j.done, j.of)
}

// importJob shows how far an import is.
func (v *visit) importJob() {
	if j := v.importing(); j != nil {
		v.showJob(http.StatusOK, j, "")
	}
}

func (v *visit) showJob(status int, j *importing, problem string) {
	j.mu.Lock()
	switch phase := j.phase; phase {
	case failed:
		choice, why := j.choice, j.problem
		j.mu.Unlock()
		v.showImport(http.StatusUnprocessableEntity, choice, why, j)
	case taking, planning, writing, undoing:
		view := waitView{v.frame("import", v.word("import."+string(phase))), j.href() + "state", j.done, j.of, j.progress(v), phase == planning || phase == taking}
		j.mu.Unlock()
		v.w.Header().Set("Refresh", "2") // also without script
		v.show(status, "importwait", view)
	case planned:
		view := v.planView(j)
		j.mu.Unlock()
		view.Problem = cmp.Or(problem, j.problem)
		v.show(status, "importplan", view)
	default:
		view := v.doneView(j)
		view.Problem = cmp.Or(problem, j.problem)
		j.mu.Unlock()
		v.show(status, "importdone", view)
	}
}

// importDo takes what was changed in the plan, and does what was asked.
func (v *visit) importDo() {
	j := v.importing()
	if j == nil {
		return
	}
	do, arg, _ := strings.Cut(v.r.PostFormValue("do"), ":")
	switch {
	case j.busy() && do != "drop" || j.is(writing) || j.is(undoing):
		v.to(j.href(), "")
		return
	case do == "drop":
		v.site.imports.drop(j)
		v.to("/_studio/import/", "dropped")
		return
	case do == "undo":
		v.importUndo(j)
		return
	case do == "again", do == "replan":
		v.importAgain(j, do == "replan")
		return
	case !j.is(planned): // sent twice, or in another window
		v.to(j.href(), "")
		return
	}
	j.mu.Lock()
	j.change(v.r.PostForm)
	page := v.r.PostFormValue("page")
	switch do {
	case "all", "none":
		for _, r := range j.shown() {
			r.ticked = do == "all" && r.can()
		}
	case "page":
		page = arg
	case "show":
		j.show, page = arg, ""
	case "import":
		j.mu.Unlock()
		v.importWrite(j)
		return
	}
	j.mu.Unlock()
	href := j.href()
	if page != "" && page != "1" {
		href += "?page=" + url.QueryEscape(page)
	}
	v.to(href, "")
}

// change takes the rows of the page that was posted.
func (j *importing) change(posted map[string][]string) {
	ticked := map[string]bool{}
	for _, n := range posted["tick"] {
		ticked[n] = true
	}
	for _, text := range posted["row"] {
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 || n >= len(j.rows) || !j.rows[n].can() {
			continue
		}
		r := j.rows[n]
		r.ticked = ticked[text]
		for _, c := range r.cells {
			if value, ok := posted[c.key+"."+text]; ok {
				j.set(r, c, value[0])
			}
		}
	}
}

// importAgain plans the same files with other choices; without go it asks for them.
func (v *visit) importAgain(j *importing, goes bool) {
	if !j.is(planned) && !j.is(failed) {
		v.to(j.href(), "")
		return
	}
	if !goes {
		v.showImport(http.StatusOK, j.choice, "", j)
		return
	}
	var c importChoice
	for name, value := range v.r.PostForm {
		c.set(name, value[0])
	}
	o, problem := c.options(v)
	if problem != "" {
		v.showImport(http.StatusUnprocessableEntity, c, v.word(problem), j)
		return
	}
	j.reset()
	j.plan(v.ctx, v.site, c, o)
	v.to(j.href(), "")
}

// importWrite writes the ticked rows.
func (v *visit) importWrite(j *importing) {
	j.mu.Lock()
	_, _, _, _, ticked := j.sums()
	wrong, problem := j.wrong(), ""
	switch {
	case ticked == 0:
		problem = v.word("import.noticks")
	case wrong >= 0:
		problem = v.word("import.wrong")
		j.show = ""
		v.r.Form.Set("page", strconv.Itoa(wrong/perPlan+1))
	}
	j.mu.Unlock()
	if problem != "" {
		v.showJob(http.StatusUnprocessableEntity, j, problem)
		return
	}
	site := v.site
	j.begin(writing, func() (phase, string) {
		site.saving.Lock()
		defer site.saving.Unlock()
		j.mu.Lock()
		j.of = ticked
		j.mu.Unlock()
		site.versions.before(content.Root) // the first version holds what there was
		err := j.write(site)
		site.pages.Refresh()
		if err != nil {
			return planned, v.unwritten(err)
		}
		site.versions.keep(fmt.Sprintf(v.word("kept.imported"), ticked), j.step.Paths()...)
		return written, ""
	}, planned)
	v.to(j.href(), "")
}

// unwritten says why nothing was written.
func (v *visit) unwritten(err error) string {
	if errors.Is(err, fs.ErrExist) {
		return v.word("import.exists")
	}
	var own *amend.Error
	if errors.As(err, &own) {
		return v.word("import.unwritten") + own.Said.In(v.o.Lang)
	}
	return v.word("import.unwritten") + diag.TroubleOf(err).What.In(v.o.Lang)
}

// importUndo takes back what an import wrote.
func (v *visit) importUndo(j *importing) {
	site := v.site
	j.begin(undoing, func() (phase, string) {
		site.saving.Lock()
		defer site.saving.Unlock()
		paths := j.step.Paths()
		kept, err := j.step.Undo()
		site.pages.Refresh()
		site.versions.keep(v.word("kept.unimported"), paths...)
		j.mu.Lock()
		defer j.mu.Unlock()
		for _, p := range kept {
			link := recordLink{strings.TrimSuffix(path.Base(p), ".md"), content.KindOf(p).Info().Name.In(v.o.Lang), editPath(p)}
			moved := editPath(strings.TrimSuffix(p, "/index.md") + ".md") // it has got a picture since
			if i := slices.IndexFunc(j.wrote, func(w recordLink) bool { return w.Href == link.Href || w.Href == moved }); i >= 0 {
				link.Name = j.wrote[i].Name
			}
			j.stayed = append(j.stayed, link)
		}
		if err != nil {
			return written, v.word("import.stuck") + diag.TroubleOf(err).What.In(v.o.Lang)
		}
		return undone, ""
	}, written)
	v.to(j.href(), "")
}
