package desk

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/desk/form"
	"mingdeng/internal/diag"
	"mingdeng/internal/frontmatter"
	"mingdeng/internal/live"
	"mingdeng/internal/project"
	"mingdeng/internal/samples"
	"mingdeng/internal/scaffold"
)

var settingsRoutes = []route{
	{"GET /_studio/settings/{$}", (*visit).settings},
	{"POST /_studio/settings/{$}", (*visit).saveSettings},
	{"GET /_studio/settings/samples/{$}", (*visit).samples},
	{"POST /_studio/settings/samples/{$}", (*visit).clearSamples},
}

// settingsFile holds the site's settings.
const settingsFile = content.Root + "/site.yaml"

type settingsView struct {
	frame
	Base    string // digest of the file the form was made from
	InSight []*form.Field
	Folded  []*form.Field
	Found   []form.Finding
	Clash   *clashView
	Raw     bool // the whole file is one text
	Fails   bool // because it cannot be read as fields
	Text    string
	Samples []recordView
}

// parseSettings parts the file of the settings, which is YAML alone.
func parseSettings(raw []byte) text {
	t := text{raw: raw}
	plain, fault := content.DecodeText(raw)
	if fault != nil && plain == nil {
		t.found = []diag.Finding{*fault}
		return t
	}
	t.head, t.found = frontmatter.ParseYAML(plain, content.IsKey)
	return t
}

// readSettings reads the file; it answers the request where it cannot.
func (v *visit) readSettings() ([]byte, bool) {
	raw, err := v.site.root.ReadFile(settingsFile)
	if err != nil {
		v.message(http.StatusInternalServerError, v.word("unread"), settingsFile+" "+diag.TroubleOf(err).What.In(v.o.Lang))
	}
	return raw, err == nil
}

func (v *visit) settings() {
	if raw, ok := v.readSettings(); ok {
		v.showSettings(http.StatusOK, raw, nil, "", nil)
	}
}

// showSettings shows the form. posted, if not nil, is what a person filled in and is shown
// in the place of what the file says; problem says why it was not saved.
func (v *visit) showSettings(status int, raw []byte, posted url.Values, problem string, clash *clashView) {
	t := parseSettings(raw)
	view := settingsView{frame: v.frame("settings", v.word("nav.settings")), Base: digest(raw), Clash: clash, Fails: len(t.found) > 0}
	view.Raw = view.Fails || v.r.URL.Query().Has("raw")
	view.Problem = problem
	v.site.opened.put(view.Base, raw)
	for _, e := range v.site.private.Overview().Records {
		if e.Sample {
			view.Samples = append(view.Samples, v.record(e))
		}
	}
	if view.Raw {
		plain, _ := content.DecodeText(raw)
		view.Text = string(plain)
		if posted != nil {
			view.Text = posted.Get("whole")
		}
		view.Found = v.findings(settingsFile, nil, t, nil)
		v.show(status, "settings", view)
		return
	}
	keys, n, head := content.Schema(content.KindSite), newNames(live.Overview{}, ""), t.head
	if posted != nil {
		head, view.Base = form.Filled(keys, posted, head, n), posted.Get("base")
	}
	fields := form.New(keys, head, n, v.o.Lang)
	if list, ok := strings.CutPrefix(posted.Get("do"), "add:"); ok {
		form.Grow(fields, list, n, v.o.Lang)
	}
	view.Found = v.findings(settingsFile, keys, t, fields)
	for _, f := range fields {
		if f.Key.En == "theme" {
			v.offerThemes(f)
		}
		if f.InSight {
			view.InSight = append(view.InSight, f)
		} else {
			view.Folded = append(view.Folded, f)
		}
	}
	v.show(status, "settings", view)
}

// offerThemes makes a field a choice of the themes there are, and of what stands there.
func (v *visit) offerThemes(f *form.Field) {
	f.Key.Type = content.TypeFixed
	f.Choices = []form.Choice{{Value: "", Label: "—", Chosen: f.Value == ""}}
	found := f.Value == ""
	for _, name := range project.ThemeNames(content.Texts(v.site.root.FS()), v.o.Themes) {
		f.Choices = append(f.Choices, form.Choice{Value: name, Label: name, Chosen: name == f.Value})
		found = found || name == f.Value
	}
	if !found {
		f.Choices = append(f.Choices, form.Choice{Value: f.Value, Label: f.Value, Chosen: true})
	}
}

// saveSettings takes what was posted and writes it; the whole site is taken in anew.
func (v *visit) saveSettings() {
	raw, ok := v.readSettings()
	if !ok {
		return
	}
	posted := v.r.PostForm
	if do, field, _ := strings.Cut(posted.Get("do"), ":"); do == "add" || do == "drop" { // nothing is saved yet
		if do == "drop" {
			dropItem(posted, field)
		}
		v.showSettings(http.StatusOK, raw, posted, "", nil)
		return
	}
	clash, err := v.changeSettings(func(raw []byte) ([]byte, *clashView, error) {
		if posted.Has("whole") {
			return v.whole(raw, posted)
		}
		base, known := v.base(raw, posted)
		if !known {
			return nil, &clashView{Text: true}, nil
		}
		want := form.Read(content.Schema(content.KindSite), posted, parseSettings(base).head, newNames(live.Overview{}, ""))
		return v.merged(content.KindSite, base, raw, want, nil, posted)
	})
	switch {
	case clash != nil:
		v.showSettings(http.StatusConflict, raw, posted, v.word("clash"), clash)
	case err != nil:
		v.showSettings(http.StatusUnprocessableEntity, raw, posted, err.Error(), nil)
	case strings.HasPrefix(posted.Get("do"), "mend:"):
		v.mendSettings(posted.Get("do"))
	default:
		v.to("/_studio/settings/", "saved")
	}
}

// mendSettings mends what a finding says, once the settings are saved.
func (v *visit) mendSettings(name string) {
	v.site.saving.Lock()
	defer v.site.saving.Unlock()
	raw, ok := v.readSettings()
	if !ok {
		return
	}
	if next, err := v.mend(settingsFile, raw, name); err != nil {
		v.showSettings(http.StatusUnprocessableEntity, next, nil, err.Error(), nil)
		return
	}
	v.site.versions.keep(v.word("kept.settings"), settingsFile)
	v.to("/_studio/settings/", "mended")
}

// changeSettings writes the settings as change wants them, one save at a time. Its errors
// are in the person's language.
func (v *visit) changeSettings(change func(raw []byte) ([]byte, *clashView, error)) (*clashView, error) {
	v.site.saving.Lock()
	defer v.site.saving.Unlock()
	raw, err := v.site.root.ReadFile(settingsFile)
	if err != nil {
		return nil, errors.New(v.word("unwritten") + diag.TroubleOf(err).What.In(v.o.Lang))
	}
	next, clash, err := change(raw)
	if clash != nil || err != nil || string(next) == string(raw) {
		return clash, err
	}
	v.site.versions.before(settingsFile)
	if err := write(v.site.root, settingsFile, next); err != nil {
		return nil, errors.New(v.word("unwritten") + diag.TroubleOf(err).What.In(v.o.Lang))
	}
	v.site.pages.Refresh()
	v.site.versions.keep(v.word("kept.settings"), settingsFile)
	return nil, nil
}

type samplesView struct {
	frame
	Records []notedView
	Files   int         // that go
	Keep    []string    // that are kept beside the site, since somebody has changed them
	Folder  string      // where
	Edit    []notedView // what refers to them
	Found   []foundView
	Sure    bool // it can be done
}

// notedView is something with a page of the desk, and a word about it.
type notedView struct{ Name, Href, Note string }

// samples shows what would go with the samples of a new site.
func (v *visit) samples() {
	c, err := samples.PlanClearing(v.r.Context(), v.projectOptions())
	v.showSamples(http.StatusOK, c, err)
}

func (v *visit) showSamples(status int, c samples.Clearing, err error) {
	view := samplesView{frame: v.frame("settings", v.word("samples")), Files: len(c.Remove), Keep: c.Keep, Folder: scaffold.Removed, Found: v.found(c.Findings)}
	if err != nil && !errors.Is(err, project.ErrFindings) {
		view.Problem = v.troubled(err)
	}
	for _, s := range c.Records {
		view.Records = append(view.Records, notedView{Name: s.Name, Href: v.editor(s.Path)})
	}
	for _, e := range c.Edit {
		view.Edit = append(view.Edit, notedView{e.Path, v.editor(e.Path), v.word("line") + strings.Trim(fmt.Sprint(e.Lines), "[]") + v.word("line2")})
	}
	view.Sure = err == nil && len(c.Records) > 0
	v.show(status, "samples", view)
}

// clearSamples takes them away.
func (v *visit) clearSamples() {
	v.site.saving.Lock()
	defer v.site.saving.Unlock()
	c, err := samples.Clear(v.r.Context(), v.projectOptions())
	v.site.pages.Refresh() // also what was done before an error
	v.site.versions.keep(v.word("kept.samples"), content.Root, scaffold.Removed)
	if err != nil {
		v.showSamples(http.StatusConflict, c, err)
		return
	}
	v.to("/_studio/settings/", "cleared")
}

// projectOptions are those of the open site, today.
func (v *visit) projectOptions() project.Options {
	o := v.site.options
	o.Today = v.o.Today()
	return o
}

// troubled says what a machine would not do, and how that is mended.
func (v *visit) troubled(err error) string {
	t := diag.TroubleOf(err)
	return strings.TrimSpace(diag.PathOf(err) + " " + t.What.In(v.o.Lang) + v.word("stop") + t.Mend.In(v.o.Lang))
}

var settingsWords = map[string]diag.Text{
	"settings.samples": {Zh: "示例", En: "Samples"},
	"settings.sampled": {Zh: "这些是新网站自带的示例，看懂了就可以一次移走。", En: "These came with the new site to show how it is done. They can be taken away in one step."},
	"settings.clear":   {Zh: "移走示例…", En: "Take the samples away…"},
	"settings.why":     {Zh: "site.yaml 的写法有误，表单打不开。改好下面标出的地方再保存。", En: "site.yaml cannot be read, so there is no form. Mend what is marked below and save."},
	"samples":          {Zh: "移走示例", En: "Take the samples away"},
	"samples.records":  {Zh: "会移走这些示例", En: "These samples go"},
	"samples.files":    {Zh: "连同它们的图片，共", En: "with their pictures, files in all:"},
	"samples.files2":   {Zh: "个文件。", En: ""},
	"samples.keep":     {Zh: "改过的不会丢，移到网站文件夹里的", En: "What somebody has changed is not lost but moved to this folder of the site:"},
	"samples.edit":     {Zh: "别处提到它们的地方也会改", En: "What refers to them is changed"},
	"samples.none":     {Zh: "没有示例了。", En: "There are no samples left."},
	"samples.cannot":   {Zh: "还不能移走，先改好这些：", En: "They cannot go yet. First mend these:"},
	"samples.sure":     {Zh: "都移走", En: "Take all away"},
	"samples.not":      {Zh: "先不移走", En: "Not now"},
	"stop":             {Zh: "。", En: ". "},
	"done.cleared":     {Zh: "示例已移走。", En: "The samples are gone."},
}
