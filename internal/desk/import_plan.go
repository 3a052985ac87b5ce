package desk

import (
	"context"
	"errors"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"mingdeng/internal/amend"
	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/importer"
	"mingdeng/internal/importer/report"
	"mingdeng/internal/rescue"
	"mingdeng/internal/scaffold"
)

// phase is how far an import is.
type phase string

const (
	taking   phase = "taking" // files are still being handed in
	planning phase = "planning"
	planned  phase = "planned"
	writing  phase = "writing"
	written  phase = "written"
	undoing  phase = "undoing"
	undone   phase = "undone"
	failed   phase = "failed" // nothing can be planned: job.problem says why
)

// importing is one import, from files handed in to what was written.
type importing struct {
	id     string
	lang   diag.Lang
	choice importChoice
	in     *intake
	kept   *spill

	mu       sync.Mutex // of all below
	phase    phase
	problem  string
	done, of int      // files planned, or records written, and all
	untaken  []notice // files that were not taken
	refused  []notice // files of which nothing can be made
	pictures int      // that were handed in by themselves
	sources  []*sourcePlan
	rows     []*row
	books    map[string]string // new books: where the text is kept, by its path
	planner  *importer.Planner
	show     string            // which rows are shown: "", "doubt" or "not"
	step     *importer.Writing // what was written
	wrote    []recordLink
	stayed   []recordLink // what an undo left alone

	stop context.CancelFunc
	idle sync.WaitGroup
}

// busy tells whether something goes on that a page waits for.
func (p phase) busy() bool { return p == planning || p == writing || p == undoing }

// soon is how long an answer waits for what goes on in the background: what is done by then
// needs no page that renews itself.
const soon = time.Second

// begin does something in the background in a phase, and waits a little for it. do returns
// the phase that comes next, and what has to be said. It does nothing, and reports so, where
// the job is not in one of the phases from.
func (j *importing) begin(now phase, do func() (phase, string), from ...phase) bool {
	j.mu.Lock()
	if !slices.Contains(from, j.phase) {
		j.mu.Unlock()
		return false
	}
	j.phase, j.problem, j.done, j.of = now, "", 0, 0
	j.mu.Unlock()
	ended := make(chan struct{})
	j.idle.Go(func() {
		defer close(ended)
		var next phase
		var problem string
		err := rescue.Do(func() error {
			next, problem = do()
			return nil
		})
		j.mu.Lock()
		defer j.mu.Unlock()
		if j.phase, j.problem = next, problem; err != nil {
			j.phase, j.problem = from[0], err.Error()
		}
	})
	select {
	case <-ended:
	case <-time.After(soon):
	}
	return true
}

// notice is a file and what is to be said of it.
type notice struct{ Name, Why string }

type recordLink struct{ Name, Kind, Href string }

// sourcePlan is one file that was handed in, as it was planned.
type sourcePlan struct {
	name string
	log  []logGroup
	n    int // rows
}

// logGroup is what was taken, guessed, left or is to be done.
type logGroup struct {
	Title string
	Lines []string
}

// row is one record of the plan.
type row struct {
	n       int
	source  *sourcePlan
	kind    content.Kind
	path    string // where it goes
	planned string // where it would go under the name it was planned with
	slug    string // it has to name because of its new name
	state   importer.State
	doubts  []string
	ticked  bool
	cells   []*cell
	text    string            // where it is kept
	beside  []keptFile        // pictures
	places  map[string]placed // by year and name, once asked
	byYear  bool              // its folder follows its date
}

type keptFile struct{ base, at string }

type placed struct {
	path, slug string
	err        *report.Error
}

// cell is a value that can be changed before the record is written.
type cell struct {
	key   string // as in content: "title", "deed.date"
	was   string // as planned
	value string // as it is wanted now
	why   string // why that cannot be
}

// can tells whether a row can be written.
func (r *row) can() bool { return r.state == importer.New }

func (r *row) cell(keys ...string) *cell {
	for _, c := range r.cells {
		if slices.Contains(keys, c.key) {
			return c
		}
	}
	return nil
}

// name is what the record is called.
func (r *row) name() string {
	if c := r.cell("name", "title"); c != nil {
		return c.value
	}
	p := strings.TrimSuffix(strings.TrimSuffix(r.planned, "/index.md"), ".md")
	return path.Base(p)
}

// plan plans all that was handed in, in the background.
func (j *importing) plan(ctx context.Context, w *workspace, c importChoice, o importer.Options) {
	ctx, stop := context.WithCancel(ctx)
	if !j.begin(planning, func() (phase, string) {
		list, pictures := j.in.sources()
		j.mu.Lock()
		j.choice, j.stop, j.pictures, j.of = c, stop, pictures, len(list)
		j.mu.Unlock()
		err := j.work(ctx, w, o, list)
		switch {
		case errors.Is(err, importer.ErrInto):
			return failed, importWords["import.badbook"].In(j.lang)
		case err != nil:
			return failed, trouble(err, j.lang)
		}
		return planned, ""
	}, failed, taking) {
		stop() // asked twice
	}
}

func (j *importing) work(ctx context.Context, w *workspace, o importer.Options, list []given) error {
	p, err := importer.NewPlanner(w.root.FS(), o)
	if err != nil {
		return err
	}
	j.mu.Lock()
	j.planner = p
	j.mu.Unlock()
	for _, g := range list {
		if err := ctx.Err(); err != nil {
			return err
		}
		var s *importer.Source
		err := rescue.Do(func() error {
			s = p.Add(filepath.Join(j.in.root.Name(), filepath.FromSlash(path.Join(j.in.dir, g.path))))
			return nil
		})
		j.mu.Lock()
		if err != nil { // a fault of the program over this one file
			j.refused = append(j.refused, notice{g.name, err.Error()})
			err = nil
		} else if s.Err != nil {
			j.refused = append(j.refused, notice{g.name, s.Err.Text.In(j.lang)})
		} else {
			err = j.enter(g, s)
		}
		j.done++
		j.mu.Unlock()
		if err != nil {
			return err
		}
	}
	return nil
}

// trouble is an error in the words of an editor.
func trouble(err error, l diag.Lang) string {
	var said *report.Error
	if errors.As(err, &said) {
		return said.Text.In(l)
	}
	return diag.TroubleOf(err).What.In(l)
}

// enter makes rows of what was planned of a file.
func (j *importing) enter(g given, s *importer.Source) error {
	source := &sourcePlan{name: g.name}
	for _, sort := range report.Sorts() {
		group := logGroup{Title: sort.Text.In(j.lang)}
		for _, e := range s.Log.Entries {
			if e.Sort == sort.Sort {
				group.Lines = append(group.Lines, e.Text.In(j.lang))
			}
		}
		if len(group.Lines) > 0 {
			source.log = append(source.log, group)
		}
	}
	j.sources = append(j.sources, source)
	rows := map[string]*row{} // by folder of its own
	for _, f := range s.Files {
		kind := content.KindOf(f.Path)
		at := ""
		if f.State == importer.New {
			var err error
			if at, err = j.kept.put(f.Data); err != nil {
				return err
			}
		}
		switch {
		case kind == content.KindBook:
			j.books[f.Path] = at
		case path.Ext(f.Path) == ".md":
			r := &row{n: len(j.rows), source: source, kind: kind, path: f.Path, planned: f.Path, state: f.State, text: at}
			for _, d := range f.Doubts {
				r.doubts = append(r.doubts, d.In(j.lang))
			}
			r.ticked = r.can() && len(r.doubts) == 0
			if r.can() {
				r.read(f.Data)
				r.byYear = kind.Info().ByYear && j.choice.Year == ""
			}
			if path.Base(f.Path) == "index.md" {
				rows[path.Dir(f.Path)] = r
			}
			j.rows = append(j.rows, r)
			source.n++
		default:
			if r := rows[path.Dir(f.Path)]; r != nil && at != "" {
				r.beside = append(r.beside, keptFile{path.Base(f.Path), at})
			}
		}
	}
	return nil
}

// cellKeys are the values that can be changed in the plan, in the order of the columns.
var cellKeys = map[content.Kind][]string{
	content.KindHero:    {"name", "deed.date", "region"},
	content.KindBrief:   {"title", "date"},
	content.KindChapter: {"title"},
	content.KindPage:    {"title"},
}

// read takes a planned text's cells.
func (r *row) read(data []byte) {
	rec, found := amend.Open(data, r.kind)
	if len(found) > 0 {
		return // the importer writes what can be read
	}
	v := rec.Value()
	for _, key := range cellKeys[r.kind] {
		x := v
		for part := range strings.SplitSeq(key, ".") {
			x = x.Get(part)
		}
		c := &cell{key: key, was: x.Text, value: x.Text}
		if key == "region" && (c.was == "待补" || c.was == "unknown") {
			c.was, c.value = "", ""
		}
		r.cells = append(r.cells, c)
	}
}

// set takes what somebody wants a cell to say; c.why tells where that cannot be.
func (j *importing) set(r *row, c *cell, text string) {
	text = strings.Join(strings.Fields(text), " ")
	if text == c.value && c.why == "" {
		return
	}
	c.value, c.why = text, ""
	if text == c.was && c.key != "name" && c.key != "title" && !r.byYear {
		return
	}
	switch c.key {
	case "date", "deed.date":
		if text != "" || c.key == "date" {
			key := content.Key{Shape: diag.Text{En: "a date"}}
			_, c.why = scaffold.Question{Key: key}.Answer(text, j.lang)
		}
		if c.why == "" && r.byYear {
			c.why = j.place(r, r.name())
		}
	case "region":
		parts := regionParts(text)
		c.value = strings.Join(parts, "/")
		switch {
		case len(parts) == 0 && c.was != "":
			c.why = diag.Text{Zh: "不能空着", En: "this must not be empty"}.In(j.lang)
		case len(parts) > maxRegion:
			c.why = diag.Text{Zh: "写成 省/市/县", En: "such as province/city/county"}.In(j.lang)
		}
	case "name", "title":
		if c.why = j.place(r, text); text == "" {
			c.why = diag.Text{Zh: "不能空着", En: "this must not be empty"}.In(j.lang)
		}
	}
	if bad, ok := content.Control(c.value); ok {
		c.why = diag.Text{Zh: "里面有看不见的字符：" + diag.Printable(string(bad)), En: "it holds a character that cannot be seen: " + diag.Printable(string(bad))}.In(j.lang)
	}
}

// maxRegion is how deep a region may be.
const maxRegion = 6

// regionParts are the parts of a region as people write them.
func regionParts(s string) (out []string) {
	for _, p := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("/／、>", r) }) {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// place finds where a row goes under a name and, of a brief, on its day; why tells where
// there is no place for it.
func (j *importing) place(r *row, name string) (why string) {
	from := r.planned
	if c := r.cell("date"); c != nil && r.byYear {
		if d, err := date.Parse(c.value); err == nil {
			parts := strings.Split(from, "/") // content/briefs/YEAR/…
			parts[2] = strconv.Itoa(d.Year)
			from = strings.Join(parts, "/")
		}
	}
	if c := r.cell("name", "title"); from == r.planned && c != nil && name == c.was {
		r.path, r.slug = r.planned, ""
		return ""
	}
	key := from + "\x00" + name
	at, known := r.places[key]
	if !known {
		at.path, at.slug, at.err = j.planner.Rename(from, name)
		if r.places == nil {
			r.places = map[string]placed{}
		}
		r.places[key] = at
	}
	if at.err != nil {
		return at.err.Text.In(j.lang)
	}
	r.path, r.slug = at.path, at.slug
	return ""
}

// bytes is a row's text as it is to be written.
func (j *importing) bytes(r *row) ([]byte, error) {
	data, err := j.kept.get(r.text)
	if err != nil || r.slug == "" && !slices.ContainsFunc(r.cells, func(c *cell) bool { return c.value != c.was }) {
		return data, err
	}
	want := map[string]amend.Value{}
	rec, found := amend.Open(data, r.kind)
	if len(found) > 0 {
		return data, nil
	}
	for _, c := range r.cells {
		if c.value == c.was {
			continue
		}
		top, inner, nested := strings.Cut(c.key, ".")
		v := amend.Text(c.value)
		if c.value == "" {
			v = amend.Value{}
		}
		if nested {
			g := rec.Value().Get(top)
			g = amend.Group(slices.DeleteFunc(slices.Clone(g.Pairs), func(p amend.Pair) bool { return p.Key == inner })...)
			if !v.Zero() {
				g.Pairs = append(g.Pairs, amend.Pair{Key: inner, Value: v})
			}
			v = g
		}
		want[top] = v
	}
	if r.slug != "" {
		want["slug"] = amend.Text(r.slug)
	}
	return rec.Apply(want, nil, j.lang)
}

// wrong is the first ticked row with a cell that cannot be written, or -1.
func (j *importing) wrong() int {
	return slices.IndexFunc(j.rows, func(r *row) bool {
		return r.ticked && slices.ContainsFunc(r.cells, func(c *cell) bool { return c.why != "" })
	})
}

// write writes the ticked rows as one step. While it does nothing else touches them.
func (j *importing) write(w *workspace) error {
	step := importer.NewWriting(w.root)
	books := map[string]bool{}
	var wrote []recordLink
	for _, r := range j.rows {
		if !r.ticked || !r.can() {
			continue
		}
		if err := j.put(step, r, books); err != nil {
			_, undone := step.Undo()
			return errors.Join(err, undone)
		}
		wrote = append(wrote, recordLink{r.name(), r.kind.Info().Name.In(j.lang), editPath(r.path)})
		j.mu.Lock()
		j.done++
		j.mu.Unlock()
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.step, j.wrote = step, wrote
	j.empty()
	return nil
}

// put writes a row: before its text its pictures, and the new book it goes into.
func (j *importing) put(step *importer.Writing, r *row, books map[string]bool) error {
	copied := func(to, at string) error {
		b, err := j.kept.get(at)
		if err != nil {
			return err
		}
		return step.Put(to, b)
	}
	if r.kind == content.KindChapter {
		book := path.Join(path.Dir(strings.TrimSuffix(r.path, "/index.md")), "_index.md")
		if at := j.books[book]; at != "" && !books[book] {
			if err := copied(book, at); err != nil {
				return err
			}
			books[book] = true
		}
	}
	for _, f := range r.beside {
		if err := copied(path.Join(path.Dir(r.path), f.base), f.at); err != nil {
			return err
		}
	}
	b, err := j.bytes(r)
	if err != nil {
		return err
	}
	return step.Put(r.path, b)
}

// sums counts the rows: those that can be written, those of them in doubt, those that are
// there already, and those that cannot be.
func (j *importing) sums() (can, doubt, same, not, ticked int) {
	for _, r := range j.rows {
		switch {
		case r.can():
			can++
			if len(r.doubts) > 0 {
				doubt++
			}
			if r.ticked {
				ticked++
			}
		case r.state == importer.Same:
			same++
		default:
			not++
		}
	}
	return can, doubt, same, not, ticked
}
