package vtt

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func at(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }

func TestParse(t *testing.T) {
	const text = `WEBVTT 讲解

NOTE 这里
不念

STYLE
::cue { color: red }

南门
00:00.000 --> 00:04.200 align:start
<v 王某>各位，这里是
<b>南门</b>。</v>

2
00:04.500 --> 00:01:02.000
{R}&amp;<00:05.000> D &lt;b&gt; <ruby>堃<rt>kūn</rt></ruby>好
<v.loud 李某>好 a
b

c-7f
1:00:00.000 --> 1:00:01.000
hello
`
	want := []Cue{
		{at(0), at(4.2), "南门", "王某", "各位，这里是南门。", 11},
		{at(4.5), at(62), "", "", "{R}& D <b> 堃好", 16},
		{at(4.5), at(62), "", "李某", "好 a b", 17},
		{at(3600), at(3601), "", "", "hello", 22},
	}
	cues, faults := Parse([]byte(text))
	if len(faults) > 0 || !reflect.DeepEqual(cues, want) {
		t.Errorf("%v\n%+v", faults, cues)
	}
	cues, faults = Parse([]byte("1\n00:00:01,500 --> 00:00:03,000\n第一句\n\n2\n00:00:03,000 --> 00:00:04,000\n第二句\n"))
	if len(faults) > 0 || len(cues) != 2 || cues[0].Start != at(1.5) || cues[1].Text != "第二句" || cues[0].Name != "" {
		t.Errorf("SubRip: %v %+v", faults, cues)
	}
}

func TestFaults(t *testing.T) {
	for _, x := range []struct {
		body string
		want Fault
	}{
		{"", Fault{1, 1, NoCue, ""}},
		{"NOTE a", Fault{1, 1, NoCue, ""}},
		{"00:00 --> 00:01.000\na", Fault{3, 1, BadTime, "00:00"}},
		{"00:00.000 --> 00:61.000\na", Fault{3, 15, BadTime, "00:61.000"}},
		{"00:00.000 --> ", Fault{3, 15, BadTime, ""}},
		{"-->", Fault{3, 1, BadTime, ""}},
		{"25:00:00.000 --> 26:00:00.000\na", Fault{3, 1, BadTime, "25:00:00.000"}},
		{"00:02.000 --> 00:01.000\na", Fault{3, 15, Backward, "00:01.000"}},
		{"00:02.000 --> 00:03.000\na\n\n00:01.000 --> 00:03.000\nb", Fault{6, 1, Unordered, "00:01.000"}},
		{"00:01.000 --> 00:02.000\n说 <script>alert(1)</script>", Fault{4, 3, BadTag, "<script>"}},
		{"00:01.000 --> 00:02.000\n3 < 5", Fault{4, 3, BadTag, "< 5"}},
		{"话", Fault{3, 1, Loose, "话"}},
		{"00:01.000 --> 00:02.000\n" + strings.Repeat("长", MaxText), Fault{4, 1, TooLarge, "4 KB +"}},
		{strings.Repeat("00:01.000 --> 00:02.000\na\n\n", MaxCues+1), Fault{3 + 3*MaxCues, 1, TooLarge, "5000 +"}},
	} {
		_, faults := Parse([]byte("WEBVTT\n\n" + x.body))
		if len(faults) != 1 || faults[0] != x.want {
			t.Errorf("%.40q: %+v, want %+v", x.body, faults, x.want)
		}
	}
	for text, want := range map[string]Why{"讲稿": NoHeader, "WEBVTTX\n": NoHeader, strings.Repeat("a", MaxBytes+1): TooLarge} {
		if _, faults := Parse([]byte(text)); len(faults) != 1 || faults[0].Why != want {
			t.Errorf("%.10q: %v", text, faults)
		}
	}
	if _, faults := Parse([]byte("WEBVTT\n\n" + strings.Repeat("x --> y\n\n", 1000))); len(faults) != maxFaults {
		t.Errorf("%d faults are told", len(faults))
	}
}

// FuzzParse: times go forward, words hold no line end, places are in the text, and what is
// read comes again when it is written.
func FuzzParse(f *testing.F) {
	f.Add("WEBVTT\n\n南门\n00:00.000 --> 00:04.200\n<v 王某>各位<rt>x</rt>&lt;b\n<c.a>b</c>\n")
	f.Add("1\n00:00:01,500 --> 00:00:03,000\n第一句\n")
	f.Add("WEBVTT\n\n00:02.000 --> 00:01.000\n< &#x0;")
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || strings.ContainsAny(text, "\r\x00") {
			return // decoded before it comes here
		}
		cues, faults := Parse([]byte(text))
		lines := strings.Split(text, "\n")
		for _, x := range faults {
			if x.Line < 1 || x.Line > len(lines) || x.Col < 1 || x.Col > utf8.RuneCountInString(lines[x.Line-1])+1 {
				t.Fatalf("%+v is outside the text", x)
			}
		}
		var again strings.Builder
		again.WriteString("WEBVTT\n")
		for i, c := range cues {
			if c.End < c.Start || i > 0 && c.Start < cues[i-1].Start || c.Text == "" || strings.ContainsAny(c.Text+c.Name+c.Voice, "\n") || len(c.Text) > 2*MaxText {
				t.Fatalf("%+v", c)
			}
			clean := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
			fmt.Fprintf(&again, "\n%s --> %s\n<v %s>%s\n", stamp(c.Start), stamp(c.End), clean.Replace(c.Voice), clean.Replace(c.Text))
		}
		if len(cues) == 0 || len(faults) > 0 {
			return
		}
		other, faults := Parse([]byte(again.String()))
		if len(faults) == 1 && faults[0].Why == TooLarge {
			return // escaped, it is longer
		}
		if len(other) != len(cues) || len(faults) > 0 {
			t.Fatalf("%v\n%+v\n%+v\n%s", faults, cues, other, again.String())
		}
		for i := range cues {
			if cues[i].Text != other[i].Text || cues[i].Voice != other[i].Voice || cues[i].Start != other[i].Start {
				t.Fatalf("%+v\n%+v", cues[i], other[i])
			}
		}
	})
}

func stamp(d time.Duration) string {
	ms := d.Milliseconds()
	return fmt.Sprintf("%02d:%02d:%02d.%03d", ms/3600000, ms/60000%60, ms/1000%60, ms%1000)
}

// What Write writes says what was read, and is read the same again.
func TestWrite(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[一-龥a-z&<>;]{1,12}`)
		var cues []Cue
		at := 0
		for i := range rapid.IntRange(1, 6).Draw(t, "cues") {
			c := Cue{Start: time.Duration(at) * time.Millisecond, Text: word.Draw(t, "text")}
			at += rapid.IntRange(1, 4_000_000).Draw(t, "long")
			c.End = time.Duration(at) * time.Millisecond
			if i%2 == 0 {
				c.Voice = rapid.StringMatching(`[一-龥]{2,3}`).Draw(t, "voice")
			}
			cues = append(cues, c)
		}
		text := Write(cues)
		again, faults := Parse(text)
		for i := range again {
			again[i].Line = 0
		}
		if len(faults) > 0 || !reflect.DeepEqual(cues, again) {
			t.Fatalf("%s\n%v\n%+v\n%+v", text, faults, cues, again)
		}
	})
}
