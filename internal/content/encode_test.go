package content

import (
	"bytes"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"mingdeng/internal/date"
	"mingdeng/internal/diag"
)

// words are texts that YAML could take for something else.
var words = rapid.SampledFrom([]string{"何明", "a: b # c", `他说“走”，"再\走"`, "- 一\n- 二", "true", "2026", "null", "[[x]]", "|", "x  y", "12:30", "𠮷田", "'", "%", "@"})

// drawn is a value that a key of type x may hold.
func drawn(t *rapid.T, x reflect.Type, f *field) reflect.Value {
	v := reflect.New(x).Elem()
	switch {
	case x == typeDate, x == typeMoment:
		d := date.Date{Year: rapid.IntRange(1900, 2026).Draw(t, "year")}
		if x == typeMoment || rapid.Bool().Draw(t, "whole") {
			d.Month, d.Day = int8(rapid.IntRange(1, 12).Draw(t, "month")), int8(rapid.IntRange(1, 28).Draw(t, "day"))
		}
		if x == typeDate {
			v.Set(reflect.ValueOf(d))
			break
		}
		m := date.Moment{Date: d, Timed: rapid.Bool().Draw(t, "timed")}
		if m.Timed {
			m.Hour, m.Minute = int8(rapid.IntRange(1, 23).Draw(t, "hour")), int8(rapid.IntRange(0, 59).Draw(t, "minute"))
		}
		v.Set(reflect.ValueOf(m))
	case x == typeRef:
		v.Set(reflect.ValueOf(Ref{Slug: rapid.StringMatching(`[a-z][a-z0-9]{0,8}`).Draw(t, "slug")}))
	case x == typeFile:
		v.Set(reflect.ValueOf(File{Path: rapid.StringMatching(`[a-z]{1,8}\.jpg`).Draw(t, "file")}))
	case x == typeText:
		v.Set(reflect.ValueOf(Text{Text: "/" + rapid.StringMatching(`[a-z]{1,8}`).Draw(t, "old") + "/"}))
	case x == typeURL, x == typeBase:
		v.SetString("https://a.example/" + rapid.StringMatching(`[a-z]{1,8}`).Draw(t, "path"))
	case x == typeRegion:
		v.Set(reflect.ValueOf(Region{"某省", "某市"}))
	case valuesOf(x) != nil:
		v.SetString(rapid.SampledFrom(valuesOf(x)).Draw(t, "value").En)
	case x.Kind() == reflect.Pointer:
		p := reflect.New(x.Elem())
		p.Elem().Set(drawn(t, x.Elem(), f))
		v.Set(p)
	case x.Kind() == reflect.Slice:
		for range rapid.IntRange(1, 3).Draw(t, "items") {
			v = reflect.Append(v, drawn(t, x.Elem(), f))
		}
	case x.Kind() == reflect.Struct:
		drawGroup(t, v)
	case x.Kind() == reflect.Bool:
		v.SetBool(rapid.Bool().Draw(t, "bool"))
	case x.Kind() == reflect.Int:
		lo, hi := 1.0, 999.0
		if f.ranged {
			lo, hi = max(f.lo, 1), min(f.hi, 9999)
		}
		v.SetInt(int64(rapid.IntRange(int(lo), int(hi)).Draw(t, "int")))
	case x.Kind() == reflect.Float64:
		lo, hi := 0.25, 99.0
		if f.ranged {
			lo, hi = f.lo, f.hi
		}
		v.SetFloat(math.Round(rapid.Float64Range(lo, hi).Draw(t, "float")*1e6) / 1e6)
	case x.Kind() == reflect.String:
		v.SetString(words.Draw(t, "words"))
	default:
		t.Fatalf("nothing is drawn for a %s", x)
	}
	return v
}

func drawGroup(t *rapid.T, v reflect.Value) {
	for i := range planOf(v.Type()).fields {
		f := &planOf(v.Type()).fields[i]
		if f.en == "params" || f.en == "slug" || !f.required && rapid.Bool().Draw(t, "without "+f.en) {
			continue
		}
		v.FieldByIndex(f.index).Set(drawn(t, v.FieldByIndex(f.index).Type(), f))
	}
}

// What is written of a record of any kind that members give is read again as it was: what a
// key cannot hold would be lost, or refused by whoever collects it.
func TestEncodeIsRead(t *testing.T) {
	at := map[Kind]string{
		KindHero: "heroes/a/index.md", KindBrief: "briefs/2026/a/index.md", KindBook: "anthology/b/_index.md", KindChapter: "anthology/b/a/index.md",
		KindVenue: "venues/v/_index.md", KindExhibit: "venues/v/a/index.md", KindUnit: "units/a/index.md",
	}
	for _, kind := range Collected {
		t.Run(string(kind), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				typ := kinds[slices.IndexFunc(kinds, func(k KindInfo) bool { return k.Kind == kind })].typ
				r := reflect.New(typ)
				drawGroup(t, r.Elem())
				switch r := r.Interface().(type) { // what no single key can say
				case *Brief:
					if e := r.Event; e != nil && e.End.Before(e.Start) {
						e.End = e.Start
					}
				case *Exhibit:
					if r.PlanAt != nil {
						r.PlanAt = []float64{0.25, 0.5}
					}
				case *Hero:
					for i := range r.Honors {
						r.Honors[i].Title = "模范"
					}
				}
				was := Encode(r.Interface().(Record), []byte("文。"))
				once := Encode(readAgain(t, at[kind], was), []byte("文。")) // has the values that hold where none is written
				lines := strings.Split(string(once), "\n")
				for line := range strings.Lines(string(was)) {
					i := slices.Index(lines, strings.TrimSuffix(line, "\n"))
					if i < 0 {
						t.Fatalf("lost: %swritten:\n%s\nread:\n%s", line, was, once)
					}
					lines = slices.Delete(lines, i, i+1)
				}
				if twice := Encode(readAgain(t, at[kind], once), []byte("文。")); !bytes.Equal(twice, once) {
					t.Fatalf("written:\n%s\nread and written again:\n%s", once, twice)
				}
			})
		})
	}
}

// readAgain loads the file of a record, which must have no errors.
func readAgain(t *rapid.T, at string, text []byte) Record {
	fsys := fstest.MapFS{"content/site.yaml": {Data: []byte("title: 站\nbase_url: https://a.example/\n")}, "content/" + at: {Data: text}}
	tree, _ := Scan(fsys)
	c, found := Load(fsys, tree)
	for _, f := range found {
		if f.Path == "content/"+at && f.Code.Severity == diag.Error {
			t.Fatalf("%d:%d: %s\n%s", f.Pos.Line, f.Pos.Col, f.Message(diag.English), text)
		}
	}
	var out Record
	c.All(func(r Record) {
		if r.Base().Path == "content/"+at {
			out = r
		}
	})
	if out == nil {
		t.Fatalf("no record was read of\n%s", text)
	}
	return out
}
