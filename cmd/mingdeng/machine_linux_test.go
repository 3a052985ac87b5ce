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

	"golang.org/x/sys/unix"

	"mingdeng/internal/held"
)

// refused runs a build that the machine does not let through: exit 3, told in words, and
// the folder as it was.
func refused(t *testing.T, cmd *exec.Cmd, out string, before map[string]string) {
	t.Helper()
	var told bytes.Buffer
	cmd.Stderr = &told
	err := cmd.Run()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != exitMachine {
		t.Errorf("%v, want exit %d: %s", err, exitMachine, &told)
	}
	if got := told.String(); !strings.HasPrefix(got, "mingdeng: 机器出了问题") || strings.Contains(got, "goroutine") {
		t.Errorf("told as %q", got)
	}
	same(t, "after the refusal", filesOf(t, out), before)
}

// The disk is full: nothing changes, and all is well when there is room again.
func TestDiskFullForABuild(t *testing.T) {
	dir, site := newSite(t)
	want := wanted(t, dir, site, []map[string]string{site})[0]
	out := filepath.Join(dir, "public")
	if err := os.Mkdir(out, 0o755); err != nil {
		t.Fatal(err)
	}
	size := 0
	for _, b := range want {
		size += (len(b)+4095)/4096*4096 + 4096
	}
	if err := unix.Mount("tmpfs", out, "tmpfs", 0, fmt.Sprintf("size=%d", size+1<<20)); err != nil {
		t.Skip("cannot mount a small disk:", err)
	}
	defer unix.Unmount(out, unix.MNT_DETACH)
	must(t, command(t, "-C", dir, "build", "-q"))
	big := map[string]string{"content/venues/yuan/jiang.mp3": strings.Repeat("\xff\xe3\x18\xc4"+strings.Repeat("x", 68), 60_000)}
	layAll(t, dir, big, false)
	refused(t, command(t, "-C", dir, "build", "-q"), out, want)
	layAll(t, dir, site, false)
	must(t, command(t, "-C", dir, "build", "-q"))
	same(t, "with room again", filesOf(t, out), want)
}

// A folder that may not be written, or in which some folder may not.
func TestUnwritableForABuild(t *testing.T) {
	dir, site := newSite(t)
	all := states(site)[:2]
	want := wanted(t, dir, site, all)
	change(t, dir, site, all[0])
	out := filepath.Join(dir, "public")
	nobody := asNobody(t, dir)
	as := func() *exec.Cmd { return nobody(t, "-C", dir, "build", "-q") }
	must(t, as())
	change(t, dir, all[0], all[1])
	for _, locked := range []string{".", "heroes", "briefs"} {
		p := filepath.Join(out, locked)
		if err := os.Chmod(p, 0o555); err != nil {
			t.Fatal(err)
		}
		refused(t, as(), out, want[0])
		os.Chmod(p, 0o755)
	}
	must(t, as())
	same(t, "when it may be written", filesOf(t, out), want[1])
}

// asNobody runs the program in a site's folder as a user who is not root, whom nothing stops.
func asNobody(t *testing.T, dir string) func(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	if os.Geteuid() != 0 {
		return command
	}
	file, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	os.Chmod(filepath.Dir(file), 0o755)
	os.Chmod(dir, 0o777)
	return func(t *testing.T, args ...string) *exec.Cmd {
		cmd := command(t, args...)
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		return cmd
	}
}

// heldFromNobody builds as nobody, and keeps nobody from replacing a file: it becomes
// root's, in a folder that is sticky. That needs no more than being root.
func heldFromNobody(t *testing.T, dir, file string) (build func(t *testing.T, args ...string) *exec.Cmd, release func()) {
	t.Helper()
	if os.Geteuid() != 0 {
		must(t, command(t, "-C", dir, "build", "-q"))
		return command, held.Must(t, file)
	}
	build = asNobody(t, dir)
	must(t, build(t, "-C", dir, "build", "-q"))
	give := func(uid int, mode os.FileMode) {
		for _, p := range []string{file, filepath.Dir(file)} {
			if err := os.Lchown(p, uid, uid); err != nil && !errors.Is(err, os.ErrNotExist) {
				t.Error(err)
			}
		}
		os.Chmod(filepath.Dir(file), mode)
	}
	give(0, 0o777|os.ModeSticky)
	return build, func() { give(65534, 0o755) }
}
