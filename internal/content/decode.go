package content

import (
	"net/netip"
	"net/url"
	"reflect"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
	"golang.org/x/text/width"

	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/frontmatter"
	"mingdeng/internal/han"
)

// decoding turns the tree of one head into a record.
type decoding struct {
	path     string
	name     string // of the file, for fixes that can tell a name from it
	format   frontmatter.Format
	findings []diag.Finding
	places   Places
	// partial is the edition of a file that words a record, "" for a record itself. Such
	// a file need not say what the record says.
	partial string
}

func (d *decoding) report(c *diag.Code, pos diag.Pos, args ...any) {
	d.findings = append(d.findings, c.At(d.path, pos, args...))
}

// group decodes a map into the struct v. at is where the group stands, for keys
// that are missing; top is true for the head itself.
func (d *decoding) group(n frontmatter.Node, v reflect.Value, at diag.Pos, top bool) {
	p := planOf(v.Type())
	if v.Type() == typeLocation && d.swapped(n) {
		return
	}
	seen := make([]diag.Pos, len(p.fields))
	for _, pair := range n.Pairs {
		i, ok := p.byName[pair.Key]
		if !ok {
			i, ok = p.byName[foldKey(pair.Key)]
		}
		if !ok {
			if i, meant := d.unknownKey(p, pair, top && !hasKey(n, "params", "附加")); meant && seen[i].Line == 0 {
				seen[i] = pair.Pos // not missing as well
			}
			continue
		}
		f := &p.fields[i]
		if seen[i].Line != 0 {
			d.report(diag.DuplicateKey, pair.Pos, pair.Key, seen[i].Line)
			continue
		}
		seen[i] = pair.Pos
		if top {
			d.places = append(d.places, KeyPlace{f.en, pair.Pos})
		}
		if pair.Value.Kind == frontmatter.Null {
			if f.required {
				shape, _ := shapeOf(f.typ)
				x := diag.EmptyValue.At(d.path, pair.Pos, pair.Key, shape.Zh, shape.En)
				if value := d.placeholder(f, !han.Is([]rune(pair.Key)[0])); !strings.Contains(value, unfilled) && d.format == frontmatter.YAML {
					x = x.Replace(pair.Key+":", pair.Key+": "+value)
				}
				d.add(x)
			}
			continue
		}
		d.blank(pair.Value, f.typ, f)
		d.value(pair.Value, v.FieldByIndex(f.index), f, pair.Key)
	}
	for i := range p.fields {
		if f := &p.fields[i]; f.required && seen[i].Line == 0 && d.demands(f, top) {
			d.missing(n, f, at, top)
		}
	}
}

// demands tells whether a required key is required here. An edition in another
// language needs at least its own name or title.
func (d *decoding) demands(f *field, top bool) bool {
	return d.partial == "" || d.partial == "en" && top && (f.en == "name" || f.en == "title")
}

// foldKey mends what an input method does to a key without changing its sense:
// full-width letters, capitals, spaces around it.
func foldKey(k string) string {
	return strings.ToLower(strings.TrimSpace(width.Fold.String(k)))
}

// unknownKey reports a key that is none, and returns the field it was probably meant
// to be. free says that the group could have data of the editor's own.
func (d *decoding) unknownKey(p *plan, pair frontmatter.Pair, free bool) (field int, meant bool) {
	zh, en := p.names(true), p.names(false)
	if name := d.strangeKey(pair); name != "" {
		field, meant = p.byName[name]
		return field, meant
	}
	near, fixed, known := p.counterpart(pair)
	if !known {
		near = han.Nearest(pair.Key, append(append([]string{}, zh...), en...))
	}
	if near == "" && strings.ContainsRune(pair.Key, '：') {
		key, value, _ := strings.Cut(pair.Key, "：")
		d.add(diag.FullWidthColon.At(d.path, pair.Pos, strings.TrimSpace(key)+": "+strings.TrimSpace(value)).Replace("：", ": "))
		return 0, false
	}
	f := diag.UnknownKey.At(d.path, pair.Pos, pair.Key, near, strings.Join(zh, "、"), strings.Join(en, ", "))
	if fixed != "" {
		d.add(d.renamed(f, pair, near, fixed))
		return 0, false // what it says is not what the value says
	}
	if v := pair.Value; near == "" && free && d.format == frontmatter.YAML && v.Kind == frontmatter.Scalar && !v.Quoted && !strings.ContainsAny(v.Text, ",，{}[]:#'\"") {
		params := "附加"
		if !han.Is([]rune(pair.Key + " ")[0]) {
			params = "params"
		}
		f = f.Replace(pair.Key+": "+v.Text, params+": {"+pair.Key+": "+v.Text+"}")
	}
	d.add(f)
	field, meant = p.byName[near]
	return field, meant
}

// value decodes n into v, the value of the key f named as the editor wrote it.
func (d *decoding) value(n frontmatter.Node, v reflect.Value, f *field, key string) {
	t := v.Type()
	if words := t == typeText || t.Kind() == reflect.String && valuesOf(t) == nil || structOf(t) != nil; words && n.Cut != "" && n.Kind == frontmatter.Scalar {
		x := diag.ValueCut.At(d.path, n.Pos, key, n.Text, n.Cut)
		if !strings.Contains(n.Text+n.Cut, "'") {
			x = x.Replace(n.Text+" "+n.Cut, "'"+n.Text+" "+n.Cut+"'")
		}
		d.add(x)
		n.Cut = ""
	}
	if t.Kind() == reflect.Pointer {
		v.Set(reflect.New(t.Elem()))
		d.value(n, v.Elem(), f, key)
		return
	}
	if t == typeParams {
		if n.Kind != frontmatter.Map {
			d.wrongType(n, t, key)
			return
		}
		v.Set(reflect.ValueOf(Params(free(n).(map[string]any))))
		return
	}
	if t == typeRegion {
		d.region(n, v, key)
		return
	}
	if t.Kind() == reflect.Slice {
		if d.listSlip(n, t.Elem(), false) {
			return
		}
		if n.Kind == frontmatter.List {
			v.Set(reflect.MakeSlice(t, len(n.Items), len(n.Items)))
			for i, item := range n.Items {
				if item.Kind == frontmatter.Null {
					d.report(diag.EmptyValue, item.Pos, key, "内容", "something")
					continue
				}
				if d.listSlip(item, t.Elem(), true) {
					continue
				}
				d.value(item, v.Index(i), f, key)
			}
			return
		}
		if n.Kind == frontmatter.Map && structOf(t) == nil {
			d.wrongType(n, t, key)
			return
		}
		// One item without its dash is what people write for a list of one.
		v.Set(reflect.MakeSlice(t, 1, 1))
		d.value(n, v.Index(0), f, key)
		return
	}
	if s := structOf(t); s != nil {
		d.structValue(n, v, key)
		return
	}
	if n.Kind != frontmatter.Scalar {
		d.wrongType(n, t, key)
		return
	}
	d.scalar(n, v, f, key)
}

// structValue decodes a group of keys, or the bare word that stands for one.
func (d *decoding) structValue(n frontmatter.Node, v reflect.Value, key string) {
	p := planOf(v.Type())
	switch {
	case n.Kind == frontmatter.Map:
		d.group(n, v, n.Pos, false)
	case n.Kind == frontmatter.Scalar && p.short >= 0:
		f := &p.fields[p.short]
		d.value(n, v.FieldByIndex(f.index), f, key)
	default:
		d.wrongType(n, v.Type(), key)
	}
}

func (d *decoding) scalar(n frontmatter.Node, v reflect.Value, f *field, key string) {
	text := strings.TrimSpace(n.Text)
	t := v.Type()
	switch {
	case t == typeDate:
		day, timed, err := date.ParseTimed(text)
		if err != nil {
			d.add(badDate(d.path, n, text, err))
			return
		}
		if timed && f.gate {
			d.add(diag.HoursNotKept.At(d.path, n.Pos, text, day).Replace(n.Text, day.String()))
		}
		v.Set(reflect.ValueOf(day))
	case t == typeMoment:
		m, err := date.ParseMoment(text)
		if err != nil {
			d.add(badDate(d.path, n, text, err))
			return
		}
		v.Set(reflect.ValueOf(m))
	case t == typeRef:
		v.Set(reflect.ValueOf(Ref{text, n.Pos}))
	case t == typeFile:
		v.Set(reflect.ValueOf(File{Path: text, Pos: n.Pos}))
	case t == typeText:
		v.Set(reflect.ValueOf(Text{text, n.Pos}))
	case t == typeURL:
		if u, err := url.Parse(text); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			d.add(diag.BadURL.At(d.path, n.Pos, text, "要以 http:// 或 https:// 开头", "it must start with http:// or https://").Replace(text, mendURL(text)))
			return
		}
		v.SetString(text)
	case t == typeBase:
		d.baseURL(n, v, text)
	case t == typeNav:
		d.nav(n, v, f, key, text)
	case valuesOf(t) != nil:
		d.fixedValue(n, v, key, text)
	case t.Kind() == reflect.String:
		v.SetString(text)
	case t.Kind() == reflect.Bool:
		on, ok := parseSwitch(text)
		if !ok {
			d.report(diag.BadSwitch, n.Pos, key, text)
			// A switch that cannot be read must never publish: draft holds back, all
			// others grant something and stay off.
			on = f.en == "draft" || f.en == "minor"
		}
		v.SetBool(on)
	case t.Kind() == reflect.Int, t.Kind() == reflect.Float64:
		d.number(n, v, f, key, text)
	default:
		panic("content: no decoder for " + t.String())
	}
}

func parseSwitch(s string) (on, ok bool) {
	switch strings.ToLower(s) {
	case "true", "yes", "是", "有", "同意":
		return true, true
	case "false", "no", "否", "无", "不同意":
		return false, true
	}
	return false, false
}

func (d *decoding) fixedValue(n frontmatter.Node, v reflect.Value, key, text string) {
	values := valuesOf(v.Type())
	if word, ok := ValueOf(values, alsoOf(v.Type()), text); ok {
		v.SetString(word)
		return
	}
	var zh, en []string
	for _, x := range values {
		zh, en = append(zh, x.Zh), append(en, x.En)
	}
	near := nearValue(text, append(append([]string{}, zh...), en...))
	d.report(diag.BadValue, n.Pos, key, text, near, strings.Join(zh, "、"), strings.Join(en, ", "))
}

func (d *decoding) number(n frontmatter.Node, v reflect.Value, f *field, key, text string) {
	// Thousands are often parted by commas, and full-width digits typed by habit.
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		x, err = strconv.ParseFloat(strings.ReplaceAll(width.Fold.String(text), ",", ""), 64)
	}
	whole := v.Kind() == reflect.Int
	if err != nil || whole && x != float64(int(x)) || x != x || x > 1e15 || x < -1e15 {
		d.wrongType(n, v.Type(), key)
		return
	}
	if f.ranged && (x < f.lo || x > f.hi) {
		d.report(diag.OutOfRange, n.Pos, key, text, f.lo, f.hi)
		return
	}
	if whole {
		v.SetInt(int64(x))
	} else {
		v.SetFloat(x)
	}
}

func (d *decoding) nav(n frontmatter.Node, v reflect.Value, f *field, key, text string) {
	if on, ok := parseSwitch(text); ok {
		if on {
			v.SetInt(100)
		}
		return
	}
	place, err := strconv.Atoi(text)
	if err != nil || place < 1 {
		d.wrongType(n, v.Type(), key)
		return
	}
	v.SetInt(int64(place))
}

func (d *decoding) region(n frontmatter.Node, v reflect.Value, key string) {
	var parts []string
	switch n.Kind {
	case frontmatter.Scalar:
		parts = strings.Split(strings.NewReplacer("／", "/", "·", "/").Replace(n.Text), "/")
	case frontmatter.List:
		for _, item := range n.Items {
			parts = append(parts, item.Text)
		}
	default:
		d.wrongType(n, v.Type(), key)
		return
	}
	var region Region
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			region = append(region, p)
		}
	}
	if len(region) == 0 || len(region) > 6 {
		d.wrongType(n, v.Type(), key)
		return
	}
	v.Set(reflect.ValueOf(region))
}

func (d *decoding) baseURL(n frontmatter.Node, v reflect.Value, text string) {
	base, zh, en := ParseBaseURL(text)
	if zh != "" {
		d.add(diag.BadURL.At(d.path, n.Pos, text, zh, en).Replace(text, mendURL(text)))
		return
	}
	v.Set(reflect.ValueOf(base))
}

// ParseBaseURL checks an address given for the whole site and ends it in "/". If
// it cannot be used, zh and en say why.
func ParseBaseURL(text string) (base BaseURL, zh, en string) {
	u, err := url.Parse(text)
	switch {
	case err != nil, u.Scheme != "http" && u.Scheme != "https":
		return "", "要以 http:// 或 https:// 开头", "it must start with http:// or https://"
	case u.Host == "":
		return "", "少了域名", "the host is missing"
	case u.RawQuery != "" || u.Fragment != "" || u.User != nil:
		return "", "不能带 ?、# 或用户名", "it must not hold ?, # or a user name"
	case strings.Contains(u.Path, "..") || strings.Contains(u.Path, "//"):
		return "", "不能带 .. 或 //", "it must not hold .. or //"
	}
	host, ok := asciiHost(u.Hostname())
	if !ok {
		return "", "域名“" + u.Hostname() + "”里有不能用的字符", "the host \"" + u.Hostname() + "\" has characters that no host can have"
	}
	if u.Port() != "" {
		host += ":" + u.Port()
	}
	u.Host = host
	u.Path = strings.TrimRight(u.Path, "/") + "/"
	return BaseURL(u.String()), "", ""
}

// asciiHost writes an IP address or a domain name as it stands in addresses (RFC 5891).
func asciiHost(name string) (ascii string, ok bool) {
	if ip, err := netip.ParseAddr(name); err == nil && ip.Zone() == "" {
		if ip.Is6() {
			name = "[" + name + "]"
		}
		return name, true
	}
	ascii, err := idna.Lookup.ToASCII(name)
	// The library lets quotes and the like through.
	plain := strings.Trim(ascii, "0123456789abcdefghijklmnopqrstuvwxyz-.") == "" && !strings.HasPrefix(ascii, ".") && !strings.Contains(ascii, "..")
	return ascii, err == nil && plain
}

// wrongType says what a value should have looked like.
func (d *decoding) wrongType(n frontmatter.Node, t reflect.Type, key string) {
	if key2, value, found := strings.Cut(n.Text, "："); n.Kind == frontmatter.Scalar && found && isKey(key2) {
		d.add(diag.FullWidthColon.At(d.path, n.Pos, key2+": "+strings.TrimSpace(value)).Replace("：", ": "))
		return
	}
	is := map[frontmatter.Kind]diag.Text{
		frontmatter.Null: {Zh: "空的", En: "empty"}, frontmatter.Scalar: {Zh: "“" + n.Text + "”", En: "\"" + n.Text + "\""},
		frontmatter.List: {Zh: "一张清单", En: "a list"}, frontmatter.Map: {Zh: "一组键", En: "a group of keys"},
	}[n.Kind]
	shape, example := shapeOf(t)
	old, new := mendWord(n, t, !han.Is([]rune(key)[0]))
	d.add(diag.WrongType.At(d.path, n.Pos, key, shape.Zh, is.Zh, key+": "+example.Zh, shape.En, is.En, key+": "+example.En).Replace(old, new))
}

// free turns a tree into plain values for params.
func free(n frontmatter.Node) any {
	switch n.Kind {
	case frontmatter.Scalar:
		return n.Text
	case frontmatter.List:
		out := make([]any, len(n.Items))
		for i, item := range n.Items {
			out[i] = free(item)
		}
		return out
	case frontmatter.Map:
		out := map[string]any{}
		for _, p := range n.Pairs {
			out[p.Key] = free(p.Value)
		}
		return out
	}
	return ""
}
