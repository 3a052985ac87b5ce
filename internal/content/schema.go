package content

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"mingdeng/internal/date"
	"mingdeng/internal/diag"
)

// Key is one declared key of a kind of record, for help texts and `new`.
type Key struct {
	En, Zh   string
	Also     []string // further names accepted
	Required bool
	Doc      diag.Text
	Shape    diag.Text // what a value looks like: "一个词", "a date" …
	Type     Type      // of the value, or of each item of a list
	Refers   Kind      // the kind of record that is named, or KindAny, where Type is TypeRef
	Values   []Value   // where only fixed values are allowed
	Words    []Value   // further words that mean one of them
	Keys     []Key     // where the value is a group of keys, or a list of such groups
	Short    bool      // of a group: a bare word in place of the group is this key's value
	Default  bool      // of TypeBool: what it is where nothing is said
	List     bool
	Common   bool      // most records of the kind have it: shown in a new one
	Least    float64   // of a number that has bounds
	Most     float64   // of a number that has bounds; 0 where it has none
	Blank    diag.Text // what a new record says where only its editor knows the value; see blank.go
	Own      bool      // left out of an edition in another language that does not give it
	Same     bool      // the same in every language: said in the record's own file alone
}

// Type says what a value is, for those who let people enter one.
type Type uint8

// The types of values.
const (
	TypeText   Type = iota // words on one line
	TypeFixed              // one of Key.Values
	TypeBool               // true or false
	TypeInt                // a whole number
	TypeFloat              // a number
	TypeDate               // a year, a month or a day, perhaps with a time of day: see Key.Shape
	TypeRef                // the slug of a record of the kind Key.Refers
	TypeFile               // the name of a file beside the record
	TypeURL                // an http or https address
	TypeRegion             // province/city/county
	TypeNav                // true, false or a whole number
	TypeGroup              // a group of keys: Key.Keys
	TypeParams             // free data
)

// typeOf tells the type of a field's values.
func typeOf(t reflect.Type) Type {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice && t != typeRegion {
		t = t.Elem()
	}
	switch {
	case t == typeDate, t == typeMoment:
		return TypeDate
	case t == typeRef:
		return TypeRef
	case t == typeFile:
		return TypeFile
	case t == typeURL, t == typeBase:
		return TypeURL
	case t == typeRegion:
		return TypeRegion
	case t == typeParams:
		return TypeParams
	case t == typeNav:
		return TypeNav
	case valuesOf(t) != nil:
		return TypeFixed
	case structOf(t) != nil:
		return TypeGroup
	}
	switch t.Kind() {
	case reflect.Bool:
		return TypeBool
	case reflect.Int:
		return TypeInt
	case reflect.Float64:
		return TypeFloat
	}
	return TypeText
}

// Schema returns the keys of a kind, its own before those all records share.
func Schema(k Kind) []Key {
	switch t := k.Info().typ; {
	case k == KindSite:
		return planOf(typeSite).keys(k)
	case t != nil:
		return planOf(t).keys(k)
	}
	return nil
}

// plan is how one struct type is decoded.
type plan struct {
	fields []field
	byName map[string]int // every accepted name → index in fields
	short  int            // the field a bare word fills, or -1
}

type field struct {
	index    []int
	typ      reflect.Type
	en, zh   string
	also     []string
	required bool
	doc      diag.Text
	lo, hi   float64
	ranged   bool
	edition  string // how it behaves in other editions; see edition.go
	common   string // "true", or the kinds of records that commonly have it
	gate     bool   // a day on which something becomes public, or ceases to be
	refers   Kind   // of a reference: the kind of record it names
}

// plans holds the plan of every struct reachable from a record type; it is
// complete before main starts and never changed.
var plans = func() map[reflect.Type]*plan {
	m := map[reflect.Type]*plan{}
	addPlan(m, typeSite)
	addPlan(m, reflect.TypeFor[Member]())
	for _, k := range kinds {
		addPlan(m, k.typ)
	}
	return m
}()

func planOf(t reflect.Type) *plan { return plans[t] }

// allKeys is every name a key can have anywhere, for spotting full-width colons.
var allKeys = func() map[string]bool {
	m := map[string]bool{}
	for _, p := range plans {
		for name := range p.byName {
			m[name] = true
		}
	}
	return m
}()

func isKey(name string) bool { return allKeys[name] }

func addPlan(m map[reflect.Type]*plan, t reflect.Type) {
	if m[t] != nil {
		return
	}
	p := &plan{byName: map[string]int{}, short: -1}
	m[t] = p
	p.add(m, t, nil)
}

// add puts the fields of t into the plan, those of an embedded Head after its own.
func (p *plan) add(m map[reflect.Type]*plan, t reflect.Type, index []int) {
	var embedded []reflect.StructField
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			embedded = append(embedded, f)
			continue
		}
		tag := f.Tag.Get("key")
		if tag == "-" {
			continue
		}
		names := strings.Fields(tag)
		if len(names) < 2 {
			panic(fmt.Sprintf("content: %s.%s lacks its key tag", t.Name(), f.Name))
		}
		fd := field{
			index: append(append([]int{}, index...), i), typ: f.Type, en: names[0], zh: names[1],
			doc: diag.Text{Zh: f.Tag.Get("zh"), En: f.Tag.Get("en")},
		}
		for _, n := range names[2:] {
			if n == "*" {
				fd.required = true
			} else {
				fd.also = append(fd.also, n)
			}
		}
		if r := strings.Fields(f.Tag.Get("range")); len(r) == 2 {
			fd.lo, _ = strconv.ParseFloat(r[0], 64)
			fd.hi, _ = strconv.ParseFloat(r[1], 64)
			fd.ranged = true
		}
		fd.refers = Kind(f.Tag.Get("refers"))
		if typeOf(f.Type) == TypeRef && fd.refers != KindAny && fd.refers.Info().Kind == "" {
			panic(fmt.Sprintf("content: %s.%s does not say which kind of record it refers to", t.Name(), f.Name))
		}
		fd.edition, fd.common, fd.gate = f.Tag.Get("edition"), f.Tag.Get("common"), f.Tag.Get("gate") == "true"
		if f.Tag.Get("short") == "true" {
			p.short = len(p.fields)
		}
		for _, n := range append([]string{fd.en, fd.zh}, fd.also...) {
			if _, taken := p.byName[n]; taken {
				panic(fmt.Sprintf("content: %s declares the key %s twice", t.Name(), n))
			}
			p.byName[n] = len(p.fields)
		}
		p.fields = append(p.fields, fd)
		if s := structOf(f.Type); s != nil {
			addPlan(m, s)
		}
	}
	for _, f := range embedded {
		p.add(m, f.Type, append(append([]int{}, index...), f.Index...))
	}
}

// structOf returns the struct with keys of its own behind a pointer or a list, or nil.
func structOf(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || t == typeDate || t == typeMoment || t == typeRef || t == typeFile || t == typeText {
		return nil
	}
	return t
}

var (
	typeSite   = reflect.TypeFor[Site]()
	typeDate   = reflect.TypeFor[date.Date]()
	typeMoment = reflect.TypeFor[date.Moment]()
	typeRef    = reflect.TypeFor[Ref]()
	typeFile   = reflect.TypeFor[File]()
	typeText   = reflect.TypeFor[Text]()
	typeURL    = reflect.TypeFor[URL]()
	typeBase   = reflect.TypeFor[BaseURL]()
	typeRegion = reflect.TypeFor[Region]()
	typeParams = reflect.TypeFor[Params]()
	typeNav    = reflect.TypeFor[Nav]()

	typeLocation = reflect.TypeFor[Location]()
)

// fixed is a type with fixed values.
type fixed interface{ Values() []Value }

// valuesOf returns the fixed values of t, or nil.
func valuesOf(t reflect.Type) []Value {
	if f, ok := reflect.Zero(t).Interface().(fixed); ok {
		return f.Values()
	}
	return nil
}

// alsoOf returns the further words for the fixed values of t, or nil.
func alsoOf(t reflect.Type) []Value {
	if f, ok := reflect.Zero(t).Interface().(interface{ Also() []Value }); ok {
		return f.Also()
	}
	return nil
}

// shapeOf says in words what a value of t looks like, with an example.
func shapeOf(t reflect.Type) (shape, example diag.Text) {
	same := func(s string) diag.Text { return diag.Text{Zh: s, En: s} }
	switch {
	case t.Kind() == reflect.Pointer:
		return shapeOf(t.Elem())
	case t == typeDate:
		return diag.Text{Zh: "一个日期", En: "a date"}, same("2023-06-14")
	case t == typeMoment:
		return diag.Text{Zh: "一个日期，可以加钟点", En: "a date, perhaps with a time of day"}, same("2026-03-05 09:30")
	case t == typeRef:
		return diag.Text{Zh: "一个网址名", En: "a slug"}, same("zhang-san")
	case t == typeFile:
		return diag.Text{Zh: "一个文件名", En: "a file name"}, same("portrait.jpg")
	case t == typeURL, t == typeBase:
		return diag.Text{Zh: "一个网址", En: "an address"}, same("https://example.cn/")
	case t == typeRegion:
		return diag.Text{Zh: "地区（省/市/县）", En: "a region (province/city/county)"}, diag.Text{Zh: "河南省/郑州市/金水区", En: "河南省/郑州市/金水区"}
	case t == typeParams:
		return diag.Text{Zh: "一组键", En: "a group of keys"}, same("key: value")
	case t == typeNav:
		return diag.Text{Zh: "true、false 或一个数", En: "true, false or a number"}, same("true")
	case valuesOf(t) != nil:
		v := valuesOf(t)[0]
		return diag.Text{Zh: "固定的词之一", En: "one of the fixed words"}, diag.Text{Zh: v.Zh, En: v.En}
	case t.Kind() == reflect.Slice:
		item, ex := shapeOf(t.Elem())
		return diag.Text{Zh: "一张清单，每项是" + item.Zh, En: "a list, each item " + item.En},
			diag.Text{Zh: "[" + ex.Zh + "]", En: "[" + ex.En + "]"}
	case t.Kind() == reflect.Bool:
		return diag.Text{Zh: "true 或 false", En: "true or false"}, same("true")
	case t.Kind() == reflect.Int:
		return diag.Text{Zh: "一个整数", En: "a whole number"}, same("12")
	case t.Kind() == reflect.Float64:
		return diag.Text{Zh: "一个数", En: "a number"}, same("1.5")
	case t.Kind() == reflect.Struct && t != typeText:
		p := planOf(t)
		return diag.Text{Zh: "一组键（" + strings.Join(p.names(true), "、") + "）", En: "a group of keys (" + strings.Join(p.names(false), ", ") + ")"},
			diag.Text{Zh: "{" + p.fields[0].zh + ": …}", En: "{" + p.fields[0].en + ": …}"}
	}
	return diag.Text{Zh: "文字", En: "text"}, diag.Text{Zh: "一句话", En: "some words"}
}

// names lists the keys of a plan in one language.
func (p *plan) names(zh bool) []string {
	out := make([]string, len(p.fields))
	for i, f := range p.fields {
		if out[i] = f.en; zh {
			out[i] = f.zh
		}
	}
	return out
}

func (p *plan) keys(kind Kind) []Key {
	var out []Key
	for i, f := range p.fields {
		k := Key{En: f.en, Zh: f.zh, Also: f.also, Required: f.required, Doc: f.doc, List: f.typ.Kind() == reflect.Slice && f.typ != typeRegion, Own: f.edition == "own", Same: f.edition == "same", Short: i == p.short}
		k.Shape, _ = shapeOf(f.typ)
		k.Type, k.Refers = typeOf(f.typ), f.refers
		k.Default = f.typ.Kind() == reflect.Pointer && k.Type == TypeBool // else there would be no need to tell nothing from false
		k.Common = f.common == "true" || slices.Contains(strings.Fields(f.common), string(kind))
		t := f.typ
		if t.Kind() == reflect.Slice {
			t = t.Elem()
		}
		k.Values, k.Words = valuesOf(t), alsoOf(t)
		k.Blank, k.Least, k.Most = blankOf(f.typ, f.en), f.lo, f.hi
		if s := structOf(f.typ); s != nil {
			k.Keys = planOf(s).keys(kind)
		}
		out = append(out, k)
	}
	return out
}
