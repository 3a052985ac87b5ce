package site

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
)

// Reserved are the names inside a folder of addresses that the site itself has taken; folder
// "" is the top.
func Reserved(folder string) []string {
	switch folder {
	case "heroes":
		return []string{"page", "region", "year", "deed"}
	case "briefs":
		return []string{"page", "feed"}
	case "":
		return reservedTop()
	}
	return nil
}

var reservedTop = sync.OnceValue(func() []string {
	names := []string{"search", "q", "data", "img", "css", "js", "plaques", "offline", "events", "timeline", "days", "numbers", "page", "404", "sitemap", "robots", "feed", "manifest", content.MembersDir}
	for _, k := range content.Kinds() {
		if k.Path != "" && !slices.Contains(names, k.Path) {
			names = append(names, k.Path)
		}
	}
	for _, l := range content.Languages() {
		if l.Prefix != "" {
			names = append(names, strings.TrimSuffix(l.Prefix, "/"))
		}
	}
	return names
})

// at gives a record its address and enters it in the index. folder is the part of
// the address above its slug.
func (r *resolver) at(h *content.Head, folder, slug, name string, record any) Address {
	address := Address(r.e.Prefix + slug + "/")
	path := slug
	if folder != "" {
		address, path = Address(r.e.Prefix+within(h, folder)+"/"+slug+"/"), folder+"/"+slug
	}
	if h.Kind == content.KindUnit { // units share one page
		address = Address(r.e.Prefix + "units/#" + UnitID(h))
	}
	top, _, _ := strings.Cut(folder, "/")
	if zh, en := content.BadFileName(slug); zh != "" {
		if already, _ := content.BadFileName(h.FileName); already == "" { // of the file it is told by content.Scan
			r.out.Add(h.Mend(diag.ReservedName.At(h.Path, h.At("slug"), slug, zh, en, slug+"-1"), slug+"-1"))
		}
	} else if folder == top && slices.Contains(Reserved(top), slug) {
		list := "/" + string(address)
		r.out.Add(h.Mend(diag.ReservedName.At(h.Path, h.At("slug"), slug, list+" 是网站自己的", list+" is the site's own", slug+"-1"), slug+"-1"))
	}
	if owner, taken := r.claim(h.Path, address); taken {
		f := diag.DuplicateAddress.At(h.Path, h.At("slug"), "/"+string(address), owner, owner)
		if h.Kind != content.KindReport { // its address is its year
			f = h.Mend(f, r.free(address, slug))
		}
		r.out.Add(f)
	}
	e := &entry{kind: h.Kind, path: path, slug: slug, name: name, plain: name, address: address, record: record, file: h.Path}
	if h.Kind == content.KindPage {
		e.path = "pages/" + slug
	}
	if h.Kind == content.KindReport {
		e.path = "reports/" + slug
	}
	r.e.enter(h, e)
	return address
}

// within puts what is below content/ of a member below that member: its records stand at
// /members/NAME/heroes/SLUG/ and the like. So no address ever changes because somebody
// joined, left, or gives two people one slug; a member's own address is what follows its name.
func within(h *content.Head, folder string) string {
	if h.Member == "" {
		return folder
	}
	return content.MembersDir + "/" + h.Member + "/" + folder
}

// UnitID is the id of a unit on the page of units.
func UnitID(h *content.Head) string {
	if h.Member == "" {
		return h.Slug
	}
	return h.Member + "." + h.Slug // no slug has a dot
}

// claim takes an address, unless another record has it.
func (r *resolver) claim(path string, a Address) (owner string, taken bool) {
	key := strings.ToLower(a.File())
	if owner, taken = r.used[key]; !taken {
		r.used[key] = path
	}
	return owner, taken
}

// free is a slug beside a taken one that nobody has.
func (r *resolver) free(taken Address, slug string) string {
	for n := 2; ; n++ {
		other := slug + "-" + strconv.Itoa(n)
		i := max(0, strings.LastIndex(string(taken), slug))
		at := taken[:i] + Address(other) + taken[min(len(taken), i+len(slug)):]
		if r.used[strings.ToLower(at.File())] == "" {
			return other
		}
	}
}

// claimed is claim for what has no slug of its own, and tells of an address that is taken.
func (r *resolver) claimed(out *diag.List, path string, pos diag.Pos, a Address) {
	if owner, taken := r.claim(path, a); taken {
		out.Add(diag.DuplicateAddress.At(path, pos, "/"+string(a), owner, owner))
	}
}

// hide enters a record that exists but is not published.
func (r *resolver) hide(record content.Record, folder string, why Absence) {
	h := record.Base()
	name := content.Title(record)
	e := &entry{kind: h.Kind, path: folder + "/" + h.Slug, slug: h.Slug, name: name, plain: name, absent: why, file: h.Path}
	if r.first != nil && h.Kind != content.KindHero {
		if own := r.Written(h, r.e.Tag); own != nil && content.Title(own) != "" {
			e.name = content.Title(own)
		} else if r.wording.Words != nil {
			e.name = r.wording.Words(name)
		}
	}
	r.e.enter(h, e)
	at := strings.TrimPrefix(within(h, e.path), "pages/")
	if report, ok := record.(*content.Report); ok {
		at = folder + "/" + strconv.Itoa(report.Year)
	}
	r.e.index.hidden[at] = e
	for _, a := range h.Aliases {
		r.e.index.hidden[strings.Trim(string(AliasAddress(a.Text)), "/")] = e
	}
}

// aliases checks the old addresses records keep.
func (r *resolver) aliases() {
	r.e.Each(func(h *content.Head, _ Address) {
		for _, a := range h.Aliases {
			if zh, en := badAlias(a.Text); zh != "" {
				r.say.Add(diag.LooseAlias.At(h.Path, a.Pos, a.Text, zh, en).Replace(a.Text, mendAlias(a.Text)))
				continue
			}
			if zh, en := kept(AliasAddress(a.Text)); zh != "" {
				r.say.Add(diag.AliasTaken.At(h.Path, a.Pos, a.Text, zh, en))
			}
		}
	})
}

// kept says why an address stays free though no file may stand there today: it will be
// needed, or what stands there is not for readers. Addresses of files that are made are
// compared when all files are known; see package build.
func kept(a Address) (zh, en string) {
	switch top, _, _ := strings.Cut(string(a), "/"); strings.ToLower(top) {
	case "q":
		return "/Q/ 下面是铭牌编码的网址", "addresses below /Q/ are those of plaques"
	case "plaques":
		return "/plaques/ 下面是铭牌的图稿，不给读者看", "what lies below /plaques/ is artwork, and not for readers"
	}
	return "", ""
}

// AliasAddress turns an old address as written (/old/path/) into an Address.
func AliasAddress(s string) Address {
	s = strings.TrimPrefix(s, "/")
	if s != "" && !strings.HasSuffix(s, "/") && !strings.HasSuffix(s, ".html") && !strings.HasSuffix(s, ".htm") {
		s += "/"
	}
	return Address(s)
}

// mendAlias makes an alias of a whole address of this or another host, or of a path
// without its slash; "" where that will not do.
func mendAlias(s string) string {
	if _, rest, found := strings.Cut(s, "://"); found {
		_, s, _ = strings.Cut(rest, "/")
	}
	s, _, _ = strings.Cut(s, "?")
	s, _, _ = strings.Cut(s, "#")
	s = "/" + strings.TrimLeft(strings.ReplaceAll(s, "\\", "/"), "/")
	if zh, _ := badAlias(s); zh != "" {
		return ""
	}
	return s
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
