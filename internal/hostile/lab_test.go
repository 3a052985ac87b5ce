package hostile

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/txtar"

	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/live"
	"mingdeng/internal/project"
	"mingdeng/themes"
)

// builtin are the themes that tests load sites with, each loaded once.
var builtin = project.NewThemes(themes.FS)

// canary are words of a file beside the site's folder, which no file of the site may hold.
const canary = "kanarienvogel-7Q4Z"

// lab is a small site to put hostile files into.
type lab struct {
	dir  string // holds site/ and what must not be read
	root string // the site's folder
	base string
	live *live.Site
	idle uint64 // bytes allocated for building the site as it is

	sound   map[string]bool // base, names and digests of files that were looked at
	own     map[string]bool // scripts and styles inside files that are alone
	tell    bool            // figures are told
	books   bool            // books to take away are made too: their drawn covers take a second each
	trusted bool            // markup of the theme is in play: only what nobody may do is looked for
}

// try puts data in the place of one file, looks, and puts back what was there.
func (l *lab) try(t testing.TB, name string, data []byte) verdict {
	t.Helper()
	p := filepath.Join(l.root, filepath.FromSlash(name))
	before, err := os.ReadFile(p)
	l.put(t, name, data)
	defer func() {
		if err != nil {
			os.Remove(p)
			return
		}
		l.put(t, name, before)
	}()
	return l.look(t, len(data))
}

func options(root string) project.Options {
	return project.Options{Root: root, Out: "public", Today: date.Date{Year: 2026, Month: 11, Day: 22}, Themes: builtin}
}

// newLab lays the site out, with changes: path → text, "" takes a file away.
func newLab(t testing.TB, changes map[string]string) *lab {
	t.Helper()
	dir := t.TempDir()
	l := &lab{dir: dir, root: filepath.Join(dir, "site"), base: "https://host.example/lamp/"}
	a, err := txtar.ParseFile("testdata/site.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range a.Files {
		l.put(t, f.Name, f.Data)
	}
	l.put(t, "content/anthology/shu/p.png", flat(t, 60, 80))
	for name, text := range changes {
		if text == "" {
			os.Remove(filepath.Join(l.root, filepath.FromSlash(name)))
			continue
		}
		l.put(t, name, []byte(text))
	}
	for name, text := range map[string]string{
		"canary.txt": canary, "canary.css": "a{content:'" + canary + "'}", "canary.html": "<p>" + canary,
		"canary.svg":           `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><text>` + canary + `</text></svg>`,
		"canary.md":            "---\ntitle: " + canary + "\n---\n" + canary + "\n",
		"content/pages/out.md": "---\ntitle: " + canary + "\n---\n" + canary + "\n",
	} {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(p), 0o755), os.WriteFile(p, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	if l.live, err = live.Open(options(l.root)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.live.Close() })
	l.own = Inside(l.make(t)) // what is made once is made now
	l.idle = allocated(func() { l.live.Refresh(nil); l.make(t) })
	return l
}

func (l *lab) put(t testing.TB, name string, data []byte) {
	t.Helper()
	p := filepath.Join(l.root, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(p, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// flat is a picture of one colour, packed small.
func flat(t testing.TB, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewPaletted(image.Rect(0, 0, w, h), color.Palette{color.White, color.Black})); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// drawn are pictures that were made before, in any lab. Their names hold the digest of
// what they are made of, and they take longer than all the rest.
var drawn sync.Map

// make makes every file that can be made.
func (l *lab) make(t testing.TB) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	for _, name := range l.live.Files() {
		if !l.books && (strings.HasSuffix(name, ".epub") || strings.HasSuffix(name, "/cover.jpg")) {
			continue
		}
		if b, ok := drawn.Load(name); ok {
			files[name] = b.([]byte)
			continue
		}
		b, err := l.live.Make(context.Background(), name)
		switch {
		case err == nil:
			files[name] = b
			if strings.HasPrefix(name, "img/") {
				drawn.Store(name, b)
			}
		case !errors.Is(err, project.ErrFindings):
			t.Fatalf("%s: %v", name, err)
		}
	}
	return files
}

// verdict is what came of a hostile input.
type verdict struct {
	files map[string][]byte
	found []diag.Finding
}

// refused tells whether there is a finding of a code about a file, so that a build
// would not publish anything.
func (v verdict) refused(path string, codes ...*diag.Code) bool {
	return slices.ContainsFunc(v.found, func(f diag.Finding) bool {
		return f.Path == path && f.Code.Severity == diag.Error && (len(codes) == 0 || slices.Contains(codes, f.Code))
	})
}

// holds tells whether any file has the words.
func (v verdict) holds(words string) bool {
	for _, b := range v.files {
		if bytes.Contains(b, []byte(words)) {
			return true
		}
	}
	return false
}

// shows is holds for what browsers read as markup: in JSON a < is a letter.
func (v verdict) shows(words string) bool {
	for name, b := range v.files {
		if ext := filepath.Ext(name); (ext == ".html" || ext == ".xml" || ext == ".svg") && bytes.Contains(b, []byte(words)) {
			return true
		}
	}
	return false
}

// look builds the site as its folder now is and holds it against the oracle. size is
// that of the hostile input in bytes.
func (l *lab) look(t testing.TB, size int) verdict {
	t.Helper()
	v := verdict{}
	clock := startClock()
	spent := allocated(func() {
		l.live.Refresh(nil)
		v.files = l.make(t)
		v.found = l.live.Findings()
	})
	l.bounded(t, size, clock.stop(), spent)
	errors := 0
	for _, f := range v.found {
		if f.Code == diag.Internal {
			t.Fatalf("a fault of the program: %s: %s", f.Place(), f.Message(diag.English))
		}
		_, _, _, _ = f.Message(diag.Chinese), f.Message(diag.English), f.Hint(diag.Chinese), f.Hint(diag.English)
		if f.Code.Severity == diag.Error {
			errors++
		}
	}
	if errors == 0 {
		if faults := PathFaults(l.live.Files()); faults != nil {
			t.Fatalf("no word to the editor of %v", faults)
		}
	}
	l.judge(t, v.files)
	if v.holds(canary) {
		t.Fatal("words from outside the site's folder")
	}
	return v
}

// judge holds files against the oracle, those that it has seen before but once.
func (l *lab) judge(t testing.TB, files map[string][]byte) {
	t.Helper()
	if l.trusted {
		return
	}
	var names []string
	keys := map[string]string{}
	for name, b := range files {
		if keys[name] = fmt.Sprintf("%s %s %x", l.base, name, sha256.Sum256(b)); !l.sound[keys[name]] {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	if faults := FaultsOf(l.base, files, names, l.own); len(faults) > 0 {
		t.Fatalf("%d faults:\n%s", len(faults), strings.Join(faults[:min(len(faults), 12)], "\n"))
	}
	if l.sound == nil || len(l.sound) > 10_000 {
		l.sound = map[string]bool{}
	}
	for _, name := range names {
		l.sound[keys[name]] = true
	}
}

// followBase takes the address of the site from its site.yaml, "" where that gives none.
func (l *lab) followBase() {
	fsys := os.DirFS(l.root)
	tree, _ := content.Scan(fsys)
	c, _ := content.Load(fsys, tree)
	l.base = string(c.Site.BaseURL)
}

// allocated is how many bytes f asks of the heap in all: more than it ever holds at
// once, and the same on every machine.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// The bounds of the issue: 200 ms and 64 MB for each 10 KB begun. Both are measured in
// a generous way (time of the processors where the system tells it; all bytes ever asked
// for) and held only to ten times as much, since this runs on machines that do other
// things, under the race detector and the fuzzer.
const (
	timeFor10KB = 200 * 1e6 // ns
	heapFor10KB = 64 << 20
	generous    = 10
)

func (l *lab) bounded(t testing.TB, size int, ns int64, bytes uint64) {
	t.Helper()
	parts := 1 + size/(10<<10)
	over := int64(bytes) - int64(l.idle)
	if l.tell {
		t.Logf("%d bytes: %d ms of the processor, %d MB asked for in all", size, ns/1e6, over>>20)
	}
	if over > int64(parts)*heapFor10KB*generous {
		t.Errorf("%d bytes of input: %d MB more than without", size, over>>20)
	}
	if ns > int64(parts)*timeFor10KB*generous {
		t.Errorf("%d bytes of input: %d ms", size, ns/1e6)
	}
}

// outside lists the folder around the site with sizes, to see that nothing came or went.
func (l *lab) outside(t testing.TB) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(l.dir, func(p string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if p == l.root {
			return fs.SkipDir
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		b.WriteString(p + " " + info.Mode().String())
		if !e.IsDir() {
			data, err := os.ReadFile(p)
			if err != nil {
				return err
			}
			b.Write(data)
		}
		b.WriteByte('\n')
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}
