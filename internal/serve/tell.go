package serve

import (
	"encoding/json"
	"net/http"
	"sync"

	"mingdeng/internal/diag"
)

// teller says each finding once.
type teller struct {
	mu   sync.Mutex
	told map[string]bool
}

// tell tells the terminal what is new among the findings.
func (s *Server) tell() {
	if s.Tell == nil {
		return
	}
	s.teller.mu.Lock()
	defer s.teller.mu.Unlock()
	now := map[string]bool{}
	var fresh []diag.Finding
	for _, f := range s.Site.Findings() {
		key := f.Place() + "\x00" + f.Code.ID + "\x00" + f.Message(s.Lang)
		if now[key] = true; !s.teller.told[key] {
			fresh = append(fresh, f)
		}
	}
	mended := len(now) == 0 && len(s.teller.told) > 0
	s.teller.told = now
	if len(fresh) > 0 || mended {
		s.Tell(fresh, mended)
	}
}

// findings sends what is wrong, for the page to show.
func (s *Server) findings(w http.ResponseWriter) {
	type item struct {
		Place    string `json:"place"`
		Severity string `json:"severity"`
		Message  string `json:"message"`
		Hint     string `json:"hint"`
		Excerpt  string `json:"excerpt,omitempty"` // the line, and below it its mark
		Fix      string `json:"fix,omitempty"`     // the line mended
	}
	list := []item{}
	source := diag.NewSource(s.Site.Text)
	found := s.Site.Findings()
	if s.Private != nil || s.PagesOnly {
		found = nil // the desk shows them, at their fields
	}
	for _, f := range found {
		x := item{Place: f.Place(), Severity: f.Code.Severity.String(), Message: f.Message(s.Lang), Hint: f.Hint(s.Lang)}
		x.Excerpt, x.Fix = source.Show(f)
		list = append(list, x)
	}
	b, err := json.Marshal(struct {
		Lang diag.Lang `json:"lang"`
		List []item    `json:"list"`
	}{s.Lang, list})
	if err != nil { // plain strings cannot fail
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	send(w, http.StatusOK, "findings.json", b)
}
