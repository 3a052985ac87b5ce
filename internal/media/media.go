// Package media is the catalogue of a site's pictures and other files: it finds
// what a record names, looks into it, and lists the files that must be made of it.
// It is the one door through which a file beside a record goes out: nobody else
// gets at its bytes (content.Texts), and what comes through here was written anew,
// by package picture or package attachment.
//
// A picture is published under the digest of its content, in two or three widths
// (package picture). So an unchanged picture keeps its address, may be cached for
// ever, and is never decoded again; and a picture nobody uses is not published.
// What a header says is remembered between builds under a key made of path, size
// and time of change, so that unchanged files are not even read.
package media

import (
	"errors"
	"io/fs"
	"net/url"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"

	"mingdeng/internal/content"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/han"
	"mingdeng/internal/output"
	"mingdeng/internal/picture"
)

// Memory remembers small things between builds; see [writer.Folder].
type Memory interface {
	Recall(key fingerprint.Fingerprint) ([]byte, bool)
	Remember(key fingerprint.Fingerprint, value []byte)
}

// Catalogue holds the files pages use. It is safe for concurrent use.
type Catalogue struct {
	fsys   fs.FS
	files  map[string]content.FileInfo
	folded map[string]string // folded path → path, for "did you mean"
	memory Memory
	busy   chan struct{} // bounds how many pictures are decoded at once

	mu   sync.Mutex
	used map[string]*item

	decoded map[*item]*decoding // see decoding
	order   []*item             // of decoded, the oldest first
	huge    sync.Mutex          // held while a large picture is decoded
	covers  []*covering         // the oldest first
}

// item is one file in use.
type item struct {
	once    sync.Once
	path    string
	digest  fingerprint.Fingerprint
	meta    picture.Meta
	err     error
	file    File // of one that is copied; its Path is empty for a picture
	picture Picture
	text    bool // read by who shows it, not published
	sound   bool // it could be decoded in a build before
}

// New makes a catalogue of the files of a site.
func New(fsys fs.FS, files map[string]content.FileInfo, memory Memory) *Catalogue {
	c := &Catalogue{
		fsys: fsys, files: files, folded: map[string]string{}, memory: memory,
		busy: make(chan struct{}, max(1, runtime.GOMAXPROCS(0))), used: map[string]*item{},
		decoded: map[*item]*decoding{},
	}
	for p := range files {
		c.folded[fold(p)] = p
	}
	return c
}

func fold(p string) string { return strings.ToLower(norm.NFC.String(p)) }

// NotFoundError says that a record names a file that does not exist.
type NotFoundError struct{ Near string }

func (e *NotFoundError) Error() string { return "no such file" }

// ErrOutside says that a name leads out of the content folder.
var ErrOutside = errors.New("leads out of the content folder")

// find turns a name as written in a record of folder dir into a path.
func (c *Catalogue) find(dir, name string) (string, error) {
	clean := strings.ReplaceAll(name, "\\", "/")
	if strings.HasPrefix(clean, "/") {
		dir, clean = content.Root, strings.TrimPrefix(clean, "/")
	}
	if clean == "" || slices.Contains(strings.Split(clean, "/"), "..") || strings.Contains(clean, ":") {
		return "", ErrOutside
	}
	p := path.Join(dir, clean)
	if _, ok := c.files[p]; ok {
		return p, nil
	}
	// A Mac writes names in NFD; those are the same file. A difference in case is
	// not: it would work here and break on the server.
	real, ok := c.folded[fold(p)]
	if ok && norm.NFC.String(real) == norm.NFC.String(p) {
		return real, nil
	}
	if ok {
		return "", &NotFoundError{Near: strings.TrimPrefix(real, dir+"/")}
	}
	var here []string
	for f := range c.files {
		if path.Dir(f) == path.Dir(p) {
			here = append(here, strings.TrimPrefix(f, dir+"/"))
		}
	}
	slices.Sort(here)
	for _, name := range here { // named with signs of its own: a text says a%20b, and means a b
		if read, err := url.PathUnescape(name); err == nil && read == clean {
			return "", &NotFoundError{Near: name}
		}
	}
	return "", &NotFoundError{Near: han.Nearest(clean, here)}
}

func (c *Catalogue) use(p, suffix string) *item {
	c.mu.Lock()
	defer c.mu.Unlock()
	key := p + suffix
	if c.used[key] == nil {
		c.used[key] = &item{path: p}
	}
	return c.used[key]
}

// stem is the file's name in Latin letters, short: it helps people who look at
// the output, the digest does the work.
func stem(p string) string {
	s := han.Slug(strings.TrimSuffix(path.Base(p), path.Ext(p)))
	if len(s) > 40 {
		s = strings.Trim(s[:40], "-")
	}
	if s == "" {
		return "x"
	}
	return s
}

// Outputs lists the files that must be made of what is used so far. Call it when
// all pages are planned.
func (c *Catalogue) Outputs() []output.Output {
	c.mu.Lock()
	defer c.mu.Unlock()
	made := map[string]output.Output{}
	for _, it := range c.used {
		switch {
		case it.err != nil, it.text:
		case it.file.Path != "":
			made[it.file.Path] = output.Output{Path: it.file.Path, Prepare: c.copyFile(it)}
		default:
			for _, v := range picture.Variants(it.meta) {
				p := it.variantPath(v)
				made[p] = output.Output{Path: p, Prepare: c.encode(it, v)}
			}
		}
	}
	outs := make([]output.Output, 0, len(made))
	for _, o := range made {
		outs = append(outs, o)
	}
	slices.SortFunc(outs, func(a, b output.Output) int { return strings.Compare(a.Path, b.Path) })
	return outs
}

// Unused lists the pictures and files that no record uses, by path.
func (c *Catalogue) Unused() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	used := map[string]bool{}
	for _, it := range c.used {
		used[it.path] = true
	}
	var out []string
	for p := range c.files {
		if !used[p] && p != content.Root+"/plaques.yaml" {
			out = append(out, p)
		}
	}
	slices.Sort(out)
	return out
}
