package history

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"crypto/rand"
	"crypto/sha1"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/go-git/go-billy/v5/osfs"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/cache"
	"github.com/go-git/go-git/v5/storage/filesystem"
	"github.com/go-git/go-git/v5/storage/filesystem/dotgit"

	"mingdeng/internal/rescue"
)

// MaxFile is the largest file that a version may hold, in bytes.
const MaxFile = 512 << 20

// objects reads the objects of a repository and writes new ones, loose. Loose ones are
// read here, because their size must be bounded and most are small; packs are go-git's.
// It may be used from several goroutines.
type objects struct {
	path string // of .git

	mu    sync.Mutex
	packs *filesystem.ObjectStorage
	trees map[plumbing.Hash][]entry // what was parsed last
	held  int                       // entries in trees
}

func newObjects(path string) *objects {
	o := &objects{path: path, trees: map[plumbing.Hash][]entry{}}
	o.packs = o.storage()
	return o
}

func (o *objects) storage() *filesystem.ObjectStorage {
	return filesystem.NewObjectStorageWithOptions(
		dotgit.New(osfs.New(o.path, osfs.WithBoundOS())),
		cache.NewObjectLRU(32*cache.MiByte),
		filesystem.Options{MaxOpenDescriptors: 0}) // on Windows an open pack could not be removed
}

func looseName(h plumbing.Hash) string {
	s := h.String()
	return "objects/" + s[:2] + "/" + s[2:]
}

// read returns the bytes of an object, which must be of type t (or any).
func (o *objects) read(git *os.Root, t plumbing.ObjectType, h plumbing.Hash) ([]byte, error) {
	_, b, err := o.readAny(git, t, h)
	return b, err
}

func (o *objects) readAny(git *os.Root, t plumbing.ObjectType, h plumbing.Hash) (plumbing.ObjectType, []byte, error) {
	is, b, err := readLoose(git, looseName(h))
	if errors.Is(err, fs.ErrNotExist) {
		is, b, err = o.readPacked(h)
	}
	if err == nil && t != plumbing.AnyObject && is != t {
		err = fmt.Errorf("object %s is a %s, not a %s", h, is, t)
	}
	if err != nil {
		var r *Refusal
		if errors.As(err, &r) {
			return 0, nil, err
		}
		return 0, nil, damaged(err)
	}
	return is, b, nil
}

// readPacked finds an object in a pack. Another program may have packed since the list of
// packs was read, so it is read again before an object is given up.
func (o *objects) readPacked(h plumbing.Hash) (t plumbing.ObjectType, b []byte, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	err = rescue.Do(func() error { // packs are strangers' bytes
		obj, err := o.packs.EncodedObject(plumbing.AnyObject, h)
		if err != nil {
			o.packs = o.storage()
			if obj, err = o.packs.EncodedObject(plumbing.AnyObject, h); err != nil {
				return fmt.Errorf("object %s: %w", h, err)
			}
		}
		if obj.Size() > MaxFile {
			return tooLarge(h.String())
		}
		r, err := obj.Reader()
		if err != nil {
			return err
		}
		defer r.Close()
		t, b = obj.Type(), make([]byte, obj.Size())
		_, err = io.ReadFull(r, b)
		return err
	})
	return t, b, err
}

func (o *objects) forget() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.packs, o.trees, o.held = o.storage(), map[plumbing.Hash][]entry{}, 0
}

// readLoose reads a loose object. A header that tells less or more than there is, is a fault.
func readLoose(git *os.Root, name string) (plumbing.ObjectType, []byte, error) {
	f, err := git.Open(name)
	if err != nil {
		return 0, nil, err
	}
	defer f.Close()
	z, err := zlib.NewReader(bufio.NewReaderSize(f, 16<<10))
	if err != nil {
		return 0, nil, fmt.Errorf("%s: %w", name, err)
	}
	r := bufio.NewReader(z)
	var head []byte
	for len(head) < 32 {
		c, err := r.ReadByte()
		if err != nil {
			return 0, nil, fmt.Errorf("%s: %w", name, err)
		}
		if c == 0 {
			break
		}
		head = append(head, c)
	}
	kind, size, _ := strings.Cut(string(head), " ")
	n, err := strconv.ParseInt(size, 10, 64)
	if err != nil || n < 0 {
		return 0, nil, fmt.Errorf("%s: has no header", name)
	}
	if n > MaxFile {
		return 0, nil, tooLarge(name)
	}
	t, err := plumbing.ParseObjectType(kind)
	if err != nil {
		return 0, nil, fmt.Errorf("%s: %w", name, err)
	}
	var buf bytes.Buffer
	buf.Grow(int(min(n, 1<<20)) + bytes.MinRead) // grows by what is there, not by what is said
	if _, err := io.Copy(&buf, io.LimitReader(r, n+1)); err != nil {
		return 0, nil, fmt.Errorf("%s: %w", name, err)
	}
	if int64(buf.Len()) != n {
		return 0, nil, fmt.Errorf("%s: is not as long as it says", name)
	}
	return t, buf.Bytes(), nil
}

func tooLarge(what string) *Refusal {
	r := unfit("有一个文件太大，放不进版本："+what, "a file is too large for a version: "+what, nil)
	r.Reason = TooLarge
	return r
}

func objectHead(t plumbing.ObjectType, size int64) []byte {
	return append(strconv.AppendInt([]byte(t.String()+" "), size, 10), 0)
}

func hashOf(t plumbing.ObjectType, b []byte) (h plumbing.Hash) {
	s := sha1.New()
	s.Write(objectHead(t, int64(len(b))))
	s.Write(b)
	s.Sum(h[:0])
	return h
}

// batch collects the objects of one version: each is whole in place before any of those
// that name it, and all of them reached the disk before a branch does.
type batch struct {
	git   *os.Root
	files []*os.File // written, not yet synced
	many  bool       // there were more, closed by now: the file system is to be synced
	err   error
	zip   map[int]*zlib.Writer // by level: a new one takes a megabyte
}

func (w *batch) deflate(to io.Writer, level int) *zlib.Writer {
	z := w.zip[level]
	if z == nil {
		z, _ = zlib.NewWriterLevel(to, level)
		if w.zip == nil {
			w.zip = map[int]*zlib.Writer{}
		}
		w.zip[level] = z
	}
	z.Reset(to)
	return z
}

// add writes an object, unless it is there already as a loose one.
func (w *batch) add(t plumbing.ObjectType, b []byte) plumbing.Hash {
	h := hashOf(t, b)
	if w.err == nil {
		w.err = w.write(h, func(z io.Writer) error {
			if _, err := z.Write(objectHead(t, int64(len(b)))); err != nil {
				return err
			}
			_, err := z.Write(b)
			return err
		}, zlib.BestSpeed)
	}
	return h
}

// add(File) of a picture would hold it twice in memory; a file is hashed, then copied.
func (w *batch) addFile(f *os.File, size int64) (plumbing.Hash, error) {
	h, err := hashFile(f, size)
	if err != nil {
		return h, err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return h, err
	}
	level := zlib.DefaultCompression
	if size > 256<<10 { // pictures and recordings do not shrink
		level = zlib.BestSpeed
	}
	again := sha1.New()
	err = w.write(h, func(z io.Writer) error {
		both := io.MultiWriter(z, again)
		if _, err := both.Write(objectHead(plumbing.BlobObject, size)); err != nil {
			return err
		}
		if n, err := io.Copy(both, io.LimitReader(f, size)); err != nil || n != size {
			return errors.Join(err, errMoved)
		}
		if plumbing.Hash(again.Sum(nil)) != h {
			return errMoved
		}
		return nil
	}, level)
	return h, err
}

// errMoved: the file was written while it was read; the caller reads it again.
var errMoved = errors.New("the file changes while it is read")

func hashFile(f *os.File, size int64) (h plumbing.Hash, err error) {
	s := sha1.New()
	s.Write(objectHead(plumbing.BlobObject, size))
	n, err := io.Copy(s, io.LimitReader(f, size+1))
	if err != nil {
		return h, err
	}
	if n != size {
		return h, errMoved
	}
	s.Sum(h[:0])
	return h, nil
}

func (w *batch) write(h plumbing.Hash, body func(io.Writer) error, level int) error {
	name := looseName(h)
	now := time.Now()
	if w.git.Chtimes(name, now, now) == nil {
		return nil // there; its age is renewed so that no collector of garbage takes it
	}
	tmp := own + "/new-" + rand.Text()
	f, err := w.git.OpenFile(tmp, os.O_CREATE|os.O_EXCL|os.O_WRONLY, objectMode())
	if err != nil {
		return err
	}
	fail := func(err error) error {
		f.Close()
		w.git.Remove(tmp)
		return err
	}
	buf := bufio.NewWriterSize(f, 64<<10)
	z := w.deflate(buf, level)
	if err := body(z); err != nil {
		return fail(err)
	}
	if err := z.Close(); err != nil {
		return fail(err)
	}
	if err := buf.Flush(); err != nil {
		return fail(err)
	}
	if runtime.GOOS == "windows" { // an open file cannot be moved there
		if err := errors.Join(f.Sync(), f.Close()); err != nil {
			return fail(err)
		}
	}
	err = w.git.Rename(tmp, name)
	if errors.Is(err, fs.ErrNotExist) {
		if err = w.git.Mkdir(name[:len("objects/xx")], 0o777); err == nil || errors.Is(err, fs.ErrExist) {
			err = w.git.Rename(tmp, name)
		}
	}
	if err != nil {
		return fail(err)
	}
	if runtime.GOOS != "windows" {
		if w.files = append(w.files, f); len(w.files) >= 64 {
			return w.later()
		}
	}
	return nil
}

// later puts off the syncing of many files, where one call does it for all.
func (w *batch) later() error {
	if !canSyncAll {
		return w.sync()
	}
	w.many = true
	var errs []error
	for _, f := range w.files {
		errs = append(errs, f.Close())
	}
	w.files = w.files[:0]
	return errors.Join(errs...)
}

// sync returns when all that was written is on the disk. Several at a time cost a
// journalling file system little more than one.
func (w *batch) sync() error {
	if w.many {
		f, err := w.git.Open(".")
		if err != nil {
			return err
		}
		defer f.Close()
		if err := syncAll(f); err != nil {
			return err
		}
		w.many = false
	}
	errs := make([]error, len(w.files))
	var wg sync.WaitGroup
	for i, f := range w.files {
		wg.Go(func() { errs[i] = errors.Join(f.Sync(), f.Close()) })
	}
	wg.Wait()
	w.files = w.files[:0]
	return errors.Join(errs...)
}

func (w *batch) close() {
	for _, f := range w.files {
		f.Close()
	}
	w.files = nil
}

// objectMode: git gives objects to read alone. On Windows that would only make them hard
// to remove.
func objectMode() os.FileMode {
	if runtime.GOOS == "windows" {
		return 0o666
	}
	return 0o444
}

// parseHash reads 40 hexadecimal digits.
func parseHash(s string) (h plumbing.Hash, ok bool) {
	if len(s) != 40 {
		return h, false
	}
	n, err := hex.Decode(h[:], []byte(s))
	return h, err == nil && n == len(h)
}
