package content

import "mingdeng/internal/date"

// Book is an anthology; its chapters lie in its folder.
type Book struct {
	Head
	Title     string        `key:"title 书名 标题 名称 *" common:"true" zh:"书名，不带书名号" en:"title"`
	Subtitle  string        `key:"subtitle 副题" common:"true" edition:"own" zh:"副题" en:"subtitle"`
	Editors   []string      `key:"editors 编者" common:"true" edition:"name" zh:"编者" en:"editors"`
	Publisher string        `key:"publisher 出版" zh:"出版或印发单位" en:"publisher"`
	Editions  []BookEdition `key:"editions 版次" common:"true" zh:"各版" en:"its editions"`
	Parts     []BookPart    `key:"parts 各辑 分辑" zh:"各辑扉页上的图和话；一辑收哪几篇，由各篇的“辑”说" en:"picture and words on the page of each part; which pieces it holds, they say themselves"`

	// What a copyright page has to tell. Of 内部资料 (printed matter for a circle of readers)
	// 内部资料性出版物管理办法 (2015) §14 asks for the permit, the printer, who it is sent to,
	// and the day and number of copies of each printing.
	PressNumber string `key:"press_number 准印证号 准印号 内部准印证号" edition:"same" zh:"内部资料的准印证编号，照证上的写；写了，版权页上就注明“内部资料，免费交流”" en:"the permit of what is printed for internal use, as it stands there"`
	ISBN        string `key:"isbn 书号 ISBN 国际标准书号" edition:"same" zh:"正式出版的书号" en:"ISBN"`
	Printer     string `key:"printer 印刷 印刷单位 承印 承印单位" zh:"印刷单位" en:"who printed it"`
	Audience    string `key:"audience 发送对象" zh:"发给谁，如 本市各成员单位" en:"whom it is sent to"`
}

// BookPart says more of a part than the chapters that name it.
type BookPart struct {
	Name    string `key:"name 名称 辑 辑名 *" zh:"辑名，和各篇的“辑”一字不差" en:"the part's name, as its chapters write it"`
	Picture *Cover `key:"picture 题图 图片 插图" zh:"这一辑扉页上的图：文件名，或 文件、替代文字、作者" en:"the picture on its page: a file name, or src, alt and credit"`
	Words   string `key:"words 题记" edition:"own" zh:"扉页上的一两句话" en:"a sentence or two on its page"`
}

// BookEdition is one printing of a book.
type BookEdition struct {
	Number int       `key:"number 版 *" range:"1 1000" zh:"第几版" en:"which edition"`
	Date   date.Date `key:"date 日期" zh:"日期" en:"when"`
	Pieces int       `key:"pieces 篇数" range:"1 100000" zh:"收了几篇" en:"how many pieces"`
	Copies int       `key:"copies 印数" range:"1 100000000" zh:"印了多少册" en:"how many copies"`
}

// Chapter is one piece of a book. Its order is that of the file names unless
// given.
type Chapter struct {
	Head
	Title        string     `key:"title 标题 名称 *" common:"true" zh:"标题" en:"title"`
	Authors      []string   `key:"authors 作者" common:"true" edition:"name" zh:"作者" en:"authors"`
	Part         string     `key:"part 辑" common:"true" zh:"属于哪一辑" en:"the part it belongs to"`
	Heroes       []Ref      `key:"heroes 英雄" refers:"hero" common:"true" zh:"写到的英雄（网址名）" en:"heroes it tells of (slugs)"`
	Audio        *Audio     `key:"audio 音频" zh:"有人朗读这一篇的录音：文件名，或 文件、标题、朗读、文字稿" en:"a recording of somebody reading it: a file name, or src, title, speaker and transcript"`
	Video        *Video     `key:"video 视频" zh:"一段视频：文件名或网址，或 文件、标题、封面、字幕" en:"a film: a file name or an address, or src, title, poster and captions"`
	Comic        []ComicPic `key:"comic 漫画" zh:"漫画：图片按读的次序排" en:"a comic: pictures in reading order"`
	SinceEdition int        `key:"since_edition 收录版次" range:"1 1000" zh:"从第几版起收录" en:"the first edition it stands in"`
	Order        int        `key:"order 次序" range:"0 100000" zh:"排第几；不写就按文件名" en:"its place; by file name if not given"`
}
