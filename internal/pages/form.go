package pages

import (
	"mingdeng/internal/date"
	"mingdeng/internal/docform"
	"mingdeng/internal/site"
)

// The nomination form is one list of lines ([planner.formParts]), of which the page and the
// Word file are made.

// formLine is a line of the form by the names of its words: form.NAME, and form.NAME.hint
// where there is one.
type formLine struct {
	name  string
	hint  bool
	lines int      // of room
	boxes []string // the names of their words: form.NAME.BOX
}

var formLines = []struct {
	part  string
	lines []formLine
}{
	{"who", []formLine{{name: "name", lines: 1}, {name: "found", hint: true, lines: 1}}},
	{"deed", []formLine{
		{name: "when", lines: 1}, {name: "where", lines: 1}, {name: "what", hint: true, lines: 7},
		{name: "harm", lines: 2}, {name: "witnesses", hint: true, lines: 2},
		{name: "proof", boxes: []string{"photo", "film", "police", "paper", "none"}},
	}},
	{"by", []formLine{{name: "nominator", lines: 1}, {name: "relation", boxes: []string{"self", "family", "witness", "office", "other"}}, {name: "reach", lines: 1}, {name: "sign", lines: 1}}},
	{"consent", []formLine{
		{name: "publish", boxes: []string{"all", "text", "no", "unasked"}},
		{name: "person", lines: 1}, {name: "guardian", hint: true, lines: 1},
	}},
}

// FormAddress is that of the nomination form of an edition.
func FormAddress(e *site.Edition) site.Address { return site.Address(e.Prefix + "nominate/form/") }

// formFile is the form as a Word file, beside its page.
const formFile = "form.docx"

func (p *planner) formParts() []FormPart {
	var out []FormPart
	for _, part := range formLines {
		x := FormPart{Name: p.t("form." + part.part)}
		for _, l := range part.lines {
			r := FormRow{Label: p.t("form." + l.name), Lines: make([]string, l.lines)}
			if l.hint {
				r.Hint = p.t("form." + l.name + ".hint")
			}
			for _, b := range l.boxes {
				r.Boxes = append(r.Boxes, p.t("form."+l.name+"."+b))
			}
			x.Rows = append(x.Rows, r)
		}
		out = append(out, x)
	}
	if own := p.chrome.Nominate.Lines; len(own) > 0 {
		x := FormPart{Name: p.t("form.own")}
		for _, label := range own {
			x.Rows = append(x.Rows, FormRow{Label: label, Lines: make([]string, 1)})
		}
		out = append(out, x)
	}
	return out
}

// planForm plans the nomination form, where the site says how to nominate.
func (p *planner) planForm() {
	if p.chrome.Nominate == nil {
		return
	}
	a := FormAddress(p.e)
	p.add(a, "form", date.Date{}, func() View {
		title := p.t("form.title")
		v := &Form{
			Parts: p.formParts(), To: p.formTo(), Notes: p.formNotes(), Box: docform.Box,
			Word: p.href(a + formFile),
		}
		crumbs := p.crumbs()
		for _, x := range p.e.Pages {
			if asksNominations(x) {
				crumbs = p.crumbs(Link{x.Title, p.href(x.Address)})
			}
		}
		v.Frame = p.frame(a, about{Title: title, Description: p.t("form.about"), Section: "nominate", Crumbs: crumbs, Data: node{{"@type", "WebPage"}, {"name", title}}})
		return v
	})
}

// formTo says where the form goes.
func (p *planner) formTo() []Fact {
	n, o := p.chrome.Nominate, p.chrome.Organisation
	var out []Fact
	add := func(key, own, all string) {
		if own == "" {
			own = all
		}
		if own != "" {
			out = append(out, Fact{p.t(key), []Link{{Text: own}}})
		}
	}
	add("form.to", o.Name, p.chrome.Title)
	add("footer.address", n.Address, o.Address)
	add("footer.phone", n.Phone, o.Phone)
	add("footer.email", n.Email, o.Email)
	return out
}

func (p *planner) formNotes() []string {
	return []string{p.t("form.note.numbers"), p.t("form.note.consent"), p.t("form.note.help")}
}

// form is the same as a Word file; nil where there is none.
func (p *planner) wordForm() *WordForm {
	if p.chrome.Nominate == nil {
		return nil
	}
	f := docform.Form{Lang: string(p.e.Tag), Title: p.t("form.title"), By: p.chrome.Organisation.Name, Notes: p.formNotes()}
	for _, to := range p.formTo() {
		f.Intro = append(f.Intro, to.Label+"　"+to.Items[0].Text)
	}
	for _, part := range p.formParts() {
		x := docform.Part{Name: part.Name}
		for _, r := range part.Rows {
			x.Rows = append(x.Rows, docform.Row{Label: r.Label, Hint: r.Hint, Boxes: r.Boxes, Lines: len(r.Lines)})
		}
		f.Parts = append(f.Parts, x)
	}
	return &WordForm{FormAddress(p.e) + formFile, f}
}

// WordForm is the nomination form as a file.
type WordForm struct {
	File site.Address
	Form docform.Form
}

// asksNominations tells whether a page is the one about nominating.
func asksNominations(x *site.Page) bool { return x.Slug == "nominate" || x.Slug == "ju-jian" }
