package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"mingdeng/internal/testrun"
)

// TestInstaller: the installer's script is whole, brings the files that archives hold, and
// makes the same bytes whenever it is run.
func TestInstaller(t *testing.T) {
	makensis := testrun.Tool(t, "makensis", "nsis")
	script, err := filepath.Abs(root + "/.github/installer.nsi")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := writeResources(dir, "1.2.3"); err != nil {
		t.Fatal(err)
	}
	exe := filepath.Join(dir, "exe")
	if err := os.WriteFile(exe, []byte("MZ"), 0o777); err != nil {
		t.Fatal(err)
	}
	var made [2][]byte
	for i := range made {
		files, err := packer{root: root, version: "1.2.3", at: at}.files(exe, "windows", program(t, "windows"))
		if err != nil {
			t.Fatal(err)
		}
		in, out := filepath.Join(dir, "files", string(rune('a'+i))), filepath.Join(dir, "mingdeng-setup.exe")
		if err := unpack(in, files, at.Add(time.Duration(i)*time.Hour)); err != nil {
			t.Fatal(err)
		}
		c := exec.Command(makensis, "-V2", "-WX", "-INPUTCHARSET", "UTF8", "-DVERSION=1.2.3", "-DFILES="+in, "-DICON="+filepath.Join(dir, "mingdeng.ico"), "-DOUT="+out, script)
		c.Env = append(os.Environ(), "SOURCE_DATE_EPOCH=1795305600")
		if said, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, said)
		}
		if made[i], err = os.ReadFile(out); err != nil {
			t.Fatal(err)
		}
		// What a program asks Windows for stands in its manifest.
		if !bytes.Contains(made[i], []byte(`level="asInvoker"`)) {
			t.Error("the installer asks for an administrator")
		}
		for _, f := range files {
			text, err := os.ReadFile(script)
			if err != nil {
				t.Fatal(err)
			}
			// Of each file there is a line that brings it and one that takes it away.
			name := filepath.FromSlash(f.name)
			brought := bytes.Contains(text, []byte(`\`+filepath.Base(name)+"\"\n")) || bytes.Contains(text, []byte(`licences\*.txt`)) && filepath.Dir(name) == "licences"
			taken := bytes.Contains(text, []byte("Delete \"$INSTDIR\\"+string(bytes.ReplaceAll([]byte(f.name), []byte("/"), []byte(`\`)))+"\"\n"))
			if !brought || !taken {
				t.Errorf("%s: brought %v, taken away %v", f.name, brought, taken)
			}
		}
	}
	if !bytes.Equal(made[0], made[1]) {
		t.Error("another installer of the same files")
	}
}
