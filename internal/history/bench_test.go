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
	// The versions are made by the git program, which takes a hundredth of the time.
	began = time.Now()
	var in strings.Builder
	for v := range versions {
		i := rnd.IntN(records)
		body := text(i)
		fmt.Fprintf(&in, "commit refs/heads/main\ncommitter 王 <w@example.cn> %d +0800\ndata <<.\n改了 人%d\n.\n", p.now.Unix()+int64(v), i)
		if v == 0 {
			in.WriteString("from refs/heads/main^0\n")
		}
		fmt.Fprintf(&in, "M 644 inline %s\ndata %d\n%s\n", name(i), len(body), body)
	}
	stream := filepath.Join(b.TempDir(), "stream")
	if err := os.WriteFile(stream, []byte(in.String()), 0o600); err != nil {
		b.Fatal(err)
	}
	p.gitFrom(stream, "fast-import", "--quiet")
	p.git("reset", "-q", "--hard")
	b.Logf("%d versions by git: %v", versions, time.Since(began).Round(time.Millisecond))
	began = time.Now()
	const saves = 200
	for range saves {
		i := rnd.IntN(records)
		p.put(name(i), text(i))
		p.save(fmt.Sprint("改了 人", i), name(i))
	}
	b.Logf("%d saves: %v each", saves, (time.Since(began) / saves).Round(time.Microsecond))
	loose := gitSize(p)
	began = time.Now()
	if err := p.tidy(b.Context(), saves); err != nil {
		b.Fatal(err)
	}
	b.Logf("packing: %v, from %d to %d MB without pictures", time.Since(began).Round(time.Millisecond), (loose-int64(pictures*size))>>20, (gitSize(p)-int64(pictures*size))>>20)

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

// gitSize is how many bytes .git takes.
func gitSize(p *place) (n int64) {
	_ = filepath.Walk(filepath.Join(p.dir, ".git"), func(_ string, info os.FileInfo, err error) error {
		if err == nil {
			n += info.Size()
		}
		return nil
	})
	return n
}
