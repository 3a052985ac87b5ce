package desk

import (
	"cmp"
	"slices"

	"mingdeng/internal/desk/form"
	"mingdeng/internal/diag"
)

// foundView is what is wrong with one record.
type foundView struct {
	Name, Href string
	Items      []form.Finding
}

// maxFound bounds how many findings one page lists.
const maxFound = 200

// found gathers findings by file, those with errors first.
func (v *visit) found(list []diag.Finding) []foundView {
	names := map[string]string{}
	for _, e := range v.site.private.Overview().Records {
		names[e.Path] = e.Name
	}
	var out []foundView
	at := map[string]int{}
	for _, f := range list[:min(len(list), maxFound)] {
		i, ok := at[f.Path]
		if !ok {
			i = len(out)
			at[f.Path] = i
			out = append(out, foundView{Name: cmp.Or(names[f.Path], f.Path), Href: v.editor(f.Path)})
		}
		out[i].Items = append(out[i].Items, v.finding(f, nil))
	}
	return slices.Clip(out)
}
