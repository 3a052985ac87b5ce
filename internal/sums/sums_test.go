package sums

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"mingdeng/internal/testrun"
)

const one = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

func TestRead(t *testing.T) {
	empty := sha256.Sum256(nil)
	for name, test := range map[string]struct {
		text string
		want List
	}{
		"text":    {one + "  a b.zip\n", List{{empty, "a b.zip"}}},
		"binary":  {one + " *明灯.zip\n", List{{empty, "明灯.zip"}}},
		"CRLF":    {one + " *a.zip\r\n\r\n" + one + "  b.zip\r\n", List{{empty, "a.zip"}, {empty, "b.zip"}}},
		"BOM":     {"\ufeff" + one + " *a.zip\n", List{{empty, "a.zip"}}},
		"capital": {strings.ToUpper(one) + " *a.zip", List{{empty, "a.zip"}}},
		"escaped": {`\` + one + ` *a\\n\nb`, List{{empty, "a\\n\nb"}}},
		"blank":   {one + "   a.zip\n", List{{empty, " a.zip"}}},

		"empty":       {"\n\r\n", nil},
		"a page":      {"<!doctype html>\n", nil},
		"short":       {one[1:] + "  a.zip\n", nil},
		"no name":     {one + "  \n", nil},
		"no hex":      {"g" + one[1:] + "  a.zip\n", nil},
		"one blank":   {one + " a.zip\n", nil},
		"half a list": {one + "  a.zip\n" + one[:20], nil},
		"too large":   {one + "  " + strings.Repeat("a", maxList), nil},
	} {
		got, err := Read(strings.NewReader(test.text))
		if !reflect.DeepEqual(got, test.want) || (test.want == nil) != errors.Is(err, ErrNoList) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestNames(t *testing.T) {
	l := List{{Name: "dist/a.zip"}, {Name: `c:\x\b.zip`}}
	for name, want := range map[string]bool{"a.zip": true, "/home/a.zip": true, `D:\b.zip`: true, "c.zip": false, "dist": false} {
		if l.Names(name) != want {
			t.Errorf("%s: %v", name, !want)
		}
	}
}

// TestRoundTrip: what is written is read again, whatever files are called.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := List{}
		for _, name := range rapid.SliceOfN(rapid.StringMatching(`[a明\\nr \n\r*.]{1,9}`), 1, 5).Draw(t, "names") {
			want = append(want, Line{sha256.Sum256([]byte(name)), name})
		}
		var b bytes.Buffer
		if err := want.Write(&b); err != nil {
			t.Fatal(err)
		}
		got, err := Read(&b)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("%q → %q, %v", want, got, err)
		}
	})
}

// TestSha256sum: coreutils' program finds our list right, and its lists are read.
func TestSha256sum(t *testing.T) {
	tool := testrun.Tool(t, "sha256sum", "coreutils")
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "明 灯"), []byte("x"), 0o666); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := (List{{sha256.Sum256([]byte("x")), "明 灯"}}).Write(&b); err != nil {
		t.Fatal(err)
	}
	check := exec.Command(tool, "--check", "--strict", "-")
	check.Dir, check.Stdin = dir, &b
	if out, err := check.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
	made := exec.Command(tool, "明 灯")
	made.Dir = dir
	out, err := made.Output()
	if err != nil {
		t.Fatal(err)
	}
	list, err := Read(bytes.NewReader(out))
	if _, found := list.Sum(sha256.Sum256([]byte("x"))); err != nil || !found || !list.Names("明 灯") {
		t.Errorf("%q: %v", out, err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(one + " *a.zip\r\n"))
	f.Add([]byte(`\` + one + `  a\\b`))
	f.Fuzz(func(t *testing.T, b []byte) {
		list, err := Read(bytes.NewReader(b))
		if (err == nil) != (len(list) > 0) {
			t.Errorf("%d lines, %v", len(list), err)
		}
	})
}
