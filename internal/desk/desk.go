package desk

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/project"
)

// Options say which site to open and how.
type Options struct {
	Dir     string // of the site; "" opens a page to choose one
	Out     string // the output folder, relative to Dir unless absolute
	Lang    diag.Lang
	Program fingerprint.Fingerprint
	Version string
	Themes  fs.FS // built into the program
	Today   func() date.Date
	Memory  *Memory // sites that were open; nil remembers nothing
	Home    string  // below which folders of sites are looked for; "" is the user's
	Phones  string  // address at which phones can see the pages and hand pictures in; "" for none, ":0" for the local network

	// Ready is told the address that opens the desk, with its key.
	Ready func(address string)
}

// Desk is the program at work in a browser.
type Desk struct {
	o      Options
	gate   *gate
	at     string // "http://127.0.0.1:PORT"
	pages  pageSet
	phones *phones // nil unless phones may hand in pictures
	end    context.CancelFunc
	ctx    context.Context

	mu   sync.RWMutex
	open *workspace // nil while no site is open
}

// Run serves the desk until ctx ends or somebody ends it in the browser. Errors are those
// of listening and of opening Options.Dir.
func Run(ctx context.Context, o Options) error {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	port := ln.Addr().(*net.TCPAddr).Port
	ctx, end := context.WithCancel(ctx)
	defer end()
	d := &Desk{o: o, gate: newGate(port), at: "http://127.0.0.1:" + strconv.Itoa(port), end: end, ctx: ctx}
	d.gate.lang = o.Lang
	d.gate.about = func() string {
		if w := d.workspace(); w != nil {
			return w.dir
		}
		return ""
	}
	if d.pages, err = parsePages(o.Lang); err != nil {
		return errors.Join(err, ln.Close())
	}
	if o.Phones != "" {
		done, err := d.listen(ctx, o.Phones)
		if err != nil {
			return errors.Join(err, ln.Close())
		}
		defer func() { <-done }()
		defer end()
	}
	defer d.leave()
	if o.Dir == "" {
		o.Memory.Running("", d.address())
	} else if err := d.enter(o.Dir); err != nil {
		return errors.Join(err, ln.Close())
	}
	server := &http.Server{
		Handler: d.handler(), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 10 * time.Minute, IdleTimeout: time.Minute, MaxHeaderBytes: 32 << 10,
		BaseContext: func(net.Listener) context.Context { return ctx },
	}
	var wg sync.WaitGroup
	defer wg.Wait()
	defer end()
	wg.Go(func() {
		<-ctx.Done()
		late, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		if server.Shutdown(late) != nil {
			server.Close()
		}
	})
	if o.Ready != nil {
		o.Ready(d.address())
	}
	if err := server.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// ErrNoSite says that a folder is no site's.
var ErrNoSite = errors.New("the folder is no site's")

// enter opens the site at dir in the place of the one that is open.
func (d *Desk) enter(dir string) error {
	if !IsSite(dir) {
		return ErrNoSite
	}
	o := project.Options{Root: dir, Out: d.o.Out, Today: d.o.Today(), Program: d.o.Program, Themes: d.o.Themes}
	var err error
	if o.Root, err = filepath.Abs(dir); err != nil {
		return err
	}
	next, err := open(d.ctx, o, d.o.Lang, d.at, func(r *http.Request) bool { return d.gate.session(r) != "" })
	if err != nil {
		return err
	}
	if d.o.Phones != "" {
		host, _, _ := net.SplitHostPort(d.o.Phones) // it has been listened at
		if err := next.show(d.ctx, d.o.Lang, net.JoinHostPort(host, "0")); err != nil {
			return errors.Join(err, next.close())
		}
	}
	d.mu.Lock()
	last := d.open
	d.open = next
	d.mu.Unlock()
	if last != nil {
		_ = last.close() // it has been left: what it still held is of no use
	}
	d.o.Memory.Opened(next.dir)
	d.o.Memory.Running(next.dir, d.address())
	return nil
}

// leave closes the site that is open.
func (d *Desk) leave() {
	d.mu.Lock()
	last := d.open
	d.open = nil
	d.mu.Unlock()
	d.o.Memory.Ended(d.address())
	if last != nil {
		_ = last.close()
	}
}

// address opens the desk.
func (d *Desk) address() string { return fmt.Sprintf("%s/_studio/?key=%s", d.at, d.gate.key) }

// workspace is the site that is open, or nil.
func (d *Desk) workspace() *workspace {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.open
}
