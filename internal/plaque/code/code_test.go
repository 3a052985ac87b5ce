package code

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// every calls f with all 32,768 codes of length 4.
func every(f func(string)) {
	for n := range uint64(1 << 15) {
		f(nth(n, 4))
	}
}

// slips calls f with everything that one slip makes of a code: each single wrong
// character, each swap of neighbours and of next-but-one neighbours, each twin.
func slips(c string, f func(kind, wrong string)) {
	b := []byte(c)
	for i := range b {
		was := b[i]
		for _, a := range []byte(Alphabet) {
			if a != was {
				b[i] = a
				f("wrong character", string(b))
			}
		}
		b[i] = was
		for d := 1; d <= 2 && i+d < len(b); d++ {
			if b[i] == b[i+d] {
				for _, a := range []byte(Alphabet) {
					if a != was {
						b[i], b[i+d] = a, a
						f("twin", string(b))
					}
				}
				b[i], b[i+d] = was, was
			} else {
				b[i], b[i+d] = b[i+d], b[i]
				f("swap", string(b))
				b[i], b[i+d] = b[i+d], b[i]
			}
		}
	}
}

// TestNoSlipPasses is the proof for length 4, by exhausting it.
func TestNoSlipPasses(t *testing.T) {
	tried := map[string]int{}
	codes := 0
	every(func(c string) {
		codes++
		if !Valid(c) {
			t.Fatalf("%s is not valid", c)
		}
		slips(c, func(kind, wrong string) {
			tried[kind]++
			if Valid(wrong) {
				t.Fatalf("%s→%s, a %s, passes", c, wrong, kind)
			}
		})
	})
	// 4·31 wrong characters a code; 5 pairs of places, of which one in 32 holds the same twice.
	if codes != 32768 || tried["wrong character"] != 32768*4*31 || tried["swap"] != 32768*5*31/32 || tried["twin"] != 32768*5/32*31 {
		t.Errorf("%d codes, tried %v", codes, tried)
	}
}

// TestWeights is the proof for every length, by the algebra of the package comment:
// α has the order 31, so that weights are not zero and differ, and multiplication
// by a weight loses nothing.
func TestWeights(t *testing.T) {
	seen := map[int]bool{}
	for w, i := 1, 0; i < 31; i++ {
		if w == 0 || seen[w] {
			t.Fatalf("α^%d = %d comes twice", i, w)
		}
		seen[w] = true
		w = byAlpha(w)
	}
	for a := range 32 {
		for b := range 32 {
			if byAlpha(a)^byAlpha(b) != byAlpha(a^b) {
				t.Fatalf("multiplication is not linear at %d, %d", a, b)
			}
		}
	}
}

func TestNoSlipPassesLonger(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, length := range []int{5, 6} {
		for range 20_000 {
			c := nth(r.Uint64N(1<<(5*(length-1))), length)
			slips(c, func(kind, wrong string) {
				if Valid(wrong) {
					t.Fatalf("%s→%s, a %s, passes", c, wrong, kind)
				}
			})
		}
	}
}

func TestCheck(t *testing.T) {
	for payload, want := range map[string]byte{
		"000": '0', "001": '2', "010": '4', "100": '8', // α¹, α², α³
		"00Z": 'V', // (x⁴+x³+x²+x+1)·x mod x⁵+x²+1 = x⁴+x³+x+1 = 27
		"7K3": Check("7K3"),
		"0O0": 0, "": '0', "7k3": 0,
	} {
		if got := Check(payload); got != want {
			t.Errorf("Check(%q) = %q, want %q", payload, got, want)
		}
	}
	for _, bad := range []string{"", "0", "000", "00000000", "000U", "7k3f", "７K3F", "001O"} {
		if Valid(bad) {
			t.Errorf("Valid(%q)", bad)
		}
	}
}

func TestFold(t *testing.T) {
	for typed, want := range map[string]string{
		"7k3f": "7K3F", " 7K-3F ": "7K3F", "７ｋ３Ｆ": "7K3F", "oIlL": "0111", "u": "V", "7K　3F": "7K3F",
		"7K–3F\u200b": "7K3F", "\ufeff7K3F\n": "7K3F", "ｏｕ": "0V", "七K3F": "七K3F", "7K.3": "7K.3", "": "",
	} {
		if got := Fold(typed); got != want {
			t.Errorf("Fold(%q) = %q, want %q", typed, got, want)
		}
	}
}

func TestBlocked(t *testing.T) {
	for _, c := range strings.Fields("SB12 1SB2 5BA7 12NC 250A A250 A38B TMD7 444A A444 7AAA 14A5 A14B CA07 B1A7 S1A2 D1E7 1234 ABCD 12E4 1E23 3DEC MAR7 A404 A731 A64B 7GANK HE11 2025 19990") {
		if !Blocked(c) {
			t.Errorf("%s is not blocked", c)
		}
	}
	for _, c := range strings.Fields("7K3F 3E7K 9WXR 88A6 C3PV R2DG 7K3F2 Q9H6VA") {
		if Blocked(c) {
			t.Errorf("%s is blocked", c)
		}
	}
	free := 0
	every(func(c string) {
		if !Blocked(c) {
			free++
		}
	})
	if free < 16_384 {
		t.Errorf("only %d codes of 32768 are left: the list is too strict", free)
	}
	t.Logf("%d of 32768 codes of length 4 may be given out", free)
	for word, why := range unwelcome {
		if why == "" {
			t.Errorf("%q is blocked without a reason", word)
		}
		if len(word) < 2 || len(word) > 4 {
			t.Errorf("%q is not found by Blocked, which looks for 2 to 4 characters", word)
		}
		if weighted(word) < 0 {
			t.Errorf("%q can stand in no code", word)
		}
	}
}

// stream is an endless reader of bytes that look random.
type stream struct{ n uint64 }

func (s *stream) Read(p []byte) (int, error) {
	for i := range p {
		h := sha256.Sum256(binary.LittleEndian.AppendUint64(nil, s.n))
		p[i] = h[0]
		s.n++
	}
	return len(p), nil
}

func TestAllot(t *testing.T) {
	for length := Shortest; length <= Longest; length++ {
		taken := map[string]bool{}
		last := ""
		r := &stream{}
		for range 20 {
			codes, err := Allot(r, length, 100, func(c string) bool { return taken[c] }, nil)
			if err != nil || len(codes) != 100 {
				t.Fatal(len(codes), err)
			}
			for _, c := range codes {
				if len(c) != length || !Valid(c) || Blocked(c) || taken[c] {
					t.Fatalf("Allot gave %s", c)
				}
				if last != "" && slip(c, last) == oneWrong {
					t.Errorf("%s after %s: one character apart", c, last)
				}
				taken[c], last = true, c
			}
		}
	}
}

// TestAllotAsks: who accepts is asked of as many as are wanted, then of those in the place
// of the refused, never twice of one.
func TestAllotAsks(t *testing.T) {
	var asked []string
	var counts []int
	codes, err := Allot(&stream{}, 4, 10, nil, func(list []string) ([]bool, error) {
		good := make([]bool, len(list))
		for i, c := range list {
			good[i] = c[0] >= '8'
			if slices.Contains(asked, c) {
				t.Errorf("%s was asked about twice", c)
			}
			asked = append(asked, c)
		}
		counts = append(counts, len(list))
		return good, nil
	})
	if err != nil || len(codes) != 10 || counts[0] != 10 || len(counts) < 2 || counts[1] >= 10 {
		t.Fatal(codes, counts, err)
	}
	for _, c := range codes {
		if c[0] < '8' {
			t.Errorf("%s was refused", c)
		}
	}
	broken := errors.New("broken")
	if _, err := Allot(&stream{}, 4, 1, nil, func([]string) ([]bool, error) { return nil, broken }); err != broken {
		t.Error(err)
	}
}

func TestAllotEnds(t *testing.T) {
	var free []string
	every(func(c string) {
		if !Blocked(c) {
			free = append(free, c)
		}
	})
	only := free[len(free)/2]
	for seed := range uint64(8) {
		if c, err := Allot(&stream{seed << 20}, 4, 1, func(c string) bool { return c != only }, nil); err != nil || c[0] != only {
			t.Errorf("of one free code: %q, %v", c, err)
		}
		if c, err := Allot(&stream{seed << 20}, 4, 2, func(c string) bool { return c != only }, nil); !errors.Is(err, ErrNoneLeft) {
			t.Errorf("two of one free code: %q, %v", c, err)
		}
	}
	if _, err := Allot(&stream{}, 4, 1, func(string) bool { return true }, nil); !errors.Is(err, ErrNoneLeft) {
		t.Errorf("all taken: %v", err)
	}
	asked := 0
	if _, err := Allot(&stream{}, 6, 1, nil, func([]string) ([]bool, error) { asked++; return []bool{false}, nil }); !errors.Is(err, ErrRefused) || asked != patience {
		t.Errorf("all refused: %v after %d", err, asked)
	}
	if _, err := Allot(bytes.NewReader(nil), 4, 1, nil, nil); err == nil {
		t.Error("no error without randomness")
	}
	if _, err := Allot(&stream{}, 3, 1, nil, nil); err == nil {
		t.Error("no error for length 3")
	}
}

func TestNear(t *testing.T) {
	exist := []string{"7K3F", "8S2D", "AACK", "QW9T", "7K4X"}
	for typed, want := range map[string]string{
		"7K3F": "", "7k3g": "7K3F", "K73F": "7K3F", "3K7F": "7K3F", "B5ZQ": "8S2D", "BBCK": "AACK",
		"7K3": "7K3F", "7K3FF": "7K3F", "WQ9T": "QW9T", "7K3X": "7K3F 7K4X", "ZZZZ": "", "": "", "TW9Q": "",
	} {
		if got := strings.Join(Near(typed, exist), " "); got != want {
			t.Errorf("Near(%s) = %q, want %q", typed, got, want)
		}
	}
}

// TestNearFindsEverySlip: whatever the check sees, Near can mend.
func TestNearFindsEverySlip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		length := rapid.IntRange(Shortest, Longest).Draw(t, "length")
		c := nth(rapid.Uint64Range(0, 1<<(5*(length-1))-1).Draw(t, "n"), length)
		var wrongs []string
		slips(c, func(kind, wrong string) {
			if d := differing(c, wrong); kind != "twin" || d[1] == d[0]+1 {
				wrongs = append(wrongs, wrong)
			}
		})
		wrong := rapid.SampledFrom(wrongs).Draw(t, "wrong")
		if !slices.Contains(Near(wrong, []string{"0000", c}), c) {
			t.Fatalf("Near(%s) does not find %s", wrong, c)
		}
	})
}

func differing(a, b string) (at []int) {
	for i := range len(a) {
		if a[i] != b[i] {
			at = append(at, i)
		}
	}
	return at
}

var foldSeeds = []string{"7k3f", "７Ｋ－３ｆ", "o i l u", "\u200b7K3F", "七七", "\xff\xfe", "ŉﬀ", "K"}

func FuzzFold(f *testing.F) {
	if len(foldSeeds) == 0 {
		f.Fatal("no seeds")
	}
	for _, s := range foldSeeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		folded := Fold(s)
		if again := Fold(folded); again != folded {
			t.Fatalf("Fold(%q) = %q, and then %q", s, folded, again)
		}
		if Valid(s) && folded != s {
			t.Fatalf("Fold changes the valid code %q to %q", s, folded)
		}
		if Valid(folded) != (Shaped(folded) && Check(folded[:len(folded)-1]) == folded[len(folded)-1]) {
			t.Fatalf("Valid and Check disagree about %q", folded)
		}
		for _, c := range Near(s, []string{"7K3F", "8S2D"}) {
			if c == folded {
				t.Fatalf("%q is near itself", c)
			}
		}
	})
}

func BenchmarkAllot(b *testing.B) {
	r := &stream{}
	for b.Loop() {
		if _, err := Allot(r, 4, 1, nil, nil); err != nil {
			b.Fatal(err)
		}
	}
}
