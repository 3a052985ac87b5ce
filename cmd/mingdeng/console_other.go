//go:build !windows

package main

import (
	"os"
	"path/filepath"
	"runtime"
)

// colourful tells whether a terminal takes colours: here they all do.
func colourful(*os.File) bool { return true }

// doubleClicked tells whether a program without arguments was started from a desktop. There
// is no terminal then, but for the Finder, which opens one and types the program's whole
// path into it; and there is a screen, which what is run by cron or a pipeline has not.
func doubleClicked() bool {
	terminal := isTerminal(os.Stdin) || isTerminal(os.Stdout) || isTerminal(os.Stderr)
	if runtime.GOOS == "darwin" {
		return !terminal || filepath.IsAbs(os.Args[0])
	}
	return !terminal && (os.Getenv("WAYLAND_DISPLAY") != "" || os.Getenv("DISPLAY") != "")
}
