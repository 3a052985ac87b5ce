package typeset

// breakLevel says whether a line may end after an item: the lower, the better.
type breakLevel uint8

const (
	free   breakLevel = iota
	inPath            // inside an address, after a slash; inside the part of a name
	inHost            // inside an address, before a dot
	never
)

// setBreaks decides every place.
func setBreaks(items []item) {
	for i := range items {
		items[i].brk = never
	}
	prev := -1 // the last item that is not a blank
	for i := 0; i+1 < len(items); i++ {
		a, b := &items[i], &items[i+1]
		if a.class != space {
			prev = i
		}
		if b.class == space {
			continue // after the blanks, never before them
		}
		if prev < 0 {
			continue // blanks that begin a paragraph are its indent
		}
		a.brk = between(&items[prev], b, a.class == space)
	}
	keepNumbers(items)
	words(items)
}

// between is the rule for two neighbours, or two with blanks between them.
func between(a, b *item, spaced bool) breakLevel {
	switch {
	case a.class == glue || b.class == glue:
		return never
	case !spaced && a.class.latin() && b.class.latin():
		return never // words sees to these
	case notLast(a.r, a.class) && !(spaced && a.class == sign && straight(a.r)):
		return never
	case notFirst(b.r, b.class) && !(spaced && b.class == sign && straight(b.r)):
		return never
	}
	return free
}

// straight quotes tell nothing of their side but by the space beside them.
func straight(r rune) bool { return r == '"' || r == '\'' }

// keepNumbers ties a number to what counts it and to 第 before it.
func keepNumbers(items []item) {
	after := make([]rune, 0, 8)
	for i := range items {
		if items[i].class == digit && i > 0 && items[i-1].r == '第' {
			items[i-1].brk = never
		}
		if items[i].class != digit || i+1 < len(items) && items[i+1].class.latin() {
			continue
		}
		after = after[:0]
		j := i + 1
		if j < len(items) && items[j].r == ' ' {
			j++ // 12 名
		}
		for k := j; k < len(items) && k < j+8; k++ {
			after = append(after, items[k].r)
		}
		if n := unitAfter(after); n > 0 {
			for k := i; k < j+n-1; k++ {
				items[k].brk = never
			}
		}
	}
}

// words allows breaks inside what is written in Latin letters without a space: after a
// hyphen between letters, and in addresses.
func words(items []item) {
	for i := 0; i < len(items); {
		j := i
		address := false
		for j < len(items) && items[j].class.latin() {
			switch items[j].r {
			case '/', '@':
				address = true
			case '.':
				address = address || j > i && j+1 < len(items) && items[j-1].class != sign && items[j+1].class == letter
			}
			j++
		}
		for k := i; k+1 < j; k++ {
			items[k].brk = insideWord(items, i, k, j, address)
		}
		i = max(j, i+1)
	}
}

// insideWord is the rule for the place after k in a word that spans from i to j.
func insideWord(items []item, i, k, j int, address bool) breakLevel {
	a, b := items[k].r, items[k+1].r
	switch {
	case !address:
		if a == '-' && k > i && items[k-1].class == letter && items[k+1].class == letter {
			return free
		}
	case a == '/' && b != '/' && (k == i || items[k-1].r != '/' && items[k-1].r != ':'):
		return inPath
	case b == '.' || b == '@' || b == '?' || b == '&' || b == '#':
		if k+2 < j && k > i && items[k].class != sign {
			return inHost
		}
	case a == '-' && k > i:
		return inHost
	}
	return never
}

// preferDots makes the places in a name that do not follow a · or a blank second choice.
func preferDots(items []item) {
	for i := range items {
		if it := &items[i]; it.brk == free && it.class != dot && it.class != space {
			it.brk = inPath
		}
	}
}
