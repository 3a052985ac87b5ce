package plaques

import (
	"testing"

	"mingdeng/internal/site"
)

func TestSpellings(t *testing.T) {
	i, err := newInspector([]*site.Code{{Code: "7K3F"}}, "https://yx.h.cn/Lamp/")
	if err != nil {
		t.Fatal(err)
	}
	for text, ours := range map[string]bool{
		"https://YX.H.CN/Lamp/Q/7K3F/":          true,
		"https://yx.h.cn/Lamp/Q/7K3F/":          true,
		"https://yx.h.cn/Lamp/Q/7K3F":           true,
		"http://yx.h.cn/Lamp/Q/7K3F/":           true,
		"HTTPS://YX.H.CN:443/Lamp/q/7k3f/":      true,
		"http://yx.h.cn:80/Lamp/Q/7K3F//":       true,
		"https://yx.h.cn./Lamp/Q/7K3F/":         true,
		"https://yx.h.cn/lamp/Q/7K3F/":          false, // another folder of the server
		"https://yx.h.cn/Q/7K3F/":               false,
		"https://yx.h.cn:8443/Lamp/Q/7K3F/":     false,
		"https://yx.h.cn/Lamp/Q/7K3G/":          false, // never issued
		"https://yx.h.cn/Lamp/Q/7K3F/?to=evil":  false,
		"https://yx.h.cn@evil.cn/Lamp/Q/7K3F/":  false,
		"https://evil.cn/yx.h.cn/Lamp/Q/7K3F/":  false,
		"https://yx.h.cn.evil.cn/Lamp/Q/7K3F/":  false,
		"https://yx.h.cn\\@evil.cn/Lamp/Q/7K3F": false,
		"javascript://yx.h.cn/Lamp/Q/7K3F/":     false,
		"yx.h.cn/Lamp/Q/7K3F/":                  false,
		"7K3F":                                  false,
		"/Q/7K3F":                               false,
		"https://":                              false,
		"":                                      false,
	} {
		got := i.printed[text]
		if got == nil {
			got = i.opening[opens(text)]
		}
		if (got != nil) != ours {
			t.Errorf("%q is ours: %v", text, got != nil)
		}
	}
}
