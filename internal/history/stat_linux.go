package history

import (
	"io/fs"
	"os"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// fillStat tells what git compares besides size and time, so that it need not read the
// file. Elsewhere it is left out: git then reads it once.
func fillStat(s *stat, info fs.FileInfo) {
	s.changed = time.Unix(0, 0)
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		s.changed = time.Unix(st.Ctim.Unix())
		s.dev, s.inode, s.uid, s.gid = uint32(st.Dev), uint32(st.Ino), st.Uid, st.Gid
	}
}

// canSyncAll: one call syncs a file system. Thousands of files of a first version would
// take a minute one by one.
const canSyncAll = true

func syncAll(f *os.File) error { return unix.Syncfs(int(f.Fd())) }
