package desk

import (
	"encoding/binary"
	"strings"
	"testing"
)

// tone is a WAV that can be heard, of one tenth of a second.
func tone() []byte {
	b := []byte("RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00data\x20\x03\x00\x00" + strings.Repeat("\x80\x90", 400))
	binary.LittleEndian.PutUint32(b[4:], uint32(len(b)-8))
	return b
}

// TestRecordingAtDesk: a recording and what is said in it are handed in beside a record, and
// named in its form; a bare file name in the record becomes a group when more is said.
func TestRecordingAtDesk(t *testing.T) {
	r := start(t, small)
	const file = "content/venues/park/one.md"
	status, said := r.handed("/_studio/upload/"+file, "file", map[string][]byte{
		"讲述 1.wav": tone(), "讲述 1.vtt": []byte("WEBVTT\n\n00:00.000 --> 00:00.100\n这里是渡口。\n"), "稿.txt": []byte("这里是渡口。\n"),
	})
	if status >= 400 {
		t.Fatal(status, said)
	}
	const now = "content/venues/park/one/index.md"
	for _, name := range []string{"讲述-1.wav", "讲述-1.vtt", "稿.txt"} {
		if !r.isThere(strings.Replace(now, "index.md", name, 1)) {
			t.Errorf("%s is not beside the record", name)
		}
	}
	if status, _ := r.handed("/_studio/upload/"+now, "file", map[string][]byte{"x.md": []byte("---\nname: 混入\nkind: 展板\n---\n")}); status < 400 {
		t.Error("a record was handed in as a file")
	}
	r.put(now, strings.Replace(r.read(now), "---\n", "---\naudio: 讲述-1.wav\n", 1))
	values := r.form("/_studio/edit/" + now)
	if got := values.Get("audio.src"); got != "讲述-1.wav" {
		t.Errorf("the form says %q", got)
	}
	for _, name := range []string{"audio.title", "audio.speaker", "audio.transcript"} {
		if !values.Has(name) {
			t.Errorf("the form does not ask for %s", name)
		}
	}
	values.Set("audio.speaker", "王某")
	values.Set("audio.transcript", "讲述-1.vtt")
	if a := r.save("/_studio/edit/"+now, values); a.Problem != "" || len(a.Found) > 0 {
		t.Errorf("%s %v", a.Problem, a.Found)
	}
	text := r.read(now)
	for _, want := range []string{"audio:", "讲述-1.wav", "王某", "讲述-1.vtt"} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is not in\n%s", want, text)
		}
	}
	if again := r.form("/_studio/edit/" + now); again.Get("audio.src") != "讲述-1.wav" || again.Get("audio.speaker") != "王某" {
		t.Errorf("read again: %v", again)
	}
}
