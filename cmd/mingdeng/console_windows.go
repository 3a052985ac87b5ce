package main

import (
	"os"

	"golang.org/x/sys/windows"
)

// colourful readies a console for colours and tells whether it takes them; those
// before Windows 10 do not.
//
// Nothing else is needed for a console in GBK (code page 936): to a console Go writes
// UTF-16 (internal/poll, writeConsole), whatever its code page, so every character is
// right. Into a pipe or a file goes UTF-8.
func colourful(f *os.File) bool {
	console := windows.Handle(f.Fd())
	var mode uint32
	if windows.GetConsoleMode(console, &mode) != nil {
		return false
	}
	return windows.SetConsoleMode(console, mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING) == nil
}
