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

// names finds the site's own records by what people call them, for the fields that refer to
// one. Within a venue its exhibits go by their own slugs.
type names struct {
	parent string // the folder of the record that refers
	byKind map[content.Kind][]live.Entry
}

func newNames(o live.Overview, parent string) names {
	n := names{parent, map[content.Kind][]live.Entry{}}
	for _, e := range o.Records {
		if e.Member == "" { // a collected one answers to none of these words
			n.byKind[e.Of] = append(n.byKind[e.Of], e)
		}
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

// of lists the records of a kind, or of any.
func (n names) of(kind content.Kind) []live.Entry {
	if kind != content.KindAny {
		return n.byKind[kind]
	}
	var all []live.Entry
	for _, k := range content.Kinds() {
		all = append(all, n.byKind[k.Kind]...)
	}
	return all
}

// ref is how a key that names records of a kind, or of any, refers to one: where any may stand,
// with the folder of its kind.
func (n names) ref(kind content.Kind, e live.Entry) string {
	if kind == content.KindAny {
		return path.Join(e.Of.Info().Path, e.Slug)
	}
	return n.slug(e)
}

// means tells whether a record answers to a slug: the whole, with or without the folder of its
// kind, or, where it lies in a folder, its last part.
func (n names) means(e live.Entry, slug string) bool {
	return slug == e.Slug || slug == path.Base(e.Slug) || slug == path.Join(e.Of.Info().Path, e.Slug)
}

// Name implements form.Names.
func (n names) Name(kind content.Kind, slug string) string {
	list := n.of(kind)
	i := slices.IndexFunc(list, func(e live.Entry) bool { return n.means(e, slug) })
	if i < 0 {
		return ""
	}
	name := list[i].Name
	for j, e := range list {
		if j != i && e.Name == name { // two of that name: the slug alone tells them apart
			return slug
		}
	}
	return name
}

// Slug implements form.Names.
func (n names) Slug(kind content.Kind, name string) string {
	found := ""
	for _, e := range n.of(kind) {
		if e.Name == name {
			if found != "" {
				return ""
			}
			found = n.ref(kind, e)
		}
	}
	if found != "" {
		return found
	}
	for _, e := range n.of(kind) {
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
		if kind != content.KindAny && k.Kind != kind {
			continue
		}
		for _, e := range n.byKind[k.Kind] {
			if len(out) < maxNames && (want == "" || strings.Contains(strings.ToLower(e.Name+" "+e.Slug), want)) {
				out = append(out, item{e.Name, n.ref(kind, e), k.Name.In(v.o.Lang)})
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
