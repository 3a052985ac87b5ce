package serve

import "net/http"

// studio serves the editor's own pages.
func (s *Server) studio(w http.ResponseWriter, r *http.Request) {
	http.Error(w, "not yet", http.StatusNotFound)
}
