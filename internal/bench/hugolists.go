package main

import (
	"bytes"
	"maps"
	"slices"
	"strconv"
	"strings"

	"mingdeng/internal/bench/synth"
)

// lists writes the pages that carry the names of sections and terms.
func (h *hugoSite) lists(s synth.Site) error {
	files := map[string][]byte{}
	page := func(name, title string, more func(*front)) {
		f := h.head(title)
		if more != nil {
			more(f)
		}
		f.end()
		files["content/"+name+"/_index.md"] = bytes.Clone(h.buf.Bytes())
	}
	for name, title := range map[string]string{
		"heroes": "英雄", "anthology": "文集", "venues": "阵地", "honors": "荣誉", "units": "队伍与单位",
		"reports": "年度数据", "regions": "地区", "years": "年份", "deeds": "事迹", "sessions": "届次",
	} {
		page(name, title, nil)
	}
	page("briefs", "简报", func(f *front) { f.list("outputs", []string{"html", "rss"}) })
	for _, y := range h.years {
		page("years/"+strconv.Itoa(y), strconv.Itoa(y), nil)
	}
	for _, d := range synth.Deeds() {
		page("deeds/"+d.Address, d.Name, nil)
	}
	for r := range s.All() {
		switch r.Kind {
		case synth.Brief:
			year := strings.Split(r.Address, "/")[1]
			if files["content/briefs/"+year+"/_index.md"] == nil {
				page("briefs/"+year, year, nil)
			}
		case synth.Honor:
			slug := strings.Split(r.Address, "/")[1]
			for n := range synth.Sessions {
				page("sessions/"+slug+"-"+strconv.Itoa(n+1), r.Title+" 第"+strconv.Itoa(n+1)+"届", nil)
			}
		}
	}
	for _, r := range h.regions {
		page("regions/"+r.term, r.name, nil)
	}
	f := h.head("岚江义举录")
	f.end()
	files["content/_index.md"] = bytes.Clone(h.buf.Bytes())
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := h.write(name, files[name]); err != nil {
			return err
		}
	}
	return nil
}

// front writes a head in YAML into the site's buffer.
type front struct {
	*bytes.Buffer
	indent string
}

func (h *hugoSite) head(title string) *front {
	h.buf.Reset()
	h.buf.WriteString("---\n")
	f := &front{Buffer: &h.buf}
	f.text("title", title)
	return f
}

func (f *front) plain(key, value string) {
	f.WriteString(strings.TrimRight(f.indent+key+": "+value, " ") + "\n")
}

func (f *front) text(key, value string)       { f.plain(key, strconv.Quote(value)) }
func (f *front) number(key string, value int) { f.plain(key, strconv.Itoa(value)) }
func (f *front) item(value string)            { f.WriteString(f.indent + "  - " + value + "\n") }

func (f *front) list(key string, values []string) {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = strconv.Quote(v)
	}
	f.plain(key, "["+strings.Join(quoted, ", ")+"]")
}

func (f *front) end() { f.WriteString("---\n\n") }
