package content

import (
	"reflect"
	"slices"
	"strings"

	"mingdeng/internal/diag"
)

// A record in another language is two files read together: the record itself says what
// is so, the file beside it (NAME.en.md, NAME.zh-hant.md) how it is put into words.
// Dates, places on a map, references, kinds, pictures' sizes and above all consent come
// from the record, whatever the other file says. What words the file does not give are
// taken from the record: converted in the Traditional edition; in any other as they
// are where they name something (places, honours, who granted them), and left out where
// they are a text of their own. The fields' edition tags tell which is which:
//
//	edition:"own"    left out of an edition in another language that does not give it
//	edition:"name"   names of people
//	edition:"same"   no words: the same in every edition

// Wording says how the words of the record are put where an edition's file gives none.
type Wording struct {
	// Foreign tells that the edition is in another language, so that what is tagged own
	// is left out.
	Foreign bool
	Words   func(string) string // nil leaves them as they are
	Names   func(string) string // of people
}

// Written is the edition's own file of a record, or nil. edition is as in file names,
// in lower case.
func (c *Content) Written(h *Head, edition Language) Record {
	return c.written[recordKey{strings.ToLower(string(edition)), h.Member, h.Kind, h.Parent, h.FileName}]
}

// recordKey finds the file of an edition that belongs to a record.
type recordKey struct {
	edition      string
	member       string
	kind         Kind
	parent, name string
}

func keyOf(h *Head) recordKey { return recordKey{h.Edition, h.Member, h.Kind, h.Parent, h.FileName} }

// pair reports files of editions that belong to no record.
func (c *Content) pair(list *diag.List) {
	if len(c.written) == 0 {
		return
	}
	known := map[recordKey]bool{}
	c.All(func(r Record) {
		h := r.Base()
		known[keyOf(h)] = true
	})
	for key, r := range c.written {
		key.edition = ""
		if h := r.Base(); !known[key] {
			list.Add(diag.EditionAlone.At(h.Path, diag.Pos{}, strings.TrimSuffix(h.Path, "."+h.Edition+".md")+".md"))
		}
	}
}

// In is a record in an edition: a new record of the same kind with base's facts and
// the words of own, which may be nil. The findings tell where own contradicts base.
func In(base, own Record, w Wording) (Record, []diag.Finding) {
	from := reflect.ValueOf(base).Elem()
	to := reflect.New(from.Type())
	m := merging{Wording: w}
	mine := reflect.Zero(from.Type())
	if own != nil {
		mine = reflect.ValueOf(own).Elem()
		m.path, m.places = own.Base().Path, own.Base().Places
	}
	m.group(to.Elem(), from, mine, planOf(from.Type()), "")
	out := to.Interface().(Record)
	h := out.Base()
	b := base.Base()
	h.Kind, h.Path, h.Dir, h.FileName, h.Parent, h.Member, h.Places, h.Body = b.Kind, b.Path, b.Dir, b.FileName, b.Parent, b.Member, b.Places, b.Body
	h.Aliases = nil
	if own == nil {
		if w.Foreign {
			h.Body = &Body{}
		}
		return out, nil
	}
	o := own.Base()
	h.Aliases = o.Aliases
	if o.Body.Len > 0 || w.Foreign {
		h.Path, h.Places, h.Body, h.Edition = o.Path, o.Places, o.Body, o.Edition
	}
	return out, m.found
}

// SiteIn is like [In] for the site's settings; own may be nil.
func SiteIn(base, own *Site, w Wording) (*Site, []diag.Finding) {
	if own == nil {
		own = &Site{}
	}
	out := &Site{}
	m := merging{Wording: w, path: own.Path, places: own.Places}
	m.group(reflect.ValueOf(out).Elem(), reflect.ValueOf(base).Elem(), reflect.ValueOf(own).Elem(), planOf(reflect.TypeFor[Site]()), "")
	out.Path, out.Places = base.Path, base.Places
	return out, m.found
}

// merging puts one record together.
type merging struct {
	Wording
	path   string // of the edition's file; "" for none
	places Places
	found  []diag.Finding
}

func (m *merging) group(to, base, own reflect.Value, p *plan, top string) {
	for i := range p.fields {
		f := &p.fields[i]
		key := top
		if key == "" {
			key = f.en
		}
		m.value(to.FieldByIndex(f.index), base.FieldByIndex(f.index), own.FieldByIndex(f.index), f, key)
	}
}

// value sets one field; key is the top-level key it stands under.
func (m *merging) value(to, base, own reflect.Value, f *field, key string) {
	t := to.Type()
	switch {
	case f.edition == "same":
		to.Set(base)
	case t.Kind() == reflect.String && t == reflect.TypeFor[string]():
		to.SetString(m.words(base.String(), own.String(), f))
	case t == reflect.TypeFor[[]string](), t == typeRegion:
		m.list(to, base, own, f)
	case t == typeFile:
		if to.Set(base); own.Field(0).String() != "" { // a picture with words in it
			to.Set(own)
			to.Addr().Interface().(*File).Own = true
		}
	case t.Kind() == reflect.Pointer && structOf(t) != nil:
		if base.IsNil() {
			return
		}
		to.Set(reflect.New(t.Elem()))
		mine := reflect.Zero(t.Elem())
		if !own.IsNil() {
			mine = own.Elem()
		}
		m.group(to.Elem(), base.Elem(), mine, planOf(t.Elem()), key)
	case t.Kind() == reflect.Slice && structOf(t) != nil:
		m.items(to, base, own, key)
	default:
		if to.Set(base); m.path != "" && !own.IsZero() && !sameFact(base, own) && key != "draft" && key != "publish_on" && key != "expires" && key != "aliases" {
			m.report(diag.EditionFact, key, f.zh, f.en)
		}
	}
}

func (m *merging) report(c *diag.Code, key string, args ...any) {
	m.found = append(m.found, c.At(m.path, m.places.At(key), args...))
}

func (m *merging) words(base, own string, f *field) string {
	switch {
	case own != "":
		return own
	case m.Foreign && f.edition == "own":
		return ""
	case f.edition == "name" && m.Names != nil:
		return m.Names(base)
	case m.Words != nil:
		return m.Words(base)
	}
	return base
}

// list sets a list of words. A region in an edition has as many parts as the record's.
func (m *merging) list(to, base, own reflect.Value, f *field) {
	if n := own.Len(); n > 0 && (to.Type() != typeRegion || n == base.Len()) {
		to.Set(own)
		return
	}
	if base.Len() == 0 || m.Foreign && f.edition == "own" {
		return
	}
	to.Set(reflect.MakeSlice(to.Type(), base.Len(), base.Len()))
	for i := range base.Len() {
		to.Index(i).SetString(m.words(base.Index(i).String(), "", f))
	}
}

// items sets a list of groups, one by one; own must have as many or none.
func (m *merging) items(to, base, own reflect.Value, key string) {
	n := base.Len()
	if own.Len() > 0 && own.Len() != n && m.path != "" {
		m.report(diag.EditionList, key, n, own.Len())
	}
	if n == 0 {
		return
	}
	to.Set(reflect.MakeSlice(to.Type(), n, n))
	p := planOf(to.Type().Elem())
	for i := range n {
		mine := reflect.Zero(to.Type().Elem())
		if own.Len() == n {
			mine = own.Index(i)
		}
		m.group(to.Index(i), base.Index(i), mine, p, key)
	}
}

// sameFact compares without regard to places in files.
func sameFact(a, b reflect.Value) bool {
	switch t := a.Type(); {
	case t == typeRef, t == typeText:
		return a.Field(0).String() == b.Field(0).String()
	case t.Kind() == reflect.Slice:
		return slices.EqualFunc(elements(a), elements(b), sameFact)
	case t.Comparable():
		return a.Equal(b)
	}
	return reflect.DeepEqual(a.Interface(), b.Interface())
}

func elements(v reflect.Value) []reflect.Value {
	out := make([]reflect.Value, v.Len())
	for i := range out {
		out[i] = v.Index(i)
	}
	return out
}
