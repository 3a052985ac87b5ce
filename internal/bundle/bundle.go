// Package bundle is the file in which an association gives what its site shows to a city's or
// a province's site: a zip of records as Markdown, their pictures, and a manifest.
//
//	heroes/SLUG/index.md            anthology/BOOK/_index.md, anthology/BOOK/CHAPTER/index.md
//	briefs/YYYY/SLUG/index.md       venues/VENUE/_index.md, venues/VENUE/EXHIBIT/index.md
//	units/SLUG/index.md             … and pictures (jpg, png, svg) beside any of these
//	manifest.json                   whose it is, its day, and the SHA-256 of every other file
//
// [Write] makes the same bytes of the same files. [Open] and [Archive.Each] read what a
// stranger sent: a name that has not exactly one of the forms above, in small letters, is
// refused, and with it everything that could lead elsewhere (paths, drives, links, names that
// Windows keeps for itself, twins in case, a theme, a ledger, settings). Bounds: [MaxFiles],
// [MaxText], [MaxPicture], [MaxTotal]. A file that the manifest does not list, or lists
// otherwise, is refused. Everything refused comes as a [*Refusal], in words.
//
// A digest tells a damaged file from a sound one; it does not tell who made it.
//
// Not here: what stands in records (packages gather and collect).
package bundle

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/han"
)

// Bounds of a bundle; the sizes in bytes.
const (
	MaxFiles    = 100_000
	MaxText     = content.MaxFile
	MaxPicture  = 32 << 20
	MaxTotal    = 4 << 30
	maxManifest = 32 << 20
)

// ManifestName is the name of the manifest within a bundle.
const ManifestName = "manifest.json"

// Format is what the manifest's format says.
const Format = "mingdeng-bundle-1"

// Manifest says whose a bundle is and lists its files by path.
type Manifest struct {
	Format       string          `json:"format"`
	Title        string          `json:"title"`
	Organisation string          `json:"organisation,omitempty"`
	Address      content.BaseURL `json:"address"`
	Day          string          `json:"day"` // YYYY-MM-DD
	Files        []Listed        `json:"files"`
}

// Listed is one file of a bundle.
type Listed struct {
	Path   string `json:"path"`
	Size   int64  `json:"size"` // bytes
	SHA256 string `json:"sha256"`
}

// Refusal says why a bundle is not taken.
type Refusal struct{ Text diag.Text }

func (r *Refusal) Error() string { return r.Text.En }

func refuse(zh, en string, args ...any) error {
	for i, a := range args {
		if s, ok := a.(string); ok {
			args[i] = diag.Printable(s)
		}
	}
	return &Refusal{diag.Text{Zh: fmt.Sprintf(zh, args...), En: fmt.Sprintf(en, args...)}}
}

// epoch is the time of every file: the first that a zip can tell.
var epoch = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// Writer writes a bundle file by file.
type Writer struct {
	zip *zip.Writer
	m   Manifest
}

// NewWriter begins a bundle; whose it is comes from m, whose Files are filled as they come.
func NewWriter(w io.Writer, m Manifest) *Writer {
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) { return flate.NewWriter(out, flate.BestCompression) })
	m.Format, m.Files = Format, []Listed{}
	return &Writer{z, m}
}

// Add puts a file in. Its path must have one of the package's forms.
func (w *Writer) Add(name string, b []byte) error {
	if err := CheckPath(name); err != nil {
		return err
	}
	sum := sha256.Sum256(b)
	w.m.Files = append(w.m.Files, Listed{name, int64(len(b)), hex.EncodeToString(sum[:])})
	return w.put(name, b)
}

func (w *Writer) put(name string, b []byte) error {
	h := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: epoch}
	if packed(name) {
		h.Method = zip.Store
	}
	f, err := w.zip.CreateHeader(h)
	if err == nil {
		_, err = f.Write(b)
	}
	return err
}

// packed tells files that are compressed already.
func packed(name string) bool {
	return strings.HasSuffix(name, ".jpg") || strings.HasSuffix(name, ".png")
}

// Close writes the manifest and ends the bundle.
func (w *Writer) Close() error {
	slices.SortFunc(w.m.Files, func(a, b Listed) int { return strings.Compare(a.Path, b.Path) })
	b, err := json.MarshalIndent(w.m, "", " ")
	if err != nil {
		return err
	}
	if err := w.put(ManifestName, append(b, '\n')); err != nil {
		return err
	}
	return w.zip.Close()
}

// Archive is a bundle that was opened: its names and its manifest are sound.
type Archive struct {
	Manifest
	Date  date.Date // of Day
	files map[string]*zip.File
}

// Open reads names and manifest of a bundle of so many bytes. Errors are [*Refusal] and
// those of r.
func Open(r io.ReaderAt, size int64) (*Archive, error) {
	if size > MaxTotal {
		return nil, refuse("文件太大（最多 4 GB）", "the file is too large (at most 4 GB)")
	}
	z, err := zip.NewReader(r, size)
	switch {
	case errors.Is(err, zip.ErrInsecurePath): // each name is judged below
	case errors.Is(err, zip.ErrFormat), errors.Is(err, zip.ErrAlgorithm), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return nil, refuse("不是 mingdeng export bundle 写的文件，或者没有传完整", "it is no file of mingdeng export bundle, or not all of it arrived")
	case err != nil:
		return nil, err
	}
	if len(z.File) > MaxFiles+1 {
		return nil, refuse("里面有 %d 个文件，最多 %d 个", "it holds %d files; at most %d are taken", len(z.File), MaxFiles)
	}
	a := &Archive{files: make(map[string]*zip.File, len(z.File))}
	var manifest *zip.File
	for _, f := range z.File {
		switch {
		case !f.Mode().IsRegular() || f.Flags&1 != 0:
			return nil, refuse("里面的“%s”不是普通文件", "%q in it is no plain file", f.Name)
		case f.Name == ManifestName && manifest == nil:
			manifest = f
			continue
		case a.files[f.Name] != nil || f.Name == ManifestName:
			return nil, refuse("里面有两个“%s”", "there are two of %q in it", f.Name)
		}
		if err := CheckPath(f.Name); err != nil {
			return nil, err
		}
		a.files[f.Name] = f
	}
	if manifest == nil {
		return nil, refuse("里面没有清单 manifest.json，不是 mingdeng export bundle 写的", "there is no manifest.json in it: mingdeng export bundle has not written it")
	}
	b, err := unpack(manifest, maxManifest)
	if err != nil {
		return nil, err
	}
	return a, a.read(b)
}

// read takes the manifest and compares it with the files there are.
func (a *Archive) read(b []byte) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&a.Manifest); err != nil {
		return refuse("清单 manifest.json 读不懂：%s", "manifest.json cannot be read: %s", err.Error())
	}
	if a.Format != Format {
		return refuse("格式是“%s”，这个程序认得的是 %s", "its format is %q; this program knows %s", a.Format, Format)
	}
	base, zh, _ := content.ParseBaseURL(string(a.Address))
	if zh != "" || base != a.Address {
		return refuse("清单里的网址“%s”不对：要写全，以 / 结尾", "the address %q in the manifest must be whole and end in a slash", string(a.Address))
	}
	var err error
	if a.Date, err = date.Parse(a.Day); err != nil || a.Date.Day == 0 || a.Date.String() != a.Day {
		return refuse("清单里的日期“%s”不对", "the day %q in the manifest is none", a.Day)
	}
	if !said(a.Title, true) || !said(a.Organisation, false) {
		return refuse("清单里的名称不对：要有字，不超过 100 个，没有换行", "the names in the manifest: some words, at most 100 characters, on one line")
	}
	if len(a.Files) != len(a.files) {
		return refuse("清单列了 %d 个文件，里面有 %d 个", "the manifest lists %d files; there are %d", len(a.Files), len(a.files))
	}
	var total int64
	for i, l := range a.Files {
		f := a.files[l.Path]
		switch {
		case i > 0 && l.Path <= a.Files[i-1].Path || f == nil || l.Size < 0 || uint64(l.Size) != f.UncompressedSize64:
			return refuse("“%s”和清单写的不一样", "%q is not as the manifest says", l.Path)
		case l.Size > bound(l.Path):
			return refuse("“%s”太大（%d 字节，最多 %d）", "%q is too large (%d bytes, at most %d)", l.Path, l.Size, bound(l.Path))
		}
		if total += l.Size; total > MaxTotal {
			return refuse("里面的文件展开后太大（最多 4 GB）", "what it holds is too large (at most 4 GB)")
		}
	}
	return nil
}

// said tells whether s can stand on a page as a name.
func said(s string, must bool) bool {
	if s == "" {
		return !must
	}
	return len([]rune(s)) <= 100 && strings.TrimSpace(s) == s && strings.IndexFunc(s, func(c rune) bool {
		return c < ' ' || c == 0x7f || c == 0xfffd || c >= 0x200b && c <= 0x200f || c >= 0x2028 && c <= 0x202e || c >= 0x2066 && c <= 0x2069
	}) < 0
}

func bound(name string) int64 {
	if strings.HasSuffix(name, ".md") {
		return MaxText
	}
	return MaxPicture
}

// Each calls f with every file in order of path, its bytes compared with the manifest. It
// stops at the first error.
func (a *Archive) Each(f func(name string, b []byte) error) error {
	for _, l := range a.Files {
		b, err := unpack(a.files[l.Path], l.Size)
		if err != nil {
			return err
		}
		if sum := sha256.Sum256(b); hex.EncodeToString(sum[:]) != l.SHA256 || int64(len(b)) != l.Size {
			return refuse("“%s”坏了：和清单里的校验值不一样。请对方重新导出，再传一次", "%q is damaged: it is not what the manifest has the digest of. Have it exported and sent again", l.Path)
		}
		if err := f(l.Path, b); err != nil {
			return err
		}
	}
	return nil
}

// unpack reads a file that has at most so many bytes, whatever it says of itself.
func unpack(f *zip.File, most int64) ([]byte, error) {
	r, err := f.Open()
	if err == nil {
		defer r.Close()
		var b []byte
		if b, err = io.ReadAll(io.LimitReader(r, most+1)); err == nil && int64(len(b)) > most {
			return nil, refuse("“%s”比它说的大", "%q is larger than it says", f.Name)
		} else if err == nil {
			return b, nil
		}
	}
	return nil, refuse("“%s”坏了：%s", "%q is damaged: %s", f.Name, err.Error())
}

// FileName is what the bundle of a site and a day is called: HOST-DAY.zip.
func FileName(base content.BaseURL, day date.Date) string {
	_, host, _ := strings.Cut(string(base), "://")
	return han.Slug(strings.NewReplacer(".", "-", "/", "-", ":", "-").Replace(host)) + "-" + day.String() + ".zip"
}

// CheckPath refuses, in words, a path that is not exactly one of those that a bundle has.
func CheckPath(p string) error {
	parts := strings.Split(p, "/")
	n := len(parts)
	bad := func() error {
		return refuse("里面的“%s”不能收：只收英雄、简报、文集、阵地、单位和它们的图片", "%q in it cannot be taken: heroes, briefs, anthologies, venues, units and their pictures alone are", p)
	}
	if n < 3 || n > 4 || len(p) > 400 {
		return bad()
	}
	index := "index.md"
	switch parts[0] {
	case "heroes", "units":
		if n != 3 {
			return bad()
		}
	case "briefs":
		if n != 4 || len(parts[1]) != 4 || strings.Trim(parts[1], "0123456789") != "" {
			return bad()
		}
	case "anthology", "venues":
		if n == 3 {
			index = "_index.md"
		}
	default:
		return bad()
	}
	for _, s := range parts[1 : n-1] {
		if zh, _ := content.BadFileName(s); !content.ValidSlug(s) || zh != "" {
			return bad()
		}
	}
	file := parts[n-1]
	if file == index {
		return nil
	}
	ext := path.Ext(file)
	stem := strings.TrimSuffix(file, ext)
	if zh, _ := content.BadFileName(file); zh == "" && content.ValidSlug(stem) && (ext == ".jpg" || ext == ".png" || ext == ".svg") {
		return nil
	}
	return bad()
}
