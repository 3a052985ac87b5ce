package code

import (
	"cmp"
	"slices"
	"strings"
)

// shapes gives each symbol the one that stands for all that look like it on a worn
// plaque or in a hurried hand.
var shapes = strings.NewReplacer(
	"B", "8", "S", "5", "Z", "2", "D", "0", "Q", "0", "G", "6", "7", "1", "Y", "V", "M", "N", "X", "K", "F", "E", "R", "P", "A", "4",
)

// Kinds of slip, the likeliest first.
const (
	lookAlike = iota
	swapped
	jumped
	oneWrong
	twin
	lost
	none
)

// Near returns those of the codes in exist that are one slip away from what was
// typed (folded first), the likeliest first: look-alikes mistaken for each other
// (8 B, 5 S, 2 Z, 0 D Q, 6 G, 1 7, V Y, M N, K X, E F, P R, 4 A), neighbours
// swapped, next-but-one swapped, one wrong character, a pair doubled wrongly
// (aa for bb), one character missing or too many. A code that was typed right is
// not near itself.
func Near(code string, exist []string) []string {
	code = Fold(code)
	type candidate struct {
		code string
		slip int
	}
	var found []candidate
	for _, c := range exist {
		if s := slip(code, c); s != none {
			found = append(found, candidate{c, s})
		}
	}
	slices.SortFunc(found, func(a, b candidate) int {
		return cmp.Or(a.slip-b.slip, strings.Compare(a.code, b.code))
	})
	var out []string
	for _, f := range found {
		if !slices.Contains(out, f.code) {
			out = append(out, f.code)
		}
	}
	return out
}

// slip says which slip, if any, leads from one code to the other.
func slip(typed, real string) int {
	switch len(typed) - len(real) {
	case -1:
		typed, real = real, typed
		fallthrough
	case 1:
		for i := range len(typed) {
			if typed[:i]+typed[i+1:] == real {
				return lost
			}
		}
		return none
	case 0:
	default:
		return none
	}
	var at []int // where the two differ
	for i := range len(typed) {
		if typed[i] != real[i] {
			at = append(at, i)
		}
	}
	if len(at) == 0 {
		return none
	}
	if shapes.Replace(typed) == shapes.Replace(real) {
		return lookAlike
	}
	if len(at) == 1 {
		return oneWrong
	}
	if len(at) != 2 {
		return none
	}
	i, j := at[0], at[1]
	crossed := typed[i] == real[j] && typed[j] == real[i]
	switch {
	case crossed && j == i+1:
		return swapped
	case crossed && j == i+2:
		return jumped
	case j == i+1 && typed[i] == typed[j] && real[i] == real[j]:
		return twin
	}
	return none
}
