package desk

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"mingdeng/internal/bench/synth"
	"mingdeng/internal/testrun"
)

// BenchmarkSave saves a record of a rich site with a search and with versions, as the script
// of a form does, and asks for its page and for its list: what an editor waits for. A site is
// of 1,000 records unless the environment says otherwise:
//
//	RECORDS=10000 go test ./internal/desk -run - -bench Save -benchtime 10x -cpuprofile cpu.out
func BenchmarkSave(b *testing.B) {
	n, err := strconv.Atoi(os.Getenv("RECORDS"))
	if err != nil {
		n = 1000
	}
	root := b.TempDir()
	s := synth.Site{Records: n, Seed: 1, Rich: true, Search: true}
	if err := s.Write(root); err != nil {
		b.Fatal(err)
	}
	old := time.Now().Add(-time.Hour) // as if written long ago
	err = filepath.WalkDir(root, func(p string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		return os.Chtimes(p, old, old)
	})
	if err != nil {
		b.Fatal(err)
	}
	file := ""
	for r := range s.All() {
		if strings.HasPrefix(r.File, "heroes/") && !strings.Contains(r.File, ".en.") {
			file = "content/" + r.File
			break
		}
	}
	r := startIn(b, root, "")
	at := editPath(file)
	_, page := r.get(at)
	_, preview, _ := strings.Cut(page, `<iframe src="`)
	preview, _, _ = strings.Cut(preview, `"`)
	if preview == "" {
		b.Fatal("the form has no page beside it")
	}
	testrun.Wait(b, func() bool {
		_, page := r.get("/_studio/history/" + wayTo(file))
		return strings.Contains(page, historyWords["kept.first"].Zh)
	}, "the first version")
	for _, c := range []struct{ name, field string }{{"Head", "deed.summary"}, {"Text", "text"}} {
		b.Run(c.name, func(b *testing.B) {
			values := r.form(at)
			was := values.Get(c.field)
			var saved, shown, listed time.Duration
			for i := 0; b.Loop(); i++ {
				b.StopTimer()
				r.get("/_studio/history/" + wayTo(file)) // waits until the last save is a version
				b.StartTimer()
				values.Set(c.field, fmt.Sprintf("%s 第%d次修改。", was, i))
				began := time.Now()
				a := r.save(at, values)
				if a.Base == "" {
					b.Fatalf("not saved: %+v", a)
				}
				values.Set("base", a.Base)
				saved += time.Since(began)
				began = time.Now()
				if _, page := r.answer(r.client.Get(preview)); !strings.Contains(page, fmt.Sprintf("第%d次修改", i)) {
					b.Fatal("the page does not show what was saved")
				}
				shown += time.Since(began)
				began = time.Now()
				r.get("/_studio/list/hero/")
				listed += time.Since(began)
			}
			per := func(d time.Duration) float64 { return float64(d.Milliseconds()) / float64(b.N) }
			b.ReportMetric(per(saved), "save-ms/op")
			b.ReportMetric(per(shown), "page-ms/op")
			b.ReportMetric(per(listed), "list-ms/op")
		})
	}
}
