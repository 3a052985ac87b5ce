package personal

import (
	"regexp"
	"strings"
)

// numbers are those of a run.
func (r *run) numbers() (out []Found) {
	for p := 0; p < len(r.digits); {
		if f, end := r.spread(p); end > 0 {
			out = append(out, f)
			p = end
			continue
		}
		if !r.bound(p) && (len(out) == 0 || out[len(out)-1].To != r.digits[p-1].to) {
			p++
			continue
		}
		f, end := r.number(p)
		if end == 0 {
			p++
			continue
		}
		out = append(out, f)
		p = end
	}
	return out
}

// ends tells whether a number may end before digit p: there the run ends, something
// stands between, or another number follows directly.
func (r *run) ends(p int) bool {
	if r.bound(p) {
		return true
	}
	follows, asked := r.known[p]
	if !asked {
		if r.known == nil {
			r.known = map[int]bool{}
		}
		_, end := r.number(p)
		follows = end > 0
		r.known[p] = follows
	}
	return follows
}

// number reads the number that begins at digit p, and tells at which digit it ends; 0
// where there is none.
func (r *run) number(p int) (Found, int) {
	for _, try := range [...]func(int) (Found, int){r.identity, r.oldIdentity, r.mobile, r.card} {
		if f, end := try(p); end > 0 {
			return f, end
		}
	}
	return Found{}, 0
}

func (r *run) found(k Kind, p, end int) Found {
	n := r.plain(p, end)
	return Found{Kind: k, From: r.digits[p].from, To: r.digits[end-1].to, Hidden: n[:3] + "…" + n[len(n)-2:]}
}

// identity reads a number of identity, or one of disability, which begins so.
func (r *run) identity(p int) (Found, int) {
	end := p + 18
	if end > len(r.digits) {
		return Found{}, 0
	}
	s := r.plain(p, end)
	if strings.Contains(s[:17], "X") || !born(s[6:14], 1850, 2049) {
		return Found{}, 0
	}
	sure := checked(s)
	if !province(s[:2]) && !(sure && s[0] == '9' && province(s[1:3])) { // 9: of foreigners who live here
		return Found{}, 0
	}
	sizes, heaviest, even := r.groups(p, end)
	if heaviest >= listed && !single(sizes) {
		return Found{}, 0
	}
	if !sure {
		// A row of a table may have a region, a date and a number side by side.
		date := r.digits[p+10].before != joined && r.digits[p+12].before != joined && r.digits[p+14].before != joined
		if heaviest == listed || !even && date || r.otherwise(p) || !r.free(p) {
			return Found{}, 0
		}
	}
	doubtful := !sure && s[6:10] >= "2010"
	if end+2 <= len(r.digits) && within(r.digits[end].value, 1, 7) && within(r.digits[end+1].value, 1, 4) && r.ends(end+2) && (len(sizes) == 1) == (r.digits[end].before == joined) {
		f := r.found(Disability, p, end+2)
		f.Doubtful = doubtful
		if rest := r.text[f.To:]; len(rest) > 1 && (rest[0]|0x20 == 'b') && rest[1] >= '0' && rest[1] <= '9' {
			f.To += 2
		}
		return f, end + 2
	}
	if !r.ends(end) {
		return Found{}, 0
	}
	f := r.found(IDNumber, p, end)
	f.Doubtful = doubtful
	return f, end
}

// oldIdentity reads one of 15 digits.
func (r *run) oldIdentity(p int) (Found, int) {
	end := p + 15
	if end > len(r.digits) {
		return Found{}, 0
	}
	s := r.plain(p, end)
	if strings.Contains(s, "X") || !province(s[:2]) || !born("19"+s[6:12], 1900, 1999) || r.otherwise(p) || !r.free(p) {
		return Found{}, 0
	}
	sizes, heaviest, _ := r.groups(p, end)
	if heaviest >= listed && !(single(sizes) && heaviest == cell) || len(sizes) > 1 && !single(sizes) && !is(sizes, 6, 6, 3) && !is(sizes, 6, 9) && !is(sizes, 3, 3, 3, 3, 3) || !r.ends(end) {
		return Found{}, 0
	}
	return r.found(IDNumber, p, end), end
}

// mobile reads a mobile number.
func (r *run) mobile(p int) (Found, int) {
	at := p
	for _, prefix := range []string{"0086", "86", "0"} {
		if n := p + len(prefix); n < len(r.digits) && r.digits[p].value == prefix[0]-'0' && r.plain(p, n) == prefix && (r.digits[n].before < stop && len(prefix) > 1 || r.digits[n].before == joined) {
			at = n
			break
		}
	}
	end := at + 11
	if end > len(r.digits) || r.digits[at].value != 1 || !within(r.digits[at+1].value, 3, 9) {
		return Found{}, 0
	}
	s := r.plain(at, end)
	if strings.Contains(s, "X") || !r.free(p) || !r.ends(end) {
		return Found{}, 0
	}
	sizes, heaviest, _ := r.groups(at, end)
	switch {
	case len(sizes) == 1:
		// No part of a decimal number, nor an amount.
		if r.decimal(p) || r.decimal(end) && len(r.digits)-end <= 2 {
			return Found{}, 0
		}
	case single(sizes):
		if heaviest == listed || !r.whole(p, end) {
			return Found{}, 0
		}
	case heaviest >= listed, heaviest == stop && !is(sizes, 3, 4, 4) && !is(sizes, 4, 3, 4):
		return Found{}, 0
	case sizes[0] == 4 && s[:2] == "19" && !is(sizes, 4, 4, 3): // begins with a year
		return Found{}, 0
	case sizes[0] == 4 && s[:2] == "19" && born(s[:4]+"0101", 1900, 1999) && heaviest == dash: // two years
		return Found{}, 0
	case is(sizes, 3, 4, 4), is(sizes, 4, 3, 4):
	case is(sizes, 3, 8):
		if born(s[3:], 1900, 2100) { // a number and a date
			return Found{}, 0
		}
	case is(sizes, 4, 4, 3), is(sizes, 3, 3, 5), is(sizes, 3, 5, 3), is(sizes, 3, 3, 3, 2), is(sizes, 3, 4, 2, 2), is(sizes, 3, 2, 2, 2, 2), is(sizes, 3, 2, 3, 3), is(sizes, 3, 3, 2, 3):
		if !r.whole(p, end) {
			return Found{}, 0
		}
	case len(sizes) == 2 && heaviest == blank: // a slip; with a dash it would be from one number to another
		if !r.whole(p, end) {
			return Found{}, 0
		}
	default:
		return Found{}, 0
	}
	return r.found(Mobile, at, end), end
}

// decimal tells whether a full stop alone stands before digit p.
func (r *run) decimal(p int) bool {
	return p > 0 && p < len(r.digits) && r.text[r.digits[p-1].to:r.digits[p].from] == "."
}

// card reads a number of a bank card.
func (r *run) card(p int) (Found, int) {
	for n := 19; n >= 16; n-- {
		end := p + n
		if end > len(r.digits) {
			continue
		}
		s := r.plain(p, end)
		if !cardPrefix(s) || !luhn(s) || organisation(s) || r.otherwise(p) || !r.free(p) || !r.ends(end) {
			continue
		}
		sizes, heaviest, _ := r.groups(p, end)
		if heaviest >= listed || len(sizes) > 1 && !r.whole(p, end) && !fours(sizes) {
			continue
		}
		return r.found(BankCard, p, end), end
	}
	return Found{}, 0
}

func is(sizes []int, want ...int) bool {
	if len(sizes) != len(want) {
		return false
	}
	for i, n := range sizes {
		if n != want[i] {
			return false
		}
	}
	return true
}

func fours(sizes []int) bool {
	for i, n := range sizes {
		if n != 4 && i < len(sizes)-1 || n > 4 {
			return false
		}
	}
	return true
}

func within(v, low, high byte) bool { return v >= low && v <= high }

// LibreOffice writes E+017.
var exponent = regexp.MustCompile(`^[eEｅＥ][+＋]?0*1([47])(?:\D|$)`)

// spread reads a number of identity as a spreadsheet shows it: 5.30402199001012E+17.
func (r *run) spread(p int) (Found, int) {
	if p+12 > len(r.digits) || r.digits[p+1].before != stop {
		return Found{}, 0
	}
	end := p + 2
	for end < len(r.digits) && r.digits[end].before == joined {
		end++
	}
	m := exponent.FindStringSubmatch(r.text[r.digits[end-1].to:])
	if m == nil {
		return Found{}, 0
	}
	s := r.plain(p, end)
	switch {
	case strings.Contains(s, "X") || !province(s[:2]):
		return Found{}, 0
	case m[1] == "7" && len(s) >= 14 && born(s[6:14], 1850, 2049):
	case m[1] == "4" && len(s) >= 12 && born("19"+s[6:12], 1900, 1999):
	default:
		return Found{}, 0
	}
	f := r.found(IDNumber, p, end)
	f.To += strings.Index(r.text[f.To:], "1"+m[1]) + 2
	return f, end
}
