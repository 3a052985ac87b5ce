package plaques

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/output"
	"mingdeng/internal/project"
)

// garden is a site of some plaques. Files are given by name; others have their usual text.
func garden(t *testing.T, files map[string]string) (*session, func()) {
	t.Helper()
	dir := t.TempDir()
	var portrait bytes.Buffer
	img := image.NewGray(image.Rect(0, 0, 300, 400))
	for i := range img.Pix {
		img.Pix[i] = byte(i * i)
	}
	if err := png.Encode(&portrait, img); err != nil {
		t.Fatal(err)
	}
	all := map[string]string{
		"site.yaml": "title: 试\nbase_url: https://yx.h.cn/\n",
		"plaques.yaml": "base_url: https://yx.h.cn/\ncodes:\n  - {code: 7K3X, exhibit: yuan/yi, issued: 2026-11-03, status: active}\n" +
			"  - {code: 9WX2, exhibit: yuan/er, issued: 2026-11-03, status: active}\n",
		"venues/yuan/_index.md": "---\nname: 园\nkind: garden\nregion: 河南省\n---\n",
		"venues/yuan/yi.md":     "---\nname: 一号\nkind: panel\n---\n",
		"venues/yuan/er.md":     "---\nname: 二号\nkind: panel\nheroes: [a]\nplaque: {design: panel, material: 铝}\n---\n正文。\n",
		"heroes/a/index.md":     "---\nname: 张三\nregion: 河南省\ndeed: {summary: 救人}\nconsent: {publish: true, portrait: true}\nportrait:\n  src: a.png\n  alt: 人\n---\n",
		"heroes/a/a.png":        portrait.String(),
	}
	for name, text := range files {
		all[name] = text
	}
	for name, text := range all {
		p := filepath.Join(dir, "content", filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s, root, err := open(project.Options{Root: dir, Out: "public", Today: date.Date{Year: 2026, Month: 11, Day: 30}, Themes: builtin, StartAt: 1})
	if err != nil || s.found.Errors() > 0 {
		t.Fatal(err, s.found.Sorted())
	}
	return s, func() { root.Close() }
}

// planned are the outputs of a park, by path, and what was found.
func planned(t *testing.T, files map[string]string) (map[string]output.Output, []diag.Finding, func()) {
	s, done := garden(t, files)
	outs := map[string]output.Output{}
	for _, o := range Outputs(s.Project, nil, s.found) {
		outs[strings.TrimPrefix(o.Path, "plaques/yuan/")] = o
	}
	return outs, s.found.Sorted(), done
}

// A photograph too coarse for its plaque is told at the hero's picture, with what would do.
func TestCoarsePhoto(t *testing.T) {
	_, found, done := planned(t, nil)
	defer done()
	i := slices.IndexFunc(found, func(f diag.Finding) bool { return f.Code == diag.PlaqueCoarse })
	if i < 0 {
		t.Fatalf("not told: %v", found)
	}
	f := found[i]
	if f.Path != "content/heroes/a/index.md" || f.Pos.Line != 7 || !strings.Contains(f.Hint(diag.Chinese), "1654×2205") || !strings.Contains(f.Message(diag.Chinese), "a.png") {
		t.Errorf("%s: %s %s", f.Place(), f.Message(diag.Chinese), f.Hint(diag.Chinese))
	}
}

// A material that is said once holds for all who do not say; a size goes with its design.
func TestMaterialsSaidOnce(t *testing.T) {
	for _, c := range []struct{ site, venue, want string }{
		{"", "", "7K3X  9WX2 aluminium"},
		{"plaque: {material: 木}\n", "", "7K3X wood 9WX2 aluminium"},
		{"plaque: {material: 木}\n", "plaque: {material: 玻璃, design: tag, width: 160}\n", "7K3X glass 160 9WX2 aluminium"},
	} {
		s, done := garden(t, map[string]string{
			"site.yaml":             "title: 试\nbase_url: https://yx.h.cn/\n" + c.site,
			"venues/yuan/_index.md": "---\nname: 园\nkind: garden\nregion: 河南省\n" + c.venue + "---\n",
		})
		var got []string
		for _, v := range s.venues(nil) {
			for _, j := range v.jobs {
				line := j.plaque.Code + " " + j.plaque.Material
				if j.plaque.W > 0 {
					line += fmt.Sprint(" ", j.plaque.W)
				}
				got = append(got, line)
			}
		}
		done()
		slices.Sort(got)
		if strings.Join(got, " ") != c.want {
			t.Errorf("%q, %q: %q, want %q", c.site, c.venue, got, c.want)
		}
	}
}

// The manifest says how each is worked, in the words of those who read it.
func TestManifestTellsMaterials(t *testing.T) {
	outs, _, done := planned(t, nil)
	defer done()
	_, fill, err := outs["manifest.csv"].Prepare()
	var w bytes.Buffer
	if err == nil {
		err = fill(&w)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"铝板", "材质未定，先问", "标签"} {
		if !strings.Contains(w.String(), want) {
			t.Errorf("the manifest lacks %s:\n%s", want, w.String())
		}
	}
}
