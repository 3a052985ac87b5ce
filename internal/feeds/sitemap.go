package feeds

import (
	"encoding/xml"
	"strconv"

	"mingdeng/internal/output"
	"mingdeng/internal/pages"
)

// perSitemap is how many addresses one sitemap holds; sitemaps.org allows 50,000.
const perSitemap = 40_000

type urlset struct {
	XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	XHTML   string   `xml:"xmlns:xhtml,attr,omitempty"`
	URLs    []place  `xml:"url"`
}

type sitemapindex struct {
	XMLName  xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
	Sitemaps []place  `xml:"sitemap"`
}

type place struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
	// Others are the page in all languages that have it
	// (developers.google.com/search/docs/specialty/international/localized-versions).
	Others []alternate `xml:"xhtml:link"`
}

type alternate struct {
	Rel  string `xml:"rel,attr"`
	Lang string `xml:"hreflang,attr"`
	Href string `xml:"href,attr"`
}

// sitemap lists every listed page; a large site gets an index of several.
func (f files) sitemap(plan pages.Planned) []output.Output {
	var all []place
	space := ""
	for _, p := range plan.Pages {
		if !p.Listed {
			continue
		}
		x := place{Loc: f.absolute(p.Address)}
		if p.Changed.Day != 0 { // search engines read no part of a date
			x.LastMod = p.Changed.String()
		}
		for _, o := range plan.Alternates(p.Address) {
			space = "http://www.w3.org/1999/xhtml"
			x.Others = append(x.Others, alternate{"alternate", o.Lang, o.Href})
		}
		all = append(all, x)
	}
	prefix := f.e.Prefix
	if len(all) <= perSitemap {
		return []output.Output{made(prefix+"sitemap.xml", urlset{XHTML: space, URLs: all}, writeXML)}
	}
	var outs []output.Output
	var index sitemapindex
	for n := 1; len(all) > 0; n++ {
		part := all[:min(perSitemap, len(all))]
		all = all[len(part):]
		name := prefix + "sitemap-" + strconv.Itoa(n) + ".xml"
		outs = append(outs, made(name, urlset{XHTML: space, URLs: part}, writeXML))
		index.Sitemaps = append(index.Sitemaps, place{Loc: f.base + name})
	}
	return append(outs, made(prefix+"sitemap.xml", index, writeXML))
}
