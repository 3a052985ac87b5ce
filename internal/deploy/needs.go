package deploy

import (
	"bytes"
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/html"

	"mingdeng/internal/serving"
)

func named(path string) bool { return serving.Named(path) }

func isArtwork(path string) bool { return strings.HasPrefix(path, "plaques/") }

// needs lists the files a page asks for while it is shown: styles, scripts, pictures,
// sound; not the pages it links to. base is the path of the site on its host.
func needs(page string, text []byte, base string) []string {
	var out []string
	add := func(ref string) {
		if file := resolve(page, strings.TrimSpace(ref), base); file != "" {
			out = append(out, file)
		}
	}
	z := html.NewTokenizer(bytes.NewReader(text))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return out
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			tag := string(name)
			for more {
				var key, value []byte
				key, value, more = z.TagAttr()
				switch k := string(key); {
				case k == "src" || k == "poster" || k == "data-src" || k == "href" && tag == "link":
					add(string(value))
				case k == "srcset":
					for part := range strings.SplitSeq(string(value), ",") {
						ref, _, _ := strings.Cut(strings.TrimSpace(part), " ")
						add(ref)
					}
				}
			}
		}
	}
}

// resolve gives the file an address on a page leads to, "" if it is not of this site.
func resolve(page, ref, base string) string {
	u, err := url.Parse(ref)
	if err != nil || u.Scheme != "" || u.Host != "" || u.Path == "" {
		return ""
	}
	file := u.Path
	if strings.HasPrefix(file, "/") {
		below, ok := strings.CutPrefix(file, base)
		if !ok {
			return ""
		}
		file = below
	} else {
		file = path.Join(path.Dir(page), file)
	}
	if file == "" || strings.HasSuffix(u.Path, "/") {
		file = path.Join(file, "index.html")
	}
	return strings.TrimPrefix(path.Clean(file), "./")
}
