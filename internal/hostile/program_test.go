package hostile

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"mingdeng/internal/plaque/proof"
)

// sources calls f with every Go file of the program that is no test. dir is below the
// module's root.
func sources(t testing.TB, f func(dir string, file *ast.File)) {
	t.Helper()
	seen := 0
	for _, top := range []string{"cmd", "internal", "themes"} {
		err := filepath.WalkDir(filepath.Join("../..", top), func(p string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || filepath.Ext(p) != ".go" || strings.HasSuffix(p, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), p, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			rel, err := filepath.Rel("../..", filepath.Dir(p))
			seen++
			f(filepath.ToSlash(rel), file)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if seen < 100 {
		t.Fatalf("only %d files were seen", seen)
	}
}

func imports(file *ast.File, name string) bool {
	return slices.ContainsFunc(file.Imports, func(i *ast.ImportSpec) bool { return i.Path.Value == strconv.Quote(name) })
}

// TestRunsNothing: making a site starts no other program, so none can be slipped in.
// Exceptions are those of tests, of comparing decoders, of making a release, of LibreOffice,
// which an import asks to convert old files, and of the system's browser at the desk.
func TestRunsNothing(t *testing.T) {
	may := []string{"internal/chromium", "internal/testrun", "internal/deploy/live", "internal/bench", "internal/plaque/proof", "internal/release", "internal/desk/openurl", "internal/importer/office"}
	sources(t, func(dir string, file *ast.File) {
		for _, runs := range []string{"os/exec", "plugin"} {
			if imports(file, runs) && !slices.Contains(may, dir) {
				t.Errorf("%s imports %s", dir, runs)
			}
		}
	})
}

// TestAsksNobody: making a site asks nothing of the network. What serves, sends or verifies
// one does; the desk asks none but itself.
func TestAsksNobody(t *testing.T) {
	may := []string{"internal/serve", "internal/desk", "internal/deploy", "internal/plaque/verify", "cmd/mingdeng", "internal/bench", "internal/testrun"} // bench fetches what it is compared with; testrun serves tests alone
	sources(t, func(dir string, file *ast.File) {
		for _, asks := range []string{"net", "net/http", "net/rpc", "net/smtp", "golang.org/x/net/websocket"} {
			if imports(file, asks) && !slices.ContainsFunc(may, func(m string) bool { return dir == m || strings.HasPrefix(dir, m+"/") }) {
				t.Errorf("%s imports %s", dir, asks)
			}
		}
	})
}

// TestHelperOfTheFolder: the one helper there may be is not taken from the folder one
// stands in, which may be a stranger's site (CVE-2020-26284).
func TestHelperOfTheFolder(t *testing.T) {
	dir := t.TempDir()
	name := "zbarimg"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\ntouch was-run\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	for _, path := range []string{".", "", "." + string(os.PathListSeparator) + "."} {
		t.Setenv("PATH", path)
		for _, r := range proof.Readers() {
			if r.Name() != (proof.Gozxing{}).Name() {
				t.Errorf("PATH=%q: %s is taken from the folder", path, r.Name())
			}
		}
	}
	t.Setenv("PATH", dir)
	if len(proof.Readers()) != 2 {
		t.Error("a helper on the PATH is not found: the test proves nothing")
	}
}
