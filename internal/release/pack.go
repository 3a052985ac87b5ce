package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"debug/buildinfo"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"mingdeng/internal/diag"
	"mingdeng/internal/scaffold"
	"mingdeng/internal/sums"
)

// packer makes archives of programs.
type packer struct {
	root      string // of the module
	version   string
	at        time.Time
	work, out string
}

// file is one file of an archive.
type file struct {
	name string // slash-separated
	data []byte
	mode fs.FileMode
}

// pack makes the folder and the archive of one program.
func (p packer) pack(exe string) error {
	info, err := buildinfo.ReadFile(exe)
	if err != nil {
		return err
	}
	goos, arch := setting(info, "GOOS"), setting(info, "GOARCH")
	if goos == "" || arch == "" {
		return fmt.Errorf("the program does not tell its system")
	}
	files, err := p.files(exe, goos, info)
	if err != nil {
		return err
	}
	name := fmt.Sprintf("mingdeng-%s-%s-%s", p.version, goos, arch)
	if err := unpack(filepath.Join(p.work, name), files, p.at); err != nil {
		return err
	}
	for i := range files {
		files[i].name = name + "/" + files[i].name
	}
	var b bytes.Buffer
	ending, write := ".tar.gz", writeTar
	if goos == "windows" {
		ending, write = ".zip", writeZip
	}
	if err := write(&b, files, p.at); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(p.out, name+ending), b.Bytes(), 0o666)
}

func setting(info *buildinfo.BuildInfo, key string) string {
	for _, s := range info.Settings {
		if s.Key == key {
			return s.Value
		}
	}
	return ""
}

// files are what goes out with a program, in order of name.
func (p packer) files(exe, goos string, info *buildinfo.BuildInfo) ([]file, error) {
	program, err := os.ReadFile(exe)
	if err != nil {
		return nil, err
	}
	licence, err := os.ReadFile(filepath.Join(p.root, "LICENSE"))
	if err != nil {
		return nil, err
	}
	modules, err := linked(p.root, info)
	if err != nil {
		return nil, err
	}
	data, err := fontsAndData(p.root)
	if err != nil {
		return nil, err
	}
	list, err := bom(p.version, p.at, program, info, modules, data)
	if err != nil {
		return nil, err
	}
	name := "mingdeng"
	if goos == "windows" {
		name += ".exe"
	}
	files := []file{
		{name, program, 0o755},
		{"LICENSE.txt", licence, 0o644},
		{"licences/programs.txt", notices("What is linked into Mingdeng, and its licences.", modules), 0o644},
		{"licences/fonts-and-data.txt", notices("Fonts and data within Mingdeng, and their licences.", data), 0o644},
		{"sbom.cdx.json", list, 0o644},
	}
	for _, l := range []diag.Lang{diag.Chinese, diag.English} {
		page, err := guide(l)
		if err != nil {
			return nil, err
		}
		files = append(files, file{strings.TrimSuffix(scaffold.Guides.In(l), ".md") + ".html", page, 0o644})
	}
	slices.SortFunc(files, func(a, b file) int { return strings.Compare(a.name, b.name) })
	var all sums.List
	for _, f := range files {
		sum, err := sums.Of(bytes.NewReader(f.data))
		if err != nil {
			return nil, err
		}
		all = append(all, sums.Line{Sum: sum, Name: f.name})
	}
	var b bytes.Buffer
	if err := all.Write(&b); err != nil {
		return nil, err
	}
	return append(files, file{sumsFile, b.Bytes(), 0o644}), nil
}

// sumsFile is where `mingdeng version --check` looks.
const sumsFile = "SHA256SUMS"

// unpack writes files below a new folder.
func unpack(dir string, files []file, at time.Time) error {
	for _, f := range files {
		to := filepath.Join(dir, filepath.FromSlash(f.name))
		if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(to, f.data, f.mode); err != nil {
			return err
		}
		if err := os.Chtimes(to, at, at); err != nil {
			return err
		}
	}
	return nil
}

func writeZip(w io.Writer, files []file, at time.Time) error {
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestCompression) })
	for _, f := range files {
		// A name that is not ASCII is marked as UTF-8 by package zip, which Explorer heeds.
		h := &zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: at}
		h.SetMode(f.mode)
		to, err := z.CreateHeader(h)
		if err != nil {
			return err
		}
		if _, err := to.Write(f.data); err != nil {
			return err
		}
	}
	return z.Close()
}

func writeTar(w io.Writer, files []file, at time.Time) error {
	g, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	t := tar.NewWriter(g)
	for _, f := range files {
		h := &tar.Header{Typeflag: tar.TypeReg, Name: f.name, Mode: int64(f.mode), Size: int64(len(f.data)), ModTime: at}
		if err := t.WriteHeader(h); err != nil {
			return err
		}
		if _, err := t.Write(f.data); err != nil {
			return err
		}
	}
	if err := t.Close(); err != nil {
		return err
	}
	return g.Close()
}

// finish writes the sums of all that is given out, and what people are told beside it.
func finish(out, version string, signed, installer bool) error {
	notes := filepath.Join(out, "NOTES.md")
	if err := os.WriteFile(notes, releaseNotes(version, signed, installer), 0o666); err != nil {
		return err
	}
	list, err := os.ReadDir(out)
	if err != nil {
		return err
	}
	var all sums.List
	for _, e := range list {
		if !strings.HasPrefix(e.Name(), "mingdeng-") {
			continue
		}
		f, err := os.Open(filepath.Join(out, e.Name()))
		if err != nil {
			return err
		}
		sum, err := sums.Of(f)
		f.Close()
		if err != nil {
			return err
		}
		all = append(all, sums.Line{Sum: sum, Name: path.Base(e.Name())})
	}
	if len(all) == 0 {
		return fmt.Errorf("%s holds nothing to give out", out)
	}
	var b bytes.Buffer
	if err := all.Write(&b); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, sumsFile), b.Bytes(), 0o666)
}
