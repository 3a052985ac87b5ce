package desk

import (
	"cmp"
	"errors"
	"fmt"
	"math"
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
	"mingdeng/internal/plaque/code"
	"mingdeng/internal/plaque/ledger"
	"mingdeng/internal/plaques"
	"mingdeng/internal/project"
)

const plaquesPath = "/_studio/plaques/"

var plaqueRoutes = []route{
	{"GET /_studio/plaques/{$}", (*visit).plaquesPage},
	{"GET /_studio/plaques/code/{code}/{$}", (*visit).plaquePage},
	{"POST /_studio/plaques/code/{code}/{$}", (*visit).savePlaque},
	{"GET /_studio/plaques/art/{file}", (*visit).plaqueArt},
	{"GET /_studio/plaques/issue/{$}", (*visit).issuePage},
	{"POST /_studio/plaques/issue/{$}", (*visit).issue},
	{"GET /_studio/plaques/retire/{code}/{$}", (*visit).retirePage},
	{"POST /_studio/plaques/retire/{code}/{$}", (*visit).retire},
	{"GET /_studio/plaques/package/{$}", (*visit).printPackage},
	{"GET /_studio/plaques/trials/{$}", (*visit).trialsPage},
	{"POST /_studio/plaques/trials/{$}", (*visit).startTrials},
	{"GET /_studio/plaques/trials/{file}", (*visit).trialSheet},
	{"POST /_studio/plaques/photo/{$}", (*visit).readPhotos},
}

type plaquesView struct {
	frame
	Wanting     []wantingView
	Samples     []linkView
	Unpublished []linkView
	Unfit       string // why nobody can open the codes there are
	Moves       bool   // codes bear an address that nobody can open, and another waits to be confirmed
	Venues      []venueCodes
	Retired     []codeView
	N           int // codes in force
	Folded      bool
}

// wantingView are the exhibits of a venue that have no code.
type wantingView struct {
	Venue string
	Items []linkView
}

// linkView is something with a page of the desk.
type linkView struct{ Key, Name, Href string }

type venueCodes struct {
	Name    string
	Install string // address of the checklist for whoever mounts them
	Package string
	Codes   []codeView
}

// codeView is one code that was ever issued.
type codeView struct {
	Code, Href    string
	Name, Exhibit string // of the exhibit, and its form; "" where it is gone
	Venue         string
	VenueSlug     string
	Design        string
	Size          string // "210 × 280"
	Material      string
	Issued        string
	Page          string // that it opens
	Art           string // its picture
	State         string // "published" where it is in force as it should be
	StateWord     string
	Retired       bool
	Successor     string
}

// today are the options of the site as of now: a desk may stay open over midnight.
func (v *visit) options() project.Options {
	o := v.site.options
	o.Today = v.o.Today()
	return o
}

// ledger reads the codes ever issued; nil where there are none. What is wrong in it stands on
// the first page.
func (v *visit) ledger() *ledger.Ledger {
	book, _ := project.ReadLedger(content.Texts(v.site.root.FS()))
	return book
}

// codes lists every code that was ever issued, in the ledger's order.
func (v *visit) codes(o live.Overview) []codeView {
	book := v.ledger()
	if book == nil {
		return nil
	}
	exhibits, venues := bySlug(o, content.KindExhibit), bySlug(o, content.KindVenue)
	drawn := map[string]live.PlaqueEntry{}
	for _, p := range o.Plaques {
		drawn[p.Code] = p
	}
	titles := map[string]string{}
	for _, d := range v.site.private.Designs() {
		titles[d.Name] = d.Title.In(v.o.Lang)
	}
	var out []codeView
	for _, e := range book.Entries() {
		c := codeView{
			Code: e.Code, Href: plaquesPath + "code/" + url.PathEscape(e.Code) + "/", Venue: cmp.Or(venues[e.Venue()].Name, e.Venue()), VenueSlug: e.Venue(),
			Issued: e.Issued.String(), Retired: e.Status == ledger.Retired, Successor: e.Successor, Name: e.Exhibit,
		}
		x, known := exhibits[e.Exhibit]
		if known {
			c.Name, c.Exhibit = x.Name, editPath(x.Path)
		}
		switch {
		case c.Retired:
			c.StateWord = v.word("plaque.retired")
		case !known:
			c.State, c.StateWord = "faulty", v.word("plaque.lost")
		case x.State == live.Published:
			c.State, c.StateWord = string(x.State), v.word("plaque.active")
		default: // its visitors find nothing
			c.State, c.StateWord = "faulty", v.word("state."+string(x.State))
		}
		if p, ok := drawn[e.Code]; ok && !c.Retired {
			c.Design, c.Size, c.Material = cmp.Or(titles[p.Design], p.Design), size(p.W, p.H), v.materialName(p.Material)
			c.Page, c.Art = v.site.origin+p.Href, plaquesPath+"art/"+e.Code+".svg"
		}
		out = append(out, c)
	}
	return out
}

// bySlug finds records as others name them.
func bySlug(o live.Overview, kind content.Kind) map[string]live.Entry {
	m := map[string]live.Entry{}
	for _, e := range o.Records {
		if e.Of == kind {
			m[e.Slug] = e
		}
	}
	return m
}

// size is a width and a height, mm.
func size(w, h float64) string { return number(w) + " × " + number(h) }

func number(f float64) string { return strconv.FormatFloat(math.Round(f*10)/10, 'f', -1, 64) }

func (v *visit) materialName(name string) string {
	for _, m := range content.Material("").Values() {
		if m.En == name {
			return diag.Text{Zh: m.Zh, En: m.En}.In(v.o.Lang)
		}
	}
	return name
}

// manyCodes is how many codes are shown without folding their venues.
const manyCodes = 60

// plaquesPage shows what has no code and what has one.
func (v *visit) plaquesPage() {
	v.showPlaques(http.StatusOK, "")
}

func (v *visit) showPlaques(status int, problem string) {
	o := v.site.private.Overview()
	view := plaquesView{frame: v.frame("plaques", v.word("nav.plaques"))}
	view.Problem = problem
	view.Moves = slices.ContainsFunc(v.site.private.Findings(), func(f diag.Finding) bool { return f.Code == diag.PlaqueUnconfirmed })
	venues := bySlug(o, content.KindVenue)
	for _, e := range o.Records {
		if e.Of != content.KindExhibit {
			continue
		}
		venue := venues[path.Dir(e.Slug)]
		link := linkView{e.Slug, e.Name, editPath(e.Path)}
		lacks := slices.ContainsFunc(e.Lacks, func(l live.Lack) bool { return l.What == live.NoPlaque })
		switch {
		case e.State != live.Published:
			view.Unpublished = append(view.Unpublished, link)
		case !lacks:
		case e.Sample || venue.Sample:
			view.Samples = append(view.Samples, link)
		default:
			name := cmp.Or(venue.Name, path.Dir(e.Slug))
			if n := len(view.Wanting); n == 0 || view.Wanting[n-1].Venue != name {
				view.Wanting = append(view.Wanting, wantingView{Venue: name})
			}
			w := &view.Wanting[len(view.Wanting)-1]
			w.Items = append(w.Items, link)
		}
	}
	coded := map[string]bool{}
	at := map[string]int{}
	for _, c := range v.codes(o) {
		coded[c.Exhibit] = true
		if c.Retired {
			view.Retired = append(view.Retired, c)
			continue
		}
		view.N++
		i, ok := at[c.Venue]
		if !ok {
			i = len(view.Venues)
			at[c.Venue] = i
			view.Venues = append(view.Venues, venueCodes{Name: c.Venue})
		}
		view.Venues[i].Codes = append(view.Venues[i].Codes, c)
	}
	view.Unpublished = slices.DeleteFunc(view.Unpublished, func(l linkView) bool { return coded[l.Href] })
	for _, p := range o.Plaques { // where the lists of a venue lie
		if i, ok := at[p.Venue]; ok && view.Venues[i].Package == "" {
			folder := path.Dir(p.Drawing)
			view.Venues[i].Install = v.site.origin + folder + "/install.html"
			view.Venues[i].Package = plaquesPath + "package/?" + url.Values{"venue": {path.Base(folder)}}.Encode()
		}
	}
	view.Folded = view.N > manyCodes
	if book := v.ledger(); book != nil && !view.Moves {
		if why := ledger.Judge(book.BaseURL()); why != ledger.Fit {
			view.Unfit = fmt.Sprintf(v.word("plaque.unfit"), ledger.Typed(book.BaseURL()), why.Text().In(v.o.Lang))
		}
	}
	v.show(status, "plaques", view)
}

// plaqueArt sends the picture of a plaque, as its exhibit asks for it or as the query does.
func (v *visit) plaqueArt() {
	c, ok := strings.CutSuffix(v.r.PathValue("file"), ".svg")
	if !ok {
		v.missing()
		return
	}
	var ask *content.Plaque
	if q := v.r.URL.Query(); q.Has("design") {
		if ask, ok = askOf(q); !ok {
			v.missing()
			return
		}
	}
	look, _, err := v.site.private.Sketch(c, ask)
	if err != nil {
		v.missing()
		return
	}
	v.w.Header().Set("Content-Type", "image/svg+xml")
	v.w.Header().Set("Content-Security-Policy", "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox")
	_, _ = v.w.Write(look.SVG)
}

// askedKeys are the keys with which an exhibit asks for its plaque, as far as this page sets
// them.
var askedKeys = []string{"design", "width", "height", "material", "distance"}

// askOf reads how a plaque is asked for; false tells that a number is none.
func askOf(q url.Values) (*content.Plaque, bool) {
	p := &content.Plaque{Design: q.Get("design"), Material: content.Material(q.Get("material"))}
	for _, n := range []struct {
		to       *float64
		key      string
		low, top float64
	}{{&p.Width, "width", 10, 5000}, {&p.Height, "height", 10, 5000}, {&p.Distance, "distance", 0.1, 50}} {
		text := strings.TrimSpace(q.Get(n.key))
		if text == "" {
			continue
		}
		f, err := strconv.ParseFloat(text, 64)
		if err != nil || !(f >= n.low && f <= n.top) {
			return p, false
		}
		*n.to = f
	}
	return p, true
}

type plaqueView struct {
	frame
	codeView
	Scale      scaleView
	Drawable   bool // there is something to draw
	Designs    []designView
	Materials  []form.Choice
	Asked      map[string]string // what stands in the form
	Was        map[string]string // what stood there when it was shown
	Base       string
	Found      []form.Finding
	Successors []linkView
	Heir       linkView // of a retired code
}

type designView struct {
	Name, Title, Size, Src string
	Chosen                 bool
}

// code finds the code of a request; it answers the request where there is none.
func (v *visit) code() (codeView, []codeView, bool) {
	all := v.codes(v.site.private.Overview())
	i := slices.IndexFunc(all, func(c codeView) bool { return c.Code == code.Fold(v.r.PathValue("code")) })
	if i < 0 {
		v.missing()
		return codeView{}, nil, false
	}
	return all[i], all, true
}

func (v *visit) plaquePage() { v.showPlaque(http.StatusOK, nil, "") }

// exhibitOf reads the record of a code's exhibit.
func (v *visit) exhibitOf(c codeView) (file string, raw []byte, err error) {
	name, err := url.PathUnescape(strings.TrimPrefix(c.Exhibit, "/_studio/edit/"))
	if err != nil {
		return "", nil, err
	}
	if file, err = textFile(name); err != nil {
		return "", nil, err
	}
	raw, err = v.site.root.ReadFile(file)
	return file, raw, err
}

// showPlaque shows a code; posted, if not nil, is how its plaque would be asked for.
func (v *visit) showPlaque(status int, posted url.Values, problem string) {
	c, all, ok := v.code()
	if !ok {
		return
	}
	view := plaqueView{frame: v.frame("plaques", c.Code), codeView: c, Asked: map[string]string{}}
	view.Problem = problem
	if c.Retired {
		for _, x := range all {
			if x.Code == c.Successor {
				view.Heir = linkView{x.Code, x.Name, x.Href}
			}
		}
		v.show(status, "plaque", view)
		return
	}
	if _, raw, err := v.exhibitOf(c); err == nil {
		view.Base = digest(raw)
		v.site.opened.put(view.Base, raw)
		if rec, _ := amend.Open(raw, content.KindExhibit); rec != nil {
			for _, key := range askedKeys {
				view.Asked[key] = rec.Value().Get("plaque").Get(key).Text
			}
		}
	}
	var ask *content.Plaque
	query := url.Values{}
	if posted != nil {
		for _, key := range askedKeys {
			view.Asked[key] = posted.Get(key)
		}
		query, view.Base = pick(posted, askedKeys), posted.Get("base")
		if ask, ok = askOf(posted); !ok {
			ask = nil
			view.Problem = cmp.Or(view.Problem, v.word("plaque.number"))
		}
	}
	v.drawn(&view, ask, query)
	view.Materials = []form.Choice{{Label: v.word("plaque.nomaterial")}}
	for _, m := range content.Material("").Values() {
		view.Materials = append(view.Materials, form.Choice{Value: m.En, Label: diag.Text{Zh: m.Zh, En: m.En}.In(v.o.Lang), Chosen: m.En == view.Asked["material"]})
	}
	v.show(status, "plaque", view)
}

func pick(q url.Values, keys []string) url.Values {
	out := url.Values{}
	for _, key := range keys {
		out.Set(key, q.Get(key))
	}
	return out
}

// drawn puts the pictures into a code's page: the plaque in its surroundings, and every design
// with this exhibit's own words.
func (v *visit) drawn(view *plaqueView, ask *content.Plaque, query url.Values) {
	look, found, err := v.site.private.Sketch(view.Code, ask)
	for _, f := range found {
		view.Found = append(view.Found, v.finding(f, nil))
	}
	if errors.Is(err, plaques.ErrNoCode) {
		return
	}
	view.Drawable = true
	src := view.Art
	if ask != nil {
		src += "?" + query.Encode()
	}
	if err != nil {
		src = ""
	}
	if look.W > 0 && look.H > 0 {
		view.Scale = newScale(look.W, look.H, src)
		view.Scale.Caption = v.word("scale."+view.Scale.Beside) + size(look.W, look.H) + v.word("mm")
	}
	chosen := cmp.Or(look.Design, view.Asked["design"], plaques.DefaultDesign)
	view.Was = map[string]string{"design": chosen, "width": view.Asked["width"], "height": view.Asked["height"]}
	for _, d := range v.site.private.Designs() {
		q := url.Values{"design": {d.Name}, "material": {view.Asked["material"]}}
		view.Designs = append(view.Designs, designView{d.Name, d.Title.In(v.o.Lang), size(d.W, d.H), view.Art + "?" + q.Encode(), d.Name == chosen})
	}
}

// savePlaque writes how a plaque is asked for into its exhibit's record.
func (v *visit) savePlaque() {
	posted := v.r.PostForm
	// Another design comes in its own size, unless another size was given with it.
	if posted.Get("design") != posted.Get("was.design") && posted.Get("width") == posted.Get("was.width") && posted.Get("height") == posted.Get("was.height") {
		posted.Del("width")
		posted.Del("height")
	}
	if posted.Get("do") == "preview" {
		v.showPlaque(http.StatusOK, posted, "")
		return
	}
	c, _, ok := v.code()
	if !ok {
		return
	}
	ask, ok := askOf(posted)
	if !ok {
		v.showPlaque(http.StatusUnprocessableEntity, posted, v.word("plaque.number"))
		return
	}
	if _, _, err := v.site.private.Sketch(c.Code, ask); errors.Is(err, project.ErrFindings) { // it would keep the site from being built
		v.showPlaque(http.StatusUnprocessableEntity, posted, v.word("plaque.unsaved"))
		return
	}
	v.site.saving.Lock()
	defer v.site.saving.Unlock()
	file, raw, err := v.exhibitOf(c)
	if err != nil {
		v.message(http.StatusConflict, v.word("gone"), c.Name)
		return
	}
	if posted.Get("base") != digest(raw) {
		posted.Set("base", digest(raw)) // once this was seen it may be saved
		v.showPlaque(http.StatusConflict, posted, v.word("plaque.clash"))
		return
	}
	next, err := v.askFor(raw, posted)
	if err == nil && string(next) != string(raw) {
		err = write(v.site.root, file, next)
	}
	if err != nil {
		v.showPlaque(http.StatusUnprocessableEntity, posted, v.word("unwritten")+v.said(err).Error())
		return
	}
	v.site.pages.Refresh(file)
	v.kept("saved", file)
	v.to(c.Href, "saved")
}

// askFor is a record that asks for its plaque as was posted; what else it asks for stays.
func (v *visit) askFor(raw []byte, posted url.Values) ([]byte, error) {
	rec, found := amend.Open(raw, content.KindExhibit)
	if rec == nil {
		return nil, errors.New(found[0].Message(v.o.Lang))
	}
	var pairs []amend.Pair
	for _, p := range rec.Value().Get("plaque").Pairs {
		if !slices.Contains(askedKeys, p.Key) {
			pairs = append(pairs, p)
		}
	}
	for _, key := range askedKeys {
		if text := strings.TrimSpace(posted.Get(key)); text != "" {
			pairs = append(pairs, amend.Pair{Key: key, Value: amend.Text(text)})
		}
	}
	return rec.Apply(map[string]amend.Value{"plaque": amend.Group(pairs...)}, nil, v.o.Lang)
}
