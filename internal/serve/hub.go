package serve

import (
	"fmt"
	"net/http"
	"sync"
	"time"
)

// hub tells every open page that something has changed. What is told is one number, so
// a page that is slow misses nothing but numbers in between.
type hub struct {
	mu      sync.Mutex
	version int
	changed chan struct{} // closed at the next change
}

// now returns the version and a channel that is closed when it changes.
func (h *hub) now() (int, <-chan struct{}) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.changed == nil {
		h.changed = make(chan struct{})
	}
	return h.version, h.changed
}

func (h *hub) change() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.version++
	if h.changed != nil {
		close(h.changed)
		h.changed = nil
	}
}

// beat is how often a silent stream says that it still lives, so that a page that has
// gone is noticed.
const beat = 20 * time.Second

// events sends versions as server-sent events (HTML standard §9.2): first the one that
// is, then each that comes.
func (h *hub) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	out := http.NewResponseController(w)
	// The bound on how long a request may be read would end the stream with it.
	if out.SetReadDeadline(time.Time{}) != nil {
		return // the connection is gone
	}
	timer := time.NewTicker(beat)
	defer timer.Stop()
	for {
		version, changed := h.now()
		if _, err := fmt.Fprintf(w, "retry: 500\ndata: %d\n\n", version); err != nil || out.Flush() != nil {
			return
		}
	wait:
		for {
			select {
			case <-changed:
				break wait
			case <-timer.C:
				if _, err := fmt.Fprint(w, ":\n\n"); err != nil || out.Flush() != nil {
					return
				}
			case <-r.Context().Done():
				return
			}
		}
	}
}
