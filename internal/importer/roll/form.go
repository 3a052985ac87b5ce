package roll

import (
	"regexp"
	"strings"

	"mingdeng/internal/han"
)

// labels are headings of forms beside those of rolls.
var labels = regexp.MustCompile(`^(?:民族|政治面貌|文化程度|学历|健康状况|婚姻状况|照片|填表人|填报单位|推荐单位|推荐意见|审批意见|审核意见|主管部门意见|备注|奖金|曾受表彰|受表彰情况|个人简历|何时何地受过何种奖励)|^[^，。；]{0,12}(?:意见|简历|经历|情况|签字|签名|盖章)[：:]?$`)

// label tells whether a cell of a form says what another holds.
func label(v string) bool {
	if v == "" {
		return false
	}
	k, _ := guessOf(v)
	return k != other || labels.MatchString(squeeze(v))
}

// form reads a sheet that tells of one person in pairs of a label and what belongs to it
// (登记表, 审批表), as a roll of one row. It is none where the cell beside 姓名 is a label, as
// in the heading row of a roll. What stands in it and belongs to no label is left.
func (s *sheet) form() (sheet, bool) {
	first, at := -1, -1
	for r := range min(maxTop, len(s.rows)) {
		for c := range s.rows[r] {
			if isName(s.at(r, c)) && first < 0 {
				first, at = r, c
			}
		}
	}
	if first < 0 {
		return sheet{}, false
	}
	beside := s.beside(first, at)
	if v := s.at(first, beside); v == "" || label(v) || !strings.ContainsFunc(v, han.Is) {
		return sheet{}, false
	}
	out := sheet{name: s.name, from1904: s.from1904}
	var heads, values []string
	pairs := 0
	for r := range s.rows {
		for c := 0; c < len(s.rows[r]); {
			v := s.at(r, c)
			next := s.beside(r, c)
			from, merged := s.down[[2]int{r + 1, c + 1}]
			again := merged && from != [2]int{r + 1, c + 1} // in the next row of its cell
			if !label(v) {
				if v != "" && r > first && !again {
					out.left = append(out.left, v)
				}
				c = next
				continue
			}
			value := s.at(r, next)
			if again {
				value = ""
			} else if label(value) {
				value, next = "", c+1
				if after := s.beside(r, c); after > c+1 {
					next = after
				}
			} else {
				next = s.beside(r, next)
			}
			if value != "" {
				heads, values, pairs = append(heads, v), append(values, value), pairs+1
			}
			c = next
		}
	}
	if pairs < 3 {
		return sheet{}, false
	}
	for r := range first { // the form's title
		if v := s.at(r, 0); v != "" {
			out.rows = append(out.rows, []string{v})
		}
	}
	out.rows = append(out.rows, heads, values)
	return out, true
}

// beside is the column of the next cell of a row, past those that its merge covers.
func (s *sheet) beside(r, c int) int {
	from, merged := s.down[[2]int{r + 1, c + 1}]
	next := c + 1
	for merged && next < len(s.rows[r]) {
		if here, ok := s.down[[2]int{r + 1, next + 1}]; !ok || here != from {
			break
		}
		next++
	}
	return next
}

// blocks parts a sheet on which a roll stands in several columns side by side, each with
// its own 姓名; nil where there is only one.
func (s *sheet) blocks() []sheet {
	h, ok := s.find()
	if !ok {
		return nil
	}
	var names []int
	for c, k := range h.columns {
		if k == name && !h.guessed[c] && (len(names) == 0 || h.words[c] == h.words[names[0]]) {
			if from, merged := s.down[[2]int{h.row + 1, c + 1}]; merged && from[1] != c+1 {
				continue // one cell of names over two columns
			}
			names = append(names, c)
		}
	}
	if len(names) < 2 {
		return nil
	}
	var out []sheet
	from := 0
	for i, n := range names {
		to := len(h.columns)
		if i+1 < len(names) {
			// A block begins as the first one does: with its number, or with the name.
			if to = names[i+1] - names[0]; to <= n || h.columns[to] != h.columns[0] {
				to = names[i+1]
			}
		}
		out = append(out, s.part(from, to))
		from = to
	}
	return out
}

// part is columns from to to (not included) of a sheet. Rows above the headings stay.
func (s *sheet) part(from, to int) sheet {
	out := sheet{name: s.name, from1904: s.from1904, down: map[[2]int][2]int{}, rows: make([][]string, len(s.rows))}
	for r, row := range s.rows {
		if from < len(row) {
			out.rows[r] = row[from:min(to, len(row))]
		}
	}
	for at, start := range s.down {
		if at[1] > from && at[1] <= to {
			out.down[[2]int{at[0], at[1] - from}] = [2]int{start[0], start[1] - from}
		}
	}
	return out
}
