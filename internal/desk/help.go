package desk

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"mingdeng/internal/diag"
	"mingdeng/internal/manual"
)

// The manual needs no site: somebody who has none yet may want to read it first.
var helpRoutes = []route{
	{"GET /_studio/help/{$}", (*visit).help},
	{"GET /_studio/help/{topic}/{$}", (*visit).helpTopic},
}

var helpWords = map[string]diag.Text{
	"help.all":  {Zh: "全部说明", En: "All of the manual"},
	"help.here": {Zh: "说明的目录", En: "Contents of the manual"},
	"help.why":  {Zh: "工作台里能做的，不用命令；灰底的命令是给在命令行里做的人看的。", En: "What the desk does needs no command; the commands shown here are for those who work on a command line."},
}

type helpView struct {
	frame
	Topics []topicView
	Blocks []block // of the topic that is open
	Inside []block // its headings
}

type topicView struct {
	Name, Title string
	Here        bool
}

func (v *visit) help() {
	v.show(http.StatusOK, "help", helpView{frame: v.frame("help", v.word("nav.help")), Topics: v.topics("")})
}

func (v *visit) topics(here string) (list []topicView) {
	for _, t := range manual.Topics() {
		list = append(list, topicView{t.Name, t.Title.In(v.o.Lang), t.Name == here})
	}
	return list
}

func (v *visit) helpTopic() {
	name := v.r.PathValue("topic")
	for _, t := range manual.Topics() {
		if t.Name != name {
			continue
		}
		view := helpView{frame: v.frame("help", t.Title.In(v.o.Lang)), Topics: v.topics(name), Blocks: manualBlocks(t.Text(v.o.Lang))}
		for _, b := range view.Blocks {
			if b.Kind == "heading" {
				view.Inside = append(view.Inside, b)
			}
		}
		v.show(http.StatusOK, "topic", view)
		return
	}
	v.missing()
}

// block is a part of a topic of the manual.
type block struct {
	Kind  string // "heading", "text", "shown" (as it stands), "rows", "bullets", "steps"
	ID    string // of a heading
	Text  string // of a heading, and what is shown as it stands
	Lines [][]span
	Rows  []helpRow // of rows, bullets and steps
	Start int       // number of the first step
}

// helpRow is a term with what is said of it, or an item of a list.
type helpRow struct{ Term, Said []span }

// span is a stretch of words, or of something to be typed.
type span struct {
	Text string
	Code bool
}

var (
	stepMark = regexp.MustCompile(`^(\d{1,3})\. +`)
	codeSpan = regexp.MustCompile("`([^`]+)`")
)

// manualBlocks reads a topic as it is written: headings start with ##, what is shown as it
// stands is indented by four or stands between lines of ```, and an indented line right below
// another line says what that one means. A line that ends a sentence ends a line here too:
// others were only too long for a terminal.
func manualBlocks(text string) []block {
	var out []block
	last := func(kind string) *block {
		if n := len(out); n > 0 && out[n-1].Kind == kind {
			return &out[n-1]
		}
		return nil
	}
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	apart := true // an empty line, or nothing, stands above
	for i := 0; i < len(lines); i++ {
		line := strings.TrimRight(lines[i], " ")
		indented := strings.HasPrefix(lines[i], "    ")
		switch {
		case strings.HasPrefix(line, "```"):
			var shown []string
			for i++; i < len(lines) && !strings.HasPrefix(lines[i], "```"); i++ {
				shown = append(shown, lines[i])
			}
			out = append(out, block{Kind: "shown", Text: strings.Join(shown, "\n")})
		case line == "" && !indented:
			apart = true
			continue
		case strings.HasPrefix(line, "# "): // the title stands above already
		case strings.HasPrefix(line, "## "):
			out = append(out, block{Kind: "heading", ID: "part-" + strconv.Itoa(len(out)), Text: strings.TrimPrefix(line, "## ")})
		case indented && !apart && last("rows") != nil:
			rows := last("rows").Rows
			said := &rows[len(rows)-1].Said
			if len(*said) > 0 {
				*said = append(*said, span{Text: "\n"})
			}
			*said = append(*said, spans(line[4:])...)
		case indented && !apart && last("text") != nil: // the line above was a term
			t := last("text")
			term := t.Lines[len(t.Lines)-1]
			if t.Lines = t.Lines[:len(t.Lines)-1]; len(t.Lines) == 0 {
				out = out[:len(out)-1]
			}
			said := spans(line[4:])
			if r := last("rows"); r != nil {
				r.Rows = append(r.Rows, helpRow{term, said})
			} else {
				out = append(out, block{Kind: "rows", Rows: []helpRow{{term, said}}})
			}
		case indented:
			var shown []string
			for ; i < len(lines) && (strings.HasPrefix(lines[i], "    ") || lines[i] == ""); i++ {
				shown = append(shown, strings.TrimPrefix(lines[i], "    "))
			}
			i--
			out = append(out, block{Kind: "shown", Text: strings.TrimRight(strings.Join(shown, "\n"), "\n")})
		case strings.HasPrefix(line, "- "):
			if last("bullets") == nil {
				out = append(out, block{Kind: "bullets"})
			}
			b := last("bullets")
			b.Rows = append(b.Rows, helpRow{Said: spans(line[2:])})
		case stepMark.MatchString(line):
			m := stepMark.FindStringSubmatch(line)
			if last("steps") == nil {
				out = append(out, block{Kind: "steps", Start: stepNumber(m[1])})
			}
			b := last("steps")
			b.Rows = append(b.Rows, helpRow{Said: spans(line[len(m[0]):])})
		case strings.HasPrefix(line, "  ") && !apart && (last("bullets") != nil || last("steps") != nil):
			b := &out[len(out)-1]
			r := &b.Rows[len(b.Rows)-1]
			r.Said = joined(r.Said, spans(strings.TrimSpace(line)))
		case apart || last("text") == nil:
			if term, said, ok := strings.Cut(line, " — "); ok {
				r := helpRow{spans(term), spans(said)}
				if b := last("rows"); b != nil && !apart {
					b.Rows = append(b.Rows, r)
				} else {
					out = append(out, block{Kind: "rows", Rows: []helpRow{r}})
				}
				break
			}
			out = append(out, block{Kind: "text", Lines: [][]span{spans(strings.TrimSpace(line))}})
		default:
			t := last("text")
			n := len(t.Lines) - 1
			if ends(t.Lines[n]) {
				t.Lines = append(t.Lines, spans(strings.TrimSpace(line)))
			} else {
				t.Lines[n] = joined(t.Lines[n], spans(strings.TrimSpace(line)))
			}
		}
		apart = false
	}
	return out
}

// ends tells whether a line ends a sentence.
func ends(s []span) bool {
	return len(s) > 0 && strings.HasSuffix(strings.TrimRight(s[len(s)-1].Text, "”\"）)"), "。") ||
		len(s) > 0 && strings.ContainsAny(s[len(s)-1].Text[max(0, len(s[len(s)-1].Text)-1):], ".:!?") ||
		len(s) > 0 && (strings.HasSuffix(s[len(s)-1].Text, "：") || strings.HasSuffix(s[len(s)-1].Text, "；"))
}

// joined puts two lines of one sentence together: with a blank between letters, none between
// Chinese characters.
func joined(a, b []span) []span {
	if len(a) > 0 && len(b) > 0 && a[len(a)-1].Text != "" && b[0].Text != "" {
		end, start := a[len(a)-1].Text, b[0].Text
		if end[len(end)-1] < 0x80 && start[0] < 0x80 {
			a = append(a, span{Text: " "})
		}
	}
	return append(a, b...)
}

// spans parts a line into words and what stands between backticks.
func spans(line string) (out []span) {
	at := 0
	for _, m := range codeSpan.FindAllStringSubmatchIndex(line, -1) {
		if m[0] > at {
			out = append(out, span{Text: line[at:m[0]]})
		}
		out = append(out, span{line[m[2]:m[3]], true})
		at = m[1]
	}
	if at < len(line) {
		out = append(out, span{Text: line[at:]})
	}
	return out
}

func stepNumber(digits string) int {
	n, _ := strconv.Atoi(digits) // three digits
	return n
}
