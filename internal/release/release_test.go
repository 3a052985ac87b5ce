package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"debug/buildinfo"
	"debug/pe"
	"encoding/binary"
	"fmt"
	"image/png"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"reflect"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	cdx "github.com/CycloneDX/cyclonedx-go"
	"github.com/tc-hib/winres"

	"mingdeng/internal/diag"
	"mingdeng/internal/sums"
)

const root = "../.."

var at = time.Date(2026, 11, 30, 15, 16, 17, 0, time.UTC)

// TestIcon: each size is drawn for itself, and shows the flame on its dark ground.
func TestIcon(t *testing.T) {
	icon, err := drawIcon()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := icon.SaveICO(&b); err != nil {
		t.Fatal(err)
	}
	// ICONDIR and its entries: width in the first byte, 0 for 256; size and offset at 8 and 12.
	ico := b.Bytes()
	widths := map[int]bool{}
	for i := range int(binary.LittleEndian.Uint16(ico[4:])) {
		entry := ico[6+16*i:]
		size, from := binary.LittleEndian.Uint32(entry[8:]), binary.LittleEndian.Uint32(entry[12:])
		img, err := png.Decode(bytes.NewReader(ico[from : from+size]))
		if err != nil {
			t.Fatal(err)
		}
		w := img.Bounds().Dx()
		widths[w] = true
		if w != img.Bounds().Dy() || byte(w) != entry[0] {
			t.Errorf("%v in an entry of %d", img.Bounds(), entry[0])
		}
		corner, _, _, _ := img.At(0, 0).RGBA()
		flame, _, _, _ := img.At(w/2, w*2/5).RGBA()
		if corner>>8 > 0x30 || flame>>8 < 0xc0 {
			t.Errorf("%d px: corner %x, flame %x", w, corner>>8, flame>>8)
		}
	}
	for _, w := range iconSizes {
		if !widths[w] {
			t.Errorf("no picture of %d px", w)
		}
	}
}

// TestResources: go build links what is written, and Windows' own structures hold it.
func TestResources(t *testing.T) {
	dir := t.TempDir()
	if err := writeResources(dir, "1.20.3-rc.1"); err != nil {
		t.Fatal(err)
	}
	for arch, machine := range map[string]uint16{"amd64": pe.IMAGE_FILE_MACHINE_AMD64, "arm64": pe.IMAGE_FILE_MACHINE_ARM64} {
		f, err := pe.Open(filepath.Join(dir, "rsrc_windows_"+arch+".syso"))
		if err != nil {
			t.Fatal(err)
		}
		if f.Machine != machine || f.Section(".rsrc") == nil {
			t.Errorf("%s: machine %x, %v", arch, f.Machine, f.Sections)
		}
		f.Close()
	}
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("main.go", "package main\n\nfunc main() {}\n")
	write("go.mod", "module x\n")
	build := exec.Command("go", "build", "-ldflags", "-s -w", "-o", "x.exe", ".")
	build.Dir, build.Env = dir, append(os.Environ(), "GOOS=windows", "GOARCH=amd64", "CGO_ENABLED=0", "GOFLAGS=")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	exe, err := os.Open(filepath.Join(dir, "x.exe"))
	if err != nil {
		t.Fatal(err)
	}
	defer exe.Close()
	rs, err := winres.LoadFromEXE(exe)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := rs.GetIcon(winres.ID(1)); err != nil {
		t.Error(err)
	}
	for lang, product := range map[uint16]string{simplifiedChinese: "明灯", americanEnglish: "Mingdeng"} {
		info := rs.Get(winres.RT_VERSION, winres.ID(1), lang)
		for _, want := range []string{product, "1.20.3-rc.1", "mingdeng.exe"} {
			var wide []byte
			for _, u := range utf16.Encode([]rune(want)) {
				wide = binary.LittleEndian.AppendUint16(wide, u)
			}
			if !bytes.Contains(info, wide) {
				t.Errorf("%x: no %s among the properties", lang, want)
			}
		}
	}
	manifest := string(rs.Get(winres.RT_MANIFEST, winres.ID(1), 0x409))
	for _, want := range []string{"asInvoker", "longPathAware"} {
		if !strings.Contains(manifest, want) {
			t.Errorf("no %s in the manifest: %s", want, manifest)
		}
	}
}

func TestNumbers(t *testing.T) {
	for v, want := range map[string][4]uint16{
		"1.2.3": {1, 2, 3}, "0.9.0-rc.1": {0, 9}, "1.2.3.4": {1, 2, 3, 4}, "2.0+dirty": {2}, "x": {}, "1.99999.3": {1},
	} {
		if got := numbers(v); got != want {
			t.Errorf("%s: %v", v, got)
		}
	}
}

// program is what the program would tell of itself on a system.
func program(t *testing.T, goos string) *buildinfo.BuildInfo {
	t.Helper()
	info := &buildinfo.BuildInfo{GoVersion: runtime.Version(), Path: "mingdeng/cmd/mingdeng", Settings: []debug.BuildSetting{
		{Key: "GOOS", Value: goos}, {Key: "GOARCH", Value: "amd64"}, {Key: "vcs.revision", Value: "0123"},
	}}
	folders, err := packageFolders(root, info)
	if err != nil {
		t.Fatal(err)
	}
	for module := range folders {
		name, version, _ := strings.Cut(module, "@")
		info.Deps = append(info.Deps, &debug.Module{Path: name, Version: version, Sum: "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="})
	}
	slices.SortFunc(info.Deps, func(a, b *debug.Module) int { return strings.Compare(a.Path, b.Path) })
	return info
}

// TestLinked: whatever is linked into the program, on each system, may go out with it, and
// its licence is found.
func TestLinked(t *testing.T) {
	for goos, own := range map[string]string{"windows": "github.com/danieljoos/wincred", "linux": "github.com/godbus/dbus/v5", "darwin": ""} {
		parts, err := linked(root, program(t, goos))
		if err != nil {
			t.Fatal(goos, err)
		}
		found := map[string]part{}
		for _, p := range parts {
			found[p.Name] = p
			if len(p.Texts) == 0 || len(p.Licences) == 0 {
				t.Errorf("%s: %s has %d texts, %v", goos, p.Name, len(p.Texts), p.Licences)
			}
		}
		for name, licence := range map[string]string{"std": "BSD-3-Clause", "github.com/yuin/goldmark": "MIT", "github.com/minio/minio-go/v7": "Apache-2.0", own: ""} {
			if name != "" && !slices.Contains(found[name].Licences, licence) && licence != "" || name != "" && found[name].Name == "" {
				t.Errorf("%s: %s is under %v", goos, name, found[name].Licences)
			}
		}
		// Code of others within a module brings its own.
		var names []string
		for _, x := range found["github.com/klauspost/compress"].Texts {
			names = append(names, x.Name)
		}
		if !slices.Contains(names, "s2/LICENSE") {
			t.Errorf("%s: klauspost/compress: %q", goos, names)
		}
		all := string(notices("About.", parts))
		for _, p := range parts {
			if p.Name != "std" && !strings.Contains(all, p.Name+" "+p.Version+" (") {
				t.Errorf("%s: %s is not named", goos, p.Name)
			}
			for _, x := range p.Texts {
				if strings.Count(all, strings.TrimSpace(x.Body)) == 0 {
					t.Errorf("%s: a text of %s is not there", goos, p.Name)
				}
			}
		}
	}
}

// TestRefused: what may not go out, or is not known, stops a release.
func TestRefused(t *testing.T) {
	for name, body := range map[string]string{
		"AGPL":    "This program is free software: you can redistribute it and/or modify it under the terms of the GNU Affero General Public License as published by the Free Software Foundation, either version 3 of the License, or (at your option) any later version.",
		"unknown": "All rights reserved. Ask us.",
		"none":    "",
	} {
		p := part{Name: name, Texts: []text{{"LICENSE", body}}}
		if err := p.recognise(); err == nil {
			t.Errorf("%s passes as %v", name, p.Licences)
		}
	}
}

// TestFontsAndData: every notice in the tree is among those that go out.
func TestFontsAndData(t *testing.T) {
	parts, err := fontsAndData(root)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]int{}
	for i, p := range parts {
		for _, x := range p.Texts {
			out[foreign[i].dir+"/"+x.Name]++
		}
	}
	seen := 0
	for _, top := range []string{"internal", "themes"} {
		err := fs.WalkDir(os.DirFS(root), top, func(p string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() && e.Name() == "testdata" {
				return fs.SkipDir
			}
			if !e.IsDir() && path.Ext(p) != ".go" && licenceFile.MatchString(e.Name()) {
				if seen++; out[p] != 1 {
					t.Errorf("%s goes out %d times", p, out[p])
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if seen != len(out) || seen < 8 {
		t.Errorf("%d notices in the tree, %d go out", seen, len(out))
	}
	for i, want := range [][]string{{"OFL-1.1"}, {"OFL-1.1"}, {"Apache-2.0", "Unicode-DFS-2016"}, {"MIT", "Unicode-DFS-2016"}, {"Apache-2.0"}, {"MIT"}} {
		if !reflect.DeepEqual(parts[i].Licences, want) {
			t.Errorf("%s: %v", parts[i].Name, parts[i].Licences)
		}
	}
}

func TestBOM(t *testing.T) {
	info := program(t, "linux")
	modules, err := linked(root, info)
	if err != nil {
		t.Fatal(err)
	}
	data, err := fontsAndData(root)
	if err != nil {
		t.Fatal(err)
	}
	b, err := bom("1.2.3", at, []byte("exe"), info, modules, data)
	if err != nil {
		t.Fatal(err)
	}
	again, err := bom("1.2.3", at, []byte("exe"), info, modules, data)
	if err != nil || !bytes.Equal(b, again) {
		t.Error("not the same twice", err)
	}
	var list cdx.BOM
	if err := cdx.NewBOMDecoder(bytes.NewReader(b), cdx.BOMFileFormatJSON).Decode(&list); err != nil {
		t.Fatal(err)
	}
	main := list.Metadata.Component
	if main.Version != "1.2.3" || (*main.Hashes)[0].Value != fmt.Sprintf("%x", first(sums.Of(strings.NewReader("exe")))) || list.SpecVersion != cdx.SpecVersion1_6 {
		t.Errorf("%+v", main)
	}
	if len(*list.Components) != len(modules)+len(data) || len(*(*list.Dependencies)[0].Dependencies) != len(*list.Components) {
		t.Errorf("%d components", len(*list.Components))
	}
	refs := map[string]bool{}
	for _, c := range *list.Components {
		if refs[c.BOMRef] || c.Licenses == nil || len(*c.Licenses) == 0 {
			t.Errorf("%s: twice, or no licence", c.BOMRef)
		}
		refs[c.BOMRef] = true
		if c.Name == "github.com/yuin/goldmark" && (c.PackageURL != "pkg:golang/github.com/yuin/goldmark@"+c.Version || (*c.Licenses)[0].License.ID != "MIT" ||
			(*c.Hashes)[0].Value != "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855") {
			t.Errorf("%+v", c)
		}
	}
	if !refs["pkg:golang/github.com/yuin/goldmark@"+versionOf(modules, "github.com/yuin/goldmark")] {
		t.Errorf("no goldmark in %v", refs)
	}
}

func first[T any](v T, _ error) T { return v }

func versionOf(parts []part, name string) string {
	for _, p := range parts {
		if p.Name == name {
			return p.Version
		}
	}
	return ""
}

// TestArchives: both kinds are the same twice, and give back what went in.
func TestArchives(t *testing.T) {
	files := []file{{"m/mingdeng.exe", []byte("MZ"), 0o755}, {"m/第一小时.html", bytes.Repeat([]byte("灯"), 5000), 0o644}}
	for name, write := range map[string]func(io.Writer, []file, time.Time) error{"zip": writeZip, "tar": writeTar} {
		var one, two bytes.Buffer
		if err := write(&one, files, at); err != nil {
			t.Fatal(err)
		}
		if err := write(&two, files, at); err != nil || !bytes.Equal(one.Bytes(), two.Bytes()) {
			t.Errorf("%s: not the same twice (%v)", name, err)
		}
		var got []file
		if name == "zip" {
			z, err := zip.NewReader(bytes.NewReader(one.Bytes()), int64(one.Len()))
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range z.File {
				r, err := f.Open()
				if err != nil {
					t.Fatal(err)
				}
				b, err := io.ReadAll(r)
				if err != nil || !f.Modified.Equal(at) || f.NonUTF8 {
					t.Errorf("%s: %v %v", f.Name, f.Modified, err)
				}
				got = append(got, file{f.Name, b, f.Mode().Perm()})
			}
		} else {
			g, err := gzip.NewReader(&one)
			if err != nil {
				t.Fatal(err)
			}
			for r := tar.NewReader(g); ; {
				h, err := r.Next()
				if err == io.EOF {
					break
				} else if err != nil {
					t.Fatal(err)
				}
				b, err := io.ReadAll(r)
				if err != nil || !h.ModTime.Equal(at) || h.Uid != 0 || h.Uname != "" {
					t.Errorf("%+v %v", h, err)
				}
				got = append(got, file{h.Name, b, fs.FileMode(h.Mode)})
			}
		}
		if !reflect.DeepEqual(got, files) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestGuide(t *testing.T) {
	for l, want := range map[diag.Lang]string{diag.Chinese: "第一小时", diag.English: "The first hour"} {
		page, err := guide(l)
		if err != nil {
			t.Fatal(err)
		}
		s := string(page)
		for _, part := range []string{"<title>" + want, "<h1", ">" + want, "<h2", "<pre><code>mingdeng version"} {
			if !strings.Contains(s, part) {
				t.Errorf("%s: no %s", l, part)
			}
		}
		for _, not := range []string{"src=", "href=\"http", "ZgotmplZ"} {
			if strings.Contains(s, not) {
				t.Errorf("%s: %s: it is to stand by itself", l, not)
			}
		}
	}
}

// TestFinish: the sums are of all that is given out, and the notes fit what was made.
func TestFinish(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"mingdeng-1.2.3-linux-amd64.tar.gz", "mingdeng-1.2.3-windows-amd64.zip", "NOTES.md"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(name), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, signed := range []bool{false, true} {
		if err := finish(dir, "1.2.3", signed, signed); err != nil {
			t.Fatal(err)
		}
		notes, err := os.ReadFile(filepath.Join(dir, "NOTES.md"))
		if err != nil {
			t.Fatal(err)
		}
		for _, words := range []string{"Windows 已保护你的电脑", "更多信息", "仍要运行", "Run anyway"} {
			if bytes.Contains(notes, []byte(words)) == signed {
				t.Errorf("signed %v: %s", signed, words)
			}
		}
		if bytes.Contains(notes, []byte("-setup.exe")) != signed {
			t.Errorf("installer %v: the notes do not fit", signed)
		}
	}
	f, err := os.Open(filepath.Join(dir, sumsFile))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	list, err := sums.Read(f)
	if err != nil || len(list) != 2 {
		t.Fatal(list, err)
	}
	for _, line := range list {
		if line.Sum != first(sums.Of(strings.NewReader(line.Name))) {
			t.Errorf("%s: another sum", line.Name)
		}
	}
	if err := finish(t.TempDir(), "1.2.3", false, false); err == nil {
		t.Error("a release of nothing")
	}
}
