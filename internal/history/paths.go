package history

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"strings"
	"unicode"

	"github.com/go-git/go-git/v5/plumbing/format/gitignore"
	"golang.org/x/text/unicode/norm"
)

// goodPath tells whether a version may hold a path: local, with slashes, and nothing in it
// that git or a file system takes for .git.
func goodPath(p string) bool {
	if !fs.ValidPath(p) || p == "." || len(p) > 4000 || strings.ContainsAny(p, "\\\x00") {
		return false
	}
	for name := range strings.SplitSeq(p, "/") {
		if likeGit(name) {
			return false
		}
	}
	first, _, _ := strings.Cut(p, "/")
	return !strings.EqualFold(first, "public") && !strings.HasPrefix(strings.ToLower(first), ".mingdeng")
}

// likeGit tells names that some system takes for .git: in other case, with what HFS+
// ignores, by the short name or a stream of NTFS, with dots or blanks behind (CVE-2014-9390
// and its followers).
func likeGit(name string) bool {
	s := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, name)
	s, _, _ = strings.Cut(strings.ToLower(norm.NFC.String(s)), ":")
	s = strings.TrimRight(s, " .")
	return s == ".git" || s == "git~1"
}

// passing tells names that are nobody's content: locks of WPS and Word, editors' backups,
// what systems leave in folders, files half written.
func passing(name string) bool {
	switch strings.ToLower(name) {
	case "thumbs.db", "desktop.ini", "__macosx", "icon\r", ".ds_store":
		return true
	}
	return strings.HasPrefix(name, "~$") || strings.HasPrefix(name, ".mingdeng") || strings.HasSuffix(name, "~") || strings.HasSuffix(name, ".tmp")
}

// belonging are the places of a site: all of them go into the first version, and are
// looked over for changes made in other programs.
var belonging = []string{"content", "themes", ".gitignore", ".gitattributes"}

func belongs(p string) bool {
	first, _, _ := strings.Cut(p, "/")
	return first == belonging[0] || first == belonging[1] || p == belonging[2] || p == belonging[3]
}

// found is a file or link on disk.
type found struct {
	path string
	info fs.FileInfo
}

// walker lists the files of the site as git sees them: without what .gitignore names,
// without other repositories.
type walker struct {
	site     *os.Root
	patterns []gitignore.Pattern
}

func newWalker(s *session) *walker {
	w := &walker{site: s.site}
	if s.git != nil {
		if b, err := readFile(s.git, "info/exclude", 1<<20); err == nil {
			w.add(b, nil)
		}
	}
	w.readIgnore("")
	return w
}

func (w *walker) readIgnore(dir string) {
	name := path.Join(dir, ".gitignore")
	if info, err := w.site.Lstat(name); err != nil || !info.Mode().IsRegular() {
		return
	}
	var domain []string
	if dir != "" {
		domain = strings.Split(dir, "/")
	}
	if b, err := readFile(w.site, name, 1<<20); err == nil {
		w.add(b, domain)
	}
}

func (w *walker) add(b []byte, domain []string) {
	for line := range strings.Lines(string(b)) {
		if line = strings.TrimRight(line, "\r\n"); line != "" && line[0] != '#' {
			w.patterns = append(w.patterns, gitignore.ParsePattern(line, domain))
		}
	}
}

func (w *walker) ignored(p string, dir bool) bool {
	if len(w.patterns) == 0 {
		return false
	}
	return gitignore.NewMatcher(w.patterns).Match(strings.Split(p, "/"), dir)
}

// walk calls do with each file and link at or below p. A path that is not there is none.
func (w *walker) walk(p string, do func(found) error) error {
	info, err := w.site.Lstat(p)
	if errors.Is(err, fs.ErrNotExist) || isNotDir(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return w.visit(p, info, 0, do)
}

func (w *walker) visit(p string, info fs.FileInfo, depth int, do func(found) error) error {
	name := path.Base(p)
	if passing(name) || !goodPath(p) || depth > maxDepth || w.ignored(p, info.IsDir()) {
		return nil
	}
	switch {
	case info.Mode().IsRegular(), info.Mode().Type() == fs.ModeSymlink:
		return do(found{p, info})
	case !info.IsDir():
		return nil
	}
	if _, err := w.site.Lstat(p + "/.git"); err == nil {
		return nil // another repository: its files are its own
	}
	was := w.patterns
	w.readIgnore(p)
	defer func() { w.patterns = was }()
	f, err := w.site.Open(p)
	if err != nil {
		return err
	}
	list, err := f.ReadDir(-1)
	f.Close()
	if err != nil {
		return err
	}
	for _, e := range list {
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		if err := w.visit(p+"/"+e.Name(), info, depth+1, do); err != nil {
			return err
		}
	}
	return nil
}

// exact tells whether p stands on disk in these very letters, where the file system would
// give it under others too.
func exact(site *os.Root, p string) bool {
	dir := "."
	for name := range strings.SplitSeq(p, "/") {
		f, err := site.Open(dir)
		if err != nil {
			return false
		}
		names, err := f.Readdirnames(-1)
		f.Close()
		if err != nil {
			return false
		}
		there := false
		for _, n := range names {
			there = there || n == name || norm.NFC.String(n) == norm.NFC.String(name)
		}
		if !there {
			return false
		}
		dir = path.Join(dir, name)
	}
	return true
}
