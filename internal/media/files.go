package media

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"path"
	"runtime"
	"slices"
	"strings"
	"time"

	"mingdeng/internal/attachment"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/output"
)

// File is a file that is published as itself: a recording, or something to take away.
type File struct {
	Path     string          // relative to the site's base
	Kind     attachment.Kind // what its content is
	Duration time.Duration   // of a recording, where that is known
	Size     int64           // bytes of the copy
	sound    bool
	motion   bool
}

// ErrKind says that files whose name ends so are not published.
var ErrKind = errors.New("files of this kind are not published")

// MismatchError says that a file is not what its name says, or what it is used as.
type MismatchError struct {
	Kind   attachment.Kind // what it is
	Silent bool            // it is a recording, of which nothing can be heard
	Still  bool            // it is a recording, in which nothing can be seen
}

func (e *MismatchError) Error() string {
	if e.Silent {
		return "there is no sound in this " + string(e.Kind)
	}
	if e.Still {
		return "there are no moving pictures in this " + string(e.Kind)
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

// Film is [Catalogue.File] for a file that is watched: MP4 or WebM with moving pictures.
func (c *Catalogue) Film(dir, name string) (File, error) {
	f, err := c.File(dir, name)
	switch {
	case err != nil:
		return File{}, err
	case f.Kind != attachment.MP4 && f.Kind != attachment.WebM:
		return File{}, &MismatchError{Kind: f.Kind, Still: f.Kind.Fits("mp3")}
	case !f.motion:
		return File{}, &MismatchError{Kind: f.Kind, Still: true}
	}
	return f, nil
}

// Text finds a text that a record of folder dir names, a transcript, and notes that it is
// used. It is not published as a file: who shows it reads it. Errors are [*NotFoundError] and
// [ErrOutside].
func (c *Catalogue) Text(dir, name string) (path string, err error) {
	p, err := c.find(dir, name)
	if err == nil {
		c.use(p, "\x00text").text = true
	}
	return p, err
}

// look finds out what a file is that is to be copied, or remembers it.
func (c *Catalogue) look(it *item) error {
	info := c.files[it.path]
	key := fingerprint.Sum([]byte("file 2"), []byte(attachment.Version), []byte(it.path), binary.AppendVarint(nil, info.Size), binary.AppendVarint(nil, info.ModTime.UnixNano()))
	if b, ok := c.memory.Recall(key); ok && len(b) > len(it.digest)+17 {
		copy(it.digest[:], b)
		b = b[len(it.digest):]
		it.file = File{
			sound: b[0]&1 != 0, motion: b[0]&2 != 0, Duration: time.Duration(binary.LittleEndian.Uint64(b[1:])), Size: int64(binary.LittleEndian.Uint64(b[9:])),
			Kind: attachment.Kind(b[17:]),
		}
		return nil
	}
	return c.attached(it, func(a *attachment.Copy) error {
		it.file = File{Kind: a.Kind, Duration: a.Duration, Size: a.Size(), sound: a.Sound, motion: a.Motion}
		b := append(it.digest[:len(it.digest):len(it.digest)], byte(flag(a.Sound)|flag(a.Motion)<<1))
		b = binary.LittleEndian.AppendUint64(b, uint64(a.Duration))
		b = binary.LittleEndian.AppendUint64(b, uint64(a.Size()))
		c.memory.Remember(key, append(b, a.Kind...))
		return nil
	})
}

// attached opens the file of an item, computes its digest where it has none, and has use
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
