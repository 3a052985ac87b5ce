package content

import (
	"fmt"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/width"

	"mingdeng/internal/date"
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

// nearValue is the fixed value a word was meant to be: a misspelling of one, or the
// only one that it is part of.
func nearValue(text string, values []string) string {
	if near := han.Nearest(text, values); near != "" {
		return near
	}
	found := ""
	for _, v := range values {
		if text != "" && (strings.Contains(v, text) || utf8.RuneCountInString(v) > 1 && strings.Contains(text, v)) {
			if found != "" {
				return ""
			}
			found = v
		}
	}
	return found
}

var numberIn = regexp.MustCompile(`^[^0-9.万千百亿-]*([0-9]+(?:\.[0-9]+)?)[^0-9.万千百亿-]*$`)

// mendNumber finds the one number in words such as 第12期, 1968年 or 400 毫米.
func mendNumber(text string, whole bool) string {
	text = width.Fold.String(text)
	if m := numberIn.FindStringSubmatch(strings.ReplaceAll(text, ",", "")); m != nil && !(whole && strings.Contains(m[1], ".")) {
		return m[1]
	}
	bare := strings.Trim(text, "第期届号年人岁 ")
	if n, ok := han.Number(bare); ok && bare != "" {
		return strconv.Itoa(n)
	}
	return ""
}

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

var (
	compactDate = regexp.MustCompile(`^([12][0-9]{3})([01][0-9])([0-3][0-9])$`)
	dateParts   = regexp.MustCompile(`[0-9]+`)
	dateTail    = regexp.MustCompile(`[^0-9年月日号./\-]+$`)
)

// mendDate is the date that a text was probably meant to be, as far as it is certain:
// of a day that does not exist the month remains.
func mendDate(text string) string {
	s := width.Fold.String(text)
	s = strings.Map(func(r rune) rune {
		switch r {
		case '—', '–', '－', '~', '、', '。', '·', '，', ',':
			return '-'
		case ' ', '\u3000':
			return -1
		}
		return r
	}, s)
	s = dateTail.ReplaceAllString(chineseDigits(s), "")
	if m := compactDate.FindStringSubmatch(s); m != nil {
		s = m[1] + "-" + m[2] + "-" + m[3]
	}
	if d, err := date.Parse(s); err == nil {
		return d.String()
	}
	parts := dateParts.FindAllString(s, 4)
	if len(parts) < 2 || len(parts) > 3 {
		return ""
	}
	var n []int
	for _, p := range parts {
		x, _ := strconv.Atoi(p)
		n = append(n, x)
	}
	if len(n) == 3 && len(parts[0]) <= 2 && len(parts[2]) == 4 { // 14/6/2023
		n[0], n[2] = n[2], n[0]
		if n[1] > 12 || n[2] <= 12 && n[1] <= 12 && n[1] != n[2] {
			if n[1] <= 12 {
				return strconv.Itoa(n[0]) // the day or the month may stand first
			}
			n[1], n[2] = n[2], n[1]
		}
	}
	if n[0] < 1000 || n[0] > 9999 {
		return ""
	}
	try := func(format string, args ...any) string {
		s := fmt.Sprintf(format, args...)
		if _, err := date.Parse(s); err != nil {
			return ""
		}
		return s
	}
	if len(n) == 3 {
		if s := try("%d-%02d-%02d", n[0], n[1], n[2]); s != "" {
			return s
		}
		if s := try("%d-%02d-%02d", n[0], n[2], n[1]); s != "" && n[1] > 12 {
			return s
		}
	}
	if s := try("%d-%02d", n[0], n[1]); s != "" {
		return s
	}
	return try("%d", n[0])
}

// chineseDigits writes 二〇二三年六月十四日 as 2023年6月14日.
func chineseDigits(s string) string {
	if strings.IndexAny(s, "〇零一二三四五六七八九十") < 0 {
		return s
	}
	var b strings.Builder
	for _, unit := range []string{"年", "月", "日"} {
		if unit == "日" {
			s = strings.Replace(s, "号", "日", 1)
		}
		before, after, found := strings.Cut(s, unit)
		if !found {
			break
		}
		n, ok := han.Number(before)
		if !ok {
			return s
		}
		fmt.Fprintf(&b, "%d%s", n, unit)
		s = after
	}
	return b.String() + s
}

// mendURL is the address a text was meant to be, or "".
func mendURL(text string) string {
	s := strings.NewReplacer("：", ":", "／", "/", "。", ".", "．", ".", " ", "", "\u3000", "").Replace(text)
	scheme, rest := "https://", s
	for _, p := range []string{"http", "https"} {
		if after, ok := strings.CutPrefix(strings.ToLower(s), p+":"); ok {
			scheme, rest = p+"://", strings.TrimLeft(s[len(s)-len(after):], "/\\")
		}
	}
	rest, _, _ = strings.Cut(rest, "?")
	rest, _, _ = strings.Cut(rest, "#")
	host, _, _ := strings.Cut(rest, "/")
	if !strings.Contains(host, ".") || strings.ContainsAny(host, "@:\\") {
		return ""
	}
	u, err := url.Parse(scheme + rest)
	if err != nil || u.Host == "" || strings.Contains(u.Path, "..") {
		return ""
	}
	return scheme + rest
}

// Mend adds to a finding about a record the fix that gives it a slug: the one it has is
// replaced, or a line with one is put in.
func (h *Head) Mend(f diag.Finding, slug string) diag.Finding {
	if at, ok := h.Places["slug"]; ok {
		return f.ReplaceAt(at, h.Slug, slug)
	}
	switch first := h.first; {
	case slug == "" || first == 0:
		return f
	case h.format == frontmatter.YAML:
		return f.Put(first, "网址名: "+slug)
	case h.format == frontmatter.TOML:
		return f.Put(first, "slug = "+strconv.Quote(slug))
	}
	return f
}
