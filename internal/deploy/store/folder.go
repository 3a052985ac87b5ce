package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"

	"mingdeng/internal/deploy"
	"mingdeng/internal/diag"
)

// Folder is a folder of this machine, or one that is mounted: a target served by a web
// server here. No link within leads outside of it.
type Folder struct {
	dir string

	mu   sync.Mutex
	root *os.Root // nil as long as there is no folder
}

// NewFolder is a store in the folder dir, which is made when the first file is written.
func NewFolder(dir string) *Folder { return &Folder{dir: dir} }

// folderPath is the path of a target as this system writes it: /D:/site is D:\site.
func folderPath(p string) string {
	if runtime.GOOS == "windows" && len(p) > 2 && p[0] == '/' && p[2] == ':' {
		p = p[1:]
	}
	return filepath.FromSlash(p)
}

// open opens the folder; make tells whether to make it.
func (f *Folder) open(make bool) (*os.Root, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.root != nil {
		return f.root, nil
	}
	root, err := os.OpenRoot(f.dir)
	if make && errors.Is(err, fs.ErrNotExist) {
		// Its own parent must be there: what hangs there may be a disk that is not mounted.
		if err := os.Mkdir(f.dir, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
			return nil, folderFault(f.dir, err)
		}
		root, err = os.OpenRoot(f.dir)
	}
	if err != nil {
		return nil, folderFault(f.dir, err)
	}
	f.root = root
	return root, nil
}

func folderFault(dir string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return fault(err, "找不到文件夹 "+dir+"：磁盘挂载了吗？上一级文件夹在吗？", "there is no folder "+dir+": is the disk mounted, and is the folder above it there?")
	case errors.Is(err, fs.ErrPermission):
		return fault(err, "没有权限写 "+dir+"：换一个用户运行，或改文件夹的权限", dir+" may not be written: run as another user or change its permissions")
	case errors.Is(err, syscall.ENOSPC):
		return fault(err, dir+" 所在的磁盘满了", "the disk of "+dir+" is full")
	case errors.Is(err, syscall.ENOTDIR), errors.Is(err, syscall.EISDIR):
		return fault(err, dir+" 里有一个文件占了文件夹的位置（或相反），请移走", "in "+dir+" a file lies where a folder is to be, or a folder where a file is: move it away")
	}
	return err
}

func fault(err error, zh, en string) *deploy.Fault {
	return &deploy.Fault{What: diag.Text{Zh: zh, En: en}, Err: err}
}

// List walks the folder.
func (f *Folder) List(ctx context.Context, prefix string, each func(deploy.Object) error) error {
	root, err := f.open(false)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return walk(ctx, prefix, func(_ context.Context, dir string) ([]fs.FileInfo, error) {
		if dir == "" {
			dir = "."
		}
		d, err := root.Open(dir)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		if err != nil {
			return nil, folderFault(f.dir, err)
		}
		defer d.Close()
		return d.Readdir(-1)
	}, func(p string, info fs.FileInfo) error {
		return each(deploy.Object{Path: p, Size: info.Size(), Stamp: fileStamp(info)})
	})
}

func fileStamp(info fs.FileInfo) string { return strconv.FormatInt(info.ModTime().UnixNano(), 36) }

// Get reads a file.
func (f *Folder) Get(_ context.Context, p string) (io.ReadCloser, error) {
	root, err := f.open(false)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fs.ErrNotExist
	}
	if err != nil {
		return nil, err
	}
	return root.Open(p)
}

// Put writes beside and renames.
func (f *Folder) Put(_ context.Context, file deploy.File) (deploy.Object, error) {
	root, err := f.open(true)
	if err != nil {
		return deploy.Object{}, err
	}
	in, err := file.Open()
	if err != nil {
		return deploy.Object{}, err
	}
	defer in.Close()
	temp, info, err := writeTemp(root, in)
	if err != nil {
		return deploy.Object{}, folderFault(f.dir, err)
	}
	err = root.Rename(temp, file.Path)
	if errors.Is(err, fs.ErrNotExist) {
		if err = root.MkdirAll(path.Dir(file.Path), 0o755); err == nil {
			err = root.Rename(temp, file.Path)
		}
	}
	if err != nil {
		root.Remove(temp)
		return deploy.Object{}, folderFault(f.dir, err)
	}
	return deploy.Object{Path: file.Path, Size: info.Size(), Stamp: fileStamp(info)}, nil
}

// writeTemp writes a file on its way.
func writeTemp(root *os.Root, in io.Reader) (name string, info fs.FileInfo, err error) {
	name = deploy.TempPrefix + rand.Text()
	out, err := root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if errors.Is(err, fs.ErrNotExist) {
		if err = root.MkdirAll(path.Dir(name), 0o755); err == nil {
			out, err = root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
		}
	}
	if err != nil {
		return name, nil, err
	}
	_, err = io.Copy(out, in)
	if err == nil {
		info, err = out.Stat()
	}
	if err = errors.Join(err, out.Close()); err != nil {
		root.Remove(name)
	}
	return name, info, err
}

// Create writes a file whole where there is none.
func (f *Folder) Create(_ context.Context, p string, content []byte) error {
	root, err := f.open(true)
	if err != nil {
		return err
	}
	temp, _, err := writeTemp(root, strings.NewReader(string(content)))
	if err != nil {
		return folderFault(f.dir, err)
	}
	defer root.Remove(temp)
	err = root.Link(temp, p)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	// A file system without links: then a kill may leave the file empty.
	out, err := root.OpenFile(p, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		if errors.Is(err, fs.ErrExist) {
			return err
		}
		return folderFault(f.dir, err)
	}
	_, err = out.Write(content)
	return errors.Join(err, out.Close())
}

// Delete removes a file, and the folders above it that are empty then.
func (f *Folder) Delete(_ context.Context, p string) error {
	root, err := f.open(false)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	}
	if err := root.Remove(p); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return folderFault(f.dir, err)
	}
	for dir := path.Dir(p); dir != "." && root.Remove(dir) == nil; {
		dir = path.Dir(dir)
	}
	return nil
}

// Holds reads the file.
func (f *Folder) Holds(ctx context.Context, o deploy.Object, file deploy.File) (bool, error) {
	return sameContent(ctx, f, o, file)
}

// sameContent compares a file at the target with one of the site, byte by byte in effect.
func sameContent(ctx context.Context, s deploy.Store, o deploy.Object, file deploy.File) (bool, error) {
	there, err := s.Get(ctx, o.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer there.Close()
	here, err := file.Open()
	if err != nil {
		return false, err
	}
	defer here.Close()
	var sums [2][sha256.Size]byte
	for i, r := range []io.Reader{there, here} {
		h := sha256.New()
		if _, err := io.Copy(h, r); err != nil {
			return false, err
		}
		h.Sum(sums[i][:0])
	}
	return sums[0] == sums[1], nil
}

// KeepsHeaders is false: whoever serves the folder says how.
func (f *Folder) KeepsHeaders() bool { return false }

// Tidy removes files that were on their way.
func (f *Folder) Tidy(ctx context.Context) error { return tidy(ctx, f) }

func tidy(ctx context.Context, s deploy.Store) error {
	var left []string
	err := s.List(ctx, deploy.TempPrefix, func(o deploy.Object) error {
		left = append(left, o.Path)
		return nil
	})
	for _, p := range left {
		if err == nil {
			err = s.Delete(ctx, p)
		}
	}
	return err
}

// Close closes the folder.
func (f *Folder) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.root == nil {
		return nil
	}
	err := f.root.Close()
	f.root = nil
	return err
}
