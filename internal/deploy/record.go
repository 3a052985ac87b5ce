package deploy

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
	"unique"
)

// What deploy keeps at a target. Nothing of it is a page's business: a web server may well
// refuse to serve it.
const (
	Home       = ".mingdeng-deploy/"
	recordFile = Home + "record"
	journals   = Home + "journal-" // and a number
	lockFile   = Home + "lock"
	// TempPrefix begins the names of files that are on their way to their places.
	TempPrefix = Home + "tmp-"
)

// line is what is known of one file at the target: a line of the record or of a journal.
type line struct {
	Path   string `json:"path"`
	Size   int64  `json:"size"`
	Stamp  string `json:"stamp,omitempty"`
	Digest string `json:"digest,omitempty"`
	Heads  string `json:"heads,omitempty"`  // the headers it was sent with
	Unused string `json:"unused,omitempty"` // since when no page of the site uses it
	Void   bool   `json:"void,omitempty"`   // what was known of it counts no longer
}

// headsOf are the headers of a file as a line of the record names them; there are few, and
// each is held once.
func headsOf(f File) string { return once(f.Type + "|" + f.Cache) }

func once(s string) string { return unique.Make(s).Value() }

// head is the first line of a record: which run wrote it.
type head struct {
	Version int    `json:"mingdeng-deploy"`
	Run     string `json:"run"`
}

const recordVersion = 1

// record is all that is known of a target.
type record struct {
	lines map[string]line
	// names tells this record from every other: which run wrote it, and its journals.
	names string
	parts []string // its journals, in order
	left  bool     // a run was cut off
	next  int      // number of the next journal
}

// readRecord reads what a target keeps. What cannot be read counts as unknown: then the
// store is asked what it holds.
func readRecord(ctx context.Context, p patient) (*record, error) {
	r := &record{lines: map[string]line{}}
	err := p.List(ctx, journals, func(o Object) error {
		r.parts = append(r.parts, o.Path)
		return nil
	})
	if err != nil {
		return nil, err
	}
	number := func(path string) (n int) {
		fmt.Sscanf(strings.TrimPrefix(path, journals), "%d", &n)
		return n
	}
	slices.SortFunc(r.parts, func(a, b string) int { return cmp.Compare(number(a), number(b)) })
	r.left = len(r.parts) > 0
	for i, path := range append([]string{recordFile}, r.parts...) {
		content, err := p.read(ctx, path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		h := r.add(content)
		r.names += h.Run + " "
		if i > 0 {
			r.names += path + " "
			r.next = number(path) + 1
		}
	}
	return r, nil
}

func (r *record) add(content []byte) (h head) {
	scan := bufio.NewScanner(bytes.NewReader(content))
	scan.Buffer(nil, 1<<20)
	if !scan.Scan() || json.Unmarshal(scan.Bytes(), &h) != nil || h.Version != recordVersion {
		return head{}
	}
	for scan.Scan() {
		var l line
		if json.Unmarshal(scan.Bytes(), &l) != nil {
			continue
		}
		if l.Void {
			// When it fell out of use is still worth knowing.
			l = line{Path: l.Path, Unused: r.lines[l.Path].Unused, Void: true}
		}
		l.Heads = once(l.Heads)
		r.lines[l.Path] = l
	}
	return h
}

// write writes lines as a record or a journal.
func write(run string, lines []line) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	for i := -1; i < len(lines); i++ {
		var v any = head{recordVersion, run}
		if i >= 0 {
			v = lines[i]
		}
		if err := e.Encode(v); err != nil { // strings and numbers cannot fail
			panic(err)
		}
	}
	return b.Bytes()
}

// memoryFile is one that is no file of the site.
func memoryFile(path string, content []byte) File {
	return File{Path: path, Size: int64(len(content)), Type: "application/json", Cache: "no-cache", Open: func() (io.ReadSeekCloser, error) {
		return struct {
			io.ReadSeeker
			io.Closer
		}{bytes.NewReader(content), io.NopCloser(nil)}, nil
	}}
}

// How much is done between two parts of a journal: a run that is cut off asks again about
// so many files at most.
const (
	linesAPart = 500
	timeAPart  = 5 * time.Second
)

// journal tells the target what a run has done, while it runs.
type journal struct {
	p      patient
	run    string
	writes chan struct{} // holds one: one part at a time, in order

	mu      sync.Mutex
	parts   []string
	next    int
	pending []line
	since   time.Time
}

// add notes a line, and now and again writes a part.
func (j *journal) add(ctx context.Context, l line) error {
	j.mu.Lock()
	j.pending = append(j.pending, l)
	due := len(j.pending) >= linesAPart || time.Since(j.since) >= timeAPart
	j.mu.Unlock()
	if !due {
		return nil
	}
	return j.flush(ctx)
}

func (j *journal) flush(ctx context.Context) error {
	select {
	case j.writes <- struct{}{}:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	defer func() { <-j.writes }()
	j.mu.Lock()
	lines, path := j.pending, fmt.Sprintf("%s%04d", journals, j.next)
	j.pending, j.since = nil, time.Now()
	if len(lines) > 0 {
		j.next++
		j.parts = append(j.parts, path)
	}
	j.mu.Unlock()
	if len(lines) == 0 {
		return nil
	}
	_, err := j.p.Put(ctx, memoryFile(path, write(j.run, lines)))
	return err
}

// close replaces record and journal by one record.
func (j *journal) close(ctx context.Context, lines map[string]line) error {
	sorted := make([]line, 0, len(lines))
	for _, path := range slices.Sorted(maps.Keys(lines)) {
		sorted = append(sorted, lines[path])
	}
	if _, err := j.p.Put(ctx, memoryFile(recordFile, write(j.run, sorted))); err != nil {
		return err
	}
	for _, path := range j.parts {
		if err := j.p.Delete(ctx, path); err != nil {
			return err
		}
	}
	return nil
}
