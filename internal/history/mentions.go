package history

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-git/go-git/v5/plumbing"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// Mention is a version that brought a name in: in its sentence, in its author, in the
// bytes of files that it added or changed, or in their paths.
type Mention struct {
	Version  Version
	Paths    []string // of the files
	Sentence bool     // in what was said of it, or who said it
}

// needles are names as the bytes to look for.
type needles struct {
	names []string // UTF-8
	gb    [][]byte // the same in GB18030, in which some editors' programs write
}

func newNeedles(names []string) needles {
	var n needles
	for _, name := range names {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		n.names = append(n.names, name)
		if b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(name)); err == nil && string(b) != name {
			n.gb = append(n.gb, b)
		}
	}
	// The longest first: of 张三 and 张三丰 neither leaves a rest of the other.
	slices.SortFunc(n.names, func(a, b string) int { return len(b) - len(a) })
	return n
}

// in tells whether a name stands in b. GB18030 is looked for only where b is no UTF-8,
// since its bytes may occur in other text by chance.
func (n needles) in(b []byte) bool {
	for _, name := range n.names {
		if bytes.Contains(b, []byte(name)) {
			return true
		}
	}
	if len(n.gb) > 0 && !utf8.Valid(b) {
		for _, name := range n.gb {
			if bytes.Contains(b, name) {
				return true
			}
		}
	}
	return false
}

// Mentions lists the versions, of all branches, that brought one of the names in, newest
// first. Names are looked for as they are written, in UTF-8 and GB18030; other spellings are
// the caller's to give. What is compressed within a file (docx, pictures) is not seen.
func (h *History) Mentions(ctx context.Context, names []string) ([]Mention, error) {
	s, err := h.begin()
	if err != nil {
		return nil, err
	}
	defer s.close()
	if s.mode == None {
		return nil, nil
	}
	k, err := h.changes(s)
	if err != nil {
		return nil, err
	}
	defer h.remember(ctx, s, k)
	from, err := s.tips()
	if err != nil {
		return nil, err
	}
	look := newNeedles(names)
	known := map[plumbing.Hash]bool{}
	var out []Mention
	err = walkFrom(ctx, s, k, from, func(id plumbing.Hash, n *node) (bool, error) {
		c, err := s.commit(s.git, id)
		if err != nil {
			return false, err
		}
		m := Mention{Sentence: look.in([]byte(c.message)) || look.in([]byte(c.author)) || look.in([]byte(c.committer))}
		for _, ch := range n.changes {
			if ch.new.IsZero() {
				continue
			}
			has, seen := known[ch.new]
			if !seen {
				if err := ctx.Err(); err != nil {
					return false, err
				}
				b, err := s.read(s.git, plumbing.AnyObject, ch.new)
				if err == nil {
					has = look.in(b)
				} else if e, ok, _ := s.lookup(s.git, c.root(), s.prefix+ch.path); !ok || e.mode != modeSub {
					return false, err // a submodule's commit is not here
				}
				known[ch.new] = has
			}
			if has || look.in([]byte(ch.path)) {
				m.Paths = append(m.Paths, ch.path)
			}
		}
		if m.Sentence && (s.mode != Larger || len(n.changes) > 0) || len(m.Paths) > 0 {
			m.Version = c.version(id)
			out = append(out, m)
		}
		return true, nil
	})
	return out, err
}

// tips are the commits that branches, tags and HEAD name.
func (s *session) tips() ([]plumbing.Hash, error) {
	refs, err := s.refs()
	if err != nil {
		return nil, err
	}
	_, head, err := s.head()
	if err != nil {
		return nil, err
	}
	all := map[plumbing.Hash]bool{}
	if !head.IsZero() {
		all[head] = true
	}
	for _, h := range refs {
		for range 10 { // a tag may name a tag
			t, b, err := s.readAny(s.git, plumbing.AnyObject, h)
			if err != nil {
				return nil, err
			}
			if t == plumbing.CommitObject {
				all[h] = true
			}
			if t != plumbing.TagObject {
				break
			}
			h, _ = tagged(b)
		}
	}
	var out []plumbing.Hash
	for h := range all {
		out = append(out, h)
	}
	slices.SortFunc(out, func(a, b plumbing.Hash) int { return bytes.Compare(a[:], b[:]) })
	return out, nil
}

// tagged is what a tag object names.
func tagged(b []byte) (plumbing.Hash, bool) {
	line, _, _ := strings.Cut(string(b), "\n")
	return parseHash(strings.TrimPrefix(line, "object "))
}
