package render

import (
	"testing"

	"mingdeng/internal/content"
)

// A text is given once, to who asks for the same record as it was then, and is forgotten
// when others come.
func TestRecent(t *testing.T) {
	var r Recent
	heads := make([]content.Head, 2*recent)
	for i := range heads {
		heads[i].Body = &content.Body{}
	}
	r.put(&heads[0], "一")
	if text, ok := r.Take(&heads[0]); !ok || text != "一" {
		t.Errorf("%q, %v", text, ok)
	}
	if _, ok := r.Take(&heads[0]); ok {
		t.Error("given twice")
	}
	r.put(&heads[1], "二")
	heads[1].Body.Digest[0]++
	if _, ok := r.Take(&heads[1]); ok {
		t.Error("given for a text that was edited since")
	}
	for i := range heads {
		r.put(&heads[i], "三")
	}
	if _, ok := r.Take(&heads[0]); ok {
		t.Error("kept for ever")
	}
	if _, ok := r.Take(&heads[len(heads)-1]); !ok {
		t.Error("forgotten at once")
	}
}
