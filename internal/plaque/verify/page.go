package verify

import (
	"errors"
	"io"
	"strings"

	"golang.org/x/net/html"
)

// page is what a page says of itself.
type page struct {
	canonical string // rel=canonical
	self      string // og:url
	noIndex   bool
	links     []string
}

// maxLinks bounds what is kept of a page's links; the page of a retired code has a dozen.
const maxLinks = 4096

func readPage(r io.Reader) (p page, err error) {
	z := html.NewTokenizer(r)
	z.SetMaxBuf(1 << 20)
	for {
		switch z.Next() {
		case html.ErrorToken:
			if err := z.Err(); !errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				return p, err
			}
			return p, nil
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			tag := string(name)
			if tag != "link" && tag != "meta" && tag != "a" {
				continue
			}
			at := map[string]string{}
			for more {
				var k, v []byte
				k, v, more = z.TagAttr()
				if _, twice := at[string(k)]; !twice { // the first counts
					at[string(k)] = string(v)
				}
			}
			switch {
			case tag == "link" && p.canonical == "" && hasWord(at["rel"], "canonical"):
				p.canonical = strings.TrimSpace(at["href"])
			case tag == "meta" && p.self == "" && at["property"] == "og:url":
				p.self = strings.TrimSpace(at["content"])
			case tag == "meta" && strings.EqualFold(at["name"], "robots"):
				p.noIndex = p.noIndex || strings.Contains(strings.ToLower(at["content"]), "noindex")
			case tag == "a" && len(p.links) < maxLinks:
				p.links = append(p.links, at["href"])
			}
		}
	}
}

func hasWord(list, word string) bool {
	for w := range strings.FieldsSeq(list) {
		if strings.EqualFold(w, word) {
			return true
		}
	}
	return false
}
