package writer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"mingdeng/internal/fingerprint"
	"mingdeng/internal/output"
)

// TestBuilds tells stories: a folder that holds something, a site built into it,
// something done to it, another site built, and what then lies there.
func TestBuilds(t *testing.T) {
	edit := func(name, content string) func(*testing.T, string) {
		return func(t *testing.T, dir string) { lay(t, dir, tree{name: content}) }
	}
	remove := func(name string) func(*testing.T, string) {
		return func(t *testing.T, dir string) { os.RemoveAll(filepath.Join(dir, filepath.FromSlash(name))) }
	}
	touch := func(name string) func(*testing.T, string) {
		return func(t *testing.T, dir string) {
			if err := os.Chtimes(filepath.Join(dir, filepath.FromSlash(name)), time.Time{}, time.Unix(1, 0)); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, test := range []struct {
		name    string
		before  tree
		first   tree
		between func(*testing.T, string)
		then    tree
		want    tree // nil: then
		stats   Stats
	}{
		{name: "clean", then: tree{"index.html": "i", "a/index.html": "a", "a/b/c/d": "d"}, stats: Stats{Files: 3, Written: 3, Bytes: 3}},
		{name: "nothing", then: tree{}},
		{name: "again", first: tree{"a": "1", "b/c": "2"}, then: tree{"a": "1", "b/c": "2"}, stats: Stats{Files: 2, Unchanged: 2}},
		{name: "one edited", first: tree{"a": "1", "b/c": "2"}, then: tree{"a": "1", "b/c": "3"}, stats: Stats{Files: 2, Unchanged: 1, Written: 1, Bytes: 1}},
		{name: "same size", first: tree{"a": "1"}, then: tree{"a": "2"}, stats: Stats{Files: 1, Written: 1, Bytes: 1}},
		{name: "empty file", first: tree{"a": "1"}, then: tree{"a": ""}, stats: Stats{Files: 1, Written: 1}},
		{name: "added beside and below", first: tree{"a/x": "1"}, then: tree{"a/x": "1", "a/y": "2", "a/b/z": "3"}, stats: Stats{Files: 3, Unchanged: 1, Written: 2, Bytes: 2}},
		{name: "removed", first: tree{"a": "1", "b/c/d": "2", "b/e": "3"}, then: tree{"b/e": "3"}, stats: Stats{Files: 1, Unchanged: 1, Removed: 2}},
		{name: "all removed", first: tree{"a": "1", "b/c/d": "2"}, then: tree{}, stats: Stats{Removed: 2}},
		{name: "placeholder survives", before: tree{".gitkeep": ""}, first: tree{"a": "1"}, then: tree{}, want: tree{".gitkeep": ""}, stats: Stats{Removed: 1}},
		{name: "foreign file survives", before: tree{"b/mine": "m", "mine": "m"}, first: tree{"a": "1", "b/c": "2"}, then: tree{}, want: tree{"b/mine": "m", "mine": "m"}, stats: Stats{Removed: 2}},
		{name: "foreign link survives", before: tree{"l": "-> /etc", "b/l": "-> ../a"}, first: tree{"b/c": "2"}, then: tree{}, want: tree{"l": "-> /etc", "b/l": "-> ../a"}, stats: Stats{Removed: 1}},
		{name: "same bytes are taken on", before: tree{"a": "1"}, then: tree{"a": "1"}, stats: Stats{Files: 1, Unchanged: 1}},
		{name: "edited by hand, made anew", first: tree{"a": "1"}, between: edit("a", "xx"), then: tree{"a": "1"}, stats: Stats{Files: 1, Written: 1, Bytes: 1}},
		{name: "edited by hand to what comes", first: tree{"a": "1"}, between: edit("a", "22"), then: tree{"a": "22"}, stats: Stats{Files: 1, Written: 1, Bytes: 2}},
		{name: "edited by hand, no output any more", first: tree{"a": "1"}, between: edit("a", "xx"), then: tree{}, want: tree{"a": "xx"}, stats: Stats{Left: []string{"a"}}},
		{name: "deleted by hand", first: tree{"a/b": "1", "c": "2"}, between: remove("a"), then: tree{"a/b": "1", "c": "2"}, stats: Stats{Files: 2, Written: 1, Unchanged: 1, Bytes: 1}},
		{name: "deleted by hand, no output any more", first: tree{"a/b": "1"}, between: remove("a"), then: tree{}, stats: Stats{Removed: 1}},
		{name: "touched", first: tree{"a": "1"}, between: touch("a"), then: tree{"a": "1"}, stats: Stats{Files: 1, Unchanged: 1}},
		{name: "touched, no output any more", first: tree{"a": "1"}, between: touch("a"), then: tree{}, stats: Stats{Removed: 1}},
		{name: "file becomes folder", first: tree{"a": "1"}, then: tree{"a/b/c": "2"}, stats: Stats{Files: 1, Written: 1, Removed: 1, Bytes: 1}},
		{name: "folder becomes file", first: tree{"a/b/c": "1", "a/d": "2"}, then: tree{"a": "3"}, stats: Stats{Files: 1, Written: 1, Removed: 2, Bytes: 1}},
		{name: "folder becomes file, deep", first: tree{"x/a/b/c": "1", "x/y": "2"}, then: tree{"x/a": "3", "x/y": "2"}, stats: Stats{Files: 2, Written: 1, Unchanged: 1, Removed: 1, Bytes: 1}},
		{name: "other case", first: tree{"A/B": "1", "c": "2"}, then: tree{"a/b": "1", "C": "3"}, stats: Stats{Files: 2, Written: 2, Removed: 2, Bytes: 2}},
		{name: "state lost", first: tree{"a": "1", "b": "2"}, between: remove(".mingdeng/state"), then: tree{"a": "1"}, want: tree{"a": "1", "b": "2"}, stats: Stats{Files: 1, Unchanged: 1, Foreign: []string{"b"}}},
		{name: "state damaged", first: tree{"a": "1", "b/.x": "2"}, between: edit(".mingdeng/state", "lamp"), then: tree{"a": "1"}, want: tree{"a": "1", "b/.x": "2"}, stats: Stats{Files: 1, Unchanged: 1}},
		{name: "leftovers of a kill", first: tree{"a": "1"}, between: func(t *testing.T, dir string) {
			lay(t, dir, tree{".mingdeng/stage/t/0/x": "half", ".mingdeng/commit.new": "half"})
		}, then: tree{"a": "1"}, stats: Stats{Files: 1, Unchanged: 1}},
		{name: "commit damaged", first: tree{"a": "1"}, between: edit(".mingdeng/commit", "half"), then: tree{"a": "2"}, stats: Stats{Files: 1, Written: 1, Bytes: 1}},
		{name: "link inside is a folder of ours no more", first: tree{"a/b": "1"}, between: func(t *testing.T, dir string) {
			lay(t, dir, tree{"z/": ""})
			os.Rename(filepath.Join(dir, "a"), filepath.Join(dir, "z/a"))
			lay(t, dir, tree{"a": "-> z/a"})
		}, then: tree{"a/b": "1"}, want: tree{"a": "-> z/a", "z/a/b": "1"}, stats: Stats{Files: 1, Unchanged: 1}},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			lay(t, dir, test.before)
			if test.first != nil {
				mustBuild(t, dir, test.first)
			}
			if test.between != nil {
				test.between(t, dir)
			}
			stats := mustBuild(t, dir, test.then)
			if fmt.Sprint(stats) != fmt.Sprint(test.stats) {
				t.Errorf("%+v\nwant %+v", stats, test.stats)
			}
			want := test.want
			if want == nil {
				want = test.then
			}
			wantTree(t, dir, want)
			dirs := look(t, dir)
			for p := range dirs {
				if strings.HasSuffix(p, "/") && !slices.ContainsFunc(slices.Collect(maps.Keys(dirs)), func(q string) bool { return q != p && strings.HasPrefix(q, p) }) {
					t.Errorf("an empty folder stays: %s", p)
				}
			}
			if _, err := os.Lstat(filepath.Join(dir, stageDir)); err == nil {
				t.Error("stage stays")
			}
			if again := mustBuild(t, dir, test.then); again.Written+again.Removed+len(again.Left)+len(again.Foreign) > 0 {
				t.Errorf("built again: %+v", again)
			}
		})
	}
}

func TestForeign(t *testing.T) {
	for _, test := range []struct {
		name    string
		first   tree
		foreign tree
		site    tree
		want    ForeignError
	}{
		{"file", nil, tree{"a": "mine"}, tree{"a": "1", "b": "2"}, ForeignError{{"a", RegularFile}}},
		{"file of the same size", nil, tree{"a": "m"}, tree{"a": "1"}, ForeignError{{"a", RegularFile}}},
		{"file where a folder is needed", nil, tree{"a": "m"}, tree{"a/b": "1", "a/c/d": "2", "e": "3"}, ForeignError{{"a", RegularFile}}},
		{"folder where a file is needed", nil, tree{"a/b": "m"}, tree{"a": "1"}, ForeignError{{"a", Directory}}},
		{"empty folder where a file is needed", nil, tree{"a/": ""}, tree{"a": "1"}, ForeignError{{"a", Directory}}},
		{"link where a file is needed", nil, tree{"a": "-> b"}, tree{"a": "1"}, ForeignError{{"a", Symlink}}},
		{"link where a folder is needed", nil, tree{"real/": "", "a": "-> real"}, tree{"a/b": "1"}, ForeignError{{"a", Symlink}}},
		{"link out where a folder is needed", nil, tree{"a": "-> /tmp"}, tree{"a/b/c": "1"}, ForeignError{{"a", Symlink}}},
		{"folder of ours with a guest", tree{"a/b": "1"}, tree{"a/mine": "m"}, tree{"a": "2"}, ForeignError{{"a", Directory}}},
		{"folder of ours with an empty guest", tree{"a/b": "1"}, tree{"a/mine/": ""}, tree{"a": "2"}, ForeignError{{"a", Directory}}},
		{"file of ours changed where a folder is needed", tree{"a": "1"}, tree{"a": "mine"}, tree{"a/b": "2"}, ForeignError{{"a", RegularFile}}},
		{"folder of ours with a changed file", tree{"a/b": "1"}, tree{"a/b": "mine"}, tree{"a": "2"}, ForeignError{{"a", Directory}}},
		{"all are named", nil, tree{"a": "m", "b": "m", "c": "m", "d/x": "m", "e/x": "m", "f": "m"},
			tree{"a": "1", "b": "1", "c": "1", "d": "1", "e": "1", "f": "1", "g": "1"},
			ForeignError{{"a", RegularFile}, {"b", RegularFile}, {"c", RegularFile}, {"d", Directory}, {"e", Directory}, {"f", RegularFile}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			if test.first != nil {
				mustBuild(t, dir, test.first)
			}
			lay(t, dir, test.foreign)
			before := look(t, dir)
			_, err := buildInto(t, dir, test.site.outputs(), Options{})
			var got ForeignError
			if !errors.As(err, &got) || !slices.Equal(got, test.want) {
				t.Errorf("%v\nwant %v", err, test.want)
			}
			if !maps.Equal(look(t, dir), before) {
				t.Error("the folder has changed")
			}
		})
	}
	err := ForeignError(slices.Repeat([]Obstacle{{"a", RegularFile}}, 7)).Error()
	if !strings.Contains(err, "and 2 more") {
		t.Error(err)
	}
}

// output is an Output of content whose parts may be exchanged.
func file(path, content string) output.Output { return tree{path: content}.outputs()[0] }

func TestFaultsAreAllToldAndChangeNothing(t *testing.T) {
	dir := t.TempDir()
	mustBuild(t, dir, tree{"a": "1", "b": "2", "old": "3"})
	before := look(t, dir)

	broken := errors.New("broken")
	outs := []output.Output{
		file("a", "changed"), file("new/b", "new"), file("refused", "secret name"),
		{Path: "prepare", Prepare: func() (fingerprint.Fingerprint, output.Fill, error) {
			return fingerprint.Fingerprint{}, nil, broken
		}},
		{Path: "prepare-panics", Prepare: func() (fingerprint.Fingerprint, output.Fill, error) { panic(broken) }},
		{Path: "fill", Prepare: func() (fingerprint.Fingerprint, output.Fill, error) {
			return fingerprint.Fingerprint{}, func(w *bytes.Buffer) error { w.WriteString("half"); return broken }, nil
		}},
		{Path: "fill-panics", Prepare: func() (fingerprint.Fingerprint, output.Fill, error) {
			return fingerprint.Fingerprint{}, func(w *bytes.Buffer) error { var none []int; _ = none[len(w.Bytes())]; return nil }, nil
		}},
		{Path: "fill-missing", Prepare: func() (fingerprint.Fingerprint, output.Fill, error) {
			return fingerprint.Fingerprint{}, nil, nil
		}},
	}
	_, err := buildInto(t, dir, outs, Options{Workers: 3, Inspect: func(p string, b []byte) error {
		if bytes.Contains(b, []byte("secret")) {
			return fmt.Errorf("%s leaks", p)
		}
		return nil
	}})
	var faults FaultsError
	if !errors.As(err, &faults) {
		t.Fatal(err)
	}
	var paths []string
	for _, f := range faults {
		paths = append(paths, f.Path)
		var p *PanicError
		if strings.HasSuffix(f.Path, "panics") != errors.As(f.Err, &p) {
			t.Errorf("%s: %v", f.Path, f.Err)
		} else if p != nil && !strings.Contains(string(p.Stack), "build_test.go") {
			t.Errorf("%s: stack %s", f.Path, p.Stack)
		}
	}
	want := []string{"fill", "fill-missing", "fill-panics", "prepare", "prepare-panics", "refused"}
	if !slices.Equal(paths, want) {
		t.Errorf("faults of %v, want %v", paths, want)
	}
	if !errors.Is(err, broken) || !strings.Contains(err.Error(), "and 1 more") {
		t.Errorf("%v", err)
	}
	if !maps.Equal(look(t, dir), before) {
		t.Error("the folder has changed")
	}
}

func TestGoexitIsAFault(t *testing.T) {
	for _, workers := range []int{1, 4} {
		dir := t.TempDir()
		outs := append(benchSite(100, 0), output.Output{Path: "zz", Prepare: func() (fingerprint.Fingerprint, output.Fill, error) { runtime.Goexit(); panic(0) }})
		_, err := buildInto(t, dir, outs, Options{Workers: workers})
		var faults FaultsError
		if !errors.As(err, &faults) || faults[len(faults)-1].Path != "zz" {
			t.Errorf("%d workers: %v", workers, err)
		}
		wantTree(t, dir, tree{})
	}
}

func TestImpossiblePlan(t *testing.T) {
	_, err := buildInto(t, t.TempDir(), []output.Output{file("a", ""), file("A", "")}, Options{})
	var in *PathError
	if !errors.As(err, &in) {
		t.Error(err)
	}
}

func TestCancel(t *testing.T) {
	dir := t.TempDir()
	mustBuild(t, dir, tree{"a": "1"})
	cause := errors.New("the editor pressed Ctrl-C")
	ctx, cancel := context.WithCancelCause(t.Context())
	f := open(t, dir)
	var n atomic.Int64
	_, err := f.Build(ctx, benchSite(500, 0), Options{Progress: func(done, total int) {
		if n.Add(1) == 50 {
			cancel(cause)
		}
	}})
	if !errors.Is(err, cause) {
		t.Error(err)
	}
	wantTree(t, dir, tree{"a": "1"})
	if _, err := f.Build(t.Context(), tree{"b": "2"}.outputs(), Options{}); err != nil {
		t.Fatal("the folder is of no use after:", err)
	}
	wantTree(t, dir, tree{"b": "2"})
}

func TestProgress(t *testing.T) {
	var seen []int
	_, err := buildInto(t, t.TempDir(), benchSite(200, 0), Options{Workers: 4, Progress: func(done, total int) {
		seen = append(seen, done)
		if total != 210 {
			t.Errorf("total %d", total)
		}
		if done == 100 {
			panic("the terminal is gone")
		}
	}})
	if err != nil {
		t.Error(err)
	}
	for i, n := range seen {
		if n != i+1 {
			t.Fatalf("%v", seen)
		}
	}
}

// Prepare runs once, the making only where something changed.
func TestOnlyWhatChangedIsMade(t *testing.T) {
	dir := t.TempDir()
	var prepared, made atomic.Int64
	outs := func(print fingerprint.Fingerprint, content string) []output.Output {
		return []output.Output{{Path: "a/b", Prepare: func() (fingerprint.Fingerprint, output.Fill, error) {
			prepared.Add(1)
			return print, func(w *bytes.Buffer) error { made.Add(1); w.WriteString(content); return nil }, nil
		}}}
	}
	for i, step := range []struct {
		print   fingerprint.Fingerprint
		content string
		made    int64
		written int
	}{
		{fingerprint.Sum(nil), "x", 1, 1},
		{fingerprint.Sum(nil), "x", 0, 0},
		{fingerprint.Sum([]byte("1")), "x", 1, 0}, // made, but the same
		{fingerprint.Sum([]byte("1")), "x", 0, 0},
		{fingerprint.Sum(nil), "y", 1, 1},
		{fingerprint.Fingerprint{}, "y", 1, 0}, // never trusted
		{fingerprint.Fingerprint{}, "y", 1, 0},
		{fingerprint.Sum(nil), "y", 1, 0},
	} {
		prepared.Store(0)
		made.Store(0)
		stats, err := buildInto(t, dir, outs(step.print, step.content), Options{})
		if err != nil || prepared.Load() != 1 || made.Load() != step.made || stats.Written != step.written {
			t.Errorf("step %d: prepared %d, made %d, %+v, %v", i, prepared.Load(), made.Load(), stats, err)
		}
	}
}

// When what Inspect looks for changes, files that need not be made are read.
func TestRulesReachUnchangedFiles(t *testing.T) {
	dir := t.TempDir()
	site := tree{"a": "老张", "b/c": "老李"}
	run := func(name string) (int64, error) {
		var seen atomic.Int64
		_, err := buildInto(t, dir, site.outputs(), Options{Rules: fingerprint.Sum([]byte(name)), Inspect: func(p string, b []byte) error {
			seen.Add(1)
			if string(b) != site[p] {
				t.Errorf("Inspect sees %q in %s", b, p)
			}
			if bytes.Contains(b, []byte(name)) {
				return errors.New("a name leaks")
			}
			return nil
		}})
		return seen.Load(), err
	}
	if n, err := run("老王"); n != 2 || err != nil {
		t.Error(n, err)
	}
	if n, err := run("老王"); n != 0 || err != nil {
		t.Error("inspected again:", n, err)
	}
	var faults FaultsError
	if _, err := run("老李"); !errors.As(err, &faults) || faults[0].Path != "b/c" {
		t.Error("not seen:", err)
	}
	if n, err := run("老王"); n != 0 || err != nil {
		t.Error("a failed build left its rules:", n, err)
	}
	if _, err := buildInto(t, dir, site.outputs(), Options{Rules: fingerprint.Sum([]byte("老王"))}); err != nil { // without Inspect
		t.Fatal(err)
	}
	if n, _ := run("老王"); n != 2 {
		t.Error("a build without Inspect was taken for one with:", n)
	}
}

func TestUnchanged(t *testing.T) {
	dir := t.TempDir()
	in := fingerprint.Sum([]byte("inputs"))
	site := tree{"a": "1", "b/c": "2", "b/d/e": "3"}
	if _, err := buildInto(t, dir, site.outputs(), Options{Inputs: in}); err != nil {
		t.Fatal(err)
	}
	same := func() bool {
		f := open(t, dir)
		defer f.Close()
		stats, same := f.Unchanged(in)
		if same && (stats.Files != 3 || stats.Unchanged != 3) {
			t.Errorf("%+v", stats)
		}
		return same
	}
	if !same() {
		t.Error("just built, and changed")
	}
	if _, err := buildInto(t, dir, site.outputs(), Options{Inputs: fingerprint.Sum(nil)}); err != nil {
		t.Fatal(err)
	}
	if same() {
		t.Error("built from other inputs, and unchanged")
	}
	in = fingerprint.Sum(nil)
	if !same() {
		t.Error("inputs of a build that wrote nothing are not known")
	}
	f := open(t, dir)
	if _, yes := f.Unchanged(fingerprint.Sum()); yes {
		t.Error("other inputs, and unchanged")
	}
	if _, yes := f.Unchanged(fingerprint.Fingerprint{}); yes {
		t.Error("unknown inputs, and unchanged")
	}
	f.Close()
	other := t.TempDir()
	mustBuild(t, other, site) // of unknown inputs
	f = open(t, other)
	if _, yes := f.Unchanged(fingerprint.Fingerprint{}); yes {
		t.Error("unknown inputs twice, and unchanged")
	}
	f.Close()
	for name, change := range map[string]func() error{
		"edited": func() error { return os.WriteFile(filepath.Join(dir, "b/c"), []byte("x"), 0o644) },
		"longer": func() error { return os.WriteFile(filepath.Join(dir, "a"), []byte("11"), 0o644) },
		"gone":   func() error { return os.Remove(filepath.Join(dir, "b/d/e")) },
		"all":    func() error { return os.RemoveAll(filepath.Join(dir, "b")) },
		"a link": func() error { os.Remove(filepath.Join(dir, "a")); return os.Symlink("b/c", filepath.Join(dir, "a")) },
		"longer, and of the same time": func() error {
			p := filepath.Join(dir, "a")
			info, err := os.Lstat(p)
			return errors.Join(err, os.WriteFile(p, []byte("11"), 0o644), os.Chtimes(p, time.Time{}, info.ModTime()))
		},
		"touched": func() error { return os.Chtimes(filepath.Join(dir, "a"), time.Time{}, time.Unix(9, 9)) },
	} {
		if err := change(); err != nil {
			t.Fatal(err)
		}
		if same() {
			t.Errorf("%s, and unchanged", name)
		}
		if fi, err := os.Lstat(filepath.Join(dir, "a")); err == nil && !fi.Mode().IsRegular() {
			os.Remove(filepath.Join(dir, "a"))
		}
		if _, err := buildInto(t, dir, site.outputs(), Options{Inputs: in}); err != nil {
			t.Fatal(err)
		}
		if !same() {
			t.Errorf("%s: mended, and changed", name)
		}
	}
}

func TestMemo(t *testing.T) {
	dir := t.TempDir()
	key := func(s string) fingerprint.Fingerprint { return fingerprint.Sum([]byte(s)) }
	with := func(do func(f *Folder)) {
		t.Helper()
		f := open(t, dir)
		do(f)
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	buildIn := func(f *Folder, fail error) {
		outs := tree{"a": "1"}.outputs()
		if fail != nil {
			outs = append(outs, output.Output{Path: "b", Prepare: func() (fingerprint.Fingerprint, output.Fill, error) {
				return fingerprint.Fingerprint{}, nil, fail
			}})
		}
		if _, err := f.Build(t.Context(), outs, Options{Inputs: key("in")}); (err != nil) != (fail != nil) {
			t.Fatal(err)
		}
	}
	want := func(f *Folder, k, v string, ok bool) {
		t.Helper()
		if got, has := f.Recall(key(k)); has != ok || string(got) != v {
			t.Errorf("%s: %q, %v", k, got, has)
		}
	}
	with(func(f *Folder) {
		f.Remember(key("x"), []byte("1"))
		f.Remember(key("y"), []byte("2"))
		want(f, "x", "1", true)
		buildIn(f, nil)
	})
	with(func(f *Folder) { // y is not asked for, and z not kept by a build that fails
		want(f, "x", "1", true)
		buildIn(f, nil)
		f.Remember(key("z"), []byte("3"))
		buildIn(f, errors.New("no"))
	})
	with(func(f *Folder) {
		want(f, "y", "", false)
		want(f, "z", "", false)
		f.Remember(key("w"), nil)
		if _, same := f.Unchanged(key("in")); !same { // no build: all is kept
			t.Error("changed")
		}
	})
	with(func(f *Folder) {
		want(f, "x", "1", true)
		want(f, "w", "", true)
		if _, same := f.Unchanged(key("in")); !same {
			t.Error("changed")
		}
	})
	with(func(f *Folder) { // two builds in one process, as serve does
		f.Remember(key("v"), []byte("5"))
		buildIn(f, nil)
		f.Remember(key("u"), []byte("6"))
		buildIn(f, nil)
		want(f, "v", "", false)
		want(f, "u", "6", true)
	})
	with(func(f *Folder) {
		defer func() {
			if recover() == nil {
				t.Error("5 KB are remembered")
			}
		}()
		f.Remember(key("big"), make([]byte, 5<<10))
	})
}

// The same folder, whatever the workers and the order of the list.
func TestWorkersDoNotMatter(t *testing.T) {
	var want []byte
	for _, workers := range []int{1, 2, 7} {
		dir := t.TempDir()
		f := open(t, dir)
		if _, err := f.Build(t.Context(), benchSite(300, 0), Options{Workers: workers}); err != nil {
			t.Fatal(err)
		}
		var got []byte
		for file := range f.Files() {
			got = fmt.Append(got, file)
		}
		if want == nil {
			want = got
		}
		if !bytes.Equal(got, want) || len(got) == 0 {
			t.Errorf("%d workers: other files", workers)
		}
		tree := look(t, dir)
		for file := range f.Files() {
			if fingerprint.Bytes([]byte(tree[file.Path])) != file.Hash || int64(len(tree[file.Path])) != file.Size {
				t.Errorf("%s is not as Files says", file.Path)
			}
		}
	}
}

// A person withdrawn is not remembered in the folder, not even by the machinery.
func TestNothingRemembersWhatIsGone(t *testing.T) {
	dir := t.TempDir()
	mustBuild(t, dir, tree{"heroes/zhang-san/index.html": "张三", "heroes/index.html": "张三"})
	mustBuild(t, dir, tree{"heroes/index.html": "-"})
	n := 0
	err := filepath.WalkDir(dir, func(p string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			n++
			b, _ := os.ReadFile(p)
			if bytes.Contains(b, []byte("zhang-san")) || bytes.Contains(b, []byte("张三")) {
				t.Errorf("%s remembers", p)
			}
		}
		if strings.Contains(p, "zhang-san") {
			t.Errorf("%s is there", p)
		}
		return err
	})
	if err != nil || n < 3 {
		t.Error(n, err)
	}
}

func TestClosed(t *testing.T) {
	f := open(t, t.TempDir())
	f.Close()
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	if _, err := f.Build(t.Context(), nil, Options{}); err == nil {
		t.Error("builds into a closed folder")
	}
	if _, same := f.Unchanged(fingerprint.Sum()); same {
		t.Error("unchanged while closed")
	}
}
