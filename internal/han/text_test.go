package han

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestClass(t *testing.T) {
	for _, tt := range []struct {
		r        rune
		is, wide bool
	}{
		{'张', true, true}, {'〇', true, true}, {'々', true, true}, {'㐀', true, true}, {'𠀀', true, true},
		{0x2EBF0, true, true}, {0x323B0, true, true}, // extensions I and J
		{'a', false, false}, {'，', false, true}, {'。', false, true}, {'“', false, false}, {'あ', false, true},
		{'Ａ', false, true}, {'한', false, true}, {'é', false, false}, {'·', false, false}, {'｡', false, false},
		{'😀', false, true}, {'⺮', true, true}, {'豈', true, true},
	} {
		if Is(tt.r) != tt.is || Wide(tt.r) != tt.wide {
			t.Errorf("%c: Is %v, Wide %v", tt.r, Is(tt.r), Wide(tt.r))
		}
	}
}

func TestCount(t *testing.T) {
	for s, want := range map[string]int{
		"":                        0,
		"张三，李四。":                  4,
		"Hello, world":            2,
		"3.14 and 1,000":          3,
		"don't well-known":        3,
		"2020年5月20日":              6,
		"他跑了3.5公里，用时12:30。":       10,
		"e\u0301a":                1,
		"a\xff":                   1,
		"见义勇为（courage）":           5,
		"https://a.cn/b":          3,
		"あア":                      2,
		"3.他":                     2,
		"\U00031350々〇":            3,
		strings.Repeat("好 ", 500): 500,
	} {
		if got := Count(s); got != want {
			t.Errorf("Count(%q) = %d, want %d", s, got, want)
		}
	}
	for n, want := range map[int]int{0: 1, 1: 1, 400: 1, 401: 2, 2000: 5} {
		if got := ReadingMinutes(n); got != want {
			t.Errorf("ReadingMinutes(%d) = %d, want %d", n, got, want)
		}
	}
}

func TestNearest(t *testing.T) {
	keys := []string{"姓名", "类别", "状况", "性别", "出生年", "name", "kind", "gender", "birth_year", "高层建筑"}
	for word, want := range map[string]string{
		"姓民": "姓名", "名姓": "姓名", "名": "姓名", "年": "", "性名": "姓名", "类型": "类别", "出生年月": "出生年", "出身年": "出生年",
		"nmae": "name", "Name": "name", "knid": "kind", "gendre": "gender", "birthyear": "birth_year",
		"planet": "", "": "", "籍贯": "", "高层筑建": "高层建筑", "姓名": "姓名", "n": "",
	} {
		if got := Nearest(word, keys); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", word, got, want)
		}
	}
	if got := Nearest("甲丙", []string{"甲乙", "甲丁"}); got != "甲乙" {
		t.Errorf("tie: %q", got)
	}
}

// TestNearestAgrees holds the distance against the recursive definition.
func TestNearestAgrees(t *testing.T) {
	var slow func(a, b []rune) int
	slow = func(a, b []rune) int {
		m, n := len(a), len(b)
		if m == 0 || n == 0 {
			return m + n
		}
		d := slow(a[:m-1], b[:n-1])
		if a[m-1] != b[n-1] {
			d++
		}
		d = min(d, slow(a[:m-1], b)+1, slow(a, b[:n-1])+1)
		if m > 1 && n > 1 && a[m-1] == b[n-2] && a[m-2] == b[n-1] {
			d = min(d, slow(a[:m-2], b[:n-2])+1)
		}
		return d
	}
	rapid.Check(t, func(t *rapid.T) {
		gen := rapid.SliceOfN(rapid.SampledFrom([]rune("甲乙ab")), 0, 6)
		a, b := gen.Draw(t, "a"), gen.Draw(t, "b")
		var d distance
		d.between([]rune("甲甲甲甲甲甲甲"), a) // rows left over from before must not matter
		if got, want := d.between(a, b), slow(a, b); got != want {
			t.Fatalf("%q %q: %d, want %d", string(a), string(b), got, want)
		}
	})
}

func TestSentence(t *testing.T) {
	for _, tt := range []struct {
		text string
		max  int
		want string
	}{
		{"他跳了下去。孩子得救了。", 50, "他跳了下去。孩子得救了。"},
		{"他跳了下去。孩子得救了。", 11, "他跳了下去。"},
		{"他跳了下去。孩子得救了。大家都来感谢他。", 12, "他跳了下去。孩子得救了。"},
		{"没有句号", 10, "没有句号"},
		{"“快走！”他大喊一声，冲了进去。众人得救。", 19, "“快走！”他大喊一声，冲了进去。"},
		{"他说：“我是党员。我先上。”说完就跳进水里。后来呢", 14, "他说：“我是党员。我先上。”"},
		{"他大喊：“快走！”众人四散奔逃，只有他逆行而上", 12, "他大喊：“快走！”"},
		{"他冲进火海，背出老人，又返身去救孩子，直到天明时分。", 16, "他冲进火海，背出老人……"},
		{"他冲进火海，背出老人，又返身去救孩子，直到天明时分。", 8, "他冲进火海……"},
		{"一二三四五六七八九十一二三四五六七八九十", 10, "一二三四五六七八……"},
		{"他在international比赛中获得了第一名的好成绩", 10, "他在……"},
		{"全长12345.678米的大桥横跨两岸宏伟壮观", 8, "全长……"},
		{"张三，男，1980年生，\n河南三门峡人，\n中共党员，见义勇为。", 19, "张三，男，1980年生……"},
		{"他走了……大家都很难过，很久没有人说话。", 12, "他走了……"},
		{"He jumped. They lived. All was well.", 24, "He jumped. They lived."},
		{"It was 3.5 km away and nobody saw him", 10, "It was……"},
		{"好人（见《报》）。再见了朋友们", 10, "好人（见《报》）。"},
		{"“这句话很长很长，没有结尾，一直在说，一直在说，一直在说”他终于停下来", 16, "“这句话很长很长，没有结尾……”"},
		{"“丢了下引号的话。后面还有很多很多字", 10, "“丢了下引号的话。"},
		{"你好", 1, "你"},
		{"abcdef", 2, "ab"},
		{"你好", 0, ""},
		{"  你好  ", 2, "你好"},
		{"孩子得救了！！！他却没有上来，再也没有", 10, "孩子得救了！！！"},
		{"他说“好”，就走了，再也没有回来过", 8, "他说“好”……"},
	} {
		if got := Sentence(tt.text, tt.max); got != tt.want {
			t.Errorf("Sentence(%q, %d) =\n\t%q, want\n\t%q", tt.text, tt.max, got, tt.want)
		}
	}
}

var sentenceSeeds = []string{
	"他说：“我先上。”说完跳进水里，救起两人……后来，他走了。", "a b c, d 3.14 e.", "“‘『（", "”’』）", "……", "e\u0301e\u0301e\u0301e\u0301",
	"\"好。\"他说, \"走!\" 1,000", "",
}

// FuzzSentence: no longer than asked; a beginning of the text but for what is
// added at its end; no word or number cut unless it alone is too long; every
// pair that the text closes is closed.
func FuzzSentence(f *testing.F) {
	for i, s := range sentenceSeeds {
		f.Add(s, 3+5*i)
	}
	f.Fuzz(func(t *testing.T, s string, limit int) {
		limit %= 200
		got := Sentence(s, limit)
		n := utf8.RuneCountInString(got)
		if n > max(limit, 0) {
			t.Fatalf("Sentence(%q, %d) = %q: %d characters", s, limit, got, n)
		}
		if limit < 0 {
			return
		}
		rs := foldSpace(s, 4*limit+256)
		whole := string(rs)
		if got == whole {
			return
		}
		kept := 0
		for i, r := range []rune(got) {
			if i >= len(rs) || rs[i] != r {
				break
			}
			kept++
		}
		added := string([]rune(got)[kept:])
		if strings.Trim(added, "…”’」』）》】〉〕］｝)]}\"") != "" {
			t.Fatalf("Sentence(%q, %d) = %q: adds %q", s, limit, got, added)
		}
		c := cutter{rs: rs, max: limit, closer: closers(rs)}
		if limit > 3 && kept < len(rs) && c.inWord(kept) && c.wordEdge(kept) != kept {
			t.Fatalf("Sentence(%q, %d) = %q: cuts a word", s, limit, got)
		}
	})
}

func BenchmarkCount(b *testing.B) {
	text := strings.Repeat("2020年5月20日，张三在黄河边救起3名落水儿童，well done。", 40)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Count(text)
	}
}

func BenchmarkSentence(b *testing.B) {
	text := strings.Repeat("2020年5月20日，张三在黄河边救起3名落水儿童，自己却没有上来。", 100)
	b.ReportAllocs()
	for b.Loop() {
		Sentence(text, 80)
	}
}
