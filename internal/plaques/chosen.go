package plaques

import (
	"cmp"
	"net/url"
	"path"
	"slices"
	"strings"

	"mingdeng/internal/diag"
	"mingdeng/internal/han"
	"mingdeng/internal/site"
)

// wanting lists the exhibits that are to get a code: all that have none, or those of only.
// Named are those that were asked for one by one. An exhibit is asked for by what an editor
// has of it: VENUE/EXHIBIT, its slug or its name alone, its file, its address; a venue, in
// the same ways, is all that stands there.
func (s *session) wanting(only []string) (list []*site.Exhibit, named map[*site.Exhibit]bool, found []diag.Finding) {
	named = map[*site.Exhibit]bool{}
	wanted := map[*site.Exhibit]bool{}
	venues := s.Model.Editions[0].OwnVenues()
	for _, arg := range only {
		exhibits, places := s.called(arg)
		switch {
		case len(places) == 1:
			for _, x := range places[0].Exhibits {
				wanted[x] = true
			}
		case len(exhibits) == 1:
			wanted[exhibits[0]], named[exhibits[0]] = true, true
		case len(exhibits) > 1 || len(places) > 1:
			var paths []string
			for _, x := range exhibits {
				paths = append(paths, pathOf(x))
			}
			for _, v := range places {
				paths = append(paths, v.Slug)
			}
			found = append(found, diag.AmbiguousRef.At("plaque issue", diag.Pos{}, arg, strings.Join(paths, ", "), paths[0]))
		default:
			var paths []string
			for _, v := range venues {
				paths = append(paths, v.Slug, v.Name)
				for _, x := range v.Exhibits {
					paths = append(paths, pathOf(x), x.Name)
				}
			}
			found = append(found, diag.PlaqueNoExhibit.At("plaque issue", diag.Pos{}, arg, han.Nearest(arg, paths)))
		}
	}
	for _, v := range venues {
		for _, x := range v.Exhibits {
			if x.Code == "" && (len(only) == 0 || wanted[x]) {
				list = append(list, x)
			}
		}
	}
	return list, named, found
}

func pathOf(x *site.Exhibit) string { return x.Venue.Slug + "/" + x.Slug }

// called finds what somebody calls so, in the way that finds anything first: by its place,
// by its slug, by its name.
func (s *session) called(arg string) (exhibits []*site.Exhibit, venues []*site.Venue) {
	place := s.place(arg)
	ways := []struct {
		exhibit func(*site.Exhibit) bool
		venue   func(*site.Venue) bool
	}{
		{
			func(x *site.Exhibit) bool { return place == pathOf(x) || place == record(x.Path) },
			func(v *site.Venue) bool { return place == v.Slug || place == record(v.Path) },
		},
		{func(x *site.Exhibit) bool { return place == x.Slug }, func(*site.Venue) bool { return false }},
		{func(x *site.Exhibit) bool { return arg == x.Name }, func(v *site.Venue) bool { return arg == v.Name }},
	}
	for _, way := range ways {
		for _, v := range s.Model.Editions[0].OwnVenues() {
			if way.venue(v) {
				venues = append(venues, v)
			}
			for _, x := range v.Exhibits {
				if way.exhibit(x) {
					exhibits = append(exhibits, x)
				}
			}
		}
		if len(exhibits)+len(venues) > 0 {
			break
		}
	}
	return exhibits, venues
}

// place is what is left of an address or of a file's path when all is gone that every
// exhibit has: VENUE/EXHIBIT, or VENUE.
func (s *session) place(arg string) string {
	p := strings.ReplaceAll(strings.TrimSpace(arg), `\`, "/")
	if u, err := url.Parse(p); err == nil && u.Scheme != "" && u.Host != "" {
		p = cmp.Or(u.Path, "/")
		if base, err := url.Parse(s.Model.PlaqueBase()); err == nil {
			p = strings.TrimPrefix(p, strings.TrimSuffix(base.Path, "/"))
		}
	}
	return record(p)
}

// record is the path of a record's file, or of its page, below venues, without what is the
// same for all of them.
func record(file string) string {
	parts := strings.Split(strings.Trim(path.Clean("/"+file), "/"), "/")
	if i := slices.Index(parts, "venues"); i >= 0 {
		parts = parts[i+1:]
	}
	last := len(parts) - 1
	if last < 0 {
		return ""
	}
	if name, ok := strings.CutSuffix(parts[last], ".md"); ok {
		name, _, _ = strings.Cut(name, ".") // NAME.en.md holds the words of another edition
		if parts[last] = name; name == "_index" || name == "index" {
			parts = parts[:last]
		}
	}
	return strings.Join(parts, "/")
}
