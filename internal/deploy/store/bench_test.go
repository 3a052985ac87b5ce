package store

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"mingdeng/internal/deploy"
	"mingdeng/internal/fingerprint"
)

var benchFiles = flag.Int("mingdeng.files", 20_000, "files of the site that BenchmarkFolder sends")

// BenchmarkFolder sends a site to a folder, then the same with one page changed:
//
//	go test ./internal/deploy/store -run - -bench Folder -benchtime 1x -mingdeng.files 100000
func BenchmarkFolder(b *testing.B) {
	from, to := b.TempDir(), filepath.Join(b.TempDir(), "site")
	source := deploy.Source{FS: os.DirFS(from), Base: "/"}
	text := strings.Repeat("明灯", 2000)
	for i := range *benchFiles {
		p := fmt.Sprintf("heroes/%03d/h%06d/index.html", i/1000, i)
		file := filepath.Join(from, filepath.FromSlash(p))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			b.Fatal(err)
		}
		content := fmt.Sprint(i, text)
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			b.Fatal(err)
		}
		source.Files = append(source.Files, deploy.Made{Path: p, Size: int64(len(content)), Hash: fingerprint.Sum([]byte(content))})
	}
	s := NewFolder(to)
	defer s.Close()
	run := func() time.Duration {
		begun := time.Now()
		plan, err := deploy.Make(b.Context(), s, source, deploy.Options{})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := plan.Run(b.Context(), true, nil); err != nil {
			b.Fatal(err)
		}
		return time.Since(begun)
	}
	for b.Loop() {
		b.ReportMetric(run().Seconds(), "first-s")
		source.Files[*benchFiles/2].Hash[0]++
		b.ReportMetric(run().Seconds(), "second-s")
	}
	begun := time.Now()
	if err := s.List(context.Background(), "", func(deploy.Object) error { return nil }); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(time.Since(begun).Seconds(), "listing-s")
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.Sys)/(1<<20), "MB-of-system")
}
