// Package personal finds numbers that identify a person, or by which one can be reached,
// in the ways in which people write them. `check` tells editors of them, and the importer
// takes them out of everything: what one knows, both know.
//
// # Numbers
//
//   - 公民身份号码 (GB 11643-1999): 18 characters with a region, a birthday and a check
//     character. One whose check character is wrong is a slip of the hand, or has gone
//     through a spreadsheet, which keeps 15 digits: it counts as well.
//   - The older one of 15 digits, and one as a spreadsheet shows it, 5.30402199001012E+17.
//   - 残疾人证号: that of identity, the kind (1 to 7) and the grade (1 to 4) of disability,
//     and B1, B2 for one issued anew.
//   - Mobile numbers: 11 digits from 13 to 19, also behind 86, 0086, +86 or 0.
//   - Bank cards: 16 to 19 digits that satisfy Luhn's sum (ISO/IEC 7812-1) and begin as
//     cards in China do.
//
// # Ways to write them
//
// Digits may be of any script, full-width, circled or Chinese ones (package fold), with
// what shows nothing, blanks, hyphens or dots between them, in whatever groups the number
// is written; one in each cell of a table; and several numbers run together.
package personal

import (
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"mingdeng/internal/fold"
)

// Kind is a kind of personal data that has no place on a public page.
type Kind string

// The kinds looked for.
const (
	IDNumber   Kind = "id"         // 公民身份号码
	Disability Kind = "disability" // 残疾人证号
	Mobile     Kind = "mobile"     // 手机号码
	BankCard   Kind = "card"       // 银行卡号
)

// Found is a number found in a text.
type Found struct {
	Kind     Kind
	From, To int    // bytes of the text
	Hidden   string // the number with its middle hidden: messages are read by others too
	// Doubtful says that it looks like one, but that numbers of receipts and cases look
	// so as well: its check character is wrong, and what would be the birthday is recent.
	Doubtful bool
}

// Find finds the numbers of a text, in their order.
func Find(text string) []Found {
	var out []Found
	for i := 0; i < len(text); {
		c := text[i]
		if c < '0' || c > '9' && c < 0xb2 && c != '&' {
			i++
			continue
		}
		first, n := decode(text[i:])
		if _, s := fold.Digit(first); s == fold.NoDigit {
			i += n
			continue
		}
		r := read(text, i)
		out = append(out, r.numbers()...)
		i = r.digits[len(r.digits)-1].to
	}
	return out
}

// between is what stands between two digits.
type between uint8

const (
	start  between = iota // nothing: the first of a run
	joined                // nothing that is seen
	dash
	blank
	stop   // a full stop or a dot
	listed // a comma, the end of a line
	cell   // the border of two cells
)

// digit is one digit of a run, or an X.
type digit struct {
	value    byte // 10 for X
	from, to int
	before   between
	turn     bool // written in another way than the one before
}

// run is digits in a row, as far as nothing stands between them but what people write
// within a number.
type run struct {
	text   string
	digits []digit
	known  map[int]bool // whether a number begins at a digit right behind another one
}

// mostSigns is how many signs may stand between two digits, and mostBlanks how many of
// them that are blanks.
const (
	mostSigns  = 3
	mostBlanks = 12
)

// read reads the run that begins with the digit at text[i].
func read(text string, i int) *run {
	r := &run{text: text}
	script := fold.NoDigit
	for i < len(text) {
		c, n := decode(text[i:])
		value, s := fold.Digit(c)
		if s == fold.NoDigit && isX(c) && len(r.digits) > 0 {
			value, s = 10, script
		}
		how := start
		if len(r.digits) > 0 {
			how = joined
		}
		if s == fold.NoDigit {
			how, n = gap(text[i:])
			if n == 0 || i+n >= len(text) {
				return r
			}
			i += n
			if c, n = decode(text[i:]); isX(c) {
				value, s = 10, script
			} else if value, s = fold.Digit(c); s == fold.NoDigit {
				return r
			}
		}
		r.digits = append(r.digits, digit{value, i, i + n, how, s != script && script != fold.NoDigit})
		script = s
		i += n
	}
	return r
}

func isX(r rune) bool { return strings.ContainsRune("XxＸｘ×ⅩⅹХхΧχ✕✖❌", r) }

func decode(s string) (rune, int) {
	if s[0] == '&' {
		if r, n := fold.Escaped([]byte(s[:min(len(s), 40)])); n > 0 {
			return r, n
		}
	}
	return utf8.DecodeRuneInString(s)
}

// gap reads what parts two digits of a number; 0 bytes where nothing of that kind stands
// at the beginning of s.
func gap(s string) (how between, n int) {
	how = joined
	signs, blanks, stars, lines := 0, 0, 0, 0
	most := func(b between) { how = max(how, b) }
	for n < len(s) {
		if s[n] == '<' {
			k, b := tag(s[n:])
			if k == 0 {
				return how, n
			}
			most(b)
			n += k
			continue
		}
		c, size := decode(s[n:])
		switch {
		case fold.Unseen(c), fold.Mark(c), c == '\\':
		case c == '*' || c == '`': // Markdown's
			if stars++; stars > 4 || strings.HasPrefix(s[n:], "***") {
				return how, n
			}
		case c == '\t' || c == '|' || c == '｜' || c == '│':
			most(cell)
		case c == '\n':
			if lines++; lines > 1 {
				return how, n
			}
			most(listed)
		case c == ',' || c == '，' || c == '、' || c == ';' || c == '；' || c == '"':
			most(listed)
		case fold.Blank(c):
			if blanks++; blanks > mostBlanks {
				return how, n
			}
			most(blank)
		case fold.Dash(c), c == '_', c == '~', c == '～':
			signs++
			most(dash)
		case fold.Dot(c), c == '.', c == '．', c == '。', c == '｡', c == '/', c == '／':
			signs++
			most(stop)
		default:
			return how, n
		}
		if signs > mostSigns {
			return how, n
		}
		n += size
	}
	return how, n
}

// tag is the length of a tag that may stand within a number, and what it does to it.
func tag(s string) (int, between) {
	n := strings.IndexByte(s[:min(len(s), 300)], '>')
	if n < 0 {
		return 0, joined
	}
	name := strings.TrimPrefix(s[1:n], "/")
	if i := strings.IndexAny(name, " \t\r\n/"); i >= 0 {
		name = name[:i]
	}
	name = strings.ToLower(name)
	switch {
	case fold.Inline(name):
		return n + 1, joined
	case name == "br":
		return n + 1, blank
	case name == "td" || name == "th":
		return n + 1, cell
	}
	return 0, joined
}

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

// bound tells whether a number may begin at digit p, or one end before it.
func (r *run) bound(p int) bool {
	return p == 0 || p >= len(r.digits) || r.digits[p].before != joined || r.digits[p].turn
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

// plain are the digits from p to end.
func (r *run) plain(p, end int) string {
	b := make([]byte, 0, 20)
	for _, d := range r.digits[p:end] {
		if d.value == 10 {
			b = append(b, 'X')
		} else {
			b = append(b, '0'+d.value)
		}
	}
	return string(b)
}

// groups are how many digits stand together, and what parts them: the weightiest of it,
// and whether it is the same everywhere.
func (r *run) groups(p, end int) (sizes []int, heaviest between, even bool) {
	size, first := 1, joined
	even = true
	for _, d := range r.digits[p+1 : end] {
		if d.before == joined {
			size++
			continue
		}
		sizes = append(sizes, size)
		size = 1
		if first == joined {
			first = d.before
		}
		even = even && d.before == first
		heaviest = max(heaviest, d.before)
	}
	return append(sizes, size), heaviest, even
}

func single(sizes []int) bool {
	for _, n := range sizes {
		if n != 1 {
			return false
		}
	}
	return true
}

// whole tells whether nothing else is in the run.
func (r *run) whole(p, end int) bool { return p == 0 && end == len(r.digits) }

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

// words before a number that may be written without a blank, in Latin letters.
var labels = regexp.MustCompile(`(?i)(?:^|[^a-z])(?:tel|phone|mobile|mob|cell|call|wechat|weixin|vx|wx|qq|id|no|sfz|sj|dh)[./=:]?$`)

// free tells whether the number at digit p is no part of a word or an address.
func (r *run) free(p int) bool {
	if p > 0 && (r.digits[p].before != joined || !r.digits[p].turn) {
		return true // what is before it is a number
	}
	before := r.text[max(0, r.digits[p].from-12):r.digits[p].from]
	if before == "" {
		return true
	}
	last := before[len(before)-1]
	switch {
	case letter(last) || last == '_':
	case last == '.' || last == '/' || last == '=':
		if len(before) < 2 || !letter(before[len(before)-2]) && !within(before[len(before)-2], '0', '9') && before[len(before)-2] != '/' {
			return true
		}
	default:
		return true
	}
	return labels.MatchString(before)
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// otherwise tells whether the words before a number say that it is another one. They are
// asked where the number itself does not tell.
func (r *run) otherwise(p int) bool {
	before := r.text[max(0, r.digits[p].from-48):r.digits[p].from]
	if i := strings.LastIndexAny(before, "\n。；，、"); i >= 0 {
		before = before[i:]
	}
	return others.MatchString(before)
}

var others = regexp.MustCompile(`(?i)(?:订单|单号|流水|交易|凭证|发票|票号|票据|注册号|登记号|信用代码|机构代码|税号|识别号|备案|批准文号|IMEI|串号|序列号|条码|受理|案号|案件|警情|接警|处警|立案|编码|ISBN|ISSN|运单|快递|设备)[^\d]{0,24}$`)

var provinces = func() (out [100]bool) {
	for _, n := range []int{11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83, 91} {
		out[n] = true
	}
	return out
}()

func province(s string) bool {
	return s[0] >= '0' && s[0] <= '9' && s[1] >= '0' && s[1] <= '9' && provinces[(s[0]-'0')*10+s[1]-'0']
}

// born tells whether eight digits are a day of some years.
func born(s string, first, last int) bool {
	t, err := time.Parse("20060102", s)
	return err == nil && t.Year() >= first && t.Year() <= last
}

// checked tells whether the check character of a number of identity is right (ISO 7064,
// MOD 11-2).
func checked(s string) bool {
	weights := [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += int(s[i]-'0') * w
	}
	return "10X98765432"[sum%11] == s[17]
}

// organisation tells whether 18 digits are an organisation's 统一社会信用代码 with a true
// check character (GB 32100-2015).
func organisation(s string) bool {
	if len(s) != 18 {
		return false
	}
	sum, w := 0, 1
	for i := range 17 {
		sum += int(s[i]-'0') * w
		w = w * 3 % 31
	}
	return (31-sum%31)%31 == int(s[17]-'0')
}

// cardPrefix tells the issuers whose cards are used in China: UnionPay 62, and the
// older 4, 5 and 9 ranges.
func cardPrefix(s string) bool {
	return s[:2] == "62" || s[0] == '4' || s[0] == '5' || s[0] == '9' && s[1] >= '5' && s[1] <= '8'
}

func luhn(s string) bool {
	sum := 0
	for i := range len(s) {
		d := int(s[len(s)-1-i]) - '0'
		if d > 9 {
			return false
		}
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

var exponent = regexp.MustCompile(`^[eEｅＥ][+＋]?1([47])(?:\D|$)`)

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
