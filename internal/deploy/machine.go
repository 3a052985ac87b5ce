package deploy

import (
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

// ThisMachine excludes other runs of this machine to the same target, until release. dir is
// a folder of the user's; where it cannot be written the machine stays unknown, and a lock
// that was left at a target is waited for.
func ThisMachine(dir, target string) (m Machine, release func(), err error) {
	none := func() {}
	if os.MkdirAll(dir, 0o700) != nil {
		return Machine{}, none, nil
	}
	sum := sha256.Sum256([]byte(target))
	held := flock.New(filepath.Join(dir, fmt.Sprintf("deploy-%x.lock", sum[:8])))
	ok, err := held.TryLock()
	if err != nil {
		return Machine{}, none, nil
	}
	if !ok {
		return Machine{}, none, &BusyError{Here: true}
	}
	release = func() { held.Close() } // it frees the lock; the file stays for the next
	file := filepath.Join(dir, "machine")
	if id, err := os.ReadFile(file); err == nil && len(id) > 0 {
		return Machine{ID: strings.TrimSpace(string(id))}, release, nil
	}
	id := rand.Text()
	f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil { // another run has just made it, or it cannot be made
		return Machine{}, release, nil
	}
	if _, err := f.WriteString(id); err != nil {
		id = ""
	}
	if err := f.Close(); err != nil {
		id = ""
	}
	return Machine{ID: id}, release, nil
}
