//go:build !unix

package writer

import (
	"errors"
	"syscall"
	"time"
)

// notFolder reports whether err says that a path goes through a file.
func notFolder(err error) bool { return errors.Is(err, syscall.ENOTDIR) }

// writable is not asked here: on Windows the attribute of a folder does not stop
// files in it, and the access lists that would cannot be foretold without trying.
func writable(store, string) error { return nil }

// SyncDir is not needed here: NTFS logs names itself, and folders cannot be synced.
func (disk) SyncDir(string) error { return nil }

// passing is how long it is worth waiting for what refuses with err to pass. A virus
// scanner holds a new file for a moment, a browser or an office program until somebody
// closes it. That access is denied may come of a file that is being deleted, but mostly
// of one that may never be written.
func passing(err error) time.Duration {
	const (
		accessDenied     = syscall.Errno(5)
		sharingViolation = syscall.Errno(32)
		lockViolation    = syscall.Errno(33)
		deletePending    = syscall.Errno(303)
		mappedFile       = syscall.Errno(1224)
	)
	switch {
	case errors.Is(err, sharingViolation), errors.Is(err, lockViolation), errors.Is(err, mappedFile):
		return longest
	case errors.Is(err, accessDenied), errors.Is(err, deletePending):
		return longest / 5
	}
	return 0
}
