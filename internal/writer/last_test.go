package writer

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"mingdeng/internal/fingerprint"
	"mingdeng/internal/output"
)

// An Output with Last sees what became of all others, made or unchanged, and none with Last.
func TestLastSeesTheOthers(t *testing.T) {
	dir := t.TempDir()
	plain := func(p, text string) output.Output {
		return output.Output{Path: p, Prepare: func() (fingerprint.Fingerprint, output.Fill, error) {
			return fingerprint.Sum([]byte(text)), func(w *bytes.Buffer) error { w.WriteString(text); return nil }, nil
		}}
	}
	list := func(p string) output.Output {
		o := plain(p, "alone")
		o.Last = func(made func(string) (output.Made, bool)) (fingerprint.Fingerprint, output.Fill, error) {
			var text string
			for _, q := range []string{"a", "list", "list2", "none", "z/z"} {
				m, ok := made(q)
				text += fmt.Sprintf("%s %v %d %t; ", m.Path, ok, m.Size, m.Hash == fingerprint.Bytes([]byte("22")))
			}
			return fingerprint.Sum([]byte(text)), func(w *bytes.Buffer) error { w.WriteString(text); return nil }, nil
		}
		return o
	}
	build := func(a string) Stats {
		t.Helper()
		f, err := Open(context.Background(), dir, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		s, err := f.Build(context.Background(), []output.Output{list("list"), plain("a", a), list("list2"), plain("z/z", "22")}, Options{Workers: 3})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	read := func() string {
		b, err := os.ReadFile(filepath.Join(dir, "list"))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	build("1")
	if want := "a true 1 false;  false 0 false;  false 0 false;  false 0 false; z/z true 2 true; "; read() != want {
		t.Errorf("it saw %q, want %q", read(), want)
	}
	if s := build("1"); s.Written != 0 || s.Unchanged != 4 {
		t.Errorf("built again: %+v", s)
	}
	if s := build("22"); s.Written != 3 {
		t.Errorf("with one changed: %+v", s)
	}
	if want := "a true 2 true;  false 0 false;  false 0 false;  false 0 false; z/z true 2 true; "; read() != want {
		t.Errorf("it saw %q, want %q", read(), want)
	}
}

// What was kept can be read by an Output with Last; what is being made cannot yet.
func TestLastReadsWhatIsKept(t *testing.T) {
	dir := t.TempDir()
	var read string
	build := func(a string) {
		t.Helper()
		f, err := Open(context.Background(), dir, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		plain := output.Ready("d/a", fingerprint.Sum([]byte(a)), func(w *bytes.Buffer) error { w.WriteString(a); return nil })
		list := plain
		list.Path = "list"
		list.Last = func(made func(string) (output.Made, bool)) (fingerprint.Fingerprint, output.Fill, error) {
			return fingerprint.Fingerprint{}, func(w *bytes.Buffer) error {
				read = "made"
				if m, ok := made("d/a"); ok && m.Kept != nil {
					b, err := m.Kept()
					read = string(b)
					return err
				}
				return nil
			}, nil
		}
		if _, err := f.Build(context.Background(), []output.Output{plain, list}, Options{Workers: 2}); err != nil {
			t.Fatal(err)
		}
	}
	for _, step := range []struct{ text, want string }{{"one", "made"}, {"one", "one"}, {"two", "made"}, {"two", "two"}} {
		if build(step.text); read != step.want {
			t.Errorf("%s: %q, want %q", step.text, read, step.want)
		}
	}
}
