package plaques

import (
	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/plaque/code"
	"mingdeng/internal/plaque/ledger"
	"mingdeng/internal/plaque/qr"
	"mingdeng/internal/project"
	"mingdeng/internal/site"
)

// Listed is a code as lists show it.
type Listed struct {
	Code      string        `json:"code"`
	Status    ledger.Status `json:"status"`
	Issued    string        `json:"issued"`  // a day
	Exhibit   string        `json:"exhibit"` // VENUE/EXHIBIT
	Venue     string        `json:"venue"`   // names, "" of what is not published
	Name      string        `json:"name"`
	Address   string        `json:"address"` // in its symbol; "" where there is none that can be printed
	Successor string        `json:"successor"`
}

// Called is what the exhibit is called, or its path where nothing published is called so.
func (l Listed) Called() string {
	if l.Name == "" {
		return l.Exhibit
	}
	return l.Venue + " · " + l.Name
}

// register finds what is published by the names that the ledger has for it.
type register struct {
	base     string // printed in codes
	venues   map[string]string
	exhibits map[string]string
}

// newRegister is of a model, or empty for nil.
func newRegister(base string, m *site.Model) register {
	r := register{base, map[string]string{}, map[string]string{}}
	if m == nil {
		return r
	}
	for _, v := range m.Editions[0].OwnVenues() {
		r.venues[v.Slug] = v.Name
		for _, x := range v.Exhibits {
			r.exhibits[pathOf(x)] = x.Name
		}
	}
	return r
}

func (r register) listed(e ledger.Entry) Listed {
	l := Listed{
		Code: e.Code, Status: e.Status, Issued: e.Issued.String(), Exhibit: e.Exhibit, Successor: e.Successor,
		Venue: r.venues[e.Venue()], Name: r.exhibits[e.Exhibit],
	}
	if address, err := qr.Address(r.base, e.Code); err == nil {
		l.Address = address
	}
	return l
}

// List tells of every code that was ever issued, in the ledger's order.
func List(o project.Options) ([]Listed, []diag.Finding, error) {
	s, root, err := open(o)
	if err != nil {
		return nil, s.found.Sorted(), err
	}
	defer root.Close()
	if s.found.Errors() > 0 {
		return nil, s.found.Sorted(), project.ErrFindings
	}
	var out []Listed
	if s.Ledger != nil {
		r := newRegister(s.Model.PlaqueBase(), s.Model)
		for _, e := range s.Ledger.Entries() {
			out = append(out, r.listed(e))
		}
	}
	return out, s.found.Sorted(), nil
}

// Retired is what [Retire] did.
type Retired struct {
	Listed
	Heir *Listed `json:"heir"` // the code in force that visitors are led to, or nil
}

// Retire takes a code out of force and writes the ledger. A site with errors is no hindrance:
// then names are not known.
func Retire(o project.Options, retired, successor string) (Retired, []diag.Finding, error) {
	root, err := project.OpenRoot(o.Root)
	if err != nil {
		return Retired{}, []diag.Finding{project.NoSite()}, project.ErrFindings
	}
	defer root.Close()
	book, found := project.ReadLedger(content.Texts(root.FS()))
	if book == nil {
		book = ledger.New(ledger.Path, "")
	}
	if faulty(found) {
		return Retired{}, found, project.ErrFindings
	}
	model, _, _, err := project.Resolved(o)
	if err != nil {
		model = nil
	}
	r := newRegister(book.BaseURL(), model)
	retired = code.Fold(retired)
	if f := book.Retire(retired, code.Fold(successor)); f != nil {
		return Retired{}, append(found, *f), project.ErrFindings
	}
	if err := book.Write(root, ledger.Path); err != nil {
		return Retired{}, found, err
	}
	e, _ := book.Find(retired)
	out := Retired{Listed: r.listed(e)}
	if heir, ok := book.Heir(retired); ok {
		l := r.listed(heir)
		out.Heir = &l
	}
	return out, found, nil
}

// Codes lists the codes of a site, and the address they are printed with.
func Codes(o project.Options) (codes []*site.Code, base string, found []diag.Finding, err error) {
	s, root, err := open(o)
	if err != nil {
		return nil, "", s.found.Sorted(), err
	}
	defer root.Close()
	if found = s.found.Sorted(); s.found.Errors() > 0 {
		return nil, "", found, project.ErrFindings
	}
	return s.Model.Editions[0].Codes, s.Model.PlaqueBase(), found, nil
}
