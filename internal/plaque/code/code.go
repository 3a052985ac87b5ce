// Package code makes, checks and mends the codes of plaques: 4 to 6 characters
// such as 7K3X, printed under a QR code and typed by those who cannot scan it.
//
// # Characters
//
// The 32 symbols of Douglas Crockford's base 32 (crockford.com/base32.html): the
// digits and the capitals without I, L, O and U. [Fold] turns what people type
// into them.
//
// # Check
//
// All characters but the last are random; the last makes the weighted sum of all
// of them zero in the field GF(32):
//
//	7    K    3    X
//	·α³  ·α²  ·α¹  ·α⁰      sum = 0
//
// A symbol's value is its place in [Alphabet], read as a polynomial over GF(2)
// modulo x⁵+x²+1; α is x, whose powers run through all 31 elements but zero.
// The weights are therefore different from each other and none is zero, so that
// four kinds of slip are always seen:
//
//   - one wrong character a→b changes the sum by αⁱ(a−b);
//   - two characters changing places, next to each other or not, change it by
//     (αⁱ−αʲ)(a−b);
//   - a twin aa→bb, next to each other or not, changes it by (αⁱ+αʲ)(a−b), and in
//     a field of characteristic 2 that sum of weights is zero only for i = j.
//
// (Luhn's rule modulo 32, the usual alternative, misses every a.b→b.a.)
// It follows that any two codes of one length differ in at least two characters.
// Other slips pass with probability 1/32.
//
// # Choice
//
// [Allot] draws at random, never in sequence: a visitor must not be able to guess
// that 7K3Y follows 7K3X. [Blocked] names the codes nobody would cast in bronze.
//
// Not here: which codes are in the world (package ledger).
package code

import "strings"

// Alphabet holds the 32 symbols in order of value.
const Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// Codes are this many characters long, the check included.
const (
	Shortest = 4
	Longest  = 6
)

// value returns a symbol's value, or -1 for a character that is none.
func value(c byte) int { return strings.IndexByte(Alphabet, c) }

// byAlpha multiplies by α modulo x⁵+x²+1.
func byAlpha(v int) int {
	v <<= 1
	if v&32 != 0 {
		v ^= 0b100101
	}
	return v
}

// weighted sums up s by Horner's rule: the last character has the weight 1, the
// one before it α, and so on. It is -1 where a character is no symbol.
func weighted(s string) int {
	sum := 0
	for i := range len(s) {
		v := value(s[i])
		if v < 0 {
			return -1
		}
		sum = byAlpha(sum) ^ v
	}
	return sum
}

// Check returns the check character that follows payload, or 0 where payload
// holds a character that is no symbol.
func Check(payload string) byte {
	sum := weighted(payload)
	if sum < 0 {
		return 0
	}
	return Alphabet[byAlpha(sum)]
}

// Valid reports whether code has a right length, symbols only, and the right
// check character. It takes capitals only: see [Fold].
func Valid(code string) bool { return Shaped(code) && weighted(code) == 0 }

// Shaped reports whether code has a right length and symbols only, whatever its
// check character: what is shaped but not valid was misread or mistyped.
func Shaped(code string) bool {
	return len(code) >= Shortest && len(code) <= Longest && weighted(code) >= 0
}
