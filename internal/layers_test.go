package internal

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// layers is the direction of imports: a package may import those of the lines
// above its own, never one beside or below it. After go/build/deps_test.go.
var layers = []string{
	"rescue held testrun desk/openurl", // knows nothing of the others
	"date docform epub fingerprint fold geo han importer/office importer/symbols onefile sums typography vtt wayfinding drawing/shape plaque/qr/photo theme/compiled theme/layered", // know nothing of each other
	"diag output",
	"calendar history serving deploy/target frontmatter hant personal picture search plaque/code plaque/qr drawing/typeset drawing/fonts drawing/artwork importer/report",
	"attachment markdown theme plaque/proof plaque/design plaque/verify card scans",
	"content plaque/kit importer/rich",
	"plaque/ledger cover importer/docx importer/saved importer/roll",
	"site bundle",
	"media privacy scaffold amend collect",
	"pages importer yearly",
	"feeds render writer",
	"project",
	"advice plaques warnings gather",
	"generate",
	"live samples deploy deploy/live",
	"deploy/store",
	"manual desk/form",
	"serve chromium wechat hostile",
	"desk",
	"bench/synth",
	"bench release browsertest",
}

// withinLine are the exceptions: packages that import a neighbour of their line.
var withinLine = map[string][]string{
	"drawing/fonts": {"drawing/typeset"},
	"plaque/proof":  {"plaque/qr"},
}

// TestOneDoor: the folder with the pictures and recordings of a site is handed to package
// media and to nobody else; all others get its texts (content.Texts).
func TestOneDoor(t *testing.T) {
	var files []string
	for _, pkg := range []string{"project", "generate", "live", "plaques", "samples", "advice"} {
		list, err := filepath.Glob(pkg + "/*.go")
		if err != nil || len(list) == 0 {
			t.Fatal(pkg, err)
		}
		files = append(files, list...)
	}
	// A Source carries the files to the one call that takes them.
	carried := regexp.MustCompile(`Files: root\.FS\(\),|files: root\.FS\(\),|Files: l\.files,|content\.Texts\(root\.FS\(\)\)|media\.New\(from\.Files,`)
	handed := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(b), "\n") {
			handed += strings.Count(line, "media.New(from.Files,")
			rest := carried.ReplaceAllString(line, "")
			if strings.Contains(rest, ".FS()") || strings.Contains(rest, "from.Files") || strings.Contains(rest, "l.files") {
				t.Errorf("%s:%d: the files of a site go out through package media alone: %s", name, i+1, strings.TrimSpace(line))
			}
		}
	}
	if handed != 1 {
		t.Errorf("package media is given the files %d times", handed)
	}
}

func TestImportsGoOneWay(t *testing.T) {
	rank := map[string]int{}
	for i, line := range layers {
		for _, p := range strings.Fields(line) {
			rank[p] = i
		}
	}
	seen := map[string]bool{}
	err := filepath.WalkDir(".", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() && e.Name() == "testdata" {
			if e != nil && e.IsDir() && err == nil {
				return fs.SkipDir
			}
			return err
		}
		if !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go") || !strings.Contains(filepath.ToSlash(p), "/") {
			return nil
		}
		pkg := path.Dir(filepath.ToSlash(p))
		own, known := rank[pkg]
		if !known {
			t.Errorf("%s has no layer: give it one", pkg)
			return nil
		}
		seen[pkg] = true
		f, err := parser.ParseFile(token.NewFileSet(), p, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, imp := range f.Imports {
			dep, ok := strings.CutPrefix(strings.Trim(imp.Path.Value, `"`), "mingdeng/internal/")
			if !ok {
				if strings.HasPrefix(strings.Trim(imp.Path.Value, `"`), "mingdeng/cmd") {
					t.Errorf("%s imports the command", p)
				}
				continue
			}
			r, known := rank[dep]
			allowed := false
			for _, n := range withinLine[pkg] {
				allowed = allowed || n == dep
			}
			if known && r >= own && !allowed {
				t.Errorf("%s imports %s, which is not below it", p, dep)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(seen) < 10 {
		t.Errorf("only %d packages were seen", len(seen))
	}
}
