package project

import (
	"io/fs"
	"time"

	"mingdeng/internal/date"
	"mingdeng/internal/fingerprint"
)

// Options say what to build and how.
type Options struct {
	Root    string    // the site's folder
	Out     string    // the output folder, relative to Root unless absolute
	BaseURL string    // overrides site.yaml's, if not empty
	Drafts  bool      // also drafts and what is not yet due
	Today   date.Date // the day it is
	Program fingerprint.Fingerprint
	// Since limits the sheets, lists and checklists of plaques to codes issued on that day
	// or later; the zero Date means all. StartAt is the place on the first sheet, from 1,
	// where a sheet that is partly used begins.
	Since   date.Date
	StartAt int
	// Sums asks for Result.Sums, for which every file is read.
	Sums bool
	// Wait is how long to wait for another build of the same folder.
	Wait time.Duration
	// Scanned, if not nil, is told how many files the content has, before they are read.
	Scanned func(files int)
	// Progress, if not nil, is told how many files of how many are done.
	Progress func(done, total int)
	// Begin, if not nil, is called before the first file of the output changes.
	Begin func()
	// Themes holds the themes built into the program; [*Themes] loads each of them once.
	Themes fs.FS
}
