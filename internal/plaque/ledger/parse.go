package ledger

import (
	"bytes"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
)

// entry is an Entry with what editing its lines needs.
type entry struct {
	Entry
	node              *yaml.Node
	codeKey           *yaml.Node
	statusKey, status *yaml.Node
	nextKey, next     *yaml.Node // the successor's
}

// list is the key of the codes with its value.
type list struct{ key, value *yaml.Node }

// Parse reads the text of the ledger at path, which stands in the findings. What
// could be read is returned whatever the findings are, so that one fault does not
// hide others; but a ledger with an error is not edited.
func Parse(path string, text []byte) (*Ledger, []diag.Finding) {
	r := reading{Ledger: &Ledger{path: path, was: append([]byte{}, text...)}}
	if plain, ok := r.decode(text); ok {
		r.read(plain)
	}
	for i := range r.findings {
		if r.findings[i].Code.Severity == diag.Error {
			r.fault = &r.findings[i]
			break
		}
	}
	return r.Ledger, r.findings
}

type reading struct {
	*Ledger
	findings []diag.Finding
}

func (r *reading) report(c *diag.Code, pos diag.Pos, args ...any) {
	r.findings = append(r.findings, c.At(r.path, pos, args...))
}

func at(n *yaml.Node) diag.Pos { return diag.Pos{Line: n.Line, Col: n.Column} }

// depth is how deep a ledger may nest: it needs three levels.
const depth = 8

func (r *reading) read(plain []byte) {
	if len(bytes.TrimSpace(plain)) > 0 {
		var doc yaml.Node
		err := yaml.Load(plain, &doc, yaml.WithPlugin(loaderlimits.New(loaderlimits.DepthValue(depth))))
		if err != nil {
			r.syntax(plain, err)
			return
		}
		if doc.Kind == yaml.DocumentNode && len(doc.Content) > 0 {
			root := doc.Content[0]
			if root.Kind != yaml.MappingNode && !empty(root) {
				r.syntax(plain, nil)
				return
			}
			r.top(root)
		}
	}
	if r.basePos.Line == 0 {
		r.report(diag.MissingKey, diag.Pos{Line: 1, Col: 1}, "铭牌网址", "base_url", "印在码里的网址", "the address printed in the codes")
	}
}

func (r *reading) top(root *yaml.Node) {
	if empty(root) {
		return
	}
	r.keys(root, topNames, topKeys, func(english string, key, value *yaml.Node) {
		if english == "codes" {
			r.codes = &list{key, value}
			return
		}
		r.basePos, r.baseNode = at(value), value
		text, ok := r.word(key, value, "印在码里的网址", "the address printed in the codes", "https://example.cn/")
		if !ok {
			return
		}
		if _, zh, en := content.ParseBaseURL(text); zh != "" {
			r.report(diag.BadURL, at(value), text, zh, en)
			return
		}
		r.base = text
	})
	if r.codes == nil || empty(r.codes.value) {
		return
	}
	if r.codes.value.Kind != yaml.SequenceNode {
		r.wrongType(r.codes.key, r.codes.value, "一张清单", "a list", "\n"+example)
		return
	}
	for _, item := range r.codes.value.Content {
		r.item(item)
	}
	r.together()
}

// example is an entry as it should be written.
const example = "  - code: 7K3X\n    exhibit: zi-jing-shan/deng-ta\n    issued: 2026-11-03\n    status: active"

func (r *reading) item(n *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		r.wrongType(r.codes.key, n, "每条一组键", "a group of keys for each entry", "\n"+example)
		return
	}
	e := &entry{node: n}
	e.Pos = at(n)
	present := map[string]bool{}
	r.keys(n, entryNames, entryKeys, func(english string, key, value *yaml.Node) {
		present[english] = true
		switch english {
		case "code":
			e.codeKey, e.Pos = key, at(value)
			e.Code = r.code(key, value)
		case "exhibit":
			e.Exhibit = r.exhibit(key, value)
		case "issued":
			e.Issued = r.issued(key, value)
		case "status":
			e.statusKey, e.status = key, value
			e.Status = r.state(key, value)
		case "successor":
			e.nextKey, e.next = key, value
			if !empty(value) { // an empty one is none
				e.Successor, _ = r.word(key, value, "一个编号", "a code", "9WX2")
			}
		}
	})
	for _, k := range entryKeys[:4] {
		if !present[k] {
			r.report(diag.MissingKey, at(n), entryNames[k][0], k, meaning[k].Zh, meaning[k].En)
		}
	}
	r.entries = append(r.entries, e)
}

var meaning = map[string]diag.Text{
	"code":    {Zh: "铭牌上的编号", En: "the code on the plaque"},
	"exhibit": {Zh: "阵地/展品", En: "VENUE/EXHIBIT"},
	"issued":  {Zh: "发放日期", En: "the date of issue"},
	"status":  {Zh: "在用或停用", En: "active or retired"},
}
