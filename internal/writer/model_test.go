package writer

import (
	"context"
	"errors"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"pgregory.net/rapid"

	"mingdeng/internal/fingerprint"
	"mingdeng/internal/output"
)

// errKilled is what a step panics with to leave the folder as a kill would.
var errKilled = errors.New("killed")

// model is what the folder should hold, in memory, kept in the plainest way.
type model struct {
	dir   string
	owned tree // what the engine wrote last, by its own account
}

var modelPaths = []string{"a", "a/b", "a/b/c", "a/d", "B", "e/f", "e/g/h", "e/g/i", "j", "k/l", "k/L2"}

// drawSite draws a site in which the paths can stand together.
func drawSite(t *rapid.T) tree {
	site := tree{}
	for _, p := range modelPaths {
		if !rapid.Bool().Draw(t, "has "+p) {
			continue
		}
		fits := true
		for q := range site {
			fits = fits && !strings.HasPrefix(p, q+"/") && !strings.HasPrefix(q, p+"/")
		}
		if fits {
			site[p] = rapid.SampledFrom([]string{"", "1", "2", "long"}).Draw(t, "content of "+p)
		}
	}
	return site
}

// inWay is the model's answer to what of site cannot be put where foreign things
// lie: by path of the thing.
func (m *model) inWay(site, disk tree) map[string]bool {
	intact := func(p string) bool { c, ok := m.owned[p]; return ok && disk[p] == c }
	found := map[string]bool{}
	for p, content := range site {
		blocked := false
		for d := path.Dir(p); d != "."; d = path.Dir(d) {
			if _, file := disk[d]; file && !intact(d) {
				found[d] = true
				blocked = true
			}
		}
		if blocked {
			continue
		}
		if was, file := disk[p]; file {
			if _, ours := m.owned[p]; !ours && was != content {
				found[p] = true
			}
		}
		if _, folder := disk[p+"/"]; folder {
			for q := range disk {
				if !strings.HasPrefix(q, p+"/") {
					continue
				}
				if strings.HasSuffix(q, "/") {
					empty := true
					for r := range disk {
						empty = empty && (r == q || !strings.HasPrefix(r, q))
					}
					made := false // by us, for a file that somebody took away
					for r := range m.owned {
						made = made || strings.HasPrefix(r, q)
					}
					if empty && !made {
						found[p] = true
					}
				} else if !intact(q) {
					found[p] = true
				}
			}
		}
	}
	return found
}

// after is what the disk should hold once site is built.
func (m *model) after(site, disk tree) tree {
	want := maps.Clone(disk.files())
	for p, c := range m.owned {
		if _, stays := site[p]; !stays && want[p] == c {
			delete(want, p)
		}
	}
	maps.Copy(want, site)
	return want
}

// TestModel does at random what editors, faults and kills do to a folder, and
// compares with the model after each step.
func TestModel(t *testing.T) {
	top := memoryDir(t)
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp(top, "")
		if err != nil {
			t.Fatal(err)
		}
		m := &model{dir: dir, owned: tree{}}
		t.Repeat(map[string]func(*rapid.T){
			"build": m.build,
			"fail":  m.fail,
			"kill":  m.kill,
			"write": func(t *rapid.T) {
				p := rapid.SampledFrom(modelPaths).Draw(t, "path")
				os.MkdirAll(filepath.Join(dir, path.Dir(p)), 0o755)
				os.WriteFile(filepath.Join(dir, p), []byte("by hand"), 0o644)
			},
			"remove": func(t *rapid.T) {
				os.RemoveAll(filepath.Join(dir, rapid.SampledFrom(modelPaths).Draw(t, "path")))
			},
			"remove file": func(t *rapid.T) {
				os.Remove(filepath.Join(dir, rapid.SampledFrom(modelPaths).Draw(t, "path")))
			},
			"copy": func(t *rapid.T) { // to elsewhere and back: other times
				for p := range m.owned {
					b, err := os.ReadFile(filepath.Join(dir, p))
					if err == nil {
						os.Remove(filepath.Join(dir, p))
						os.WriteFile(filepath.Join(dir, p), b, 0o644)
					}
				}
			},
			"forget": func(*rapid.T) {
				os.Remove(filepath.Join(dir, stateFile))
				m.owned = tree{}
			},
		})
	})
}

func (m *model) open(t *rapid.T) *Folder {
	f, err := Open(context.Background(), m.dir, 0)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func (m *model) look(t *rapid.T) tree { return look(t, m.dir) }

func (m *model) build(t *rapid.T) {
	site := drawSite(t)
	f := m.open(t)
	defer f.Close()
	m.buildIn(t, f, site)
}

func (m *model) buildIn(t *rapid.T, f *Folder, site tree) {
	before := m.look(t)
	inWay := m.inWay(site, before)
	stats, err := f.Build(context.Background(), site.outputs(), Options{Workers: rapid.IntRange(1, 3).Draw(t, "workers")})
	if len(inWay) > 0 {
		var foreign ForeignError
		if !errors.As(err, &foreign) {
			t.Fatalf("%v, want a ForeignError of %v", err, inWay)
		}
		got := map[string]bool{}
		for _, o := range foreign {
			got[o.Path] = true
		}
		if !maps.Equal(got, inWay) {
			t.Fatalf("in the way %v, want %v", got, inWay)
		}
		if after := m.look(t); !maps.Equal(after, before) {
			t.Fatalf("a refused build changed the folder from %v to %v", before, after)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	want := m.after(site, before)
	if after := m.look(t).files(); !maps.Equal(after, want) {
		t.Fatalf("%v built over %v gives %v, want %v", site, before, after, want)
	}
	if stats.Files != len(site) || stats.Written+stats.Unchanged != len(site) {
		t.Fatalf("%+v", stats)
	}
	for p, c := range site {
		if was, there := before[p]; (!there || was != c) && stats.Written == 0 {
			t.Fatalf("%s was written and not counted", p)
		}
	}
	m.owned = maps.Clone(site)
}

// fail builds a site of which something fails before the commit.
func (m *model) fail(t *rapid.T) {
	site := drawSite(t)
	outs := site.outputs()
	f := m.open(t)
	defer f.Close()
	before := m.look(t)
	fails := func(string) bool { return false }
	switch n := rapid.IntRange(0, 9).Draw(t, "step that fails"); {
	case n == 0 && len(outs) > 0:
		outs[0].Prepare = func() (fingerprint.Fingerprint, output.Fill, error) { panic("a template fails") }
	case n == 1:
		fails = func(step string) bool { return step == "begin" || step == "commit" }
	default:
		fails = func(step string) bool { return step == "stage" }
	}
	guarded(f, stepwise(func(step, path string) error {
		if fails(step) {
			return syscall.ENOSPC
		}
		return nil
	}))
	_, err := f.Build(context.Background(), outs, Options{})
	if err != nil {
		if after := m.look(t); !maps.Equal(after, before) {
			t.Fatalf("a build that failed (%v) changed the folder from %v to %v", err, before, after)
		}
	} else {
		m.owned = site
	}
	fails = func(string) bool { return false }
	if rapid.Bool().Draw(t, "goes on in the same process") {
		m.buildIn(t, f, drawSite(t))
	}
}

// kill breaks a commit off after a number of steps, perhaps breaks off its
// continuation as well, and builds what was to be built again.
func (m *model) kill(t *rapid.T) {
	site := drawSite(t)
	before := m.look(t)
	if len(m.inWay(site, before)) > 0 {
		return
	}
	want := m.after(site, before)
	begun := false
	for range rapid.IntRange(1, 3).Draw(t, "kills") {
		f := m.kills(t, rapid.IntRange(0, 8).Draw(t, "steps"), &begun, func(f *Folder) error {
			_, err := f.Build(context.Background(), site.outputs(), Options{})
			return err
		})
		if f != nil {
			f.Close()
		}
		for p, c := range m.look(t).files() {
			if was, there := before[p]; (!there || was != c) && want[p] != c {
				t.Fatalf("%s holds %q, neither the old %q nor the new %q", p, c, was, want[p])
			}
		}
		if !begun {
			if now := m.look(t); !maps.Equal(now, before) {
				t.Fatalf("killed before the commit: %v became %v", before, now)
			}
		}
	}
	f := m.open(t)
	defer f.Close()
	if now := m.look(t).files(); begun && !maps.Equal(now, want) {
		t.Fatalf("rolled forward from %v: %v, want %v", before, now, want)
	}
	if begun {
		m.owned = maps.Clone(site)
	}
	m.buildIn(t, f, site)
}

// kills opens the folder and does something, until steps of the commit are done.
// It returns the folder if it survived that.
func (m *model) kills(t *rapid.T, steps int, begun *bool, do func(*Folder) error) (f *Folder) {
	f, err := possess(context.Background(), m.dir, time.Now().Add(time.Minute))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if v := recover(); v == errKilled {
			f.lock.Close()
			f.root.Close()
			f = nil
		} else if v != nil {
			panic(v)
		}
	}()
	guarded(f, stepwise(func(step, path string) error {
		if step == "stage" {
			return nil // in other goroutines
		}
		if steps--; steps < 0 {
			panic(errKilled)
		}
		if slices.Contains([]string{"put", "remove", "finish"}, step) {
			*begun = true
		}
		return nil
	}))
	if err := f.begin(); err != nil {
		t.Fatal(err)
	}
	if err := do(f); err != nil {
		t.Fatal(err)
	}
	return f
}
