package content

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"mingdeng/internal/diag"
	"mingdeng/internal/han"
)

// Root is the folder of words and pictures below the site's root.
const Root = "content"

// FileInfo is one file of the content folder, not yet opened.
type FileInfo struct {
	Path    string // slash-separated from the site's root
	Size    int64
	ModTime time.Time
}

// Tree is what Scan found, by path.
type Tree struct {
	Files []FileInfo
}

// Scan lists the content folder of a site without opening a file. Hidden files
// and what office programs and systems drop beside a text are passed over.
// Symbolic links are followed to files inside the site alone; any other is a
// finding. fsys is the site's root, best from [os.Root.FS], which holds every
// access inside.
func Scan(fsys fs.FS) (*Tree, []diag.Finding) {
	var findings []diag.Finding
	tree := &Tree{}
	err := fs.WalkDir(fsys, Root, func(p string, e fs.DirEntry, err error) error {
		if err != nil {
			if p == Root {
				return err
			}
			findings = append(findings, diag.Unreadable.At(p, diag.Pos{}, err))
			return nil
		}
		if p != Root && ignored(e.Name()) {
			if e.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if e.IsDir() {
			return nil
		}
		info, err := e.Info()
		if err == nil && e.Type()&fs.ModeSymlink != 0 {
			info, err = fs.Stat(fsys, p)
			if err != nil || info.IsDir() {
				findings = append(findings, diag.LeadsOutside.At(p, diag.Pos{}, path.Base(p)))
				return nil
			}
		}
		if err != nil {
			findings = append(findings, diag.Unreadable.At(p, diag.Pos{}, err))
			return nil
		}
		if !info.Mode().IsRegular() {
			findings = append(findings, diag.Unreadable.At(p, diag.Pos{}, "not a plain file"))
			return nil
		}
		tree.Files = append(tree.Files, FileInfo{Path: p, Size: info.Size(), ModTime: info.ModTime()})
		return nil
	})
	if err != nil {
		findings = append(findings, diag.NoSite.At(Root+"/site.yaml", diag.Pos{}))
	}
	slices.SortFunc(tree.Files, func(a, b FileInfo) int { return strings.Compare(a.Path, b.Path) })
	look := newNames(len(tree.Files))
	for _, f := range tree.Files {
		look.look(f.Path)
	}
	return tree, append(findings, look.out...)
}

// ignored tells files that are nobody's content: hidden ones, WPS and Word lock
// files, editors' backups, and what Windows and macOS leave in folders.
func ignored(name string) bool {
	switch strings.ToLower(name) {
	case "thumbs.db", "desktop.ini", "__macosx", "icon\r":
		return true
	}
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || strings.HasSuffix(name, "~") || strings.HasSuffix(name, ".tmp")
}

// seat is what a file is, told by where it lies. kind is "" for a file that is no
// record.
type seat struct {
	kind    Kind
	dir     string // folder its pictures are named from
	name    string // NFC
	parent  string // NFC
	edition string
}

// editions are the endings that make a file another edition of a record.
var editions = []string{"en", "zh-hant", "zh-hans"}

func seatOf(p string) seat {
	if !strings.HasSuffix(p, ".md") {
		return seat{}
	}
	parts := strings.Split(norm.NFC.String(strings.TrimPrefix(p, Root+"/")), "/")
	file := strings.TrimSuffix(parts[len(parts)-1], ".md")
	s := seat{dir: path.Dir(p)}
	for _, e := range editions {
		if base, ok := strings.CutSuffix(file, "."+e); ok {
			if file = base; e != "zh-hans" { // what the site is written in
				s.edition = e
			}
			break
		}
	}
	if len(parts) < 2 {
		return seat{}
	}
	folder, rest := parts[0], parts[1:len(parts)-1]
	nested := map[string]Kind{"briefs": KindBrief, "anthology": KindChapter, "venues": KindExhibit}[folder]
	flat := map[string]Kind{
		"heroes": KindHero, "honors": KindHonor, "units": KindUnit,
		"reports": KindReport, "screens": KindScreen, "pages": KindPage,
	}[folder]
	switch {
	case nested != "" && len(rest) > 0:
		s.parent, rest = rest[0], rest[1:]
		if file == "_index" && len(rest) == 0 && nested != KindBrief {
			s.kind = map[Kind]Kind{KindChapter: KindBook, KindExhibit: KindVenue}[nested]
			s.name = s.parent
			s.parent = ""
			return s
		}
		s.kind = nested
		if nested == KindBrief && !isYear(s.parent) {
			return seat{}
		}
	case flat != "":
		s.kind = flat
	default:
		return seat{}
	}
	switch {
	case len(rest) == 0 && file != "index" && file != "_index":
		s.name = file
	case len(rest) == 1 && file == "index":
		s.name = rest[0]
	default:
		return seat{}
	}
	return s
}

func isYear(s string) bool {
	return len(s) == 4 && strings.Trim(s, "0123456789") == ""
}

// seatNear is where a file that is no record was probably meant to lie, or "".
func seatNear(p string) string {
	parts := strings.Split(strings.TrimPrefix(p, Root+"/"), "/")
	folder, name := parts[0], parts[len(parts)-1]
	known := []string{"heroes", "briefs", "anthology", "venues", "honors", "units", "reports", "screens", "pages"}
	if len(parts) < 2 {
		return ""
	}
	if !slices.Contains(known, folder) {
		near := han.Nearest(folder, known)
		if near == "" {
			return ""
		}
		parts[0] = near
		if moved := path.Join(append([]string{Root}, parts...)...); seatOf(moved).kind != "" {
			return moved
		}
		return ""
	}
	switch {
	case folder == "briefs" && len(parts) == 2:
		return path.Join(Root, folder, "YYYY", name)
	case (folder == "anthology" || folder == "venues") && len(parts) == 2:
		return path.Join(Root, folder, strings.TrimSuffix(name, ".md"), "_index.md")
	case len(parts) == 3 && folder != "briefs":
		return path.Join(Root, folder, parts[1], "index.md")
	}
	return ""
}
