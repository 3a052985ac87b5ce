package ledger

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"mingdeng/internal/diag"
	"mingdeng/internal/plaque/code"
)

func folder(t *testing.T) (*os.Root, string) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "content"), 0o755); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	return root, filepath.Join(dir, Path)
}

func TestWrite(t *testing.T) {
	root, file := folder(t)
	l := New(Path, "https://a.cn/")
	for i := range 3 { // a ledger may be written again and again
		payload := fmt.Sprintf("7K%d", i)
		must(t, l.Add(Entry{Code: payload + string(code.Check(payload)), Exhibit: "a/b", Issued: day}))
		if err := l.Write(root, Path); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(file); err != nil || string(got) != string(l.Text()) {
			t.Fatalf("%v, %s", err, got)
		}
	}
	if err := New(Path, "https://a.cn/").Write(root, Path); !errors.Is(err, ErrChanged) {
		t.Errorf("a new ledger over an old one: %v", err)
	}
	other := read(t, string(l.Text()))
	must(t, other.Retire(l.Entries()[0].Code, ""))
	if err := other.Write(root, Path); err != nil {
		t.Fatal(err)
	}
	kept := string(other.Text())
	must(t, l.Retire(l.Entries()[1].Code, ""))
	if err := l.Write(root, Path); !errors.Is(err, ErrChanged) {
		t.Errorf("over somebody's change: %v", err)
	}
	if got, _ := os.ReadFile(file); string(got) != kept {
		t.Errorf("somebody's change is lost")
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if err := other.Write(root, Path); !errors.Is(err, ErrChanged) {
		t.Errorf("over a file deleted meanwhile: %v", err)
	}
	if left, _ := os.ReadDir(filepath.Dir(file)); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestWriteBesideAnother(t *testing.T) {
	root, file := folder(t)
	temporary := filepath.Join(filepath.Dir(file), ".plaques.yaml.new")
	if err := os.WriteFile(temporary, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	l := New(Path, "https://a.cn/")
	if err := l.Write(root, Path); !errors.Is(err, ErrBusy) {
		t.Errorf("beside another: %v", err)
	}
	if got, _ := os.ReadFile(temporary); string(got) != "half" {
		t.Error("the other's file was touched")
	}
	old := time.Now().Add(-2 * stale)
	if err := os.Chtimes(temporary, old, old); err != nil {
		t.Fatal(err)
	}
	if err := l.Write(root, Path); err != nil {
		t.Errorf("after one that was killed: %v", err)
	}
	if err := New(Path, "https://a.cn/").Write(root, "nowhere/x.yaml"); err == nil {
		t.Error("into a folder that does not exist")
	}
}

var ledgerSeeds = []string{plain, handmade, "", "codes:\n- {}\n", "codes: [", "base_url：x", "base_url: https://a.cn/\ncodes:\n  - - a\n", "a: &a [*a]", "\u2028codes:\r\r\n- code: 7K3F\u0085", "--- \nbase_url: https://a.cn/\n...\n", "? a\n: b"}

func FuzzParse(f *testing.F) {
	if len(ledgerSeeds) == 0 {
		f.Fatal("no seeds")
	}
	for _, s := range ledgerSeeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		l, findings := Parse(Path, text)
		l.Against(World{BaseURL: "https://a.cn/", Known: []Entry{{Code: codeA, Exhibit: "a/b", Issued: day}}})
		faulty := false
		for _, f := range findings {
			faulty = faulty || f.Code.Severity == diag.Error
			if f.Path != Path || f.Pos.Line < 0 || f.Pos.Col < 0 {
				t.Fatalf("%+v", f)
			}
			f.Hint(diag.Chinese)
		}
		if len(findings) == 0 && string(l.Text()) != string(text) {
			t.Fatalf("%q became %q", text, l.Text())
		}
		before := l.Entries()
		add := Entry{Code: codeD, Exhibit: "hall/case", Issued: day, Status: Active}
		_, listed := l.Find(codeD)
		was := string(l.Text())
		switch refused := l.Add(add); {
		case refused != nil && string(l.Text()) != was:
			t.Fatalf("refused, and yet %q became %q", was, l.Text())
		case refused == nil && (faulty || listed):
			t.Fatalf("%q was edited", text)
		case refused == nil && !sameEntries(l.Entries(), append(before, add)):
			t.Fatalf("%+v from %+v", l.Entries(), before)
		}
		for _, e := range before {
			if l.Retire(e.Code, "") == nil {
				if now, _ := l.Find(e.Code); now.Status != Retired {
					t.Fatalf("%+v", now)
				}
			}
		}
	})
}

// BenchmarkLedger reads, changes and renders a ledger of 1,000 codes.
func BenchmarkLedger(b *testing.B) {
	l := New(Path, "https://a.cn/")
	var entries []Entry
	for n := range 1000 {
		payload := string([]byte{code.Alphabet[n>>5&31], code.Alphabet[n&31], 'K'})
		entries = append(entries, Entry{Code: payload + string(code.Check(payload)), Exhibit: fmt.Sprintf("park/no-%d", n), Issued: day})
	}
	if f := l.Add(entries...); f != nil {
		b.Fatal(show([]diag.Finding{*f}))
	}
	text := l.Text()
	b.ReportAllocs()
	for b.Loop() {
		l, findings := Parse(Path, text)
		if len(findings) > 0 {
			b.Fatal(show(findings))
		}
		if f := l.Retire(entries[500].Code, entries[501].Code); f != nil {
			b.Fatal(show([]diag.Finding{*f}))
		}
	}
}
