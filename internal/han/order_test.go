package han

import (
	"os"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/mozillazg/go-pinyin"
	"pgregory.net/rapid"
)

func official(t testing.TB) []rune {
	b, err := os.ReadFile("testdata/tgh8105.txt")
	if err != nil {
		t.Fatal(err)
	}
	rs := []rune(strings.TrimSpace(string(b)))
	if len(rs) != 8105 {
		t.Fatalf("the table has %d characters", len(rs))
	}
	return rs
}

// TestStrokeOrder holds the stroke order against the official one: none of
// the neighbours within a level may be inverted, by key or by count.
func TestStrokeOrder(t *testing.T) {
	rs := official(t)
	from := 0
	for level, to := range []int{3500, 6500, 8105} {
		for i := from + 1; i < to; i++ {
			a, b := rs[i-1], rs[i]
			if StrokeKey(string(a), ByName) >= StrokeKey(string(b), ByName) {
				t.Errorf("level %d: %c sorts after %c", level+1, a, b)
			}
			if strokes(a) > strokes(b) {
				t.Errorf("level %d: %c has %d strokes, %c %d", level+1, a, strokes(a), b, strokes(b))
			}
		}
		from = to
	}
	// Across levels: counts rise along the whole order, which must hold
	// because the key is the rank and the rank rises with the count.
	all := slices.Clone(rs)
	slices.SortFunc(all, func(a, b rune) int {
		return strings.Compare(StrokeKey(string(a), ByName), StrokeKey(string(b), ByName))
	})
	for i := 1; i < len(all); i++ {
		if strokes(all[i-1]) > strokes(all[i]) {
			t.Errorf("%c (%d) before %c (%d)", all[i-1], strokes(all[i-1]), all[i], strokes(all[i]))
		}
	}
	// By classes across levels: 三(1) 于(1) 亍(3) 亏(1), 入(1) 乂(2) 儿(1), 邗(3) among 5.
	if got := order(StrokeKey, ByName, "亏", "儿", "亍", "乂", "入", "于", "三"); got != "入乂儿三于亍亏" {
		t.Errorf("across levels: %s", got)
	}
}

func TestStrokes(t *testing.T) {
	for s, want := range map[string]int{
		"一": 1, "乙": 1, "丁": 2, "王": 4, "张": 7, "陈": 7, "赵": 9, "龘": 48, "𬬭": 9, "䴙": 18, "張": 11, "a": 0, "，": 0,
	} {
		if got := strokes([]rune(s)[0]); got != want {
			t.Errorf("strokes(%s) = %d, want %d", s, got, want)
		}
	}
	for _, r := range official(t) {
		if strokes(r) == 0 {
			t.Errorf("no strokes of %c", r)
		}
	}
}

func order(key func(string, StrokeRule) string, rule StrokeRule, names ...string) string {
	slices.SortFunc(names, func(a, b string) int { return strings.Compare(key(a, rule), key(b, rule)) })
	return strings.Join(names, "")
}

func TestStrokeKey(t *testing.T) {
	for _, tt := range []struct {
		rule StrokeRule
		want string
	}{
		{BySurname, "丁一 丁香 丁一一 王丹 张三 张三丰 欧明 欧明明 欧阳一 魏一 John"},
		{ByName, "丁一 丁一一 丁香 王丹 张三 张三丰 欧阳一 欧明 欧明明 魏一 John"},
	} {
		names := strings.Fields(tt.want)
		slices.Reverse(names)
		slices.SortFunc(names, func(a, b string) int { return strings.Compare(StrokeKey(a, tt.rule), StrokeKey(b, tt.rule)) })
		if got := strings.Join(names, " "); got != tt.want {
			t.Errorf("rule %d: %s, want %s", tt.rule, got, tt.want)
		}
	}
}

func TestPinyinKey(t *testing.T) {
	for _, want := range []string{
		"艾明 安一 卜一 John 单一 商一 王一 谢一 解一 曾一 翟一 张三 张三丰 章三",
		"路一 吕一 栾一",        // lu, lü, luan
		"西安 先一",           // xi before xian
		"黎波 李安 李超",        // all of one surname together: lí before lǐ
		"欧明 欧一 欧阳一",       // 欧 before 欧阳
		"张威 张伟 张卫 张亚",     // tones of the given name
		"何一 和一 贺一",        // hé 7 strokes, hé 8, hè
		"周一 \U00033FFF 李", // unknown after known; 李 is another part
	} {
		names := strings.Fields(want)
		if strings.Contains(want, "\U00033FFF") {
			names = []string{"周一", "\U00033FFF李"}
		}
		sorted := slices.Clone(names)
		slices.Reverse(sorted)
		slices.SortFunc(sorted, func(a, b string) int { return strings.Compare(PinyinKey(a, ""), PinyinKey(b, "")) })
		if !slices.Equal(sorted, names) {
			t.Errorf("got %s, want %s", sorted, names)
		}
	}
}

func TestOverride(t *testing.T) {
	for _, tt := range []struct{ name, override, want string }{
		{"单雄信", "Shan Xiongxin", "单雄信"},
		{"单雄信", "Shàn Xióngxìn", "单雄信"},
		{"单雄信", "shan4 xiong2 xin4", "单雄信"},
		{"吕布", "Lyu Bu", "吕布"},
		{"吕布", "Lv Bu", "吕布"},
		{"吕布", "Lǚ Bù", "吕布"},
		{"吕布", "lu\u0308\u030c bu\u0300", "吕布"},
		{"西安", "Xi'an", "西安"},
		{"西安", "Xian", "西安"},
	} {
		if got, want := PinyinKey(tt.name, tt.override), PinyinKey(tt.want, ""); got != want {
			t.Errorf("PinyinKey(%q, %q) = %q, want %q", tt.name, tt.override, got, want)
		}
	}
	if a, b := PinyinKey("翟一", "Di Yi"), PinyinKey("丁一", ""); a >= b {
		t.Errorf("翟 as Di: %q not before %q", a, b)
	}
	if got := KeyInitial(PinyinKey("翟一", "Dí Yī")); got != "D" {
		t.Errorf("Initial = %q", got)
	}
	// One that does not fit still decides.
	if a, b := PinyinKey("买买提", "Memet"), PinyinKey("马一", ""); a <= b {
		t.Errorf("Memet: %q not after %q", a, b)
	}
	for name, want := range map[string]string{"单一": "S", "区一": "O", "John": "J", "3号": "#", "": "#", "Émile": "#"} {
		if got := KeyInitial(PinyinKey(name, "")); got != want {
			t.Errorf("Initial(%q) = %q, want %q", name, got, want)
		}
	}
}

// TestOverrideOwnReading: the reading of a name, spelt out as pinyin in any of
// the usual ways, changes nothing.
func TestOverrideOwnReading(t *testing.T) {
	rs := official(t)
	rapid.Check(t, func(t *rapid.T) {
		name := string(rapid.SliceOfN(rapid.SampledFrom(rs), 2, 4).Draw(t, "name"))
		y := ReadName(name).Syllables
		sep := rapid.SampledFrom([]string{" ", "'", "-"}).Draw(t, "sep")
		pinyin := strings.Join(y, sep)
		switch rapid.IntRange(0, 2).Draw(t, "ü") {
		case 1:
			pinyin = strings.ReplaceAll(pinyin, "ü", "v")
		case 2:
			pinyin = strings.ReplaceAll(pinyin, "ü", "yu")
		}
		if rapid.Bool().Draw(t, "upper") {
			pinyin = strings.ToUpper(pinyin)
		}
		if got, want := PinyinKey(name, pinyin), PinyinKey(name, ""); got != want {
			t.Fatalf("PinyinKey(%q, %q) = %q, want %q", name, pinyin, got, want)
		}
	})
}

// TestPinyinKeyOrder holds the bytewise order of keys against a comparison
// written out.
func TestPinyinKeyOrder(t *testing.T) {
	rs := official(t)
	// Few characters, so that they meet: l and n with u and ü, zh, two of one reading.
	few := append([]rune("路吕栾略伦女奴西先安张章李黎里欧阳单尚"), rs[:40]...)
	fold := func(s string) string { return strings.ReplaceAll(s, "ü", "u") }
	rapid.Check(t, func(t *rapid.T) {
		gen := rapid.SliceOfN(rapid.SampledFrom(few), 2, 4)
		a, b := string(gen.Draw(t, "a")), string(gen.Draw(t, "b"))
		pa, pb := parseName(a), parseName(b)
		want := 0
		for i := 0; want == 0; i++ {
			if i == min(len(pa.chars), len(pb.chars)) {
				want = len(pa.chars) - len(pb.chars)
				break
			}
			if i > 0 && (i == pa.surname) != (i == pb.surname) {
				want = pa.surname - pb.surname
				break
			}
			x, y := pa.chars[i], pb.chars[i]
			for _, c := range []int{
				strings.Compare(fold(x.y.plain), fold(y.y.plain)),
				strings.Compare(x.y.plain, y.y.plain),
				int(x.y.tone) - int(y.y.tone),
				strings.Compare(StrokeKey(string(x.r), ByName), StrokeKey(string(y.r), ByName)),
			} {
				if want == 0 {
					want = c
				}
			}
		}
		if got := strings.Compare(PinyinKey(a, ""), PinyinKey(b, "")); sign(got) != sign(want) {
			t.Fatalf("%s, %s: key order %d, want %d", a, b, got, want)
		}
	})
}

func sign(n int) int { return max(-1, min(1, n)) }

// TestReadingsAgree holds the readings of the 8105 against go-pinyin's: each
// must be one that go-pinyin knows too, but for those set from the standard's
// own dictionary, which are counted so that a change is seen.
func TestReadingsAgree(t *testing.T) {
	d := data()
	args := pinyin.NewArgs()
	args.Style, args.Heteronym = pinyin.Tone, true
	var differ []string
	for _, r := range official(t) {
		y := d.syllables[d.read(r)]
		if y.plain == "" {
			t.Errorf("no reading of %c", r)
			continue
		}
		known := false
		for _, s := range pinyin.SinglePinyin(r, args) {
			known = known || splitTone(s).plain == y.plain
		}
		if !known {
			differ = append(differ, string(r)+y.plain)
		}
	}
	if len(differ) > 25 {
		t.Errorf("%d readings that go-pinyin does not know: %s", len(differ), differ)
	}
}

func BenchmarkPinyinKey(b *testing.B) {
	data()
	b.ReportAllocs()
	for b.Loop() {
		PinyinKey("欧阳雄信", "")
	}
}

func BenchmarkPinyinKeyOverride(b *testing.B) {
	data()
	b.ReportAllocs()
	for b.Loop() {
		PinyinKey("单雄信", "Shan Xiongxin")
	}
}

func BenchmarkStrokeKey(b *testing.B) {
	data()
	b.ReportAllocs()
	for b.Loop() {
		StrokeKey("欧阳雄信", BySurname)
	}
}

// strokes is the number of strokes of r, 0 if unknown.
func strokes(r rune) int {
	t := data()
	rank := int(t.rankOf(r))
	if rank == 0 {
		return 0
	}
	return sort.SearchInts(t.strokesTo, rank)
}
