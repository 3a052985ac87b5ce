package generate

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"mingdeng/internal/diag"
	"mingdeng/internal/project"
)

// TestNoAliasCoversAFile gives one record an old address for every file that its site
// makes, and for one below and one that differs by case: each is told at its own place.
func TestNoAliasCoversAFile(t *testing.T) {
	archives, err := filepath.Glob("testdata/golden/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no site was found")
	}
	for _, archive := range archives {
		root, built, err := buildArchive(t, archive)
		told(t, built, err)
		var names, aliases []string
		err = fs.WalkDir(os.DirFS(filepath.Join(root, "public")), ".", func(name string, e fs.DirEntry, err error) error {
			if e != nil && (e.Name() == ".mingdeng" || path.Base(path.Dir(name)) == "search" && e.IsDir()) { // shards come and go
				return fs.SkipDir
			}
			if err == nil && !e.IsDir() {
				names = append(names, name)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			address := "/" + strings.TrimSuffix(name, "index.html")
			if address == "/" { // refused by another rule
				address = "/index.html"
			}
			aliases = append(aliases, address, "/"+strings.ToUpper(name[:1])+name[1:], "/"+name+"/below/")
		}
		var head strings.Builder
		head.WriteString("---\ntitle: 旧地址\naliases:\n")
		for _, a := range aliases {
			head.WriteString("  - " + strconv.Quote(a) + "\n")
		}
		page := "content/pages/lao-di-zhi.md"
		if err := os.MkdirAll(filepath.Join(root, "content/pages"), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(root, page), []byte(head.String()+"---\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		r, err := Check(context.Background(), optionsOf(root))
		if !errors.Is(err, project.ErrFindings) {
			t.Fatal(err)
		}
		lines, elsewhere := map[int]bool{}, ""
		for _, f := range r.Findings {
			if f.Path == page && (f.Code == diag.AliasTaken || f.Code == diag.LooseAlias) {
				lines[f.Pos.Line] = true
			} else if f.Code == diag.AliasTaken { // of two records' old addresses either may give way
				elsewhere += f.Message(diag.English) + "\n"
			} else if f.Code.Severity == diag.Error {
				t.Errorf("%s: %s %s", f.Place(), f.Code.ID, f.Message(diag.English))
			}
		}
		for i, a := range aliases {
			if !lines[4+i] && !strings.Contains(elsewhere, strings.TrimSuffix(a, "index.html")+" belongs to "+page) {
				t.Errorf("%s: nobody tells that %s is taken", archive, a)
			}
		}
		t.Logf("%s: %d aliases", archive, len(aliases))
	}
}
