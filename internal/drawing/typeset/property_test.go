package typeset_test

import (
	"errors"
	"reflect"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"mingdeng/internal/drawing/fonts"
	"mingdeng/internal/drawing/typeset"
)

const (
	forbiddenFirst = "、，；：。！？）》」』”’】〉…—·"
	forbiddenLast  = "（《「『“‘【〈"
)

// words are what texts are drawn from: each piece may stand beside each other.
var pieces = []string{
	"国", "长堤", "暴雨夜里", "𬀩", "〇", "，", "。", "、", "；", "：", "！", "？", "……", "——", "·",
	"《", "》", "“", "”", "（", "）", "「", "」", "／", "12名", "2023年", "5.20米", "80%", "第3届",
	"yx.example.cn/Q/7K3F", "A", "lamp", " ", "　", "～", "-", "7",
}

func drawText(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 60).Draw(t, "text"), "")
}

// check says what is wrong with a block that Layout made of text.
func check(t interface{ Fatalf(string, ...any) }, text string, style typeset.Style, b typeset.Block) {
	if style.Measure > 0 {
		for _, l := range b.Lines {
			if l.Width > style.Measure+1e-6 {
				t.Fatalf("%q is %g mm wide, the measure %g", l.Text, l.Width, style.Measure)
			}
		}
	}
	if style.MaxLines > 0 && len(b.Lines) > style.MaxLines {
		t.Fatalf("%d lines", len(b.Lines))
	}
	rest := text
	for i, l := range b.Lines {
		glyphs := ""
		for _, g := range l.Glyphs {
			glyphs += string(g.Rune)
		}
		if glyphs != l.Text {
			t.Fatalf("line %q has the glyphs of %q", l.Text, glyphs)
		}
		at := strings.Index(rest, l.Text)
		if at < 0 || strings.Trim(rest[:at], " 　\t\r\n\u200B\u2002\u2003") != "" {
			t.Fatalf("line %q does not follow; left is %q", l.Text, rest)
		}
		softStart := i > 0 && !strings.Contains(rest[:at], "\n")
		rest = rest[at+len(l.Text):]
		softEnd := strings.TrimLeft(rest, " 　\t\r\u200B\u2002\u2003") != "" &&
			!strings.HasPrefix(strings.TrimLeft(rest, " 　\t\r\u200B\u2002\u2003"), "\n")
		if l.Text == "" {
			continue
		}
		first, _ := utf8.DecodeRuneInString(l.Text)
		last, _ := utf8.DecodeLastRuneInString(l.Text)
		if softStart && strings.ContainsRune(forbiddenFirst+"／", first) {
			t.Fatalf("line %d starts with %c: %s", i, first, l.Text)
		}
		if softEnd && strings.ContainsRune(forbiddenLast+"／", last) {
			t.Fatalf("line %d ends with %c: %s", i, last, l.Text)
		}
	}
	if strings.Trim(rest, " 　\t\r\n\u200B\u2002\u2003") != "" {
		t.Fatalf("%q is not set", rest)
	}
}

func TestLayoutKeepsTheRules(t *testing.T) {
	set := 0
	rapid.Check(t, func(t *rapid.T) {
		text := drawText(t)
		style := typeset.Style{
			Face:     rapid.SampledFrom([]*typeset.Face{fonts.Serif(), fonts.Kai()}).Draw(t, "face"),
			Size:     5,
			MinSize:  rapid.SampledFrom([]float64{0, 4}).Draw(t, "min"),
			Measure:  rapid.Float64Range(20, 120).Draw(t, "measure"),
			MaxLines: rapid.SampledFrom([]int{0, 0, 3}).Draw(t, "max"),
			Align:    rapid.SampledFrom([]typeset.Align{typeset.Left, typeset.Center, typeset.Right, typeset.Justify}).Draw(t, "align"),
			Spacing:  rapid.SampledFrom([]float64{0, 0.5}).Draw(t, "spacing"),
			Vertical: rapid.Bool().Draw(t, "vertical"),
		}
		b, err := typeset.Layout(text, style)
		if err != nil {
			var no *typeset.DoesNotFit
			if !errors.As(err, &no) {
				t.Fatal(err)
			}
			if no.Over <= 0 && no.DepthOver <= 0 && no.Lines <= no.MaxLines {
				t.Fatalf("does not fit, without a reason: %+v", no)
			}
			return
		}
		set++
		check(t, text, style, b)
		again, err := typeset.Layout(text, style)
		if err != nil || !reflect.DeepEqual(b.Outline(), again.Outline()) {
			t.Fatalf("a second time gives something else")
		}
	})
	if set == 0 {
		t.Error("nothing was ever set")
	}
}

func TestFaceIsSafeConcurrently(t *testing.T) {
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 20 {
				if _, err := typeset.Layout(story, typeset.Style{Face: fonts.Kai(), Size: 4, Measure: 80}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
}

func FuzzLayout(f *testing.F) {
	for _, s := range seeds {
		f.Add(s, 40.0)
	}
	f.Fuzz(func(t *testing.T, text string, measure float64) {
		if !utf8.ValidString(text) || measure != measure || measure > 1000 {
			return
		}
		style := typeset.Style{Face: fonts.Serif(), Size: 4, Measure: measure}
		b, err := typeset.Layout(text, style)
		if err != nil {
			var no *typeset.DoesNotFit
			var lacks *typeset.Lacks
			if errors.As(err, &no) || errors.As(err, &lacks) && len(style.Face.Missing(text)) > 0 {
				return
			}
			t.Fatal(err)
		}
		check(t, text, style, b)
	})
}

var seeds = []string{
	story, "", "\n\n", "　　沈渡川。", "（（（（（（（（（（））））））））））", "——————————————————", "……。”）》」",
	"第12万余元整", "a-b-c/d//e?f@g", "\u00A0\u2060\u200B。", "／／／", "12 名 ，。",
}

func TestSeedsExist(t *testing.T) {
	if len(seeds) < 10 {
		t.Error("the fuzz target has lost its seeds")
	}
}

const story = "二〇二一年七月二十日夜，暴雨。沈渡川（化名）下班途经长堤北口，见地下通道被淹，3辆车困在水中。他把手机递给路人，说：“我先下。”" +
	"水深约5.20米，能见度几乎为零——他三次潜入，先后托出7个人，其中最小的只有4岁。第三次返回时，水已没过通道顶……次日清晨，人们在通道南端找到了他。" +
	"同年12月，沈渡川被追授为“见义勇为英雄”。《长堤日报》写道：“他不是不怕，他只是没有多想。”扫码或输入yx.example.cn/Q/7K3F，可读他的故事。"

func BenchmarkParagraph(b *testing.B) {
	face := fonts.Serif()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := typeset.Layout(story, typeset.Style{Face: face, Size: 4, Measure: 90, Align: typeset.Justify}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkShrinkingParagraph(b *testing.B) {
	face := fonts.Serif()
	for b.Loop() {
		if _, err := typeset.Layout(story, typeset.Style{Face: face, Size: 4, MinSize: 3, Measure: 90, Depth: 50}); err != nil {
			b.Fatal(err)
		}
	}
}
