// Package calendar writes events as iCalendar files (RFC 5545), which the calendars of phones
// and computers take in.
//
// [Write] makes one file of one event or of many. Its bytes follow from the events alone: no
// clock, no random identifier. Lines are folded at 75 bytes, between characters; texts are
// escaped; a time of day is China's, Asia/Shanghai, whose definition goes along; an event of
// which only days are known takes whole days. What is known to a month or a year alone has no
// day to stand at and is no [Event]: see [Event.Dated].
//
// Not here: which records are events, and what is said of them (package pages).
package calendar

import (
	"bytes"
	"strings"
	"time"
	"unicode"

	ics "github.com/arran4/golang-ical"

	"mingdeng/internal/date"
)

// Event is one entry of a calendar.
type Event struct {
	UID     string      // the same in every build and every language: calendars replace what they have
	Stamp   date.Date   // when it was told (DTSTAMP): the record's day, not the clock's
	Start   date.Moment // to the day, or to the minute
	End     date.Moment // the last day, or the minute of its end; zero where nothing is said
	Title   string
	Place   string
	About   string // a sentence
	Address string // of its page, absolute
}

// Dated tells whether the days are known on which a calendar can show it.
func (e *Event) Dated() bool {
	return e.Start.Day != 0 && (e.End.IsZero() || e.End.Day != 0)
}

// Zone is the time zone of times of day. China has kept UTC+8 without summer time since 1991.
const Zone = "Asia/Shanghai"

// program names who made the file (RFC 5545 §3.7.3).
const program = "-//Mingdeng//Mingdeng//ZH"

// Write writes a calendar of events, those of which no day is known left out. name is what a
// calendar that subscribes to it is called; "" for a single event.
func Write(w *bytes.Buffer, name string, events []Event) error {
	c := ics.NewCalendar()
	c.SetProductId(program)
	c.SetVersion("2.0")
	c.SetCalscale("GREGORIAN")
	if name != "" {
		c.SetMethod(ics.MethodPublish)
		c.SetXWRCalName(clean(name))
	}
	for i := range events {
		if events[i].Start.Timed && events[i].Dated() {
			c.AddVTimezone(zone())
			break
		}
	}
	for i := range events {
		if events[i].Dated() {
			c.AddVEvent(entry(&events[i]))
		}
	}
	return c.SerializeTo(w, ics.WithNewLineWindows) // CR LF on every machine (§3.1)
}

func zone() *ics.VTimezone {
	z := ics.NewTimezone(Zone)
	s := z.AddStandard()
	s.AddProperty("DTSTART", "19910915T010000")
	s.AddProperty("TZOFFSETFROM", "+0800")
	s.AddProperty("TZOFFSETTO", "+0800")
	s.AddProperty("TZNAME", "CST")
	return z
}

func entry(e *Event) *ics.VEvent {
	v := ics.NewEvent(clean(e.UID))
	stamp := e.Stamp.First()
	v.SetProperty(ics.ComponentPropertyDtstamp, time.Date(stamp.Year, time.Month(stamp.Month), int(stamp.Day), -8, 0, 0, 0, time.UTC).Format("20060102T150405Z"))
	if e.Start.Timed {
		v.SetProperty(ics.ComponentPropertyDtStart, local(e.Start), ics.WithTZID(Zone))
		// A day as the end of something that begins at a time of day ends that day, unless it is
		// the same: then nobody knows how long it takes.
		end := e.End
		if !end.Timed && end.Day != 0 && end.Date != e.Start.Date {
			end = date.Moment{Date: end.Date, Timed: true, Hour: 24}
		}
		if end.Timed {
			v.SetProperty(ics.ComponentPropertyDtEnd, local(end), ics.WithTZID(Zone))
		}
	} else {
		last := e.Start.Date
		if e.End.Day != 0 {
			last = e.End.Date
		}
		whole := ics.WithValue(string(ics.ValueDataTypeDate))
		v.SetProperty(ics.ComponentPropertyDtStart, moment(date.Moment{Date: e.Start.Date}).Format("20060102"), whole)
		v.SetProperty(ics.ComponentPropertyDtEnd, moment(date.Moment{Date: last}).AddDate(0, 0, 1).Format("20060102"), whole) // the day after (§3.6.1)
	}
	v.SetSummary(clean(e.Title))
	if e.Place != "" {
		v.SetLocation(clean(e.Place))
	}
	if e.About != "" {
		v.SetDescription(clean(e.About))
	}
	if e.Address != "" {
		v.SetURL(e.Address)
	}
	v.SetTimeTransparency(ics.TransparencyTransparent) // to know of it is not to be busy
	return v
}

func local(m date.Moment) string { return moment(m).Format("20060102T150405") }

func moment(m date.Moment) time.Time {
	return time.Date(m.Year, time.Month(m.Month), int(m.Day), int(m.Hour), int(m.Minute), 0, 0, time.UTC)
}

// clean makes a text one line without control characters, which no content line may hold.
func clean(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsControl(r) }), " ")
}
