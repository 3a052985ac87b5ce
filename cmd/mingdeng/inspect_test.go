package main

import (
	"bytes"
	"context"
	"encoding/json"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"mingdeng/internal/plaque/qr"
)

// TestInspect has a round of photos read: ours in several spellings, retired ones, stickers, what
// is no photo. No text of a sticker may pass for a line of ours.
func TestInspect(t *testing.T) {
	dir := t.TempDir()
	site, photos := filepath.Join(dir, "site"), filepath.Join(dir, "photos")
	for name, text := range map[string]string{
		"content/site.yaml":             "title: 试验\nbase_url: https://h.cn/\n",
		"content/venues/yuan/_index.md": "---\n名称: 园\n类别: 游园\n地区: 河南省\n---\n",
		"content/venues/yuan/yi.md":     "---\n名称: 一号板\n类别: 展板\n---\n",
		"content/venues/yuan/er.md":     "---\n名称: 二号板\n类别: 展板\n---\n",
	} {
		file := filepath.Join(site, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	run := func(args ...string) (code int, out, errs string) {
		var o, e bytes.Buffer
		code = newProgram(context.Background(), args, strings.NewReader(""), &o, &e).run(append([]string{"--lang", "zh", "-C", site}, args...))
		return code, o.String(), e.String()
	}
	code, out, errs := run("plaque", "issue", "--confirm-address", "h.cn")
	codes := regexp.MustCompile(`(?m)^([0-9A-Z]{4})  yuan/(\w+)$`).FindAllStringSubmatch(out, -1)
	if code != 0 || len(codes) != 2 {
		t.Fatalf("%d %s%s", code, out, errs)
	}
	yi, er := codes[0][1], codes[1][1]
	if codes[0][2] != "yi" {
		yi, er = er, yi
	}
	if code, out, errs := run("plaque", "retire", er); code != 0 {
		t.Fatal(out, errs)
	}
	// take makes a photo of codes side by side, turned as EXIF says.
	take := func(name string, orientation byte, texts ...string) {
		t.Helper()
		img := image.NewGray(image.Rect(0, 0, 40+260*len(texts), 300))
		draw.Draw(img, img.Rect, image.NewUniform(color.Gray{230}), image.Point{}, draw.Src)
		for i, text := range texts {
			s, err := qr.Encode(text)
			if err != nil {
				t.Fatal(err)
			}
			code := s.Image(4, qr.Quiet)
			draw.Draw(img, code.Rect.Add(image.Pt(20+260*i, 30)), code, image.Point{}, draw.Src)
		}
		var b bytes.Buffer
		var err error
		if strings.HasSuffix(name, ".png") {
			err = png.Encode(&b, img)
		} else {
			err = jpeg.Encode(&b, img, nil)
		}
		if err != nil {
			t.Fatal(err)
		}
		photo := b.Bytes()
		if orientation != 0 {
			exif := append([]byte("\xff\xe1\x00\x22Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00"), orientation, 0, 0, 0, 0, 0, 0, 0)
			photo = append(append(append([]byte{}, photo[:2]...), exif...), photo[2:]...)
		}
		save(t, filepath.Join(photos, name), photo)
	}
	take("1/ours.png", 0, "https://H.CN/Q/"+yi+"/")
	take("1/both.jpg", 6, "https://H.CN/Q/"+yi+"/", "https://H.CN/Q/"+er+"/")
	take("1/spelt.jpg", 0, "http://h.cn/q/"+strings.ToLower(yi), "HTTPS://h.cn:443/Q/"+yi)
	save(t, filepath.Join(photos, "2", "phone.HEIC"), []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"))
	save(t, filepath.Join(photos, "2", "cut.jpg"), []byte("\xff\xd8\xff\xe0"))
	save(t, filepath.Join(photos, "2", "note.txt"), []byte("no photo"))
	forged := "x\r\n\x1b[2J" + yi + "  在用  园 · 一号板\nhttps://h.cn\u202e/"
	take("2/sticker.png", 0, "https://H.CN/Q/"+yi+"/", "https://evil.example/?h.cn/Q/"+yi+"/")
	take("2/forged.png", 0, forged)
	take("2/user.png", 0, "https://h.cn@evil.example/Q/"+yi+"/")
	blank := image.NewGray(image.Rect(0, 0, 200, 200))
	var b bytes.Buffer
	if err := png.Encode(&b, blank); err != nil {
		t.Fatal(err)
	}
	save(t, filepath.Join(photos, "3", "blank.png"), b.Bytes())

	at := func(name string) string { return filepath.Join(photos, filepath.FromSlash(name)) }
	code, out, errs = run("plaque", "inspect", at("1"))
	if code != 0 || strings.Count(out, yi+"  在用  园 · 一号板") != 4 || strings.Count(out, er+"  停用") != 1 ||
		!strings.HasSuffix(out, "3 张照片：在用 4，停用 1，外来 0；没读到码的 0 张，读不了的 0 张\n") || strings.Count(out, "写法和本站印的不一样") != 2 || errs != "" {
		t.Errorf("ours: %d\n%s%s", code, out, errs)
	}
	code, out, errs = run("plaque", "inspect", at("2"), at("1/*.png"), at("none.jpg"))
	if code != 1 || !strings.HasSuffix(out, "7 张照片：在用 2，停用 0，外来 3；没读到码的 0 张，读不了的 3 张\n") ||
		!strings.Contains(errs, "phone.HEIC: 这是 HEIC") || !strings.Contains(errs, "cut.jpg: 读不了这张照片") || !strings.Contains(errs, "none.jpg: ") ||
		!strings.Contains(out, "！同一张照片里有我们的 "+yi) || !strings.Contains(errs, "有 3 个外来的码") {
		t.Errorf("a round: %d\n%s%s", code, out, errs)
	}
	if strings.Contains(out, "\x1b") || strings.Contains(out, "\r") || strings.Contains(out, "\u202e") || regexp.MustCompile(`(?m)^[^:]*  在用`).MatchString(out) ||
		!strings.Contains(out, "FOREIGN  x<0D><0A><1B>[2J"+yi) {
		t.Errorf("a sticker speaks for us:\n%q", out)
	}
	if code, out, errs = run("plaque", "inspect", at("3/blank.png")); code != 1 || !strings.Contains(errs, "没有读到二维码") || !strings.Contains(errs, "有 1 张照片没有读到码") {
		t.Errorf("blank: %d\n%s%s", code, out, errs)
	}
	if code, _, _ = run("plaque", "inspect", at("1"), at("none.jpg")); code != 3 {
		t.Errorf("not there: %d", code)
	}
	code, out, errs = run("plaque", "inspect", "--format", "json", at("1/both.jpg"), at("2/forged.png"), at("2/phone.HEIC"))
	var states []string
	for line := range strings.Lines(out) {
		var x inspected
		if err := json.Unmarshal([]byte(line), &x); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		states = append(states, x.State)
		switch {
		case strings.HasSuffix(x.Photo, "both.jpg") && (x.Corners[1][0] != x.Corners[0][0] || x.Corners[1][1] <= x.Corners[0][1]):
			// Taken with the phone turned: what is stored left to right is looked at top down.
			t.Errorf("turned: %v", x.Corners)
		case strings.HasSuffix(x.Photo, "forged.png") && x.Text != forged:
			t.Errorf("%q", x.Text)
		}
	}
	if code != 1 || strings.Join(states, " ") != "active retired foreign unreadable" || errs != "" {
		t.Errorf("json: %d %v\n%s%s", code, states, out, errs)
	}
}

func save(t *testing.T, file string, b []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, b, 0o666); err != nil {
		t.Fatal(err)
	}
}
