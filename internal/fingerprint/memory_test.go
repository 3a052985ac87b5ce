//go:build !race

package fingerprint

import "testing"

// Under the race detector a sync.Pool forgets at random.
func TestOfTakesNoMemory(t *testing.T) {
	v := benchView()
	Of(v)
	if n := testing.AllocsPerRun(100, func() { Of(v) }); n > 0 {
		t.Errorf("%v allocations, want none", n)
	}
}
