//go:build unix

package writer

import (
	"errors"
	"io/fs"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// notFolder reports whether err says that a path goes through a file.
func notFolder(err error) bool { return errors.Is(err, unix.ENOTDIR) }

// writable fails where this process may not rename files from stage/ into dir:
// for want of permission, or because another disk is mounted there. So a commit
// is not begun that cannot be ended.
func writable(root store, dir string) error {
	file, err := root.Open(dir)
	if err != nil {
		return err
	}
	defer file.Close()
	there, err := file.Stat()
	if err != nil {
		return err
	}
	here, err := root.Lstat(home)
	if err != nil {
		return err
	}
	if a, b := here.Sys().(*syscall.Stat_t), there.Sys().(*syscall.Stat_t); a.Dev != b.Dev {
		return &fs.PathError{Op: "write in", Path: dir, Err: unix.EXDEV}
	}
	conn, err := file.SyscallConn()
	if err != nil {
		return err
	}
	var refused error
	err = conn.Control(func(fd uintptr) {
		refused = unix.Faccessat(int(fd), ".", unix.W_OK|unix.X_OK, unix.AT_EACCESS)
	})
	if err == nil && refused != nil {
		err = &fs.PathError{Op: "write in", Path: dir, Err: refused}
	}
	return err
}

func (d disk) SyncDir(dir string) error {
	file, err := d.Open(dir)
	if err != nil {
		return err
	}
	defer file.Close()
	return file.Sync()
}

// passing is how long it is worth waiting for what refuses with err to pass. Nothing
// does here: no program's holding a file open keeps it from being replaced.
func passing(error) time.Duration { return 0 }
