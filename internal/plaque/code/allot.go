package code

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// ErrNoneLeft says that every code of the length is taken, blocked or refused.
var ErrNoneLeft = errors.New("no code of this length is left")

// ErrRefused says that accept refused so many codes in a row that the fault must
// lie elsewhere.
var ErrRefused = errors.New("none of the codes tried was accepted")

// patience is how many refusals in a row are borne. Some 0.5 % of clean symbols do
// not read; this many refusals are no accident.
const patience = 200

// Allot returns n new codes of the given length (4 to 6), all different: not taken, not
// [Blocked], and accepted. taken and accept may be nil. accept is asked last and seldom,
// since it may draw and read symbols: of as many candidates at once as are still wanted it
// tells which will do. Of rand 16 bytes are read for each candidate.
//
// A draw starts anywhere and goes on in strides of a random odd number, modulo
// the power of two that counts all payloads: so it meets each of them once, and
// ends even when nearly all are taken. The errors are [ErrNoneLeft], [ErrRefused],
// or those of rand and accept; what was accepted before is returned beside them.
func Allot(rand io.Reader, length, n int, taken func(string) bool, accept func([]string) ([]bool, error)) ([]string, error) {
	if length < Shortest || length > Longest {
		return nil, fmt.Errorf("a code has %d to %d characters, not %d", Shortest, Longest, length)
	}
	seen := map[string]bool{} // given or refused
	var given []string
	for refused := 0; len(given) < n; {
		candidates := make([]string, 0, n-len(given))
		for range cap(candidates) {
			c, err := draw(rand, length, func(c string) bool { return seen[c] || taken != nil && taken(c) })
			if err != nil {
				return given, err
			}
			seen[c] = true
			candidates = append(candidates, c)
		}
		if accept == nil {
			return candidates, nil
		}
		good, err := accept(candidates)
		if err != nil {
			return given, err
		}
		for i, c := range candidates {
			if good[i] {
				given, refused = append(given, c), 0
			} else if refused++; refused == patience {
				return given, ErrRefused
			}
		}
	}
	return given, nil
}

// draw returns a code that is neither blocked nor taken.
func draw(rand io.Reader, length int, taken func(string) bool) (string, error) {
	var seed [16]byte
	if _, err := io.ReadFull(rand, seed[:]); err != nil {
		return "", err
	}
	all := uint64(1) << (5 * (length - 1))
	at, stride := binary.LittleEndian.Uint64(seed[:8]), binary.LittleEndian.Uint64(seed[8:])|1
	for range all {
		at = (at + stride) % all
		if c := nth(at, length); !Blocked(c) && !taken(c) {
			return c, nil
		}
	}
	return "", ErrNoneLeft
}

// nth returns the code with the n-th payload.
func nth(n uint64, length int) string {
	var b [Longest]byte
	for i := length - 2; i >= 0; i-- {
		b[i] = Alphabet[n&31]
		n >>= 5
	}
	b[length-1] = Check(string(b[:length-1]))
	return string(b[:length])
}
