package fingerprint

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
)

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
