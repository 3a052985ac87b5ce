package hant

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// OpenCC's test cases for s2tw, from a checkout of its repository that MINGDENG_OPENCC
// names, and the long text it keeps. The rules for veiled names (veiled.go) may one day
// make a difference that is meant: then this test names it.
func TestConformanceOpenCC(t *testing.T) {
	dir := os.Getenv("MINGDENG_OPENCC")
	if dir == "" {
		t.Skip("MINGDENG_OPENCC names no checkout of OpenCC")
	}
	text, err := os.ReadFile(filepath.Join(dir, "test/testcases/testcases.json"))
	if err != nil {
		t.Fatal(err)
	}
	// The file has commas that JSON does not know.
	text = regexp.MustCompile(`,(\s*[}\]])`).ReplaceAll(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")), []byte("$1"))
	var suite struct {
		Cases []struct {
			ID, Input string
			Expected  map[string]string
		}
	}
	if err := json.Unmarshal(text, &suite); err != nil {
		t.Fatal(err)
	}
	c := New(nil)
	same, all := 0, 0
	compare := func(id, from, want string) {
		all++
		if got := c.Text(from); got != want {
			t.Errorf("%s %s\n got %s\nwant %s", id, from, got, want)
			return
		}
		same++
	}
	for _, k := range suite.Cases {
		if want, ok := k.Expected["s2tw"]; ok {
			compare(k.ID, k.Input, want)
		}
	}
	from, err := os.ReadFile(filepath.Join(dir, "test/golden/input/us_constitution_zhs.txt"))
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join(dir, "test/golden/output/us_constitution_zhs.s2tw.txt"))
	if err != nil {
		t.Fatal(err)
	}
	wants := bytes.Split(want, []byte("\n"))
	for i, line := range bytes.Split(from, []byte("\n")) {
		compare(fmt.Sprintf("line %d", i+1), string(line), string(wants[i]))
	}
	t.Logf("%d cases of s2tw, %d the same", all, same)
}
