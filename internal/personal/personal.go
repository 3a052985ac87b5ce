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
