package theme

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strconv"
	"strings"

	"mingdeng/internal/diag"
	"mingdeng/internal/frontmatter"
	"mingdeng/internal/han"
	"mingdeng/internal/hant"
	"mingdeng/internal/theme/layered"
)

// word is one word or sentence of the interface, cut at its arguments.
type word struct {
	raw   string
	parts []part
	args  int // how many arguments it takes
}

// part is literal text (arg < 0) or the place of an argument.
type part struct {
	text       string
	arg        int
	han        bool   // {0:han}: in Han numerals, 1968 → 一九六八
	plural     bool   // {0|one|other}
	one, other string // the two forms
}

// placeholder matches {0}, {0:han} and {0|one|other}.
var placeholder = regexp.MustCompile(`\{(\d)(?:(:han)|\|([^|{}]*)\|([^|{}]*))?\}`)

// newWord cuts raw at its arguments. The error is for the theme's author.
func newWord(raw string) (word, error) {
	w := word{raw: raw}
	at := 0
	literal := func(s string) {
		if s != "" {
			w.parts = append(w.parts, part{text: s, arg: -1})
		}
	}
	for _, m := range placeholder.FindAllStringSubmatchIndex(raw, -1) {
		literal(raw[at:m[0]])
		n := int(raw[m[2]] - '0')
		p := part{arg: n, han: m[4] >= 0, plural: m[6] >= 0}
		if p.plural {
			p.one, p.other = raw[m[6]:m[7]], raw[m[8]:m[9]]
		}
		w.parts = append(w.parts, p)
		w.args = max(w.args, n+1)
		at = m[1]
	}
	literal(raw[at:])
	for _, p := range w.parts {
		if strings.ContainsAny(p.text, "{}") {
			return w, fmt.Errorf("%q: an argument is written {0}, {0:han} or {0|one|other}", raw)
		}
	}
	return w, nil
}

// fill puts the arguments into their places; a missing one is nothing.
func (w word) fill(args []any) string {
	if w.args == 0 {
		return w.raw
	}
	var b strings.Builder
	for _, p := range w.parts {
		switch {
		case p.arg < 0:
			b.WriteString(p.text)
		case p.arg >= len(args):
		case p.plural && fmt.Sprint(args[p.arg]) == "1":
			b.WriteString(p.one)
		case p.plural:
			b.WriteString(p.other)
		case p.han:
			b.WriteString(hanDigits.Replace(fmt.Sprint(args[p.arg])))
		default:
			switch a := args[p.arg].(type) {
			case string:
				b.WriteString(a)
			case int:
				b.WriteString(strconv.Itoa(a))
			default:
				fmt.Fprint(&b, a)
			}
		}
	}
	return b.String()
}

var hanDigits = strings.NewReplacer("0", "〇", "1", "一", "2", "二", "3", "三", "4", "四",
	"5", "五", "6", "六", "7", "七", "8", "八", "9", "九")

// dictionary is all words of a theme, by language and key.
type dictionary struct {
	langs map[string]map[string]word
	paths map[string]string // language file by language
	keys  []string          // of all languages, sorted
}

// takes says how many arguments a word needs in the language that needs most.
func (d *dictionary) takes(key string) int {
	n := 0
	for _, words := range d.langs {
		n = max(n, words[key].args)
	}
	return n
}

func (d *dictionary) has(key string) bool {
	for _, words := range d.langs {
		if _, ok := words[key]; ok {
			return true
		}
	}
	return false
}

// wordKey is the shape of a key.
var wordKey = regexp.MustCompile(`^[a-z][a-z0-9]*([.-][a-z0-9]+)*$`)

// readWords reads i18n/LANG.yaml, one key and its word a line; a theme that extends another
// gives only those it changes. All languages must have the same keys: a page half in another
// language is worse than none.
func readWords(f layered.Folder) (*dictionary, []diag.Finding) {
	d := &dictionary{langs: map[string]map[string]word{}, paths: map[string]string{}}
	var found []diag.Finding
	all := map[string]bool{}
	for _, l := range f.Layers() {
		found = append(found, d.read(l, all)...)
	}
	if len(d.langs) == 0 {
		found = append(found, diag.ThemeFile.At(f.Path("i18n"), diag.Pos{}, "缺少语言文件", "it has no language file"))
	}
	d.keys = sortedKeys(all)
	for _, lang := range sortedKeys(d.langs) {
		words := d.langs[lang]
		if lang == "zh-Hant" && d.langs["zh-Hans"] != nil {
			continue // see convert
		}
		own := sortedKeys(words)
		for _, key := range d.keys {
			if _, ok := words[key]; !ok {
				near := han.Nearest(key, own)
				if d.paired(near, lang) { // the near one is itself, not this one misspelt
					near = ""
				}
				found = append(found, diag.MissingWord.At(d.paths[lang], diag.Pos{}, key, near, d.paths[lang]))
			}
		}
	}
	return d, found
}

// read takes in the words of one folder, over those of the folders below it.
func (d *dictionary) read(f layered.Folder, all map[string]bool) []diag.Finding {
	var found []diag.Finding
	names, _ := fs.Glob(f, "i18n/*.yaml") // the pattern is well formed
	for _, n := range names {
		lang, full := strings.TrimSuffix(path.Base(n), ".yaml"), f.Path(n)
		b, err := fs.ReadFile(f, n)
		if err != nil {
			found = append(found, diag.Unreadable.At(full, diag.Pos{}, err))
			continue
		}
		root, faults := frontmatter.ParseYAML(b, wordKey.MatchString)
		for _, f := range faults {
			f.Path = full
			found = append(found, f)
		}
		words := d.langs[lang]
		if words == nil {
			words = make(map[string]word, len(root.Pairs))
			d.langs[lang] = words
		}
		d.paths[lang] = full
		fault := func(pos diag.Pos, zh, en string) {
			found = append(found, diag.ThemeFile.At(full, pos, zh, en))
		}
		own := map[string]bool{}
		for _, p := range root.Pairs {
			switch {
			case !wordKey.MatchString(p.Key):
				fault(p.Pos, fmt.Sprintf("词名“%s”只能用小写字母、数字、点和连字符", p.Key),
					fmt.Sprintf("the key %q may have only small letters, digits, dots and hyphens", p.Key))
				continue
			case p.Value.Kind != frontmatter.Scalar && p.Value.Kind != frontmatter.Null:
				fault(p.Value.Pos, fmt.Sprintf("“%s”应是一个词", p.Key), fmt.Sprintf("%q must be a word", p.Key))
				continue
			}
			if own[p.Key] && words[p.Key].raw != "" {
				fault(p.Pos, fmt.Sprintf("“%s”写了两次", p.Key), fmt.Sprintf("%q stands twice", p.Key))
			}
			w, err := newWord(p.Value.Text)
			if err != nil {
				fault(p.Value.Pos, fmt.Sprintf("“%s”里的参数要写成 {0}、{0:han} 或 {0|单数|复数}", p.Key), err.Error())
				continue
			}
			words[p.Key] = w
			own[p.Key], all[p.Key] = true, true
		}
	}
	return found
}

// convert fills the words that Traditional Chinese lacks from those of Simplified.
func (d *dictionary) convert() {
	from := d.langs["zh-Hans"]
	if from == nil {
		return
	}
	to := d.langs["zh-Hant"]
	if to == nil {
		to = make(map[string]word, len(from))
		d.langs["zh-Hant"] = to
	}
	c := hant.New(nil)
	for key, w := range from {
		if _, given := to[key]; !given {
			if own, err := newWord(c.Text(w.raw)); err == nil { // the marks of arguments are not Han
				to[key] = own
			}
		}
	}
}

// paired tells whether another language than lang has the key too.
func (d *dictionary) paired(key, lang string) bool {
	for other, words := range d.langs {
		if _, ok := words[key]; ok && other != lang {
			return true
		}
	}
	return false
}
