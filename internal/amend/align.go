package amend

// align finds which of want each of have becomes, -1 for one that goes: as many as can be
// stay as they are, of the others those become each other that have most in common.
func align(have, want []Value) []int {
	match := make([]int, len(have))
	for i := range match {
		match[i] = -1
	}
	lo := 0
	for lo < len(have) && lo < len(want) && have[lo].Equal(want[lo]) {
		match[lo] = lo
		lo++
	}
	h, w := len(have), len(want)
	for h > lo && w > lo && have[h-1].Equal(want[w-1]) {
		h, w = h-1, w-1
		match[h] = w
	}
	n, m := h-lo, w-lo
	if n*m > 1<<20 { // a list of thousands, all of it changed
		for i := range min(n, m) {
			match[lo+i] = lo + i
		}
		return match
	}
	ids := map[string]int{}
	id := func(v Value) int {
		s := v.String()
		if _, ok := ids[s]; !ok {
			ids[s] = len(ids) + 1
		}
		return ids[s]
	}
	type known struct {
		id    int
		zero  bool
		pairs map[string]int
	}
	know := func(list []Value) []known {
		out := make([]known, len(list))
		for i, v := range list {
			k := known{id: id(v), zero: v.Zero(), pairs: map[string]int{}}
			for _, p := range v.Pairs {
				k.pairs[p.Key] = id(p.Value)
			}
			out[i] = k
		}
		return out
	}
	a, b := know(have[lo:h]), know(want[lo:w])
	stays, stood := map[int]bool{}, map[int]bool{}
	for _, x := range a {
		stood[x.id] = true
	}
	for _, y := range b {
		stays[y.id] = true
	}
	score := func(x, y known) int {
		switch {
		case x.zero:
			return 0
		case x.id == y.id:
			return 1 << 16
		case stays[x.id], stood[y.id]: // it has moved and becomes no other
			return 0
		}
		s := 1
		for k, v := range x.pairs {
			if y.pairs[k] == v {
				s += 4
			}
		}
		return s
	}
	best := make([][]int, n+1)
	for i := range best {
		best[i] = make([]int, m+1)
	}
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			best[i][j] = max(best[i+1][j], best[i][j+1])
			if s := score(a[i], b[j]); s > 0 {
				best[i][j] = max(best[i][j], best[i+1][j+1]+s)
			}
		}
	}
	for i, j := 0, 0; i < n && j < m; {
		switch s := score(a[i], b[j]); {
		case s > 0 && best[i][j] == best[i+1][j+1]+s:
			match[lo+i] = lo + j
			i, j = i+1, j+1
		case best[i][j] == best[i+1][j]:
			i++
		default:
			j++
		}
	}
	return match
}
