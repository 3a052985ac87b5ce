package typeset_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"mingdeng/internal/drawing/fonts"
	"mingdeng/internal/drawing/typeset"
)

// texts of the lines, with | between them.
func lines(b typeset.Block) string {
	var out []string
	for _, l := range b.Lines {
		out = append(out, l.Text)
	}
	return strings.Join(out, "|")
}

// Measures are in em of 10 mm: 80 is eight characters.
func TestLines(t *testing.T) {
	for _, c := range []struct {
		name, text string
		measure    float64
		want       string
	}{
		{"plain", "暴雨夜里三次返回被淹的地下通道", 80, "暴雨夜里三次返回|被淹的地下通道"},
		{"the sketch", "二〇二一年七月，暴雨夜里三次返回被淹的地下通道，带出七个人。", 180,
			"二〇二一年七月，暴雨夜里三次返回被淹|的地下通道，带出七个人。"},
		{"closing mark takes half an em at the end", "一二三四五六七，九十", 75, "一二三四五六七，|九十"},
		{"a stop that does not fit goes with its character", "一二三四五六七八。九十", 80, "一二三四五六七|八。九十"},
		{"squeeze in", "一二，四五六七八。九十", 80, "一二，四五六七八。|九十"},
		{"no opening mark at the end", "一二三四五六七《九十》", 80, "一二三四五六七|《九十》"},
		{"an opening mark hugs the start", "《一二三四五六七》八九十甲", 80, "《一二三四五六七》|八九十甲"},
		{"two marks take one and a half", "他说：“一二三四”，五六", 95, "他说：“一二三四”，|五六"},
		{"a dash is not parted", "一二三四五六七——九十", 80, "一二三四五六|七——九十"},
		{"nor dots", "一二三四五六七……九十", 80, "一二三四五六|七……九十"},
		{"number and measure word", "一二三四五六12名群众", 75, "一二三四五六|12名群众"},
		{"year", "一二三四五六2023年七月", 90, "一二三四五六|2023年七月"},
		{"decimal and unit", "水深约一二三5.20米处", 80, "水深约一二三|5.20米处"},
		{"magnitude, about, unit", "一二三四12万余元整齐", 70, "一二三四|12万余元整齐"},
		{"space before the unit", "一二三四五 12 名群众", 66, "一二三四五|12 名群众"},
		{"percent", "一二三四五六七80%以上", 85, "一二三四五六七|80%以上"},
		{"session", "荣获全国的第12届称号", 70, "荣获全国的|第12届称号"},
		{"name with a dot", "一二三四五六阿卜杜·克里木", 99, "一二三四五六阿卜杜·|克里木"},
		{"no dot first", "一二三四五六阿卜杜·克里木", 90, "一二三四五六阿卜|杜·克里木"},
		{"slash neither first nor last", "一二三四五六七／九十", 80, "一二三四五六|七／九十"},
		{"address goes down whole", "请输入网址yx.example.cn/Q/7K3F或扫码", 115, "请输入网址|yx.example.cn/Q/7K3F|或扫码"},
		{"address longer than the line", "yx.example.cn/Q/7K3F", 90, "yx.example.cn/Q/|7K3F"},
		{"address in a narrow place", "lamp-of-courage.example.cn/Q/7K3F", 80, "lamp-of-|courage|.example.cn/Q/|7K3F"},
		{"words", "the lamp on paper", 50, "the lamp|on paper"},
		{"beyond the BMP", "𬀩𬀩𬀩𬀩𬀩𬀩", 40, "𬀩𬀩𬀩𬀩|𬀩𬀩"},
		{"no lone last character", "一二三四五六七八九", 80, "一二三四五六七|八九"},
		{"paragraphs", "一二三\n四五六七\n", 30, "一二三|四五|六七|"},
		{"full-width space", "不收钱　不要", 45, "不收钱|不要"},
		{"bangs", "一二三四五六七！？八九", 80, "一二三四五六七！？|八九"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, err := typeset.Layout(c.text, typeset.Style{Face: fonts.Serif(), Size: 10, Measure: c.measure})
			if err != nil {
				t.Fatal(err)
			}
			if got := lines(b); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
				for _, l := range b.Lines {
					t.Logf("%6.2f %s", l.Width, l.Text)
				}
			}
		})
	}
}

// Widths in em.
func TestWidths(t *testing.T) {
	for _, c := range []struct {
		text string
		want float64
	}{
		{"国国", 2},
		{"国。", 1.5},   // closing mark at the end
		{"《国》", 2},    // hugged on both sides
		{"国。”国", 3.5}, // 2 marks in 1.5
		{"国》，《国", 4},  // 3 marks in 2
		{"国——国", 4},   //
		{"国·国", 2.5},  //
		{"国？！国", 3},   // 2 in 1
		{"国？？？国", 4},  // 3 in 2
		{"国（国）", 3.5}, //
		{"国7国", 2.549 + 1.0/3},
		{"国 7 国", 2.549 + 1.0/3}, // the author's spaces are the same
		{"国， 国", 3},
	} {
		b, err := typeset.Layout(c.text, typeset.Style{Face: fonts.Serif(), Size: 1})
		if err != nil {
			t.Fatal(err)
		}
		if math.Abs(b.W-c.want) > 1e-6 {
			t.Errorf("%s is %.3f em, want %.3f", c.text, b.W, c.want)
		}
	}
	// LXGW's quotation marks are narrow and stay so.
	b, _ := typeset.Layout("“国”", typeset.Style{Face: fonts.Kai(), Size: 1})
	if math.Abs(b.W-1.7) > 1e-6 {
		t.Errorf("“国” in Kai is %.3f em, want 1.7", b.W)
	}
}

func TestFitting(t *testing.T) {
	style := typeset.Style{Face: fonts.Serif(), Size: 20, MinSize: 15, Measure: 100, MaxLines: 2}
	for _, c := range []struct {
		text, want string
		size       float64
	}{
		{"沈渡川", "沈渡川", 20},
		{"阿卜杜克里", "阿卜杜克里", 20},
		{"阿卜杜克里木", "阿卜杜克里木", 16.666},
		{"阿卜杜克里木买买提", "阿卜杜克里|木买买提", 20},
	} {
		b, err := typeset.Layout(c.text, style)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		if got := lines(b); got != c.want || math.Abs(b.Size-c.size) > 0.02 {
			t.Errorf("%s: got %s at %g, want %s at %g", c.text, got, b.Size, c.want, c.size)
		}
	}
	// As running text a name breaks anywhere, as a name after its dot.
	b, err := typeset.Layout("阿卜杜拉·克里木买买提", style)
	if err != nil || lines(b) != "阿卜杜拉·克|里木买买提" {
		t.Errorf("%s %v", lines(b), err)
	}
	style.Name = true
	b, err = typeset.Layout("阿卜杜拉·克里木买买提", style)
	if err != nil || lines(b) != "阿卜杜拉·|克里木买买提" || math.Abs(b.Size-16.6) > 0.02 {
		t.Errorf("%s at %g %v", lines(b), b.Size, err)
	}
	_, err = typeset.Layout(strings.Repeat("字", 30), style)
	var no *typeset.DoesNotFit
	if !errors.As(err, &no) || no.Lines != 5 || no.MaxLines != 2 || no.Size != 15 {
		t.Errorf("30 characters: %v", err)
	}
	_, err = typeset.Layout("supercalifragilistic", style)
	if !errors.As(err, &no) || no.Over < 10 {
		t.Errorf("a long word: %v", err)
	}
	style.MaxLines, style.Depth = 0, 40
	_, err = typeset.Layout(strings.Repeat("字", 30), style)
	if !errors.As(err, &no) || math.Abs(no.DepthOver-(15*(1+4*1.5)-40)) > 1e-6 {
		t.Errorf("too deep: %v", err)
	}
}

func TestLacking(t *testing.T) {
	f := fonts.Serif()
	if got := f.Missing("沈\U0003134A川\u0E01𬀩\U0003134A\n　 "); !slices.Equal(got, []rune{0x3134A, 0x0E01}) {
		t.Errorf("missing %q", got)
	}
	var no *typeset.Lacks
	if _, err := typeset.Layout("沈ก", typeset.Style{Face: f, Size: 1}); !errors.As(err, &no) || no.Rune != 'ก' {
		t.Errorf("got %v", err)
	}
	for _, bad := range []string{"", "OTTO", "wOF2....", strings.Repeat("\x00\x01\x00\x00", 40)} {
		if _, err := typeset.Open([]byte(bad)); err == nil {
			t.Errorf("%q opens", bad)
		}
	}
}

// Every line but the last of a justified paragraph is exactly as long as the measure, and
// the ink of no line passes it.
func TestJustified(t *testing.T) {
	text := "他说：“水深约5.20米，我先下。”那天夜里，沈渡川（化名）在yx.example.cn记录的第12个路口——也就是长堤北口——三次潜入，把7个人一一托出水面……"
	b, err := typeset.Layout(text, typeset.Style{Face: fonts.Serif(), Size: 4, Measure: 53, Align: typeset.Justify})
	if err != nil {
		t.Fatal(err)
	}
	for i, l := range b.Lines[:len(b.Lines)-1] {
		if math.Abs(l.Width-53) > 1e-6 {
			t.Errorf("line %d is %.3f mm: %s", i, l.Width, l.Text)
		}
	}
	box := b.Outline().Bounds()
	if box.X < 0 || box.X+box.W > 53 || box.Y < 0 || box.Y+box.H > b.H {
		t.Errorf("ink %+v leaves the block of 53 × %g", box, b.H)
	}
}

// The ink of centred, right and vertical text lies where it should.
func TestPlaces(t *testing.T) {
	set := func(text string, s typeset.Style) typeset.Block {
		s.Face, s.Size = fonts.Serif(), 10
		b, err := typeset.Layout(text, s)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	near := func(what string, got, want, tol float64) {
		t.Helper()
		if math.Abs(got-want) > tol {
			t.Errorf("%s: %.2f, want %.2f", what, got, want)
		}
	}
	box := set("国国", typeset.Style{Measure: 60, Align: typeset.Center}).Outline().Bounds()
	near("centre", box.X+box.W/2, 30, 0.5)
	near("middle", box.Y+box.H/2, 5, 0.1)
	box = set("国国", typeset.Style{Measure: 60, Align: typeset.Right}).Outline().Bounds()
	near("right", box.X+box.W, 60, 1)

	v := set("国国国国", typeset.Style{Measure: 30, Vertical: true})
	near("columns' width", v.W, 25, 1e-9)
	near("columns' height", v.H, 20, 10)
	near("first column on the right", v.Lines[0].Glyphs[0].X, 15, 1e-9)
	box = set("国", typeset.Style{Vertical: true}).Outline().Bounds()
	near("column's middle", box.X+box.W/2, 5, 0.3)
	box = set("—", typeset.Style{Vertical: true}).Outline().Bounds()
	near("bar's middle", box.X+box.W/2, 5, 0.1)
	if box.H < 9 {
		t.Errorf("a vertical bar is %g high", box.H)
	}
	box = set("12", typeset.Style{Vertical: true}).Outline().Bounds()
	near("two digits' middle", box.X+box.W/2, 5, 0.4)
	near("two digits' middle", box.Y+box.H/2, 5, 0.4)
	box = set("。", typeset.Style{Vertical: true}).Outline().Bounds()
	if box.X < 5 || box.Y+box.H > 5 {
		t.Errorf("a full stop in a column at %+v, not at the top right of its cell", box)
	}
}

// Two dashes are one bar, closed and without a seam.
func TestBar(t *testing.T) {
	b, err := typeset.Layout("——", typeset.Style{Face: fonts.Serif(), Size: 10})
	if err != nil {
		t.Fatal(err)
	}
	o := b.Outline()
	if box := o.Bounds(); len(o) != 1 || math.Abs(box.W-19.2) > 1e-6 {
		t.Errorf("%d contours, %+v", len(o), box)
	}
}
