package main

import (
	"bytes"
	"debug/buildinfo"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/google/licensecheck"
)

// part is something of others that goes out with the program.
type part struct {
	Name, Version string
	Sum           string   // of a module, as go.sum has it; "" if there is none
	Licences      []string // SPDX identifiers, sorted
	Texts         []text
}

// text is one licence or notice, as it came.
type text struct{ Name, Body string }

// allowed are the licences under which parts may go out with a program under MIT: all ask
// for their text to go with it and for nothing more that we do not do.
var allowed = map[string]bool{
	"MIT": true, "MIT-0": true, "ISC": true, "0BSD": true, "Zlib": true, "BSD-2-Clause": true, "BSD-3-Clause": true, "Apache-2.0": true,
	"OFL-1.1": true, "Unicode-DFS-2016": true, "Unicode-3.0": true, "MPL-2.0": true,
}

// licenceFile are the names of what must go with the code.
var licenceFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents|ofl)([-._].*)?$`)

// foreign are the fonts and data of others in the tree, each with the folder of its notices.
// A test holds this list to the notices that there are.
var foreign = []struct {
	dir, only string // of the files in dir, those that contain only
	name      string
}{
	{"internal/drawing/fonts", "serif", "Noto Serif CJK SC (subset)"},
	{"internal/drawing/fonts", "kai", "LXGW WenKai (subset)"},
	{"internal/fold/data", "", "OpenCC and Unicode Character Database: characters"},
	{"internal/han/data", "", "Unihan, go-pinyin, cnchar-order: readings and strokes"},
	{"internal/hant/data", "", "OpenCC: Simplified and Traditional"},
	{"internal/scans", "", "crawler-user-agents: names of robots"},
}

// fontsAndData are the parts of others in the tree of the module at root.
func fontsAndData(root string) ([]part, error) {
	var out []part
	for _, f := range foreign {
		texts, err := textsIn(os.DirFS(filepath.Join(root, filepath.FromSlash(f.dir))), f.only)
		if err != nil {
			return nil, err
		}
		p := part{Name: f.name, Texts: texts}
		if err := p.recognise(); err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// textsIn are the licences and notices that lie in a folder.
func textsIn(dir fs.FS, only string) ([]text, error) {
	list, err := fs.ReadDir(dir, ".")
	if err != nil {
		return nil, err
	}
	var out []text
	for _, e := range list {
		if e.IsDir() || strings.HasSuffix(e.Name(), ".go") || !licenceFile.MatchString(e.Name()) || !strings.Contains(e.Name(), only) {
			continue
		}
		b, err := fs.ReadFile(dir, e.Name())
		if err != nil {
			return nil, err
		}
		out = append(out, text{e.Name(), strings.ReplaceAll(string(b), "\r\n", "\n")})
	}
	return out, nil
}

// recognise finds out which licences the texts are.
func (p *part) recognise() error {
	ids := map[string]bool{}
	for _, t := range p.Texts {
		known := false
		for _, m := range licensecheck.Scan([]byte(t.Body)).Match {
			if !m.IsURL {
				ids[m.ID], known = true, true
			}
		}
		// licensecheck knows the agreement by other paragraphs than Unicode gave it in 2022.
		if strings.HasPrefix(t.Body, "UNICODE, INC. LICENSE AGREEMENT - DATA FILES AND SOFTWARE\n") {
			ids["Unicode-DFS-2016"], known = true, true
		}
		name := strings.ToLower(path.Base(t.Name))
		if !known && !strings.HasPrefix(name, "notice") && !strings.HasPrefix(name, "patents") {
			return fmt.Errorf("%s: its %s is no licence that is known", p.Name, t.Name)
		}
	}
	delete(ids, "GooglePatentsFile") // what golang.org/x grants beside its licence
	delete(ids, "GooglePatentClause")
	p.Licences = slices.Sorted(maps.Keys(ids))
	if len(ids) == 0 {
		return fmt.Errorf("%s has no licence that is known", p.Name)
	}
	for id := range ids {
		if !allowed[id] {
			return fmt.Errorf("%s is under %s: see internal/release/licence.go whether it may go out with the program", p.Name, id)
		}
	}
	return nil
}

// linked are Go itself and the modules that are linked into a program, in order of path.
// They are looked for where go build had them from, in the module at root.
func linked(root string, info *buildinfo.BuildInfo) ([]part, error) {
	goroot, err := command(root, nil, "go", "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	std := part{Name: "std", Version: info.GoVersion}
	if std.Texts, err = textsIn(os.DirFS(strings.TrimSpace(string(goroot))), ""); err != nil {
		return nil, err
	}
	if err := std.recognise(); err != nil {
		return nil, err
	}
	folders, err := packageFolders(root, info)
	if err != nil {
		return nil, err
	}
	out := []part{std}
	for _, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		p := part{Name: m.Path, Version: m.Version, Sum: m.Sum}
		at := folders[m.Path+"@"+m.Version]
		for _, dir := range at.inner {
			texts, err := textsIn(os.DirFS(filepath.Join(at.dir, filepath.FromSlash(dir))), "")
			if err != nil {
				return nil, err
			}
			for _, t := range texts {
				p.Texts = append(p.Texts, text{path.Join(dir, t.Name), t.Body})
			}
		}
		if err := p.recognise(); err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// moduleFolders are where a module lies, and the folders from there down to each of its
// packages that are linked in: some hold code of others, with a licence of its own.
type moduleFolders struct {
	dir   string
	inner []string // slash-separated, sorted, "." first
}

func packageFolders(root string, info *buildinfo.BuildInfo) (map[string]moduleFolders, error) {
	env := []string{"CGO_ENABLED=0"}
	for _, s := range info.Settings {
		if s.Key == "GOOS" || s.Key == "GOARCH" {
			env = append(env, s.Key+"="+s.Value)
		}
	}
	listed, err := command(root, env, "go", "list", "-deps", "-f",
		`{{with .Module}}{{if not .Main}}{{.Path}}@{{.Version}}|{{.Dir}}|{{$.Dir}}{{end}}{{end}}`, info.Path)
	if err != nil {
		return nil, err
	}
	out := map[string]moduleFolders{}
	for line := range strings.Lines(string(listed)) {
		fields := strings.Split(strings.TrimSpace(line), "|")
		if len(fields) != 3 {
			continue
		}
		m := out[fields[0]]
		m.dir = fields[1]
		inner, err := filepath.Rel(m.dir, fields[2])
		if err != nil {
			return nil, err
		}
		for inner = filepath.ToSlash(inner); ; inner = path.Dir(inner) {
			if !slices.Contains(m.inner, inner) {
				m.inner = append(m.inner, inner)
			}
			if inner == "." {
				break
			}
		}
		slices.Sort(m.inner)
		out[fields[0]] = m
	}
	return out, nil
}

func command(dir string, env []string, name string, args ...string) ([]byte, error) {
	c := exec.Command(name, args...)
	c.Dir, c.Env = dir, append(os.Environ(), env...)
	out, err := c.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return nil, fmt.Errorf("%s: %w\n%s", strings.Join(c.Args, " "), err, exit.Stderr)
	}
	return out, err
}

// notices are all texts of some parts, one below the other. Parts that share a text to the
// letter are named together above it.
func notices(about string, parts []part) []byte {
	type block struct {
		names []string
		text  string
	}
	var blocks []*block
	known := map[string]*block{}
	for _, p := range parts {
		name := strings.TrimSpace(p.Name + " " + p.Version)
		if p.Name == "std" {
			name = "The Go Programming Language " + p.Version
		}
		for _, t := range p.Texts {
			body := strings.TrimSpace(t.Body)
			if known[body] == nil {
				known[body] = &block{text: body}
				blocks = append(blocks, known[body])
			}
			known[body].names = append(known[body].names, fmt.Sprintf("%s (%s: %s)", name, t.Name, strings.Join(p.Licences, ", ")))
		}
	}
	var b bytes.Buffer
	b.WriteString(about + "\n")
	for _, x := range blocks {
		fmt.Fprintf(&b, "\n%s\n\n%s\n\n%s\n", strings.Repeat("=", 78), strings.Join(x.names, "\n"), x.text)
	}
	return b.Bytes()
}
