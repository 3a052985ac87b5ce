// Package scans counts how often plaques were opened, from the logs that web servers,
// object stores and delivery networks write anyway.
//
// # What is read
//
// Every line by itself, whatever file it stands in ([line.go]):
//
//	nginx, Apache       common, combined, with the host or other fields before and after
//	Aliyun OSS          combined with more behind it; so do Huawei OBS and Amazon S3
//	Aliyun, Huawei CDN  the time first, the referer before the request
//	Tencent CDN, COS    fields in a fixed order
//	IIS, CloudFront     W3C extended: #Fields names what follows, also anew within a file
//	Caddy, nginx JSON   an object a line
//
// # What is counted
//
// A GET of /Q/CODE/ that was answered with the page (200, 206) or with "you have it
// already" (304). A redirect is not counted, since the request it leads to is; nor is an
// answer 404 to a code written otherwise than in the address (/q/7k3x), because 404.html
// leads on to the right one. Robots, by the patterns of crawlers.txt, are counted apart,
// and so are what looks at a page before a person does: previews and prefetches.
//
// Months are China's, whatever zone a log is written in.
//
// # What is kept
//
// Numbers by code and month. Nothing of a visitor is kept, not even while a log is read,
// and no line of a log is ever shown: of a line that could not be read only its place. So
// there is no number of different visitors, and a page loaded twice was opened twice.
package scans

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"

	"github.com/zeebo/xxh3"

	"mingdeng/internal/plaque/code"
)

// Plaque is a code that was issued, with what it opens.
type Plaque struct {
	Code      string
	Exhibit   string // VENUE/EXHIBIT; "" of a retired one, which names nobody
	Name      string // of the exhibit
	Venue     string // its slug, "" where that is not published
	VenueName string
	Retired   bool
}

// Kinds of request for a plaque's page.
type kind uint8

const (
	opened  kind = iota
	failed       // the server did not give the page
	robot        // a program that says so
	preview      // looked at before a person does
	kinds
)

// cell is what is counted: requests of a kind for a plaque in a month.
type cell struct {
	plaque int32 // place in Counter.plaques, or nowhere
	month  int16 // months since January of the year 0
	kind   kind
}

const nowhere = -1 // a robot's request for a code that does not exist

// tally holds the counts of one file, or of all.
type tally struct {
	lines, requests int64 // lines read; those that are requests
	cells           map[cell]int64
	unknown         map[string]int64 // codes that were never issued
	others          int64            // requests for more of them than are kept
	misshapen       int64            // what stands in the place of a code and is none
	odd             int64
	first, last     int32 // days, as 20261122; 0 for none
}

// mostUnknown is how many codes that do not exist are told apart: who tries them all
// would otherwise fill the memory.
const mostUnknown = 100_000

func newTally() *tally { return &tally{cells: map[cell]int64{}, unknown: map[string]int64{}} }

func (t *tally) add(o *tally) {
	t.lines += o.lines
	t.requests += o.requests
	t.others += o.others
	t.misshapen += o.misshapen
	t.odd += o.odd
	for c, n := range o.cells {
		t.cells[c] += n
	}
	for c, n := range o.unknown {
		t.ask(c, n)
	}
	t.see(o.first)
	t.see(o.last)
}

func (t *tally) ask(code string, n int64) {
	if _, known := t.unknown[code]; !known && len(t.unknown) >= mostUnknown {
		t.others += n
		return
	}
	t.unknown[code] += n
}

func (t *tally) see(day int32) {
	if day == 0 {
		return
	}
	if t.first == 0 || day < t.first {
		t.first = day
	}
	t.last = max(t.last, day)
}

// Counter counts over any number of logs. It is not safe for concurrent use.
type Counter struct {
	plaques []Plaque
	byCode  map[string]int32
	all     *tally
	places  []Place
	seen    map[xxh3.Uint128]string
	scratch []byte
}

// Place is a line that could not be read.
type Place struct {
	File string `json:"file"`
	Line int64  `json:"line"`
}

// shownPlaces is how many lines that could not be read are told of.
const shownPlaces = 3

// NewCounter counts the plaques given.
func NewCounter(plaques []Plaque) *Counter {
	c := &Counter{plaques: plaques, byCode: make(map[string]int32, len(plaques)), all: newTally(), seen: map[xxh3.Uint128]string{}}
	for i, p := range plaques {
		c.byCode[p.Code] = int32(i)
	}
	return c
}

// Log is what became of one log.
type Log struct {
	Lines    int64
	Requests int64
	Odd      int64  // lines that could not be read
	Same     string // the log that held the very same bytes, so that this one is not counted again
}

const (
	bufferSize = 1 << 20
	// twinSize is from how many bytes on two logs with the same content are one log that
	// lies there twice: every line bears its time.
	twinSize = 4 << 10
	// stride is how many lines are read between two looks at the context.
	stride = 4096
)

// ErrStopped says that the context ended.
var ErrStopped = errors.New("stopped")

// Read counts a log, by name for messages alone. What was read before an error counts.
func (c *Counter) Read(ctx context.Context, name string, r io.Reader) (Log, error) {
	digest := xxh3.New()
	size := int64(0)
	in := bufio.NewReaderSize(r, bufferSize)
	t, p := newTally(), parser{}
	var places []Place
	var err error
	for err == nil {
		var line []byte
		line, err = in.ReadSlice('\n')
		size += int64(len(line))
		_, _ = digest.Write(line) // never fails
		long := err == bufio.ErrBufferFull
		for err == bufio.ErrBufferFull { // no request is so long
			var more []byte
			more, err = in.ReadSlice('\n')
			size += int64(len(more))
			_, _ = digest.Write(more)
		}
		if len(line) == 0 {
			break
		}
		if t.lines++; t.lines%stride == 0 && ctx.Err() != nil {
			return Log{}, ErrStopped
		}
		if err != nil && err != io.EOF {
			break // a torn line tells nothing
		}
		what := odd
		if !long {
			what = c.count(t, &p, trim(line))
		}
		if what == odd {
			if t.odd++; len(c.places)+len(places) < shownPlaces {
				places = append(places, Place{name, t.lines})
			}
		}
	}
	if err == io.EOF {
		err = nil
	}
	log := Log{Lines: t.lines, Requests: t.requests, Odd: t.odd}
	if size >= twinSize {
		sum := digest.Sum128()
		if twin, seen := c.seen[sum]; seen {
			return Log{Lines: t.lines, Same: twin}, err
		}
		c.seen[sum] = name
	}
	c.all.add(t)
	c.places = append(c.places, places...)
	return log, err
}

func trim(line []byte) []byte {
	line = bytes.TrimSuffix(line, []byte{'\n'})
	return bytes.TrimSuffix(line, []byte{'\r'})
}

// count takes one line in.
func (c *Counter) count(t *tally, p *parser, line []byte) verdict {
	var q request
	what := p.parse(line, &q)
	if what != asked {
		return what
	}
	t.requests++
	t.see(q.day)
	if !isGET(q.method) {
		return what
	}
	segment, canonical, ok := c.codeIn(q.target)
	if !ok {
		return what
	}
	by := q.who()
	good := q.status == 200 || q.status == 206 || q.status == 304
	moved := q.status >= 300 && q.status < 400 && !good
	if moved {
		return what
	}
	month := int16(q.day / 10000 * 12)
	month += int16(q.day/100%100) - 1
	at, known := c.byCode[string(segment)]
	typed := ""
	if !known {
		typed = code.Fold(string(segment))
		at, known = c.byCode[typed]
		canonical = false
	}
	switch {
	case by != opened && (good || !known):
		if !known {
			at = nowhere
		}
		t.cells[cell{at, month, by}]++
	case by != opened: // a robot that was refused
	case known && good:
		t.cells[cell{at, month, opened}]++
	case known && (canonical || q.status != 404):
		t.cells[cell{at, month, failed}]++
	case known: // 404.html leads on
	case code.Shaped(typed):
		t.ask(typed, 1)
	default:
		t.misshapen++
	}
	return what
}

func isGET(m []byte) bool {
	return len(m) == 3 && m[0]|0x20 == 'g' && m[1]|0x20 == 'e' && m[2]|0x20 == 't'
}

// longestSegment is what may stand in the place of a code, escapes and all.
const longestSegment = 64

// codeIn finds the segment behind /Q/ at the end of an address. canonical tells that the
// address is written as it is printed.
func (c *Counter) codeIn(target []byte) (segment []byte, canonical, ok bool) {
	if i := bytes.IndexAny(target, "?#"); i >= 0 {
		target = target[:i]
	}
	if bytes.IndexByte(target, '%') >= 0 || bytes.IndexByte(target, '\\') >= 0 {
		c.scratch = unescape(c.scratch[:0], target)
		target = c.scratch
	}
	if len(target) > 0 && target[0] != '/' {
		i := bytes.Index(target, []byte("://"))
		if i < 0 {
			return nil, false, false
		}
		host := target[i+3:]
		if i = bytes.IndexByte(host, '/'); i < 0 {
			return nil, false, false
		}
		target = host[i:]
	}
	canonical = true
	const index = "index.html"
	if n := len(target) - len(index); n > 0 && target[n-1] == '/' && bytes.EqualFold(target[n:], []byte(index)) {
		target = target[:n]
	}
	if n := len(target); n > 0 && target[n-1] == '/' {
		target = target[:n-1]
	} else {
		canonical = false // a redirect to the address with the slash comes first
	}
	i := bytes.LastIndexByte(target, '/')
	if i < 2 || target[i-1]|0x20 != 'q' || target[i-2] != '/' {
		return nil, false, false
	}
	segment = target[i+1:]
	if len(segment) == 0 || len(segment) > longestSegment {
		return nil, false, false
	}
	return segment, canonical && target[i-1] == 'Q', true
}

// unescape undoes %51 and JSON's \/ and \u0051.
func unescape(to, from []byte) []byte {
	for i := 0; i < len(from); i++ {
		b := from[i]
		switch {
		case b == '%' && i+2 < len(from) && hex(from[i+1]) >= 0 && hex(from[i+2]) >= 0:
			to = append(to, byte(hex(from[i+1])<<4|hex(from[i+2])))
			i += 2
		case b == '\\' && i+1 < len(from) && from[i+1] == '/':
			to = append(to, '/')
			i++
		case b == '\\' && i+5 < len(from) && from[i+1] == 'u' && from[i+2] == '0' && from[i+3] == '0' && hex(from[i+4]) >= 0 && hex(from[i+5]) >= 0:
			to = append(to, byte(hex(from[i+4])<<4|hex(from[i+5])))
			i += 5
		default:
			to = append(to, b)
		}
	}
	return to
}

func hex(b byte) int {
	switch {
	case b >= '0' && b <= '9':
		return int(b - '0')
	case b|0x20 >= 'a' && b|0x20 <= 'f':
		return int(b|0x20-'a') + 10
	}
	return -1
}

// Empty tells that nothing was a request.
func (c *Counter) Empty() bool { return c.all.requests == 0 }
