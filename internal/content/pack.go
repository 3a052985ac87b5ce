package content

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"sync"
	"unsafe"

	"mingdeng/internal/diag"
)

// A record that has been read is kept between builds as a few hundred bytes, from which
// it comes back in a hundredth of the time that its head takes to be parsed. The bytes
// say nothing of their own shape: whoever keeps them keeps them under a key that changes
// with the program.
//
// Strings carry their length, numbers are varints, lists their count; a pointer is 0 or
// 1 and what it points to; fields stand in their order. Free data (Params) can be
// anything, so a record that has some is not packed.

// packers are those of the kinds of records, made when first asked for.
var packers = sync.OnceValue(func() map[Kind]packer {
	out := map[Kind]packer{}
	for kind, t := range recordTypes {
		if kind != KindSite { // which is one file and no record
			out[kind] = packerOf(t)
		}
	}
	return out
})

// packer writes and reads values of one type.
type packer struct {
	put func(*packing, reflect.Value)
	get func(*unpacking, reflect.Value)
}

type packing struct {
	b   []byte
	bad bool // it holds what cannot be packed
}

// unpacking takes values off the front of s; once something is amiss it is bad and gives
// zeros. Strings are parts of s.
type unpacking struct {
	s   string
	bad bool
}

// pack returns a record as bytes, or nil where it cannot be packed.
func pack(r Record) []byte {
	kind := r.Base().Kind
	p := packing{b: make([]byte, 0, 1024)}
	p.b = append(p.b, byte(len(kind)))
	p.b = append(p.b, kind...)
	packers()[kind].put(&p, reflect.ValueOf(r).Elem())
	if p.bad {
		return nil
	}
	return p.b
}

var errPacked = errors.New("content: not a packed record")

// unpack returns the record that b was packed from. The record keeps b.
func unpack(b []byte) (Record, error) {
	if len(b) == 0 || len(b) < 1+int(b[0]) {
		return nil, errPacked
	}
	kind, rest := Kind(b[1:1+int(b[0])]), b[1+int(b[0]):]
	t, ok := recordTypes[kind]
	if !ok || kind == KindSite {
		return nil, errPacked
	}
	u := unpacking{s: unsafe.String(unsafe.SliceData(rest), len(rest))}
	v := reflect.New(t)
	packers()[kind].get(&u, v.Elem())
	if u.bad || u.s != "" {
		return nil, errPacked
	}
	return v.Interface().(Record), nil
}

func (u *unpacking) uvarint() uint64 {
	var n uint64
	for shift := 0; shift < 64; shift += 7 {
		if u.s == "" {
			break
		}
		c := u.s[0]
		u.s = u.s[1:]
		n |= uint64(c&0x7f) << shift
		if c < 0x80 {
			return n
		}
	}
	u.bad = true
	return 0
}

// count reads the number of things that take at least a byte each.
func (u *unpacking) count() int {
	n := u.uvarint()
	if n > uint64(len(u.s)) {
		u.bad = true
		return 0
	}
	return int(n)
}

func (u *unpacking) take(n int) string {
	if n > len(u.s) {
		u.bad = true
		return ""
	}
	s := u.s[:n]
	u.s = u.s[n:]
	return s
}

func zigzag(n int64) uint64   { return uint64(n<<1) ^ uint64(n>>63) }
func unzigzag(n uint64) int64 { return int64(n>>1) ^ -int64(n&1) }

// packerOf makes the packer of a type. It panics for a type no record may have, which a
// test would show.
func packerOf(t reflect.Type) packer {
	switch t.Kind() {
	case reflect.String:
		return packer{
			func(p *packing, v reflect.Value) {
				p.b = append(binary.AppendUvarint(p.b, uint64(v.Len())), v.String()...)
			},
			func(u *unpacking, v reflect.Value) { v.SetString(u.take(u.count())) },
		}
	case reflect.Bool:
		return packer{
			func(p *packing, v reflect.Value) {
				var n byte
				if v.Bool() {
					n = 1
				}
				p.b = append(p.b, n)
			},
			func(u *unpacking, v reflect.Value) { v.SetBool(u.uvarint() != 0) },
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return packer{
			func(p *packing, v reflect.Value) { p.b = binary.AppendUvarint(p.b, zigzag(v.Int())) },
			func(u *unpacking, v reflect.Value) {
				n := unzigzag(u.uvarint())
				u.bad = u.bad || v.OverflowInt(n)
				v.SetInt(n)
			},
		}
	case reflect.Uint8:
		return packer{
			func(p *packing, v reflect.Value) { p.b = append(p.b, byte(v.Uint())) },
			func(u *unpacking, v reflect.Value) {
				if s := u.take(1); s != "" {
					v.SetUint(uint64(s[0]))
				}
			},
		}
	case reflect.Float64:
		return packer{
			func(p *packing, v reflect.Value) {
				p.b = binary.LittleEndian.AppendUint64(p.b, math.Float64bits(v.Float()))
			},
			func(u *unpacking, v reflect.Value) {
				if s := u.take(8); s != "" {
					v.SetFloat(math.Float64frombits(binary.LittleEndian.Uint64([]byte(s))))
				}
			},
		}
	case reflect.Struct:
		return packerOfStruct(t)
	case reflect.Pointer:
		in := packerOf(t.Elem())
		return packer{
			func(p *packing, v reflect.Value) {
				if v.IsNil() {
					p.b = append(p.b, 0)
					return
				}
				p.b = append(p.b, 1)
				in.put(p, v.Elem())
			},
			func(u *unpacking, v reflect.Value) {
				if u.uvarint() == 1 {
					v.Set(reflect.New(t.Elem()))
					in.get(u, v.Elem())
				}
			},
		}
	case reflect.Slice, reflect.Array:
		return packerOfList(t)
	case reflect.Map:
		return packerOfMap(t)
	}
	panic(fmt.Sprintf("content: no packer for %s", t))
}

func packerOfStruct(t reflect.Type) packer {
	var in []packer
	for i := range t.NumField() {
		if !t.Field(i).IsExported() {
			panic(fmt.Sprintf("content: %s.%s is not exported and would be lost", t, t.Field(i).Name))
		}
		in = append(in, packerOf(t.Field(i).Type))
	}
	return packer{
		func(p *packing, v reflect.Value) {
			for i := range in {
				in[i].put(p, v.Field(i))
			}
		},
		func(u *unpacking, v reflect.Value) {
			for i := range in {
				in[i].get(u, v.Field(i))
			}
		},
	}
}

// packerOfList packs a list; nil and a list of nothing stay apart.
func packerOfList(t reflect.Type) packer {
	in := packerOf(t.Elem())
	fixed := t.Kind() == reflect.Array
	return packer{
		func(p *packing, v reflect.Value) {
			switch {
			case fixed:
			case v.IsNil():
				p.b = append(p.b, 0)
				return
			default:
				p.b = binary.AppendUvarint(p.b, uint64(v.Len())+1)
			}
			for i := range v.Len() {
				in.put(p, v.Index(i))
			}
		},
		func(u *unpacking, v reflect.Value) {
			if !fixed {
				n := u.uvarint()
				if n == 0 || u.bad {
					return
				}
				if n-1 > uint64(len(u.s)) {
					u.bad = true
					return
				}
				v.Set(reflect.MakeSlice(t, int(n-1), int(n-1)))
			}
			for i := range v.Len() {
				in.get(u, v.Index(i))
			}
		},
	}
}

// packerOfPlaces packs where the keys of a head stand, as [packerOfMap] does any map. Every record
// has some twenty, and going over a map by reflection copies each to the heap.
var packerOfPlaces = packer{
	func(p *packing, v reflect.Value) {
		m := v.Interface().(map[string]diag.Pos)
		p.b = append(p.b, zeroIfNil(v))
		if m == nil {
			return
		}
		keys := make([]string, 0, len(m))
		for k := range m {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		p.b = binary.AppendUvarint(p.b, uint64(len(keys)))
		for _, k := range keys {
			p.b = append(binary.AppendUvarint(p.b, uint64(len(k))), k...)
			p.b = binary.AppendUvarint(p.b, zigzag(int64(m[k].Line)))
			p.b = binary.AppendUvarint(p.b, zigzag(int64(m[k].Col)))
		}
	},
	func(u *unpacking, v reflect.Value) {
		if u.uvarint() != 1 {
			return
		}
		n := u.count()
		m := make(map[string]diag.Pos, n)
		for range n {
			key := u.take(u.count())
			line, col := unzigzag(u.uvarint()), unzigzag(u.uvarint())
			m[key] = diag.Pos{Line: int(line), Col: int(col)}
		}
		v.Set(reflect.ValueOf(m))
	},
}

// packerOfMap packs a map by text, in order of its keys.
func packerOfMap(t reflect.Type) packer {
	if t == reflect.TypeFor[map[string]diag.Pos]() {
		return packerOfPlaces
	}
	if t.Elem().Kind() == reflect.Interface { // Params
		return packer{
			func(p *packing, v reflect.Value) {
				p.bad = p.bad || v.Len() > 0
				p.b = append(p.b, zeroIfNil(v))
			},
			func(u *unpacking, v reflect.Value) {
				if u.uvarint() == 1 {
					v.Set(reflect.MakeMap(t))
				}
			},
		}
	}
	in := packerOf(t.Elem())
	return packer{
		func(p *packing, v reflect.Value) {
			p.b = append(p.b, zeroIfNil(v))
			if v.IsNil() {
				return
			}
			keys := v.MapKeys()
			slices.SortFunc(keys, func(a, b reflect.Value) int {
				switch {
				case a.String() < b.String():
					return -1
				case a.String() > b.String():
					return 1
				}
				return 0
			})
			p.b = binary.AppendUvarint(p.b, uint64(len(keys)))
			for _, k := range keys {
				p.b = append(binary.AppendUvarint(p.b, uint64(k.Len())), k.String()...)
				in.put(p, v.MapIndex(k))
			}
		},
		func(u *unpacking, v reflect.Value) {
			if u.uvarint() != 1 {
				return
			}
			n := u.count()
			v.Set(reflect.MakeMapWithSize(t, n))
			key, value := reflect.New(t.Key()).Elem(), reflect.New(t.Elem()).Elem()
			for range n {
				key.SetString(u.take(u.count()))
				value.SetZero()
				in.get(u, value)
				v.SetMapIndex(key, value)
			}
		},
	}
}

func zeroIfNil(v reflect.Value) byte {
	if v.IsNil() {
		return 0
	}
	return 1
}
