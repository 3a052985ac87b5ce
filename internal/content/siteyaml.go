package content

import (
	"net/url"

	"mingdeng/internal/date"
)

// Site is content/site.yaml.
type Site struct {
	Title        string        `key:"title 名称 网站名 标题 *" zh:"网站的名称" en:"the site's title"`
	BaseURL      BaseURL       `key:"base_url 网址 *" zh:"网站的网址，如 https://example.cn/" en:"the site's address, such as https://example.cn/"`
	Description  string        `key:"description 简介" edition:"own" zh:"一句话说明这个网站" en:"what the site is, in one sentence"`
	Language     Language      `key:"language 语言" zh:"本站的语言" en:"the site's own language"`
	Editions     []Language    `key:"editions 版本" zh:"还要生成哪些版本" en:"editions to make"`
	Theme        string        `key:"theme 主题" edition:"same" zh:"用哪个主题" en:"which theme"`
	Organisation *Organisation `key:"organisation 单位" zh:"办这个网站的单位" en:"who runs the site"`
	ICP          string        `key:"icp 备案号" edition:"same" zh:"ICP 备案号" en:"ICP filing number"`
	Police       string        `key:"police 公安备案号" edition:"same" zh:"公安备案号（14 位数字）" en:"police filing number (14 digits)"`
	Nav          []NavItem     `key:"nav 导航" zh:"导航；不写就列出有内容的栏目" en:"navigation; the sections that have content if not given"`
	Mourning     []date.Date   `key:"mourning 公祭日" zh:"网站变灰的日子" en:"days on which the site turns grey"`
	Plaque       *PlaqueSite   `key:"plaque 铭牌" zh:"铭牌二维码" en:"plaque codes"`
	Nominate     *Nominate     `key:"nominate 举荐" zh:"怎样举荐" en:"how to nominate"`
	Search       *bool         `key:"search 搜索" zh:"要不要搜索（默认要）" en:"whether there is a search (default true)"`
	Cards        Cards         `key:"cards 分享图" zh:"为谁生成分享图（默认不生成）" en:"for whom share cards are drawn (default none)"`
	Keepsakes    *Keepsakes    `key:"keepsakes 留念" edition:"same" zh:"给读者带走的：长图、壁纸、海报、注音版、年报册" en:"what readers may take away: long pictures, wallpapers, posters, pages with pinyin, yearbooks"`
	Deploy       []Target      `key:"deploy 发布" edition:"same" zh:"网站传到哪里，见 mingdeng help deploy" en:"where the site is sent, see mingdeng help deploy"`
	Params       Params        `key:"params 附加" edition:"same" zh:"自己的数据，随意" en:"data of your own"`

	Path   string `key:"-"`
	Places Places `key:"-"`
}

// Searched tells whether the site has a search.
func (s *Site) Searched() bool { return s.Search == nil || *s.Search }

// Organisation is who runs the site.
type Organisation struct {
	Name    string `key:"name 名称 *" zh:"名称" en:"name"`
	Address string `key:"address 地址" zh:"地址" en:"address"`
	Phone   string `key:"phone 电话" zh:"电话" en:"phone"`
	Email   string `key:"email 邮箱" zh:"邮箱" en:"e-mail"`
}

// NavItem is one entry of the navigation.
type NavItem struct {
	Label string `key:"label 文字 名称" zh:"显示的文字" en:"its words"`
	To    Text   `key:"to 链接 去 *" short:"true" zh:"去哪里：/heroes/ 或 https://…" en:"where it leads: /heroes/ or https://…"`
}

// PlaqueSite is what all plaques share.
type PlaqueSite struct {
	BaseURL    BaseURL  `key:"base_url 网址" zh:"印在码里的网址" en:"the address printed in codes"`
	CodeLength int      `key:"code_length 编号长度" range:"4 6" zh:"编号几位" en:"characters a code"`
	Material   Material `key:"material 材质" edition:"same" zh:"铭牌一般用什么材质；阵地、展品自己写的优先" en:"what plaques are made of where neither venue nor exhibit says"`
	Advice     string   `key:"advice 智为" edition:"own" zh:"展板上见义智为的一两句话；不写就按事迹的类型用通用的话" en:"what boards advise who sees a danger; general words by the type of the deed if not given"`
}

// Target is a place the site is sent to. No secret stands in it.
type Target struct {
	Name string `key:"name 名称 *" edition:"same" zh:"给这个目标起的名字" en:"what the target is called"`
	To   Text   `key:"to 目标 *" edition:"same" zh:"s3://桶/文件夹?endpoint=…、sftp://用户@主机/文件夹 或 file:///文件夹" en:"s3://BUCKET/PREFIX?endpoint=HOST, sftp://USER@HOST/PATH or file:///PATH"`
}

// Nominate says how a reader can propose a hero.
type Nominate struct {
	Phone   string `key:"phone 电话" zh:"电话" en:"phone"`
	Email   string `key:"email 邮箱" zh:"邮箱" en:"e-mail"`
	Address string `key:"address 地址" zh:"地址" en:"address"`
	FormURL URL    `key:"form_url 表格网址" zh:"表格的网址" en:"address of a form"`
	// Lines are printed below those that every form has; see pages.Form.
	Lines []string `key:"lines 填写项" edition:"own" zh:"打印的举荐表上还要填的几行，如 所在社区；姓名、时间、经过等已经有了" en:"further lines on the form to print, such as a community; name, time, deed and so on are there"`
}

// Keepsakes are what readers may take away. Each costs time to make, or a page more, so none
// is made that is not asked for.
type Keepsakes struct {
	LongPictures Drawn  `key:"long_pictures 长图" edition:"same" zh:"为谁画长图：一张图上有像、姓名、一句话和二维码，可以存下来转发（默认不画）" en:"for whom a long picture is drawn, to save and send: portrait, name, a sentence, the page's code (default none)"`
	Wallpapers   Chosen `key:"wallpapers 壁纸" edition:"same" zh:"为谁画手机壁纸：夜色里一盏灯，灯下是姓名和一句话（默认不画）" en:"for whom a phone's wallpaper is drawn: a name and a sentence by a lamp (default none)"`
	Posters      Chosen `key:"posters 海报" edition:"same" zh:"为谁做 A3 海报（PDF），版式是主题里的 poster（默认不做）" en:"of whom there is a poster, A3, as a PDF, in the theme's design poster (default none)"`
	Pinyin       bool   `key:"pinyin 注音版" edition:"same" zh:"英雄和文章各有一页注音版，每个字上有拼音，给孩子读" en:"of each hero and chapter a page with pinyin above every character, for children"`
	Yearbooks    bool   `key:"yearbooks 年报册" edition:"same" zh:"每份年度数据有一页可以打印成册：那一年的人、数字和大事" en:"of each report a page that prints as a booklet: the year's people, figures and events"`
}

// BaseURL is an http or https address that may have a path; it ends in "/".
type BaseURL string

// Path is the path below which the site lies on its host: "/" or "/lamp/".
func (b BaseURL) Path() string {
	u, err := url.Parse(string(b))
	if err != nil || u.Path == "" {
		return "/"
	}
	return u.Path
}

// Cards says for whom share cards are drawn.
type Cards string

// The answers to it.
const (
	NoCards   Cards = "none"
	HeroCards Cards = "heroes"
	AllCards  Cards = "all" // of heroes, briefs and exhibits
)

// Values lists the fixed values.
func (Cards) Values() []Value {
	return []Value{{"none", "不生成"}, {"heroes", "英雄"}, {"all", "全部"}}
}

// Chosen says of which people something is made.
type Chosen string

// The answers to it.
const (
	NoHeroes   Chosen = "none"
	WordHeroes Chosen = "words" // who left a sentence of their own
	AllHeroes  Chosen = "heroes"
)

// Values lists the fixed values.
func (Chosen) Values() []Value {
	return []Value{{"none", "不生成"}, {"words", "有原话的人"}, {"heroes", "英雄"}}
}

// Of tells whether it is made of a person.
func (c Chosen) Of(h *Hero) bool { return c == AllHeroes || c == WordHeroes && h.Words != "" }

// Drawn says of what something is made: of people as [Chosen] says, or also of the rest.
type Drawn string

// AllDrawn is made of heroes, briefs and exhibits.
const AllDrawn Drawn = "all"

// Values lists the fixed values.
func (Drawn) Values() []Value {
	return append(Chosen("").Values(), Value{"all", "全部"})
}

// Of tells whether it is made of a person.
func (d Drawn) Of(h *Hero) bool { return d == AllDrawn || Chosen(d).Of(h) }
