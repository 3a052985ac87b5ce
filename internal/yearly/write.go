package yearly

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"
	"unicode"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
)

// Markdown is the report as a record: keys as `new` writes them, a remark over each group
// that says what was counted, and the same for readers below.
func (r *Report) Markdown() []byte {
	var b strings.Builder
	key := func(en string) string { return r.key(content.Schema(content.KindReport), en) }
	say := func(zh, en string) string { return diag.Text{Zh: zh, En: en}.In(r.lang) }
	fmt.Fprintf(&b, "---\n%s: true  # %s\n", key("draft"), say("核对完删掉这一行，就会发布", "when all is checked, take this line out to publish"))
	fmt.Fprintf(&b, "%s: %s\n%s: %d\n", key("title"), scalar(r.Title), key("year"), r.Year)
	if r.Summary != "" {
		fmt.Fprintf(&b, "%s: %s\n", key("summary"), scalar(r.Summary))
	}
	fmt.Fprintf(&b, "%s:\n", key("figures"))
	var figure []content.Key
	for _, k := range content.Schema(content.KindReport) {
		if k.En == "figures" {
			figure = k.Keys
		}
	}
	in := func(en string) string { return r.key(figure, en) }
	for _, g := range r.Groups {
		fmt.Fprintf(&b, "  # %s%s%s\n", g.Name, say("：", ": "), g.About)
		for _, f := range g.Figures {
			fmt.Fprintf(&b, "  - %s: %s\n    %s: %s\n    %s: %s\n    %s: %s\n", in("label"), scalar(f.Label), in("value"), number(f.Value), in("unit"), scalar(f.Unit), in("group"), scalar(f.Group))
			if f.Previous != nil {
				fmt.Fprintf(&b, "    %s: %s\n", in("previous"), number(*f.Previous))
			}
		}
	}
	b.WriteString("---\n\n")
	b.WriteString(say("这些数字怎么来的：\n\n", "Where these figures come from:\n\n"))
	for _, g := range r.Groups {
		fmt.Fprintf(&b, "- **%s**%s%s\n", escape(g.Name), say("：", ": "), escape(g.About))
	}
	return []byte(b.String())
}

// key is a key's name in the report's language.
func (r *Report) key(keys []content.Key, en string) string {
	for _, k := range keys {
		if k.En == en {
			return diag.Text{Zh: k.Zh, En: k.En}.In(r.lang)
		}
	}
	return en
}

func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// scalar is a text as YAML takes it for the same text.
func scalar(s string) string {
	plain := s != ""
	for i, c := range s {
		han := unicode.Is(unicode.Han, c)
		plain = plain && (han || i > 0 && (unicode.IsLetter(c) || unicode.IsDigit(c) || strings.ContainsRune("，。、（）《》“”·", c)))
	}
	if plain {
		return s
	}
	quoted, err := json.Marshal(s) // what JSON quotes, YAML reads
	if err != nil {
		return `""`
	}
	return strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(string(quoted))
}

// escape keeps a name from being Markdown.
func escape(s string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "[", `\[`, "`", "\\`", "{", `\{`, "<", `\<`).Replace(s)
}

// Write writes the report below the root of its site. It never overwrites: fs.ErrExist is
// returned where there is a file already.
func (r *Report) Write(root *os.Root) error {
	name := Path(r.Year)
	if err := root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return err
	}
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fs.ErrExist
	}
	if err != nil {
		return err
	}
	if _, err = f.Write(r.Markdown()); err != nil {
		err = errors.Join(err, f.Close(), root.Remove(name)) // half a report is none
		return err
	}
	return f.Close()
}
