package output

import (
	"bytes"

	"mingdeng/internal/fingerprint"
)

// Output is one file that the build makes.
type Output struct {
	// Path is where it goes, as [ValidPath] wants it. No two Outputs may differ
	// by case alone, and none may lie where another needs a folder.
	Path string

	// Kept says that nothing the file depends on has changed since the last build, where
	// that can be told without asking Prepare, which may cost more than everything else.
	// Where the last build did make the file and it lies there as it was left, Prepare
	// is not called.
	Kept bool

	// Prepare gathers what the file depends on, and returns the fingerprint of
	// all of it and the function that makes the bytes. The bytes must depend on
	// nothing else. A zero fingerprint is never trusted: the file is made each
	// time. Prepare is called at most once in a build, from any worker, and fill
	// right after it by the same worker or not at all.
	Prepare func() (print fingerprint.Fingerprint, fill func(w *bytes.Buffer) error, err error)

	// Last, if not nil, is called in the place of Prepare when every Output without
	// one is settled, and may ask what became of them: for files that tell of
	// others' sizes. One Output with Last cannot ask about another. Prepare is
	// there all the same, for those who make a file alone and have no others.
	Last func(made func(path string) (Made, bool)) (print fingerprint.Fingerprint, fill func(w *bytes.Buffer) error, err error)
}

// Options are the terms of a build. The zero Options are sound.
type Options struct {
	// Inputs is the fingerprint of everything that the build depends on, for
	// [Folder.Unchanged] to compare the next time. Zero: not known.
	Inputs fingerprint.Fingerprint

	// Workers is how many Outputs are made at once; 0 means one for each
	// processor. Each keeps one buffer as large as the largest file it made.
	Workers int

	// Progress, if not nil, is told how many Outputs of how many are done. Calls
	// come one at a time, in order of done, from any worker.
	Progress func(done, total int)

	// Inspect, if not nil, sees the bytes of every file made, before they are
	// written, and may refuse them with an error. It is called from any worker
	// and must not keep b.
	Inspect func(path string, b []byte) error

	// Rules is the fingerprint of what Inspect looks for. When it is not the last
	// build's, or zero, files that need not be made are read back and inspected
	// as well.
	Rules fingerprint.Fingerprint

	// Begin, if not nil, is called when all is made, before the first file of the folder
	// changes: from here on it is better to wait for the end than to leave.
	Begin func()
}

// Stats says what a build did.
type Stats struct {
	Files     int   // Outputs in all: Written + Unchanged
	Written   int   // put in place, new or changed
	Unchanged int   // left as they were
	Removed   int   // outputs of the last build that are no more
	Bytes     int64 // written

	// Left names files of the last build that are no longer Outputs, and that
	// stay because somebody changed them since. They are forgotten: the next
	// build will not name them.
	Left []string

	// Foreign names files in the folder that are neither Outputs nor hidden. It
	// is looked for only where the folder's record of past builds was missing or
	// unreadable: among them may be what an earlier build made.
	Foreign []string
}
