package content

import (
	"io/fs"
	"path"
	"strings"

	"golang.org/x/text/unicode/norm"

	"mingdeng/internal/diag"
	"mingdeng/internal/frontmatter"
	"mingdeng/internal/vtt"
)

// Audio is a recording of a voice: somebody reads a text, tells of a person, leads through a
// venue. A bare file name stands for it.
type Audio struct {
	Src        File   `key:"src 文件 录音 *" short:"true" zh:"录音的文件名：MP3、M4A、Opus、Ogg" en:"file name of the recording: MP3, M4A, Opus, Ogg"`
	Title      string `key:"title 标题" edition:"own" zh:"这段录音叫什么，如 家属讲述" en:"what the recording is called"`
	Speaker    string `key:"speaker 朗读 朗读者 讲述" edition:"name" zh:"谁的声音；本人要同意写上姓名（怎么录：mingdeng help voice）" en:"whose voice it is; they must agree to be named (how to record: mingdeng help voice)"`
	Transcript File   `key:"transcript 文字稿" zh:"录音里说的话，文件名：带时间的字幕 .vtt 或 .srt；没有时间的 .md 或 .txt" en:"what is said in it, a file name: WebVTT or SubRip with times; Markdown or plain text without"`
}

// AudioOf is a record's recording, or nil.
func AudioOf(r Record) *Audio {
	switch r := r.(type) {
	case *Hero:
		return r.Audio
	case *Chapter:
		return r.Audio
	case *Venue:
		return r.Audio
	case *Exhibit:
		return r.Audio
	}
	return nil
}

// spoken are the files that records name as transcripts of their recordings. What a Markdown
// file is depends on that: beside a venue it would be an exhibit.
func spoken(records []kept) map[string]bool {
	out := map[string]bool{}
	for _, k := range records {
		if r, ok := k.record.(Record); ok {
			if a := AudioOf(r); a != nil && a.Transcript.Path != "" {
				out[norm.NFC.String(path.Join(r.Base().Dir, a.Transcript.Path))] = true
			}
		}
	}
	return out
}

// Transcript is what is said in a recording: cues with their times, or a text without.
type Transcript struct {
	Head *Head // of the file; its Body is the text, empty where there are cues
	Cues []vtt.Cue
}

// ReadTranscript reads the transcript that lies at path, a file that a record names. Its
// findings are at that file.
func ReadTranscript(fsys fs.FS, of *Head, path string) (Transcript, []diag.Finding) {
	info, err := fs.Stat(fsys, path)
	if err != nil {
		return Transcript{}, []diag.Finding{diag.Unreadable.At(path, diag.Pos{}, err)}
	}
	text, found := readText(fsys, FileInfo{Path: path, Size: info.Size()})
	if text == nil {
		return Transcript{}, found
	}
	h := &Head{Kind: of.Kind, Path: path, Dir: of.Dir, FileName: of.FileName, Parent: of.Parent, Edition: of.Edition, Body: &Body{}}
	if ext := strings.ToLower(path[strings.LastIndexByte(path, '.')+1:]); ext == "vtt" || ext == "srt" || vtt.IsTimed(text) {
		cues, faults := vtt.Parse(text)
		for _, f := range faults {
			w := cueFaults[f.Why]
			found = append(found, diag.BadTranscript.At(path, diag.Pos{Line: f.Line, Col: f.Col}, f.Text, w.what.Zh, w.what.En, w.help.Zh, w.help.En))
		}
		return Transcript{h, cues}, found
	}
	doc := frontmatter.Doc{Body: text, BodyLine: 1}
	if strings.HasPrefix(string(text), "---\n") {
		if d, faults := frontmatter.Parse(text, isKey, diag.Text{}); len(faults) == 0 {
			doc = d
		}
	}
	h.Body = bodyOf(doc)
	return Transcript{h, nil}, found
}

// cueFaults put what is wrong with a transcript into words, and how to mend it.
var cueFaults = map[vtt.Why]struct{ what, help diag.Text }{
	vtt.NoHeader: {diag.Text{Zh: "不是字幕：开头没有 WEBVTT，也没有时间", En: "it does not start with WEBVTT and has no times"},
		diag.Text{Zh: "第一行写 WEBVTT，空一行；或者用剪映等软件导出 SRT 字幕；没有时间的文字稿存成 .md", En: "write WEBVTT on the first line and leave one empty, or export SRT from a film editor; a text without times is saved as .md"}},
	vtt.TooLarge: {diag.Text{Zh: "太大", En: "it is too large"},
		diag.Text{Zh: "一段录音一个字幕文件：最多 1 MB、5000 段，一段最多 4 KB", En: "one file for each recording: 1 MB and 5,000 cues at most, 4 KB in one cue"}},
	vtt.BadTime: {diag.Text{Zh: "时间看不懂", En: "the time cannot be read"},
		diag.Text{Zh: "写成 00:12.500 --> 00:15.000，分和秒各两位，毫秒三位", En: "write 00:12.500 --> 00:15.000: two digits each for minutes and seconds, three for milliseconds"}},
	vtt.Backward: {diag.Text{Zh: "结束在开始之前", En: "it ends before it starts"},
		diag.Text{Zh: "箭头左边写开始，右边写结束", En: "the start stands left of the arrow, the end right of it"}},
	vtt.Unordered: {diag.Text{Zh: "比上一段开始得早", En: "it starts before the one above it"},
		diag.Text{Zh: "按时间先后排好", En: "put them in the order of their times"}},
	vtt.BadTag: {diag.Text{Zh: "这里的 < 不是字幕的记号", En: "this < begins no tag of WebVTT"},
		diag.Text{Zh: "要显示 < 就写 &lt;；说话的人写 <v 王某>", En: "write &lt; to show it; <v NAME> names who speaks"}},
	vtt.NoCue: {diag.Text{Zh: "里面一段话也没有", En: "there is not one cue in it"},
		diag.Text{Zh: "每段先写时间，下一行写话", En: "write the times of each cue, and its words on the next line"}},
	vtt.Loose: {diag.Text{Zh: "这些话没有时间", En: "these words have no time"},
		diag.Text{Zh: "上面一行写时间；不要念的话前面写 NOTE", En: "write their time above them; put NOTE before what is not said"}},
}
