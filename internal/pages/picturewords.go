package pages

import (
	"errors"
	"fmt"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/picture"
)

// reason is why a picture cannot be used, and what to do about it, Chinese and English.
type reason struct{ zh, en, mendZh, mendEn string }

const (
	saveZh = "用看图软件打开，另存为 JPEG 或 PNG 再试"
	saveEn = "open it in a picture viewer, save it as JPEG or PNG and try again"
)

// seen are what files are that are no pictures here, by what package picture calls them.
var seen = map[string]reason{
	"HEIC": {"是 HEIC（iPhone 的照片格式），浏览器大多打不开", "it is HEIC, the format of iPhones, which most browsers cannot show",
		"用看图软件打开，另存为 JPEG。以后想直接拍成 JPEG，iPhone：设置 › 相机 › 格式 › 兼容性最佳",
		"open it in a picture viewer and save it as JPEG; on an iPhone, Settings › Camera › Formats › Most Compatible makes new photographs JPEG"},
	"AVIF": {"是 AVIF，旧手机打不开", "it is AVIF, which older phones cannot show", saveZh, saveEn},
	"MP4 video": {"是一段视频，不是图片", "it is a film, not a picture", "从视频里截一张图，存成 JPEG；视频本身用链接放在文章里",
		"take a still from it and save that as JPEG; link the film from the text"},
	"recording":                           {"是一段录音，不是图片", "it is a recording, not a picture", "换成图片；要放录音，写在文件头的“音频”里，或写成链接 [听录音](文件名)", "put a picture there; a recording stands in the head (audio), or is a link [listen](file)"},
	"empty file":                          {"文件是空的（0 字节）", "the file is empty", "多半没有拷完：从原来的地方再拷一次", "it was not copied to its end: copy it again from where it came"},
	"TIFF":                                {"是 TIFF（扫描件、印刷用的格式），浏览器打不开", "it is TIFF, which browsers cannot show", saveZh, saveEn},
	"BMP":                                 {"是 BMP，又大又旧的格式", "it is BMP, an old and large format", saveZh, saveEn},
	"Photoshop file":                      {"是 Photoshop 的源文件", "it is a Photoshop file", "在 Photoshop 里“存储为副本”，选 JPEG 或 PNG", "in Photoshop, save a copy as JPEG or PNG"},
	"PDF":                                 {"是 PDF，不是图片", "it is a PDF, not a picture", "在 PDF 软件里把那一页导出成图片；要给人下载的话，写成链接 [名称](文件.pdf)", "export that page as a picture; to offer it for download, write a link [name](file.pdf)"},
	"ZIP or office file":                  {"是压缩包或 Office 文档，不是图片", "it is an archive or an office document, not a picture", "解压，或在 Word、WPS 里右击图片“另存为图片”", "unpack it, or save the picture out of the document"},
	"old office file":                     {"是 Office 文档，不是图片", "it is an office document, not a picture", "在 Word、WPS 里右击图片“另存为图片”", "save the picture out of the document"},
	"icon file":                           {"是图标文件", "it is an icon file", saveZh, saveEn},
	"JPEG XL":                             {"是 JPEG XL，浏览器大多打不开", "it is JPEG XL, which most browsers cannot show", saveZh, saveEn},
	"UTF-16 text":                         {"是文字，不是图片", "it is text, not a picture", "看看是不是拿错了文件", "look whether it is the file that was meant"},
	"HTML page":                           {"是网页，不是图片：多半是下载时存下了提示页", "it is a web page, not a picture: probably a notice that was saved in its place", "回到原来的网页，右击图片“图片另存为”，再放一次", "go back to the page it came from, save the picture itself, and put it here again"},
	"a lossless or arithmetic-coded JPEG": {"是少见的 JPEG（无损或算术编码），浏览器打不开", "it is a rare kind of JPEG (lossless or arithmetic-coded) that browsers cannot show", saveZh, saveEn},
}

// drawings are the reasons against a drawing, by the words that begin them.
var drawings = []struct{ begins, zh, mendZh, mendEn string }{
	{"all it shows is", "整张图就是一张嵌进去的图片或网页", "把里面那张图另存为 PNG 或 JPEG，直接用它", "save the picture within it as PNG or JPEG and use that"},
	{"there is no <svg>", "里面没有图（没有 <svg>）", "用画图软件打开，重新导出 SVG，或存成 PNG", "open it in a drawing program and export it again, or save it as PNG"},
	{"more than", "图形太多", "在画图软件里简化，或存成 PNG", "simplify it in a drawing program, or save it as PNG"},
	{"repeated by", "图形重复得太多，手机画不动", "在画图软件里简化，或存成 PNG", "simplify it in a drawing program, or save it as PNG"},
	{"too many style rules", "样式规则太多", "存成 PNG", "save it as PNG"},
	{"elements nested", "图形套得太深", "在画图软件里“取消编组”，或存成 PNG", "ungroup it in a drawing program, or save it as PNG"},
	{"a part of the drawing contains itself", "图里有一部分套着它自己", "存成 PNG", "save it as PNG"},
	{"references lead on", "图里的引用没有尽头", "存成 PNG", "save it as PNG"},
	{"its entities", "里面的实体太多或太长", "在画图软件里导出为“普通 SVG”", "export it as plain SVG"},
	{"invalid character entity", "里面有没说明的实体", "在画图软件里导出为“普通 SVG”", "export it as plain SVG"},
	{"invalid UTF-8", "文字编码认不出来", "用编辑器打开，存成 UTF-8", "open it in an editor and save it as UTF-8"},
}

// reasonOf puts an error about the content of a picture into words.
func reasonOf(err error) reason {
	var large picture.ErrTooLarge
	var format picture.FormatError
	var syntax picture.SyntaxError
	switch {
	case errors.As(err, &large) && large.Bytes > 0:
		mb := func(n int64) int64 { return (n + 1<<20 - 1) >> 20 }
		return reason{fmt.Sprintf("文件太大了：%d MB，最多 %d MB", mb(large.Bytes), mb(large.Limit)),
			fmt.Sprintf("its file is too large: %d MB of %d at most", mb(large.Bytes), mb(large.Limit)),
			"用看图软件缩小，另存为 JPEG", "make it smaller in a picture viewer and save it as JPEG"}
	case errors.As(err, &large) && large.Memory > 0:
		return reason{fmt.Sprintf("%d×%d 像素，解开它要 %.1f GB 内存，最多 1 GB", large.Width, large.Height, float64(large.Memory)/(1<<30)),
			fmt.Sprintf("it is %d×%d px, and decoding it takes %.1f GB of memory of 1 at most", large.Width, large.Height, float64(large.Memory)/(1<<30)),
			"用看图软件缩小到一半，另存为 JPEG（不要选“渐进式”）", "make it half as large in a picture viewer and save it as a JPEG that is not progressive"}
	case errors.As(err, &large):
		return reason{fmt.Sprintf("%d×%d 像素，太长了：一边最多 %d 像素", large.Width, large.Height, large.Limit),
			fmt.Sprintf("it is %d×%d px: a side may have %d px", large.Width, large.Height, large.Limit),
			"截成几张，或者缩小", "cut it into several pictures, or make it smaller"}
	case errors.As(err, &format):
		if r, ok := seen[format.Seen]; ok {
			return r
		}
		if format.Seen == "" {
			return reason{"不是能读的图片格式", "it is no picture of a known format", saveZh, saveEn}
		}
		return reason{"看起来是 " + format.Seen + "，不是能读的图片格式", "it looks like " + format.Seen, saveZh, saveEn}
	case errors.As(err, new(picture.EffortError)):
		return reason{"图形太多，或者太大、重叠太多层，画不出来", picture.EffortError{}.Error(), "在画图软件里简化，或存成 PNG", "simplify it in a drawing program, or save it as PNG"}
	case errors.As(err, &syntax):
		zh := fmt.Sprintf("第 %d 行第 %d 列写坏了（%s）", syntax.Line, syntax.Col, syntax.Msg)
		r := reason{zh, fmt.Sprintf("line %d, column %d: %s", syntax.Line, syntax.Col, syntax.Msg), "用画图软件打开，重新导出 SVG，或存成 PNG", "open it in a drawing program and export it again, or save it as PNG"}
		for _, d := range drawings {
			if strings.HasPrefix(syntax.Msg, d.begins) {
				r.zh, r.mendZh, r.mendEn = fmt.Sprintf("%s（第 %d 行）", d.zh, syntax.Line), d.mendZh, d.mendEn
				break
			}
		}
		return r
	case errors.Is(err, picture.ErrCutOff):
		return reason{"文件不完整，后面缺了一截：多半是没传完、没拷完", "the file is cut off: it was not copied or sent to its end",
			"从原来的地方（手机、相机、微信里的原图）再拷一次", "copy it again from where it came"}
	case errors.Is(err, picture.ErrBroken):
		return reason{"文件坏了，里面的图解不开", "the file is damaged", "从原来的地方再拷一次；只有这一份的话，用看图软件打开，另存为 JPEG", "copy it again from where it came; if this is the only copy, open it in a picture viewer and save it as JPEG"}
	}
	return reason{"读不出来（" + err.Error() + "）", err.Error(), "看看别的程序是不是正占着这个文件，再试一次", "look whether another program is using the file, and try again"}
}

// BadPicture is the finding of a picture that cannot be made into what pages need.
func BadPicture(path string, pos diag.Pos, name string, err error) diag.Finding {
	r := reasonOf(err)
	return diag.BadPicture.At(path, pos, name, r.zh, r.en, r.mendZh, r.mendEn)
}

// dropped are what a drawing loses.
var dropped = map[string]reason{
	"image": {"里面的一张图片（在别处，或读不出来）", "a picture within it (it lies elsewhere, or cannot be read)",
		"在画图软件里把图片“嵌入”再导出，或整张存成 PNG", "embed the picture in the drawing program and export it again, or save the whole as PNG"},
	"foreignObject": {"嵌在里面的网页文字", "words that are a web page within it",
		"在画图软件里把文字改成普通文字（draw.io：取消“格式化文本”、“自动换行”），或存成 PNG", "make them plain text (draw.io: no formatted text, no word wrap), or save it as PNG"},
	"animation": {"动画，只留一开始的样子", "its animation; it is shown as it begins", "要动的话，放视频的链接", "link a film if it has to move"},
	"rule":      {"一条样式：{}", "a style rule: {}", "在画图软件里导出时选“样式写成属性”，或存成 PNG", "export it with styles as attributes, or save it as PNG"},
}

// pictureNotes are the findings of what pictures lose that are published all the same.
func pictureNotes(h *content.Head, pos diag.Pos, name string, notes []picture.Note) (list []diag.Finding) {
	for _, n := range notes {
		r, line := reason{}, ""
		switch n.Kind {
		case picture.NoteStill:
			r = reason{"它是动图，只发布第一帧", "it is an animation, of which the first frame is published", "第一帧能说明问题就不用改；不能，就截一张合适的", "if the first frame will not do, save a better one"}
		case picture.NoteColours:
			r = reason{"颜色：它的颜色配置（" + n.What + "）换算不了，网上看会有点不同", "its colours: the profile (" + n.What + ") cannot be converted, and they may look a little different",
				"在看图软件里转成 sRGB 再存一次", "convert it to sRGB and save it again"}
		default:
			r, line = dropped[n.What], itoa(n.Line)
			r.zh, r.en = strings.ReplaceAll(r.zh, "{}", n.Words), strings.ReplaceAll(r.en, "{}", n.Words)
		}
		list = append(list, diag.PictureLoses.At(h.Path, pos, name, r.zh, r.en, line, r.mendZh, r.mendEn))
	}
	return list
}
