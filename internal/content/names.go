package content

import (
	"path"
	"strings"

	"golang.org/x/text/unicode/norm"

	"mingdeng/internal/diag"
)

// names looks at file and folder names as they come, in order of path: those that
// Windows cannot have, and those that it and macOS would take for one another.
type names struct {
	seen map[string]string // folded path of a file or folder → as it was met first
	told map[string]bool   // of its folders and files, those that were reported
	out  []diag.Finding
}

// newNames looks at about so many files.
func newNames(files int) names {
	return names{seen: make(map[string]string, files), told: map[string]bool{}}
}

func (n *names) look(p string) {
	for end := len(Root) + 1; end <= len(p); end++ {
		if end < len(p) && p[end] != '/' {
			continue
		}
		part := p[:end]
		fold := strings.ToLower(norm.NFC.String(part))
		first, met := n.seen[fold]
		if !met {
			n.seen[fold] = part
			n.windows(part, p)
			continue
		}
		if first != part && !n.told[part] {
			n.told[part] = true
			n.out = append(n.out, diag.CaseClash.At(p, diag.Pos{}, first))
		}
	}
}

// windows reports a name that Windows cannot have: whoever fetches the site there
// would not get the file.
func (n *names) windows(part, p string) {
	base := path.Base(part)
	zh, en := BadFileName(base)
	if zh == "" {
		return
	}
	at := diag.Pos{}
	if part == p && strings.HasSuffix(p, ".md") {
		at = diag.Pos{Line: 1, Col: 1}
	}
	n.out = append(n.out, diag.ReservedName.At(p, at, base, zh, en, mendName(base)))
}

// BadFileName says why a file or folder cannot have a name on Windows
// (learn.microsoft.com, "Naming Files, Paths, and Namespaces"); "" where it can.
func BadFileName(name string) (zh, en string) {
	stem, _, _ := strings.Cut(name, ".")
	switch {
	case device(strings.ToLower(strings.TrimRight(stem, " "))):
		return "Windows 把它留给了设备", "Windows keeps it for a device"
	case strings.ContainsAny(name, "<>:\"|?*\\"):
		return "Windows 的文件名里不能有 < > : \" | ? * \\", "on Windows a name cannot hold < > : \" | ? * \\"
	case strings.HasSuffix(name, "."), strings.HasSuffix(name, " "), strings.HasSuffix(strings.TrimSuffix(name, path.Ext(name)), " "):
		return "Windows 不许名字末尾是空格或点", "on Windows a name cannot end in a space or a dot"
	case strings.IndexFunc(name, func(r rune) bool { return r < ' ' || r == 0x7f }) >= 0:
		return "名字里有看不见的字符", "it holds control characters"
	}
	return "", ""
}

// device tells the names of devices, in lower case.
func device(s string) bool {
	switch s {
	case "con", "prn", "aux", "nul":
		return true
	}
	return len(s) == 4 && (strings.HasPrefix(s, "com") || strings.HasPrefix(s, "lpt")) && s[3] >= '1' && s[3] <= '9'
}

// mendName is a name near one that Windows cannot have, and that it can.
func mendName(name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune("<>:\"|?*\\", r) || r < ' ' || r == 0x7f {
			return '-'
		}
		return r
	}, name)
	name = strings.TrimRight(strings.Join(strings.Fields(name), ""), ".")
	name = strings.ReplaceAll(name, "--", "-")
	// What stands before the first dot makes a device, whatever comes behind it.
	stem, rest, dotted := strings.Cut(name, ".")
	if stem == "" || device(strings.ToLower(stem)) {
		stem += "-1"
	}
	if dotted {
		stem += "." + rest
	}
	return stem
}
