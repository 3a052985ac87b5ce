package build

import (
	"cmp"
	"context"
	"fmt"
	"image"
	"image/draw"
	"io"
	"os"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/han"
	"mingdeng/internal/plaque/code"
	"mingdeng/internal/plaque/ledger"
	"mingdeng/internal/plaque/proof"
	"mingdeng/internal/plaque/qr"
	"mingdeng/internal/site"
)

// Issued is what [Issue] did.
type Issued struct {
	New      []ledger.Entry
	Version  int // of the symbols
	Room     int // characters the host may still grow before the next version
	Findings []diag.Finding
}

// Issue gives a code to every published exhibit that has none, or to those named
// (VENUE/EXHIBIT), and writes the ledger. random is where codes are drawn from.
func Issue(ctx context.Context, o Options, only []string, random io.Reader) (Issued, error) {
	s, root, err := open(o)
	if err != nil || s == nil {
		return Issued{Findings: missingSite()}, cmp.Or(err, ErrFindings)
	}
	defer root.Close()
	out := Issued{Findings: s.found.Sorted()}
	if s.found.Errors() > 0 {
		return out, ErrFindings
	}
	base := s.model.PlaqueBase()
	length := code.Shortest
	if p := s.content.Site.Plaque; p != nil && p.CodeLength != 0 {
		length = p.CodeLength
	}
	book := s.ledger
	if book == nil {
		book = ledger.New(ledger.Path, base)
	}
	taken := map[string]bool{}
	for _, e := range book.Entries() {
		taken[e.Code] = true
	}
	exhibits, findings := s.wanting(only)
	if len(findings) > 0 {
		out.Findings = append(out.Findings, findings...)
		return out, ErrFindings
	}
	for _, x := range exhibits {
		if ctx.Err() != nil {
			return out, ctx.Err()
		}
		c, err := code.Allot(random, length, func(c string) bool { return taken[c] }, func(c string) bool { return readsClean(base, c) })
		if err != nil {
			return out, fmt.Errorf("%s: %w", base, err)
		}
		taken[c] = true
		out.New = append(out.New, ledger.Entry{Code: c, Exhibit: x.Venue.Slug + "/" + x.Slug, Issued: o.Today, Status: ledger.Active})
	}
	if out.Version, out.Room, err = qr.Room(base, length); err != nil {
		return out, err
	}
	if len(out.New) == 0 {
		return out, nil
	}
	if f := book.Add(out.New...); f != nil {
		out.Findings = append(out.Findings, *f)
		return out, ErrFindings
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
func (s *stages) wanting(only []string) ([]*site.Exhibit, []diag.Finding) {
	byPath := map[string]*site.Exhibit{}
	var paths []string
	var list []*site.Exhibit
	for _, v := range s.model.Editions[0].Venues {
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
func Retire(o Options, retired, successor string) ([]diag.Finding, error) {
	root, err := openRoot(o.Root)
	if err != nil {
		return missingSite(), ErrFindings
	}
	defer root.Close()
	book, found := readLedger(content.Texts(root.FS()))
	if book == nil {
		book = ledger.New(ledger.Path, "")
	}
	for _, f := range found {
		if f.Code.Severity == diag.Error {
			return found, ErrFindings
		}
	}
	if f := book.Retire(code.Fold(retired), code.Fold(successor)); f != nil {
		return append(found, *f), ErrFindings
	}
	return found, book.Write(root, ledger.Path)
}

// Codes lists the codes of a site, and the address they are printed with.
func Codes(o Options) (codes []*site.Code, base string, found []diag.Finding, err error) {
	s, root, err := open(o)
	if err != nil || s == nil {
		return nil, "", missingSite(), cmp.Or(err, ErrFindings)
	}
	defer root.Close()
	if found = s.found.Sorted(); s.found.Errors() > 0 {
		return nil, "", found, ErrFindings
	}
	return s.model.Editions[0].Codes, s.model.PlaqueBase(), found, nil
}

// open loads a site for a command that does not build it.
func open(o Options) (*stages, *os.Root, error) {
	root, err := openRoot(o.Root)
	if err != nil {
		return nil, nil, nil
	}
	fsys := content.Texts(root.FS())
	tree, found := content.Scan(fsys)
	s := &stages{Options: o, allFiles: root.FS(), fsys: fsys, memory: forgetful{}, loader: new(content.Loader)}
	s.found.Add(found...)
	if len(tree.Files) == 0 {
		root.Close()
		return nil, nil, nil
	}
	s.load(tree)
	return s, root, nil
}

func missingSite() []diag.Finding {
	return []diag.Finding{diag.NoSite.At(content.Root+"/site.yaml", diag.Pos{})}
}
