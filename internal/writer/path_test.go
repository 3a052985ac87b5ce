package writer

import (
	"errors"
	"strings"
	"testing"

	"mingdeng/internal/fingerprint"
	"mingdeng/internal/output"
)

func TestValidPath(t *testing.T) {
	for _, p := range []string{
		"index.html", "Q/7K3M/index.html", "heroes/张三/index.html", "a/b/c.d.e", ".gitkeep", "a/.well-known/x",
		"console/index.html", "com/index.html", "com12", "lpta", "null", "mingdeng", strings.Repeat("a", 255),
	} {
		if err := ValidPath(p); err != nil {
			t.Errorf("ValidPath(%q) = %v", p, err)
		}
	}
	for _, p := range []string{
		"", ".", "..", "/a", "a/", "a//b", "a/../b", "./a", `a\b`, "a:b", "a*", "a?", `a"`, "a<b", "a>b", "a|b", "a\x00b", "a\nb", "a\x7f", "\xff",
		"con", "CON", "Nul.txt", "a/aux/b", "prn .txt", "com1", "COM9.html", "lpt¹", "conin$", "CONOUT$.x",
		"a.", "a /b", " a", "a/...", ".mingdeng", ".mingdeng/state", ".MingDeng/x",
		"e\u0301", strings.Repeat("a", 256), strings.Repeat("a/", 500) + "a",
	} {
		var in *PathError
		if err := ValidPath(p); !errors.As(err, &in) || in.Path != p {
			t.Errorf("ValidPath(%q) = %v, want a PathError", p, err)
		}
	}
}

// outputsAt makes Outputs of paths parted by spaces.
func outputsAt(paths string) (outs []output.Output) {
	for p := range strings.FieldsSeq(paths) {
		outs = append(outs, output.Output{Path: p, Prepare: func() (fingerprint.Fingerprint, output.Fill, error) {
			return fingerprint.Fingerprint{}, nil, nil
		}})
	}
	return outs
}

func TestPlanned(t *testing.T) {
	for _, test := range []struct{ paths, want string }{
		{"", ""},
		{"a b c", ""},
		{"a-b a.b a/b ab", ""},
		{"a/b a/c a-/d", ""},
		{"x a x", `"x" is made twice`},
		{"a/X a/y a/x", `"a/x" differs from "a/X" by case alone`},
		{"ÄB äb", `by case alone`},
		{"ⱥ/a Ⱥ/b", `by case alone`}, // lower case takes more bytes
		{"a a-b a/b", `"a/b" needs a folder where "a" is a file`},
		{"a/b/c a", `needs a folder where "a" is a file`},
		{"A a/b", `needs a folder where "A" is a file`},
		{"A/x a/y", `differs by case alone from that of "A/x"`},
		{"k/A/x k/a/y", `differs by case alone from that of "k/A/x"`},
		{"a ../b", `"../b" is not a clean`},
	} {
		sorted, err := planned(outputsAt(test.paths))
		switch {
		case test.want == "" && err != nil:
			t.Errorf("%q: %v", test.paths, err)
		case test.want == "":
			for i := range max(0, len(sorted)-1) {
				if sorted[i].Path >= sorted[i+1].Path {
					t.Errorf("%q: not in order", test.paths)
				}
			}
		case err == nil || !strings.Contains(err.Error(), test.want):
			t.Errorf("%q: %v, want %q", test.paths, err, test.want)
		}
	}
	var all PlanError
	if err := Check(outputsAt("a a/b a/c a/B con x x y/z Y/w")); !errors.As(err, &all) || len(all) != 6 {
		t.Errorf("%d of 6 faults are told: %v", len(all), err)
	}
	if _, err := planned([]output.Output{{Path: "a"}}); err == nil {
		t.Error("no Prepare: want an error")
	}
}
