package content

import "mingdeng/internal/date"

// Brief is a news brief (简报).
type Brief struct {
	Head
	Title       string       `key:"title 标题 名称 *" common:"true" zh:"标题" en:"title"`
	Date        date.Date    `key:"date 日期 *" common:"true" zh:"哪一天的事" en:"date"`
	Number      int          `key:"number 期号" common:"true" range:"1 100000" zh:"第几期" en:"issue number"`
	Category    Category     `key:"category 栏目" common:"true" zh:"栏目" en:"category"`
	Byline      []string     `key:"byline 作者" edition:"name" zh:"作者" en:"authors"`
	Heroes      []Ref        `key:"heroes 英雄" refers:"hero" common:"true" zh:"写到的英雄（网址名）" en:"heroes it tells of (slugs)"`
	Venues      []Ref        `key:"venues 阵地" refers:"venue" common:"true" zh:"写到的阵地（网址名）" en:"venues it tells of (slugs)"`
	Units       []Ref        `key:"units 单位" refers:"unit" zh:"写到的单位（网址名）" en:"units it tells of (slugs)"`
	Event       *Event       `key:"event 活动" zh:"活动的时间地点" en:"when and where it took place"`
	ReprintedBy []Reprint    `key:"reprinted_by 转载" zh:"哪些媒体转载过" en:"who reprinted it"`
	Gallery     []GalleryPic `key:"gallery 图集" common:"true" zh:"图片" en:"pictures"`
	Video       *Video       `key:"video 视频" zh:"一段视频：文件名或网址，或 文件、标题、封面、字幕" en:"a film: a file name or an address, or src, title, poster and captions"`
	Comic       []ComicPic   `key:"comic 漫画" zh:"漫画：图片按读的次序排" en:"a comic: pictures in reading order"`
}

// Event is when and where something took place.
type Event struct {
	Start date.Moment `key:"start 开始" zh:"开始的日子，可以加钟点：2026-03-05 09:30；日历里用它" en:"first day, with a time of day where it is known (2026-03-05 09:30); for calendars"`
	End   date.Moment `key:"end 结束" zh:"结束的日子，可以加钟点" en:"last day, with a time of day where it is known"`
	Place string      `key:"place 地点" zh:"地点" en:"place"`
}

// Reprint is one outlet that took a brief over.
type Reprint struct {
	Outlet string    `key:"outlet 媒体 *" short:"true" zh:"媒体" en:"the outlet"`
	Date   date.Date `key:"date 日期" zh:"日期" en:"when"`
	URL    URL       `key:"url 网址" zh:"网址" en:"its address"`
}

// GalleryPic is one picture of a gallery.
type GalleryPic struct {
	Src     File   `key:"src 文件 图片 *" zh:"图片的文件名" en:"file name of the picture"`
	Alt     string `key:"alt 替代文字 说明 *" zh:"画面上有什么，念给看不见的人听" en:"what it shows, for those who cannot see it"`
	Caption string `key:"caption 图注" edition:"own" zh:"图片下面的文字" en:"the words below it"`
}

// Category sorts briefs.
type Category string

// Values lists the fixed values.
func (Category) Values() []Value {
	return []Value{
		{"commendation", "表彰"}, {"campaign", "宣传活动"}, {"training", "培训"}, {"visit", "走访慰问"}, {"venue", "阵地建设"},
		{"fundraising", "募捐"}, {"care", "优抚"}, {"notice", "通知"}, {"other", "其他"},
	}
}
