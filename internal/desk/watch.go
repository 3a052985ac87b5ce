package desk

import (
	"fmt"
	"net/http"
	"time"
)

// beat is how often a silent stream says that it still lives.
const beat = 20 * time.Second

// watch tells an open form the digest of its record's file, now and whenever it changes: by
// another tab, by another program, by somebody else on a shared folder. (Server-sent events,
// HTML standard §9.2.)
func (v *visit) watch() {
	file, err := textFile(v.r.PathValue("path"))
	if err != nil {
		v.missing()
		return
	}
	v.w.Header().Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(v.w)
	if out.SetReadDeadline(time.Time{}) != nil {
		return // the connection is gone
	}
	ticker := time.NewTicker(beat)
	defer ticker.Stop()
	told := ""
	for {
		_, changed := v.site.pages.Changed()
		if raw, err := v.site.root.ReadFile(file); err == nil {
			if d := digest(raw); d != told {
				told = d
				if _, err := fmt.Fprintf(v.w, "data: %s\n\n", d); err != nil || out.Flush() != nil {
					return
				}
			}
		}
		select {
		case <-changed:
		case <-ticker.C:
			if _, err := fmt.Fprint(v.w, ":\n\n"); err != nil || out.Flush() != nil {
				return
			}
		case <-v.r.Context().Done():
			return
		}
	}
}
