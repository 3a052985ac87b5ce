package held

import (
	"os"

	"golang.org/x/sys/unix"
)

// The attribute needs one capability and a file system that has it, the mount another.
var ways = []func(string) (func(), error){immutable, mounted}

const immutableFlag = 0x10 // FS_IMMUTABLE_FL of linux/fs.h

// immutable sets the attribute that chattr +i does.
func immutable(path string) (func(), error) {
	set := func(on bool) error {
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		flags, err := unix.IoctlGetInt(int(f.Fd()), unix.FS_IOC_GETFLAGS)
		if err != nil {
			return &os.PathError{Op: "get attributes", Path: path, Err: err}
		}
		if flags &^= immutableFlag; on {
			flags |= immutableFlag
		}
		if err := unix.IoctlSetPointerInt(int(f.Fd()), unix.FS_IOC_SETFLAGS, flags); err != nil {
			return &os.PathError{Op: "set attributes", Path: path, Err: err}
		}
		return nil
	}
	if err := set(true); err != nil {
		return nil, err
	}
	return func() { set(false) }, nil
}

// mounted mounts the file over itself: a mount point stays.
func mounted(path string) (func(), error) {
	if err := unix.Mount(path, path, "", unix.MS_BIND, ""); err != nil {
		return nil, &os.PathError{Op: "mount", Path: path, Err: err}
	}
	return func() { unix.Unmount(path, unix.MNT_DETACH) }, nil
}
