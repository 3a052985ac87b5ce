package writer

import (
	"mingdeng/internal/fingerprint"
)

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

	// Leave makes what the next build finds by [Folder.LeftBy], by name, once all is made.
	// What an earlier build left under other names is removed.
	Leave map[string]Leave

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
