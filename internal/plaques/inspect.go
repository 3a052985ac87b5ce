package plaques

import (
	"bytes"
	"image"
	_ "image/gif" // formats that photos come in
	_ "image/jpeg"
	_ "image/png"
	"net/url"
	"slices"
	"strings"

	_ "golang.org/x/image/webp"

	"mingdeng/internal/diag"
	"mingdeng/internal/picture"
	"mingdeng/internal/plaque/code"
	"mingdeng/internal/plaque/qr"
	"mingdeng/internal/project"
	"mingdeng/internal/site"
)

// Seen is one code found in a photo of what hangs somewhere.
type Seen struct {
	Text string     // as it stands in the symbol; who shows it makes it safe to show
	Code *site.Code // nil for a foreign one: it leads elsewhere, or was never issued
	// Respelt tells that it leads to the code's page but is not spelt as this site prints it:
	// http, small letters, no slash at the end.
	Respelt bool
	// Corners are in pixels of the photo as it is looked at: top left, top right, bottom
	// right, bottom left of the symbol as it stands.
	Corners [4]image.Point
}

// Photo is a photo, decoded.
type Photo struct {
	img  image.Image
	meta picture.Meta
}

// OpenPhoto decodes a photo; nothing is decoded before it is known how large it is. Errors
// are those of [picture.Inspect], and the decoders' own.
func OpenPhoto(b []byte) (Photo, error) {
	meta, err := picture.Inspect(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return Photo{}, err
	}
	if meta.Format == picture.SVG {
		return Photo{}, picture.FormatError{Seen: "SVG"}
	}
	img, _, err := image.Decode(bytes.NewReader(b))
	return Photo{img, meta}, err
}

// Inspector tells what codes in photos are.
type Inspector struct {
	printed map[string]*site.Code // by the text that is printed
	opening map[string]*site.Code // by what its spellings have in common
}

// NewInspector loads the site whose plaques hang there.
func NewInspector(o project.Options) (*Inspector, []diag.Finding, error) {
	codes, base, found, err := Codes(o)
	if err != nil {
		return nil, found, err
	}
	i, err := newInspector(codes, base)
	return i, found, err
}

func newInspector(codes []*site.Code, base string) (*Inspector, error) {
	i := &Inspector{map[string]*site.Code{}, map[string]*site.Code{}}
	for _, c := range codes {
		address, err := qr.Address(base, c.Code)
		if err != nil {
			return nil, err
		}
		i.printed[address] = c
		i.opening[opens(address)] = c
	}
	return i, nil
}

// opens is what the spellings of an address have in common that lead to one page of ours: host,
// path and code. It is "" for what is no such address. Web servers tell capitals from small
// letters in the path before it, so that is kept; the site's 404.html folds code and Q.
func opens(text string) string {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil || u.Opaque != "" || u.User != nil || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
		return ""
	}
	port := u.Port()
	if u.Scheme == "https" && port == "443" || u.Scheme == "http" && port == "80" {
		port = ""
	} else if u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	path := strings.TrimRight(u.EscapedPath(), "/")
	cut := strings.LastIndexByte(path, '/')
	if cut < 2 || !strings.EqualFold(path[cut-2:cut], "/Q") {
		return ""
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	return host + ":" + port + path[:cut-2] + "/Q/" + code.Fold(path[cut+1:])
}

// Inspect reads all codes of a photo, from top to bottom as it is looked at.
func (i *Inspector) Inspect(p Photo) []Seen {
	var out []Seen
	b := p.img.Bounds()
	for _, f := range qr.ReadAll(p.img) {
		s := Seen{Text: f.Text, Code: i.printed[f.Text]}
		if s.Code == nil {
			s.Code = i.opening[opens(f.Text)]
			s.Respelt = s.Code != nil
		}
		for k, c := range f.Corners {
			s.Corners[k] = upright(c.Sub(b.Min), b.Size(), p.meta.Orientation)
		}
		out = append(out, s)
	}
	slices.SortStableFunc(out, func(a, b Seen) int { return a.Corners[0].Y - b.Corners[0].Y })
	return out
}

// upright is where a pixel of a stored picture is when it is looked at, by EXIF's orientation
// (CIPA DC-008-2019, 4.6.4 A).
func upright(p image.Point, size image.Point, orientation int) image.Point {
	x, y, w, h := p.X, p.Y, size.X-1, size.Y-1
	switch orientation {
	case 2:
		return image.Pt(w-x, y)
	case 3:
		return image.Pt(w-x, h-y)
	case 4:
		return image.Pt(x, h-y)
	case 5:
		return image.Pt(y, x)
	case 6:
		return image.Pt(h-y, x)
	case 7:
		return image.Pt(h-y, w-x)
	case 8:
		return image.Pt(y, w-x)
	}
	return p
}
