package deploy

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
)

// KeepFor is how long files with a digest in their names stay at the target after the last
// site that used them.
const KeepFor = 30 * 24 * time.Hour

// Options say how a plan is made.
type Options struct {
	Plaques bool      // send plaques/ too
	Now     time.Time // the zero Time is the clock's
	// Forget removes files with a digest in their names at once when they are out of use:
	// where somebody's consent was withdrawn, a portrait shall not stay for 30 days.
	Forget  bool
	Machine Machine
}

// Reason is why a file that is not in the site stays at the target.
type Reason string

// The reasons.
const (
	MayBeAsked Reason = "may-be-asked" // until Item.Until
	CodePage   Reason = "code-page"    // for ever
	NamedByOne Reason = "named"        // by a code page that stays
)

// Item is one file of a plan.
type Item struct {
	Path  string
	Size  int64
	New   bool // there is none at the target
	Why   Reason
	Until time.Time

	made  Made
	step  int
	known bool // the record speaks of it
}

// Plan is what a run would do. Making it changes nothing.
type Plan struct {
	Send   []Item // in the order they go
	Remove []Item // likewise
	Keep   []Item // not in the site, and yet kept
	Same   int
	Bytes  int64 // to be sent
	There  int   // files at the target now

	store  patient
	source Source
	o      Options
	record *record
	lines  []line // what the record will say of files that are not sent
	stale  bool   // the record says too little or too much
}

// Make compares a target with a site.
func Make(ctx context.Context, store Store, source Source, o Options) (*Plan, error) {
	if o.Now.IsZero() {
		o.Now = time.Now()
	}
	p := &Plan{store: patient{store, func(Event) {}}, source: source, o: o}
	var err error
	if p.record, err = readRecord(ctx, p.store); err != nil {
		return nil, err
	}
	there, err := p.store.list(ctx, "", func(path string) bool { return !strings.HasPrefix(path, Home) })
	if err != nil {
		return nil, err
	}
	p.There = len(there)
	p.lines = make([]line, 0, len(there))
	left, err := p.compare(ctx, there)
	if err != nil {
		return nil, err
	}
	if err := p.leftovers(ctx, left); err != nil {
		return nil, err
	}
	p.stale = p.stale || p.record.left || len(p.lines) != len(p.record.lines)-p.voids()
	for _, items := range [][]Item{p.Send, p.Remove} {
		for i := range items {
			_, items[i].known = p.record.lines[items[i].Path]
		}
	}
	p.record.lines = nil // a plan may wait for its run
	return p, nil
}

// voids counts lines that say nothing.
func (p *Plan) voids() (n int) {
	for _, l := range p.record.lines {
		if l.Void {
			n++
		}
	}
	return n
}

// compare sorts the files of the site into those that are sent and those that are there
// already, and gives those at the target that are not of the site.
func (p *Plan) compare(ctx context.Context, there []Object) (left []Object, err error) {
	var doubtful []Made
	var objects []Object
	heads := p.store.KeepsHeaders()
	for _, m := range p.source.Files {
		if !p.o.Plaques && isArtwork(m.Path) {
			continue
		}
		for len(there) > 0 && there[0].Path < m.Path {
			left, there = append(left, there[0]), there[1:]
		}
		var o Object
		found := len(there) > 0 && there[0].Path == m.Path
		if found {
			o, there = there[0], there[1:]
		}
		l, known := p.record.lines[m.Path]
		known = known && !l.Void && l.Size == o.Size && l.Stamp == o.Stamp && l.Digest != digest{}
		switch {
		case !found:
			p.send(m, true)
		case o.Size != m.Size:
			p.send(m, false)
		case known && (l.Digest != digest(m.Hash) || heads && l.Heads != headsOf(m.Path)):
			p.send(m, false)
		case known:
			p.same(m, o)
		default:
			doubtful, objects = append(doubtful, m), append(objects, o)
		}
	}
	left = append(left, there...)
	holds := make([]bool, len(doubtful))
	err = each(ctx, len(doubtful), func(ctx context.Context, i int) (err error) {
		holds[i], err = p.store.Holds(ctx, objects[i], p.source.file(doubtful[i]))
		return err
	})
	if err != nil {
		return nil, err
	}
	for i, m := range doubtful {
		if holds[i] {
			p.same(m, objects[i])
			p.stale = true
		} else {
			p.send(m, false)
		}
	}
	slices.SortFunc(p.Send, func(a, b Item) int { return cmp.Or(cmp.Compare(a.step, b.step), cmp.Compare(a.Path, b.Path)) })
	return left, nil
}

func (p *Plan) send(m Made, isNew bool) {
	p.Send = append(p.Send, Item{Path: m.Path, Size: m.Size, New: isNew, made: m, step: stepOf(m.Path, !isNew)})
	p.Bytes += m.Size
}

func (p *Plan) same(m Made, o Object) {
	p.Same++
	l := line{Path: m.Path, Size: o.Size, Stamp: o.Stamp, Digest: digest(m.Hash), Heads: headsOf(m.Path)}
	if p.record.lines[m.Path] != l { // it was out of use, or unknown
		p.stale = true
	}
	p.lines = append(p.lines, l)
}

// leftovers settles what becomes of files at the target that are not in the site.
func (p *Plan) leftovers(ctx context.Context, left []Object) error {
	var pages []string // that stay
	for _, o := range left {
		path := o.Path
		l := p.record.lines[path]
		if l.Void || l.Size != o.Size || l.Stamp != o.Stamp {
			l = line{Path: path, Size: o.Size, Stamp: o.Stamp, Unused: l.Unused}
		}
		item := Item{Path: path, Size: o.Size}
		switch {
		case !ours(path):
			continue
		case isArtwork(path) && !p.o.Plaques && p.inSite(path):
			// Sent with --plaques at another time: neither sent again nor taken away.
			p.keep(item, l)
			continue
		case isCodePage(path) && isPage(path):
			pages = append(pages, path)
			item.Why = CodePage
			p.keep(item, l)
			continue
		case named(path) && !p.o.Forget:
			since, err := time.Parse(time.RFC3339, l.Unused)
			if err != nil || since.After(p.o.Now) {
				since = p.o.Now
				l.Unused = since.UTC().Format(time.RFC3339)
				p.stale = true
			}
			if until := since.Add(KeepFor); p.o.Now.Before(until) {
				item.Why, item.Until = MayBeAsked, until
				p.keep(item, l)
				continue
			}
		}
		p.Remove = append(p.Remove, item)
	}
	if len(p.Remove) > 0 && len(pages) > 0 {
		if err := p.spareNamed(ctx, pages); err != nil {
			return err
		}
	}
	// Pages before what they name.
	after := func(i Item) int {
		switch {
		case isPage(i.Path):
			return 0
		case named(i.Path):
			return 2
		}
		return 1
	}
	for i := range p.Remove {
		p.Remove[i].step = after(p.Remove[i])
	}
	slices.SortFunc(p.Remove, func(a, b Item) int { return cmp.Or(cmp.Compare(a.step, b.step), cmp.Compare(a.Path, b.Path)) })
	slices.SortFunc(p.Keep, func(a, b Item) int { return cmp.Compare(a.Path, b.Path) })
	return nil
}

func (p *Plan) keep(i Item, l line) {
	p.Keep = append(p.Keep, i)
	if p.record.lines[i.Path] != l {
		p.stale = true
	}
	p.lines = append(p.lines, l)
}

// inSite tells whether the site has such a file.
func (p *Plan) inSite(path string) bool {
	_, found := slices.BinarySearchFunc(p.source.Files, path, func(m Made, path string) int { return cmp.Compare(m.Path, path) })
	return found
}

// spareNamed keeps what pages that stay ask for.
func (p *Plan) spareNamed(ctx context.Context, pages []string) error {
	slices.Sort(pages)
	texts := make([][]byte, len(pages))
	err := each(ctx, len(pages), func(ctx context.Context, i int) (err error) {
		texts[i], err = p.store.read(ctx, pages[i])
		return err
	})
	if err != nil {
		return err
	}
	asked := map[string]bool{}
	for i, text := range texts {
		for _, path := range needs(pages[i], text, p.source.Base) {
			asked[path] = true
		}
	}
	p.Remove = slices.DeleteFunc(p.Remove, func(i Item) bool {
		if !asked[i.Path] {
			return false
		}
		i.Why = NamedByOne
		l := p.record.lines[i.Path]
		l.Path, l.Size, l.Void = i.Path, i.Size, false
		p.keep(i, l)
		return true
	})
	return nil
}

// TooMany tells whether the plan removes more than a tenth of what is there: that wants to
// be asked for.
func (p *Plan) TooMany() bool { return len(p.Remove)*10 > p.There }

// Empty tells that the target is as it should be.
func (p *Plan) Empty() bool { return len(p.Send) == 0 && len(p.Remove) == 0 && !p.stale }
