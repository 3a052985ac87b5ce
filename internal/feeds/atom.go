package feeds

import (
	"encoding/xml"
	"slices"

	"mingdeng/internal/date"
	"mingdeng/internal/output"
)

// feedLength is how many entries a feed holds.
const feedLength = 30

// entry is what a feed says of one record.
type entry struct {
	Title, URL, Summary string
	Date                date.Date // of publication
}

// feedFiles are the site's feeds: /feed.xml and /feed.json of all that has a date
// of publication, /briefs/feed.xml of the briefs alone.
func (f files) feedFiles() []output.Output {
	var briefs []entry
	for _, b := range f.e.Briefs {
		briefs = append(briefs, entry{b.Title, f.absolute(b.Address), f.e.Summary(b), later(b.Date, b.PublishOn)})
	}
	all := slices.Clone(briefs)
	for _, h := range f.e.Heroes {
		if !h.PublishOn.IsZero() {
			all = append(all, entry{h.Name, f.absolute(h.Address), h.Line, h.PublishOn})
		}
	}
	newest := func(a, b entry) int { return b.Date.Compare(a.Date) }
	slices.SortStableFunc(all, newest)
	slices.SortStableFunc(briefs, newest)
	all, briefs = all[:min(len(all), feedLength)], briefs[:min(len(briefs), feedLength)]
	title := f.e.Config.Title
	p := f.e.Prefix
	outs := []output.Output{
		made(p+"feed.xml", f.atom(title, p+"feed.xml", p, all), writeXML),
		made(p+"feed.json", f.jsonFeed(title, p+"feed.json", all), writeJSON),
	}
	if len(briefs) > 0 {
		outs = append(outs, made(p+"briefs/feed.xml", f.atom(f.Words.T("section.briefs")+"｜"+title, p+"briefs/feed.xml", p+"briefs/", briefs), writeXML))
	}
	return outs
}

// later is the later of two days; a brief may be held back until a day after its own.
func later(a, b date.Date) date.Date {
	if b.Compare(a) > 0 {
		return b
	}
	return a
}

type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  string      `xml:"author>name"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID    string `xml:"id"`
	Title string `xml:"title"`
	// Published is the day when readers could first see it, also for what was held back.
	// Nothing is known of later changes.
	Published string   `xml:"published"`
	Updated   string   `xml:"updated"`
	Link      atomLink `xml:"link"`
	Summary   string   `xml:"summary,omitempty"`
}

// atom makes a feed. Its time of update is that of its newest entry, not the
// clock's: the same content makes the same feed.
func (f files) atom(title, self, home string, list []entry) atomFeed {
	author := f.e.Config.Title
	if o := f.e.Config.Organisation; o != nil && o.Name != "" {
		author = o.Name
	}
	x := atomFeed{
		Lang: string(f.e.Tag), ID: f.base + self, Title: title, Author: author, Updated: "2000-01-01T00:00:00+08:00",
		Links: []atomLink{{"self", "application/atom+xml", f.base + self}, {"alternate", "text/html", f.base + home}},
	}
	if len(list) > 0 {
		x.Updated = list[0].Date.RFC3339()
	}
	for _, e := range list {
		x.Entries = append(x.Entries, atomEntry{e.URL, e.Title, e.Date.RFC3339(), e.Date.RFC3339(), atomLink{"alternate", "text/html", e.URL}, e.Summary})
	}
	return x
}

type jsonFeed struct {
	Version  string     `json:"version"`
	Title    string     `json:"title"`
	Home     string     `json:"home_page_url"`
	Feed     string     `json:"feed_url"`
	Language string     `json:"language"`
	Items    []jsonItem `json:"items"`
}

type jsonItem struct {
	ID        string `json:"id"`
	URL       string `json:"url"`
	Title     string `json:"title"`
	Text      string `json:"content_text"`
	Published string `json:"date_published"`
}

func (f files) jsonFeed(title, self string, list []entry) jsonFeed {
	x := jsonFeed{"https://jsonfeed.org/version/1.1", title, f.base + f.e.Prefix, f.base + self, string(f.e.Tag), []jsonItem{}}
	for _, e := range list {
		x.Items = append(x.Items, jsonItem{e.URL, e.URL, e.Title, e.Summary, e.Date.RFC3339()})
	}
	return x
}
