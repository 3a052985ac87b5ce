package project

import (
	"encoding/binary"
	"encoding/json"
	"io/fs"

	"mingdeng/internal/diag"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/media"
	"mingdeng/internal/plaque/ledger"
	"mingdeng/internal/site"
)

// ReadLedger reads the codes ever issued; nil where there is no ledger.
func ReadLedger(fsys fs.FS) (*ledger.Ledger, []diag.Finding) {
	text, err := fs.ReadFile(fsys, ledger.Path)
	if err != nil {
		return nil, nil
	}
	return ledger.Parse(ledger.Path, text)
}

// The codes a build knew are kept in pieces, since the folder's memory takes 4 KB a
// key. Of a retired code only the code is kept: its exhibit's name may be a person's.
const codesPerKey = 20

func codesKey(n int) fingerprint.Fingerprint {
	return fingerprint.Sum([]byte("codes"), binary.AppendVarint(nil, int64(n)))
}

// RememberCodes leaves the codes of a model to the next build.
func RememberCodes(m media.Memory, model *site.Model) {
	var known []ledger.Entry
	for _, c := range model.Editions[0].Codes {
		e := ledger.Entry{Code: c.Code, Issued: c.Issued, Status: ledger.Retired}
		if !c.Retired {
			e.Status, e.Exhibit = ledger.Active, c.Venue.Slug+"/"+c.Exhibit.Slug
		}
		known = append(known, e)
	}
	for n := 0; ; n++ {
		part := known[:min(codesPerKey, len(known))]
		known = known[len(part):]
		b, err := json.Marshal(part)
		if err != nil { // plain strings cannot fail
			return
		}
		m.Remember(codesKey(n), b)
		if len(part) < codesPerKey {
			return
		}
	}
}

// RecallCodes are the codes that the last build knew.
func RecallCodes(m media.Memory) []ledger.Entry {
	var known []ledger.Entry
	for n := 0; ; n++ {
		b, ok := m.Recall(codesKey(n))
		var part []ledger.Entry
		if !ok || json.Unmarshal(b, &part) != nil {
			return known
		}
		known = append(known, part...)
		if len(part) < codesPerKey {
			return known
		}
	}
}
