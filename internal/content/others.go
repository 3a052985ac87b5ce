package content

import "mingdeng/internal/date"

// Honor is an award and its sessions.
type Honor struct {
	Head
	Title    string    `key:"title 名称 称号 标题 *" common:"true" zh:"荣誉的名称" en:"title"`
	Level    Level     `key:"level 级别" common:"true" zh:"级别" en:"level"`
	By       string    `key:"by 授予单位" common:"true" zh:"谁授予" en:"granted by"`
	Sessions []Session `key:"sessions 届次" common:"true" zh:"各届" en:"its sessions"`
	Order    NameOrder `key:"order 排序" common:"true" zh:"名单按什么排" en:"how the roll is ordered"`
}

// Session is one time an honour was granted.
type Session struct {
	Number string    `key:"number 届 *" zh:"第几届" en:"which session"`
	Year   int       `key:"year 年份" range:"1900 2100" zh:"哪一年" en:"the year"`
	Date   date.Date `key:"date 日期" zh:"哪一天" en:"the day"`
	Note   string    `key:"note 备注" edition:"own" zh:"说明" en:"a note"`
}

// NameOrder says how names are ordered.
type NameOrder string

// The orders of names.
const (
	ByPinyin NameOrder = "pinyin"
	ByStroke NameOrder = "stroke"
	AsGiven  NameOrder = "given"
)

// Values lists the fixed values.
func (NameOrder) Values() []Value {
	return []Value{{"pinyin", "拼音"}, {"stroke", "姓氏笔画"}, {"given", "自定"}}
}

// Unit is a work station, studio, team, model unit or patrol.
type Unit struct {
	Head
	Name     string    `key:"name 名称 标题 *" common:"true" zh:"名称" en:"name"`
	UnitKind UnitKind  `key:"kind 类别 *" common:"true" zh:"哪一类" en:"what it is"`
	Region   Region    `key:"region 地区" common:"true" zh:"省/市/县" en:"province/city/county"`
	Founded  date.Date `key:"founded 成立" zh:"何时成立" en:"founded"`
	People   int       `key:"people 人数" common:"true" range:"1 100000000" zh:"多少人" en:"how many people"`
	Contact  string    `key:"contact 联系方式" common:"true" zh:"公开的联系方式（不要写个人手机号）" en:"public contact (no private number)"`
}

// UnitKind sorts units.
type UnitKind string

// Values lists the fixed values.
func (UnitKind) Values() []Value {
	return []Value{{"station", "工作站"}, {"studio", "工作室"}, {"team", "志愿队"}, {"model-unit", "示范单位"}, {"patrol", "义警"}}
}

// Report is a year's figures.
type Report struct {
	Head
	Title   string   `key:"title 标题 名称 *" common:"true" zh:"标题" en:"title"`
	Year    int      `key:"year 年份 *" common:"true" range:"1900 2100" zh:"哪一年" en:"the year"`
	Figures []Figure `key:"figures 数据" common:"true" zh:"数据" en:"the figures"`
}

// Figure is one number of a report.
type Figure struct {
	Label    string   `key:"label 名称 *" zh:"是什么数" en:"what it counts"`
	Value    float64  `key:"value 数值 *" zh:"多少" en:"how many"`
	Unit     string   `key:"unit 单位" zh:"单位" en:"unit"`
	Group    string   `key:"group 分组" zh:"和哪些数放在一张图里" en:"figures of one group share a chart"`
	Previous *float64 `key:"previous 上年" zh:"上一年是多少" en:"the year before"`
}

// Screen is a playlist for a public display.
type Screen struct {
	Head
	Title       string      `key:"title 标题 名称 *" common:"true" zh:"标题" en:"title"`
	Orientation Orientation `key:"orientation 方向" common:"true" zh:"横屏或竖屏" en:"landscape or portrait"`
	Seconds     int         `key:"seconds 每屏秒数" common:"true" range:"3 600" zh:"每屏停几秒" en:"seconds a slide"`
	Films       []Video     `key:"films 影片" zh:"播哪些视频：文件名，或 文件、标题、字幕" en:"films shown: file names, or src, title and captions"`
	Slogans     []string    `key:"slogans 标语" common:"true" edition:"own" zh:"标语" en:"slogans"`
	Heroes      []Ref       `key:"heroes 英雄" refers:"hero" common:"true" zh:"播哪些英雄（网址名）" en:"heroes shown (slugs)"`
	Briefs      []Ref       `key:"briefs 简报" refers:"brief" zh:"播哪些简报（网址名）" en:"briefs shown (slugs)"`
}

// Orientation is how a display hangs.
type Orientation string

// Values lists the fixed values.
func (Orientation) Values() []Value { return []Value{{"landscape", "横屏"}, {"portrait", "竖屏"}} }

// Page is anything else.
type Page struct {
	Head
	Title string     `key:"title 标题 名称 *" common:"true" zh:"标题" en:"title"`
	Nav   Nav        `key:"nav 导航" common:"true" zh:"true 放进导航；也可写数字定次序" en:"true puts it into the navigation; a number gives its place"`
	Video *Video     `key:"video 视频" zh:"一段视频：文件名或网址，或 文件、标题、封面、字幕" en:"a film: a file name or an address, or src, title, poster and captions"`
	Comic []ComicPic `key:"comic 漫画" zh:"漫画：图片按读的次序排" en:"a comic: pictures in reading order"`
	List  []Ref      `key:"list 书单" refers:"any" zh:"书单：按读的次序列出人物、文章、简报、展品、书……（如 heroes/guo-he）" en:"a reading list: people, chapters, briefs, exhibits, books … in reading order (such as heroes/guo-he)"`
}

// Nav is a page's place in the navigation: 0 none, 1 and up ordered.
type Nav int
