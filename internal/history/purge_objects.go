package history

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-git/go-git/v5/plumbing"
)

// blob is what becomes of a file's bytes: the same, others, or nothing (zero).
func (p *purging) blob(h plumbing.Hash, f string) (plumbing.Hash, error) {
	if len(p.look.names) == 0 {
		return h, nil
	}
	now, known := p.blobs[h]
	if !known {
		if err := p.ctx.Err(); err != nil {
			return h, err
		}
		b, err := p.read(p.git, plumbing.BlobObject, h)
		if err != nil {
			return h, err
		}
		switch now = h; {
		case !p.look.in(b):
		case utf8.Valid(b) && bytes.IndexByte(b, 0) < 0:
			now = p.w.add(plumbing.BlobObject, []byte(p.scrub(string(b))))
		default:
			now = plumbing.ZeroHash
		}
		p.blobs[h] = now
	}
	if now.IsZero() {
		p.gone[f] = true
	} else if now != h {
		p.texts[f] = true
	}
	return now, nil
}

// scrub puts names out. Text that is no UTF-8 and holds one is put out whole.
func (p *purging) scrub(s string) string {
	if !p.look.in([]byte(s)) {
		return s
	}
	for _, name := range p.look.names {
		s = strings.ReplaceAll(s, name, blank)
	}
	if p.look.in([]byte(s)) {
		return blank
	}
	return s
}

func (p *purging) tree(h plumbing.Hash, prefix string, depth int) (plumbing.Hash, error) {
	key := string(h[:]) + prefix
	if now, ok := p.trees[key]; ok {
		return now, nil
	}
	if depth > maxDepth {
		return h, damaged(errors.New("folders too deep"))
	}
	list, err := p.objects.tree(p.git, h)
	if err != nil {
		return h, err
	}
	out := make([]entry, 0, len(list))
	for _, e := range list {
		f := prefix + e.name
		was := e.hash
		switch {
		case p.look.in([]byte(e.name)), p.paths[f] && !e.isTree():
			p.gone[f] = true
			continue
		case e.isTree():
			e.hash, err = p.tree(e.hash, f+"/", depth+1)
		case e.mode != modeSub:
			e.hash, err = p.blob(e.hash, f)
		}
		if err != nil {
			return h, err
		}
		if !e.hash.IsZero() || was.IsZero() {
			out = append(out, e)
		}
	}
	now := h
	switch {
	case slices.Equal(out, list):
	case len(out) == 0:
		now = plumbing.ZeroHash
	default:
		now = p.w.add(plumbing.TreeObject, formatTree(out))
	}
	p.trees[key] = now
	return now, p.w.err
}

// rewrite makes a commit anew, whose parents were before it.
func (p *purging) rewrite(id plumbing.Hash) error {
	c, err := p.commit(p.git, id)
	if err != nil {
		return err
	}
	was := string(c.bytes())
	if root := c.root(); !root.IsZero() {
		if c.tree, err = p.tree(root, "", 0); err != nil {
			return err
		}
		if c.tree.IsZero() {
			c.tree = p.w.add(plumbing.TreeObject, nil)
		}
	}
	for i, parent := range c.parents {
		c.parents[i] = p.commits[parent]
	}
	c.message = p.scrub(c.message)
	c.author, c.committer = p.scrubPerson(c.author), p.scrubPerson(c.committer)
	if string(c.bytes()) == was && !slices.ContainsFunc(c.rest, func(l string) bool { return p.look.in([]byte(l)) }) {
		p.commits[id] = id
		return nil
	}
	c.rest = slices.DeleteFunc(c.rest, func(line string) bool {
		return strings.HasPrefix(line, "gpgsig") || strings.HasPrefix(line, "mergetag ") || p.look.in([]byte(line))
	})
	p.commits[id] = p.w.add(plumbing.CommitObject, c.bytes())
	return p.w.err
}

func (p *purging) scrubPerson(s string) string {
	if !p.look.in([]byte(s)) {
		return s
	}
	_, when := parseSignature(s)
	who, _, _ := strings.Cut(s, ">")
	name, email, _ := strings.Cut(who, "<")
	return signature(Person{p.scrub(name), p.scrub(email)}, when)
}

// object is what becomes of what a reference names.
func (p *purging) object(id plumbing.Hash, depth int) (plumbing.Hash, error) {
	if now, ok := p.commits[id]; ok {
		return now, nil
	}
	t, b, err := p.readAny(p.git, plumbing.AnyObject, id)
	if err != nil {
		return id, err
	}
	switch t {
	case plumbing.BlobObject:
		return p.blob(id, "")
	case plumbing.TreeObject:
		return p.tree(id, "", 0)
	case plumbing.TagObject:
	default:
		return id, damaged(fmt.Errorf("%s is a %s", id, t))
	}
	to, ok := tagged(b)
	if !ok || depth > 10 {
		return id, damaged(fmt.Errorf("the tag %s names nothing", id))
	}
	now, err := p.object(to, depth+1)
	if err != nil || now == to && !p.look.in(b) {
		return id, err
	}
	if now.IsZero() {
		return now, nil
	}
	head, said, _ := strings.Cut(string(b), "\n\n")
	said, _, _ = strings.Cut(said, "-----BEGIN ") // a signature is of what was
	var lines []string
	for line := range strings.SplitSeq(head, "\n") {
		key, value, _ := strings.Cut(line, " ")
		switch {
		case key == "object":
			line = "object " + now.String()
		case key == "tagger":
			line = "tagger " + p.scrubPerson(value)
		case strings.HasPrefix(key, "gpgsig") || key == "":
			continue
		}
		lines = append(lines, line)
	}
	return p.w.add(plumbing.TagObject, []byte(p.scrub(strings.Join(lines, "\n"))+"\n\n"+p.scrub(said))), p.w.err
}
