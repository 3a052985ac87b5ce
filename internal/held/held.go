// Package held makes files that cannot be replaced, as a browser, a lock or another user
// does to the files of a site. It serves tests alone.
//
// There is no one way that works for every user of every system, so [File] tries several
// and says why none did.
package held

import (
	"errors"
	"os"
	"testing"
)

// File holds a file: it can be neither replaced nor removed until release is called. The
// error says that this machine has no way to it.
func File(path string) (release func(), err error) {
	var errs []error
	for _, way := range ways {
		release, err := way(path)
		if err == nil {
			return release, nil
		}
		errs = append(errs, err)
	}
	return nil, errors.Join(errs...)
}

// Must holds a file. A test that cannot is skipped, or fails where the machine ought to
// have all that tests need.
func Must(t testing.TB, path string) (release func()) {
	t.Helper()
	release, err := File(path)
	if err != nil {
		if os.Getenv("MINGDENG_REQUIRE_TOOLS") == "1" {
			t.Fatal("MINGDENG_REQUIRE_TOOLS=1, but no file can be held here: ", err)
		}
		t.Skip("no file can be held here: ", err)
	}
	return release
}
