// Package output says what a file to be made is: an [Output], with a path, a fingerprint
// of all it depends on, and a function that makes its bytes. Whoever plans files makes
// Outputs; package writer brings a folder to them.
package output

import (
	"bytes"

	"mingdeng/internal/fingerprint"
)

// Fill makes the bytes of a file.
type Fill = func(w *bytes.Buffer) error

// Prepare gathers what a file depends on, and returns the fingerprint of all of it and the
// function that makes its bytes. The bytes must depend on nothing else. A zero fingerprint
// is never trusted: the file is made each time.
type Prepare = func() (print fingerprint.Fingerprint, fill Fill, err error)

// Output is one file that a build makes.
type Output struct {
	// Path is where it goes, as writer.ValidPath wants it. No two Outputs may differ
	// by case alone, and none may lie where another needs a folder.
	Path string

	// Kept says that nothing the file depends on has changed since the last build, where
	// that can be told without asking Prepare, which may cost more than everything else.
	// Where the last build did make the file and it lies there as it was left, Prepare
	// is not called.
	Kept bool

	// Prepare is called at most once in a build, from any worker, and fill right after it
	// by the same worker or not at all.
	Prepare Prepare

	// After, if not "", is the path of another Output behind which this one is made, mostly
	// by the same worker: both read the same, which may be kept for a moment. Nothing
	// may depend on it.
	After string

	// Last, if not nil, is called in the place of Prepare when every Output without
	// one is made, and may ask what became of them: for files that tell of
	// others' sizes. One Output with Last cannot ask about another. Prepare is
	// there all the same, for those who make a file alone and have no others.
	Last func(made func(path string) (Made, bool)) (print fingerprint.Fingerprint, fill Fill, err error)
}

// Ready is an Output whose fingerprint is known beforehand.
func Ready(path string, print fingerprint.Fingerprint, fill Fill) Output {
	return Output{Path: path, Prepare: func() (fingerprint.Fingerprint, Fill, error) { return print, fill, nil }}
}

// Made is a file that a build has left in its folder.
type Made struct {
	Path string
	Size int64                   // bytes
	Hash fingerprint.Fingerprint // of the bytes
}
