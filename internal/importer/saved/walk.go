package saved

import (
	"io/fs"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"mingdeng/internal/importer/report"
	"mingdeng/internal/importer/rich"
)

// walker makes blocks of a tree of elements.
type walker struct {
	doc  *rich.Document
	log  *report.Log
	dir  fs.FS
	skip map[*html.Node]bool

	out    []rich.Block
	spans  []rich.Span
	look   rich.Span // of the words that come next
	kind   rich.Block
	after  []int // pictures within the paragraph
	depth  int   // of lists
	item   bool  // the next paragraph begins an item …
	within bool  // … and further ones go on in it
	number int
	order  bool

	byPath                              map[string]int
	stored                              map[string]string // SingleFile's pictures by their names
	missing                             []string
	underlined, scripts, merged, nested int
	hidden, shapes, wide, long          int
}

func (w *walker) tell() {
	tell := func(n int, s report.Sort, zh, en string) {
		if n > 0 {
			w.log.Add(s, zh, en, n)
		}
	}
	tell(w.underlined, report.Left, "下划线 %d 处：正文里没有下划线", "%d underlined runs: texts have no underlining")
	tell(w.scripts, report.Guessed, "上标、下标 %d 处，按普通文字写", "%d runs of super- or subscript were written as plain text")
	tell(w.merged, report.Guessed, "合并过的单元格 %d 个：竖着合并的每行都写上，横着合并的只写在第一格", "%d merged cells: those merged downwards are repeated in each row, those merged across stand in the first")
	tell(w.nested, report.Guessed, "表格里的表格 %d 个，只留下文字", "%d tables within tables: only their words were kept")
	tell(w.hidden, report.Left, "不显示的文字 %d 处", "%d pieces of text that the page does not show")
	tell(w.shapes, report.Left, "没有文字的图形 %d 个", "%d drawn shapes without words")
	if n := len(w.missing); n > 0 {
		some := strings.Join(w.missing[:min(n, 3)], " ")
		if n > 3 {
			some += " …"
		}
		w.log.Add(report.Left, "图片 %d 张没有随网页存下来：%s", "%d pictures were not saved with the page: %s", n, some)
	}
	tell(w.wide, report.Left, "%d 张表格第 100 列以后：太宽", "what follows column 100 of %d tables: they are too wide")
	tell(w.long, report.Left, "%d 张表格第 5000 行以后：太长", "what follows row 5000 of %d tables: they are too long")
}

// inline are the elements that do not begin a paragraph.
var inline = map[string]bool{
	"a": true, "abbr": true, "b": true, "bdi": true, "bdo": true, "big": true, "cite": true, "code": true, "data": true, "del": true,
	"dfn": true, "em": true, "font": true, "i": true, "ins": true, "kbd": true, "label": true, "mark": true, "q": true, "s": true,
	"samp": true, "small": true, "span": true, "strike": true, "strong": true, "sub": true, "sup": true, "time": true, "tt": true,
	"u": true, "var": true, "wbr": true, "font-face": true,
}

// silent hold nothing that is read.
var silent = map[string]bool{
	"script": true, "style": true, "noscript": true, "template": true, "head": true, "link": true, "meta": true, "title": true,
	"button": true, "input": true, "select": true, "textarea": true, "form": true, "nav": true, "base": true, "source": true, "track": true,
}

func (w *walker) inside(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
	}
}

func (w *walker) node(n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		w.words(n.Data)
		return
	case n.Type != html.ElementNode || w.skip[n]:
		return
	case silent[n.Data]:
		return
	}
	style := styleOf(n)
	if style["display"] == "none" {
		if flat(n) != "" {
			w.hidden++
		}
		return
	}
	was := w.look
	w.looks(n, style)
	switch n.Data {
	case "br":
		w.spans = append(w.spans, rich.Span{Break: true})
	case "hr":
		w.flush()
		w.out = append(w.out, rich.Block{Kind: rich.Rule})
	case "img":
		if i := w.picture(n); i > 0 {
			if rich.Blank(w.spans) {
				w.figure(i)
			} else {
				w.after = append(w.after, i)
			}
		}
	case "h1", "h2", "h3", "h4", "h5", "h6":
		w.flush()
		w.kind = rich.Block{Kind: rich.Heading, Level: int(n.Data[1] - '0')}
		w.inside(n)
		w.flush()
	case "ul", "ol":
		w.list(n)
	case "li":
		w.inside(n) // one that stands outside a list
	case "blockquote":
		w.quote(n)
	case "table":
		w.table(n)
	case "pre":
		w.flush()
		w.out = append(w.out, rich.Block{Kind: rich.Code, Text: []rich.Span{{Text: strings.Trim(text(n), "\n")}}})
	case "ruby":
		w.ruby(n)
	case "figcaption":
		w.flush()
		w.kind.Role = rich.Caption
		w.inside(n)
		w.flush()
	case "svg":
		before := len(w.spans) + len(w.out) + len(w.missing)
		w.inside(n)
		if len(w.spans)+len(w.out)+len(w.missing) == before {
			w.shapes++
		}
	case "iframe", "video", "audio", "mpvoice", "qqmusic", "embed", "object":
		w.film(n)
	default:
		switch {
		case strings.HasPrefix(n.Data, "mp-"):
			w.film(n)
		case inline[n.Data]:
			w.inside(n)
		default:
			w.flush()
			w.kind.Centre = style["text-align"] == "center" || w.kind.Centre
			w.inside(n)
			w.flush()
		}
	}
	w.look = was
}

// film tells of what a text cannot hold.
func (w *walker) film(n *html.Node) {
	name := attr(n, "data-src")
	for _, key := range []string{"src", "name", "data-nickname", "data-title", "data-desc", "data-name"} {
		if name == "" {
			name = attr(n, key)
		}
	}
	if name == "" {
		name = n.Data
	}
	w.log.Add(report.Left, "视频、音频或卡片：%s", "a film, recording or card: %s", name)
}

func (w *walker) figure(i int) {
	if w.item && rich.Blank(w.spans) {
		w.spans = append(w.spans, rich.Span{Picture: i})
		return
	}
	w.out = append(w.out, rich.Block{Kind: rich.Figure, Picture: i})
}

// asking are the lines by which every WeChat article asks to be followed.
var asking = regexp.MustCompile(`^[^。]{0,6}(点击|长按|扫码|扫描|扫一扫|识别)[^。]{0,12}(关注|蓝字|二维码|公众号)[^。]{0,8}$|^(点赞|分享|收藏|在看|点个|喜欢就)[^。]{0,16}(在看|点赞|分享|收藏)[^。]{0,6}$`)

// flush ends a paragraph.
func (w *walker) flush() {
	spans := rich.Tidy(w.spans)
	b, after := w.kind, w.after
	w.spans, w.after, w.kind = nil, nil, rich.Block{}
	if !rich.Blank(spans) {
		b.Text = spans
		words := rich.Words(spans)
		switch {
		case utf8.RuneCountInString(words) <= 32 && asking.MatchString(strings.TrimFunc(words, func(r rune) bool { return unicode.IsSymbol(r) || unicode.IsSpace(r) })):
			w.log.Add(report.Left, "求关注的话：“%s”", "a line asking to be followed: “%s”", words)
		case w.item:
			w.out = append(w.out, rich.Block{Kind: rich.Item, Level: w.depth - 1, Ordered: w.order, Number: w.number, Text: spans})
			w.item, w.within = false, true
		case w.within && len(w.out) > 0 && w.out[len(w.out)-1].Kind == rich.Item:
			last := &w.out[len(w.out)-1]
			last.Text = rich.Tidy(append(append(last.Text, rich.Span{Break: true}), spans...))
		default:
			w.out = append(w.out, b)
		}
	}
	for _, i := range after {
		w.out = append(w.out, rich.Block{Kind: rich.Figure, Picture: i})
	}
}
