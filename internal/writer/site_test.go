package writer

import (
	"bytes"
	"context"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"mingdeng/internal/fingerprint"
	"mingdeng/internal/output"
)

// reporter is what testing.T and rapid.T have in common.
type reporter interface {
	Helper()
	Fatal(...any)
}

// tree is what lies in a folder, but for .mingdeng: content by path; a folder
// ends with a slash, a link begins with "-> ".
type tree map[string]string

func look(t reporter, dir string) tree {
	t.Helper()
	got := tree{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || p == dir {
			return err
		}
		rel, _ := filepath.Rel(dir, p)
		rel = filepath.ToSlash(rel)
		switch {
		case rel == home:
			return fs.SkipDir
		case d.IsDir():
			got[rel+"/"] = ""
		case d.Type() == fs.ModeSymlink:
			to, _ := os.Readlink(p)
			got[rel] = "-> " + to
		default:
			b, err := os.ReadFile(p)
			got[rel] = string(b)
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// memoryDir is a folder on a disk in memory where there is one: for tests that
// make and remove thousands of files to see what a kill or a fault does, which
// does not depend on the disk. TMPDIR, if set, has its way.
func memoryDir(t testing.TB) string {
	if os.Getenv("TMPDIR") == "" {
		if dir, err := os.MkdirTemp("/dev/shm", "mingdeng-test-"); err == nil {
			t.Cleanup(func() { os.RemoveAll(dir) })
			return dir
		}
	}
	return t.TempDir()
}

// files is t without its folders.
func (t tree) files() tree {
	t = maps.Clone(t)
	maps.DeleteFunc(t, func(p, _ string) bool { return p[len(p)-1] == '/' })
	return t
}

// lay puts files, folders and links into dir, as look shows them.
func lay(t testing.TB, dir string, what tree) {
	t.Helper()
	for _, p := range slices.Sorted(maps.Keys(what)) {
		at := filepath.Join(dir, filepath.FromSlash(p))
		var err error
		switch to, link := bytes.CutPrefix([]byte(what[p]), []byte("-> ")); {
		case p[len(p)-1] == '/':
			err = os.MkdirAll(at, 0o755)
		case link:
			if err = os.MkdirAll(filepath.Dir(at), 0o755); err == nil {
				err = os.Symlink(string(to), at)
			}
		default:
			if err = os.MkdirAll(filepath.Dir(at), 0o755); err == nil {
				err = os.WriteFile(at, []byte(what[p]), 0o644)
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// outputs makes each file of site from its content alone.
func (site tree) outputs() []output.Output {
	var outs []output.Output
	for p, content := range site { // in random order: no order is asked of callers
		outs = append(outs, output.Output{Path: p, Prepare: func() (fingerprint.Fingerprint, output.Fill, error) {
			return fingerprint.Sum([]byte(content)), func(w *bytes.Buffer) error { w.WriteString(content); return nil }, nil
		}})
	}
	return outs
}

func open(t testing.TB, dir string) *Folder {
	t.Helper()
	f, err := Open(context.Background(), dir, time.Second)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// buildInto opens dir, builds outs and closes it.
func buildInto(t testing.TB, dir string, outs []output.Output, o Options) (Stats, error) {
	t.Helper()
	f := open(t, dir)
	defer f.Close()
	return f.Build(context.Background(), outs, o)
}

func mustBuild(t testing.TB, dir string, site tree) Stats {
	t.Helper()
	stats, err := buildInto(t, dir, site.outputs(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if stats.Files != len(site) || stats.Written+stats.Unchanged != len(site) {
		t.Fatalf("of %d files: %+v", len(site), stats)
	}
	return stats
}

func wantTree(t testing.TB, dir string, want tree) {
	t.Helper()
	if got := look(t, dir).files(); !maps.Equal(got, want) {
		t.Fatalf("the folder holds\n%v\nwant\n%v", got, want)
	}
}
