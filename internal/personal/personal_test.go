package personal

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"mingdeng/internal/fold"
)

// found lists what is found as "kind text", the text as it stands.
func found(text string) string {
	var out []string
	for _, f := range Find(text) {
		s := string(f.Kind) + " " + text[f.From:f.To]
		if f.Doubtful {
			s += "?"
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

func TestFind(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"身份证号11010519491231002X。", "id 11010519491231002X"},
		{"11010519491231002x", "id 11010519491231002x"},
		{"１１０１０５１９４９１２３１００２Ｘ", "id １１０１０５１９４９１２３１００２Ｘ"},
		{"11010519491231002×，11010519491231002Ⅹ", "id 11010519491231002×; id 11010519491231002Ⅹ"},
		{"110105 19491231 0021", "id 110105 19491231 0021"}, // a slip
		{"11010519491331002X", ""}, // no such month
		{"第一行\n电话13800138000。", "mobile 13800138000"},
		{"138-0013-8000", "mobile 138-0013-8000"},
		{"12800138000", ""},               // no such network
		{"138001380001", ""},              // too long
		{"卡号6222 0212 3456 7890 127", ""}, // Luhn fails
		{"卡号6222 0212 3456 7890 128", "card 6222 0212 3456 7890 128"},
		{"卡号4111111111111111", "card 4111111111111111"},

		// Of a Word file and of two sheets.
		{"残疾证号53040219860301234512）。", "disability 53040219860301234512"},
		{"残疾证号53040219860301234512B1）。", "disability 53040219860301234512B1"},
		{"残疾证号11010519491231002X43。", "disability 11010519491231002X43"},
		{"身份证530402196511012345手机13900002222。", "id 530402196511012345; mobile 13900002222"},
		{"乐水，53040219651101234513900002222。", "id 530402196511012345; mobile 13900002222"},
		{"53040219651101234512" + "13900002222", "disability 53040219651101234512; mobile 13900002222"},
		{"11010519491231002X13900002222", "id 11010519491231002X; mobile 13900002222"},
		{"1390000222213900003333", "mobile 13900002222; mobile 13900003333"},
		{"华山，5304 0219 6511 0123 45；", "id 5304 0219 6511 0123 45"},
		{"盖文山，530402-19651101-2345；", "id 530402-19651101-2345"},
		{"仇真，５３０４０２１９６５１１０１２３４５。", "id ５３０４０２１９６５１１０１２３４５"},
		{"身份证号：530402 1965 1101 2345。", "id 530402 1965 1101 2345"},
		{"530402 1965 1101 2345 139 0000 2222", "id 530402 1965 1101 2345; mobile 139 0000 2222"},
		{"5 3 0 4 0 2 1 9 6 5 1 1 0 1 2 3 4 5", "id 5 3 0 4 0 2 1 9 6 5 1 1 0 1 2 3 4 5"},
		{"5　3　0　4　0　2　1　9　6　5　1　1　0　1　2　3　4　5", "id 5　3　0　4　0　2　1　9　6　5　1　1　0　1　2　3　4　5"},
		{"53040219.651101.2345", "id 53040219.651101.2345"},
		{"530402·1965·1101·2345", "id 530402·1965·1101·2345"},
		{"5304\u200b02196\u00ad511\u206001\ufe0f2345", "id 5304\u200b02196\u00ad511\u206001\ufe0f2345"},
		{"530402&nbsp;19651101&#8203;2345", "id 530402&nbsp;19651101&#8203;2345"},
		{"530402**1965**11012345", "id 530402**1965**11012345"},
		{"五三〇四〇二一九六五一一〇一二三四五", "id 五三〇四〇二一九六五一一〇一二三四五"},
		{"伍叁零肆零贰壹玖陆伍壹壹零壹贰叁肆伍", "id 伍叁零肆零贰壹玖陆伍壹壹零壹贰叁肆伍"},
		{"①③⑧⓪⓪①③⑧⓪⓪⓪", "mobile ①③⑧⓪⓪①③⑧⓪⓪⓪"},
		{"①13800138000；②13900002222", "mobile 13800138000; mobile 13900002222"},
		{"电话一三八零零一三八零零零", "mobile 一三八零零一三八零零零"},
		{"𝟏𝟑𝟖𝟎𝟎𝟏𝟑𝟖𝟎𝟎𝟎", "mobile 𝟏𝟑𝟖𝟎𝟎𝟏𝟑𝟖𝟎𝟎𝟎"},
		{"| 5 | 3 | 0 | 4 | 0 | 2 | 1 | 9 | 6 | 5 | 1 | 1 | 0 | 1 | 2 | 3 | 4 | 5 |", "id 5 | 3 | 0 | 4 | 0 | 2 | 1 | 9 | 6 | 5 | 1 | 1 | 0 | 1 | 2 | 3 | 4 | 5"},
		{"<td>1</td><td>3</td><td>8</td><td>0</td>\n<td>0</td><td>1</td><td>3</td><td>8</td><td>0</td><td>0</td><td>0</td>", "mobile 1</td><td>3</td><td>8</td><td>0</td>\n<td>0</td><td>1</td><td>3</td><td>8</td><td>0</td><td>0</td><td>0"},
		{"5\t3\t0\t4\t0\t2\t1\t9\t6\t5\t1\t1\t0\t1\t2\t3\t4\t5", "id 5\t3\t0\t4\t0\t2\t1\t9\t6\t5\t1\t1\t0\t1\t2\t3\t4\t5"},
		{"1,1,0,1,0,5,1,9,4,9,1,2,3,1,0,0,2,X", "id 1,1,0,1,0,5,1,9,4,9,1,2,3,1,0,0,2,X"},
		{"530402199001012416", "id 530402199001012416"}, // what a spreadsheet leaves of one
		{"5.30402199001012E+17", "id 5.30402199001012E+17"},
		{"5.304021990010124e17，", "id 5.304021990010124e17"},
		{"5.30402199001012E+017", "id 5.30402199001012E+017"}, // as LibreOffice writes it
		{"5.30402651101234E+14", "id 5.30402651101234E+14"},
		{"530402651101234", "id 530402651101234"},
		{"530402 651101 234", "id 530402 651101 234"},
		{"530402201611012345", "id 530402201611012345?"},
		{"+8613800138000", "mobile 13800138000"},
		{"008613800138000", "mobile 13800138000"},
		{"+86 138 0013 8000", "mobile 138 0013 8000"},
		{"（86）138－0013－8000", "mobile 138－0013－8000"},
		{"013800138000", "mobile 13800138000"},
		{"1380 013 8000", "mobile 1380 013 8000"},
		{"138.0013.8000", "mobile 138.0013.8000"},
		{"138 00138000", "mobile 138 00138000"},
		{"13800 138000", "mobile 13800 138000"},
		{"Tel:13800138000，tel.13900002222，微信/13900003333，QQ13900004444", "mobile 13800138000; mobile 13900002222; mobile 13900003333; mobile 13900004444"},
		{"[打电话](tel:13800138000)", "mobile 13800138000"},
		{"13800138000@example.com", "mobile 13800138000"},
		{"13800138000/13900002222", "mobile 13800138000; mobile 13900002222"},
		{"3 139 0000 2222", "mobile 139 0000 2222"},
		{"https://example.cn/?id=11010519491231002X", "id 11010519491231002X"},
	} {
		if got := found(c.text); got != c.want {
			t.Errorf("%q:\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}

// Numbers of other things, and figures side by side, are nobody's.
func TestFindNothing(t *testing.T) {
	for _, s := range []string{
		"0371-12345678", "010-12345678", "0371—6380 1380 转 8001", "400-138-0013", "95588", "12345", "（0371）63801380",
		"2023年6月14日，456.1万元，9.1万人次", "2021-07-20 13:00—2021-07-21 15:00", "1998-12-31 001", "1998-2003 年 123 人", "2021.07.20—2021.08.20",
		"豫ICP备12345678号", "豫公网安备 41010502000123号", "豫公网安备41010502000123号", "41010502000123",
		"统一社会信用代码：52410000500012345X", "51410100MJF1234567", "91410100MA3X1234XY", "注册号410105199001015", "税号：410105199001015",
		"ISBN 978-7-5000-1234-5", "9787500012345", "978-7-139-13800-8", "CN 41-1234/D", "ISSN 1671-1234",
		"订单号202107201234567890", "交易号 4200001234202107201234567890", "流水号110105199012310022", "发票号码 24412000000012345678", "发票代码 041002000111",
		"https://example.cn/a/13800138000", "https://example.cn/?page=13800138000", "a13800138000b", "sha256:c13800138000e1f", "0.13800138000", "v1.13800138000", "13800138000.00",
		"1690000000000", "1690000000", "110105001001", "410105", "15000-200000元", "15000—200000", "139 20210720",
		"| 410105 | 2021-07-20 | 1234 |", "410105 1998-12-31 0012", "| 1 | 3 | 0 | 0 | 2 | 5 | 1 | 0 | 4 | 4 | 2 | 7 |", "1、3、5、7、9、2、4、6、8、0、1", "1,3,5,7,9,2,4,6,8,0,1",
		"150 200 300 400", "13 14 15 16 17 8", "1380\n0138\n000", "138****8000", "530402********2345", "5304021965****2345",
		"一三五，二四六。一二三四五六七八九十", "一九四九年十月一日至二〇二一年七月二十日", "3×4×5", "1920x1080", "北纬34.7466，东经113.6253", "34.746611,113.625322", "N34.74661123456, E113.62532212345",
		"5.30402E+17", "1.5E+10", "5.30402199001012E+107", "86-371-63801380", "邮编450000 电话63801380",
	} {
		if got := found(s); got != "" {
			t.Errorf("%q: %s", s, got)
		}
	}
}

// A number is found whatever its digits wear and whatever stands between them.
func TestNumbersAreSeenThroughDisguises(t *testing.T) {
	faces := map[byte][]rune{}
	for _, span := range [][2]rune{{0x30, 0x24ff}, {0x2776, 0x2793}, {0x3007, 0x3243}, {0x4e00, 0x9fff}, {0xa620, 0xffff}, {0x1d7ce, 0x1d7ff}, {0x1fbf0, 0x1fbf9}} {
		for r := span[0]; r <= span[1]; r++ {
			if v, s := fold.Digit(r); s != fold.NoDigit {
				faces[v] = append(faces[v], r)
			}
		}
	}
	gaps := []string{"", "", "", "", "\u200b", "\u00ad", "\u2060", "\ufe0f", "\u20e3", "\ufeff", "&shy;", "<b>", "</span>", "\u202e"}
	between := [][]string{{""}, {" "}, {"-"}, {"\u3000"}, {"·"}, {"．"}, {" | "}, {"</td><td>"}, {"\t"}, {"&nbsp;"}, {"\u2003"}, {"**"}}
	ids := []string{"11010519491231002X", "530402196511012345", "53040219860301234512", "530402651101234", "13800138000", "11010519491231002X43"}
	rapid.Check(t, func(r *rapid.T) {
		id := rapid.SampledFrom(ids).Draw(r, "id")
		way := rapid.SampledFrom(between).Draw(r, "between")
		worn := rapid.Bool().Draw(r, "worn")
		var b strings.Builder
		for i := range len(id) {
			c := rune(id[i])
			if c == 'X' {
				c = rapid.SampledFrom([]rune("XxＸｘ×Ⅹ")).Draw(r, "X")
			} else if worn {
				c = rapid.SampledFrom(faces[id[i]-'0']).Draw(r, "face")
			}
			if i > 0 {
				b.WriteString(rapid.SampledFrom(gaps).Draw(r, "gap") + way[0] + rapid.SampledFrom(gaps).Draw(r, "gap"))
			}
			b.WriteRune(c)
		}
		text := "他的号码是" + b.String() + "，请记好"
		list := Find(text)
		if len(list) != 1 || list[0].From != len("他的号码是") || list[0].To != len(text)-len("，请记好") {
			r.Fatalf("%q in %+q: %v", id, text, list)
		}
	})
}

// Numbers run together are each found, and what is found is where it is said to be.
func TestNumbersRunTogether(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var want []string
		var b strings.Builder
		for range rapid.IntRange(1, 5).Draw(r, "n") {
			s := rapid.SampledFrom([]string{"11010519491231002X", "530402196511012345", "13800138000", "19900002222"}).Draw(r, "number")
			want = append(want, s)
			b.WriteString(s + rapid.SampledFrom([]string{"", " ", "/", "，电话", "、"}).Draw(r, "between"))
		}
		var got []string
		text := b.String()
		for _, f := range Find(text) {
			got = append(got, text[f.From:f.To])
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			r.Fatalf("%s: %v", text, got)
		}
	})
}

// Whatever a text holds, looking through it ends, and soon; what is found lies in it.
func FuzzFind(f *testing.F) {
	for _, s := range []string{"11010519491231002X43B1", "5.30402199001012E+17", strings.Repeat("13800138000", 50) + "1", "1&#50;<td", "１\\2*3", "5|3|0|4|0|2", "86", "0086", "\xff1\xff", "1.", "5.3E"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		at := 0
		for _, x := range Find(s) {
			if x.From < at || x.To <= x.From || x.To > len(s) || x.Kind == "" || !utf8.ValidString(x.Hidden) || utf8.RuneCountInString(x.Hidden) != 6 {
				t.Errorf("%q: %+v", s, x)
			}
			at = x.To
		}
	})
}

// Text without numbers is passed over, and a run of very many digits does not take long.
func TestLongRuns(t *testing.T) {
	many := strings.Repeat("13800138000", 2_000)
	if n := len(Find(many)); n != 2_000 {
		t.Errorf("%d numbers", n)
	}
	if n := len(Find(many + "1")); n != 0 {
		t.Errorf("%d numbers in what is none", n)
	}
	if n := len(Find(strings.Repeat("4 ", 20_000))); n != 0 {
		t.Errorf("%d numbers in single digits", n)
	}
}
