//go:build !linux

package main

import (
	"os/exec"
	"testing"

	"mingdeng/internal/held"
)

// heldFromNobody holds a file as any other is held: a file has no other owner here.
func heldFromNobody(t *testing.T, dir, file string) (build func(t *testing.T, args ...string) *exec.Cmd, release func()) {
	t.Helper()
	must(t, command(t, "-C", dir, "build", "-q"))
	return command, held.Must(t, file)
}
