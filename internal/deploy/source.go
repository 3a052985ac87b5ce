package deploy

import (
	"fmt"
	"io"
	"io/fs"
	"iter"
	"strings"

	"mingdeng/internal/output"
	"mingdeng/internal/serving"
)

// Made is a file of the built site.
type Made struct {
	Path   string
	Size   int64
	Digest string // of its bytes; "" never counts as equal
}

// Source is a built site: what the build says it made, not what happens to lie there.
type Source struct {
	FS    fs.FS
	Files []Made
	// Base is the path below which the site lies on its host: "/" or "/lamp/".
	Base string
}

// SourceOf is a site as a build made it: files are those the build tells of, fsys is the
// folder they lie in.
func SourceOf(files iter.Seq[output.Made], fsys fs.FS, base string) Source {
	s := Source{FS: fsys, Base: base}
	for f := range files {
		s.Files = append(s.Files, Made{Path: f.Path, Size: f.Size, Digest: f.Hash.String()})
	}
	return s
}

// file is how one of them is sent.
func (s Source) file(m Made) File {
	return File{
		Path: m.Path, Size: m.Size, Type: serving.TypeOf(m.Path), Cache: serving.Of(m.Path).Cache,
		Open: func() (io.ReadSeekCloser, error) {
			f, err := s.FS.Open(m.Path)
			if err != nil {
				return nil, err
			}
			info, err := f.Stat()
			if err == nil && info.Size() != m.Size {
				err = fmt.Errorf("%s has changed since the site was built: build it anew", m.Path)
			}
			r, ok := f.(io.ReadSeekCloser)
			if err == nil && !ok {
				err = fmt.Errorf("%s cannot be read twice", m.Path)
			}
			if err != nil {
				f.Close()
				return nil, faultf(err, "网站在上传的时候变了：再运行一次", "the site changed while it was being sent: run the command again")
			}
			return r, nil
		},
	}
}

// The steps files are sent in, each whole before the next begins.
const (
	stepNamed    = iota // a digest in the name: nobody asks for it before a page does
	stepData            // pictures, data, the index of the search: what pages ask for
	stepNewPage         // pages that nothing led to so far
	stepPage            // pages in the place of others
	stepPointers        // sitemap, feeds, robots
	stepKept            // what phones keep of a venue
	stepWorker          // and the script that keeps it
	steps
)

// stepOf is when a file is sent; there tells whether the target has one of that path.
func stepOf(path string, there bool) int {
	name := path[strings.LastIndexByte(path, '/')+1:]
	switch {
	case serving.Named(path):
		return stepNamed
	case isPage(path) && !there:
		return stepNewPage
	case isPage(path):
		return stepPage
	case name == "sw.js":
		return stepWorker
	case name == "offline.json":
		return stepKept
	case name == "sitemap.xml" || name == "robots.txt" || name == "feed.xml" || name == "feed.json":
		return stepPointers
	}
	return stepData
}

func isPage(path string) bool { return strings.HasSuffix(path, ".html") }

// isCodePage tells pages that plaques lead to.
func isCodePage(path string) bool { return strings.HasPrefix(path, "Q/") }

// ours tells whether a file at the target is the site's: neither the record of what was
// sent nor the server's own.
func ours(path string) bool {
	if strings.HasPrefix(path, ".") || strings.Contains(path, "/.") {
		return false // .well-known/, .htaccess, .user.ini
	}
	if strings.Contains(path, "/") {
		return true
	}
	for _, own := range []string{"MP_verify_", "WW_verify_", "baidu_verify_", "google", "sogousiteverification", "BingSiteAuth.xml", "CNAME", "web.config"} {
		if strings.HasPrefix(path, own) {
			return false // the proof that somebody owns the domain, settings of a server
		}
	}
	return true
}
