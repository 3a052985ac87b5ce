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
	"encoding/base64"
	"io/fs"
	"net/url"
	"path"
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
	if p.WeChat = body != nil; !p.WeChat {
		for _, name := range []string{"article", "main", "body"} {
			if body = find(root, func(n *html.Node) bool { return n.Data == name }); body != nil {
				break
			}
		}
	}
	if body == nil {
		return nil, errEmpty
	}
	w := &walker{doc: &p.Document, log: log, dir: dir, skip: map[*html.Node]bool{}, byPath: map[string]int{}}
	if h := find(body, func(n *html.Node) bool { return n.Data == "h1" }); h != nil && (p.Title == "" || flat(h) == p.Title) {
		p.Title = flat(h)
		w.skip[h] = true
	}
	w.inside(body)
	w.flush()
	p.Document.Blocks = w.out
	w.tell()
	if len(p.Document.Blocks) == 0 {
		return nil, errEmpty
	}
	return p, nil
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
	var scripts []string
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
			if _, ok := metas[key]; !ok {
				metas[key] = strings.TrimSpace(attr(n, "content"))
			}
		case n.Data == "title" && title == "":
			title = flat(n)
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
	p.Title = first(text("activity-name"), metas["og:title"], title)
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
	for _, s := range []string{text("publish_time"), metas["article:published_time"], metas["og:release_date"], metas["publishdate"]} {
		if d, err := date.Parse(s); err == nil {
			p.Date = d
			return
		}
	}
	if n, err := strconv.ParseInt(script(createTime), 10, 64); err == nil {
		p.Date = date.Today(time.Unix(n, 0))
	}
}

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

// picture enters the picture of an img; 0 where it was not saved.
func (w *walker) picture(n *html.Node) int {
	src, remote := strings.TrimSpace(attr(n, "src")), strings.TrimSpace(attr(n, "data-src"))
	alt := strings.TrimSpace(attr(n, "alt"))
	if alt == "图片" || alt == "image" || strings.HasPrefix(alt, "http") {
		alt = "" // WeChat's own filling
	}
	var data []byte
	name := ""
	switch {
	case strings.HasPrefix(src, "data:"):
		head, body, _ := strings.Cut(src, ",")
		if remote == "" && strings.Contains(head, "base64") && strings.HasPrefix(head, "data:image/") && len(body) < maxPicture {
			data, _ = base64.StdEncoding.DecodeString(strings.TrimSpace(body))
			name = head
		}
	case src != "" && !strings.Contains(src, "://") && !strings.HasPrefix(src, "//"):
		name = src
		if u, err := url.PathUnescape(src); err == nil {
			name = u
		}
		name = path.Clean(strings.ReplaceAll(name, `\`, "/"))
		if fs.ValidPath(name) && w.dir != nil {
			if i, err := fs.Stat(w.dir, name); err == nil && i.Mode().IsRegular() && i.Size() < maxPicture {
				data, _ = fs.ReadFile(w.dir, name)
			}
		}
	}
	if len(data) == 0 {
		if remote == "" {
			remote = src
		}
		if strings.HasPrefix(remote, "data:") {
			remote = remote[:min(len(remote), 30)]
		}
		w.missing = append(w.missing, remote)
		return 0
	}
	key := name + "\x00" + alt
	if strings.HasPrefix(name, "data:") {
		key = string(data) + "\x00" + alt
	}
	if i := w.byPath[key]; i > 0 {
		return i
	}
	w.doc.Pictures = append(w.doc.Pictures, rich.Picture{Data: data, Alt: alt, From: path.Base(name)})
	w.byPath[key] = len(w.doc.Pictures)
	return len(w.doc.Pictures)
}
