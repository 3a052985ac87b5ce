package deploy

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"slices"
	"strings"
	"sync"
	"time"
	"unique"

	"mingdeng/internal/fingerprint"
	"mingdeng/internal/serving"
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
	Digest digest `json:"digest,omitzero"`
	Heads  string `json:"heads,omitempty"`  // the headers it was sent with
	Unused string `json:"unused,omitempty"` // since when no page of the site uses it
	Void   bool   `json:"void,omitempty"`   // what was known of it counts no longer
}

// digest is a fingerprint in hexadecimal digits.
type digest fingerprint.Fingerprint

// MarshalText writes the digits.
func (d digest) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, d[:]), nil }

// UnmarshalText reads the digits; what is no digest is unknown.
func (d *digest) UnmarshalText(text []byte) error {
	*d = digest{}
	if b, err := hex.DecodeString(string(text)); err == nil && len(b) == len(d) {
		copy(d[:], b)
	}
	return nil
}

// headsOf are the headers of a file as a line of the record names them; there are few, and
// each is held once.
func headsOf(path string) string { return once(serving.TypeOf(path) + "|" + serving.Of(path).Cache) }

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

// startOf is enough of a record to know its first line.
const startOf = 4 << 10

// readRecord reads what a target keeps. What cannot be read counts as unknown: then the
// store is asked what it holds.
func readRecord(ctx context.Context, p patient) (*record, error) {
	return readUpTo(ctx, p, math.MaxInt64)
}

// readNames reads whose records there are, and no line of them: a few kilobytes.
func readNames(ctx context.Context, p patient) (*record, error) { return readUpTo(ctx, p, startOf) }

func readUpTo(ctx context.Context, p patient, limit int64) (*record, error) {
	r := &record{lines: map[string]line{}}
	listed, err := p.list(ctx, journals, func(string) bool { return true })
	if err != nil {
		return nil, err
	}
	for _, o := range listed {
		r.parts = append(r.parts, o.Path)
	}
	number := func(path string) (n int) {
		fmt.Sscanf(strings.TrimPrefix(path, journals), "%d", &n)
		return n
	}
	slices.SortFunc(r.parts, func(a, b string) int { return cmp.Compare(number(a), number(b)) })
	r.left = len(r.parts) > 0
	for i, path := range append([]string{recordFile}, r.parts...) {
		content, err := p.readStart(ctx, path, limit)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		h := r.add(content, limit == startOf)
		r.names += h.Run + " "
		if i > 0 {
			r.names += path + " "
			r.next = number(path) + 1
		}
	}
	return r, nil
}

// add reads a record, or its first line alone. Records of earlier programs are not packed.
func (r *record) add(content []byte, first bool) (h head) {
	var from io.Reader = bytes.NewReader(content)
	if packed, err := gzip.NewReader(from); err == nil {
		from = packed
	} else {
		from = bytes.NewReader(content)
	}
	scan := bufio.NewScanner(from)
	scan.Buffer(nil, 1<<20)
	if !scan.Scan() || json.Unmarshal(scan.Bytes(), &h) != nil || h.Version != recordVersion {
		return head{}
	}
	if first {
		return h
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

// write writes lines as a record or a journal: a line of JSON each, all packed, because a
// record crosses the network twice whenever a page has changed.
func write(run string, lines []line) []byte {
	var b bytes.Buffer
	packed, err := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	e := json.NewEncoder(packed)
	e.SetEscapeHTML(false)
	err = errors.Join(err, e.Encode(head{recordVersion, run}), packed.Flush()) // the first line can be read alone
	for i := range lines {
		err = errors.Join(err, e.Encode(&lines[i]))
	}
	if err = errors.Join(err, packed.Close()); err != nil { // strings, numbers and memory cannot fail
		panic(err)
	}
	return b.Bytes()
}

// memoryFile is one that is no file of the site.
func memoryFile(path string, content []byte) File {
	return File{Path: path, Size: int64(len(content)), Type: "application/octet-stream", Cache: "no-cache", Open: func() (io.ReadSeekCloser, error) {
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
func (j *journal) close(ctx context.Context, lines []line) error {
	slices.SortFunc(lines, func(a, b line) int { return cmp.Compare(a.Path, b.Path) })
	if _, err := j.p.Put(ctx, memoryFile(recordFile, write(j.run, lines))); err != nil {
		return err
	}
	for _, path := range j.parts {
		if err := j.p.Delete(ctx, path); err != nil {
			return err
		}
	}
	return nil
}
