package generate

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/site"
	"mingdeng/internal/writer"
)

// claim is a record's reason for a file of the site: its address, or an old one that it
// keeps. One without a record is the site's own.
type claim struct {
	file  string
	head  *content.Head
	pos   diag.Pos
	alias string // the old address as it is written
	below bool   // the file lies below the record's address
}

// rank orders claims: who asked last, and for least, is asked to give way.
func (c claim) rank() int {
	switch {
	case c.alias != "":
		return 0
	case c.head != nil && !c.below:
		return 1
	case c.head != nil:
		return 2
	}
	return 3
}

// checkPlan tells what a build would find impossible in its list of files, where that is
// not tried because of other faults.
func (s *session) checkPlan() {
	if s.Theme != nil {
		s.clashed(writer.Check(s.readersOutputs())) // nothing else comes near artwork
	}
}

// clashed tells files that cannot be made, or not side by side, at the records that ask
// for them: whatever the site makes is compared, so that no list of taken addresses has
// to be kept. It reports whether err was that.
func (s *session) clashed(err error) bool {
	found := s.found
	var plan writer.PlanError
	if !errors.As(err, &plan) {
		return false
	}
	told := map[string]bool{} // places that have a fault already, most often this one
	for _, f := range found.Sorted() {
		if f.Code.Severity == diag.Error {
			told[f.Place()], told[f.Path] = true, true
		}
	}
	add := func(f diag.Finding) {
		if !told[f.Place()] {
			told[f.Place()] = true
			found.Add(f)
		}
	}
	again, apart := map[string]int{}, map[string]int{}
	for _, p := range plan {
		if p.Clash == writer.Twice {
			again[p.Path]++
		} else {
			apart[p.Path]++
		}
	}
	files := func(path string) int { return again[path] + max(1, apart[path]) } // that are to stand there
	for _, p := range plan {
		claims := s.claims(p.Path, files(p.Path))
		if p.Clash == writer.Unmakeable {
			add(unmakeable(p, claims[0]))
			continue
		}
		if p.Other != p.Path {
			claims = append(s.claims(p.Other, files(p.Other)), claims...) // of equals, the other was first
		}
		slices.SortStableFunc(claims, func(a, b claim) int { return b.rank() - a.rank() })
		holder := claims[0]
		if len(claims) == 1 || claims[1].head == nil {
			add(diag.Internal.At(p.Path, diag.Pos{}, p.Error()))
			continue
		}
		for _, c := range claims[1:] {
			if c.alias == "" && c.head == holder.head {
				continue
			}
			if c.below && told[c.head.Path] { // of what lies below an address its record knows best
				continue
			}
			add(taken(c, holder, p.Clash))
		}
	}
	return true
}

// taken is what is told at the claim that has to give way to another.
func taken(c, holder claim, clash writer.Clash) diag.Finding {
	who := diag.Text{Zh: "网站自己", En: "the site itself"}
	if holder.head != nil {
		who = diag.Text{Zh: holder.head.Path, En: holder.head.Path}
	}
	address := shownAddress(holder.file)
	if c.alias == "" {
		f := diag.DuplicateAddress.At(c.head.Path, c.pos, address, who.Zh, who.En)
		if c.head.Kind != content.KindReport && !c.below { // its address is its year
			f = c.head.Mend(f, c.head.Slug+"-1")
		}
		return f
	}
	zh, en := address+" 是"+who.Zh+"的", address+" belongs to "+who.En
	switch {
	case holder.head != nil:
		zh = address + " 是 " + who.Zh + " 的"
	case clash == writer.FileFolder && !strings.HasSuffix(address, "/"):
		zh, en = zh+"文件，它下面不能有网页", en+", a file below which there can be no page"
	}
	if clash == writer.CaseAlone {
		zh, en = zh+"，两个网址只差大小写，有的系统分不清", en+" and differs by case alone, which some systems cannot tell apart"
	}
	return diag.AliasTaken.At(c.head.Path, c.pos, c.alias, zh, en)
}

// unmakeable is what is told of a path that not every system can have.
func unmakeable(p *writer.PathError, c claim) diag.Finding {
	zh, en := "不是每个系统都能有这样的文件名", p.Why
	for part := range strings.SplitSeq(strings.TrimSuffix(p.Path, "/index.html"), "/") {
		if z, e := content.BadFileName(part); z != "" {
			zh, en = z, e
		}
	}
	switch {
	case c.alias != "":
		f := diag.LooseAlias.At(c.head.Path, c.pos, c.alias, zh, en)
		if plain := norm.NFC.String(c.alias); plain != c.alias {
			f = f.Replace(c.alias, plain)
		}
		return f
	case c.head != nil:
		return diag.ReservedName.At(c.head.Path, c.pos, c.head.Slug, zh, en, c.head.Slug+"-1")
	}
	return diag.Internal.At(p.Path, diag.Pos{}, p.Error())
}

// claims are the records that ask for the files at a path, and those that nobody else asks
// for are what a record above makes below its address, or the site's own; those that give
// way come first. It looks through all records, for there is seldom anything to ask.
func (s *session) claims(file string, files int) []claim {
	var all []claim
	rest, longest := claim{file: file}, 0
	for _, e := range s.Model.Editions {
		e.Each(func(h *content.Head, a site.Address) {
			switch own := string(a); {
			case a.File() == file:
				all = append(all, claim{file: file, head: h, pos: h.At("slug")})
			case strings.HasSuffix(own, "/") && strings.HasPrefix(file, own) && len(own) > longest:
				rest, longest = claim{file: file, head: h, pos: h.At("slug"), below: true}, len(own)
			}
			for _, old := range h.Aliases {
				if site.AliasAddress(old.Text).File() == file {
					all = append(all, claim{file: file, head: h, pos: old.Pos, alias: old.Text})
				}
			}
		})
	}
	if len(all) < files {
		all = append(all, rest)
	}
	slices.SortStableFunc(all, func(a, b claim) int {
		if c := a.rank() - b.rank(); c != 0 {
			return c
		}
		return cmp.Compare(a.head.Path, b.head.Path)
	})
	return all
}

// shownAddress is the address of a file as readers know it.
func shownAddress(file string) string {
	if a, ok := strings.CutSuffix(file, "index.html"); ok {
		return "/" + a
	}
	return "/" + file
}
