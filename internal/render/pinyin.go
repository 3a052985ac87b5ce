package render

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"mingdeng/internal/han"
)

// spoken is a view over whose every character pinyin is to stand, within its <article>.
type spoken interface{ Spoken() []han.Named }

// annotate puts pinyin over the Chinese characters of a page's article. What an author has
// given a reading stays as it is, as do scripts, drawings and buttons.
func annotate(page []byte, names []han.Named) []byte {
	from, to := bytes.Index(page, []byte("<article")), bytes.LastIndex(page, []byte("</article>"))
	if from < 0 || to < from {
		return page
	}
	x := annotator{reader: han.NewRunning(names)}
	x.out.Grow(len(page) * 6)
	x.out.Write(page[:from])
	x.walk(string(page[from:to]))
	x.out.Write(page[to:])
	return x.out.Bytes()
}

type annotator struct {
	reader *han.Running
	out    bytes.Buffer
	units  []unit
}

// unit is what a line never breaks within: a character under its pinyin, or another.
type unit struct {
	html       string
	open, shut bool // marks that belong to what follows, and to what is before
}

// quiet are elements in which nothing is read out.
var quiet = []string{"ruby", "script", "style", "svg", "button", "code"}

func (x *annotator) walk(html string) {
	for html != "" {
		at := strings.IndexByte(html, '<')
		if at != 0 {
			if at < 0 {
				at = len(html)
			}
			x.text(html[:at])
			html = html[at:]
			continue
		}
		end := strings.IndexByte(html, '>') + 1
		if end == 0 {
			end = len(html)
		}
		for _, name := range quiet {
			if rest, ok := strings.CutPrefix(html[1:], name); ok && rest != "" && (rest[0] == '>' || rest[0] == ' ') {
				if shut := strings.Index(html, "</"+name+">"); shut > 0 {
					end = shut + len(name) + 3
				}
			}
		}
		x.out.WriteString(html[:end])
		html = html[end:]
	}
}

// text writes words. A mark stays with the character it belongs to: browsers treat what is
// under pinyin as a picture, at whose side any line may break.
func (x *annotator) text(s string) {
	x.units = x.units[:0]
	x.reader.Read(s, func(r rune, syllable string) {
		u := unit{html: string(r)}
		if syllable != "" {
			u.html = "<ruby>" + u.html + "<rt>" + syllable + "</rt></ruby>"
		}
		x.units = append(x.units, u)
	}, func(run string) {
		for run != "" {
			r, n := utf8.DecodeRuneInString(run)
			u := unit{html: run[:n], open: strings.ContainsRune("“‘（《「『〈【", r), shut: strings.ContainsRune("，。、；：？！”’）》」』〉】…—·", r)}
			if !u.open && !u.shut { // words in Latin letters, entities
				end := strings.IndexFunc(run, func(r rune) bool {
					return strings.ContainsRune("“‘（《「『〈【，。、；：？！”’）》」』〉】…—·", r)
				})
				if end < 0 {
					end = len(run)
				}
				u.html = run[:end]
				n = end
			}
			x.units = append(x.units, u)
			run = run[n:]
		}
	})
	for i := 0; i < len(x.units); {
		j := i
		for j < len(x.units)-1 && x.units[j].open {
			j++
		}
		j++
		for j < len(x.units) && x.units[j].shut {
			j++
		}
		if j > i+1 {
			x.out.WriteString(`<span class="keep">`)
		}
		for _, u := range x.units[i:j] {
			x.out.WriteString(u.html)
		}
		if j > i+1 {
			x.out.WriteString("</span>")
		}
		i = j
	}
}
