package site

import (
	"slices"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
)

// counts tells whether a record belongs to this edition and is published.
func (r *resolver) counts(h *content.Head) bool {
	return due(h, r.o.Today, r.o.Drafts) && r.worded(h)
}

// reserved are the names that lists have taken inside a folder, and those that
// Windows keeps for devices (learn.microsoft.com, "Naming Files, Paths, and
// Namespaces").
var reserved = map[string][]string{
	"heroes": {"page", "region", "year", "deed"},
	"briefs": {"page", "feed"},
	"":       {"heroes", "briefs", "anthology", "venues", "honors", "units", "reports", "screens", "search", "q", "data", "img", "css", "js", "plaques", "page", "zh-hant", "en", "404", "sitemap", "robots", "feed", "manifest"},
}

var devices = []string{"con", "prn", "aux", "nul"}

// at gives a record its address and enters it in the index. folder is the part of
// the address above its slug.
func (r *resolver) at(h *content.Head, folder, slug, name string, record any) Address {
	address := Address(r.e.Prefix + slug + "/")
	path := slug
	if folder != "" {
		address, path = Address(r.e.Prefix+folder+"/"+slug+"/"), folder+"/"+slug
	}
	if h.Kind == content.KindUnit { // units share one page
		address = Address(r.e.Prefix + "units/#" + slug)
	}
	top, _, _ := strings.Cut(folder, "/")
	device := slices.Contains(devices, slug) || len(slug) == 4 && (strings.HasPrefix(slug, "com") || strings.HasPrefix(slug, "lpt")) && slug[3] >= '1' && slug[3] <= '9'
	if device {
		r.out.Add(diag.ReservedName.At(h.Path, h.At("slug"), slug, "Windows"))
	} else if folder == top && slices.Contains(reserved[top], slug) {
		r.out.Add(diag.ReservedName.At(h.Path, h.At("slug"), slug, "/"+string(address)))
	}
	r.claim(r.out, h.Path, h.At("slug"), address)
	e := &entry{kind: h.Kind, path: path, slug: slug, name: name, plain: name, address: address, record: record, file: h.Path}
	if h.Kind == content.KindPage {
		e.path = "pages/" + slug
	}
	if h.Kind == content.KindReport {
		e.path = "reports/" + slug
	}
	r.e.index.add(e)
	return address
}

// claim reports a second record at the same address.
func (r *resolver) claim(out *diag.List, path string, pos diag.Pos, a Address) {
	key := strings.ToLower(a.File())
	if owner, taken := r.used[key]; taken {
		out.Add(diag.DuplicateAddress.At(path, pos, "/"+string(a), owner))
		return
	}
	r.used[key] = path
}

// hide enters a record that exists but is not published.
func (r *resolver) hide(h *content.Head, folder, name string) {
	r.e.index.add(&entry{kind: h.Kind, path: folder + "/" + h.Slug, slug: h.Slug, name: name, plain: name, withheld: true, file: h.Path})
}

// aliases checks the old addresses records keep.
func (r *resolver) aliases() {
	r.e.Each(func(h *content.Head, _ Address) {
		for _, a := range h.Aliases {
			if zh, en := badAlias(a.Text); zh != "" {
				r.say.Add(diag.LooseAlias.At(h.Path, a.Pos, a.Text, zh, en))
				continue
			}
			r.claim(r.say, h.Path, a.Pos, AliasAddress(a.Text))
		}
	})
}

// AliasAddress turns an old address as written (/old/path/) into an Address.
func AliasAddress(s string) Address {
	s = strings.TrimPrefix(s, "/")
	if s != "" && !strings.HasSuffix(s, "/") && !strings.HasSuffix(s, ".html") && !strings.HasSuffix(s, ".htm") {
		s += "/"
	}
	return Address(s)
}

func badAlias(s string) (zh, en string) {
	switch {
	case !strings.HasPrefix(s, "/") || strings.HasPrefix(s, "//"):
		return "要以一个 / 开头", "it must start with a single /"
	case s == "/":
		return "首页的地址", "it is the home page"
	case strings.ContainsAny(s, "?#\\:*\"<>|%"):
		return "不能有 ? # \\ : * \" < > | %", "it must not hold ? # \\ : * \" < > | %"
	}
	for _, part := range strings.Split(strings.Trim(s, "/"), "/") {
		if part == "" || strings.HasPrefix(part, ".") || strings.HasSuffix(part, ".") || strings.TrimSpace(part) != part || len(part) > 100 {
			return "每一段都要有字，且不以点开头或结尾", "each part needs a name that neither starts nor ends with a dot"
		}
		for _, c := range part {
			if c < ' ' || c == 0x7f {
				return "有看不见的字符", "it holds control characters"
			}
		}
	}
	return "", ""
}
