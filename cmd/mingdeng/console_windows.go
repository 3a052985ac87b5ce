package main

import (
	"os"
	"unsafe"

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

// doubleClicked tells whether the program was started from the Explorer: its console was
// then made for it, and no shell shares it.
func doubleClicked() bool {
	var ids [2]uint32
	n, _, _ := windows.NewLazySystemDLL("kernel32.dll").NewProc("GetConsoleProcessList").Call(uintptr(unsafe.Pointer(&ids[0])), uintptr(len(ids)))
	return n == 1
}
