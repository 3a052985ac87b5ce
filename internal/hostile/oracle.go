package hostile

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"

	"mingdeng/internal/writer"
)

// Faults tells what is wrong with the files of a site that lies at base (https://host/path/),
// "" where the site could not tell. Keys are paths below the site's root.
func Faults(base string, files map[string][]byte) []string {
	return FaultsOf(base, files, slices.Sorted(maps.Keys(files)), nil)
}

// FaultsOf is Faults of some of the files, the others being known to be sound. own are
// the scripts and styles that may stand inside a file that is to be taken away alone.
func FaultsOf(base string, files map[string][]byte, names []string, own map[string]bool) []string {
	_, rest, _ := strings.Cut(base, "://")
	_, below, _ := strings.Cut(rest, "/")
	o := &oracle{base: base, root: "/" + below, files: files, own: own}
	for _, name := range names {
		o.file(name, files[name])
	}
	return o.faults
}

// oracle is one look at a site.
type oracle struct {
	base, root string
	files      map[string][]byte
	own        map[string]bool
	faults     []string
	at         string // the current file
}

func (o *oracle) fault(format string, args ...any) {
	o.faults = append(o.faults, o.at+": "+fmt.Sprintf(format, args...))
}

// alone tells a page that is one file by itself: screens/NAME/NAME.html, which is carried
// to a display and has no site around it.
func alone(name string) bool {
	dir, file := path.Split(name)
	return strings.Contains(dir, "screens/") && file == path.Base(dir)+".html"
}

// PathFaults tells which files could not stand in a folder on every system, together and
// each by itself.
func PathFaults(names []string) []string {
	var faults []string
	folded := map[string]string{}
	for _, name := range names {
		if err := writer.ValidPath(name); err != nil {
			faults = append(faults, err.Error())
		}
		key := strings.ToLower(name)
		if other, taken := folded[key]; taken {
			faults = append(faults, name+": also "+other)
		}
		folded[key] = name
	}
	return faults
}

// file holds one file, of the site or within a package, against the rules of its kind.
func (o *oracle) file(name string, b []byte) {
	o.at = name
	switch ext := path.Ext(name); ext {
	case ".html", ".xhtml":
		o.page(b, ext == ".xhtml")
	case ".svg":
		o.drawing(b)
	case ".css":
		o.style(string(b))
	case ".xml", ".opf", ".ncx", ".rels":
		o.xml(b)
	case ".json", ".geojson", ".webmanifest":
		if !json.Valid(b) {
			o.fault("no JSON: %.80q", b)
		}
	case ".csv":
		o.table(b)
	case ".epub", ".xlsx", ".zip":
		o.pack(b)
	}
}

// table looks for cells that a spreadsheet would reckon (OWASP, "CSV Injection").
func (o *oracle) table(b []byte) {
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(b, []byte("\ufeff")))).ReadAll()
	if err != nil {
		o.fault("no table: %v", err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				o.fault("the cell %q is a formula", cell)
			}
		}
	}
}

// pack looks into a package.
func (o *oracle) pack(b []byte) {
	outer := o.at
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		o.fault("no package: %v", err)
		return
	}
	for _, f := range z.File {
		if !path.IsAbs(f.Name) && path.Clean(f.Name) == f.Name && !strings.HasPrefix(f.Name, "../") {
			r, err := f.Open()
			if err == nil {
				var part []byte
				if part, err = io.ReadAll(io.LimitReader(r, 64<<20)); err == nil {
					o.file(f.Name, part)
					o.at = outer + "!" + f.Name
					if strings.HasSuffix(outer, ".xlsx") && bytes.Contains(part, []byte("<f>")) {
						o.fault("a formula")
					}
				}
				r.Close()
			}
			if err != nil {
				o.at = outer
				o.fault("%s: %v", f.Name, err)
			}
		} else if !strings.HasSuffix(f.Name, "/") {
			o.fault("the package has %q", f.Name)
		}
		o.at = outer
	}
}
