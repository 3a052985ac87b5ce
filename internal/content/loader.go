package content

import (
	"encoding/binary"
	"io/fs"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"mingdeng/internal/diag"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/rescue"
)

// Loader loads a site again and again, reading only the files that have changed. The
// records it gives are shared between loads and must not be changed. The zero Loader
// is ready to use; it is not safe for concurrent use.
type Loader struct {
	// Memory, if not nil, holds what earlier runs of the program have read. Key stands
	// for the program: another one may read the same file otherwise.
	Memory Memory
	Key    fingerprint.Fingerprint

	kept map[string]kept
}

// Memory remembers small things between builds; see [writer.Folder].
type Memory interface {
	Recall(key fingerprint.Fingerprint) ([]byte, bool)
	Remember(key fingerprint.Fingerprint, value []byte)
	Forget(key fingerprint.Fingerprint)
}

// kept is what came of a file.
type kept struct {
	info   FileInfo
	read   time.Time
	record any
	found  []diag.Finding

	key      fingerprint.Fingerprint // of Memory
	recalled []byte                  // what Memory had of it, or nil
}

// settle is how much older than its reading a file's time of change must be for that
// time to tell its next change: file systems count in steps of up to 2 s (FAT).
const settle = 2 * time.Second

// Settled tells whether a file that was looked at when its time of change was so long ago
// will have another when it changes again.
func Settled(changed, looked time.Time) bool { return looked.Sub(changed) > settle }

// still tells whether f must be what was read.
func (k kept) still(f FileInfo) bool {
	return k.info.Size == f.Size && k.info.ModTime.Equal(f.ModTime) && Settled(f.ModTime, k.read)
}

// Load is [Load] for all but the files that are as they were.
func (l *Loader) Load(fsys fs.FS, tree *Tree) (*Content, []diag.Finding) {
	next := make(map[string]kept, len(tree.Files))
	c, found := loadEach(tree, func(f FileInfo) kept {
		if k, ok := l.kept[f.Path]; ok && k.still(f) {
			return k
		}
		if k, ok := l.recall(f); ok {
			return k
		}
		return readKept(fsys, f)
	}, func(k kept) { next[k.info.Path] = k })
	l.kept = next
	return c, found
}

// recall returns what an earlier run has read, if f must still be the same file.
func (l *Loader) recall(f FileInfo) (kept, bool) {
	if l.Memory == nil || l.Key.IsZero() {
		return kept{}, false
	}
	key := l.key(f)
	b, ok := l.Memory.Recall(key)
	if !ok {
		return kept{}, false
	}
	r, err := unpack(b)
	if err != nil {
		return kept{}, false
	}
	return kept{info: f, read: f.ModTime.Add(settle + 1), record: r, key: key, recalled: b}, true
}

func (l *Loader) key(f FileInfo) fingerprint.Fingerprint {
	return fingerprint.Sum([]byte("record"), l.Key[:], []byte(f.Path), binary.AppendVarint(nil, f.Size), binary.AppendVarint(nil, f.ModTime.UnixNano()))
}

// largestKept is the most bytes that Memory takes of one record.
const largestKept = 4 << 10

// Keep leaves to Memory what was read of the records that fit allows, and makes it
// forget the others. fit is given each record with its bytes as they would be kept and
// may be called from several goroutines; what Memory holds may be seen by people who
// must not know of a record.
func (l *Loader) Keep(fit func(r Record, packed []byte) bool) {
	if l.Memory == nil || l.Key.IsZero() {
		return
	}
	list := make([]kept, 0, len(l.kept))
	for _, k := range l.kept {
		if _, ok := k.record.(Record); ok {
			list = append(list, k)
		}
	}
	share := len(list)/runtime.GOMAXPROCS(0) + 1
	var wg sync.WaitGroup
	for part := range slices.Chunk(list, share) {
		wg.Go(func() {
			for _, k := range part {
				l.keep(k, fit)
			}
		})
	}
	wg.Wait()
}

func (l *Loader) keep(k kept, fit func(Record, []byte) bool) {
	r := k.record.(Record)
	if k.recalled != nil {
		if !fit(r, k.recalled) {
			l.Memory.Forget(k.key)
		}
		return
	}
	if len(k.found) > 0 || !Settled(k.info.ModTime, k.read) {
		return
	}
	if b := pack(r); b != nil && len(b) <= largestKept && fit(r, b) {
		l.Memory.Remember(l.key(k.info), b)
	}
}

// Fresh lists the records that had to be read in the last load, by path.
func (l *Loader) Fresh() []Record {
	var out []Record
	for _, k := range l.kept {
		if r, ok := k.record.(Record); ok && k.recalled == nil {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b Record) int { return strings.Compare(a.Base().Path, b.Base().Path) })
	return out
}

// HeadPrint is the fingerprint of all that a record says but for the wording of its text:
// of its head, of what its text refers to, and of what other pages show of it.
func HeadPrint(r Record) fingerprint.Fingerprint {
	v := reflect.New(reflect.TypeOf(r).Elem())
	v.Elem().Set(reflect.ValueOf(r).Elem())
	h := v.Interface().(Record).Base()
	body := *h.Body
	body.Line, body.Len, body.Digest = 0, min(body.Len, 1), [16]byte{}
	body.Targets = slices.Clone(body.Targets)
	for i := range body.Targets {
		body.Targets[i].Line, body.Targets[i].Col = 0, 0
	}
	h.Body = &body
	return fingerprint.Of(v.Interface())
}

// Reload reads one file again whose record is known, and renews its Body, so that all who
// show the text show the new one; nobody may read it meanwhile. It does so only where
// nothing but the wording of the text has changed: not its head, not what it refers to,
// nothing that is wrong with it. It reports whether it did; if not, nothing has changed and
// only [Loader.Load] will do.
func (l *Loader) Reload(fsys fs.FS, f FileInfo) bool {
	old, ok := l.kept[f.Path]
	if !ok {
		return false
	}
	was, ok := old.record.(Record)
	if !ok {
		return false
	}
	now := readKept(fsys, f)
	is, ok := now.record.(Record)
	if !ok || len(old.found) != len(now.found) || len(now.found) > 0 && !reflect.DeepEqual(old.found, now.found) || HeadPrint(was) != HeadPrint(is) {
		return false // what is wrong with it is told with all that was loaded
	}
	*was.Base().Body = *is.Base().Body
	now.record = old.record
	l.kept[f.Path] = now
	return true
}

// Knows tells whether path was a record's file when the site was last loaded.
func (l *Loader) Knows(path string) bool {
	_, ok := l.kept[path]
	return ok
}

func readKept(fsys fs.FS, f FileInfo) kept {
	k := kept{info: f, read: time.Now()}
	if err := rescue.Do(func() error { k.record, k.found = load(fsys, f); return nil }); err != nil {
		k.found = []diag.Finding{diag.Internal.At(f.Path, diag.Pos{}, err.Error())}
	}
	return k
}
