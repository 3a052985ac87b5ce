package ledger

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/han"
	"mingdeng/internal/plaque/code"
)

// together reports what entries do to each other: codes given twice and successors
// that lead nowhere.
func (r *reading) together() {
	first := make(map[string]*entry, len(r.entries))
	for _, e := range r.entries {
		if e.Code == "" {
			continue
		}
		if other := first[e.Code]; other != nil {
			r.report(diag.PlaqueTwice, e.Pos, e.Code, other.Pos.Line)
			continue
		}
		first[e.Code] = e
	}
	for _, e := range r.entries {
		if e.Successor == "" || e.Code == "" {
			continue
		}
		if zh, en, near := wrongSuccessor(e.Code, e.Successor, e.Status, first); zh != "" {
			r.report(diag.PlaqueSuccessor, at(e.next), e.Code, e.Successor, zh, en, near)
		}
	}
}

// wrongSuccessor says why next cannot succeed the code; zh is "" where it can.
func wrongSuccessor(c, next string, status Status, all map[string]*entry) (zh, en, near string) {
	switch {
	case status == Active:
		return "它自己还在用", "it is in force itself", ""
	case next == c:
		return "是它自己", "it is the code itself", ""
	case all[next] == nil:
		var codes []string
		for other := range all {
			if other != c {
				codes = append(codes, other)
			}
		}
		if found := code.Near(next, codes); len(found) > 0 {
			near = found[0]
		}
		if near != "" && !code.Valid(near) {
			return "", "", "" // it is listed, but misspelt there, which was said already
		}
		return "登记簿里没有它", "the ledger does not list it", near
	}
	for at, steps := all[next], 0; at != nil && at.Successor != "" && steps <= len(all); steps++ {
		if at.Successor == c {
			return "绕了一圈又回到 " + c, "it leads in a circle back to " + c, ""
		}
		at = all[at.Successor]
	}
	return "", "", ""
}

// World is what a ledger is held against.
type World struct {
	BaseURL  string   // the address printed in codes, as site.yaml has it now
	Exhibits []string // VENUE/EXHIBIT of every exhibit that is published
	Known    []Entry  // the codes that the last build knew; nil where none is remembered
}

// Against reports where a ledger does not fit the site, or has forgotten something: an
// active code without its exhibit, a code that the last
// build knew and that is no longer listed, another address than the one printed.
func (l *Ledger) Against(w World) []diag.Finding {
	r := reading{Ledger: l}
	exhibits := make(map[string]bool, len(w.Exhibits))
	for _, e := range w.Exhibits {
		exhibits[e] = true
	}
	listed := make(map[string]bool, len(l.entries))
	for _, e := range l.entries {
		listed[e.Code] = true
	}
	for _, e := range l.entries {
		if e.Status == Active && e.Exhibit != "" && !exhibits[e.Exhibit] {
			_, slug, _ := strings.Cut(e.Exhibit, "/")
			r.report(diag.PlaqueOrphan, e.Pos, e.Code, e.Exhibit, han.Nearest(e.Exhibit, w.Exhibits), slug)
		}
	}
	known := make(map[string]bool, len(w.Known))
	for _, k := range w.Known {
		known[k.Code] = true
	}
	for _, k := range w.Known {
		if listed[k.Code] {
			continue
		}
		// A code that is new and one slip away is the lost one, misspelt.
		pos, line, wrong, lines := l.listPos(), "", "", strings.TrimSuffix(strings.Join(block(k, "  - ", "", "\n"), ""), "\n")
		for _, e := range l.entries {
			if e.Exhibit == k.Exhibit && !known[e.Code] && len(code.Near(e.Code, []string{k.Code})) > 0 {
				pos, line, wrong, lines = e.Pos, strconv.Itoa(e.Pos.Line), e.Code, ""
				break
			}
		}
		r.report(diag.PlaqueLost, pos, k.Code, k.Exhibit, k.Issued, lines, line, wrong)
	}
	r.address(w.BaseURL)
	slices.SortStableFunc(r.findings, func(a, b diag.Finding) int { return a.Pos.Line - b.Pos.Line })
	return r.findings
}

// address holds the address that the codes bear against the one that site.yaml has now.
// Where nobody can open it, there is nothing to keep: it is told to be replaced.
func (r *reading) address(now string) {
	moved := r.base != "" && now != "" && !sameAddress(r.base, now)
	switch why := Judge(r.base); {
	case why != Fit && len(r.entries) > 0 && moved && Judge(now) == Fit:
		r.report(diag.PlaqueUnconfirmed, r.basePos, r.base, why.Text().Zh, why.Text().En, now)
	case why != Fit && len(r.entries) > 0 && !moved:
		r.report(diag.PlaqueExample, r.basePos, Typed(r.base), why.Text().Zh, why.Text().En)
	case moved:
		r.report(diag.PlaqueMoved, r.basePos, r.base, now, r.path)
	}
}

// listPos is where the codes are listed, or nowhere in the file.
func (l *Ledger) listPos() diag.Pos {
	if l.codes == nil {
		return diag.Pos{}
	}
	return at(l.codes.key)
}

// sameAddress reports whether two addresses make the same codes: scheme and host may
// be in either case, a path may not.
func sameAddress(a, b string) bool {
	canonical := func(s string) string {
		base, zh, _ := content.ParseBaseURL(s)
		u, err := url.Parse(string(base))
		if zh != "" || err != nil {
			return s
		}
		u.Host = strings.ToLower(u.Host)
		if p := u.Port(); u.Scheme == "https" && p == "443" || u.Scheme == "http" && p == "80" {
			u.Host = strings.TrimSuffix(u.Host, ":"+p)
		}
		return u.String()
	}
	return canonical(a) == canonical(b)
}

// scalar writes a value as YAML, in quotes where a bare one would be read as
// something else, such as the codes 1234 and 12E4 as numbers.
func scalar(s string) string {
	var n yaml.Node
	if err := yaml.Load([]byte(s), &n); err == nil && len(n.Content) == 1 {
		if c := n.Content[0]; c.Kind == yaml.ScalarNode && c.Style == 0 && c.Value == s && (c.Tag == "!!str" || c.Tag == "!!timestamp") && !number(s) {
			return s
		}
	}
	return "\"" + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`).Replace(s) + "\""
}

// number reports whether some reader of YAML might take s for a number: digits with
// at most one E.
func number(s string) bool {
	return strings.Trim(strings.Replace(s, "E", "", 1), "0123456789") == ""
}
