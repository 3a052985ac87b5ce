package desk

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/gofrs/flock"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
)

// Bounds on what one import takes.
const (
	maxGiven    = 10_000    // files
	maxGivenAll = 2 << 30   // bytes, of all
	maxGivenOne = 128 << 20 // bytes, of one
)

// shelter is a private folder outside the site, for files that were handed in and are not
// yet, or will never be, part of it. Among them are rolls with numbers of identity cards:
// nobody else may read it, and it goes with the desk. One that a desk left behind which was
// killed goes when the next one makes its own.
type shelter struct {
	dir  string
	root *os.Root
	lock *flock.Flock // held while the desk is at work
}

const (
	shelterName = "mingdeng-import-"
	shelterLock = "lock"
)

func newShelter() (*shelter, error) {
	forsaken, _ := filepath.Glob(filepath.Join(os.TempDir(), shelterName+"*"))
	for _, dir := range forsaken {
		if info, err := os.Lstat(dir); err == nil && info.IsDir() {
			clearForsaken(dir)
		}
	}
	dir, err := os.MkdirTemp("", shelterName)
	if err != nil {
		return nil, err
	}
	s := &shelter{dir: dir, lock: flock.New(filepath.Join(dir, shelterLock))}
	if _, err = s.lock.TryLock(); err == nil {
		s.root, err = os.OpenRoot(dir)
	}
	if err != nil {
		return nil, errors.Join(err, s.lock.Close(), os.RemoveAll(dir))
	}
	return s, nil
}

// clearForsaken removes a shelter that no desk holds.
func clearForsaken(dir string) {
	if _, err := os.Stat(filepath.Join(dir, shelterLock)); err != nil {
		return // another user's, or being made
	}
	lock := flock.New(filepath.Join(dir, shelterLock))
	if free, err := lock.TryLock(); err != nil || !free {
		return
	}
	_ = lock.Close()
	_ = os.RemoveAll(dir) // what stays is tried again by the next desk
}

func (s *shelter) close() error {
	return errors.Join(s.root.Close(), s.lock.Close(), os.RemoveAll(s.dir))
}

// given is one file that was handed in.
type given struct {
	name string // as its owner calls it, with its folder
	path string // below the job's folder "in"
}

// intake puts files that are handed in into a folder of the shelter.
type intake struct {
	root *os.Root
	dir  string // below root

	mu    sync.Mutex
	files []given
	taken map[string]bool // paths, as file systems blind to case see them
	size  int64
}

// Why a file is not taken, as keys of the words.
var (
	errGivenLarge = errors.New("import.large")
	errGivenAll   = errors.New("import.all2")
	errGivenMany  = errors.New("import.many")
	errGivenName  = errors.New("import.noname")
)

// take writes one file as it arrives. Whatever its name is, it lies below the intake's
// folder, at a place of its own. All of r is read in any case: a browser tells nobody what
// it was answered before it had sent everything.
func (in *intake) take(name string, r io.Reader) error {
	err := in.write(name, r)
	_, rest := io.Copy(io.Discard, r)
	return errors.Join(err, rest)
}

func (in *intake) write(name string, r io.Reader) error {
	in.mu.Lock()
	n, size := len(in.files), in.size
	at := in.place(name)
	in.mu.Unlock()
	switch {
	case n >= maxGiven:
		return errGivenMany
	case size >= maxGivenAll:
		return errGivenAll
	case at == "":
		return errGivenName
	}
	if err := in.root.MkdirAll(path.Join(in.dir, path.Dir(at)), 0o700); err != nil {
		return err
	}
	f, err := in.root.OpenFile(path.Join(in.dir, at), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	wrote, err := io.Copy(f, io.LimitReader(r, maxGivenOne+1))
	if err = errors.Join(err, f.Close()); err == nil && wrote > maxGivenOne {
		err = errGivenLarge
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	if err == nil && in.size+wrote > maxGivenAll {
		err = errGivenAll
	}
	if err != nil {
		return errors.Join(err, in.root.Remove(path.Join(in.dir, at)))
	}
	in.size += wrote
	in.files = append(in.files, given{shownName(name), at})
	return nil
}

// shownName is what a file is called, safe to show and not too long.
func shownName(name string) string {
	if len(name) > 400 {
		name = strings.ToValidUTF8(name[:400], "") + "…"
	}
	return diag.Printable(name)
}

// count is how many files were taken.
func (in *intake) count() int {
	in.mu.Lock()
	defer in.mu.Unlock()
	return len(in.files)
}

// maxDeep is how many folders of a name are kept: a saved page lies beside its own.
const maxDeep = 8

// place is where a file of a name goes: the name without what leads elsewhere or what a
// file system does not take. One that is taken already, by a file or a folder, goes into a
// folder with a number.
func (in *intake) place(name string) string {
	var parts []string
	for _, p := range strings.FieldsFunc(name, func(r rune) bool { return r == '/' || r == '\\' }) {
		if p = plainPart(p); p != "" {
			parts = append(parts, p)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	at := path.Join(parts[max(0, len(parts)-maxDeep):]...)
	for n := 1; ; n++ {
		free := at
		if n > 1 {
			free = path.Join(strconv.Itoa(n), at)
		}
		key := strings.ToLower(free)
		clear := !in.taken[key]
		for dir := path.Dir(key); dir != "."; dir = path.Dir(dir) {
			clear = clear && !in.taken[dir]
		}
		if clear && !in.taken[key+"/"] {
			in.taken[key] = true
			for dir := path.Dir(key); dir != "."; dir = path.Dir(dir) {
				in.taken[dir+"/"] = true
			}
			return free
		}
	}
}

// plainPart makes one part of a path into a name that every file system takes, its ending
// kept; "" where nothing is left.
func plainPart(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == unicode.ReplacementChar || unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return -1
		case strings.ContainsRune(`:*?"<>|`, r):
			return '-'
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	s = strings.TrimRight(strings.TrimSpace(s), ". ")
	if strings.Trim(s, ".") == "" {
		return ""
	}
	ext := path.Ext(s)
	if len(ext) > 16 {
		ext = ""
	}
	base := strings.TrimSuffix(s, ext)
	for len(base) > 120 {
		base = strings.ToValidUTF8(base[:len(base)-1], "")
	}
	for _, name := range []string{base + ext, "file-" + base + ext, "file" + ext} {
		if bad, _ := content.BadFileName(name); bad == "" {
			return name
		}
	}
	return "file"
}

// sources are the files that are tried, and how many pictures are not: those that lie
// beside a saved page are of it, others belong to records that are there already.
func (in *intake) sources() (list []given, pictures int) {
	in.mu.Lock()
	defer in.mu.Unlock()
	for _, g := range in.files {
		base := strings.ToLower(path.Base(g.path))
		switch {
		case strings.HasPrefix(base, "~") || strings.HasPrefix(base, ".") || base == "thumbs.db" || base == "desktop.ini":
			// what office programs and systems leave beside
		case in.beside(g.path):
		case isPicture(base):
			pictures++
		default:
			list = append(list, g)
		}
	}
	return list, pictures
}

// beside tells whether a file lies in the folder that a browser writes beside a saved page.
func (in *intake) beside(p string) bool {
	for dir := path.Dir(strings.ToLower(p)); dir != "."; dir = path.Dir(dir) {
		for _, ending := range []string{"_files", ".files"} {
			page, ok := strings.CutSuffix(dir, ending)
			if ok && (in.taken[page+".html"] || in.taken[page+".htm"] || in.taken[page+".xhtml"]) {
				return true
			}
		}
	}
	return false
}

func isPicture(name string) bool {
	switch path.Ext(name) {
	case ".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".bmp", ".heic", ".heif", ".tif", ".tiff":
		return true
	}
	return false
}

// spill keeps bytes that are planned, and reads them back: of several thousand files with
// photographs not all can be in memory.
type spill struct {
	root *os.Root
	dir  string
	n    int
}

func (s *spill) put(b []byte) (name string, err error) {
	if s.n == 0 {
		if err := s.root.MkdirAll(s.dir, 0o700); err != nil {
			return "", err
		}
	}
	s.n++
	name = path.Join(s.dir, fmt.Sprintf("%06d", s.n))
	return name, s.root.WriteFile(name, b, fs.FileMode(0o600))
}

func (s *spill) get(name string) ([]byte, error) { return s.root.ReadFile(name) }
