package date

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		in   string
		want Date
		err  error
	}{
		{"2021-07-20", Date{2021, 7, 20}, nil},
		{"2021/7/20", Date{2021, 7, 20}, nil},
		{"2021.7.20", Date{2021, 7, 20}, nil},
		{"2021年7月20日", Date{2021, 7, 20}, nil},
		{"2021年7月", Date{2021, 7, 0}, nil},
		{"2021年", Date{2021, 0, 0}, nil},
		{"2021-07", Date{2021, 7, 0}, nil},
		{"2021", Date{2021, 0, 0}, nil},
		{"2021-07-20T08:00:00Z", Date{2021, 7, 20}, nil},
		{"2024-02-29", Date{2024, 2, 29}, nil},
		{"2023-02-29", Date{}, ErrNoSuchDay},
		{"2023-02-30", Date{}, ErrNoSuchDay},
		{"2023-13-01", Date{}, ErrNoSuchDay},
		{"2023-00-01", Date{}, ErrNoSuchDay},
		{"0000", Date{}, ErrNoSuchDay},
		{"21-07-20", Date{}, ErrFormat},
		{"２０２１", Date{}, ErrFormat},
		{"去年", Date{}, ErrFormat},
		{"2021-", Date{}, ErrFormat},
		{"2021-7-20-1", Date{}, ErrFormat},
		{"", Date{}, ErrFormat},
	} {
		got, err := Parse(c.in)
		if got != c.want || !errors.Is(err, c.err) {
			t.Errorf("Parse(%q) = %v, %v; want %v, %v", c.in, got, err, c.want, c.err)
		}
	}
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		moment := time.Unix(rapid.Int64Range(-20000000000, 20000000000).Draw(t, "t"), 0).UTC()
		d := Of(moment)
		if d.Year < 1000 || d.Year > 9999 {
			t.Skip()
		}
		for _, s := range []string{d.String(), d.Chinese()} {
			back, err := Parse(s)
			if err != nil || back != d {
				t.Fatalf("%v → %q → %v, %v", d, s, back, err)
			}
		}
	})
}

func TestCoveredDays(t *testing.T) {
	if got := (Date{Year: 2024, Month: 2}).Last().String(); got != "2024-02-29" {
		t.Errorf("last day of 2024-02 is %s", got)
	}
	if got := (Date{Year: 2024}).First().String(); got != "2024-01-01" {
		t.Errorf("first day of 2024 is %s", got)
	}
}

func TestTodayIsChinas(t *testing.T) {
	evening := time.Date(2026, 4, 4, 20, 0, 0, 0, time.UTC)
	if got := Today(evening).String(); got != "2026-04-05" {
		t.Errorf("20:00 UTC is %s in China, got %s", "2026-04-05", got)
	}
}
