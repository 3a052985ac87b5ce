package diag

import "slices"

// all holds the declared codes in order of declaration. It is filled while the
// package starts and never changed afterwards.
var all []*Code

func declare(c Code) *Code {
	all = append(all, &c)
	return &c
}

// Codes returns every declared code in alphabetical order.
func Codes() []*Code {
	out := slices.Clone(all)
	slices.SortFunc(out, func(a, b *Code) int {
		if a.ID < b.ID {
			return -1
		}
		return 1
	})
	return out
}

// Lookup finds a code by its ID, or returns nil.
func Lookup(id string) *Code {
	for _, c := range all {
		if c.ID == id {
			return c
		}
	}
	return nil
}
