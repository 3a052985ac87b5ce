// Package serve shows a site while it is being written: what `mingdeng serve` does.
//
// # What it serves
//
// The pages come from [live.Site], made when they are asked for; nothing is written.
// They are sent as a web server should send them (the same content security policy),
// with one script added that listens for changes. Beside them stand, for the editor
// alone:
//
//	/_live/     what the added script needs: events, findings, its own files
//	/_studio/   all records, what is unfinished, plaques, screens, the manual
//
// # How a change gets to the browser
//
// watcher (files that changed, a few milliseconds of quiet) → Live.Refresh → hub (one
// number that grows) → the script fetches its page again and puts the new body, styles
// and title in the place of the old ones. The page is not loaded anew, so it stays
// where it was scrolled to.
//
// # Who may ask
//
// It listens on this machine alone. A request must name this machine as its host, so
// that no page elsewhere can reach it by a name of its own that leads here (DNS
// rebinding); /_live/ and /_studio/ answer nobody but their own pages. With Options.LAN
// the pages, and they alone, are shown to the local network too.
package serve

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"sync"
	"syscall"
	"time"

	"mingdeng/internal/diag"
	"mingdeng/internal/live"
)

// Options say what to serve and where.
type Options struct {
	Site *live.Site
	Root string    // the site's folder, to be watched
	Addr string    // host:port; "" is 127.0.0.1:8080
	LAN  bool      // also for other devices on the local network
	Lang diag.Lang // of findings and of the studio

	PagesOnly bool // no studio, and no findings over the pages: for those who only read

	// Private, if not nil, serves a site that its editor alone may see (live.OpenPrivate).
	Private *Private

	// Ready is told where the site can be seen, once it can.
	Ready func(Address)
	// Tell is told findings that are new, and all of them being mended (an empty list).
	// Calls come one at a time.
	Tell func(found []diag.Finding, mended bool)
	// Polling is told that folders cannot be watched and are looked at each second.
	Polling func(error)
}

// Private says who may see a site that shows what nobody may read yet, and where.
type Private struct {
	Admit  func(*http.Request) bool // whose requests are answered
	Framer string                   // the one origin whose pages may show this site's in a frame
}

// Address is where a site can be seen.
type Address struct {
	Local string   // on this machine
	LAN   []string // on the local network
	Moved bool     // the port asked for was taken
}

// Server is a site being served.
type Server struct {
	Options
	hub    hub
	allow  hosts
	teller teller

	refreshed chan struct{} // holds one where Refresh was called since
}

// Refresh takes in files that have changed, by their paths from the site's root, and tells
// all open pages: what a save by this very program need not wait for the watch to notice.
func (s *Server) Refresh(paths ...string) {
	select {
	case s.refreshed <- struct{}{}:
	default: // it has been told
	}
	s.Site.Refresh(paths)
	s.hub.change()
}

// Changed returns a number that grows with every change of the site, and a channel that is
// closed at the next.
func (s *Server) Changed() (int, <-chan struct{}) { return s.hub.now() }

// triedPorts is how many ports are tried one after another.
const triedPorts = 20

// Run serves until ctx ends. Errors are those of listening.
func Run(ctx context.Context, o Options) error {
	ln, moved, err := listen(o.Addr, o.LAN)
	if err != nil {
		return err
	}
	if o.Ready != nil {
		at := Address{Local: fmt.Sprintf("http://%s%s", hostPort(ln.Addr().(*net.TCPAddr)), o.Site.Base()), Moved: moved}
		if o.LAN {
			port := strconv.Itoa(ln.Addr().(*net.TCPAddr).Port)
			for _, ip := range localIPs() {
				at.LAN = append(at.LAN, "http://"+net.JoinHostPort(ip.String(), port)+o.Site.Base())
			}
		}
		o.Ready(at)
	}
	return New(o).Serve(ctx, ln)
}

// New makes a server for those who listen themselves; Addr and Ready of o are not used.
func New(o Options) *Server { return &Server{Options: o, refreshed: make(chan struct{}, 1)} }

// Serve answers what comes by ln until ctx ends, and follows the site's folder meanwhile.
func (s *Server) Serve(ctx context.Context, ln net.Listener) error {
	s.allow = allowed(ln.Addr().(*net.TCPAddr).Port, s.LAN)
	ctx, stop := context.WithCancel(ctx)
	defer stop()

	server := newServer(ctx, s)
	var wg sync.WaitGroup
	defer wg.Wait()
	defer stop()
	wg.Go(func() {
		<-ctx.Done()
		late, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		if server.Shutdown(late) != nil {
			server.Close()
		}
	})
	s.tell()
	wg.Go(func() { s.follow(ctx) })
	if err := server.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// newServer bounds what one who asks may take: nothing is sent to this server but heads
// of requests, so all of one must come in a few seconds. There is no bound on answers,
// and hub.events lifts the one on reading: streams stay open.
func newServer(ctx context.Context, h http.Handler) *http.Server {
	return &http.Server{
		Handler: h, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 20 * time.Second, IdleTimeout: time.Minute, MaxHeaderBytes: 32 << 10,
		BaseContext: func(net.Listener) context.Context { return ctx },
	}
}

// listen takes the port asked for or, where it is in use, one of the next.
func listen(addr string, lan bool) (_ net.Listener, moved bool, err error) {
	if addr == "" {
		addr = "127.0.0.1:8080"
	}
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, false, err
	}
	if lan {
		host = ""
	}
	from, err := net.LookupPort("tcp", port)
	if err != nil {
		return nil, false, err
	}
	for n := from; ; n++ {
		ln, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(n)))
		if err == nil {
			return ln, n != from, nil
		}
		if !inUse(err) || n >= from+triedPorts || from == 0 {
			return nil, false, err
		}
	}
}

// inUse tells a port that is taken from one that may not be had. Windows calls the
// first WSAEADDRINUSE or, where another has it for itself alone, WSAEACCES.
func inUse(err error) bool {
	const wsaeaccess, wsaeaddrinuse = syscall.Errno(10013), syscall.Errno(10048)
	return errors.Is(err, syscall.EADDRINUSE) || errors.Is(err, wsaeaddrinuse) || errors.Is(err, wsaeaccess)
}

func hostPort(a *net.TCPAddr) string {
	if a.IP.IsUnspecified() {
		return net.JoinHostPort("127.0.0.1", strconv.Itoa(a.Port))
	}
	return a.String()
}
