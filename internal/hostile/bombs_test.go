package hostile

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"hash/adler32"
	"hash/crc32"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"

	"mingdeng/internal/attachment"
	"mingdeng/internal/bundle"
	pictures "mingdeng/internal/picture"
	"mingdeng/internal/vtt"
)

// deflatedOften is a text n times over as a DEFLATE stream (RFC 1951). Only two copies are
// compressed: the second may refer to the first, and the third is as the second. So the text
// is to be longer than the 32 KB that one can refer to.
func deflatedOften(text string, n int) []byte {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.DefaultCompression)
	if err != nil {
		panic(err)
	}
	var ends []int
	for range 2 {
		_, err := io.WriteString(w, text)
		if err := errors.Join(err, w.Flush()); err != nil {
			panic(err)
		}
		ends = append(ends, b.Len())
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	made := b.Bytes()
	return slices.Concat(made[:ends[0]], bytes.Repeat(made[ends[0]:ends[1]], n-1), made[ends[1]:])
}

// bombs are small files that say they are large, or unpack to much, or lead in circles, by
// what reads them; made once.
var bombs = sync.OnceValue(func() map[string]map[string][]byte {
	rep := strings.Repeat
	be := func(n uint32) string { return string(binary.BigEndian.AppendUint32(nil, n)) }
	box := func(kind, body string) string { return be(uint32(8+len(body))) + kind + body }
	deep := func(kind string, n int) string {
		s := ""
		for range n {
			s = box(kind, s)
		}
		return s
	}
	brands := box("ftyp", "M4A \x00\x00\x02\x00M4A isom")
	had := map[int]string{}
	packed := func(n int) string {
		if s := had[n]; s != "" {
			return s
		}
		sum := adler32.New()
		zero := make([]byte, 1<<20)
		for range n {
			_, _ = sum.Write(zero) // a hash never fails
		}
		had[n] = "\x78\x9c" + string(sum.Sum(deflatedOften(string(zero), n)))
		return had[n]
	}
	pdf := func(s string) string { return "%PDF-1.5\n" + s + "\ntrailer << /Root 1 0 R >>\n%%EOF" }
	stream := func(dict, body string) string {
		return "1 0 obj\n<< " + dict + " >>\nstream\n" + body + "\nendstream\nendobj\n"
	}
	zips := func(names []string, text string, n int) string {
		sum := crc32.NewIEEE()
		for range n {
			_, _ = io.WriteString(sum, text)
		}
		packed := deflatedOften(text, n)
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, name := range names {
			w, err := z.CreateRaw(&zip.FileHeader{
				Name: name, Method: zip.Deflate, CRC32: sum.Sum32(), CompressedSize64: uint64(len(packed)), UncompressedSize64: uint64(n * len(text)),
			})
			if err == nil {
				_, err = w.Write(packed)
			}
			if err != nil {
				panic(err)
			}
		}
		if err := z.Close(); err != nil {
			panic(err)
		}
		return b.String()
	}
	nested := zips([]string{"a.txt"}, rep("a", 1<<20), 8)
	for range 8 {
		nested = zips([]string{"a.zip", "b.zip", "c.zip"}, nested, 1)
	}
	chunk := func(kind, body string) string {
		return be(uint32(len(body))) + kind + body + be(crc32.ChecksumIEEE([]byte(kind+body)))
	}
	png := func(w, h uint32, kind string, chunks ...string) string {
		return "\x89PNG\r\n\x1a\n" + chunk("IHDR", be(w)+be(h)+kind+"\x00\x00\x00") + strings.Join(chunks, "") + chunk("IEND", "")
	}
	sound := map[string]string{
		"ID3 of 256 MB":            "ID3\x04\x00\x00\x7f\x7f\x7f\x7f" + rep("a", 1000),
		"ID3 after ID3":            rep("ID3\x04\x00\x00\x00\x00\x00\x00", 2000) + rep("\xff\xfb\x90\x00"+rep("\x00", 413), 3),
		"frames that are none":     rep("\xff", 20_000),
		"frames of no length":      rep("\xff\xfb\x00\x00", 5_000),
		"an APE tag of 4 GB":       rep("\xff\xfb\x90\x00"+rep("\x00", 413), 3) + "APETAGEX\xd0\x07\x00\x00\xff\xff\xff\xff\xff\xff\xff\xff" + rep("\x00", 12),
		"a box of 4 GB":            brands + be(1<<32-1) + "moov",
		"a box of 2^63 bytes":      brands + be(1) + "mdat" + rep("\x7f", 8),
		"boxes in boxes":           brands + deep("moov", 1200),
		"tracks in tracks":         brands + box("moov", deep("trak", 1200)),
		"4,000 million samples":    brands + box("moov", box("trak", box("mdia", box("hdlr", rep("\x00", 8)+"soun"+rep("\x00", 13))+box("minf", box("stbl", box("stsd", be(0)+be(1)+box("mp4a", rep("\x00", 28)))+box("stsz", be(0)+be(0)+be(1<<32-1))+box("stco", be(0)+be(1<<32-1))+box("stts", be(0)+be(1<<32-1))))))) + box("mdat", "a"),
		"samples in one run":       brands + box("moov", box("trak", box("mdia", box("hdlr", rep("\x00", 8)+"soun"+rep("\x00", 13))+box("minf", box("stbl", box("stsd", be(0)+be(1)+box("mp4a", rep("\x00", 28)))+box("stsz", be(0)+be(1)+be(1<<32-1))+box("stsc", be(0)+be(1)+be(1)+be(1<<32-1)+be(1))+box("stco", be(0)+be(1)+be(9))+box("stts", be(0)+be(1)+be(1<<32-1)+be(1<<32-1))))))) + box("mdat", "a"),
		"many tracks":              brands + box("moov", rep(box("trak", ""), 1000)),
		"pages of Ogg of nothing":  rep("OggS\x00\x02"+rep("\x00", 20)+"\x00", 700),
		"a comment of 4 GB in Ogg": "OggS\x00\x02" + rep("\x00", 20) + "\x01\x13OpusHead\x01\x01" + rep("\x00", 9) + "OggS\x00\x00" + rep("\x00", 20) + "\x01\x10OpusTags\xff\xff\xff\xff" + rep("a", 4),
		"blocks of FLAC":           "fLaC" + rep("\x01\xff\xff\xff", 100),
		"a WAV of 4 GB":            "RIFF\xff\xff\xff\xffWAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00data\xff\xff\xff\xffaaaa",
		"chunks of nothing":        "RIFF\xff\xff\xff\x7fWAVE" + rep("aaaa\x00\x00\x00\x00", 1200),
		"elements of unknown size": "\x1a\x45\xdf\xa3\x87\x42\x82\x84webm" + rep("\x18\x53\x80\x67\xff", 2000),
		"elements of 2^56 bytes":   "\x1a\x45\xdf\xa3\x87\x42\x82\x84webm\x18\x53\x80\x67\x01" + rep("\xff", 7) + "\x1f\x43\xb6\x75\x01\xfe" + rep("\xff", 6),
	}
	papers := map[string]string{
		"256 MB in a stream of PDF":  pdf(stream("/Filter /FlateDecode", packed(256))),
		"streams of 16 MB":           pdf(rep(stream("/Filter /FlateDecode", packed(16)), 60)),
		"filters on filters":         pdf(stream("/Filter ["+rep("/FlateDecode ", 1000)+"]", packed(16))),
		"object streams":             pdf(rep(stream("/Type /ObjStm /N 99999999 /First 9 /Filter /FlateDecode", packed(8)), 60)),
		"lists in lists in PDF":      pdf("1 0 obj\n" + rep("<< /A ", 3000)),
		"brackets in a string":       pdf("1 0 obj\n<< /Author " + rep("(", 20_000)),
		"a stream of 10^11 bytes":    pdf(stream("/Length 99999999999", "a")),
		"objects that name another":  pdf("1 0 obj << /Length 2 0 R >> stream\na\nendstream endobj 2 0 obj 1 0 R endobj"),
		"archives in archives":       nested,
		"an archive of 300 MB":       zips([]string{"a.txt"}, rep("a", 1<<20), 300),
		"a Word file of 300 MB":      zips([]string{"[Content_Types].xml", "word/document.xml"}, rep("<a/>", 1<<18), 300),
		"a compound file in circles": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + rep("\x00", 22) + "\x09\x00\x06\x00" + rep("\x00", 10) + be(0xffffff7f) + rep("\x01\x00\x00\x00", 115) + rep("\x01\x00\x00\x00", 256),
		"a text of one line":         rep("甲", 1<<20),
	}
	gif := func(w, h string, body string) string {
		return "GIF89a" + w + h + "\x80\x00\x00\x00\x00\x00\xff\xff\xff" + body
	}
	frame := func(size string) string { return ",\x00\x00\x00\x00" + size + "\x00\x02\x02\x4c\x01\x00" }
	drawn := map[string]string{
		"colours of 256 MB":           png(8, 8, "\x08\x02", chunk("iCCP", "a\x00\x00"+packed(256)), chunk("IDAT", packed(1))),
		"a text of 256 MB":            png(8, 8, "\x08\x02", chunk("zTXt", "a\x00\x00"+packed(256)), chunk("IDAT", packed(1))),
		"two colours, 40,000 wide":    png(40_000, 40_000, "\x01\x00", chunk("IDAT", packed(200))),
		"two colours, 10^9 wide":      png(1<<30, 1, "\x01\x00", chunk("IDAT", packed(128))),
		"chunks of nothing":           png(8, 8, "\x08\x02", rep(chunk("tEXt", ""), 900), chunk("IDAT", packed(1))),
		"frames of APNG":              png(8, 8, "\x08\x02", chunk("acTL", be(1<<31-1)+be(0)), rep(chunk("fcTL", be(0)+be(1<<30)+be(1<<30)+rep("\x00", 14)), 200), chunk("IDAT", packed(1))),
		"a GIF of 65,535":             gif("\xff\xff", "\xff\xff", frame("\xff\xff\xff\xff")+";"),
		"frames of GIF":               gif("\x00\x08", "\x00\x08", rep(frame("\x00\x08\x00\x08"), 700)+";"),
		"a JPEG of 65,535":            "\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff\x03\x01\x22\x00\x02\x11\x00\x03\x11\x00\xff\xd9",
		"notes in JPEG":               "\xff\xd8" + rep("\xff\xe1\x00\x08Exif\x00\x00", 1000) + "\xff\xd9",
		"EXIF in circles":             "\xff\xd8\xff\xe1\x00\x24Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x87\x69\x00\x04\x00\x00\x00\x01\x00\x00\x00\x08\x00\x00\x00\x08\xff\xc0\x00\x0b\x08\x00\x08\x00\x08\x01\x01\x11\x00\xff\xd9",
		"EXIF of 65,535 entries":      "\xff\xd8\xff\xe1\x00\x18Exif\x00\x00MM\x00*\x00\x00\x00\x08\xff\xff\x01\x12\x00\x03\xff\xff\xff\xff\xff\xd9",
		"a WebP of 16,384":            "RIFF\x20\x00\x00\x00WEBPVP8L\x10\x00\x00\x00\x2f\xff\xff\xff\x0f" + rep("\x00", 12),
		"a WebP that says 2^24":       "RIFF\xff\xff\xff\x7fWEBPVP8X\x0a\x00\x00\x00\x02\x00\x00\x00\xff\xff\xff\xff\xff\xff",
		"a drawing of 256 MB, packed": "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff" + packed(256)[2:],
		"a drawing in a drawing":      rep(`<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">`, 3000),
		"entities of entities":        "<!DOCTYPE svg [" + entities() + `]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>&j;</text></svg>`,
		"a picture in a drawing":      `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">` + rep(`<image width="9" height="9" href="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAnEAAAJxACAYAAAA="/>`, 90) + `</svg>`,
		"selectors upon selectors":    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><style>` + rep("a b c d e,", 400) + `g{fill:red}</style>` + rep("<g>", 400) + rep("</g>", 400) + `</svg>`,
		"variables of variables":      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><style>g{` + variables() + `fill:var(--j)}</style><g><path d="M0 0h9v9z"/></g></svg>`,
		"numbers beyond numbers":      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1e308 1e-308" width="1e308" height="-1e308"><path d="M1e308 1e308L-1e308 1e400z" stroke="#000" stroke-width="1e308" transform="scale(1e200) scale(1e200)"/></svg>`,
		"a filter of a large area":    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><filter id="f" x="-1e9" y="-1e9" width="2e9" height="2e9">` + rep(`<feGaussianBlur stdDeviation="1e9"/><feTile/>`, 200) + `</filter><path filter="url(#f)" d="M0 0h9v9z"/></svg>`,
		"a pattern of small pieces":   `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><pattern id="p" width="1e-9" height="1e-9"><path d="M0 0h9v9z"/></pattern><path fill="url(#p)" d="M0 0h9v9z"/></svg>`,
	}
	words := map[string]string{
		"cues":          "WEBVTT\n\n" + rep("00:00.000 --> 00:01.000\n甲\n\n", 400),
		"tags in tags":  "WEBVTT\n\n00:00.000 --> 00:01.000\n" + rep("<b><v 甲>", 1000),
		"open tags":     "WEBVTT\n\n00:00.000 --> 00:01.000\n" + rep("<", 10_000),
		"years of time": "WEBVTT\n\n99999999999999999999:00:00.000 --> 99999999999999999999:59:59.999\n甲\n",
		"arrows":        "WEBVTT\n\n" + rep("-->", 3000),
		"blank lines":   "WEBVTT" + rep("\n", 10_000),
	}
	out := map[string]map[string][]byte{}
	for sort, m := range map[string]map[string]string{"recordings": sound, "papers": papers, "pictures": drawn, "words": words} {
		out[sort] = map[string][]byte{}
		for name, s := range m {
			out[sort][name] = []byte(s)
		}
	}
	return out
})

func entities() string {
	s := `<!ENTITY a "aaaaaaaaaa">`
	for c := 'b'; c <= 'j'; c++ {
		s += "<!ENTITY " + string(c) + ` "` + strings.Repeat("&"+string(c-1)+";", 10) + `">`
	}
	return s
}

func variables() string {
	s := "--a:red;"
	for c := 'b'; c <= 'j'; c++ {
		s += "--" + string(c) + ":" + strings.Repeat("var(--"+string(c-1)+") ", 10) + ";"
	}
	return s
}

// TestBombs: what a stranger sends, a picture, a recording, a paper, asks for no more time and
// memory than its size allows, whatever it says of itself. Bounds are those of lab.bounded.
func TestBombs(t *testing.T) {
	for sort, files := range bombs() {
		for name, src := range files {
			t.Run(sort+"/"+name, func(t *testing.T) { readBounded(t, sort, src) })
		}
	}
}

// FuzzBombs: the same of whatever the fuzzer makes of them.
func FuzzBombs(f *testing.F) {
	for sort, files := range bombs() {
		for _, src := range files {
			if len(src) <= 32<<10 {
				f.Add(sort, src)
			}
		}
	}
	f.Fuzz(func(t *testing.T, sort string, src []byte) {
		if len(src) <= 64<<10 {
			readBounded(t, sort, src)
		}
	})
}

func readBounded(t *testing.T, sort string, src []byte) {
	readers := map[string][]func([]byte){
		"recordings": {copied}, "papers": {copied, unpacked}, "pictures": {showsPicture},
		"words": {copied, func(b []byte) { vtt.Parse(b) }},
	}
	l := &lab{tell: true}
	for _, read := range readers[sort] {
		clock := startClock()
		asked := allocated(func() { read(src) })
		l.bounded(t, len(src), clock.stop(), asked)
	}
}

func showsPicture(src []byte) {
	m, err := pictures.Inspect(bytes.NewReader(src), int64(len(src)))
	if err != nil {
		return
	}
	if m, _, err = pictures.Examine(src, m); err != nil {
		return
	}
	for _, v := range pictures.Variants(m) {
		if pictures.Encode(io.Discard, src, m, v) != nil {
			return
		}
	}
	if m.Format == pictures.SVG {
		_, _ = pictures.Draw(src, 1200) // refused or drawn: both are well
	}
}

func copied(src []byte) {
	if c, err := attachment.Open(bytes.NewReader(src), int64(len(src))); err == nil {
		_, _ = c.WriteTo(io.Discard)
	}
}

func unpacked(src []byte) {
	if a, err := bundle.Open(bytes.NewReader(src), int64(len(src))); err == nil {
		_ = a.Each(func(string, []byte) error { return nil })
	}
}
