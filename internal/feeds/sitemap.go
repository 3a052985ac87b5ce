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
	URLs    []place  `xml:"url"`
}

type sitemapindex struct {
	XMLName  xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
	Sitemaps []place  `xml:"sitemap"`
}

type place struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

// sitemap lists every listed page; a large site gets an index of several.
func (f files) sitemap(list []pages.Page) []output.Output {
	var all []place
	for _, p := range list {
		if p.Listed {
			all = append(all, place{f.absolute(p.Address), p.Changed.String()})
		}
	}
	prefix := f.e.Prefix
	if len(all) <= perSitemap {
		return []output.Output{made(prefix+"sitemap.xml", urlset{URLs: all}, writeXML)}
	}
	var outs []output.Output
	var index sitemapindex
	for n := 1; len(all) > 0; n++ {
		part := all[:min(perSitemap, len(all))]
		all = all[len(part):]
		name := prefix + "sitemap-" + strconv.Itoa(n) + ".xml"
		outs = append(outs, made(name, urlset{URLs: part}, writeXML))
		index.Sitemaps = append(index.Sitemaps, place{Loc: f.base + name})
	}
	return append(outs, made(prefix+"sitemap.xml", index, writeXML))
}
