package plaques

import (
	"cmp"

	"mingdeng/internal/diag"
	"mingdeng/internal/plaque/verify"
	"mingdeng/internal/project"
)

// PlanVerify says what the live site must answer for every code that was ever issued.
// base is asked in the place of the address that is printed in codes, if not empty.
func PlanVerify(o project.Options, base string) (*verify.Plan, []diag.Finding, error) {
	model, _, found, err := project.Resolved(o)
	if err != nil {
		return nil, found, err
	}
	printed := model.PlaqueBase()
	p := &verify.Plan{Base: cmp.Or(base, printed), Homes: []string{string(model.Config.BaseURL), o.BaseURL, printed}}
	for _, c := range model.Editions[0].Codes {
		x := verify.Code{Code: c.Code, Retired: c.Retired}
		switch {
		case !c.Retired:
			x.Exhibit, x.Name, x.Page = c.Venue.Slug+"/"+c.Exhibit.Slug, c.Exhibit.Name, string(c.Exhibit.Address)
		default:
			x.Page = string(c.Address)
			if c.Exhibit != nil {
				x.Leads = append(x.Leads, string(c.Exhibit.Address))
			} else if c.Venue != nil {
				x.Leads = append(x.Leads, string(c.Venue.Address))
			}
		}
		p.Codes = append(p.Codes, x)
	}
	return p, found, nil
}
