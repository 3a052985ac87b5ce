package output

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"time"
)

// This file reads any plain value into a Hasher. Each type is compiled once into
// a plan (a tree of closures) and kept; hashing a value then takes no look at
// names or tags and, but for maps and interfaces of large values, no memory.

// fingerprinter is what a type implements to answer for itself.
type fingerprinter interface{ Fingerprint() Fingerprint }

var (
	fingerprinterType = reflect.TypeFor[fingerprinter]()
	timeType          = reflect.TypeFor[time.Time]()
)

// deepest is the number of nested pointers, slices, maps and interfaces after
// which a value is taken for a cycle.
const deepest = 256

// plan writes values of one type.
type plan struct {
	put func(h *Hasher, v reflect.Value, depth int)
}

// root is a type's plan together with the fingerprint of its shape.
type root struct {
	shape Fingerprint
	plan  *plan
}

// planKey tells apart a type met through an unexported field, where reflect
// forbids calling methods.
type planKey struct {
	t      reflect.Type
	sealed bool
}

var roots sync.Map // planKey → *root

func (h *Hasher) reflected(v any) {
	rv := reflect.ValueOf(v)
	if !rv.IsValid() {
		h.flag(0)
		return
	}
	h.flag(1)
	r := rootOf(planKey{rv.Type(), false})
	h.Fingerprint(r.shape)
	r.plan.put(h, rv, 0)
}

func rootOf(k planKey) *root {
	if r, ok := roots.Load(k); ok {
		return r.(*root)
	}
	c := compiler{plans: map[planKey]*plan{}}
	p := c.compile(k, k.t.String())
	var b strings.Builder
	describe(&b, k.t, map[reflect.Type]bool{})
	r, _ := roots.LoadOrStore(k, &root{Sum([]byte(b.String())), p})
	return r.(*root)
}

type compiler struct{ plans map[planKey]*plan }

// compile makes the plan of k; where tells the way to it, for the panic.
func (c compiler) compile(k planKey, where string) *plan {
	if p, ok := c.plans[k]; ok {
		return p // perhaps not filled in yet: a recursive type
	}
	p := &plan{}
	c.plans[k] = p
	p.put = c.putter(k, where)
	return p
}

func (c compiler) putter(k planKey, where string) func(*Hasher, reflect.Value, int) {
	t := k.t
	if f, ok := promoter(t); ok {
		refuse(where+"."+f.Name, f.Type, "answers for its own fingerprint and is embedded: give the field a name")
	}
	switch {
	case t.Implements(fingerprinterType) && t.Kind() != reflect.Interface:
		if k.sealed {
			refuse(where, t, "answers for its own fingerprint, which cannot be asked inside an unexported field")
		}
		return putAnswer
	case t.Kind() != reflect.Pointer && reflect.PointerTo(t).Implements(fingerprinterType):
		refuse(where, t, "has Fingerprint on its pointer: hold it by pointer")
	case t == timeType:
		if k.sealed {
			refuse(where, t, "cannot be read inside an unexported field")
		}
		return putTime
	}
	switch t.Kind() {
	case reflect.Bool:
		return func(h *Hasher, v reflect.Value, _ int) {
			if v.Bool() {
				h.flag(1)
			} else {
				h.flag(0)
			}
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return func(h *Hasher, v reflect.Value, _ int) { h.Uint64(uint64(v.Int())) }
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return func(h *Hasher, v reflect.Value, _ int) { h.Uint64(v.Uint()) }
	case reflect.Float32, reflect.Float64:
		return func(h *Hasher, v reflect.Value, _ int) { h.float(v.Float()) }
	case reflect.Complex64, reflect.Complex128:
		return func(h *Hasher, v reflect.Value, _ int) { c := v.Complex(); h.float(real(c)); h.float(imag(c)) }
	case reflect.String:
		return func(h *Hasher, v reflect.Value, _ int) { h.String(v.String()) }
	case reflect.Struct:
		return c.structure(k, where)
	case reflect.Pointer:
		return putPointer(c.compile(planKey{t.Elem(), k.sealed}, where), where)
	case reflect.Interface:
		return putInterface(k.sealed, where)
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return putBytes
		}
		return putSlice(c.compile(planKey{t.Elem(), k.sealed}, where+"[]"), where)
	case reflect.Array:
		elem := c.compile(planKey{t.Elem(), k.sealed}, where+"[]")
		return func(h *Hasher, v reflect.Value, depth int) {
			for i := range v.Len() {
				elem.put(h, v.Index(i), depth)
			}
		}
	case reflect.Map:
		return putMap(c.compile(planKey{t.Key(), k.sealed}, where+"[key]"), c.compile(planKey{t.Elem(), k.sealed}, where+"[]"), where)
	}
	refuse(where, t, "cannot be hashed")
	return nil
}

// promoter finds the embedded field by which the struct t, or the struct that t
// points to, may have got its Fingerprint.
func promoter(t reflect.Type) (reflect.StructField, bool) {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() == reflect.Struct && t != timeType {
		for i := range t.NumField() {
			if f := t.Field(i); f.Anonymous && (f.Type.Implements(fingerprinterType) || reflect.PointerTo(f.Type).Implements(fingerprinterType)) {
				return f, true
			}
		}
	}
	return reflect.StructField{}, false
}

func refuse(where string, t reflect.Type, why string) {
	panic(fmt.Sprintf("output.Of: %s: %s %s", where, t, why))
}

func (c compiler) structure(k planKey, where string) func(*Hasher, reflect.Value, int) {
	fields := make([]*plan, k.t.NumField())
	for i := range fields {
		f := k.t.Field(i)
		in := where + "." + f.Name
		// As in reflect: an unexported field seals all below it, but an
		// embedded one lets its own exported fields through.
		fields[i] = c.compile(planKey{f.Type, k.sealed || (!f.IsExported() && !f.Anonymous)}, in)
	}
	return func(h *Hasher, v reflect.Value, depth int) {
		for i, f := range fields {
			f.put(h, v.Field(i), depth)
		}
	}
}

func putAnswer(h *Hasher, v reflect.Value, _ int) {
	if v.Kind() == reflect.Pointer && v.IsNil() {
		h.flag(0)
		return
	}
	h.flag(1)
	if v.Kind() != reflect.Pointer && v.CanAddr() {
		v = v.Addr() // the pointer's method set has it too, and boxing a pointer is free
	}
	f := v.Interface().(fingerprinter).Fingerprint()
	h.Fingerprint(f)
}

// putTime writes what a template can show of a time: the instant and the zone.
func putTime(h *Hasher, v reflect.Value, _ int) {
	var t *time.Time
	if v.CanAddr() {
		t = v.Addr().Interface().(*time.Time)
	} else {
		own := v.Interface().(time.Time)
		t = &own
	}
	name, offset := t.Zone()
	h.Uint64(uint64(t.Unix()))
	h.Uint64(uint64(t.Nanosecond()))
	h.Uint64(uint64(offset))
	h.String(name)
}

func putBytes(h *Hasher, v reflect.Value, _ int) {
	if v.IsNil() {
		h.flag(0)
		return
	}
	h.flag(1)
	h.Bytes(v.Bytes())
}

func deeper(depth int, where string) int {
	if depth >= deepest {
		panic(fmt.Sprintf("output.Of: %s: over %d levels deep: is it a cycle?", where, deepest))
	}
	return depth + 1
}

func putPointer(elem *plan, where string) func(*Hasher, reflect.Value, int) {
	return func(h *Hasher, v reflect.Value, depth int) {
		if v.IsNil() {
			h.flag(0)
			return
		}
		h.flag(1)
		elem.put(h, v.Elem(), deeper(depth, where))
	}
}

func putInterface(sealed bool, where string) func(*Hasher, reflect.Value, int) {
	return func(h *Hasher, v reflect.Value, depth int) {
		if v.IsNil() {
			h.flag(0)
			return
		}
		h.flag(1)
		v = v.Elem()
		r := rootOf(planKey{v.Type(), sealed})
		h.Fingerprint(r.shape)
		r.plan.put(h, v, deeper(depth, where))
	}
}

func putSlice(elem *plan, where string) func(*Hasher, reflect.Value, int) {
	return func(h *Hasher, v reflect.Value, depth int) {
		if v.IsNil() {
			h.flag(0)
			return
		}
		depth = deeper(depth, where)
		h.flag(1)
		h.length(v.Len())
		for i := range v.Len() {
			elem.put(h, v.Index(i), depth)
		}
	}
}

// putMap adds up the hashes of the entries, modulo 2^128, which needs no order
// among keys: keys of every type are treated alike, and nothing is sorted.
func putMap(key, elem *plan, where string) func(*Hasher, reflect.Value, int) {
	return func(h *Hasher, v reflect.Value, depth int) {
		if v.IsNil() {
			h.flag(0)
			return
		}
		depth = deeper(depth, where)
		h.flag(1)
		h.length(v.Len())
		one := takeHasher()
		defer one.release()
		var total Fingerprint
		for it := v.MapRange(); it.Next(); {
			one.Reset()
			key.put(one, it.Key(), depth)
			elem.put(one, it.Value(), depth)
			total = add(total, one.Sum())
		}
		h.Fingerprint(total)
	}
}

func add(a, b Fingerprint) Fingerprint {
	carry := 0
	for i := len(a) - 1; i >= 0; i-- {
		carry += int(a[i]) + int(b[i])
		a[i] = byte(carry)
		carry >>= 8
	}
	return a
}

// describe writes t's shape: its name and that of all it holds. A named type met
// again is written by name alone, so recursive types end.
func describe(b *strings.Builder, t reflect.Type, met map[reflect.Type]bool) {
	b.WriteString(t.PkgPath() + "." + t.Name())
	if met[t] || t == timeType || t.Implements(fingerprinterType) {
		b.WriteByte(';')
		return
	}
	met[t] = t.Name() != "" // a cycle of types always passes a named one
	b.WriteString(" " + t.Kind().String())
	switch t.Kind() {
	case reflect.Struct:
		b.WriteByte('{')
		for i := range t.NumField() {
			b.WriteString(strconv.Quote(t.Field(i).Name))
			describe(b, t.Field(i).Type, met)
		}
		b.WriteByte('}')
	case reflect.Map:
		describe(b, t.Key(), met)
		describe(b, t.Elem(), met)
	case reflect.Array:
		b.WriteString(strconv.Itoa(t.Len()))
		describe(b, t.Elem(), met)
	case reflect.Pointer, reflect.Slice:
		describe(b, t.Elem(), met)
	}
	b.WriteByte(';')
}
