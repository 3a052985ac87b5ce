// Package ledger keeps content/plaques.yaml: every code that was ever given to a
// plaque, and where it leads.
//
//	# 铭牌编号登记簿……
//	base_url: https://yx.example.cn/
//	codes:
//	  - code: 7K3X
//	    exhibit: zi-jing-shan/deng-ta
//	    issued: 2026-11-03
//	    status: retired
//	    successor: 9WX2
//
// base_url is the address printed in all codes. It is written with the first of them,
// after somebody has typed it: that it stands there is the proof of it ([Confirms]). No
// code is for an address that will not last ([Judge]). Keys may be Chinese (铭牌网址,
// 编号; in an entry 编号, 展品, 发放, 状态, 接替), and so may the status (在用, 停用).
// One key a line, in the order of issue, lets a git diff say in two lines what
// happened to which plaque.
//
// # Reading and checking
//
// [Parse] reads a ledger and reports what is wrong within it; [Ledger.Against]
// holds it against the site and the last build. A code that is cast in bronze must
// resolve for ever, so almost everything is an error that stops the build.
//
// # Changing
//
// [Ledger.Add], [Ledger.Retire] and [Ledger.Readdress] edit the text, not a tree written anew: comments,
// order, line ends, spelling of keys and every line not concerned stay byte for
// byte. Each edit is read back, and refused if it does not say exactly what was
// meant. [Ledger.Write] replaces the file by rename, unless somebody else has changed
// it since it was read.
//
// Not here: how codes are made (package code), what the symbols hold (package qr).
package ledger

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"mingdeng/internal/date"
	"mingdeng/internal/diag"
)

// Path is where a site keeps its ledger.
const Path = "content/plaques.yaml"

// Status says whether a plaque is in force.
type Status string

// A code is in force, or its plaque is gone.
const (
	Active  Status = "active"
	Retired Status = "retired"
)

// Entry is one code.
type Entry struct {
	Code      string    `json:"code"`
	Exhibit   string    `json:"exhibit"` // VENUE/EXHIBIT, slugs
	Issued    date.Date `json:"issued"`
	Status    Status    `json:"status"`
	Successor string    `json:"successor,omitempty"` // of a retired code, or ""
	Pos       diag.Pos  `json:"-"`                   // of the code in the ledger
}

// Venue returns the slug of the venue the plaque stands in.
func (e Entry) Venue() string {
	venue, _, _ := strings.Cut(e.Exhibit, "/")
	return venue
}

// Ledger is a ledger with the text it is written in. It is not safe for concurrent
// use.
type Ledger struct {
	path     string
	was      []byte // the file as it was read; nil for a new ledger
	bom      bool
	lines    []string // with their ends; without the byte-order mark
	base     string
	basePos  diag.Pos
	baseNode *yaml.Node // nil where the key is missing
	codes    *list      // nil where the key is missing
	entries  []*entry
	fault    *diag.Finding // the first error found in reading
}

// New starts a ledger that has no file yet. baseURL is the address that the codes
// will bear.
func New(path, baseURL string) *Ledger {
	l, _ := Parse(path, []byte(`# 铭牌编号登记簿：发出去的每一个编号都在这里，铭牌挂着，编号就要一直能打开。
# 由 mingdeng plaque issue 和 mingdeng plaque retire 写入；一条也不要删。
# 有 # 的行是备注，可以自己加。
base_url: `+scalar(baseURL)+`
codes:
`))
	l.was = nil
	return l
}

// BaseURL returns the address printed in the codes.
func (l *Ledger) BaseURL() string { return l.base }

// Entries returns all codes in the order of the ledger.
func (l *Ledger) Entries() []Entry {
	out := make([]Entry, len(l.entries))
	for i, e := range l.entries {
		out[i] = e.Entry
	}
	return out
}

// Find returns the entry of a code.
func (l *Ledger) Find(code string) (Entry, bool) {
	if e := l.entry(code); e != nil {
		return e.Entry, true
	}
	return Entry{}, false
}

func (l *Ledger) entry(code string) *entry {
	i := slices.IndexFunc(l.entries, func(e *entry) bool { return e.Code == code })
	if i < 0 || code == "" {
		return nil
	}
	return l.entries[i]
}

// Heir follows the successors of a code to the one in force. It returns false where
// there is none: the visitor is then led to the venue.
func (l *Ledger) Heir(code string) (Entry, bool) {
	for range l.entries { // a circle, which is a fault, ends too
		e := l.entry(code)
		switch {
		case e == nil:
			return Entry{}, false
		case e.Status == Active:
			return e.Entry, true
		}
		code = e.Successor
	}
	return Entry{}, false
}

// Text returns the ledger as it is to be written. Without a change that is, byte for
// byte, what was read; only a file in GB18030 becomes UTF-8.
func (l *Ledger) Text() []byte {
	text := strings.Join(l.lines, "")
	if l.bom {
		text = mark + text
	}
	return []byte(text)
}
