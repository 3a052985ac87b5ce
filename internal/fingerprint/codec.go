package fingerprint

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unsafe"
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

// Pack returns what pointer points to, as [Of] reads it, as bytes from which [Unpack] makes
// it again. It returns nil where something in it cannot be read back: a value in an
// interface, a time, an unexported field, a type that answers for its own fingerprint, a
// map whose keys are not text. Panics are those of Of.
func Pack(pointer any) []byte {
	v := reflect.ValueOf(pointer).Elem()
	r := rootOf(codecKey{v.Type(), false})
	if r.oneWay != "" {
		return nil
	}
	h := takeHasher()
	defer h.release()
	h.packing = true
	r.codec.put(h, v, 0)
	if h.oneWay {
		return nil
	}
	return slices.Clone(h.buf)
}

var errPacked = errors.New("fingerprint: not a packed value of this type")

// Unpack reads what [Pack] made into the zero value that pointer points to. Its strings are
// parts of b, which must not change any more. What is not a packed value is an error, or
// some value of the type: no count in b makes it take more memory than b's length warrants,
// and nothing makes it panic.
func Unpack(b []byte, pointer any) error {
	v := reflect.ValueOf(pointer).Elem()
	root := rootOf(codecKey{v.Type(), false})
	if root.oneWay != "" {
		return errors.New("fingerprint: " + root.oneWay)
	}
	r := reader{s: unsafe.String(unsafe.SliceData(b), len(b))}
	root.codec.get(&r, v, 0)
	if r.bad || r.s != "" {
		return errPacked
	}
	return nil
}

// reader takes values off the front of s; once something is amiss it is bad and gives
// zeros.
type reader struct {
	s   string
	bad bool
}

func (r *reader) uvarint() uint64 {
	var n uint64
	for shift := 0; shift < 64; shift += 7 {
		if r.s == "" {
			break
		}
		c := r.s[0]
		r.s = r.s[1:]
		n |= uint64(c&0x7f) << shift
		if c < 0x80 {
			return n
		}
	}
	r.bad = true
	return 0
}

func (r *reader) varint() int64 {
	n := r.uvarint()
	return int64(n>>1) ^ -int64(n&1)
}

// count reads a length; every item takes at least a byte.
func (r *reader) count() int {
	n := r.uvarint()
	if n > uint64(len(r.s)) {
		r.bad = true
		return 0
	}
	return int(n)
}

func (r *reader) take(n int) string {
	if n > len(r.s) {
		r.bad = true
		return ""
	}
	s := r.s[:n]
	r.s = r.s[n:]
	return s
}

func (r *reader) byte() byte {
	if r.s == "" {
		r.bad = true
		return 0
	}
	c := r.s[0]
	r.s = r.s[1:]
	return c
}

func (r *reader) uint64() uint64 {
	if s := r.take(8); s != "" {
		return binary.LittleEndian.Uint64([]byte(s))
	}
	return 0
}

// deeper is depth and one, unless the bytes lead deeper than any value that was written.
func (r *reader) deeper(depth int) int {
	r.bad = r.bad || depth >= deepest
	return depth + 1
}

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
	switch t.Kind() {
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

func (c *compiler) structure(k codecKey, where string) codec {
	fields := make([]*codec, k.t.NumField())
	for i := range fields {
		f := k.t.Field(i)
		in := where + "." + f.Name
		if !f.IsExported() {
			c.cannotBeRead(in, "is not exported")
		}
		// As in reflect: an unexported field seals all below it, but an
		// embedded one lets its own exported fields through.
		fields[i] = c.compile(codecKey{f.Type, k.sealed || (!f.IsExported() && !f.Anonymous)}, in)
	}
	return codec{
		func(h *Hasher, v reflect.Value, depth int) {
			for i, f := range fields {
				f.put(h, v.Field(i), depth)
			}
		},
		func(r *reader, v reflect.Value, depth int) {
			for i, f := range fields {
				f.get(r, v.Field(i), depth)
			}
		},
	}
}

func putAnswer(h *Hasher, v reflect.Value, _ int) {
	if v.Kind() == reflect.Pointer && v.IsNil() {
		h.byte(0)
		return
	}
	h.byte(1)
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

// bytesCodec is that of []byte.
var bytesCodec = codec{
	func(h *Hasher, v reflect.Value, _ int) {
		if v.IsNil() {
			h.byte(0)
			return
		}
		h.byte(1)
		h.Bytes(v.Bytes())
	},
	func(r *reader, v reflect.Value, _ int) {
		if r.byte() == 1 {
			v.SetBytes([]byte(r.take(r.count())))
		}
	},
}

func deeper(depth int, where string) int {
	if depth >= deepest {
		panic(fmt.Sprintf("fingerprint.Of: %s: over %d levels deep: is it a cycle?", where, deepest))
	}
	return depth + 1
}

func pointer(t reflect.Type, elem *codec, where string) codec {
	return codec{
		func(h *Hasher, v reflect.Value, depth int) {
			if v.IsNil() {
				h.byte(0)
				return
			}
			h.byte(1)
			elem.put(h, v.Elem(), deeper(depth, where))
		},
		func(r *reader, v reflect.Value, depth int) {
			if r.byte() == 0 || r.bad {
				return
			}
			if depth = r.deeper(depth); !r.bad {
				v.Set(reflect.New(t.Elem()))
				elem.get(r, v.Elem(), depth)
			}
		},
	}
}

// held is the codec of an interface. What it holds can be anything, so only nil is read
// back.
func held(sealed bool, where string) codec {
	return codec{
		func(h *Hasher, v reflect.Value, depth int) {
			if v.IsNil() {
				h.byte(0)
				return
			}
			h.byte(1)
			h.oneWay = true
			v = v.Elem()
			r := rootOf(codecKey{v.Type(), sealed})
			h.Fingerprint(r.shape)
			r.codec.put(h, v, deeper(depth, where))
		},
		func(r *reader, v reflect.Value, _ int) { r.bad = r.byte() != 0 || r.bad },
	}
}

func list(t reflect.Type, elem *codec, where string) codec {
	return codec{
		func(h *Hasher, v reflect.Value, depth int) {
			if v.IsNil() {
				h.uvarint(0)
				return
			}
			depth = deeper(depth, where)
			h.uvarint(uint64(v.Len()) + 1)
			for i := range v.Len() {
				elem.put(h, v.Index(i), depth)
			}
		},
		func(r *reader, v reflect.Value, depth int) {
			n := r.uvarint()
			if n == 0 || r.bad {
				return
			}
			depth = r.deeper(depth)
			if n-1 > uint64(len(r.s)) || r.bad {
				r.bad = true
				return
			}
			v.Set(reflect.MakeSlice(t, int(n-1), int(n-1)))
			for i := range v.Len() {
				elem.get(r, v.Index(i), depth)
			}
		},
	}
}

func array(elem *codec) codec {
	return codec{
		func(h *Hasher, v reflect.Value, depth int) {
			for i := range v.Len() {
				elem.put(h, v.Index(i), depth)
			}
		},
		func(r *reader, v reflect.Value, depth int) {
			for i := range v.Len() {
				elem.get(r, v.Index(i), depth)
			}
		},
	}
}

// dictionary is the codec of a map. To hash one, the hashes of its entries are added up
// modulo 2^128: that needs no order among keys, so that keys of every type are treated
// alike and nothing is sorted.
func dictionary(t reflect.Type, key, elem *codec, where string) codec {
	return codec{
		func(h *Hasher, v reflect.Value, depth int) {
			if v.IsNil() {
				h.byte(0)
				return
			}
			depth = deeper(depth, where)
			h.byte(1)
			h.uvarint(uint64(v.Len()))
			if h.packing {
				keys := v.MapKeys()
				slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
				for _, k := range keys {
					key.put(h, k, depth)
					elem.put(h, v.MapIndex(k), depth)
				}
				return
			}
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
		},
		func(r *reader, v reflect.Value, depth int) {
			if r.byte() == 0 || r.bad {
				return
			}
			depth = r.deeper(depth)
			n := r.count()
			if r.bad {
				return
			}
			v.Set(reflect.MakeMapWithSize(t, n))
			k, e := reflect.New(t.Key()).Elem(), reflect.New(t.Elem()).Elem()
			for range n {
				k.SetZero()
				e.SetZero()
				key.get(r, k, depth)
				elem.get(r, e, depth)
				if r.bad {
					return
				}
				v.SetMapIndex(k, e)
			}
		},
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
