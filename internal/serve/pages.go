package serve

import (
	"bytes"
	"embed"
	"errors"
	"html"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"

	"mingdeng/internal/live"
	"mingdeng/internal/serving"
	"mingdeng/internal/site"
)

//go:embed assets
var assets embed.FS

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", s.policy())
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
	own := strings.HasPrefix(r.URL.Path, "/_")
	switch {
	case !s.allow.ours(r):
		http.Error(w, "this server answers to its own address alone", http.StatusMisdirectedRequest)
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		h.Set("Allow", "GET, HEAD")
		http.Error(w, "GET or HEAD", http.StatusMethodNotAllowed)
	case own && !s.allow.own(r):
		http.Error(w, "not for other sites", http.StatusForbidden)
	case s.Private != nil && !s.Private.Admit(r):
		http.Error(w, "the desk alone opens these pages", http.StatusForbidden)
	case strings.HasPrefix(r.URL.Path, "/_live/"):
		s.live(w, r)
	case (s.Private != nil || s.PagesOnly) && strings.HasPrefix(r.URL.Path, "/_studio"):
		http.Error(w, "not found", http.StatusNotFound) // the desk has one of its own
	case r.URL.Path == "/_studio":
		http.Redirect(w, r, "/_studio/", http.StatusFound)
	case strings.HasPrefix(r.URL.Path, "/_studio/"):
		if !near(r) { // drafts and people who are withheld stand there
			http.Error(w, "the studio is for this machine alone", http.StatusForbidden)
			return
		}
		s.studio(w, r)
	default:
		s.page(w, r)
	}
}

// policy is the content security policy under which a site must work (SPEC §3). A private
// one may be shown in a frame by the desk alone, and can send nothing anywhere.
func (s *Server) policy() string {
	if s.Private == nil {
		return serving.Policy
	}
	return serving.Policy + "; form-action 'self'; frame-ancestors 'self' " + s.Private.Framer
}

// live serves what the script in every page needs.
func (s *Server) live(w http.ResponseWriter, r *http.Request) {
	switch name := strings.TrimPrefix(r.URL.Path, "/_live/"); name {
	case "events":
		s.hub.events(w, r)
	case "findings":
		s.findings(w)
	default:
		s.asset(w, name)
	}
}

// asset serves a file of the server's own.
func (s *Server) asset(w http.ResponseWriter, name string) {
	b, err := fs.ReadFile(assets, path.Join("assets", name))
	if err != nil || strings.HasSuffix(name, ".html") {
		http.Error(w, "not found", http.StatusNotFound)
		return
	}
	send(w, http.StatusOK, name, b)
}

// page serves a file of the site.
func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	base := s.Site.Base()
	rest, ok := strings.CutPrefix(r.URL.Path, base)
	if !ok {
		if r.URL.Path == "/" || r.URL.Path+"/" == base {
			http.Redirect(w, r, (&url.URL{Path: base}).String(), http.StatusFound)
			return
		}
		s.missing(w, r)
		return
	}
	name := rest
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	if !fs.ValidPath(name) || strings.ContainsAny(name, "\\\x00") {
		s.missing(w, r)
		return
	}
	b, err := s.Site.Make(r.Context(), name)
	switch {
	case errors.Is(err, live.ErrNoFile) && path.Ext(name) == "" && s.Site.Has(name+"/index.html"):
		to := url.URL{Path: base + name + "/", RawQuery: r.URL.RawQuery}
		http.Redirect(w, r, to.String(), http.StatusFound)
	case errors.Is(err, live.ErrNoFile):
		s.missing(w, r)
	case err != nil && r.Context().Err() != nil:
		// nobody waits any more
	case err != nil:
		s.tell()
		s.broken(w)
	case s.Site.Alone(name):
		// One file to take away holds its own styles and scripts, which the policy forbids,
		// and must not be given the server's.
		w.Header().Set("Content-Disposition", "attachment")
		send(w, http.StatusOK, name, b)
	default:
		s.send(w, http.StatusOK, name, s.marked(name, b))
	}
}

// marked lays a strip over a page that nobody else can read, which says why.
func (s *Server) marked(name string, b []byte) []byte {
	why, hidden := s.Site.Hidden(name)
	at := bytes.Index(b, []byte("<body"))
	if !hidden || at < 0 {
		return b
	}
	end := bytes.IndexByte(b[at:], '>')
	if end < 0 {
		return b
	}
	at += end + 1
	strip := `<link rel="stylesheet" href="/_live/hidden.css"><p id="mingdeng-hidden" role="status">` + html.EscapeString(s.word("hidden")+s.word(reasonWords[why.Reason])) + "</p>"
	return bytes.Join([][]byte{b[:at], []byte(strip), b[at:]}, nil)
}

// reasonWords are the keys of the words that say why a page is hidden.
var reasonWords = map[site.Reason]string{
	site.NoConsent: "state.withheld", site.Draft: "state.draft", site.NotDue: "state.waiting", site.Expired: "state.expired",
}

// missing serves the site's page for what does not exist.
func (s *Server) missing(w http.ResponseWriter, r *http.Request) {
	b, err := s.Site.Make(r.Context(), "404.html")
	if err != nil {
		http.Error(w, "not found", http.StatusNotFound)
		return
	}
	s.send(w, http.StatusNotFound, "404.html", b)
}

// broken serves a page in place of one that cannot be made: what is wrong lies over it.
func (s *Server) broken(w http.ResponseWriter) {
	b, err := fs.ReadFile(assets, "assets/broken.html")
	if err != nil {
		b = nil // embedded: cannot fail
	}
	s.send(w, http.StatusInternalServerError, "broken.html", b)
}

// send sends a file of the site; a page gets the script that keeps it up to date.
func (s *Server) send(w http.ResponseWriter, status int, name string, b []byte) {
	if path.Ext(name) == ".html" {
		version, _ := s.hub.now()
		tag := []byte(`<script src="/_live/live.js" data-version="` + strconv.Itoa(version) + `" defer></script>`)
		if i := bytes.LastIndex(b, []byte("</body>")); i >= 0 {
			b = bytes.Join([][]byte{b[:i], tag, b[i:]}, nil)
		} else {
			b = append(bytes.Clone(b), tag...)
		}
	}
	send(w, status, name, b)
}

func send(w http.ResponseWriter, status int, name string, b []byte) {
	w.Header().Set("Content-Type", serving.TypeOf(name))
	w.Header().Set("Content-Length", strconv.Itoa(len(b)))
	w.WriteHeader(status)
	_, _ = w.Write(b) // a browser that went away is no fault
}
