package importer

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mingdeng/internal/content"
	"mingdeng/internal/han"
	"mingdeng/internal/importer/report"
	"mingdeng/internal/importer/rich"
	"mingdeng/internal/importer/roll"
)

// fewWords is how much a text may say beside its tables and still be nothing but a roll.
const fewWords = 120

// rolls are the tables of a text that tell of people, with the blocks they come from.
func rolls(d *rich.Document) (tables []roll.Table, at []int, sorts []roll.Sort) {
	var above []string
	for i, b := range d.Blocks {
		if b.Kind != rich.Table {
			if w := strings.Join(strings.Fields(rich.Words(b.Text)), ""); w != "" && utf8.RuneCountInString(w) <= 60 {
				above = append(above, w)
			}
			continue
		}
		t := roll.Table{Above: above[max(0, len(above)-3):], Origin: b.Origin}
		for _, row := range b.Cells {
			var words []string
			for _, c := range row {
				words = append(words, rich.Words(c))
			}
			t.Rows = append(t.Rows, words)
		}
		above = nil
		tables, at, sorts = append(tables, t), append(at, i), append(sorts, t.Sort())
	}
	return tables, at, sorts
}

// tables makes heroes of a text that is a roll or a form: where heroes are asked for, or
// where it holds next to nothing else and nothing was asked for. done tells that it did.
func (m *maker) tables(s *Source, d *rich.Document) (done bool, err error) {
	tables, _, sorts := rolls(d)
	people := slices.ContainsFunc(sorts, func(s roll.Sort) bool { return s != roll.NoPeople })
	if !people || m.Kind != "" && m.Kind != content.KindHero {
		return false, nil
	}
	words := 0
	for _, b := range d.Blocks {
		if b.Kind != rich.Table {
			words += han.Count(rich.Words(b.Text))
		}
	}
	if m.Kind == "" && words > fewWords {
		return false, nil
	}
	list, err := roll.FromTables(tables, &s.Log)
	if err != nil {
		return true, err
	}
	if m.Kind == "" {
		s.Log.Add(report.Guessed, "这个文件就是一张名单（或登记表），按英雄导入；要当文章，写明种类（命令里是 --kind 简报）", "the file is a roll or form and nothing else, so that heroes were made; for a text name its kind (--kind brief in a command)")
	}
	for _, t := range tables {
		words -= han.Count(strings.Join(t.Above, "\n")) // read as the roll's title
	}
	if words > 0 {
		s.Log.Add(report.Left, "表格以外的文字 %d 字", "%d words and characters outside the tables", words)
	}
	if n := len(d.Pictures); n > 0 {
		s.Log.Add(report.Left, "图片 %d 张：请另存后放到各人的文件夹里", "%d pictures: save them and put them into the people's folders", n)
	}
	m.discreet(s)
	m.people(s, list)
	return true, nil
}

// discreetTables takes the private columns of rolls out of a text that is to stay one, and
// offers to make heroes of them. A form about one person is refused: all of it is private.
func (m *maker) discreetTables(s *Source, d *rich.Document) error {
	tables, at, sorts := rolls(d)
	for i, t := range tables {
		switch sorts[i] {
		case roll.Form:
			return report.Errorf("里面有一人一表的登记表（审批表），不能整张放上网。要收这个人，按英雄导入（命令里是 --kind 英雄）；只要文章，先在 WPS 里删掉这张表",
				"it holds a form about one person, which must not be published as it stands. Import it as a hero (--kind hero in a command), or take the form out first")
		case roll.Roll:
			cells, headings := t.Private()
			table := d.Blocks[at[i]].Cells
			for _, c := range cells {
				if c[0] >= 0 && c[0] < len(table) && c[1] < len(table[c[0]]) {
					table[c[0]][c[1]] = nil
				}
			}
			if len(headings) > 0 {
				s.Log.Add(report.Left, "正文的名单里，列 %s 是个人隐私，没有收", "of a roll in the text the columns %s are private and were not taken", strings.Join(headings, "、"))
			}
			s.Log.Add(report.Todo, "正文里有一张名单：要把名单上的人收成英雄，再按英雄导入一次（命令里是 --kind 英雄）", "there is a roll in the text: to make heroes of its people, import it once more as heroes (--kind hero in a command)")
		}
	}
	return nil
}
