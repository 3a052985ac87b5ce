// Package scaffold writes the files an editor starts from: a new record with the
// keys that matter, each explained, and a new site that builds.
//
// What it writes is made from the declarations of package content, so it cannot
// name a key the decoder does not know. A new record is a draft: it builds as it
// stands and is published when its editor takes that line out.
package scaffold

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"unicode"

	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/diag"
)

// Request is a record to be made.
type Request struct {
	Kind  content.Kind
	Name  string // as given; chapters and exhibits are BOOK/NAME and VENUE/NAME
	Lang  diag.Lang
	Today date.Date
	// Answers are values of top-level keys, by English name, as the editor gave them;
	// "publish" is the consent's. Keys without one get an example to be replaced.
	Answers map[string]string
}

// Question is a required key that only the editor can fill in.
type Question struct {
	Key content.Key
	// Ask is what to ask in the language of the request.
	Ask string
}

// Questions are what a record of the kind cannot do without, besides its name: the
// required keys of one value, and the consent of a hero.
func (r Request) Questions() []Question {
	var out []Question
	for _, k := range content.Schema(r.Kind) {
		name := pick(r.Lang, k.Zh, k.En)
		switch {
		case k.En == "consent":
			for _, inner := range k.Keys {
				if inner.En == "publish" {
					out = append(out, Question{inner, pick(r.Lang, "本人（或近亲属、监护人）书面同意公开了吗", "Is there written consent to publish")})
				}
			}
		case k.Required && len(k.Keys) == 0 && !k.List && k.En != "name" && k.En != "title":
			out = append(out, Question{k, name + pick(r.Lang, "（", " (") + pick(r.Lang, k.Doc.Zh, k.Doc.En) + pick(r.Lang, "）", ")")})
		}
	}
	return out
}

// Answer tells whether a text can be the value of a key, and returns it as it is
// written; why is what to say otherwise.
func (q Question) Answer(text string, l diag.Lang) (value, why string) {
	text = strings.TrimSpace(strings.Map(oneLine, text))
	if len(q.Key.Values) > 0 {
		var all []string
		if also, ok := content.ValueOf(nil, q.Key.Words, text); ok {
			text = also
		}
		for i, v := range q.Key.Values {
			if text == v.Zh || strings.EqualFold(text, v.En) || text == fmt.Sprint(i+1) {
				return pick(l, v.Zh, v.En), ""
			}
			all = append(all, fmt.Sprintf("%d %s", i+1, pick(l, v.Zh, v.En)))
		}
		return "", strings.Join(all, pick(l, "、", ", "))
	}
	switch q.Key.Shape.En {
	case "true or false":
		switch strings.ToLower(text) {
		case "是", "有", "同意", "y", "yes", "true":
			return "true", ""
		case "否", "没有", "不同意", "n", "no", "false":
			return "false", ""
		}
		return "", pick(l, "写“是”或“否”", "yes or no")
	case "a date":
		if _, err := date.Parse(text); err != nil {
			return "", pick(l, "写成 2026-04-05、2026-04 或 2026", "such as 2026-04-05, 2026-04 or 2026")
		}
	case "a whole number":
		if strings.Trim(text, "0123456789") != "" || text == "" {
			return "", pick(l, "写一个整数", "a whole number")
		}
	default:
		return quote(text), ""
	}
	return text, ""
}

// oneLine puts a blank in the place of what would end the line of a value, and begin another
// key: an answer from a terminal has none, one from a browser may.
func oneLine(c rune) rune {
	if unicode.IsControl(c) || c == '\u2028' || c == '\u2029' {
		return ' '
	}
	return c
}

// ErrParent says that the name must tell the book or venue it goes into.
var ErrParent = errors.New("the name must be FOLDER/NAME")

// ErrName says that the name cannot be a file name.
var ErrName = errors.New("not a file name")

// Path is where the record goes, slash-separated from the site's root.
func (r Request) Path() (string, error) {
	parts := r.parts()
	for _, p := range parts {
		if bad, _ := content.BadFileName(p); p == "" || strings.HasPrefix(p, ".") || bad != "" || len(p) > 120 {
			return "", ErrName
		}
	}
	name, dir := parts[len(parts)-1], parts[:len(parts)-1]
	kind, parent := r.Kind.Info(), ""
	switch {
	case kind.Parent != "":
		if len(dir) != 1 {
			return "", ErrParent
		}
		parent = dir[0]
	case len(dir) > 0:
		return "", ErrName
	case kind.ByYear:
		parent = fmt.Sprint(r.Today.Year)
	}
	return kind.File(parent, name), nil
}

// parts are the folder, if one is given, and the name, without what slips in beside them:
// blanks, and the ending that the file gets in any case.
func (r Request) parts() []string {
	parts := strings.Split(strings.Trim(strings.TrimSpace(r.Name), "/"), "/")
	for i, p := range parts {
		if p = strings.TrimSpace(p); i == len(parts)-1 && strings.HasSuffix(strings.ToLower(p), ".md") {
			p = strings.TrimSpace(p[:len(p)-len(".md")])
		}
		parts[i] = p
	}
	return parts
}

// Make writes the record below root. It never overwrites: fs.ErrExist is returned
// where there is a file already.
func (r Request) Make(root *os.Root) (string, error) {
	p, err := r.Path()
	if err != nil {
		return "", err
	}
	if err := root.MkdirAll(path.Dir(p), 0o755); err != nil {
		return p, err
	}
	return p, create(root, p, r.Text())
}

// create writes a file that must not exist yet.
func create(root *os.Root, name string, text []byte) error {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		if errors.Is(err, fs.ErrExist) {
			return fs.ErrExist
		}
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Close())
}

// Text is the new file: its front matter with every key explained, and a line
// where the text begins.
func (r Request) Text() []byte {
	var b strings.Builder
	b.WriteString("---\n")
	parts := r.parts()
	w := writer{&b, r.Lang, parts[len(parts)-1], r.Today, r.Answers}
	w.line("", diag.Text{Zh: "草稿", En: "draft"}.In(r.Lang), "true", diag.Text{Zh: "写完后删掉这一行，就会发布", En: "take this line out to publish"}.In(r.Lang))
	for _, k := range content.Schema(r.Kind) {
		if k.Common {
			w.key(k, "", k.Required)
		}
	}
	b.WriteString("---\n\n")
	b.WriteString(content.BlankText.In(r.Lang) + "\n")
	return []byte(b.String())
}

type writer struct {
	b     *strings.Builder
	lang  diag.Lang
	name  string
	today date.Date
	given map[string]string
}

func (w writer) line(indent, key, value, doc string) {
	fmt.Fprintf(w.b, "%s%s: %s", indent, key, value)
	if doc != "" {
		w.b.WriteString("  # " + doc)
	}
	w.b.WriteByte('\n')
}

// key writes one key with a value that can be read; optional keys are written as
// comments, to be uncommented.
func (w writer) key(k content.Key, indent string, live bool) {
	name, doc := k.Zh, k.Doc.Zh
	if w.lang == diag.English {
		name, doc = k.En, k.Doc.En
	}
	if len(k.Values) > 0 {
		var values []string
		for _, v := range k.Values {
			values = append(values, pick(w.lang, v.Zh, v.En))
		}
		doc += pick(w.lang, "：", ": ") + strings.Join(values, pick(w.lang, "、", ", "))
	}
	mark := ""
	if !live {
		mark = "# "
	}
	if len(k.Keys) == 0 {
		value := w.value(k)
		if given := w.given[k.En]; given != "" {
			value = given
		} else if k.En == "name" || k.En == "title" {
			value = quote(w.name)
		}
		w.line(mark+indent, name, value, doc)
		return
	}
	fmt.Fprintf(w.b, "%s%s%s:  # %s\n", mark, indent, name, doc)
	for i, inner := range k.Keys {
		in := indent + "  "
		if k.List {
			in = indent + "    "
			if i == 0 {
				in = indent + "  - "
			}
		}
		name, doc := pick(w.lang, inner.Zh, inner.En), pick(w.lang, inner.Doc.Zh, inner.Doc.En)
		innerMark := mark
		if live && !inner.Required {
			innerMark = "# "
		}
		if len(inner.Values) > 0 {
			var values []string
			for _, v := range inner.Values {
				values = append(values, pick(w.lang, v.Zh, v.En))
			}
			doc += pick(w.lang, "：", ": ") + strings.Join(values, pick(w.lang, "、", ", "))
		}
		value := w.value(inner)
		if k.En == "consent" && inner.En == "publish" && w.given["publish"] != "" {
			value = w.given["publish"]
		}
		w.line(innerMark+in, name, value, doc)
	}
}

func pick(l diag.Lang, zh, en string) string { return diag.Text{Zh: zh, En: en}.In(l) }

// value is something the decoder takes for the key: where only the editor knows one, a
// blank that is reported for as long as it is left.
func (w writer) value(k content.Key) string {
	switch {
	case k.Blank != diag.Text{}:
		return k.Blank.In(w.lang)
	case examples[k.En] != "":
		return examples[k.En]
	case k.En == "publish":
		return "false"
	case k.En == "year":
		return fmt.Sprint(w.today.Year)
	case len(k.Values) > 0:
		return pick(w.lang, k.Values[0].Zh, k.Values[0].En)
	}
	switch k.Shape.En {
	case "a date":
		return w.today.String()
	case "a whole number":
		return fmt.Sprint(max(1, k.Least))
	case "a number":
		return "0.5"
	case "true or false", "true, false or a number":
		return "true"
	case "a slug":
		return cmp.Or(slugs[k.En], "zhang-san")
	case "a file name":
		return "portrait.jpg"
	case "a list, each item a slug":
		return "[" + cmp.Or(slugs[k.En], "zhang-san") + "]"
	case "a list, each item a number":
		return "[0.5, 0.5]"
	}
	return "" // no key is left: see the test
}

// slugs are what keys refer to that do not name people.
var slugs = map[string]string{
	"honor": "jian-yi-yong-wei-mo-fan", "route": "yi-hao-zhan-ban", "chapters": "wen-ji/pian-ming", "venues": "bin-he-gong-yuan", "units": "yi-jing-dui", "briefs": "2026/nian-hui",
}

// examples are values that help more than one of their shape would.
var examples = map[string]string{
	"width": "200", "height": "265", "distance": "1.5", "design": "plaque",
}

// quote puts a name in quotes where YAML could read it as something else.
func quote(s string) string {
	if strings.ContainsAny(s, ":#'\"[]{}&*!|>%@`,?-") || s == "" || s[0] == ' ' {
		return "\"" + strings.NewReplacer("\\", "\\\\", "\"", "\\\"").Replace(s) + "\""
	}
	return s
}
