package hostile

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/zlib"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"mingdeng/internal/attachment"
	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/generate"
	"mingdeng/internal/plaques"
)

// named says what may be named at each key that names a file. A key that is missing here
// fails the test: say what it takes, and if that is new, make samples of it.
var named = map[string]string{
	"hero.portrait.src": "picture", "venue.plan.src": "picture", "brief.gallery.src": "picture",
	"*.cover.src": "picture", "book.parts.picture.src": "picture", "*.audio.src": "recording", "*.audio.transcript": "transcript",
	"*.video.src": "film", "*.video.poster": "picture", "*.video.captions": "transcript", "*.comic.src": "picture",
	"screen.films.src": "film", "screen.films.poster": "picture", "screen.films.captions": "transcript",
}

// fileKeys walks the schema for keys that name files: kind.key.key → whether each is a list.
func fileKeys(kind content.Kind) map[string][]content.Key {
	out := map[string][]content.Key{}
	var walk func(trail []content.Key, keys []content.Key)
	walk = func(trail []content.Key, keys []content.Key) {
		for _, k := range keys {
			at := append(slices.Clone(trail), k)
			if strings.Contains(k.Shape.En, "a file name") && len(k.Keys) == 0 {
				var names []string
				for _, k := range at {
					names = append(names, k.En)
				}
				out[string(kind)+"."+strings.Join(names, ".")] = at
			}
			walk(at, k.Keys)
		}
	}
	walk(nil, content.Schema(kind))
	return out
}

// valueAt is a value that names a file at the end of a trail of keys.
func valueAt(trail []content.Key, file string) any {
	if len(trail) == 0 {
		return file
	}
	v := valueAt(trail[1:], file)
	if len(trail) > 1 {
		group := map[string]any{trail[1].En: v}
		for _, k := range trail[0].Keys {
			switch {
			case k.En == trail[1].En || !k.Required:
			case k.Type == content.TypeFile:
				group[k.En] = "h.wav" // of what is said in it
				if trail[0].En != "audio" {
					group[k.En] = "i.mp4"
				}
			default:
				group[k.En] = "一张图"
			}
		}
		v = group
	}
	if trail[0].List {
		v = []any{v}
	}
	return v
}

// TestMetadata names files with marks, in every place where devices and programs write what
// they know, at every key and in every text where a file can be named; and looks for the
// marks in all that is built of it, within whatever is packed.
func TestMetadata(t *testing.T) {
	pictures, recordings, papers, transcripts := markedPictures(t), markedRecordings(t), markedPapers(t), markedTranscripts()
	for name, b := range papers { // the marks are where this test would see them
		if len(marksIn(b)) < 2 {
			t.Errorf("%s has the marks %v alone", name, marksIn(b))
		}
	}
	dir := t.TempDir()
	put := func(name string, b []byte) {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var text strings.Builder
	for _, n := range slices.Sorted(maps.Keys(pictures)) {
		fmt.Fprintf(&text, "![一张图](%s)\n\n", n)
	}
	for _, n := range slices.Sorted(maps.Keys(papers)) {
		fmt.Fprintf(&text, "[拿走](files/%s)\n\n", n)
	}
	beside := func(record string) {
		at := path.Dir(record)
		for n, b := range pictures {
			put(at+"/"+n, b)
		}
		for n, b := range recordings {
			put(at+"/"+n, b)
		}
		for n, b := range transcripts {
			put(at+"/"+n, b)
		}
		for n, b := range papers {
			put(at+"/files/"+n, b)
		}
	}
	covered := map[string]bool{}
	for kind, recordFile := range recordFiles {
		base := maps.Clone(needed[kind])
		switch kind {
		case content.KindSite:
			base["cards"], base["editions"] = "all", []string{"zh-Hans", "zh-Hant"}
			base["plaque"] = map[string]any{"base_url": "https://h.cn/"}
		case content.KindExhibit:
			base["heroes"] = []string{"shown-0"}
		case content.KindScreen:
			base["heroes"], base["briefs"] = []string{"shown-0"}, []string{"jiu-ren"}
		case content.KindBook:
			delete(base, "cover")
		case content.KindChapter:
			base["part"] = "一张图" // as the part is named that has the pictures
		case content.KindHero:
			base["honors"] = []any{map[string]any{"title": "好人"}}
		}
		beside(recordFile)
		put(recordFile, []byte(head(kind, base, text.String())))
		for key, trail := range fileKeys(kind) {
			what := named[key]
			if what == "" {
				key = "*." + strings.SplitN(key, ".", 2)[1]
				what = named[key]
			}
			files := pictures
			switch what {
			case "picture":
			case "recording":
				files = recordings
			case "film":
				files = map[string][]byte{"i.mp4": recordings["i.mp4"], "j.webm": recordings["j.webm"]}
			case "transcript":
				files = transcripts
			default:
				t.Errorf("%s names a file: say in this test what it takes", key)
				continue
			}
			covered[key] = true
			for i, n := range slices.Sorted(maps.Keys(files)) {
				values := maps.Clone(base)
				values[trail[0].En] = valueAt(trail, n)
				put(another(recordFile, fmt.Sprintf("%s-%d-%c", trail[0].En[:3], i, trail[len(trail)-1].En[0]), kind), []byte(head(kind, again(kind, values, i), "文。\n")))
				if kind == content.KindBook || kind == content.KindVenue {
					beside(another(recordFile, fmt.Sprintf("%s-%d-%c", trail[0].En[:3], i, trail[len(trail)-1].En[0]), kind))
				}
			}
		}
	}
	for key := range named {
		if !covered[key] {
			t.Errorf("no key %s any more: take it out of this test", key)
		}
	}
	for i, n := range slices.Sorted(maps.Keys(pictures)) { // people whom plaques show
		values := maps.Clone(needed[content.KindHero])
		values["portrait"] = map[string]any{"src": n, "alt": "像"}
		values["name"] = "单" + string([]rune("甲乙丙丁戊己")[i])
		put(fmt.Sprintf("content/heroes/shown-%d.md", i), []byte(head(content.KindHero, values, "文。\n")))
		put(fmt.Sprintf("content/venues/yuan/shown-%d.md", i), []byte(head(content.KindExhibit, map[string]any{
			"name": fmt.Sprintf("板%d", i), "kind": "panel", "heroes": []string{fmt.Sprintf("shown-%d", i)}, "plaque": map[string]any{"design": "panel"},
		}, "")))
	}
	put("themes/lamplight/images/extra.jpg", markedJPEG(t, "theme-jpeg"))
	put("themes/lamplight/images/extra.png", markedPNG(t, "theme-png"))
	copyTheme(t, dir)

	o := options(dir)
	if r, err := plaques.Issue(context.Background(), o, nil, "h.cn", rand.NewChaCha8([32]byte{1})); err != nil {
		t.Fatal(err, told(r.Findings))
	}
	r, err := generate.Run(context.Background(), o)
	if err != nil {
		var words strings.Builder
		_ = diag.WriteText(&words, r.Findings, diag.English)
		t.Fatal(err, words.String())
	}
	ends := map[string]int{}
	err = filepath.WalkDir(filepath.Join(dir, "public"), func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		ends[path.Ext(p)]++
		if strings.Contains(filepath.ToSlash(rel), "public/plaques/") && bytes.Contains(b, []byte("<image ")) {
			ends["plaque with a portrait"]++
		}
		if found := marksIn(b); len(found) > 0 {
			t.Errorf("%s: %v", rel, found)
		}
		if strings.HasPrefix(filepath.ToSlash(rel), "public/files/") && path.Ext(p) != ".vtt" { // what was copied is whole, and is clean
			c, err := attachment.Open(bytes.NewReader(b), int64(len(b)))
			if err != nil || "."+c.Kind.Ending("txt") != path.Ext(p) {
				t.Errorf("%s: %v", rel, err)
				return nil
			}
			var again bytes.Buffer
			if _, err := c.WriteTo(&again); err != nil || c.Kind != attachment.ZIP && !bytes.Equal(again.Bytes(), b) {
				t.Errorf("%s: copied again it is another: %v", rel, err)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := ends["plaque with a portrait"]; n < len(pictures) {
		t.Errorf("%d plaques show a portrait, not %d", n, len(pictures))
	}
	for _, ext := range []string{".html", ".jpg", ".png", ".svg", ".pdf", ".epub", ".xlsx", ".zip", ".docx", ".doc", ".mp3", ".m4a", ".mp4", ".ogg", ".opus", ".flac", ".wav", ".aac", ".webm", ".vtt"} {
		if ends[ext] == 0 {
			t.Errorf("no %s was built", ext)
		}
	}
}

// another is a file beside a record for one more of its kind.
func another(recordFile, name string, kind content.Kind) string {
	switch kind {
	case content.KindBook, content.KindVenue:
		return path.Join(path.Dir(path.Dir(recordFile)), name, "_index.md")
	case content.KindReport:
		return path.Join(path.Dir(recordFile), fmt.Sprint(1990+int(name[4]-'0'))+".md")
	}
	return path.Join(path.Dir(recordFile), name+".md")
}

// again gives one more record of a kind what must differ.
func again(kind content.Kind, values map[string]any, i int) map[string]any {
	switch kind {
	case content.KindReport:
		values["year"] = 1990 + i
	case content.KindHero:
		values["name"] = "李" + string([]rune("甲乙丙丁戊己庚辛壬癸子丑")[i])
	}
	return values
}

// copyTheme lays the theme of the program beside what is in the site's own already.
func copyTheme(t *testing.T, dir string) {
	t.Helper()
	err := fs.WalkDir(options("").Themes, "lamplight", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := fs.ReadFile(options("").Themes, p)
		if err != nil {
			return err
		}
		to := filepath.Join(dir, "themes", filepath.FromSlash(p))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		return os.WriteFile(to, b, 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func base64Of(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

var (
	marked  = regexp.MustCompile(mark + `-[a-z0-9-]+`)
	dataURL = regexp.MustCompile(`data:[a-z/+]+;base64,([A-Za-z0-9+/=]+)`)
)

// marksIn lists the marks in a file, in UTF-8 and UTF-16, in hexadecimal, within archives,
// within data addresses and within whatever Flate has packed.
func marksIn(b []byte) []string {
	return slices.Compact(slices.Sorted(slices.Values(marksWithin(b, 0))))
}

func marksWithin(b []byte, depth int) []string {
	if depth > 4 {
		return nil
	}
	var out []string
	for _, m := range marked.FindAll(b, -1) {
		out = append(out, string(m))
	}
	if bytes.Contains(b, []byte(wide(mark))) || bytes.Contains(b, []byte("\x00"+wide(mark)[:len(wide(mark))-1])) {
		out = append(out, "in UTF-16")
	}
	if upper := bytes.ToUpper(b); bytes.Contains(upper, fmt.Appendf(nil, "%X", mark)) || bytes.Contains(upper, fmt.Appendf(nil, "%X", wide(mark))) {
		out = append(out, "in hexadecimal")
	}
	if r, err := zip.NewReader(bytes.NewReader(b), int64(len(b))); err == nil {
		for _, f := range r.File {
			out = append(out, marksWithin([]byte(f.Name+f.Comment), depth+1)...)
			if rc, err := f.Open(); err == nil {
				part, _ := io.ReadAll(io.LimitReader(rc, 64<<20))
				rc.Close()
				out = append(out, marksWithin(part, depth+1)...)
			}
		}
	}
	for _, m := range dataURL.FindAllSubmatch(b, -1) {
		if part, err := base64.StdEncoding.DecodeString(string(m[1])); err == nil {
			out = append(out, marksWithin(part, depth+1)...)
		}
	}
	for at := 0; ; { // streams of zlib, as PDF and PNG have them
		i := bytes.IndexByte(b[at:], 0x78)
		if i < 0 || at+i+2 > len(b) {
			return out
		}
		at += i + 1
		if (0x7800|int(b[at]))%31 != 0 {
			continue
		}
		z, err := zlib.NewReader(bytes.NewReader(b[at-1:]))
		if err != nil {
			continue
		}
		part, err := io.ReadAll(io.LimitReader(z, 1<<20))
		var cut flate.CorruptInputError
		if len(part) > 20 && (err == nil || !strings.Contains(err.Error(), cut.Error())) {
			out = append(out, marksWithin(part, depth+1)...)
		}
	}
}
