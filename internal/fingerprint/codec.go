package fingerprint

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"time"
)

// This file writes any plain value as bytes, to be hashed ([Of]) or kept ([Pack]), and
// reads it back ([Unpack]). Each type is compiled once into a codec, a tree of closures;
// writing a value then takes no look at names or tags and, but for maps and interfaces of
// large values, no memory.
//
//	number     a varint, zigzag where it has a sign; floats 8 bytes
//	bool, byte 1 byte
//	string     its length, its bytes
//	slice      0 for nil, else its length and one, then its items; an array its items
//	map        0 for nil, else 1, its length, and its entries: by key where they are to be
//	           kept, else the sum of their hashes, which needs no order
//	pointer    0 for nil, else 1 and what it points to
//	struct     its fields in their order
//	interface  0 for nil, else 1, the shape of the type it holds, the value: to be hashed only
//
// The bytes say nothing of their own shape: whoever keeps them keeps them under a key that
// changes with the program.

// fingerprinter is what a type implements to answer for itself.
type fingerprinter interface{ Fingerprint() Fingerprint }

var (
	fingerprinterType = reflect.TypeFor[fingerprinter]()
	timeType          = reflect.TypeFor[time.Time]()
)

// deepest is the number of nested pointers, slices, maps and interfaces after
// which a value is taken for a cycle.
const deepest = 256

// codec writes and reads values of one type.
type codec struct {
	put func(h *Hasher, v reflect.Value, depth int)
	get func(r *reader, v reflect.Value, depth int) // v is settable and zero
}

// root is a type's codec together with the fingerprint of its shape.
type root struct {
	shape  Fingerprint
	codec  *codec
	oneWay string // why no value of the type can be read back, or ""
}

// codecKey tells apart a type met through an unexported field, where reflect
// forbids calling methods.
type codecKey struct {
	t      reflect.Type
	sealed bool
}

var roots sync.Map // codecKey → *root

func (h *Hasher) value(v any) {
	rv := reflect.ValueOf(v)
	if !rv.IsValid() {
		h.byte(0)
		return
	}
	h.byte(1)
	r := rootOf(codecKey{rv.Type(), false})
	h.Fingerprint(r.shape)
	r.codec.put(h, rv, 0)
}

func rootOf(k codecKey) *root {
	if r, ok := roots.Load(k); ok {
		return r.(*root)
	}
	c := compiler{codecs: map[codecKey]*codec{}}
	p := c.compile(k, k.t.String())
	var b strings.Builder
	describe(&b, k.t, map[reflect.Type]bool{})
	r, _ := roots.LoadOrStore(k, &root{Sum([]byte(b.String())), p, c.oneWay})
	return r.(*root)
}

type compiler struct {
	codecs map[codecKey]*codec
	oneWay string
}

// compile makes the codec of k; where tells the way to it, for the panic.
func (c *compiler) compile(k codecKey, where string) *codec {
	if p, ok := c.codecs[k]; ok {
		return p // perhaps not filled in yet: a recursive type
	}
	p := &codec{}
	c.codecs[k] = p
	*p = c.make(k, where)
	return p
}

// cannotBeRead notes why values of the type that is being compiled can only be hashed.
func (c *compiler) cannotBeRead(where, why string) func(*reader, reflect.Value, int) {
	if c.oneWay == "" {
		c.oneWay = where + " " + why
	}
	return nil
}

func (c *compiler) make(k codecKey, where string) codec {
	t := k.t
	if f, ok := promoter(t); ok {
		refuse(where+"."+f.Name, f.Type, "answers for its own fingerprint and is embedded: give the field a name")
	}
	switch {
	case t.Implements(fingerprinterType) && t.Kind() != reflect.Interface:
		if k.sealed {
			refuse(where, t, "answers for its own fingerprint, which cannot be asked inside an unexported field")
		}
		return codec{putAnswer, c.cannotBeRead(where, "answers for its own fingerprint")}
	case t.Kind() != reflect.Pointer && reflect.PointerTo(t).Implements(fingerprinterType):
		refuse(where, t, "has Fingerprint on its pointer: hold it by pointer")
	case t == timeType:
		if k.sealed {
			refuse(where, t, "cannot be read inside an unexported field")
		}
		return codec{putTime, c.cannotBeRead(where, "is a time")}
	}
	if p := scalar(t.Kind()); p.put != nil {
		return p
	}
	switch t.Kind() {
	case reflect.Struct:
		return c.structure(k, where)
	case reflect.Pointer:
		return pointer(t, c.compile(codecKey{t.Elem(), k.sealed}, where), where)
	case reflect.Interface:
		return held(k.sealed, where)
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return bytesCodec
		}
		return list(t, c.compile(codecKey{t.Elem(), k.sealed}, where+"[]"), where)
	case reflect.Array:
		return array(c.compile(codecKey{t.Elem(), k.sealed}, where+"[]"))
	case reflect.Map:
		if t.Key().Kind() != reflect.String {
			c.cannotBeRead(where, "is a map whose keys are not text")
		}
		return dictionary(t, c.compile(codecKey{t.Key(), k.sealed}, where+"[key]"), c.compile(codecKey{t.Elem(), k.sealed}, where+"[]"), where)
	}
	refuse(where, t, "cannot be hashed")
	return codec{}
}

// scalar is the codec of a number, a truth or a text; empty for what is made of others.
func scalar(k reflect.Kind) codec {
	switch k {
	case reflect.Bool:
		return codec{
			func(h *Hasher, v reflect.Value, _ int) {
				if v.Bool() {
					h.byte(1)
				} else {
					h.byte(0)
				}
			},
			func(r *reader, v reflect.Value, _ int) { v.SetBool(r.byte() != 0) },
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return codec{
			func(h *Hasher, v reflect.Value, _ int) { n := v.Int(); h.uvarint(uint64(n<<1) ^ uint64(n>>63)) },
			func(r *reader, v reflect.Value, _ int) {
				n := r.varint()
				r.bad = r.bad || v.OverflowInt(n)
				v.SetInt(n)
			},
		}
	case reflect.Uint8:
		return codec{
			func(h *Hasher, v reflect.Value, _ int) { h.byte(byte(v.Uint())) },
			func(r *reader, v reflect.Value, _ int) { v.SetUint(uint64(r.byte())) },
		}
	case reflect.Uint, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return codec{
			func(h *Hasher, v reflect.Value, _ int) { h.uvarint(v.Uint()) },
			func(r *reader, v reflect.Value, _ int) {
				n := r.uvarint()
				r.bad = r.bad || v.OverflowUint(n)
				v.SetUint(n)
			},
		}
	case reflect.Float32, reflect.Float64:
		return codec{
			func(h *Hasher, v reflect.Value, _ int) { h.float(v.Float()) },
			func(r *reader, v reflect.Value, _ int) { v.SetFloat(math.Float64frombits(r.uint64())) },
		}
	case reflect.Complex64, reflect.Complex128:
		return codec{
			func(h *Hasher, v reflect.Value, _ int) { c := v.Complex(); h.float(real(c)); h.float(imag(c)) },
			func(r *reader, v reflect.Value, _ int) {
				re, im := math.Float64frombits(r.uint64()), math.Float64frombits(r.uint64())
				v.SetComplex(complex(re, im))
			},
		}
	case reflect.String:
		return codec{
			func(h *Hasher, v reflect.Value, _ int) { h.String(v.String()) },
			func(r *reader, v reflect.Value, _ int) { v.SetString(r.take(r.count())) },
		}
	}
	return codec{}
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
	panic(fmt.Sprintf("fingerprint.Of: %s: %s %s", where, t, why))
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
