// Package saved reads an article that somebody saved from a browser: above all one
// of a WeChat official account (公众号), else whatever calls itself the article of
// a page.
//
// # What a WeChat page looks like
//
// The article is #js_content (hidden by its own style until a script shows it), a
// heap of sections and spans whose looks are inline styles: bold may be
// font-weight, a heading is a large paragraph. Pictures carry their address in
// data-src; when the page was saved whole, src names a copy in the folder beside
// it. Title, author, account and day stand in #activity-name, #js_author_name,
// #js_name and #publish_time, or in the page's scripts where those are empty.
//
// # Why a walk of its own over x/net/html
//
// html-to-markdown v2.5.2 was tried on the same pages. It writes good Markdown of
// good HTML; here it lost bold that is a style, took text that is not shown, gave
// tables an empty head, and dropped films and cards without telling, and its
// a**foo.**bar does not read as bold. Those need a walk over the tree before it and
// a check behind it, and then little is left for it to do, while what is looked for
// in articles (captions, private numbers, names) would have to be written twice.
// So pages come into the same model as Word files, and leave it by the same writer.
//
// Nothing is fetched. Pictures that were not saved with the page are listed.
package saved

import (
	"bytes"
	"io/fs"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"mingdeng/internal/date"
	"mingdeng/internal/importer/report"
	"mingdeng/internal/importer/rich"
)

// MaxBytes is the largest page read.
const MaxBytes = 32 << 20

const maxPicture = 64 << 20

// Page is what a saved page held.
type Page struct {
	Document rich.Document
	WeChat   bool
	Title    string
	Author   string
	Account  string // of WeChat
	Date     date.Date
	URL      string // where it was saved from
	Original string // what 阅读原文 leads to
	Source   string // whom a page names as the source: ContentSource
	Summary  string
}

var errEmpty = report.Errorf("网页里找不到文章。请在电脑上用浏览器打开文章，等图片都出来，再“另存为 → 网页，全部”",
	"there is no article in the page. Open it in a browser, wait for its pictures, and save it as a complete web page")

// Read reads a page. dir is the folder it lies in, for the pictures saved with it.
// What is worth telling goes to log; an error is a *[report.Error].
func Read(b []byte, dir fs.FS, log *report.Log) (*Page, error) {
	if len(b) > MaxBytes {
		return nil, report.Errorf("网页太大（%d MB，最多 32 MB）", "the page is too large (%d MB, 32 at most)", len(b)>>20)
	}
	if head := b[:min(len(b), 2000)]; bytes.Contains(head, []byte("multipart/related")) {
		return nil, report.Errorf("这是单个文件的网页（.mht）。请另存为“网页，全部”", "this is a page in a single file (.mht). Save it as a complete web page")
	}
	if !utf8.Valid(b) {
		e, _, _ := charset.DetermineEncoding(b, "")
		var err error
		if b, err = e.NewDecoder().Bytes(b); err != nil {
			return nil, errEmpty
		}
	}
	root, err := html.Parse(bytes.NewReader(b))
	if err != nil {
		return nil, errEmpty
	}
	p := &Page{}
	p.meta(root)
	body := find(root, func(n *html.Node) bool { return attr(n, "id") == "js_content" })
	w := &walker{doc: &p.Document, log: log, dir: dir, skip: map[*html.Node]bool{}, byPath: map[string]int{}, stored: map[string]string{}}
	for _, n := range within(root, "style", "") {
		if n.FirstChild != nil {
			for _, m := range stored.FindAllStringSubmatch(n.FirstChild.Data, -1) {
				w.stored[m[1]] = m[2]
			}
		}
	}
	if p.WeChat = body != nil; !p.WeChat || flat(body) == "" && find(body, func(n *html.Node) bool { return n.Data == "img" }) == nil {
		if w.post(p, root) {
			p.Document.Blocks = w.out
			return p, w.done(p)
		}
	}
	if !p.WeChat {
		for _, name := range []string{"article", "main", "body"} {
			if body = find(root, func(n *html.Node) bool { return n.Data == name }); body != nil {
				break
			}
		}
		if body != nil && body.Data == "body" {
			n := 0
			if m := main(body); m != nil {
				n = utf8.RuneCountInString(shownText(body)) - utf8.RuneCountInString(shownText(m))
				body = m
			} else {
				for _, x := range surroundings(body) {
					w.skip[x] = true
					n += utf8.RuneCountInString(shownText(x))
				}
			}
			if n > 0 {
				log.Add(report.Left, "文章以外的部分（导航、页脚等）%d 字", "%d characters around the article: navigation, footers", n)
			}
		}
	}
	if body == nil {
		return nil, errEmpty
	}
	if h := find(body, func(n *html.Node) bool { return n.Data == "h1" }); h != nil && (p.Title == "" || flat(h) == p.Title) {
		p.Title = flat(h)
		w.skip[h] = true
	}
	w.inside(body)
	w.flush()
	p.Document.Blocks = w.out
	if err := w.done(p); err != nil {
		return nil, err
	}
	return p, nil
}

// done tells what was left, and whether anything was taken.
func (w *walker) done(p *Page) error {
	w.tell()
	lost := 0
	for _, b := range p.Document.Blocks {
		if b.Kind != rich.Figure || !p.Document.Pictures[b.Picture-1].Lost {
			return nil
		}
		lost++
	}
	if lost > 0 {
		return report.Errorf("这篇文章全是图片（%d 张），网页里没有字，图片也没有随网页存下来。在电脑上用浏览器打开文章，一直翻到底，等图片都出来，再“另存为 → 网页，全部”",
			"the article is %d pictures and no words, and the pictures were not saved with it. Open it in a browser, scroll to its end until all have come, and save it as a complete web page", lost)
	}
	return errEmpty
}

var (
	savedFrom  = regexp.MustCompile(`saved from url=\(\d+\)(https?://\S+)`)
	createTime = regexp.MustCompile(`(?:\bvar\s+ct|create_time|createTime|ori_create_time)\s*[:=]\s*["'](\d{10})["']`)
	sourceURL  = regexp.MustCompile(`msg_source_url\s*=\s*["'](https?://[^"']+)["']`)
	nickname   = regexp.MustCompile(`\bnickname\s*=\s*(?:htmlDecode\()?["']([^"']{1,60})["']`)
)

// meta finds what a page says of its article.
func (p *Page) meta(root *html.Node) {
	metas := map[string]string{}
	var title string
	byID := map[string]*html.Node{}
	var scripts, headings []string
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.CommentNode:
			if m := savedFrom.FindStringSubmatch(n.Data); m != nil && p.URL == "" {
				p.URL = m[1]
			}
		case n.Data == "meta":
			key := attr(n, "property")
			if key == "" {
				key = attr(n, "name")
			}
			key = strings.ToLower(key)
			if _, ok := metas[key]; !ok {
				metas[key] = strings.TrimSpace(attr(n, "content"))
			}
		case n.Data == "title" && title == "":
			title = flat(n)
		case n.Data == "h1" || n.Data == "h2":
			headings = append(headings, flat(n))
		case n.Data == "script" && n.FirstChild != nil:
			scripts = append(scripts, n.FirstChild.Data)
		case n.Data == "link" && attr(n, "rel") == "canonical":
			metas["canonical"] = attr(n, "href")
		}
		if id := attr(n, "id"); id != "" && byID[id] == nil {
			byID[id] = n
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
	text := func(id string) string {
		if n := byID[id]; n != nil {
			return flat(n)
		}
		return ""
	}
	first := func(list ...string) string {
		for _, s := range list {
			if s = strings.TrimSpace(s); s != "" {
				return s
			}
		}
		return ""
	}
	script := func(re *regexp.Regexp) string {
		for _, s := range scripts {
			if m := re.FindStringSubmatch(s); m != nil {
				return m[1]
			}
		}
		return ""
	}
	// ArticleTitle, PubDate and ContentSource are those that sites of governments in China must
	// have (国务院办公厅, 政府网站发展指引, 2017).
	p.Title = first(text("activity-name"), metas["articletitle"], siteTitle(first(metas["og:title"], title), metas["sitename"], headings))
	p.Source = metas["contentsource"]
	p.Author = first(text("js_author_name"), metas["author"], metas["og:article:author"])
	p.Account = first(text("js_name"), script(nickname))
	p.Summary = metas["og:description"]
	if p.Summary == "" {
		p.Summary = metas["description"]
	}
	for _, u := range []string{p.URL, metas["og:url"], metas["canonical"]} {
		if x, err := url.Parse(u); err == nil && x.Host != "" {
			p.URL = u
			break
		}
	}
	if n := byID["js_view_source"]; n != nil && strings.HasPrefix(attr(n, "href"), "http") {
		p.Original = attr(n, "href")
	} else {
		p.Original = script(sourceURL)
	}
	for _, s := range []string{text("publish_time"), metas["article:published_time"], metas["og:release_date"], metas["publishdate"], metas["pubdate"], published(root)} {
		if d, err := date.Parse(s); err == nil {
			p.Date = d
			return
		}
	}
	if n, err := strconv.ParseInt(script(createTime), 10, 64); err == nil {
		p.Date = date.Today(time.Unix(n, 0))
	}
}

// published is the day that a line of the page calls the day of publishing.
func published(root *html.Node) string {
	if m := publishedOn.FindStringSubmatch(text(root)); m != nil {
		return m[1] + "-" + m[2] + "-" + m[3]
	}
	return ""
}

var publishedOn = regexp.MustCompile(`(?:发布|发表|更新)(?:时间|日期|于)\s*[:：]?\s*((?:19|20)\d\d)\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})`)

func find(n *html.Node, is func(*html.Node) bool) *html.Node {
	if n.Type == html.ElementNode && is(n) {
		return n
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if x := find(c, is); x != nil {
			return x
		}
	}
	return nil
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

// flat is the text of a node on one line.
func flat(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return strings.Join(strings.Fields(b.String()), " ")
}
