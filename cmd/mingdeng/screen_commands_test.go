package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"mingdeng/internal/bundle"
	"mingdeng/internal/testrun"
)

// TestFilesOfOthersActOnNothing: logs, bundles, archives and photographs come from strangers;
// what they and their names say comes out spelt.
func TestFilesOfOthersActOnNothing(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows allows no control characters in the names of files")
	}
	root := t.TempDir()
	at := func(name string) string { return filepath.Join(root, name) }
	put := func(name string, b []byte) {
		if err := os.MkdirAll(filepath.Dir(at(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at(name), b, 0o644); err != nil {
			testrun.Missing(t, "a file system with such names")
		}
	}
	quoted := `"\x1b[31m\a\nmingdeng: FAKE\r\u009b2J\u202Egnp.\u2028\x7f"`
	put("content/site.yaml", []byte("title: 试\nbase_url: https://example.cn/\nplaque: {base_url: https://example.cn/}\n"))
	put("content/venues/yuan/_index.md", []byte("---\nname: "+quoted+"\nkind: garden\nregion: 河东省\n---\n"))
	put("content/venues/yuan/ban.md", []byte("---\nname: "+quoted+"\nkind: panel\n---\n"))
	put(planted+".log", []byte("1.1.1.1 - - [22/Nov/2026:10:00:00 +0800] \"GET /Q/"+planted+"/ HTTP/1.1\" 200 1 \""+planted+"\" \""+planted+"\"\n"+planted+"\n"))
	put(planted+".vtt", []byte(planted))
	for i, names := range [][]string{{"heroes/a/index.md"}, {"heroes/" + planted + "/index.md"}} {
		var b bytes.Buffer
		w := bundle.NewWriter(&b, bundle.Manifest{Title: "甲" + planted, Organisation: planted, Address: "https://a.example/", Day: "2026-11-20"})
		for _, n := range names {
			_ = w.Add(n, []byte("---\nname: "+quoted+"\n"+quoted+": 1\n---\n"+planted)) // refused or not: both are looked at
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		put([]string{"a", "b"}[i]+planted+".zip", b.Bytes())
	}
	put("files/"+planted+"/"+planted+".doc", []byte("\x00\x01"))
	put("files/"+planted+".xls", []byte("姓名\t性别\n"+planted+"\t"+planted+"\n"))
	commands := [][]string{
		{"scans", at(planted + ".log")}, {"scans", at(planted + ".none")}, {"scans", "--to", at(planted), at(planted + ".log")}, {"scans", root},
		{"collect", at("a" + planted + ".zip")}, {"collect", at("b" + planted + ".zip")}, {"collect", at(planted + ".log")}, {"collect", "--name", planted, at("a" + planted + ".zip")}, {"collect", planted},
		{"export", "bundle"}, {"export", "bundle", "--to", at(planted + "/x.zip")}, {"import", "--dry-run", at("files")}, {"import", "--dry-run", at("a" + planted + ".zip")},
		{"plaque", "verify"}, {"plaque", "verify", planted}, {"plaque", "preview", "--" + planted}, {"plaque", "inspect", root}, {"plaque", "proof"},
		{"deploy", planted}, {"deploy", "--to", planted}, {"report", planted}, {"report", "1999"}, {"desk", planted}, {"init", at(planted)}, {"check"},
		{"version", "--" + planted}, {"new", "hero", quoted},
	}
	for _, as := range []struct{ lang, format string }{{"zh", "text"}, {"en", "json"}} {
		for _, args := range commands {
			full := append(append([]string{}, args...), "--lang", as.lang, "--format", as.format, "-C", root)
			ctx, stop := context.WithCancel(context.Background())
			if args[0] == "plaque" && args[1] == "verify" {
				stop() // it asks the network
			}
			var out, errOut bytes.Buffer
			run(ctx, full, strings.NewReader(""), &out, &errOut)
			stop()
			for name, text := range map[string]string{"stdout": out.String(), "stderr": errOut.String()} {
				if what := acts(text); what != "" {
					t.Errorf("%q writes to %s: %s", full, name, what)
				}
			}
		}
	}
}
