// Package rescue keeps a fault of the program from reaching people as a stack trace.
//
// Whatever strangers' bytes pass through (records, pictures, templates, symbols) is
// called by way of [Do], which turns a panic into an error that says in one line what
// happened and where in the program; whoever calls it knows which file it was about. A
// panic in another goroutine than the caller's would end the process whatever anybody
// does, so work that is shared out goes through [Each], which carries it to the caller.
package rescue

import (
	"fmt"
	"path"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
)

// Panic is a panic as an error.
type Panic struct {
	Value any
	Stack []byte // as from debug.Stack
}

// Error is one line: what happened, and where.
func (e *Panic) Error() string {
	what, _, _ := strings.Cut(fmt.Sprint(e.Value), "\n")
	if at := e.Where(); at != "" {
		return "panic: " + what + " (" + at + ")"
	}
	return "panic: " + what
}

// Unwrap returns the panic's value if it was an error.
func (e *Panic) Unwrap() error { err, _ := e.Value.(error); return err }

// Where is the place in this program's own source that the panic came from, or passed
// first: "internal/han/slug.go:41"; "" where it is not known.
func (e *Panic) Where() string {
	_, trace, ok := strings.Cut(string(e.Stack), "\npanic(")
	if !ok {
		return ""
	}
	lines := strings.Split(trace, "\n")
	for i := 2; i+1 < len(lines); i += 2 { // after the two of panic itself, two lines a frame
		name, isOurs := strings.CutPrefix(lines[i], "mingdeng/")
		if strings.HasPrefix(lines[i], "main.") {
			name, isOurs = "cmd/mingdeng."+lines[i], true
		}
		if !isOurs {
			continue
		}
		file, _, _ := strings.Cut(strings.TrimSpace(lines[i+1]), " +0x")
		// The path before the package is that of some builder's machine.
		folder, _, _ := strings.Cut(path.Base(name), ".")
		return path.Join(path.Dir(name), folder, path.Base(strings.ReplaceAll(file, "\\", "/")))
	}
	return ""
}

// Do calls do and returns its error; a panic in it is returned as a [*Panic].
func Do(do func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = From(v)
		}
	}()
	return do()
}

// From makes an error of what recover gave; it is called by the function that was
// deferred. A panic that [Each] carried keeps its own stack.
func From(v any) *Panic {
	if p, ok := v.(*Panic); ok {
		return p
	}
	return &Panic{v, debug.Stack()}
}

// Each calls f with 0 to n-1 from as many goroutines as there are processors, and returns
// when all are done. If one panics no further ones are begun, and Each panics with the
// first [*Panic] in the caller's goroutine.
func Each(n int, f func(int)) {
	var next atomic.Int64
	var first atomic.Pointer[Panic]
	var wg sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			err := Do(func() error {
				for i := int(next.Add(1)) - 1; i < n && first.Load() == nil; i = int(next.Add(1)) - 1 {
					f(i)
				}
				return nil
			})
			if p, ok := err.(*Panic); ok {
				first.CompareAndSwap(nil, p)
			}
		})
	}
	wg.Wait()
	if p := first.Load(); p != nil {
		panic(p)
	}
}
