package attachment

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"mingdeng/internal/testrun"
)

// What goes out clean of which file is tested with marks in every place, in package hostile.

const token = "TOKEN-34.7466-113.6253"

// mp3 is a recording with tags before, between and behind its frames.
func mp3() []byte {
	frames := strings.Repeat("\xff\xe3\x18\xc4"+strings.Repeat("s", 68), 8)
	v1 := "TAG" + token + strings.Repeat("\x00", 125-len(token))
	id3 := "ID3\x03\x00\x00\x00\x00\x00" + string([]byte{byte(len(token))}) + token
	return []byte(id3 + frames + id3 + frames + v1)
}

// mp4Of is an MP4 with boxes behind a track of sound whose one chunk lies in mdat; sound is
// moved by what stands before it.
func mp4Of(kind, format string, boxes string) []byte {
	box := func(name string, parts ...string) string {
		body := strings.Join(parts, "")
		return string(binary.BigEndian.AppendUint32(nil, uint32(len(body)+8))) + name + body
	}
	be := func(n int) string { return string(binary.BigEndian.AppendUint32(nil, uint32(n))) }
	z := func(n int) string { return strings.Repeat("\x00", n) }
	build := func(at int) string {
		stbl := box("stbl", box("stsd", z(4), be(1), box(format, z(28), box("esds", z(20)))), box("stsc", z(4), be(1), be(1), be(1), be(1)),
			box("stsz", z(4), be(0), be(1), be(50)), box("stco", z(4), be(1), be(at)))
		return box("ftyp", "M4A ", z(4)) + box("moov", box("mvhd", z(12), be(1000), be(2500), z(80)),
			box("trak", box("tkhd", z(84)), box("mdia", box("mdhd", z(24)), box("hdlr", z(8), kind, z(12)), box("minf", stbl))), box("udta", token)) + boxes + box("mdat", strings.Repeat("m", 50), token)
	}
	return []byte(build(strings.Index(build(0), strings.Repeat("m", 50))))
}

func clean(t *testing.T, src []byte) (*Copy, []byte) {
	t.Helper()
	c, err := Open(bytes.NewReader(src), int64(len(src)))
	if err != nil {
		t.Fatal(err)
	}
	b, err := c.bytes()
	if err != nil || int64(len(b)) != c.Size() {
		t.Fatalf("%d bytes of %d: %v", len(b), c.Size(), err)
	}
	return c, b
}

func TestOpen(t *testing.T) {
	c, b := clean(t, mp3())
	if c.Kind != MP3 || !c.Sound || c.Motion || len(b) != 16*72 || bytes.Contains(b, []byte(token)) {
		t.Errorf("MP3: %+v, %d bytes", c, len(b))
	}
	if c.Duration.Milliseconds() != 16*576/8 {
		t.Errorf("MP3 of %v", c.Duration)
	}
	src := mp4Of("soun", "mp4a", "")
	c, b = clean(t, src)
	if c.Kind != M4A || !c.Sound || c.Duration.Milliseconds() != 2500 || len(b) != len(src) || bytes.Contains(b, []byte(token)) {
		t.Errorf("M4A: %+v", c)
	}
	if !bytes.Contains(b, []byte(strings.Repeat("m", 50))) || bytes.Index(b, []byte("mmm")) != bytes.Index(src, []byte("mmm")) {
		t.Error("M4A: its sound is elsewhere")
	}
	for name, tt := range map[string]struct {
		src    string
		reason Reason
		seen   string
	}{
		"empty":        {"", Empty, ""},
		"JPEG":         {"\xff\xd8\xff\xe0\x00\x10JFIF", Unknown, "a picture"},
		"HEIC":         {"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1", Unknown, "an HEIC picture"},
		"HTML":         {"\r\n<!DOCTYPE html><html>", Unknown, "a web page"},
		"program":      {"MZ\x90\x00\x03\x00\x00\x00", Unknown, "a program"},
		"noise":        {strings.Repeat("\x00\x01\xfe", 999), Unknown, ""},
		"tag alone":    {string(mp3()[:10+len(token)]), Unknown, ""},
		"cut M4A":      {string(src[:len(src)-40]), Broken, ""},
		"only meta":    {string(mp4Of("meta", "mebx", "")), Broken, ""},
		"JPEG film":    {string(mp4Of("vide", "jpeg", "")), Broken, ""},
		"cut PDF":      {"%PDF-1.4\n", Broken, ""},
		"locked PDF":   {"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer << /Encrypt 5 0 R >>", Encrypted, ""},
		"broken ZIP":   {"PK\x03\x04aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", Broken, ""},
		"voice":        {"\x02#!SILK_V3aaaa", Unknown, "a voice message of WeChat"},
		"cut compound": {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1aaaa", Broken, ""},
	} {
		_, err := Open(strings.NewReader(tt.src), int64(len(tt.src)))
		var bad *Error
		if !errors.As(err, &bad) || bad.Reason != tt.reason || bad.Seen.En != tt.seen {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, text := range []string{"甲、乙\n", "GIF8 不是图\n", "BM,MZ\r\n1,2", "\xff\xfea\x00b\x00", "\xbc\xd7\xd2\xd2"} {
		if c, b := clean(t, []byte(text)); c.Kind != Text || string(b) != text {
			t.Errorf("%q: %v %q", text, c.Kind, b)
		}
	}
}

func TestFits(t *testing.T) {
	for _, tt := range []struct {
		kind   Kind
		ending string
		want   bool
	}{{M4A, "mp3", true}, {DOCX, "doc", true}, {DOCX, "mp3", false}, {Text, "csv", true}, {PDF, "docx", false}, {OLE, "doc", false}, {ZIP, "docx", false}} {
		if got := tt.kind.Fits(tt.ending); got != tt.want {
			t.Errorf("%s named .%s: %v", tt.kind, tt.ending, got)
		}
	}
}

// TestPlaysTheSame makes recordings with ffmpeg, with names and places in them, and lets it
// decode them and their copies.
func TestPlaysTheSame(t *testing.T) {
	ffmpeg := testrun.Tool(t, "ffmpeg", "ffmpeg")
	dir := t.TempDir()
	film := []string{"-f", "lavfi", "-i", "testsrc=duration=1:size=64x48:rate=10", "-c:v", "libx264"}
	for name, args := range map[string][]string{
		"a.mp3": nil, "a.m4a": nil, "a.aac": nil, "a.ogg": {"-c:a", "libvorbis"}, "a.opus": {"-c:a", "libopus"}, "a.oga": {"-c:a", "flac"}, "a.flac": nil, "a.wav": nil,
		"a.webm": {"-c:a", "libvorbis"}, "v.mp4": film, "f.mp4": append(slices.Clone(film), "-movflags", "frag_keyframe+empty_moov"), "q.mov": film,
	} {
		src := filepath.Join(dir, name)
		cmd := append([]string{"-v", "error", "-f", "lavfi", "-i", "sine=duration=1"}, args...)
		cmd = append(cmd, "-metadata", "title="+token, "-metadata", "location=+34.7466+113.6253/", "-metadata", "comment="+token, src)
		if out, err := exec.Command(ffmpeg, cmd...).CombinedOutput(); err != nil {
			t.Logf("%s cannot be made here: %s", name, out) // not every ffmpeg has every encoder
			continue
		}
		b := read(t, src)
		if !bytes.Contains(b, []byte(token)) && name != "a.aac" {
			t.Errorf("%s: nothing was written into it", name)
		}
		c, now := clean(t, b)
		if !c.Sound || bytes.Contains(now, []byte(token)) || bytes.Contains(now, []byte("113.6253")) {
			t.Errorf("%s: %+v", name, c)
		}
		copied := filepath.Join(dir, "copy."+string(c.Kind))
		write(t, copied, now)
		if want, got := decoded(t, ffmpeg, src), decoded(t, ffmpeg, copied); got != want {
			t.Errorf("%s plays otherwise: %s, not %s", name, got, want)
		}
	}
}

// TestDuration: how long a recording is, also where no header tells it: MP3 of varying
// bitrates with and without the frame that counts the others. (MP4 in pieces, which no telephone makes,
// does not tell.)
func TestDuration(t *testing.T) {
	ffmpeg := testrun.Tool(t, "ffmpeg", "ffmpeg")
	dir := t.TempDir()
	noise := "anoisesrc=duration=5:amplitude=0.3,atrim=0:5,apad=pad_dur=2.3" // a bitrate that varies must
	made := 0
	for name, args := range map[string][]string{
		"cbr.mp3": {"-b:a", "64k"}, "vbr.mp3": {"-q:a", "4"}, "bare.mp3": {"-q:a", "4", "-write_xing", "0", "-id3v2_version", "0"}, "low.mp3": {"-ar", "16000", "-q:a", "7"},
		"a.m4a": nil, "fast.m4a": {"-movflags", "faststart"}, "a.aac": nil,
		"a.ogg": {"-c:a", "libvorbis"}, "a.opus": {"-c:a", "libopus"}, "a.flac": nil, "a.wav": nil,
	} {
		file := filepath.Join(dir, name)
		cmd := append([]string{"-v", "error", "-f", "lavfi", "-i", noise, "-ac", "1"}, args...)
		if out, err := exec.Command(ffmpeg, append(cmd, file)...).CombinedOutput(); err != nil {
			t.Logf("%s cannot be made here: %s", name, out)
			continue
		}
		made++
		c, now := clean(t, read(t, file))
		again, _ := clean(t, now)
		for _, d := range []time.Duration{c.Duration, again.Duration} {
			if off := d.Seconds() - 7.3; off < -0.05 || off > 0.15 { // encoders fill the last frame, and one before
				t.Errorf("%s: %v", name, d)
			}
		}
	}
	if made < 6 {
		t.Errorf("%d recordings were made", made)
	}
}

func decoded(t *testing.T, ffmpeg, file string) string {
	t.Helper()
	out, err := exec.Command(ffmpeg, "-v", "error", "-i", file, "-f", "md5", "-").CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %s", file, out)
	}
	return string(out)
}

// FuzzOpen: whatever a file is, opening it ends, and a copy is of the same kind, as long as
// was said, and copied again the same.
func FuzzOpen(f *testing.F) {
	f.Add(mp3())
	f.Add(mp4Of("soun", "mp4a", ""))
	f.Add(mp4Of("meta", "mebx", "\x00\x00\x00\x09free\x00"))
	f.Add([]byte("OggS\x00\x02" + strings.Repeat("\x00", 20) + "\x01\x13OpusHead\x01\x01" + strings.Repeat("\x00", 9)))
	f.Add([]byte("fLaC\x80\x00\x00\x22" + strings.Repeat("\x01", 34) + "\xff\xf8aaaaTAG" + strings.Repeat("a", 125)))
	f.Add([]byte("RIFF\x40\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00data\x04\x00\x00\x00aaaa"))
	f.Add([]byte("\x1a\x45\xdf\xa3\x87\x42\x82\x84webm\x18\x53\x80\x67\xff\x16\x54\xae\x6b\x86\xae\x84\x83\x81\x02\xec\x1f\x43\xb6\x75\xff\xa3\x84abcd"))
	f.Add([]byte("%PDF-1.4\n1 0 obj\n<< /Author (a\\)) /B <41> /Length 3 >>\nstream\nabc\nendstream\nendobj\ntrailer << /Info 1 0 R >>"))
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Add([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 22) + "\x09\x00\x06\x00" + strings.Repeat("\x00", 1500)))
	f.Add([]byte("甲\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		if len(src) > 1<<20 {
			return
		}
		c, err := Open(bytes.NewReader(src), int64(len(src)))
		if err != nil {
			var bad *Error
			if !errors.As(err, &bad) {
				t.Fatal(err)
			}
			if strings.Contains(err.Error(), "panic") || strings.Contains(err.Error(), "runtime error") {
				t.Fatal(err)
			}
			return
		}
		b, err := c.bytes()
		if err != nil || int64(len(b)) != c.Size() || len(b) > 2*len(src)+4096 {
			t.Fatalf("%d bytes of %d: %v", len(b), len(src), err)
		}
		again, err := Open(bytes.NewReader(b), int64(len(b)))
		if err != nil || again.Kind != c.Kind {
			t.Fatalf("the copy of a %s: %v", c.Kind, err)
		}
		if now, err := again.bytes(); err != nil || !bytes.Equal(now, b) {
			t.Fatalf("a %s copied again is another: %v", c.Kind, err)
		}
	})
}
