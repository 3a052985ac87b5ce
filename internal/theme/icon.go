package theme

import (
	"bytes"
	"errors"

	"mingdeng/internal/diag"
	"mingdeng/internal/picture"
)

// iconName is the picture that is the site's icon. It alone is drawn as pixels too, for
// home screens, so that a drawing that cannot be is told before anything is made.
const iconName = "icon.svg"

// longIcon is how many times as long as wide an icon may be: icons are cut square, and
// of a longer one a small part would be left, much enlarged.
const longIcon = 4

// icon draws the icon, small: whether it can be drawn does not depend on the size.
func (a *assets) icon(full string, svg []byte) {
	fault := func(pos diag.Pos, zh, en string) {
		a.found = append(a.found, diag.ThemeIcon.At(full, pos, zh, en))
	}
	m, err := picture.Inspect(bytes.NewReader(svg), int64(len(svg)))
	if err == nil && m.Format != picture.SVG {
		err = picture.FormatError{Seen: string(m.Format)}
	}
	if err == nil && max(m.Width, m.Height) > longIcon*min(m.Width, m.Height) {
		fault(diag.Pos{}, "太长了，图标要是方的", "it is too long: icons are square")
		return
	}
	if err == nil {
		_, err = picture.Draw(svg, 32)
	}
	var format picture.FormatError
	var large picture.ErrTooLarge
	var syntax picture.SyntaxError
	switch {
	case err == nil:
	case errors.As(err, &format) && format.Seen != "":
		fault(diag.Pos{}, "不是 SVG，看起来是 "+format.Seen, "it is no SVG but looks like "+format.Seen)
	case errors.As(err, &format):
		fault(diag.Pos{}, "不是 SVG", "it is no SVG")
	case errors.As(err, &large):
		fault(diag.Pos{}, "文件太大了（最多 8 MB）", "the file is too large (at most 8 MB)")
	case errors.As(err, &syntax):
		fault(diag.Pos{Line: syntax.Line, Col: syntax.Col}, "SVG 写错了（"+syntax.Msg+"）", syntax.Msg)
	default:
		fault(diag.Pos{}, "文件已损坏（"+err.Error()+"）", err.Error())
	}
}
