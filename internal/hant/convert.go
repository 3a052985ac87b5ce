package hant

import (
	"encoding/binary"
	"maps"
	"slices"
	"unicode/utf8"

	"github.com/zeebo/xxh3"
)

// Converter converts words. It never changes.
type Converter struct {
	t      *table
	names  lexicon
	digest [16]byte
}

// New makes a converter that knows how the names of people are written. Names that
// come out right without being known are left out of it, so that another hero does not
// make another converter; so are names of one character, those that are not as long as
// what they are written as, and those of two that are ordinary words.
func New(names map[string]string) *Converter {
	c := &Converter{t: data()}
	var list []phrase
	h := xxh3.New()
	_, _ = h.Write(binary.AppendVarint(nil, int64(len(packed)))) // a hash never fails
	_, _ = h.Write(packed)
	for _, from := range slices.Sorted(maps.Keys(names)) {
		to := names[from]
		n := utf8.RuneCountInString(from)
		if n < 2 || n != utf8.RuneCountInString(to) || !c.t.uncertain(from, to) || n == 2 && c.t.phrases.has(from) {
			continue
		}
		list = append(list, phrase{from, to})
		_, _ = h.WriteString(from + "\x00" + to + "\x00")
	}
	c.names = newLexicon(list)
	c.digest = h.Sum128().Bytes()
	return c
}

// uncertain tells whether running text might write a name otherwise than to.
func (t *table) uncertain(from, to string) bool {
	want := []rune(to)
	i := 0
	for _, r := range from {
		if t.of(r) != want[i] || t.varies[r] {
			return true
		}
		i++
	}
	return false
}

func (x *lexicon) has(s string) bool {
	p, ok := x.longest(pairOf(s), []byte(s))
	return ok && p.from == s
}

// Fingerprint tells converters apart that could give different results.
func (c *Converter) Fingerprint() [16]byte { return c.digest }

// Text converts words.
func (c *Converter) Text(s string) string {
	if !hasHan(s) {
		return s
	}
	b := []byte(s)
	return string(c.append(make([]byte, 0, len(b)+8), b))
}

// Bytes is like Text. The result may be b itself.
func (c *Converter) Bytes(b []byte) []byte {
	if !hasHan(b) {
		return b
	}
	return c.append(make([]byte, 0, len(b)+8), b)
}

// hasHan tells cheaply whether there may be anything to convert: a character of at
// least three bytes.
func hasHan[S string | []byte](s S) bool {
	for i := range len(s) {
		if s[i] >= 0xe3 {
			return true
		}
	}
	return false
}

func (c *Converter) append(out, b []byte) []byte {
	from := 0 // what has been read but not written yet
	for i := 0; i < len(b); {
		if b[i] < 0xe3 { // below U+3000 nothing changes
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r < bmpFirst {
			i += n
			continue
		}
		if r <= bmpLast && c.t.people[r-bmpFirst] {
			if to, skip, size, ok := c.t.veiled(b, i, r); ok {
				out = utf8.AppendRune(append(out, b[from:i+skip]...), to)
				i += skip + size
				from = i
				continue
			}
		}
		if next, m := utf8.DecodeRune(b[i+n:]); m > 1 {
			p := pair(r, next)
			found, ok := c.t.phrases.longest(p, b[i:])
			if ok && parted(b, i, found.from) {
				found, ok = c.t.phrases.longest(p, b[i:i+len(found.from)-1]) // a shorter one
			}
			if r == '系' && (!ok || found.from == "系扣") && tied(b, i) {
				found, ok = phrase{"系", "繫"}, true
			}
			if len(c.names.at) > 0 {
				if name, known := c.names.longest(p, b[i:]); known && (!ok || len(name.from) >= len(found.from)) {
					found, ok = name, true
				}
			}
			if ok {
				if found.from != found.to {
					out = append(append(out, b[from:i]...), found.to...)
					from = i + len(found.from)
				}
				i += len(found.from)
				continue
			}
		}
		if u := c.t.of(r); u != r {
			out = utf8.AppendRune(append(out, b[from:i]...), u)
			from = i + n
		}
		i += n
	}
	return append(out, b[from:]...)
}

// Each converts every string of a list.
func (c *Converter) Each(list []string) []string {
	if list == nil {
		return nil
	}
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = c.Text(s)
	}
	return out
}
