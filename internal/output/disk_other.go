//go:build !unix

package output

import (
	"errors"
	"os"
	"syscall"
)

// notFolder reports whether err says that a path goes through a file.
func notFolder(err error) bool { return errors.Is(err, syscall.ENOTDIR) }

// writable is not asked here: on Windows the attribute of a folder does not stop
// files in it, and the access lists that would cannot be foretold without trying.
func writable(*os.Root, string) error { return nil }

// syncDir is not needed here: NTFS logs names itself, and folders cannot be synced.
func syncDir(*os.Root, string) error { return nil }
