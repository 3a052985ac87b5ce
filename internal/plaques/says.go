package plaques

import (
	"cmp"
	"fmt"
	"image"
	"slices"
	"strconv"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/han"
	"mingdeng/internal/markdown"
	"mingdeng/internal/media"
	"mingdeng/internal/plaque/design"
	"mingdeng/internal/plaque/kit"
	"mingdeng/internal/site"
	"mingdeng/internal/theme"
	"mingdeng/internal/wayfinding"
)

// says fills in what the plaque of an exhibit says, as far as its design asks for it. All of
// it comes from the resolved site: who may not be named is not there.
func (s *session) says(p *kit.Plaque, d *design.Design, x *site.Exhibit) {
	look := s.Theme.Edition(string(s.Model.Editions[0].Tag))
	f := map[string]string{
		"name": x.Name, "exhibit": x.Name, "line": x.Summary, "place": x.Venue.Name, "number": x.Number, "code": p.Code,
		"host": hostOf(s.Model.PlaqueBase()), "promise": look.T("plaque.promise"), "site": s.Model.Config.Title, "kind": "",
		"year": strconv.Itoa(p.Issued.Year), "association": "", "more": look.T("plaque.more"),
	}
	p.Fields = f
	if x.ExhibitKind != "" {
		f["kind"] = look.T("exhibit." + string(x.ExhibitKind))
	}
	if o := s.Model.Config.Organisation; o != nil {
		f["association"] = o.Name
	}
	asks := s.ask(f, d, look)
	var hero *site.Hero
	if len(x.Heroes) == 1 {
		hero = x.Heroes[0]
		s.hero(p, d, hero, look, asks)
	}
	if asks["story"] {
		if f["story"] = s.story(&x.Head); f["story"] == "" && hero != nil && !asks["life"] {
			f["story"] = s.story(&hero.Head)
		}
	}
	if opening(f["story"]) != "" && opening(f["story"]) == opening(f["life"]) {
		f["story"] = "" // the board begins as the person's story does
	}
	if asks["advice"] {
		f["advice"] = s.advice(hero, look)
	}
	if x.Stop > 0 && x.Next != nil && x.Next.Stop == x.Stop+1 {
		f["next"], f["nextnumber"] = x.Next.Name, x.Next.Number
		if asks["steps"] {
			f["steps"] = wayfinding.Distance(s.between(x, x.Next), look.T)
		}
	}
	if d.Has(design.Picture, "plan") {
		p.Plan = s.planPicture(x.Venue)
	}
	if d.Has(design.Names, "") {
		p.Rolls = s.rolls(x, look)
	}
	if d.Has(design.Ways, "") {
		p.Ways = s.ways(x, look)
	}
}

// ask tells which fields a design has, and fills in those that are words of the theme.
func (s *session) ask(f map[string]string, d *design.Design, look *theme.Edition) map[string]bool {
	asks := map[string]bool{}
	for _, name := range d.Fields() {
		asks[name] = true
		if key, ok := strings.CutPrefix(name, "t:"); ok {
			f[name] = look.T(key)
		}
	}
	return asks
}

// opening is the beginning of a text, enough to know it again.
func opening(text string) string {
	r := []rune(strings.TrimLeft(text, "　"))
	return string(r[:min(len(r), 12)])
}

// hero adds what a plaque says of a person.
func (s *session) hero(p *kit.Plaque, d *design.Design, h *site.Hero, look *theme.Edition, asks map[string]bool) {
	f := p.Fields
	f["name"], f["words"] = h.Name, h.Words
	f["line"] = cmp.Or(f["line"], h.Line)
	if asks["pinyin"] && h.HeroKind == content.Person && inHan(h.Name) { // Latin letters need none
		f["pinyin"] = capitals(han.SpellName(h.Name, h.Pinyin))
	}
	if h.Status == content.Fallen {
		f["fallen"] = look.T("status." + string(h.Status))
	}
	var members []string
	for _, m := range h.Members {
		members = append(members, m.Name)
	}
	f["members"] = strings.Join(members, look.T("enumeration"))
	if deed := h.Deed; deed != nil {
		f["when"], f["where"] = s.day(deed.Date), deed.Place
		if deed.Type != "" {
			f["deed"] = look.T("deed." + string(deed.Type))
		}
	}
	if f["where"] == "" && h.Place != nil {
		f["where"] = strings.Join(h.Place.Path, "")
	}
	if c := h.Confirmed; c != nil {
		f["confirmed"] = c.By
	}
	var honors []string
	for _, x := range h.Held {
		honors = append(honors, honor(x))
	}
	if len(honors) > 0 {
		f["honor"] = honors[0]
	}
	f["honors"] = strings.Join(honors, "\n")
	for _, fact := range []struct{ label, value string }{
		{look.T("plaque.when"), f["when"]}, {look.T("plaque.where"), f["where"]}, {look.T("plaque.deed"), f["deed"]},
		{look.T("fact.confirmed"), f["confirmed"]}, {look.T("fact.native"), h.NativePlace},
	} {
		if fact.label == look.T("plaque.when") { // a date is not broken
			fact.value = strings.Join(strings.FieldsFunc(strings.NewReplacer("年", "年|", "月", "月|").Replace(fact.value), func(r rune) bool { return r == '|' }), "\u2060")
		}
		if fact.value != "" {
			p.Facts = append(p.Facts, design.Fact{Label: fact.label, Value: fact.value})
		}
	}
	if asks["life"] {
		f["life"] = s.story(&h.Head)
	}
	p.Photo = s.portrait(d, h)
}

// capitals spells a name as passports and street signs have it: PIAO ZHENGHE.
func capitals(syllables []string) string {
	if len(syllables) == 0 {
		return ""
	}
	return strings.ToUpper(syllables[0] + " " + strings.Join(syllables[1:], ""))
}

func honor(x site.Holding) string {
	if x.Year != 0 {
		return fmt.Sprintf("%s　%d", x.Title, x.Year)
	}
	return x.Title
}

// day is a date in the words of the site's own language.
func (s *session) day(d date.Date) string {
	if s.Model.Editions[0].Tag == content.En {
		return d.English()
	}
	return d.Chinese()
}

// advice is what to do who sees such a danger: what site.yaml says of it, else the theme's
// words for this kind of deed, else its general ones.
func (s *session) advice(h *site.Hero, look *theme.Edition) string {
	kind := content.DeedType("other")
	if h != nil && h.Deed != nil && h.Deed.Type != "" {
		kind = h.Deed.Type
	}
	if p := s.Model.Config.Plaque; p != nil && p.Advice != "" {
		return p.Advice
	}
	return look.T("advice." + string(kind))
}

// portrait is the picture of a hero for a design that shows one.
func (s *session) portrait(d *design.Design, h *site.Hero) *kit.Photo {
	if h.Portrait == nil || !d.Has(design.Picture, "portrait") {
		return nil
	}
	return s.photo(h.Dir, h.Portrait.Src.Path)
}

// between is how many metres there are from a stop to the one after it, in a straight line
// as the venue's page has it, or -1 where that is not known.
func (s *session) between(a, b *site.Exhibit) float64 {
	v := a.Venue
	if v.PlanWidth == 0 || len(a.PlanAt) != 2 || len(b.PlanAt) != 2 {
		return -1
	}
	plan := s.plan(v)
	if plan == nil {
		return -1
	}
	at := func(x *site.Exhibit) wayfinding.Point { // m
		return wayfinding.Point{X: x.PlanAt[0] * v.PlanWidth, Y: x.PlanAt[1] * v.PlanWidth * float64(plan.H) / float64(plan.W)}
	}
	return wayfinding.Length([]wayfinding.Point{at(a), at(b)})
}

// planPicture is the picture of a venue's plan.
func (s *session) planPicture(v *site.Venue) *kit.Photo {
	if v.Plan == nil {
		return nil
	}
	return s.photo(v.Dir, v.Plan.Src.Path)
}

func (s *session) photo(dir, name string) *kit.Photo {
	o, err := s.Media.Original(dir, name)
	if err != nil {
		return nil // told already, with the page
	}
	return &kit.Photo{
		Print: fingerprint.Sum(o.Digest[:], media.EncodedBy()), Width: o.Width, Height: o.Height, Drawing: !o.Raster,
		Cover: func(w, h int) (*image.RGBA, error) { return s.Media.Cover(o, w, h) },
	}
}

// inHan tells whether a text is written in Chinese characters, in part at least.
func inHan(text string) bool { return strings.ContainsFunc(text, han.Is) }

// story is the plain text of a record, paragraph by paragraph, without the names that
// must not be shown.
func (s *session) story(h *content.Head) string {
	var out []string
	for para := range strings.SplitSeq(s.text(h), "\n") {
		if para = strings.TrimSpace(para); para != "" && !strings.ContainsRune(signs, []rune(para)[0]) { // ways are for signs
			out = append(out, para)
		}
	}
	if len(out) > 1 && inHan(out[0]) {
		return "　　" + strings.Join(out, "\n　　")
	}
	return strings.Join(out, "\n")
}

// text is all of a record's text, as story has it.
func (s *session) text(h *content.Head) string {
	body, changed := content.ReadBody(s.Texts, h)
	if changed != nil {
		s.found.Add(*changed)
		return ""
	}
	var refs markdown.Refs
	if len(s.Plans) > 0 {
		refs = s.Plans[0].Refs[h]
	}
	return refs.Text(body)
}

// rolls are the names for a wall: the exhibit's own people, else all of the site. Those who
// hold an honour with sessions stand under these, the largest such honour's; others under the
// year of their deed; each by the strokes of their surnames.
func (s *session) rolls(x *site.Exhibit, look *theme.Edition) []design.Roll {
	people := x.Heroes
	if len(people) < 2 {
		people = s.Model.Editions[0].Heroes
	}
	held := map[*site.Honor]int{}
	var main *site.Honor
	for _, h := range people {
		for _, k := range h.Held {
			if k.Of == nil {
				continue
			}
			if held[k.Honor]++; main == nil || held[k.Honor] > held[main] {
				main = k.Honor
			}
		}
	}
	type roll struct {
		head   string
		order  int
		people []*site.Hero
	}
	byHead := map[string]*roll{}
	for _, h := range people {
		head, order := "", 100000
		for _, k := range h.Held {
			if k.Of != nil && k.Honor == main {
				i := slices.Index(main.Sessions, k.Of)
				head, order = s.sessionName(k.Of, look), i
				break
			}
		}
		if head == "" && h.Year() != 0 {
			head, order = s.day(date.Date{Year: h.Year()}), 10000+h.Year()
		}
		r := byHead[head]
		if r == nil {
			r = &roll{head: head, order: order}
			byHead[head] = r
		}
		r.people = append(r.people, h)
	}
	var rolls []*roll
	for _, r := range byHead {
		rolls = append(rolls, r)
	}
	slices.SortFunc(rolls, func(a, b *roll) int { return cmp.Or(cmp.Compare(a.order, b.order), cmp.Compare(a.head, b.head)) })
	var out []design.Roll
	for _, r := range rolls {
		slices.SortStableFunc(r.people, func(a, b *site.Hero) int {
			return cmp.Compare(han.StrokeKey(a.Name, han.BySurname), han.StrokeKey(b.Name, han.BySurname))
		})
		one := design.Roll{Head: cmp.Or(r.head, look.T("plaque.others"))}
		for _, h := range r.people {
			one.Names = append(one.Names, h.Name)
		}
		out = append(out, one)
	}
	return out
}

// sessionName is a session with its year.
func (s *session) sessionName(x *site.HonorSession, look *theme.Edition) string {
	name := x.Number
	if _, err := strconv.Atoi(name); err == nil && len(name) < 4 {
		name = look.T("session", name)
	} else if err == nil {
		name = "" // a year
	}
	if x.Year != 0 {
		name = strings.TrimSpace(name + "　" + s.day(date.Date{Year: x.Year}))
	}
	return name
}

// signs are what a line of an exhibit's text begins with to be a way on its sign.
const signs = "↑↗→↘↓↙←↖♿"

// ways are the lines of the exhibit's text that begin with an arrow or ♿; where there are
// none, what comes next along the route.
func (s *session) ways(x *site.Exhibit, look *theme.Edition) []design.Way {
	var out []design.Way
	for line := range strings.SplitSeq(s.text(&x.Head), "\n") {
		line = strings.TrimSpace(strings.TrimLeft(line, "-*• "))
		for _, sign := range signs {
			if rest, ok := strings.CutPrefix(line, string(sign)); ok {
				out = append(out, design.Way{Sign: string(sign), Text: strings.TrimSpace(strings.TrimPrefix(rest, "\ufe0f"))})
			}
		}
	}
	if len(out) > 0 {
		return out
	}
	for next := x.Next; next != nil && next.Stop > 0 && len(out) < 4; next = next.Next {
		out = append(out, design.Way{Text: strings.TrimSpace(next.Number + "　" + next.Name), Short: next.Number})
	}
	return out
}
