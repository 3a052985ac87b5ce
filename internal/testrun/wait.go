package testrun

import (
	"fmt"
	"testing"
	"time"
)

// Patience is how long a test waits for what another goroutine, process or browser is about
// to do. A test that is green never waits so long; on a machine that has other work, one may
// come near it.
const Patience = 2 * time.Minute

// Wait asks until the answer is yes, and fails the test where it stays no. what says in the
// manner of fmt what was waited for.
func Wait(t testing.TB, ok func() bool, what string, args ...any) {
	t.Helper()
	if !Comes(ok) {
		t.Fatalf("waited in vain: %s", fmt.Sprintf(what, args...))
	}
}

// Comes is Wait for tests that have more to say than that it never came.
func Comes(ok func() bool) bool {
	pause := time.Millisecond
	for end := time.Now().Add(Patience); ; time.Sleep(pause) {
		if ok() {
			return true
		}
		if time.Now().After(end) {
			return false
		}
		pause = min(2*pause, 20*time.Millisecond)
	}
}
