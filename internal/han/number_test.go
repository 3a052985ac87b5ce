package han

import "testing"

func TestNumber(t *testing.T) {
	for in, want := range map[string]int{
		"2": 2, "２": 2, "二": 2, "十": 10, "十二": 12, "二十": 20, "二十一": 21, "一百零三": 103, "二〇二三": 2023, "两百": 200, "0": 0,
		"": -1, "甲": -1, "首": -1, "-3": -1, "99999": -1,
	} {
		got, ok := Number(in)
		if ok != (want >= 0) || ok && got != want {
			t.Errorf("Number(%q) = %d, %v; want %d", in, got, ok, want)
		}
	}
}
