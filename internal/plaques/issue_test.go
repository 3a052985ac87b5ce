package plaques

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mingdeng/internal/bench/synth"
	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/plaque/ledger"
	"mingdeng/internal/project"
)

// park is a site of so many exhibits without a code.
func park(t *testing.T, exhibits int) project.Options {
	t.Helper()
	root := t.TempDir()
	if err := synth.Park(root, exhibits); err != nil {
		t.Fatal(err)
	}
	return project.Options{Root: root, Out: "public", Today: date.Date{Year: 2026, Month: 11, Day: 22}, Themes: builtin, Program: fingerprint.Sum([]byte("test"))}
}

func entries(t *testing.T, o project.Options) []ledger.Entry {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(o.Root, filepath.FromSlash(ledger.Path)))
	if err != nil {
		t.Fatal(err)
	}
	l, found := ledger.Parse(ledger.Path, b)
	if len(found) > 0 {
		t.Fatal(found)
	}
	return l.Entries()
}

// TestIssueStopped: what was told to be issued is in the ledger when issuing is stopped, and
// issuing again gives the others theirs.
func TestIssueStopped(t *testing.T) {
	o := park(t, 2*batch+3)
	ctx, stop := context.WithCancel(t.Context())
	var told []int
	o.Progress = func(done, total int) {
		if total != 2*batch+3 || len(entries(t, o)) != done {
			t.Errorf("%d of %d are told, the ledger has %d", done, total, len(entries(t, o)))
		}
		told = append(told, done)
		stop()
	}
	r, err := Issue(ctx, o, nil, "lamp.h.cn", rand.Reader)
	if !errors.Is(err, context.Canceled) || len(r.New) != batch || len(told) != 1 {
		t.Fatalf("%d codes, told %v, %v", len(r.New), told, err)
	}
	o.Progress = nil
	r, err = Issue(t.Context(), o, nil, "", rand.Reader)
	if err != nil || len(r.New) != batch+3 {
		t.Fatalf("%d codes, %v %v", len(r.New), err, r.Findings)
	}
	codes, exhibits := map[string]bool{}, map[string]bool{}
	for _, e := range entries(t, o) {
		codes[e.Code], exhibits[e.Exhibit] = true, true
	}
	if len(codes) != 2*batch+3 || len(exhibits) != 2*batch+3 {
		t.Errorf("%d codes for %d exhibits", len(codes), len(exhibits))
	}
}

// TestIssueChanged: somebody who writes the ledger meanwhile is not overwritten, and what was
// issued before stays.
func TestIssueChanged(t *testing.T) {
	o := park(t, batch+1)
	file := filepath.Join(o.Root, filepath.FromSlash(ledger.Path))
	o.Progress = func(done, _ int) {
		if done == batch {
			b, err := os.ReadFile(file)
			if err == nil {
				err = os.WriteFile(file, append(b, "# 备注\n"...), 0o666)
			}
			if err != nil {
				t.Error(err)
			}
		}
	}
	r, err := Issue(t.Context(), o, nil, "lamp.h.cn", rand.Reader)
	if !errors.Is(err, ledger.ErrChanged) || len(r.New) != batch || len(entries(t, o)) != batch {
		t.Fatalf("%d codes, %v, the ledger has %d", len(r.New), err, len(entries(t, o)))
	}
	if b, _ := os.ReadFile(file); !strings.HasSuffix(string(b), "# 备注\n") {
		t.Error("a remark was overwritten")
	}
}

func TestIssueNames(t *testing.T) {
	o := park(t, 12)
	name := ""
	for i := range 12 { // one name may occur twice
		b, err := os.ReadFile(filepath.Join(o.Root, "content", filepath.FromSlash(synth.ParkExhibit(i))))
		if err != nil {
			t.Fatal(err)
		}
		if _, rest, _ := strings.Cut(string(b), "name: "); i == 6 {
			name, _, _ = strings.Cut(rest, "\n")
		}
	}
	seven := []string{"park/deng-7"}
	for _, asked := range []string{
		"park/deng-7", "deng-7", name, "content/venues/park/deng-7.md", "./content/venues/park/deng-7.md", `content\venues\park\deng-7.md`,
		"venues/park/deng-7", "/venues/park/deng-7/", "https://lamp.h.cn/venues/park/deng-7/", "/home/li/site/content/venues/park/deng-7.md", "content/venues/park/deng-7.en.md",
	} {
		p, err := PlanIssue(o, []string{asked})
		if err != nil || !slices.Equal(p.Exhibits, seven) {
			t.Errorf("%q: %v, %v %v", asked, p.Exhibits, err, p.Findings)
		}
	}
	for _, asked := range []string{"park", "venues/park", "content/venues/park/_index.md", "岚江见义勇为主题公园", "https://lamp.h.cn/venues/park/"} {
		p, err := PlanIssue(o, []string{asked, "park/deng-7"})
		if err != nil || len(p.Exhibits) != 12 {
			t.Errorf("%q: %v, %v %v", asked, p.Exhibits, err, p.Findings)
		}
	}
	p, err := PlanIssue(o, []string{"park/deng-77x"})
	if !errors.Is(err, project.ErrFindings) || p.Findings[0].Code != diag.PlaqueNoExhibit || !strings.Contains(p.Findings[0].Hint(diag.Chinese), "park/deng-") {
		t.Errorf("%v %v", err, p.Findings)
	}
	file := filepath.Join(o.Root, "content", filepath.FromSlash(synth.ParkExhibit(2)))
	if err := os.WriteFile(file, []byte("---\nname: "+name+"\nkind: panel\n---\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if p, err = PlanIssue(o, []string{name}); !errors.Is(err, project.ErrFindings) || p.Findings[0].Code != diag.AmbiguousRef {
		t.Errorf("%v %v", err, p.Findings)
	}
}
