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

// Again is the tree with what it says of the files at paths looked up anew, while all others
// are taken to be as they were. It gives nil where one of them is no file of the tree, or no
// file any more: then only [Scan] will do.
func (t *Tree) Again(fsys fs.FS, paths []string) *Tree {
	next := &Tree{Files: slices.Clone(t.Files)}
	for _, p := range paths {
		i, known := slices.BinarySearchFunc(next.Files, p, func(f FileInfo, p string) int { return strings.Compare(f.Path, p) })
		info, err := fs.Stat(fsys, p)
		if !known || err != nil || !info.Mode().IsRegular() {
			return nil
		}
		next.Files[i].Size, next.Files[i].ModTime = info.Size(), info.ModTime()
	}
	return next
}

// ignored tells files that are not content: hidden ones, WPS and Word lock
// files, editors' backups, and what Windows and macOS leave in folders.
func ignored(name string) bool {
	switch strings.ToLower(name) {
	case "thumbs.db", "desktop.ini", "__macosx", "icon\r":
		return true
	}
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || strings.HasSuffix(name, "~") || strings.HasSuffix(name, ".tmp")
}

// kindOfFile tells what the file at path is.
func kindOfFile(p string) fileKind {
	if !strings.HasSuffix(p, ".md") {
		return fileKind{}
	}
	member, below := cutMember(norm.NFC.String(strings.TrimPrefix(p, Root+"/")))
	parts := strings.Split(below, "/")
	if len(parts) < 2 {
		return fileKind{}
	}
	folder, rest, last := parts[0], parts[1:len(parts)-1], parts[len(parts)-1]
	name, edition := cutEdition(strings.TrimSuffix(last, ".md"))
	f := fileKind{dir: path.Dir(p), edition: edition, member: member}
	for _, k := range kinds {
		if k.Folder != folder || member != "" && !slices.Contains(Collected, k.Kind) {
			continue
		}
		within := rest
		switch {
		case k.Index:
			if name == "_index" && len(rest) == 1 {
				f.kind, f.name = k.Kind, rest[0]
				return f
			}
			continue
		case k.Parent != "" || k.ByYear:
			if len(rest) == 0 || k.ByYear && !isYear(rest[0]) {
				continue
			}
			f.parent, within = rest[0], rest[1:]
		}
		switch {
		case len(within) == 0 && name != "index" && name != "_index":
			f.kind, f.name = k.Kind, name
			return f
		case len(within) == 1 && name == "index":
			f.kind, f.name = k.Kind, within[0]
			return f
		}
	}
	return fileKind{}
}

func isYear(s string) bool {
	return len(s) == 4 && strings.Trim(s, "0123456789") == ""
}

// nearestPlace is where a file that is no record was probably meant to lie, or "".
func nearestPlace(p string) string {
	parts := strings.Split(strings.TrimPrefix(p, Root+"/"), "/")
	if len(parts) < 2 {
		return ""
	}
	name := parts[len(parts)-1]
	if !slices.Contains(Folders(), parts[0]) {
		near := han.Nearest(parts[0], Folders())
		if near == "" {
			return ""
		}
		parts[0] = near
		if moved := path.Join(append([]string{Root}, parts...)...); kindOfFile(moved).kind != "" {
			return moved
		}
		return ""
	}
	k := kinds[slices.IndexFunc(kinds, func(k KindInfo) bool { return k.Folder == parts[0] })]
	switch {
	case k.ByYear && len(parts) == 2:
		return path.Join(Root, k.Folder, "YYYY", name)
	case k.Index && len(parts) == 2:
		return k.File("", strings.TrimSuffix(name, ".md"))
	case !k.ByYear && len(parts) == 3:
		return path.Join(Root, k.Folder, parts[1], "index.md")
	}
	return ""
}
