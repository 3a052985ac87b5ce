package synth

import (
	"math/rand/v2"
	"strconv"
	"strings"
)

// writer writes one text: sentences from templates, whose {slots} it fills.
type writer struct {
	*rand.Rand
	strings.Builder
	plan  plan
	slots map[string]string // 名 the hero, 地 the place, 年 the year
	links []Link
	notes []string
}

func (p plan) writer(r *rand.Rand, name, where string, year int) *writer {
	w := &writer{Rand: r, plan: p, slots: map[string]string{"名": name, "地": where, "年": strconv.Itoa(year)}}
	w.Grow(4 << 10)
	return w
}

func pick(r *rand.Rand, list []string) string { return list[r.IntN(len(list))] }

// fill writes a template.
func (w *writer) fill(t string) {
	for {
		i := strings.IndexByte(t, '{')
		if i < 0 {
			w.WriteString(t)
			return
		}
		j := i + strings.IndexByte(t[i:], '}')
		w.WriteString(t[:i])
		w.WriteString(w.slot(t[i+1 : j]))
		t = t[j+1:]
	}
}

func (w *writer) slot(name string) string {
	if s, ok := w.slots[name]; ok {
		return s
	}
	switch name {
	case "人":
		return pick(w.Rand, people)
	case "景":
		return pick(w.Rand, spots)
	case "天":
		return pick(w.Rand, weathers)
	case "物":
		return pick(w.Rand, things)
	case "业":
		return pick(w.Rand, occupations)
	case "数":
		return strconv.Itoa(2 + w.IntN(60))
	case "月":
		return strconv.Itoa(1 + w.IntN(12))
	case "日":
		return strconv.Itoa(1 + w.IntN(28))
	case "时":
		return pick(w.Rand, hours)
	}
	panic("synth: no slot " + name)
}

// paragraph writes n sentences of a list.
func (w *writer) paragraph(list []string, n int) {
	at := w.IntN(len(list))
	for range n {
		w.fill(list[at%len(list)])
		at += 1 + w.IntN(3)
	}
	if w.IntN(9) == 0 {
		w.note()
	}
	w.WriteString("\n\n")
}

// note puts a footnote mark; end writes the notes.
func (w *writer) note() {
	w.notes = append(w.notes, pick(w.Rand, footnotes))
	w.WriteString("[^" + strconv.Itoa(len(w.notes)) + "]")
}

// mention writes a sentence that links a record.
func (w *writer) mention(before string, l Link, after string) {
	w.WriteString(before)
	w.links = append(w.links, l)
	if w.IntN(3) == 0 {
		w.WriteString("[[" + l.ref() + "|" + l.Name + "]]")
	} else {
		w.WriteString("[[" + l.ref() + "]]")
	}
	w.WriteString(after + "\n\n")
}

func (w *writer) heading(level int, words string) {
	w.WriteString("####"[:level] + " " + words + "\n\n")
}

func (w *writer) list(ordered bool) {
	for i := range 3 + w.IntN(4) {
		if ordered {
			w.WriteString(strconv.Itoa(i+1) + ". ")
		} else {
			w.WriteString("- ")
		}
		w.fill(pick(w.Rand, items))
		w.WriteByte('\n')
	}
	w.WriteByte('\n')
}

func (w *writer) table() {
	w.WriteString("| 时间 | 经过 | 人数 |\n| --- | --- | ---: |\n")
	for range 3 + w.IntN(4) {
		w.fill("| {时} | ")
		w.fill(pick(w.Rand, happenings))
		w.fill(" | {数} |\n")
	}
	w.WriteByte('\n')
}

// bold writes a sentence that begins with bold words.
func (w *writer) bold() {
	w.fill("**{地}的{人}**记得：")
	w.fill(pick(w.Rand, acts))
	w.WriteString("\n\n")
}

func (w *writer) quote() {
	w.WriteString("> ")
	w.fill(pick(w.Rand, sayings))
	w.WriteString("\n\n")
}

// body writes sections until the text has about size bytes.
func (w *writer) body(size int) {
	w.paragraph(openings, 3)
	for n := 0; w.Len() < size-300; n++ {
		if n%3 == 0 {
			w.heading(2+n/9%2, sections[(n/3+w.IntN(2))%len(sections)]+suffix(n/3))
		}
		w.paragraph(acts, 3+w.IntN(3))
		if w.plan.Rich {
			w.bold()
			[]func(){func() { w.list(false) }, w.table, func() { w.list(true) }, w.quote}[n%4]()
			continue
		}
		switch w.IntN(14) {
		case 0, 1:
			w.list(false)
		case 2:
			w.list(true)
		case 3:
			w.quote()
		case 4:
			w.table()
		}
	}
	w.paragraph(endings, 3)
}

// suffix tells headings of one text apart.
func suffix(n int) string {
	return []string{"", "之后", "（续）", "（再续）", "补记"}[n%5]
}

// finish writes the footnotes and puts the text into a record.
func (w *writer) finish(r *Record) {
	for i, n := range w.notes {
		w.WriteString("[^" + strconv.Itoa(i+1) + "]: " + n + "\n")
	}
	r.Text, r.Links = w.String(), w.links
}
