//go:build !linux

package history

import (
	"io/fs"
	"os"
	"time"
)

func fillStat(s *stat, _ fs.FileInfo) { s.changed = time.Unix(0, 0) }

const canSyncAll = false

func syncAll(*os.File) error { return nil }
