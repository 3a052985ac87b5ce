package generate

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf16"

	"mingdeng/internal/bench/synth"
	"mingdeng/internal/date"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/project"
)

// What a build leaves of the index to the next one names nobody whose consent is gone,
// from the build on that takes the page away.
func TestLeftNamesNobodyWithheld(t *testing.T) {
	dir := t.TempDir()
	site := synth.Site{Records: 60, Seed: 1, Search: true}
	if err := site.Write(dir); err != nil {
		t.Fatal(err)
	}
	var name, file string
	for r := range site.All() {
		if name == "" && r.Kind == synth.Hero && bytes.Contains(r.Markdown(nil), []byte("publish: true")) {
			name, file = r.Title, filepath.Join(dir, "content", filepath.FromSlash(r.File))
		}
	}
	build := func() (left []byte) {
		t.Helper()
		r, err := Run(context.Background(), project.Options{
			Root: dir, Out: filepath.Join(dir, "public"), Today: date.Date{Year: 2026, Month: 11, Day: 22},
			Program: fingerprint.Sum([]byte("test")), Themes: builtin,
		})
		if err != nil {
			t.Fatal(err, r.Findings)
		}
		left, err = os.ReadFile(filepath.Join(dir, "public", ".mingdeng", "left", "search"))
		if err != nil {
			t.Fatal(err)
		}
		return left
	}
	var units []byte
	for _, u := range utf16.Encode([]rune(name)) {
		units = append(units, byte(u), byte(u>>8))
	}
	if !bytes.Contains(build(), units) {
		t.Fatalf("%s is not where the test looks", name)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, bytes.Replace(text, []byte("publish: true"), []byte("publish: false"), 1), 0o666); err != nil {
		t.Fatal(err)
	}
	// Whoever names the withheld person elsewhere is a finding: all who do are taken out.
	for r := range site.All() {
		p := filepath.Join(dir, "content", filepath.FromSlash(r.File))
		if b, err := os.ReadFile(p); p != file && err == nil && bytes.Contains(b, []byte(name)) {
			if err := os.WriteFile(p, bytes.ReplaceAll(b, []byte(name), []byte("某人")), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	if bytes.Contains(build(), units) {
		t.Errorf("%s is still in what was left", name)
	}
}
