package media

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"io/fs"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

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
	Notes         []picture.Note
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
// used. Errors are [*NotFoundError], [ErrOutside] and those of picture.Examine.
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
	key := fingerprint.Sum([]byte("picture"), []byte(picture.EncoderVersion), []byte(it.path), binary.AppendVarint(nil, info.Size), binary.AppendVarint(nil, info.ModTime.UnixNano()))
	if b, ok := c.memory.Recall(key); ok && it.restore(b) {
		if _, it.sound = c.memory.Recall(it.soundKey()); it.sound {
			c.memory.Remember(it.soundKey(), []byte{1}) // and for the next build
		}
		it.setAddresses()
		return
	}
	b, err := fs.ReadFile(c.fsys, it.path)
	if err != nil {
		it.err = err
		return
	}
	c.busy <- struct{}{}
	defer func() { <-c.busy }()
	it.err = rescue.Do(func() (err error) {
		if it.meta, err = picture.Inspect(bytes.NewReader(b), int64(len(b))); err != nil {
			return err
		}
		defer c.alone(it.meta)()
		it.meta, it.picture.Notes, err = picture.Examine(b, it.meta)
		return err
	})
	if it.err != nil {
		return
	}
	it.digest = fingerprint.Sum(b)
	c.memory.Remember(key, it.store())
	it.setAddresses()
}

// store and restore keep what inspecting found: the digest, the meta data and the notes.
func (it *item) store() []byte {
	m := it.meta
	b := append([]byte{}, it.digest[:]...)
	for _, n := range []int64{int64(m.Width), int64(m.Height), int64(m.Orientation), m.Memory, flag(m.Alpha), flag(m.Palette), flag(m.Single), int64(len(it.picture.Notes))} {
		b = binary.AppendVarint(b, n)
	}
	text := func(s string) { b = append(binary.AppendUvarint(b, uint64(len(s))), s...) }
	text(string(m.Format))
	text(string(m.Made))
	for _, n := range it.picture.Notes {
		b = binary.AppendVarint(b, int64(n.Line))
		text(string(n.Kind))
		text(n.What)
		text(n.Words)
	}
	return b
}

func (it *item) restore(b []byte) (ok bool) {
	if len(b) < len(it.digest) {
		return false
	}
	copy(it.digest[:], b)
	b = b[len(it.digest):]
	ok = true
	number := func() int64 {
		v, size := binary.Varint(b)
		if size <= 0 {
			ok = false
			return 0
		}
		b = b[size:]
		return v
	}
	text := func() string {
		n, size := binary.Uvarint(b)
		if size <= 0 || n > uint64(len(b)-size) {
			ok = false
			return ""
		}
		s := string(b[size:][:n])
		b = b[size+int(n):]
		return s
	}
	var n [8]int64
	for i := range n {
		n[i] = number()
	}
	it.meta = picture.Meta{
		Width: int(n[0]), Height: int(n[1]), Orientation: int(n[2]), Memory: n[3],
		Alpha: n[4] == 1, Palette: n[5] == 1, Single: n[6] == 1,
		Format: picture.Format(text()), Made: picture.Format(text()),
	}
	it.picture.Notes = nil
	for range n[7] {
		if !ok {
			return false
		}
		it.picture.Notes = append(it.picture.Notes, picture.Note{Line: int(number()), Kind: picture.NoteKind(text()), What: text(), Words: text()})
	}
	return ok
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
			defer c.alone(it.meta)()
			if err := c.make(w, it, v); err != nil {
				return &PictureError{it.path, err}
			}
			return nil
		}, nil
	}
}

// decoding is a picture that is decoded once for all that is made of it.
type decoding struct {
	once   sync.Once
	pixels picture.Decoded
	err    error
	left   int // variants that have not asked yet
}

// make makes one file of a picture.
func (c *Catalogue) make(w *bytes.Buffer, it *item, v picture.Variant) error {
	if v.Format == picture.SVG {
		b, err := c.source(it)
		if err != nil {
			return err
		}
		return picture.Encode(w, b, it.meta, v)
	}
	d := c.decoding(it)
	d.once.Do(func() {
		b, err := c.source(it)
		if err == nil {
			d.pixels, err = picture.Decode(b, it.meta)
		}
		d.err = err
	})
	if d.err != nil {
		return d.err
	}
	c.memory.Remember(it.soundKey(), []byte{1})
	return d.pixels.Encode(w, v)
}

// source reads the file of a picture, which must be the one that was inspected.
func (c *Catalogue) source(it *item) ([]byte, error) {
	b, err := fs.ReadFile(c.fsys, it.path)
	if err == nil && fingerprint.Sum(b) != it.digest {
		err = errors.New("the picture changed while the site was being built")
	}
	return b, err
}

// decoding returns the pixels of a picture, which are kept until all its variants have
// asked for them, or until others need the room: there is one for each that is decoded at
// once, and a large one is kept for nobody.
func (c *Catalogue) decoding(it *item) *decoding {
	c.mu.Lock()
	defer c.mu.Unlock()
	d := c.decoded[it]
	if d == nil {
		d = &decoding{left: len(it.picture.Sources)}
		if it.meta.Memory <= large {
			c.decoded[it] = d
			c.order = append(c.order, it)
		}
	}
	if d.left--; d.left <= 0 {
		c.forget(it)
	}
	for len(c.order) > cap(c.busy) {
		c.forget(c.order[0])
	}
	return d
}

func (c *Catalogue) forget(it *item) {
	delete(c.decoded, it)
	if i := slices.Index(c.order, it); i >= 0 {
		c.order = slices.Delete(c.order, i, i+1)
	}
}

// large is the memory, bytes, of a picture beside which no other large one is decoded: a
// photograph of a hundred megapixels.
const large = 200 << 20

// alone waits until no other large picture is being decoded, and returns what to call
// afterwards.
func (c *Catalogue) alone(m picture.Meta) (done func()) {
	if m.Memory <= large {
		return func() {}
	}
	c.huge.Lock()
	return c.huge.Unlock
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

// maxDamaged is how many pictures Damaged decodes: a build that has failed does not take
// longer than one that has not.
const maxDamaged = 100

// Damaged decodes pictures in use that only their making would decode (photographs), and
// tells what is wrong with those that cannot be. It is for a build that will not come to
// making them: all its findings are told in one round. Those that a build has made before
// are known to be sound; of very many the newest are looked at.
func (c *Catalogue) Damaged() []*PictureError {
	c.mu.Lock()
	var list []*item
	for _, it := range c.used {
		if it.err == nil && it.file.Path == "" && it.meta.Format == picture.JPEG && !it.sound {
			list = append(list, it)
		}
	}
	c.mu.Unlock()
	slices.SortFunc(list, func(a, b *item) int {
		return cmp.Or(c.files[b.path].ModTime.Compare(c.files[a.path].ModTime), strings.Compare(a.path, b.path))
	})
	list = list[:min(len(list), maxDamaged)]
	found := make([]*PictureError, len(list))
	rescue.Each(len(list), func(i int) {
		it := list[i]
		c.busy <- struct{}{}
		defer func() { <-c.busy }()
		defer c.alone(it.meta)()
		b, err := c.source(it)
		if err == nil {
			_, err = picture.Decode(b, it.meta)
		}
		if err != nil {
			found[i] = &PictureError{it.path, err}
		}
	})
	return slices.DeleteFunc(found, func(e *PictureError) bool { return e == nil })
}

// soundKey is under what it is remembered that a picture could be decoded.
func (it *item) soundKey() fingerprint.Fingerprint {
	return fingerprint.Sum([]byte("sound picture"), []byte(picture.EncoderVersion), it.digest[:])
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

// covering is a picture drawn at one size, kept for the next who asks.
type covering struct {
	digest fingerprint.Fingerprint
	size   image.Point
	once   sync.Once
	img    *image.RGBA
	err    error
}

// mostCovered is up to how many pixels a drawn picture is kept: those of cards are.
const mostCovered = 1 << 19

// Cover draws a picture so that it fills w×h px; see [picture.Cover]. Nobody may change what
// it returns: cards of one picture that are made one after another (output.Output.After) are
// given the same pixels. Its error is a [*PictureError].
func (c *Catalogue) Cover(o Original, w, h int) (*image.RGBA, error) {
	d := c.covering(o.Digest, image.Pt(w, h))
	d.once.Do(func() { d.img, d.err = c.cover(o, w, h) })
	if d.err != nil {
		return nil, &PictureError{o.Path, d.err}
	}
	return d.img, nil
}

func (c *Catalogue) cover(o Original, w, h int) (*image.RGBA, error) {
	c.busy <- struct{}{}
	defer func() { <-c.busy }()
	defer c.alone(o.meta)()
	b, err := fs.ReadFile(c.fsys, o.Path)
	if err == nil && fingerprint.Sum(b) != o.Digest {
		err = errors.New("the picture changed while the site was being built")
	}
	if err != nil {
		return nil, err
	}
	return picture.Cover(b, o.meta, w, h)
}

// covering returns where a picture of that size is drawn; as many of the last ones are kept
// as are drawn at once.
func (c *Catalogue) covering(digest fingerprint.Fingerprint, size image.Point) *covering {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, d := range c.covers {
		if d.digest == digest && d.size == size {
			return d
		}
	}
	d := &covering{digest: digest, size: size}
	if size.X*size.Y <= mostCovered {
		c.covers = append(c.covers[max(0, len(c.covers)+1-cap(c.busy)):], d)
	}
	return d
}
