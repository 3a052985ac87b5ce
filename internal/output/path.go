package output

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// home is the folder, in the output folder, of the machinery. No Output goes there.
const home = ".mingdeng"

const (
	longestName = 255  // bytes in one name: ext4, APFS and NTFS (there UTF-16 units)
	longestPath = 1000 // bytes: macOS takes 1024 with the folder before it
)

// ValidPath says whether a file of this path can be made on every system we
// build for: slash-separated, relative, clean, UTF-8 in normal form C, without
// the characters, device names and endings that Windows forbids (Microsoft,
// "Naming Files, Paths, and Namespaces"), and not in the folder .mingdeng.
// The error is a *[PathError].
func ValidPath(path string) error {
	if why := invalid(path); why != "" {
		return &PathError{path, why}
	}
	return nil
}

func invalid(path string) string {
	switch {
	case path == "." || !fs.ValidPath(path):
		return "is not a clean relative path with slashes"
	case len(path) > longestPath:
		return fmt.Sprintf("is longer than %d bytes", longestPath)
	}
	ascii := true
	for i := range len(path) {
		switch c := path[i]; {
		case c < ' ' || c == 0x7f || strings.IndexByte(`\:*?"<>|`, c) >= 0:
			return fmt.Sprintf("has the character %q, which Windows does not take", c)
		case c >= utf8.RuneSelf:
			ascii = false
		}
	}
	if !ascii && !norm.NFC.IsNormalString(path) {
		return "is not in Unicode normal form C"
	}
	for name := range strings.SplitSeq(path, "/") {
		switch {
		case len(name) > longestName:
			return fmt.Sprintf("has a name longer than %d bytes", longestName)
		case strings.HasSuffix(name, ".") || strings.HasSuffix(name, " ") || strings.HasPrefix(name, " "):
			return "has a name that begins with a space, or ends with a space or full stop"
		case device(name):
			return "has a name that Windows keeps for a device"
		}
	}
	if first, _, _ := strings.Cut(path, "/"); strings.EqualFold(first, home) {
		return "lies in the program's own folder"
	}
	return ""
}

// device reports whether Windows takes name for a device, whatever its extension.
func device(name string) bool {
	name, _, _ = strings.Cut(name, ".")
	name = strings.TrimRight(name, " ")
	switch len(name) {
	case 3:
		return slices.ContainsFunc([]string{"con", "prn", "aux", "nul"}, func(d string) bool { return strings.EqualFold(d, name) })
	case 4, 5: // COM¹ is two bytes longer by its superscript
		if port := strings.ToLower(name[:3]); port == "com" || port == "lpt" {
			return utf8.RuneCountInString(name[3:]) == 1 && strings.Contains("0123456789¹²³", name[3:])
		}
	case 6, 7:
		return strings.EqualFold(name, "conin$") || strings.EqualFold(name, "conout$")
	}
	return false
}

// fold is the key under which a file system blind to case may file path.
func fold(path string) string {
	for i := range len(path) {
		if c := path[i]; 'A' <= c && c <= 'Z' || c >= utf8.RuneSelf {
			return strings.Map(func(r rune) rune { return unicode.ToLower(unicode.ToUpper(r)) }, path)
		}
	}
	return path
}

// planned sorts outs by path and finds what cannot stand together.
func planned(outs []Output) ([]*Output, error) {
	type item struct {
		key string
		out *Output
	}
	items := make([]item, len(outs))
	for i := range outs {
		o := &outs[i]
		if err := ValidPath(o.Path); err != nil {
			return nil, err
		}
		if o.Prepare == nil {
			return nil, &PathError{o.Path, "has no Prepare"}
		}
		items[i] = item{fold(o.Path), o}
	}
	// A slash before all else brings a folder's files together, right behind a
	// file of the folder's name.
	slices.SortFunc(items, func(a, b item) int {
		return cmp.Or(compareBySlash(a.key, b.key), cmp.Compare(a.out.Path, b.out.Path))
	})
	for i := range max(0, len(items)-1) {
		a, b := items[i], items[i+1]
		switch {
		case a.out.Path == b.out.Path:
			return nil, &PathError{b.out.Path, "is made twice"}
		case a.key == b.key:
			return nil, &PathError{b.out.Path, fmt.Sprintf("differs from %q by case alone", a.out.Path)}
		case len(b.key) > len(a.key) && b.key[len(a.key)] == '/' && b.key[:len(a.key)] == a.key:
			return nil, &PathError{b.out.Path, fmt.Sprintf("needs a folder where %q is a file", a.out.Path)}
		}
		if n := sharedFolders(a.key, b.key); !sameFolders(a.out.Path, b.out.Path, n) {
			return nil, &PathError{b.out.Path, fmt.Sprintf("lies in a folder that differs by case alone from that of %q", a.out.Path)}
		}
	}
	sorted := make([]*Output, len(items))
	for i, it := range items {
		sorted[i] = it.out
	}
	slices.SortFunc(sorted, func(a, b *Output) int { return cmp.Compare(a.Path, b.Path) })
	return sorted, nil
}

func compareBySlash(a, b string) int {
	for i := range min(len(a), len(b)) {
		switch x, y := a[i], b[i]; {
		case x == y:
		case x == '/':
			return -1
		case y == '/':
			return 1
		default:
			return cmp.Compare(x, y)
		}
	}
	return cmp.Compare(len(a), len(b))
}

// sharedFolders is the number of folders that two folded paths have in common.
func sharedFolders(a, b string) int {
	n := 0
	for i := 0; i < len(a) && i < len(b) && a[i] == b[i]; i++ {
		if a[i] == '/' {
			n++
		}
	}
	return n
}

// sameFolders reports whether the first n folders of a and b are spelled alike.
func sameFolders(a, b string, n int) bool {
	for ; n > 0; n-- {
		var x, y string
		x, a, _ = strings.Cut(a, "/")
		y, b, _ = strings.Cut(b, "/")
		if x != y {
			return false
		}
	}
	return true
}
