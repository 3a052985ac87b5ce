package content

import (
	"net/url"
	"slices"
	"strings"

	"mingdeng/internal/deploy/target"
	"mingdeng/internal/diag"
)

// check reports what a single record gets wrong that its keys one by one do not
// show.
func check(r any, d *decoding) {
	switch r := r.(type) {
	case *Hero:
		for i := range r.Honors {
			if h := &r.Honors[i]; h.Title == "" && h.Honor.Slug == "" {
				d.report(diag.MissingKey, r.At("honors"), "称号", "title", "荣誉的名称；或用“奖项”写荣誉的网址名", "the title, or `honor` with the slug of one")
			}
		}
		if r.HeroKind == "" {
			r.HeroKind = Person
		}
	case *Brief:
		if e := r.Event; e != nil && !e.End.IsZero() && e.End.Before(e.Start) {
			d.report(diag.BackwardEvent, r.At("event"), e.End, e.Start)
		}
	case *Exhibit:
		if n := len(r.PlanAt); n != 0 && n != 2 {
			d.report(diag.WrongType, r.At("plan_at"), "图上位置", "两个数 [横, 纵]", "另外几个数", "图上位置: [0.5, 0.5]", "two numbers [x, y]", "something else", "plan_at: [0.5, 0.5]")
			r.PlanAt = nil
		}
	case *Site:
		if r.Language != "" && r.Language != ZhHans {
			d.report(diag.SiteLanguage, r.Places.At("language"), r.Language)
		}
		for _, day := range r.Mourning {
			if !day.IsZero() && day.Day == 0 {
				d.report(diag.WrongType, r.Places.At("mourning"), "公祭日", "到日的日期", day, "2026-12-13", "a day", day, "2026-12-13")
			}
		}
		d.targets(r)
		r.Nav = slices.DeleteFunc(r.Nav, func(n NavItem) bool {
			bad := n.To.Text != "" && !leads(n.To.Text)
			if bad {
				d.report(diag.BadURL, n.To.Pos, n.To.Text, "要以一个 / 开头，或以 http:// 或 https:// 开头", "it must start with a single /, or with http:// or https://")
			}
			return bad
		})
	case *Honor:
		if r.Order == "" {
			r.Order = ByPinyin
		}
	case *Screen:
		if r.Orientation == "" {
			r.Orientation = "landscape"
		}
		if r.Seconds == 0 {
			r.Seconds = 12
		}
	}
}

// targets checks where the site is to be sent. An address that holds a secret is shown
// nowhere, not even in its finding.
func (d *decoding) targets(r *Site) {
	names := map[string]bool{}
	for _, t := range r.Deploy {
		if names[t.Name] && t.Name != "" {
			d.report(diag.TwinTarget, r.Places.At("deploy"), t.Name)
		}
		names[t.Name] = true
		_, fault := target.Parse(t.To.Text)
		switch {
		case t.To.Text == "", fault == nil:
		case fault.Secret:
			d.report(diag.SecretInTarget, t.To.Pos)
		default:
			d.report(diag.BadTarget, t.To.Pos, t.To.Text, fault.Why.Zh, fault.Why.En, fault.Mend.Zh, fault.Mend.En)
		}
	}
}

// leads tells whether an entry of the navigation can lead where it says: to a page of
// the site, or in full to another. Browsers take //x and /\x for another host.
func leads(to string) bool {
	u, err := url.Parse(to)
	switch {
	case err != nil:
		return false
	case u.Scheme == "http" || u.Scheme == "https":
		return u.Host != ""
	}
	return strings.HasPrefix(to, "/") && !strings.HasPrefix(to, "//") && !strings.Contains(to, `\`)
}
