// Package warnings keeps what a build has to say about files that the next one need not
// make. Warnings stay until they are mended, so every build tells all of them.
package warnings

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/output"
	"mingdeng/internal/privacy"
	"mingdeng/internal/project"
	"mingdeng/internal/site"
	"mingdeng/internal/writer"
)

// What was found out while a file was made depends on what the
// file depends on, so it is kept under the file's name and told again as long as the file
// is kept. What was found out before, in heads and references, is looked for in each
// build; it is kept as well, for a build that finds nothing changed and reads nothing.
//
// The output folder is published, so what is kept holds no word about people who are not:
// a name that stands in an editor's file is kept as the place where it stands there, and
// a path as its hash. What can be kept in neither way is not kept: the file is then made
// in each build, and no build goes without reading.

// Keeper keeps findings from one build to the next. A nil Keeper keeps none.
type Keeper struct {
	memory content.Memory
	secret secret
	source *Source

	mu    sync.Mutex
	last  map[string][]diag.Finding // what the last build found, by file
	fresh map[string]bool           // files that were made in this build
}

// New returns a Keeper for a build of p, whose files are those of tree; guard knows whom no
// word may name.
func New(memory content.Memory, p *project.Project, tree *content.Tree, guard *privacy.Guard) *Keeper {
	return &Keeper{
		memory: memory, secret: secretsOf(p, guard), source: &Source{fsys: p.Texts, tree: tree},
		last: map[string][]diag.Finding{}, fresh: map[string]bool{},
	}
}

// Follow is an output that is made anew where what was found in it could not be kept.
func (k *Keeper) Follow(o output.Output) output.Output {
	if k == nil {
		return o
	}
	list, whole := Recall(k.memory, k.source, o.Path)
	if len(list) > 0 {
		k.last[o.Path] = list
		k.Keep(o.Path, list) // anew, for who may be named today
	}
	if whole {
		return o
	}
	prepare := o.Prepare
	o.Kept = false
	o.Prepare = func() (fingerprint.Fingerprint, output.Fill, error) {
		_, fill, err := prepare()
		return fingerprint.Fingerprint{}, fill, err
	}
	return o
}

// Made takes what was found out while a file was made.
func (k *Keeper) Made(file string, found []diag.Finding) {
	if k == nil {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.fresh[file] = true
	k.Keep(file, found)
}

// Unmade are the findings about files that were not made in this build.
func (k *Keeper) Unmade() []diag.Finding {
	k.mu.Lock()
	defer k.mu.Unlock()
	var out []diag.Finding
	for file, list := range k.last {
		if !k.fresh[file] {
			out = append(out, list...)
		}
	}
	return out
}

// Keep leaves the warnings about a file to the next build; file "" stands for what is
// found before files are made. Errors are not kept: no build ends with one.
func (k *Keeper) Keep(file string, found []diag.Finding) {
	var b []byte
	whole := true
	for _, f := range found {
		if f.Code.Severity == diag.Warning {
			n := len(b)
			var ok bool
			if b, ok = k.spell(b, f); !ok {
				b, whole = b[:n], false
			}
		}
	}
	n := 0
	if len(b) > 0 || !whole || file == "" {
		if whole {
			b = append(b, allTold)
		} else {
			b = append(b, notAllTold)
		}
		for more := byte(1); more > 0; n++ {
			part := b[:min(toldPerKey, len(b))]
			if b = b[len(part):]; len(b) == 0 {
				more = 0
			}
			k.memory.Remember(toldKey(file, n), append([]byte{more}, part...))
		}
	}
	for ; known(k.memory, toldKey(file, n)); n++ { // of a longer list
		k.memory.Forget(toldKey(file, n))
	}
}

func known(m content.Memory, key fingerprint.Fingerprint) bool {
	_, ok := m.Recall(key)
	return ok
}

const (
	toldPerKey = 4<<10 - 1 // the folder's memory takes 4 KB a key
	allTold    = 1
	notAllTold = 2
)

func toldKey(file string, n int) fingerprint.Fingerprint {
	return fingerprint.Sum([]byte("told"), []byte(file), binary.AppendVarint(nil, int64(n)))
}

// Recall returns the warnings about a file that the last build left, and whether
// those are all.
func Recall(m Recaller, source *Source, file string) ([]diag.Finding, bool) {
	var b []byte
	for n := 0; ; n++ {
		part, ok := m.Recall(toldKey(file, n))
		if !ok && n == 0 {
			return nil, file != "" // a page with nothing wrong; but every build leaves the rest
		}
		if !ok || len(part) == 0 {
			return nil, false
		}
		if b = append(b, part[1:]...); part[0] == 0 {
			break
		}
	}
	if len(b) == 0 || b[len(b)-1] != allTold {
		return nil, false
	}
	b = b[:len(b)-1]
	var out []diag.Finding
	for len(b) > 0 {
		f, rest, err := source.read(b)
		if err != nil {
			return nil, false
		}
		out, b = append(out, f), rest
	}
	return out, true
}

// Recaller is a memory of the last build.
type Recaller interface {
	Recall(key fingerprint.Fingerprint) ([]byte, bool)
}

// RecallAll returns all warnings of the last build, and whether all were kept.
func RecallAll(folder *writer.Folder, fsys fs.FS, tree *content.Tree) ([]diag.Finding, bool) {
	source := &Source{fsys: fsys, tree: tree}
	list, whole := Recall(folder, source, "")
	if !whole {
		return nil, false
	}
	var all diag.List
	all.Add(list...)
	for made := range folder.Files() {
		if list, whole = Recall(folder, source, made.Path); !whole {
			return nil, false
		}
		all.Add(list...)
	}
	return all.Sorted(), true
}

// How a finding is spelt: its code, then its path, its place, its arguments and its fix.
// Strings come in three forms.
const (
	formWords = iota // as they are
	formFile         // the hash of a file's path
	formPlace        // where they stand in the finding's line
)

var errSpelling = errors.New("warnings: not a finding")

// spell appends a finding to b; false where it cannot be told without naming somebody.
func (k *Keeper) spell(b []byte, f diag.Finding) ([]byte, bool) {
	whole := true
	words := func(s string) {
		switch {
		case !k.secret.in(s):
			b = appendWords(append(b, formWords), s)
		case k.source.isFile(s):
			b = append(append(b, formFile), project.Short(s)...)
		default:
			line := k.source.line(f.Path, f.Pos.Line)
			from := columnOffset(line, f.Pos.Col)
			at := strings.Index(line[from:], s)
			if at < 0 || s == "" {
				whole = false
				return
			}
			b = binary.AppendUvarint(append(b, formPlace), uint64(from+at))
			b = binary.AppendUvarint(b, uint64(len(s)))
		}
	}
	number := func(list ...int) {
		for _, n := range list {
			b = binary.AppendUvarint(b, uint64(n))
		}
	}
	b = appendWords(b, f.Code.ID)
	words(f.Path)
	number(f.Pos.Line, f.Pos.Col, len(f.Args))
	for _, a := range f.Args {
		words(fmt.Sprint(a))
	}
	if x := f.Fix; x == nil {
		number(0)
	} else {
		put := 0
		if x.Put {
			put = 1
		}
		number(1+put, x.At.Line, x.At.Col)
		words(x.Old)
		words(x.New)
	}
	return b, whole
}

func appendWords(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// columnOffset is where a column begins, bytes; columns count characters from 1.
func columnOffset(line string, col int) int {
	for i := range line {
		if col--; col <= 0 {
			return i
		}
	}
	return len(line)
}

// NewSource returns a Source of the files of a tree.
func NewSource(fsys fs.FS, tree *content.Tree) *Source { return &Source{fsys: fsys, tree: tree} }

// Source reads findings back from what was kept of them, with the editors' files at
// hand. It is safe for concurrent use.
type Source struct {
	fsys fs.FS
	tree *content.Tree

	mu     sync.Mutex
	files  map[string]string // paths by hash; made when first asked for
	paths  map[string]bool
	opened string // the file whose lines are at hand
	lines  []string
}

func (s *Source) index() {
	if s.files == nil {
		s.files, s.paths = make(map[string]string, len(s.tree.Files)), make(map[string]bool, len(s.tree.Files))
		for _, f := range s.tree.Files {
			s.files[project.Short(f.Path)] = f.Path
			s.paths[f.Path] = true
		}
	}
}

func (s *Source) isFile(p string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.index()
	return s.paths[p]
}

func (s *Source) file(hash string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.index()
	return s.files[hash]
}

// line is a line of a file as findings count them, or "".
func (s *Source) line(p string, n int) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.opened != p || s.lines == nil {
		s.opened, s.lines = p, strings.Split(string(content.ReadText(s.fsys, p)), "\n")
	}
	if n < 1 || n > len(s.lines) {
		return ""
	}
	return s.lines[n-1]
}

// read takes a finding off the front of b.
func (s *Source) read(b []byte) (f diag.Finding, rest []byte, err error) {
	bad := false
	number := func() int {
		n, size := binary.Uvarint(b)
		if size <= 0 || n > 1<<31 {
			bad, b = true, nil
			return 0
		}
		b = b[size:]
		return int(n)
	}
	take := func(n int) string {
		if n > len(b) {
			bad, b = true, nil
			return ""
		}
		t := string(b[:n])
		b = b[n:]
		return t
	}
	words := func() string {
		switch form := number(); form {
		case formWords:
			return take(number())
		case formFile:
			p := s.file(take(len(project.Short(""))))
			bad = bad || p == ""
			return p
		case formPlace:
			line := s.line(f.Path, f.Pos.Line)
			from, size := number(), number()
			if from+size <= len(line) {
				return line[from : from+size]
			}
		}
		bad = true
		return ""
	}
	if f.Code = diag.Lookup(take(number())); f.Code == nil {
		return f, nil, errSpelling
	}
	f.Path = words()
	f.Pos = diag.Pos{Line: number(), Col: number()}
	for n := number(); n > 0 && !bad; n-- {
		f.Args = append(f.Args, words())
	}
	if kind := number(); kind > 0 {
		x := &diag.Fix{Put: kind == 2, At: diag.Pos{Line: number(), Col: number()}}
		x.Old, x.New = words(), words()
		f.Fix = x
	}
	if bad {
		return f, nil, errSpelling
	}
	return f, b, nil
}

// secret knows the words by which somebody who is not published could be found: names,
// addresses and names of files, of drafts too.
type secret struct {
	guard *privacy.Guard
	words map[string][]string // by their first bytes
	paths map[string]bool     // of records that are not published
}

// prefix is how many bytes of a word it is looked up by.
const prefix = 3

func secretsOf(p *project.Project, guard *privacy.Guard) secret {
	x := secret{guard: guard, words: map[string][]string{}, paths: map[string]bool{}}
	published := map[string]bool{}
	for _, e := range p.Model.Editions {
		e.Each(func(h *content.Head, _ site.Address) {
			published[h.Path] = true
			for _, tag := range site.Tags(p.Content.Site) {
				if own := p.Content.Written(h, tag); own != nil {
					published[own.Base().Path] = true
				}
			}
		})
	}
	p.Content.All(func(r content.Record) {
		h := r.Base()
		if published[h.Path] {
			return
		}
		x.paths[h.Path] = true
		hero, ok := r.(*content.Hero)
		if !ok {
			return
		}
		for _, w := range append([]string{hero.Name, hero.NameHant, hero.Pinyin, h.Slug, h.FileName, path.Base(h.Dir)}, hero.Also...) {
			if w != "" && w != "heroes" {
				key := w[:min(prefix, len(w))]
				x.words[key] = append(x.words[key], w)
			}
		}
	})
	return x
}

// in tells whether s holds such words.
func (x secret) in(s string) bool {
	if x.paths[s] || x.guard.Inspect("", []byte(s)) != nil {
		return true
	}
	if len(x.words) == 0 {
		return false
	}
	for i := range len(s) {
		for n := 1; n <= prefix && i+n <= len(s); n++ {
			for _, w := range x.words[s[i:i+n]] {
				if strings.HasPrefix(s[i:], w) {
					return true
				}
			}
		}
	}
	return false
}
