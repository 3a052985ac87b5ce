package privacy

import (
	"fmt"
	"strings"
	"testing"
)

func TestFindPersonal(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"身份证号11010519491231002X。", "1:5 id 110…2X"},
		{"11010519491231002x", "1:1 id 110…2X"},
		{"110105 19491231 0021", ""}, // wrong check character
		{"11010519491331002X", ""},   // no such month
		{"第一行\n电话13800138000。", "2:3 mobile 138…00"},
		{"138-0013-8000", "1:1 mobile 138…00"},
		{"12800138000", ""},  // no such network
		{"138001380001", ""}, // too long
		{"0371-12345678", ""},
		{"卡号6222 0212 3456 7890 127", ""}, // Luhn fails
		{"卡号6222 0212 3456 7890 128", "1:3 card 622…28"},
		{"卡号4111111111111111", "1:3 card 411…11"},
		{"2023年6月14日，456.1万元，9.1万人次", ""},
		{"https://example.cn/a/13800138000", ""}, // an address, not a number
		{"豫ICP备12345678号", ""},
	} {
		var got []string
		for _, p := range FindPersonal([]byte(c.text)) {
			got = append(got, fmt.Sprintf("%d:%d %s %s", p.Pos.Line, p.Pos.Col, p.Kind, p.Text))
		}
		if s := strings.Join(got, ", "); s != c.want {
			t.Errorf("%q: got %q, want %q", c.text, s, c.want)
		}
	}
}
