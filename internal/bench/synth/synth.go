// Package synth invents sites of any size: credible Chinese texts about people who
// do not exist, in a province that does not exist, for tests and benchmarks that
// need ten thousand pages and may name nobody.
//
// A [Site] is two numbers, how many records and a seed; everything else follows
// from them. A record is made from its own place alone: its words from a generator
// seeded by (seed, kind, index), the records it refers to by arithmetic on indices.
// So records stream, no two runs differ by a byte, a site of 100,000 records needs
// no more memory than one of ten, and whoever wants to know what refers to a hero
// can compute it (see [Record.Traces]).
//
// Per thousand records: some 760 heroes, 160 briefs, 30 chapters, 30 exhibits, and
// a few books, venues, honours with their sessions, units, reports and pages.
// A record is about 3 KB of Markdown: headings, lists, emphasis, links to other
// records, a table and footnotes now and then. Half of the records have Chinese
// keys, a quarter of the heroes Chinese file names without a slug of their own.
//
// A rich site is what an association has after years of work: per thousand records
// some 590 heroes of 3 KB, 270 briefs of 2 KB, 80 exhibits, and a book of 40 chapters
// of 5 KB. Every text but those of a few lines has headings, lists, a table
// and bold words. Benchmarks are about rich sites unless they say plain.
//
// [Site.Write] writes the content folder of a Mingdeng site; [Site.All] gives
// the same records as values, for writing them another way. There are no pictures
// and no plaques: a picture costs what its size says, and drowns all else.
package synth

import (
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// Site says which site to invent.
type Site struct {
	Records int    // how many files of content; at least 60, for every kind to occur
	Seed    uint64 // equal seeds, equal bytes
	Search  bool   // whether the site has a search
	Rich    bool   // whether texts are of many parts, as after years of work; see the package comment
}

// Write writes a site of n records without search below dir; see [Site.Write].
func Write(dir string, n int, seed uint64) error {
	return Site{Records: n, Seed: seed}.Write(dir)
}

// Write writes the content folder below dir, which is made if it is not there. It
// removes nothing.
func (s Site) Write(dir string) error {
	root := filepath.Join(dir, "content")
	if err := os.MkdirAll(root, 0o777); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(root, "site.yaml"), s.config(), 0o666); err != nil {
		return err
	}
	var buf []byte
	last := root
	for r := range s.All() {
		path := filepath.Join(root, filepath.FromSlash(r.File))
		if dir := filepath.Dir(path); dir != last {
			if err := os.MkdirAll(dir, 0o777); err != nil {
				return err
			}
			last = dir
		}
		buf = r.Markdown(buf[:0])
		if err := os.WriteFile(path, buf, 0o666); err != nil {
			return err
		}
	}
	return nil
}

// All gives every record, kind after kind.
func (s Site) All() iter.Seq[*Record] {
	p := s.plan()
	makers := []struct {
		n    int
		make func(int) *Record
	}{
		{p.heroes, p.hero}, {p.briefs, p.brief}, {p.books, p.book}, {p.chapters, p.chapter}, {p.venues, p.venue},
		{p.exhibits, p.exhibit}, {p.honors, p.honor}, {p.units, p.unit}, {p.reports, p.report}, {p.pages, p.page},
	}
	return func(yield func(*Record) bool) {
		for _, m := range makers {
			for i := range m.n {
				if !yield(m.make(i)) {
					return
				}
			}
		}
	}
}

// rng is the generator of one record.
func (p plan) rng(kind Kind, i int) *rand.Rand {
	salt := uint64(0)
	for _, c := range []byte(kind) {
		salt = salt*131 + uint64(c)
	}
	return rand.New(rand.NewPCG(p.Seed^salt<<32, uint64(i)))
}
