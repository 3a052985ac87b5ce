package writer

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"mingdeng/internal/fingerprint"
)

// The disk is full at any one step: told as a machine's failure, nothing half done.
func TestFullDiskAtEveryStep(t *testing.T) {
	dir := memoryDir(t)
	mustBuild(t, dir, edition(0))
	for at := int64(1); ; at++ {
		before := look(t, dir)
		f := open(t, dir)
		var n atomic.Int64
		full := true
		guarded(f, stepwise(func(step, path string) error {
			if n.Add(1) == at && step != "tidy" && full {
				return syscall.ENOSPC
			}
			return nil
		}))
		_, err := f.Build(t.Context(), edition(1).outputs(), Options{})
		if err == nil {
			f.Close()
			if at < 100 {
				t.Fatalf("only %d steps", at)
			}
			break
		}
		var machine *MachineError
		if !errors.As(err, &machine) || !errors.Is(err, syscall.ENOSPC) {
			t.Fatal(err)
		}
		if !machine.Begun && !maps.Equal(look(t, dir), before) {
			t.Fatalf("step %d: %v, and the folder has changed", at, err)
		}
		whole(t, dir, 0, 1, nil)
		if at%2 == 0 { // mend in the same process, or the next
			full = false
			if _, err := f.Build(t.Context(), edition(1).outputs(), Options{}); err != nil {
				t.Fatal(err)
			}
		}
		f.Close()
		mustBuild(t, dir, edition(1))
		wantTree(t, dir, edition(1))
		mustBuild(t, dir, edition(0))
		if at > 10 {
			at += 12 // the steps of one kind are alike
		}
	}
}

// What an interrupted commit cannot put in place does not block the next Open.
func TestRollForwardNeverSticks(t *testing.T) {
	for _, test := range []struct {
		name    string
		spoil   func(t *testing.T, dir string)
		rolled  tree // is there after Open alone
		foreign bool // the next build is refused
	}{
		{"staged file cut short", func(t *testing.T, dir string) { cutShort(t, dir) }, nil, false},
		{"stage is gone", func(t *testing.T, dir string) { os.RemoveAll(filepath.Join(dir, stageDir)) }, nil, false},
		{"foreign file in a new file's place", func(t *testing.T, dir string) { lay(t, dir, tree{"new": "mine"}) }, nil, true},
		{"foreign file in a new folder's place", func(t *testing.T, dir string) { lay(t, dir, tree{"dir": "mine"}) }, tree{"old": "22", "a/b": "22", "dir": "mine"}, true},
		{"new folder there meanwhile", func(t *testing.T, dir string) { lay(t, dir, tree{"dir/sub/": "", "dir/mine": "m"}) }, tree{"dir/sub/x": "2", "dir/y": "2", "dir/mine": "m", "new": "2"}, false},
		{"foreign folder in an old file's place", func(t *testing.T, dir string) {
			os.Remove(filepath.Join(dir, "old"))
			lay(t, dir, tree{"old/mine": "m"})
		}, nil, true},
		{"foreign link in an old file's place", func(t *testing.T, dir string) {
			os.Remove(filepath.Join(dir, "old"))
			lay(t, dir, tree{"old": "-> gone"})
		}, nil, true},
		{"folder of an old file is gone", func(t *testing.T, dir string) { os.RemoveAll(filepath.Join(dir, "a")) }, tree{"a/b": "22", "old": "22"}, false},
		{"removed file edited", func(t *testing.T, dir string) { lay(t, dir, tree{"goes": "mine"}) }, nil, false},
		{"stray files in stage", func(t *testing.T, dir string) {
			names, _ := filepath.Glob(filepath.Join(dir, stageDir, "t", "*"))
			os.WriteFile(filepath.Join(names[0], "stray"), []byte("x"), 0o644)
		}, nil, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			first := tree{"old": "1", "a/b": "1", "goes": "1", "same": "1"}
			next := tree{"old": "22", "a/b": "22", "new": "2", "dir/sub/x": "2", "dir/y": "2", "same": "1"}
			if _, err := buildInto(t, dir, first.outputs(), Options{Inputs: fingerprint.Sum()}); err != nil {
				t.Fatal(err)
			}
			f := open(t, dir)
			guarded(f, stepwise(func(step, path string) error {
				if step == "put" || step == "remove" && path == "goes" {
					return syscall.EIO
				}
				return nil
			}))
			var machine *MachineError
			if _, err := f.Build(t.Context(), next.outputs(), Options{}); !errors.As(err, &machine) || !machine.Begun {
				t.Fatal(err)
			}
			if _, same := f.Unchanged(fingerprint.Sum()); same {
				t.Error("unchanged, in the midst of a commit")
			}
			f.Close()
			test.spoil(t, dir)
			spoilt := look(t, dir).files()

			g := open(t, dir)
			rolled := look(t, dir)
			for p, c := range test.rolled {
				if rolled[p] != c {
					t.Errorf("rolled forward, %s holds %q, want %q", p, rolled[p], c)
				}
			}
			for made := range g.Files() {
				if _, there := rolled[made.Path]; !there && first[made.Path] == "" {
					t.Errorf("%s is listed and not there", made.Path)
				}
			}
			stats, err := g.Build(t.Context(), next.outputs(), Options{})
			g.Close()
			if told := slices.Contains(stats.Left, "goes"); told != (spoilt["goes"] == "mine") {
				t.Errorf("left %v", stats.Left)
			}
			var foreign ForeignError
			if errors.As(err, &foreign) != test.foreign || err != nil && !test.foreign {
				t.Fatal(err)
			}
			now := look(t, dir).files()
			for p, c := range spoilt {
				if c == "mine" || c == "m" || c == "-> gone" {
					if now[p] != c {
						t.Errorf("foreign %s became %q", p, now[p])
					}
					delete(now, p)
				}
			}
			if !test.foreign && !maps.Equal(now, next) {
				t.Errorf("%v, want %v", now, next)
			}
			for p, c := range now {
				if c != first[p] && c != next[p] {
					t.Errorf("%s holds %q", p, c)
				}
			}
			if test.foreign { // moved away, all is well
				for _, o := range foreign {
					os.RemoveAll(filepath.Join(dir, o.Path))
				}
				mustBuild(t, dir, next)
				wantTree(t, dir, next)
			}
		})
	}
}

// What cannot be removed while rolling forward is removed by the next build.
func TestRollForwardRemembersWhatIsStuck(t *testing.T) {
	dir := t.TempDir()
	mustBuild(t, dir, tree{"a/goes": "1", "stays": "1"})
	fails := stepwise(func(step, _ string) error {
		if step == "remove" {
			return syscall.EACCES
		}
		return nil
	})
	f := open(t, dir)
	guarded(f, fails)
	if _, err := f.Build(t.Context(), tree{"stays": "2"}.outputs(), Options{}); err == nil {
		t.Fatal("no error")
	}
	f.Close()
	f, err := possess(t.Context(), dir, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	guarded(f, fails)
	if err := f.begin(); err != nil {
		t.Fatal(err)
	}
	f.Close()
	wantTree(t, dir, tree{"a/goes": "1", "stays": "2"})
	if stats := mustBuild(t, dir, tree{"stays": "2"}); stats.Removed != 1 {
		t.Errorf("%+v", stats)
	}
	wantTree(t, dir, tree{"stays": "2"})
}

// A new folder that cannot be renamed as a whole, as on Windows while somebody has
// a file in it open, is put in place file by file.
func TestFolderFileByFile(t *testing.T) {
	dir := t.TempDir()
	site := tree{"a/b/c": "1", "a/b/d": "2", "a/e": "3", "f": "4"}
	f := open(t, dir)
	refused := 0
	guarded(f, stepwise(func(step, path string) error {
		if step == "put" && (path == "a" || path == "a/b") {
			refused++
			return syscall.EACCES
		}
		return nil
	}))
	if _, err := f.Build(t.Context(), site.outputs(), Options{}); err != nil || refused != 2 {
		t.Error(refused, err)
	}
	wantTree(t, dir, site)
}

// Where the file system is blind to case (the builds "other case" show it there),
// the old name must go before the new one comes.
func TestNamesThatDifferByCaseGoFirst(t *testing.T) {
	state := func(paths ...string) *state {
		s := &state{}
		for _, p := range paths {
			s.entries = append(s.entries, entry{path: p, hash: fingerprint.Sum([]byte(p))})
		}
		return s
	}
	dir := t.TempDir()
	a := &applying{Folder: open(t, dir), old: state("A/B", "c", "d/e", "f", "g"), next: state("a/b", "d", "f/g")}
	first, last := a.removals()
	got := map[bool][]string{}
	for _, e := range first {
		got[true] = append(got[true], e.path)
	}
	for _, e := range last {
		got[false] = append(got[false], e.path)
	}
	if !slices.Equal(got[true], []string{"A/B", "d/e", "f"}) || !slices.Equal(got[false], []string{"c", "g"}) {
		t.Error(got)
	}

	// A second link to a file looks as its other case would.
	mustBuild(t, t.TempDir(), nil)
	other := filepath.Join(dir, "two")
	mustBuild(t, other, tree{"A": "1"})
	os.Link(filepath.Join(other, "A"), filepath.Join(other, "a"))
	sorted, _ := planned(tree{"a": "2"}.outputs())
	b := newBuild(open(t, other), sorted, Options{})
	info, err := os.Lstat(filepath.Join(other, "a"))
	if err != nil || !b.variant("a", info) {
		t.Error("another case of an output that is no more is not recognised", err)
	}
	lay(t, other, tree{"b": "mine"})
	info, _ = os.Lstat(filepath.Join(other, "b"))
	if b.variant("a", info) {
		t.Error("another file is taken for an output")
	}
}

// cutShort does to each staged file what a loss of power may.
func cutShort(t *testing.T, dir string) {
	n := 0
	filepath.WalkDir(filepath.Join(dir, stageDir), func(p string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			n++
			os.Truncate(p, 0)
		}
		return nil
	})
	if n < 4 {
		t.Fatal("nothing staged")
	}
}

func TestFolderTakenAwayDuringABuild(t *testing.T) {
	for _, again := range []bool{false, true} {
		dir := filepath.Join(t.TempDir(), "public")
		mustBuild(t, dir, edition(0))
		f := open(t, dir)
		_, err := f.Build(t.Context(), edition(1).outputs(), Options{Workers: 2, Progress: func(done, _ int) {
			if done == 40 {
				os.RemoveAll(dir)
				if again {
					g, err := Open(context.Background(), dir, 0)
					if err != nil {
						t.Error(err)
					} else {
						defer g.Close()
					}
				}
			}
		}})
		var machine *MachineError
		if !errors.As(err, &machine) {
			t.Errorf("%v, want a MachineError", err)
		}
		f.Close()
		mustBuild(t, dir, edition(1))
		wantTree(t, dir, edition(1))
	}
}

// Somebody clears away .mingdeng, and a second build takes the folder, between
// the first one's staging and its commit.
func TestMachineryTakenAwayBeforeTheCommit(t *testing.T) {
	dir := t.TempDir()
	mustBuild(t, dir, tree{"a": "1"})
	f := open(t, dir)
	site := tree{"a": "2", "b": "2"}
	_, err := f.Build(t.Context(), site.outputs(), Options{Progress: func(done, total int) {
		if done == total {
			os.RemoveAll(filepath.Join(dir, home))
			open(t, dir)
		}
	}})
	var machine *MachineError
	if !errors.As(err, &machine) || machine.Begun {
		t.Errorf("%v", err)
	}
	wantTree(t, dir, tree{"a": "1"})
}

// A build that waits for a folder which is meanwhile removed and made anew must
// not believe that it has the new one.
func TestWaitsForTheRightLock(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	first := open(t, dir)
	got := make(chan *Folder)
	go func() {
		f, err := Open(context.Background(), dir, time.Minute)
		if err != nil {
			t.Error(err)
		}
		got <- f
	}()
	time.Sleep(80 * time.Millisecond)
	os.RemoveAll(dir)
	second := open(t, dir)
	first.Close()
	select {
	case <-got:
		t.Fatal("two have the folder")
	case <-time.After(200 * time.Millisecond):
	}
	second.Close()
	f := <-got
	if _, err := f.Build(t.Context(), tree{"a": "1"}.outputs(), Options{}); err != nil {
		t.Error(err)
	}
	f.Close()
	wantTree(t, dir, tree{"a": "1"})
}

func TestOpenFails(t *testing.T) {
	top := t.TempDir()
	lay(t, top, tree{"file": "x", "links/.mingdeng": "-> ../elsewhere", "lock/.mingdeng/lock": "-> ../../../stolen", "elsewhere/": "", "homefile/.mingdeng": "x"})
	for _, dir := range []string{"file", "file/below", "links", "lock", "homefile"} {
		f, err := Open(t.Context(), filepath.Join(top, dir), 0)
		var machine *MachineError
		if !errors.As(err, &machine) {
			t.Errorf("%s: %v", dir, err)
		}
		if f != nil {
			f.Close()
		}
	}
	if got := look(t, filepath.Join(top, "elsewhere")); len(got) > 0 {
		t.Error("written elsewhere:", got)
	}
	if _, err := os.Lstat(filepath.Join(filepath.Dir(top), "stolen")); err == nil {
		t.Error("written through a link")
	}
}
