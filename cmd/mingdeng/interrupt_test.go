//go:build unix

package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestInterrupt stops real builds with SIGINT at different moments. Each must end soon
// and say what it left, and that must be true: the site as it was, or the new one whole.
func TestInterrupt(t *testing.T) {
	const early = -1 // the signal has ended the process, which has not begun to listen
	dir := t.TempDir()
	write := func(name, text string) {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("content/site.yaml", plainSite)
	write("content/pages/mark.md", "---\n标题: 旧记号\n---\n")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	bin := filepath.Join(t.TempDir(), "mingdeng") // testscript.Main takes the program's name for the command
	if err := os.Symlink(self, bin); err != nil {
		t.Fatal(err)
	}
	build := func(after time.Duration) (code int, said string) {
		cmd := exec.Command(bin, "-C", dir, "build", "--lang", "zh")
		var out bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &out
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if after > 0 {
			time.Sleep(after)
			_ = cmd.Process.Signal(os.Interrupt) // it may have ended
		}
		err := cmd.Wait()
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			if exit.Sys().(syscall.WaitStatus).Signaled() {
				return early, out.String()
			}
			return exit.ExitCode(), out.String()
		}
		return 0, out.String()
	}
	if code, said := build(0); code != 0 {
		t.Fatal(said)
	}
	mark := filepath.Join(dir, "public", "mark", "index.html")
	stopped, finished := 0, 0
	// Once more where a build came to its end before one was met: on a busy machine each takes
	// another time.
	for round := 1; round <= 5 && stopped == 0; round++ {
		finished = 0
		news := fmt.Sprintf("新记号%d。", round)
		for i := range 400 {
			write(fmt.Sprintf("content/pages/p%03d.md", i), "---\n标题: 页"+news+"\n---\n"+strings.Repeat("那天傍晚，雨已经下了六个小时。\n\n", 50))
		}
		write("content/pages/mark.md", "---\n标题: "+news+"\n---\n")
		for after := 100 * time.Millisecond; after < 4*time.Second && finished == 0; after += after / 2 {
			code, said := build(after)
			page, err := os.ReadFile(mark)
			if err != nil {
				t.Fatal(err)
			}
			fresh := bytes.Contains(page, []byte(news))
			switch {
			case code == early && said == "" && !fresh: // on a busy machine it may not even listen yet
			case code == exitMachine && strings.Contains(said, "已中止。网站没有改动。"):
				stopped++
				if fresh {
					t.Errorf("after %v: it says the site is as it was, but it is not", after)
				}
			case code == exitFine && strings.Contains(said, "pages "):
				finished++
				if !fresh {
					t.Errorf("after %v: it says it is done, but the page is the old one", after)
				}
			default:
				t.Errorf("after %v: exit %d: %s", after, code, said)
			}
		}
	}
	if stopped == 0 {
		t.Error("no build was stopped: the test is too slow to interrupt one")
	}
	if finished == 0 {
		if code, said := build(0); code != 0 {
			t.Error(said)
		}
	}
}
