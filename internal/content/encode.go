package content

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strconv"

	"mingdeng/internal/date"
)

// Encode writes a record as a file: its keys by their English names as YAML, in the order in
// which they are declared, and its text. What has no value is left out. Loading the file
// gives the record again, but for places.
func Encode(r Record, text []byte) []byte {
	var w bytes.Buffer
	w.WriteString("---\n")
	v := reflect.ValueOf(r).Elem()
	encodeGroup(&w, v, "")
	w.WriteString("---\n")
	if len(text) > 0 {
		w.WriteByte('\n')
		w.Write(text)
		if text[len(text)-1] != '\n' {
			w.WriteByte('\n')
		}
	}
	return w.Bytes()
}

// EncodeMember writes the file that says whose a member's folder is.
func EncodeMember(m *Member) []byte {
	var w bytes.Buffer
	encodeGroup(&w, reflect.ValueOf(m).Elem(), "")
	return w.Bytes()
}

func encodeGroup(w *bytes.Buffer, v reflect.Value, indent string) {
	p := planOf(v.Type())
	for i := range p.fields {
		f := &p.fields[i]
		x := v.FieldByIndex(f.index)
		// Consent is read most strictly where it says least, so that all of it is written; a
		// longitude may be 0.
		if f.en == "params" || x.IsZero() && f.en != "publish" && (!f.required || x.Kind() != reflect.Float64) {
			continue
		}
		encodeValue(w, x, f.en, indent)
	}
}

// encodeValue writes "key: value", each line after indent.
func encodeValue(w *bytes.Buffer, v reflect.Value, key, indent string) {
	for v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	switch {
	case v.Type() != typeRegion && v.Kind() == reflect.Slice:
		if v.Len() == 0 {
			return
		}
		w.WriteString(indent + key + ":\n")
		for i := range v.Len() {
			item := v.Index(i)
			if structOf(item.Type()) == nil {
				w.WriteString(indent + "  - " + encodeScalar(item) + "\n")
				continue
			}
			var group bytes.Buffer
			encodeGroup(&group, item, indent+"    ")
			if b := group.Bytes(); len(b) > 0 {
				b[len(indent)+2] = '-'
				w.Write(b)
			}
		}
	case structOf(v.Type()) != nil:
		var group bytes.Buffer
		if encodeGroup(&group, v, indent+"  "); group.Len() > 0 {
			w.WriteString(indent + key + ":\n")
			w.Write(group.Bytes())
		}
	default:
		w.WriteString(indent + key + ": " + encodeScalar(v) + "\n")
	}
}

func encodeScalar(v reflect.Value) string {
	switch t := v.Type(); {
	case t == typeDate:
		return quotedText(v.Interface().(date.Date).String())
	case t == typeMoment:
		return quotedText(v.Interface().(date.Moment).String())
	case t == typeRef, t == typeFile, t == typeText:
		return quotedText(v.Field(0).String())
	case t == typeRegion:
		s := ""
		for i := range v.Len() {
			if i > 0 {
				s += "/"
			}
			s += v.Index(i).String()
		}
		return quotedText(s)
	}
	switch v.Kind() {
	case reflect.Bool:
		return strconv.FormatBool(v.Bool())
	case reflect.Int:
		return strconv.FormatInt(v.Int(), 10)
	case reflect.Float64:
		return strconv.FormatFloat(v.Float(), 'f', -1, 64)
	}
	if v.Kind() != reflect.String {
		panic("content: a key holds a " + v.Type().String() + ", which nobody can write") // a test writes all
	}
	return quotedText(v.String())
}

// quotedText is a string in double quotes: every JSON string is one of YAML (1.2 §1.3).
func quotedText(s string) string {
	var w bytes.Buffer
	e := json.NewEncoder(&w)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string cannot fail
	return string(bytes.TrimSuffix(w.Bytes(), []byte("\n")))
}

// Pictures are the files that a record's keys name as pictures, to be changed in place. What
// is behind pointers and in lists is copied first, so that the record r was copied from
// stays as it is.
func Pictures(r Record) []*File {
	h := r.Base()
	var out []*File
	take := func(f *File) { out = append(out, f) }
	if h.Cover != nil {
		c := *h.Cover
		h.Cover = &c
		take(&c.Src)
	}
	if _, comic := shownBy(r); comic != nil {
		*comic = slices.Clone(*comic)
		for i := range *comic {
			take(&(*comic)[i].Src)
		}
	}
	switch r := r.(type) {
	case *Hero:
		if r.Portrait != nil {
			p := *r.Portrait
			r.Portrait = &p
			take(&p.Src)
		}
	case *Brief:
		r.Gallery = slices.Clone(r.Gallery)
		for i := range r.Gallery {
			take(&r.Gallery[i].Src)
		}
	case *Book:
		r.Parts = slices.Clone(r.Parts)
		for i := range r.Parts {
			if r.Parts[i].Picture != nil {
				p := *r.Parts[i].Picture
				r.Parts[i].Picture = &p
				take(&p.Src)
			}
		}
	case *Venue:
		if r.Plan != nil {
			p := *r.Plan
			r.Plan = &p
			take(&p.Src)
		}
	}
	return out
}

// DropPictures takes the pictures out of a record whose files have no name.
func DropPictures(r Record) {
	if h := r.Base(); h.Cover != nil && h.Cover.Src.Path == "" {
		h.Cover = nil
	}
	if _, comic := shownBy(r); comic != nil {
		*comic = slices.DeleteFunc(*comic, func(p ComicPic) bool { return p.Src.Path == "" })
	}
	switch r := r.(type) {
	case *Hero:
		if r.Portrait != nil && r.Portrait.Src.Path == "" {
			r.Portrait = nil
		}
	case *Brief:
		r.Gallery = slices.DeleteFunc(r.Gallery, func(p GalleryPic) bool { return p.Src.Path == "" })
	case *Book:
		for i := range r.Parts {
			if p := r.Parts[i].Picture; p != nil && p.Src.Path == "" {
				r.Parts[i].Picture = nil
			}
		}
	case *Venue:
		if r.Plan != nil && r.Plan.Src.Path == "" {
			r.Plan = nil
		}
	}
}
