package pages

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/media"
	"mingdeng/internal/search"
	"mingdeng/internal/site"
	"mingdeng/internal/vtt"
)

// Recording is a voice that a page plays. Src is "" on the page of a venue that has only the
// recordings of its exhibits.
type Recording struct {
	Site     *Chrome `nil:"never"`
	Src      string  // href of the file
	Title    string
	Speaker  string
	Language string // the voice's, in words, where it is not the page's
	Duration string // 3 分 20 秒, "" where the file does not tell
	Seconds  int    // the same, 0 likewise
	Size     string // 1.2 MB
	// Marks tell when which paragraph of the page's own text is heard, where the recording
	// reads it: seconds, a blank and the first letters of the paragraph, parted by |.
	Marks    string
	Chapters []Passage // parts that the transcript names
	Said     []Passage // the transcript with its times, where it is not the page's own text
	Notes    Prose     // the transcript without times
	Tracks   []Track   // of a venue: the recordings of its exhibits, in walking order
}

// Passage is a stretch of what is said. At is where it begins, seconds.
type Passage struct {
	At    int
	Clock string // 1:05
	Href  string // of the recording from there, for parts
	Name  string // of the part that begins here, or ""
	Voice string // who speaks, where it is somebody else than before, or ""
	Text  string
}

// Track is one recording of a list.
type Track struct {
	Name, Href string // of the exhibit
	Src        string
	Speaker    string
	Duration   string
	Seconds    int
	Size       string
}

// voice is a record's recording with what is said in it.
type voice struct {
	audio      *content.Audio
	file       media.File
	transcript content.Transcript
	own        bool // the transcript is in the edition's language
}

// Recordings over both limits are heavy for what a voice needs, 64 kbit/s; and any over the
// third.
const (
	voiceRate = 64_000 / 8 // bytes a second
	heavyRate = 192_000 / 8
	heavySize = 3 << 20
	heavyEver = 24 << 20
)

// listen looks a record's recording and transcript up and keeps them for the views. What
// cannot be used is a finding.
func (p *planner) listen(h *content.Head, a *content.Audio) {
	if a == nil || a.Src.Path == "" {
		return
	}
	file, err := p.Media.Recording(h.Dir, a.Src.Path)
	if err != nil {
		p.out.Add(recordingFinding(naming(h, a.Src), a.Src.Pos, a.Src.Path, err))
		return
	}
	long := file.Duration.Seconds()
	if file.Size > heavyEver || file.Size > heavySize && (long == 0 || float64(file.Size)/long > heavyRate) {
		minutes, better := "", ""
		if long > 0 {
			minutes, better = fmt.Sprintf("%.1f", long/60), megabytes(int64(long*voiceRate))
		}
		p.out.Add(diag.HeavyRecording.At(naming(h, a.Src).Path, a.Src.Pos, a.Src.Path, megabytes(file.Size), minutes, better))
	}
	v := &voice{audio: a, file: file, own: !p.language.Foreign && !a.Src.Own || a.Transcript.Own}
	p.voices[h] = v
	if a.Transcript.Path == "" || p.Transcript == nil {
		return
	}
	path, err := p.Media.Text(h.Dir, a.Transcript.Path)
	if err != nil {
		p.out.Add(transcriptFinding(naming(h, a.Transcript), a.Transcript, err))
		return
	}
	t, found := p.Transcript(h, path)
	p.out.Add(found...)
	if t.Head == nil {
		return
	}
	if a.Transcript.Own {
		t.Head.Edition = string(p.language.File)
	}
	v.transcript = t
	if v.own {
		p.refs[t.Head] = p.resolve(t.Head)
	}
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f", float64(n)/(1<<20)) }

// said are the files of all transcripts that are shown.
func (p *planner) said() []*content.Head {
	var out []*content.Head
	for _, v := range p.voices {
		if v.own && v.transcript.Head != nil {
			out = append(out, v.transcript.Head)
		}
	}
	out = append(out, p.subtitles...)
	slices.SortFunc(out, func(a, b *content.Head) int { return strings.Compare(a.Path, b.Path) })
	return out
}

// recording is the recording of h on a page that shows the texts of shown; nil where h has none.
func (p *planner) recording(h *content.Head, shown ...*content.Head) *Recording {
	v := p.voices[h]
	if v == nil {
		return nil
	}
	r := &Recording{
		Site: p.chrome, Src: p.chrome.Root + v.file.Path, Title: v.audio.Title, Speaker: v.audio.Speaker,
		Duration: p.long(v.file.Duration), Seconds: seconds(v.file.Duration), Size: size(v.file.Size),
	}
	if p.language.Foreign && !v.audio.Src.Own {
		r.Language = p.voiceLanguage()
	}
	if t := v.transcript; v.own && t.Head != nil {
		if t.Head.Body.Len > 0 {
			r.Notes = p.prose(t.Head, "t-", 2)
			return r
		}
		cues := slices.Clone(t.Cues)
		if convert := p.e.Convert(t.Head); convert != nil {
			for i := range cues {
				c := &cues[i]
				c.Name, c.Voice, c.Text = convert.Text(c.Name), convert.Text(c.Voice), convert.Text(c.Text)
			}
		}
		for _, c := range cues {
			if c.Name != "" {
				r.Chapters = append(r.Chapters, Passage{At: int(c.Start / time.Second), Clock: clock(c.Start), Href: fmt.Sprintf("%s#t=%d", r.Src, int(c.Start/time.Second)), Name: c.Name})
			}
		}
		if r.Marks = follow(cues, p.paragraphs(shown)); r.Marks == "" {
			r.Said = passages(cues)
		}
	}
	return r
}

// with adds the transcript to the texts of a page.
func (r *Recording) with(texts ...*Prose) []*Prose {
	if r != nil && !r.Notes.Empty() {
		texts = append(texts, &r.Notes)
	}
	return texts
}

// told is the recording of an exhibit: its own, or where it tells of one person, whose story
// stands on its page, that person's.
func (p *planner) told(s *site.Exhibit) *Recording {
	shown := []*content.Head{&s.Head}
	if len(s.Heroes) == 1 {
		shown = append(shown, &s.Heroes[0].Head)
	}
	r := p.recording(&s.Head, shown...)
	if r == nil && len(s.Heroes) == 1 {
		r = p.recording(&s.Heroes[0].Head, shown...)
	}
	return r
}

// guided is the recording of a venue, with those of its exhibits along the route; of all
// where there is no route.
func (p *planner) guided(x *site.Venue) *Recording {
	r := p.recording(&x.Head, &x.Head)
	var tracks []Track
	stops := x.Exhibits
	if x.Walk > 0 {
		stops = stops[:x.Walk]
	}
	for _, s := range stops {
		if t := p.told(s); t != nil {
			tracks = append(tracks, Track{Name: s.Name, Href: p.href(s.Address), Src: t.Src, Speaker: t.Speaker, Duration: t.Duration, Seconds: t.Seconds, Size: t.Size})
		}
	}
	if r == nil && len(tracks) > 0 {
		r = &Recording{Site: p.chrome}
		if p.language.Foreign {
			r.Language = p.voiceLanguage()
		}
	}
	if r != nil {
		r.Tracks = tracks
	}
	return r
}

// voiceLanguage names the language of recordings in an edition in another language.
func (p *planner) voiceLanguage() string {
	if p.editions[0].e.Tag == content.En {
		return p.t("voice.in.en")
	}
	return p.t("voice.in.zh")
}

// long writes how long a recording is.
func (p *planner) long(d time.Duration) string {
	switch s := seconds(d); {
	case s == 0:
		return ""
	case s < 60:
		return p.t("voice.seconds", s)
	case s%60 == 0:
		return p.t("voice.minutes", s/60)
	default:
		return p.t("voice.long", s/60, s%60)
	}
}

func seconds(d time.Duration) int {
	if d <= 0 {
		return 0
	}
	return max(1, int((d+time.Second/2)/time.Second))
}

func clock(d time.Duration) string {
	s := int(d / time.Second)
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// size writes how much is fetched.
func size(n int64) string {
	if n < 1_000_000 {
		return fmt.Sprintf("%d KB", max(1, (n+500)/1000))
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}

// paragraphs are the plain paragraphs of texts, as this edition shows them.
func (p *planner) paragraphs(of []*content.Head) []string {
	var out []string
	for _, h := range of {
		if read := p.plainText(h); read != nil {
			if text, err := read(); err == nil { // else it changed meanwhile, which is told with the page
				out = append(out, strings.Split(text, "\n")...)
			}
		}
	}
	return out
}

// What follow takes for the reading of a text: this share of what is said stands in it, each
// cue at most so many letters behind the one before.
const (
	followShare = 0.6
	followReach = 4000
	markLetters = 12
)

// follow finds the paragraphs that are read, and when: see [Recording].Marks. It is "" where
// what is said is not the text. Only letters and figures are compared: captions have no
// marks, or others.
func follow(cues []vtt.Cue, paragraphs []string) string {
	type start struct{ at, paragraph int }
	var text []rune
	var starts []start
	for i, s := range paragraphs {
		if l := heard(s); len(l) > 0 {
			starts = append(starts, start{len(text), i})
			text = append(text, l...)
		}
	}
	type stretch struct {
		from, to int // in text
		cue      *vtt.Cue
	}
	var read []stretch
	pos, all, found := 0, 0, 0
	for i := range cues {
		said := heard(cues[i].Text)
		all += len(said)
		window := string(text[pos:min(len(text), pos+followReach+len(said))])
		if j := strings.Index(window, string(said)); j >= 0 && len(said) > 0 {
			from := pos + len([]rune(window[:j]))
			pos = from + len(said)
			read = append(read, stretch{from, pos, &cues[i]})
			found += len(said)
		}
	}
	if all == 0 || float64(found) < followShare*float64(all) {
		return ""
	}
	var marks []string
	j := 0
	for i, s := range starts {
		end := len(text)
		if i+1 < len(starts) {
			end = starts[i+1].at
		}
		for j < len(read) && read[j].to <= s.at {
			j++
		}
		if j == len(read) || read[j].from >= end {
			continue
		}
		x := read[j]
		at := x.cue.Start
		if x.from < s.at { // it begins within what is said in one breath
			at += time.Duration(float64(x.cue.End-x.cue.Start) * float64(s.at-x.from) / float64(x.to-x.from))
		}
		marks = append(marks, fmt.Sprintf("%.1f %s", at.Seconds(), string(text[s.at:min(end, s.at+markLetters)])))
	}
	return strings.Join(marks, "|")
}

// heard are the letters and figures of a text, as player.js compares them.
func heard(s string) []rune {
	var out []rune
	for _, r := range strings.ToLower(s) {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			out = append(out, r)
		}
	}
	return out
}

// A passage ends with a sentence after this much text, or after a pause.
const (
	passageLetters = 120
	passagePause   = 1500 * time.Millisecond
)

// passages joins cues, which are lines of a screen, into paragraphs.
func passages(cues []vtt.Cue) []Passage {
	var out []Passage
	voice := ""
	var last vtt.Cue
	for i, c := range cues {
		n := len(out) - 1
		again := i > 0 && c.Name == "" && c.Voice == last.Voice
		if again {
			ended := strings.ContainsAny(lastOf(out[n].Text), "。！？…”）.!?\")")
			again = !ended || c.Start-last.End < passagePause && len([]rune(out[n].Text)) < passageLetters
		}
		if last = c; again {
			between := ""
			if r := []rune(out[n].Text); r[len(r)-1] < 0x2e80 && r[len(r)-1] != '…' {
				between = " "
			}
			out[n].Text += between + c.Text
			continue
		}
		x := Passage{At: int(c.Start / time.Second), Clock: clock(c.Start), Name: c.Name, Text: c.Text}
		if c.Voice != voice {
			x.Voice, voice = cmp.Or(c.Voice, voice), c.Voice
		}
		out = append(out, x)
	}
	return out
}

func lastOf(s string) string {
	r := []rune(s)
	return string(r[max(0, len(r)-1):])
}

// words is the transcript as plain text, of one that is shown.
func (r *Recording) words() string {
	var b strings.Builder
	for _, s := range r.Said {
		fmt.Fprintln(&b, s.Name, s.Text)
	}
	return b.String()
}

// searchSaid lets a page be found by the transcript that it shows.
func (p *planner) searchSaid(d *search.Doc, r *Recording, said string) {
	parts := []func() (string, error){func() (string, error) { return said, nil }}
	if d.Text != nil {
		parts = append(parts, d.Text)
	}
	notes := r.Notes.words()
	if !r.Notes.Empty() {
		parts = append(parts, p.plainText(r.Notes.Head))
	}
	d.Print = fingerprint.Sum(d.Print[:], []byte(said), notes[:])
	d.Text = func() (string, error) {
		var all []string
		for _, read := range parts {
			s, err := read()
			if err != nil {
				return "", err
			}
			all = append(all, s)
		}
		return strings.Join(all, "\n"), nil
	}
}

// transcriptFinding puts an error about a transcript that a record names into words.
func transcriptFinding(h *content.Head, f content.File, err error) diag.Finding {
	if err == media.ErrOutside {
		return diag.LeadsOutside.At(h.Path, f.Pos, f.Path)
	}
	near := ""
	if missing, ok := err.(*media.NotFoundError); ok {
		near = missing.Near
	}
	return diag.MissingTranscript.At(h.Path, f.Pos, f.Path, near)
}
