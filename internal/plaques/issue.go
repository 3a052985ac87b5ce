package plaques

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"io"
	"os"
	"slices"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/han"
	"mingdeng/internal/plaque/code"
	"mingdeng/internal/plaque/ledger"
	"mingdeng/internal/plaque/proof"
	"mingdeng/internal/plaque/qr"
	"mingdeng/internal/project"
	"mingdeng/internal/site"
)

// IssuePlan is what [Issue] would do: nothing of it is done yet.
type IssuePlan struct {
	Address   string // printed in all codes
	Confirmed bool   // the ledger has it: somebody has typed it once
	// Moves tells that the codes issued so far bear an address that nobody can open, and
	// will bear Address instead.
	Moves    bool
	Exhibits []string // VENUE/EXHIBIT of those that get a code
	Samples  []string // of those that are samples and get none
	Version  int      // of the symbols
	Room     int      // characters the host may still grow before the next version
	Findings []diag.Finding

	taken  map[string]bool
	length int
}

// Asks tells whether somebody has to type the address before anything is written.
func (p IssuePlan) Asks() bool { return !p.Confirmed && (len(p.Exhibits) > 0 || p.Moves) }

// Typed is what is to be typed.
func (p IssuePlan) Typed() string { return ledger.Typed(p.Address) }

// ErrUnconfirmed says that nobody has typed the address that codes are to bear, or that
// what was typed is another one.
var ErrUnconfirmed = errors.New("the address is not confirmed")

// PlanIssue tells which exhibits would get a code, or which of those named
// (VENUE/EXHIBIT), and what speaks against it: an address that cannot be printed, samples.
func PlanIssue(o project.Options, only []string) (IssuePlan, error) {
	plan, _, root, err := planIssue(o, only)
	if root != nil {
		root.Close()
	}
	return plan, err
}

func planIssue(o project.Options, only []string) (p IssuePlan, book *ledger.Ledger, root *os.Root, err error) {
	s, root, err := open(o)
	if err != nil {
		return IssuePlan{Findings: s.found.Sorted()}, nil, nil, err
	}
	p = IssuePlan{Address: s.Model.PlaqueBase(), taken: map[string]bool{}}
	for _, f := range s.found.Sorted() {
		if p.Moves = p.Moves || f.Code == diag.PlaqueUnconfirmed; f.Code != diag.PlaqueUnconfirmed {
			p.Findings = append(p.Findings, f) // the one that issuing mends
		}
	}
	if faulty(p.Findings) {
		return p, nil, root, project.ErrFindings
	}
	if book = s.Ledger; book == nil {
		book = ledger.New(ledger.Path, p.Address)
	}
	p.Confirmed = s.Ledger != nil && !p.Moves
	for _, e := range book.Entries() {
		p.taken[e.Code] = true
	}
	exhibits, findings := s.wanting(only)
	for _, x := range exhibits {
		path := x.Venue.Slug + "/" + x.Slug
		switch why := x.SampleOf(); {
		case why == nil:
			p.Exhibits = append(p.Exhibits, path)
		case len(only) > 0:
			findings = append(findings, diag.PlaqueSample.At(x.Path, x.At("sample"), path, why.Base().Path))
		default:
			p.Samples = append(p.Samples, path)
		}
	}
	if len(p.Exhibits) > 0 || p.Moves {
		findings = append(findings, s.printable(p.Address)...)
	}
	if p.Findings = append(p.Findings, findings...); faulty(findings) {
		return p, nil, root, project.ErrFindings
	}
	p.length = code.Shortest
	if a := s.Content.Site.Plaque; a != nil && a.CodeLength != 0 {
		p.length = a.CodeLength
	}
	p.Version, p.Room, err = qr.Room(p.Address, p.length)
	return p, book, root, err
}

func faulty(found []diag.Finding) bool {
	return slices.ContainsFunc(found, func(f diag.Finding) bool { return f.Code.Severity == diag.Error })
}

// printable tells what speaks against printing an address in codes.
func (s *session) printable(base string) []diag.Finding {
	config := s.Content.Site
	at := config.Places.At("base_url")
	if config.Plaque != nil && config.Plaque.BaseURL != "" {
		at = config.Places.At("plaque")
	}
	if why := ledger.Judge(base); why != ledger.Fit {
		words := why.Text()
		return []diag.Finding{diag.PlaqueAddress.At(config.Path, at, ledger.Typed(base), words.Zh, words.En)}
	}
	if zh, en := ledger.Frail(base); zh != "" {
		return []diag.Finding{diag.PlaqueFrail.At(config.Path, at, base, zh, en)}
	}
	return nil
}

// Issued is what [Issue] did.
type Issued struct {
	IssuePlan
	New []ledger.Entry
}

// Issue gives a code to every published exhibit that has none, or to those named
// (VENUE/EXHIBIT), and writes the ledger. Samples get none, nor does a site whose address
// will not last. The first codes of an address need typed: the address as somebody typed
// it, since it can never be changed again; else the error is [ErrUnconfirmed] and nothing
// is written. That the ledger has the address is the proof that it was typed once.
// random is where codes are drawn from.
func Issue(ctx context.Context, o project.Options, only []string, typed string, random io.Reader) (Issued, error) {
	plan, book, root, err := planIssue(o, only)
	if root != nil {
		defer root.Close()
	}
	out := Issued{IssuePlan: plan}
	switch {
	case err != nil:
		return out, err
	case typed != "" && !ledger.Confirms(typed, plan.Address):
		return out, ErrUnconfirmed
	case plan.Asks() && typed == "":
		return out, ErrUnconfirmed
	}
	for _, exhibit := range plan.Exhibits {
		if ctx.Err() != nil {
			return out, ctx.Err()
		}
		c, err := code.Allot(random, plan.length, func(c string) bool { return plan.taken[c] }, func(c string) bool { return readsClean(plan.Address, c) })
		if err != nil {
			return out, fmt.Errorf("%s: %w", plan.Address, err)
		}
		plan.taken[c] = true
		out.New = append(out.New, ledger.Entry{Code: c, Exhibit: exhibit, Issued: o.Today, Status: ledger.Active})
	}
	if len(out.New) == 0 && !plan.Moves {
		return out, nil
	}
	var f *diag.Finding
	if plan.Moves {
		f = book.Readdress(plan.Address)
	}
	if f == nil {
		f = book.Add(out.New...)
	}
	if f != nil {
		out.Findings = append(out.Findings, *f)
		return out, project.ErrFindings
	}
	return out, book.Write(root, ledger.Path)
}

// readsClean tells whether every decoder at hand reads the symbol of a code.
func readsClean(base, c string) bool {
	address, err := qr.Address(base, c)
	if err != nil {
		return false
	}
	symbol, err := qr.Encode(address)
	if err != nil {
		return false
	}
	var others []qr.Decoder
	for _, r := range proof.Readers() {
		others = append(others, func(img image.Image) (string, error) {
			grey := image.NewGray(img.Bounds())
			draw.Draw(grey, grey.Rect, img, grey.Rect.Min, draw.Src)
			texts, err := r.Read([]*image.Gray{grey})
			if err != nil {
				return "", err
			}
			return texts[0], nil
		})
	}
	return qr.ReadsClean(symbol, others...) == nil
}

// wanting lists the exhibits that are to get a code.
func (s *session) wanting(only []string) ([]*site.Exhibit, []diag.Finding) {
	byPath := map[string]*site.Exhibit{}
	var paths []string
	var list []*site.Exhibit
	for _, v := range s.Model.Editions[0].Venues {
		for _, x := range v.Exhibits {
			path := v.Slug + "/" + x.Slug
			byPath[path] = x
			paths = append(paths, path)
			if x.Code == "" && len(only) == 0 {
				list = append(list, x)
			}
		}
	}
	var found []diag.Finding
	for _, path := range only {
		switch x := byPath[path]; {
		case x == nil:
			found = append(found, diag.DanglingRef.At("plaque issue", diag.Pos{}, path, "展品", "exhibit", han.Nearest(path, paths)))
		case x.Code == "":
			list = append(list, x)
		}
	}
	return list, found
}

// Retire takes a code out of force and writes the ledger.
func Retire(o project.Options, retired, successor string) ([]diag.Finding, error) {
	root, err := project.OpenRoot(o.Root)
	if err != nil {
		return []diag.Finding{project.NoSite()}, project.ErrFindings
	}
	defer root.Close()
	book, found := project.ReadLedger(content.Texts(root.FS()))
	if book == nil {
		book = ledger.New(ledger.Path, "")
	}
	for _, f := range found {
		if f.Code.Severity == diag.Error {
			return found, project.ErrFindings
		}
	}
	if f := book.Retire(code.Fold(retired), code.Fold(successor)); f != nil {
		return append(found, *f), project.ErrFindings
	}
	return found, book.Write(root, ledger.Path)
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

// open loads a site. With an error there is no project, only what was found.
func open(o project.Options) (*session, *os.Root, error) {
	p, found, root, err := project.Open(o)
	return &session{Project: p, found: found}, root, err
}
