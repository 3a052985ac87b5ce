package han

import (
	"strings"
	"unicode/utf8"
)

// Nearest is the candidate that word was probably meant to be, or "" where
// none is near. Nearness is the number of characters put in, left out,
// replaced or swapped with a neighbour (each 1; case does not count); up to
// 1 + a quarter of word's characters is near, as long as one character is
// still shared. The first of equals wins.
func Nearest(word string, candidates []string) string {
	w := []rune(strings.ToLower(word))
	limit := 1 + len(w)/4
	best, found := limit+1, ""
	var d distance
	for _, c := range candidates {
		n := utf8.RuneCountInString(c)
		if n == 0 || abs(n-len(w)) >= best {
			continue
		}
		// Distance equal to the longer length means nothing in common: 年 is
		// no misspelling of 名.
		if k := d.between(w, []rune(strings.ToLower(c))); k < best && k < max(n, len(w)) {
			best, found = k, c
		}
	}
	return found
}

func abs(n int) int { return max(n, -n) }

// distance computes optimal string alignment distances, reusing three rows.
type distance struct{ rows [3][]int }

func (d *distance) between(a, b []rune) int {
	for i := range d.rows {
		if cap(d.rows[i]) < len(b)+1 {
			d.rows[i] = make([]int, len(b)+1)
		}
		d.rows[i] = d.rows[i][:len(b)+1]
	}
	before, prev, cur := d.rows[0], d.rows[1], d.rows[2]
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cur[j] = min(cur[j], before[j-2]+1)
			}
		}
		before, prev, cur = prev, cur, before
	}
	return prev[len(b)]
}
