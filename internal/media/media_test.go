package media

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"mingdeng/internal/content"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/picture"
)

type memory map[fingerprint.Fingerprint][]byte

func (m memory) Recall(k fingerprint.Fingerprint) ([]byte, bool)  { b, ok := m[k]; return b, ok }
func (m memory) Remember(k fingerprint.Fingerprint, value []byte) { m[k] = bytes.Clone(value) }

func photo(t *testing.T, w, h int) []byte {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for x := range w {
		img.Set(x, h/2, color.RGBA{uint8(x), 90, 30, 255})
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// counting counts how often each file is opened.
type counting struct {
	fstest.MapFS
	opened map[string]int
}

func (c counting) ReadFile(name string) ([]byte, error) {
	c.opened[name]++
	return c.MapFS.ReadFile(name)
}

func site(t *testing.T, names ...string) (counting, map[string]content.FileInfo) {
	fsys := counting{fstest.MapFS{}, map[string]int{}}
	files := map[string]content.FileInfo{}
	for _, n := range names {
		data := []byte("x")
		if strings.HasSuffix(n, ".jpg") || strings.HasSuffix(n, ".JPG") {
			data = photo(t, 1000, 700)
		}
		if strings.HasSuffix(n, ".pdf") {
			data = []byte("%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n")
		}
		fsys.MapFS[n] = &fstest.MapFile{Data: data, ModTime: time.Unix(1, 0)}
		files[n] = content.FileInfo{Path: n, Size: int64(len(data)), ModTime: time.Unix(1, 0)}
	}
	return fsys, files
}

func TestPicture(t *testing.T) {
	fsys, files := site(t, "content/heroes/a/肖像.jpg")
	m := memory{}
	c := New(fsys, files, m)
	p, err := c.Picture("content/heroes/a", "肖像.jpg")
	if err != nil || len(p.Sources) != 2 || p.Width != 1000 || !strings.HasPrefix(p.Src, "img/xiao-xiang-") {
		t.Fatalf("got %+v, %v", p, err)
	}
	outs := c.Outputs()
	if len(outs) != 2 {
		t.Fatalf("%d outputs", len(outs))
	}
	for _, o := range outs {
		print, fill, err := o.Prepare()
		var b bytes.Buffer
		if err != nil || print.IsZero() || fill(&b) != nil {
			t.Fatalf("%s cannot be made: %v", o.Path, err)
		}
		if meta, err := picture.Inspect(bytes.NewReader(b.Bytes()), int64(b.Len())); err != nil || meta.Format != picture.JPEG {
			t.Errorf("%s: %+v, %v", o.Path, meta, err)
		}
	}

	// An unchanged picture is not even read again, and has the same address.
	clear(fsys.opened)
	again, err := New(fsys, files, m).Picture("content/heroes/a", "肖像.jpg")
	if err != nil || again.Src != p.Src || len(fsys.opened) != 0 {
		t.Errorf("second time: %+v, %v, read %v", again, err, fsys.opened)
	}
}

// Cards of one picture that are made one after another read and decode it once.
func TestCoverIsShared(t *testing.T) {
	fsys, files := site(t, "content/heroes/a/p.jpg", "content/heroes/b/p.jpg")
	fsys.MapFS["content/heroes/b/p.jpg"].Data = photo(t, 700, 1000)
	c := New(fsys, files, memory{})
	draw := func(dir string, w, h int) *image.RGBA {
		t.Helper()
		o, err := c.Original(dir, "p.jpg")
		if err != nil {
			t.Fatal(err)
		}
		clear(fsys.opened)
		img, err := c.Cover(o, w, h)
		if err != nil || img.Rect.Dx() != w || img.Rect.Dy() != h {
			t.Fatalf("%v, %v", img.Rect, err)
		}
		return img
	}
	first := draw("content/heroes/a", 200, 300)
	if draw("content/heroes/a", 200, 300) != first || len(fsys.opened) != 0 {
		t.Errorf("it was drawn twice, read: %v", fsys.opened)
	}
	if draw("content/heroes/a", 300, 200); len(fsys.opened) == 0 {
		t.Error("another size was not drawn")
	}
	for range cap(c.busy) + 1 { // large ones are not kept, and drive nothing out
		draw("content/heroes/b", 900, 900)
	}
	if n := len(c.covers); n > cap(c.busy) {
		t.Errorf("%d pictures are kept", n)
	}
}

func TestNames(t *testing.T) {
	fsys, files := site(t, "content/heroes/a/pic.jpg", "content/img/b.jpg", "content/heroes/a/cafe\u0301.jpg", "content/heroes/a/form.pdf", "content/heroes/a/page.html")
	c := New(fsys, files, memory{})
	var missing *NotFoundError
	for _, x := range []struct {
		name string
		ok   func(error) bool
	}{
		{"pic.jpg", func(err error) bool { return err == nil }},
		{"/img/b.jpg", func(err error) bool { return err == nil }},
		{"café.jpg", func(err error) bool { return err == nil }},
		{"Pic.JPG", func(err error) bool { return errors.As(err, &missing) && missing.Near == "pic.jpg" }},
		{"pik.jpg", func(err error) bool { return errors.As(err, &missing) && missing.Near == "pic.jpg" }},
		{"../../img/b.jpg", func(err error) bool { return errors.Is(err, ErrOutside) }},
		{"..\\x.jpg", func(err error) bool { return errors.Is(err, ErrOutside) }},
		{"C:\\x.jpg", func(err error) bool { return errors.Is(err, ErrOutside) }},
		{"", func(err error) bool { return errors.Is(err, ErrOutside) }},
		{"form.pdf", func(err error) bool { return errors.Is(err, picture.ErrFormat) }},
	} {
		if _, err := c.Picture("content/heroes/a", x.name); !x.ok(err) {
			t.Errorf("%q: %v", x.name, err)
		}
	}
	if p, err := c.File("content/heroes/a", "form.pdf"); err != nil || !strings.HasPrefix(p.Path, "files/form-") || !strings.HasSuffix(p.Path, ".pdf") {
		t.Errorf("form.pdf: %+v, %v", p, err)
	}
	if _, err := c.File("content/heroes/a", "page.html"); !errors.Is(err, ErrKind) {
		t.Errorf("page.html: %v", err)
	}
	if got := strings.Join(c.Unused(), " "); got != "content/heroes/a/page.html" {
		t.Errorf("unused: %s", got)
	}
}

func TestBytesAreThoseOfTheOutput(t *testing.T) {
	fsys, files := site(t, "content/a.jpg")
	c := New(fsys, files, memory{})
	p, err := c.Picture("content", "a.jpg")
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range c.Outputs() {
		_, fill, err := o.Prepare()
		if err != nil {
			t.Fatal(err)
		}
		var want bytes.Buffer
		if err := fill(&want); err != nil {
			t.Fatal(err)
		}
		got, err := c.Published(o.Path)
		if err != nil || !bytes.Equal(got, want.Bytes()) {
			t.Errorf("%s: %d bytes (%v), the output has %d", o.Path, len(got), err, want.Len())
		}
	}
	if _, err := c.Published(p.Src + "x"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a picture that is not published: %v", err)
	}
}
