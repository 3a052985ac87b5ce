package theme

import (
	"bytes"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"mingdeng/internal/pages"
)

// agree executes a page both ways.
func agree(t interface{ Fatalf(string, ...any) }, e *Edition, name string, view any) {
	p := e.pages[name]
	var want, got bytes.Buffer
	if err := p.Interpret(&want, view); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if err := p.Execute(&got, view); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if !bytes.Equal(want.Bytes(), got.Bytes()) {
		w, g := want.Bytes(), got.Bytes()
		i := 0
		for i < min(len(w), len(g)) && w[i] == g[i] {
			i++
		}
		lo := max(0, i-60)
		t.Fatalf("%s differs at %d\nhtml/template: %s\nprogram:       %s", name, i, w[lo:min(len(w), i+60)], g[lo:min(len(g), i+60)])
	}
}

// All pages of lamplight compile and come out as html/template makes them.
func TestProgramsAgree(t *testing.T) {
	b := read(t)
	for _, lang := range []string{"zh-Hans", "en"} {
		e, err := b.compile(lang)
		if err != nil {
			t.Fatal(err)
		}
		for name, like := range pages.Views() {
			if !e.pages[name].Compiled() {
				t.Errorf("%s is beyond the compiler", name)
			}
			for _, sparse := range []bool{false, true} {
				agree(t, e, name, filled(like, sparse))
			}
		}
	}
}

// Whatever texts, numbers and addresses a view holds, both ways agree to the byte.
func TestProgramsAgreeOnAnyView(t *testing.T) {
	b := read(t)
	e, err := b.compile("en")
	if err != nil {
		t.Fatal(err)
	}
	texts := rapid.OneOf(
		rapid.String(), rapid.StringMatching(`[/#]?[a-z/<>&"'+?=%:.`+"`"+` -]{0,12}`),
		rapid.SampledFrom([]string{"", "/heroes/a/", "#a", "javascript:alert(1)", "JaVascript:1", "https://a.cn/?a=1&b=2", "https://a.cn/b/", "https://", "https://a:b@c", "https:/a", "HTTPS://a.cn", "https://a.cn/张", "https://https://a", "mailto:a@b.cn", "//a.cn", "/张三/", "/a b", "/%zz%41", "/a:b", "a:b", "\x00", "\xff", "</script>", "a.jpg 1x, javascript:b 2x"}),
		rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 6), func(b []byte) string { return string(b) }),
	)
	names := sortedKeys(pages.Views())
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom(names).Draw(t, "page")
		view := reflect.New(reflect.TypeOf(pages.Views()[name]).Elem())
		drawn(t, view.Elem(), texts, 0)
		agree(t, e, name, view.Interface())
	})
}

// drawn fills a view at random.
func drawn(t *rapid.T, v reflect.Value, texts *rapid.Generator[string], depth int) {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		drawn(t, v.Elem(), texts, depth)
	case reflect.Struct:
		for i := range v.NumField() {
			f, tag := v.Field(i), v.Type().Field(i)
			if !tag.IsExported() || tag.Type.PkgPath() != "" && tag.Name == "Refs" {
				continue
			}
			if f.Kind() == reflect.Pointer && (depth > 6 || tag.Tag.Get("nil") != "never" && rapid.Bool().Draw(t, "absent")) {
				continue
			}
			drawn(t, f, texts, depth+1)
		}
	case reflect.Slice:
		n := rapid.IntRange(0, 2).Draw(t, "n")
		if depth > 6 {
			n = 0
		}
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			drawn(t, v.Index(i), texts, depth+1)
		}
	case reflect.String:
		v.SetString(texts.Draw(t, "text"))
	case reflect.Int:
		v.SetInt(int64(rapid.IntRange(-2000, 2000).Draw(t, "int")))
	case reflect.Float64:
		v.SetFloat(rapid.Float64().Draw(t, "float"))
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(t, "bool"))
	}
}
