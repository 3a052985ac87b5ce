package pages

import (
	"html/template"

	"mingdeng/internal/content"
	"mingdeng/internal/han"
)

// The views, one for each template.
type (
	// Home is the home page.
	Home struct {
		Frame
		Hero        *HomeHero
		Briefs      []BriefItem
		BriefNumber int // the highest issue number, or 0
		BriefsHref  string
		Venues      []VenueItem
		VenuesHref  string
		Book        *BookItem
		Figures     []FigureView
		FiguresYear int
		FiguresHref string
		HeroesCount int
		HeroesHref  string
		DaysHref    string // of the days of the year, "" where no day is known
		DaysData    string // address of their data, to which the month and .json are put
		CodesHref   string // of the page a code is typed into, "" where there are no codes
	}
	// HomeHero is the one person who is lit.
	HomeHero struct {
		Name, Href, Line string
		Portrait         *Picture
		Fallen           bool
		Sample           bool
		Letters          []string // the name, character by character
	}
	// Heroes is a list of heroes: all, or those of a place, a year, a type of deed.
	Heroes struct {
		Frame
		Index    string // href of the list of all
		Narrowed bool   // this is not all: those of a place, a year, a type of deed
		Data     string // href of all heroes as data; "" where they are too many to narrow by a script
		Filters  []Filter
		Letters  []Link // initials, each leading to where it stands
		Groups   []Letter
		Total    int
		Pager    Pager
	}
	// Timeline is the index of heroes as bars.
	Timeline struct {
		Frame
		Years   []Bar // the earliest first
		Deeds   []Bar
		Places  []Bar
		Total   int
		Undated int // people whose year is not known
		Besides []Link
	}
	// Bar is how many heroes one list has.
	Bar struct {
		ID         string
		Text, Href string
		Count      int
		Width      float64 // percent of the longest
		Parts      []BarPart
		Places     string // names, parted by 、
		Below      bool   // lies within the last that does not
		Gap        bool   // years without anybody lie before it
	}
	// BarPart is those of one type of deed.
	BarPart struct {
		Text  string
		Count int
		End   float64 // where it ends, percent; 0 at the bar's own end
	}
	// Days is the days of the year, or those of a month, with who acted on them.
	Days struct {
		Frame
		Months  []Month // all twelve
		Total   int
		Without int // people whose day is not known
		Besides []Link
	}
	// Month is a month of [Days].
	Month struct {
		ID, Name, Href string
		Count          int
		Days           []DayItem // none where they stand on a page of their own
	}
	// DayItem is a day and who acted on it.
	DayItem struct {
		ID, Text string
		Heroes   []HeroItem
	}
	// Numbers is what the site counts of itself.
	Numbers struct {
		Frame
		Numbers []Number
		Besides []Link
	}
	// Number is one of them.
	Number struct {
		Value, Label, How, Href string
	}
	// Letter is the heroes under one initial.
	Letter struct {
		Initial string
		ID      string
		Heroes  []HeroItem
	}
	// Hero is a person or a group.
	Hero struct {
		Frame
		Name       string
		Pinyin     string
		Group      bool
		Fallen     bool
		Sample     bool
		Portrait   *Picture
		Cut        int    // characters of the name where that stands for a portrait; 0 where there is one
		Words      string // one sentence of their own, in quotation marks
		Line       string
		Occupation string
		Born       int
		Facts      []Fact
		Honors     []HonorLink `was:"Seals"`
		Members    []Link
		Recording  *Recording
		Film       *Film
		Comic      []Picture
		Story      Prose
		Mentions   []Mention `was:"Traces"` // where the name stands
		Related    []Mention // people who have something in common; Kind says what
		Keepsakes  []Link    // what can be taken away: pictures, a poster, the page with pinyin
		Sources    []Source
	}
	// Mention is one place where a hero's name stands.
	Mention struct {
		Text, Href string
		Kind       string // exhibit, chapter, brief or group, as a word
	}
	// Briefs is a list of briefs.
	Briefs struct {
		Frame
		Years []FilterItem
		Items []BriefItem
		Total int
		Pager Pager
	}
	// Brief is a news brief.
	Brief struct {
		Frame
		Number     int
		Date       string
		DateISO    string
		Category   string
		Byline     []string
		Event      string
		Calendar   string // href of the event as a calendar file, where it is to come
		Text       Prose
		Gallery    []Picture
		Film       *Film
		Comic      []Picture
		Heroes     []Link
		Venues     []Link
		Units      []Link
		Reprints   []Source
		Keepsakes  []Link // what can be taken away
		Sources    []Source
		Issuer     string `was:"Organ"` // who issues it
		Prev, Next *Link
	}
	// Events is the list of what takes place and what took place, by the day it begins.
	Events struct {
		Frame
		Total    int
		Calendar string     // href of all of them as one calendar; "" where no day is known
		Today    string     // the day the page was made for; "" where nothing is to come
		Coming   []EventDay // on the first page alone: the next first
		Past     []EventDay // the latest first
		Pager    Pager
	}
	// EventDay is the events that begin on one day, or in a month or a year of which no more
	// is known.
	EventDay struct {
		Name   string
		ISO    string
		Events []EventItem
	}
	// EventItem is an event in a list.
	EventItem struct {
		Title, Href string
		When        string // where the day alone does not tell: hours, the last day
		Place       string
		PlaceLang   string // as in [HonorLink]
		Note        string
		Calendar    string // href of it as a calendar file, where it is to come
	}
	// Anthology is the list of books.
	Anthology struct {
		Frame
		Books []BookItem
	}
	// Book is one book with its table of contents.
	Book struct {
		Frame
		Book      BookItem
		Publisher string
		Text      Prose
		Parts     []Part
		Count     int // characters
		Sources   []Source
		EPUB      string // href of the e-book
		Print     string // href of the whole book on one page
	}
	// Part is a part of a book.
	Part struct {
		Name     string
		Words    string // "" or a sentence or two
		Chapters []ChapterItem
	}
	// ChapterItem is a chapter in a table of contents.
	ChapterItem struct {
		Title, Href string
		Authors     []string
		Place       int
		New         bool // not in the first edition
	}
	// BookPrint is a whole book on one page, to be printed.
	BookPrint struct {
		Frame
		Book            BookItem
		Publisher       string
		Cover, CoverAlt string // src of the drawn cover
		Heads           string // href of the style sheet with its running heads
		Intro           Prose
		Parts           []PrintPart
		Sources         []Source
		Imprint         []Imprint
		Internal        bool // 内部资料，免费交流: what is printed by a permit, for a circle of readers
	}
	// Imprint is what a copyright page says of one thing.
	Imprint struct {
		Label string
		Lines []string // at least one
		Href  string   // where the one line leads, or ""
	}
	// PrintPart is a part of a printed book.
	PrintPart struct {
		Name     string
		ID, Href string   // p1, #p1
		Picture  *Picture // or nil
		Words    string   // "" or a sentence or two
		Chapters []PrintChapter
	}
	// PrintChapter is a chapter of a printed book.
	PrintChapter struct {
		ID, Href string // c1, #c1
		Title    string
		Authors  []string
		Text     Prose
		Sources  []Source
	}
	// Chapter is one piece of a book.
	Chapter struct {
		Frame
		Book       Link
		Part       string
		Authors    []string
		Place      int
		Of         int
		Recording  *Recording
		Film       *Film
		Comic      []Picture
		Text       Prose
		Heroes     []Link
		Exhibits   []Link
		Keepsakes  []Link // the page with pinyin
		Sources    []Source
		Prev, Next *Link
	}
	// Pinyin is a person or a chapter with pinyin above every character, for children.
	Pinyin struct {
		Frame
		Over     string // the book
		Fallen   bool
		Sample   bool
		Portrait *Picture
		Line     string
		Words    string // one sentence of their own, in quotation marks
		Text     Prose
		Plain    Link        // the page without pinyin
		Names    []han.Named // that are read as names
	}
	// Venues is the list of venues by kind.
	Venues struct {
		Frame
		Kinds   []VenueGroup
		Rows    []VenueRow // the same in one list, by place
		Maps    []VenueMap // where they lie: all, then parts where they lie close
		Located int        // how many have coordinates
		Total   int
	}
	// VenueRow is a venue in the list beside the map.
	VenueRow struct {
		VenueItem
		Number int    // on the map, or 0
		At     string // latitude and longitude, degrees (WGS 84), "34.76300,113.68500"; or ""
		Maps   []Link // map apps
	}
	// VenueMap is venues as points, drawn to scale and north up. Lengths are units of its
	// Width and Height.
	VenueMap struct {
		ID            string
		Name          string // of the part, "" for the whole
		Whole         string // href of the map it is a part of, or ""
		Width, Height float64
		Bar           float64 // length of the scale bar
		BarText       string
		Foot, East    float64 // where the scale bar and the arrow of north stand
		Middle        int     // the latitude at which lengths are true: degrees north
		Marks         []MapMark
	}
	// MapMark is a venue on a map, or several that lie close.
	MapMark struct {
		X, Y           float64
		Href           string // of the row in the list, or of the map of those that lie close
		Name           string
		Mark           string // the number in the list, or how many they are
		Many           bool
		Label          string
		LabelX, LabelY float64 // where the label begins; 0 where there is no room for it
	}
	// VenueGroup is the venues of one kind.
	VenueGroup struct {
		Name, ID string
		Venues   []VenueItem
	}
	// Venue is a place.
	Venue struct {
		Frame
		Kind        string
		Cover       *Picture
		Plan        *SitePlan
		Stretches   []Stretch // of the route, where the plan's lamps stand too close on a phone; all its stops are in one
		Length      string    // of the whole route: 约 1.2 公里, or ""
		Start       *Link     // the way to the first stop; nil where there is no route
		Walk        string    // names the walk in the phone's memory: the same in all editions
		OfflineList string    `was:"Keep"` // address of the list of what a phone keeps, "" where there is nothing
		Route       []Stop    // along the walk
		Others      []Stop    // off it
		Elsewhere   *Link     // how many more exhibits have words in the site's own language alone, and their page; or nil
		Facts       []Fact
		Maps        []Link // map apps
		Recording   *Recording
		Text        Prose
		Briefs      []BriefItem
		Sources     []Source
	}
	// Exhibit is one thing in a venue: the page a scan opens.
	Exhibit struct {
		Frame
		Venue       Link
		Name        string
		Kind        string
		Number      string
		Code        string    // of its plaque, or ""
		Mark        string    // its number, with its kind before a bare figure, or its kind alone
		Stop, Of    int       // place along the route, or 0
		Left        int       // how many stops are still ahead
		OfflineList string    `was:"Keep"` // address of the list of what a phone keeps of the venue
		Walk        string    // names the walk in the phone's memory: the same in all editions
		Slug        string    // names it within the walk
		Person      *HeroItem // where it tells of one person
		Portrait    *Picture
		Line        string
		Recording   *Recording `was:"Audio"`
		Film        *Film
		Comic       []Picture
		Text        Prose // its own words
		Story       Prose // the person's
		Heroes      []HeroItem
		Chapters    []Link
		Plan        *SitePlan // the part around it
		Keepsakes   []Link    // what can be taken away
		PlanHref    string    // where the whole plan is, opened at its stretch
		Sources     []Source
		Prev, Next  *Stop
	}
	// Honors is the list of awards by level.
	Honors struct {
		Frame
		Levels []HonorGroup
	}
	// HonorGroup is the awards of one level.
	HonorGroup struct {
		Name   string
		Honors []HonorItem
	}
	// HonorItem is an award in a list.
	HonorItem struct {
		Title, Href, By string
		Sessions        int
		Holders         int
	}
	// Honor is one award.
	Honor struct {
		Frame
		Level    string
		By       string
		Text     Prose
		Sessions []SessionItem
		Rule     string // how the roll is ordered
		Roll     []HeroItem
		Sources  []Source
	}
	// SessionItem is a session in a list.
	SessionItem struct {
		Number, Href string
		Date         string // "" where the number tells as much
		Note         string
		Holders      int
	}
	// Session is one session of an award.
	Session struct {
		Frame
		Honor      Link
		Number     string
		Date       string
		Note       string
		Calendar   string // href of it as a calendar file, where it is to come
		Rule       string
		Roll       []HeroItem
		Prev, Next *Link
	}
	// Units is the list of units by kind.
	Units struct {
		Frame
		Kinds []UnitGroup
		Total int
	}
	// UnitGroup is the units of one kind.
	UnitGroup struct {
		Name, ID string
		Href     string // #ID
		Units    []Unit
	}
	// Unit is one unit; it has no page of its own.
	Unit struct {
		Name, ID string
		Href     string // #ID
		Facts    []Fact
		Text     Prose
		Briefs   []BriefItem
		Sources  []Source
		Sample   bool
		Long     bool // it is too long to stand whole in a list on a phone
	}
	// Reports is the list of years.
	Reports struct {
		Frame
		Reports []ReportItem
	}
	// ReportItem is a report in a list.
	ReportItem struct {
		Title, Href string
		Year        int
		Lead        []FigureView
	}
	// Report is a year's figures.
	Report struct {
		Frame
		Year       int
		Lead       []FigureView // shown large
		Groups     []FigureGroup
		Compared   bool   // some figure tells the year before
		Yearbook   string // href of the year as a booklet, or ""
		Text       Prose
		Sources    []Source
		Prev, Next *Link
	}
	// Yearbook is a year to be printed as a booklet: its people, figures and events.
	Yearbook struct {
		Frame
		Year    int
		Lead    []FigureView
		Figures []FigureGroup
		People  []YearPerson // honoured in the year
		Deeds   []HeroItem   // whose deed was in the year, of those not honoured in it
		Briefs  []BriefItem  // the earliest first
		Text    Prose
		Report  Link
		Issuer  string
	}
	// YearPerson is a person of a yearbook.
	YearPerson struct {
		HeroItem
		Portrait *Picture
		Words    string   // one sentence of their own, in quotation marks
		Honors   []string // of the year
	}
	// FigureGroup is figures that belong together.
	FigureGroup struct {
		Name    string
		Figures []FigureView // all
		Numbers []FigureView // those that nothing can be compared with
		Charts  []Chart      // the others, one chart a unit
	}
	// Chart is figures of one unit, drawn as bars of one scale.
	Chart struct {
		Unit    string
		Figures []FigureView
	}
	// Screen is a playlist for a public display.
	Screen struct {
		Frame
		Portrait bool // hangs upright
		Seconds  int  // a slide
		Slides   []Slide
		Films    int    // how many of them are films
		File     string // href of the same as one file to take away; "" in that file itself
	}
	// Slide is one picture of a playlist: a person, a brief or a slogan.
	Slide struct {
		Name    string
		Letters []string
		Line    string // at most 84 characters
		Dense   bool   // the line is long and must be set smaller
		Picture *Picture
		Date    string
		Slogan  string
		Fallen  bool
		Sample  bool
		Film    *Film // alone on its slide
		Mark    *QR   // where to read on
	}
	// Search is the search page.
	Search struct {
		Frame
		Indexes []Link      // lists to browse where there is no script
		Places  []Option    // to search within; each below the one it lies in
		Years   []Option    // the latest first
		Deeds   []Option    // types of deeds
		Data    template.JS // for the script: the shape of the index, its words
	}
	// Plain is any other page.
	Plain struct {
		Frame
		Text     Prose
		Film     *Film
		Comic    []Picture
		List     []ListItem        // what to read, in order; of a reading list
		Nominate *content.Nominate // on the page about nominating
		Phones   []Phone           // to nominate by
		Form     string            // href of the form to print, likewise
		Word     string            // href of the same as a Word file
		Sources  []Source
	}
	// ListItem is a record of a reading list.
	ListItem struct {
		Title, Href string
		Kind        string // what it is, as a word
		Line        string // what it tells, in a sentence
		Sample      bool   // a person who is invented
	}
	// Form is the nomination form, to be printed and filled in by hand.
	Form struct {
		Frame
		Parts []FormPart
		To    []Fact   // where it goes
		Notes []string // what not to write, and what becomes of it
		Box   string   // the character of a box to tick
		Word  string   // href of the same as a Word file
	}
	// FormPart is lines of a form that belong together.
	FormPart struct {
		Name string
		Rows []FormRow
	}
	// FormRow is one thing to be filled in.
	FormRow struct {
		Label string
		Hint  string
		Boxes []string // to tick
		Lines []string // of room, each empty
	}
	// NotFound is the page for addresses that do not exist.
	NotFound struct {
		Frame
		Indexes []Link
		Codes   template.JS // see Codes
	}
	// NoNetwork is what a phone without a network shows for a page that it has not kept. What
	// it has kept the page's script knows.
	NoNetwork struct {
		Frame
		Venues []Link // of which something can be kept
	}
	// Codes is the page a plaque's code is typed into.
	Codes struct {
		Frame
		Codes template.JS // {"root": the site's path, "codes": [every code]}, "" where there are none
	}
	// Retired is what a code opens whose plaque is gone. It names nobody.
	Retired struct {
		Frame
		Code  string
		Heir  *Stop // what stands there now, or nil
		Venue *Link // where it stood, or nil
	}
	// Alias sends the browser on from an old address.
	Alias struct {
		Frame
		To string
	}
)
