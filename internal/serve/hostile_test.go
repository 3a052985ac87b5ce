package serve

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mingdeng/internal/serving"
)

// raw sends bytes as they are and returns the status and body of the answer, 0 where
// the server said nothing.
func raw(t testing.TB, at, request string) (int, http.Header, string) {
	t.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(at, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(20 * time.Second))
	if _, err := io.WriteString(c, request); err != nil {
		return 0, nil, "" // refused while it was being said
	}
	res, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		return 0, nil, ""
	}
	defer res.Body.Close()
	b, err := io.ReadAll(io.LimitReader(res.Body, 1<<20))
	if err != nil && len(b) == 0 {
		t.Fatal(err)
	}
	return res.StatusCode, res.Header, string(b)
}

// Requests no browser makes: a page of ours or a refusal, and never a file of the machine.
func TestStrangeRequests(t *testing.T) {
	root := newSite(t)
	secret := "geheim-5K2P"
	put(t, root, "content/heroes/mi.md", strings.Replace(hero(secret, "他。"), "publish: true", "publish: false", 1))
	for _, name := range []string{"secret.txt", "content/notes.txt", "public/index.html", "public/old.txt", "public/.mingdeng/x"} {
		put(t, root, name, secret)
	}
	if err := os.WriteFile(filepath.Join(filepath.Dir(root), "above.txt"), []byte(secret), 0o644); err != nil {
		t.Fatal(err)
	}
	at := start(t, root, &told{})
	host := strings.TrimPrefix(at, "http://")
	_, port, _ := net.SplitHostPort(host)
	ask := func(target string) string {
		return "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"
	}
	of := func(name string) string { return "GET / HTTP/1.1\r\nHost: " + name + "\r\nConnection: close\r\n\r\n" }
	for _, c := range []struct {
		name, request string
		want          []int // statuses; 0 is no answer
	}{
		// Paths.
		{"as it is", ask("/heroes/ren-03/"), []int{200}},
		{"up", ask("/../secret.txt"), []int{404}},
		{"up and up", ask("/heroes/../../../../secret.txt"), []int{404}},
		{"encoded dots", ask("/%2e%2e/secret.txt"), []int{404}},
		{"encoded slashes", ask("/..%2f..%2fsecret.txt"), []int{404}},
		{"encoded slash in a name", ask("/heroes%2fren-03/"), []int{200, 404}},
		{"twice encoded", ask("/%252e%252e%252fsecret.txt"), []int{404}},
		{"backslashes", ask(`/..\..\secret.txt`), []int{404}},
		{"encoded backslashes", ask("/..%5c..%5csecret.txt"), []int{404}},
		{"overlong dots", ask("/%c0%ae%c0%ae/secret.txt"), []int{404}},
		{"full-width dots", ask("/%ef%bc%8e%ef%bc%8e/secret.txt"), []int{404}},
		{"NUL", ask("/heroes/ren-03/index.html%00.txt"), []int{404}},
		{"drive", ask("/C:/Windows/win.ini"), []int{404}},
		{"device", ask("/con"), []int{404}},
		{"stream", ask("/index.html::$DATA"), []int{404}},
		{"two slashes", ask("//evil.example/"), []int{404}},
		{"three slashes", ask("///etc/passwd"), []int{404}},
		{"folder of the machinery", ask("/.mingdeng/x"), []int{404}},
		{"what a build left", ask("/old.txt"), []int{404}},
		{"among the content", ask("/notes.txt"), []int{404}},
		{"the content", ask("/content/site.yaml"), []int{404}},
		{"a redirect elsewhere", ask("/%5cevil.example/%2e%2e"), []int{404}},
		{"studio by another path", ask("/heroes/../_studio/"), []int{200, 404}},
		{"own files", ask("/_live/..%2f..%2fsecret.txt"), []int{404}},
		{"studio's files", ask("/_studio/..%2fassets%2fstudio.html"), []int{404}},
		{"very long", ask("/" + strings.Repeat("a/", 8000)), []int{404, 414, 431}},

		// Targets and versions.
		{"absolute form", ask("http://" + host + "/heroes/ren-03/"), []int{200}},
		{"absolute form, other host", ask("http://evil.example/heroes/"), []int{421}},
		{"absolute form, file", ask("file:///etc/passwd"), []int{400, 404, 421}},
		{"proxy", ask("https://evil.example:443/"), []int{421}},
		{"authority form", "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n", []int{421, 405}},
		{"connect to us", "CONNECT " + host + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n", []int{405, 421}},
		{"asterisk", "OPTIONS * HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n", []int{200, 405}},
		{"trace", "TRACE / HTTP/1.1\r\nHost: " + host + "\r\nCookie: a\r\nConnection: close\r\n\r\n", []int{405}},
		{"no host, 1.1", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n", []int{400}},
		{"no host, 1.0", "GET / HTTP/1.0\r\n\r\n", []int{421}},
		{"two hosts", "GET / HTTP/1.1\r\nHost: " + host + "\r\nHost: evil.example\r\nConnection: close\r\n\r\n", []int{400}},
		{"0.9", "GET /\r\n\r\n", []int{400, 0}},
		{"2.0", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", []int{400, 405, 421, 505, 0}},
		{"websocket", "GET /_live/events2 HTTP/1.1\r\nHost: " + host + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n", []int{404}},
		{"upgrade to h2c", "GET /nothing HTTP/1.1\r\nHost: " + host + "\r\nUpgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n", []int{404}},
		{"smuggled", "POST / HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\nGET /_studio/ HTTP/1.1\r\n\r\n", []int{400, 405}},
		{"line feed in a header", "GET / HTTP/1.1\r\nHost: " + host + "\nX: a\r\nConnection: close\r\n\r\n", []int{200, 400}},

		// Hosts.
		{"case", of("LocalHost:" + port), []int{200}},
		{"trailing dot", of("localhost.:" + port), []int{421}},
		{"user", of("127.0.0.1:" + port + "@evil.example"), []int{400, 421}},
		{"user before", of("evil@127.0.0.1:" + port), []int{400, 421}},
		{"zone", of("[::1%25eth0]:" + port), []int{400, 421}},
		{"mapped", of("[::ffff:127.0.0.1]:" + port), []int{421}},
		{"integer", of("2130706433:" + port), []int{421}},
		{"octal", of("0177.0.0.1:" + port), []int{421}},
		{"short", of("127.1:" + port), []int{421}},
		{"unspecified", of("0.0.0.0:" + port), []int{421}},
		{"neighbour", of("127.0.0.2:" + port), []int{421}},
		{"without the port", of("127.0.0.1"), []int{421}},
		{"ours in front", of("127.0.0.1:" + port + ".evil.example"), []int{400, 421}},
		{"a name that leads here", of("127.0.0.1.nip.io:" + port), []int{421}},
		{"empty", of(""), []int{421}},
		{"spaces", of(" " + host + " "), []int{200, 400}},
		{"forwarded", "GET / HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: " + host + "\r\nForwarded: host=" + host + "\r\nConnection: close\r\n\r\n", []int{421}},

		// Amounts.
		{"huge header", "GET / HTTP/1.1\r\nHost: " + host + "\r\nX: " + strings.Repeat("a", 200<<10) + "\r\nConnection: close\r\n\r\n", []int{431, 0}},
		{"many headers", "GET / HTTP/1.1\r\nHost: " + host + "\r\n" + strings.Repeat("X: a\r\n", 20000) + "Connection: close\r\n\r\n", []int{431, 0}},
		{"huge query", ask("/heroes/?" + strings.Repeat("a", 100<<10)), []int{200, 431, 0}},
		{"a body nobody wants", "GET / HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 99999999\r\nConnection: close\r\n\r\n", []int{200, 0}},
	} {
		status, header, body := raw(t, at, c.request)
		fine := false
		for _, w := range c.want {
			fine = fine || status == w
		}
		if !fine {
			t.Errorf("%s: %d, want %v: %.200s", c.name, status, c.want, body)
		}
		if strings.Contains(body, secret) && !strings.Contains(body, "<title>工作台") || strings.Contains(body, "root:") || strings.Contains(body, "base_url:") {
			t.Errorf("%s: a file of the machine", c.name)
		}
		if to := header.Get("Location"); to != "" && (!strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.HasPrefix(to, `/\`)) {
			t.Errorf("%s: sent to %s", c.name, to)
		}
		if header.Get("Access-Control-Allow-Origin") != "" || status == 200 && strings.HasPrefix(header.Get("Content-Type"), "text/html") && header.Get("Content-Security-Policy") != serving.Policy {
			t.Errorf("%s: headers %v", c.name, header)
		}
	}
	if status, body := get(t, at+"/heroes/ren-03/"); status != 200 || !strings.Contains(body, "沈七川") {
		t.Error("after all of that the server no longer serves")
	}
}

// Redirects to a folder stay on this host, whatever the address looked like.
func TestRedirectsStay(t *testing.T) {
	at := start(t, newSite(t), &told{})
	host := strings.TrimPrefix(at, "http://")
	for _, target := range []string{"//evil.example", "//evil.example/heroes", "/\\evil.example", "/heroes?//evil.example", "/heroes?a=%0d%0aSet-Cookie:x", "//heroes", "/./heroes", "/heroes/.", "/%2fevil.example"} {
		status, header, _ := raw(t, at, "GET "+target+" HTTP/1.1\r\nHost: "+host+"\r\nConnection: close\r\n\r\n")
		to := header.Get("Location")
		if status >= 300 && status < 400 && (!strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.HasPrefix(to, `/\`)) || header.Get("Set-Cookie") != "" {
			t.Errorf("%s: %d to %q, %v", target, status, to, header)
		}
	}
}

// Who speaks slowly keeps nobody else waiting, and is not listened to for ever.
func TestSlowSpeakers(t *testing.T) {
	at := start(t, newSite(t), &told{})
	host := strings.TrimPrefix(at, "http://")
	for i := range 200 {
		c, err := net.Dial("tcp", host)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		fmt.Fprintf(c, "GET /heroes/ HTTP/1.1\r\nHost: %s\r\nX-%d: ", host, i) // and no more
	}
	if status, body := get(t, at+"/heroes/ren-03/"); status != 200 || !strings.Contains(body, "沈七川") {
		t.Error("nobody else is served")
	}
	s := newServer(context.Background(), nil)
	if s.ReadHeaderTimeout <= 0 || s.ReadHeaderTimeout > 30*time.Second || s.IdleTimeout <= 0 || s.MaxHeaderBytes <= 0 || s.MaxHeaderBytes > 1<<20 || s.ReadTimeout <= 0 {
		t.Errorf("time and size of a request are not bounded: %v, %v, %v, %d bytes", s.ReadHeaderTimeout, s.ReadTimeout, s.IdleTimeout, s.MaxHeaderBytes)
	}
}
