package testrun

import (
	"os/exec"
	"testing"
)

// Epubcheck runs the checker of the W3C over an e-book, in a test of its own, so that the
// others go on where it is not installed. Any message above "usage" is a fault.
func Epubcheck(t *testing.T, file string) {
	t.Run("epubcheck", func(t *testing.T) {
		jar, java := Tool(t, "epubcheck", "epubcheck"), Tool(t, "java", "default-jre-headless")
		// Debian's command is the jar itself, which not every kernel runs by its name. What
		// Java does to be fast in long runs takes longer here than the check.
		cmd := exec.Command(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", jar, "--failonwarnings", file)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
	})
}
