package saved

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// texts are the elements in which programs for web sites set an article: of the
// governments' (TRS, UCAP, 站群), universities' and papers'. Compared without case.
var texts = map[string]bool{
	"trs_editor": true, "trs_ueditor": true, "zoom": true, "ucap-content": true, "pages_content": true, "vsb_content": true, "v_news_content": true,
	"wp_articlecontent": true, "article-content": true, "article_content": true, "articlecontent": true, "content_text": true, "maintext": true,
	"bodylabel": true, "news_content": true, "newscontent": true, "arc_body": true, "entry-content": true, "post-content": true, "ewb-article-info": true,
}

// around are the elements about an article that are none of it.
var around = map[string]bool{
	"header": true, "footer": true, "nav": true, "menu": true, "breadcrumb": true, "breadcrumbs": true, "crumb": true, "position": true, "location": true,
	"share": true, "sidebar": true, "copyright": true, "bdsharebuttonbox": true, "related": true, "toolbar": true,
}

// least is how many characters a block must have to be taken for the article, and half of all
// the page says outside links.
const least = 60

// main finds the article of a page that does not mark it with an element of its own: by the
// name that the site's program gives it, else as the element in which most of the words
// stand. nil where neither is plain: the whole page is read then.
func main(body *html.Node) *html.Node {
	var best, named *html.Node
	most, namedMost, all := 0, 0, 0
	var walk func(*html.Node, bool)
	walk = func(n *html.Node, link bool) {
		link = link || n.Data == "a"
		if n.Type == html.TextNode && !link && n.Parent != nil && !silent[n.Parent.Data] {
			all += utf8.RuneCountInString(strings.Join(strings.Fields(n.Data), ""))
		}
		if n.Type == html.ElementNode && !silent[n.Data] {
			if has(n, texts) {
				if c := utf8.RuneCountInString(flat(n)); c > namedMost {
					named, namedMost = n, c
				}
			}
			if c := own(n); c > most {
				best, most = n, c
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, link)
		}
	}
	walk(body, false)
	switch {
	case named != nil:
		return named
	case best != nil && most >= least && most*2 > all && best.Data != "p":
		return best
	}
	return nil
}

// own counts the characters of an element's paragraphs and bare words, without links.
func own(n *html.Node) int {
	count := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode || c.Data == "p" || inline[c.Data] && c.Data != "a" {
			count += utf8.RuneCountInString(strings.Join(strings.Fields(unlinked(c)), ""))
		}
	}
	return count
}

// shownText is a node's words without scripts and white space.
func shownText(n *html.Node) string {
	if n.Type == html.TextNode {
		return strings.Join(strings.Fields(n.Data), "")
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil && !silent[n.Data]; c = c.NextSibling {
		b.WriteString(shownText(c))
	}
	return b.String()
}

func unlinked(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	if n.Data == "a" || silent[n.Data] {
		return ""
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(unlinked(c))
	}
	return b.String()
}

// has tells whether an element has one of the names as its id or as a class.
func has(n *html.Node, names map[string]bool) bool {
	if names[strings.ToLower(attr(n, "id"))] {
		return true
	}
	for _, c := range strings.Fields(strings.ToLower(attr(n, "class"))) {
		if names[c] {
			return true
		}
	}
	return false
}

// surroundings are the outermost elements that are about the article.
func surroundings(n *html.Node) []*html.Node {
	var out []*html.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type != html.ElementNode:
		case c.Data == "header" || c.Data == "footer" || c.Data == "aside" || c.Data == "nav" || has(c, around):
			out = append(out, c)
		default:
			out = append(out, surroundings(c)...)
		}
	}
	return out
}

// siteTitle takes the site's name off a page's title: 标题-青溪市人民政府, 标题_新闻网 | 首页. It
// goes where a heading of the page says the same without it, or where the page or its form
// tells that it is the site's.
func siteTitle(title, site string, headings []string) string {
	for _, h := range headings {
		if rest, ok := strings.CutPrefix(title, h); ok && utf8.RuneCountInString(h) >= 4 && rest != "" && strings.ContainsAny(strings.TrimSpace(rest)[:1], "-_|") {
			return h
		}
	}
	for _, sep := range []string{"_", "|", "-", "－", "—"} {
		for i := strings.LastIndex(title, sep); i > 0; i = strings.LastIndex(title, sep) {
			tail := strings.TrimSpace(title[i+len(sep):])
			if utf8.RuneCountInString(title[:i]) < 4 || !(tail != "" && tail == site || siteName(tail)) {
				break
			}
			title = strings.TrimRight(strings.TrimSpace(title[:i]), "-_|－—")
		}
	}
	return title
}

// siteName tells what only a site is called.
func siteName(s string) bool {
	for _, end := range []string{"人民政府", "政府网", "政务网", "门户网站", "官方网站", "官网", "新闻网", "网站", "网", "首页", "协会", "基金会", "委员会", "客户端"} {
		if strings.HasSuffix(s, end) && utf8.RuneCountInString(s) <= 24 {
			return true
		}
	}
	return false
}
