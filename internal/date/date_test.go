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
		{"2026-11-30T16:30:00Z", Date{2026, 12, 1}, nil},
		{"2026-11-30T15:59:59.999Z", Date{2026, 11, 30}, nil},
		{"2026-11-30T16:00:00z", Date{2026, 12, 1}, nil},
		{"2026-11-30t16:30:00+00:00", Date{2026, 12, 1}, nil},
		{"2026-12-01T00:30:00+09:00", Date{2026, 11, 30}, nil},
		{"2026-12-01T00:30:00+0900", Date{2026, 11, 30}, nil},
		{"2026-12-31 11:00:00.10 -5", Date{2027, 1, 1}, nil}, // YAML 1.1
		{"2026-12-01 00:30:00 +08:00", Date{2026, 12, 1}, nil},
		{"2026-11-30 16:30", Date{2026, 11, 30}, nil},
		{"2026-11-30T23:59:60", Date{2026, 11, 30}, nil},
		{"2026-11-30 24:00", Date{2026, 11, 30}, nil},
		{"2026年12月1日 20:00", Date{2026, 12, 1}, nil},
		{"2026-12-01 25:00", Date{}, ErrNoSuchDay},
		{"9999-12-31T23:00:00Z", Date{}, ErrNoSuchDay},
		{"2026-12-01 左右", Date{}, ErrFormat},
		{"2026-12-01 20:00 CST", Date{}, ErrFormat},
		{"2021年7月 20日", Date{}, ErrFormat},
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

// TestParseMoment holds that a moment is one day, whatever zone it is written in: China's.
func TestParseMoment(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone := time.FixedZone("", 60*rapid.IntRange(-14*60, 14*60).Draw(t, "minutes east"))
		moment := time.Unix(rapid.Int64Range(0, 20000000000).Draw(t, "t"), 0).In(zone)
		layout := rapid.SampledFrom([]string{time.RFC3339, "2006-01-02 15:04:05Z0700", "2006/1/2 15:04:05 -07:00"}).Draw(t, "layout")
		got, timed, err := ParseTimed(moment.Format(layout))
		if err != nil || got != Today(moment) {
			t.Fatalf("%s is %v, %v; in China it is %v", moment.Format(layout), got, err, Today(moment))
		}
		if midnight := (moment.Unix()+8*60*60)%(24*60*60) == 0; timed == midnight {
			t.Fatalf("%s: timed is %v", moment.Format(layout), timed)
		}
	})
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
