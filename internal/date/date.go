// Package date holds calendar dates that may be known only to the year or the
// month: "2021", "2021-07" and "2021-07-20" are all dates here, as they are in
// an archive. A date has no clock time and no time zone; a site's day is the day
// in China (see [Today]), and so is that of a moment written with its zone.
package date

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
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

// china needs no zone database, which Windows has not: China has kept UTC+8 without
// summer time since 1991.
var china = time.FixedZone("CST", 8*60*60)

// Today returns the day it is in China at the moment t.
func Today(t time.Time) Date { return Of(t.In(china)) }

// ErrNoSuchDay says that a well-written date does not exist in the calendar.
var ErrNoSuchDay = errors.New("no such day")

// ErrFormat says that the text is not written like a date.
var ErrFormat = errors.New("not a date")

// Parse reads 2021-07-20, 2021/7/20, 2021.7.20, 2021年7月20日 and the same cut
// off after the month or the year. Full-width digits are not read: they are a slip
// an editor should see.
//
// A day may be followed by a time of day, as YAML and TOML tools write it. With a zone
// it is a moment, whose day is the one in China; without, it is China's time and says
// nothing of the day.
func Parse(s string) (Date, error) {
	d, _, err := ParseTimed(s)
	return d, err
}

// ParseTimed is Parse, and tells besides whether a time of day other than midnight in
// China was written, which a Date does not keep.
func ParseTimed(s string) (d Date, timed bool, err error) {
	m, err := ParseMoment(s)
	return m.Date, m.Timed, err
}

// Moment is a date that may have a time of day, which is China's.
type Moment struct {
	Date
	Timed        bool // a time of day is known
	Hour, Minute int8 // 24:00 ends the day
}

// ParseMoment is Parse, and keeps the time of day, to the minute. Midnight is none: tools
// write it where only the day is known.
func ParseMoment(s string) (Moment, error) {
	day, clock := cutClock(strings.TrimSpace(s))
	d, err := parse(day)
	if err != nil || clock == "" {
		return Moment{Date: d}, err
	}
	m := clockWritten.FindStringSubmatch(clock)
	if m == nil || d.Day == 0 {
		return Moment{}, ErrFormat
	}
	hour, minute, second := number(m[1]), number(m[2]), number(m[3])
	if hour > 24 || minute > 59 || second > 60 || hour == 24 && minute+second > 0 {
		return Moment{}, ErrNoSuchDay
	}
	if m[4] == "" { // China's own
		return Moment{d, hour+minute+second > 0, int8(hour), int8(minute)}, nil
	}
	zone := time.UTC
	if m[5] != "" {
		ahead := number(m[6])*60 + number(m[7])
		if ahead > 24*60 {
			return Moment{}, ErrFormat
		}
		if m[5] == "-" {
			ahead = -ahead
		}
		zone = time.FixedZone("", ahead*60)
	}
	t := time.Date(d.Year, time.Month(d.Month), int(d.Day), hour, minute, second, 0, zone).In(china)
	if t.Year() < 1000 || t.Year() > 9999 {
		return Moment{}, ErrNoSuchDay
	}
	return Moment{Of(t), t.Hour()+t.Minute()+t.Second() > 0, int8(t.Hour()), int8(t.Minute())}, nil
}

// Clock returns 09:30, or "" where no time of day is known.
func (m Moment) Clock() string {
	if !m.Timed {
		return ""
	}
	return fmt.Sprintf("%02d:%02d", m.Hour, m.Minute)
}

// String returns 2026-03-05 09:30, or as [Date.String] where no time of day is known.
func (m Moment) String() string {
	return strings.TrimSpace(m.Date.String() + " " + m.Clock())
}

// Before tells whether m comes before o, as far as both are known.
func (m Moment) Before(o Moment) bool {
	if c := m.Last().Compare(o.First()); c != 0 {
		return c < 0
	}
	return m.Timed && o.Timed && int(m.Hour)*60+int(m.Minute) < int(o.Hour)*60+int(o.Minute)
}

// clockWritten is a time of day and, perhaps, its zone, as in RFC 3339, ISO 8601's basic
// zones, YAML 1.1's timestamps ("21:59:43.10 -5") and TOML's.
var clockWritten = regexp.MustCompile(`^(\d{1,2})[:：](\d{2})(?:[:：](\d{2})(?:[.,]\d+)?)?\s*([Zz]|([+-])(\d{1,2})(?::?(\d{2}))?)?$`)

// cutClock parts a day from the time of day behind it.
func cutClock(s string) (day, clock string) {
	i := strings.IndexAny(s, "Tt \t\u3000")
	if i < len("2006-1-2") {
		return s, ""
	}
	return s[:i], strings.TrimLeft(s[i:], "Tt \t\u3000")
}

// number is what digits say; 0 for none.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// parse reads a date without a time of day.
func parse(s string) (Date, error) {
	if strings.Contains(s, "年") {
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

// ChineseDay returns 7月20日, for a list under its year; as [Date.Chinese] where no day is
// known.
func (d Date) ChineseDay() string {
	if d.Day == 0 {
		return d.Chinese()
	}
	return fmt.Sprintf("%d月%d日", d.Month, d.Day)
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
