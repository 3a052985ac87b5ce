package synth

// Kind names a kind of record as package content does.
type Kind string

// The kinds of records.
const (
	Hero    Kind = "hero"
	Brief   Kind = "brief"
	Book    Kind = "book"
	Chapter Kind = "chapter"
	Venue   Kind = "venue"
	Exhibit Kind = "exhibit"
	Honor   Kind = "honor"
	Unit    Kind = "unit"
	Report  Kind = "report"
	Page    Kind = "page"
)

// Record is one file of content: what it is, for whoever writes it in another
// form, and its head as Mingdeng wants it.
type Record struct {
	Kind    Kind
	File    string   // below content/: "heroes/wang-wei-guo.md"
	Address string   // "heroes/wang-wei-guo/"
	Title   string   // its title, or the person's name
	Line    string   // what it is about, in a sentence
	Date    string   // of a brief, and the deed of a hero: "2016-05-03"
	Aliases []string // old addresses: "/old/heroes/17/"
	Terms   Terms    // the lists a hero stands in
	Facts   []Fact   // what its page shows beside the text
	Traces  []Link   // the records that refer to it
	Text    string   // Markdown, with wiki links "[[target|words]]" or "[[target]]"
	Links   []Link   // what the wiki links of Text lead to, in order

	chinese bool // Chinese keys
	head    []field
}

// Terms are the lists of one hero.
type Terms struct {
	Region  [3]string // province, city, county
	Year    int
	Deed    string // "water-rescue"
	Honor   string // slug, or ""
	Session int    // of the honour, from 1
}

// Fact is a label and its value, which may be a link.
type Fact struct {
	Label string
	Value Link
}

// Link is a name and the address of what bears it; no address, no link.
type Link struct {
	Name, Address string
}

// plan is how a site's records divide, and how they refer to each other. The
// arithmetic runs both ways, so that no table of references is kept:
//
//	brief b     tells of heroes 3b, 3b+1, 3b+2, and of venue b mod venues
//	chapter c   tells of hero heroes-1-c
//	exhibit e   tells of hero 7e, where there is one, and stands in venue e/25
//	hero h      holds honour h mod honors, for 7 in 10 (h mod 97 < 68)
type plan struct {
	Site
	heroes, briefs, books, chapters, venues, exhibits, honors, units, reports, pages int
}

// Sessions is how many times each honour was granted.
const Sessions = 8

const (
	perBook   = 40 // chapters
	perVenue  = 25 // exhibits
	firstYear = 2000
	years     = 26
)

func (s Site) plan() plan {
	n := max(s.Records, 60)
	p := plan{Site: s}
	p.chapters, p.exhibits, p.briefs = n*3/100, n*3/100, n*16/100
	if s.Rich {
		p.chapters, p.exhibits, p.briefs = n*4/100, n*8/100, n*27/100
	}
	p.books, p.venues = (p.chapters+perBook-1)/perBook, (p.exhibits+perVenue-1)/perVenue
	p.honors = max(2, n/400)
	p.units = min(40, max(2, n/200)) // all of them share one page
	p.reports = min(years, max(2, n/300))
	p.pages = len(pageTitles)
	p.heroes = n - p.briefs - p.books - p.chapters - p.venues - p.exhibits - p.honors - p.units - p.reports - p.pages
	return p
}

// size is how long a text is, in bytes, in a plain site or a rich one.
func (p plan) size(plain, rich int) int {
	if p.Rich {
		return rich
	}
	return plain
}

// traces are the records that tell of a hero.
func (p plan) traces(hero int) []Link {
	var out []Link
	if b := hero / 3; b < p.briefs {
		out = append(out, p.briefLink(b))
	}
	if c := p.heroes - 1 - hero; c < p.chapters {
		out = append(out, p.chapterLink(c))
	}
	if e := hero / 7; hero%7 == 0 && e < p.exhibits {
		out = append(out, p.exhibitLink(e))
	}
	return out
}

// exhibitHero is the hero of an exhibit, or -1.
func (p plan) exhibitHero(e int) int {
	if h := 7 * e; h < p.heroes {
		return h
	}
	return -1
}

// ref is what a wiki link or a key calls the record at an address.
func (l Link) ref() string { return l.Address[:len(l.Address)-1] }

// slug is the last part of the address.
func (l Link) slug() string {
	r := l.ref()
	for i := len(r) - 1; i >= 0; i-- {
		if r[i] == '/' {
			return r[i+1:]
		}
	}
	return r
}
