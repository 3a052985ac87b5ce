package build

import (
	"bytes"
	"io/fs"
	"runtime"

	"mingdeng/internal/content"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/onefile"
	"mingdeng/internal/output"
	"mingdeng/internal/pages"
	"mingdeng/internal/picture"
)

// whole returns a page's output, as one file where the page is to be one.
func (s *stages) whole(p pages.Page, o output.Output, base content.BaseURL) output.Output {
	if p.Alone {
		o.Prepare = s.alone(o.Prepare, base)
	}
	return o
}

// alone makes one file of a page. The page names its styles, scripts and pictures by
// their content, so its own fingerprint stands for them too; what is left is how they
// are encoded and put in.
func (s *stages) alone(page output.Prepare, base content.BaseURL) output.Prepare {
	return func() (fingerprint.Fingerprint, output.Fill, error) {
		print, fill, err := page()
		print = fingerprint.Sum(print[:], []byte(onefile.Version), []byte(picture.EncoderVersion), []byte(runtime.Version()))
		return print, func(w *bytes.Buffer) error {
			var b bytes.Buffer
			if err := fill(&b); err != nil {
				return err
			}
			return onefile.Write(w, b.Bytes(), base.Path(), s.file)
		}, err
	}
}

// file returns a style sheet, script or picture of the site by its path.
func (s *stages) file(path string) ([]byte, error) {
	for _, a := range s.theme.Assets() {
		if a.Path == path {
			return a.Bytes, nil
		}
	}
	b, err := s.media.Published(path)
	if err != nil {
		return nil, &fs.PathError{Op: "put in", Path: path, Err: err}
	}
	return b, nil
}
