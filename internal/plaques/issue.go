package plaques

import (
	"context"
	"errors"
	"io"
	"os"
	"slices"

	"mingdeng/internal/diag"
	"mingdeng/internal/plaque/code"
	"mingdeng/internal/plaque/ledger"
	"mingdeng/internal/plaque/qr"
	"mingdeng/internal/project"
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

	length int
}

// Asks tells whether somebody has to type the address before anything is written.
func (p IssuePlan) Asks() bool { return !p.Confirmed && (len(p.Exhibits) > 0 || p.Moves) }

// Typed is what is to be typed.
func (p IssuePlan) Typed() string { return ledger.Typed(p.Address) }

// ErrUnconfirmed says that nobody has typed the address that codes are to bear, or that
// what was typed is another one.
var ErrUnconfirmed = errors.New("the address is not confirmed")

// PlanIssue tells which exhibits would get a code, or which of those of only (see
// [session.wanting]), and what speaks against it: an address that cannot be printed, samples.
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
	p = IssuePlan{Address: s.Model.PlaqueBase()}
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
	exhibits, named, findings := s.wanting(only)
	for _, x := range exhibits {
		path := pathOf(x)
		switch why := x.SampleOf(); {
		case why == nil:
			p.Exhibits = append(p.Exhibits, path)
		case named[x]:
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
	New []ledger.Entry // that the ledger has, in whatever way Issue ended
}

// Issue gives a code to every published exhibit that has none, or to those of only (an
// exhibit or a venue each, by path, file, address or name), and keeps them in the ledger as
// they are allotted. o.Progress is told how many are kept. Samples get none, nor does a site whose address
// will not last. The first codes of an address need typed: the address as somebody typed
// it, since it can never be changed again; else the error is [ErrUnconfirmed] and nothing
// is written. That the ledger has the address is the proof that it was typed once.
// random is where codes are drawn from. An error after the first codes, that of ctx too,
// leaves them in force: New has them, and issuing again goes on with the others.
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
	write := func() error { return book.Write(root, ledger.Path) }
	if plan.Moves {
		if f := book.Readdress(plan.Address); f != nil {
			out.Findings = append(out.Findings, *f)
			return out, project.ErrFindings
		}
		if err := write(); err != nil {
			return out, err
		}
	}
	progress := o.Progress
	if progress == nil {
		progress = func(done, total int) {}
	}
	var f *diag.Finding
	out.New, f, err = plan.allot(ctx, book, write, ledger.Entry{Issued: o.Today, Status: ledger.Active}, random, progress)
	if f != nil {
		out.Findings = append(out.Findings, *f)
	}
	return out, err
}

// open loads a site. With an error there is no project, only what was found.
func open(o project.Options) (*session, *os.Root, error) {
	p, found, root, err := project.Open(o)
	return &session{Project: p, found: found}, root, err
}
