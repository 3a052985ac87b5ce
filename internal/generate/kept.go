package generate

import (
	"bytes"
	"encoding/binary"
	"time"

	"mingdeng/internal/content"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/output"
	"mingdeng/internal/pages"
	"mingdeng/internal/privacy"
	"mingdeng/internal/project"
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
func (s *session) sameButTexts(tree *content.Tree) bool {
	if s.Program.IsZero() || s.found.Errors() > 0 {
		return false
	}
	same := s.leave(fingerprint.Sum([]byte("rest")), s.looked.ButRecords())
	s.fresh = map[string]bool{}
	fresh := map[string]bool{}
	read := s.loader.Fresh()
	prints := make([]fingerprint.Fingerprint, len(read))
	rescue.Each(len(read), func(i int) { prints[i] = content.HeadPrint(read[i]) })
	for i, r := range read {
		p := r.Base().Path
		fresh[p] = true
		s.fresh[project.Short(p)] = true
		same = s.leave(headKey(p), prints[i]) && same
	}
	for _, f := range tree.Files {
		if !project.IsRecord(f.Path) || fresh[f.Path] {
			continue
		}
		if other, ok := s.Content.Files[f.Path]; ok { // a transcript, which views hold whole
			same = s.leave(headKey(f.Path), filePrint(other)) && same
		} else {
			_, known := s.memory.Recall(headKey(f.Path))
			same = same && known
		}
	}
	return same
}

// filePrint tells a file that is as it was by its size and time; it is zero while that is too
// fresh to be trusted.
func filePrint(f content.FileInfo) fingerprint.Fingerprint {
	if !content.Settled(f.ModTime, time.Now()) {
		return fingerprint.Fingerprint{}
	}
	return fingerprint.Sum([]byte("file"), binary.AppendVarint(nil, f.Size), binary.AppendVarint(nil, f.ModTime.UnixNano()))
}

func headKey(p string) fingerprint.Fingerprint { return fingerprint.Sum([]byte("head"), []byte(p)) }

// leave remembers a fingerprint, and tells whether it is what was remembered.
func (s *session) leave(key, print fingerprint.Fingerprint) bool {
	old, ok := s.memory.Recall(key)
	s.memory.Remember(key, print[:])
	return ok && !print.IsZero() && bytes.Equal(old, print[:])
}

// followed is a page's output that is kept where its texts are as they were.
func (s *session) followed(o output.Output, sameButTexts bool) output.Output {
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
func (s *session) reads(file string, texts []*pages.Prose) {
	var list []byte
	for _, t := range texts {
		if !t.Empty() {
			list = append(list, project.Short(t.Head.Path)...)
		}
	}
	if len(list) <= 4<<10 { // a page of more texts is always asked
		s.memory.Remember(fingerprint.Sum([]byte("texts"), []byte(file)), list)
	}
}

// keepRecords leaves what was read of records to the next build: of those that are
// published and name nobody who is withheld.
func (s *session) keepRecords(guard *privacy.Guard) {
	published := map[string]bool{}
	for _, e := range s.Model.Editions {
		e.Each(func(h *content.Head, _ site.Address) { published[h.Path] = true })
	}
	var slugs [][]byte
	for _, w := range s.Model.Withheld {
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
