package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"mingdeng/internal/sums"
)

// TestVersion: a build of a tag tells it; one of another commit does not take Go's invention
// for a version.
func TestVersion(t *testing.T) {
	for module, want := range map[string]string{
		"": "dev", "(devel)": "dev",
		"v1.2.3": "1.2.3", "v1.2.3+dirty": "1.2.3+dirty", "v1.3.0-rc.1": "1.3.0-rc.1",
		"v0.0.0-20261130151600-3579ab7f1c2d": "dev", "v0.0.0-20261130151600-3579ab7f1c2d+dirty": "dev", "v1.2.4-0.20261130151600-3579ab7f1c2d": "dev",
	} {
		if got := tagged(module); got != want {
			t.Errorf("%q: %q, not %q", module, got, want)
		}
	}
}

func TestCheckCodes(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		return p
	}
	file, other := write("a.zip", "a"), write("b.zip", "b")
	sum, err := sums.Of(io.LimitReader(zeroes{}, 3))
	if err != nil {
		t.Fatal(err)
	}
	good := write("000.zip", "\x00\x00\x00")
	list := write("SHA256SUMS", fmt.Sprintf("%x *000.zip\n%x *a.zip\n", sum, sum))
	page := write("page", "<html>")
	for _, test := range []struct {
		code int
		args []string
	}{
		{exitFine, []string{"--check", good}},
		{exitFine, []string{"--check", good, "--sums", list}},
		{exitContent, []string{"--check", file}},
		{exitContent, []string{"--check", other}},
		{exitUsage, []string{"--check", ""}},
		{exitUsage, []string{"--check"}},
		{exitUsage, []string{"--sums", list}},
		{exitUsage, []string{good}},
		{exitMachine, []string{"--check", filepath.Join(dir, "none")}},
		{exitMachine, []string{"--check", dir}},
		{exitMachine, []string{"--check", good, "--sums", filepath.Join(dir, "none")}},
		{exitMachine, []string{"--check", good, "--sums", page}},
	} {
		if code := run(context.Background(), append([]string{"version"}, test.args...), nil, io.Discard, io.Discard); code != test.code {
			t.Errorf("%q: %d, not %d", test.args, code, test.code)
		}
	}
}

// zeroes is an endless file.
type zeroes struct{}

func (zeroes) Read(b []byte) (int, error) { clear(b); return len(b), nil }
