package generate

import (
	"bytes"
	"encoding/json"
	"strings"

	"mingdeng/internal/fingerprint"
	"mingdeng/internal/output"
	"mingdeng/internal/pages"
	"mingdeng/internal/theme"
)

// offlineLimit is how many bytes a phone keeps of a venue at most.
const offlineLimit = 3 << 20

// offlineList is venues/VENUE/offline.json: what the service worker (sw.js of the theme)
// fetches after the first scan in a venue. Addresses are relative to the site's root.
//
// Sizes and hashes are those of the files as they were made, so the list is an Output that
// is made last: guessing them from what a page is made of would give a version that
// changes when no page does, and no sizes to hold the limit with. It names what exists:
// a file that is not among the Outputs is left out.
type offlineList struct {
	Version string        `json:"version"` // of all that is listed
	Name    string        `json:"name"`    // of the venue
	URL     string        `json:"url"`     // of its page
	Files   []offlineFile `json:"files"`
}

type offlineFile struct {
	URL  string   `json:"url"`
	Size int64    `json:"size"`           // bytes as stored, not as sent
	Hash string   `json:"hash"`           // what has the same is not fetched again
	Name string   `json:"name,omitempty"` // of a page, for the list of what is kept
	Also []string `json:"also,omitempty"` // other addresses with the very same bytes: what codes open
}

// planOffline lists what phones keep, a file for each venue.
func planOffline(keeps []pages.Offline, look *theme.Edition, program fingerprint.Fingerprint) []output.Output {
	var outs []output.Output
	for _, k := range keeps {
		outs = append(outs, output.Output{
			Path: k.List.File(),
			Prepare: func() (fingerprint.Fingerprint, output.Fill, error) {
				return fingerprint.Fingerprint{}, fillOffline(offlineList{Files: []offlineFile{}}), nil
			},
			Last: func(made func(string) (output.Made, bool)) (fingerprint.Fingerprint, output.Fill, error) {
				list := listOffline(k, look, made)
				if program.IsZero() {
					return fingerprint.Fingerprint{}, fillOffline(list), nil
				}
				print := fingerprint.Of(&list)
				return fingerprint.Sum(print[:], program[:]), fillOffline(list), nil
			},
		})
	}
	return outs
}

func fillOffline(list offlineList) output.Fill {
	return func(w *bytes.Buffer) error { return json.NewEncoder(w).Encode(list) }
}

// listOffline takes files in their order of importance until the limit is reached.
func listOffline(k pages.Offline, look *theme.Edition, made func(string) (output.Made, bool)) offlineList {
	list := offlineList{Name: k.Name, URL: string(k.Venue), Files: []offlineFile{}}
	known := map[string]int{} // index of a file by its bytes
	var version fingerprint.Hasher
	left := int64(offlineLimit)
	version.String(k.Name)
	add := func(url, file, name string) {
		m, ok := made(file)
		if !ok {
			return
		}
		hash := m.Hash.String()[:16]
		if i, twice := known[hash]; twice {
			if f := &list.Files[i]; f.URL != url && strings.HasSuffix(url, "/") {
				f.Also = append(f.Also, url)
				version.String(url)
			}
			return
		}
		if m.Size > left {
			return
		}
		left -= m.Size
		known[hash] = len(list.Files)
		list.Files = append(list.Files, offlineFile{URL: url, Size: m.Size, Hash: hash, Name: name})
		version.String(url)
		version.String(name)
		version.Fingerprint(m.Hash)
	}
	for _, t := range k.Templates {
		for _, p := range look.Assets(t) {
			if p != "sw.js" { // browsers keep it themselves
				add(p, p, "")
			}
		}
	}
	for _, x := range k.Pages {
		add(string(x.Address), x.Address.File(), x.Name)
	}
	for _, p := range k.Pictures {
		add(p, p, "")
	}
	list.Version = version.Sum().String()[:16]
	return list
}
