package testrun

import "testing"

func TestWait(t *testing.T) {
	asked := 0
	Wait(t, func() bool { asked++; return asked == 3 }, "the third time")
	if asked != 3 {
		t.Errorf("asked %d times", asked)
	}
}
