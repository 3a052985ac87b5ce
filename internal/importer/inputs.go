package importer

import (
	"archive/zip"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"mingdeng/internal/importer/office"
	"mingdeng/internal/importer/report"
)

// input is one file to be imported.
type input struct {
	name string // as the editor knows it
	path string // where it lies
	err  error  // why it cannot be

	uncropped bool // of pictures that show a part, all came out of converting it
}

// inputs are the files that the arguments of an import stand for.
type inputs struct {
	list []input
	seen map[string]bool
	temp string // a folder of this import, made when it is needed
}

func (in *inputs) close() {
	if in.temp != "" {
		_ = os.RemoveAll(in.temp) // a folder of the system's for such things
	}
}

func (in *inputs) folder(name string) (string, error) {
	if in.temp == "" {
		dir, err := os.MkdirTemp("", "mingdeng-import-")
		if err != nil {
			return "", err
		}
		in.temp = dir
	}
	return os.MkdirTemp(in.temp, name+"-")
}

// take enters what an argument stands for. What was named twice, by a pattern and by itself,
// is entered once.
func (in *inputs) take(given string) {
	names, err := expand(given)
	if err != nil {
		in.list = append(in.list, input{name: given, err: err})
	}
	for _, name := range names {
		if in.seen[filepath.Clean(name)] {
			continue
		}
		in.seen[filepath.Clean(name)] = true
		if !strings.EqualFold(filepath.Ext(name), ".zip") {
			in.list = append(in.list, input{name: name, path: name})
		} else if err := in.unpack(name); err != nil {
			in.list = append(in.list, input{name: name, err: err})
		}
	}
}

// Bounds of an archive.
const (
	zipFiles = 5000
	zipBytes = 1 << 30
)

var (
	errArchive = report.Errorf("这个压缩包打不开：它可能没有传完整，或加了密码。解压以后，导入解压出来的文件夹", "this archive cannot be opened: it may be cut off or have a password. Unpack it and import the folder")
	errNested  = report.Errorf("压缩包里的压缩包：先解压出来再导入", "an archive within an archive: unpack it first")
	errPacked  = report.Errorf("压缩包太大：最多 %d 个文件，展开以后最多 1 GB，不超过原来的 %d 倍。解压以后，分几次导入", "the archive is too large: %d files, 1 GB unpacked, no more than %d times its size. Unpack it and import parts of it", zipFiles, mostSwell)
)

// unpack enters what an archive holds. Nothing of it is written outside a folder of this
// import, whatever its names say.
func (in *inputs) unpack(name string) error {
	z, err := zip.OpenReader(name)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
			return err
		}
		return errArchive
	}
	defer z.Close()
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	limit := min(zipBytes, uint64(max(leastSwell, mostSwell*info.Size())))
	var all uint64
	for _, f := range z.File {
		if all += f.UncompressedSize64; len(z.File) > zipFiles || all > limit || f.UncompressedSize64 > limit {
			return errPacked
		}
	}
	dir, err := in.folder("zip")
	if err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	var faults []input
	for _, f := range z.File {
		inner := zipName(f)
		show := name + " / " + inner
		switch {
		case strings.HasSuffix(inner, "/") || strings.HasPrefix(inner, "__MACOSX/") || passing(path.Base(inner)):
		case !filepath.IsLocal(filepath.FromSlash(inner)):
			faults = append(faults, input{name: show, err: report.Errorf("压缩包里的路径指到了外面，没有解开", "its path in the archive leads outside: it was not unpacked")})
		default:
			if err := extract(root, f, inner); err != nil && worthTrying(inner) {
				faults = append(faults, input{name: show, err: errArchive})
			}
		}
	}
	files, err := inFolder(dir)
	in.list = append(in.list, faults...)
	if err != nil {
		if len(faults) > 0 {
			return nil
		}
		return err
	}
	for _, p := range files {
		inner, err := filepath.Rel(dir, p)
		if err != nil {
			return err
		}
		one := input{name: name + " / " + filepath.ToSlash(inner), path: p}
		if strings.EqualFold(filepath.Ext(p), ".zip") {
			one.err = errNested
		}
		in.list = append(in.list, one)
	}
	return nil
}

// zipName is the name of an archive's file. Programs in China wrote GBK for many years, and
// Windows backslashes.
func zipName(f *zip.File) string {
	name := f.Name
	if f.NonUTF8 && !utf8.ValidString(name) {
		if s, err := simplifiedchinese.GB18030.NewDecoder().String(name); err == nil {
			name = s
		}
	}
	return strings.ReplaceAll(name, `\`, "/")
}

func extract(root *os.Root, f *zip.File, name string) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	if err := root.MkdirAll(path.Dir(name), 0o700); err != nil {
		return err
	}
	w, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	n, err := io.Copy(w, io.LimitReader(r, int64(f.UncompressedSize64)+1))
	if n > int64(f.UncompressedSize64) {
		err = errors.Join(err, errArchive)
	}
	return errors.Join(err, w.Close())
}

// convert has the files of older programs turned into new ones, all at once.
func (in *inputs) convert(with func([]string, string) ([]string, error)) error {
	if with == nil {
		return nil
	}
	var old []string
	var at []int
	for i, f := range in.list {
		if f.err != nil || office.Target(f.path) == "" {
			continue
		}
		switch as, ok := contentOf(f.path); {
		case !ok:
			in.list[i].err = errForeign
		case as == "":
			old, at = append(old, f.path), append(at, i)
		}
	}
	if len(old) == 0 {
		return nil
	}
	dir, err := in.folder("office")
	if err != nil {
		return err
	}
	made, err := with(old, dir)
	for i, p := range made {
		if p != "" {
			in.list[at[i]].path, in.list[at[i]].uncropped = p, cropsLost(old[i])
		}
	}
	return err
}
