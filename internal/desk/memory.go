package desk

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// Memory is what the desk knows from one start of the program to the next: which sites were
// open, and how to reach desks that are running. It is a file in the user's own config
// folder, readable by nobody else, since the addresses in it open desks. Several programs
// may use it at once.
type Memory struct{ file string }

// maxSites is how many sites are remembered.
const maxSites = 8

type remembered struct {
	Sites   []string          `json:"sites"`   // folders, the last opened first
	Running map[string]string `json:"running"` // addresses of desks at work, by folder; "" while none is open
}

// Remember is the memory in the user's config folder; it is nil where there is no such
// folder.
func Remember() *Memory {
	dir, err := os.UserConfigDir()
	if err != nil {
		return nil
	}
	return RememberIn(filepath.Join(dir, "mingdeng"))
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

// lockTime is how long to wait for another program that writes a few hundred bytes.
const lockTime = 2 * time.Second

// change writes the memory anew. That it cannot be written takes nothing from the desk.
func (m *Memory) change(f func(*remembered)) {
	if m == nil || os.MkdirAll(filepath.Dir(m.file), 0o700) != nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), lockTime)
	defer cancel()
	lock := flock.New(m.file+".lock", flock.SetPermissions(0o600))
	if ok, err := lock.TryLockContext(ctx, 10*time.Millisecond); ok && err == nil {
		defer lock.Unlock()
	}
	r := m.read()
	if r.Running == nil {
		r.Running = map[string]string{}
	}
	f(&r)
	b, err := json.MarshalIndent(r, "", "\t")
	if err != nil {
		return
	}
	temp, err := os.CreateTemp(filepath.Dir(m.file), "desk-*.tmp") // mode 0600
	if err != nil {
		return
	}
	_, err = temp.Write(b)
	if temp.Close() != nil || err != nil || os.Rename(temp.Name(), m.file) != nil {
		_ = os.Remove(temp.Name())
	}
}

// realDir is a folder's path as it is remembered: one folder may be named in many ways.
func realDir(dir string) string {
	if dir == "" {
		return ""
	}
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs
	}
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	return dir
}

// Sites are the folders of sites that were open and are still there, the last one first.
func (m *Memory) Sites() []string {
	return slices.DeleteFunc(m.read().Sites, func(dir string) bool { return !IsSite(dir) })
}

// Opened remembers that a site was opened.
func (m *Memory) Opened(dir string) {
	dir = realDir(dir)
	m.change(func(r *remembered) {
		r.Sites = slices.DeleteFunc(r.Sites, func(d string) bool { return d == dir })
		r.Sites = slices.Insert(r.Sites, 0, dir)
		r.Sites = r.Sites[:min(len(r.Sites), maxSites)]
	})
}

// Running remembers that the desk at an address is at work for the site at dir, "" while it
// has none, and for no other any more.
func (m *Memory) Running(dir, address string) {
	dir = realDir(dir)
	m.change(func(r *remembered) {
		r.forget(address)
		r.Running[dir] = address
	})
}

// Ended forgets the desk at an address.
func (m *Memory) Ended(address string) {
	m.change(func(r *remembered) { r.forget(address) })
}

func (r *remembered) forget(address string) {
	for dir, at := range r.Running {
		if at == address {
			delete(r.Running, dir)
		}
	}
}

// Reach is the address of a desk that is at work for the site at dir and answers, or "".
func (m *Memory) Reach(dir string) string {
	at := m.read().Running[realDir(dir)]
	if at == "" || answers(at) {
		return at
	}
	m.Ended(at) // it was ended by force, or with the machine
	return ""
}

// ReachAny is the address of any desk that is at work, or "": of the site that was opened
// last, if it can be chosen.
func (m *Memory) ReachAny() string {
	r := m.read()
	dirs := append(slices.Clone(r.Sites), "")
	for dir := range r.Running {
		if !slices.Contains(dirs, dir) {
			dirs = append(dirs, dir)
		}
	}
	for _, dir := range dirs {
		if at := m.Reach(dir); at != "" {
			return at
		}
	}
	return ""
}

// answers tells whether the desk of an address is still at work there. The port may have
// been taken by another program since, so the desk must prove that it has the key, which is
// not sent.
func answers(address string) bool {
	at, key, ok := strings.Cut(address, "?key=")
	if !ok {
		return false
	}
	req, err := http.NewRequest(http.MethodGet, at, nil)
	if err != nil {
		return false
	}
	question := random()
	req.Header.Set(askHeader, question)
	client := http.Client{
		Timeout:       2 * time.Second,
		Transport:     &http.Transport{Proxy: nil, DisableKeepAlives: true}, // this machine is never behind a proxy
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	r, err := client.Do(req)
	if err != nil {
		return false
	}
	r.Body.Close()
	return same(r.Header.Get(hereHeader), answerTo(key, question))
}

// IsSite tells whether a folder is a site's.
func IsSite(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, "content"))
	return err == nil && info.IsDir()
}
