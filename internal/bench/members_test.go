package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"mingdeng/internal/bench/synth"
	"mingdeng/internal/collect"
	"mingdeng/internal/diag"
	"mingdeng/internal/gather"
	"mingdeng/internal/project"
)

// BenchmarkMembers builds a province's site of twenty members, which give all that it has;
// beside it stands [BenchmarkClean] of as many records in one site. Bundles are written and
// taken by the program's own ways.
func BenchmarkMembers(b *testing.B) {
	const members = 20
	o := invent(b)
	province := b.TempDir()
	site := filepath.Join(province, "content", "site.yaml")
	if err := os.MkdirAll(filepath.Dir(site), 0o777); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(site, []byte("title: 省\nbase_url: https://province.example.cn/\nsearch: false\ncards: none\n"), 0o666); err != nil {
		b.Fatal(err)
	}
	root, err := os.OpenRoot(province)
	if err != nil {
		b.Fatal(err)
	}
	defer root.Close()
	for i := range members {
		file := filepath.Join(b.TempDir(), "member.zip")
		if err := os.WriteFile(file, given(b, o, records(b)/members, i), 0o666); err != nil {
			b.Fatal(err)
		}
		if _, err := collect.Take(root, file, collect.Options{Today: o.Today, Lang: diag.English}); err != nil {
			b.Fatal(err)
		}
	}
	age(b, province)
	o.Root = province
	o.Out = filepath.Join(b.TempDir(), "public")
	for b.Loop() {
		b.StopTimer()
		if err := os.RemoveAll(o.Out); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		rebuild(b, o)
	}
}

// given is the bundle of the i-th member.
func given(b *testing.B, o project.Options, n, i int) []byte {
	b.Helper()
	o.Root = b.TempDir()
	if err := (synth.Site{Records: n, Seed: uint64(i)}).Write(o.Root); err != nil {
		b.Fatal(err)
	}
	file := filepath.Join(o.Root, "content", "site.yaml")
	settings, err := os.ReadFile(file)
	if err != nil {
		b.Fatal(err)
	}
	settings = bytes.Replace(settings, []byte("lanjiang"), fmt.Append(nil, "member-", i), 1)
	if err := os.WriteFile(file, settings, 0o666); err != nil {
		b.Fatal(err)
	}
	p, found, root, err := project.Open(o)
	if err != nil {
		b.Fatal(err, found.Sorted())
	}
	defer root.Close()
	var w bytes.Buffer
	if _, err := gather.Write(&w, p, found); err != nil {
		b.Fatal(err, found.Sorted())
	}
	return w.Bytes()
}

// age makes the files below dir older than a file system's steps of time.
func age(b *testing.B, dir string) {
	b.Helper()
	past := time.Now().Add(-time.Hour)
	err := filepath.Walk(dir, func(p string, _ os.FileInfo, err error) error {
		if err != nil {
			return err
		}
		return os.Chtimes(p, past, past)
	})
	if err != nil {
		b.Fatal(err)
	}
}
