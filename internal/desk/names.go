package desk

import (
	"encoding/json"
	"net/http"
	"path"
	"slices"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/live"
)

// names finds records by what people call them, for the fields that refer to one. Within a
// venue its exhibits go by their own slugs.
type names struct {
	parent string // the folder of the record that refers
	byKind map[content.Kind][]live.Entry
}

func newNames(o live.Overview, parent string) names {
	n := names{parent, map[content.Kind][]live.Entry{}}
	for _, e := range o.Records {
		n.byKind[e.Of] = append(n.byKind[e.Of], e)
	}
	return n
}

// slug is how a record is referred to: as shortly as it can be told from others.
func (n names) slug(e live.Entry) string {
	last := path.Base(e.Slug)
	if e.Of == content.KindExhibit && e.Folder == n.parent {
		return last
	}
	for _, other := range n.byKind[e.Of] {
		if other.Path != e.Path && path.Base(other.Slug) == last {
			return e.Slug
		}
	}
	return last
}

// means tells whether a record answers to a slug: the whole or, where it lies in a folder,
// its last part.
func (n names) means(e live.Entry, slug string) bool {
	return slug == e.Slug || slug == path.Base(e.Slug)
}

// Name implements form.Names.
func (n names) Name(kind content.Kind, slug string) string {
	i := slices.IndexFunc(n.byKind[kind], func(e live.Entry) bool { return n.means(e, slug) })
	if i < 0 {
		return ""
	}
	name := n.byKind[kind][i].Name
	for j, e := range n.byKind[kind] {
		if j != i && e.Name == name { // two of that name: the slug alone tells them apart
			return slug
		}
	}
	return name
}

// Slug implements form.Names.
func (n names) Slug(kind content.Kind, name string) string {
	found := ""
	for _, e := range n.byKind[kind] {
		if e.Name == name {
			if found != "" {
				return ""
			}
			found = n.slug(e)
		}
	}
	if found != "" {
		return found
	}
	for _, e := range n.byKind[kind] {
		if n.means(e, name) {
			return name
		}
	}
	return ""
}

// maxNames is how many names are offered at once.
const maxNames = 20

// recordNames answers what a person types into a field that refers to a record.
func (v *visit) recordNames() {
	kind := content.Kind(v.r.PathValue("kind"))
	want := strings.ToLower(strings.TrimSpace(v.r.URL.Query().Get("q")))
	type item struct {
		Name string `json:"name"`
		Slug string `json:"slug"`
		Kind string `json:"kind"`
	}
	out := []item{}
	n := newNames(v.site.private.Overview(), v.r.URL.Query().Get("in"))
	for _, k := range content.Kinds() {
		if kind != "any" && k.Kind != kind {
			continue
		}
		for _, e := range n.byKind[k.Kind] {
			if len(out) < maxNames && (want == "" || strings.Contains(strings.ToLower(e.Name+" "+e.Slug), want)) {
				slug := n.slug(e)
				if kind == "any" { // for links in texts
					slug = path.Join(k.Path, e.Slug)
				}
				out = append(out, item{e.Name, slug, k.Name.In(v.o.Lang)})
			}
		}
	}
	v.json(http.StatusOK, out)
}

// json sends a value to a script.
func (v *visit) json(status int, value any) {
	b, err := json.Marshal(value)
	if err != nil { // plain structs of strings cannot fail
		http.Error(v.w, err.Error(), http.StatusInternalServerError)
		return
	}
	v.w.Header().Set("Content-Type", "application/json; charset=utf-8")
	v.w.WriteHeader(status)
	_, _ = v.w.Write(b)
}
