package roll

import (
	"strings"

	"github.com/xuri/excelize/v2"

	"mingdeng/internal/importer/symbols"
)

// drawn finds what cells in fonts of symbols show. Most workbooks have none, and none of
// their cells is then asked.
type drawn struct {
	f      *excelize.File
	styles map[int]string  // a style of cells → its font of symbols
	mixed  map[string]bool // texts of which some characters stand in such a font
}

// drawings looks through what a workbook's cells share. Its sheets must have been read.
func drawings(f *excelize.File) drawn {
	d := drawn{f: f, styles: map[int]string{}, mixed: map[string]bool{}}
	if s := f.Styles; s != nil && s.Fonts != nil && s.CellXfs != nil {
		for i, xf := range s.CellXfs.Xf {
			if xf.FontID == nil || *xf.FontID < 0 || *xf.FontID >= len(s.Fonts.Font) {
				continue
			}
			if font := s.Fonts.Font[*xf.FontID]; font != nil && font.Name != nil && symbols.Font(*font.Name.Val) != "" {
				d.styles[i] = symbols.Font(*font.Name.Val)
			}
		}
	}
	if f.SharedStrings != nil {
		for i := range f.SharedStrings.SI {
			text, any := "", false
			for _, run := range f.SharedStrings.SI[i].R {
				if run.T == nil {
					any = false
					break // excelize panics at it
				}
				text += run.T.Val
				any = any || run.RPr != nil && run.RPr.RFont != nil && run.RPr.RFont.Val != nil && symbols.Font(*run.RPr.RFont.Val) != ""
			}
			if any {
				d.mixed[text] = true
			}
		}
	}
	return d
}

// cell writes what a cell shows.
func (d drawn) cell(sheet string, row, column int, v string) string {
	if v == "" || len(d.styles) == 0 && !d.mixed[v] {
		return v
	}
	at, err := excelize.CoordinatesToCellName(column+1, row+1)
	if err != nil {
		return v
	}
	own := ""
	if len(d.styles) > 0 {
		if style, err := d.f.GetCellStyle(sheet, at); err == nil {
			own = d.styles[style]
		}
	}
	if !d.mixed[v] {
		return symbols.Text(own, v)
	}
	runs, err := d.f.GetCellRichText(sheet, at)
	if err != nil || len(runs) == 0 {
		return symbols.Text(own, v)
	}
	var b strings.Builder
	for _, run := range runs {
		font := own
		if run.Font != nil && run.Font.Family != "" {
			font = symbols.Font(run.Font.Family)
		}
		b.WriteString(symbols.Text(font, run.Text))
	}
	return b.String()
}
