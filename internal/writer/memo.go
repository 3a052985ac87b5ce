package writer

import (
	"bytes"
	"fmt"
	"slices"
	"sync"

	"mingdeng/internal/fingerprint"
)

// memo is a small memory from one build to the next.
type memo struct {
	mu     sync.Mutex
	values map[fingerprint.Fingerprint]*remembered
	fresh  bool // something was remembered that the disk does not have
}

type remembered struct {
	value []byte
	used  bool // since the last build ended
}

func (m *memo) load(list []memory) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.values = make(map[fingerprint.Fingerprint]*remembered, len(list))
	for _, e := range list {
		m.values[e.key] = &remembered{value: e.value}
	}
	m.fresh = false
}

// add remembers again what was remembered before the values were loaded anew.
func (m *memo) add(list []memory) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, e := range list {
		m.values[e.key] = &remembered{e.value, true}
		m.fresh = true
	}
}

// list returns what was used since the last build, or all, ordered by key.
func (m *memo) list(all bool) []memory {
	m.mu.Lock()
	defer m.mu.Unlock()
	list := make([]memory, 0, len(m.values))
	for k, r := range m.values {
		if r.used || all {
			list = append(list, memory{k, r.value})
		}
	}
	slices.SortFunc(list, compareKeys)
	return list
}

// Recall returns what [Folder.Remember] was told under key in this build or the
// last. The bytes must not be changed.
func (f *Folder) Recall(key fingerprint.Fingerprint) ([]byte, bool) {
	f.memo.mu.Lock()
	defer f.memo.mu.Unlock()
	r := f.memo.values[key]
	if r == nil {
		return nil, false
	}
	r.used = true
	return r.value, true
}

// Remember keeps value, at most 4 KB, for the next build: what was dear to find
// out, such as a picture's digest under the hash of its path, size and time. It is
// kept if this build ends well, and dropped by a build that neither recalls nor
// remembers the key. Let key be a hash and value hold no names: the folder is
// published. Remember panics if value is too large.
func (f *Folder) Remember(key fingerprint.Fingerprint, value []byte) {
	if len(value) > largestMemo {
		panic(fmt.Sprintf("output: %d bytes to remember, at most %d fit", len(value), largestMemo))
	}
	f.memo.mu.Lock()
	defer f.memo.mu.Unlock()
	if r := f.memo.values[key]; r != nil && bytes.Equal(r.value, value) {
		r.used = true
		return
	}
	f.memo.values[key] = &remembered{slices.Clone(value), true}
	f.memo.fresh = true
}

// keepMemo saves what was remembered where no build follows to do so, and
// forgets nothing. It reports whether the state on the disk is in order.
func (f *Folder) keepMemo() bool {
	if !f.memo.fresh {
		return true
	}
	next := *f.state
	next.memo = f.memo.list(true)
	if f.writeCommit(&next) != nil || f.finish(&next) != nil {
		return false
	}
	return true
}

// Forget drops what was remembered under key.
func (f *Folder) Forget(key fingerprint.Fingerprint) {
	f.memo.mu.Lock()
	defer f.memo.mu.Unlock()
	if f.memo.values[key] != nil {
		delete(f.memo.values, key)
		f.memo.fresh = true
	}
}
