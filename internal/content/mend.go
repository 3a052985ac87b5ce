package content

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"mingdeng/internal/diag"
	"mingdeng/internal/frontmatter"
	"mingdeng/internal/han"
)

// add keeps a finding that brings its fix along.
func (d *decoding) add(f diag.Finding) { d.findings = append(d.findings, f) }

// unfilled stands in a fix for what only the editor knows.
const unfilled = "…"

// missing reports a required key that a group lacks, with the line to put in. at is
// where the group stands.
func (d *decoding) missing(n frontmatter.Node, f *field, at diag.Pos, top bool) {
	zh, en := f.doc.Zh, f.doc.En
	t := f.typ
	if v := valuesOf(t); v != nil {
		var a, b []string
		for _, x := range v {
			a, b = append(a, x.Zh), append(b, x.En)
		}
		zh, en = zh+"："+strings.Join(a, "、"), en+": "+strings.Join(b, ", ")
	}
	x := diag.MissingKey.At(d.path, at, f.zh, f.en, zh, en)
	x.Lacks = f.en
	name := f.zh
	if d.english(n) {
		name = f.en
	}
	value := d.placeholder(f, name == f.en)
	switch {
	case d.format == frontmatter.TOML && top:
		if !strings.HasPrefix(value, "{") && value != "false" {
			value = strconv.Quote(value)
		}
		x = x.Put(at.Line, f.en+" = "+strings.NewReplacer("公开", "publish", ": ", " = ").Replace(value))
	case d.format == frontmatter.JSON && top:
		if len(n.Pairs) > 0 && n.Pairs[0].Pos.Line > at.Line {
			if strings.HasPrefix(value, "{") {
				value = strings.NewReplacer("公开", `"公开"`, "publish", `"publish"`).Replace(value)
			} else if value != "false" {
				value = strconv.Quote(value)
			}
			x = x.Put(n.Pairs[0].Pos.Line, fmt.Sprintf("%s%q: %s,", strings.Repeat(" ", n.Pairs[0].Pos.Col-1), name, value))
		}
	case d.format != frontmatter.YAML:
	case top:
		x = x.Put(at.Line, name+": "+value)
	case len(n.Pairs) == 0:
		x = x.Replace("{}", "{"+name+": "+value+"}")
	case n.Pos != n.Pairs[0].Pos: // a group in braces
		x = x.Replace("{", "{"+name+": "+value+", ")
	case n.Pairs[0].Value.Kind == frontmatter.Scalar && !n.Pairs[0].Value.Quoted:
		x = x.Put(n.Pos.Line+1, strings.Repeat(" ", n.Pos.Col-1)+name+": "+value)
	}
	d.add(x)
}

// english tells whether a group is written with English keys.
func (d *decoding) english(n frontmatter.Node) bool {
	for _, p := range n.Pairs {
		if strings.IndexFunc(p.Key, han.Is) >= 0 {
			return false
		}
	}
	return len(n.Pairs) > 0
}

// placeholder is what a fix writes as the value of a missing key: never anything that
// publishes somebody.
func (d *decoding) placeholder(f *field, english bool) string {
	t := f.typ
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t.Kind() == reflect.Bool:
		return "false"
	case (f.en == "name" || f.en == "title") && strings.IndexFunc(d.name, han.Is) >= 0 && !strings.ContainsAny(d.name, ":#'\"[]{}"):
		return d.name
	case t == typeRegion:
		return "…省/…市/…县"
	}
	if s := structOf(t); s != nil && t.Kind() == reflect.Struct {
		for _, inner := range planOf(s).fields {
			if inner.required && inner.typ.Kind() == reflect.Bool {
				if english {
					return "{" + inner.en + ": false}"
				}
				return "{" + inner.zh + ": false}"
			}
		}
	}
	return unfilled
}

// strangeKey reports a key that is none because of a mark beside it, and returns the
// key without it.
func (d *decoding) strangeKey(pair frontmatter.Pair) string {
	key := pair.Key
	if trimmed := strings.TrimLeft(key, "\u3000\u00a0"); trimmed != key && isKey(trimmed) {
		gap := key[:len(key)-len(trimmed)]
		d.add(diag.WideSpace.At(d.path, pair.Pos).Replace(gap, strings.NewReplacer("\u3000", "  ", "\u00a0", " ").Replace(gap)))
		return trimmed
	}
	if name, value, found := strings.Cut(key, ":"); found && isKey(name) && value != "" {
		at := diag.Pos{Line: pair.Pos.Line, Col: pair.Pos.Col + utf8.RuneCountInString(name)}
		d.add(diag.NoSpace.At(d.path, at, ":").Replace(":", ": "))
		return name
	}
	if name, value, found := strings.Cut(key, "："); found && isKey(strings.TrimSpace(name)) {
		at := pair.Pos
		d.add(diag.FullWidthColon.At(d.path, at, strings.TrimSpace(name)+": "+strings.TrimSpace(value)).Replace("：", ": "))
		return strings.TrimSpace(name)
	}
	return ""
}

func hasKey(n frontmatter.Node, names ...string) bool {
	return slices.ContainsFunc(n.Pairs, func(p frontmatter.Pair) bool { return slices.Contains(names, p.Key) })
}

// swapped reports coordinates whose latitude and longitude are the wrong way round.
func (d *decoding) swapped(n frontmatter.Node) bool {
	var at diag.Pos
	var lat, lng float64
	for _, p := range n.Pairs {
		x, err := strconv.ParseFloat(strings.TrimSpace(p.Value.Text), 64)
		switch p.Key {
		case "lat", "纬度":
			lat, at = x, p.Value.Pos
		case "lng", "经度":
			lng = x
		default:
			continue
		}
		if err != nil {
			return false
		}
	}
	if lat <= 90 || lat > 180 || lng < -90 || lng > 90 || lng == 0 {
		return false
	}
	d.report(diag.LatLng, at, lat, lng)
	return true
}

// listSlip reports a list whose marks are not YAML's: a dash without its space, and
// items of references parted by Chinese commas. It tells whether it did.
func (d *decoding) listSlip(n frontmatter.Node, elem reflect.Type, inList bool) bool {
	if n.Kind != frontmatter.Scalar || n.Quoted || d.format != frontmatter.YAML {
		return false
	}
	if rest, ok := strings.CutPrefix(n.Text, "-"); ok && !inList && rest != "" && rest[0] != ' ' {
		d.add(diag.NoSpace.At(d.path, n.Pos, "-").Replace("-", "- "))
		return true
	}
	i := strings.IndexAny(n.Text, "，、；")
	for _, pair := range [][2]string{{"【", "】"}, {"［", "］"}} {
		if inner, ok := strings.CutPrefix(n.Text, pair[0]); ok && !inList && strings.HasSuffix(inner, pair[1]) && elem.Kind() != reflect.Struct || ok && !inList && elem == typeRef {
			inner = strings.TrimSuffix(inner, pair[1])
			d.add(diag.FullWidthMark.At(d.path, n.Pos, pair[0], "[").Replace(n.Text, "["+strings.Join(strings.FieldsFunc(inner, listMark), ", ")+"]"))
			return true
		}
	}
	if elem != typeRef || i < 0 {
		return false
	}
	mark, _ := utf8.DecodeRuneInString(n.Text[i:])
	mended := strings.Join(strings.FieldsFunc(n.Text, listMark), ", ")
	if !inList {
		mended = "[" + mended + "]"
	}
	d.add(diag.FullWidthMark.At(d.path, n.Pos, string(mark), ",").Replace(n.Text, mended))
	return true
}

// listMark tells what people put between the items of a list.
func listMark(r rune) bool { return strings.ContainsRune("，、；, ", r) }

// mendWord is a value that a word stands for where a group, a list or a number was
// asked for; "" where nothing is sure.
func mendWord(n frontmatter.Node, t reflect.Type, english bool) (old, new string) {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case n.Kind == frontmatter.Scalar && (t.Kind() == reflect.Int || t.Kind() == reflect.Float64) && t != typeNav && !n.Quoted:
		return n.Text, mendNumber(n.Text, t.Kind() == reflect.Int)
	case n.Kind == frontmatter.Scalar && t.Kind() == reflect.Struct && structOf(t) != nil:
		for _, f := range planOf(t).fields {
			if _, ok := parseSwitch(n.Text); ok && f.required && f.typ.Kind() == reflect.Bool || f.en == "summary" {
				if english {
					return n.Text, "{" + f.en + ": " + n.Text + "}"
				}
				return n.Text, "{" + f.zh + ": " + n.Text + "}"
			}
		}
	}
	return "", ""
}

// Mend adds to a finding about a record the fix that gives it a slug: the one it has is
// replaced, or a line with one is put in.
func (h *Head) Mend(f diag.Finding, slug string) diag.Finding {
	if at, ok := h.Places.Find("slug"); ok {
		return f.ReplaceAt(at, h.Slug, slug)
	}
	switch first := h.First; {
	case slug == "" || first == 0:
		return f
	case h.Syntax == frontmatter.YAML:
		return f.Put(first, "网址名: "+slug)
	case h.Syntax == frontmatter.TOML:
		return f.Put(first, "slug = "+strconv.Quote(slug))
	}
	return f
}
