package verify

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"mingdeng/internal/diag"
	"mingdeng/internal/testrun"
)

// authority is a private one, as some associations have.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	pool *x509.CertPool
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	a := &authority{}
	a.key, a.cert = issue(t, nil, &x509.Certificate{IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}, 365*24*time.Hour)
	a.pool = x509.NewCertPool()
	a.pool.AddCert(a.cert)
	return a
}

var serial atomic.Int64

// issue makes a certificate that ends after some time; a nil authority signs itself.
func issue(t *testing.T, by *authority, c *x509.Certificate, lasts time.Duration) (*ecdsa.PrivateKey, *x509.Certificate) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c.SerialNumber, c.Subject = big.NewInt(serial.Add(1)), pkix.Name{CommonName: "a trial"}
	c.NotBefore = time.Now().Add(-60 * 24 * time.Hour)
	c.NotAfter = time.Now().Add(lasts)
	parent, signer := c, key
	if by != nil {
		parent, signer = by.cert, by.key
	}
	der, err := x509.CreateCertificate(rand.Reader, c, parent, &key.PublicKey, signer)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return key, cert
}

const month = 30 * 24 * time.Hour

// server answers over TLS with a certificate of by (nil: its own) for names.
func server(t *testing.T, h http.Handler, by *authority, lasts time.Duration, names ...string) *httptest.Server {
	t.Helper()
	c := &x509.Certificate{ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	for _, n := range names {
		if ip := net.ParseIP(n); ip != nil {
			c.IPAddresses = append(c.IPAddresses, ip)
		} else {
			c.DNSNames = append(c.DNSNames, n)
		}
	}
	key, cert := issue(t, by, c, lasts)
	s := httptest.NewUnstartedServer(h)
	s.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{cert.Raw}, PrivateKey: key}}}
	s.Config.ErrorLog = nil
	s.StartTLS()
	t.Cleanup(s.Close)
	return s
}

const home = "https://h.cn/"

func exhibitPage(address string) string {
	return `<!doctype html><link rel="canonical" href="` + home + address + `"><meta property="og:url" content="` + home + address + `"><a href="/venues/y/">y</a>`
}

func retiredPage(code, leads string) string {
	return `<!doctype html><meta name=robots content=noindex><meta property="og:url" content="` + home + "Q/" + code + `/"><a href="../../` + leads + `">on</a>`
}

const missingPage = `<!doctype html><meta name="robots" content="noindex"><meta property="og:url" content="` + home + `404.html">`

func give(status int, page string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(status)
		_, _ = w.Write([]byte(page))
	}
}

// site answers as a web server of ours does: what is not there with 404.html.
type site map[string]http.HandlerFunc

func (s site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if h := s[r.URL.Path]; h != nil {
		h(w, r)
		return
	}
	give(http.StatusNotFound, missingPage)(w, r)
}

func quick(pool *x509.CertPool) Options {
	return Options{Roots: pool, Pause: time.Millisecond, Timeout: time.Minute}
}

func active(code string) Code {
	return Code{Code: code, Exhibit: "y/x", Name: "一号板", Page: "venues/y/x/"}
}

func old(code string) Code {
	return Code{Code: code, Retired: true, Page: "Q/" + code + "/", Leads: []string{"venues/y/"}}
}

func redirectTo(to string, status int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, status) }
}

// TestOne: each way in which one code's address can be sound, dead or wrong.
func TestOne(t *testing.T) {
	ca := newAuthority(t)
	other := server(t, site{"/Q/AAAA/": give(200, exhibitPage("venues/y/x/"))}, ca, 3*month, "127.0.0.1")
	good := exhibitPage("venues/y/x/")
	packed := func(b string) string {
		var z bytes.Buffer
		w := gzip.NewWriter(&z)
		_, _ = w.Write([]byte(b))
		w.Close()
		return z.String()
	}
	header := func(k, v, page string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set(k, v)
			give(200, page)(w, r)
		}
	}
	var flaky, flaky429 atomic.Int64
	for name, c := range map[string]struct {
		code  Code
		pages site
		want  Problem
		warn  []Problem
		found string
		hops  int
	}{
		"right page":   {active("AAAA"), site{"/Q/AAAA/": give(200, good)}, Sound, nil, "", 1},
		"packed":       {active("AAAA"), site{"/Q/AAAA/": header("Content-Encoding", "gzip", packed(good))}, Sound, nil, "", 1},
		"retired":      {old("AAAA"), site{"/Q/AAAA/": give(200, retiredPage("AAAA", "venues/y/"))}, Sound, nil, "", 1},
		"gone":         {active("AAAA"), site{}, Status, nil, "", 1},
		"soft missing": {active("AAAA"), site{"/Q/AAAA/": give(200, missingPage)}, Missing, nil, "", 1},
		"other edition's missing page": {active("AAAA"), site{"/Q/AAAA/": give(200, strings.ReplaceAll(missingPage, "404.html", "en/404.html"))},
			Missing, nil, "", 1},
		"another exhibit": {active("AAAA"), site{"/Q/AAAA/": give(200, exhibitPage("venues/y/z/"))}, WrongPage, nil, home + "venues/y/z/", 1},
		"home page":       {active("AAAA"), site{"/Q/AAAA/": give(200, exhibitPage(""))}, WrongPage, nil, home, 1},
		"a page that names nothing": {active("AAAA"), site{"/Q/AAAA/": give(200, "<title>域名出售</title>")},
			WrongPage, nil, "", 1},
		"same path of another site": {active("AAAA"), site{"/Q/AAAA/": give(200, strings.ReplaceAll(good, "h.cn", "evil.cn"))},
			WrongPage, nil, "https://evil.cn/venues/y/x/", 1},
		"commented": {active("AAAA"), site{"/Q/AAAA/": give(200, "<!--"+good+"-->")}, WrongPage, nil, "", 1},
		"in a script": {active("AAAA"), site{"/Q/AAAA/": give(200, "<script>'"+good+"'</script>")},
			WrongPage, nil, "", 1},
		"not yet retired": {old("AAAA"), site{"/Q/AAAA/": give(200, good)}, WrongPage, nil, home + "venues/y/x/", 1},
		"already retired": {active("AAAA"), site{"/Q/AAAA/": give(200, retiredPage("AAAA", "venues/y/"))}, WrongPage, nil, home + "Q/AAAA/", 1},
		"leads nowhere":   {old("AAAA"), site{"/Q/AAAA/": give(200, retiredPage("AAAA", "about/"))}, LeadsNowhere, nil, "", 1},
		"leads out":       {old("AAAA"), site{"/Q/AAAA/": give(200, strings.ReplaceAll(retiredPage("AAAA", ""), `"../../"`, `"https://evil.cn/venues/y/"`))}, LeadsNowhere, nil, "", 1},
		"no page at all":  {active("AAAA"), site{"/Q/AAAA/": header("Content-Type", "application/octet-stream", good)}, Sound, nil, "", 1}, // set below
		"download":        {active("AAAA"), site{"/Q/AAAA/": header("Content-Disposition", `attachment; filename="i"`, good)}, Download, nil, "", 1},
		"server fails":    {active("AAAA"), site{"/Q/AAAA/": give(503, "")}, Status, nil, "", 1},
		"fails once": {active("AAAA"), site{"/Q/AAAA/": func(w http.ResponseWriter, r *http.Request) {
			if flaky.Add(1) == 1 {
				give(502, "")(w, r)
				return
			}
			give(200, good)(w, r)
		}}, Sound, nil, "", 1},
		"too many, once": {active("AAAA"), site{"/Q/AAAA/": func(w http.ResponseWriter, r *http.Request) {
			if flaky429.Add(1) == 1 {
				give(429, "")(w, r)
				return
			}
			give(200, good)(w, r)
		}}, Sound, nil, "", 1},
		"breaks off": {active("AAAA"), site{"/Q/AAAA/": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "5000")
			w.Header().Set("Content-Type", "text/html")
			_, _ = w.Write([]byte("<!doctype html>"))
		}}, BrokenOff, nil, "", 1},
		"damaged packing": {active("AAAA"), site{"/Q/AAAA/": header("Content-Encoding", "gzip", packed(strings.Repeat(good, 500))[:200])}, BrokenOff, nil, "", 1},
		"redirect":        {active("AAAA"), site{"/Q/AAAA/": redirectTo("/venues/y/x/?secret=7", http.StatusFound), "/venues/y/x/": give(200, good)}, Sound, []Problem{Moved}, "", 2},
		"redirect, wrong": {active("AAAA"), site{"/Q/AAAA/": redirectTo("/", 301), "/": give(200, exhibitPage(""))}, WrongPage, []Problem{Moved}, home, 2},
		"another host":    {active("AAAA"), site{"/Q/AAAA/": redirectTo(other.URL+"/Q/AAAA/", 301)}, Sound, []Problem{OtherHost}, "", 2},
		"loop":            {active("AAAA"), site{"/Q/AAAA/": redirectTo("/a", http.StatusFound), "/a": redirectTo("/Q/AAAA/", http.StatusFound)}, Loop, []Problem{Moved}, "", 2},
		"never ends": {active("AAAA"), site{"/Q/AAAA/": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.Path+"?"+r.URL.RawQuery+"a", http.StatusFound)
		}}, Loop, nil, "", maxHops + 1},
		"into an app":      {active("AAAA"), site{"/Q/AAAA/": redirectTo("weixin://dl/", http.StatusFound)}, Elsewhere, nil, "weixin:", 1},
		"nowhere":          {active("AAAA"), site{"/Q/AAAA/": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusFound) }}, Status, nil, "", 1},
		"packed strangely": {active("AAAA"), site{"/Q/AAAA/": header("Content-Encoding", "br", good)}, WrongPage, nil, "Content-Encoding: br", 1},
	} {
		t.Run(name, func(t *testing.T) {
			if name == "no page at all" {
				c.pages = site{"/Q/AAAA/": func(w http.ResponseWriter, _ *http.Request) {
					w.Header().Set("Content-Type", "application/octet-stream")
					_, _ = w.Write([]byte(good))
				}}
				c.want, c.found = WrongPage, "application/octet-stream"
			}
			s := server(t, c.pages, ca, 3*month, "127.0.0.1")
			p := &Plan{Base: s.URL, Homes: []string{home}, Codes: []Code{c.code}}
			r, err := p.Run(context.Background(), quick(ca.pool))
			if err != nil {
				t.Fatal(err)
			}
			x := r.Results[0]
			if x.Problem != c.want || !slices.Equal(x.Warnings, c.warn) || x.Found != c.found || len(x.Chain) != c.hops {
				t.Errorf("%q %v found %q over %v, want %q %v %q over %d", x.Problem, x.Warnings, x.Found, x.Chain, c.want, c.warn, c.found, c.hops)
			}
			if x.OK() != (c.want == Sound) || x.Days < 88 || x.Days > 90 {
				t.Errorf("ok %v, %d days", x.OK(), x.Days)
			}
			for _, l := range []diag.Lang{diag.Chinese, diag.English} {
				for _, w := range append(slices.Clone(x.Warnings), x.Problem) {
					if said := x.Say(w, l); w != Sound && (said == "" || strings.Contains(said, "%!")) || strings.Contains(said, "secret") {
						t.Errorf("%s: %q", w, said)
					}
				}
			}
			if name == "redirect" && !strings.HasSuffix(x.Say(Moved, diag.English), "leads on to "+s.URL+"/venues/y/x/?…") {
				t.Error(x.Say(Moved, diag.English))
			}
			if strings.Contains(fmt.Sprint(x), "secret") {
				t.Errorf("a query is told: %v", x)
			}
		})
	}
}

// TestCertificates: what phones refuse is refused, and how long one lasts is told.
func TestCertificates(t *testing.T) {
	ca, stranger := newAuthority(t), newAuthority(t)
	pages := site{"/Q/AAAA/": give(200, exhibitPage("venues/y/x/"))}
	day := 24 * time.Hour
	for name, c := range map[string]struct {
		by    *authority
		lasts time.Duration
		host  string
		want  Problem
		warn  Problem
		days  int
	}{
		"sound":          {ca, 40*day + time.Hour, "127.0.0.1", Sound, Sound, 40},
		"ends in weeks":  {ca, 20*day + time.Hour, "127.0.0.1", Sound, CertificateSoon, 20},
		"ends in days":   {ca, 5*day + time.Hour, "127.0.0.1", CertificateEnding, Sound, 5},
		"has ended":      {ca, -2*day - time.Hour, "127.0.0.1", CertificateExpired, Sound, -3},
		"another host":   {ca, 40*day + time.Hour, "other.cn", CertificateHost, Sound, 40},
		"its own":        {nil, 40*day + time.Hour, "127.0.0.1", CertificateUnknown, Sound, 40},
		"of a stranger":  {stranger, 40*day + time.Hour, "127.0.0.1", CertificateUnknown, Sound, 40},
		"of the machine": {nil, 40*day + time.Hour, "127.0.0.1", CertificateUnknown, Sound, 40},
	} {
		t.Run(name, func(t *testing.T) {
			s := server(t, pages, c.by, c.lasts, c.host)
			p := &Plan{Base: s.URL, Homes: []string{home}, Codes: []Code{active("AAAA")}}
			o := quick(ca.pool)
			if name == "of the machine" {
				o.Roots = nil
			}
			r, err := p.Run(context.Background(), o)
			if err != nil {
				t.Fatal(err)
			}
			x := r.Results[0]
			if x.Problem != c.want || x.Days != c.days || c.warn != Sound && !slices.Contains(x.Warnings, c.warn) || r.Unreached {
				t.Errorf("%q %v, %d days (unreached %v), want %q, %q, %d", x.Problem, x.Warnings, x.Days, r.Unreached, c.want, c.warn, c.days)
			}
			if c.host == "other.cn" && !strings.Contains(x.Say(x.Problem, diag.English), "other.cn") {
				t.Error(x.Say(x.Problem, diag.English))
			}
		})
	}
}

// TestPlain: http leads to https, which is as it should be; the other way round is told.
func TestPlain(t *testing.T) {
	ca := newAuthority(t)
	pages := site{"/Q/AAAA/": give(200, exhibitPage("venues/y/x/"))}
	plain := httptest.NewServer(pages)
	defer plain.Close()
	down := server(t, site{"/Q/AAAA/": redirectTo(plain.URL+"/Q/AAAA/", http.StatusFound)}, ca, 3*month, "127.0.0.1")
	for base, hops := range map[string]int{plain.URL: 1, down.URL: 2} {
		p := &Plan{Base: base, Homes: []string{home}, Codes: []Code{active("AAAA")}}
		r, err := p.Run(context.Background(), quick(ca.pool))
		if err != nil {
			t.Fatal(err)
		}
		if x := r.Results[0]; !x.OK() || !slices.Contains(x.Warnings, Plain) || len(x.Chain) != hops {
			t.Errorf("%q %v %v", x.Problem, x.Warnings, x.Chain)
		}
	}
	a, err := newAsker(&Plan{Base: "http://H.CN/"}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	secure, _ := a.base.Parse("https://h.cn:443/Q/AAAA/")
	if a.base.Host != "h.cn" || !sameHost(a.base, secure) {
		t.Error("http and https of one host are two hosts")
	}
}

// TestManners: never more at a time than asked for, a name in each request, every code
// asked for once, and slow ones told.
func TestManners(t *testing.T) {
	ca := newAuthority(t)
	var now, high atomic.Int64
	var mu sync.Mutex
	seen := map[string]int{}
	codes := []Code{}
	for i := range 40 {
		codes = append(codes, active(fmt.Sprintf("A%03d", i)))
	}
	s := server(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := now.Add(1)
		defer now.Add(-1)
		for h := high.Load(); n > h && !high.CompareAndSwap(h, n); h = high.Load() {
		}
		mu.Lock()
		seen[r.URL.Path]++
		mu.Unlock()
		if r.UserAgent() != "mingdeng/1 (trial)" || r.Method != http.MethodGet {
			t.Errorf("%s by %q", r.Method, r.UserAgent())
		}
		time.Sleep(3 * time.Millisecond)
		if strings.HasPrefix(r.URL.Path, "/Q/A") {
			give(200, exhibitPage("venues/y/x/"))(w, r)
			return
		}
		give(404, missingPage)(w, r)
	}), ca, 3*month, "127.0.0.1")
	for _, parallel := range []int{0, 5} {
		high.Store(0)
		clear(seen)
		o := quick(ca.pool)
		o.Parallel, o.Agent, o.Slow = parallel, "mingdeng/1 (trial)", time.Millisecond
		told := 0
		o.Tell = func(_ Result, done, total int) {
			told++
			if done != told || total != len(codes) {
				t.Errorf("%d of %d, told %d times", done, total, told)
			}
		}
		r, err := (&Plan{Base: s.URL, Homes: []string{home}, Codes: codes}).Run(context.Background(), o)
		if err != nil || len(r.Results) != len(codes) || r.Faults() != 0 || r.Warned() != len(codes) || told != len(codes) || len(r.Site) != 0 {
			t.Fatalf("%v, %d results, %d faults, %d warned, told %d, %v", err, len(r.Results), r.Faults(), r.Warned(), told, r.Site)
		}
		if most := high.Load(); most > int64(max(parallel, 2)) {
			t.Errorf("%d at a time, asked for %d", most, parallel)
		}
		for i, x := range r.Results {
			if x.Code != codes[i].Code || seen["/Q/"+x.Code+"/"] != 1 || !slices.Contains(x.Warnings, Slow) {
				t.Errorf("%s in place %d, asked for %d times, %v", x.Code, i, seen["/Q/"+x.Code+"/"], x.Warnings)
			}
		}
	}
}

// TestUnreached: where there is no connection at all the others are not tried; where a
// server goes away in between, the rest is told as not asked.
func TestUnreached(t *testing.T) {
	ca := newAuthority(t)
	codes := []Code{}
	for i := range 100 {
		codes = append(codes, active(fmt.Sprintf("A%03d", i)))
	}
	nobody := "https://127.0.0.1:" + testrun.Port(t)
	r, err := (&Plan{Base: nobody, Codes: codes}).Run(context.Background(), quick(ca.pool))
	if err != nil || !r.Unreached || r.Faults() != len(codes) || r.Results[0].Problem != Unreachable || r.Results[99].Problem != NotAsked {
		t.Errorf("%v, unreached %v, %d faults", err, r.Unreached, r.Faults())
	}
	var s *httptest.Server
	n := atomic.Int64{}
	s = server(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if n.Add(1) > 10 {
			go s.Listener.Close()
			w.Header().Set("Connection", "close")
		}
		give(200, exhibitPage("venues/y/x/"))(w, r)
	}), ca, 3*month, "127.0.0.1")
	s.Config.SetKeepAlivesEnabled(false)
	r, err = (&Plan{Base: s.URL, Homes: []string{home}, Codes: codes}).Run(context.Background(), quick(ca.pool))
	last := r.Results[99]
	if err != nil || r.Unreached || !r.Results[0].OK() || last.Problem != NotAsked || last.URL == "" {
		t.Errorf("%v, unreached %v, first %v, last %v", err, r.Unreached, r.Results[0], last)
	}
}

// TestSite: a server that answers 200 for everything, and one that neither folds nor
// shows the page that does.
func TestSite(t *testing.T) {
	ca := newAuthority(t)
	page := give(200, exhibitPage("venues/y/x/"))
	for name, c := range map[string]struct {
		h    http.Handler
		want []Problem
	}{
		"ours":    {site{"/Q/AAAA/": page}, nil},
		"folding": {site{"/Q/AAAA/": page, "/q/aaaa": redirectTo("/Q/AAAA/", 301)}, nil},
		"soft": {http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/Q/AAAA/" {
				page(w, r)
				return
			}
			give(200, missingPage)(w, r)
		}), []Problem{SoftMissing}},
		"its own 404": {http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/Q/AAAA/" {
				page(w, r)
				return
			}
			give(404, "<h1>nginx</h1>")(w, r)
		}), []Problem{NoFolding}},
	} {
		s := server(t, c.h, ca, 3*month, "127.0.0.1")
		r, err := (&Plan{Base: s.URL, Homes: []string{home}, Codes: []Code{active("AAAA")}}).Run(context.Background(), quick(ca.pool))
		if err != nil || !slices.Equal(r.Site, c.want) || r.Faults() != 0 {
			t.Errorf("%s: %v, %v, want %v; %v", name, err, r.Site, c.want, r.Results)
		}
	}
}

// TestUser: a name and a password go to the site that is asked and nowhere else, and are
// told nowhere.
func TestUser(t *testing.T) {
	ca := newAuthority(t)
	other := server(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "" {
			t.Error("the password went to another host")
		}
		give(200, exhibitPage("venues/y/x/"))(w, r)
	}), ca, 3*month, "127.0.0.1")
	s := server(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if u, p, ok := r.BasicAuth(); !ok || u != "someone" || p != "hunter2" {
			give(401, "")(w, r)
			return
		}
		http.Redirect(w, r, strings.Replace(other.URL, "://", "://someone:hunter2@", 1)+"/Q/AAAA/", http.StatusFound)
	}), ca, 3*month, "127.0.0.1")
	base := strings.Replace(s.URL, "://", "://someone:hunter2@", 1)
	r, err := (&Plan{Base: base, Homes: []string{home}, Codes: []Code{active("AAAA")}}).Run(context.Background(), quick(ca.pool))
	if err != nil || !r.Results[0].OK() || strings.Contains(fmt.Sprint(r), "hunter2") {
		t.Errorf("%v %v", err, r)
	}
	if _, err := (&Plan{Base: "https://someone:hunter2@[::"}).Run(context.Background(), Options{}); err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Error(err)
	}
}

// TestStopped: an interrupted run keeps what it has and calls nothing dead.
func TestStopped(t *testing.T) {
	ca := newAuthority(t)
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	n := atomic.Int64{}
	s := server(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if n.Add(1) == 5 {
			stop()
		}
		give(200, exhibitPage("venues/y/x/"))(w, r)
	}), ca, 3*month, "127.0.0.1")
	codes := []Code{}
	for i := range 50 {
		codes = append(codes, active(fmt.Sprintf("A%03d", i)))
	}
	r, err := (&Plan{Base: s.URL, Homes: []string{home}, Codes: codes}).Run(ctx, quick(ca.pool))
	if err != context.Canceled || len(r.Results) < 3 || len(r.Results) > 7 || r.Faults() != 0 {
		t.Errorf("%v, %d results, %d faults", err, len(r.Results), r.Faults())
	}
}

// TestEndless: an answer without end is not read to it.
func TestEndless(t *testing.T) {
	ca := newAuthority(t)
	for _, pack := range []bool{false, true} {
		s := server(t, site{"/Q/AAAA/": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			block := bytes.Repeat([]byte("<p>x</p>"), 8192)
			if !pack {
				for r.Context().Err() == nil {
					if _, err := w.Write(block); err != nil {
						return
					}
				}
				return
			}
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			for r.Context().Err() == nil {
				if _, err := z.Write(block); err != nil {
					return
				}
			}
		}}, ca, 3*month, "127.0.0.1")
		o := quick(ca.pool)
		o.Timeout = 30 * time.Second
		r, err := (&Plan{Base: s.URL, Homes: []string{home}, Codes: []Code{active("AAAA")}}).Run(context.Background(), o)
		if err != nil || r.Results[0].Problem != WrongPage || r.Results[0].Bytes > most+4096 {
			t.Errorf("%v, %v", err, r.Results[0])
		}
	}
}

// TestTold: every problem is told in both languages.
func TestTold(t *testing.T) {
	if len(Problems()) != len(words) {
		t.Errorf("%d problems, %d told", len(Problems()), len(words))
	}
	for p, w := range words {
		r := Result{Status: 500, Found: "x", Until: time.Now()}
		for _, l := range []diag.Lang{diag.Chinese, diag.English} {
			if said := r.Say(p, l); w.In(l) == "" || strings.Contains(said+p.Text(l), "%") || !slices.Contains(Problems(), p) {
				t.Errorf("%s: %q", p, said)
			}
		}
	}
}

func FuzzPage(f *testing.F) {
	f.Add([]byte(exhibitPage("venues/y/x/")))
	f.Add([]byte(retiredPage("AAAA", "venues/y/")))
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := readPage(bytes.NewReader(b))
		if err == nil && len(p.links) > maxLinks {
			t.Error(len(p.links))
		}
	})
}
