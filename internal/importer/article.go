package importer

import (
	"bytes"
	"cmp"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/han"
	"mingdeng/internal/importer/report"
	"mingdeng/internal/importer/rich"
)

func (m *maker) say(zh, en string) string { return diag.Text{Zh: zh, En: en}.In(m.Lang) }

// article makes a record of a text.
func (m *maker) article(s *Source, a *article) error {
	a.understand(s.Name, m.Today, &s.Log)
	a.strange(&s.Log)
	guard := newCensor(m.Lang)
	guard.document(a.doc)
	a.title, a.subtitle = plainText(guard.text(a.title)), plainText(guard.text(a.subtitle))
	if a.title == "" {
		a.title = m.say("无题", "untitled")
	}
	for i := range a.above {
		a.above[i] = plainText(guard.text(a.above[i]))
	}
	for i := range a.byline {
		a.byline[i] = plainText(guard.text(a.byline[i]))
	}
	a.byline = slices.DeleteFunc(a.byline, func(s string) bool { return s == "" })
	for i := range a.sources {
		a.sources[i].title = cmp.Or(plainText(guard.text(a.sources[i].title)), a.sources[i].url, "…")
	}
	guard.tell(&s.Log)
	a.headings(&s.Log)
	a.captions(&s.Log)
	pictures := a.pictures(m.Lang, &s.Log)

	kind := m.Kind
	if kind == "" {
		kind = content.KindBrief
	}
	var doubts []diag.Text
	doubt := func(zh, en string) { doubts = append(doubts, diag.Text{Zh: zh, En: en}) }
	if a.titleVague {
		doubt("标题是文件名", "the title is the file's name")
	}
	if kind == content.KindBrief {
		switch {
		case a.date.IsZero():
			doubt("没有找到日期，先写了今天", "no date was found and today was written")
		case a.dateVague:
			doubt("日期是猜的", "the date is a guess")
		}
	}
	if a.date.IsZero() {
		a.date = m.Today
		if kind == content.KindBrief {
			s.Log.Add(report.Todo, "没有找到日期，先写了今天：请改成事情发生的那一天", "no date was found and today was written: put the day it happened")
		}
	} else if a.dateGuessed && kind == content.KindBrief {
		s.Log.Add(report.Guessed, "日期：%s", "the date: %s", a.date)
	}
	a.tell(&s.Log)
	parent, dir := m.folder(s, kind, a)
	name := a.title
	if kind == content.KindHero {
		name = cmp.Or(plainText(heroName(a.title, s.Name)), a.title)
	}
	body, lost := a.doc.Markdown()
	if lost > 0 {
		s.Log.Add(report.Left, "格式 %d 处：放在那里会让标记显示出来，只留下文字", "the look of %d runs: their marks would have shown, so the words stand plain", lost)
	}
	if strings.TrimSpace(body) == "" {
		return report.Errorf("文件里没有正文", "the file holds no text")
	}
	heroes := m.mentioned(s, a)

	compose := func(slug string) []byte { return m.compose(kind, s, a, name, slug, heroes.slugs, body) }
	if there := m.earlier(s, kind, parent, name, a, compose, pictures); there != nil {
		m.compare(s, there.path, compose(m.ownSlug(kind, there)))
		if strings.HasSuffix(there.path, "/index.md") {
			for _, p := range pictures {
				m.compare(s, path.Join(path.Dir(there.path), p.Name), p.Data)
			}
		}
		return nil
	}
	file := fileName(name)
	if file == "" {
		file = string(kind)
	}
	if kind == content.KindChapter {
		file = m.numbered(s.Name, parent, file)
	}
	at := m.site.place(kind, dir, parent, file, len(pictures) > 0, kind == content.KindHero)
	if len(m.site.find(kind, parent, name)) > 0 {
		doubt("已有同名的一篇", "there is another of that title")
		s.Log.Add(report.Guessed, "同名的已有一篇，这一篇另编了号：%s", "there is another of that title; this one got a number: %s", at.path)
	}
	m.site.enter(kind, parent, at.path, at.slug, name)
	if heroes.withheld {
		doubt("写到没有授权公开的人", "it names people who have not consented")
	}
	s.Files = append(s.Files, File{at.path, New, compose(at.slug), doubts})
	for _, p := range pictures {
		s.Files = append(s.Files, File{Path: path.Join(path.Dir(at.path), p.Name), State: New, Data: p.Data})
	}
	for _, f := range s.Files {
		m.planned[f.Path] = f.Data
	}
	return nil
}

// tell counts what was taken.
func (a *article) tell(log *report.Log) {
	words, headings, lists, tables := 0, 0, 0, 0
	a.doc.Each(func(b *rich.Block) {
		words += han.Count(rich.Words(b.Text))
		switch b.Kind {
		case rich.Heading:
			headings++
		case rich.Item:
			lists++
		case rich.Table:
			tables++
			for _, row := range b.Cells {
				for _, c := range row {
					words += han.Count(rich.Words(c))
				}
			}
		}
	})
	log.Add(report.Taken, "正文 %d 字，小标题 %d，清单 %d 项，表格 %d，脚注 %d", "a text of %d words and characters, %d headings, %d items of lists, %d tables, %d footnotes", words, headings, lists, tables, len(a.doc.Notes))
}

func slugFrom(kind content.Kind, base string) string {
	if kind == content.KindHero {
		return han.SlugName(base)
	}
	return han.Slug(base)
}

// compare enters a file that has to be there already.
func (m *maker) compare(s *Source, p string, data []byte) {
	state := Refused
	if bytes.Equal(m.read(p), data) {
		state = Same
	} else {
		s.Log.Add(report.Todo, "%s 已经有了，和这次的不一样，没有改动它。要重新导入，先把它移走或改名", "%s exists already, is different, and was left as it is. To import again, move or rename it first", p)
	}
	s.Files = append(s.Files, File{Path: p, State: state, Data: data})
}

// folder is where a record of a kind goes; a book that does not exist is made.
func (m *maker) folder(s *Source, kind content.Kind, a *article) (parent, dir string) {
	switch kind {
	case content.KindBrief:
		if parent = m.parent; parent == "" {
			parent = strconv.Itoa(a.date.Year)
		}
	case content.KindChapter:
		book := m.site.book(m.parent)
		if book == nil {
			title := strings.Trim(m.parent, "《》")
			book = &content.Book{Head: content.Head{FileName: m.parent, Slug: han.Slug(m.parent)}, Title: title}
			m.site.books = append(m.site.books, book)
			h := newHead(content.KindBook, m.Lang)
			h.raw("", "draft", "true", m.say("书里的文章都核对好以后，删掉这一行", "take this line out when its chapters are checked"))
			h.put("", "title", title, "")
			p := content.KindBook.Info().File("", m.parent)
			s.Files = append(s.Files, File{Path: p, State: New, Data: h.bytes("")})
			m.site.enter(content.KindBook, "", p, book.Slug, title)
			s.Log.Add(report.Taken, "新建了一本书：%s", "a new book was made: %s", title)
		}
		parent = book.FileName
	}
	return parent, kind.Info().Dir(parent)
}

// numbered puts a chapter's place in front of its file name: the number the file
// given has, else the next of the book.
func (m *maker) numbered(name, parent, file string) string {
	base := path.Base(filepath.ToSlash(name))
	if n := leadingDigits(base); n > 0 && n <= 3 {
		number, _ := strconv.Atoi(base[:n])
		m.site.last[pathKey(parent)] = max(m.site.last[pathKey(parent)], number)
		return base[:n] + "-" + file
	}
	m.site.last[pathKey(parent)]++
	n := strconv.Itoa(m.site.last[pathKey(parent)])
	if len(n) < 2 {
		n = "0" + n
	}
	return n + "-" + file
}

// heroName finds a person's name in 张三同志事迹材料.
func heroName(title, file string) string {
	for _, s := range []string{title, strings.TrimSuffix(path.Base(filepath.ToSlash(file)), path.Ext(file))} {
		if i := strings.IndexAny(s, "（("); i > 0 {
			s = s[:i]
		}
		for _, end := range []string{"同志", "先进事迹", "见义勇为", "事迹", "烈士", "的故事", "简介"} {
			if i := strings.Index(s, end); i > 0 {
				s = s[:i]
			}
		}
		s = strings.Join(strings.Fields(s), "")
		if n := utf8.RuneCountInString(s); n >= 2 && n <= 4 {
			return s
		}
	}
	return title
}

// told are the heroes whose names stand in a text.
type told struct {
	slugs    []string
	withheld bool // somebody among them has not consented
}

// mentioned finds the heroes whose names stand in the text.
func (m *maker) mentioned(s *Source, a *article) told {
	body, _ := a.doc.Markdown()
	all := a.title + "\n" + body
	var slugs, names, withheld []string
	for _, h := range m.site.hero {
		// A name of two characters is too often part of something else.
		if h.Edition != "" || utf8.RuneCountInString(h.Name) < 3 || !strings.Contains(all, h.Name) {
			continue
		}
		if h.Consent == nil || !h.Consent.Publish {
			withheld = append(withheld, h.Name)
			continue
		}
		if !slices.Contains(slugs, h.Slug) {
			slugs, names = append(slugs, h.Slug), append(names, h.Name)
		}
	}
	if len(names) > 0 {
		s.Log.Add(report.Guessed, "写到的英雄：%s", "heroes it tells of: %s", strings.Join(names, "、"))
	}
	if len(withheld) > 0 {
		s.Log.Add(report.Todo, "文中写到没有授权公开的人：%s。发布前要取得授权，或把姓名改掉，不然生成会停下", "it names people who have not consented: %s. Get their consent or take the names out before publishing, or the build will stop", strings.Join(withheld, "、"))
	}
	slices.Sort(slugs)
	return told{slugs, len(withheld) > 0}
}
