// Package date holds calendar dates that may be known only to the year or the
// month: "2021", "2021-07" and "2021-07-20" are all dates here, as they are in
// an archive. There is no clock time and no time zone; a site's day is the day
// in China (see [Today]).
package date

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Date is a day, a month or a year. Month and Day are 0 where unknown; the zero
// Date means no date at all.
type Date struct {
	Year       int
	Month, Day int8
}

// Of returns the day t falls on, in t's own zone.
func Of(t time.Time) Date {
	return Date{t.Year(), int8(t.Month()), int8(t.Day())}
}

// Today returns the day it is in China at the moment t.
func Today(t time.Time) Date {
	// No zone database is needed: China has kept UTC+8 without summer time since 1991.
	return Of(t.In(time.FixedZone("CST", 8*60*60)))
}

// ErrNoSuchDay says that a well-written date does not exist in the calendar.
var ErrNoSuchDay = errors.New("no such day")

// ErrFormat says that the text is not written like a date.
var ErrFormat = errors.New("not a date")

// Parse reads 2021-07-20, 2021/7/20, 2021.7.20, 2021年7月20日 and the same cut
// off after the month or the year. A time of day after a day (as YAML and TOML
// tools write it) is ignored. Full-width digits are not read: they are a slip an
// editor should see.
func Parse(s string) (Date, error) {
	s = strings.TrimSpace(s)
	if i := strings.IndexAny(s, "T "); i >= 8 {
		s = s[:i]
	}
	han := strings.Contains(s, "年")
	if han {
		s = strings.TrimSuffix(strings.TrimSuffix(s, "日"), "号")
		s = strings.NewReplacer("年", "-", "月", "-").Replace(s)
		s = strings.TrimRight(s, "-")
	} else {
		s = strings.NewReplacer("/", "-", ".", "-").Replace(s)
	}
	parts := strings.Split(s, "-")
	if len(parts) > 3 || len(parts[0]) != 4 {
		return Date{}, ErrFormat
	}
	var n [3]int
	for i, p := range parts {
		if len(p) == 0 || i > 0 && len(p) > 2 {
			return Date{}, ErrFormat
		}
		for _, c := range []byte(p) {
			if c < '0' || c > '9' {
				return Date{}, ErrFormat
			}
			n[i] = n[i]*10 + int(c-'0')
		}
	}
	d := Date{n[0], int8(n[1]), int8(n[2])}
	switch {
	case n[0] < 1000,
		len(parts) > 1 && (n[1] < 1 || n[1] > 12),
		len(parts) > 2 && (n[2] < 1 || n[2] > daysIn(d.Year, d.Month)):
		return Date{}, ErrNoSuchDay
	}
	return d, nil
}

func daysIn(year int, month int8) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// DaysInMonth returns how many days the month of d has, or 0 where the month is
// unknown or none.
func DaysInMonth(year, month int) int {
	if month < 1 || month > 12 {
		return 0
	}
	return daysIn(year, int8(month))
}

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d.Year == 0 }

// String returns the ISO 8601 form, as precise as the date is known.
func (d Date) String() string {
	switch {
	case d.Year == 0:
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Chinese returns 2021年7月20日, as precise as the date is known.
func (d Date) Chinese() string {
	switch {
	case d.Year == 0:
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%d年", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%d年%d月", d.Year, d.Month)
	}
	return fmt.Sprintf("%d年%d月%d日", d.Year, d.Month, d.Day)
}

// English returns 20 July 2021, July 2021 or 2021; "" for the zero Date.
func (d Date) English() string {
	switch {
	case d.Year == 0:
		return ""
	case d.Month == 0:
		return fmt.Sprint(d.Year)
	case d.Day == 0:
		return fmt.Sprint(time.Month(d.Month), " ", d.Year)
	}
	return fmt.Sprint(d.Day, " ", time.Month(d.Month), " ", d.Year)
}

// ChineseDay returns 07月20日, for a list under its year; as [Date.Chinese] where no day is
// known.
func (d Date) ChineseDay() string {
	if d.Day == 0 {
		return d.Chinese()
	}
	return fmt.Sprintf("%02d月%02d日", d.Month, d.Day)
}

// EnglishDay returns 20 Jul, for a list under its year; as [Date.English] where no day is
// known.
func (d Date) EnglishDay() string {
	if d.Day == 0 {
		return d.English()
	}
	return fmt.Sprint(d.Day, " ", time.Month(d.Month).String()[:3])
}

// Compare orders dates; a less precise date stands before the days it covers.
func (d Date) Compare(o Date) int {
	if c := d.Year - o.Year; c != 0 {
		return c
	}
	if c := int(d.Month) - int(o.Month); c != 0 {
		return c
	}
	return int(d.Day) - int(o.Day)
}

// First returns the first day the date covers; Last the last one. An
// expiry "2026" so lasts through 2026-12-31.
func (d Date) First() Date {
	if d.IsZero() {
		return d
	}
	return Date{d.Year, max(d.Month, 1), max(d.Day, 1)}
}

// Last returns the last day the date covers.
func (d Date) Last() Date {
	if d.IsZero() {
		return d
	}
	if d.Month == 0 {
		d.Month = 12
	}
	if d.Day == 0 {
		d.Day = int8(daysIn(d.Year, d.Month))
	}
	return d
}

// RFC3339 returns the moment the date begins in China, as feeds want it
// (RFC 3339 §5.6).
func (d Date) RFC3339() string {
	if d.IsZero() {
		return ""
	}
	return d.First().String() + "T00:00:00+08:00"
}
