package desk

import (
	"fmt"
	"net/http"
	"strconv"
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
	v.tell(func(int) string {
		raw, err := v.site.root.ReadFile(file)
		if err != nil {
			return ""
		}
		return digest(raw)
	})
}

// watchAll tells an open list the number of the site's changes, now and whenever it grows.
func (v *visit) watchAll() { v.tell(strconv.Itoa) }

// version is the number of the site's changes, for pages that show records: asked before
// what they show, so that no change is missed.
func (v *visit) version() string {
	n, _ := v.site.pages.Changed()
	return strconv.Itoa(n)
}

// tell sends what say gives for the number of the site's changes, now and after each change,
// where it is another than before and not empty.
func (v *visit) tell(say func(changes int) string) {
	v.w.Header().Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(v.w)
	if out.SetReadDeadline(time.Time{}) != nil {
		return // the connection is gone
	}
	ticker := time.NewTicker(beat)
	defer ticker.Stop()
	told := ""
	for {
		n, changed := v.site.pages.Changed()
		if now := say(n); now != "" && now != told {
			told = now
			if _, err := fmt.Fprintf(v.w, "data: %s\n\n", now); err != nil || out.Flush() != nil {
				return
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
