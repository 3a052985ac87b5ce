package pages

import (
	"errors"
	"strings"

	"mingdeng/internal/attachment"
	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/media"
)

// naming is the head of the file in which f stands: of a record in another edition mostly
// not that edition's own file.
func naming(h *content.Head, f content.File) *content.Head {
	if h.Edition == "" || f.Own {
		return h
	}
	return &content.Head{Path: strings.TrimSuffix(h.Path, "."+h.Edition+".md") + ".md"}
}

// recordingFinding puts an error about a recording that is to be played into words.
func recordingFinding(h *content.Head, pos diag.Pos, name string, err error) diag.Finding {
	var missing *media.NotFoundError
	switch {
	case errors.As(err, &missing):
		return diag.MissingRecording.At(h.Path, pos, name, missing.Near)
	case errors.Is(err, media.ErrOutside):
		return diag.LeadsOutside.At(h.Path, pos, name)
	}
	w := fault(err, seenAs{"录音", "a recording"})
	if w.help == (diag.Text{}) {
		w.help = diag.Text{
			Zh: "用录音或导出音频的软件另存为 MP3 或 M4A，再换上那个文件；能用的是 MP3、M4A、AAC、Ogg、Opus、FLAC、WAV",
			En: "save it as MP3 or M4A with a program for recordings and use that file; MP3, M4A, AAC, Ogg, Opus, FLAC and WAV can be played",
		}
	}
	return diag.BadRecording.At(h.Path, pos, name, w.what.Zh, w.what.En, w.help.Zh, w.help.En)
}

// filmFinding puts an error about a film that is to be shown into words.
func filmFinding(h *content.Head, f content.File, err error) diag.Finding {
	var missing *media.NotFoundError
	switch {
	case errors.As(err, &missing):
		return diag.MissingFilm.At(h.Path, f.Pos, f.Path, missing.Near)
	case errors.Is(err, media.ErrOutside):
		return diag.LeadsOutside.At(h.Path, f.Pos, f.Path)
	}
	w := fault(err, seenAs{"视频", "a film"})
	if w.help == (diag.Text{}) {
		w.help = diag.Text{
			Zh: "用剪辑软件另存为 MP4（H.264）或 WebM，再换上那个文件",
			En: "save it as MP4 (H.264) or WebM with a program that cuts films and use that file",
		}
	}
	return diag.BadFilm.At(h.Path, f.Pos, f.Path, w.what.Zh, w.what.En, w.help.Zh, w.help.En)
}

// fileFinding puts an error about a file that is offered to take away into words.
func fileFinding(h *content.Head, pos diag.Pos, name string, err error) diag.Finding {
	if errors.Is(err, media.ErrOutside) {
		return diag.LeadsOutside.At(h.Path, pos, name)
	}
	w := fault(err, seenAs{})
	if w.help == (diag.Text{}) {
		list := strings.Join(attachment.Endings(), " ")
		w.help = diag.Text{
			Zh: "用做这个文件的程序重新存一份；能给人下载的文件后缀：" + list,
			En: "save it anew with the program it was made with; names of files to take away end in: " + list,
		}
	}
	return diag.BadFile.At(h.Path, pos, name, w.what.Zh, w.what.En, w.help.Zh, w.help.En)
}

// seenAs is what a file is used as.
type seenAs struct{ zh, en string }

// faultWords are what is wrong with a file, and how to mend it where that is particular.
type faultWords struct{ what, help diag.Text }

// fault puts what is wrong with a file's content into words.
func fault(err error, as seenAs) faultWords {
	say := func(zh, en string) faultWords { return faultWords{what: diag.Text{Zh: zh, En: en}} }
	help := func(w faultWords, zh, en string) faultWords {
		w.help = diag.Text{Zh: zh, En: en}
		return w
	}
	not := func(w faultWords) faultWords { // and what it should have been
		if as != (seenAs{}) {
			w.what.Zh += "，不是" + as.zh
			w.what.En += ", not " + as.en
		} else {
			w.what.Zh += "，和文件名的后缀不符"
			w.what.En += ", which is not what its name says"
		}
		return w
	}
	var other *media.MismatchError
	var bad *attachment.Error
	switch {
	case errors.Is(err, media.ErrKind):
		if as != (seenAs{}) {
			return say("这个后缀的文件不能当"+as.zh, "files with this ending are not used as "+as.en)
		}
		return say("这类文件不发布", "files of this kind are not published")
	case errors.As(err, &other) && other.Silent:
		return help(say("里面没有声音", "there is no sound in it"), "换上有声音的文件", "use a file that has sound")
	case errors.As(err, &other) && other.Still:
		return help(say("里面没有画面", "there are no moving pictures in it"), "换上有画面的 MP4 或 WebM；只有声音的写在 音频 里", "use an MP4 or WebM that has moving pictures; what has sound alone belongs under audio")
	case errors.As(err, &other):
		kind := kindWords[other.Kind]
		return not(say("内容是"+kind.Zh, "its content is "+kind.En))
	case !errors.As(err, &bad):
		return say("读不了（"+err.Error()+"）", "it cannot be read: "+err.Error())
	}
	switch bad.Reason {
	case attachment.Empty:
		return help(say("文件是空的（0 字节）", "it is empty (0 bytes)"), "可能没有复制完，重新复制一次", "it may not have been copied whole: copy it again")
	case attachment.Broken:
		return help(say("文件已损坏或不完整", "it is damaged or not whole"), "先打开看看；打得开就另存一份，打不开就重新复制一次", "open it: if that works save it anew, else copy it again")
	case attachment.Encrypted:
		return help(say("文件有密码或限制，里面有什么看不到", "it is protected by a password, and cannot be looked into"), "去掉密码和限制再放进来", "take its password and restrictions away")
	case attachment.TooLarge:
		return help(say("文件太大", "it is too large"), "压缩或拆开；录音和视频最多 1 GB，其他文件最多 128 MB", "make it smaller or split it: recordings may have 1 GB, other files 128 MB")
	case attachment.Unclean:
		return help(say("里面有拿不掉的信息（可能有地点、设备、人名）", "it holds information that cannot be taken out and may name places, devices or people"),
			"用别的程序另存一份（录音存为 MP3，PDF 用“打印到 PDF”）", "save it anew with another program: recordings as MP3, PDF by printing to PDF")
	case attachment.Foreign:
		what := say("里面的“"+bad.Name+"”不能发布", "the file \""+bad.Name+"\" within it cannot be published")
		if bad.Name == "" {
			what = say("里面附着别的文件", "other files are attached to it")
		}
		if bad.Seen.Zh != "" {
			what.what.Zh += "（" + bad.Seen.Zh + "）"
			what.what.En += " (" + bad.Seen.En + ")"
		}
		return help(what, "拿掉它再存一份；图片先另存为 JPEG 或 PNG", "take it out and save the file anew; save pictures as JPEG or PNG first")
	}
	if bad.Seen.Zh != "" {
		return not(say("内容是"+bad.Seen.Zh, "its content is "+bad.Seen.En))
	}
	return not(say("内容认不出来", "its content is not known"))
}

// kindWords name the kinds of files that are published.
var kindWords = map[attachment.Kind]diag.Text{
	attachment.MP3: {Zh: "MP3 录音", En: "an MP3 recording"}, attachment.AAC: {Zh: "AAC 录音", En: "an AAC recording"},
	attachment.M4A: {Zh: "M4A 录音", En: "an M4A recording"}, attachment.MP4: {Zh: "MP4 视频", En: "an MP4 video"},
	attachment.Ogg: {Zh: "Ogg 录音", En: "an Ogg recording"}, attachment.Opus: {Zh: "Opus 录音", En: "an Opus recording"},
	attachment.FLAC: {Zh: "FLAC 录音", En: "a FLAC recording"}, attachment.WAV: {Zh: "WAV 录音", En: "a WAV recording"},
	attachment.WebM: {Zh: "WebM 视频", En: "a WebM video"},
	attachment.DOC:  {Zh: "Word 文件", En: "a Word document"}, attachment.DOCX: {Zh: "Word 文件", En: "a Word document"},
	attachment.XLS: {Zh: "Excel 文件", En: "an Excel workbook"}, attachment.XLSX: {Zh: "Excel 文件", En: "an Excel workbook"},
	attachment.PPT: {Zh: "PowerPoint 文件", En: "a PowerPoint presentation"}, attachment.PPTX: {Zh: "PowerPoint 文件", En: "a PowerPoint presentation"},
	attachment.PDF: {Zh: "PDF", En: "a PDF"}, attachment.ZIP: {Zh: "ZIP 压缩包", En: "a ZIP archive"},
	attachment.Text: {Zh: "文字", En: "a text"}, attachment.OLE: {Zh: "旧版 Office 的文件", En: "a file of an old Office program"},
}
