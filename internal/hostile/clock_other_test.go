//go:build !unix

package hostile

import "time"

// clock measures the time on the wall, where the system does not tell another.
type clock time.Time

func startClock() clock { return clock(time.Now()) }

// stop is in ns.
func (c clock) stop() int64 { return int64(time.Since(time.Time(c))) }
