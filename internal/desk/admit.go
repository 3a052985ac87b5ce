package desk

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"io"
	"maps"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"mingdeng/internal/diag"
)

// Bounds on what a request may bring, bytes.
const (
	maxForm   = 20 << 20  // a record with its text is at most content.MaxFile
	maxUpload = 256 << 20 // some twenty photographs, or a folder of Word files
	inMemory  = 4 << 20   // of an upload; the rest is put into temporary files, gone with the request
	maxToken  = 256
)

// maxBodies is how many uploads are taken in at once, so that temporary files stay below
// maxBodies × maxUpload however many are begun. More wait.
const maxBodies = 4

// gate decides who may ask what. Whoever has the key, which stands in the address that the
// program opens in the browser, gets a session; the cookie of the session opens all else.
// Other programs' pages in the same browser have neither, and could not use it: a request
// must come from a page of the desk itself, and one that changes something must bear a
// token that only those pages know.
//
// What this does not keep out: a program on this machine that can read the browser's cookies
// or the user's files, or has the browser visit a port of its own at 127.0.0.1 (browsers send
// the cookies of a host to all its ports). Such a program runs as somebody who may do worse.
type gate struct {
	key    string
	secret []byte // tokens are made with
	cookie string // its name: cookies of one host are shared by all its ports
	hosts  []string
	about  func() string // what forms are about: the folder of the site that is open
	lang   diag.Lang
	bodies chan struct{} // one for each upload that is being taken in

	mu       sync.Mutex
	sessions map[string]bool
}

func newGate(port int) *gate {
	g := &gate{
		key: random(), secret: []byte(random()), cookie: "mingdeng-" + strconv.Itoa(port), sessions: map[string]bool{},
		about: func() string { return "" }, bodies: make(chan struct{}, maxBodies),
	}
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

// token is what a form of a session's pages bears. It holds for the site that is open: a
// form in a tab that was left behind must not change another site, which may have a record
// at the same path.
func (g *gate) token(session string) string {
	m := hmac.New(sha256.New, g.secret)
	m.Write([]byte(session + "\x00" + g.about()))
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil))
}

// Headers of requests.
const (
	tokenHeader = "X-Mingdeng-Token" // bears the token of requests that scripts make
	askHeader   = "X-Mingdeng-Ask"   // another start of the program asks whether this is the desk it knows
	hereHeader  = "X-Mingdeng-Here"  // the answer
)

// answerTo is what only a desk with a key can answer to a question. The key is not sent: by
// then another program may listen at the port.
func answerTo(key, question string) string {
	m := hmac.New(sha256.New, []byte(key))
	m.Write([]byte("here\x00" + question))
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil))
}

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
				g.forbidden(w, r)
				return
			}
			to := url.URL{Path: r.URL.Path} // written out, "\\" and "//" cannot lead elsewhere
			http.Redirect(w, r, to.String(), http.StatusSeeOther)
			return
		}
		if session == "" {
			g.forbidden(w, r)
			return
		}
		if r.Method == http.MethodPost {
			if r.URL.Path == streamed && hasFiles(r) {
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
// answers one that does not. Nothing of a file is taken in before the token was right: of a
// form with files the token is the first part.
func (g *gate) bears(w http.ResponseWriter, r *http.Request, session string) bool {
	files := hasFiles(r)
	limit := int64(maxForm)
	if files {
		limit = maxUpload
	}
	if r.ContentLength > limit {
		w.Header().Set("Connection", "close")
		g.tooMuch(w, &http.MaxBytesError{Limit: limit})
		return false
	}
	r.Body = http.MaxBytesReader(w, r.Body, limit)
	token := r.Header.Get(tokenHeader)
	if token != "" && !same(token, g.token(session)) {
		g.stale(w)
		return false
	}
	if !files {
		if err := r.ParseForm(); err != nil {
			g.tooMuch(w, err)
			return false
		}
		if token == "" && !same(r.PostForm.Get("token"), g.token(session)) {
			g.stale(w)
			return false
		}
		return true
	}
	parts, err := r.MultipartReader()
	if err != nil {
		g.tooMuch(w, err)
		return false
	}
	if token == "" {
		if token, err = firstToken(parts); err != nil || !same(token, g.token(session)) {
			w.Header().Set("Connection", "close") // the files behind it are not even read
			g.stale(w)
			return false
		}
	}
	select {
	case g.bodies <- struct{}{}:
	case <-r.Context().Done():
		return false
	}
	defer func() { <-g.bodies }()
	form, err := parts.ReadForm(inMemory)
	if err == nil {
		err = r.ParseForm() // the query alone
	}
	if err != nil {
		w.Header().Set("Connection", "close")
		g.tooMuch(w, err)
		return false
	}
	r.MultipartForm = form // whose temporary files the server removes when the request is answered
	r.PostForm = url.Values(form.Value)
	maps.Copy(r.Form, r.PostForm)
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
	r.Body = http.MaxBytesReader(w, r.Body, maxStream)
	m, err := r.MultipartReader()
	if err != nil {
		g.tooMuch(w, err)
		return nil
	}
	token := r.Header.Get(tokenHeader)
	if token == "" {
		token, err = firstToken(m)
	}
	if err != nil || !same(token, g.token(session)) {
		w.Header().Set("Connection", "close") // the files behind it are not even read
		g.stale(w)
		return nil
	}
	return r.WithContext(context.WithValue(r.Context(), partsKey{}, m))
}

// parts are those of a streamed form that are still to be read.
func parts(r *http.Request) *multipart.Reader {
	m, _ := r.Context().Value(partsKey{}).(*multipart.Reader)
	return m
}

// hasFiles tells whether a form may bring files.
func hasFiles(r *http.Request) bool {
	return strings.HasPrefix(strings.ToLower(r.Header.Get("Content-Type")), "multipart/form-data")
}

// firstToken reads the token, the first part of a form.
func firstToken(parts *multipart.Reader) (string, error) {
	p, err := parts.NextPart()
	if err != nil {
		return "", err
	}
	if p.FormName() != "token" || p.FileName() != "" {
		return "", errors.New("the first part is no token")
	}
	b, err := io.ReadAll(io.LimitReader(p, maxToken))
	return string(b), err
}

// forbidden answers who has no session. Another start of the program is told by a proof
// that this is the desk it knows.
func (g *gate) forbidden(w http.ResponseWriter, r *http.Request) {
	if q := r.Header.Get(askHeader); q != "" && len(q) <= maxToken {
		w.Header().Set(hereHeader, answerTo(g.key, q))
	}
	http.Error(w, "请从启动明灯的窗口里给出的网址打开工作台。\nOpen the desk by the address that the program's window shows.", http.StatusForbidden)
}

// stale answers a form that is not of this session, or of a site that was left.
func (g *gate) stale(w http.ResponseWriter) {
	http.Error(w, wordStale.In(g.lang), http.StatusForbidden)
}

// tooMuch answers a body that was not read to its end.
func (g *gate) tooMuch(w http.ResponseWriter, err error) {
	status, words := http.StatusBadRequest, wordTorn
	var large *http.MaxBytesError
	if errors.As(err, &large) || errors.Is(err, multipart.ErrMessageTooLarge) {
		status, words = http.StatusRequestEntityTooLarge, wordTooMuch
	}
	http.Error(w, words.In(g.lang), status)
}

var (
	wordStale   = diag.Text{Zh: "这一页已经过时：工作台重新打开过，或者换了网站。请先复制没保存的文字，再刷新这一页。", En: "This page is out of date: the desk was opened anew, or another site was. Copy what is not saved, then reload the page."}
	wordTooMuch = diag.Text{Zh: "一次给得太多了（最多 256 MB），请分几次。", En: "Too much at once (256 MB at most): send it in parts."}
	wordTorn    = diag.Text{Zh: "没有收全，请再试一次。", En: "It did not come whole: try again."}
)
