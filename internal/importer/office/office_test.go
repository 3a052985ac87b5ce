package office

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"mingdeng/internal/testrun"
)

// TestMain is LibreOffice, where the environment says so: it writes what it was given into
// new files, cannot read those that say "bad", and hangs at those that say "hang".
func TestMain(m *testing.M) {
	if os.Getenv("MINGDENG_TEST_OFFICE") == "" {
		os.Exit(m.Run())
	}
	call := testrun.CalledAsOffice(os.Args[1:])
	log, err := os.OpenFile(os.Getenv("MINGDENG_TEST_LOG"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err == nil {
		_, err = fmt.Fprintln(log, len(call.Files), os.Args[1:])
	}
	if err == nil {
		err = call.Convert(func(file string, b []byte) []byte {
			switch string(b) {
			case "bad":
				return nil
			case "hang":
				time.Sleep(time.Hour)
			}
			return []byte(filepath.Ext(file) + ":" + string(b))
		})
	}
	if err != nil {
		panic(err)
	}
	os.Exit(0)
}

func fake(t *testing.T) (program, log string) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	log = filepath.Join(t.TempDir(), "log")
	t.Setenv("MINGDENG_TEST_OFFICE", "yes")
	t.Setenv("MINGDENG_TEST_LOG", log)
	return exe, log
}

func TestConvert(t *testing.T) {
	program, log := fake(t)
	dir, work := t.TempDir(), t.TempDir()
	var files []string
	for _, f := range []struct{ name, text string }{
		{"a/走访.doc", "one"}, {"b/走访.doc", "two"}, {"名单.et", "three"}, {"--help.rtf", "four"}, {"坏.odt", "bad"}, {"x.pdf", "none"}, {"旧.wps", "five"},
	} {
		p := filepath.Join(dir, filepath.FromSlash(f.name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(f.text), 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, p)
	}
	files = append(files, filepath.Join(dir, "fehlt.doc"))
	var told []int
	made, err := Convert(context.Background(), program, files, work, func(n int) { told = append(told, n) })
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range made {
		b, err := os.ReadFile(p)
		if p != "" && err != nil {
			t.Fatal(err)
		}
		got = append(got, filepath.Ext(p)+" "+string(b))
	}
	want := []string{".docx .doc:one", ".docx .doc:two", ".xlsx .xls:three", ".docx .rtf:four", " ", " ", ".docx .doc:five", " "}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if !slices.Equal(told, []int{6, 7}) {
		t.Errorf("progress %v", told)
	}
	// One call for all texts, one for the bad one alone, one for the workbook.
	b, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	calls := strings.Split(strings.TrimSpace(string(b)), "\n")
	if len(calls) != 3 || !strings.HasPrefix(calls[0], "5 ") || !strings.HasPrefix(calls[1], "1 ") || !strings.HasPrefix(calls[2], "1 ") {
		t.Errorf("%d calls\n%s", len(calls), b)
	}
	if !strings.Contains(calls[0], "-env:UserInstallation=file:///") || strings.Contains(calls[0], "走访") || strings.Contains(calls[0], "help") {
		t.Errorf("called with %s", calls[0])
	}
}

// TestHang: work that does not end ends with its context, and what was made before stays.
func TestHang(t *testing.T) {
	program, log := fake(t)
	dir := t.TempDir()
	var files []string
	for i, text := range []string{"one", "hang"} {
		files = append(files, filepath.Join(dir, fmt.Sprint(i)+".doc"))
		if err := os.WriteFile(files[i], []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	go func() { // once it has started, it is told to stop
		out := filepath.Join(dir, "work", "out", "00000.docx")
		for _, p := range []string{log, out} {
			testrun.Comes(func() bool {
				_, err := os.Stat(p)
				return err == nil
			})
		}
		stop()
	}()
	made, err := Convert(ctx, program, files, filepath.Join(dir, "work"), nil)
	if err == nil || made[0] == "" || made[1] != "" {
		t.Errorf("%q, %v", made, err)
	}
}

// A program that hangs at whatever it is given is not waited for file by file.
func TestHangs(t *testing.T) {
	program, log := fake(t)
	dir := t.TempDir()
	var files []string
	for i := range 3 * together {
		files = append(files, filepath.Join(dir, fmt.Sprint(i)+".doc"))
		if err := os.WriteFile(files[i], []byte("hang"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c := &converter{program: program, dir: t.TempDir(), start: 200 * time.Millisecond}
	made, err := c.all(context.Background(), files, nil)
	if err != nil || strings.Join(made, "") != "" || c.hung != hangs {
		t.Errorf("%q, %v, %d calls hung", made, err, c.hung)
	}
	if b, err := os.ReadFile(log); err == nil && strings.Count(string(b), "\n") > hangs {
		t.Errorf("called %d times", strings.Count(string(b), "\n"))
	}
}

func TestFileAddress(t *testing.T) {
	for p, want := range map[string]string{"/tmp/明 灯": "file:///tmp/%E6%98%8E%20%E7%81%AF", "C:/Users/x": "file:///C:/Users/x"} {
		if got := fileAddress(p); got != want {
			t.Errorf("%s: %s", p, got)
		}
	}
}
