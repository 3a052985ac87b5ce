package desk

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"sync"

	"mingdeng/internal/diag"
	"mingdeng/internal/live"
	"mingdeng/internal/project"
	"mingdeng/internal/serve"
)

// workspace is the site that is open at the desk.
type workspace struct {
	dir     string // absolute
	root    *os.Root
	options project.Options
	private *live.Site    // as its editor alone sees it
	pages   *serve.Server // of private, at another port
	origin  string        // of pages: "http://127.0.0.1:PORT"

	saving   sync.Mutex // one save at a time
	versions *keeper
	opened   opened // files as forms were made from them
	trials   trials // of plaques
	issuings issuings
	jobs     jobs // what takes long: check, build, publish

	imports imports

	// shown is the site as visitors will see it, for phones on the local network; nil where
	// phones are not let in. Its pages are at a port of their own.
	shown     *live.Site
	shownPort int

	stop func()
}

// open opens the site at dir. admit tells which requests its pages answer, framer is the
// origin that may show them in a frame.
func open(ctx context.Context, o project.Options, lang diag.Lang, framer string, admit func(*http.Request) bool) (*workspace, error) {
	dir, err := filepath.Abs(o.Root)
	if err != nil {
		return nil, err
	}
	o.Root = dir
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	site, err := live.OpenPrivate(o)
	if err != nil {
		return nil, errors.Join(err, root.Close())
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, errors.Join(err, site.Close(), root.Close())
	}
	w := &workspace{dir: dir, root: root, options: o, private: site}
	w.versions = newKeeper(dir, historyWords["kept.first"].In(lang), historyWords["kept.outside"].In(lang))
	w.origin = "http://127.0.0.1:" + strconv.Itoa(ln.Addr().(*net.TCPAddr).Port)
	w.pages = serve.New(serve.Options{Site: site, Root: dir, Lang: lang, Private: &serve.Private{Admit: admit, Framer: framer}})
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = w.pages.Serve(ctx, ln) // a listener that fails ends the pages, not the desk
	}()
	w.stop = func() {
		cancel()
		<-done
	}
	return w, nil
}

// show serves the published pages to phones at addr until the site is left: what nobody may
// read yet is not in them, and there is no way from them to the desk.
func (w *workspace) show(ctx context.Context, lang diag.Lang, addr string) error {
	site, err := live.Open(w.options)
	if err != nil {
		return err
	}
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return errors.Join(err, site.Close())
	}
	w.shown, w.shownPort = site, ln.Addr().(*net.TCPAddr).Port
	pages := serve.New(serve.Options{Site: site, Root: w.dir, Lang: lang, LAN: true, PagesOnly: true})
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = pages.Serve(ctx, ln) // a listener that fails ends these pages, not the desk
	}()
	stop := w.stop
	w.stop = func() {
		cancel()
		<-done
		stop()
	}
	return nil
}

// close lets the site go.
func (w *workspace) close() error {
	w.trials.stop()
	w.issuings.stop()
	w.jobs.close() // before what they use
	w.stop()
	imported := w.imports.close() // before versions: it may still be writing
	w.versions.close()
	if w.shown != nil {
		imported = errors.Join(imported, w.shown.Close())
	}
	return errors.Join(imported, w.private.Close(), w.root.Close())
}

// opened remembers the last files from which forms were made, by their digests, so that a
// file that has changed meanwhile can be compared with what the editor saw.
type opened struct {
	mu    sync.Mutex
	texts map[string][]byte
	order []string
}

// maxOpened is how many are kept: forms that stay open in a browser are few.
const maxOpened = 64

func (o *opened) put(digest string, text []byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.texts == nil {
		o.texts = map[string][]byte{}
	}
	if _, ok := o.texts[digest]; ok {
		return
	}
	o.texts[digest] = text
	if o.order = append(o.order, digest); len(o.order) > maxOpened {
		delete(o.texts, o.order[0])
		o.order = o.order[1:]
	}
}

func (o *opened) get(digest string) ([]byte, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	b, ok := o.texts[digest]
	return b, ok
}
