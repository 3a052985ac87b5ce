//go:build !unix

package office

import (
	"os/exec"
	"strconv"
)

// group makes what the program starts end with it: soffice.exe starts soffice.bin.
func group(c *exec.Cmd) {
	c.Cancel = func() error {
		if err := exec.Command("taskkill", "/T", "/F", "/PID", strconv.Itoa(c.Process.Pid)).Run(); err != nil {
			return c.Process.Kill()
		}
		return nil
	}
}
