//go:build unix

package main

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"mingdeng/internal/testrun"
)

// TestTerminate asks builds of heavy content to end (SIGTERM), at moments that fall into long
// steps: a picture of 79 megapixels, drawings that cost as much as one may, books, plaques,
// a text of one long table. Each ends soon and leaves the site as it was.
func TestTerminate(t *testing.T) {
	dir, _ := newSite(t)
	must(t, command(t, "-C", dir, "build"))
	out := filepath.Join(dir, "public")
	before := filesOf(t, out)

	var b bytes.Buffer
	flat := image.NewPaletted(image.Rect(0, 0, 8900, 8900), color.Palette{color.White, color.Black})
	for i := range flat.Pix {
		flat.Pix[i] = byte(i>>9) & 1
	}
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, flat); err != nil {
		t.Fatal(err)
	}
	heavy := map[string]string{
		"content/pages/ju.png": b.String(),
		"content/pages/tu.svg": `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 1000">` + strings.Repeat(`<path d="M0 0H800V1000L9 999z"/>`, 1500) + `</svg>`,
		"content/pages/ju.md":  "---\ntitle: 巨\n---\n![图](ju.png)\n\n![图](tu.svg)\n\n|" + strings.Repeat("a|", 300) + "\n|" + strings.Repeat("-|", 300) + "\n" + strings.Repeat("|a|\n", 3000),
	}
	for _, name := range []string{"a", "b", "c", "d", "e", "f"} {
		heavy["content/heroes/zhong-"+name+"/index.md"] = "---\nname: 重" + name + "\nregion: 省\nportrait: {文件: p.svg, 替代文字: 像}\nconsent: {publish: true, portrait: true}\n---\n正文。\n"
		heavy["content/heroes/zhong-"+name+"/p.svg"] = heavy["content/pages/tu.svg"]
	}
	layAll(t, dir, heavy, false)

	const most = testrun.Patience // it needs 1.5 s and its last words; a machine that has other work needs more
	stopped, longest := 0, time.Duration(0)
	rounds := testrun.Of(4, 16)
	for n := 0; n < rounds || stopped == 0 && n < 10*rounds; n++ { // some end, or do not listen, before they are asked
		cmd := command(t, "-C", dir, "build")
		var told bytes.Buffer
		cmd.Stdout, cmd.Stderr = &told, &told
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		after := 150*time.Millisecond + time.Duration(rand.Int64N(int64(3*time.Second)))
		time.Sleep(after)
		_ = cmd.Process.Signal(syscall.SIGTERM) // it may have ended
		asked := time.Now()
		gone := make(chan error, 1)
		go func() { gone <- cmd.Wait() }()
		var err error
		select {
		case err = <-gone:
		case <-time.After(most):
			_ = cmd.Process.Kill()
			<-gone
			t.Fatalf("asked to end after %v, it went on for %v", after, most)
		}
		longest = max(longest, time.Since(asked))
		var exit *exec.ExitError
		switch {
		case errors.As(err, &exit) && exit.Sys().(syscall.WaitStatus).Signaled(): // it did not listen yet
		case errors.As(err, &exit) && exit.ExitCode() == exitMachine && strings.Contains(told.String(), "已中止。网站没有改动。"):
			stopped++
			same(t, "after being asked to end", filesOf(t, out), before)
		case err == nil: // it was quicker
			before = filesOf(t, out)
			if err := os.WriteFile(filepath.Join(dir, "content/pages/ju.png"), append(b.Bytes(), byte(stopped)), 0o644); err != nil {
				t.Fatal(err)
			}
		default:
			t.Fatalf("after %v: %v\n%s", after, err, &told)
		}
	}
	t.Logf("%d of %d were stopped, the slowest within %v of being asked", stopped, rounds, longest)
	if stopped == 0 {
		t.Error("no build was stopped: the content is not heavy enough")
	}
}
