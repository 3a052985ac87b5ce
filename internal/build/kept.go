package build

import (
	"bytes"
	"encoding/binary"
	"strings"
	"time"

	"mingdeng/internal/content"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/output"
	"mingdeng/internal/pages"
	"mingdeng/internal/privacy"
	"mingdeng/internal/rescue"
	"mingdeng/internal/site"
)

// Most builds follow an edit of one text. Then no view but that of the pages that show
// the text can differ from the last build's, and making ten thousand views to find that
// out is most of the work. So a build leaves to the next one, as hashes:
//
//   - what it was made of besides records: options, theme, pictures, the ledger (rest)
//   - for each record's file the fingerprint of all but its text's wording (heads)
//   - for each page the files of the texts it shows (texts)
//
// If the first two are as they were, a page none of whose texts has been read anew is
// [output.Output.Kept]. The names of files are hashed: the folder is published.

// sameButTexts tells whether nothing but the wording of texts has changed since the last
// build, and leaves to the next one what tells it.
func (s *stages) sameButTexts(tree *content.Tree) bool {
	if s.Program.IsZero() || s.found.Errors() > 0 {
		return false
	}
	same := s.leave(fingerprint.Sum([]byte("rest")), s.restPrint(tree))
	s.fresh = map[string]bool{}
	fresh := map[string]bool{}
	read := s.loader.Fresh()
	prints := make([]fingerprint.Fingerprint, len(read))
	rescue.Each(len(read), func(i int) { prints[i] = content.HeadPrint(read[i]) })
	for i, r := range read {
		p := r.Base().Path
		fresh[p] = true
		s.fresh[short(p)] = true
		same = s.leave(headKey(p), prints[i]) && same
	}
	for _, f := range tree.Files {
		if isRecord(f.Path) && !fresh[f.Path] {
			_, known := s.memory.Recall(headKey(f.Path))
			same = same && known
		}
	}
	return same
}

func headKey(p string) fingerprint.Fingerprint { return fingerprint.Sum([]byte("head"), []byte(p)) }

// leave remembers a fingerprint, and tells whether it is what was remembered.
func (s *stages) leave(key, print fingerprint.Fingerprint) bool {
	old, ok := s.memory.Recall(key)
	s.memory.Remember(key, print[:])
	return ok && !print.IsZero() && bytes.Equal(old, print[:])
}

func isRecord(p string) bool { return strings.HasSuffix(p, ".md") }

// restPrint is the fingerprint of everything a build depends on besides records. It is
// zero while a file is too fresh to trust its time.
func (s *stages) restPrint(tree *content.Tree) fingerprint.Fingerprint {
	settled := time.Now().Add(-settle)
	var h fingerprint.Hasher
	h.Bytes(s.Program[:])
	for _, t := range []string{s.BaseURL, s.Today.String(), s.Since.String()} {
		h.Bytes([]byte(t))
	}
	h.Bytes([]byte{flag(s.Drafts)})
	h.Bytes(binary.AppendVarint(nil, int64(s.StartAt)))
	for _, f := range tree.Files {
		h.Bytes([]byte(f.Path))
		if !isRecord(f.Path) {
			h.Bytes(binary.AppendVarint(nil, f.Size))
			h.Bytes(binary.AppendVarint(nil, f.ModTime.UnixNano()))
			if !f.ModTime.Before(settled) {
				return fingerprint.Fingerprint{}
			}
		}
	}
	theme, newest := themePrint(s.fsys)
	if h.Bytes(theme[:]); !newest.Before(settled) {
		return fingerprint.Fingerprint{}
	}
	return h.Sum()
}

// short stands for the path of a file in a page's list.
func short(p string) string {
	sum := fingerprint.Sum([]byte(p))
	return string(sum[:8])
}

// followed is a page's output that is kept where its texts are as they were.
func (s *stages) followed(o output.Output, sameButTexts bool) output.Output {
	key := fingerprint.Sum([]byte("texts"), []byte(o.Path))
	if sameButTexts {
		if list, ok := s.memory.Recall(key); ok {
			o.Kept = true
			for i := 0; i+8 <= len(list); i += 8 {
				o.Kept = o.Kept && !s.fresh[string(list[i:i+8])]
			}
		}
	}
	return o
}

// reads remembers which texts a page shows.
func (s *stages) reads(file string, texts []*pages.Prose) {
	var list []byte
	for _, t := range texts {
		if !t.Empty() {
			list = append(list, short(t.Head.Path)...)
		}
	}
	if len(list) <= 4<<10 { // a page of more texts is always asked
		s.memory.Remember(fingerprint.Sum([]byte("texts"), []byte(file)), list)
	}
}

// keepRecords leaves what was read of records to the next build: of those that are
// published and name nobody who is withheld.
func (s *stages) keepRecords(guard *privacy.Guard) {
	published := map[string]bool{}
	for _, e := range s.model.Editions {
		e.Each(func(h *content.Head, _ site.Address) { published[h.Path] = true })
	}
	var slugs [][]byte
	for _, w := range s.model.Withheld {
		slugs = append(slugs, []byte(w.Slug))
	}
	s.loader.Keep(func(r content.Record, packed []byte) bool {
		if !published[r.Base().Path] || guard.Inspect("", packed) != nil {
			return false
		}
		for _, slug := range slugs {
			if len(slug) > 0 && bytes.Contains(packed, slug) {
				return false
			}
		}
		return true
	})
}
