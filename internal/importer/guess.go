package importer

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"mingdeng/internal/date"
	"mingdeng/internal/han"
	"mingdeng/internal/importer/docx"
	"mingdeng/internal/importer/report"
	"mingdeng/internal/importer/rich"
	"mingdeng/internal/importer/saved"
)

// article is a text on its way to becoming a record.
type article struct {
	doc      *rich.Document
	title    string
	subtitle string
	byline   []string
	date     date.Date
	number   int    // of a brief's issue
	document string // its number: 青见协〔2024〕5号
	sources  []source
	above    []string // what stood over the title: a masthead
	// dateGuessed tells that the date did not stand where dates of articles stand, dateVague
	// that it may be of something else: a day that the text mentions, or of saving the file.
	dateGuessed, dateVague bool
	titleVague             bool // it is the file's name

	word  bool
	plain bool      // nothing tells how its lines look
	hint  string    // title in the file's properties
	saved date.Date // when the file was saved
}

type source struct {
	title, url string
	date       date.Date
}

func wordArticle(f *docx.File) *article {
	return &article{doc: &f.Document, word: true, hint: f.Title, saved: f.Saved}
}

func savedArticle(p *saved.Page) *article {
	a := &article{doc: &p.Document, title: strings.Join(strings.Fields(p.Title), " "), date: p.Date}
	a.byline = people(p.Author)
	title := p.Title
	if p.Source != "" {
		title = p.Source
	}
	if p.Account != "" {
		title = "微信公众号“" + p.Account + "”"
	}
	if title != "" && (p.URL != "" || p.Account != "" || p.Source != "") {
		a.sources = append(a.sources, source{title, webAddress(p.URL), p.Date})
	}
	if u := webAddress(p.Original); u != "" {
		a.sources = append(a.sources, source{title: "阅读原文", url: u})
	}
	return a
}

func webAddress(s string) string {
	if strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") {
		return strings.ReplaceAll(s, "&amp;", "&")
	}
	return ""
}

// people takes a line of authors apart.
func people(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" 　、，,;；/", r) })
}

var (
	issueLine  = regexp.MustCompile(`^[（(〔]?\s*(?:\d{4}\s*年\s*)?(?:总)?第\s*([\d零一二三四五六七八九十百]+)\s*期`)
	dayLine    = regexp.MustCompile(`^[（(]?\s*((?:19|20)\d\d)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*[日号]?\s*[）)]?$`)
	dayWithin  = regexp.MustCompile(`((?:19|20)\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]`)
	dayInName  = regexp.MustCompile(`((?:19|20)\d\d)[-._年]?(0?[1-9]|1[0-2])[-._月]?(0?[1-9]|[12]\d|3[01])(?:日|\D|$)`)
	bylineRE   = regexp.MustCompile(`^[（(]?\s*(?:作\s*者|文/图|图/文|文图|通讯员|本报记者|记\s*者|撰\s*稿|供\s*稿|撰\s*文|文)\s*[:：/／|｜]\s*(.{2,30}?)\s*[）)]?$`)
	sourceRE   = regexp.MustCompile(`^[（(]?\s*(?:来\s*源|稿件来源|转自|摘自)\s*[:：]\s*(.{2,40}?)\s*[）)]?$`)
	chapterOne = regexp.MustCompile(`^[一二三四五六七八九十]{1,3}、`)
	chapterTwo = regexp.MustCompile(`^（[一二三四五六七八九十]{1,3}）`)
	docNumber  = regexp.MustCompile(`^(\p{Han}{1,20}(?:\p{Han}|\s)?[〔\[［(（【﹝]\s*(?:19|20)\d\d\s*[〕\]］)）】﹞]\s*第?\s*\d{1,5}\s*号)(?:\s*签发人[:：].*)?$`)
	annexLine  = regexp.MustCompile(`^附[件表]\s*[\d一二三四五六七八九十]{0,3}\s*[:：]?$`)
	headLine   = regexp.MustCompile(`文\s*件$|^(?:内部资料|特急|加急|平急|急件|机密|秘密)|^签发人[:：]|^\d{6}$`)
	leading    = regexp.MustCompile(`^[\d\s._-]+`)
	pictureRE  = regexp.MustCompile(`^(图\s*[\d一二三四五六七八九十]+|图为|图[:：]|[▲△↑]|[上下左右]图[:：为])`)
)

func dayOf(m []string) date.Date {
	if m == nil {
		return date.Date{}
	}
	d, err := date.Parse(m[1] + "-" + m[2] + "-" + m[3])
	if err != nil {
		return date.Date{}
	}
	return d
}

// understand looks for title, date and authors, which no word processor marks, in
// the places where people write them.
func (a *article) understand(name string, today date.Date, log *report.Log) {
	whole := slices.Clone(a.doc.Blocks)
	base := strings.TrimSuffix(path.Base(strings.ReplaceAll(name, `\`, "/")), path.Ext(name))
	if a.word || a.plain {
		a.findTitle(log)
	}
	a.belowTitle()
	if a.title == "" {
		a.title = strings.Trim(leading.ReplaceAllString(base, ""), " _-.")
		if a.title == "" {
			a.title = cmp.Or(base, "无题")
		}
		a.titleVague = true
		log.Add(report.Guessed, "标题用了文件名：%s", "the title is the file's name: %s", a.title)
	}
	a.findDate(base, today)
	if !a.holds() && whole != nil { // a poster: its line is title and text in one
		a.doc.Blocks = whole
		log.Add(report.Guessed, "全文只有标题那几行：既作标题，也留作正文", "there is no more text than the title: it was kept as the text too")
	}
}

// holds tells whether anything is left for the text.
func (a *article) holds() bool {
	return slices.ContainsFunc(a.doc.Blocks, func(b rich.Block) bool {
		return b.Kind == rich.Figure || b.Kind == rich.Table || b.Kind == rich.Quote || !rich.Blank(b.Text)
	})
}

// opening are how many blocks may stand before a title.
const opening = 8

// findTitle takes the title out of the text.
func (a *article) findTitle(log *report.Log) {
	blocks := a.doc.Blocks
	body := a.bodySize()
	big := func(b rich.Block) bool { return b.Centre || body > 0 && b.Size >= body+4 }
	for i := range min(len(blocks), opening) {
		b := blocks[i]
		words := rich.Words(b.Text)
		if m := issueLine.FindStringSubmatch(words); m != nil && b.Kind != rich.Table {
			a.number, _ = strconv.Atoi(m[1])
			if a.number == 0 {
				a.number, _ = han.Number(m[1])
			}
			for _, x := range blocks[:i+1] {
				if w := rich.Words(x.Text); w != "" {
					a.above = append(a.above, w)
				}
				if d := dayOf(dayWithin.FindStringSubmatch(arabic(rich.Words(x.Text)))); !d.IsZero() {
					a.date = d
				}
			}
			blocks = blocks[i+1:]
			// Under the masthead stand who issued it, and when.
			for len(blocks) > 0 && blocks[0].Kind == rich.Paragraph && dayWithin.MatchString(arabic(rich.Words(blocks[0].Text))) && utf8.RuneCountInString(rich.Words(blocks[0].Text)) <= 40 {
				a.date = dayOf(dayWithin.FindStringSubmatch(arabic(rich.Words(blocks[0].Text))))
				a.above = append(a.above, rich.Words(blocks[0].Text))
				blocks = blocks[1:]
			}
			break
		}
	}
	numbered := false
	blocks, numbered = a.letterhead(blocks)
	take := func(i, n int) {
		var words []string
		for _, b := range blocks[i : i+n] {
			words = append(words, rich.Words(b.Text))
		}
		a.title = oneTitle(strings.Join(words, "\n"))
		blocks = slices.Concat(blocks[:i], blocks[i+n:])
	}
	defer func() { a.doc.Blocks = blocks }()
	for i, b := range blocks {
		if b.Role == rich.Title && i < opening && len(b.Text) > 0 {
			n := 1
			for i+n < len(blocks) && blocks[i+n].Role == rich.Title {
				n++
			}
			take(i, n)
			return
		}
	}
	for i := range min(len(blocks), opening) {
		b := blocks[i]
		words := arabic(rich.Words(b.Text))
		count := utf8.RuneCountInString(words)
		if b.Kind == rich.Figure || words == "" {
			continue
		}
		only := b.Kind == rich.Heading && !slices.ContainsFunc(blocks[i+1:], func(x rich.Block) bool { return x.Kind == rich.Heading && x.Level <= b.Level })
		plain := b.Kind == rich.Paragraph && b.Role == rich.Plain
		switch {
		case count > 60 || strings.HasSuffix(words, "。") || dayLine.MatchString(words):
		case only, plain && big(b), plain && numbered, plain && a.plain && i == 0 && count <= 40 && len(blocks) > 1, plain && allBold(b.Text) && count <= 40:
			n := 1
			for plain && n < 3 && i+n < len(blocks) {
				next := blocks[i+n]
				w := rich.Words(next.Text)
				if next.Kind != rich.Paragraph || next.Centre != b.Centre || next.Size != b.Size || !big(next) || utf8.RuneCountInString(w) > 40 ||
					dayLine.MatchString(w) || bylineRE.MatchString(w) || strings.HasPrefix(w, "—") || b.Size == 0 || b.Size == body {
					break
				}
				n++
			}
			take(i, n)
			log.Add(report.Guessed, "标题是从第一段看出来的：%s", "the title was told from the first paragraph: %s", a.title)
			return
		}
		break
	}
	if a.hint != "" && !strings.HasPrefix(a.hint, "Microsoft Word") && utf8.RuneCountInString(a.hint) <= 60 && len(blocks) > 0 {
		a.title = strings.Join(strings.Fields(a.hint), " ")
		log.Add(report.Guessed, "标题用了文件属性里的：%s", "the title is that of the file's properties: %s", a.title)
	}
}

func allBold(spans []rich.Span) bool {
	return len(spans) > 0 && !slices.ContainsFunc(spans, func(s rich.Span) bool { return s.Text != "" && !s.Bold })
}

// bodySize is the size of type in which most words are set.
func (a *article) bodySize() int {
	sizes := map[int]int{}
	for _, b := range a.doc.Blocks {
		sizes[b.Size] += utf8.RuneCountInString(rich.Words(b.Text))
	}
	best := 0
	for s, n := range sizes {
		if n > sizes[best] || n == sizes[best] && s < best {
			best = s
		}
	}
	return best
}

// belowTitle takes the lines between title and text that have keys of their own.
func (a *article) belowTitle() {
	blocks := a.doc.Blocks
	for len(blocks) > 0 {
		b := blocks[0]
		words := strings.TrimSpace(rich.Words(b.Text))
		day := dayLine.FindStringSubmatch(arabic(words))
		taken := false
		switch {
		case b.Kind != rich.Paragraph:
		case a.subtitle == "" && (b.Role == rich.Subtitle || strings.HasPrefix(words, "——") && utf8.RuneCountInString(words) <= 50):
			a.subtitle, taken = words, true
		case day != nil:
			if d := dayOf(day); !d.IsZero() {
				a.date, taken = d, true
			}
		case bylineRE.MatchString(words):
			a.byline, taken = people(bylineRE.FindStringSubmatch(words)[1]), true
		case sourceRE.MatchString(words):
			a.sources = append(a.sources, source{title: sourceRE.FindStringSubmatch(words)[1]})
			taken = true
		}
		if !taken {
			break
		}
		blocks = blocks[1:]
	}
	a.doc.Blocks = blocks
}

// signing is how many blocks at the end may hold who signs, when, and who gets copies.
const signing = 8

// longAgo is how many years back a day that only the text mentions may lie: one before is
// of what it tells of.
const longAgo = 10

// findDate looks below the text, in the file's name, in the text, and last at when
// the file was saved.
func (a *article) findDate(base string, today date.Date) {
	if !a.date.IsZero() {
		return
	}
	a.dateGuessed = true
	blocks := a.doc.Blocks
	below := blocks[max(0, len(blocks)-signing):]
	for _, b := range slices.Backward(below) {
		if a.date = dayOf(dayLine.FindStringSubmatch(arabic(strings.TrimSpace(rich.Words(b.Text))))); !a.date.IsZero() {
			return
		}
	}
	for _, b := range slices.Backward(below) { // 青溪市见义勇为协会　2024年3月5日
		words := arabic(strings.TrimSpace(rich.Words(b.Text)))
		all := dayWithin.FindAllStringSubmatchIndex(words, -1)
		if b.Kind != rich.Paragraph || utf8.RuneCountInString(words) > 40 || len(all) != 1 || strings.Trim(words[all[0][1]:], "）) \n") != "" {
			continue
		}
		if a.date = dayOf(dayWithin.FindStringSubmatch(words)); !a.date.IsZero() {
			return
		}
	}
	if a.date = dayOf(dayInName.FindStringSubmatch(base)); !a.date.IsZero() {
		return
	}
	a.dateVague = true
	last := today.String()
	if !a.saved.IsZero() && a.saved.String() < last {
		last = a.saved.String()
	}
	for _, b := range blocks {
		for _, m := range dayWithin.FindAllStringSubmatch(arabic(rich.Words(b.Text)), -1) {
			if d := dayOf(m); d.String() <= last && d.Year >= today.Year-longAgo && d.String() > a.date.String() {
				a.date = d
			}
		}
	}
	if a.date.IsZero() {
		a.date = a.saved
	}
}
