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
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"io"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/text/unicode/norm"

	"mingdeng/internal/attachment"
	"mingdeng/internal/content"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/han"
	"mingdeng/internal/output"
	"mingdeng/internal/picture"
	"mingdeng/internal/rescue"
)

// Memory remembers small things between builds; see [writer.Folder].
type Memory interface {
	Recall(key fingerprint.Fingerprint) ([]byte, bool)
	Remember(key fingerprint.Fingerprint, value []byte)
}

// Picture is a picture as a page needs it. Src and Srcset are relative to the
// site's base.
type Picture struct {
	Src           string
	Sources       []Source // narrowest first
	Width, Height int      // px, of Src
	Raster        bool     // not an SVG
}

// Source is one width of a picture.
type Source struct {
	Path  string
	Width int
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
}

// New makes a catalogue of the files of a site.
func New(fsys fs.FS, files map[string]content.FileInfo, memory Memory) *Catalogue {
	c := &Catalogue{
		fsys: fsys, files: files, folded: map[string]string{}, memory: memory,
		busy: make(chan struct{}, max(1, runtime.GOMAXPROCS(0))), used: map[string]*item{},
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

// PictureError says that a picture could not be made into what pages need.
type PictureError struct {
	Path string // of the picture as the editor gave it
	Err  error
}

func (e *PictureError) Error() string { return e.Path + ": " + e.Err.Error() }
func (e *PictureError) Unwrap() error { return e.Err }

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

// Picture returns the picture a record of folder dir names, and notes that it is
// used. Errors are [*NotFoundError], [ErrOutside] and those of picture.Inspect.
func (c *Catalogue) Picture(dir, name string) (Picture, error) {
	p, err := c.find(dir, name)
	if err != nil {
		return Picture{}, err
	}
	it := c.use(p, "")
	it.once.Do(func() { c.inspect(it) })
	return it.picture, it.err
}

func (c *Catalogue) inspect(it *item) {
	info := c.files[it.path]
	key := fingerprint.Sum([]byte("picture"), []byte(it.path), binary.AppendVarint(nil, info.Size), binary.AppendVarint(nil, info.ModTime.UnixNano()))
	if b, ok := c.memory.Recall(key); ok && it.restore(b) {
		it.lay()
		return
	}
	b, err := fs.ReadFile(c.fsys, it.path)
	if err != nil {
		it.err = err
		return
	}
	it.err = rescue.Do(func() (err error) { it.meta, err = picture.Inspect(bytes.NewReader(b), int64(len(b))); return err })
	if it.err != nil {
		return
	}
	it.digest = fingerprint.Sum(b)
	c.memory.Remember(key, it.store())
	it.lay()
}

// store and restore keep what inspecting found: the digest and the meta data.
func (it *item) store() []byte {
	m := it.meta
	b := append([]byte{}, it.digest[:]...)
	for _, n := range []int64{int64(m.Width), int64(m.Height), int64(m.Orientation), m.Memory, flag(m.Alpha), flag(m.Palette)} {
		b = binary.AppendVarint(b, n)
	}
	return append(b, m.Format...)
}

func (it *item) restore(b []byte) bool {
	if len(b) < len(it.digest) {
		return false
	}
	copy(it.digest[:], b)
	b = b[len(it.digest):]
	var n [6]int64
	for i := range n {
		v, size := binary.Varint(b)
		if size <= 0 {
			return false
		}
		n[i], b = v, b[size:]
	}
	it.meta = picture.Meta{
		Width: int(n[0]), Height: int(n[1]), Orientation: int(n[2]), Memory: n[3],
		Alpha: n[4] == 1, Palette: n[5] == 1, Format: picture.Format(b),
	}
	return true
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// lay settles the addresses of a picture's variants.
func (it *item) lay() {
	for _, v := range picture.Variants(it.meta) {
		it.picture.Sources = append(it.picture.Sources, Source{it.variantPath(v), v.Width})
		it.picture.Width, it.picture.Height = v.Width, v.Height
	}
	n := len(it.picture.Sources)
	it.picture.Src = it.picture.Sources[n-1].Path
	it.picture.Raster = it.meta.Format != picture.SVG
}

func (it *item) variantPath(v picture.Variant) string {
	ext := "." + string(v.Format)
	if v.Format == picture.JPEG {
		ext = ".jpg"
	}
	name := "img/" + stem(it.path) + "-" + it.digest.String()[:10]
	if v.Format != picture.SVG {
		name += "-" + strconv.Itoa(v.Width)
	}
	return name + ext
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

// File is a file that is published as itself: a recording, or something to take away.
type File struct {
	Path     string          // relative to the site's base
	Kind     attachment.Kind // what its content is
	Duration time.Duration   // of a recording, where that is known
	sound    bool
}

// ErrKind says that files whose name ends so are not published.
var ErrKind = errors.New("files of this kind are not published")

// MismatchError says that a file is not what its name says, or what it is used as.
type MismatchError struct {
	Kind   attachment.Kind // what it is
	Silent bool            // it is a recording, of which nothing can be heard
}

func (e *MismatchError) Error() string {
	if e.Silent {
		return "there is no sound in this " + string(e.Kind)
	}
	return "its content is " + string(e.Kind)
}

// File returns a file that a record of folder dir offers to take away, and notes that it
// is used. What it is, its content decides, and it is published with an ending that says
// so. Errors are [*NotFoundError], [ErrOutside], [ErrKind], [*MismatchError] and those of
// attachment.Open.
func (c *Catalogue) File(dir, name string) (File, error) {
	p, err := c.find(dir, name)
	if err != nil {
		return File{}, err
	}
	ending := strings.TrimPrefix(strings.ToLower(path.Ext(p)), ".")
	if !slices.Contains(attachment.Endings(), ending) {
		return File{}, fmt.Errorf(".%s: %w", ending, ErrKind)
	}
	it := c.use(p, "\x00copy")
	it.once.Do(func() {
		if it.err = c.look(it); it.err != nil {
			return
		}
		if !it.file.Kind.Fits(ending) {
			it.err = &MismatchError{Kind: it.file.Kind}
			return
		}
		it.file.Path = "files/" + stem(p) + "-" + it.digest.String()[:10] + "." + it.file.Kind.Ending(ending)
	})
	if it.err != nil {
		return File{}, it.err
	}
	return it.file, nil
}

// Recording is [Catalogue.File] for a file that is played: it can be heard.
func (c *Catalogue) Recording(dir, name string) (File, error) {
	f, err := c.File(dir, name)
	switch {
	case err != nil:
		return File{}, err
	case !f.Kind.Fits("mp3"):
		return File{}, &MismatchError{Kind: f.Kind}
	case !f.sound:
		return File{}, &MismatchError{Kind: f.Kind, Silent: true}
	}
	return f, nil
}

// look finds out what a file is that is to be copied, or remembers it.
func (c *Catalogue) look(it *item) error {
	info := c.files[it.path]
	key := fingerprint.Sum([]byte(attachment.Version), []byte(it.path), binary.AppendVarint(nil, info.Size), binary.AppendVarint(nil, info.ModTime.UnixNano()))
	if b, ok := c.memory.Recall(key); ok && len(b) > len(it.digest)+9 {
		copy(it.digest[:], b)
		b = b[len(it.digest):]
		it.file = File{sound: b[0] == 1, Duration: time.Duration(binary.LittleEndian.Uint64(b[1:])), Kind: attachment.Kind(b[9:])}
		return nil
	}
	return c.attached(it, func(a *attachment.Copy) error {
		it.file = File{Kind: a.Kind, Duration: a.Duration, sound: a.Sound}
		b := append(it.digest[:len(it.digest):len(it.digest)], byte(flag(a.Sound)))
		c.memory.Remember(key, append(binary.LittleEndian.AppendUint64(b, uint64(a.Duration)), a.Kind...))
		return nil
	})
}

// attached opens the file of an item, settles its digest where it has none, and has use
// make of it what it wants. A file is read piece by piece, however large it is.
func (c *Catalogue) attached(it *item, use func(*attachment.Copy) error) error {
	f, err := c.fsys.Open(it.path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	r, ok := f.(io.ReaderAt)
	if !ok {
		b, err := io.ReadAll(f)
		if err != nil {
			return err
		}
		r = bytes.NewReader(b)
	}
	digest, err := digestOf(io.NewSectionReader(r, 0, info.Size()))
	switch {
	case err != nil:
		return err
	case it.digest.IsZero():
		it.digest = digest
	case it.digest != digest:
		return errors.New("the file changed while the site was being built")
	}
	a, err := attachment.Open(r, info.Size())
	if err != nil {
		return err
	}
	return use(a)
}

// digestOf is the digest of a file and of the way in which it is copied, so that a file
// that is copied otherwise has another address.
func digestOf(r io.Reader) (fingerprint.Fingerprint, error) {
	var h fingerprint.Hasher
	h.String(attachment.Version)
	buf := make([]byte, 256<<10)
	for {
		n, err := io.ReadFull(r, buf)
		if n > 0 {
			h.Bytes(buf[:n])
		}
		switch err {
		case nil:
		case io.EOF, io.ErrUnexpectedEOF:
			return h.Sum(), nil
		default:
			return fingerprint.Fingerprint{}, err
		}
	}
}

// Outputs lists the files that must be made of what is used so far. Call it when
// all pages are planned.
func (c *Catalogue) Outputs() []output.Output {
	c.mu.Lock()
	defer c.mu.Unlock()
	made := map[string]output.Output{}
	for _, it := range c.used {
		switch {
		case it.err != nil:
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

func (c *Catalogue) encode(it *item, v picture.Variant) output.Prepare {
	return func() (fingerprint.Fingerprint, output.Fill, error) {
		print := fingerprint.Sum([]byte(picture.EncoderVersion), []byte(runtime.Version()), it.digest[:],
			[]byte(v.Format), binary.AppendVarint(nil, int64(v.Width)))
		return print, func(w *bytes.Buffer) error {
			c.busy <- struct{}{}
			defer func() { <-c.busy }()
			b, err := fs.ReadFile(c.fsys, it.path)
			if err != nil {
				return err
			}
			if fingerprint.Sum(b) != it.digest {
				err = errors.New("the picture changed while the site was being built")
			} else {
				err = picture.Encode(w, b, it.meta, v)
			}
			if err != nil {
				return &PictureError{it.path, err}
			}
			return nil
		}, nil
	}
}

// Published makes the file of a picture that is published at p, as [Picture] names it.
// Its path tells its content, so that it may stand for it in a fingerprint together
// with [EncodedBy].
func (c *Catalogue) Published(p string) ([]byte, error) {
	it, v, ok := c.published(p)
	if !ok {
		return nil, fmt.Errorf("no picture is published at %s: %w", p, fs.ErrNotExist)
	}
	_, fill, err := c.encode(it, v)()
	if err != nil {
		return nil, err
	}
	var w bytes.Buffer
	err = fill(&w)
	return w.Bytes(), err
}

func (c *Catalogue) published(p string) (*item, picture.Variant, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, it := range c.used {
		for i, s := range it.picture.Sources {
			if s.Path == p {
				return it, picture.Variants(it.meta)[i], true
			}
		}
	}
	return nil, picture.Variant{}, false
}

// EncodedBy names what pictures are encoded by: other encoders make other bytes of the
// same picture.
func EncodedBy() []byte { return []byte(picture.EncoderVersion + " " + runtime.Version()) }

func (c *Catalogue) copyFile(it *item) output.Prepare {
	return func() (fingerprint.Fingerprint, output.Fill, error) {
		// Archives are compressed anew, by what comes with the toolchain.
		print := fingerprint.Sum([]byte("copy"), []byte(attachment.Version), []byte(runtime.Version()), it.digest[:])
		return print, func(w *bytes.Buffer) error {
			return c.attached(it, func(a *attachment.Copy) error {
				w.Grow(int(a.Size()))
				_, err := a.WriteTo(w)
				return err
			})
		}, nil
	}
}

// Original is a picture as the editor gave it, for whoever draws it into another. It hands
// out no byte of it: see [Catalogue.Cover].
type Original struct {
	Path          string
	Digest        fingerprint.Fingerprint
	Width, Height int  // px, as seen
	Raster        bool // not an SVG
	meta          picture.Meta
}

// Original returns the picture a record of folder dir names. Errors are those of Picture.
func (c *Catalogue) Original(dir, name string) (Original, error) {
	if _, err := c.Picture(dir, name); err != nil {
		return Original{}, err
	}
	p, _ := c.find(dir, name) // found above
	it := c.use(p, "")
	return Original{it.path, it.digest, it.meta.Width, it.meta.Height, it.picture.Raster, it.meta}, nil
}

// Cover draws a picture so that it fills w×h px; see [picture.Cover]. Its error is a
// [*PictureError].
func (c *Catalogue) Cover(o Original, w, h int) (*image.RGBA, error) {
	c.busy <- struct{}{}
	defer func() { <-c.busy }()
	b, err := fs.ReadFile(c.fsys, o.Path)
	if err == nil && fingerprint.Sum(b) != o.Digest {
		err = errors.New("the picture changed while the site was being built")
	}
	var img *image.RGBA
	if err == nil {
		img, err = picture.Cover(b, o.meta, w, h)
	}
	if err != nil {
		return nil, &PictureError{o.Path, err}
	}
	return img, nil
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
