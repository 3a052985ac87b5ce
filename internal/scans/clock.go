package scans

import (
	"bytes"
	"time"

	"mingdeng/internal/date"
)

// china is how many minutes China is ahead of UTC.
const china = 8 * 60

// inChina is the day in China, as 20261122, of a minute of a day somewhere that is so many
// minutes ahead of UTC. Years must be those that logs can be of.
func inChina(year, month, day, minute, zone int) (int32, bool) {
	if year < 1995 || year > 2199 || month < 1 || month > 12 || day < 1 || day > 31 || minute < 0 || minute > 24*60 || zone < -24*60 || zone > 24*60 {
		return 0, false
	}
	if day > 28 && day > date.DaysInMonth(year, month) {
		return 0, false
	}
	switch minute += china - zone; {
	case minute < 0:
		if day--; day == 0 {
			if month--; month == 0 {
				year, month = year-1, 12
			}
			day = date.DaysInMonth(year, month)
		}
	case minute >= 24*60:
		if day++; day > 28 && day > date.DaysInMonth(year, month) {
			day = 1
			if month++; month == 13 {
				year, month = year+1, 1
			}
		}
	}
	return int32(year*10000 + month*100 + day), true
}

var monthNames = [12]string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}

// parseTime reads a time however logs write it:
//
//	22/Nov/2026:10:00:00 +0800
//	2026-11-22T10:00:00+08:00, 2026-11-22T02:00:00Z, 2026-11-22 10:00:00
//	20261122100000
//	1795312800, 1795312800.123, 1795312800123
//
// Without a zone it is China's.
func parseTime(s []byte) (int32, bool) {
	if len(s) < 10 {
		return 0, false
	}
	switch {
	case s[1] == '/' || s[2] == '/':
		return clfTime(s)
	case s[4] == '-':
		return isoTime(s)
	}
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	if n < 10 || n > 16 || n < len(s) && s[n] != '.' {
		return 0, false
	}
	if n == 14 && n == len(s) {
		year, month, day := number(s[:4]), number(s[4:6]), number(s[6:8])
		hour, minute := number(s[8:10]), number(s[10:12])
		if hour > 24 || minute > 59 {
			return 0, false
		}
		return inChina(year, month, day, hour*60+minute, china)
	}
	sec := int64(0)
	for _, c := range s[:n] {
		sec = sec*10 + int64(c-'0')
	}
	for ; n > 10; n -= 3 { // milliseconds, microseconds
		sec /= 1000
	}
	if n != 10 {
		return 0, false
	}
	t := time.Unix(sec+china*60, 0).UTC()
	return inChina(t.Year(), int(t.Month()), t.Day(), t.Hour()*60+t.Minute(), china)
}

// clfTime reads 22/Nov/2026:10:00:00 +0800; some write the day with one digit.
func clfTime(s []byte) (int32, bool) {
	i := bytes.IndexByte(s, '/')
	if len(s) < i+18 || s[i+4] != '/' || s[i+9] != ':' || s[i+12] != ':' {
		return 0, false
	}
	month := 0
	name := [3]byte{s[i+1] | 0x20, s[i+2] | 0x20, s[i+3] | 0x20}
	for m, known := range monthNames {
		if string(name[:]) == known {
			month = m + 1
		}
	}
	day, year, hour, minute := number(s[:i]), number(s[i+5:i+9]), number(s[i+10:i+12]), number(s[i+13:i+15])
	if month == 0 || day < 0 || year < 0 || hour < 0 || hour > 24 || minute < 0 || minute > 59 {
		return 0, false
	}
	zone, ok := parseZone(bytes.TrimLeft(s[i+18:], " "))
	if !ok {
		return 0, false
	}
	return inChina(year, month, day, hour*60+minute, zone)
}

func isoTime(s []byte) (int32, bool) {
	year, month, day, ok := isoDate(s[:10])
	if !ok || len(s) < 16 || s[10] != 'T' && s[10] != ' ' && s[10] != 't' {
		return 0, false
	}
	hour, minute, ok := isoClock(s[11:])
	if !ok {
		return 0, false
	}
	rest := s[16:]
	for len(rest) > 0 && (rest[0] == ':' || rest[0] == '.' || rest[0] == ',' || rest[0] >= '0' && rest[0] <= '9') {
		rest = rest[1:]
	}
	zone, ok := parseZone(bytes.TrimLeft(rest, " "))
	if !ok {
		return 0, false
	}
	return inChina(year, month, day, hour*60+minute, zone)
}

func isoDate(s []byte) (year, month, day int, ok bool) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return 0, 0, 0, false
	}
	year, month, day = number(s[:4]), number(s[5:7]), number(s[8:])
	return year, month, day, year > 0 && month > 0 && day > 0
}

func isoClock(s []byte) (hour, minute int, ok bool) {
	if len(s) < 5 || s[2] != ':' {
		return 0, 0, false
	}
	hour, minute = number(s[:2]), number(s[3:5])
	return hour, minute, hour >= 0 && hour <= 24 && minute >= 0 && minute < 60
}

// parseZone reads how far a zone is ahead of UTC: +0800, +08:00, +08, Z, UTC, GMT. Nothing
// is China.
func parseZone(s []byte) (int, bool) {
	switch {
	case len(s) == 0:
		return china, true
	case s[0] == 'Z' || s[0] == 'z' || string(s) == "UTC" || string(s) == "GMT":
		return 0, true
	case s[0] != '+' && s[0] != '-' || len(s) < 3:
		return 0, false
	}
	hours, minutes := number(s[1:3]), 0
	if rest := bytes.TrimPrefix(s[3:], []byte{':'}); len(rest) >= 2 {
		minutes = number(rest[:2])
	}
	if hours < 0 || hours > 14 || minutes < 0 || minutes > 59 {
		return 0, false
	}
	zone := hours*60 + minutes
	if s[0] == '-' {
		zone = -zone
	}
	return zone, true
}

// number reads digits alone, or returns -1.
func number(s []byte) int {
	n := 0
	for _, c := range s {
		if c < '0' || c > '9' {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	if len(s) == 0 || len(s) > 9 {
		return -1
	}
	return n
}
