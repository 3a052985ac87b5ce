package live

import (
	"bytes"
	"io/fs"
	"path"
	"sync"
	"time"
)

// unsaved is a folder over which lie texts that somebody is writing and has not saved.
// They take the place of files that exist.
type unsaved struct {
	fs.FS
	mu    sync.RWMutex
	texts map[string]*unsavedText
}

type unsavedText struct {
	name  string
	bytes []byte
	time  time.Time
}

func (t *unsavedText) Name() string       { return path.Base(t.name) }
func (t *unsavedText) Size() int64        { return int64(len(t.bytes)) }
func (t *unsavedText) Mode() fs.FileMode  { return 0o644 }
func (t *unsavedText) ModTime() time.Time { return t.time }
func (t *unsavedText) IsDir() bool        { return false }
func (t *unsavedText) Sys() any           { return nil }

// put lays a text over a file, or takes it away where it is nil. It reports whether
// anything is another than before.
func (u *unsaved) put(name string, text []byte) bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	old := u.texts[name]
	switch {
	case text == nil:
		delete(u.texts, name)
		return old != nil
	case old != nil && bytes.Equal(old.bytes, text):
		return false
	}
	if u.texts == nil {
		u.texts = map[string]*unsavedText{}
	}
	// The time tells texts of the same length apart, also where the clock is coarse.
	now := time.Now()
	if old != nil && !now.After(old.time) {
		now = old.time.Add(1)
	}
	u.texts[name] = &unsavedText{name, bytes.Clone(text), now}
	return true
}

func (u *unsaved) get(name string) *unsavedText {
	u.mu.RLock()
	defer u.mu.RUnlock()
	return u.texts[name]
}

func (u *unsaved) Open(name string) (fs.File, error) {
	if t := u.get(name); t != nil {
		return &unsavedFile{unsavedText: t, Reader: bytes.NewReader(t.bytes)}, nil
	}
	return u.FS.Open(name)
}

func (u *unsaved) ReadFile(name string) ([]byte, error) {
	if t := u.get(name); t != nil {
		return bytes.Clone(t.bytes), nil
	}
	return fs.ReadFile(u.FS, name)
}

func (u *unsaved) Stat(name string) (fs.FileInfo, error) {
	if t := u.get(name); t != nil {
		return t, nil
	}
	return fs.Stat(u.FS, name)
}

func (u *unsaved) ReadDir(name string) ([]fs.DirEntry, error) {
	list, err := fs.ReadDir(u.FS, name)
	u.mu.RLock()
	defer u.mu.RUnlock()
	if len(u.texts) == 0 {
		return list, err
	}
	for i, e := range list {
		if t := u.texts[path.Join(name, e.Name())]; t != nil {
			list[i] = fs.FileInfoToDirEntry(t)
		}
	}
	return list, err
}

// unsavedFile is an unsaved text opened as a file.
type unsavedFile struct {
	*unsavedText
	*bytes.Reader
}

func (f *unsavedFile) Stat() (fs.FileInfo, error) { return f.unsavedText, nil }
func (f *unsavedFile) Close() error               { return nil }
func (f *unsavedFile) Size() int64                { return f.unsavedText.Size() }
