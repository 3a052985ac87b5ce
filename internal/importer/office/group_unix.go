//go:build unix

package office

import (
	"os/exec"
	"syscall"
)

// group makes what the program starts end with it: soffice is a script that starts others.
func group(c *exec.Cmd) {
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	c.Cancel = func() error { return syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }
}
