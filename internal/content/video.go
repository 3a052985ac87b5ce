package content

import "strings"

// Video is a film: a file beside the record, or a page of a platform, which is shown as a link
// and asked for nothing. A bare file name or address stands for it.
type Video struct {
	Src      File   `key:"src 文件 视频 网址 *" short:"true" zh:"视频的文件名：MP4、WebM；或者视频网站上那一页的网址（只放链接）" en:"file name of the film: MP4, WebM; or the address of its page on a platform, which is shown as a link"`
	Title    string `key:"title 标题" edition:"own" zh:"这段视频叫什么" en:"what the film is called"`
	Poster   File   `key:"poster 封面" zh:"没有播放时显示的图片" en:"file name of the picture shown before it plays"`
	Captions File   `key:"captions 字幕" zh:"字幕的文件名：.vtt 或 .srt" en:"file name of the captions: WebVTT or SubRip"`
}

// Link is the address of a film that lies elsewhere, "" for a file.
func (v *Video) Link() string {
	if strings.HasPrefix(v.Src.Path, "https://") || strings.HasPrefix(v.Src.Path, "http://") {
		return v.Src.Path
	}
	return ""
}

// ComicPic is one page of a comic.
type ComicPic struct {
	Src     File   `key:"src 文件 图片 *" zh:"图片的文件名" en:"file name of the picture"`
	Alt     string `key:"alt 替代文字 说明 *" zh:"这一页画了什么、写了什么，念给看不见的人听" en:"what it shows and says, for those who cannot see it"`
	Caption string `key:"caption 图注" edition:"own" zh:"图片下面的文字" en:"the words below it"`
}

// shownBy is where a record keeps its film and its comic; nil where its kind has none.
func shownBy(r Record) (film **Video, comic *[]ComicPic) {
	switch r := r.(type) {
	case *Hero:
		return &r.Video, &r.Comic
	case *Brief:
		return &r.Video, &r.Comic
	case *Exhibit:
		return &r.Video, &r.Comic
	case *Chapter:
		return &r.Video, &r.Comic
	case *Page:
		return &r.Video, &r.Comic
	}
	return nil, nil
}

// Shown are the films and the comic of a record.
func Shown(r Record) (films []Video, comic []ComicPic) {
	if s, ok := r.(*Screen); ok {
		return s.Films, nil
	}
	v, c := shownBy(r)
	switch {
	case v == nil:
		return nil, nil
	case *v == nil:
		return nil, *c
	}
	return []Video{**v}, *c
}

// DropRecordings takes out of a record what it says and plays: sound, and films that are
// files. A film that lies elsewhere stays, by its address and its title.
func DropRecordings(r Record) {
	switch r := r.(type) {
	case *Hero:
		r.Audio = nil
	case *Chapter:
		r.Audio = nil
	case *Venue:
		r.Audio = nil
	case *Exhibit:
		r.Audio = nil
	case *Screen:
		r.Films = nil
	}
	v, _ := shownBy(r)
	switch {
	case v == nil || *v == nil:
	case (*v).Link() == "":
		*v = nil
	default:
		*v = &Video{Src: (*v).Src, Title: (*v).Title}
	}
}
