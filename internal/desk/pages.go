package desk

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/desk/form"
	"mingdeng/internal/diag"
	"mingdeng/internal/serving"
)

//go:embed all:assets
var assets embed.FS

// pageSet are the desk's pages in one language.
type pageSet map[string]*template.Template

// parsePages parses every page: assets/base.html is around each, and what several show
// stands in files whose names begin with an underscore.
func parsePages(l diag.Lang) (pageSet, error) {
	funcs := template.FuncMap{
		"t":    func(key string) (string, error) { return say(l, key) },
		"id":   func(name string) string { return "f-" + strings.ReplaceAll(name, ".", "-") },
		"kind": func(k content.Kind) string { return k.Info().Name.In(l) },
		"pairs": func(values ...any) (map[string]any, error) {
			m := map[string]any{}
			for i := 0; i+1 < len(values); i += 2 {
				m[fmt.Sprint(values[i])] = values[i+1]
			}
			return m, nil
		},
		"way":   wayTo,
		"asked": func() string { return form.Asked },
	}
	names, err := fs.Glob(assets, "assets/*.html")
	if err != nil {
		return nil, err
	}
	set := pageSet{}
	for _, name := range names {
		base := path.Base(name)
		if base == "base.html" || strings.HasPrefix(base, "_") {
			continue
		}
		t, err := template.New("base.html").Funcs(funcs).ParseFS(assets, "assets/base.html", "assets/_*.html", name)
		if err != nil {
			return nil, err
		}
		set[strings.TrimSuffix(base, ".html")] = t
	}
	return set, nil
}

// say is a word of the desk; a key without words is an error, which a test would meet.
func say(l diag.Lang, key string) (string, error) {
	w, ok := words[key]
	if !ok {
		return "", fmt.Errorf("desk: no words for %q", key)
	}
	return w.In(l), nil
}

// frame is what every page shows around its own matter.
type frame struct {
	L       string // BCP 47
	Title   string
	Site    string // its title; "" while none is open
	Here    string // which entry of the navigation this is
	Token   string
	Preview string // origin of the site's pages
	Notice  string // what has just been done
	Problem string // what could not be done
	Nav     []navEntry
	Wide    bool
	Version string // of what is shown, where the page renews itself
}

type navEntry struct {
	Href, Label string
	Here        bool
}

// visit is one request of somebody with a session.
type visit struct {
	*Desk
	w       http.ResponseWriter
	r       *http.Request
	session string
	site    *workspace // nil on pages that need no site
}

// word is a word of the desk.
func (v *visit) word(key string) string {
	s, err := say(v.o.Lang, key)
	if err != nil {
		return key
	}
	return s
}

// frame begins a view.
func (v *visit) frame(here, title string) frame {
	f := frame{L: "zh-Hans", Title: title, Here: here, Token: v.gate.token(v.session)}
	if v.o.Lang == diag.English {
		f.L = "en"
	}
	if key := v.r.URL.Query().Get("done"); key != "" {
		f.Notice, _ = say(v.o.Lang, "done."+key)
	}
	if v.site == nil {
		return f
	}
	f.Site, f.Preview = v.site.private.Title(), v.site.origin
	for _, n := range navigation {
		f.Nav = append(f.Nav, navEntry{"/_studio/" + n.path, v.word("nav." + n.key), n.key == here})
	}
	return f
}

// navigation are the pages that stand at the head of every page.
var navigation = []struct{ key, path string }{
	{"home", ""}, {"records", "list/hero/"}, {"import", "import/"}, {"plaques", "plaques/"}, {"publish", "publish/"}, {"settings", "settings/"}, {"help", "help/"},
}

// show sends a page.
func (v *visit) show(status int, name string, view any) {
	var b bytes.Buffer
	if err := v.pages[name].Execute(&b, view); err != nil {
		http.Error(v.w, err.Error(), http.StatusInternalServerError)
		return
	}
	v.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	v.w.WriteHeader(status)
	_, _ = v.w.Write(b.Bytes()) // a browser that went away is no fault
}

// to sends the browser on after something was done; done is a key of the words that say what.
func (v *visit) to(path, done string) {
	if done != "" {
		path += "?done=" + done
	}
	http.Redirect(v.w, v.r, path, http.StatusSeeOther)
}

// policy is the content security policy of the desk's pages: their own styles and scripts
// alone, the site's pages in a frame, and no frame around them.
func (d *Desk) policy() string {
	preview := "'none'"
	if w := d.workspace(); w != nil {
		preview = w.origin
	}
	return "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' blob: data:; media-src 'self'; connect-src 'self'; frame-src " + preview +
		"; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}

// route is an address of the desk, as http.ServeMux writes it. Those
// that begin with POST change something: gate.admit has seen to their token.
type route struct {
	pattern string
	serve   func(*visit)
}

var recordRoutes = []route{
	{"GET /_studio/{$}", (*visit).home},
	{"GET /_studio/list/{kind}/{$}", (*visit).list},
	{"GET /_studio/new/{kind}/{$}", (*visit).newRecord},
	{"POST /_studio/new/{kind}/{$}", (*visit).makeRecord},
	{"GET /_studio/edit/{path...}", (*visit).edit},
	{"POST /_studio/edit/{path...}", (*visit).save},
	{"POST /_studio/try/{path...}", (*visit).try},
	{"POST /_studio/upload/{path...}", (*visit).upload},
	{"POST /_studio/paste/{path...}", (*visit).paste},
	{"GET /_studio/file/{path...}", (*visit).file},
	{"GET /_studio/watch/{path...}", (*visit).watch},
	{"GET /_studio/watch/{$}", (*visit).watchAll},
	{"GET /_studio/names/{kind}/{$}", (*visit).recordNames},
}

// siteRoutes need a site to be open.
func siteRoutes() [][]route {
	return [][]route{recordRoutes, historyRoutes, plaqueRoutes, settingsRoutes, publishRoutes, importRoutes, phoneRoutes}
}

// otherRoutes need none.
func otherRoutes() [][]route { return [][]route{startRoutes, helpRoutes} }

// handler routes requests.
func (d *Desk) handler() http.Handler {
	mux := http.NewServeMux()
	site := func(pattern string, f func(*visit)) {
		if strings.HasPrefix(pattern, "POST ") && strings.Contains(pattern, "{path...}") {
			f = ownAlone(f)
		}
		mux.Handle(pattern, d.gate.admit(func(w http.ResponseWriter, r *http.Request, session string) {
			v := &visit{d, w, r, session, d.workspace()}
			if v.site == nil {
				http.Redirect(w, r, "/_studio/start/", http.StatusSeeOther)
				return
			}
			f(v)
		}))
	}
	any := func(pattern string, f func(*visit)) {
		mux.Handle(pattern, d.gate.admit(func(w http.ResponseWriter, r *http.Request, session string) {
			f(&visit{d, w, r, session, d.workspace()})
		}))
	}
	for _, r := range slices.Concat(siteRoutes()...) {
		site(r.pattern, r.serve)
	}
	for _, r := range slices.Concat(otherRoutes()...) {
		any(r.pattern, r.serve)
	}
	any("GET /_studio/assets/{name}", (*visit).asset)
	any("POST /_studio/quit/{$}", (*visit).quit)
	any("/", (*visit).missing)
	return d.headers(mux)
}

// headers are those of every answer.
func (d *Desk) headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", d.policy())
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

// asset sends a style sheet or a script of the desk.
func (v *visit) asset() {
	name := v.r.PathValue("name")
	b, err := fs.ReadFile(assets, path.Join("assets", name))
	if err != nil || strings.HasSuffix(name, ".html") {
		v.missing()
		return
	}
	v.w.Header().Set("Content-Type", serving.TypeOf(name))
	_, _ = v.w.Write(b)
}

type messageView struct {
	frame
	Text string
	Back string
}

// missing answers where there is nothing.
func (v *visit) missing() {
	switch v.r.URL.Path {
	case "/", "/_studio":
		http.Redirect(v.w, v.r, "/_studio/", http.StatusSeeOther)
		return
	}
	v.message(http.StatusNotFound, v.word("missing"), v.word("missing.text"))
}

// message sends a page that says one thing.
func (v *visit) message(status int, title, text string) {
	v.show(status, "message", messageView{v.frame("", title), text, "/_studio/"})
}

// quit ends the desk.
func (v *visit) quit() {
	v.site = nil
	f := v.frame("", v.word("ended"))
	f.Token = ""
	v.show(http.StatusOK, "message", messageView{f, v.word("ended.text"), ""})
	v.end()
}
