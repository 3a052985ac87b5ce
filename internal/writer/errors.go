package writer

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"mingdeng/internal/rescue"
)

// Clash is why a path cannot be made.
type Clash uint8

// What [PathError] tells apart.
const (
	Unmakeable Clash = iota // by itself, on some system that we build for
	Twice                   // Other is the same path
	CaseAlone               // Other's path, or a folder of it, differs by case alone
	FileFolder              // one of the two is a file where the other needs a folder
)

// PathError tells that an Output cannot be made, or not beside another, found before
// anything runs.
type PathError struct {
	Path  string
	Clash Clash
	Other string // the Output it cannot stand beside, unless Unmakeable
	Why   string // "..." in English, fit to follow the path
}

func (e *PathError) Error() string { return fmt.Sprintf("output %q %s", e.Path, e.Why) }

// PlanError holds all that is impossible in a list of Outputs, in order of path.
type PlanError []*PathError

func (e PlanError) Error() string {
	return list(len(e), func(i int) string { return e[i].Error() }, "\n")
}

// Unwrap lets errors.Is and errors.As look at each.
func (e PlanError) Unwrap() []error {
	errs := make([]error, len(e))
	for i, p := range e {
		errs[i] = p
	}
	return errs
}

// Fault is the failure of one Output: of its Prepare, of the function that makes
// it, or of Inspect. A panic in one of these is a [PanicError] inside.
type Fault struct {
	Path string
	Err  error
}

func (e *Fault) Error() string { return e.Path + ": " + e.Err.Error() }
func (e *Fault) Unwrap() error { return e.Err }

// FaultsError holds the failures of all Outputs that failed, ordered by path.
// Nothing in the folder has changed.
type FaultsError []*Fault

func (e FaultsError) Error() string {
	return list(len(e), func(i int) string { return e[i].Error() }, "\n")
}

// Unwrap lets errors.Is and errors.As look at each.
func (e FaultsError) Unwrap() []error {
	errs := make([]error, len(e))
	for i, f := range e {
		errs[i] = f
	}
	return errs
}

// PanicError is a panic that came out of a function handed to Build.
type PanicError = rescue.Panic

// Kind is what lies where an Output should go.
type Kind string

// What [Obstacle] tells apart.
const (
	RegularFile Kind = "file"
	Directory   Kind = "folder"
	Symlink     Kind = "link"
	Irregular   Kind = "device"
)

// Obstacle is a thing in the folder that this package did not make and that lies
// in the way.
type Obstacle struct {
	Path string
	Kind Kind
}

// ForeignError names what lies in the way of Outputs, ordered by path. Nothing in
// the folder has changed. The way out is to move these away, or to build into an
// empty folder.
type ForeignError []Obstacle

func (e ForeignError) Error() string {
	return "not made by this program and in the way: " +
		list(len(e), func(i int) string { return fmt.Sprintf("%s (%s)", e[i].Path, e[i].Kind) }, ", ") +
		"; move away what is yours, or empty the folder"
}

// Refusal is what the machine would not let be done to one file or folder.
type Refusal struct {
	Path string // from the output folder; "" is that folder itself
	Err  error
}

func (e *Refusal) Error() string {
	if e.Path == "" {
		return e.Err.Error()
	}
	return e.Path + ": " + e.Err.Error()
}

func (e *Refusal) Unwrap() error { return e.Err }

// at says to what err happened: it takes the place of the names that package os gives,
// which may be those of a file on its way. An err that says so already is left alone.
func at(path string, err error) error {
	if path == "." {
		path = ""
	}
	if err == nil {
		return nil // before anything is allocated: this is on the way of every file
	}
	if r := (*Refusal)(nil); errors.As(err, &r) {
		return err
	}
	var one *fs.PathError
	var two *os.LinkError
	switch {
	case errors.As(err, &one):
		err = one.Err
	case errors.As(err, &two):
		err = two.Err
	}
	return &Refusal{path, err}
}

// MachineError is a failure of the disk or of a permission. Unless Begun, nothing
// in the folder has changed; else each file is whole, old or new, and the next
// Open goes on with the commit.
type MachineError struct {
	Op      string // what was being done, in English: "write", "put in place"
	Begun   bool   // within the commit
	Refused []*Refusal
}

func (e *MachineError) Error() string {
	return "output folder: " + e.Op + ": " + list(len(e.Refused), func(i int) string { return e.Refused[i].Error() }, "; ")
}

// Unwrap lets errors.Is and errors.As look at each.
func (e *MachineError) Unwrap() []error {
	errs := make([]error, len(e.Refused))
	for i, r := range e.Refused {
		errs[i] = r
	}
	return errs
}

// machine makes a MachineError of what happened to path, if it did.
func machine(op, path string, err error) error {
	if err == nil {
		return nil
	}
	var refused *Refusal
	var already *MachineError
	if errors.As(err, &already) {
		return err
	}
	errors.As(at(path, err), &refused)
	return &MachineError{Op: op, Refused: []*Refusal{refused}}
}

// BusyError tells that another process is building into the folder.
type BusyError struct {
	Dir string
	PID int // of that process; 0 if not known
}

func (e *BusyError) Error() string {
	if e.PID == 0 {
		return fmt.Sprintf("another build is running in %s", e.Dir)
	}
	return fmt.Sprintf("another build is running in %s (process %d)", e.Dir, e.PID)
}

// errClosed is returned by methods of a closed Folder.
var errClosed = errors.New("output: folder is closed")

// list joins the first few of n items and says how many more there are.
func list(n int, item func(int) string, sep string) string {
	const most = 5
	var b strings.Builder
	for i := range min(n, most) {
		if i > 0 {
			b.WriteString(sep)
		}
		b.WriteString(item(i))
	}
	if n > most {
		fmt.Fprintf(&b, "%sand %d more", sep, n-most)
	}
	return b.String()
}
