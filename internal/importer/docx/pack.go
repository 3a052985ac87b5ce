package docx

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"maps"
	"path"
	"slices"
	"strings"

	"mingdeng/internal/date"
	"mingdeng/internal/importer/report"
)

// Bounds against hostile files.
const (
	maxPart  = 64 << 20
	maxAll   = 400 << 20
	maxFiles = 20_000
	maxNodes = 3_000_000
	maxDepth = 200
)

var (
	errBroken = report.Errorf("这个 Word 文件打不开：它可能没有传完整，或不是 Word 文件。用 WPS 打开，另存为 .docx 再试",
		"this Word file cannot be opened: it may be cut off, or no Word file. Open it in WPS or Word and save it as .docx again")
	errOld = report.Errorf("这是老格式（.doc 或 .wps），或者加了密码。用 WPS 打开，另存为 .docx，不要设密码",
		"this is the old format (.doc or .wps), or has a password. Open it in WPS or Word and save it as .docx without one")
	errLarge = report.Errorf("这个 Word 文件太大：一个部分不能超过 64 MB，全部不能超过 400 MB",
		"this Word file is too large: one part may have 64 MB, all of them 400 MB")
)

// pack is the zip container and its parts by name.
type pack struct {
	parts map[string]*zip.File
	read  int64
}

// relation is one line of a part's relationships.
type relation struct {
	kind, target string
	outside      bool // target is an address, not a part
}

func open(r io.ReaderAt, size int64) (*pack, error) {
	head := make([]byte, 8)
	if n, _ := r.ReadAt(head, 0); bytes.HasPrefix(head[:n], []byte("\xd0\xcf\x11\xe0")) {
		return nil, errOld
	}
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, errBroken
	}
	if len(z.File) > maxFiles {
		return nil, errLarge
	}
	p := &pack{parts: map[string]*zip.File{}}
	for _, f := range z.File {
		if name := fold(f.Name); p.parts[name] == nil {
			p.parts[name] = f
		}
	}
	return p, nil
}

// fold makes names of parts comparable: OPC does not tell case apart, and some
// programs write backslashes.
func fold(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

// bytes returns a part, or nil where there is none.
func (p *pack) bytes(name string) ([]byte, error) {
	f := p.parts[fold(name)]
	if f == nil {
		return nil, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, errBroken
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, min(maxPart, maxAll-p.read)+1))
	if p.read += int64(len(b)); len(b) > maxPart || p.read > maxAll {
		return nil, errLarge
	}
	if err != nil {
		return nil, errBroken
	}
	return b, nil
}

// mainPart is the document's name, as the package's relationships say.
func (p *pack) mainPart() string {
	for _, r := range p.relations("") {
		if strings.HasSuffix(r.kind, "/officeDocument") && !r.outside {
			return r.target
		}
	}
	return "word/document.xml"
}

// relations reads the relationships of a part, "" for the package's own.
func (p *pack) relations(part string) map[string]relation {
	dir, base := path.Split(part)
	n, err := p.xml(dir + "_rels/" + base + ".rels")
	if n == nil || err != nil {
		return nil
	}
	out := map[string]relation{}
	for _, k := range n.kids {
		r := relation{kind: k.attr("Type"), target: k.attr("Target"), outside: strings.EqualFold(k.attr("TargetMode"), "External")}
		if !r.outside {
			if t := strings.ReplaceAll(r.target, `\`, "/"); strings.HasPrefix(t, "/") {
				r.target = path.Clean(t[1:])
			} else {
				r.target = path.Join(dir, t)
			}
		}
		out[k.attr("Id")] = r
	}
	return out
}

// related names the part that stands to another in a relation of a kind ("styles"): a part
// may have any name, styles2.xml as well. Without the relation it is the name that Word gives.
func (p *pack) related(part, kind, usual string) string {
	relations := p.relations(part)
	for _, id := range sortedKeys(relations) {
		if r := relations[id]; !r.outside && strings.HasSuffix(r.kind, "/"+kind) && p.parts[fold(r.target)] != nil {
			return r.target
		}
	}
	return path.Join(path.Dir(part), usual)
}

// properties are those of the package (docProps/core.xml).
func (p *pack) properties() (title string, saved date.Date) {
	n, err := p.xml(p.related("", "core-properties", "docProps/core.xml"))
	if n == nil || err != nil {
		return "", date.Date{}
	}
	if t := n.child("title"); t != nil {
		title = strings.TrimSpace(string(t.data))
	}
	for _, name := range []string{"modified", "created"} {
		if t := n.child(name); t != nil {
			if d, err := date.Parse(string(t.data)); err == nil && d.Year > 1990 {
				return title, d
			}
		}
	}
	return title, date.Date{}
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
