package writer

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// A disk that is really full, where the tests may mount one.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size=4m"); err != nil {
		t.Skip("cannot mount a small disk:", err)
	}
	defer unix.Unmount(dir, unix.MNT_DETACH)
	small, big := edition(0), edition(1)
	big["big"] = strings.Repeat("x", 4<<20)
	mustBuild(t, dir, small)
	before := look(t, dir)
	_, err := buildInto(t, dir, big.outputs(), Options{})
	var machine *MachineError
	if !errors.As(err, &machine) || machine.Begun || !errors.Is(err, syscall.ENOSPC) {
		t.Error(err)
	}
	if !maps.Equal(look(t, dir), before) {
		t.Error("the folder has changed")
	}
	mustBuild(t, dir, edition(1))
	wantTree(t, dir, edition(1))
}

// A disk mounted inside the folder takes no files by rename: told before anything
// is changed.
func TestOtherDiskInside(t *testing.T) {
	dir := t.TempDir()
	mustBuild(t, dir, edition(0))
	heroes := filepath.Join(dir, "heroes")
	if err := unix.Mount("tmpfs", heroes, "tmpfs", 0, "size=1m"); err != nil {
		t.Skip("cannot mount a small disk:", err)
	}
	defer unix.Unmount(heroes, unix.MNT_DETACH)
	before := look(t, dir)
	_, err := buildInto(t, dir, edition(1).outputs(), Options{})
	var machine *MachineError
	if !errors.As(err, &machine) || machine.Begun || !errors.Is(err, syscall.EXDEV) {
		t.Error(err)
	}
	if !maps.Equal(look(t, dir), before) {
		t.Error("the folder has changed")
	}
}

// What may not be written is noticed before the commit begins. Root may write
// anywhere, so the building is done on a thread of nobody's.
func TestReadOnly(t *testing.T) {
	for name, test := range map[string]struct {
		lock []string // made read-only after edition 0
		next tree
		ok   bool
	}{
		"whole folder":             {[]string{"."}, edition(1), false},
		"folder of a changed file": {[]string{"briefs"}, edition(1), false},
		"folder of a removed file": {[]string{"heroes/p01"}, edition(1), false},
		"folder that gets a new one": {[]string{"by-edition"}, func() tree {
			next := edition(0)
			next["by-edition/new/x"] = "x"
			return next
		}(), false},
		"folder in which nothing happens": {[]string{"briefs"}, func() tree {
			next := edition(0)
			next["new/x"] = "x"
			return next
		}(), true},
	} {
		t.Run(name, func(t *testing.T) {
			top := t.TempDir()
			for d := top; len(d) > len(os.TempDir()); d = filepath.Dir(d) {
				os.Chmod(d, 0o777)
			}
			dir := filepath.Join(top, "public")
			if err := asNobody(func() error {
				_, err := buildHere(dir, edition(0))
				return err
			}); err != nil {
				t.Skip("cannot build as nobody:", err)
			}
			before := look(t, dir)
			for _, l := range test.lock {
				os.Chmod(filepath.Join(dir, l), 0o555)
			}
			var machine *MachineError
			err := asNobody(func() error { _, err := buildHere(dir, test.next); return err })
			if test.ok != (err == nil) || !test.ok && (!errors.As(err, &machine) || machine.Begun) {
				t.Errorf("%v", err)
			}
			if !test.ok && !maps.Equal(look(t, dir), before) {
				t.Error("the folder has changed")
			}
			for _, l := range test.lock {
				os.Chmod(filepath.Join(dir, l), 0o755)
			}
			if err := asNobody(func() error { _, err := buildHere(dir, test.next); return err }); err != nil {
				t.Error(err)
			}
			wantTree(t, dir, test.next)
		})
	}
}

func buildHere(dir string, site tree) (Stats, error) {
	f, err := Open(context.Background(), dir, 0)
	if err != nil {
		return Stats{}, err
	}
	defer f.Close()
	return f.Build(context.Background(), site.outputs(), Options{Workers: 1})
}

// asNobody does something as a user other than root. All threads must change,
// since the build has goroutines.
func asNobody(do func() error) (err error) {
	if os.Geteuid() != 0 {
		return do()
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := syscall.Setreuid(-1, 65534); err != nil {
		return fmt.Errorf("become nobody: %w", err)
	}
	defer func() {
		if back := syscall.Setreuid(-1, 0); back != nil {
			panic(back)
		}
	}()
	return do()
}
