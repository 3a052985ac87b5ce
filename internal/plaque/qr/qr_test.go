package qr

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"mingdeng/internal/testrun"
)

// addresses calls f with n addresses of random hosts and codes, versions 2 to 6.
func addresses(n int, f func(text string)) {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"
	r := rand.New(rand.NewPCG(7, 3))
	pick := func(n int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = letters[r.IntN(36)]
		}
		return string(b)
	}
	for range n {
		f("https://" + pick(1+r.IntN(40)) + ".CN/Q/" + pick(4) + "/")
	}
}

func encode(tb testing.TB, text string) *Symbol {
	s, err := Encode(text)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func TestEncode(t *testing.T) {
	s := encode(t, "https://JYYW.HENAN.CN12/Q/7K3F/")
	if s.Version != 3 || s.Size != 29 {
		t.Errorf("version %d, %d modules; want 3, 29", s.Version, s.Size)
	}
	for _, c := range [][3]int{{0, 0, 1}, {1, 1, 0}, {3, 3, 1}, {7, 7, 0}, {28, 0, 1}, {0, 28, 1}, {8, 21, 1}, {-1, 0, 0}, {29, 0, 0}, {0, 29, 0}} {
		if s.At(c[0], c[1]) != (c[2] == 1) {
			t.Errorf("module %d, %d is wrong", c[0], c[1])
		}
	}
	// §7.9.1: format information's first two bits, unmasked, are 10 at level H.
	bit := func(x int) int {
		if s.At(x, 8) {
			return 1
		}
		return 0
	}
	if level := (bit(0)<<1 | bit(1)) ^ 0b10; level != 0b10 {
		t.Errorf("the level's bits are %02b, want 10 for H", level)
	}
	if _, err := Encode(strings.Repeat("x", 5000)); err == nil {
		t.Error("no error for a text that fits no version")
	}
	b := encode(t, s.Text)
	for i := range s.dark {
		if s.dark[i] != b.dark[i] {
			t.Fatal("two symbols of one text differ")
		}
	}
}

func TestImage(t *testing.T) {
	s := encode(t, "https://A.CN/Q/7K3F/")
	img := s.Image(3, 4)
	if want := (s.Size + 8) * 3; img.Rect.Dx() != want || img.Rect.Dy() != want {
		t.Fatalf("%v, want %d a side", img.Rect, want)
	}
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			if dark := img.GrayAt(x, y).Y == 0; dark != s.At(x/3-4, y/3-4) {
				t.Fatalf("pixel %d, %d", x, y)
			}
		}
	}
}

func TestAddress(t *testing.T) {
	for _, c := range []struct{ base, want string }{
		{"https://yx.example.cn/", "https://YX.EXAMPLE.CN/Q/7K3F/"},
		{"https://yx.example.cn", "https://YX.EXAMPLE.CN/Q/7K3F/"},
		{"HTTPS://Yx.Example.CN/", "https://YX.EXAMPLE.CN/Q/7K3F/"},
		{"http://yx.example.cn:80/", "http://YX.EXAMPLE.CN/Q/7K3F/"},
		{"https://yx.example.cn:443", "https://YX.EXAMPLE.CN/Q/7K3F/"},
		{"https://yx.example.cn:8443/", "https://YX.EXAMPLE.CN:8443/Q/7K3F/"},
		{"https://yx.example.cn/lamp/", "https://YX.EXAMPLE.CN/lamp/Q/7K3F/"},
		{"https://yx.example.cn/LAMP", "https://YX.EXAMPLE.CN/LAMP/Q/7K3F/"},
		{"https://英雄.中国/", "https://XN--DJ1AZ91B.XN--FIQS8S/Q/7K3F/"},
		{"https://英雄。中国/", "https://XN--DJ1AZ91B.XN--FIQS8S/Q/7K3F/"},
		{"http://192.168.1.7:8080/", "http://192.168.1.7:8080/Q/7K3F/"},
		{"http://[2001:db8::1]/", "http://[2001:DB8::1]/Q/7K3F/"},
		{"https://h.cn/灯/", "https://H.CN/%E7%81%AF/Q/7K3F/"},
	} {
		got, err := Address(c.base, "7K3F")
		if err != nil || got != c.want {
			t.Errorf("Address(%s) = %s, %v; want %s", c.base, got, err, c.want)
		}
	}
	for _, base := range []string{"", "yx.example.cn", "ftp://a.cn/", "https://", "https:///x", "https://u@a.cn/", "https://a.cn/?x", "https://a.cn/?", "https://a.cn/#", "https://a.cn/../x/", "https://a b.cn/", "https://a\".cn/", "https://.cn/", "https://a..cn/", "http://[fe80::1%25eth0]/", "https://a.cn:port/"} {
		if got, err := Address(base, "7K3F"); err == nil {
			t.Errorf("Address(%q) = %s without an error", base, got)
		}
	}
	for _, code := range []string{"", "7k3f", "7K/F", "七"} {
		if _, err := Address("https://a.cn/", code); err == nil {
			t.Errorf("no error for the code %q", code)
		}
	}
}

// TestRoom holds what the library does against the measured capacities: after the
// scheme, 2-H takes 8 characters, 3-H 23 and 4-H 37.
func TestRoom(t *testing.T) {
	for _, c := range []struct {
		base                  string
		length, version, left int
	}{
		{"https://abcdefghijk.cn1/", 4, 3, 0}, // 15 characters
		{"https://abcdefghijk.cn/", 4, 3, 1},
		{"https://abcdefghijk.cn12/", 4, 4, 13},
		{"https://yx.example.cn/", 4, 3, 2},
		{"https://yx.example.cn/", 6, 3, 0},
		{"https://a.cn/", 4, 3, 11},
	} {
		version, left, err := Room(c.base, c.length)
		if err != nil || version != c.version || left != c.left {
			t.Errorf("Room(%s, %d) = %d, %d, %v; want %d, %d", c.base, c.length, version, left, err, c.version, c.left)
		}
		address, _ := Address(c.base, "7K3F6A"[:c.length])
		if s := encode(t, address); s.Version != c.version {
			t.Errorf("%s has version %d, Room said %d", address, s.Version, c.version)
		}
	}
	if _, _, err := Room("yx.example.cn", 4); err == nil {
		t.Error("no error for an address without a scheme")
	}
}

func TestReadsClean(t *testing.T) {
	clean := 0
	var refused []string
	addresses(400, func(text string) {
		err := ReadsClean(encode(t, text))
		switch {
		case err == nil:
			clean++
		case errors.Is(err, ErrUnread):
			refused = append(refused, text)
		default:
			t.Errorf("misread: %v", err)
		}
	})
	if clean < 380 {
		t.Errorf("%d of 400 read clean", clean)
	}
	t.Logf("%d of 400 read clean; refused %v", clean, refused)
}

func TestReadsCleanRefuses(t *testing.T) {
	s := encode(t, "https://YX.EXAMPLE.CN/Q/7K3F/")
	if err := ReadsClean(s); err != nil {
		t.Fatal(err)
	}
	lying := *s
	lying.Text += "x"
	if ReadsClean(&lying) == nil {
		t.Error("another text than the symbol's passes")
	}
	faulty := *s
	faulty.dark = make([]bool, len(s.dark))
	if err := ReadsClean(&faulty); !errors.Is(err, ErrUnread) {
		t.Errorf("an empty symbol: %v", err)
	}
}

func abs(v int) int { return max(v, -v) }

func TestReadAll(t *testing.T) {
	photo := image.NewRGBA(image.Rect(10, 20, 810, 620))
	for i := range photo.Pix {
		photo.Pix[i] = 250
	}
	place := func(text string, px, x, y int) {
		img := encode(t, text).Image(px, Quiet)
		for v := range img.Rect.Dy() {
			for u := range img.Rect.Dx() {
				photo.Set(x+u, y+v, color.Gray{20 + img.GrayAt(u, v).Y/2})
			}
		}
	}
	place("https://A.CN/Q/7K3F/", 5, 50, 60)
	place("HTTP://FOREIGN.EXAMPLE/PAY", 6, 450, 300)
	found := ReadAll(photo)
	if len(found) != 2 || found[0].Text != "https://A.CN/Q/7K3F/" || found[1].Text != "HTTP://FOREIGN.EXAMPLE/PAY" {
		t.Fatalf("found %+v", found)
	}
	for i, want := range []struct {
		module float64
		at     image.Point
	}{{5, image.Pt(50+7*5+2, 60+7*5+2)}, {6, image.Pt(450+7*6+3, 300+7*6+3)}} {
		f := found[i]
		if d := f.Finders[1].Sub(want.at); d.X*d.X+d.Y*d.Y > 8 || f.Module < want.module*0.9 || f.Module > want.module*1.1 {
			t.Errorf("%s at %v, module %.2f px; want %v, %.0f", f.Text, f.Finders[1], f.Module, want.at, want.module)
		}
		if f.Finders[0].Y <= f.Finders[1].Y || f.Finders[2].X <= f.Finders[1].X {
			t.Errorf("the finders of %s are %v", f.Text, f.Finders)
		}
	}
	if found := ReadAll(image.NewGray(image.Rect(0, 0, 0, 0))); found != nil {
		t.Errorf("in nothing: %v", found)
	}
	// A false alignment pattern in place of the true one misleads the decoder alone.
	misled := encode(t, "https://YX.EXAMPLE.CN/Q/7K3F/").Image(5, Quiet)
	for y := range 35 {
		for x := range 35 {
			ring := max(abs(x-17), abs(y-17)) / 5
			misled.SetGray(x+(4+20)*5, y+(4+17)*5, color.Gray{uint8(255 * (ring % 2))})
		}
	}
	if _, err := plain(misled); err == nil {
		t.Error("the decoder is not misled: the trial is too kind")
	}
	if text, err := Read(misled); err != nil || text != "https://YX.EXAMPLE.CN/Q/7K3F/" {
		t.Errorf("misled: %q, %v", text, err)
	}
	if found := ReadAll(misled); len(found) != 1 || found[0].Finders[1] != image.Pt(37, 37) && found[0].Finders[1] != image.Pt(38, 38) || math.Abs(found[0].Module-5) > 0.1 {
		t.Errorf("misled: %+v", found)
	}
	part := photo.SubImage(image.Rect(440, 290, 800, 610))
	if text, err := Read(part); err != nil || text != "HTTP://FOREIGN.EXAMPLE/PAY" {
		t.Errorf("in a part: %q, %v", text, err)
	}
	grey := encode(t, "https://A.CN/Q/7K3F/").Image(4, 9)
	if text, err := ReadPure(grey.SubImage(image.Rect(17, 17, 155, 155))); err != nil || text != "https://A.CN/Q/7K3F/" {
		t.Errorf("pure in a part: %q, %v", text, err)
	}
}

// TestZbar has another program, by other authors, read what we make.
func TestZbar(t *testing.T) {
	zbar := testrun.Tool(t, "zbarimg", "zbar-tools")
	dir := t.TempDir()
	args := []string{"-q", "--raw", "-Sdisable", "-Sqrcode.enable"}
	var want strings.Builder
	addresses(40, func(text string) {
		s := encode(t, text)
		if ReadsClean(s) != nil {
			return
		}
		name := filepath.Join(dir, fmt.Sprint(len(args), ".png"))
		var b bytes.Buffer
		if err := png.Encode(&b, s.Image(4, Quiet)); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, name)
		want.WriteString(text + "\n")
	})
	got, err := exec.Command(zbar, args...).Output()
	if err != nil || string(got) != want.String() {
		t.Errorf("zbarimg: %v\n%s\nwant\n%s", err, got, want.String())
	}
}

var addressSeeds = []string{"https://yx.example.cn/", "http://英雄.中国:8080/lamp", "https://[::1]/", "https://a.cn/%2e%2e/", "HTTPS://A\u3002cn", "https://xn--/", "https://a.cn/;?#", "https://a-.cn//x//"}

func FuzzAddress(f *testing.F) {
	if len(addressSeeds) == 0 {
		f.Fatal("no seeds")
	}
	for _, s := range addressSeeds {
		f.Add(s, "7K3F")
	}
	f.Fuzz(func(t *testing.T, base, code string) {
		address, err := Address(base, code)
		if err != nil {
			return
		}
		if !strings.HasPrefix(address, "http://") && !strings.HasPrefix(address, "https://") || !strings.HasSuffix(address, "/Q/"+code+"/") {
			t.Fatalf("Address(%q, %q) = %q", base, code, address)
		}
		for _, c := range []byte(address) {
			if c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}", c) >= 0 {
				t.Fatalf("Address(%q) = %q has %q, which no address has", base, address, c)
			}
		}
		// The address without what was added leads to the same address.
		if again, err := Address(strings.TrimSuffix(address, "Q/"+code+"/"), code); err != nil || again != address {
			t.Fatalf("Address(%q) = %q, and from that %q, %v", base, address, again, err)
		}
	})
}

func BenchmarkReadsClean(b *testing.B) {
	s := encode(b, "https://YX.EXAMPLE.CN/Q/7K3F/")
	for b.Loop() {
		if err := ReadsClean(s); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEncode(b *testing.B) {
	for b.Loop() {
		encode(b, "https://YX.EXAMPLE.CN/Q/7K3F/")
	}
}
