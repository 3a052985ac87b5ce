package serving

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
	"encoding/pem"
	"encoding/xml"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"mingdeng/internal/attachment"
	"mingdeng/internal/diag"
	"mingdeng/internal/plaque/code"
	"mingdeng/internal/plaque/verify"
	"mingdeng/internal/testrun"
)

// TestPattern: a rule's pattern fits the files that the rule is for.
func TestPattern(t *testing.T) {
	parts := []string{"plaques", "css", "js", "img", "search", "d", "f", "p", "g", "zh-hant", "heads.ab.css", "sw.js", "offline.json", "index.html", "a.epub", "x.css", "a.JSON", "b.xml", "css.html", "sw.js.txt", "a b.jpg", "heads", ".x"}
	rapid.Check(t, func(t *rapid.T) {
		base := rapid.SampledFrom([]string{"/", "/lamp/", "/a.b+c/"}).Draw(t, "base")
		file := strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 1, 4).Draw(t, "parts"), "/")
		for _, r := range table {
			pattern := r.pattern(base)
			if ok, err := regexp.MatchString(pattern, base+file); err != nil || ok {
				if want := Of(file); err != nil || want.Match != r.Match {
					t.Fatalf("%s: %q fits, should be %q (%v)", file, r.Match, want.Match, err)
				}
				return
			}
		}
		t.Fatalf("%s: no rule fits", file)
	})
}

// TestTypesByEnding: no rule gives a type that the ending alone does not give, since
// servers are told by endings.
func TestTypesByEnding(t *testing.T) {
	types := typesByEnding()
	for e, want := range byEnding {
		if types[strings.TrimPrefix(e, ".")] != want {
			t.Errorf("%s is %s by its ending and %s by a rule", e, want, types[strings.TrimPrefix(e, ".")])
		}
	}
	for _, r := range table {
		if e := strings.TrimPrefix(path.Ext(r.Match), "."); e != "" && r.Type != "" && types[e] != r.Type {
			t.Errorf("%s: %s, others of its ending %s", r.Match, r.Type, types[e])
		}
	}
	for _, f := range files() {
		if got, ok := types[strings.TrimPrefix(path.Ext(f), ".")]; TypeOf(f) != "application/octet-stream" && (!ok || got != TypeOf(f)) {
			t.Errorf("%s is %s, by its ending %s", f, TypeOf(f), got)
		}
	}
	for _, e := range attachment.Endings() {
		if TypeOf("files/a.0123456789ab."+e) == "application/octet-stream" { // with nosniff, nothing plays it
			t.Errorf("%s has no type", e)
		}
	}
	for _, must := range []string{"webmanifest", "epub", "geojson", "avif", "mp3", "m4a", "webp", "vtt", "svg", "xml"} {
		if types[must] == "" {
			t.Errorf("%s has no type", must)
		}
	}
}

// TestTypedLetters: servers fold what is typed as the program does.
func TestTypedLetters(t *testing.T) {
	for c := 'a'; c <= 'z'; c++ {
		if strings.ContainsRune(typedLetters, c) {
			if got := code.Fold("000" + string(c)); got != "000"+folded(c) {
				t.Errorf("%c is %s here and %s there", c, folded(c), got)
			}
		} else if strings.ContainsRune(code.Alphabet, c-'a'+'A') {
			t.Errorf("%c is in codes and not folded", c)
		}
	}
	shape := regexp.MustCompile("^" + codeShape + "$")
	for _, c := range code.Alphabet {
		if !shape.MatchString("000" + string(c)) {
			t.Errorf("%c is in codes and not in their shape", c)
		}
	}
}

// files are at least one for each rule and each type.
func files() []string {
	list := []string{
		"index.html", "404.html", "heroes/index.html", "heroes/zhang-san/index.html", "heroes/zhang-san/card.jpg", "Q/index.html",
		"css/lamplight.c8fc161fe107.css", "js/scan.630ec8dc4c04.js", "sw.js", "img/icon.ebcc4c65fdeb.svg", "img/a.ebcc4c65fdeb-480.webp",
		"img/a.ebcc4c65fdeb.jpg", "img/a.ebcc4c65fdeb.avif", "img/icon.png", "files/tone.ebcc4c65fdeb.mp3", "files/tone.ebcc4c65fdeb.m4a", "files/paper.ebcc4c65fdeb.pdf",
		"files/words.ebcc4c65fdeb.vtt", "venues/y/offline.json", "zh-hant/anthology/b/print/heads.5e8712d32762.css", "anthology/b/b.epub", "data/heroes.json",
		"data/venues.geojson", "manifest.webmanifest", "feed.xml", "feed.json", "sitemap.xml", "robots.txt", "apple.png", "events.ics", "data/figures.csv",
	}
	for _, e := range editions {
		list = append(list, e+"search/d/10a.txt", e+"search/f/1.txt", e+"search/p/1.txt", e+"search/g/1.bin")
	}
	for _, c := range []string{"81AT", "0TEV", "81ATX", "81ATXY"} {
		list = append(list, "Q/"+c+"/index.html")
	}
	return list
}

// secrets are files that lie in the folder and are not given out.
var secrets = []string{".mingdeng/state", ".git/config", "plaques/y/81AT.svg", "heroes/.hidden.html"}

const host = "127.0.0.1"

// trial is a site in a folder, with a certificate.
type trial struct {
	Place
	dir  string
	pool *x509.CertPool
}

func newTrial(t *testing.T, base string) *trial {
	t.Helper()
	dir := t.TempDir()
	root := filepath.Join(dir, "www")
	write := func(name string, content []byte) {
		name = filepath.Join(root, filepath.FromSlash(strings.TrimPrefix(base, "/")), filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range append(files(), secrets...) {
		write(f, content(base, f))
	}
	write(".well-known/security.txt", []byte("Contact: nobody"))
	for d := dir; d != os.TempDir() && d != "/"; d = filepath.Dir(d) { // servers may run as somebody else
		_ = os.Chmod(d, 0o755)
	}
	tr := &trial{dir: dir, pool: x509.NewCertPool(), Place: Place{Host: host, Base: base, Root: root, Listen: testrun.Port(t), Plain: testrun.Port(t),
		Certificate: filepath.Join(dir, "cert.pem"), Key: filepath.Join(dir, "key.pem")}}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "a trial"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(60 * 24 * time.Hour),
		IPAddresses: []net.IP{net.ParseIP(host)}, IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	chain := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	tr.pool.AppendCertsFromPEM(chain)
	for name, b := range map[string][]byte{tr.Certificate: chain, tr.Key: pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})} {
		if err := os.WriteFile(name, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return tr
}

// content is long enough to be packed, and differs from file to file.
func content(base, file string) []byte {
	head := ""
	at := "https://h.cn" + base
	switch {
	case strings.HasPrefix(file, "Q/") && strings.Count(file, "/") == 2:
		head = `<link rel="canonical" href="` + at + `venues/y/x/">`
	case strings.HasSuffix(file, ".html"):
		head = `<meta name="robots" content="noindex"><meta property="og:url" content="` + at + file + `">`
	}
	return []byte(head + strings.Repeat("見義勇爲 "+file+"\n", 100))
}

// start runs a server until the test ends and waits until it answers.
func (tr *trial) start(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		select {
		case <-ended:
		case <-time.After(testrun.Patience):
			_ = cmd.Process.Kill()
		}
		if t.Failed() {
			t.Log(said.String())
		}
	})
	for deadline := time.Now().Add(testrun.Patience); ; time.Sleep(50 * time.Millisecond) {
		c, err := net.Dial("tcp", host+":"+tr.Listen)
		if err == nil {
			c.Close()
			return
		}
		select {
		case err := <-ended:
			ended <- err
			t.Fatalf("the server ended: %v\n%s", err, said.String())
		default:
		}
		if time.Now().After(deadline) {
			t.Fatalf("no answer\n%s", said.String())
		}
	}
}

func tool(t *testing.T, name string) string {
	t.Helper()
	for _, at := range []string{name, "/usr/sbin/" + name} { // Debian keeps servers out of people's PATH
		if p, err := exec.LookPath(at); err == nil {
			return p
		}
	}
	testrun.Missing(t, name)
	return ""
}

func TestNginx(t *testing.T) {
	program := tool(t, "nginx")
	for base, l := range map[string]diag.Lang{"/": diag.Chinese, "/lamp/": diag.English} {
		t.Run(base, func(t *testing.T) {
			tr := newTrial(t, base)
			tr.Place.Listen, tr.Place.Plain = host+":"+tr.Listen, host+":"+tr.Plain
			recipe := Nginx(tr.Place, l)
			_, tr.Listen, _ = net.SplitHostPort(tr.Listen)
			_, tr.Plain, _ = net.SplitHostPort(tr.Plain)
			conf := "daemon off;\npid nginx.pid;\nerror_log stderr;\nworker_processes 1;\nevents {}\nhttp {\naccess_log off;\n"
			if os.Getuid() == 0 {
				conf = "user root;\n" + conf
			}
			for _, kind := range []string{"client_body", "proxy", "fastcgi", "uwsgi", "scgi"} {
				conf += kind + "_temp_path tmp_" + kind + ";\n"
			}
			for name, text := range map[string]string{"nginx.conf": conf + "include site.conf;\n}\n", "site.conf": recipe} {
				if err := os.WriteFile(filepath.Join(tr.dir, name), []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			args := []string{"-p", tr.dir, "-c", filepath.Join(tr.dir, "nginx.conf"), "-e", "stderr"}
			if said, err := exec.Command(program, append(args, "-t")...).CombinedOutput(); err != nil || bytes.Contains(said, []byte("[warn]")) {
				t.Fatalf("%v\n%s\n%s", err, said, recipe)
			}
			tr.start(t, exec.Command(program, args...))
			tr.every(t, true)
			// http leads to https, with the whole address.
			res, err := noRedirects.Get("http://" + host + ":" + tr.Plain + "/Q/81AT/?a=b")
			if err != nil {
				t.Fatal(err)
			}
			res.Body.Close()
			if to := res.Header.Get("Location"); res.StatusCode != 301 || to != "https://"+host+"/Q/81AT/?a=b" {
				t.Errorf("http leads to %q with %d", to, res.StatusCode)
			}
		})
	}
}

func TestCaddy(t *testing.T) {
	program := tool(t, "caddy")
	for base, l := range map[string]diag.Lang{"/": diag.Chinese, "/lamp/": diag.English} {
		t.Run(base, func(t *testing.T) {
			tr := newTrial(t, base)
			file := filepath.Join(tr.dir, "Caddyfile")
			recipe := "{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust\n}\n" + Caddy(tr.Place, l)
			if err := os.WriteFile(file, []byte(recipe), 0o644); err != nil {
				t.Fatal(err)
			}
			run := func(verb string) *exec.Cmd {
				cmd := exec.Command(program, verb, "--config", file, "--adapter", "caddyfile")
				cmd.Env = append(os.Environ(), "XDG_DATA_HOME="+tr.dir, "XDG_CONFIG_HOME="+tr.dir, "HOME="+tr.dir)
				return cmd
			}
			if said, err := run("validate").CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s\n%s", err, said, recipe)
			}
			tr.start(t, run("run"))
			tr.every(t, false)
		})
	}
	// As it is given out, it is valid too.
	file := filepath.Join(t.TempDir(), "Caddyfile")
	if err := os.WriteFile(file, []byte(Caddy(Place{}, diag.English)), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "adapt", "--config", file, "--adapter", "caddyfile")
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
}

var noRedirects = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

type answer struct {
	status int
	http.Header
	body []byte
}

// every asks a running server for every rule.
func (tr *trial) every(t *testing.T, weakTags bool) {
	client := &http.Client{CheckRedirect: noRedirects.CheckRedirect, Timeout: 20 * time.Second,
		Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: tr.pool}, DisableCompression: true, ForceAttemptHTTP2: true}}
	defer client.CloseIdleConnections()
	base := tr.Base
	get := func(address string, headers ...string) answer {
		t.Helper()
		req, err := http.NewRequest(http.MethodGet, "https://"+host+":"+tr.Listen+address, nil)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i+1 < len(headers); i += 2 {
			req.Header.Set(headers[i], headers[i+1])
		}
		res, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		b, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(address, err)
		}
		return answer{res.StatusCode, res.Header, b}
	}
	checkHeaders := func(address string, a answer, file string) {
		t.Helper()
		if got, want := a.Get("Content-Type"), TypeOf(file); !strings.EqualFold(got, want) {
			t.Errorf("%s is %q, want %q", address, got, want)
		}
		if got, want := a.Values("Cache-Control"), Of(file).Cache; len(got) != 1 || got[0] != want {
			t.Errorf("%s: Cache-Control %q, want %q", address, got, want)
		}
		for _, h := range Headers() {
			if got := a.Values(h.Name); len(got) != 1 || got[0] != h.Value {
				t.Errorf("%s: %s %q, want %q", address, h.Name, got, h.Value)
			}
		}
	}

	// Every file, by its address: types, caching, the policy; packed where it pays.
	for _, f := range files() {
		address := base + strings.TrimSuffix(f, "index.html")
		a := get(address)
		if a.status != 200 || !bytes.Equal(a.body, content(base, f)) || a.Get("Content-Encoding") != "" {
			t.Errorf("%s: status %d, %d bytes, %q", address, a.status, len(a.body), a.Get("Content-Encoding"))
		}
		checkHeaders(address, a, f)
		packed := get(address, "Accept-Encoding", "gzip")
		bare, text := charset(TypeOf(f))
		want := text || strings.HasSuffix(bare, "+json") || strings.HasSuffix(bare, "+xml")
		if got := packed.Get("Content-Encoding") == "gzip"; got != want {
			t.Errorf("%s (%s): packed %v, want %v", address, bare, got, want)
		} else if got {
			z, err := gzip.NewReader(bytes.NewReader(packed.body))
			if err != nil {
				t.Fatal(err)
			}
			if b, err := io.ReadAll(z); err != nil || !bytes.Equal(b, content(base, f)) || !strings.Contains(strings.Join(packed.Values("Vary"), ","), "Accept-Encoding") {
				t.Errorf("%s: packed wrong (%v), Vary %q", address, err, packed.Values("Vary"))
			}
			checkHeaders(address, packed, f)
		}
		if tag := a.Get("Etag"); tag == "" {
			t.Errorf("%s has no ETag", address)
		} else if again := get(address, "If-None-Match", tag); again.status != 304 || again.Get("Cache-Control") != Of(f).Cache || len(again.body) != 0 {
			t.Errorf("%s asked for again: status %d, %q, %d bytes", address, again.status, again.Get("Cache-Control"), len(again.body))
		}
	}

	// A part of a recording.
	sound := "files/tone.ebcc4c65fdeb.mp3"
	if a := get(base+sound, "Range", "bytes=10-19"); a.status != 206 || !bytes.Equal(a.body, content(base, sound)[10:20]) || !strings.HasPrefix(a.Get("Content-Range"), "bytes 10-19/") || a.Get("Cache-Control") != ForEver {
		t.Errorf("a part: status %d, %q, %q, %q", a.status, a.body, a.Get("Content-Range"), a.Get("Cache-Control"))
	}
	if a := get(base+sound, "Range", "bytes=999999-"); a.status != 416 {
		t.Errorf("a part beyond the end: %d", a.status)
	}

	// What is not there, or not for visitors, or a folder without a page: 404.html.
	missing := []string{"none", "none/", "none.jpg", "heroes/none/", "css/", "img/", "search/d/", "files/none.mp3", "Q/ZZZZ/", "Q/nothing/", "q/", "q/uuuu", "Q/81/", "q/81atxyz1",
		".mingdeng/", ".mingdeng", ".git/", "%2emingdeng/state", "heroes/%2E%2E/.mingdeng/state", "plaques/", "plaques/y/", "plaques/y/81AT.svg?x", "%70laques/y/81AT.svg", "heroes//../plaques/y/81AT.svg"}
	for _, f := range append(missing, secrets...) {
		a := get(base + f)
		if f == "q/" && a.status == 404 || f != "q/" {
			if a.status != 404 || !bytes.Equal(a.body, content(base, "404.html")) {
				t.Errorf("%s: status %d, %.60q", f, a.status, a.body)
			}
			checkHeaders(f, a, "404.html")
		}
	}
	if a := get("/../../../../etc/passwd"); a.status == 200 {
		t.Error("leads out of the folder")
	}
	if a := get("/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd"); a.status == 200 {
		t.Error("leads out of the folder")
	}
	if a := get(base + ".well-known/security.txt"); a.status != 200 || string(a.body) != "Contact: nobody" {
		t.Errorf("well-known: %d", a.status)
	}

	// A folder without its slash; the code as people type it.
	leads := map[string]string{"heroes": "heroes/", "heroes/zhang-san": "heroes/zhang-san/", "Q": "Q/"}
	for _, typed := range []string{"q/81at", "q/81at/", "Q/81at/", "Q/81AT", "q/81AT/", "Q/8lat/", "q/8Iat", "q/8iat", "q/8LAt"} {
		leads[typed] = "Q/81AT/"
	}
	leads["q/otev"], leads["Q/OTEV/"] = "Q/0TEV/", "Q/0TEV/"
	leads["q/81atx"], leads["q/81atxy/"] = "Q/81ATX/", "Q/81ATXY/"
	leads["q/none"] = "Q/N0NE/" // the page for what does not exist has codes that are near
	for from, want := range leads {
		a := get(base + from)
		to := strings.TrimPrefix(a.Get("Location"), "https://"+host+":"+tr.Listen)
		if a.status != 301 && a.status != 308 || to != base+want {
			t.Errorf("%s leads to %q with %d, want %s", from, a.Get("Location"), a.status, base+want)
		}
	}
	if a := get(base + "q/81at?from=wechat"); !strings.HasSuffix(a.Get("Location"), base+"Q/81AT/?from=wechat") {
		t.Errorf("the query is lost: %q", a.Get("Location"))
	}
	if a := get(base + "Q/81AT/?from=wechat"); a.status != 200 {
		t.Errorf("a code's page with a query: %d", a.status)
	}

	// What is asked of a live site holds.
	plan := &verify.Plan{Base: "https://" + host + ":" + tr.Listen + base, Homes: []string{"https://h.cn" + base}}
	for _, c := range []string{"81AT", "0TEV", "81ATX", "81ATXY"} {
		plan.Codes = append(plan.Codes, verify.Code{Code: c, Page: "venues/y/x/"})
	}
	r, err := plan.Run(context.Background(), verify.Options{Roots: tr.pool, Slow: time.Minute})
	if err != nil || r.Faults() != 0 || r.Warned() != 0 || len(r.Site) != 0 {
		t.Errorf("%v, %v, %v", err, r.Results, r.Site)
	}
}

// node is any element of a document.
type node struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Nodes   []node     `xml:",any"`
}

func (n *node) attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// at are the elements of a path of names.
func (n *node) at(names ...string) (out []*node) {
	if len(names) == 0 {
		return []*node{n}
	}
	for i := range n.Nodes {
		if n.Nodes[i].XMLName.Local == names[0] {
			out = append(out, n.Nodes[i].at(names[1:]...)...)
		}
	}
	return out
}

// TestIIS reads the web.config as IIS does: for every file the type and the caching that
// it gives.
func TestIIS(t *testing.T) {
	for _, l := range []diag.Lang{diag.Chinese, diag.English} {
		text := IIS(Place{}, l)
		var c node
		if err := xml.Unmarshal([]byte(text), &c); err != nil || c.XMLName.Local != "configuration" {
			t.Fatal(err)
		}
		root := c.at("system.webServer")[0]
		types := map[string]string{}
		for _, m := range root.at("staticContent", "mimeMap") {
			if e := m.attr("fileExtension"); types[e] != "" {
				t.Errorf("%s twice", e) // IIS would answer 500.19
			} else {
				types[e] = m.attr("mimeType")
			}
		}
		cache := map[string]string{"": cacheControl(root.at("staticContent", "clientCache"))}
		barred := map[string]bool{}
		for _, x := range c.at("location") {
			p := x.attr("path")
			if cc := x.at("system.webServer", "staticContent", "clientCache"); len(cc) > 0 {
				cache[p] = cacheControl(cc)
			}
			barred[p] = len(x.at("system.webServer", "security", "requestFiltering", "verbs")) > 0
		}
		for _, f := range files() {
			if got := types[path.Ext(f)]; got != TypeOf(f) {
				t.Errorf("%s is %q, want %q", f, got, TypeOf(f))
			}
			got := ""
			for dir := path.Dir(f); got == ""; dir = path.Dir(dir) {
				if dir == "." {
					dir = ""
				}
				got = cache[dir]
			}
			want := Of(f).Cache
			if f == "heads" || strings.HasPrefix(path.Base(f), "heads.") || want == AnHour {
				want = AskAgain // IIS cannot tell by name
			}
			if got != want {
				t.Errorf("%s: %q, want %q", f, got, want)
			}
		}
		if !barred["plaques"] || len(root.at("directoryBrowse")) != 1 || root.at("directoryBrowse")[0].attr("enabled") != "false" {
			t.Error("plaques/ is open, or folders are listed")
		}
		if d := root.at("defaultDocument", "files", "add"); len(d) != 1 || d[0].attr("value") != "index.html" {
			t.Error("no index.html")
		}
		if e := root.at("httpErrors", "error"); len(e) != 2 || e[0].attr("statusCode") != "404" || e[1].attr("path") != "404.html" || e[0].attr("path") != "404.html" || e[0].attr("responseMode") != "File" {
			t.Error("no 404.html")
		}
		hidden := ""
		for _, h := range root.at("security", "requestFiltering", "hiddenSegments", "add") {
			hidden += h.attr("segment") + " "
		}
		if !strings.Contains(hidden, ".mingdeng ") {
			t.Error(".mingdeng is open")
		}
		heads := map[string]string{}
		for _, h := range root.at("httpProtocol", "customHeaders", "add") {
			heads[h.attr("name")] = h.attr("value")
		}
		for _, h := range Headers() {
			if heads[h.Name] != h.Value {
				t.Errorf("%s: %q", h.Name, heads[h.Name])
			}
		}
		for _, r := range table { // each is there, as a folder or as words
			if !strings.Contains(text, r.Match+" ") || !strings.Contains(text, r.About.In(l)) && r.Match != "plaques/" {
				t.Errorf("%s is not told", r.Match)
			}
		}
	}
}

// cacheControl is what IIS makes of a clientCache.
func cacheControl(of []*node) string {
	if len(of) != 1 {
		return ""
	}
	switch c := of[0]; c.attr("cacheControlMode") {
	case "DisableCache":
		return AskAgain
	case "UseMaxAge":
		var days, h, m, s int
		if _, err := fmt.Sscanf(c.attr("cacheControlMaxAge"), "%d.%d:%d:%d", &days, &h, &m, &s); err != nil {
			return err.Error()
		}
		public, immutable, _ := strings.Cut(c.attr("cacheControlCustom"), ", ")
		return fmt.Sprintf("%s, max-age=%d, %s", public, ((days*24+h)*60+m)*60+s, immutable)
	}
	return "?"
}
