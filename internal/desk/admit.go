package desk

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Bounds on what a request may bring, bytes.
const (
	maxForm   = 20 << 20  // a record with its text is at most content.MaxFile
	maxUpload = 256 << 20 // some twenty photographs, or a folder of Word files
)

// gate decides who may ask what. Whoever has the key, which stands in the address that the
// program opens in the browser, gets a session; the cookie of the session opens all else.
// Other programs' pages in the same browser have neither, and could not use it: a request
// must come from a page of the desk itself, and one that changes something must bear a
// token that only those pages know.
type gate struct {
	key    string
	secret []byte // tokens are made with
	cookie string // its name: cookies of one host are shared by all its ports
	hosts  []string

	mu       sync.Mutex
	sessions map[string]bool
}

func newGate(port int) *gate {
	g := &gate{key: random(), secret: []byte(random()), cookie: "mingdeng-" + strconv.Itoa(port), sessions: map[string]bool{}}
	for _, name := range []string{"127.0.0.1", "localhost"} {
		g.hosts = append(g.hosts, net.JoinHostPort(name, strconv.Itoa(port)))
	}
	return g
}

// random is 256 bits that nobody can guess, as text for addresses and cookies.
func random() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // crypto/rand does not fail: it ends the program first
	return base64.RawURLEncoding.EncodeToString(b[:])
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// ours tells whether a request names this machine as its host. A page elsewhere can let a
// name of its own lead to 127.0.0.1 (DNS rebinding), but that name is what the browser sends.
func (g *gate) ours(r *http.Request) bool {
	return slices.Contains(g.hosts, strings.ToLower(r.Host))
}

// near tells whether a request comes from a page of the desk, or from the address bar.
// Fetch Metadata (W3C) tells where it comes from; browsers that do not send it send Origin
// with all that changes something.
func (g *gate) near(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
	default:
		return false
	}
	origin := r.Header.Get("Origin")
	if origin == "" {
		return r.Method == http.MethodGet || r.Method == http.MethodHead || r.Header.Get("Sec-Fetch-Site") == "same-origin"
	}
	u, err := url.Parse(origin)
	return err == nil && u.Scheme == "http" && slices.Contains(g.hosts, strings.ToLower(u.Host))
}

// session is the session of a request, or "".
func (g *gate) session(r *http.Request) string {
	c, err := r.Cookie(g.cookie)
	if err != nil {
		return ""
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.sessions[c.Value] {
		return ""
	}
	return c.Value
}

// begin starts a session for whoever has the key.
func (g *gate) begin(w http.ResponseWriter, key string) bool {
	if !same(key, g.key) {
		return false
	}
	id := random()
	g.mu.Lock()
	g.sessions[id] = true
	g.mu.Unlock()
	http.SetCookie(w, &http.Cookie{Name: g.cookie, Value: id, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode})
	return true
}

// token is what a form of a session's pages bears.
func (g *gate) token(session string) string {
	m := hmac.New(sha256.New, g.secret)
	m.Write([]byte(session))
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil))
}

// tokenHeader bears the token of requests that scripts make.
const tokenHeader = "X-Mingdeng-Token"

// admit lets a request through to next, or answers it. session is "" nowhere behind it.
func (g *gate) admit(next func(w http.ResponseWriter, r *http.Request, session string)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case !g.ours(r):
			http.Error(w, "this desk answers to its own address alone", http.StatusMisdirectedRequest)
			return
		case !g.near(r):
			http.Error(w, "not for other sites", http.StatusForbidden)
			return
		}
		session := g.session(r)
		if key := r.URL.Query().Get("key"); key != "" && r.Method == http.MethodGet {
			if session == "" && !g.begin(w, key) {
				forbidden(w)
				return
			}
			http.Redirect(w, r, r.URL.Path, http.StatusSeeOther) // the key leaves the address
			return
		}
		if session == "" {
			forbidden(w)
			return
		}
		if r.Method == http.MethodPost {
			limit := int64(maxForm)
			files := strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data")
			switch {
			case files && r.URL.Path == streamed:
				limit = maxStream
			case files:
				limit = maxUpload
			}
			r.Body = http.MaxBytesReader(w, r.Body, limit)
			if files && r.URL.Path == streamed {
				if r = g.stream(w, r, session); r == nil {
					return
				}
			} else if !g.bears(w, r, session) {
				return
			}
		}
		next(w, r, session)
	})
}

// bears tells whether a request that changes something bears its session's token; it
// answers one that does not.
func (g *gate) bears(w http.ResponseWriter, r *http.Request, session string) bool {
	token := r.Header.Get(tokenHeader)
	if token == "" {
		// Of a form with files the first 4 MB stay in memory, the rest in temporary files.
		err := r.ParseMultipartForm(4 << 20)
		if err != nil && err != http.ErrNotMultipart {
			tooMuch(w, err)
			return false
		}
		token = r.PostFormValue("token")
	}
	if !same(token, g.token(session)) {
		http.Error(w, "this form is not of this session: open the page again", http.StatusForbidden)
		return false
	}
	return true
}

// streamed is the one address whose forms are read as they arrive, since thousands of files
// come with them: their handler gets the parts that are left (see parts).
const streamed = "/_studio/import/"

// maxStream is what such a form may send, bytes. What is over its own bounds is read and let
// go, so that the browser hears why.
const maxStream = 16 << 30

type partsKey struct{}

// stream tells whether a form that is read as it arrives bears its session's token, in its
// header or as the first of its parts, and returns the request with the rest of them. It
// answers a form that does not, and returns nil.
func (g *gate) stream(w http.ResponseWriter, r *http.Request, session string) *http.Request {
	m, err := r.MultipartReader()
	if err != nil {
		tooMuch(w, err)
		return nil
	}
	token := r.Header.Get(tokenHeader)
	if token == "" {
		p, err := m.NextPart()
		if err == nil && p.FormName() == "token" {
			b, _ := io.ReadAll(io.LimitReader(p, 1<<10)) // cut off, it is not the token
			token = string(b)
		}
	}
	if !same(token, g.token(session)) {
		http.Error(w, "this form is not of this session: open the page again", http.StatusForbidden)
		return nil
	}
	return r.WithContext(context.WithValue(r.Context(), partsKey{}, m))
}

// parts are those of a streamed form that are still to be read.
func parts(r *http.Request) *multipart.Reader {
	m, _ := r.Context().Value(partsKey{}).(*multipart.Reader)
	return m
}

func forbidden(w http.ResponseWriter) {
	http.Error(w, "请从启动明灯的窗口里给出的网址打开工作台。\nOpen the desk by the address that the program's window shows.", http.StatusForbidden)
}

func tooMuch(w http.ResponseWriter, err error) {
	status := http.StatusBadRequest
	if _, ok := err.(*http.MaxBytesError); ok || strings.Contains(err.Error(), "too large") {
		status = http.StatusRequestEntityTooLarge
	}
	http.Error(w, "一次给得太多了，分几次。\nToo much at once: send it in parts.", status)
}
