// Package verify asks a live site for every code that was ever issued: does a visitor's
// phone still get the right page?
//
//	plan := &verify.Plan{Base: "https://yx.gov.cn/", Homes: …, Codes: …}
//	report, err := plan.Run(ctx, verify.Options{})
//
// A [Plan], each [Result] and the [Report] are values: a command prints them, a page in a
// browser shows them.
//
// # The right page
//
// A page says which one it is: an exhibit's page, also when it is opened by its code, names
// the exhibit's address as canonical; the page of a retired code names itself (og:url) and
// no canonical address. So a server that answers 200 with some other page, its home page or
// its page for what does not exist, is found out. The page of a retired code must besides
// lead to the successor or the venue, and not be the exhibit that stood there once.
//
// # What is dead and what is told
//
// A [Problem] is a fault ([Problem.Fault]: a visitor does not get the page, or soon will
// not) or something to look after: slow, moved, a certificate that ends within weeks.
//
// # Manners
//
// Two requests at a time unless told, each with a name and an address in its User-Agent; one more try
// where the network or the server failed; at most [most] bytes of an answer are read. When
// not even a connection is had for the first code, the others are not tried: either this
// machine has no network or the whole site is gone ([Report.Unreached]).
package verify

import (
	"cmp"
	"context"
	"crypto/x509"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"mingdeng/internal/rescue"
)

// Code is a code that was issued, with what its address must open.
type Code struct {
	Code    string
	Exhibit string // VENUE/EXHIBIT; "" of a retired one
	Name    string // for people; "" of a retired one, whose exhibit may have borne a person's name
	Retired bool
	// Page is the address, below the site's, by which the page calls itself.
	Page string
	// Leads are addresses below the site's. A retired code's page links to one of them; where
	// there are none, nothing is published that it could lead to.
	Leads []string
}

// Plan is what will be asked for.
type Plan struct {
	Base  string   // address of the site that is asked; it may hold a user and a password, which are never told
	Homes []string // addresses by which its pages may call themselves, besides Base
	Codes []Code
}

// Options say how to ask. The zero value is how a monthly check asks.
type Options struct {
	Roots    *x509.CertPool // nil for the system's
	Parallel int            // requests at a time: 2
	Timeout  time.Duration  // of one try: 20 s
	Pause    time.Duration  // before the second try: 2 s
	Slow     time.Duration  // what takes longer is told: 3 s
	WarnDays int            // a certificate that lasts fewer days is told: 30
	FailDays int            // one that lasts fewer is a fault: 7; negative for never
	Agent    string         // the User-Agent
	// Tell, if not nil, is called after each answer, one call at a time.
	Tell func(r Result, done, total int)
}

func (o Options) withDefaults() Options {
	o.Parallel = cmp.Or(max(o.Parallel, 0), 2)
	o.Timeout = cmp.Or(o.Timeout, 20*time.Second)
	o.Pause = cmp.Or(o.Pause, 2*time.Second)
	o.Slow = cmp.Or(o.Slow, 3*time.Second)
	o.WarnDays = cmp.Or(o.WarnDays, 30)
	o.FailDays = cmp.Or(o.FailDays, 7)
	o.Agent = cmp.Or(o.Agent, "mingdeng (plaque verify)")
	return o
}

// most bounds what is read of an answer, packed and unpacked; pages have some 20 KB.
const most = 4 << 20

// giveUp is after how many codes in a row that had no connection the others are not tried.
const giveUp = 8

// Hop is one answer on the way to a page.
type Hop struct {
	URL    string `json:"url"` // without user, password and query
	Status int    `json:"status"`
}

// Result is what came of one code.
type Result struct {
	Code    string
	Exhibit string
	Name    string
	Retired bool
	URL     string // what was asked for, without user and password
	Status  int    // of the last answer; 0 for none
	Chain   []Hop  // the redirects and the last answer
	// Problem is the fault, [Sound] for none; Warnings are what else is to be looked after.
	Problem  Problem
	Warnings []Problem
	Found    string // for [WrongPage]: what the page calls itself, or its Content-Type; "" for nothing
	// Until is the day on which the first certificate on the way, or one it rests on, ends;
	// zero where there was none.
	Until time.Time
	Days  int // whole days until then, negative for those since
	Took  time.Duration
	Bytes int // of the page as it was sent
}

// OK tells that a visitor gets the right page.
func (r *Result) OK() bool { return !r.Problem.Fault() }

// Report is the end of a run.
type Report struct {
	Results []Result  // of the codes that were asked for, in the order of the plan
	Site    []Problem // what is to be looked after for the site as a whole
	Until   time.Time // the first end of a certificate
	// Unreached tells that no connection was had at all.
	Unreached bool
}

// Faults counts codes that are dead or wrong, Warned those that are sound but to be looked after.
func (r *Report) Faults() (n int) {
	for i := range r.Results {
		if !r.Results[i].OK() {
			n++
		}
	}
	return n
}

// Warned counts codes that are sound and to be looked after.
func (r *Report) Warned() (n int) {
	for i := range r.Results {
		if r.Results[i].OK() && len(r.Results[i].Warnings) > 0 {
			n++
		}
	}
	return n
}

// Run asks. The error is that of a plan that cannot be asked, or of ctx: then the report
// holds what was asked until then.
func (p *Plan) Run(ctx context.Context, o Options) (*Report, error) {
	o = o.withDefaults()
	a, err := newAsker(p, o)
	if err != nil {
		return nil, err
	}
	defer a.client.CloseIdleConnections()
	n := len(p.Codes)
	results := make([]Result, n)
	asked := make([]bool, n)
	r := &Report{}
	var mu sync.Mutex
	done, lost := 0, 0 // lost: codes in a row without a connection
	one := func(i int) {
		mu.Lock()
		gone := r.Unreached || lost >= giveUp
		mu.Unlock()
		x, connected := Result{}, true
		if gone {
			x = a.result(p.Codes[i])
			x.Problem = NotAsked
		} else {
			x, connected = a.ask(ctx, p.Codes[i])
			if ctx.Err() != nil {
				return // cut off, not dead
			}
		}
		mu.Lock()
		defer mu.Unlock()
		switch {
		case gone:
		case connected:
			lost = 0
		default:
			lost++
		}
		r.Unreached = r.Unreached || i == 0 && !connected
		results[i], asked[i] = x, true
		done++
		if o.Tell != nil {
			o.Tell(x, done, n)
		}
	}
	if n > 0 {
		one(0)
	}
	var next atomic.Int64
	var crash atomic.Pointer[error]
	var wg sync.WaitGroup
	for range min(o.Parallel, n) {
		wg.Go(func() {
			err := rescue.Do(func() error {
				for ctx.Err() == nil {
					i := int(next.Add(1))
					if i >= n {
						return nil
					}
					one(i)
				}
				return nil
			})
			if err != nil {
				crash.Store(&err)
			}
		})
	}
	wg.Wait()
	for i, x := range results {
		if asked[i] {
			r.Results = append(r.Results, x)
			if !x.Until.IsZero() && (r.Until.IsZero() || x.Until.Before(r.Until)) {
				r.Until = x.Until
			}
		}
	}
	if err := crash.Load(); err != nil {
		return r, *err
	}
	if ctx.Err() == nil && n > 0 && !r.Unreached && lost < giveUp {
		r.Site = a.site(ctx, p.Codes)
	}
	return r, ctx.Err()
}

// below is the address of a page on the site that is asked.
func (a *asker) below(page string) *url.URL {
	u := *a.base
	u.Path = strings.TrimRight(u.Path, "/") + "/" + page
	u.RawPath = ""
	return &u
}
