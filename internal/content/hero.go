package content

import "mingdeng/internal/date"

// Hero is a person honoured for a brave deed, or a group honoured together.
type Hero struct {
	Head
	Name        string      `key:"name 姓名 标题 名称 *" common:"true" zh:"姓名，按本人证件上的字" en:"the name, as the person writes it"`
	Also        []string    `key:"also 别名" edition:"name" zh:"曾用名、绰号" en:"other names"`
	Pinyin      string      `key:"pinyin 拼音" edition:"same" zh:"拼音，如 Shàn Xióngxìn；多音姓请写上" en:"the reading, such as Shàn Xióngxìn"`
	NameHant    string      `key:"name_hant 繁体姓名" edition:"same" zh:"繁体版里的姓名" en:"the name in Traditional characters"`
	HeroKind    HeroKind    `key:"kind 类别" common:"true" zh:"个人，或一起受表彰的群体" en:"a person, or a group honoured together"`
	Members     []Ref       `key:"members 成员" refers:"hero" zh:"群体的成员：网址名或姓名" en:"members of a group: slugs or names"`
	Status      Status      `key:"status 状况" common:"true" zh:"健在、牺牲、伤残或已故" en:"living, fallen, disabled or deceased"`
	Gender      Gender      `key:"gender 性别" zh:"男或女" en:"male or female"`
	BirthYear   int         `key:"birth_year 出生年" range:"1800 2100" zh:"出生年份" en:"year of birth"`
	Occupation  string      `key:"occupation 职业" common:"true" edition:"own" zh:"当时的职业" en:"occupation at the time"`
	NativePlace string      `key:"native_place 籍贯" zh:"籍贯" en:"where the family comes from"`
	Region      Region      `key:"region 地区 *" common:"true" zh:"事迹发生地：省/市/县，知道多细写多细" en:"where it happened: province/city/county, as deep as known"`
	Deed        *Deed       `key:"deed 事迹" common:"true" zh:"事迹" en:"the deed"`
	Honors      []HonorHeld `key:"honors 荣誉" common:"true" zh:"获得的荣誉" en:"honours held"`
	Confirmed   *Confirmed  `key:"confirmed 确认" zh:"由谁、何时确认为见义勇为" en:"who confirmed it, and when"`
	Martyr      *Martyr     `key:"martyr 烈士" zh:"烈士：须写明评定机关和文号" en:"martyr, with who granted it and under what number"`
	Portrait    *Portrait   `key:"portrait 肖像" common:"true" zh:"肖像" en:"portrait"`
	Words       string      `key:"words 原话" edition:"own" zh:"本人说过的一句话，一字不改；没有就不写，不替人编" en:"one sentence that they said, word for word; none is made up for them"`
	Audio       *Audio      `key:"audio 音频" zh:"有人朗读或讲述的录音：文件名，或 文件、标题、朗读、文字稿" en:"a recording of a voice: a file name, or src, title, speaker and transcript"`
	Video       *Video      `key:"video 视频" zh:"一段视频：文件名或网址，或 文件、标题、封面、字幕" en:"a film: a file name or an address, or src, title, poster and captions"`
	Comic       []ComicPic  `key:"comic 漫画" zh:"漫画：图片按读的次序排" en:"a comic: pictures in reading order"`
	Consent     *Consent    `key:"consent 授权 *" common:"true" edition:"same" zh:"本人（或近亲属、监护人）的书面同意" en:"consent of the person, next of kin or guardian"`
}

// Deed is what a hero did.
type Deed struct {
	Date    date.Date `key:"date 日期" zh:"哪一天（可以只写年或年月）" en:"the day, month or year"`
	Place   string    `key:"place 地点" zh:"在哪里" en:"where"`
	Type    DeedType  `key:"type 类型" zh:"哪一类" en:"of which type"`
	Summary string    `key:"summary 摘要" edition:"own" zh:"一句话说清楚做了什么" en:"what was done, in one sentence"`
}

// HonorHeld is one honour of a hero: free words, or a session of an [Honor].
type HonorHeld struct {
	Title   string `key:"title 称号" zh:"称号" en:"the title"`
	Honor   Ref    `key:"honor 奖项" refers:"honor" zh:"荣誉的网址名（代替称号）" en:"slug of an honour, in place of a title"`
	Session string `key:"session 届次" zh:"第几届" en:"which session"`
	Level   Level  `key:"level 级别" zh:"级别" en:"level"`
	Year    int    `key:"year 年份" range:"1900 2100" zh:"哪一年" en:"the year"`
	By      string `key:"by 授予单位 颁发单位 颁发机关 颁发" zh:"谁授予的" en:"granted by"`
}

// Confirmed says who confirmed the deed.
type Confirmed struct {
	By       string    `key:"by 单位 确认单位" zh:"确认的机关" en:"by whom"`
	Date     date.Date `key:"date 日期" zh:"日期" en:"when"`
	Document string    `key:"document 文号" zh:"文号" en:"document number"`
}

// Martyr is a formal status (《烈士褒扬条例》): never without who granted it and
// under what number.
type Martyr struct {
	By       string `key:"by 评定机关 单位 *" zh:"评定机关" en:"granted by"`
	Document string `key:"document 文号 *" zh:"文号" en:"document number"`
}

// Portrait is a picture of the person.
type Portrait struct {
	Src    File   `key:"src 文件 图片 *" zh:"图片的文件名" en:"file name of the picture"`
	Alt    string `key:"alt 替代文字 说明 *" zh:"画面上有什么，念给看不见的人听" en:"what it shows, for those who cannot see it"`
	Credit string `key:"credit 作者 图片来源" edition:"name" zh:"谁拍的、谁画的" en:"who made it"`
}

// Consent says whether a person may be published (PIPL articles 13, 25, 27 to 31,
// 47, 49). The zero Consent publishes nothing.
type Consent struct {
	Publish  bool      `key:"publish 公开 *" zh:"true 表示同意公开" en:"true allows publication"`
	Portrait bool      `key:"portrait 肖像" zh:"true 表示同意公开肖像" en:"true allows the portrait"`
	Until    date.Date `key:"until 至" gate:"true" zh:"同意到哪一天为止" en:"the last day of the consent"`
	Minor    bool      `key:"minor 未成年" zh:"true 表示未成年人" en:"true for a minor"`
	Guardian bool      `key:"guardian 监护人同意" zh:"true 表示监护人已书面同意" en:"true if the guardian consents"`
}

// HeroKind tells a person from a group.
type HeroKind string

// The kinds of heroes.
const (
	Person HeroKind = "person"
	Group  HeroKind = "group"
)

// Values lists the fixed values.
func (HeroKind) Values() []Value { return []Value{{"person", "个人"}, {"group", "群体"}} }

// Status is what became of the hero.
type Status string

// The states of a hero.
const (
	Living   Status = "living"
	Fallen   Status = "fallen"
	Disabled Status = "disabled"
	Deceased Status = "deceased"
)

// Values lists the fixed values.
func (Status) Values() []Value {
	return []Value{{"living", "健在"}, {"fallen", "牺牲"}, {"disabled", "伤残"}, {"deceased", "已故"}}
}

// Gender is male or female.
type Gender string

// Values lists the fixed values.
func (Gender) Values() []Value { return []Value{{"male", "男"}, {"female", "女"}} }

// DeedType sorts deeds.
type DeedType string

// Values lists the fixed values.
func (DeedType) Values() []Value {
	return []Value{
		{"water-rescue", "水中救人"}, {"fire-rescue", "火中救人"}, {"crime-stopping", "制止犯罪"},
		{"traffic-rescue", "交通救援"}, {"disaster-relief", "抢险救灾"}, {"medical-aid", "急救伤病"}, {"other", "其他"},
	}
}

// Level is the rank of an honour.
type Level string

// Values lists the fixed values, the highest first.
func (Level) Values() []Value {
	return []Value{{"national", "国家级"}, {"province", "省级"}, {"city", "市级"}, {"county", "县级"}}
}

// Region is a place as a path: 省/市/县.
type Region []string
