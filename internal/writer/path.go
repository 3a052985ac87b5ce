package writer

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"mingdeng/internal/output"
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
		return &PathError{Path: path, Why: why}
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

// Check finds what a list of Outputs makes impossible, as [Folder.Build] would: a
// [PlanError], or nil.
func Check(outs []output.Output) error {
	_, err := planned(outs)
	return err
}

// planned sorts outs by path and finds what cannot stand together: all of it, so that
// whoever asked for these files can be told all at once.
func planned(outs []output.Output) ([]*output.Output, error) {
	var faults PlanError
	items := make([]keyed, 0, len(outs))
	for i := range outs {
		o := &outs[i]
		if why := invalid(o.Path); why != "" {
			faults = append(faults, &PathError{Path: o.Path, Why: why})
			continue
		}
		if o.Prepare == nil {
			faults = append(faults, &PathError{Path: o.Path, Why: "has no Prepare"})
			continue
		}
		items = append(items, keyed{fold(o.Path), o})
	}
	// A slash before all else brings a folder's files together, right behind a
	// file of the folder's name.
	slices.SortFunc(items, func(a, b keyed) int {
		return cmp.Or(compareBySlash(a.key, b.key), cmp.Compare(a.out.Path, b.out.Path))
	})
	for i := range max(0, len(items)-1) {
		a, b := items[i], items[i+1]
		under := len(b.key) > len(a.key) && b.key[len(a.key)] == '/' && b.key[:len(a.key)] == a.key
		if under || a.key == b.key || !sameFolders(a.out.Path, b.out.Path, sharedFolders(a.key, b.key)) {
			faults = append(faults, clashes(items)...)
			break
		}
	}
	if len(faults) > 0 {
		slices.SortFunc(faults, func(x, y *PathError) int { return cmp.Or(cmp.Compare(x.Path, y.Path), cmp.Compare(x.Other, y.Other)) })
		return nil, faults
	}
	sorted := make([]*output.Output, len(items))
	for i, it := range items {
		sorted[i] = it.out
	}
	slices.SortFunc(sorted, func(a, b *output.Output) int { return cmp.Compare(a.Path, b.Path) })
	return sorted, nil
}

// keyed is an Output with its folded path.
type keyed struct {
	key string
	out *output.Output
}

// clashes finds all that cannot stand together, of items in order, once it is known that
// there is something: each is compared with the first of its path and of its folders'
// files, and the spelling of its folders with the one that most have.
func clashes(items []keyed) (faults PlanError) {
	files := map[string]*output.Output{}                            // by folded path, the first
	spelt := map[string]map[string]*output.Output{}                 // by folded folder and its spelling, the first
	count := map[string]int{}                                       // by spelling of a folder
	folders := func(it keyed, do func(key, spelling string) bool) { // until do says no
		k, p := 0, 0
		for {
			i, j := strings.IndexByte(it.key[k:], '/'), strings.IndexByte(it.out.Path[p:], '/')
			if i < 0 {
				return
			}
			k, p = k+i, p+j
			if !do(it.key[:k], it.out.Path[:p]) {
				return
			}
			k, p = k+1, p+1
		}
	}
	for _, it := range items {
		if files[it.key] == nil {
			files[it.key] = it.out
		}
		folders(it, func(key, spelling string) bool {
			if spelt[key] == nil {
				spelt[key] = map[string]*output.Output{}
			}
			if spelt[key][spelling] == nil {
				spelt[key][spelling] = it.out
			}
			count[spelling]++
			return true
		})
	}
	for _, it := range items {
		add := func(c Clash, other *output.Output, why string) {
			faults = append(faults, &PathError{it.out.Path, c, other.Path, strings.ReplaceAll(why, "%q", strconv.Quote(other.Path))})
		}
		if first := files[it.key]; first != it.out {
			if first.Path == it.out.Path {
				add(Twice, first, "is made twice")
			} else {
				add(CaseAlone, first, "differs from %q by case alone")
			}
			continue
		}
		folders(it, func(key, spelling string) bool {
			if file := files[key]; file != nil {
				add(FileFolder, file, "needs a folder where %q is a file")
				return false
			}
			most := spelling
			for s := range spelt[key] {
				if count[s] > count[most] || count[s] == count[most] && s < most {
					most = s
				}
			}
			if most == spelling {
				return true
			}
			add(CaseAlone, spelt[key][most], "lies in a folder that differs by case alone from that of %q")
			return false
		})
	}
	return faults
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
