package history

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/go-git/go-git/v5/plumbing"

	"mingdeng/internal/diag"
)

// Person is who saved. Both may be empty.
type Person struct{ Name, Email string }

// Version is one state of the site: a commit.
type Version struct {
	ID       string    // 40 hexadecimal digits; "" is no version
	When     time.Time // in the zone of whoever saved
	Who      Person
	Sentence string // the first line of what was said of it
	Said     string // all of it
	Paths    []string
}

// commit is a commit object, of which unknown lines of the head are kept as they are.
type commit struct {
	tree      plumbing.Hash
	parents   []plumbing.Hash
	author    string // NAME <EMAIL> SECONDS ZONE
	committer string
	rest      []string // other lines of the head, continuation lines with them
	message   string
}

func parseCommit(b []byte) (*commit, error) {
	head, message, _ := strings.Cut(string(b), "\n\n")
	c := &commit{message: message}
	for line := range strings.SplitSeq(head, "\n") {
		key, value, _ := strings.Cut(line, " ")
		h, isHash := parseHash(value)
		switch {
		case strings.HasPrefix(line, " ") && len(c.rest) > 0:
			c.rest[len(c.rest)-1] += "\n" + line
		case key == "tree" && isHash:
			c.tree = h
		case key == "parent" && isHash:
			c.parents = append(c.parents, h)
		case key == "author":
			c.author = value
		case key == "committer":
			c.committer = value
		case line != "":
			c.rest = append(c.rest, line)
		}
	}
	if c.tree.IsZero() {
		return nil, errors.New("not a commit")
	}
	return c, nil
}

func (c *commit) bytes() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "tree %s\n", c.tree)
	for _, p := range c.parents {
		fmt.Fprintf(&b, "parent %s\n", p)
	}
	fmt.Fprintf(&b, "author %s\ncommitter %s\n", c.author, c.committer)
	for _, line := range c.rest {
		b.WriteString(line + "\n")
	}
	b.WriteString("\n" + c.message)
	return b.Bytes()
}

// emptyTree is the tree without entries, which git knows without having it. It is kept
// apart from "no tree" in commits alone.
var emptyTree = hashOf(plumbing.TreeObject, nil)

func (c *commit) root() plumbing.Hash {
	if c.tree == emptyTree {
		return plumbing.ZeroHash
	}
	return c.tree
}

func (o *objects) commit(git *os.Root, h plumbing.Hash) (*commit, error) {
	b, err := o.read(git, plumbing.CommitObject, h)
	if err != nil {
		return nil, err
	}
	c, err := parseCommit(b)
	if err != nil {
		return nil, damaged(fmt.Errorf("%s: %w", h, err))
	}
	return c, nil
}

// signature is a person and a time as git writes them. What would end the line or the
// name is left out.
func signature(p Person, when time.Time) string {
	plain := func(s string) string {
		s = strings.ToValidUTF8(s, "")
		s = strings.Map(func(r rune) rune {
			if r == '<' || r == '>' || unicode.IsControl(r) {
				return -1
			}
			return r
		}, s)
		return strings.Trim(s, " .,:;\"'\\")
	}
	name := plain(p.Name)
	if name == "" {
		name = "明灯"
	}
	return fmt.Sprintf("%s <%s> %d %s", name, plain(strings.ReplaceAll(p.Email, " ", "")), max(when.Unix(), 0), when.Format("-0700"))
}

func parseSignature(s string) (p Person, when time.Time) {
	name, rest, ok := strings.Cut(s, "<")
	email, tail, ok2 := strings.Cut(rest, ">")
	if !ok || !ok2 {
		return Person{Name: shown(s)}, time.Time{}
	}
	p = Person{shown(strings.TrimSpace(name)), shown(strings.TrimSpace(email))}
	seconds, zone, _ := strings.Cut(strings.TrimSpace(tail), " ")
	if n, err := strconv.ParseInt(seconds, 10, 64); err == nil && n >= 0 && n < 1<<37 {
		when = time.Unix(n, 0).UTC()
		if at, err := time.Parse("-0700", zone); err == nil {
			when = when.In(at.Location())
		}
	}
	return p, when
}

// shown is text of strangers without what could disturb a terminal or a page.
func shown(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == utf8.RuneError:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}

// message makes a sentence into what a commit says: never empty, no control characters.
func message(sentence string, lang diag.Text) string {
	s := strings.TrimSpace(shown(strings.ReplaceAll(sentence, "\r\n", "\n")))
	if s == "" {
		s = lang.Zh
	}
	return s + "\n"
}

func (c *commit) version(h plumbing.Hash) Version {
	v := Version{ID: h.String(), Said: strings.TrimSpace(shown(c.message))}
	v.Sentence, _, _ = strings.Cut(v.Said, "\n")
	v.Who, v.When = parseSignature(c.author)
	return v
}
