package ledger

import (
	"strings"

	"go.yaml.in/yaml/v4"
	"golang.org/x/text/width"

	"mingdeng/internal/diag"
	"mingdeng/internal/han"
)

// names gives each key its Chinese and other names.
var (
	topNames   = names{"base_url": {"铭牌网址", "网址"}, "codes": {"编号", "铭牌", "plaques"}}
	entryNames = names{"code": {"编号"}, "exhibit": {"展品"}, "issued": {"发放", "发放日期"}, "status": {"状态"}, "successor": {"接替"}}
	topKeys    = []string{"base_url", "codes"}
	entryKeys  = []string{"code", "exhibit", "issued", "status", "successor"}
	chinese    = map[Status]string{Active: "在用", Retired: "停用"}
)

type names map[string][]string

func (n names) find(key string) (english string, ok bool) {
	if _, ok := n[key]; ok {
		return key, true
	}
	key = strings.ToLower(strings.TrimSpace(width.Fold.String(key)))
	for english, others := range n {
		if key == english {
			return english, true
		}
		for _, o := range others {
			if key == o {
				return english, true
			}
		}
	}
	return "", false
}

func isKey(key string) bool {
	_, top := topNames.find(key)
	_, inner := entryNames.find(key)
	return top || inner
}

// keys calls f for each known key of a map, and reports the others.
func (r *reading) keys(m *yaml.Node, known names, order []string, f func(english string, key, value *yaml.Node)) {
	seen := map[string]int{}
	for i := 0; i+1 < len(m.Content); i += 2 {
		key, value := m.Content[i], m.Content[i+1]
		english, ok := known.find(key.Value)
		if key.Kind != yaml.ScalarNode || !ok {
			var zh, all []string
			for _, k := range order {
				zh, all = append(zh, known[k][0]), append(all, known[k][0], k)
			}
			r.report(diag.UnknownKey, at(key), key.Value, han.Nearest(key.Value, all), strings.Join(zh, "、"), strings.Join(order, ", "))
			continue
		}
		if line, twice := seen[english]; twice {
			r.report(diag.DuplicateKey, at(key), key.Value, line)
			continue
		}
		seen[english] = key.Line
		f(english, key, value)
	}
}
