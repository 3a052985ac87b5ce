package ledger

import (
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/han"
	"mingdeng/internal/plaque/code"
)

func empty(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) == 0 &&
		(n.Value == "" || n.Value == "~" || n.Value == "null")
}

// word returns the text of a value that must be one word.
func (r *reading) word(key, value *yaml.Node, zh, en, example string) (string, bool) {
	switch {
	case empty(value):
		r.report(diag.EmptyValue, at(key), key.Value, zh, en)
	case value.Kind != yaml.ScalarNode:
		r.wrongType(key, value, zh, en, " "+example)
	default:
		return strings.TrimSpace(value.Value), true
	}
	return "", false
}

func (r *reading) wrongType(key, value *yaml.Node, zh, en, example string) {
	isZh, isEn := "“"+value.Value+"”", strconv.Quote(value.Value)
	switch value.Kind {
	case yaml.SequenceNode:
		isZh, isEn = "一张清单", "a list"
	case yaml.MappingNode:
		isZh, isEn = "一组键", "a group of keys"
	case yaml.AliasNode:
		isZh, isEn = "YAML 别名", "a YAML alias"
	}
	r.report(diag.WrongType, at(value), key.Value, zh, isZh, key.Value+":"+example, en, isEn, key.Value+":"+example)
}

func (r *reading) code(key, value *yaml.Node) string {
	text, ok := r.word(key, value, "铭牌上的编号", "the code on the plaque", "7K3X")
	switch folded := code.Fold(text); {
	case !ok:
	case code.Valid(text):
		return text
	case code.Valid(folded):
		r.report(diag.PlaqueForm, at(value), text, folded)
	case !code.Shaped(text):
		r.report(diag.PlaqueForm, at(value), text, "")
	default:
		r.report(diag.PlaqueCheck, at(value), text, r.path)
	}
	return text
}

func (r *reading) exhibit(key, value *yaml.Node) string {
	text, ok := r.word(key, value, "阵地/展品", "VENUE/EXHIBIT", "zi-jing-shan/deng-ta")
	if !ok {
		return ""
	}
	venue, name, found := strings.Cut(text, "/")
	if !found || venue == "" || name == "" || strings.Contains(name, "/") {
		r.wrongType(key, value, "阵地/展品", "VENUE/EXHIBIT", " zi-jing-shan/deng-ta")
		return ""
	}
	return text
}

func (r *reading) issued(key, value *yaml.Node) date.Date {
	text, ok := r.word(key, value, "发放日期", "the date of issue", "2026-11-03")
	if !ok {
		return date.Date{}
	}
	d, err := date.Parse(text)
	if err != nil || d.Day == 0 {
		r.report(diag.BadDate, at(value), text, "发放日期要写到日", "the date of issue needs its day")
		return date.Date{}
	}
	return d
}

func (r *reading) state(key, value *yaml.Node) Status {
	text, ok := r.word(key, value, "在用或停用", "active or retired", "active")
	if !ok {
		return ""
	}
	for _, s := range []Status{Active, Retired} {
		if text == chinese[s] || strings.EqualFold(text, string(s)) {
			return s
		}
	}
	near := han.Nearest(text, []string{"在用", "停用", "active", "retired"})
	r.report(diag.BadValue, at(value), key.Value, text, near, "在用、停用", "active, retired")
	return ""
}
