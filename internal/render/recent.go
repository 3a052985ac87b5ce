package render

import (
	"sync"

	"mingdeng/internal/content"
)

// Recent keeps the plain texts of the last pages of an edition for a moment: the search
// wants them right after ([mingdeng/internal/output.Output.After]), and reading and parsing
// a text is most of what a page costs. It is for many goroutines at once.
type Recent struct {
	mu    sync.Mutex
	texts [recent]recentText
	next  int
}

// recent is how many texts are kept: some for each of many processors.
const recent = 64

type recentText struct {
	of     *content.Head
	digest [16]byte // of its body, which an edit renews
	text   string
}

func (r *Recent) put(of *content.Head, text string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.texts[r.next] = recentText{of, of.Body.Digest, text}
	r.next = (r.next + 1) % recent
}

// Take is the plain text of a record, as it is written and not converted, if its page was
// made just now. It is given once.
func (r *Recent) Take(of *content.Head) (text string, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i := range r.texts {
		if r.texts[i].of == of && r.texts[i].digest == of.Body.Digest {
			text = r.texts[i].text
			r.texts[i] = recentText{}
			return text, true
		}
	}
	return "", false
}
