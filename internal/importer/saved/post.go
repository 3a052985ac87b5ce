package saved

import (
	"html"
	"regexp"
	"strconv"
	"strings"

	nethtml "golang.org/x/net/html"

	"mingdeng/internal/date"
	"mingdeng/internal/importer/rich"
)

// A post of pictures or of a few words (item_show_type 8 and 10) has no article: its words
// stand in a script, as its pictures' addresses do, and a script shows them.
var (
	postWords    = scriptText(`content_noencode`)
	postTitle    = scriptText(`\btitle`)
	postName     = scriptText(`nick_name`)
	postDay      = scriptText(`create_time`)
	postPicture  = regexp.MustCompile(`\{\s*["']?cdn_url["']?\s*:\s*(?:JsDecode\(\s*)?["'](https?:[^"']+)["']`)
	postPictures = regexp.MustCompile(`picture_page_info_list["']?\s*[:=]\s*\[`)
	escapedByte  = regexp.MustCompile(`\\x([0-9a-fA-F]{2})|\\u([0-9a-fA-F]{4})|\\(.)`)
)

// scriptText finds a text that a script gives a name, plain or as JsDecode('…').
func scriptText(name string) *regexp.Regexp {
	return regexp.MustCompile(name + `["']?\s*[:=]\s*(?:JsDecode\(\s*)?(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')`)
}

// said is what such a text says.
func said(re *regexp.Regexp, script string) string {
	m := re.FindStringSubmatch(script)
	if m == nil {
		return ""
	}
	text := escapedByte.ReplaceAllStringFunc(m[1]+m[2], func(s string) string {
		e := escapedByte.FindStringSubmatch(s)
		if code := e[1] + e[2]; code != "" {
			n, _ := strconv.ParseUint(code, 16, 32)
			return string(rune(n))
		}
		switch e[3] {
		case "n":
			return "\n"
		case "r", "t":
			return " "
		}
		return e[3]
	})
	return html.UnescapeString(text)
}

// post reads a page that is such a post: its words, line by line, and its pictures.
func (w *walker) post(p *Page, root *nethtml.Node) bool {
	script := ""
	var swipers []*nethtml.Node
	var walk func(*nethtml.Node)
	walk = func(n *nethtml.Node) {
		if n.Data == "script" && n.FirstChild != nil && (strings.Contains(n.FirstChild.Data, "picture_page_info_list") || strings.Contains(n.FirstChild.Data, "content_noencode")) {
			script += n.FirstChild.Data + "\n"
		}
		if id := attr(n, "id"); id == "img_swiper" || id == "img_list" && len(swipers) == 0 || strings.Contains(attr(n, "class"), "share_media_swiper") {
			swipers = append(swipers, n)
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
	words := said(postWords, script)
	var addresses []string
	if at := postPictures.FindStringIndex(script); at != nil {
		for _, m := range postPicture.FindAllStringSubmatch(script[at[0]:], -1) {
			addresses = append(addresses, m[1])
		}
		if words == "" {
			words = p.Summary
		}
	}
	if strings.TrimSpace(words) == "" && len(addresses) == 0 {
		return false
	}
	if p.Title == "" {
		p.Title = said(postTitle, script)
	}
	if p.Account == "" {
		p.Account = said(postName, script)
	}
	if p.Date.IsZero() {
		if d, err := date.Parse(said(postDay, script)); err == nil {
			p.Date = d
		}
	}
	p.WeChat = true
	for _, line := range strings.Split(words, "\n") {
		if n, err := nethtml.Parse(strings.NewReader(line)); err == nil { // topics are links
			w.words(text(n))
			w.flush()
		}
	}
	taken := map[int]bool{}
	for _, s := range swipers {
		for _, n := range within(s, "img", "") {
			if i := w.picture(n); i > 0 && !w.doc.Pictures[i-1].Lost && !taken[i] {
				taken[i] = true
				w.out = append(w.out, rich.Block{Kind: rich.Figure, Picture: i})
			}
		}
	}
	w.missing = nil
	for i := len(taken); i < len(addresses); i++ {
		w.out = append(w.out, rich.Block{Kind: rich.Figure, Picture: w.lost(addresses[i], "")})
	}
	return true
}
