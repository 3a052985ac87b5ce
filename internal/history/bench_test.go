package history

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mingdeng/internal/testrun"
)

// BenchmarkHistory measures a site of 10,000 records, 5,000 versions and 2,000 pictures
// (the short form: a tenth). Seven in ten records lie in one folder, which is the worst for
// a store of trees. The pictures take 3 MB each where MINGDENG_LONG is set, and 100 KB else.
func BenchmarkHistory(b *testing.B) {
	records, versions := testrun.Of(1000, 10_000), testrun.Of(500, 5000)
	pictures, size := testrun.Of(200, 2000), testrun.Of(100<<10, 3<<20)
	p := &place{TB: b, dir: b.TempDir(), now: noon}
	p.reopen()
	rnd := rand.New(rand.NewPCG(1, 2))
	name := func(i int) string {
		if i%10 < 7 {
			return fmt.Sprintf("content/heroes/ren-%05d.md", i)
		}
		return fmt.Sprintf("content/briefs/%d/di-%d-qi.md", 2010+i%15, i)
	}
	text := func(i int) string {
		return fmt.Sprintf("---\nname: 人%d\n---\n", i) + strings.Repeat("他跳进河里，把落水的孩子推上岸。\n", 20+i%30) + fmt.Sprint(rnd.Uint64(), "\n")
	}
	p.put("content/site.yaml", "name: 大\n")
	for i := range records {
		p.put(name(i), text(i))
	}
	noise := make([]byte, size)
	src := rand.NewChaCha8([32]byte{})
	for i := range pictures {
		src.Read(noise)
		p.put(fmt.Sprintf("content/venues/park/%04d.jpg", i), string(noise))
	}
	began := time.Now()
	p.save("第一版")
	b.Logf("first version of %d records, %d pictures: %v", records, pictures, time.Since(began).Round(time.Millisecond))
	began = time.Now()
	var packing time.Duration
	for v := range versions {
		i := rnd.IntN(records)
		p.put(name(i), text(i))
		p.save(fmt.Sprint("改了 人", i), name(i))
		if v%200 == 199 {
			from := time.Now()
			if err := p.Tidy(b.Context()); err != nil {
				b.Fatal(err)
			}
			packing += time.Since(from)
		}
	}
	b.Logf("%d saves: %v each; packing %v in all", versions, ((time.Since(began) - packing) / time.Duration(versions)).Round(time.Microsecond), packing.Round(time.Millisecond))
	var bytes int64
	_ = filepath.Walk(filepath.Join(p.dir, ".git"), func(_ string, info os.FileInfo, err error) error {
		if err == nil {
			bytes += info.Size()
		}
		return nil
	})
	b.Logf(".git without pictures: %d MB", (bytes-int64(pictures)*int64(size))>>20)

	b.Run("Save", func(b *testing.B) {
		for n := range b.N {
			b.StopTimer()
			p.put(name(0), fmt.Sprint("text ", n, rnd.Uint64()))
			b.StartTimer()
			p.save("改", name(0))
		}
	})
	b.Run("SaveOpened", func(b *testing.B) { // by a program just started
		for n := range b.N {
			b.StopTimer()
			p.put(name(0), fmt.Sprint("text ", n, rnd.Uint64()))
			p.reopen()
			b.StartTimer()
			p.save("改", name(0))
		}
	})
	b.Run("Versions", func(b *testing.B) {
		for range b.N {
			p.versions(name(0))
		}
	})
	b.Run("VersionsOpened", func(b *testing.B) {
		for range b.N {
			p.reopen()
			p.versions(name(0))
		}
	})
	b.Run("VersionsAnew", func(b *testing.B) { // as of a repository made by another program
		for range b.N {
			b.StopTimer()
			p.remove(".git/" + changesFile)
			p.reopen()
			b.StartTimer()
			p.versions(name(0))
		}
	})
	for _, x := range []struct {
		name string
		do   func() error
	}{
		{"Outside", func() error { _, err := p.Outside(b.Context()); return err }},
		{"Deleted", func() error { _, err := p.Deleted(b.Context(), 20); return err }},
		{"Mentions", func() error { _, err := p.Mentions(b.Context(), []string{"王二麻子"}); return err }},
		{"Purge", func() error { _, err := p.Purge(b.Context(), Order{Names: []string{"王二麻子"}}); return err }},
	} {
		b.Run(x.name, func(b *testing.B) {
			for range b.N {
				if err := x.do(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
