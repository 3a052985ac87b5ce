package pages

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestNode(t *testing.T) {
	n := node{
		{"@type", "Person"}, {"name", `丁"三\</script>`}, {"award", []string{"甲", "乙"}}, {"none", []string(nil)}, {"empty", ""}, {"publisher", node(nil)}, {"nothing", nil},
		{"position", 3}, {"latitude", 34.5}, {"geo", node{{"a", 0}}}, {"list", []node{{{"b", "c"}}, {}}},
	}
	want := `{"@type":"Person","name":"丁\"三\\\u003c/script\u003e","award":["甲","乙"],"position":3,"latitude":34.5,"geo":{"a":0},"list":[{"b":"c"},{}]}`
	if got := string(n.append(nil)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// A string comes back as any reader of JSON reads it, and as encoding/json would have
// written it, but for the names of control characters.
func TestQuoted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom([]rune("a<>&\"\\\n\x00\u2027\u2028\u2029\u202a明"))),
			rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })).Draw(t, "s")
		b := appendQuoted(nil, s)
		var got string
		if err := json.Unmarshal(b, &got); err != nil || got != strings.ToValidUTF8(oneByOne(s), "\ufffd") {
			t.Fatalf("%q is written %s and read %q, %v", s, b, got, err)
		}
		if strings.ContainsAny(string(b), "<>&\u2028\u2029") {
			t.Fatalf("%s could end the element", b)
		}
		want, _ := json.Marshal(s)
		var a any
		if json.Unmarshal(want, &a) != nil || !reflect.DeepEqual(a, any(got)) {
			t.Fatalf("%q: %s is not %s", s, b, want)
		}
	})
}

// oneByOne parts bytes that are no UTF-8 so that each becomes a replacement by itself.
func oneByOne(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteRune(r)
	}
	return b.String()
}
