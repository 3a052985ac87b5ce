package photo

import (
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"rsc.io/qr"
)

// The words of a foreign code are told as they were meant, in UTF-8, in GBK that does not
// say so, and in Latin-1.
func TestCharset(t *testing.T) {
	gbk, err := simplifiedchinese.GBK.NewEncoder().String("经营者名称：某某餐馆")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		gbk:                    "经营者名称：某某餐馆",
		"经营者名称：某某餐馆":           "经营者名称：某某餐馆",
		"caf\xe9":              "café",
		"https://example.cn/p": "https://example.cn/p",
	} {
		code, err := qr.Encode(text, qr.M)
		if err != nil {
			t.Fatal(err)
		}
		bits := make([]bool, 0, code.Size*code.Size)
		for y := range code.Size {
			for x := range code.Size {
				bits = append(bits, code.Black(x, y))
			}
		}
		if got, ok := decode(bits, code.Size); !ok || got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
