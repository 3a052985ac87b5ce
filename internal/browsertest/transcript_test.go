package browsertest

import (
	"encoding/binary"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mingdeng/internal/diag"
)

// TestTranscriptEdits: after any edit of what is said in recordings, and of the texts that
// they read, a build makes what a clean one makes.
func TestTranscriptEdits(t *testing.T) {
	dir, site := t.TempDir(), voiceSite()
	lay(t, dir, site)
	build(t, dir, "public")
	if r := build(t, dir, "public"); r.Stats.Written != 0 {
		t.Errorf("%d files are written where nothing has changed", r.Stats.Written)
	}
	for i, edit := range []struct{ file, old, new, seen string }{
		{"content/heroes/du/nian.vtt", "00:08.000 -->", "00:09.000 -->", "heroes/du"},
		{"content/heroes/du/index.md", "三个人都", "四个人都", "heroes/du"}, // no longer what is read
		{"content/heroes/jia/ma.vtt", "爱水", "怕水", "venues/yuan/c"},
		{"content/anthology/shu/wen/gao.md", "前言", "后记", "anthology/shu/wen"},
		{"content/venues/yuan/shuo.md", "水。", "湖。", "venues/yuan/b"},
		{"content/venues/yuan/b.md", ", 文字稿: shuo.md", "", "venues/yuan/b"}, // and so shuo.md is an exhibit
		{"content/venues/yuan/shuo.md", "这一处", "---\n名称: 新\n类别: 展板\n---\n\n这一处", "venues/yuan"},
		{"content/venues/yuan/_index.md", "zou.vtt", "shuo.md", "venues/yuan"},
	} {
		text := site[edit.file]
		site[edit.file] = strings.Replace(text, edit.old, edit.new, 1)
		if site[edit.file] == text {
			t.Fatalf("%d: nothing is edited", i)
		}
		lay(t, dir, site)
		if edit.new == "" {
			continue // an exhibit without a name: the next edit gives it one
		}
		before := madeIn(t, filepath.Join(dir, "public"))
		build(t, dir, "public")
		build(t, dir, "clean-"+string(rune('a'+i)))
		now := madeIn(t, filepath.Join(dir, "public"))
		if diff := unlike(now, madeIn(t, filepath.Join(dir, "clean-"+string(rune('a'+i))))); diff != "" {
			t.Errorf("%s %s → %s:\n%s", edit.file, edit.old, edit.new, diff)
		}
		if page := edit.seen + "/index.html"; before[page] == now[page] {
			t.Errorf("%s %s → %s: %s is as it was", edit.file, edit.old, edit.new, page)
		}
	}
}

// TestHeavyRecording: a file that is larger than a voice needs is told, and published.
func TestHeavyRecording(t *testing.T) {
	dir := t.TempDir()
	site := voiceSite()
	wav := []byte(tone(500, 1))
	binary.LittleEndian.PutUint32(wav[28:], 64000) // as if it lasted an eighth
	binary.LittleEndian.PutUint16(wav[32:], 8)
	site["content/heroes/du/nian.wav"] = string(wav)
	lay(t, dir, site)
	r := build(t, dir, "public")
	i := slices.IndexFunc(r.Findings, func(f diag.Finding) bool { return f.Code == diag.HeavyRecording })
	if i < 0 || len(r.Findings) != 1 {
		t.Fatal(r.Findings)
	}
	var b strings.Builder
	if err := diag.WriteText(&b, r.Findings, diag.Chinese); err != nil || !strings.Contains(b.String(), "content/heroes/du/index.md:7:") || !strings.Contains(b.String(), "有 3.8 MB，1.0 分钟") || !strings.Contains(b.String(), "大约 0.5 MB") {
		t.Error(b.String(), err)
	}
}
