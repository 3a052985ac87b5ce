// Package openurl opens an address in the user's browser. It is the one place where the
// program starts another: the system's own opener, with the address as its only argument;
// no shell sees it.
package openurl

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
)

// Open hands an address to the system, which opens it some time later. The error is that of
// a system without an opener.
func Open(address string) error {
	switch runtime.GOOS {
	case "windows":
		// By its full name: a program of that name in another folder is not taken.
		return exec.Command(filepath.Join(os.Getenv("SystemRoot"), "System32", "rundll32.exe"), "url.dll,FileProtocolHandler", address).Start()
	case "darwin":
		return exec.Command("/usr/bin/open", address).Start()
	}
	return exec.Command("xdg-open", address).Start() // Go takes none from the folder one stands in
}
