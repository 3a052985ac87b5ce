package media

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"io/fs"
	"runtime"
	"strconv"

	"mingdeng/internal/fingerprint"
	"mingdeng/internal/output"
	"mingdeng/internal/picture"
	"mingdeng/internal/rescue"
)

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

// PictureError says that a picture could not be made into what pages need.
type PictureError struct {
	Path string // of the picture as the editor gave it
	Err  error
}

func (e *PictureError) Error() string { return e.Path + ": " + e.Err.Error() }
func (e *PictureError) Unwrap() error { return e.Err }

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
		it.setAddresses()
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
	it.setAddresses()
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

// setAddresses names the files that are made of a picture.
func (it *item) setAddresses() {
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
