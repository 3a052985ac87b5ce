package desk

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/frontmatter"
)

// editPath is the address at which a file is edited.
func editPath(file string) string { return "/_studio/edit/" + wayTo(file) }

// wayTo is a file's path as a part of an address: a name may hold "#" or "?".
func wayTo(file string) string { return (&url.URL{Path: file}).EscapedPath() }

// errOutside says that a path leads to no text of the content.
var errOutside = errors.New("no file of the content")

// textFile checks a path that came with a request: a record's text below content/, named as
// the program itself names it. The folder is opened through an os.Root besides, so that no
// link leads out of it either.
func textFile(name string) (string, error) {
	if !fs.ValidPath(name) || !strings.HasPrefix(name, content.Root+"/") || path.Ext(name) != ".md" ||
		strings.ContainsAny(name, "\\:\x00") || strings.Contains("/"+name, "/.") {
		return "", errOutside
	}
	return name, nil
}

// wording is the file of a record in one language.
type wording struct {
	language content.LanguageInfo
	file     string
}

// wordings are the files that a record can have, one for each language, its own first; file
// is any of them.
func wordings(file string) []wording {
	base := strings.TrimSuffix(file, ".md")
	if edition := content.EditionOf(file); edition != "" {
		base = strings.TrimSuffix(base, "."+edition)
	}
	out := []wording{}
	for i, l := range content.Languages() {
		if i == 0 {
			out = append(out, wording{l, base + ".md"})
		} else {
			out = append(out, wording{l, base + "." + l.File + ".md"})
		}
	}
	return out
}

// within tells whether a file of the content that is there lies in it: the folder's os.Root
// lets no link lead out of the site, but notes, themes and .git are the site's too.
func within(root *os.Root, name string) error {
	texts, err := root.OpenRoot(content.Root)
	if err != nil {
		return err
	}
	defer texts.Close()
	_, err = texts.Stat(strings.TrimPrefix(name, content.Root+"/"))
	if err == nil || errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
		return err
	}
	return errOutside // a link that leads out, a name too long, a file in the place of a folder
}

// digest names the bytes of a file.
func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:16])
}

// text is a record's file, parted.
type text struct {
	raw   []byte
	head  frontmatter.Node
	body  string
	line  int            // of the file on which body's first words stand, from 1; 0 where there is no head
	found []diag.Finding // why head and body are not to be had; no path in them
}

// parse parts a file into its head and its text.
func parse(raw []byte) text {
	t := text{raw: raw}
	plain, fault := content.DecodeText(raw)
	if fault != nil && plain == nil {
		t.found = []diag.Finding{*fault}
		return t
	}
	doc, found := frontmatter.Parse(plain, content.IsKey, diag.Text{Zh: "标题: …", En: "title: …"})
	for _, f := range found {
		if f.Code.Severity == diag.Error {
			t.found = append(t.found, f)
		}
	}
	t.head, t.body = doc.Head, string(doc.Body)
	t.line = doc.BodyLine + len(t.body) - len(strings.TrimLeft(t.body, "\n"))
	return t
}

// write puts bytes in the place of a file below the site's root: beside it first, then
// renamed, so that whoever reads it meanwhile sees the old or the new, whole.
func write(root *os.Root, name string, b []byte) error {
	if err := root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return err
	}
	temp := path.Join(path.Dir(name), ".mingdeng-"+random()[:12]+".tmp")
	f, err := root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err == nil {
		err = f.Sync() // a name that is renamed onto must not be left empty by a power cut
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = root.Rename(temp, name)
	}
	if err != nil {
		return errors.Join(err, root.Remove(temp))
	}
	return nil
}
