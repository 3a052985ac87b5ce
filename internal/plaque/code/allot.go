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

// Allot returns a new code of the given length (4 to 6): not taken, not [Blocked],
// and accepted. taken and accept may be nil. accept is asked last and seldom, since
// it may draw and read a symbol. Of rand 16 bytes are read.
//
// The draw starts anywhere and goes on in strides of a random odd number, modulo
// the power of two that counts all payloads: so it meets each of them once, and
// ends even when nearly all are taken. The errors are [ErrNoneLeft], [ErrRefused],
// or those of rand.
func Allot(rand io.Reader, length int, taken, accept func(string) bool) (string, error) {
	if length < Shortest || length > Longest {
		return "", fmt.Errorf("a code has %d to %d characters, not %d", Shortest, Longest, length)
	}
	var seed [16]byte
	if _, err := io.ReadFull(rand, seed[:]); err != nil {
		return "", err
	}
	all := uint64(1) << (5 * (length - 1))
	at, stride := binary.LittleEndian.Uint64(seed[:8]), binary.LittleEndian.Uint64(seed[8:])|1
	refused := 0
	for range all {
		at = (at + stride) % all
		c := nth(at, length)
		if Blocked(c) || taken != nil && taken(c) {
			continue
		}
		if accept == nil || accept(c) {
			return c, nil
		}
		if refused++; refused == patience {
			return "", ErrRefused
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
