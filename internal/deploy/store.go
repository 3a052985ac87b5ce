package deploy

import (
	"context"
	"errors"
	"fmt"
	"io"

	"mingdeng/internal/diag"
)

// Store is a place that files are sent to. Its methods may be called from many goroutines
// at once. Paths are slash-separated and relative to the target. An error that trying again
// cannot mend is a [*Fault], fs.ErrNotExist, fs.ErrExist or the context's.
type Store interface {
	// List tells every file whose path starts with prefix, in any order, as the store
	// hands them out, page by page.
	List(ctx context.Context, prefix string, each func(Object) error) error
	// Get reads a file; fs.ErrNotExist where there is none.
	Get(ctx context.Context, path string) (io.ReadCloser, error)
	// Put writes a file. Readers meet the old one or the new one, never a part.
	Put(ctx context.Context, f File) (Object, error)
	// Create writes a small file where there is none; fs.ErrExist where there is one.
	Create(ctx context.Context, path string, content []byte) error
	// Delete removes a file. That there is none is no error.
	Delete(ctx context.Context, path string) error
	// Holds tells whether an object, whose size is the file's, has its content and, on
	// stores that keep headers, its headers.
	Holds(ctx context.Context, o Object, f File) (bool, error)
	// KeepsHeaders tells whether the store serves files with the headers they were sent with.
	KeepsHeaders() bool
	// Tidy removes what an interrupted Put may have left. The caller has the lock.
	Tidy(ctx context.Context) error
	Close() error
}

// Object is a file as the target lists it.
type Object struct {
	Path  string
	Size  int64
	Stamp string // differs whenever the file was written anew
}

// File is one to be sent.
type File struct {
	Path  string
	Size  int64
	Type  string // Content-Type
	Cache string // Cache-Control
	Open  func() (io.ReadSeekCloser, error)
}

// Fault is an error that trying again does not mend, in words for the person who can.
type Fault struct {
	What diag.Text
	Err  error // what the machine said; nil if there is no more to say
}

func (f *Fault) Error() string {
	if f.Err == nil {
		return f.What.En
	}
	return fmt.Sprintf("%s: %v", f.What.En, f.Err)
}

func (f *Fault) Unwrap() error { return f.Err }

// Say gives the fault in the reader's language.
func (f *Fault) Say(l diag.Lang) string {
	if f.Err == nil {
		return f.What.In(l)
	}
	return fmt.Sprintf("%s (%v)", f.What.In(l), f.Err)
}

func faultf(err error, zh, en string, args ...any) *Fault {
	return &Fault{What: diag.Text{Zh: fmt.Sprintf(zh, args...), En: fmt.Sprintf(en, args...)}, Err: err}
}

// ErrChanged says that the target is no longer what the plan was made for: make it anew.
var ErrChanged = errors.New("the target has changed since the plan was made")

// TooManyError says that more files would be removed than may go without being asked for.
type TooManyError struct{ Remove, Of int }

func (e *TooManyError) Error() string {
	return fmt.Sprintf("%d of %d files would be removed", e.Remove, e.Of)
}
