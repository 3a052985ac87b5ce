//go:build unix

package hostile

import "syscall"

// clock measures the time that processors gave this process, so that a busy machine
// makes nothing look slow.
type clock int64

func startClock() clock { return clock(processor()) }

// stop is in ns.
func (c clock) stop() int64 { return processor() - int64(c) }

func processor() int64 {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return u.Utime.Nano() + u.Stime.Nano()
}
