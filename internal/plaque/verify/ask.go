package verify

import (
	"cmp"
	"compress/gzip"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"math"
	"mime"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"time"
)

// maxHops is how many redirects are followed; browsers follow 20.
const maxHops = 10

type asker struct {
	o      Options
	base   *url.URL // without user
	user   *url.Userinfo
	homes  []*url.URL // base too
	client *http.Client
}

// ErrBase is that of an address that cannot be asked.
var ErrBase = errors.New("no http or https address")

func newAsker(p *Plan, o Options) (*asker, error) {
	base, err := url.Parse(p.Base)
	if err != nil || base.Scheme != "http" && base.Scheme != "https" || base.Hostname() == "" {
		return nil, ErrBase // the parser's own words hold the address, and so a password
	}
	a := &asker{o: o, base: base, user: base.User}
	base.User, base.RawQuery, base.Fragment = nil, "", ""
	base.Host = strings.ToLower(base.Host) // browsers do; it is printed in capitals
	a.homes = []*url.URL{base}
	for _, h := range p.Homes {
		if u, err := url.Parse(h); err == nil && u.Host != "" {
			a.homes = append(a.homes, u)
		}
	}
	a.client = &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			Proxy: http.ProxyFromEnvironment, TLSClientConfig: &tls.Config{RootCAs: o.Roots, MinVersion: tls.VersionTLS12},
			ForceAttemptHTTP2: true, MaxIdleConnsPerHost: o.Parallel, IdleConnTimeout: time.Minute,
			DisableCompression: true, // unpacked here, bounded
		},
	}
	return a, nil
}

func (a *asker) result(c Code) Result {
	return Result{Code: c.Code, Exhibit: c.Exhibit, Name: c.Name, Retired: c.Retired, URL: shown(a.below("Q/" + c.Code + "/"))}
}

// ask asks for one code, twice where the first try fails in a way that passes. connected
// tells that some server was reached.
func (a *asker) ask(ctx context.Context, c Code) (r Result, connected bool) {
	for try := range 2 {
		if try > 0 {
			select {
			case <-ctx.Done():
				return r, connected
			case <-time.After(a.o.Pause):
			}
		}
		var body page
		var got bool
		r = a.result(c)
		body, got = a.walk(ctx, a.below("Q/"+c.Code+"/"), &r)
		connected = connected || got
		if r.Problem == Sound {
			a.judge(c, &r, body)
		}
		if !r.Problem.passing(r.Status) {
			break
		}
	}
	return r, connected
}

// walk asks for an address and follows where it leads. It fills in what is seen on the way.
func (a *asker) walk(ctx context.Context, at *url.URL, r *Result) (body page, connected bool) {
	ctx, cancel := context.WithTimeout(ctx, a.o.Timeout)
	defer cancel()
	var got atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn:     func(httptrace.GotConnInfo) { got.Store(true) },
		ConnectDone: func(_, _ string, err error) { got.Store(got.Load() || err == nil) },
	})
	first, start := at, time.Now()
	defer func() { r.Took = time.Since(start) }()
	for {
		res, err := a.get(ctx, at)
		if err != nil {
			r.fail(err)
			return body, got.Load()
		}
		r.Status = res.StatusCode
		r.Chain = append(r.Chain, Hop{shown(at), res.StatusCode})
		r.certificate(res.TLS)
		next := redirect(res, at)
		if next == nil {
			body, err = r.read(res)
			res.Body.Close()
			if err != nil && r.Problem == Sound {
				r.fail(err)
			}
			if at.Scheme == "http" {
				r.warn(Plain)
			}
			return body, true
		}
		_, _ = io.CopyN(io.Discard, res.Body, 4096) // mostly all of it: the connection can be used again
		res.Body.Close()
		switch {
		case len(r.Chain) > maxHops || slices.ContainsFunc(r.Chain, func(h Hop) bool { return h.URL == shown(next) && next.RawQuery == "" }):
			r.Problem = Loop
			return body, true
		case next.Scheme != "http" && next.Scheme != "https" || next.Host == "":
			r.Problem = Elsewhere // to an app or a mail program
			r.Found = next.Scheme + ":"
			return body, true
		case at.Scheme == "https" && next.Scheme == "http":
			r.warn(Plain)
		}
		if !sameHost(first, next) {
			r.warn(OtherHost)
		} else if first.EscapedPath() != next.EscapedPath() {
			r.warn(Moved)
		}
		at = next
	}
}

// get asks for one address. A name and password go to the site that is asked alone.
func (a *asker) get(ctx context.Context, at *url.URL) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", a.o.Agent)
	req.Header.Set("Accept", "text/html,*/*;q=0.5")
	req.Header.Set("Accept-Encoding", "gzip")
	if a.user != nil && at.Scheme == a.base.Scheme && at.Host == a.base.Host {
		password, _ := a.user.Password()
		req.SetBasicAuth(a.user.Username(), password)
	}
	return a.client.Do(req)
}

func redirect(res *http.Response, at *url.URL) *url.URL {
	switch res.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
	default:
		return nil
	}
	next, err := at.Parse(res.Header.Get("Location"))
	if err != nil || res.Header.Get("Location") == "" {
		return nil // the status itself is told
	}
	next.Fragment, next.RawFragment, next.User = "", "", nil
	next.Host = strings.ToLower(next.Host)
	if next.Path == "" {
		next.Path = "/"
	}
	return next
}

// read reads the page of an answer, at most [most] bytes of it.
func (r *Result) read(res *http.Response) (page, error) {
	n := &counter{r: io.LimitReader(res.Body, most)}
	defer func() { r.Bytes = n.n }()
	kind, _, _ := mime.ParseMediaType(res.Header.Get("Content-Type"))
	disposition, _, _ := mime.ParseMediaType(res.Header.Get("Content-Disposition"))
	isPage := kind == "text/html" || kind == "application/xhtml+xml"
	switch {
	case res.StatusCode != http.StatusOK:
		r.Problem = Status
		if !isPage {
			return page{}, nil
		}
	case disposition == "attachment":
		r.Problem = Download
		return page{}, nil
	case !isPage:
		r.Problem, r.Found = WrongPage, cmp.Or(kind, "?")
		return page{}, nil
	}
	var text io.Reader = n
	switch res.Header.Get("Content-Encoding") {
	case "gzip", "x-gzip":
		z, err := gzip.NewReader(n)
		if err != nil {
			return page{}, err
		}
		text = io.LimitReader(z, most)
	case "", "identity":
	default: // nobody asked for it
		r.Problem, r.Found = WrongPage, "Content-Encoding: "+res.Header.Get("Content-Encoding")
		return page{}, nil
	}
	return readPage(text)
}

type counter struct {
	r io.Reader
	n int
}

func (c *counter) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.n += n
	return n, err
}

// certificate notes when the first of the certificates that the connection rests on ends.
func (r *Result) certificate(s *tls.ConnectionState) {
	if s == nil {
		return
	}
	for _, chain := range s.VerifiedChains[:min(1, len(s.VerifiedChains))] {
		for i, c := range chain {
			if i > 0 && i == len(chain)-1 {
				break // the root is this machine's own
			}
			r.until(c.NotAfter)
		}
	}
}

func (r *Result) until(end time.Time) {
	if r.Until.IsZero() || end.Before(r.Until) {
		r.Until = end
		r.Days = int(math.Floor(time.Until(end).Hours() / 24))
	}
}

func (r *Result) warn(p Problem) {
	if !slices.Contains(r.Warnings, p) {
		r.Warnings = append(r.Warnings, p)
	}
}

// judge tells whether an answer is the right page, and what else is to be told.
func (a *asker) judge(c Code, r *Result, body page) {
	own, named := a.under(body.canonical)
	if c.Retired && !named && body.noIndex && body.canonical == "" {
		own, named = a.under(body.self)
	}
	switch {
	case named && own == c.Page && (!c.Retired || a.leads(c, r, body)):
	case a.isMissing(body):
		r.Problem = Missing
	case named && own == c.Page:
		r.Problem = LeadsNowhere
	default:
		r.Problem, r.Found = WrongPage, foundURL(cmp.Or(body.canonical, body.self))
	}
	if !r.Until.IsZero() {
		switch {
		case r.Days < a.o.FailDays:
			if r.Problem == Sound {
				r.Problem = CertificateEnding
			}
		case r.Days < a.o.WarnDays:
			r.warn(CertificateSoon)
		}
	}
	if r.Took > a.o.Slow {
		r.warn(Slow)
	}
}

// under is the part of an address below the site's.
func (a *asker) under(address string) (page string, ok bool) {
	u, err := url.Parse(address)
	if err != nil || address == "" {
		return "", false
	}
	for _, h := range a.homes {
		if page, ok := strings.CutPrefix(u.Path, strings.TrimRight(h.Path, "/")+"/"); ok && sameHost(u, h) {
			return page, true
		}
	}
	return "", false
}

// isMissing tells the site's page for what does not exist.
func (a *asker) isMissing(body page) bool {
	own, ok := a.under(body.self)
	return ok && (own == "404.html" || strings.HasSuffix(own, "/404.html"))
}

// leads tells whether a retired code's page links to what it must.
func (a *asker) leads(c Code, r *Result, body page) bool {
	if len(c.Leads) == 0 {
		return true
	}
	at, err := url.Parse(r.Chain[len(r.Chain)-1].URL)
	if err != nil {
		return false
	}
	return slices.ContainsFunc(body.links, func(href string) bool {
		u, err := at.Parse(href)
		if err != nil {
			return false
		}
		page, ok := a.under(u.String())
		return ok && slices.Contains(c.Leads, page)
	})
}

// site looks at what holds for all: what does not exist is answered as such, and what
// people type in small letters leads on, by the server or by the script of the page for
// what does not exist.
func (a *asker) site(ctx context.Context, codes []Code) (out []Problem) {
	look := func(at *url.URL) (r Result, body page) {
		body, _ = a.walk(ctx, at, &r)
		return r, body
	}
	r, body := look(a.below("Q/no-such-code/"))
	if r.Status == 0 {
		return nil // codes were answered a moment ago: no more than bad luck
	}
	if r.Status != http.StatusNotFound {
		out = append(out, SoftMissing)
	}
	if i := slices.IndexFunc(codes, func(c Code) bool { return !c.Retired }); i >= 0 {
		if small := strings.ToLower(codes[i].Code); small != codes[i].Code {
			r, body = look(a.below("q/" + small))
			own, _ := a.under(body.canonical)
			if r.Status != 0 && !(r.Status == http.StatusOK && own == codes[i].Page) && !a.isMissing(body) {
				out = append(out, NoFolding)
			}
		}
	}
	return out
}

// sameHost compares hosts with their ports; which scheme leads there does not matter.
func sameHost(a, b *url.URL) bool {
	return strings.EqualFold(strings.TrimSuffix(a.Hostname(), "."), strings.TrimSuffix(b.Hostname(), ".")) && port(a) == port(b)
}

// port is "" for those that a scheme implies.
func port(u *url.URL) string {
	if p := u.Port(); p != "80" && p != "443" {
		return p
	}
	return ""
}

// shown is an address as it may be told: what may be a secret is left out.
func shown(u *url.URL) string {
	s := *u
	s.User = nil
	if s.RawQuery != "" {
		s.RawQuery = "…"
	}
	s.ForceQuery, s.Fragment, s.RawFragment = false, "", ""
	return s.String()
}

func foundURL(address string) string {
	if u, err := url.Parse(address); err == nil {
		return shown(u)
	}
	return fmt.Sprintf("%.80q", address)
}
