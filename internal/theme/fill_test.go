package theme

import (
	"fmt"
	"html/template"
	"reflect"
)

// filled makes a view with something in every field: texts that need escaping,
// lists of two, pointers set. sparse leaves lists empty and pointers nil, except
// those that are never nil.
func filled(like any, sparse bool) any {
	v := reflect.New(reflect.TypeOf(like)).Elem()
	fill(v, "", sparse, 0)
	return v.Interface()
}

func fill(v reflect.Value, name string, sparse bool, depth int) {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		if depth < 12 {
			fill(v.Elem(), name, sparse, depth+1)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f, t := v.Field(i), v.Type().Field(i)
			if !t.IsExported() || sparse && f.Kind() == reflect.Pointer && t.Tag.Get("nil") != "never" {
				continue
			}
			if depth > 8 && f.Kind() == reflect.Pointer {
				continue
			}
			fill(f, t.Name, sparse, depth+1)
		}
	case reflect.Slice:
		if sparse || depth > 8 {
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			fill(v.Index(i), fmt.Sprint(name, i), sparse, depth+1)
		}
	case reflect.String:
		switch v.Type() {
		case reflect.TypeFor[template.HTML]():
			v.SetString("<p>正文 <em>着重</em> text.</p>\n<p>二</p>")
		case reflect.TypeFor[template.JS]():
			v.SetString(`{"a":1}`)
		default:
			if sparse && depth > 1 {
				return
			}
			v.SetString(name + ` “值” & <b>`)
		}
	case reflect.Int:
		v.SetInt(1976)
	case reflect.Float64:
		v.SetFloat(12.5)
	case reflect.Bool:
		v.SetBool(!sparse)
	}
}
