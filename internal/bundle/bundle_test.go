package bundle

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"
)

var whose = Manifest{Title: "山城见义勇为", Organisation: "山城协会", Address: "https://a.example/", Day: "2026-06-01"}

func written(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var w bytes.Buffer
	b := NewWriter(&w, whose)
	names := make([]string, 0, len(files))
	for n := range files {
		names = append(names, n)
	}
	slices.Sort(names)
	for _, n := range names {
		if err := b.Add(n, []byte(files[n])); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	return w.Bytes()
}

func TestWriteAndRead(t *testing.T) {
	files := map[string]string{"heroes/a/index.md": "x", "heroes/a/p-1.jpg": "y", "anthology/b/_index.md": "", "venues/v/e/index.md": "z", "briefs/2026/b/index.md": "1", "units/u/index.md": "2"}
	raw := written(t, files)
	if !bytes.Equal(raw, written(t, files)) {
		t.Error("the same files make other bytes")
	}
	a, err := Open(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	if err := a.Each(func(n string, b []byte) error { got[n] = string(b); return nil }); err != nil {
		t.Fatal(err)
	}
	for n, want := range files {
		if got[n] != want {
			t.Errorf("%s: %q, want %q", n, got[n], want)
		}
	}
	if len(got) != len(files) || a.Organisation != whose.Organisation || a.Date.String() != whose.Day {
		t.Errorf("%v %v", got, a.Manifest)
	}
}

// Whatever does not have exactly one of the forms is refused.
func TestPaths(t *testing.T) {
	for _, p := range []string{
		"", "/", ".", "..", "heroes", "heroes/a.md", "heroes/a/b/index.md", "heroes/../x/index.md", "../heroes/a/index.md", "/heroes/a/index.md",
		`heroes\a\index.md`, "C:/heroes/a/index.md", "heroes/a/index.md/", "heroes//index.md", "heroes/A/index.md", "heroes/a/INDEX.md", "heroes/a/x.JPG",
		"heroes/con/index.md", "heroes/a/nul.jpg", "heroes/com1/index.md", "heroes/a/x.html", "heroes/a/x.js", "heroes/a/x.yaml", "heroes/a/.x.jpg", "heroes/a/x",
		"heroes/a/index.en.md", "heroes/a\x00/index.md", "heroes/a/a.jpg.md", "heroes/张三/index.md", "heroes/a /index.md", "heroes/-a/index.md",
		"site.yaml", "plaques.yaml", "member.yaml", "members/x/heroes/index.md", "members/x/heroes/a/index.md", "themes/x/theme.yaml", "pages/a/index.md", "reports/2026/index.md",
		"screens/a/index.md", "honors/a/index.md", "briefs/26/a/index.md", "briefs/2026/index.md", "briefs/a/b/index.md", "anthology/b/index.md", "venues/v/e/_index.md",
		"heroes/" + strings.Repeat("a", 101) + "/index.md", "manifest.json/a/index.md",
	} {
		var no *Refusal
		if err := CheckPath(p); !errors.As(err, &no) || no.Text.Zh == "" || no.Text.En == "" {
			t.Errorf("%q: %v", p, err)
		}
	}
}

// hostile makes a zip of entries as they come, with a manifest that fits them.
func hostile(t testing.TB, change func(*Manifest), headers ...zip.FileHeader) []byte {
	var w bytes.Buffer
	z := zip.NewWriter(&w)
	m := whose
	m.Format = Format
	body := []byte("x")
	sum := sha256.Sum256(body)
	for _, h := range headers {
		f, err := z.CreateHeader(&h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write(body); err != nil {
			t.Fatal(err)
		}
		m.Files = append(m.Files, Listed{h.Name, 1, hex.EncodeToString(sum[:])})
	}
	if change != nil {
		change(&m)
	}
	f, _ := z.Create(ManifestName)
	if err := json.NewEncoder(f).Encode(m); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return w.Bytes()
}

func read(raw []byte) error {
	a, err := Open(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return err
	}
	return a.Each(func(string, []byte) error { return nil })
}

func TestRefused(t *testing.T) {
	sound := zip.FileHeader{Name: "heroes/a/index.md"}
	link := sound
	link.SetMode(fs.ModeSymlink | 0o777)
	folder := zip.FileHeader{Name: "heroes/a/index.md"}
	folder.SetMode(fs.ModeDir | 0o755)
	set := func(f func(*Manifest)) []byte { return hostile(t, f, sound) }
	for name, raw := range map[string][]byte{
		"a link":               hostile(t, nil, link),
		"a way up":             hostile(t, nil, zip.FileHeader{Name: "../../site.yaml"}),
		"a twin":               hostile(t, nil, sound, sound),
		"a second manifest":    hostile(t, nil, zip.FileHeader{Name: ManifestName}),
		"text":                 []byte("---\nname: x\n"),
		"nothing":              nil,
		"half":                 set(nil)[:100],
		"another format":       set(func(m *Manifest) { m.Format = "mingdeng-bundle-9" }),
		"no address":           set(func(m *Manifest) { m.Address = "a" }),
		"a script for address": set(func(m *Manifest) { m.Address = "javascript:alert(1)/" }),
		"no day":               set(func(m *Manifest) { m.Day = "2026" }),
		"a name of lines":      set(func(m *Manifest) { m.Title = "a\nbase_url: https://b.example/" }),
		"a name that turns":    set(func(m *Manifest) { m.Organisation = "a\u202eb" }),
		"another digest":       set(func(m *Manifest) { m.Files[0].SHA256 = strings.Repeat("0", 64) }),
		"another size":         set(func(m *Manifest) { m.Files[0].Size = 1 << 40 }),
		"less than nothing":    set(func(m *Manifest) { m.Files[0].Size = -1 }),
		"a file not listed":    set(func(m *Manifest) { m.Files = nil }),
		"a file not there":     set(func(m *Manifest) { m.Files[0].Path = "heroes/b/index.md" }),
	} {
		var no *Refusal
		if err := read(raw); !errors.As(err, &no) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := read(set(nil)); err != nil {
		t.Error(err)
	}
}

// A bundle that says it is small and is not costs what it says.
func TestBomb(t *testing.T) {
	var w bytes.Buffer
	z := zip.NewWriter(&w)
	f, _ := z.Create("heroes/a/index.md")
	_, _ = f.Write(make([]byte, MaxText+1))
	m := whose
	m.Format, m.Files = Format, []Listed{{"heroes/a/index.md", MaxText + 1, ""}}
	f, _ = z.Create(ManifestName)
	_ = json.NewEncoder(f).Encode(m)
	z.Close()
	var no *Refusal
	if err := read(w.Bytes()); !errors.As(err, &no) {
		t.Error(err)
	}
}

// What a stranger sent is refused in words or read whole.
func FuzzOpen(f *testing.F) {
	f.Add(written(f, map[string]string{"heroes/a/index.md": "x"}))
	f.Add(hostile(f, nil, zip.FileHeader{Name: "../x"}))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var no *Refusal
		if err := read(raw); err != nil && !errors.As(err, &no) {
			t.Fatalf("%T %v", err, err)
		}
	})
}
