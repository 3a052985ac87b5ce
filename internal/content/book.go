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
}

// BookEdition is one printing of a book.
type BookEdition struct {
	Number int       `key:"number 版 *" range:"1 1000" zh:"第几版" en:"which edition"`
	Date   date.Date `key:"date 日期" zh:"日期" en:"when"`
	Pieces int       `key:"pieces 篇数" range:"1 100000" zh:"收了几篇" en:"how many pieces"`
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
