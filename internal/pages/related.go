package pages

import (
	"strings"

	"mingdeng/internal/site"
)

// related are the people who have something in common with a hero, each with what that is.
func (p *planner) related(h *site.Hero) []Mention {
	var out []Mention
	for _, r := range p.kinship().Of(h) {
		out = append(out, Mention{r.Hero.Name, p.href(r.Hero.Address), p.bond(h, r)})
	}
	return out
}

// bond says in words what two people have in common: the two closest things, and none that
// another one holds in it.
func (p *planner) bond(h *site.Hero, r site.Related) string {
	var out []string
	for b := r.Bond; b != 0 && len(out) < 2; {
		var first site.Bond
		first, b = b.Strongest()
		switch first {
		case site.SameGroup:
			out = append(out, p.together(h))
		case site.SameDay:
			out = append(out, p.t("kin.day"))
		case site.SamePlace:
			out = append(out, p.alsoAt(h.Deed.Place))
			b &^= site.SameWater | site.SameRegion
		case site.SameExhibit:
			out = append(out, p.t("kin.board"))
			b &^= site.SameVenue
		case site.SameChapter:
			out = append(out, p.t("kin.chapter"))
		case site.SameWater:
			out = append(out, p.alsoAt(r.WaterName()))
			b &^= site.SameRegion
		case site.SameKind:
			out = append(out, p.alsoAt(h.Place.Name))
			b = site.SameDeed
		case site.SameSession:
			out = append(out, p.t("kin.session"))
		case site.SameRegion:
			out = append(out, p.alsoAt(h.Place.Name))
		case site.SameVenue:
			out = append(out, p.t("kin.venue", sharedVenue(h, r.Hero)))
		case site.SameDeed:
			out = append(out, p.t("kin.deed", p.t("deed."+string(h.Deed.Type))))
		}
	}
	return strings.Join(out, p.t("comma"))
}

func (p *planner) alsoAt(place string) string {
	if p.untranslated(place) != "" {
		return p.t("kin.there")
	}
	return p.t("kin.place", place)
}

// together is what members of one group did.
func (p *planner) together(h *site.Hero) string {
	if h.Deed != nil {
		switch h.Deed.Type {
		case "crime-stopping", "other", "":
		default:
			return p.t("kin.group")
		}
	}
	return p.t("kin.honoured")
}

// saying is a sentence in the quotation marks of the edition's language, however it is
// written.
func (p *planner) saying(s string) string {
	if s = strings.Trim(s, "“”「」\""); s == "" {
		return ""
	}
	return p.t("said", s)
}

// sharedVenue is the first venue in which both are told of.
func sharedVenue(a, b *site.Hero) string {
	for _, x := range a.Exhibits {
		for _, y := range b.Exhibits {
			if x.Venue == y.Venue {
				return x.Venue.Name
			}
		}
	}
	return ""
}
