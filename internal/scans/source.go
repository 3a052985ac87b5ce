package scans

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"compress/flate"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Files lists the logs that arguments name: files as they are, folders with all that lies
// below, in order of name. What lies in a folder and is plainly no access log (hidden, or
// called error) is left out and returned as well. Patterns (*.log) are expanded, which the
// command line of Windows leaves to programs. Each file comes once, by whatever names it
// was given. "-" stands for the standard input.
func Files(args []string) (files, left []string, err error) {
	var known []os.FileInfo
	add := func(path string, info os.FileInfo) {
		for _, k := range known {
			if os.SameFile(k, info) {
				return
			}
		}
		known = append(known, info)
		files = append(files, path)
	}
	for _, arg := range expand(args) {
		if arg == "-" {
			if !slices.Contains(files, arg) {
				files = append(files, arg)
			}
			continue
		}
		info, err := os.Stat(arg)
		if err != nil {
			return nil, nil, err
		}
		if !info.IsDir() {
			add(arg, info)
			continue
		}
		err = filepath.WalkDir(arg, func(path string, e fs.DirEntry, err error) error {
			if err != nil || path == arg {
				return err
			}
			name := strings.ToLower(e.Name())
			if strings.HasPrefix(name, ".") {
				if e.IsDir() {
					return filepath.SkipDir
				}
				return nil
			}
			if e.IsDir() {
				return nil
			}
			info, err := os.Stat(path) // logs are often links to where they lie
			if err != nil || info.IsDir() || !info.Mode().IsRegular() {
				left = append(left, path)
				return nil
			}
			if strings.Contains(name, "error") {
				left = append(left, path)
				return nil
			}
			add(path, info)
			return nil
		})
		if err != nil {
			return nil, nil, err
		}
	}
	return files, left, nil
}

func expand(args []string) (out []string) {
	for _, arg := range args {
		if _, err := os.Lstat(arg); err != nil && strings.ContainsAny(arg, "*?[") {
			if found, err := filepath.Glob(arg); err == nil && len(found) > 0 {
				out = append(out, found...)
				continue
			}
		}
		out = append(out, arg)
	}
	return out
}

// ErrPacked says that a log is packed in a way that is not opened here.
var ErrPacked = errors.New("packed")

// packed are how files begin that hold logs in a form that is not opened here.
var packed = [][]byte{[]byte("PK\x03\x04"), []byte("\x28\xb5\x2f\xfd"), []byte("\xfd7zXZ\x00"), []byte("7z\xbc\xaf\x27\x1c"), []byte("Rar!")}

// Open returns the text of a log: unpacked where it is gzip (of any number of members) or
// bzip2, whatever its name; as UTF-8 where Windows has written it as UTF-16; without a
// byte-order mark.
func Open(r io.Reader) (io.Reader, error) {
	in := bufio.NewReaderSize(r, 64<<10)
	head, err := in.Peek(6)
	if err != nil && err != io.EOF {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, err
		}
		return plainText(z)
	case bytes.HasPrefix(head, []byte("BZh")):
		return plainText(bzip2.NewReader(in))
	}
	for _, p := range packed {
		if bytes.HasPrefix(head, p) {
			return nil, ErrPacked
		}
	}
	return plainText(in)
}

func plainText(r io.Reader) (io.Reader, error) {
	in, ok := r.(*bufio.Reader)
	if !ok {
		in = bufio.NewReaderSize(r, 64<<10)
	}
	head, err := in.Peek(3)
	if err != nil && err != io.EOF {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}), bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		return transform.NewReader(in, unicode.BOMOverride(transform.Nop)), nil
	case bytes.HasPrefix(head, []byte{0xef, 0xbb, 0xbf}):
		_, err = in.Discard(3)
		return in, err
	}
	return in, nil
}

// Damaged tells that the file, not the machine, is at fault: it ends too early or is not
// what it says.
func Damaged(err error) bool {
	var structural bzip2.StructuralError
	return errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, gzip.ErrChecksum) || errors.Is(err, gzip.ErrHeader) ||
		errors.As(err, &structural) || corrupt(err)
}

// corrupt knows flate's error by what it is.
func corrupt(err error) bool {
	var c flate.CorruptInputError
	return errors.As(err, &c)
}
