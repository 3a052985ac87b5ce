package desk

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// Memory is what the desk knows from one start of the program to the next: which sites were
// open, and how to reach a desk that is running. It is a file in the user's own config
// folder, readable by nobody else, since the address in it opens the desk.
type Memory struct{ file string }

// maxSites is how many sites are remembered.
const maxSites = 8

type remembered struct {
	Sites   []string          `json:"sites"`   // folders, the last opened first
	Running map[string]string `json:"running"` // addresses of desks at work, by folder; "" for none
}

// Remember is the memory in the user's config folder; it is nil where there is no such
// folder.
func Remember() *Memory {
	dir, err := os.UserConfigDir()
	if err != nil {
		return nil
	}
	return &Memory{filepath.Join(dir, "mingdeng", "desk.json")}
}

// RememberIn is a memory in a folder.
func RememberIn(dir string) *Memory { return &Memory{filepath.Join(dir, "desk.json")} }

func (m *Memory) read() remembered {
	var r remembered
	if m == nil {
		return r
	}
	b, err := os.ReadFile(m.file)
	if err != nil || json.Unmarshal(b, &r) != nil {
		return remembered{} // forgotten is not lost: the sites are where they are
	}
	return r
}

// change writes the memory anew. That it cannot be written takes nothing from the desk.
func (m *Memory) change(f func(*remembered)) {
	if m == nil {
		return
	}
	r := m.read()
	f(&r)
	b, err := json.MarshalIndent(r, "", "\t")
	if err != nil {
		return
	}
	if os.MkdirAll(filepath.Dir(m.file), 0o700) != nil {
		return
	}
	temp := m.file + ".new"
	if os.WriteFile(temp, b, 0o600) == nil {
		_ = os.Rename(temp, m.file)
	}
}

// Sites are the folders of sites that were open and are still there, the last one first.
func (m *Memory) Sites() []string {
	return slices.DeleteFunc(m.read().Sites, func(dir string) bool { return !IsSite(dir) })
}

// Opened remembers that a site was opened.
func (m *Memory) Opened(dir string) {
	m.change(func(r *remembered) {
		r.Sites = slices.DeleteFunc(r.Sites, func(d string) bool { return d == dir })
		r.Sites = slices.Insert(r.Sites, 0, dir)
		r.Sites = r.Sites[:min(len(r.Sites), maxSites)]
	})
}

// Running remembers the address of a desk that is at work for the site at dir; "" forgets it.
func (m *Memory) Running(dir, address string) {
	m.change(func(r *remembered) {
		if r.Running == nil {
			r.Running = map[string]string{}
		}
		if r.Running[dir] = address; address == "" {
			delete(r.Running, dir)
		}
	})
}

// At is the address of a desk that was at work for the site at dir when last heard of, or "".
func (m *Memory) At(dir string) string { return m.read().Running[dir] }

// Reach is the address of a desk that is at work for the site at dir and answers, or "".
func (m *Memory) Reach(dir string) string {
	at := m.At(dir)
	if at == "" {
		return ""
	}
	client := http.Client{
		Timeout:       2 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	r, err := client.Get(at)
	if err != nil {
		return ""
	}
	r.Body.Close()
	if r.StatusCode != http.StatusSeeOther { // another program has the port by now
		return ""
	}
	return at
}

// IsSite tells whether a folder is a site's.
func IsSite(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, "content"))
	return err == nil && info.IsDir()
}
