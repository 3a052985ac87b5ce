package hostile

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// Files with a mark in every place where devices and programs write what they know. The
// marks are words of their own, so that a failing test says which place it is.

const mark = "METATOKEN"

func in(place string) string { return mark + "-" + place }

// wide is UTF-16, low byte first.
func wide(s string) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return string(b)
}

func be32(n int) string { return string(binary.BigEndian.AppendUint32(nil, uint32(n))) }
func le32(n int) string { return string(binary.LittleEndian.AppendUint32(nil, uint32(n))) }
func le16(n int) string { return string(binary.LittleEndian.AppendUint16(nil, uint16(n))) }

// shades is a picture of many colours, so that it is a photograph to whoever asks.
func shades(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.Set(x, y, color.RGBA{uint8(x * 255 / w), uint8(y * 255 / h), uint8(x * y), 255})
		}
	}
	return img
}

// exifOf is a TIFF structure with words in its directory and in that of the place.
func exifOf(place string) string {
	text := in(place) + "\x00"
	gps := 8 + 2 + 3*12 + 4 + len(text)
	s := "II*\x00" + le32(8) + le16(3)
	s += le16(0x010f) + le16(2) + le32(len(text)) + le32(gps-len(text)) // Make
	s += le16(0x0112) + le16(3) + le32(1) + le16(6) + le16(0)           // Orientation
	s += le16(0x8825) + le16(4) + le32(1) + le32(gps) + le32(0) + text  // GPS
	map1 := in(place+"-gps") + "\x00"
	return s + le16(1) + le16(0x12) + le16(2) + le32(len(map1)) + le32(gps+18) + le32(0) + map1
}

func segmentOf(mark byte, body string) string {
	return string([]byte{0xff, mark, byte((len(body) + 2) >> 8), byte(len(body) + 2)}) + body
}

func markedJPEG(t testing.TB, at string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, shades(120, 90), nil); err != nil {
		t.Fatal(err)
	}
	src := b.String()
	film := string(markedMP4(at+"-film", "", "")) // as telephones put behind a moving photograph
	return []byte(src[:2] + segmentOf(0xe1, "Exif\x00\x00"+exifOf(at+"-exif")) + segmentOf(0xe1, "http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>"+in(at+"-xmp")+"</x:xmpmeta>") +
		segmentOf(0xed, "Photoshop 3.0\x008BIM"+in(at+"-iptc")) + segmentOf(0xe2, "ICC_PROFILE\x00\x01\x01"+in(at+"-icc")) + segmentOf(0xe2, "MPF\x00"+in(at+"-mpf")) +
		segmentOf(0xec, in(at+"-ducky")) + segmentOf(0xef, in(at+"-app15")) + segmentOf(0xfe, in(at+"-comment")) + src[2:] + film)
}

func chunkOf(kind, body string) string {
	return be32(len(body)) + kind + body + be32(int(crc32.ChecksumIEEE([]byte(kind+body))))
}

func deflated(s string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	w.Write([]byte(s))
	w.Close()
	return b.String()
}

func markedPNG(t testing.TB, at string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, shades(90, 120)); err != nil {
		t.Fatal(err)
	}
	src := b.String()
	return []byte(src[:33] + chunkOf("tEXt", "Comment\x00"+in(at+"-text")) + chunkOf("zTXt", "Comment\x00\x00"+deflated(in(at+"-ztxt"))) +
		chunkOf("iTXt", "XML:com.adobe.xmp\x00\x00\x00\x00\x00"+in(at+"-itxt")) + chunkOf("eXIf", exifOf(at+"-exif")) + chunkOf("iCCP", in(at+"-iccp")) + src[33:] + in(at+"-tail"))
}

func markedGIF(t testing.TB, at string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := gif.Encode(&b, shades(60, 80), nil); err != nil {
		t.Fatal(err)
	}
	src := b.String()
	head := 13 + 3<<(1+src[10]&7)
	block := func(s string) string { return string([]byte{byte(len(s))}) + s }
	return []byte(src[:head] + "\x21\xfe" + block(in(at+"-comment")) + "\x00\x21\xff" + block("XMP DataXMP") + block(in(at+"-xmp")) + "\x00" + src[head:] + in(at+"-tail"))
}

func markedWebP(t testing.TB, at string) []byte {
	t.Helper()
	src, err := os.ReadFile("../picture/testdata/lossy.webp")
	if err != nil {
		t.Fatal(err)
	}
	chunk := func(name, body string) string {
		return name + le32(len(body)) + body + strings.Repeat("\x00", len(body)%2)
	}
	body := string(src[12:]) + chunk("EXIF", exifOf(at+"-exif")) + chunk("XMP ", in(at+"-xmp"))
	return []byte("RIFF" + le32(len(body)+4) + "WEBP" + body + in(at+"-tail"))
}

func markedSVG(t testing.TB, at string) []byte {
	photo := markedJPEG(t, at+"-within")
	return fmt.Appendf(nil, `<?xml version="1.0"?><!-- %s --><?note %s?><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:i="http://www.inkscape.org/namespaces/inkscape" `+
		`xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" viewBox="0 0 90 120" data-made="%s" i:export-filename="%s"><metadata><rdf:RDF>%s</rdf:RDF></metadata>`+
		`<style>/* %s */ .a{fill:#a00}</style><path class="a" d="M0 0h90v60z"/><image width="9" height="9" xlink:href="data:image/jpeg;base64,%s"/></svg>`,
		in(at+"-comment"), in(at+"-pi"), in(at+"-data"), in(at+"-path"), in(at+"-rdf"), in(at+"-css"), base64Of(photo))
}

// mp3Frames are frames of 8 kbit/s at 8 kHz.
func mp3Frames(n int) string { return strings.Repeat("\xff\xe3\x18\xc4"+strings.Repeat("s", 68), n) }

func markedMP3(t testing.TB, at string) []byte {
	t.Helper()
	frame := func(id, body string) string { return id + be32(len(body)) + "\x00\x00" + body }
	tags := frame("TIT2", "\x03"+in(at+"-title")) + frame("TXXX", "\x01\xff\xfe"+wide("x\x00"+in(at+"-place"))) + frame("APIC", "\x00image/jpeg\x00\x03\x00"+string(markedJPEG(t, at+"-apic"))) +
		frame("GEOB", "\x00application/octet-stream\x00"+in(at+"-geob-name")+"\x00\x00"+in(at+"-geob")) + frame("PRIV", "www.example.com\x00"+in(at+"-priv"))
	n := len(tags)
	id3 := "ID3\x03\x00\x00" + string([]byte{byte(n >> 21 & 127), byte(n >> 14 & 127), byte(n >> 7 & 127), byte(n & 127)}) + tags
	item := le32(len(in(at+"-ape"))) + le32(0) + "Place\x00" + in(at+"-ape")
	ape := item + "APETAGEX" + le32(2000) + le32(len(item)+32) + le32(1) + le32(0) + strings.Repeat("\x00", 8)
	lyrics := "LYRICSBEGIN" + in(at+"-lyrics")
	lyrics += fmt.Sprintf("%06dLYRICS200", len(lyrics))
	v1 := "TAG" + in(at+"-v1")
	return []byte(id3 + mp3Frames(8) + id3 + mp3Frames(8) + ape + lyrics + v1 + strings.Repeat("\x00", 128-len(v1)))
}

func markedAAC(t testing.TB, at string) []byte {
	frames := ""
	for range 6 {
		const size = 7 + 57
		frames += string([]byte{0xff, 0xf1, 1<<6 | 4<<2, 2 << 6, size >> 3, size & 7 << 5, 0}) + strings.Repeat("a", size-7)
	}
	return []byte("ID3\x03\x00\x00\x00\x00\x00\x30" + fmt.Sprintf("%-48s", in(at+"-id3")) + frames + "TAG" + fmt.Sprintf("%-125s", in(at+"-v1")))
}

func boxOf(name string, parts ...string) string {
	body := strings.Join(parts, "")
	return be32(len(body)+8) + name + body
}

// markedMP4 is an MP4 of one track of sound, with pictures where film is not empty; tail
// stands behind its last box.
func markedMP4(at, film, tail string) []byte {
	zeros := func(n int) string { return strings.Repeat("\x00", n) }
	sound := strings.Repeat("m", 300)
	hidden := in(at + "-unplayed")
	track := func(kind, entry string, offset, size int) string {
		stbl := boxOf("stbl", boxOf("stsd", zeros(4), be32(1), entry), boxOf("stts", zeros(4), be32(1), be32(1), be32(1024)), boxOf("stsc", zeros(4), be32(1), be32(1), be32(1), be32(1)),
			boxOf("stsz", zeros(4), be32(0), be32(1), be32(size)), boxOf("stco", zeros(4), be32(1), be32(offset)))
		minf := boxOf("minf", boxOf("smhd", zeros(8)), boxOf("dinf", boxOf("dref", zeros(4), be32(1), boxOf("url ", zeros(3), "\x01"))), stbl)
		return boxOf("trak", boxOf("tkhd", zeros(84)), boxOf("udta", boxOf("name", in(at+"-track-name"))), boxOf("meta", in(at+"-track-meta")),
			boxOf("mdia", boxOf("mdhd", zeros(24)), boxOf("hdlr", zeros(8), kind, zeros(12), in(at+"-handler")), minf))
	}
	build := func(base int) string {
		tracks := track("soun", boxOf("mp4a", zeros(28), boxOf("esds", zeros(20)), boxOf("uuid", in(at+"-entry-uuid"))), base, len(sound))
		if film != "" {
			tracks += track("vide", boxOf("avc1", zeros(42), "\x1f"+fmt.Sprintf("%-31.31s", in(at+"-compressor")), zeros(4), boxOf("avcC", zeros(8))), base+len(sound), len(film))
		}
		tracks += track("meta", boxOf("mebx", zeros(8), in(at+"-mebx")), base+len(sound)+len(film), len(hidden))
		moov := boxOf("moov", boxOf("mvhd", zeros(12), be32(8000), be32(16000), zeros(80)), tracks,
			boxOf("udta", boxOf("\xa9xyz", in(at+"-xyz")), boxOf("loci", in(at+"-loci")), boxOf("meta", zeros(4), in(at+"-ilst"))),
			boxOf("meta", boxOf("keys", "com.apple.quicktime.location.ISO6709", in(at+"-apple")), boxOf("ilst", in(at+"-apple-value"))))
		return boxOf("ftyp", "mp42", zeros(4), "mp42isom") + moov + boxOf("uuid", "\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac", in(at+"-xmp")) +
			boxOf("free", in(at+"-free")) + boxOf("mdat", sound, film, hidden)
	}
	whole := build(0)
	return []byte(build(strings.Index(whole, sound)) + tail)
}

// oggPageOf is one page with whole packets.
func oggPageOf(serial, seq, flags int, packets ...string) string {
	lacing, body := "", ""
	for _, p := range packets {
		lacing += strings.Repeat("\xff", len(p)/255) + string([]byte{byte(len(p) % 255)})
		body += p
	}
	page := []byte("OggS\x00" + string([]byte{byte(flags)}) + le32(48000) + le32(0) + le32(serial) + le32(seq) + le32(0) + string([]byte{byte(len(lacing))}) + lacing + body)
	var crc uint32
	for _, c := range page {
		crc ^= uint32(c) << 24
		for range 8 {
			if crc&(1<<31) != 0 {
				crc = crc<<1 ^ 0x04c11db7
			} else {
				crc <<= 1
			}
		}
	}
	binary.LittleEndian.PutUint32(page[22:], crc)
	return string(page)
}

// commentsOf is a Vorbis comment header.
func commentsOf(at string) string {
	s := le32(len(in(at+"-vendor"))) + in(at+"-vendor") + le32(2)
	for _, c := range []string{"LOCATION=" + in(at+"-location"), "METADATA_BLOCK_PICTURE=" + in(at+"-picture")} {
		s += le32(len(c)) + c
	}
	return s
}

func markedOgg(codec, at string) []byte {
	first, second, third := "OpusHead\x01\x01\x00\x00\x80\xbb\x00\x00\x00\x00\x00", "OpusTags"+commentsOf(at)+"\x00"+in(at+"-padding"), ""
	switch codec {
	case "vorbis":
		first = "\x01vorbis" + le32(0) + "\x01" + le32(48000) + strings.Repeat("\x00", 12) + "\xb8\x01"
		second, third = "\x03vorbis"+commentsOf(at)+"\x01", "\x05vorbis"+strings.Repeat("v", 40)
	case "flac":
		first = "\x7fFLAC\x01\x00\x00\x02fLaC\x00\x00\x00\x22" + flacInfo
		second, third = "\x04"+be32(len(commentsOf(at)))[1:]+commentsOf(at), "\x86"+be32(len(in(at + "-pic")))[1:]+in(at+"-pic")
	}
	rest := []string{second}
	if third != "" {
		rest = append(rest, third)
	}
	return []byte(oggPageOf(7, 0, 2, first) + in(at+"-between") + oggPageOf(7, 1, 0, rest...) + oggPageOf(7, 2, 4, strings.Repeat("o", 90)) + in(at+"-tail"))
}

// flacInfo says 8 kHz, one channel, 8 bits, 16,000 samples.
var flacInfo = "\x10\x00\x10\x00" + strings.Repeat("\x00", 6) + "\x01\xf4\x00\x70\x00\x00\x3e\x80" + strings.Repeat("\x00", 16)

func markedFLAC(at string) []byte {
	block := func(kind byte, body string) string { return string([]byte{kind}) + be32(len(body))[1:] + body }
	return []byte("fLaC" + block(0, flacInfo) + block(4, commentsOf(at)) + block(6, in(at+"-picture")) + block(2, "test"+in(at+"-application")) + block(5, in(at+"-cuesheet")) + block(0x81, in(at+"-padding")) +
		"\xff\xf8" + strings.Repeat("f", 200) + "TAG" + fmt.Sprintf("%-125s", in(at+"-v1")))
}

func markedWAV(at string) []byte {
	chunk := func(name, body string) string {
		return name + le32(len(body)) + body + strings.Repeat("\x00", len(body)%2)
	}
	body := chunk("JUNK", in(at+"-junk")) + chunk("bext", in(at+"-bext")) + chunk("fmt ", le16(1)+le16(1)+le32(8000)+le32(16000)+le16(2)+le16(16)) +
		chunk("data", strings.Repeat("w", 400)) + chunk("LIST", "INFOIART"+in(at+"-info")) + chunk("iXML", in(at+"-ixml")) + chunk("id3 ", in(at+"-id3")) + chunk("_PMX", in(at+"-xmp"))
	return []byte("RIFF" + le32(len(body)+4) + "WAVE" + body + in(at+"-tail"))
}

func markedWebM(at string) []byte {
	el := func(id, body string) string { // sizes of two bytes
		return id + string([]byte{0x40 | byte(len(body)>>8), byte(len(body))}) + body
	}
	info := el("\x15\x49\xa9\x66", el("\x2a\xd7\xb1", "\x0f\x42\x40")+el("\x7b\xa9", in(at+"-title"))+el("\x4d\x80", in(at+"-muxer"))+el("\x57\x41", in(at+"-writer"))+el("\x73\x84", in(at+"-filename")))
	setup := "\x02\x1e" + string([]byte{byte(len("\x03vorbis" + commentsOf(at) + "\x01"))}) + strings.Repeat("i", 30) + "\x03vorbis" + commentsOf(at) + "\x01" + "\x05vorbisss"
	tracks := el("\x16\x54\xae\x6b", el("\xae", el("\xd7", "\x01")+el("\x83", "\x02")+el("\x53\x6e", in(at+"-track"))+el("\x86", "A_VORBIS")+el("\x63\xa2", setup))+
		el("\xae", el("\xd7", "\x02")+el("\x83", "\x01")+el("\x53\x6e", in(at+"-film"))+el("\x86", "V_VP8")+el("\xe0", el("\xb0", "\x10")+el("\xba", "\x10"))))
	cluster := el("\x1f\x43\xb6\x75", el("\xe7", "\x00")+el("\xa3", "\x81\x00\x00\x80"+strings.Repeat("b", 60)))
	rest := el("\x12\x54\xc3\x67", in(at+"-tags")) + el("\x19\x41\xa4\x69", in(at+"-attached")) + el("\x10\x43\xa7\x70", in(at+"-chapters")) + el("\xec", in(at+"-void"))
	return []byte(el("\x1a\x45\xdf\xa3", el("\x42\x82", "webm")) + el("\x18\x53\x80\x67", info+tracks+rest+cluster))
}

// zipOf packs files, with marks in what archives hold of their own.
func zipOf(t testing.TB, at string, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	if err := w.SetComment(in(at + "-zip-comment")); err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Comment: in(at + "-entry-comment"), Extra: []byte("ZZ" + le16(len(in(at+"-extra"))) + in(at+"-extra"))})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(files[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func markedOffice(t testing.TB, kind, at string) []byte {
	dir := map[string]string{"docx": "word", "xlsx": "xl", "pptx": "ppt"}[kind]
	main := map[string]string{"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}[kind]
	files := map[string]string{
		"[Content_Types].xml":       `<Types/>`,
		"_rels/.rels":               `<Relationships><Relationship Id="a" Type="x/officeDocument" Target="` + main + `"/><Relationship Id="b" Type="x/thumbnail" Target="docProps/thumbnail.jpeg"/></Relationships>`,
		"docProps/core.xml":         `<a><dc:creator>` + in(at+"-creator") + `</dc:creator></a>`,
		"docProps/app.xml":          `<a><Company>` + in(at+"-company") + `</Company></a>`,
		"docProps/custom.xml":       `<a>` + in(at+"-custom") + `</a>`,
		"docProps/thumbnail.jpeg":   string(markedJPEG(t, at+"-thumbnail")),
		main:                        `<a/>`,
		dir + "/_rels/x.xml.rels":   `<Relationship Id="c" Type="x" Target="file:///C:\` + in(at+"-template") + `" TargetMode="External"/>`,
		dir + "/media/image1.jpeg":  string(markedJPEG(t, at+"-media")),
		dir + "/media/image2.png":   string(markedPNG(t, at+"-media")),
		dir + "/media/image3.emf":   "\x01\x00\x00\x00 EMF" + string(markedJPEG(t, at+"-emf")),
		dir + "/media/media1.m4a":   string(markedMP4(at+"-m4a", "", "")),
		dir + "/embeddings/ole.bin": string(markedOLE(t, "xls", at+"-ole")),
	}
	switch kind {
	case "docx":
		files[main] = `<w:ins w:author="` + in(at+"-author") + `"/>正文`
		files["word/comments.xml"] = `<w:comment w:author="` + in(at+"-commenter") + `" w:initials="` + in(at+"-initials") + `"/>`
	case "xlsx":
		files[main] = `<x15ac:absPath url="C:\` + in(at+"-abspath") + `"/>`
		files["xl/comments1.xml"] = `<author>` + in(at+"-author") + `</author>`
		files["xl/printerSettings/printerSettings1.bin"] = wide(in(at + "-printer"))
		files["xl/worksheets/sheet1.xml"] = `<pageSetup paperSize="9" r:id="rId1"/>`
	case "pptx":
		files["ppt/commentAuthors.xml"] = `<p:cmAuthor id="0" name="` + in(at+"-author") + `" initials="` + in(at+"-initials") + `"/>`
	}
	return zipOf(t, at, files)
}

// markedPDF is a PDF whose information dictionary, XMP and photographs have marks, as they
// stand and compressed.
func markedPDF(t testing.TB, at string) []byte {
	photo := string(markedJPEG(t, at+"-photo"))
	stream := func(dict, body string) string {
		return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(body), body)
	}
	xmp := func(place string) string {
		return `<?xpacket begin="" id="W5M0"?><x:xmpmeta xmlns:x="adobe:ns:meta/">` + in(place) + strings.Repeat(" ", 300) + `</x:xmpmeta><?xpacket end="w"?>`
	}
	packed := "9 0 << /Author (" + in(at+"-packed-author") + ") /Title <FEFF" + fmt.Sprintf("%X", wide(in(at+"-packed-title"))) + "> >>"
	objects := []string{
		"<< /Type /Catalog >>",
		"<< /Author (" + in(at+"-author") + " \\(a\\)) /Creator <" + fmt.Sprintf("%X", in(at+"-creator")) + "> /Producer 3 0 R >>",
		"(" + in(at+"-producer") + ")",
		stream("/Type /Metadata /Subtype /XML", xmp(at+"-xmp")),
		stream("/Type /Metadata /Subtype /XML /Filter /FlateDecode", deflated(xmp(at+"-packed-xmp"))),
		stream("/Subtype /Image /Filter /DCTDecode", photo),
		stream("/Subtype /Image /Filter [/FlateDecode /DCTDecode]", deflated(photo)),
		stream("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", deflated(packed)),
	}
	out := "%PDF-1.5\n"
	for i, o := range objects {
		out += fmt.Sprintf("%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	return []byte(out + "trailer\n<< /Root 1 0 R /Info 2 0 R >>\ntrailer\n<< /Info 9 0 R >>\n%%EOF\n")
}

// markedOLE is a file of old Word or Excel: a small file system.
func markedOLE(t testing.TB, kind, at string) []byte {
	t.Helper()
	props := "\xfe\xff\x00\x00\x06\x02\x02\x00" + strings.Repeat("\x00", 16) + le32(1) + strings.Repeat("F", 16) + le32(48) + le32(200) + le32(1) + in(at+"-summary") + wide(in(at+"-summary-wide"))
	type part struct{ name, body string }
	parts := []part{{"\x05SummaryInformation", props}, {"\x05DocumentSummaryInformation", props}, {"Data", string(markedJPEG(t, at+"-data"))}}
	strs := "\xff\xff" + le16(1) + le16(0) + le16(len(in(at+"-savedby"))) + wide(in(at+"-savedby"))
	if kind == "doc" {
		fib := make([]byte, 0x300)
		fib[11] = 2 // 1Table
		binary.LittleEndian.PutUint32(fib[0x2d2:], 16)
		binary.LittleEndian.PutUint32(fib[0x2d6:], uint32(len(strs)))
		parts = append(parts, part{"WordDocument", string(fib)}, part{"1Table", strings.Repeat("\x00", 16) + strs})
	} else {
		who := le16(len(in(at+"-writeaccess"))) + "\x00" + in(at+"-writeaccess")
		parts = append(parts, part{"Workbook", le16(0x809) + le16(16) + strings.Repeat("\x00", 16) + le16(0x5c) + le16(112) + who + strings.Repeat(" ", 112-len(who)) + le16(0x0a) + le16(0)})
	}
	const size = 512
	var fat []uint32
	data := ""
	add := func(body string) int { // whole sectors, chained
		first := len(fat)
		n := (len(body) + size - 1) / size
		for i := range n {
			next := uint32(len(fat) + 1)
			if i == n-1 {
				next = 0xfffffffe
			}
			fat = append(fat, next)
		}
		data += body + strings.Repeat("\x00", n*size-len(body))
		return first
	}
	entry := func(name string, kind byte, child, start, n int) string {
		units := wide(name)
		e := []byte(units + strings.Repeat("\x00", 128-len(units)))
		binary.LittleEndian.PutUint16(e[64:], uint16(len(units)+2))
		e[66], e[67] = kind, 1
		for _, at := range []int{68, 72} {
			binary.LittleEndian.PutUint32(e[at:], 0xffffffff)
		}
		binary.LittleEndian.PutUint32(e[76:], uint32(child))
		binary.LittleEndian.PutUint32(e[116:], uint32(start))
		binary.LittleEndian.PutUint32(e[120:], uint32(n))
		return string(e)
	}
	dir := entry("Root Entry", 5, 1, 0xfffffffe, 0)
	for i, p := range parts {
		body := p.body + strings.Repeat("\x00", max(0, 4096-len(p.body))) // smaller ones would lie elsewhere
		e := []byte(entry(p.name, 2, 0xffffffff, add(body), len(body)))
		if i+1 < len(parts) {
			binary.LittleEndian.PutUint32(e[72:], uint32(i+2)) // its neighbour to the right
		}
		dir += string(e)
	}
	dirAt := add(dir)
	fat = append(fat, 0xffffffff) // a free sector, with what was deleted
	data += in(at+"-deleted") + strings.Repeat("\x00", size-len(in(at+"-deleted")))
	fatAt := len(fat)
	fat = append(fat, 0xfffffffd)
	table := ""
	for i := range size / 4 {
		v := uint32(0xffffffff)
		if i < len(fat) {
			v = fat[i]
		}
		table += le32(int(v))
	}
	if len(fat) > size/4 {
		t.Fatal("the sample has grown too large")
	}
	head := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 16) + le16(0x3e) + le16(3) + le16(0xfffe) + le16(9) + le16(6) + strings.Repeat("\x00", 6) + le32(0) + le32(1) + le32(dirAt) + le32(0) +
		le32(4096) + le32(0xfffffffe) + le32(0) + le32(0xfffffffe) + le32(0) + le32(fatAt) + strings.Repeat("\xff\xff\xff\xff", 108)
	return []byte(head + data + table)
}

// markedPictures are pictures of every format with marks, by file name.
func markedPictures(t testing.TB) map[string][]byte {
	return map[string][]byte{
		"a.jpg": markedJPEG(t, "jpeg"), "b.png": markedPNG(t, "png"), "c.gif": markedGIF(t, "gif"), "d.webp": markedWebP(t, "webp"), "e.svg": markedSVG(t, "svg"),
	}
}

// markedRecordings are recordings of every kind with marks, by file name.
func markedRecordings(t testing.TB) map[string][]byte {
	return map[string][]byte{
		"a.mp3": markedMP3(t, "mp3"), "b.m4a": markedMP4("m4a", "", in("m4a-tail")), "c.aac": markedAAC(t, "aac"), "d.ogg": markedOgg("vorbis", "vorbis"), "e.opus": markedOgg("opus", "opus"),
		"f.oga": markedOgg("flac", "oggflac"), "g.flac": markedFLAC("flac"), "h.wav": markedWAV("wav"), "i.mp4": markedMP4("mp4", strings.Repeat("p", 200), in("mp4-tail")), "j.webm": markedWebM("webm"),
		"k.mp3": markedMP4("misnamed", "", ""),
	}
}

// markedTranscripts say what is said in a recording, and beside it what is not for readers.
func markedTranscripts() map[string][]byte {
	return map[string][]byte{
		"a.vtt": []byte("WEBVTT " + in("vtt-header") + "\n\nNOTE " + in("vtt-note") + "\n\nSTYLE\n::cue(" + in("vtt-style") + ") {}\n\nREGION\nid:" + in("vtt-region") + "\n\n" +
			in("vtt-id") + "\n00:00.000 --> 00:01.000 region:" + in("vtt-setting") + "\n<c." + in("vtt-class") + ">说的话</c>\n"),
		"b.srt": []byte("1\n00:00:00,000 --> 00:00:01,000\n说的话\n"),
	}
}

// markedPapers are files to take away of every kind with marks, by file name.
func markedPapers(t testing.TB) map[string][]byte {
	out := map[string][]byte{
		"a.docx": markedOffice(t, "docx", "docx"), "b.xlsx": markedOffice(t, "xlsx", "xlsx"), "c.pptx": markedOffice(t, "pptx", "pptx"), "d.pdf": markedPDF(t, "pdf"),
		"e.doc": markedOLE(t, "doc", "doc"), "f.xls": markedOLE(t, "xls", "xls"),
		"g.zip": zipOf(t, "zip", map[string]string{
			"照片/a.jpg": string(markedJPEG(t, "zipped")), "b.docx": string(markedOffice(t, "docx", "zipped-docx")), "c.m4a": string(markedMP4("zipped-m4a", "", "")), "d.pdf": string(markedPDF(t, "zipped-pdf")),
			"e.svg": string(markedSVG(t, "zipped-svg")), "__MACOSX/._a.jpg": in("zipped-mac"), ".DS_Store": in("zipped-store"), "名单.txt": "甲、乙",
		}),
	}
	maps.Copy(out, markedRecordings(t))
	return out
}
