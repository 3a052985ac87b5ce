package synth

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"mingdeng/internal/han"
)

func TestWriteIsDeterministic(t *testing.T) {
	sum := func(seed uint64) string {
		dir := t.TempDir()
		if err := Write(dir, 300, seed); err != nil {
			t.Fatal(err)
		}
		h, n := sha256.New(), 0
		err := filepath.Walk(dir, func(p string, info os.FileInfo, err error) error {
			if err != nil || info.IsDir() {
				return err
			}
			b, err := os.ReadFile(p)
			fmt.Fprintf(h, "%s %d\n%s", filepath.ToSlash(strings.TrimPrefix(p, dir)), len(b), b)
			n++
			return err
		})
		if err != nil || n != 301 {
			t.Fatalf("%d files, %v: want 300 and site.yaml", n, err)
		}
		return fmt.Sprintf("%x", h.Sum(nil))
	}
	if a, b := sum(1), sum(1); a != b {
		t.Error("two runs with one seed differ")
	}
	if sum(1) == sum(2) {
		t.Error("the seed changes nothing")
	}
}

// A site must have as many records as asked for, each at an address and a file of
// its own, with every reference leading to another record.
func TestRecordsFitTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := Site{Records: rapid.IntRange(60, 400).Draw(t, "records"), Seed: rapid.Uint64().Draw(t, "seed")}
		names := map[string]string{} // by address
		files := map[string]bool{}
		kinds := map[Kind]int{}
		var links []Link
		n := 0
		for r := range s.All() {
			n++
			kinds[r.Kind]++
			if names[r.Address] != "" {
				t.Fatalf("two records at %s", r.Address)
			}
			if files[strings.ToLower(r.File)] {
				t.Fatalf("two records in %s", r.File)
			}
			names[r.Address], files[strings.ToLower(r.File)] = r.Title, true
			links = append(append(links, r.Links...), r.Traces...)
			for _, f := range r.Facts {
				if a := f.Value.Address; a != "" && !strings.HasPrefix(a, "heroes/year/") && !strings.HasPrefix(a, "heroes/deed/") && f.Label != "荣誉" {
					links = append(links, f.Value)
				}
			}
			if strings.Count(r.Text, "[[") != len(r.Links) {
				t.Fatalf("%s: %d wiki links, %d told", r.File, strings.Count(r.Text, "[["), len(r.Links))
			}
		}
		if n != s.Records {
			t.Fatalf("%d records, not %d", n, s.Records)
		}
		for _, k := range []Kind{Hero, Brief, Book, Chapter, Venue, Exhibit, Honor, Unit, Report, Page} {
			if kinds[k] == 0 {
				t.Fatalf("no record of kind %s among %d", k, n)
			}
		}
		for _, l := range links {
			if names[l.Address] != l.Name {
				t.Fatalf("a link to %s calls %q what is %q", l.Address, l.Name, names[l.Address])
			}
		}
	})
}

func TestRecordsAreOfTheirSize(t *testing.T) {
	var all int
	var b []byte
	const n = 2000
	for r := range (Site{Records: n, Seed: 7}).All() {
		b = r.Markdown(b[:0])
		all += len(b)
		if r.Kind == Hero && (len(b) < 2000 || len(b) > 5000) {
			t.Errorf("%s has %d bytes", r.File, len(b))
		}
		if r.Kind == Hero && (!bytes.Contains(b, []byte("\nsample: true\n")) && !bytes.Contains(b, []byte("\n示例: true\n"))) {
			t.Fatalf("%s is not marked as invented", r.File)
		}
		if bytes.ContainsAny(b, "{}") {
			t.Fatalf("%s has a slot that nothing filled", r.File)
		}
	}
	if mean := all / n; mean < 2700 || mean > 3500 {
		t.Errorf("a record has %d bytes, not about 3 KB", mean)
	}
}

// Half a million names are told apart, and read differently.
func TestNames(t *testing.T) {
	for _, list := range [][]word{surnames, given} {
		readings := map[string]bool{}
		for _, w := range list {
			if readings[w.reading] || len([]rune(w.text)) != 1 {
				t.Errorf("%s %s: a reading for two, or no single character", w.text, w.reading)
			}
			readings[w.reading] = true
		}
	}
	p := Site{Records: 100_000, Seed: 3}.plan()
	seen := make(map[word]bool, p.heroes)
	for i := range p.heroes {
		seen[p.person(i)] = true
	}
	if len(seen) != p.heroes {
		t.Errorf("%d names for %d heroes", len(seen), p.heroes)
	}
}

// Where a file name is Chinese, the program must find the slug that references use.
func TestNamesAreReadAsWritten(t *testing.T) {
	check := func(text, reading string) {
		if got := han.SlugName(text); got != reading {
			t.Errorf("%s is read %s, not %s", text, got, reading)
		}
	}
	for _, s := range surnames {
		for _, g := range given {
			check(s.text+g.text, s.reading+"-"+g.reading)
		}
	}
	for _, a := range given {
		for _, b := range given {
			s := surnames[len(a.reading)*len(b.reading)%len(surnames)]
			check(s.text+a.text+b.text, s.reading+"-"+a.reading+"-"+b.reading)
		}
	}
}

func BenchmarkRecords(b *testing.B) {
	s := Site{Records: 1000, Seed: 1}
	var buf []byte
	n := 0
	for b.Loop() {
		for r := range s.All() {
			buf = r.Markdown(buf[:0])
			n += len(buf)
		}
	}
	b.SetBytes(int64(n / b.N))
}
